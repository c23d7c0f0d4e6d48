//! Statement ids.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html>

#[cfg(test)]
mod tests;

use crate::check::facts::Facts;
use crate::check::rules::{Rule, Run};
use crate::document::{Member, Node, Place, Text};
use crate::finding::{Change, Code, Finding, Fix};
use crate::numbers::ByText;
use crate::policy::Kind;

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::EmptySidValue,
        Code::UnsupportedSid,
        Code::UniqueSidsRequired,
        Code::UniqueSidsRecommended,
    ],
    run: Run::Policy(check),
};

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let kind = facts.kind;
    let mut found = Vec::new();
    let mut earlier = Earlier::of(facts.statements.len());
    for (index, statement) in facts.statements.iter().enumerate() {
        let Some((place, sid)) = statement.statement.sid.and_then(text) else {
            continue;
        };
        if sid.written().is_empty() {
            let finding = Finding::new(Code::EmptySidValue, place, "the `Sid` is empty")
                .note("AWS accepts it, but it has no effect")
                .with_help("remove the `Sid`, or name the statement");
            let mut members = statement.statement.node.members().iter();
            let own = members.find(|member| member.value.place == place);
            let remove =
                |member: &Member<'_>| Fix::new("remove the `Sid`", vec![Change::Remove(member.name_place)]).safe();
            found.push(finding.fixed_by(own.map(remove)));
            continue;
        }
        let first = earlier.first_of(sid.written(), index);
        if first != index {
            found.push(duplicate(place, sid.written(), first, kind));
        }
        let refuses_spaces = || {
            facts
                .resource_policy()
                .is_some_and(|policy| policy.refuses_spaces_in_sid)
        };
        if kind != Kind::Resource || sid.filled().contains(' ') && refuses_spaces() {
            found.extend(unsupported(place, sid));
        }
    }
    found
}

/// The `Sid`s so far, each with the first statement that has it.
enum Earlier<'d> {
    /// In a policy of few statements, as nearly every one is, they are looked through.
    Few(Vec<(&'d str, usize)>),
    Many(ByText<'d, usize>),
}

impl<'d> Earlier<'d> {
    const FEW: usize = 16;

    fn of(statements: usize) -> Self {
        if statements <= Self::FEW {
            Self::Few(Vec::new())
        } else {
            Self::Many(ByText::new())
        }
    }

    /// The first statement with the `Sid`, which may be this one.
    fn first_of(&mut self, sid: &'d str, index: usize) -> usize {
        match self {
            Self::Few(earlier) => {
                let known = earlier.iter().find(|(other, _)| *other == sid);
                let first = known.map_or(index, |(_, first)| *first);
                earlier.push((sid, first));
                first
            }
            Self::Many(earlier) => earlier.first(sid.into(), index),
        }
    }
}

fn text<'d>(node: &'d Node<'d>) -> Option<(Place, &'d Text<'d>)> {
    Some((node.place, node.as_text()?))
}

/// Services that keep resource policies take what they like; IAM and Organizations take letters and digits.
fn unsupported(place: Place, sid: &Text<'_>) -> Option<Finding> {
    let filled = sid.filled();
    let (start, bad) = filled
        .char_indices()
        .find(|(_, found)| !found.is_ascii_alphanumeric())?;
    let finding = Finding::new(
        Code::UnsupportedSid,
        place,
        format!("the `Sid` contains {}; only letters and digits are allowed", shown(bad)),
    )
    .part(sid, start..start + bad.len_utf8())
    .about(sid.written())
    .note("AWS rejects the policy: `Statement IDs (SID) must be alpha-numeric`");
    let joined = joined(sid.written());
    Some(if joined.is_empty() || !sid.holes().is_empty() {
        finding.with_help("write letters and digits, such as `ReadSecrets`")
    } else {
        finding.with_fix(Fix::write(place, joined))
    })
}

fn shown(character: char) -> String {
    match character {
        ' ' => "a space".to_owned(),
        _ if character.is_control() => format!("U+{:04X}", u32::from(character)),
        _ => format!("`{character}`"),
    }
}

/// The words of the id as one: `read the secrets` as `ReadTheSecrets`, `Zugriff für` as `ZugriffFur`.
fn joined(sid: &str) -> String {
    let mut joined = String::with_capacity(sid.len());
    for word in sid.split(|character: char| !character.is_alphanumeric()) {
        let mut letters = word.chars().filter_map(plain);
        joined.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        joined.extend(letters);
    }
    joined
}

/// A letter without its accent, of those of Latin-1; `None` of other letters.
fn plain(letter: char) -> Option<char> {
    Some(match letter {
        _ if letter.is_ascii() => letter,
        'à'..='æ' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' | 'ø' => 'o',
        'ß' => 's',
        'ù'..='ü' => 'u',
        'ý' | 'ÿ' => 'y',
        'À'..='Þ' => plain(letter.to_lowercase().next()?)?.to_ascii_uppercase(),
        _ => return None,
    })
}

fn duplicate(place: Place, sid: &str, first: usize, kind: Kind) -> Finding {
    let code = match kind {
        Kind::Resource => Code::UniqueSidsRecommended,
        _ => Code::UniqueSidsRequired,
    };
    let finding = Finding::new(
        code,
        place,
        format!("statement {} has the `Sid` `{sid}` too", first + 1),
    )
    .about(sid);
    match code {
        Code::UniqueSidsRequired => {
            finding.note("AWS rejects the policy: `Statement IDs (SID) in a single policy must be unique`")
        }
        _ => finding.note("most services accept it; some reject the policy"),
    }
    .with_help(format!(
        "write another `Sid`, such as `{}2`, or remove the `Sid`, which is optional",
        if kind == Kind::Resource {
            sid.to_owned()
        } else {
            joined(sid)
        }
    ))
}
