//! `differences.txt`: where Access Analyzer and we differ, and why.

use std::fmt;

use policy_core::finding::Code;

/// Who says what the other does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    Ours,
    Theirs,
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ours => "ours",
            Self::Theirs => "theirs",
        })
    }
}

/// A line of the file: `theirs AdministratorAccess INVALID_ACTION /Statement/0/Action: why`.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    pub side: Side,
    pub policy: String,
    pub code: Code,
    pub path: String,
}

/// Every line that is not a comment.
pub fn explained() -> Vec<Difference> {
    let lines = include_str!("differences.txt").lines();
    lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| parse(line).unwrap_or_else(|| panic!("not `ours|theirs POLICY CODE PATH: why`: {line}")))
        .collect()
}

fn parse(line: &str) -> Option<Difference> {
    let (difference, why) = line.split_once(": ")?;
    let [side, policy, code, path] = difference.split(' ').collect::<Vec<_>>().try_into().ok()?;
    let side = match side {
        "ours" => Side::Ours,
        "theirs" => Side::Theirs,
        _ => return None,
    };
    (!why.trim().is_empty()).then_some(Difference {
        side,
        policy: policy.to_owned(),
        code: code.parse().ok()?,
        path: path.to_owned(),
    })
}
