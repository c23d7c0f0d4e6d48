//! Condition values: that they are what the operator and the key compare.
//!
//! Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>

mod arn;
mod arn_type;
mod date;
mod dynamodb;
mod empty;
mod ip;
mod kms_key;
mod known_form;
mod list;
mod no_request;
mod operand;
mod private_ip;
mod sensitive;
mod string_like_arn;
mod text_key;
mod type_mismatch;
mod words;

use super::Rule;

pub(super) const RULES: &[Rule] = &[
    dynamodb::RULE,
    empty::RULE,
    kms_key::RULE,
    known_form::RULE,
    list::RULE,
    no_request::RULE,
    operand::RULE,
    private_ip::RULE,
    sensitive::RULE,
    string_like_arn::RULE,
    type_mismatch::RULE,
];
