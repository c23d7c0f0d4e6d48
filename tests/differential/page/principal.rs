//! Whom a `NotPrincipal` spares.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html>

use serde_json::Value;

use crate::managed::texts;

/// Whether a `Deny` of all others spares a caller with this ARN: AWS validates the account, then the user or role, then the
/// session, and each has to be listed.
pub fn spares(not_principal: &Value, caller: &str) -> bool {
    if not_principal == "*" {
        return true;
    }
    let listed: Vec<String> = not_principal
        .as_object()
        .into_iter()
        .flatten()
        .flat_map(|(_, value)| texts(value))
        .collect();
    let has = |wanted: &str| listed.iter().any(|text| text == wanted || text == "*");
    let fields: Vec<&str> = caller.split(':').collect();
    let [_, partition, service, _, account, name] = fields.as_slice() else {
        return has(caller);
    };
    if account.is_empty() || !has(account) && !has(&format!("arn:{partition}:iam::{account}:root")) {
        return false;
    }
    let role = name
        .strip_prefix("assumed-role/")
        .and_then(|name| name.split('/').next());
    match role {
        // The name of its session, which each request of a role has, is not known.
        None if name.starts_with("role/") => listed.iter().any(|text| text == "*"),
        Some(role) => has(&format!("arn:{partition}:iam::{account}:role/{role}")) && has(caller),
        None => has(caller) || *name == "root" && *service == "iam",
    }
}
