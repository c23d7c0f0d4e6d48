//! The owners of resources that are not accounts.

/// Whether this is the account field of resources that AWS owns: `arn:aws:iam::aws:policy/ReadOnlyAccess`, and
/// `arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E...`.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html>,
/// <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html>
/// Rule groups of Network Firewall are in `aws-managed`:
/// <https://docs.aws.amazon.com/network-firewall/latest/developerguide/nwfw-managed-rule-groups.html>
pub(crate) fn is_owned_by_aws(service: &str, account: &str) -> bool {
    match account {
        "aws" => true,
        "aws-managed" => service == "network-firewall",
        "cloudfront" => service == "iam",
        "offering" => service == "mediaconnect",
        _ => false,
    }
}
