//! Names of resources of other services.

use super::account;
use super::host::alphanumeric_ends;
use super::reason::{Fault, Reason, Repair, Why};
use super::scan::{self, Set, check, ends_with, starts_with};

/// `[\.\-_/#A-Za-z0-9]+`.
/// <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html>
pub(super) const fn log_group_name(text: &str) -> Result<(), Reason> {
    if starts_with(text, "arn:") {
        return Err(Reason::clause("it is an ARN; the name is after `log-group:`"));
    }
    if ends_with(text, ":*") {
        return Err(
            Reason::clause("it ends with `:*`, which the policy adds after the name").repaired(Repair::Keep {
                start: 0,
                end: text.len() - 2,
            }),
        );
    }
    if starts_with(text, "aws/") {
        return Err(Reason::piece(0, 4, "is a log group prefix that AWS reserves"));
    }
    scan::only(text, Set::ALPHANUMERIC.and(".-_/#"))
}

/// `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/...)*`: words separated by `.`, `_`, `__` or hyphens, in parts separated by
/// slashes.
/// <https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html>
pub(super) const fn ecr_repository_name(text: &str) -> Result<(), Reason> {
    if starts_with(text, "arn:") {
        return Err(Reason::clause("it is an ARN; the name is after `repository/`"));
    }
    check!(scan::only(text, Set::LOWER_DIGIT.and("._-/")));
    check!(alphanumeric_ends(text));
    let mut position = 2;
    let mut rest = text.as_bytes();
    loop {
        rest = match rest {
            [_, separator @ (b'.' | b'_' | b'-' | b'/'), tail @ ..] => {
                let mut same = 0;
                let mut after = tail;
                while let [next, further @ ..] = after
                    && *next == *separator
                {
                    same += 1;
                    after = further;
                }
                let most = match separator {
                    b'-' => usize::MAX,
                    b'_' => 1,
                    _ => 0,
                };
                match after {
                    _ if same > most => {
                        return Err(Reason::character(
                            *separator as char,
                            position + most + 1,
                            Why::Repeated,
                        ));
                    }
                    [next, ..] if !Set::LOWER_DIGIT.has(*next) => {
                        return Err(Reason::character(*next as char, position + same + 1, Why::Repeated));
                    }
                    _ => {}
                }
                position += same + 2;
                after
            }
            [_, tail @ ..] => {
                position += 1;
                tail
            }
            [] => return Ok(()),
        }
    }
}

/// A resource of any other service, as in the last part of an ARN.
pub(super) const fn resource_name(text: &str) -> Result<(), Reason> {
    if starts_with(text, "arn:") {
        return Err(Reason::clause("it is an ARN; write only its last part"));
    }
    scan::only(text, Set::DOCUMENT.without(":"))
}

/// `vpc-` or `vpce-` and 8 or 17 hexadecimal digits, as Access Analyzer requires ('Invalid vpc format').
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>
pub(super) const fn vpc_id(text: &str) -> Result<(), Reason> {
    hexadecimal_after(text, "vpc-", "it does not start with `vpc-`")
}

/// See [`vpc_id`].
pub(super) const fn vpc_endpoint_id(text: &str) -> Result<(), Reason> {
    hexadecimal_after(text, "vpce-", "it does not start with `vpce-`")
}

const fn hexadecimal_after(text: &str, prefix: &str, without: &'static str) -> Result<(), Reason> {
    check!(account::id_after(text, prefix, without));
    let (_, id) = scan::split(text, prefix.len());
    if let Err(reason) = scan::only(id, Set::LOWER_HEX) {
        return Err(match id.len() {
            8 | 17 => reason.within("hexadecimal part", prefix.len(), text.len()),
            // It is a name, not an ID with a typo.
            _ => Reason::piece(prefix.len(), text.len(), "is not a hexadecimal number"),
        });
    }
    match id.len() {
        8 | 17 => Ok(()),
        has => Err(Reason::new(Fault::Digits {
            has,
            clause: " after the hyphen, and must have 8 or 17",
        })),
    }
}
