//! Partitions written by hand where a hole should stand.
//!
//! Every Region belongs to one partition, and the ARNs of its resources name it. A policy that is made for any Region and
//! says `arn:aws:` is wrong in China, in `GovCloud` and in the sovereign clouds.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>

use std::ops::Range;

use crate::arn::{ArnPattern, Field};
use crate::check::facts::{Facts, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::collected::CollectVec;
use crate::document::{HoleInText, Place, Text};
use crate::finding::{Code, Finding};
use crate::names::{NameKind, region};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::HardCodedPartition],
    run: Run::Policy(check),
};

/// The literal partitions of a template that has a hole for a Region, a partition or a whole ARN; of any other policy the first
/// of those beside `*` for the Region: it is meant for every Region, and holds in those of one partition.
fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let (mut is_template, mut has_arns) = (false, false);
    // Of a policy without holes it can be told at once.
    if facts.size.is_least {
        facts.each_text(&mut |met| {
            if !met.is_name && !met.text.holes().is_empty() {
                is_template |= is_for_any_region(met.text);
                has_arns |= is_of_any_partition(met.text);
            }
        });
    }
    if is_template || has_arns {
        facts.each_text(&mut |met| {
            if !met.is_name {
                // Perhaps all ARNs that the template is for are of the partition.
                let is_dead = is_template;
                found.extend(literal(met.place, met.text, is_dead).map(|finding| finding.dead(is_dead)));
            }
        });
    } else if facts.gives_permissions() {
        // What is compared with an ARN is in the policy's own partition.
        let named =
            |statement: &&StatementFacts<'_>| statement.statement.resource.is_some_and(|element| !element.negated);
        let mut anywhere = Anywhere::default();
        for statement in facts.statements.iter().filter(named) {
            for resource in &statement.resources {
                anywhere.see(resource.place, resource.text);
            }
        }
        found.extend(anywhere.finding());
    }
    found
}

/// ARNs of any Region in a policy without holes.
#[derive(Default)]
struct Anywhere<'d> {
    /// With the range of its partition.
    first: Option<(Place, &'d Text<'d>, Range<usize>)>,
    others: usize,
}

impl<'d> Anywhere<'d> {
    fn see(&mut self, place: Place, text: &'d Text<'d>) {
        let Ok(arn) = ArnPattern::parse(text.filled()) else {
            return;
        };
        if arn.region().as_str() != "*" || !NameKind::Partition.accepts(arn.partition().as_str()) {
            return;
        }
        match self.first {
            None => self.first = Some((place, text, arn.range(Field::Partition))),
            Some(_) => self.others += 1,
        }
    }

    fn finding(self) -> Option<Finding> {
        let (place, text, range) = self.first?;
        let partition = text.filled().get(range.clone())?;
        let others = match self.others {
            0 => String::new(),
            1 => ", as does one other ARN".to_owned(),
            others => format!(", as do {others} other ARNs"),
        };
        Some(
            Finding::new(
                Code::HardCodedPartition,
                place,
                format!("the ARN has a wildcard for the Region, but hard-codes the partition `{partition}`{others}"),
            )
            .dead(false)
            .part(text, range)
            .about(text.written())
            .note(format!(
                "a Region belongs to one partition; in Regions of {} the ARN matches nothing",
                others_than(partition)
            ))
            .with_help("if the policy is for other partitions too, let its generator fill in the partition"),
        )
    }
}

/// Whether a hole of the string takes a Region or a partition: a sample is of its hole's type.
fn is_for_any_region(text: &Text<'_>) -> bool {
    text.holes().iter().any(|hole| {
        let sample = text.filled().get(hole.filled.clone()).unwrap_or_default();
        NameKind::Region.accepts(sample) || NameKind::Partition.accepts(sample)
    })
}

/// Whether a hole of `policy!` is a whole ARN, whose partition is its own.
fn is_of_any_partition(text: &Text<'_>) -> bool {
    let is_arn = |hole: &HoleInText| {
        let filled = text.filled().get(hole.filled.clone()).unwrap_or_default();
        filled.starts_with("arn:")
            && text
                .written()
                .get(hole.written.clone())
                .is_some_and(|hole| hole.starts_with('<'))
    };
    text.holes().iter().any(is_arn)
}

fn literal(place: Place, text: &Text<'_>, is_for_any_region: bool) -> Option<Finding> {
    let arn = ArnPattern::parse(text.filled()).ok()?;
    let range = arn.range(Field::Partition);
    let region = arn.region().as_str();
    // A Region that is written by hand has its partition beside it.
    let fixed = !text.has_hole_in(&arn.range(Field::Region)) && NameKind::Region.accepts(region);
    let partition = arn.partition().as_str();
    if fixed || text.has_hole_in(&range) || !NameKind::Partition.accepts(partition) {
        return None;
    }
    Some(
        Finding::new(
            Code::HardCodedPartition,
            place,
            if is_for_any_region {
                format!("the partition `{partition}` is hard-coded in a policy for any Region")
            } else {
                format!("the partition `{partition}` is hard-coded beside ARNs that can be of any partition")
            },
        )
        .part(text, range)
        .about(text.written())
        .note(format!(
            "a Region belongs to one partition; in those of {} this ARN matches nothing, without an error",
            others_than(partition)
        ))
        .with_help(
            "write `arn:<partition>:`; it follows from a field of type `Region`, or from the only ARN; otherwise declare `partition: Partition`",
        ),
    )
}

fn others_than(partition: &str) -> String {
    let others = region::partitions().filter(|other| *other != partition);
    let others: Vec<String> = others.take(3).map(|other| format!("`{other}`")).collect_vec();
    others.join(", ")
}

#[cfg(test)]
mod tests;
