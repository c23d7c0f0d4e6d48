//! Buckets and object keys.

use super::arn_of::facts::{ArnFacts, ArnKind};
use super::arn_of::start_of_name;
use super::host::alphanumeric_ends;
use super::reason::{Fault, Reason, Repair, Why};
use super::scan::{self, Set, check, ends_with, starts_with};

const ARN: &ArnFacts = ArnKind::named("BucketArn").facts();

/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html>
pub(super) const fn bucket_name(text: &str) -> Result<(), Reason> {
    if starts_with(text, "arn:") {
        let reason = Reason::clause("it is an ARN; the name is after its last colon");
        return Err(match start_of_name(ARN, text) {
            Some(start) => reason.repaired(Repair::Keep { start, end: text.len() }),
            None => reason,
        });
    }
    if starts_with(text, "s3://") {
        let start = "s3://".len();
        let (_, rest) = scan::split(text, start);
        let end = match scan::find(rest, b'/') {
            Some(at) => start + at,
            None => text.len(),
        };
        return Err(Reason::clause("it is a URL; the name is after `s3://`").repaired(Repair::Keep { start, end }));
    }
    if let Some(at) = scan::find(text, b'/') {
        let clause = "is part of an object key, not of the bucket name";
        return Err(Reason::piece(at, text.len(), clause).repaired(Repair::Keep { start: 0, end: at }));
    }
    check!(scan::only(text, Set::LOWER_DIGIT.and(".-")));
    check!(scan::length(text, 3, 63));
    check!(alphanumeric_ends(text));
    let mut rest = text.as_bytes();
    let mut position = 1;
    while let [_, tail @ ..] = rest {
        if matches!(rest, [b'.', b'.', ..]) {
            return Err(Reason::character('.', position + 1, Why::Repeated));
        }
        position += 1;
        rest = tail;
    }
    if is_ipv4(text) {
        return Err(Reason::clause("it is written like an IP address"));
    }
    reserved(text)
}

/// The prefixes and suffixes that S3 reserves.
const fn reserved(text: &str) -> Result<(), Reason> {
    let mut prefixes: &[&str] = &["xn--", "sthree-", "amzn-s3-demo-"];
    while let [prefix, rest @ ..] = prefixes {
        if starts_with(text, prefix) {
            return Err(Reason::piece(0, prefix.len(), "is a prefix that S3 reserves"));
        }
        prefixes = rest;
    }
    let mut suffixes: &[&str] = &["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];
    while let [suffix, rest @ ..] = suffixes {
        if ends_with(text, suffix) {
            let start = text.len() - suffix.len();
            return Err(Reason::piece(
                start,
                text.len(),
                "is a suffix that S3 reserves for aliases, access points and other bucket types",
            ));
        }
        suffixes = rest;
    }
    if ends_with(text, "-an") && !is_account_regional(text) {
        return Err(Reason::clause(
            "`-an` is reserved for names in an account regional namespace, `PREFIX-ACCOUNT-REGION-an`",
        ));
    }
    Ok(())
}

/// `<prefix>-<account>-<region>-an`.
const fn is_account_regional(text: &str) -> bool {
    let (mut head, _) = scan::split(text, text.len() - "-an".len());
    // A Region has two to four hyphens, so its start is found by trying.
    let whole = head;
    while let Some((before, _)) = scan::rsplit_once(head, b'-') {
        let (_, region) = scan::split(whole, before.len() + 1);
        if super::region::is_region(region).is_ok()
            && let Some((prefix, account)) = scan::rsplit_once(before, b'-')
            && super::account::account_id(account).is_ok()
            && !prefix.is_empty()
        {
            return true;
        }
        head = before;
    }
    false
}

const fn is_ipv4(text: &str) -> bool {
    let mut rest = text;
    let mut parts = 0;
    loop {
        let (part, after) = match scan::split_once(rest, b'.') {
            Some((part, after)) => (part, Some(after)),
            None => (rest, None),
        };
        if part.is_empty() || part.len() > 3 || scan::only(part, Set::DIGIT).is_err() {
            return false;
        }
        parts += 1;
        match after {
            Some(after) => rest = after,
            None => return parts == 4,
        }
    }
}

/// Keys have at most 1,024 bytes of UTF-8.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html>
pub(super) const fn object_prefix(text: &str) -> Result<(), Reason> {
    check!(scan::only(text, Set::DOCUMENT));
    if starts_with(text, "/") {
        return Err(
            Reason::clause("it starts with `/`, so it would only match keys that start with `/`").repaired(
                Repair::Keep {
                    start: 1,
                    end: text.len(),
                },
            ),
        );
    }
    if ends_with(text, "//") {
        return Err(Reason::clause("it ends with more than one `/`"));
    }
    if text.len() > 1024 {
        return Err(Reason::new(Fault::Length {
            has: text.len(),
            min: 1,
            max: 1024,
            unit: "byte",
        }));
    }
    Ok(())
}
