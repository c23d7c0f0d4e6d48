//! Checks AWS's managed policies from their text, round after round, and prints the mean of the first round and of the best
//! in microseconds a policy: the first has the catalogue's loading in it. Part of `tests/run-cost/check-corpus`.

use std::time::Instant;

use policy_core::check::{Options, check_json};
use policy_core::policy::Kind;

const ROUNDS: usize = 10;

fn main() -> std::io::Result<()> {
    let policies = workspace_tests::managed_policies()?;
    let count = f64::from(u32::try_from(policies.len()).unwrap_or(u32::MAX));
    let mut found = 0;
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let start = Instant::now();
        found = policies
            .iter()
            .map(|(_, json)| check_json(json.as_bytes(), Kind::Identity, &Options::new()).len())
            .sum();
        rounds.push(start.elapsed().as_secs_f64() * 1e6 / count);
    }
    let best = rounds.iter().copied().fold(f64::INFINITY, f64::min);
    println!(
        "ours: {count} policies, {found} findings, first round {:.0} us a policy, best of {ROUNDS} {best:.0} us",
        rounds.first().copied().unwrap_or_default(),
    );
    Ok(())
}
