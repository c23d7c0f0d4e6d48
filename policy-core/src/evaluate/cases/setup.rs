//! A set of policies, put together to be asked.

use std::fmt;

use crate::evaluate::{Authorizer, Caller, Layer, StatementId};

/// A set of policies.
#[derive(Clone, Debug)]
pub(super) struct Setup {
    pub authorizer: Authorizer,
    /// Who asks, in cases that do not say.
    pub caller: Option<Caller>,
    /// Where each policy comes from; those of a layer in their order.
    pub origins: Vec<(Layer, Origin)>,
    /// Every `Sid` of the policies.
    pub sids: Vec<String>,
}

impl Setup {
    /// The policy in which a statement stands.
    pub fn origin(&self, statement: &StatementId) -> Option<&Origin> {
        let of_layer = self.origins.iter().filter(|(layer, _)| *layer == statement.layer());
        of_layer.map(|(_, origin)| origin).nth(statement.policy())
    }
}

/// Where a policy of a case comes from. Displayed as `reader.json`, or `the policy in line 4`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// From the file of this path, as the cases name it.
    File(String),
    /// It stands among the cases, in this line.
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
