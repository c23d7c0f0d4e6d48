//! `s3:prefix` compared the wrong way round.
//!
//! The caller who lists a bucket chooses the prefix, and a shorter one lists more: `priv` lists what `private/` does. So
//! a list of denied prefixes denies nothing; only a list of the allowed ones works.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>. It is about
//! `StringLike`; the other string operators are bypassed in the same way.

use crate::check::facts::{ActionMeaning, ConditionFacts, Facts, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};
use crate::policy::{Effect, Family};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::S3PrefixInNegativeContext],
    run: Run::Statement(check),
};

fn check(_: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    // Each of the conditions with each of the actions.
    let conditions = statement.conditions.iter();
    conditions
        .filter_map(|condition| escaped(statement, condition))
        .collect_vec()
}

fn escaped(statement: &StatementFacts<'_>, condition: &ConditionFacts<'_>) -> Option<Finding> {
    if !condition.is_on("s3:prefix") || condition.respells.is_some() {
        return None;
    }
    let operator = condition.operator?;
    let effect = statement.statement.effect?;
    let refuses = (effect == Effect::Deny) != operator.comparison.is_negated();
    if operator.comparison.family() != Family::String || !refuses || !has_shorter(condition) {
        return None;
    }
    // An action that lists nothing has no prefix, which another rule reports.
    let lists = statement.actions.iter().any(|named| match named.meaning {
        ActionMeaning::One(action) => action.carries("s3:prefix"),
        ActionMeaning::Everything | ActionMeaning::Pattern(_) | ActionMeaning::Unknown(_) => true,
    });
    if !lists {
        return None;
    }
    let (is, instead) = match effect {
        Effect::Deny => ("denied", "deny the others with `StringNotLike`"),
        Effect::Allow => ("excluded", "allow them with `StringLike`"),
    };
    Some(
        Finding::new(
            Code::S3PrefixInNegativeContext,
            condition.key_place,
            format!("a request with a shorter prefix than the one that is {is} lists the same objects"),
        )
        .about(condition.key.written())
        .note(
            "AWS compares the prefix that the request names; `priv` is not `private/`, and lists the objects below it too",
        )
        .with_help(format!("list the prefixes that you want to allow, and {instead}")),
    )
}

/// Whether some prefix is shorter: than none at all, and than all of them, there is not.
fn has_shorter(condition: &ConditionFacts<'_>) -> bool {
    condition
        .texts()
        .any(|text| text.filled().bytes().any(|byte| byte != b'*'))
}
