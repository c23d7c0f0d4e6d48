//! Whom a statement names.

use std::ops::Deref;

use crate::arn::ArnPattern;
use crate::collected::CollectVec;
use crate::policy::{Principal, StatementOutline, principals};

/// A principal of a statement, and the ARN that it is.
pub(in crate::check) struct PrincipalRef<'d> {
    principal: Principal<'d>,
    /// Its ARN, if it has the six fields of one.
    pub arn: Option<ArnPattern<'d>>,
}

impl<'d> Deref for PrincipalRef<'d> {
    type Target = Principal<'d>;

    fn deref(&self) -> &Principal<'d> {
        &self.principal
    }
}

impl<'d> PrincipalRef<'d> {
    pub fn of(principal: Principal<'d>) -> Self {
        Self {
            arn: ArnPattern::parse(principal.text.filled()).ok(),
            principal,
        }
    }

    /// Whether it is an identity provider of this kind: `saml-provider/`.
    pub fn is_provider(&self, kind: &str) -> bool {
        self.arn.is_some_and(|arn| arn.resource().as_str().starts_with(kind))
    }
}

pub(super) fn of<'d>(statement: &StatementOutline<'d>) -> Vec<PrincipalRef<'d>> {
    let Some(element) = statement.principal else {
        return Vec::new();
    };
    principals(element.value)
        .into_iter()
        .map(PrincipalRef::of)
        .collect_vec()
}
