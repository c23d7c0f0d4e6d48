//! Narrows a policy like AWS's `ReadOnlyAccess` and adds a team's own: drops `s3:Get*` on the secrets buckets, scopes a
//! statement by tag, merges, splits to a quota, and prints what has changed.
//!
//! `cargo run -p policy-core --example edit_policy POLICY.json TEAM.json` edits files of yours.

use std::error::Error;
use std::fs::File;
use std::{env, io};

use policy_core::arn::Glob;
use policy_core::policy::build::Statement;
use policy_core::policy::kind::Identity;
use policy_core::policy::{Comparison, IdentityPolicy, StatementRef};

/// A managed policy can have 6,144 characters; this is less, so that the example has something to split.
const QUOTA: usize = 750;

fn main() -> Result<(), Box<dyn Error>> {
    let mut files = env::args().skip(1);
    let base = read(files.next(), "read_only.json")?;
    let team = read(files.next(), "team.json")?;

    let narrowed = base
        .clone()
        .map(without_secrets)?
        .map(|statement| match statement.view().sid() {
            Some("ReadParameters") => statement.condition(Comparison::StringEquals, "aws:ResourceTag/team", ["data"]),
            _ => statement,
        })?;
    let merged = narrowed.merge(&team)?;
    print!("{}", base.difference(&merged));

    for (index, part) in merged.split(QUOTA)?.iter().enumerate() {
        let sids: Vec<&str> = part.statements().filter_map(StatementRef::sid).collect();
        println!(
            "part {}: {} characters, {}",
            index + 1,
            part.characters(),
            sids.join(", ")
        );
    }
    // An edit can leave what has no effect; the check says so.
    for finding in merged.check().iter().filter(|finding| finding.is_blocking()) {
        println!("{}: {}", finding.code(), finding.message());
    }
    Ok(())
}

/// The statement without `s3:Get*` if it allows access to a secrets bucket; `None` if nothing is left of it.
fn without_secrets(statement: Statement<Identity>) -> Option<Statement<Identity>> {
    let is_of_secrets = |resource: &str| resource.starts_with("arn:aws:s3:::secrets-");
    let resources = statement.view().resources();
    if !resources.is_some_and(|resources| resources.values().any(is_of_secrets)) {
        return Some(statement);
    }
    let gets = Glob::wildcards("s3:Get*");
    let statement = statement.retain_actions(|action| !gets.covers_ignore_ascii_case(Glob::wildcards(action)));
    let is_left = statement.view().actions().values().next().is_some();
    is_left.then_some(statement)
}

/// Reads the file, or the example's own.
fn read(file: Option<String>, example: &str) -> io::Result<IdentityPolicy> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/");
    IdentityPolicy::from_reader(File::open(file.unwrap_or_else(|| format!("{folder}{example}")))?)
}
