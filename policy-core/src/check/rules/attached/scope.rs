//! Services that accept some of their actions only in the policies of their resources.

use crate::check::facts::{ActionMeaning, Facts};
use crate::check::rules::{Rule, Run};
use crate::finding::{Code, Finding};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::ActionOutOfServiceScope],
    run: Run::Policy(check),
};

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let Some(policy) = facts.resource_policy().filter(|policy| !policy.actions.is_empty()) else {
        return Vec::new();
    };
    let (service, name) = (policy.service, policy.name);
    let named = facts.statements.iter().filter(|statement| statement.names_actions());
    let refused = named.flat_map(|statement| &statement.actions).filter(|action| {
        let Some((prefix, written)) = action.text.filled().split_once(':') else {
            return false;
        };
        // What the service makes of a pattern that matches only some of them is not known.
        let is_pattern = written.contains('?') || written.len() > 1 && written.contains('*');
        let is_one = policy.actions.iter().any(|known| known.eq_ignore_ascii_case(written));
        prefix.eq_ignore_ascii_case(service)
            && !is_pattern
            && !is_one
            && !matches!(action.meaning, ActionMeaning::Unknown(_))
    });
    refused
        .map(|action| {
            let written = action.text.written();
            let finding = Finding::new(
                Code::ActionOutOfServiceScope,
                action.place,
                format!("`{written}` is not an action that {name} accepts in the policy of a resource"),
            )
            .about(written)
            .note(policy.rejection());
            let accepted: Vec<String> = policy
                .actions
                .iter()
                .map(|known| format!("`{service}:{known}`"))
                .collect();
            finding.with_help(format!("write only these: {}", accepted.join(", ")))
        })
        .collect()
}
