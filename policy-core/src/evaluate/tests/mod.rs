//! Properties of the whole evaluator.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod access;
mod arns;
mod contradictions;
mod doubt;
mod explained;
mod generator;
mod laws;
mod mangled;
mod plain;
mod requests;
#[cfg(feature = "cases")]
mod unsent;
mod wholes;

use super::{Authorizer, Caller, Request};
use crate::document::Document;

const USER: &str = "arn:aws:iam::111122223333:user/alice";

/// An authorizer of a user's policies.
fn authorizer(policies: &[String]) -> Authorizer {
    let mut builder = Authorizer::builder();
    for policy in policies {
        builder = builder.identity(&Document::read(policy).unwrap());
    }
    builder.build()
}

fn policy(statements: &[String]) -> String {
    format!(
        r#"{{ "Version": "2012-10-17", "Statement": [{}] }}"#,
        statements.join(",")
    )
}

fn request(action: &str, resource: &str) -> Request {
    Request::unchecked(Caller::from_arn(USER).unwrap(), action, resource)
}
