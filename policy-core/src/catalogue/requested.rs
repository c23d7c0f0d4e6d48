//! What requests are about although the reference gives their action no resource.

#[cfg(feature = "evaluate")]
use super::{ResourceType, service};
#[cfg(feature = "evaluate")]
use crate::arn::{Field, write};
#[cfg(feature = "evaluate")]
use crate::kebab::letters;

/// Service, action, the last field of the ARN.
/// - <https://github.com/hashicorp/terraform-provider-aws/issues/8804>: a refusal names it
/// - <https://docs.aws.amazon.com/AmazonS3/latest/userguide/walkthrough1.html>
const REQUESTED: [(&str, &str, &str); 2] = [
    ("logs", "DescribeLogGroups", "log-group::log-stream:"),
    ("s3", "ListAllMyBuckets", "*"),
];

/// The last field of the ARN that requests for an action, in any case, are about.
pub(crate) fn requested(service: &str, action: &str) -> Option<&'static str> {
    let mut rows = REQUESTED.iter();
    let (_, _, resource) =
        rows.find(|(of, name, _)| of.eq_ignore_ascii_case(service) && name.eq_ignore_ascii_case(action))?;
    Some(resource)
}

/// The services and the last fields of the ARNs that a request for `*` with an action may be about, whatever the reference says of
/// its resources: refusals name all of the type that the action names, `user/` for `iam:ListUsers` and `table/*` for
/// `dynamodb:ListTables`, or nothing, as for `sqs:ListQueues`.
/// <https://github.com/hashicorp/aws-sdk-go-base> quotes such a refusal in a test.
#[cfg(feature = "evaluate")]
pub(crate) fn may_be_requested(prefix: &str, action: &str) -> Vec<(String, String)> {
    let own = ["*", ""].into_iter().chain(requested(prefix, action));
    let mut all: Vec<(String, String)> = own.map(|last| (prefix.to_owned(), last.to_owned())).collect();
    let action = letters(action);
    let types = service(prefix).into_iter().flat_map(super::Service::resource_types);
    for format in types
        .filter(|kind| names(&action, *kind))
        .flat_map(|kind| kind.arn_formats())
    {
        let (service, last) = (format.field(Field::Service), format.field(Field::Resource));
        let start = last.split("${").next().unwrap_or_default();
        for last in [start.to_owned(), format!("{start}*"), write::any(last)] {
            all.push((service.to_owned(), last));
        }
    }
    all
}

/// Whether an action is named after a resource type, as `ListPolicies` after `policy`. Of EC2's, AWS says that they are for `*` alone.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ExamplePolicies_EC2.html>
#[cfg(feature = "evaluate")]
fn names(action: &str, kind: ResourceType) -> bool {
    let name = letters(kind.name());
    let stem = name.strip_suffix('y').unwrap_or(&name);
    !stem.is_empty() && action.contains(stem) && kind.service().prefix() != "ec2"
}
