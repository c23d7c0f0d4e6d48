//! The form of `Principal` and `NotPrincipal`.

use super::{STATEMENT_ELEMENTS, duplicates, strings, wrong_type};
use crate::arn::ArnPattern;
use crate::document::{Node, Value};
use crate::finding::{Code, Finding, Findings, Fix};
use crate::policy::principal::PrincipalKey;
use crate::spelling::nearest;

/// Checks a principal, and returns the elements of the statement that were written inside it by mistake.
pub(super) fn principal(node: &Node<'_>, findings: &mut Findings) -> Vec<&'static str> {
    let mut misplaced = Vec::new();
    match &node.value {
        Value::String(text) if text.written() == "*" => {}
        Value::String(text) => findings.push(
            Finding::new(
                Code::InvalidPrincipalFormat,
                node.place,
                format!("`{}` alone is not a principal", text.written()),
            )
            .about(text.written())
            .note("AWS rejects the policy: without a type, only `*` (everyone) is allowed")
            .with_help(format!(
                "write the type of principal before it, `{{ \"{}\": \"{}\" }}`",
                likely_key(text.filled()).name(),
                text.written()
            )),
        ),
        Value::Object(members) => {
            duplicates(members, findings);
            for member in members {
                let name = member.name.written();
                if let Some(element) = STATEMENT_ELEMENTS.iter().find(|element| **element == name) {
                    misplaced.push(*element);
                    findings.push(
                        Finding::new(
                            Code::InvalidPrincipalKey,
                            member.name_place,
                            format!("`{name}` is an element of the statement, not a key in `Principal`"),
                        )
                        .about(name)
                        .note("AWS rejects the policy")
                        .with_help(format!(
                            "move `{name}` out of `Principal`: `\"Principal\": {{ ... }}, \"{name}\": ...`"
                        )),
                    );
                    continue;
                }
                if name.parse::<PrincipalKey>().is_err() {
                    let keys = PrincipalKey::ALL.iter().copied().map(PrincipalKey::name);
                    let meant = nearest(name, keys).or_else(|| {
                        let first = member.value.as_list().first().and_then(Node::as_text)?;
                        Some(likely_key(first.filled()).name())
                    });
                    let what = format!("`{name}` is not a valid key in `Principal`");
                    let finding = Finding::new(Code::InvalidPrincipalKey, member.name_place, what)
                        .about(name)
                        .note("AWS rejects the policy");
                    findings.push(match meant {
                        Some(key) => finding.with_fix(Fix::write(member.name_place, key)),
                        None => finding.with_help("the keys are `AWS`, `Service`, `Federated` and `CanonicalUser`"),
                    });
                }
                strings(&member.value, name, findings);
            }
        }
        _ => findings.push(wrong_type(
            node,
            "`Principal`",
            "`\"*\"` or an object such as `{ \"AWS\": \"...\" }`",
        )),
    }
    misplaced
}

/// The key that a bare principal most likely needs.
fn likely_key(principal: &str) -> PrincipalKey {
    let is_provider = |arn: ArnPattern<'_>| {
        let resource = arn.resource().as_str();
        resource.starts_with("oidc-provider/") || resource.starts_with("saml-provider/")
    };
    match ArnPattern::parse(principal) {
        Ok(arn) if is_provider(arn) => PrincipalKey::Federated,
        Err(_) if principal.contains(".amazonaws.") => PrincipalKey::Service,
        _ => PrincipalKey::Aws,
    }
}
