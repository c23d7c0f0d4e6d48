//! Principals below `Federated`: identity providers.

use super::words::REJECTED;
use crate::arn::Field;
use crate::check::facts::PrincipalRef;
use crate::check::words::not_a_name;
use crate::finding::{Code, Finding};
use crate::names::NameKind;
use crate::policy::Kind;

pub(super) fn unfit(principal: &PrincipalRef<'_>, kind: Kind) -> Option<Finding> {
    let written = principal.text.written();
    if kind == Kind::Resource {
        return Some(
            Finding::new(
                Code::FederatedPrincipalNotSupported,
                principal.place,
                "a resource policy cannot allow an identity provider",
            )
            .about(written)
            .note("its users make requests as the role that they assume")
            .with_help("name that role under `AWS`; `Federated` belongs in the role's trust policy"),
        );
    }
    let text = principal.text.filled();
    let finding = Finding::new(
        Code::InvalidFederatedPrincipalSyntaxInRoleTrustPolicy,
        principal.place,
        format!("`{written}` is not an identity provider"),
    )
    .about(written)
    .note(REJECTED);
    if text.starts_with("arn:") {
        return provider(principal, finding);
    }
    let error = NameKind::OidcIssuer.check(text).err()?;
    Some(match error.suggestion() {
        Some(meant) => finding.with_help(format!("write the ARN of the provider, `arn:aws:iam::111122223333:oidc-provider/{meant}`")),
        None => finding.with_help("write `arn:aws:iam::111122223333:saml-provider/NAME`, `arn:aws:iam::111122223333:oidc-provider/HOST` or the domain of a public provider, such as `cognito-identity.amazonaws.com`"),
    })
}

fn provider(principal: &PrincipalRef<'_>, finding: Finding) -> Option<Finding> {
    let Some(arn) = principal.arn else {
        return Some(finding.with_help("write all six fields, `arn:aws:iam::111122223333:oidc-provider/HOST`"));
    };
    if let Err(error) = NameKind::AccountId.check(arn.account().as_str()) {
        return Some(
            not_a_name(
                Code::InvalidFederatedPrincipalSyntaxInRoleTrustPolicy,
                principal.place,
                arn.account().as_str(),
                &error,
            )
            .part(principal.text, arn.range(Field::Account))
            .note(REJECTED),
        );
    }
    let written = principal.text.written();
    match (arn.service().as_str(), arn.resource().as_str().split_once('/')) {
        ("iam", Some(("saml-provider", name))) if !name.is_empty() => None,
        ("iam", Some(("oidc-provider", issuer))) => {
            NameKind::OidcIssuer
                .check(issuer)
                .err()
                .map(|error| match error.suggestion() {
                    Some(meant) => finding.with_help(format!("write `{}`", written.replacen(issuer, &meant, 1))),
                    None => finding.with_help("write the provider's host after `oidc-provider/`, without `https://`"),
                })
        }
        _ => Some(finding.with_help("the ARN of a provider ends in `saml-provider/NAME` or `oidc-provider/HOST`")),
    }
}
