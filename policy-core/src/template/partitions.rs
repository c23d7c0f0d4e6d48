//! The partitions of the values that fill a template.
//!
//! A principal and the resources that it can access are in one partition: an ARN of another one matches nothing, without an error.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>

use std::error::Error;
use std::fmt;

use super::Fill;
use crate::arn::ArnPattern;
use crate::names::{Partition, Region};
use crate::shown::Shown;

/// The error for values of a template that are of different partitions, from the methods `try_to_json` and `try_to_policy` that
/// `policy!` gives a template with several Regions or ARNs.
///
/// ```
/// use policy_core::names::QueueArn;
/// # use policy_core::__macro::v1::template::one_partition;
///
/// let beijing = QueueArn::from_static("arn:aws-cn:sqs:cn-north-1:111122223333:orders");
/// let ireland = QueueArn::from_static("arn:aws:sqs:eu-west-1:111122223333:orders");
/// # let error = one_partition(&[("from", &ireland), ("to", &beijing)]).unwrap_err();
/// // As `try_to_json` of a template with the fields `from` and `to` returns it:
/// assert_eq!(
///     error.to_string(),
///     "the values are of different partitions: `from` is of `aws`, and `to` is of `aws-cn` \
///      (`arn:aws-cn:sqs:cn-north-1:111122223333:orders`); pass a value of `aws` as `to`, or make a policy for each partition"
/// );
/// assert_eq!((error.field(), error.partition().as_str()), (Some("to"), "aws-cn"));
/// assert_eq!((error.other_field(), error.other_partition().as_str()), (Some("from"), "aws"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartitionError(Box<Both>);

/// Boxed, to keep results small.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Both {
    first: Of,
    other: Of,
}

/// A value, and its partition.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Of {
    /// Empty for an ARN that is written in the template.
    field: &'static str,
    value: String,
    partition: Partition,
}

impl Of {
    fn field(&self) -> Option<&'static str> {
        Some(self.field).filter(|field| !field.is_empty())
    }

    /// As a message names it.
    fn shown(&self) -> String {
        match self.field() {
            Some(field) => format!("`{field}`"),
            None => format!("the template's own `{}`", self.value),
        }
    }
}

impl PartitionError {
    /// The field whose value is of a different partition than the first; `None` for an ARN that is written in the template.
    pub fn field(&self) -> Option<&'static str> {
        self.0.other.field()
    }

    /// The value of the field, or of its list.
    pub fn value(&self) -> &str {
        &self.0.other.value
    }

    /// The partition of the value.
    pub fn partition(&self) -> &Partition {
        &self.0.other.partition
    }

    /// The first field that has a partition; `None` for an ARN that is written in the template.
    pub fn other_field(&self) -> Option<&'static str> {
        self.0.first.field()
    }

    /// Its partition.
    pub fn other_partition(&self) -> &Partition {
        &self.0.first.partition
    }
}

impl fmt::Display for PartitionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Both { first, other } = &*self.0;
        let (one, two) = (&first.partition, &other.partition);
        write!(
            f,
            "the values are of different partitions: {} is of `{one}`, and {} is of `{two}`",
            Shown(first.shown()),
            Shown(other.shown())
        )?;
        match (other.field(), first.field()) {
            (Some(field), _) => write!(f, " (`{}`); pass a value of `{one}` as `{field}`", Shown(&other.value))?,
            (None, Some(field)) => write!(f, "; pass a value of `{two}` as `{field}`")?,
            (None, None) => f.write_str("; write `<partition>` in the template")?,
        }
        f.write_str(", or make a policy for each partition")
    }
}

impl Error for PartitionError {}

/// Whether all values are of one partition: each with the name of its field, or an ARN of the template without a name. What is not an
/// ARN, a Region or a partition has none.
pub fn one_partition(values: &[(&'static str, &dyn Fill)]) -> Result<(), PartitionError> {
    let mut first: Option<Of> = None;
    for (field, fill) in values {
        for index in 0..fill.count() {
            let value = fill.get(index);
            let Some(partition) = partition_of(value) else { continue };
            let of = Of {
                field,
                value: value.to_owned(),
                partition,
            };
            match &first {
                None => first = Some(of),
                Some(first) if first.partition == of.partition => {}
                Some(first) => {
                    return Err(PartitionError(Box::new(Both {
                        first: first.clone(),
                        other: of,
                    })));
                }
            }
        }
    }
    Ok(())
}

/// A value of a template, of any type.
pub struct Value<'v, V>(pub &'v V);

impl<'v, V: Fill> Value<'v, V> {
    /// The value.
    pub fn fill(&self) -> &'v dyn Fill {
        self.0
    }
}

/// The same for types that cannot fill a hole, which have been reported: of them nothing is asked.
pub trait AnyValue {
    /// No value.
    fn fill(&self) -> &'static dyn Fill {
        &""
    }
}

impl<V> AnyValue for Value<'_, V> {}

fn partition_of(value: &str) -> Option<Partition> {
    match ArnPattern::parse(value) {
        Ok(arn) => Partition::new(arn.partition().as_str()).ok(),
        Err(_) => Region::new(value)
            .map(|region| region.partition())
            .or_else(|_| Partition::new(value))
            .ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Fill, one_partition};
    use crate::names::{AccountId, BucketArn, Partition, QueueArn, Region};
    use crate::policy::NonEmpty;

    #[test]
    fn the_first_value_of_a_different_partition_is_named_with_what_to_pass() {
        let (ireland, beijing) = (Region::from_static("eu-west-1"), Region::from_static("cn-north-1"));
        let queue = QueueArn::from_static("arn:aws-us-gov:sqs:us-gov-west-1:111122223333:orders");
        let buckets = NonEmpty::from([
            BucketArn::from_static("arn:aws:s3:::one"),
            BucketArn::from_static("arn:aws-cn:s3:::two"),
        ]);
        let account = AccountId::from_static("111122223333");
        let own = "arn:aws-cn:s3:::exports/*";
        let told =
            |values: &[(&'static str, &dyn Fill)]| one_partition(values).map_err(|error| error.to_string()).err();
        let prefix = "the values are of different partitions: ";
        let suffix = ", or make a policy for each partition";
        for (told, wanted) in [
            (
                told(&[
                    ("region", &ireland),
                    ("account", &account),
                    ("partition", &Partition::AWS),
                ]),
                None,
            ),
            (told(&[("region", &None::<Region>), ("to", &beijing)]), None),
            (
                told(&[("region", &ireland), ("to", &beijing)]),
                Some("`region` is of `aws`, and `to` is of `aws-cn` (`cn-north-1`); pass a value of `aws` as `to`"),
            ),
            (
                told(&[("buckets", &buckets), ("queue", &queue)]),
                Some(
                    "`buckets` is of `aws`, and `buckets` is of `aws-cn` (`arn:aws-cn:s3:::two`); pass a value of `aws` as `buckets`",
                ),
            ),
            (
                told(&[("queue", &Some(queue)), ("", &own)]),
                Some(
                    "`queue` is of `aws-us-gov`, and the template's own `arn:aws-cn:s3:::exports/*` is of `aws-cn`; pass a value of `aws-cn` as `queue`",
                ),
            ),
            (
                told(&[("partition", &Partition::AWS), ("region", &beijing)]),
                Some(
                    "`partition` is of `aws`, and `region` is of `aws-cn` (`cn-north-1`); pass a value of `aws` as `region`",
                ),
            ),
        ] {
            assert_eq!(told, wanted.map(|wanted| format!("{prefix}{wanted}{suffix}")));
        }
    }
}
