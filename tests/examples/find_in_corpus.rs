//! Prints each finding of the codes that are named, or of all, on AWS's own managed policies: the name of the policy, and the finding.
//!
//! ```text
//! cargo run --release -p workspace-tests --example find_in_corpus RESOURCE_FITS_NO_ACTION
//! ```

use policy_core::check::{Options, check_json};
use policy_core::policy::Kind;

fn main() -> std::io::Result<()> {
    let codes: Vec<String> = std::env::args().skip(1).collect();
    let mut found = 0;
    for (name, json) in workspace_tests::managed_policies()? {
        for finding in &check_json(json.as_bytes(), Kind::Identity, &Options::new()) {
            if codes.is_empty() || codes.iter().any(|code| code == finding.code().name()) {
                found += 1;
                println!("{name}: {finding}");
            }
        }
    }
    println!("{found} findings");
    Ok(())
}
