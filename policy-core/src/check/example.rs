//! What each finding looks like: a policy that has it, and its twin that has not.

use crate::finding::Code;
use crate::policy::{AttachedTo, Kind};

/// A policy that has a finding and its twin that has not, out of the finding's
/// [explanation](Code::explanation).
///
/// ```
/// use policy_core::check::{Example, Options, check_json};
/// use policy_core::finding::Code;
///
/// let example = Example::of(Code::InvalidAction).unwrap();
/// let has = |json: &str| {
///     let findings = check_json(json.as_bytes(), example.kind, &Options::new());
///     findings.iter().any(|finding| finding.code() == Code::InvalidAction)
/// };
/// assert!(has(example.wrong));
/// assert!(!has(example.right));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// What the two policies are attached to.
    pub kind: Kind,
    /// To which type of resource, where that matters.
    pub attached_to: Option<AttachedTo>,
    /// The JSON that has the finding.
    pub wrong: &'static str,
    /// The JSON that has it no longer.
    pub right: &'static str,
}

impl Example {
    /// The example of a finding. Every code has one.
    pub fn of(code: Code) -> Option<Self> {
        let (_, text) = code.explanation().split_once("Wrong, in ")?;
        let (heading, text) = text.split_once(":\n")?;
        let (described, resource) = heading.split_once(" of `").unwrap_or((heading, ""));
        let (wrong, text) = fenced(text)?;
        let (right, _) = fenced(text)?;
        Some(Self {
            kind: Kind::ALL.into_iter().find(|kind| kind.described() == described)?,
            attached_to: resource.strip_suffix('`').and_then(|name| name.parse().ok()),
            wrong,
            right,
        })
    }
}

/// The first fenced block, and what follows it.
fn fenced(text: &'static str) -> Option<(&'static str, &'static str)> {
    let (_, text) = text.split_once("```json\n")?;
    text.split_once("\n```")
}

#[cfg(test)]
mod tests {
    use super::Example;
    use crate::check::{Options, check_json};
    use crate::finding::Code;

    /// The table of what exists. The right policy has no finding at all: what we teach must be sound in all else.
    #[test]
    fn every_code_has_a_policy_with_it_and_a_twin_without() {
        let mut wrong = Vec::new();
        for code in Code::ALL.iter().filter(|code| !code.explanation().is_empty()) {
            let Some(example) = Example::of(*code) else {
                wrong.push(format!("{code}: the explanation has no example"));
                continue;
            };
            let options = example
                .attached_to
                .map_or_else(Options::new, |resource| Options::new().attached_to(resource));
            let codes = |json: &str| -> Vec<&str> {
                let findings = check_json(json.as_bytes(), example.kind, &options);
                findings.iter().map(|finding| finding.code().name()).collect()
            };
            if !codes(example.wrong).contains(&code.name()) {
                wrong.push(format!("{code}: the wrong policy has only {:?}", codes(example.wrong)));
            }
            if !codes(example.right).is_empty() {
                wrong.push(format!("{code}: the right policy has {:?}", codes(example.right)));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
