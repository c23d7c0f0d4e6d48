//! The ARNs that are names: of a secret, of a KMS key.

use super::reason::{Reason, Repair};
use super::scan::{self, check, equal, starts_with};
use super::{AccountId, Region, account, region};

/// The properties that distinguish one such ARN from another.
pub(super) struct Shape {
    pub(super) service: &'static str,
    /// The start of its last part: `secret:`, `key/`.
    pub(super) resource: &'static str,
}

/// The position after the start of the last part, if everything before it is valid.
pub(super) const fn resource(text: &str, shape: &Shape) -> Result<usize, Reason> {
    let partition = field(text, 1);
    let mut start = check!(service(text, shape.service));
    let region = field(text, 3);
    if region.is_empty() {
        return Err(Reason::clause("its Region is empty"));
    }
    if let Err(reason) = region::is_region(region) {
        return Err(reason.within("Region", start, start + region.len()));
    }
    if let Some(home) = region::partition_of(region)
        && !equal(home, partition)
    {
        return Err(Reason::piece(
            start,
            start + region.len(),
            "is a Region of a different partition",
        ));
    }
    start += region.len() + 1;
    start = check!(account(text, start));
    let (_, resource) = scan::split(text, start);
    if !starts_with(resource, shape.resource) {
        return Err(Reason::piece(start, text.len(), "is a different resource type"));
    }
    Ok(start + shape.resource.len())
}

/// The position of the Region, if the partition is valid and the service is this one.
pub(super) const fn service(text: &str, service: &str) -> Result<usize, Reason> {
    let mut start = "arn:".len();
    let partition = field(text, 1);
    if let Err(reason) = region::is_partition(partition) {
        return Err(reason.within("partition", start, start + partition.len()));
    }
    start += partition.len() + 1;
    let found = field(text, 2);
    if !equal(found, service) {
        return Err(Reason::piece(start, start + found.len(), "is a different service").repaired(Repair::None));
    }
    Ok(start + found.len() + 1)
}

/// The position of the last part, if the account at `start` is valid.
pub(super) const fn account(text: &str, start: usize) -> Result<usize, Reason> {
    let account = field(text, 4);
    if account.is_empty() {
        return Err(Reason::clause("its account is empty"));
    }
    if let Err(reason) = account::account_id(account) {
        return Err(reason.within("account", start, start + account.len()));
    }
    Ok(start + account.len() + 1)
}

/// The text between two colons; after the last colon that counts, the rest.
pub(super) const fn field(text: &str, index: usize) -> &str {
    let mut rest = text;
    let mut skipped = 0;
    while skipped < index {
        match scan::split_once(rest, b':') {
            Some((_, after)) => rest = after,
            None => return "",
        }
        skipped += 1;
    }
    match scan::split_once(rest, b':') {
        Some((found, _)) => found,
        None => rest,
    }
}

/// The ARN of a resource, in the Region's partition.
pub(super) fn written(shape: &Shape, region: &Region, account: &AccountId, id: &str) -> String {
    let partition = region.partition();
    [
        "arn:",
        partition.as_str(),
        ":",
        shape.service,
        ":",
        region.as_str(),
        ":",
        account.as_str(),
        ":",
        shape.resource,
        id,
    ]
    .concat()
}
