//! Everyone.

use std::cell::OnceCell;

use super::limit;
use crate::arn::Glob;
use crate::check::Options;
use crate::check::judged::Judged;
use crate::check::resource::Scope;
use crate::check::size::Reach;
use crate::document::Text;
use crate::finding::{Code, Finding};
use crate::policy::{AttachedTo, Condition, Effect, Element, Principal, PrincipalKey, Statement, principals};

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
pub(super) fn check(
    one: &Judged<'_, '_>,
    principals: &[Principal<'_>],
    strangers: &Strangers<'_, '_>,
    options: &Options,
) -> Option<Finding> {
    let everyone = principals.iter().find(|principal| is_everyone(principal))?;
    if !opens_something(one) || !strangers.are_taken_by(one.statement) {
        return None;
    }
    let conditions = &one.statement.conditions;
    let what = if conditions.is_empty() {
        "everyone is let in: `*`, and no condition"
    } else {
        "everyone is let in: `*`, and no condition that says who"
    };
    let mut finding = Finding::new(Code::PublicAccess, everyone.place, what).about("*").note(
        "everyone is the whole world, requests without credentials too; AWS accepts it unless public access is blocked",
    );
    if let Some(loose) = conditions.iter().find_map(loose) {
        finding = finding.note(loose);
    }
    let finding = finding
        .help("name who is let in, such as `{ \"AWS\": \"111122223333\" }`")
        .help("or write a condition that says who is meant, such as `\"StringEquals\": { \"aws:PrincipalOrgID\": \"o-a1b2c3d4e5\" }`");
    Some(if options.resource().is_none() && is_like_that_of_an_endpoint(one) {
        finding.help(format!(
            "the policy of a VPC endpoint opens nothing by itself: if it is one, say that it is attached to `{}`",
            AttachedTo::VpcEndpoint
        ))
    } else {
        finding
    })
}

/// Whether a statement is about more than the policy of one resource: every resource, or several services.
fn is_like_that_of_an_endpoint(one: &Judged<'_, '_>) -> bool {
    let mut services = one
        .actions
        .iter()
        .filter_map(|action| Some(action.text.filled().split_once(':')?.0));
    let first = services.next();
    one.targets
        .iter()
        .any(|target| matches!(target.scope, Scope::Everything))
        || services.any(|service| first.is_some_and(|first| !first.eq_ignore_ascii_case(service)))
}

/// The strangers to a policy, and the statements that deny something to all of them.
pub(in crate::check) struct Strangers<'j, 'd> {
    judged: &'j [Judged<'j, 'd>],
    reach: Reach,
    denials: OnceCell<Vec<&'j Statement<'d>>>,
}

impl<'j, 'd> Strangers<'j, 'd> {
    pub(in crate::check) const fn of(judged: &'j [Judged<'j, 'd>], reach: Reach) -> Self {
        Self {
            judged,
            reach,
            denials: OnceCell::new(),
        }
    }

    /// Whether a statement that allows something to `*` means just anybody.
    pub(in crate::check) fn are_taken_by(&self, statement: &Statement<'_>) -> bool {
        if statement.effect != Some(Effect::Allow) || statement.conditions.iter().any(limit::is_limit) {
            return false;
        }
        let denials = self.denials.get_or_init(|| {
            let statements = self.judged.iter().map(|one| one.statement);
            statements.filter(|statement| denies_strangers(statement)).collect()
        });
        match self.reach {
            Reach::All => !denials.iter().any(|deny| takes_back(deny, statement)),
            // Which of them it is that is denied is not asked.
            Reach::EachByItself | Reach::SizeOnly => denials.is_empty(),
        }
    }
}

/// Whether an action is of a service that keeps policies; of `*` the resources say which service is meant. All actions but
/// some are of every service.
fn opens_something(one: &Judged<'_, '_>) -> bool {
    let keeps = |service: &str| KEEPERS.iter().any(|keeper| keeper.eq_ignore_ascii_case(service));
    let leaves_out = one.statement.action.is_some_and(|action| action.negated);
    leaves_out
        || one
            .actions
            .iter()
            .any(|action| match action.text.filled().split_once(':') {
                Some((service, _)) => keeps(service),
                None => one.targets.iter().any(|target| match &target.scope {
                    Scope::Arn(arn) => keeps(arn.service().as_str()),
                    _ => false,
                }),
            })
}

fn is_everyone(principal: &Principal<'_>) -> bool {
    principal.key == PrincipalKey::Aws && principal.text.written() == "*"
}

/// Why a condition that seems to say who asks does not.
fn loose(condition: &Condition<'_>) -> Option<String> {
    let key = condition.key.filled();
    if limit::is_about_caller(condition) {
        let operator = condition.operator?;
        if operator.if_exists {
            return Some(format!("a request without `{key}` meets the condition on it"));
        }
        return Some(format!(
            "the condition on `{key}` takes in strangers: its values leave open who"
        ));
    }
    if condition.is_on_one_of(&["aws:Referer", "aws:UserAgent"]) {
        return Some(format!("`{key}` is whatever the caller says"));
    }
    condition
        .key
        .begins_with("aws:PrincipalTag/")
        .then(|| format!("`{key}` is for every account to give to its own roles"))
}

/// Whether a denial is about all that another statement allows.
fn takes_back(deny: &Statement<'_>, allow: &Statement<'_>) -> bool {
    covers(deny.action, allow.action) && covers(deny.resource, allow.resource)
}

/// Whether a statement denies something to all strangers, as API Gateway writes it:
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html>
fn denies_strangers(deny: &Statement<'_>) -> bool {
    if deny.effect != Some(Effect::Deny) {
        return false;
    }
    let Some(element) = deny.principal else {
        return false;
    };
    let is_neutral = |condition: &&Condition<'_>| condition.is_on("aws:PrincipalIsAWSService");
    let mut telling = deny
        .conditions
        .iter()
        .filter(|condition| !is_neutral(condition))
        .peekable();
    if element.negated {
        return telling.peek().is_none();
    }
    principals(element.value).iter().any(is_everyone) && telling.peek().is_some() && telling.all(limit::is_exception)
}

/// Whether the patterns of one element take in all that those of another stand for.
fn covers(all: Option<Element<'_>>, some: Option<Element<'_>>) -> bool {
    match (all, some) {
        (None, None) => true,
        (Some(all), Some(some)) if !all.negated && !some.negated => some
            .texts()
            .all(|(_, one)| all.texts().any(|(_, pattern)| takes_in(pattern, one))),
        _ => false,
    }
}

fn takes_in(pattern: &Text<'_>, one: &Text<'_>) -> bool {
    let (pattern, one) = (pattern.filled(), one.filled());
    // A `?` would take a `*` for one character.
    pattern == one || !pattern.contains('?') && Glob::wildcards(pattern).matches_ignore_ascii_case(one)
}
