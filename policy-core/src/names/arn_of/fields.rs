//! The fields of an ARN before its last, in constants.

use super::super::reason::{Reason, Repair};
use super::super::scan::{self, check, equal};
use super::super::{account, region};
use super::facts::{ArnFacts, Owner};

/// The text between two colons; after the last colon that counts, the rest.
pub(in super::super) const fn field(text: &str, index: usize) -> &str {
    let rest = after(text, index);
    match scan::split_once(rest, b':') {
        Some((found, _)) => found,
        None => rest,
    }
}

/// The text after that many colons.
pub(super) const fn after(text: &str, colons: usize) -> &str {
    let mut rest = text;
    let mut skipped = 0;
    while skipped < colons {
        match scan::split_once(rest, b':') {
            Some((_, after)) => rest = after,
            None => return "",
        }
        skipped += 1;
    }
    rest
}

/// What is wrong with an ARN that ends before its last field.
pub(super) const fn too_few(text: &str, facts: &ArnFacts) -> Option<Reason> {
    let mut colons = 0;
    let mut rest = text;
    while let Some((_, after)) = scan::split_once(rest, b':') {
        colons += 1;
        rest = after;
    }
    let ends = match colons {
        0 | 1 => "it ends before its service, its Region, its account and its resource; an empty field keeps its colon",
        2 => "it ends before its Region, its account and its resource; an empty field keeps its colon",
        3 => "it ends before its account and its resource; an empty field keeps its colon",
        4 => "it ends before its resource; an empty field keeps its colon",
        _ => return None,
    };
    let reason = Reason::clause(ends);
    if !field(facts.format, 3).is_empty() {
        return Some(reason);
    }
    // Of a type without Region the colon that lacks is most often that of the Region.
    Some(reason.repaired(Repair::Insert {
        at: text.len() - after(text, 3).len(),
        colons: if colons == 4 { ":" } else { "::" },
    }))
}

/// The position of the last field, if those before it are valid for the format.
pub(super) const fn before_resource(text: &str, facts: &ArnFacts) -> Result<usize, Reason> {
    let start = check!(service(text, field(facts.format, 2)));
    let start = check!(region(text, start, field(facts.format, 3)));
    account(text, start, field(facts.format, 4), facts.owner)
}

/// The position of the Region, if the partition is valid and the service is this one.
const fn service(text: &str, service: &str) -> Result<usize, Reason> {
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

/// The position of the account, if the Region at `start` is valid.
const fn region(text: &str, start: usize, format: &str) -> Result<usize, Reason> {
    let region = field(text, 3);
    let end = start + region.len();
    if !is_variable(format) {
        return match fixed(region, start, format, "is in the Region field, which must be empty") {
            Err(reason) if format.is_empty() => Err(reason.repaired(Repair::Fields {
                partition: region::partition_of(region),
                start,
                end,
            })),
            fixed => fixed,
        };
    }
    if region.is_empty() {
        return Err(Reason::clause("its Region is empty"));
    }
    if let Err(reason) = region::is_region(region) {
        return Err(reason.within("Region", start, end));
    }
    if let Some(home) = region::partition_of(region)
        && !equal(home, field(text, 1))
    {
        let reason = Reason::piece(start, end, "is a Region of a different partition");
        return Err(reason.repaired(Repair::Fields {
            partition: Some(home),
            start: 0,
            end: 0,
        }));
    }
    Ok(end + 1)
}

/// The position of the last field, if the account at `start` is valid.
const fn account(text: &str, start: usize, format: &str, owner: Owner) -> Result<usize, Reason> {
    let account = field(text, 4);
    let end = start + account.len();
    if !is_variable(format) {
        return fixed(account, start, format, "is in the account field, which must be empty");
    }
    match owner {
        Owner::AccountOrAws if equal(account, "aws") => return Ok(end + 1),
        Owner::AccountOrNone if account.is_empty() => return Ok(end + 1),
        _ => {}
    }
    if account.is_empty() {
        return Err(Reason::clause("its account is empty"));
    }
    if let Err(reason) = account::account_id(account) {
        return Err(reason.within("account", start, end));
    }
    Ok(end + 1)
}

/// The position after a field that has the same text in every ARN of the format, mostly none.
const fn fixed(found: &str, start: usize, format: &str, filled: &'static str) -> Result<usize, Reason> {
    let end = start + found.len();
    if equal(found, format) {
        Ok(end + 1)
    } else if format.is_empty() {
        Err(Reason::piece(start, end, filled))
    } else {
        Err(Reason::piece(start, end, "is not the text that these ARNs have"))
    }
}

/// Whether a field of a format is `${...}`.
pub(super) const fn is_variable(field: &str) -> bool {
    scan::starts_with(field, "${")
}
