//! The ARN that was meant, by one rule for the names, whose errors suggest it, and the checker, whose findings say what to write.

use std::ops::Range;

use crate::names::{NameKind, region};

/// The ARN in this partition, if one is given, and without these bytes.
pub(crate) fn moved(arn: &str, partition: Option<&str>, without: Range<usize>) -> Option<String> {
    let kept = [arn.get(..without.start)?, arn.get(without.end..)?].concat();
    let Some(partition) = partition else {
        return Some(kept);
    };
    let (_, rest) = kept.strip_prefix("arn:")?.split_once(':')?;
    Some(format!("arn:{partition}:{rest}"))
}

/// The ARN of the queue that has this URL, whose Region and account may be holes:
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html>
pub(crate) fn of_queue_url(url: &str) -> Option<String> {
    let (host, path) = url.strip_prefix("https://sqs.")?.split_once('/')?;
    let (region, domain) = host.split_once('.')?;
    let (account, name) = path.split_once('/')?;
    let partition = match region::partition_of(region).filter(|_| NameKind::Region.accepts(region)) {
        Some(partition) => partition,
        None if region.starts_with('<') => "<partition>",
        None if region.starts_with("${AWS::") => "${AWS::Partition}",
        None => return None,
    };
    let is_name = !name.is_empty() && !name.contains('/') && !domain.is_empty();
    is_name.then(|| format!("arn:{partition}:sqs:{region}:{account}:{name}"))
}
