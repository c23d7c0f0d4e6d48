//! The requests that the presets' policies must allow and deny.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

mod mutants;
mod presets;

use runner_profiles::Role;
use runner_profiles::policy_core::evaluate::cases::{Cases, Origin};

use presets::shipped;

/// The cases, about what `roles` prints.
fn cases(text: &str, roles: &str) -> Cases {
    Cases::read(text, &mut |file| match file {
        "roles.json" => Ok(roles.to_owned()),
        _ => Err("the cases are about the roles".to_owned()),
    })
    .unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn the_runners_may_do_what_they_need_and_no_more() {
    for shipped in shipped() {
        let cases = cases(shipped.cases, &Role::all_to_json_pretty(&shipped.roles));
        let report = cases.run();
        assert!(report.is_success(), "{}: {report:#}", shipped.name);
        let remarks: Vec<String> = cases.remarks().map(ToString::to_string).collect();
        assert_eq!(remarks, [""; 0], "{}", shipped.name);
    }
}

/// What a runner lacks, the cases miss: none of the statements is without a case that it decides.
#[test]
fn every_statement_of_the_roles_decides_a_case() {
    for shipped in shipped() {
        let cases = cases(shipped.cases, &Role::all_to_json_pretty(&shipped.roles));
        let report = cases.run();
        let decided: Vec<(String, usize)> = report
            .answers()
            .filter_map(|answer| {
                let statement = answer.decision().statement()?;
                Some((answer.origin(statement)?.to_string(), statement.index()))
            })
            .collect();
        for answer in report.answers() {
            for (statement, ..) in answer.explain().statements() {
                let origin = answer.origin(statement).unwrap();
                // The policies of others, beside which the roles are asked, are not what is tested.
                if matches!(origin, Origin::Inline(_)) {
                    continue;
                }
                let origin = origin.to_string();
                assert!(
                    decided.contains(&(origin.clone(), statement.index())),
                    "no case of {} is decided by {statement} ({origin})",
                    shipped.name
                );
            }
        }
    }
}
