//! Text directly before or after a hole whose values are complete by themselves: `"<key>x"`, `"1<number>"`.

use std::ops::Range;

use super::behind::{noun_of, separators};
use crate::arn::ArnFormat;
use crate::document::{HoleInText, Text};
use crate::hole::Site;
use crate::names::NameKind;

/// Why text must not be joined to a hole, and what to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined {
    /// The mistake.
    pub what: String,
    /// What AWS does about it.
    pub note: String,
    /// What to write instead.
    pub help: String,
    /// The text, in the string as written.
    pub part: Range<usize>,
}

/// What is wrong if a hole of this type is a value of the position `site`, and `value`, which contains it, has more text: no value of the
/// type has such text before or after it. `None` if one can, as a name that is the beginning of another.
pub fn joined(kind: NameKind, site: Site, value: &Range<usize>, text: &Text<'_>, hole: &HoleInText) -> Option<Joined> {
    if matches!(site, Site::Text | Site::InArn) || !site.fits(kind) || kind.is_of_any_resource() {
        return None;
    }
    let written = text.written();
    let is_arn = matches!(kind, NameKind::Arn(_));
    let (before, mut after) = (value.start..hole.written.start, hole.written.end..value.end);
    if is_arn {
        // What begins a new part of the ARN is not part of the name.
        let rest = written.get(after.clone())?;
        let name = rest.find(['/', ':']).unwrap_or(rest.len());
        after.end = after.start + name;
        if let NameKind::Arn(kind) = kind
            && let Ok(format) = ArnFormat::parse(kind.format())
            && separators(format).iter().any(|sign| rest.starts_with(*sign))
        {
            after.end = after.start;
        }
    }
    let (filled_before, filled_after) = (filled(text, &before)?, filled(text, &after)?);
    // A wildcard directly behind an ARN is told with what may follow it.
    if is_arn && filled_after.is_empty() && after.end > after.start && filled_before.is_empty() {
        return None;
    }
    let (part, order) = if !filled_before.is_empty() && !kind.accepts_between(&filled_before, "") {
        (before, "before")
    } else if !filled_after.is_empty() && !is_bucket(kind) && !kind.accepts_between("", &filled_after) {
        (after, "after")
    } else {
        return None;
    };
    let shown = written.get(hole.written.clone())?;
    let noun = noun_of(kind);
    let (whole, note) = if is_arn {
        let note = match site {
            Site::WholeResource if order == "before" => {
                "AWS rejects the policy: `Resource must be in ARN format or \"*\"`".to_owned()
            }
            Site::WholePrincipal | Site::WholeFederated => {
                "AWS rejects the policy: `Invalid principal in policy`".to_owned()
            }
            _ => format!(
                "AWS accepts it, but it matches nothing: no other {noun} has an ARN with such text {order} this one"
            ),
        };
        (format!("the whole ARN of one {noun}"), note)
    } else if site == Site::WholeService {
        (
            format!("a whole {noun}"),
            "AWS rejects the policy: `Invalid principal in policy`".to_owned(),
        )
    } else {
        let note = format!(
            "AWS accepts it, but the two together are a different {noun} from that of the field, or not a valid one"
        );
        (format!("a whole {noun}"), note)
    };
    let rest = match order {
        "before" => written.get(hole.written.end..value.end)?,
        _ => "",
    };
    let (start, end) = (written.get(..value.start)?, written.get(value.end..)?);
    Some(Joined {
        what: format!(
            "`{}` directly {order} `{shown}`, which is {whole}",
            written.get(part.clone())?
        ),
        note,
        help: format!("write `\"{start}{shown}{rest}{end}\"`"),
        part,
    })
}

/// What follows the name of a bucket is most often the key of an object, which the checker says of every policy.
fn is_bucket(kind: NameKind) -> bool {
    let name = match kind {
        NameKind::Arn(kind) => kind.last_part(),
        name => Some(name),
    };
    name == Some(NameKind::BucketName)
}

/// A part of a string with its holes filled, as the shortest text that its wildcards match; `None` if it has a policy variable.
fn filled(text: &Text<'_>, part: &Range<usize>) -> Option<String> {
    let mut filled = String::new();
    let mut at = part.start;
    for hole in text.holes() {
        if part.start <= hole.written.start && hole.written.end <= part.end {
            filled.push_str(text.written().get(at..hole.written.start)?);
            filled.push_str(match text.filled().get(hole.filled.clone())? {
                Text::UNKNOWN => "x",
                sample => sample,
            });
            at = hole.written.end;
        }
    }
    filled.push_str(text.written().get(at..part.end)?);
    (!filled.contains('$')).then(|| filled.replace('*', "").replace('?', "0"))
}
