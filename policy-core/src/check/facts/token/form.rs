//! The form of a claim, held against the pattern of a condition.

use crate::collected::CollectVec;

/// A form without alternatives: `repo:{word!}/{word}:pull_request`.
#[derive(Debug)]
pub(super) struct Form {
    parts: Vec<Part>,
    ignores_case: bool,
}

#[derive(Clone, Copy, Debug)]
enum Part {
    Literal(char),
    Some {
        of: Class,
        /// Which of the parts that say whose token it is, as a bit.
        tenant: u8,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Word,
    Path,
    Text,
    Number,
    Any,
}

/// A character of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Literal(char),
    /// `?`
    One,
    /// `*`
    Run,
}

/// More characters than any claim has. Longer values are not judged.
const LONGEST: usize = 1024;

impl Unit {
    pub(super) fn literal(text: &str) -> Option<Vec<Self>> {
        (text.len() <= LONGEST).then(|| text.chars().map(Self::Literal).collect_vec())
    }

    pub(super) fn pattern(text: &str) -> Option<Vec<Self>> {
        let unit = |letter| match letter {
            '*' => Self::Run,
            '?' => Self::One,
            _ => Self::Literal(letter),
        };
        (text.len() <= LONGEST).then(|| text.chars().map(unit).collect_vec())
    }
}

impl Class {
    fn has(self, letter: char) -> bool {
        let is_word = letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_' | '-');
        match self {
            Self::Word => is_word,
            Self::Path => is_word || letter == '/',
            Self::Text => letter != ':',
            Self::Number => letter.is_ascii_digit(),
            Self::Any => true,
        }
    }
}

impl Form {
    /// The forms that a row means, one for each of its alternatives. Names of issuers ignore case, and claims do not.
    pub(super) fn read(row: &str, is_claim: bool) -> Vec<Self> {
        let written = alternatives(row);
        let forms = written.iter().map(|form| Self {
            parts: parts(form),
            ignores_case: !is_claim,
        });
        forms.collect_vec()
    }

    #[cfg(test)]
    pub(super) fn has_tenant(&self) -> bool {
        self.tenants() != 0
    }

    fn tenants(&self) -> u8 {
        let of = |part: &Part| match part {
            Part::Some { tenant, .. } => *tenant,
            Part::Literal(_) => 0,
        };
        self.parts.iter().map(of).fold(0, |all, one| all | one)
    }

    /// Whether some claim of this form matches the pattern, and if so, whether the pattern names whose it is: at least one of the
    /// parts that say so is written out in it, whatever its wildcards match.
    pub(super) fn meets(&self, pattern: &[Unit]) -> Option<bool> {
        // All pairs of places in the two that can be reached together, with the tenants of which a wildcard has a character.
        let mut seen = vec![false; (self.parts.len() + 1) * 2 * (pattern.len() + 1) * 4];
        let mut open = vec![State::default()];
        let (mut is_met, mut is_named) = (false, true);
        let tenants = self.tenants();
        while let Some(state) = open.pop() {
            let at = ((state.part * 2 + usize::from(state.is_within)) * (pattern.len() + 1) + state.unit) * 4
                + usize::from(state.wild);
            match seen.get_mut(at) {
                Some(seen) if !*seen => *seen = true,
                _ => continue,
            }
            if state.part == self.parts.len() && state.unit == pattern.len() {
                is_met = true;
                is_named &= state.wild != tenants;
            }
            self.steps(state, pattern, &mut open);
        }
        is_met.then_some(is_named)
    }

    fn steps(&self, state: State, pattern: &[Unit], open: &mut Vec<State>) {
        let (part, unit) = (self.parts.get(state.part), pattern.get(state.unit));
        // Without a character.
        if let Some(Part::Some { of, .. }) = part
            && (state.is_within || *of == Class::Any)
        {
            open.push(State {
                part: state.part + 1,
                is_within: false,
                ..state
            });
        }
        if unit == Some(&Unit::Run) {
            open.push(State {
                unit: state.unit + 1,
                ..state
            });
        }
        // With one that both have.
        let (Some(part), Some(unit)) = (part, unit) else { return };
        let is_shared = match (part, unit) {
            (Part::Literal(one), Unit::Literal(other)) => {
                one == other || self.ignores_case && one.eq_ignore_ascii_case(other)
            }
            (Part::Some { of, .. }, Unit::Literal(letter)) => of.has(*letter),
            (_, Unit::One | Unit::Run) => true,
        };
        if !is_shared {
            return;
        }
        let (next, is_within, tenant) = match part {
            Part::Literal(_) => (state.part + 1, false, 0),
            Part::Some { tenant, .. } => (state.part, true, *tenant),
        };
        open.push(State {
            part: next,
            is_within,
            unit: state.unit + usize::from(*unit != Unit::Run),
            wild: state.wild | if matches!(unit, Unit::Literal(_)) { 0 } else { tenant },
        });
    }
}

/// A place in a form and in a pattern.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    part: usize,
    /// Whether the part has a character already.
    is_within: bool,
    unit: usize,
    /// The tenants of which a wildcard has a character.
    wild: u8,
}

/// The texts that a form with `(a|b)` matches.
fn alternatives(form: &str) -> Vec<String> {
    let Some((head, rest)) = form.split_once('(') else {
        return vec![form.to_owned()];
    };
    let (group, tail) = rest.split_once(')').unwrap_or((rest, ""));
    let tails = alternatives(tail);
    let choices = group.split('|');
    choices
        .flat_map(|choice| tails.iter().map(move |tail| format!("{head}{choice}{tail}")))
        .collect_vec()
}

fn parts(form: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = form;
    let mut next_tenant = 1;
    while let Some(first) = rest.chars().next() {
        if let Some((class, after)) = rest.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
            let (name, is_tenant) = class.strip_suffix('!').map_or((class, false), |name| (name, true));
            parts.push(Part::Some {
                of: match name {
                    "word" => Class::Word,
                    "path" => Class::Path,
                    "text" => Class::Text,
                    "number" => Class::Number,
                    _ => Class::Any,
                },
                tenant: if is_tenant { next_tenant } else { 0 },
            });
            if is_tenant {
                next_tenant <<= 1;
            }
            rest = after;
        } else {
            parts.push(Part::Literal(first));
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        }
    }
    parts
}
