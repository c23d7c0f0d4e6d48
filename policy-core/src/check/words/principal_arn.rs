//! The values of `aws:PrincipalArn`: what judges them, and what proposes a condition on it.

use crate::arn::ArnPattern;

/// Why the key never has such an ARN.
pub(in crate::check) enum Unfit {
    /// The session of a role makes the request, and the key has the role's ARN.
    Session { role: String },
    /// It is not the ARN of a principal.
    Other,
}

/// `None` of an ARN that the key can have, and of what cannot be read.
pub(in crate::check) fn unfit(text: &str) -> Option<Unfit> {
    let arn = ArnPattern::parse(text).ok()?;
    let (service, resource) = (arn.service().as_str(), arn.resource().as_str());
    if service.contains(['*', '?']) {
        return None;
    }
    let (kind, name) = resource.split_once('/').unwrap_or((resource, ""));
    let is_open = kind.contains(['*', '?', '$']);
    match service {
        "sts" if kind == "assumed-role" => {
            let role = name.split('/').next().unwrap_or(name);
            let (partition, account) = (arn.partition().as_str(), arn.account().as_str());
            let role = format!("arn:{partition}:iam::{account}:role/{role}");
            Some(Unfit::Session { role })
        }
        "iam" | "sts" if is_open || matches!(kind, "role" | "user" | "root" | "federated-user") => None,
        _ => Some(Unfit::Other),
    }
}
