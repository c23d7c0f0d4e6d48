//! Operators of another type than their key.
//!
//! Access Analyzer is lenient here, and so is AWS. Where it is silent on AWS's own policies, so is this: an ARN may be
//! compared as text, and a key of text as an ARN or as a boolean.

use crate::catalogue::{ConditionKey, Scalar};
use crate::check::catalogue_note;
use crate::document::Text;
use crate::finding::{Code, Finding};
use crate::policy::{Comparison, Condition, Family, Operator};

/// An operator that cannot compare what the key holds.
pub(super) fn unfit(condition: &Condition<'_>, operator: Operator, key: ConditionKey) -> Option<Finding> {
    let scalar = match operator.comparison.family() {
        Family::String => Scalar::String,
        Family::Numeric => Scalar::Numeric,
        Family::Date => Scalar::Date,
        Family::Bool => Scalar::Bool,
        Family::Binary => Scalar::Binary,
        Family::IpAddress => Scalar::IpAddress,
        Family::Arn => Scalar::Arn,
        Family::Null => return None,
    };
    // What is text may be a number, a date or an ARN: a tag's value is.
    if key.accepts(scalar) || key.accepts(Scalar::String) {
        return None;
    }
    let is_text = scalar == Scalar::String;
    let (holds, instead) = match key.value_type().scalar {
        Scalar::Arn if is_text => return None,
        // An address with another one of the same request, letter by letter, as AWS shows it: an operator for addresses takes
        // no variable.
        // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-ec2instancesourceprivateip4
        Scalar::IpAddress if is_text && are_variables(condition) => return None,
        Scalar::Arn => ("ARNs", "ArnLike"),
        Scalar::Bool => ("`true` or `false`", "Bool"),
        Scalar::Numeric => ("numbers", "NumericEquals"),
        Scalar::Date => ("dates", "DateLessThan"),
        Scalar::IpAddress if operator.comparison.is_negated() => ("IP addresses", "NotIpAddress"),
        Scalar::IpAddress => ("IP addresses", "IpAddress"),
        Scalar::Binary => ("bytes", "BinaryEquals"),
        _ => return None,
    };
    let range = is_text.then(|| range(condition, operator.comparison)).flatten();
    let outcome = match range {
        Some(range) => format!("compares `{range}` letter by letter, and no address is written so"),
        None if is_text => "compares the values letter by letter".to_owned(),
        None => "the condition does not do what it says".to_owned(),
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
        .note(format!("AWS accepts it, and {outcome}"))
        .note(catalogue_note())
        .help(format!("write an operator such as `{instead}`"))
        // `"true"` is `"true"` as text too; a range is no address.
        .dead(!is_text || range.is_some() && !operator.comparison.is_negated()),
    )
}

/// Whether each value is a policy variable and nothing else.
fn are_variables(condition: &Condition<'_>) -> bool {
    let is_variable = |text: &str| text.starts_with("${") && text.find('}') == Some(text.len() - 1);
    let mut values = condition.value.as_list().iter();
    values.all(|node| node.as_text().is_some_and(|text| is_variable(text.filled())))
}

/// The first value that is a range of addresses, if as text it is nothing else.
fn range<'c>(condition: &'c Condition<'_>, comparison: Comparison) -> Option<&'c str> {
    let mut texts = condition.texts().map(Text::written);
    texts.find(|text| text.contains('/') && !(comparison.takes_wildcards() && text.contains(['*', '?'])))
}

/// `StringLike` with ARNs, where `ArnLike` keeps the fields apart.
pub(super) fn string_like_with_arn(
    condition: &Condition<'_>,
    operator: Operator,
    key: ConditionKey,
) -> Option<Finding> {
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
        .note(catalogue_note())
        .help(format!(
            "write `{}`, whose `*` stays between two colons",
            written.replace(operator.comparison.name(), instead)
        ))
    })
}
