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

/// Of the other characters a service documents, none counts: AWS gives resources names that its API accepts from nobody.
pub(super) const fn resource_id(text: &str) -> Result<(), Reason> {
    check!(not_an_arn(text));
    scan::only(text, Set::DOCUMENT.without(":/"))
}

/// `[a-zA-Z0-9_-]+`.
/// <https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html>,
/// <https://docs.aws.amazon.com/lambda/latest/api/API_PublishLayerVersion.html>,
/// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html>,
/// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html>,
/// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html>
pub(super) const fn plain_name(text: &str) -> Result<(), Reason> {
    check!(not_an_arn(text));
    scan::only(text, Set::WORD.and("-"))
}

/// `[a-zA-Z0-9_.-]+`.
/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html>,
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html>,
/// <https://docs.aws.amazon.com/firehose/latest/APIReference/API_CreateDeliveryStream.html>,
/// <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html>
pub(super) const fn dotted_name(text: &str) -> Result<(), Reason> {
    check!(not_an_arn(text));
    scan::only(text, Set::WORD.and(".-"))
}

/// Letters, digits, underscores and hyphens, and `.fifo` at the end of the name of a FIFO queue or topic.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html>,
/// <https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html>
pub(super) const fn fifo_name(text: &str) -> Result<(), Reason> {
    const FIFO: &str = ".fifo";
    check!(not_an_arn(text));
    if starts_with(text, "https://") {
        return Err(Reason::clause("it is a URL; the name is after its last `/`"));
    }
    let name = if ends_with(text, FIFO) {
        scan::split(text, text.len() - FIFO.len()).0
    } else {
        text
    };
    if name.is_empty() {
        return Err(Reason::clause("there is nothing before `.fifo`"));
    }
    scan::only(name, Set::WORD.and("-"))
}

/// Anything but white space, wildcards, brackets, control characters and some punctuation.
/// <https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html>,
/// <https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateActivity.html>
pub(super) const fn state_machine_name(text: &str) -> Result<(), Reason> {
    check!(not_an_arn(text));
    scan::only(text, Set::DOCUMENT.without(" <>{}[]?*\"#%\\^|~`$&,;:/"))
}

/// `[/\.\-_A-Za-z0-9]+`.
/// <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html>
pub(super) const fn event_bus_name(text: &str) -> Result<(), Reason> {
    check!(not_an_arn(text));
    scan::only(text, Set::WORD.and("/.-"))
}

/// Letters, digits and `.-_`, with `/` between levels.
/// <https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html>
pub(super) const fn parameter_name(text: &str) -> Result<(), Reason> {
    check!(not_an_arn(text));
    check!(scan::only(text, Set::WORD.and("./-")));
    if starts_with(text, "//") {
        return Err(Reason::clause("it starts with more than one `/`"));
    }
    if ends_with(text, "/") {
        return Err(Reason::clause("it ends with `/`"));
    }
    Ok(())
}

/// `[0-9A-Za-z][A-Za-z0-9\-_]*`.
/// <https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html>
pub(super) const fn eks_cluster_name(text: &str) -> Result<(), Reason> {
    check!(plain_name(text));
    first_is(text, Set::ALPHANUMERIC)
}

/// `[a-zA-Z][-a-zA-Z0-9]*`.
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html>
pub(super) const fn stack_name(text: &str) -> Result<(), Reason> {
    check!(not_an_arn(text));
    check!(scan::only(text, Set::ALPHANUMERIC.and("-")));
    first_is(text, Set::ALPHANUMERIC.without("0123456789"))
}

const fn first_is(text: &str, set: Set) -> Result<(), Reason> {
    match text.as_bytes() {
        [first, ..] if !set.has(*first) => Err(Reason::character(*first as char, 1, Why::First)),
        _ => Ok(()),
    }
}

const fn not_an_arn(text: &str) -> Result<(), Reason> {
    if starts_with(text, "arn:") {
        return Err(Reason::clause("it is an ARN; write only the name"));
    }
    Ok(())
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

/// See [`vpc_id`]. The IDs of other EC2 resources have the same form.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html>
pub(super) const fn instance_id(text: &str) -> Result<(), Reason> {
    hexadecimal_after(text, "i-", "it does not start with `i-`")
}

/// See [`instance_id`].
pub(super) const fn volume_id(text: &str) -> Result<(), Reason> {
    hexadecimal_after(text, "vol-", "it does not start with `vol-`")
}

/// See [`instance_id`].
pub(super) const fn snapshot_id(text: &str) -> Result<(), Reason> {
    hexadecimal_after(text, "snap-", "it does not start with `snap-`")
}

/// See [`instance_id`].
pub(super) const fn image_id(text: &str) -> Result<(), Reason> {
    hexadecimal_after(text, "ami-", "it does not start with `ami-`")
}

/// See [`instance_id`].
pub(super) const fn subnet_id(text: &str) -> Result<(), Reason> {
    hexadecimal_after(text, "subnet-", "it does not start with `subnet-`")
}

/// See [`instance_id`].
pub(super) const fn security_group_id(text: &str) -> Result<(), Reason> {
    hexadecimal_after(text, "sg-", "it does not start with `sg-`")
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

/// A part of an ARN of which nothing else is known.
pub(super) const fn resource_part(text: &str) -> Result<(), Reason> {
    if starts_with(text, "arn:") {
        return Err(Reason::clause("it is an ARN; write only the part"));
    }
    scan::only(text, Set::DOCUMENT)
}
