//! What each finding looks like: a policy that has it, and its twin that has not.

use std::borrow::Cow;

use crate::finding::Code;
use crate::policy::{AttachedTo, Kind};

/// A policy that has a finding and its twin that has not, out of the finding's
/// [explanation](Code::explanation).
///
/// A policy that is too long would make too long a page. There a line with two numbers in braces, `{001..200}`, means
/// as many lines, each with one of the numbers; here they are written out.
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
/// assert!(has(&example.wrong));
/// assert!(!has(&example.right));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// What the two policies are attached to.
    pub kind: Kind,
    /// To which type of resource, where that matters: what [`Options::attached_to`](crate::check::Options::attached_to) has to
    /// be told.
    pub attached_to: Option<AttachedTo>,
    /// Whether they are templates: `<region>` is a hole in them then, as it is in `policy!`, and not a placeholder that was
    /// left unfilled.
    pub is_template: bool,
    /// The JSON that has the finding.
    pub wrong: Cow<'static, str>,
    /// The JSON that has it no longer.
    pub right: Cow<'static, str>,
}

impl Example {
    /// The example of a code, read out of its [explanation](Code::explanation). Every code has one; `None` would mean that its
    /// page does not have the form of the others, to which a test holds it.
    ///
    /// ```
    /// use policy_core::check::Example;
    /// use policy_core::finding::Code;
    /// use policy_core::policy::{AttachedTo, Kind};
    ///
    /// let example = Example::of(Code::IrrelevantConditionKeyInPolicy).unwrap();
    /// assert_eq!((example.kind, example.attached_to), (Kind::Resource, Some(AttachedTo::S3Bucket)));
    /// assert!(example.wrong.contains("ResourceAccount") && !example.right.contains("ResourceAccount"));
    /// ```
    #[inline]
    pub fn of(code: Code) -> Option<Self> {
        let (_, text) = code.explanation().split_once("Wrong, in ")?;
        let (heading, text) = text.split_once(":\n")?;
        let (heading, is_template) = match heading.strip_prefix("a template of ") {
            Some(heading) => (heading, true),
            None => (heading, false),
        };
        let (noun, attached_to) = match heading.split_once(" of ") {
            Some((noun, resource)) => (noun, Some(resource.trim_matches('`').parse().ok()?)),
            None => (heading, None),
        };
        let (wrong, text) = fenced(text)?;
        let (right, _) = fenced(text)?;
        Some(Self {
            kind: noun.parse().ok()?,
            attached_to,
            is_template,
            wrong: written_out(wrong),
            right: written_out(right),
        })
    }
}

/// The first fenced block, and what follows it.
#[inline]
fn fenced(text: &'static str) -> Option<(&'static str, &'static str)> {
    let (_, text) = text.split_once("```json\n")?;
    text.split_once("\n```")
}

/// The policy with each line that means several written as often as it says.
#[inline]
fn written_out(json: &'static str) -> Cow<'static, str> {
    if json.lines().all(|line| repetition(line).is_none()) {
        return Cow::Borrowed(json);
    }
    let mut lines = Vec::new();
    for line in json.lines() {
        match repetition(line) {
            Some((before, first, last, after)) => {
                let width = first.len();
                let numbers = first.parse().unwrap_or(0)..=last.parse::<u32>().unwrap_or(0);
                lines.extend(numbers.map(|number| format!("{before}{number:0width$}{after}")));
            }
            None => lines.push(line.to_owned()),
        }
    }
    Cow::Owned(lines.join("\n"))
}

/// The parts of a line that means several: `role/build-{01..50}",`.
#[inline]
fn repetition(line: &str) -> Option<(&str, &str, &str, &str)> {
    let (before, rest) = line.split_once('{')?;
    let (numbers, after) = rest.split_once('}')?;
    let (first, last) = numbers.split_once("..")?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(first) && is_number(last)).then_some((before, first, last, after))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by it")]
mod tests {
    use super::{Example, written_out};
    use crate::check::{Options, check, check_json};
    use crate::document::{Document, Node, Text, Value};
    use crate::finding::{Code, Findings};
    use crate::names::NameKind;

    /// The table of what exists. The right policy has no finding at all: what we teach must be sound in all else.
    #[test]
    fn every_code_has_a_policy_with_it_and_a_twin_without() {
        let mut wrong = Vec::new();
        for code in explained() {
            let Some(example) = Example::of(code) else {
                wrong.push(format!("{code}: the explanation has no example"));
                continue;
            };
            let has = codes(&example, &example.wrong);
            if !has.contains(&code.name()) {
                wrong.push(format!("{code}: the wrong policy has only {has:?}"));
            }
            let has = codes(&example, &example.right);
            if !has.is_empty() {
                wrong.push(format!("{code}: the right policy has {has:?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    /// One mistake is one finding: what has a second one teaches two things at once, or two rules say the same.
    #[test]
    fn the_wrong_policy_has_no_other_finding() {
        let mut wrong = Vec::new();
        for code in explained() {
            let others: Vec<&str> = Example::of(code).map_or_else(Vec::new, |example| {
                let has = codes(&example, &example.wrong);
                has.into_iter()
                    .filter(|has| *has != code.name() && !(is_of_wide_grants(has) && is_of_wide_grants(code.name())))
                    .collect()
            });
            if !others.is_empty() {
                wrong.push(format!("{code}: the wrong policy has {others:?} too"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    /// Each says one thing that a grant without bounds opens, and such a grant opens several.
    fn is_of_wide_grants(code: &str) -> bool {
        let families = [
            "PASS_ROLE_",
            "CREATE_SLR_",
            "PRIVILEGE_ESCALATION",
            "RESOURCE_COULD_BE_NARROWER",
        ];
        families.iter().any(|family| code.starts_with(family))
    }

    /// The reader of a page can find its source: a page of AWS, or our own judgement.
    #[test]
    fn every_page_names_its_source() {
        let mut wrong = Vec::new();
        for code in explained() {
            let page = code.explanation();
            let source = page.trim_end().lines().next_back().unwrap_or_default();
            let is_of_aws = source.starts_with("<https://docs.aws.amazon.com/") && source.ends_with('>');
            if !is_of_aws && !says_our_own(page) {
                wrong.push(format!(
                    "{code}: the page neither ends with one of AWS nor says that the check is our own"
                ));
            }
            if page.contains("This check is our own") && !code.is_own() {
                wrong.push(format!(
                    "{code}: the page says that the check is our own, and the registry does not"
                ));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    /// A page is printed in a terminal and read as Markdown: two policies, one heading each, lines that fit.
    #[test]
    fn every_page_has_the_same_form() {
        let mut wrong = Vec::new();
        for code in explained() {
            let page = code.explanation();
            let counts = ["```json\n", "\n```\n", "Wrong, in ", "\nRight:\n"].map(|part| page.matches(part).count());
            // The end of a block looks like the beginning of one that has no language, which no page has.
            if counts != [2, 2, 1, 1] {
                wrong.push(format!("{code}: the page does not have two policies, {counts:?}"));
            }
            if let Some(long) = page.lines().find(|line| line.chars().count() > 150) {
                wrong.push(format!("{code}: the page has a line that is too long: {long}"));
            }
            if page.starts_with(char::is_whitespace) || !page.ends_with(">\n") || page.contains(" \n") {
                wrong.push(format!(
                    "{code}: the page has blanks at its ends or at those of its lines"
                ));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn a_line_that_stands_for_several_is_written_out() {
        assert_eq!(
            written_out("[\n  \"a-{08..10}/*\",\n  \"b\"\n]"),
            "[\n  \"a-08/*\",\n  \"a-09/*\",\n  \"a-10/*\",\n  \"b\"\n]"
        );
        for as_it_is in ["{ \"a\": \"${aws:username}\" }", "{1..}", "{..}", "{ 1..2 }"] {
            assert_eq!(written_out(as_it_is), as_it_is);
        }
    }

    fn explained() -> impl Iterator<Item = Code> {
        Code::ALL.iter().copied().filter(|code| !code.explanation().is_empty())
    }

    fn says_our_own(text: &str) -> bool {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        text.contains("our own")
    }

    fn codes(example: &Example, json: &str) -> Vec<&'static str> {
        let options = example
            .attached_to
            .map_or_else(Options::new, |resource| Options::new().attached_to(resource));
        let findings: Findings = if example.is_template {
            let holes = with_holes(Document::read(json).unwrap().into_owned().root());
            check(&Document::new(holes).numbered(), example.kind, &options)
        } else {
            check_json(json.as_bytes(), example.kind, &options)
        };
        findings.iter().map(|finding| finding.code().name()).collect()
    }

    /// The same node, with holes for the names that `policy!` would find declared.
    fn with_holes(node: &Node<'_>) -> Node<'static> {
        let mut node = node.clone().into_owned();
        match &mut node.value {
            Value::String(text) => *text = filled(text.written()),
            Value::Array(elements) => elements.iter_mut().for_each(|element| *element = with_holes(element)),
            Value::Object(members) => {
                for member in members {
                    member.value = with_holes(&member.value);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
        node
    }

    fn filled(written: &str) -> Text<'static> {
        let known = [
            ("<partition>", NameKind::Partition.sample()),
            ("<region>", NameKind::Region.sample()),
            ("<account-id>", NameKind::AccountId.sample()),
        ];
        let holes = known.into_iter().filter_map(|(hole, sample)| {
            let start = written.find(hole)?;
            Some((start..start + hole.len(), sample, sample.len()))
        });
        Text::with_holes(written.to_owned(), holes)
    }
}
