//! Requests through a VPC endpoint, whose policy must allow them too. It is about everyone: iam-simulate takes no other `Principal`.

use serde_json::{Value, json};

use crate::edges;
use crate::layers;
use crate::question::{ACCOUNT, ANONYMOUS, Attached, Keys, Layer, Question, ROLE, SESSION, USER};
use crate::random::Random;

const CALLERS: [&str; 6] = [USER, USER, SESSION, SESSION, ROLE, ANONYMOUS];

pub fn questions(seed: u64, count: usize) -> Vec<Question> {
    let mut random = Random::new(seed ^ 0xe9d);
    (0..count).map(|_| question(&mut random)).collect()
}

fn question(random: &mut Random) -> Question {
    let (action, resources) = *random.pick(&edges::ASKED[..4]);
    let caller = *random.pick(&CALLERS);
    let mut context = Keys::new();
    let mut policies = layers::own(caller, action, &mut context, random);
    if random.one_in(3) {
        let policy = layers::policy(action, &mut context, random);
        policies.push(Attached {
            layer: Layer::Resource,
            policy: layers::with_principals(policy, true, random),
        });
    }
    policies.push(Attached {
        layer: Layer::Endpoint,
        policy: about_everyone(layers::policy(action, &mut context, random)),
    });
    Question {
        source: "endpoints".to_owned(),
        policies,
        caller: caller.to_owned(),
        action: action.to_owned(),
        resource: (*random.pick(resources)).to_owned(),
        owner: ACCOUNT.to_owned(),
        context,
    }
}

/// The policy as one of an endpoint.
fn about_everyone(mut policy: Value) -> Value {
    for statement in policy["Statement"].as_array_mut().unwrap() {
        statement["Principal"] = json!("*");
    }
    policy
}
