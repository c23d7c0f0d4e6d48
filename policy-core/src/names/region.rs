//! Partitions and their Regions, from the catalogue's list.

use super::reason::{Reason, Repair};
use super::scan::{self, Set, check, equal, line, strip_prefix};
use crate::kebab::letters;
use crate::spelling;

#[derive(Clone, Copy)]
pub(super) struct PartitionRow {
    pub(super) name: &'static str,
    pub(super) dns_suffix: &'static str,
}

/// A Region, or a prefix of a partition's Regions, and the partition's name.
#[derive(Clone, Copy)]
pub(super) struct RegionRow {
    pub(super) text: &'static str,
    pub(super) partition: &'static str,
}

/// What is listed, with space for more.
struct Listed {
    partitions: List<PartitionRow, 16>,
    prefixes: List<RegionRow, 32>,
    regions: List<RegionRow, 96>,
}

/// A list of at most so many rows.
pub(super) struct List<T, const N: usize> {
    rows: [T; N],
    len: usize,
}

// Parsed at compile time, in one go: a lookup only compares.
static LISTED: Listed = Listed::parse(include_str!("../../catalogue/partitions.txt"));

pub(super) const fn partition_rows() -> &'static [PartitionRow] {
    LISTED.partitions.as_slice()
}

const fn prefixes() -> &'static [RegionRow] {
    LISTED.prefixes.as_slice()
}

pub(super) const fn regions() -> &'static [RegionRow] {
    LISTED.regions.as_slice()
}

/// The names of all partitions.
pub(crate) fn partitions() -> impl Iterator<Item = &'static str> {
    partition_rows().iter().map(|row| row.name)
}

/// The partition that a misspelled one was meant to be. All but `aws` begin with `aws-`, so that is no likeness: `aws-us` is short for
/// `aws-us-gov` and not like `aws-cn`. `None` where several may be meant.
pub(crate) fn nearest_partition(text: &str) -> Option<&'static str> {
    const SHARED: &str = "aws-";
    let Some(own) = text.strip_prefix(SHARED) else {
        return spelling::nearest(text, partitions());
    };
    let own = own.to_ascii_lowercase();
    let first = own.split('-').next().filter(|first| !first.is_empty())?;
    let (mut alike, mut tails) = (Vec::new(), Vec::new());
    for name in partitions() {
        let Some(tail) = name.strip_prefix(SHARED) else {
            continue;
        };
        tails.push(tail);
        if tail.starts_with(&own) || tail.split('-').any(|word| word == first) || letters(tail) == own {
            alike.push(name);
        }
    }
    if let [one, others @ ..] = alike.as_slice() {
        return others.is_empty().then_some(one);
    }
    let near = spelling::nearest(&own, tails)?;
    partitions().find(|name| name.strip_prefix(SHARED) == Some(near))
}

/// Whether the catalogue has the Region.
pub(crate) fn is_known(region: &str) -> bool {
    regions().iter().any(|row| row.text == region)
}

/// The known Region with the most similar name, for a misspelled one.
pub(crate) fn nearest(region: &str) -> Option<&'static str> {
    spelling::nearest(region, regions().iter().map(|row| row.text))
}

pub(super) const fn is_partition(text: &str) -> Result<(), Reason> {
    let mut rows = partition_rows();
    while let [row, rest @ ..] = rows {
        if equal(row.name, text) {
            return Ok(());
        }
        rows = rest;
    }
    Err(Reason::clause("AWS has no such partition").repaired(Repair::NearestPartition))
}

/// A Region consists of a partition's prefix, a direction and a number: `eu-west-1`, `us-gov-east-1`. The pattern in
/// AWS's SDKs, `^(us|eu|...)\-\w+\-\d+$`, would accept any misspelled direction.
pub(super) const fn is_region(text: &str) -> Result<(), Reason> {
    check!(scan::only(text, Set::LOWER_DIGIT.and("-")));
    let Some((place, number)) = scan::rsplit_once(text, b'-') else {
        return Err(Reason::clause("it has no number at its end").repaired(Repair::NearestRegion));
    };
    match number.as_bytes() {
        [b'1'..=b'9'] | [b'1'..=b'9', b'0'..=b'9'] => {}
        [b'1'..=b'9', b'a'..=b'z'] | [b'1'..=b'9', b'0'..=b'9', b'a'..=b'z'] => {
            return Err(
                Reason::clause("it is an Availability Zone; policies use the Region").repaired(Repair::Keep {
                    start: 0,
                    end: text.len() - 1,
                }),
            );
        }
        _ => return Err(Reason::clause("it has no number at its end").repaired(Repair::NearestRegion)),
    }
    let Some((prefix, direction)) = scan::rsplit_once(place, b'-') else {
        return Err(Reason::clause("it has too few parts").repaired(Repair::NearestRegion));
    };
    if !is_direction(direction) {
        let start = prefix.len() + 1;
        return Err(Reason::piece(
            start,
            start + direction.len(),
            "is not a direction used in Region names",
        )
        .repaired(Repair::NearestRegion));
    }
    if find_partition(prefix).is_none() {
        return Err(Reason::piece(0, prefix.len(), "is not a prefix of Region names").repaired(Repair::NearestRegion));
    }
    Ok(())
}

/// The partition of a valid Region.
pub(crate) const fn partition_of(region: &str) -> Option<&'static str> {
    if let Some((place, _)) = scan::rsplit_once(region, b'-')
        && let Some((prefix, _)) = scan::rsplit_once(place, b'-')
    {
        return find_partition(prefix);
    }
    None
}

const fn find_partition(prefix: &str) -> Option<&'static str> {
    let mut rows = prefixes();
    while let [row, rest @ ..] = rows {
        if equal(row.text, prefix) {
            return Some(row.partition);
        }
        rows = rest;
    }
    None
}

/// The directions in the names of all known Regions, and their compounds.
const fn is_direction(word: &str) -> bool {
    let mut rest = word;
    if let Some(after) = strip_prefix(word, "north") {
        rest = after;
    } else if let Some(after) = strip_prefix(word, "south") {
        rest = after;
    }
    let compound = rest.len() < word.len();
    equal(rest, "east") || equal(rest, "west") || equal(word, "central") || compound && rest.is_empty()
}

impl<T: Copy, const N: usize> List<T, N> {
    pub(super) const fn of(empty: T) -> Self {
        Self {
            rows: [empty; N],
            len: 0,
        }
    }

    pub(super) const fn as_slice(&self) -> &[T] {
        self.rows.split_at(self.len).0
    }

    #[allow(clippy::panic, reason = "in a constant a panic is the compile error")]
    pub(super) const fn push(&mut self, row: T) {
        match self.rows.split_at_mut(self.len).1 {
            [place, ..] => *place = row,
            [] => panic!("the list has no space for so many"),
        }
        self.len += 1;
    }
}

impl Listed {
    /// Reads lines `partition NAME DNS-SUFFIX`, then ` region-prefix us-gov` and ` region us-gov-east-1` of that partition.
    const fn parse(text: &'static str) -> Self {
        let mut partition = PartitionRow {
            name: "",
            dns_suffix: "",
        };
        let empty = RegionRow {
            text: "",
            partition: "",
        };
        let (mut partitions, mut prefixes, mut regions) = (List::of(partition), List::of(empty), List::of(empty));
        let mut rest = text;
        while !rest.is_empty() {
            let (found, after) = line(rest);
            rest = after;
            if let Some(text) = strip_prefix(found, " region ") {
                regions.push(RegionRow {
                    text,
                    partition: partition.name,
                });
            } else if let Some(text) = strip_prefix(found, " region-prefix ") {
                prefixes.push(RegionRow {
                    text,
                    partition: partition.name,
                });
            } else if let Some(facts) = strip_prefix(found, "partition ")
                && let Some((name, dns_suffix)) = scan::split_once(facts, b' ')
            {
                partition = PartitionRow { name, dns_suffix };
                partitions.push(partition);
            }
        }
        Self {
            partitions,
            prefixes,
            regions,
        }
    }
}

/// Whether a host name ends with the DNS suffix of a partition.
pub(super) const fn ends_in_dns_suffix(host: &str) -> bool {
    let mut rows = partition_rows();
    while let [row, rest @ ..] = rows {
        if scan::ends_with(host, row.dns_suffix)
            && scan::ends_with(scan::split(host, host.len() - row.dns_suffix.len()).0, ".")
        {
            return true;
        }
        rows = rest;
    }
    false
}
