//! The ARNs that are names: of one secret, of one key.

use super::reason::{Reason, Repair};
use super::scan::{self, check, equal, starts_with};
use super::{AccountId, Region, account, region};

/// What tells one such ARN from another.
pub(super) struct Shape {
    pub(super) service: &'static str,
    /// How its last part begins: `secret:`, `key/`.
    pub(super) resource: &'static str,
}

/// Where the last part goes on after its beginning, if all before that is right.
pub(super) const fn resource(text: &str, shape: &Shape) -> Result<usize, Reason> {
    let partition = field(text, 1);
    let mut start = check!(service(text, shape.service));
    let region = field(text, 3);
    if region.is_empty() {
        return Err(Reason::clause("its region is empty"));
    }
    if let Err(reason) = region::is_region(region) {
        return Err(reason.within("region", start, start + region.len()));
    }
    if let Some(home) = region::partition_of(region)
        && !equal(home, partition)
    {
        return Err(Reason::piece(
            start,
            start + region.len(),
            "is a region of another partition than the ARN's",
        ));
    }
    start += region.len() + 1;
    start = check!(account(text, start));
    let (_, resource) = scan::split(text, start);
    if !starts_with(resource, shape.resource) {
        return Err(Reason::piece(start, text.len(), "is another kind of resource"));
    }
    Ok(start + shape.resource.len())
}

/// Where the region begins, if the partition is one and the service is this.
pub(super) const fn service(text: &str, service: &str) -> Result<usize, Reason> {
    let mut start = "arn:".len();
    let partition = field(text, 1);
    if let Err(reason) = region::is_partition(partition) {
        return Err(reason.within("partition", start, start + partition.len()));
    }
    start += partition.len() + 1;
    let found = field(text, 2);
    if !equal(found, service) {
        return Err(Reason::piece(start, start + found.len(), "is another service").repaired(Repair::None));
    }
    Ok(start + found.len() + 1)
}

/// Where the last part begins, if the account that begins here is one.
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

/// The text between two colons; of the last colon that counts, all that follows it.
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

/// The ARN of a resource; its partition is the region's.
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
