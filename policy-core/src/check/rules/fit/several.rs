//! Actions whose requests are about several resources, with some of them named.
//!
//! Only of services of which AWS says so: `several-resources.txt`. Another policy may allow the rest.

use std::sync::OnceLock;

use crate::catalogue::{Action, ResourceType};
use crate::check::facts::{ActionRef, Facts, ResourceRef, ResourceScope, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::check::table::grouped;
use crate::check::words::{catalogue_note, example_arn, listed};
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};
use crate::numbers::Texts;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::MissingResourceType],
    run: Run::Policy(check),
};

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    if !facts.gives_permissions() {
        return found;
    }
    let mut known = Texts::new();
    let names =
        |statement: &&StatementFacts<'_>| statement.allows() && statement.names_actions() && names_arns(statement);
    for statement in facts.statements.iter().filter(names) {
        for named in &statement.actions {
            let Some(action) = named.one().filter(|action| is_about_several(*action)) else {
                continue;
            };
            if known.insert(action.qualified().into()) {
                found.extend(lacking(facts, named, action));
            }
        }
    }
    found
}

/// Whether the service authorizes requests for the action on each of its required resource types.
fn is_about_several(action: Action) -> bool {
    // The first word of each row is a type that is among the several, or `any`.
    static TABLE: OnceLock<Vec<(&str, Vec<&str>)>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut table = grouped(include_str!("several-resources.txt"));
        for row in table.iter_mut().flat_map(|(_, rows)| rows) {
            *row = row.split(' ').next().unwrap_or_default();
        }
        table
    });
    let prefix = action.service().prefix();
    let Some((_, rows)) = table.iter().find(|(service, _)| *service == prefix) else {
        return false;
    };
    let required = required(action);
    required.len() > 1
        && rows
            .iter()
            .any(|among| *among == "any" || required.iter().any(|kind| kind.name() == *among))
}

fn required(action: Action) -> Vec<ResourceType> {
    let mut required = Vec::new();
    for on in action.types() {
        if on.is_required() {
            required.extend(action.service().resource_type(on.name()));
        }
    }
    required
}

/// The required types of which no statement that allows the action names a resource, if some names one of another.
fn lacking(facts: &Facts<'_>, named: &ActionRef<'_>, action: Action) -> Option<Finding> {
    let qualified = action.qualified();
    let allowing = || {
        let statements = facts.statements.iter();
        statements.filter(|statement| statement.allows() && statement.includes(&qualified))
    };
    // What is not an ARN may be of any type.
    if allowing().any(|statement| !names_arns(statement)) {
        return None;
    }
    let mut arns = Vec::new();
    for statement in allowing() {
        arns.append(&mut statement.resources.iter().filter_map(ResourceRef::arn).collect_vec());
    }
    let (mut is_any_named, mut missing) = (false, Vec::new());
    for kind in required(action) {
        let mut formats = kind.arn_formats();
        if formats.any(|format| arns.iter().any(|arn| arn.fits_format(format).is_yes())) {
            is_any_named = true;
        } else {
            missing.push(kind);
        }
    }
    if !is_any_named || missing.is_empty() {
        return None;
    }
    let types = listed::first(4, &missing.iter().map(|kind| listed::quoted(kind.name())).collect_vec());
    let written = named.text.written();
    let arns: Vec<String> = missing
        .iter()
        .filter_map(|kind| example_arn(kind.arn_formats().next()?))
        .map(|arn| format!("`{arn}`"))
        .collect_vec();
    let finding = Finding::new(
        Code::MissingResourceType,
        named.place,
        format!("requests for `{written}` also need resources of type {types}"),
    )
    .about(written)
    .note(
        "AWS authorizes the request on each of its resources, so it is denied unless another policy allows it on those",
    )
    .note(catalogue_note())
    .with_help(format!("allow it on those too, such as {}", listed::first(4, &arns)));
    Some(finding)
}

/// Whether the statement names its resources, each by its ARN.
fn names_arns(statement: &StatementFacts<'_>) -> bool {
    let names = statement.statement.resource.is_some_and(|element| !element.negated);
    let mut resources = statement.resources.iter();
    names && resources.all(|resource| matches!(resource.scope, ResourceScope::Arn(_)))
}

#[cfg(test)]
mod tests {
    use crate::check::expect::{findings, messages, policy};
    use crate::policy::Kind;

    fn ec2(types: &[&str]) -> String {
        let arns = types.iter().map(|kind| match *kind {
            "image" => r#""arn:aws:ec2:eu-west-1::image/*""#.to_owned(),
            kind => format!(r#""arn:aws:ec2:eu-west-1:111122223333:{kind}/*""#),
        });
        let arns: Vec<String> = arns.collect();
        format!(
            r#"{{ "Effect": "Allow", "Action": "ec2:RunInstances", "Resource": [{}] }}"#,
            arns.join(", ")
        )
    }

    const MISSING: &str = "MISSING_RESOURCE_TYPE /Statement/0/Action";

    #[test]
    fn each_resource_of_a_request_has_to_be_allowed() {
        let glue = |action: &str, resources: &str| {
            format!(r#"{{ "Effect": "Allow", "Action": "{action}", "Resource": [{resources}] }}"#)
        };
        let table = r#""arn:aws:glue:eu-west-1:111122223333:table/db/t""#;
        let catalog =
            r#""arn:aws:glue:eu-west-1:111122223333:catalog", "arn:aws:glue:eu-west-1:111122223333:database/db""#;
        let all = [
            "image",
            "instance",
            "network-interface",
            "security-group",
            "subnet",
            "volume",
        ];
        for (statements, expected) in [
            (ec2(&["instance"]), &[MISSING][..]),
            (
                ec2(&["instance", "subnet", "security-group", "network-interface", "volume"]),
                &[MISSING],
            ),
            (ec2(&all), &[]),
            // In another statement.
            (format!("{}, {}", ec2(&["instance"]), ec2(&all)), &[]),
            // The rest may be anything.
            (
                format!(
                    r#"{}, {{ "Effect": "Allow", "Action": "ec2:Run*", "NotResource": "arn:aws:ec2:*:*:instance/*" }}"#,
                    ec2(&["instance"])
                ),
                &[],
            ),
            // The ARN of an image has no account.
            (ec2(&["*"]), &[MISSING]),
            (ec2(&["*"]).replace("111122223333", "*"), &[]),
            (ec2(&["instance"]).replace("Allow", "Deny"), &[]),
            (glue("glue:GetTable", table), &[MISSING]),
            (glue("glue:GetTable", &format!("{table}, {catalog}")), &[]),
            // Alternatives, though the reference marks both.
            (
                glue(
                    "glue:GetDataQualityModel",
                    r#""arn:aws:glue:eu-west-1:111122223333:job/j""#,
                ),
                &[],
            ),
            (
                glue("kms:CreateAlias", r#""arn:aws:kms:eu-west-1:111122223333:alias/a""#),
                &[],
            ),
        ] {
            let found = findings(&policy(&statements), Kind::Identity);
            let found: Vec<&str> = found
                .iter()
                .map(String::as_str)
                .filter(|found| found.starts_with("MISSING_R"))
                .collect();
            assert_eq!(found, expected, "{statements}");
        }
        assert_eq!(
            findings(&policy(&ec2(&["instance"])), Kind::ServiceControl),
            Vec::<String>::new()
        );
    }

    #[test]
    fn the_message_names_the_other_types() {
        assert_eq!(
            messages(&ec2(&["instance", "subnet", "security-group"]), Kind::Identity),
            "requests for `ec2:RunInstances` also need resources of type `image` and `network-interface` [MISSING_RESOURCE_TYPE]\n\
             = note: AWS authorizes the request on each of its resources, so it is denied unless another policy allows it on those\n\
             = note: checked against AWS's service authorization reference of DATE\n\
             = help: allow it on those too, such as `arn:aws:ec2:REGION::image/IMAGE_ID` and \
             `arn:aws:ec2:REGION:ACCOUNT_ID:network-interface/NETWORK_INTERFACE_ID`"
        );
    }
}
