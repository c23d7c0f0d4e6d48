//! Conditions: operators and keys, and whether the actions carry the keys at all.
//!
//! AWS accepts nearly every condition. One on a key that no request has, or with a value that none can have, is
//! never met or always, and the statement does not do what it says.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html>

mod carried;
mod dynamodb;
mod key;
mod mfa;
mod operator;
mod paired;
mod partly_carried;
mod respelt_key;
mod s3_prefix;
mod source_key;
mod tag;
#[cfg(test)]
mod tests;
mod undocumented;
mod untrustworthy;
mod vpc_endpoint;

use super::Rule;

pub(super) const RULES: &[Rule] = &[
    carried::RULE,
    dynamodb::RULE,
    key::RULE,
    mfa::RULE,
    operator::RULE,
    paired::RULE,
    partly_carried::RULE,
    respelt_key::RULE,
    s3_prefix::RULE,
    source_key::RULE,
    tag::RULE,
    undocumented::RULE,
    untrustworthy::RULE,
    vpc_endpoint::RULE,
];
