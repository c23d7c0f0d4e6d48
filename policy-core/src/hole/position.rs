//! The element that contains a string of a policy, and the [`Site`] of a hole in it.

use std::ops::Range;

use crate::arn::fields;

use super::Site;
use super::part::in_resource;
use crate::catalogue::{Holds, Scalar, condition_key, key_facts};
use crate::document::{Member, Node, Place, Text, Value};
use crate::policy::{Effect, Operator};

/// A string of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StringContext<'d> {
    /// The element that contains it.
    pub position: StringPosition<'d>,
    /// The `Effect` of its statement, if it has one.
    pub effect: Option<Effect>,
    /// The place of the string.
    pub place: Place,
}

/// The element that contains a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StringPosition<'d> {
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
    /// A value that a condition compares with.
    ConditionValue {
        /// The operator.
        operator: &'d str,
        /// The condition key.
        key: &'d str,
    },
    /// A position that policies do not have.
    Unknown,
}

/// Why a hole is not allowed at its position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoleError {
    /// The position, with an article where the noun needs one.
    pub position: String,
    /// What to write instead.
    pub help: &'static str,
}

/// Visits every string of a policy, names included, in the order written.
pub fn strings(root: &mut Node<'_>, visit: &mut dyn FnMut(StringContext<'_>, &mut Text<'_>)) {
    let Value::Object(members) = &mut root.value else {
        return each(root, StringPosition::Unknown, None, visit);
    };
    for member in members {
        name(member, StringPosition::Name, None, visit);
        if member.name.written() == "Statement" {
            for node in list(&mut member.value) {
                statement(node, visit);
            }
        } else {
            let (element, value) = (&member.name, &mut member.value);
            each(value, value_of(element.written(), &["Version", "Id"]), None, visit);
        }
    }
}

fn statement(node: &mut Node<'_>, visit: &mut dyn FnMut(StringContext<'_>, &mut Text<'_>)) {
    let effect = node.member("Effect").and_then(Node::as_text);
    let effect = effect.and_then(|effect| effect.written().parse().ok());
    let Value::Object(members) = &mut node.value else {
        return each(node, StringPosition::Unknown, None, visit);
    };
    for member in members {
        name(member, StringPosition::Name, effect, visit);
        let (element, value) = (&member.name, &mut member.value);
        match element.written() {
            "Action" | "NotAction" => each(value, StringPosition::Action, effect, visit),
            "Resource" => each(value, StringPosition::Resource { negated: false }, effect, visit),
            "NotResource" => each(value, StringPosition::Resource { negated: true }, effect, visit),
            "Principal" => principal(value, false, effect, visit),
            "NotPrincipal" => principal(value, true, effect, visit),
            "Condition" => condition(value, effect, visit),
            element => each(value, value_of(element, &["Sid", "Effect"]), effect, visit),
        }
    }
}

/// The position of the value of an element that is one of these, or that policies do not have.
fn value_of<'e>(element: &'e str, known: &[&str]) -> StringPosition<'e> {
    if known.contains(&element) {
        StringPosition::Value(element)
    } else {
        StringPosition::Unknown
    }
}

fn principal(
    node: &mut Node<'_>,
    negated: bool,
    effect: Option<Effect>,
    visit: &mut dyn FnMut(StringContext<'_>, &mut Text<'_>),
) {
    let Value::Object(members) = &mut node.value else {
        return each(node, StringPosition::Principal { key: "", negated }, effect, visit);
    };
    for member in members {
        name(member, StringPosition::Name, effect, visit);
        let (key, value) = (&member.name, &mut member.value);
        each(
            value,
            StringPosition::Principal {
                key: key.written(),
                negated,
            },
            effect,
            visit,
        );
    }
}

fn condition(node: &mut Node<'_>, effect: Option<Effect>, visit: &mut dyn FnMut(StringContext<'_>, &mut Text<'_>)) {
    let Value::Object(operators) = &mut node.value else {
        return each(node, StringPosition::Unknown, effect, visit);
    };
    for operator in operators {
        name(operator, StringPosition::Name, effect, visit);
        let (operator, keys) = (operator.name.filled(), &mut operator.value);
        let Value::Object(keys) = &mut keys.value else {
            each(keys, StringPosition::Unknown, effect, visit);
            continue;
        };
        for key in keys {
            name(key, StringPosition::ConditionKey, effect, visit);
            let (key, value) = (key.name.filled(), &mut key.value);
            each(value, StringPosition::ConditionValue { operator, key }, effect, visit);
        }
    }
}

fn name(
    member: &mut Member<'_>,
    position: StringPosition<'_>,
    effect: Option<Effect>,
    visit: &mut dyn FnMut(StringContext<'_>, &mut Text<'_>),
) {
    visit(
        StringContext {
            position,
            effect,
            place: member.name_place,
        },
        &mut member.name,
    );
}

/// All strings of a value, at any depth.
fn each(
    node: &mut Node<'_>,
    position: StringPosition<'_>,
    effect: Option<Effect>,
    visit: &mut dyn FnMut(StringContext<'_>, &mut Text<'_>),
) {
    match &mut node.value {
        Value::String(text) => visit(
            StringContext {
                position,
                effect,
                place: node.place,
            },
            text,
        ),
        Value::Array(elements) => {
            for element in elements {
                each(element, position, effect, visit);
            }
        }
        Value::Object(members) => {
            for member in members {
                name(member, StringPosition::Name, effect, visit);
                each(&mut member.value, position, effect, visit);
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

impl StringContext<'_> {
    /// The site of the hole at `hole` in this string.
    pub fn site(&self, written: &str, hole: &Range<usize>) -> Result<Site, HoleError> {
        let whole = hole.len() == written.len();
        match self.position {
            StringPosition::Name => Err(HoleError {
                position: "an element name".into(),
                help: "write the name itself",
            }),
            StringPosition::Value(element) => Err(HoleError {
                position: format!("used in `{element}`"),
                help: "write the value itself",
            }),
            StringPosition::Action => Err(HoleError {
                position: "part of an action".into(),
                help: "write the action itself: a policy can be checked only if its actions are known",
            }),
            StringPosition::Resource { .. } if hole.start == 0 => Ok(Site::WholeResource),
            StringPosition::Principal { key: "AWS", .. } if whole => Ok(Site::WholePrincipal),
            StringPosition::Principal { key: "Federated", .. } if whole => Ok(Site::WholeFederated),
            StringPosition::Principal { key: "Service", .. } if whole => Ok(Site::WholeService),
            StringPosition::ConditionKey if written.get(hole.end..).is_some_and(|rest| rest.starts_with(':')) => {
                Ok(Site::Issuer)
            }
            // In no element what is wrong is the element, or its value, which the checker reports.
            StringPosition::ConditionKey | StringPosition::Unknown => Ok(Site::Text),
            StringPosition::Principal { key: "Service", .. } if is_region(written, hole) => Ok(Site::ArnRegion),
            StringPosition::ConditionValue { key, .. } if has_services(key) && is_region(written, hole) => {
                Ok(Site::ArnRegion)
            }
            StringPosition::ConditionValue { key, .. } if whole => by_key(key),
            StringPosition::ConditionValue { key, .. } if hole.start == 0 && scalar(key) == Some(Scalar::Arn) => {
                Ok(Site::ArnValue)
            }
            StringPosition::Resource { .. }
            | StringPosition::Principal { .. }
            | StringPosition::ConditionValue { .. } => in_arn(written, hole),
        }
    }

    /// Whether `*` and `?` are wildcards in this string.
    pub fn has_wildcards(&self) -> bool {
        match self.position {
            StringPosition::Resource { .. } => true,
            StringPosition::ConditionValue { operator, .. } => operator
                .parse()
                .is_ok_and(|operator: Operator| operator.comparison.supports_wildcards()),
            _ => false,
        }
    }
}

/// The site of a whole value of a condition key: `Text` for a key whose values do not have a type, or have more formats
/// than the type.
pub(super) fn by_key(key: &str) -> Result<Site, HoleError> {
    let facts = key_facts(key);
    if let Some(holds) = facts.and_then(|facts| facts.holds) {
        return Ok(match holds {
            Holds::Account => Site::ArnAccount,
            Holds::Region => Site::ArnRegion,
            Holds::Organization => Site::Organization,
            Holds::Vpc => Site::Vpc,
            Holds::VpcEndpoint => Site::VpcEndpoint,
            Holds::KmsAlias => Site::AliasInArn,
            Holds::ExternalId => Site::External,
            Holds::SessionName => Site::Session,
            Holds::Service | Holds::CallingService => Site::ServiceValue,
            Holds::RegionalService => {
                return Err(HoleError {
                    position: format!("the whole value of `{key}`, which is a service and its Region"),
                    help: "write the service, with a hole for the Region, such as `secretsmanager.<region>.amazonaws.com`",
                });
            }
            Holds::Principal => Site::PrincipalArn,
            // A text of which a type would be only a part.
            Holds::OrganizationPath | Holds::Operation | Holds::Wildcards => Site::Text,
        });
    }
    match scalar(key) {
        Some(Scalar::Arn) if key.eq_ignore_ascii_case("aws:PrincipalArn") => Ok(Site::PrincipalArn),
        Some(Scalar::Arn) => Ok(Site::ArnValue),
        Some(Scalar::Numeric) => Ok(Site::NumberValue),
        Some(Scalar::Date) => Ok(Site::DateValue),
        Some(Scalar::IpAddress) => Ok(Site::IpValue),
        Some(Scalar::Bool) => Err(HoleError {
            position: format!("the value of `{key}`, which is true or false"),
            help: "write `\"true\"` or `\"false\"`",
        }),
        _ => Ok(Site::Text),
    }
}

/// The type of a condition key's values, if they have one type.
fn scalar(key: &str) -> Option<Scalar> {
    let key = condition_key(key)?;
    let scalar = key.value_type().scalar;
    let has_another = [Scalar::String, Scalar::Arn, Scalar::Date, Scalar::Numeric]
        .iter()
        .any(|other| *other != scalar && key.accepts(*other));
    (!has_another).then_some(scalar)
}

/// Whether the values of a condition key are service principals.
fn has_services(key: &str) -> bool {
    let holds = key_facts(key).and_then(|facts| facts.holds);
    matches!(
        holds,
        Some(Holds::Service | Holds::CallingService | Holds::RegionalService)
    )
}

/// Whether a hole is all of the last label before the domain of a service principal, `logs.<region>.amazonaws.com`.
fn is_region(service: &str, hole: &Range<usize>) -> bool {
    let (Some(before), Some(after)) = (service.get(..hole.start), service.get(hole.end..)) else {
        return false;
    };
    before.ends_with('.') && matches!(after, ".amazonaws.com" | ".amazonaws.com.cn" | ".<dns-suffix>")
}

/// The site of a hole in a string that is an ARN; `Text` in any other string.
fn in_arn(written: &str, hole: &Range<usize>) -> Result<Site, HoleError> {
    if !written.starts_with("arn:") {
        return Ok(Site::Text);
    }
    let mut start = 0;
    for (index, field) in fields(written, false).enumerate() {
        let end = start + field.len();
        if hole.start < end {
            let whole = hole.len() == field.len();
            return match index {
                0 | 2 => Err(HoleError {
                    position: "the service of an ARN".into(),
                    help: "write the service itself, such as `sqs`: a policy can be checked only if its services are known",
                }),
                1 if whole => Ok(Site::ArnPartition),
                3 if whole => Ok(Site::ArnRegion),
                4 if whole => Ok(Site::ArnAccount),
                1 | 3 | 4 => Err(HoleError {
                    position: match index {
                        1 => "only part of the partition of an ARN",
                        3 => "only part of the Region of an ARN",
                        _ => "only part of the account ID of an ARN",
                    }
                    .into(),
                    help: "write the hole alone between the two colons",
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
