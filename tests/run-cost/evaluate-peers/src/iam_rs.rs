//! Asks `iam-rs` the question of a set-up so many times: what `tests/run-cost/ask-setups.sh --peers` counts the instructions of.

use std::hint::black_box;
use std::io;

use iam_rs::{Arn, Context, Decision, IAMPolicy, IAMRequest, PolicyEvaluator, Principal, PrincipalId};
use workspace_tests::setups::{CALLER, Setup};

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().unwrap_or_default();
    let times: usize = arguments.next().and_then(|times| times.parse().ok()).unwrap_or(1);

    let setups = Setup::all()?;
    let setup = setups.iter().find(|setup| setup.name == name);
    let setup = setup.ok_or_else(|| io::Error::other("evaluate-peers (simple | twenty | hundred) TIMES"))?;
    let policies: Result<Vec<IAMPolicy>, _> = setup.policies.iter().map(|json| serde_json::from_str(json)).collect();
    let evaluator = PolicyEvaluator::with_policies(policies?);
    let mut context = Context::new();
    for (key, value) in &setup.context {
        context = match value.parse() {
            Ok(number) => context.with_number(key, number),
            Err(_) => match value.parse() {
                Ok(boolean) => context.with_boolean(key, boolean),
                Err(_) => context.with_string(key, value),
            },
        };
    }
    let principal = Principal::Aws(PrincipalId::String(CALLER.to_owned()));
    let resource = Arn::parse(&setup.resource).map_err(|error| io::Error::other(format!("{error:?}")))?;
    let request = IAMRequest::new_with_context(principal, setup.action.as_str(), resource, context);
    let mut allowed = 0;
    for _ in 0..times {
        let result = evaluator.evaluate(black_box(&request));
        let decision = result.map_err(|error| io::Error::other(format!("{error:?}")))?.decision;
        allowed += usize::from(decision == Decision::Allow);
    }
    println!("{allowed} of {times} allowed");
    Ok(())
}
