//! Policies of several layers, callers of every sort, and resources of the caller's account or another.

use serde_json::{Value, json};

use crate::edges::{self, one_or_many};
use crate::question::{ACCOUNT, ANONYMOUS, Attached, Keys, Layer, OTHER_ACCOUNT, Question, ROLE, SESSION, USER};
use crate::random::Random;

pub const ROOT: &str = "arn:aws:iam::111122223333:root";
const FEDERATED_USER: &str = "arn:aws:sts::111122223333:federated-user/bob";
const OTHER_USER: &str = "arn:aws:iam::444455556666:user/alice";
const OTHER_SESSION: &str = "arn:aws:sts::444455556666:assumed-role/reader/alice";
const SERVICE: &str = "sns.amazonaws.com";

const CALLERS: [&str; 12] = [
    USER,
    USER,
    SESSION,
    SESSION,
    SESSION,
    ROLE,
    ROOT,
    FEDERATED_USER,
    OTHER_USER,
    OTHER_SESSION,
    SERVICE,
    ANONYMOUS,
];

/// What `Principal` names under `AWS`.
const NAMED: [&str; 15] = [
    "*",
    ACCOUNT,
    ROOT,
    USER,
    ROLE,
    SESSION,
    FEDERATED_USER,
    OTHER_ACCOUNT,
    "arn:aws:iam::444455556666:root",
    OTHER_USER,
    OTHER_SESSION,
    "arn:aws:iam::111122223333:user/alic",
    "arn:aws:iam::111122223333:user/Alice",
    "arn:aws:iam::111122223333:role/reade",
    "arn:aws:sts::111122223333:assumed-role/reader/bob",
];

pub fn questions(seed: u64, count: usize) -> Vec<Question> {
    let mut random = Random::new(seed ^ 0x1a7e);
    let question = |random: &mut Random| {
        if random.one_in(5) {
            assuming(random)
        } else {
            using(random)
        }
    };
    (0..count).map(|_| question(&mut random)).collect()
}

/// Someone uses a resource.
fn using(random: &mut Random) -> Question {
    let (action, resources) = *random.pick(&edges::ASKED[..4]);
    let caller = *random.pick(&CALLERS);
    let owner = *random.pick(&[ACCOUNT, ACCOUNT, OTHER_ACCOUNT]);
    let mut context = Keys::new();
    let mut policies = own(caller, action, &mut context, random);
    if random.below(4) > 0 {
        policies.push(Attached {
            layer: Layer::Resource,
            policy: with_principals(policy(action, &mut context, random), true, random),
        });
    }
    for level in 0..organization(random) {
        let full = json!({ "Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*" });
        let layer = Layer::ResourceControl(level);
        policies.push(Attached {
            layer,
            policy: json!({ "Version": "2012-10-17", "Statement": [full] }),
        });
        let policy = denying(action, &mut context, random);
        if random.one_in(2) {
            policies.push(Attached { layer, policy });
        }
    }
    Question {
        source: "layers".to_owned(),
        policies,
        caller: caller.to_owned(),
        action: action.to_owned(),
        resource: random.pick(resources).replace(ACCOUNT, owner),
        owner: owner.to_owned(),
        context,
    }
}

/// Someone assumes a role.
fn assuming(random: &mut Random) -> Question {
    let (action, callers): (&str, &[&str]) = *random.pick(&[
        (
            "sts:AssumeRole",
            &[USER, SESSION, OTHER_USER, OTHER_SESSION, SERVICE, ROOT][..],
        ),
        ("sts:AssumeRole", &[USER, SESSION, OTHER_USER, OTHER_SESSION]),
        (
            "sts:AssumeRoleWithWebIdentity",
            &[
                "accounts.google.com",
                "arn:aws:iam::111122223333:oidc-provider/example.com",
            ],
        ),
    ]);
    let caller = *random.pick(callers);
    let mut context = Keys::new();
    let mut policies = own(caller, action, &mut context, random);
    let mut trust = with_principals(policy(action, &mut context, random), false, random);
    for statement in trust["Statement"].as_array_mut().unwrap() {
        let statement = statement.as_object_mut().unwrap();
        statement.remove("Resource");
        statement.remove("NotResource");
        if random.one_in(3) {
            let wanted = *random.pick(&["secret", "other"]);
            statement.insert(
                "Condition".to_owned(),
                json!({ "StringEquals": { "sts:ExternalId": wanted } }),
            );
        }
    }
    if random.one_in(2) {
        context.insert("sts:ExternalId".to_owned(), json!("secret"));
    }
    policies.push(Attached {
        layer: Layer::Trust,
        policy: trust,
    });
    Question {
        source: "layers".to_owned(),
        policies,
        caller: caller.to_owned(),
        action: action.to_owned(),
        resource: "arn:aws:iam::111122223333:role/keeper".to_owned(),
        owner: ACCOUNT.to_owned(),
        context,
    }
}

/// A resource control policy.
pub fn denying(action: &str, context: &mut Keys, random: &mut Random) -> Value {
    let mut policy = policy(action, context, random);
    for statement in policy["Statement"].as_array_mut().unwrap() {
        statement["Effect"] = json!("Deny");
        statement["Principal"] = json!("*");
    }
    policy
}

/// The policies of a caller.
pub fn own(caller: &str, action: &str, context: &mut Keys, random: &mut Random) -> Vec<Attached> {
    let mut policies = Vec::new();
    if !caller.starts_with("arn:") || caller.contains("oidc-provider") {
        return policies;
    }
    let mut attach = |layer, random: &mut Random| {
        let policy = policy(action, context, random);
        policies.push(Attached { layer, policy });
    };
    if random.below(4) > 0 {
        attach(Layer::Identity, random);
    }
    if caller != ROOT && random.one_in(4) {
        attach(Layer::Boundary, random);
    }
    if caller.contains(":sts:") && random.one_in(3) {
        attach(Layer::Session, random);
    }
    for level in 0..organization(random) {
        attach(Layer::ServiceControl(level), random);
    }
    policies
}

/// How many levels of an organization have policies.
pub fn organization(random: &mut Random) -> usize {
    if random.one_in(4) { 1 + random.below(2) } else { 0 }
}

/// Most let the action, so that who is asked decides.
pub fn policy(action: &str, context: &mut Keys, random: &mut Random) -> Value {
    if random.one_in(4) {
        return edges::policy(action, context, random);
    }
    let service = action.split(':').next().unwrap_or_default();
    let all = format!("{service}:*");
    let mut statements = Vec::new();
    for _ in 0..=random.below(2) {
        let effect = if random.one_in(5) { "Deny" } else { "Allow" };
        let means = *random.pick(&["*", &all, action, "sns:*", "s3:Get*"]);
        let mut statement = json!({ "Effect": effect, "Action": means, "Resource": "*" });
        if random.one_in(4) {
            let (operator, key, values) = edges::condition(context, random);
            statement["Condition"] = json!({ operator: { key: values } });
        }
        statements.push(statement);
    }
    json!({ "Version": "2012-10-17", "Statement": statements })
}

/// The policy as one of a resource; `NotPrincipal` only where it may stand.
pub fn with_principals(mut policy: Value, may_be_negated: bool, random: &mut Random) -> Value {
    for statement in policy["Statement"].as_array_mut().unwrap() {
        let is_negated = may_be_negated && statement["Effect"] == "Deny" && random.one_in(3);
        let principal = match random.below(10) {
            0 if !is_negated => json!("*"),
            1 => json!({ "Service": *random.pick(&[SERVICE, "ecs-tasks.amazonaws.com"]) }),
            2 => json!({ "AWS": *random.pick(&NAMED), "Service": SERVICE }),
            3 => {
                json!({ "Federated": *random.pick(&["accounts.google.com", "arn:aws:iam::111122223333:oidc-provider/example.com"]) })
            }
            _ => json!({ "AWS": one_or_many(&random.some(&NAMED, 3)) }),
        };
        statement[if is_negated { "NotPrincipal" } else { "Principal" }] = principal;
    }
    policy
}
