//! Condition values: that they are what the operator and the key compare.
//!
//! Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>

mod date;
mod dynamodb;
mod ip;
mod kms_key;
mod known_form;
mod list;
mod operand;
mod type_mismatch;

use super::sensitive;
use crate::catalogue::ConditionKey;
use crate::check::resource;
use crate::document::{Node, Place, Text};
use crate::finding::{Code, Finding, Findings};
use crate::policy::{Comparison, Condition, Effect, Family, variable};

pub(super) fn check(
    condition: &Condition<'_>,
    key: Option<ConditionKey>,
    effect: Option<Effect>,
    findings: &mut Findings,
) {
    if let Some(empty) = list::empty(condition) {
        findings.push(empty);
        return;
    }
    // What stands below an operator that does not exist nobody can judge; `NullIfExists` is none.
    let Some(operator) = condition
        .operator
        .filter(|operator| operator.comparison != Comparison::Null || !operator.if_exists)
    else {
        return;
    };
    if let Some(mismatch) = key.and_then(|key| type_mismatch::unfit(condition, operator, key)) {
        findings.push(mismatch);
        return;
    }
    let is_wide = sensitive::check(condition, operator, effect, findings);
    if let Some(any) = list::any_value(condition, operator).filter(|_| !is_wide) {
        findings.push(any);
        return;
    }
    if let Some(mixed) = list::mixed(condition) {
        findings.push(mixed);
        return;
    }
    findings.extend(key.and_then(|key| type_mismatch::string_like_with_arn(condition, operator, key)));
    if let Some(several) = list::several_booleans(condition, operator, key) {
        findings.push(several);
        return;
    }
    let before = findings.len();
    for node in condition.value.as_list() {
        let Some(operand) = Operand::of(node, condition) else {
            continue;
        };
        // What is wrong with a variable is said of the variable, and what fills it in is not known.
        if !operand.value.contains("${") || operand.is_special_only() {
            if let Some(unfit) = kms_key::unfit(&operand, operator, key) {
                findings.push(unfit);
                continue;
            }
            findings.extend(
                operand::unfit(&operand, operator)
                    .or_else(|| known_form::unfit(&operand, operator))
                    .or_else(|| dynamodb::unfit(&operand, operator)),
            );
            if operator.comparison.family() == Family::Arn {
                findings.extend(
                    operand
                        .text
                        .into_iter()
                        .flat_map(|text| resource::unfit_fields(operand.place, text)),
                );
            }
        }
    }
    if findings.len() == before && operator.comparison.family() == Family::IpAddress {
        findings.extend(ip::private(condition, operator));
    }
}

/// One value of a condition, as text: AWS takes `true` for `"true"` and `8` for `"8"`.
struct Operand<'c, 'd> {
    condition: &'c Condition<'d>,
    place: Place,
    /// As judged.
    value: &'d str,
    /// As written.
    written: &'d str,
    text: Option<&'d Text<'d>>,
}

impl<'c, 'd> Operand<'c, 'd> {
    fn of(node: &'d Node<'d>, condition: &'c Condition<'d>) -> Option<Self> {
        let written = node.as_scalar()?;
        let text = node.as_text();
        let value = text.map_or(written, Text::filled);
        Some(Self {
            condition,
            place: node.place,
            value,
            written,
            text,
        })
    }

    /// Whether its only variables are `${*}`, `${?}` and `${$}`, whose meaning is known.
    fn is_special_only(&self) -> bool {
        variable::variables(self.value).all(|variable| variable.content == Ok(variable::Content::Character))
    }

    fn finding(&self, code: Code, what: impl Into<String>) -> Finding {
        Finding::new(code, self.place, what).about(self.written)
    }

    /// What becomes of a value that the key cannot have.
    fn never(&self) -> String {
        format!(
            "AWS accepts it; `{}` never has such a value",
            self.condition.key.written()
        )
    }

    fn operator(&self) -> &'d str {
        self.condition.operator_text.written()
    }
}
