//! ARNs as values: what is kept of a text, their parts, and ARNs of parts.

use std::borrow::Cow;

use super::super::scan::{self, ends_with, equal};
use super::facts::ArnFacts;
use super::fields::{after, field};
use super::quirks::is_of_aws;
use super::walk::{Span, Walk, first, has_path};

/// The text without the part that some services append to their ARNs: `CloudWatch` Logs shows a log group's with `:*`, which is a
/// pattern for its streams.
/// <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogGroup.html>
pub(in super::super) const fn kept<'t>(facts: &ArnFacts, text: &'t str) -> &'t str {
    const STREAMS: &str = ":*";
    if ends_with(text, STREAMS) && equal(facts.resource_type, "logs:log-group") {
        return scan::split(text, text.len() - STREAMS.len()).0;
    }
    text
}

/// The bytes of a part of an ARN that has been verified.
pub(in super::super) const fn part(facts: &ArnFacts, text: &str, wanted: usize) -> Span {
    let start = text.len() - after(text, 5).len();
    let mut walk = Walk::new(facts, text, start);
    let mut index = 0;
    while let Ok(Some((span, rest))) = walk.next() {
        if index == wanted {
            return span;
        }
        walk = rest;
        index += 1;
    }
    // The format has no parts: the field itself is the name.
    Span { start, end: text.len() }
}

/// The text in the place of a variable of the format, if it has the variable and the text is not empty.
pub(in super::super) fn variable<'t>(facts: &ArnFacts, text: &'t str, wanted: &str) -> Option<&'t str> {
    for index in 1..5 {
        let written = field(facts.format, index);
        if written.strip_prefix("${").and_then(|name| name.strip_suffix('}')) == Some(wanted) {
            return Some(field(text, index)).filter(|found| !found.is_empty());
        }
    }
    let mut format = after(facts.format, 5);
    let mut index = 0;
    loop {
        let piece = first(format);
        if piece.variable.is_empty() {
            return None;
        }
        // A variable with a path has two parts.
        let last = index + usize::from(has_path(piece.variable));
        if piece.variable == wanted {
            let (from, to) = (part(facts, text, index), part(facts, text, last));
            let found = text.get(from.start..to.end)?;
            let found = if last > index {
                found.trim_start_matches('/')
            } else {
                found
            };
            return Some(found).filter(|found| !found.is_empty());
        }
        (format, index) = (piece.rest, last + 1);
    }
}

/// The ARN with this partition, Region and account, whose last field begins like the format's and ends with these texts. The first slash of
/// a path is the format's.
pub(in super::super) fn joined(facts: &ArnFacts, before: [&str; 3], last: &[&str]) -> Cow<'static, str> {
    let [partition, region, account] = before;
    let literal = first(after(facts.format, 5)).literal;
    let last = last.concat();
    let account = if is_of_aws(facts, &last) { "" } else { account };
    let mut arn = ["arn", partition, field(facts.format, 2), region, account, literal].join(":");
    let is_path = literal.ends_with('/');
    arn.push_str(if is_path { last.trim_start_matches('/') } else { &last });
    Cow::Owned(arn)
}
