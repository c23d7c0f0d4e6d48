//! Partitions and their Regions, as values.

use crate::names::region;
use crate::names::{Partition, Region};

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
        region::partitions().map(Partition::from_static)
    }

    /// The DNS suffix of the partition: `amazonaws.com`, `amazonaws.com.cn`.
    pub fn dns_suffix(&self) -> &'static str {
        region::partition_rows()
            .iter()
            .find(|row| row.name == self.as_str())
            .map_or("", |row| row.dns_suffix)
    }

    /// The Regions of this partition in the catalogue.
    pub fn regions(&self) -> impl Iterator<Item = Region> {
        region::regions()
            .iter()
            .filter(|row| row.partition == self.as_str())
            .map(|row| Region::from_static(row.text))
    }

    /// The partition with the most similar name, for a misspelled one.
    pub fn nearest(text: &str) -> Option<Partition> {
        region::nearest_partition(text).map(Partition::from_static)
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
        region::partition_of(self.as_str()).map_or(Partition::AWS, Partition::from_static)
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
        region::is_known(self.as_str())
    }

    /// The known Region with the most similar name, for a misspelled one.
    pub fn nearest(text: &str) -> Option<Region> {
        region::nearest(text).map(Region::from_static)
    }
}
