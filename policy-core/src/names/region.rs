//! Partitions and their Regions, from the catalogue's list.

use super::reason::{Reason, Repair};
use super::scan::{self, Set, check, equal, line, starts_with, strip_prefix};
use super::{Partition, Region};
use crate::spelling;

/// Lines `partition NAME DNS-SUFFIX`, then ` region-prefix us-gov` and ` region us-gov-east-1` of that partition.
const LISTED: &str = include_str!("../../catalogue/partitions.txt");

#[derive(Clone, Copy)]
struct PartitionRow {
    name: &'static str,
    dns_suffix: &'static str,
}

/// A Region, or a prefix of a partition's Regions, and the partition's name.
#[derive(Clone, Copy)]
struct RegionRow {
    text: &'static str,
    partition: &'static str,
}

// Parsed at compile time: a lookup only compares.
static PARTITIONS: [PartitionRow; count("partition ")] = partition_rows();
static PREFIXES: [RegionRow; count(" region-prefix ")] = rows(" region-prefix ");
static REGIONS: [RegionRow; count(" region ")] = rows(" region ");

impl Partition {
    /// The partition of the commercial Regions.
    pub const AWS: Partition = Partition::from_static("aws");
    /// The partition of the China Regions.
    pub const AWS_CN: Partition = Partition::from_static("aws-cn");
    /// The partition of `GovCloud` (US).
    pub const AWS_US_GOV: Partition = Partition::from_static("aws-us-gov");
    /// The partition of the AWS European Sovereign Cloud.
    pub const AWS_EUSC: Partition = Partition::from_static("aws-eusc");

    /// All partitions.
    pub fn all() -> impl Iterator<Item = Partition> {
        partitions().map(Partition::from_static)
    }

    /// The DNS suffix of the partition: `amazonaws.com`, `amazonaws.com.cn`.
    pub fn dns_suffix(&self) -> &'static str {
        PARTITIONS
            .iter()
            .find(|row| row.name == self.as_str())
            .map_or("", |row| row.dns_suffix)
    }

    /// The Regions of this partition in the catalogue.
    pub fn regions(&self) -> impl Iterator<Item = Region> {
        REGIONS
            .iter()
            .filter(|row| row.partition == self.as_str())
            .map(|row| Region::from_static(row.text))
    }

    /// The partition with the most similar name, for a misspelled one.
    pub fn nearest(text: &str) -> Option<Partition> {
        nearest_partition(text).map(Partition::from_static)
    }
}

impl Region {
    /// The partition of the Region: each Region is in exactly one.
    ///
    /// ```
    /// use policy_core::names::Region;
    ///
    /// let region = Region::from_static("us-gov-west-1");
    /// assert_eq!(region.partition().as_str(), "aws-us-gov");
    /// ```
    pub fn partition(&self) -> Partition {
        partition_of(self.as_str()).map_or(Partition::AWS, Partition::from_static)
    }

    /// Whether the catalogue has the Region. Since AWS adds Regions after the catalogue's date, a Region that it does
    /// not have is accepted too if it follows the naming of Regions.
    ///
    /// ```
    /// use policy_core::names::Region;
    ///
    /// assert!(Region::from_static("eu-west-3").is_known());
    /// assert!(!Region::from_static("eu-west-9").is_known());
    /// ```
    pub fn is_known(&self) -> bool {
        is_known(self.as_str())
    }

    /// The known Region with the most similar name, for a misspelled one.
    pub fn nearest(text: &str) -> Option<Region> {
        nearest(text).map(Region::from_static)
    }
}

/// The names of all partitions.
pub(crate) fn partitions() -> impl Iterator<Item = &'static str> {
    PARTITIONS.iter().map(|row| row.name)
}

/// The partition with the most similar name, for a misspelled one.
pub(crate) fn nearest_partition(text: &str) -> Option<&'static str> {
    spelling::nearest(text, partitions())
}

/// Whether the catalogue has the Region.
pub(crate) fn is_known(region: &str) -> bool {
    REGIONS.iter().any(|row| row.text == region)
}

/// The known Region with the most similar name, for a misspelled one.
pub(crate) fn nearest(region: &str) -> Option<&'static str> {
    spelling::nearest(region, REGIONS.iter().map(|row| row.text))
}

pub(super) const fn is_partition(text: &str) -> Result<(), Reason> {
    let mut rows = PARTITIONS.as_slice();
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
    let mut rows = PREFIXES.as_slice();
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

/// The number of lines in the list with this prefix.
const fn count(tag: &str) -> usize {
    let mut rest = LISTED;
    let mut count = 0;
    while !rest.is_empty() {
        let (found, after) = line(rest);
        if starts_with(found, tag) {
            count += 1;
        }
        rest = after;
    }
    count
}

const fn partition_rows() -> [PartitionRow; count("partition ")] {
    let mut all = [PartitionRow {
        name: "",
        dns_suffix: "",
    }; count("partition ")];
    let mut free: &mut [_] = &mut all;
    let mut rest = LISTED;
    while !rest.is_empty() {
        let (found, after) = line(rest);
        if let Some(facts) = strip_prefix(found, "partition ")
            && let Some((name, dns_suffix)) = scan::split_once(facts, b' ')
            && let [place, others @ ..] = free
        {
            *place = PartitionRow { name, dns_suffix };
            free = others;
        }
        rest = after;
    }
    all
}

const fn rows<const N: usize>(tag: &str) -> [RegionRow; N] {
    let mut all = [RegionRow {
        text: "",
        partition: "",
    }; N];
    let mut free: &mut [_] = &mut all;
    let mut rest = LISTED;
    let mut partition = "";
    while !rest.is_empty() {
        let (found, after) = line(rest);
        if let Some(facts) = strip_prefix(found, "partition ")
            && let Some((name, _)) = scan::split_once(facts, b' ')
        {
            partition = name;
        }
        if let Some(text) = strip_prefix(found, tag)
            && let [place, others @ ..] = free
        {
            *place = RegionRow { text, partition };
            free = others;
        }
        rest = after;
    }
    all
}

/// Whether a host name ends with the DNS suffix of a partition.
pub(super) const fn ends_in_dns_suffix(host: &str) -> bool {
    let mut rows = PARTITIONS.as_slice();
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
