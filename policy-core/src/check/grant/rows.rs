//! Tables of actions, sorted by service.

use std::ops::Range;

/// Where the rows of a service stand.
pub(super) fn rows_of<T>(table: &[T], service_of: impl Fn(&T) -> &'static str, service: &str) -> Range<usize> {
    let start = table.partition_point(|row| service_of(row) < service);
    let end = table.partition_point(|row| service_of(row) <= service);
    start..end
}
