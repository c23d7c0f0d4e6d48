//! Everyone.

use crate::catalogue::Bearer;
use crate::check::facts::{
    ConditionFacts, Facts, PrincipalRef, ResourceScope, StatementFacts, is_about_caller, is_everyone,
};
use crate::check::rules::{Rule, Run};
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};
use crate::policy::{AttachedTo, Kind};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::PublicAccess],
    run: Run::Statement(check),
};

/// The services that keep policies of their resources. The policy of a VPC endpoint is a resource policy too, of any service,
/// and opens nothing: <https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html>. Nothing in it says that
/// it is one, but that most of those services keep no policies themselves.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html>, the column of
/// resource-based policies; without those that are made by sharing only.
const KEEPERS: [&str; 34] = [
    "acm-pca",
    "backup",
    "cloudtrail",
    "cloudtrail-data",
    "codeartifact",
    "dynamodb",
    "ecr",
    "elasticfilesystem",
    "es",
    "events",
    "execute-api",
    "glacier",
    "glue",
    "iot",
    "kafka",
    "kinesis",
    "kms",
    "lambda",
    "lex",
    "logs",
    "mediastore",
    "s3",
    "s3-object-lambda",
    "s3-outposts",
    "s3express",
    "schemas",
    "secretsmanager",
    "serverlessrepo",
    "ses",
    "signer",
    "sns",
    "sqs",
    "ssm-contacts",
    "ssm-incidents",
];

/// `*` is the whole world, requests without credentials too, unless a condition says who, or a `Deny` who not.
fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let is_asked = facts.kind == Kind::Resource && facts.lets_in() && statement.allows();
    let named = statement.named_principals().filter(|_| is_asked);
    let everyone = named.and_then(|named| named.iter().find(|principal| is_everyone(principal)));
    let found = everyone.filter(|_| opens_something(statement) && facts.takes_strangers(statement));
    found
        .map(|found| public(facts, statement, found))
        .into_iter()
        .collect_vec()
}

fn public(facts: &Facts<'_>, statement: &StatementFacts<'_>, everyone: &PrincipalRef<'_>) -> Finding {
    let conditions = &statement.conditions;
    let what = if conditions.is_empty() {
        "this allows public access: the principal is `*`, with no condition"
    } else {
        "this allows public access: the principal is `*` and no condition restricts it"
    };
    let mut finding = Finding::new(Code::PublicAccess, everyone.place, what)
        .about("*")
        .note("this includes anonymous requests; AWS accepts it unless public access is blocked");
    if let Some(loose) = conditions.iter().find_map(loose) {
        finding = finding.note(loose);
    }
    let finding = finding
        .with_help("name the principals, such as `{ \"AWS\": \"111122223333\" }`")
        .with_help("or add a condition that restricts the principals, such as `\"StringEquals\": { \"aws:PrincipalOrgID\": \"o-a1b2c3d4e5\" }`");
    if facts.attached_to().is_none() && is_like_that_of_an_endpoint(statement) {
        finding.with_help(format!(
            "a VPC endpoint policy grants nothing by itself: if this is one, state that the policy is attached to `{}`",
            AttachedTo::VpcEndpoint
        ))
    } else {
        finding
    }
}

/// Whether a statement is about more than the policy of one resource: every resource, or several services.
fn is_like_that_of_an_endpoint(statement: &StatementFacts<'_>) -> bool {
    let mut services = statement
        .actions
        .iter()
        .filter_map(|action| Some(action.text.filled().split_once(':')?.0));
    let first = services.next();
    statement
        .resources
        .iter()
        .any(|resource| matches!(resource.scope, ResourceScope::Everything))
        || services.any(|service| first.is_some_and(|first| !first.eq_ignore_ascii_case(service)))
}

/// Whether an action is of a service that keeps policies; of `*` the resources say which service is meant. All actions but
/// some are of every service.
fn opens_something(statement: &StatementFacts<'_>) -> bool {
    let keeps = |service: &str| KEEPERS.iter().any(|keeper| keeper.eq_ignore_ascii_case(service));
    let leaves_out = statement.statement.action.is_some_and(|action| action.negated);
    leaves_out
        || statement
            .actions
            .iter()
            .any(|action| match action.text.filled().split_once(':') {
                Some((service, _)) => keeps(service),
                None => statement.resources.iter().any(|resource| match &resource.scope {
                    ResourceScope::Arn(arn) => keeps(arn.service().as_str()),
                    _ => false,
                }),
            })
}

/// Why a condition that seems to say who asks does not.
fn loose(condition: &ConditionFacts<'_>) -> Option<String> {
    let key = condition.key.filled();
    if is_about_caller(condition) {
        let operator = condition.operator?;
        if operator.if_exists {
            return Some(format!("a request without `{key}` meets the condition on it"));
        }
        return Some(format!(
            "the condition on `{key}` is too broad: its values also match other accounts"
        ));
    }
    let facts = condition.key_facts?;
    if facts.header.is_some() {
        return Some(format!("the caller chooses the value of `{key}`"));
    }
    (facts.brought_by == Some(Bearer::Tags)).then(|| format!("every account can set `{key}` on its own roles"))
}
