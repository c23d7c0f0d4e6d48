//! Whom a statement names.

use std::ops::Deref;

use super::service_principal::exists as is_service;
use super::token::Issuer;
use crate::arn::ArnPattern;
use crate::collected::CollectVec;
use crate::names::{NameKind, is_account_id};
use crate::policy::{Principal, PrincipalKey, StatementOutline, principals};

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

impl PrincipalRef<'_> {
    /// The key below which a principal of this form is named, if that is another than the one below which it is.
    pub fn right_key(&self) -> Option<PrincipalKey> {
        let text = self.text.filled();
        let is_issuer = || Issuer::named(text).is_some();
        match self.arn {
            Some(arn) => of_arn(&arn),
            None if is_account_id(text) => Some(PrincipalKey::Aws),
            // Some names are of a service and of an issuer.
            None if self.key == PrincipalKey::Federated => {
                (!is_issuer() && is_service(text)).then_some(PrincipalKey::Service)
            }
            None if NameKind::ServicePrincipal.accepts(text) => Some(PrincipalKey::Service),
            None => is_issuer().then_some(PrincipalKey::Federated),
        }
        .filter(|key| *key != self.key)
    }
}

/// The key of a principal with this ARN.
fn of_arn(arn: &ArnPattern<'_>) -> Option<PrincipalKey> {
    let resource = arn.resource().as_str();
    let (kind, _) = resource.split_once('/').unwrap_or((resource, ""));
    match (arn.service().as_str(), kind) {
        ("iam", "oidc-provider" | "saml-provider") => Some(PrincipalKey::Federated),
        ("iam", "role" | "user" | "root") | ("sts", "assumed-role" | "federated-user") => Some(PrincipalKey::Aws),
        _ => None,
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
