//! The service authorization reference: every service, action, resource type and condition key, as of the date of
//! [`snapshot`].
//!
//! The data is in the text files of `policy-core/catalogue/`, compiled in and read in place: the names of a service are
//! indexed on first use, and the details of an action are parsed on each call. Names are found in any case, since [AWS
//! compares them
//! case-insensitively](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html).
//!
//! ```
//! use policy_core::catalogue;
//!
//! let s3 = catalogue::service("s3").unwrap();
//! let action = s3.action("getobject").unwrap();
//! assert_eq!(action.qualified(), "s3:GetObject");
//! assert!(action.resource_types().any(|on| on.resource_type().name() == "object"));
//! assert!(action.carries("aws:SourceIp"));
//!
//! // Not an action but an API operation: which actions authorize it?
//! assert!(s3.action("ListBuckets").is_none());
//! assert!(s3.operation("ListBuckets").map(|action| action.name()).eq(["ListAllMyBuckets"]));
//! ```
//!
//! # The files
//!
//! One fact per line, with its details on indented lines below; each kind is sorted by name, ignoring case.
//!
//! | line in `services/<prefix>.txt` | meaning |
//! |---|---|
//! | `service secretsmanager AWS Secrets Manager` | the prefix and the full name; the first line |
//! | `retired 2025-10` | the service is no longer documented, last seen in that month; nothing else follows |
//! | `rcp` | resource control policies apply to the service; the second line |
//! | `key secretsmanager:SecretId ARN` | a condition key and its type; two are separated by a bar |
//! | `resource Secret arn:...:secret:${SecretId}` | a resource type and its ARN formats, separated by spaces |
//! | ` name TableName [-.0-9A-Z_a-z]{3,255}` | below a resource type, first: what the service accepts for a variable |
//! | ` aws:ResourceTag/${TagKey}` | below a resource type or an action: it supports this key |
//! | `action CancelRotateSecret write` | an action and its access levels |
//! | ` needs iam:PassRole` | a caller of the action above needs this one too |
//! | ` on Secret*` | the action supports this resource type; with a star, it is required |
//! | `  aws:TagKeys`, `  needs ...` | below ` on`: a key, an action for that resource type only |
//! | `operation ListBuckets ListAllMyBuckets` | an API operation that is not an action, and the actions that authorize it; `es:CreateDomain` is one of another service |
//! | `removed GetPrediction 2020-04` | an action that is no longer documented, last seen in that month |
//!
//! `global-keys.txt` contains the keys of all requests (`listed`: only where a service lists it), `key-prefixes.txt`
//! the services that define keys with another prefix, `partitions.txt` the partitions and their Regions, `snapshot.txt`
//! the sources of the data, `further-actions.txt` which other actions the requests of an operation may be authorized as, by AWS's
//! [service reference](https://docs.aws.amazon.com/service-authorization/latest/reference/service-reference.html).
//! `passed-roles.txt` the operations that cannot be called without a role, its parameter, and the services to which they pass it,
//! `pages.txt` the pages of the reference whose names are not the prefixes of their services, `undocumented.txt` the names that only AWS's managed policies have. `catalogue-import` writes them.

mod action;
mod key;
mod key_facts;
// Generated, with one line per file.
#[rustfmt::skip]
#[path = "../../catalogue/services.rs"]
mod list;
pub mod markdown;
mod passed_role;
mod requested;
mod resource;
mod service;
mod snapshot;
#[cfg(test)]
mod tests;
mod text;
mod undocumented;

pub(crate) use action::Listing;
pub use action::{AccessLevel, Action, ActionResource};
pub use key::{
    ConditionKey, Scalar, ValueType, condition_key, federated_condition_key, global_condition_key,
    global_condition_keys, key_matches,
};
pub(crate) use key::{service_condition_key, services_of_key_prefix};
pub(crate) use key_facts::{About, Bearer, Fixed, Holds, KeyFacts, Limits, is_of_certificate, key_facts};
pub(crate) use passed_role::{PassedRole, passed_roles};
#[cfg(feature = "evaluate")]
pub(crate) use requested::may_be_requested;
pub(crate) use requested::requested;
pub use resource::ResourceType;
pub(crate) use service::is_every_action;
pub use service::{Removed, Service, action, actions_matching, removed_service, service, services};
pub use snapshot::{Snapshot, Source, snapshot};
pub use undocumented::{Undocumented, undocumented_action, undocumented_condition_key};
