//! What the formats of a service say of the names in each other: `log-group:${LogGroupName}:log-stream:${LogStreamName}` begins as the
//! format of a log group does, so no log group has a name with a colon. With one, an ARN would be of both types.

use std::collections::{BTreeMap, BTreeSet};

use super::Variable;
use crate::model::Catalogue;

/// The last fields of all formats, by the service in the ARN, each variable without its name: two formats can have two names for one.
pub struct Siblings(BTreeMap<String, BTreeSet<String>>);

impl Siblings {
    pub fn of(catalogue: &Catalogue) -> Self {
        let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let types = catalogue
            .services
            .values()
            .flat_map(|service| service.resources.values());
        for arn in types.flat_map(|resource| &resource.arns) {
            let mut fields = arn.splitn(6, ':').skip(2);
            let (service, resource) = (fields.next().unwrap_or_default(), fields.nth(2).unwrap_or_default());
            all.entry(service.to_owned()).or_default().insert(nameless(resource));
        }
        Self(all)
    }

    /// All characters but the separators with which formats go on where the variable ends: `[^/]`.
    pub fn fact(&self, variable: Variable<'_>) -> Option<String> {
        let own = self.0.get(variable.service)?;
        let (start, rest) = (nameless(variable.start), nameless(variable.rest));
        let behind = |format: &String| separator_before_a_word(format.strip_prefix(&start)?);
        let mut separators: BTreeSet<char> = own.iter().filter_map(behind).collect();
        if start == VARIABLE && own.iter().any(|format| has_a_word_for_it(format, &rest)) {
            separators.insert('/');
        }
        let all: String = separators.into_iter().collect();
        (!all.is_empty()).then(|| format!("[^{all}]"))
    }
}

const VARIABLE: &str = "${}";

/// `/consumer/` and `:log-stream:`, and `/cors` at the end.
fn separator_before_a_word(behind: &str) -> Option<char> {
    let separator = behind.chars().next().filter(|sign| is_separator(*sign))?;
    let rest = behind.get(1..)?;
    let word = rest.get(..rest.find(is_separator).unwrap_or(rest.len()))?;
    let is_word = !word.is_empty() && !word.contains(['$', '*']);
    is_word.then_some(separator)
}

/// Whether a format is the beginning of the one that starts with the variable, with a word in its place: `stream/${StreamName}` of
/// `${StreamType}/${StreamName}/consumer/...`.
fn has_a_word_for_it(format: &str, rest: &str) -> bool {
    let behind = format.split_once('/').filter(|(word, _)| !word.contains(['$', ':']));
    let rest = rest.strip_prefix('/');
    behind
        .zip(rest)
        .is_some_and(|((word, behind), rest)| !word.is_empty() && !behind.is_empty() && rest.starts_with(behind))
}

const fn is_separator(sign: char) -> bool {
    matches!(sign, '/' | ':')
}

/// A part of a format with `${}` for each of its variables.
fn nameless(part: &str) -> String {
    let mut text = String::new();
    let mut rest = part;
    while let Some((literal, after)) = rest.split_once("${") {
        let (_, after) = after.split_once('}').unwrap_or_default();
        text.push_str(literal);
        text.push_str(VARIABLE);
        rest = after;
    }
    text + rest
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::model::{ResourceType, Service};

    /// What they say of each variable of the first format, if these are all of the service.
    fn facts(formats: &[&str]) -> Vec<String> {
        let arns: Vec<String> = formats
            .iter()
            .map(|format| format!("arn:${{Partition}}:store:${{Region}}:${{Account}}:{format}"))
            .collect();
        let mut service = Service::default();
        for arn in &arns {
            let kind = ResourceType {
                arns: vec![arn.clone()],
                ..ResourceType::default()
            };
            service.resources.insert(arn.clone(), kind);
        }
        let mut catalogue = Catalogue::default();
        catalogue.services.insert("store".to_owned(), service);
        let siblings = Siblings::of(&catalogue);
        let first = arns.first().unwrap();
        Variable::of(first)
            .map(|variable| siblings.fact(variable).unwrap_or_else(|| String::from("anything")))
            .collect()
    }

    #[test]
    fn a_name_that_a_word_follows_has_no_such_separator() {
        assert_eq!(facts(&["stream/${Stream}", "stream/${Name}/consumer/${Id}"]), ["[^/]"]);
        assert_eq!(facts(&["group:${Group}", "group:${Group}:stream:${Stream}"]), ["[^:]"]);
        assert_eq!(facts(&["shelf/${Shelf}", "shelf/${Shelf}/label"]), ["[^/]"]);
        assert_eq!(facts(&["a/${A}", "a/${A}/b/${B}", "a/${A}:c:${C}"]), ["[^/:]"]);
        assert_eq!(facts(&["a/${A}/b/${B}"]), ["[^/]", "anything"], "in its own format too");
    }

    #[test]
    fn of_any_other_name_it_is_not_known() {
        assert_eq!(
            facts(&["stream/${Stream}", "streams/${Name}/consumer/${Id}"]),
            ["anything"]
        );
        assert_eq!(facts(&["${Bucket}", "${Bucket}/${Object}"]), ["anything"]);
        assert_eq!(
            facts(&["a/${A}", "a/${A}/*", "a/${A}-b/${B}", "a/${A}/b-${B}"]),
            ["anything"]
        );
    }

    #[test]
    fn a_variable_for_a_word_of_another_format_is_a_word() {
        let consumer = "${Type}/${Stream}/consumer/${Id}";
        assert_eq!(facts(&[consumer, "stream/${Stream}"]), ["[^/]", "[^/]", "anything"]);
        assert_eq!(facts(&[consumer, "stream:${Stream}"]), ["anything", "[^/]", "anything"]);
    }
}
