//! Statements on every resource whose actions could name theirs.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege>

use crate::arn::ArnPattern;
use crate::check::facts::{ActionMeaning, ActionRef, Facts, ResourceRef, ResourceScope, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::check::words::{catalogue_note, example_arn};
use crate::collected::CollectVec;
use crate::document::Place;
use crate::finding::{Code, Finding};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::ResourceCouldBeNarrower],
    run: Run::Statement(check),
};

/// One finding for each resource that matches everything. A condition may restrict it, and a `Deny` may be broad.
fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let is_grant = facts.gives_permissions() && statement.allows() && statement.conditions.is_empty();
    let widest = |statement: &StatementFacts<'_>| {
        if statement.is_product {
            widest(statement)
        } else {
            all_but(statement)
        }
    };
    is_grant.then(|| widest(statement)).flatten().into_iter().collect_vec()
}

/// `NotResource` is every resource, except for a few, and those of other types too.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html>
fn all_but(statement: &StatementFacts<'_>) -> Option<Finding> {
    let element = statement.statement.resource.filter(|element| element.negated)?;
    let excludes_all = |resource: &ResourceRef<'_>| matches!(resource.scope, ResourceScope::Everything);
    if !statement.names_actions() || statement.resources.iter().any(excludes_all) {
        return None;
    }
    broad(
        &statement.actions,
        element.name_place,
        "every resource that `NotResource` does not name",
        &|_| true,
    )
}

fn widest(statement: &StatementFacts<'_>) -> Option<Finding> {
    let actions = &statement.actions;
    statement.resources.iter().find_map(|resource| match &resource.scope {
        ResourceScope::Everything => on_every(actions, resource, &|_| true),
        ResourceScope::Arn(arn) if is_everything(arn) => on_every(actions, resource, &|named| {
            named
                .service()
                .is_some_and(|service| arn.service().matches(service.prefix()))
        }),
        ResourceScope::Arn(_) | ResourceScope::Unknown | ResourceScope::Unsettled => None,
    })
}

/// `arn:aws:logs:*:*:*`: every resource of its service.
fn is_everything(arn: &ArnPattern<'_>) -> bool {
    let is_any = |text: &str| text.is_empty() || text == "*";
    is_any(arn.region().as_str()) && is_any(arn.account().as_str()) && arn.resource().as_str() == "*"
}

fn on_every(
    actions: &[ActionRef<'_>],
    resource: &ResourceRef<'_>,
    is_meant: &dyn Fn(&ActionRef<'_>) -> bool,
) -> Option<Finding> {
    let finding = broad(actions, resource.place, "every resource", is_meant)?;
    Some(finding.about(resource.text.written()))
}

fn broad(
    actions: &[ActionRef<'_>],
    place: Place,
    resources: &str,
    is_meant: &dyn Fn(&ActionRef<'_>) -> bool,
) -> Option<Finding> {
    let takes_a_name = |named: &&ActionRef<'_>| {
        let has_types = match &named.meaning {
            ActionMeaning::One(action) => action.has_resource_types(),
            ActionMeaning::Pattern(service) => service.resource_types().next().is_some(),
            // `*` is an administrator's, and meant.
            ActionMeaning::Everything | ActionMeaning::Unknown(_) => false,
        };
        has_types && is_meant(named)
    };
    let mut broad = actions.iter().filter(takes_a_name);
    let first = broad.next()?;
    let (others, are) = match broad.count() {
        0 => (String::new(), "is"),
        1 => (" and 1 other action".to_owned(), "are"),
        more => (format!(" and {more} other actions"), "are"),
    };
    let finding = Finding::new(
        Code::ResourceCouldBeNarrower,
        place,
        format!(
            "`{}`{others} {are} allowed on {resources}, but can be limited to specific ARNs",
            first.text.written()
        ),
    )
    .note("including resources that are created later")
    .note(catalogue_note());
    Some(match example(first) {
        Some(arn) => finding.with_help(format!("write the ARNs of the resources, such as `{arn}`")),
        None => finding.with_help("write the ARNs of the resources"),
    })
}

/// The shortest form of what the action acts on.
fn example(named: &ActionRef<'_>) -> Option<String> {
    named
        .one()?
        .arn_formats()
        .filter_map(example_arn)
        .min_by_key(String::len)
}

#[cfg(test)]
mod tests {
    use crate::check::expect::{policy, read};
    use crate::check::{Options, check};
    use crate::finding::Code;
    use crate::policy::Kind;

    fn said(statement: &str, kind: Kind) -> Option<String> {
        let findings = check(&read(&policy(statement)), kind, &Options::new());
        let mut broad = findings
            .iter()
            .filter(|finding| finding.code() == Code::ResourceCouldBeNarrower);
        broad.next().map(|finding| finding.message().to_owned())
    }

    #[test]
    fn what_could_name_its_resources_should() {
        for (statement, expected) in [
            (
                r#"{ "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*" }"#,
                Some("`sqs:SendMessage` is allowed on every resource, but can be limited to specific ARNs"),
            ),
            (
                r#"{ "Effect": "Allow", "Action": ["kms:ListAliases", "kms:Encrypt", "kms:Decrypt"], "Resource": ["*"] }"#,
                Some(
                    "`kms:Encrypt` and 1 other action are allowed on every resource, but can be limited to specific ARNs",
                ),
            ),
            (
                r#"{ "Effect": "Allow", "Action": "logs:PutLogEvents", "Resource": "arn:aws:logs:*:*:*" }"#,
                Some("`logs:PutLogEvents` is allowed on every resource, but can be limited to specific ARNs"),
            ),
            (
                r#"{ "Effect": "Allow", "Action": "dynamodb:Get*", "Resource": "*" }"#,
                Some("`dynamodb:Get*` is allowed on every resource, but can be limited to specific ARNs"),
            ),
            (
                r#"{ "Effect": "Allow", "Action": "s3:*", "NotResource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"] }"#,
                Some(
                    "`s3:*` is allowed on every resource that `NotResource` does not name, but can be limited to specific ARNs",
                ),
            ),
            // An administrator, but for one bucket; and what a condition may restrict.
            (
                r#"{ "Effect": "Allow", "Action": "*", "NotResource": "arn:aws:s3:::b" }"#,
                None,
            ),
            (
                r#"{ "Effect": "Allow", "NotAction": "iam:*", "NotResource": "arn:aws:s3:::b" }"#,
                None,
            ),
            (
                r#"{ "Effect": "Deny", "Action": "s3:*", "NotResource": "arn:aws:s3:::b" }"#,
                None,
            ),
            (
                r#"{ "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*" }"#,
                None,
            ),
            (r#"{ "Effect": "Allow", "Action": "*", "Resource": "*" }"#, None),
            (
                r#"{ "Effect": "Deny", "Action": "sqs:SendMessage", "Resource": "*" }"#,
                None,
            ),
            (
                r#"{ "Effect": "Allow", "NotAction": "sqs:SendMessage", "Resource": "*" }"#,
                None,
            ),
            (
                r#"{ "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:*:*:orders-*" }"#,
                None,
            ),
            (
                r#"{ "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*",
                     "Condition": { "StringEquals": { "aws:ResourceTag/team": "orders" } } }"#,
                None,
            ),
        ] {
            assert_eq!(said(statement, Kind::Identity).as_deref(), expected, "{statement}");
            assert_eq!(said(statement, Kind::ServiceControl), None, "{statement}");
        }
    }

    #[test]
    fn the_message_shows_the_form() {
        let statement = r#"{ "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*" }"#;
        let findings = check(&read(&policy(statement)), Kind::Identity, &Options::new());
        let helps: Vec<&str> = findings.iter().flat_map(crate::finding::Finding::help).collect();
        assert_eq!(
            helps,
            ["write the ARNs of the resources, such as `arn:aws:sqs:REGION:ACCOUNT_ID:QUEUE_NAME`"]
        );
    }
}
