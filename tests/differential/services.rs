//! What services decide by rules of their own, which no policy says: `ServiceRule` and the exemptions from an organization's policies.

use serde_json::{Value, json};

use crate::layers::{self, ROOT};
use crate::question::{ACCOUNT, Attached, Keys, Layer, Question, ROLE, SESSION, USER};
use crate::random::Random;

/// A role that a service has made for itself.
pub const SERVICE_LINKED: &str =
    "arn:aws:iam::111122223333:role/aws-service-role/support.amazonaws.com/AWSServiceRoleForSupport";
pub const KEY: &str = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

const POLICIES: &[&str] = &[
    "arn:aws:iam::aws:policy/ReadOnlyAccess",
    "arn:aws:iam::aws:policy/service-role/AWSLambdaRole",
    "arn:aws:iam::111122223333:policy/app",
];
const ROLES: &[&str] = &[
    "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef",
    "arn:aws:iam::111122223333:role/app",
];
const ALIASES: &[&str] = &[
    "arn:aws:kms:eu-west-1:111122223333:alias/aws/s3",
    "arn:aws:kms:eu-west-1:111122223333:alias/app",
];
const KEYS: &[&str] = &[KEY];

const ASKED: &[(&str, &[&str])] = &[
    ("sts:GetCallerIdentity", &["*"]),
    ("sts:GetSessionToken", &["*"]),
    ("iam:GetPolicy", POLICIES),
    ("iam:DeletePolicy", POLICIES),
    ("iam:CreatePolicyVersion", POLICIES),
    ("iam:TagPolicy", POLICIES),
    ("iam:GetRole", ROLES),
    ("iam:DeleteRole", ROLES),
    ("iam:PutRolePolicy", ROLES),
    ("iam:UpdateAssumeRolePolicy", ROLES),
    ("kms:CreateAlias", ALIASES),
    ("kms:DeleteAlias", ALIASES),
    ("kms:UpdateAlias", ALIASES),
    ("kms:Decrypt", KEYS),
    ("kms:DescribeKey", KEYS),
    ("kms:PutKeyPolicy", KEYS),
    ("kms:RetireGrant", KEYS),
    ("s3:GetObject", &["arn:aws:s3:::exports/a.csv"]),
    ("sqs:SendMessage", &["arn:aws:sqs:eu-west-1:111122223333:orders"]),
];

const CALLERS: [&str; 8] = [USER, USER, SESSION, SESSION, ROLE, ROOT, SERVICE_LINKED, SERVICE_LINKED];

pub fn questions(seed: u64, count: usize) -> Vec<Question> {
    let mut random = Random::new(seed ^ 0x5e21);
    (0..count).map(|_| question(&mut random)).collect()
}

fn question(random: &mut Random) -> Question {
    let (action, resources) = *random.pick(ASKED);
    let caller = *random.pick(&CALLERS);
    let resource = *random.pick(resources);
    let mut context = Keys::new();
    let mut policies = layers::own(caller, action, &mut context, random);
    let has_policy = resource == KEY || resource.contains(":s3:") || resource.contains(":sqs:");
    if has_policy && random.below(4) > 0 {
        let policy = layers::policy(action, &mut context, random);
        let mut policy = layers::with_principals(policy, false, random);
        if resource == KEY && random.one_in(2) {
            policy["Statement"].as_array_mut().unwrap().push(delegating());
        }
        let layer = Layer::Resource;
        policies.push(Attached { layer, policy });
    }
    // Without `RCPFullAWSAccess`, which is always attached.
    for level in 0..layers::organization(random) {
        policies.push(Attached {
            layer: Layer::ResourceControl(level),
            policy: layers::denying(action, &mut context, random),
        });
    }
    Question {
        source: "services".to_owned(),
        policies,
        caller: caller.to_owned(),
        action: action.to_owned(),
        resource: resource.to_owned(),
        owner: ACCOUNT.to_owned(),
        context,
    }
}

/// By which a key policy leaves access to the account's identity-based policies.
/// <https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html>
fn delegating() -> Value {
    json!({ "Effect": "Allow", "Principal": { "AWS": ROOT }, "Action": "kms:*", "Resource": "*" })
}

/// The question with a key policy that leaves access to the account's policies, or with one that does not.
pub fn with_key_policy(question: &Question, delegates: bool) -> Question {
    let mut statement = delegating();
    if !delegates {
        statement["Principal"] = json!({ "AWS": "arn:aws:iam::111122223333:role/of-no-caller" });
    }
    let mut question = question.clone();
    question.policies.push(Attached {
        layer: Layer::Resource,
        policy: json!({ "Version": "2012-10-17", "Statement": [statement] }),
    });
    question
}
