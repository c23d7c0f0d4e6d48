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
