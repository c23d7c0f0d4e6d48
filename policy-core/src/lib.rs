//! AWS IAM policies: the model, the catalogue of AWS's actions, and the checker.
//!
//! AWS accepts policies that have no effect: with a misspelled action, an object action on a bucket's ARN, or a
//! condition key that is never present for the action. [`check`](check::check()) finds these mistakes, offline:
//!
//! ```
//! use policy_core::policy::IdentityPolicy;
//!
//! let policy = IdentityPolicy::from_json(
//!     r#"{ "Version": "2012-10-17",
//!          "Statement": [{ "Effect": "Allow", "Action": "s3:GetObjct", "Resource": "arn:aws:s3:::exports/*" }] }"#,
//! )?;
//! let findings = policy.check();
//! let finding = findings.iter().next().unwrap();
//! assert_eq!(finding.code().name(), "INVALID_ACTION");
//! assert_eq!(finding.help().next(), Some("write `s3:GetObject`"));
//! # Ok::<(), policy_core::policy::ReadError>(())
//! ```
//!
//! `policy!`, in the crate `policy-macros`, does the same at compile time. Use [`policy::build`] for a policy whose
//! statements depend on data, and the methods of [`Policy`](policy::Policy) to read, edit, merge and split one that exists, as in
//! the example `edit_policy`. Every [`Code`](finding::Code) of a finding has a page, with a policy that has the mistake
//! and a corrected one. The documentation of `policy-macros` has a tutorial.
//!
//! # The modules
//!
//! Data flows one way, from the ground up:
//!
//! - [`names`]: AWS's names, as types whose values are always valid; [`arn`]: ARNs, and patterns of them;
//!   [`catalogue`]: every service, action, resource type and condition key; [`document`]: JSON whose values have
//!   places.
//! - [`finding`]: the mistakes; [`policy`]: a document read as a policy.
//! - [`check`]: a document in, findings out.
//! - [`shown`]: untrusted text, made safe for terminals; [`spelling`]: suggestions for misspelled names.
//!
//! # Features
//!
//! - `values` (default): names, ARNs and policies as values of their types, what `policy!` expands to, and the pages of the codes. The
//!   checker does without.
//! - `edit` (default): policies that are edited: the builder, statements that are read and edited, and whole policies merged, split,
//!   compared.
//! - `evaluate` (default): the evaluator.
//! - `serde` (default): policies and names in serde's data model.
//! - `serde_json`: `TryFrom<serde_json::Value>` for policies and statements.
//! - `cases`: `evaluate::cases`, files of requests with the expected decisions.
//!
//! All of them but `values` turn it on.
//!
//! The program `policy`, which checks files, folders, and policies inside larger documents, is the package `policy-cli`.
//! The example `build_script` is a `build.rs` that checks a folder of policies, and fails the build at line and column.

// Pages of a build with few features link to what the others bring.
#![cfg_attr(not(feature = "edit"), allow(rustdoc::broken_intra_doc_links))]

pub mod arn;
mod bytes;
pub mod catalogue;
pub mod check;
mod collected;
pub mod document;
#[cfg(feature = "evaluate")]
pub mod evaluate;
pub mod finding;
mod hole;
mod kebab;
pub mod names;
mod numbers;
pub mod policy;
pub mod shown;
mod sorted;
pub mod spelling;
mod template;

/// What `policy!` and its expansions use, and nobody else. It is versioned: `policy-macros` depends on the `policy-core` of its
/// own version exactly, and an expansion names the module that it was written for.
#[doc(hidden)]
pub mod __macro {
    /// That of 0.1.
    pub mod v1 {
        #[cfg(feature = "values")]
        pub use crate::policy::kind::__PolicyType as PolicyType;

        /// Holes, and the types that fill them.
        pub mod hole {
            pub use crate::hole::*;
        }

        /// The checker, with what allowances hide.
        pub mod check {
            pub use crate::check::{
                ActedOn, Compared, Joined, NoOwnType, Proposed, WildcardBehind, catalogue_note, check_allowing,
                continued, joined, own_format, own_name, resource_type, wildcard_behind,
            };
        }

        /// Lists, whose code is compiled once and not for every type.
        pub mod list {
            pub use crate::collected::CollectVec;
            pub use crate::sorted::{set, sort};
        }

        /// Templates, and how they become JSON.
        pub mod template {
            pub use crate::template::*;
        }
    }
}
