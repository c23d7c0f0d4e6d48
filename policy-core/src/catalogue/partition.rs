//! Partitions and Regions.

use std::fmt;
use std::hash::{Hash, Hasher};

use super::text::details;

const PARTITIONS: &str = include_str!("../../catalogue/partitions.txt");

/// All partitions, by name.
///
/// ```
/// let names: Vec<_> = policy_core::catalogue::partitions().map(|partition| partition.name()).collect();
/// assert!(names.contains(&"aws") && names.contains(&"aws-cn") && names.contains(&"aws-us-gov"));
/// ```
pub fn partitions() -> impl Iterator<Item = Partition> {
    let mut rest = PARTITIONS;
    std::iter::from_fn(move || {
        loop {
            let (line, body) = rest.split_once('\n')?;
            rest = body;
            if let Some((name, dns_suffix)) = line.strip_prefix("partition ").and_then(|row| row.split_once(' ')) {
                return Some(Partition { name, dns_suffix, body });
            }
        }
    })
}

/// The partition with this name, in lowercase as in an ARN.
pub fn partition(name: &str) -> Option<Partition> {
    partitions().find(|partition| partition.name == name)
}

/// The Region with this name. Case matters.
///
/// ```
/// let region = policy_core::catalogue::region("cn-north-1").unwrap();
/// assert_eq!(region.partition().name(), "aws-cn");
/// assert!(policy_core::catalogue::region("eu-middle-1").is_none());
/// ```
pub fn region(name: &str) -> Option<Region> {
    partitions().find_map(|partition| partition.regions().find(|region| region.name == name))
}

/// A partition: a group of Regions with separate accounts, ARNs and host names.
///
/// ```
/// let china = policy_core::catalogue::partition("aws-cn").unwrap();
/// assert_eq!(china.dns_suffix(), "amazonaws.com.cn");
/// assert!(china.regions().map(|region| region.name()).eq(["cn-north-1", "cn-northwest-1"]));
/// ```
#[derive(Clone, Copy)]
pub struct Partition {
    name: &'static str,
    dns_suffix: &'static str,
    body: &'static str,
}

impl Partition {
    /// `aws-us-gov`.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The DNS suffix of its host names: `amazonaws.com`.
    pub fn dns_suffix(&self) -> &'static str {
        self.dns_suffix
    }

    /// The DNS suffix of its dual-stack host names: `api.aws`.
    pub fn dual_stack_dns_suffix(&self) -> &'static str {
        self.values(" dual-stack ").next().unwrap_or_default()
    }

    /// The Region of its global services: `us-east-1`.
    pub fn global_region(&self) -> &'static str {
        self.values(" global-region ").next().unwrap_or_default()
    }

    /// Its Regions, by name.
    pub fn regions(&self) -> impl Iterator<Item = Region> + use<> {
        let partition = *self;
        self.values(" region ").map(move |name| Region { name, partition })
    }

    /// The prefixes of its Region names: `us-gov`.
    pub fn region_prefixes(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.values(" region-prefix ")
    }

    /// Whether a Region opened after the date of the data could have this name: a prefix of this partition, a word and
    /// a number, as in `eu-north-9`.
    ///
    /// ```
    /// let aws = policy_core::catalogue::partition("aws").unwrap();
    /// assert!(aws.could_have_region("eu-middle-1"));
    /// assert!(!aws.could_have_region("cn-middle-1"));
    /// assert!(!aws.could_have_region("eu-middle"));
    /// ```
    pub fn could_have_region(&self, name: &str) -> bool {
        let is_word = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase());
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        self.region_prefixes().any(|prefix| {
            let rest = name.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('-'));
            rest.and_then(|rest| rest.split_once('-'))
                .is_some_and(|(word, number)| is_word(word) && is_number(number))
        })
    }

    fn values(&self, kind: &'static str) -> impl Iterator<Item = &'static str> + use<> {
        details(self.body).filter_map(move |line| line.strip_prefix(kind))
    }
}

impl PartialEq for Partition {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Partition {}

impl Hash for Partition {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl fmt::Debug for Partition {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Partition({})", self.name)
    }
}

/// A Region of a partition.
///
/// ```
/// let region = policy_core::catalogue::region("eu-west-1").unwrap();
/// assert_eq!((region.name(), region.partition().name()), ("eu-west-1", "aws"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Region {
    name: &'static str,
    partition: Partition,
}

impl Region {
    /// `eu-west-1`.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Its partition.
    pub fn partition(&self) -> Partition {
        self.partition
    }
}
