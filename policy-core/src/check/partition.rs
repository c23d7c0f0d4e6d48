//! Partitions written by hand where a hole should stand.
//!
//! Every Region belongs to one partition, and the ARNs of its resources name it. A policy that is made for any Region and
//! says `arn:aws:` is wrong in China, in `GovCloud` and in the sovereign clouds.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>

use std::ops::Range;

use crate::arn::{ArnPattern, Field};
use crate::document::{Document, Place, Text};
use crate::finding::{Code, Finding, Findings};
use crate::names::{Partition, Region};

/// Reports the literal partitions of a template that has a hole for a Region or a partition.
pub(super) fn check(document: &Document<'_>, findings: &mut Findings) {
    let mut is_template = false;
    document
        .root()
        .each_text(&mut |met| is_template |= !met.is_name && is_for_any_region(met.text));
    if is_template {
        document.root().each_text(&mut |met| {
            if !met.is_name {
                report(met.place, met.text, findings);
            }
        });
    }
}

/// Whether a hole of the string takes a Region or a partition: a sample is of its hole's type.
fn is_for_any_region(text: &Text<'_>) -> bool {
    text.holes().iter().any(|hole| {
        let sample = text.filled().get(hole.filled.clone()).unwrap_or_default();
        Region::new(sample).is_ok() || Partition::new(sample).is_ok()
    })
}

fn report(place: Place, text: &Text<'_>, findings: &mut Findings) {
    let Ok(arn) = ArnPattern::parse(text.filled()) else {
        return;
    };
    let range = arn.range(Field::Partition);
    let is_hole = |range: &Range<usize>| {
        text.holes()
            .iter()
            .any(|hole| hole.filled.start < range.end && range.start < hole.filled.end)
    };
    let region = arn.region().as_str();
    // A Region that is written by hand has its partition beside it.
    let fixed = !is_hole(&arn.range(Field::Region)) && Region::new(region).is_ok();
    let partition = arn.partition().as_str();
    if fixed || is_hole(&range) || Partition::new(partition).is_err() {
        return;
    }
    let others: Vec<String> = Partition::all()
        .filter(|other| other.as_str() != partition)
        .map(|other| format!("`{}`", other.as_str()))
        .take(3)
        .collect();
    findings.push(
        Finding::new(
            Code::HardCodedPartition,
            place,
            format!("the partition `{partition}` is written by hand in a policy for any Region"),
        )
        .part(text, range)
        .about(text.written())
        .note(format!(
            "a Region belongs to one partition; in those of {} this ARN matches nothing, and AWS does not say so",
            others.join(", ")
        ))
        .help("write `arn:<partition>:`; it follows from the Region and need not be declared"),
    );
}

#[cfg(test)]
mod tests;
