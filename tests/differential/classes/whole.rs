//! Classes of the question as a whole: who asks, and which policies decide.

use serde_json::{Value, json};

use super::About::{KeyPolicy, Whole};
use super::Class;
use super::Page::{LeavesOpen, Settles};
use super::rewrite::about_nothing;
use crate::managed::texts;
use crate::page::principal::spares;
use crate::question::{Attached, Layer, Question, USER};
use crate::services::SERVICE_LINKED;

const DECIDES: &str = "reference_policies_evaluation-logic_policy-eval-denyallow.html";

pub const CLASSES: &[Class] = &[
    Class {
        name: "a request that needs no permission",
        rule: "`sts:GetCallerIdentity`, and `sts:GetSessionToken` of a user, need none, and no identity-based policy denies them; from \
               other policies no page exempts them",
        page: Settles("https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html"),
        about: Whole(|question| {
            let is_user = question.caller.contains(":user/") || question.caller.ends_with(":root");
            let needs_none =
                question.action == "sts:GetCallerIdentity" || question.action == "sts:GetSessionToken" && is_user;
            needs_none.then(|| {
                let mut plain = asking(question, "sts:DecodeAuthorizationMessage", "*");
                plain.policies.retain(|attached| attached.layer != Layer::Identity);
                allow_within(&mut plain);
                root(&plain)
            })
        }),
    },
    Class {
        name: "what only AWS changes",
        rule: "AWS managed policies, roles below `/aws-reserved/` and aliases below `alias/aws/` are changed by nobody",
        page: Settles("https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html"),
        about: Whole(|question| {
            if question.action.contains(":Get") {
                return None;
            }
            let of_aws = [
                (":iam::aws:policy/", "arn:aws:iam::111122223333:policy/app"),
                (":role/aws-reserved/", "arn:aws:iam::111122223333:role/app"),
                (":alias/aws/", "arn:aws:kms:eu-west-1:111122223333:alias/app"),
            ];
            let (_, own) = of_aws.into_iter().find(|(part, _)| question.resource.contains(part))?;
            let mut plain = asking(question, &question.action, own);
            // It may do all else.
            if plain.caller.ends_with(":root") {
                USER.clone_into(&mut plain.caller);
            }
            Some(without_allows(&plain, |_, _| true))
        }),
    },
    Class {
        name: "what resource control policies do not restrict",
        rule: "only some services support them, of which IAM is not one, and they do not restrict `kms:RetireGrant`",
        page: Settles(
            "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#rcp-supported-services",
        ),
        about: Whole(|question| {
            let is_free = question.action.starts_with("iam:") || question.action == "kms:RetireGrant";
            is_free.then(|| without(question, |layer| matches!(layer, Layer::ResourceControl(_))))?
        }),
    },
    Class {
        name: "a service-linked role under an organization's policies",
        rule: "is not affected by them",
        page: Settles("https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html"),
        about: Whole(|question| {
            let mut plain = question.clone();
            plain
                .policies
                .retain(|attached| !matches!(attached.layer, Layer::ServiceControl(_) | Layer::ResourceControl(_)));
            let is_changed = plain.policies.len() < question.policies.len();
            (is_changed && question.caller == SERVICE_LINKED).then_some(plain)
        }),
    },
    Class {
        name: "a KMS key whose key policy is not known",
        rule: "an identity-based policy allows the request only if the key policy leaves that to the account",
        page: Settles("https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html"),
        about: KeyPolicy,
    },
    Class {
        name: "the root user",
        rule: "\"has full access\" to the own account",
        page: Settles(DECIDES),
        about: Whole(|question| {
            let is_root = question.caller.ends_with(":root") && !has(question, Layer::Trust);
            is_root.then(|| root(question))
        }),
    },
    Class {
        name: "a federated user without a session policy",
        rule: "has what resources grant, and no more",
        page: Settles(DECIDES),
        about: Whole(|question| {
            let is_bare = question.caller.contains(":federated-user/") && !has(question, Layer::Session);
            is_bare.then(|| without_allows(question, |attached, _| attached.layer == Layer::Identity))
        }),
    },
    Class {
        name: "a session that a resource policy names",
        rule: "is allowed directly: what its session policy and boundary do not allow does not limit it",
        page: Settles(DECIDES),
        about: Whole(named_session),
    },
    Class {
        name: "a role that a resource policy names",
        rule: "means the sessions of the role",
        page: Settles("reference_policies_elements_principal.html#principal-roles"),
        about: Whole(|question| {
            let role = role_of(&question.caller)?;
            meaning(question, |name, _| name == role)
        }),
    },
    Class {
        name: "an account that a `Deny` names",
        rule: "means everyone in the account",
        page: Settles("reference_policies_elements_principal.html#principal-accounts"),
        about: Whole(|question| {
            let account = question.caller.split(':').nth(4)?;
            let root = format!("arn:aws:iam::{account}:root");
            meaning(question, |name, statement| {
                statement["Effect"] == "Deny" && (name == account || name == root)
            })
        }),
    },
    Class {
        name: "a `Deny` of a session of the role that asks",
        rule: "may mean it: each request of a role is one of a session, whose name is not given",
        page: LeavesOpen("reference_policies_elements_principal.html#principal-role-session"),
        about: Whole(|question| {
            meaning(question, |name, statement| {
                statement["Effect"] == "Deny" && role_of(name).as_ref() == Some(&question.caller)
            })
        }),
    },
    Class {
        name: "a `Deny` of a provider, for a session",
        rule: "means the sessions that come from it, and where a session comes from is not given",
        page: LeavesOpen("reference_policies_elements_principal.html#principal-role-session"),
        about: Whole(of_provider),
    },
    Class {
        name: "everyone, within a boundary or a session policy",
        rule: "users and roles that are named are not limited by these, sessions of a role that is named are; of `*` no page says",
        page: LeavesOpen("reference_policies_elements_principal.html#principal-anonymous"),
        about: Whole(|question| {
            let is_federated = question.caller.contains(":federated-user/");
            let is_limited = is_federated || has(question, Layer::Boundary) || has(question, Layer::Session);
            let is_everyone = |statement: &Value| {
                statement["Principal"] == "*" || texts(&statement["Principal"]["AWS"]).iter().any(|text| text == "*")
            };
            is_limited.then(|| {
                without_allows(question, |attached, statement| {
                    is_of_resource(attached) && is_everyone(statement)
                })
            })
        }),
    },
    Class {
        name: "`NotPrincipal`",
        rule: "spares whose account, role and session are all listed; and nobody with a permissions boundary",
        page: Settles("reference_policies_elements_notprincipal.html"),
        about: Whole(exempt),
    },
];

fn has(question: &Question, layer: Layer) -> bool {
    question.policies.iter().any(|attached| attached.layer == layer)
}

/// The same about another action and another resource, of which no rule but the policies is known.
fn asking(question: &Question, action: &str, resource: &str) -> Question {
    let mut plain = question.clone();
    for attached in &mut plain.policies {
        let text = attached.policy.to_string().replace(&question.action, action);
        attached.policy = serde_json::from_str(&text).unwrap();
    }
    action.clone_into(&mut plain.action);
    resource.clone_into(&mut plain.resource);
    plain
}

/// Without the policies of some layers; `None` if these layers have no policies.
fn without(question: &Question, is_one: impl Fn(Layer) -> bool) -> Option<Question> {
    let mut plain = question.clone();
    plain.policies.retain(|attached| !is_one(attached.layer));
    (plain.policies.len() < question.policies.len()).then_some(plain)
}

/// Whether it is the policy of the resource, which a role's trust policy is.
const fn is_of_resource(attached: &Attached) -> bool {
    matches!(attached.layer, Layer::Resource | Layer::Trust)
}

/// With the permissions that the root user has.
fn root(question: &Question) -> Question {
    let mut question = question.clone();
    let all = json!({ "Effect": "Allow", "Action": "*", "Resource": "*" });
    question.policies.push(Attached {
        layer: Layer::Identity,
        policy: json!({ "Version": "2012-10-17", "Statement": [all] }),
    });
    question
}

/// Without some of the statements that allow.
fn without_allows(question: &Question, is_one: impl Fn(&Attached, &Value) -> bool) -> Question {
    let mut question = question.clone();
    for attached in &mut question.policies {
        let mut left = attached.policy["Statement"].as_array().unwrap().clone();
        left.retain(|statement| statement["Effect"] == "Deny" || !is_one(attached, statement));
        if left.is_empty() {
            left.push(about_nothing(attached.layer));
        }
        attached.policy["Statement"] = json!(left);
    }
    question
}

/// With everything allowed by what does not limit a session that is named itself.
fn named_session(question: &Question) -> Option<Question> {
    let names_it = |attached: &Attached| {
        let statements = attached.policy["Statement"].as_array().into_iter().flatten();
        let mut named = statements.flat_map(|statement| texts(&statement["Principal"]["AWS"]));
        is_of_resource(attached) && named.any(|name| name == question.caller)
    };
    if !question.caller.contains(":sts:") || !question.policies.iter().any(names_it) {
        return None;
    }
    let mut question = question.clone();
    allow_within(&mut question);
    Some(question)
}

/// Allows everything in session policies and the boundary.
fn allow_within(question: &mut Question) {
    for attached in &mut question.policies {
        if let Layer::Session | Layer::Boundary = attached.layer {
            let all = json!({ "Effect": "Allow", "Action": "*", "Resource": "*" });
            attached.policy["Statement"].as_array_mut().unwrap().push(all);
        }
    }
}

/// The role whose session this is.
fn role_of(session: &str) -> Option<String> {
    let (before, after) = session.split_once(":assumed-role/")?;
    let (role, _) = after.split_once('/')?;
    Some(format!("{}:role/{role}", before.replacen(":sts:", ":iam:", 1)))
}

/// With the caller named beside principals that mean them.
fn meaning(question: &Question, means: impl Fn(&str, &Value) -> bool) -> Option<Question> {
    let mut changed = question.clone();
    let mut is_changed = false;
    for attached in &mut changed.policies {
        for statement in attached.policy["Statement"].as_array_mut()? {
            let mut named = statement["Principal"].get("AWS").map(texts).unwrap_or_default();
            if named.iter().any(|name| means(name, statement)) {
                is_changed = true;
                named.push(question.caller.clone());
                statement["Principal"]["AWS"] = json!(named);
            }
        }
    }
    is_changed.then_some(changed)
}

/// With the session in place of what a `Deny` names beside a provider.
fn of_provider(question: &Question) -> Option<Question> {
    if ![":role/", ":assumed-role/"]
        .iter()
        .any(|kind| question.caller.contains(kind))
    {
        return None;
    }
    let mut changed = question.clone();
    let mut is_changed = false;
    for attached in &mut changed.policies {
        for statement in attached.policy["Statement"].as_array_mut()? {
            if statement["Effect"] == "Deny" && statement["Principal"].get("Federated").is_some() {
                is_changed = true;
                statement["Principal"] = json!({ "AWS": question.caller });
            }
        }
    }
    is_changed.then_some(changed)
}

/// With everyone in place of a `NotPrincipal`, or nobody.
fn exempt(question: &Question) -> Option<Question> {
    let is_bounded = question
        .policies
        .iter()
        .any(|attached| attached.layer == Layer::Boundary)
        && question.caller.starts_with("arn:");
    let mut changed = question.clone();
    let mut is_changed = false;
    for attached in &mut changed.policies {
        for statement in attached.policy["Statement"].as_array_mut()? {
            let Some(listed) = statement.as_object_mut()?.remove("NotPrincipal") else {
                continue;
            };
            is_changed = true;
            statement["Principal"] = json!("*");
            if !is_bounded && spares(&listed, &question.caller) {
                *statement = about_nothing(attached.layer);
            }
        }
    }
    is_changed.then_some(changed)
}
