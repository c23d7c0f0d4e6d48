//! What requests are about although the reference gives their action no resource.

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
