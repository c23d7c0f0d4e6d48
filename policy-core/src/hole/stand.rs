//! The element that contains a string of a policy, and the [`Site`] of a hole in it.

use crate::arn::fields;
use std::ops::Range;

use super::Site;
use crate::catalogue::{Holds, key_facts};
use crate::document::{Member, Node, Place, Text, Value};
use crate::policy::Effect;

/// A string of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Here<'d> {
    /// The element that contains it.
    pub stand: Stand<'d>,
    /// The `Effect` of its statement, if it has one.
    pub effect: Option<Effect>,
    /// The place of the string.
    pub place: Place,
}

/// The element that contains a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand<'d> {
    /// The name of an element: `Statement`, `Effect`, an operator, a key of `Principal`.
    Name,
    /// The value of an element that cannot have holes: `Version`, `Effect`, `Sid`, `Id`.
    Value(&'d str),
    /// A string in `Action` or `NotAction`.
    Action,
    /// A string in `Resource` or `NotResource`.
    Resource {
        /// Whether it is in `NotResource`.
        negated: bool,
    },
    /// A string in `Principal` or `NotPrincipal`, under this key.
    Principal {
        /// `AWS`, `Service`, ...; empty for a string that is not under a key.
        key: &'d str,
        /// Whether it is in `NotPrincipal`.
        negated: bool,
    },
    /// The name of a condition key.
    ConditionKey,
    /// A value of this condition key.
    ConditionValue(&'d str),
    /// A position that policies do not have.
    Unknown,
}

/// Why a hole is not allowed at its position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misplaced {
    /// The position, with an article where the noun needs one.
    pub what: String,
    /// What to write instead.
    pub help: &'static str,
}

/// Visits every string of a policy, names included, in the order written.
pub fn strings(root: &mut Node<'_>, visit: &mut dyn FnMut(Here<'_>, &mut Text<'_>)) {
    let Value::Object(members) = &mut root.value else {
        return each(root, Stand::Unknown, None, visit);
    };
    for member in members {
        name(member, Stand::Name, None, visit);
        if member.name.written() == "Statement" {
            for node in list(&mut member.value) {
                statement(node, visit);
            }
        } else {
            let (element, value) = (&member.name, &mut member.value);
            each(value, Stand::Value(element.written()), None, visit);
        }
    }
}

fn statement(node: &mut Node<'_>, visit: &mut dyn FnMut(Here<'_>, &mut Text<'_>)) {
    let effect = node.member("Effect").and_then(Node::as_text);
    let effect = effect.and_then(|effect| Effect::from_name(effect.written()));
    let Value::Object(members) = &mut node.value else {
        return each(node, Stand::Unknown, None, visit);
    };
    for member in members {
        name(member, Stand::Name, effect, visit);
        let (element, value) = (&member.name, &mut member.value);
        match element.written() {
            "Action" | "NotAction" => each(value, Stand::Action, effect, visit),
            "Resource" => each(value, Stand::Resource { negated: false }, effect, visit),
            "NotResource" => each(value, Stand::Resource { negated: true }, effect, visit),
            "Principal" => principal(value, false, effect, visit),
            "NotPrincipal" => principal(value, true, effect, visit),
            "Condition" => condition(value, effect, visit),
            element => each(value, Stand::Value(element), effect, visit),
        }
    }
}

fn principal(
    node: &mut Node<'_>,
    negated: bool,
    effect: Option<Effect>,
    visit: &mut dyn FnMut(Here<'_>, &mut Text<'_>),
) {
    let Value::Object(members) = &mut node.value else {
        return each(node, Stand::Principal { key: "", negated }, effect, visit);
    };
    for member in members {
        name(member, Stand::Name, effect, visit);
        let (key, value) = (&member.name, &mut member.value);
        each(
            value,
            Stand::Principal {
                key: key.written(),
                negated,
            },
            effect,
            visit,
        );
    }
}

fn condition(node: &mut Node<'_>, effect: Option<Effect>, visit: &mut dyn FnMut(Here<'_>, &mut Text<'_>)) {
    let Value::Object(operators) = &mut node.value else {
        return each(node, Stand::Unknown, effect, visit);
    };
    for operator in operators {
        name(operator, Stand::Name, effect, visit);
        let Value::Object(keys) = &mut operator.value.value else {
            each(&mut operator.value, Stand::Unknown, effect, visit);
            continue;
        };
        for key in keys {
            name(key, Stand::ConditionKey, effect, visit);
            let (key, value) = (&key.name, &mut key.value);
            each(value, Stand::ConditionValue(key.filled()), effect, visit);
        }
    }
}

fn name(
    member: &mut Member<'_>,
    stand: Stand<'_>,
    effect: Option<Effect>,
    visit: &mut dyn FnMut(Here<'_>, &mut Text<'_>),
) {
    visit(
        Here {
            stand,
            effect,
            place: member.name_place,
        },
        &mut member.name,
    );
}

/// All strings of a value, at any depth.
fn each(node: &mut Node<'_>, stand: Stand<'_>, effect: Option<Effect>, visit: &mut dyn FnMut(Here<'_>, &mut Text<'_>)) {
    match &mut node.value {
        Value::String(text) => visit(
            Here {
                stand,
                effect,
                place: node.place,
            },
            text,
        ),
        Value::Array(elements) => {
            for element in elements {
                each(element, stand, effect, visit);
            }
        }
        Value::Object(members) => {
            for member in members {
                name(member, Stand::Name, effect, visit);
                each(&mut member.value, stand, effect, visit);
            }
        }
        _ => {}
    }
}

fn list<'n, 'd>(node: &'n mut Node<'d>) -> &'n mut [Node<'d>] {
    if let Node {
        value: Value::Array(_), ..
    } = node
    {
        match &mut node.value {
            Value::Array(elements) => elements,
            _ => &mut [],
        }
    } else {
        std::slice::from_mut(node)
    }
}

impl Here<'_> {
    /// The site of the hole at `hole` in this string.
    pub fn site(&self, written: &str, hole: &Range<usize>) -> Result<Site, Misplaced> {
        let whole = hole.len() == written.len();
        match self.stand {
            Stand::Name => Err(Misplaced {
                what: "an element name".into(),
                help: "write the full name",
            }),
            Stand::Value(element) => Err(Misplaced {
                what: format!("part of `{element}`"),
                help: "write the full value",
            }),
            Stand::Unknown => Err(Misplaced {
                what: "where a policy does not have a string".into(),
                help: "see the finding about the element",
            }),
            Stand::Action => Err(Misplaced {
                what: "part of an action".into(),
                help: "write the full action: only literal actions can be checked; for other actions, write another policy",
            }),
            Stand::Resource { .. } if whole => Ok(Site::WholeResource),
            Stand::Principal { key: "AWS", .. } if whole => Ok(Site::WholePrincipal),
            Stand::Principal { key: "Service", .. } if whole => Ok(Site::WholeService),
            Stand::ConditionKey if written.get(hole.end..).is_some_and(|rest| rest.starts_with(':')) => {
                Ok(Site::Issuer)
            }
            Stand::ConditionKey => Ok(Site::Text),
            Stand::ConditionValue(key) if whole => Ok(by_key(key)),
            Stand::Resource { .. } | Stand::Principal { .. } | Stand::ConditionValue(_) => in_arn(written, hole),
        }
    }
}

/// The site of a whole value of a condition key: `Text` for a key whose values do not have a type, or have more formats
/// than the type.
fn by_key(key: &str) -> Site {
    match key_facts(key).and_then(|facts| facts.holds) {
        Some(Holds::Account) => Site::ArnAccount,
        Some(Holds::Region) => Site::ArnRegion,
        Some(Holds::Organization) => Site::Organization,
        Some(Holds::Vpc) => Site::Vpc,
        Some(Holds::VpcEndpoint) => Site::VpcEndpoint,
        Some(Holds::KmsAlias) => Site::AliasInArn,
        Some(Holds::ExternalId) => Site::External,
        Some(Holds::SessionName) => Site::Session,
        Some(Holds::Service | Holds::CallingService | Holds::RegionalService) | None => Site::Text,
    }
}

/// The site of a hole in a string that is an ARN; `Text` in any other string.
fn in_arn(written: &str, hole: &Range<usize>) -> Result<Site, Misplaced> {
    if !written.starts_with("arn:") {
        return Ok(Site::Text);
    }
    let mut start = 0;
    for (index, field) in fields(written, false).enumerate() {
        let end = start + field.len();
        if hole.start < end {
            let whole = hole.len() == field.len();
            return match index {
                0 | 2 => Err(Misplaced {
                    what: "the service of an ARN".into(),
                    help: "write the full service: only a literal service can be checked",
                }),
                1 if whole => Ok(Site::ArnPartition),
                3 if whole => Ok(Site::ArnRegion),
                4 if whole => Ok(Site::ArnAccount),
                1 | 3 | 4 => Err(Misplaced {
                    what: "part of an ARN field".into(),
                    help: "use the hole for the whole field, between two colons",
                }),
                _ => {
                    let service = fields(written, false).nth(2).unwrap_or_default();
                    Ok(in_resource(service, field, hole.start - start..hole.end - start))
                }
            };
        }
        start = end + 1;
    }
    Ok(Site::Text)
}

/// The site of a hole in the last field of an ARN.
fn in_resource(service: &str, resource: &str, hole: Range<usize>) -> Site {
    let (Some(before), Some(after)) = (resource.get(..hole.start), resource.get(hole.end..)) else {
        return Site::Text;
    };
    RESOURCES
        .iter()
        .find(|row| {
            row.service == service
                && row.before == before
                && (after.is_empty() || row.after.iter().any(|end| after.starts_with(end)))
        })
        .map_or(Site::Text, |row| row.site)
}

/// The prefix of a resource that a name of one type follows, and the texts that may follow the name.
struct Row {
    service: &'static str,
    before: &'static str,
    after: &'static [&'static str],
    site: Site,
}

/// Source: the ARN formats of the service authorization reference, such as
/// <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html#awssecretsmanager-resources-for-iam-policies>
const RESOURCES: &[Row] = &[
    Row {
        service: "secretsmanager",
        before: "secret:",
        after: &[],
        site: Site::SecretInArn,
    },
    Row {
        service: "s3",
        before: "",
        after: &["/"],
        site: Site::BucketInArn,
    },
    Row {
        service: "kms",
        before: "key/",
        after: &[],
        site: Site::KeyInArn,
    },
    Row {
        service: "kms",
        before: "",
        after: &[],
        site: Site::AliasInArn,
    },
    Row {
        service: "iam",
        before: "role/",
        after: &[],
        site: Site::RoleInArn,
    },
    Row {
        service: "iam",
        before: "oidc-provider/",
        after: &[],
        site: Site::Issuer,
    },
    Row {
        service: "logs",
        before: "log-group:",
        after: &[":"],
        site: Site::LogGroupInArn,
    },
    Row {
        service: "ecr",
        before: "repository/",
        after: &[],
        site: Site::RepositoryInArn,
    },
];
