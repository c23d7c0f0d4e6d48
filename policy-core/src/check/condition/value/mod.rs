//! Condition values: that they are what the operator and the key compare.
//!
//! Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>

mod date;
mod ip;
mod known_form;
mod list;
mod operand;

use crate::catalogue::{ConditionKey, Scalar};
use crate::check::resource;
use crate::policy::variable;
use crate::document::{Node, Place, Text, Value};
use crate::finding::{Code, Finding, Findings};
use crate::policy::{Comparison, Condition, Family, Operator};

pub(super) fn check(condition: &Condition<'_>, key: Option<ConditionKey>, findings: &mut Findings) {
    if let Some(empty) = list::empty(condition) {
        findings.push(empty);
        return;
    }
    let Some(operator) = condition.operator else {
        return;
    };
    if let Some(mismatch) = key.and_then(|key| operator_of_other_type(condition, operator, key)) {
        findings.push(mismatch);
        return;
    }
    if let Some(any) = list::any_value(condition, operator) {
        findings.push(any);
        return;
    }
    if let Some(mixed) = list::mixed(condition) {
        findings.push(mixed);
        return;
    }
    findings.extend(key.and_then(|key| string_like_with_arn(condition, operator, key)));
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
            findings.extend(operand::unfit(&operand, operator).or_else(|| known_form::unfit(&operand, operator)));
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
        let (value, written, text) = match &node.value {
            Value::String(text) => (text.filled(), text.written(), Some(text)),
            Value::Number(number) => (&**number, &**number, None),
            Value::Bool(true) => ("true", "true", None),
            Value::Bool(false) => ("false", "false", None),
            Value::Null | Value::Array(_) | Value::Object(_) => return None,
        };
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

    fn operator(&self) -> &'d str {
        self.condition.operator_text.written()
    }
}

/// An operator that cannot compare what the key holds.
///
/// Access Analyzer is lenient here, and so is AWS: as text, every value can be compared. What is left are operators that
/// read the key's value as something that it is not.
fn operator_of_other_type(condition: &Condition<'_>, operator: Operator, key: ConditionKey) -> Option<Finding> {
    let scalar = match operator.comparison.family() {
        Family::Numeric => Scalar::Numeric,
        Family::Date => Scalar::Date,
        Family::Bool => Scalar::Bool,
        Family::Binary => Scalar::Binary,
        Family::IpAddress => Scalar::IpAddress,
        Family::Arn => Scalar::Arn,
        Family::String | Family::Null => return None,
    };
    let own = key.value_type().scalar;
    // What is text may be a number, a date or an ARN: a tag's value is.
    if key.accepts(scalar) || key.accepts(Scalar::String) {
        return None;
    }
    let (holds, instead) = match own {
        Scalar::Arn => ("ARNs", "ArnLike"),
        Scalar::Bool => ("`true` or `false`", "Bool"),
        Scalar::Numeric => ("numbers", "NumericEquals"),
        Scalar::Date => ("dates", "DateLessThan"),
        Scalar::IpAddress => ("IP addresses", "IpAddress"),
        Scalar::Binary => ("bytes", "BinaryEquals"),
        _ => return None,
    };
    Some(
        Finding::new(
            Code::TypeMismatch,
            condition.operator_place,
            format!(
                "`{}` cannot compare `{}`, which holds {holds}",
                condition.operator_text.written(),
                condition.key.written()
            ),
        )
        .about(condition.operator_text.written())
        .note("AWS accepts it, and the condition does not do what it says")
        .note(crate::check::catalogue_note())
        .help(format!("write an operator such as `{instead}`"))
        .dead(true),
    )
}

fn string_like_with_arn(condition: &Condition<'_>, operator: Operator, key: ConditionKey) -> Option<Finding> {
    let instead = match operator.comparison {
        Comparison::StringLike => "ArnLike",
        Comparison::StringNotLike => "ArnNotLike",
        _ => return None,
    };
    let written = condition.operator_text.written();
    (key.value_type().scalar == Scalar::Arn && !key.value_type().multivalued).then(|| {
        Finding::new(
            Code::StringLikeOperatorWithArnConditionKeys,
            condition.key_place,
            format!("`{written}` with `{}`, which holds ARNs", condition.key.written()),
        )
        .about(condition.key.written())
        .note("its `*` goes past colons, into other regions, accounts and services")
        .note(crate::check::catalogue_note())
        .help(format!(
            "write `{}`, whose `*` stays between two colons",
            written.replace(operator.comparison.name(), instead)
        ))
    })
}
