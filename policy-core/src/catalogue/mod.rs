//! What AWS documents: every service, action, resource type and condition key, as of [`snapshot`]'s date.
//!
//! The data are the text files of `policy-core/catalogue/`, compiled in and read where they stand: the names of a
//! service are indexed when it is first asked, the details of an action parsed when they are asked. Names are found in any
//! case, since [AWS compares them so](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html).
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
//! // No action, but an operation of the API: what authorises it?
//! assert!(s3.action("ListBuckets").is_none());
//! assert!(s3.operation("ListBuckets").map(|action| action.name()).eq(["ListAllMyBuckets"]));
//! ```
//!
//! # The files
//!
//! One fact a line, below a line less indented what belongs to it; each kind sorted by name, without regard to case.
//!
//! | line in `services/<prefix>.txt` | says |
//! |---|---|
//! | `service secretsmanager AWS Secrets Manager` | the prefix and the full name; the first line |
//! | `retired 2025-10` | the service is documented no longer, and was last in that month; nothing else follows |
//! | `rcp` | resource control policies apply to the service; the second line |
//! | `key secretsmanager:SecretId ARN` | a condition key and its type; two are joined by a bar |
//! | `resource Secret arn:...:secret:${SecretId}` | a resource type and its ARN formats, separated by blanks |
//! | ` aws:ResourceTag/${TagKey}` | below a resource type or an action: it carries this key |
//! | `action CancelRotateSecret write` | an action and its access levels |
//! | ` needs iam:PassRole` | a caller of the action above needs this one too |
//! | ` on Secret*` | the action takes this resource type; with a star, it must be given |
//! | `  aws:TagKeys`, `  needs ...` | below ` on`: a key, an action that belongs to that resource type only |
//! | `operation ListBuckets ListAllMyBuckets` | an API operation that is no action, and the actions that authorise it |
//! | `removed GetPrediction 2020-04` | an action documented no longer, last in that month |
//!
//! `global-keys.txt` holds the keys of every request (`listed`: only where a service lists it), `key-prefixes.txt` the
//! service in whose file keys of a foreign prefix stand, `partitions.txt` the partitions and their Regions,
//! `snapshot.txt` where all of it comes from. `catalogue-import` writes them.

mod action;
mod key;
mod key_facts;
// Generated, with one file a line.
#[rustfmt::skip]
#[path = "../../catalogue/services.rs"]
mod list;
mod partition;
mod resource;
mod service;
mod snapshot;
#[cfg(test)]
mod tests;
mod text;

pub use action::{AccessLevel, Action, ActionResource};
pub use key::{
    ConditionKey, Scalar, ValueType, condition_key, federated_condition_key, global_condition_key,
    global_condition_keys, key_matches,
};
pub(crate) use key_facts::{About, Bearer, Fixed, Holds, KeyFacts, Limits, key_facts};
pub use partition::{Partition, Region, partition, partitions, region};
pub use resource::ResourceType;
pub use service::{Removed, Service, actions_matching, removed_service, service, services};
pub use snapshot::{Snapshot, Source, snapshot};
