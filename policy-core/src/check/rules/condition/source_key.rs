//! Keys of requests that a service makes under its own name, in the policies of users and roles.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourcearn>

use crate::catalogue::About;
use crate::check::facts::{Facts, StatementFacts, WithoutKey};
use crate::check::rules::{Rule, Run};
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::SourceKeyInIdentityPolicy],
    run: Run::Statement(check),
};

fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    if !facts.gives_permissions() {
        return Vec::new();
    }
    let conditions = statement.conditions.iter();
    let of_source = conditions.filter(|condition| condition.is_about(About::Source) && condition.respells.is_none());
    of_source
        .filter_map(|condition| {
            let outcome = condition.without_key?;
            let written = condition.key.written();
            let what = format!("`{written}` is never present in the requests of a user or role");
            let finding = Finding::new(Code::SourceKeyInIdentityPolicy, condition.key_place, what).about(written);
            let outcome_text = outcome.outcome(statement.statement.effect);
            Some(
                finding
                    .note(format!(
                        "AWS accepts it, but only the requests of a service principal have the key; {outcome_text}"
                    ))
                    .with_help(
                        "move the condition to the policy of the resource or the trust policy that the service needs",
                    )
                    .dead(outcome == WithoutKey::Fails),
            )
        })
        .collect_vec()
}
