//! AWS IAM policies: the model, the catalogue of AWS's actions, and the checker.
//!
//! Data flows one way: [`names`] and [`arn`] at the ground, [`document`] and [`catalogue`] on them, [`policy`] and
//! [`check`] on those.

pub mod arn;
pub mod catalogue;
pub mod check;
pub mod document;
pub mod finding;
pub mod hole;
pub mod names;
pub mod policy;
pub mod template;
