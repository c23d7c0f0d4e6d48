//! Names of single resources of other services.

use super::account;
use super::host::alphanumeric_ends;
use super::reason::{Fault, Reason, Repair, Why};
use super::scan::{self, Set, check, ends_with, starts_with};

/// `[\.\-_/#A-Za-z0-9]+`.
/// <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html>
pub(super) const fn log_group_name(text: &str) -> Result<(), Reason> {
    if starts_with(text, "arn:") {
        return Err(Reason::clause(
            "it is an ARN, and the name stands after its `log-group:`",
        ));
    }
    if ends_with(text, ":*") {
        return Err(
            Reason::clause("it ends in `:*`, which the policy writes after the name").repaired(Repair::Keep {
                start: 0,
                end: text.len() - 2,
            }),
        );
    }
    if starts_with(text, "aws/") {
        return Err(Reason::piece(0, 4, "begins no log group's name: AWS reserves it"));
    }
    scan::only(text, Set::ALPHANUMERIC.and(".-_/#"))
}

/// `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/...)*`: words with `.`, `_`, `__` or hyphens between, and slashes between
/// those.
/// <https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html>
pub(super) const fn ecr_repository_name(text: &str) -> Result<(), Reason> {
    if starts_with(text, "arn:") {
        return Err(Reason::clause(
            "it is an ARN, and the name stands after its `repository/`",
        ));
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

/// One thing of any other service, as it stands in the last part of an ARN.
pub(super) const fn resource_name(text: &str) -> Result<(), Reason> {
    if starts_with(text, "arn:") {
        return Err(Reason::clause("it is an ARN, and only the last part of one is wanted"));
    }
    scan::only(text, Set::DOCUMENT.without(":"))
}

/// `vpc-` or `vpce-` and 8 or 17 hexadecimal digits, as Access Analyzer wants them ('Invalid vpc format').
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>
pub(super) const fn vpc_id(text: &str) -> Result<(), Reason> {
    hexadecimal_after(text, "vpc-", "it does not begin with `vpc-`")
}

/// See [`vpc_id`].
pub(super) const fn vpc_endpoint_id(text: &str) -> Result<(), Reason> {
    hexadecimal_after(text, "vpce-", "it does not begin with `vpce-`")
}

const fn hexadecimal_after(text: &str, prefix: &str, without: &'static str) -> Result<(), Reason> {
    check!(account::id_after(text, prefix, without));
    let (_, id) = scan::split(text, prefix.len());
    if let Err(reason) = scan::only(id, Set::LOWER_HEX) {
        return Err(match id.len() {
            8 | 17 => reason.within("hexadecimal part", prefix.len(), text.len()),
            // A name, and no id with a slip in it.
            _ => Reason::piece(prefix.len(), text.len(), "is no hexadecimal number"),
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
