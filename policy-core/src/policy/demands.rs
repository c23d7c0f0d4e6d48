//! The elements that a kind of policy requires and those that it does not support.
//!
//! Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>,
//! <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html>,
//! <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html>

use crate::document::{Document, Value};
use crate::finding::{Change, Code, Finding, Findings, Fix};
use crate::names::is_account_id;
use crate::policy::Kind;
use crate::policy::statement::{Effect, Element, Outline, StatementOutline};

pub(super) fn check(document: &Document<'_>, outline: &Outline<'_>, kind: Kind, findings: &mut Findings) {
    if matches!(kind, Kind::Identity | Kind::Session) {
        id(document, kind, findings);
    }
    for statement in &outline.statements {
        if kind == Kind::ResourceControl {
            findings.extend(denial(statement));
        }
        principal(statement, kind, findings);
        resource(statement, kind, findings);
    }
}

fn id(document: &Document<'_>, kind: Kind, findings: &mut Findings) {
    let Value::Object(members) = &document.root().value else {
        return;
    };
    if let Some(member) = members.iter().find(|member| member.name.written() == "Id") {
        findings.push(
            Finding::new(
                Code::UnsupportedId,
                member.name_place,
                format!("{kind} cannot have an `Id`"),
            )
            .about("Id")
            .note("IAM rejects the policy; only resource-based policies have an `Id`")
            .with_fix(Fix::new("remove the `Id`", vec![Change::Remove(member.name_place)])),
        );
    }
}

/// What AWS Organizations answers to a policy that it rejects.
pub(crate) const REJECTED_BY_ORGANIZATIONS: &str =
    "AWS Organizations rejects the policy with `MalformedPolicyDocumentException`";

/// The mistake of a statement of a resource control policy that does not deny actions. One message: an author who turns an `Allow` into a
/// `Deny` rewrites the rest.
fn denial(statement: &StatementOutline<'_>) -> Option<Finding> {
    if statement.effect == Some(Effect::Allow) {
        return (!is_full_access(statement)).then(|| allow(statement));
    }
    let element = statement.action.filter(|element| element.negated)?;
    let what = format!("{} cannot have `NotAction`", Kind::ResourceControl);
    let finding = Finding::new(Code::RcpSyntaxErrorNotaction, element.name_place, what);
    Some(
        finding
            .about("NotAction")
            .note(REJECTED_BY_ORGANIZATIONS)
            .with_help("list the actions to deny in `Action`, without those of `NotAction`"),
    )
}

/// Whether a statement is that of `RCPFullAWSAccess`, which AWS attaches automatically.
fn is_full_access(statement: &StatementOutline<'_>) -> bool {
    let is_everything = |element: Option<Element<'_>>| {
        element.is_some_and(|element| {
            let [value] = element.value.as_list() else {
                return false;
            };
            !element.negated && value.as_text().is_some_and(|text| text.filled() == "*")
        })
    };
    is_everything(statement.principal)
        && is_everything(statement.action)
        && is_everything(statement.resource)
        && statement.conditions.is_empty()
}

fn allow(statement: &StatementOutline<'_>) -> Finding {
    let effect = statement.node.member("Effect");
    Finding::new(
        Code::RcpSyntaxErrorAllow,
        effect.map_or(statement.node.place, |effect| effect.place),
        "a statement of a resource control policy must have `\"Effect\": \"Deny\"`",
    )
    .about("Allow")
    .note(
        "AWS Organizations rejects the policy; it accepts `Allow` only in `RCPFullAWSAccess`, which it attaches automatically \
         and which allows every action on every resource",
    )
    .with_help("write `\"Effect\": \"Deny\"` for the requests that you want to prevent, with a condition that exempts other requests")
}

/// Whether a kind of policy does not support the element, or not with this value.
pub(super) fn refuses(kind: Kind, name: &str, element: Element<'_>) -> bool {
    match (name, kind) {
        ("Principal", Kind::Identity | Kind::Session | Kind::ServiceControl) | ("Resource", Kind::Trust) => true,
        ("Principal", Kind::ResourceControl) => element.negated || !is_star(element),
        ("Principal", Kind::Trust) => element.negated,
        _ => false,
    }
}

fn principal(statement: &StatementOutline<'_>, kind: Kind, findings: &mut Findings) {
    let Some(element) = statement.principal else {
        let is_demanded = matches!(kind, Kind::Trust | Kind::Resource | Kind::ResourceControl);
        if is_demanded && !statement.lacks_only_for_spelling("Principal") {
            findings.push(missing_principal(statement, kind));
        }
        return;
    };
    if refuses(kind, "Principal", element) {
        findings.push(refused_principal(element, kind));
    }
}

fn refused_principal(element: Element<'_>, kind: Kind) -> Finding {
    let new = |code, what: String| Finding::new(code, element.name_place, what);
    let name = if element.negated { "NotPrincipal" } else { "Principal" };
    match kind {
        Kind::ServiceControl => new(
            Code::ScpSyntaxErrorPrincipal,
            format!("{kind} cannot have a `{name}`"),
        )
        .about(name)
        .note("AWS rejects the policy, which applies to every principal in the accounts that it is attached to")
        .with_help(instead(element, &format!("remove `{name}`"))),
        Kind::ResourceControl => new(
            Code::RcpSyntaxErrorPrincipal,
            if element.negated {
                format!("{kind} cannot have a `{name}`")
            } else {
                format!("the `{name}` of {kind} must be `\"*\"`")
            },
        )
        .about(name)
        .note("AWS rejects the policy")
        .with_help(instead(element, "write `\"Principal\": \"*\"`")),
        Kind::Trust => new(
            Code::RoleTrustPolicySyntaxErrorNotprincipal,
            "a role trust policy cannot have a `NotPrincipal`".to_owned(),
        )
        .about("NotPrincipal")
        .note("AWS rejects the policy")
        .with_help("name the principals that can assume the role in `Principal`"),
        Kind::Identity | Kind::Session | Kind::Resource => new(
            Code::UnsupportedPrincipal,
            format!("{kind} cannot have a `{name}`"),
        )
        .about(name)
        .note("IAM rejects the policy, which applies to the principal that it is attached to")
        .with_help(format!(
            "remove `{name}`; a role trust policy names the principals that can assume the role, and a resource policy those that can use the resource",
        ))
        .with_help("if this is a role trust policy or a resource policy, check it as one"),
    }
}

/// What to do instead of an element that the policy cannot have: without the element the statement would apply to every
/// principal, so that a condition has to restrict it as the element was to.
fn instead(element: Element<'_>, what: &str) -> String {
    let first = match &element.value.value {
        Value::Object(keys) => keys.iter().flat_map(|key| key.value.as_list()).next(),
        _ => element.value.as_list().first(),
    };
    let first = first.and_then(|node| node.as_text()).map_or("", |text| text.written());
    if first == "*" && !element.negated {
        return what.to_owned();
    }
    let account = first
        .strip_suffix(":root")
        .and_then(|arn| arn.rsplit(':').next())
        .unwrap_or(first);
    let (operator, key, value) = match (is_account_id(account), element.negated) {
        (true, false) => ("StringEquals", "aws:PrincipalAccount", account),
        (true, true) => ("StringNotEquals", "aws:PrincipalAccount", account),
        (false, false) => ("ArnLike", "aws:PrincipalArn", principal_arn(first)),
        (false, true) => ("ArnNotLike", "aws:PrincipalArn", principal_arn(first)),
    };
    format!(
        "{what}, and restrict the statement with a condition, such as `\"{operator}\": {{ \"{key}\": \"{value}\" }}`"
    )
}

/// The text, if it is the ARN of a role or user: the key has no ARNs of sessions.
fn principal_arn(text: &str) -> &str {
    if text.starts_with("arn:") && text.contains(":iam:") {
        text
    } else {
        "arn:aws:iam::111122223333:role/ROLE_NAME"
    }
}

fn missing_principal(statement: &StatementOutline<'_>, kind: Kind) -> Finding {
    let (what, example) = match kind {
        Kind::Trust => (
            "the principals that can assume the role",
            "{ \"Service\": \"ecs-tasks.amazonaws.com\" }",
        ),
        Kind::ResourceControl => ("every principal", "\"*\""),
        _ => ("the principals that it applies to", "{ \"AWS\": \"111122223333\" }"),
    };
    Finding::new(
        Code::MissingPrincipal,
        statement.node.place,
        "the statement has no `Principal`",
    )
    .about("Principal")
    .note("AWS rejects the policy")
    .with_help(format!(
        "in {kind}, each statement names {what}: `\"Principal\": {example}`"
    ))
}

fn is_star(element: Element<'_>) -> bool {
    element.value.as_text().is_some_and(|text| text.written() == "*")
}

/// The services whose policies apply to their own resource if they have no `Resource`. AWS WAF accepts no other policies.
/// - `CloudSearch`, its domains: <https://docs.aws.amazon.com/cloudsearch/latest/developerguide/configuring-access.html>
/// - ECR, its repositories: <https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html>,
///   <https://docs.aws.amazon.com/AmazonECR/latest/public/public-repository-policy-examples.html>
/// - EFS, its file systems: <https://docs.aws.amazon.com/efs/latest/ug/create-file-system-policy.html>
/// - AWS WAF, its rule groups: <https://docs.aws.amazon.com/waf/latest/APIReference/API_PutPermissionPolicy.html>,
///   <https://docs.aws.amazon.com/waf/latest/APIReference/API_waf_PutPermissionPolicy.html>
const IMPLIED: [&str; 7] = [
    "cloudsearch",
    "ecr",
    "ecr-public",
    "elasticfilesystem",
    "waf",
    "waf-regional",
    "wafv2",
];

/// Whether a missing `Resource` means the resource that the policy is attached to.
fn needs_no_resource(statement: &StatementOutline<'_>) -> bool {
    let is_implied = |action: &str| {
        let prefix = action.split_once(':').map_or("", |(prefix, _)| prefix);
        IMPLIED.iter().any(|service| prefix.eq_ignore_ascii_case(service))
    };
    statement
        .action
        .is_some_and(|actions| actions.texts().all(|(_, text)| is_implied(text.filled())))
}

fn resource(statement: &StatementOutline<'_>, kind: Kind, findings: &mut Findings) {
    match (kind, statement.resource) {
        (Kind::Trust, Some(element)) => findings.push(
            Finding::new(
                Code::RoleTrustPolicySyntaxErrorResource,
                element.name_place,
                "a role trust policy cannot have a `Resource`",
            )
            .about("Resource")
            .note("AWS rejects the policy, which applies to the role that it is attached to")
            .with_fix(Fix::new("remove `Resource`", vec![Change::Remove(element.name_place)])),
        ),
        (Kind::Trust, None) | (_, Some(_)) => {}
        (Kind::Resource, None) if needs_no_resource(statement) => {}
        (_, None) if statement.lacks_only_for_spelling("Resource") => {}
        (_, None) => findings.push(
            Finding::new(
                Code::MissingResource,
                statement.node.place,
                "the statement has no `Resource`",
            )
            .about("Resource")
            .note("AWS rejects the policy")
            .with_help("write the ARNs of the resources; `\"Resource\": \"*\"` is for actions without resource-level permissions"),
        ),
    }
}
