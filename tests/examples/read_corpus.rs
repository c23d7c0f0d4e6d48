//! Reads AWS's managed policies so many times, as a `Document`, an `IdentityPolicy` or a `serde_json::Value`: what
//! `tests/run-cost/read-corpus.sh` counts the instructions of.

use policy_core::document::Document;
use policy_core::policy::IdentityPolicy;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let what = arguments.next().unwrap_or_default();
    let times = arguments.next().and_then(|times| times.parse().ok()).unwrap_or(1);

    let policies = workspace_tests::managed_policies()?;
    let mut read = 0;
    for _ in 0..times {
        for (_, text) in &policies {
            read += usize::from(match what.as_str() {
                "document" => Document::read(text).is_ok(),
                "policy" => IdentityPolicy::from_json(text.as_str()).is_ok(),
                "value" => serde_json::from_str::<serde_json::Value>(text).is_ok(),
                _ => return Err(std::io::Error::other("read_corpus (document | policy | value) TIMES")),
            });
        }
    }
    let bytes: usize = policies.iter().map(|(_, text)| text.len()).sum();
    println!("{read} read, {bytes} bytes each time");
    Ok(())
}
