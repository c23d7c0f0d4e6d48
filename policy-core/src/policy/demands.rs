//! Which elements a kind of policy demands and which it forbids.
//!
//! Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>,
//! <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html>,
//! <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html>

use crate::document::{Document, Place, Value};
use crate::finding::{Code, Finding, Findings};
use crate::policy::Kind;
use crate::policy::statement::{Element, Outline, Statement};

pub(super) fn check(document: &Document<'_>, outline: &Outline<'_>, kind: Kind, findings: &mut Findings) {
    if matches!(kind, Kind::Identity | Kind::Session) {
        id(document, kind, findings);
    }
    let mut refusals = Refusals::default();
    for statement in &outline.statements {
        principal(statement, kind, &mut refusals, findings);
        resource(statement, kind, &mut refusals, findings);
    }
    refusals.report(findings);
}

/// Elements that cannot be there.
#[derive(Default)]
struct Refusals {
    /// Where their values stand.
    values: Vec<Place>,
    found: Vec<Finding>,
}

impl Refusals {
    fn add(&mut self, element: Element<'_>, finding: Finding) {
        self.values.push(element.value.place);
        self.found.push(finding);
    }

    /// Says so, and takes back what was said of the values: whoever removes the elements removes that too.
    fn report(mut self, findings: &mut Findings) {
        if self.found.is_empty() {
            return;
        }
        self.values.sort_unstable();
        findings.retain(|other| {
            let at = other.place();
            // No value stands in another.
            let before = self.values.partition_point(|value| value.start <= at.start);
            let last = before.checked_sub(1).and_then(|index| self.values.get(index));
            last.is_none_or(|value| value.end < at.end)
        });
        findings.extend(self.found);
    }
}

fn id(document: &Document<'_>, kind: Kind, findings: &mut Findings) {
    let Value::Object(members) = &document.root().value else {
        return;
    };
    if let Some(member) = members.iter().find(|member| member.name.written() == "Id") {
        findings.push(
            Finding::new(Code::UnsupportedId, member.name_place, format!("{kind} has no `Id`"))
                .about("Id")
                .note("only policies attached to resources have one; IAM rejects it here")
                .help("remove it"),
        );
    }
}

fn principal(statement: &Statement<'_>, kind: Kind, refusals: &mut Refusals, findings: &mut Findings) {
    match (kind, statement.principal) {
        (_, None) if statement.lacks_only_for_spelling("Principal") => {}
        (Kind::Trust | Kind::Resource | Kind::ResourceControl, None) => {
            findings.push(missing_principal(statement, kind));
        }
        (Kind::Identity | Kind::Session, Some(element)) => refusals.add(
            element,
            Finding::new(
                Code::UnsupportedPrincipal,
                element.name_place,
                format!("{kind} has no `Principal`"),
            )
            .about("Principal")
            .note("it is about whoever it is attached to; IAM rejects it")
            .help(
                "remove it; who may assume a role stands in the role's trust policy, who may use a resource in that of the resource",
            )
            .help("if this is one of those, check it as a role trust policy or as a resource policy"),
        ),
        (Kind::ServiceControl, Some(element)) => refusals.add(
            element,
            Finding::new(
                Code::ScpSyntaxErrorPrincipal,
                element.name_place,
                format!("{kind} has no `Principal`"),
            )
            .about("Principal")
            .note("it is about every principal of the accounts it is attached to; AWS rejects it")
            .help("remove it; to spare a principal write a condition on `aws:PrincipalArn`"),
        ),
        (Kind::ResourceControl, Some(element)) if element.negated || !is_star(element) => refusals.add(
            element,
            Finding::new(
                Code::RcpSyntaxErrorPrincipal,
                element.name_place,
                format!("{kind} is about every principal"),
            )
            .about("Principal")
            .note("AWS rejects any other `Principal`")
            .help("write `\"Principal\": \"*\"`; to spare a principal write a condition on `aws:PrincipalArn`"),
        ),
        (Kind::Trust, Some(element)) if element.negated => refusals.add(
            element,
            Finding::new(
                Code::RoleTrustPolicySyntaxErrorNotprincipal,
                element.name_place,
                "a role trust policy has no `NotPrincipal`",
            )
            .about("NotPrincipal")
            .note("AWS rejects the policy")
            .help("name who may assume the role with `Principal`"),
        ),
        _ => {}
    }
}

fn missing_principal(statement: &Statement<'_>, kind: Kind) -> Finding {
    let (what, example) = match kind {
        Kind::Trust => (
            "who may assume the role",
            "{ \"Service\": \"ecs-tasks.amazonaws.com\" }",
        ),
        Kind::ResourceControl => ("that it is about everyone", "\"*\""),
        _ => ("whom it is about", "{ \"AWS\": \"111122223333\" }"),
    };
    Finding::new(
        Code::MissingPrincipal,
        statement.node.place,
        "the statement has no `Principal`",
    )
    .about("Principal")
    .note("AWS rejects the policy")
    .help(format!(
        "in {kind} each statement says {what}: `\"Principal\": {example}`"
    ))
}

fn is_star(element: Element<'_>) -> bool {
    element.value.as_text().is_some_and(|text| text.written() == "*")
}

/// The services that take their own resource to be meant where a policy writes none.
/// - ECR, its repositories: <https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html>
/// - EFS, its file systems: <https://docs.aws.amazon.com/efs/latest/ug/create-file-system-policy.html>
const IMPLIED: [&str; 2] = ["ecr", "elasticfilesystem"];

/// Whether the policy's own resource is meant where none is written.
fn needs_no_resource(statement: &Statement<'_>) -> bool {
    let is_of = |action: &str, service: &str| {
        action
            .split_once(':')
            .is_some_and(|(prefix, _)| prefix.eq_ignore_ascii_case(service))
    };
    statement.action.is_some_and(|actions| {
        IMPLIED
            .iter()
            .any(|service| actions.texts().all(|(_, text)| is_of(text.filled(), service)))
    })
}

fn resource(statement: &Statement<'_>, kind: Kind, refusals: &mut Refusals, findings: &mut Findings) {
    match (kind, statement.resource) {
        (Kind::Trust, Some(element)) => refusals.add(
            element,
            Finding::new(
                Code::RoleTrustPolicySyntaxErrorResource,
                element.name_place,
                "a role trust policy has no `Resource`",
            )
            .about("Resource")
            .note("it is about the role that it is attached to; AWS rejects the policy")
            .help("remove it"),
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
            .help("write the ARNs that it is about, or `\"Resource\": \"*\"`"),
        ),
    }
}
