//! A set of policies, ready to evaluate.

use std::fmt;

use crate::evaluate::{Authorizer, Caller, Layer, StatementId};

/// A set of policies.
#[derive(Clone, Debug)]
pub(super) struct Setup {
    pub authorizer: Authorizer,
    /// The default caller of the cases.
    pub caller: Option<Caller>,
    /// The origin of each policy, in order within its layer.
    pub origins: Vec<(Layer, Origin)>,
    /// Every `Sid` of the policies.
    pub sids: Vec<String>,
}

impl Setup {
    /// The origin of the policy that contains a statement.
    pub fn origin(&self, statement: &StatementId) -> Option<&Origin> {
        let of_layer = self.origins.iter().filter(|(layer, _)| *layer == statement.layer());
        of_layer.map(|(_, origin)| origin).nth(statement.policy())
    }
}

/// The origin of a policy in a case. Displayed as `reader.json`, or `the policy in line 4`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A file, by the path in the cases.
    File(String),
    /// Inline in the cases, in this line.
    Inline(usize),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => f.write_str(path),
            Self::Inline(line) => write!(f, "the policy in line {line}"),
        }
    }
}
