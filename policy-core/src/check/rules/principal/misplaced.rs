//! Principals below a key that is for others: a role below `Service`, a provider below `AWS`.

use super::words::REJECTED;
use crate::check::facts::PrincipalRef;
use crate::finding::{Code, Finding};
use crate::policy::{Kind, PrincipalKey};

/// `None` of a principal that is below the key of its form, or has a form of none.
pub(super) fn misplaced(principal: &PrincipalRef<'_>, kind: Kind) -> Option<Finding> {
    let right = principal.right_key()?;
    // IAM accepts any domain below `Federated`, which is a rule of trust policies.
    if (principal.key, right, kind) == (PrincipalKey::Federated, PrincipalKey::Service, Kind::Trust) {
        return None;
    }
    let written = principal.text.written();
    let is_provider = right == PrincipalKey::Federated;
    let (code, what) = match principal.key {
        PrincipalKey::Aws | PrincipalKey::CanonicalUser if is_provider => (
            Code::InvalidPrincipalFormat,
            format!("`{written}` is an identity provider"),
        ),
        PrincipalKey::Aws => (
            Code::InvalidPrincipalFormat,
            format!("`{written}` is not an account ID or the ARN of a principal"),
        ),
        PrincipalKey::CanonicalUser => (
            Code::InvalidPrincipalFormat,
            format!("`{written}` is not a canonical user"),
        ),
        PrincipalKey::Service => (
            Code::InvalidServicePrincipalFormat,
            format!("`{written}` is not a service"),
        ),
        // Access Analyzer has codes of its own for a key that only trust policies have.
        PrincipalKey::Federated => (
            if kind == Kind::Resource {
                Code::FederatedPrincipalNotSupported
            } else {
                Code::InvalidFederatedPrincipalSyntaxInRoleTrustPolicy
            },
            format!("`{written}` is not an identity provider"),
        ),
    };
    let finding = Finding::new(code, principal.place, what).about(written);
    let finding = if code == Code::FederatedPrincipalNotSupported {
        finding
    } else {
        finding.note(REJECTED)
    };
    // Providers are principals of trust policies only.
    if is_provider && kind == Kind::Resource {
        return Some(finding.with_help(
            "a resource policy cannot allow an identity provider: name the role that its users assume under `AWS`",
        ));
    }
    let name = right.name();
    // Of the providers, only those that IAM knows have no ARN.
    let meant = if is_provider && principal.arn.is_none() && !PUBLIC.contains(&principal.text.filled()) {
        format!("arn:aws:iam::ACCOUNT_ID:oidc-provider/{written}")
    } else {
        written.to_owned()
    };
    Some(or_type(
        finding.with_help(format!("write it under `{name}`, `\"{name}\": \"{meant}\"`")),
        principal,
    ))
}

/// Says which type the field of a principal needs, if the key is right and the type is wrong.
pub(in crate::check::rules) fn or_type(finding: Finding, principal: &PrincipalRef<'_>) -> Finding {
    let types = match principal.key {
        PrincipalKey::Aws => "`RoleArn`, `UserArn` or `AccountId`",
        PrincipalKey::Service => "`ServicePrincipal`",
        PrincipalKey::Federated => "`OidcProviderArn` or `SamlProviderArn`",
        PrincipalKey::CanonicalUser => return finding,
    };
    match principal.text.holes() {
        [only] if only.written == (0..principal.text.written().len()) && principal.text.written().starts_with('<') => {
            let field = only.name.replace('-', "_");
            finding.with_help(format!("or give the field `{field}` the type {types}"))
        }
        _ => finding,
    }
}

/// The providers that need not be created in IAM.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-federated-web-identity>
const PUBLIC: [&str; 4] = [
    "accounts.google.com",
    "cognito-identity.amazonaws.com",
    "graph.facebook.com",
    "www.amazon.com",
];
