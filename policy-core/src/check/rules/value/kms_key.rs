//! Values of keys that hold the ARN of a KMS key.
//!
//! Which keys those are the catalogue says, by their type and their name. Conservative: a pattern is right wherever it is
//! one, and an alias where the operator is one for patterns.
//!
//! Source: <https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id-key-ARN>

use super::words::{finding, never};
use crate::arn::ArnPattern;
use crate::catalogue::{ConditionKey, Scalar};
use crate::check::facts::{ConditionFacts, Operand, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::check::words::not_a_name;
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};
use crate::names::{ArnKind, NameKind};
use crate::policy::{Family, Operator};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::InvalidKmsKeyValue],
    run: Run::Condition(check),
};

const KEY: NameKind = NameKind::Arn(ArnKind::named("KmsKeyArn"));

fn check(_: &StatementFacts<'_>, condition: &ConditionFacts<'_>) -> Vec<Finding> {
    if !condition.known_key.is_some_and(holds_key) {
        return Vec::new();
    }
    let operands = condition.operands();
    operands
        .filter_map(|(operand, operator)| unfit(condition, &operand, operator))
        .collect_vec()
}

fn unfit(condition: &ConditionFacts<'_>, operand: &Operand<'_>, operator: Operator) -> Option<Finding> {
    let is_text = matches!(operator.comparison.family(), Family::String | Family::Arn);
    if !is_text || operand.value.contains(['*', '?']) {
        return None;
    }
    let is_alias = ArnPattern::parse(operand.value).is_ok_and(|arn| arn.resource().as_str().starts_with("alias/"));
    if is_alias && operator.comparison.supports_wildcards() {
        return None;
    }
    let error = KEY.check(operand.value).err()?;
    if is_alias || operand.value.starts_with("alias/") {
        return Some(
            finding(
                operand,
                Code::InvalidKmsKeyValue,
                format!(
                    "`{}` is an alias, and `{}` holds the ARN of the key behind it",
                    operand.written,
                    condition.key.written()
                ),
            )
            .note(never(condition))
            .with_help(format!("write the key's own ARN, such as `{}`", KEY.sample())),
        );
    }
    Some(not_a_name(Code::InvalidKmsKeyValue, operand.place, operand.written, &error).note(never(condition)))
}

fn holds_key(key: ConditionKey) -> bool {
    key.value_type().scalar == Scalar::Arn && {
        let name = key.name().to_ascii_lowercase();
        name.contains("kms-key") || name.contains("kmskey")
    }
}
