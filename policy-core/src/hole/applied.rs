//! The check of a whole ARN whose type a macro does not see, by the compiler.

use crate::names::is_same_format;

/// Panics with the message, in a constant, unless ARNs of this format are among those that the actions of a statement apply to.
///
/// ```
/// use policy_core::__macro::v1::hole::assert_applied;
///
/// const QUEUE: &str = "arn:${Partition}:sqs:${Region}:${Account}:${QueueName}";
/// const _: () = assert_applied(QUEUE, &[QUEUE], "write `QueueArn`");
/// ```
///
/// # Panics
///
/// If none of the formats is the same.
#[allow(clippy::panic, reason = "in a constant a panic is the compile error")]
#[track_caller]
pub const fn assert_applied(format: &str, mut applied: &[&str], message: &str) {
    while let [one, rest @ ..] = applied {
        if is_same_format(format, one) {
            return;
        }
        applied = rest;
    }
    panic!("{}", message);
}

/// The same for a hole with text after it: `formats` are those that the text can follow, and `alone` those that it cannot follow,
/// though the actions apply to them without it, which has a message of its own.
///
/// ```
/// use policy_core::__macro::v1::hole::assert_continued;
///
/// const BUCKET: &str = "arn:${Partition}:s3:::${BucketName}";
/// const _: () = assert_continued(BUCKET, &[BUCKET], &[], "write `BucketArn`", "write `<bucket>`");
/// ```
///
/// # Panics
///
/// If none of `formats` is the same.
#[allow(clippy::panic, reason = "in a constant a panic is the compile error")]
#[track_caller]
pub const fn assert_continued(format: &str, formats: &[&str], mut alone: &[&str], other: &str, text: &str) {
    let mut message = other;
    while let [one, rest @ ..] = alone {
        if is_same_format(format, one) {
            message = text;
        }
        alone = rest;
    }
    assert_applied(format, formats, message);
}
