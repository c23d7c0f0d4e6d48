//! Dynamic references: `{{resolve:ssm:bucket}}` is what another service has when the template is deployed.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html>

use std::ops::Range;

use crate::item::{Hole, HoleKind, Part, Template};

const START: &str = "{{resolve:";
const END: &str = "}}";

/// A text with its dynamic references as holes. One may have holes of its own, where functions have made the text.
pub(super) fn with_holes(text: &Template) -> Template {
    let is_start = |part: &Part| matches!(part, Part::Text(written) if written.text().contains(START));
    if !text.parts.iter().any(is_start) {
        return text.clone();
    }
    let mut changed = Template::default();
    let mut open: Option<Reference> = None;
    for part in &text.parts {
        let written = match (part, &mut open) {
            (Part::Text(written), _) => written,
            (Part::Hole(hole), Some(reference)) => {
                reference.add(&format!("${{{}}}", hole.name), &hole.place, part.clone());
                continue;
            }
            (Part::Hole(hole), None) => {
                changed.push_hole(hole.clone());
                continue;
            }
        };
        let (whole, mut at) = (written.text(), 0);
        while at < whole.len() {
            let rest = whole.get(at..).unwrap_or_default();
            let (sign, more) = if open.is_some() { (END, END.len()) } else { (START, 0) };
            let end = rest.find(sign).map(|found| at + found + more);
            let until = end.unwrap_or(whole.len());
            let next = written.part(at..until);
            if let Some(reference) = &mut open {
                reference.add(next.text(), &written.range(at..until), Part::Text(next.clone()));
                if end.is_some() {
                    changed.push_hole(reference.hole());
                    open = None;
                }
            } else {
                changed.push(next);
                open = end.map(|_| Reference::default());
            }
            at = until;
        }
    }
    // One that does not end is a text.
    for part in open.into_iter().flat_map(|reference| reference.parts) {
        match part {
            Part::Text(written) => changed.push(written),
            Part::Hole(hole) => changed.push_hole(hole),
        }
    }
    changed
}

/// A reference whose end is looked for.
#[derive(Default)]
struct Reference {
    text: String,
    place: Option<Range<usize>>,
    parts: Vec<Part>,
}

impl Reference {
    fn add(&mut self, text: &str, place: &Range<usize>, part: Part) {
        self.text.push_str(text);
        let start = self
            .place
            .as_ref()
            .map_or(place.start, |own| own.start.min(place.start));
        let end = self.place.as_ref().map_or(place.end, |own| own.end.max(place.end));
        self.place = Some(start..end);
        self.parts.push(part);
    }

    fn hole(&self) -> Hole {
        let name = self.text.strip_prefix("{{").unwrap_or(&self.text);
        Hole {
            name: name.strip_suffix(END).unwrap_or(name).to_owned(),
            place: self.place.clone().unwrap_or_default(),
            kind: HoleKind::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::with_holes;
    use crate::item::{Hole, HoleKind, Part, Template};
    use crate::written::Written;

    fn shown(template: &Template) -> Vec<String> {
        let part = |part: &Part| match part {
            Part::Text(written) => written.text().to_owned(),
            Part::Hole(hole) => format!("<{} {:?}>", hole.name, hole.place),
        };
        with_holes(template).parts.iter().map(part).collect()
    }

    #[test]
    fn a_reference_is_a_hole_wherever_it_is() {
        for (text, wanted) in [
            ("a", vec!["a"]),
            ("{{resolve:ssm:a}}", vec!["<resolve:ssm:a 0..17>"]),
            (
                "x{{resolve:ssm:a}}y{{resolve:ssm:b:1}}",
                vec!["x", "<resolve:ssm:a 1..18>", "y", "<resolve:ssm:b:1 19..38>"],
            ),
            ("{{resolve:ssm:a}", vec!["{{resolve:ssm:a}"]),
            ("{{ resolve:ssm:a }}", vec!["{{ resolve:ssm:a }}"]),
        ] {
            assert_eq!(shown(&Template::of(Written::verbatim(text, 0))), wanted, "{text}");
        }
    }

    #[test]
    fn a_reference_may_have_holes() {
        let hole = || {
            Part::Hole(Hole {
                name: "Env".to_owned(),
                place: 15..21,
                kind: HoleKind::Unknown,
            })
        };
        let start = || Part::Text(Written::verbatim("x{{resolve:ssm:", 0));
        let parts = vec![start(), hole(), Part::Text(Written::verbatim("/b}}y", 21))];
        assert_eq!(shown(&Template { parts }), ["x", "<resolve:ssm:${Env}/b 1..25>", "y"]);
        let parts = vec![start(), hole()];
        assert_eq!(shown(&Template { parts }), ["x{{resolve:ssm:", "<Env 15..21>"]);
    }
}
