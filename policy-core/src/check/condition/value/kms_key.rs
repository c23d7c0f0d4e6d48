//! Values of keys that hold the ARN of a KMS key.
//!
//! Which keys those are the catalogue says, by their type and their name. Conservative: a pattern is right wherever it is
//! one, and an alias where the operator is one for patterns.
//!
//! Source: <https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id-key-ARN>

use super::Operand;
use crate::arn::ArnPattern;
use crate::catalogue::{ConditionKey, Scalar};
use crate::check::not_a_name;
use crate::finding::{Code, Finding};
use crate::names::{KmsKeyArn, Name};
use crate::policy::{Family, Operator};

pub(super) fn unfit(operand: &Operand<'_, '_>, operator: Operator, key: Option<ConditionKey>) -> Option<Finding> {
    let is_text = matches!(operator.comparison.family(), Family::String | Family::Arn);
    if !is_text || !key.is_some_and(holds_key) || operand.value.contains(['*', '?']) {
        return None;
    }
    let is_alias = ArnPattern::parse(operand.value).is_ok_and(|arn| arn.resource().as_str().starts_with("alias/"));
    if is_alias && operator.comparison.takes_wildcards() {
        return None;
    }
    let error = KmsKeyArn::parse_name(operand.value).err()?;
    if is_alias || operand.value.starts_with("alias/") {
        return Some(
            operand
                .finding(
                    Code::InvalidKmsKeyValue,
                    format!(
                        "`{}` is an alias, and `{}` holds the ARN of the key behind it",
                        operand.written,
                        operand.condition.key.written()
                    ),
                )
                .note(operand.never())
                .help(format!("write the key's own ARN, such as `{}`", KmsKeyArn::SAMPLE)),
        );
    }
    Some(not_a_name(Code::InvalidKmsKeyValue, operand.place, operand.written, &error).note(operand.never()))
}

fn holds_key(key: ConditionKey) -> bool {
    key.value_type().scalar == Scalar::Arn && {
        let name = key.name().to_ascii_lowercase();
        name.contains("kms-key") || name.contains("kmskey")
    }
}
