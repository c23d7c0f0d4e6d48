//! Values of condition keys in a request. Unlike those of a policy they are never patterns.

use crate::arn::ArnPattern;
use crate::catalogue::{self, Holds, Scalar};
use crate::check::request::{RequestMistake, in_condition, mistakes, one, service, text};
use crate::collected::CollectVec;
use crate::document::{Node, Place, Text};
use crate::finding::Code;
use crate::names::{AssumedRoleArn, NameKind, Region, RoleName};
use crate::spelling::nearest;

/// The mistakes of a value whose key holds text in a known form: an account ID, a Region, an ARN. `service` is the one that makes the
/// request, if one does: some send ARNs of their own resources only.
pub(crate) fn of_text(service: Option<&str>, action: &str, key: &Text<'_>, value: &Node<'_>) -> Vec<RequestMistake> {
    let (name, written) = (key.written(), text(value));
    let wrong = |message: String| RequestMistake::new(value.place, message);
    let holds = catalogue::key_facts(name).and_then(|facts| facts.holds);
    let message = match holds {
        Some(holds) => of_holder(name, holds, written),
        None if name.eq_ignore_ascii_case("aws:username") => of_name(NameKind::UserName, written),
        None if name.eq_ignore_ascii_case("aws:PrincipalType") => of_principal_type(name, written),
        None => None,
    };
    if let Some(message) = message {
        return vec![wrong(message)];
    }
    let unknown = match holds {
        Some(Holds::Service | Holds::CallingService) => service::unknown_service(value),
        Some(Holds::RegionalService) => service::unknown_in_region(value),
        _ => None,
    };
    if let Some(mistake) = unknown {
        return vec![mistake];
    }
    let is_arn = catalogue::condition_key(name).is_some_and(|key| key.accepts(Scalar::Arn));
    if !is_arn || !written.starts_with("arn:") {
        return Vec::new();
    }
    if let Some(message) = one::pattern(written) {
        return vec![wrong(message)];
    }
    let is_of_several = catalogue::condition_key(name).is_some_and(|key| key.value_type().multivalued);
    let operator = if is_of_several {
        "ForAnyValue:ArnEquals"
    } else {
        "ArnEquals"
    };
    let mut found = in_condition(service, action, operator, key, Place::default(), value.clone());
    let is_region = ArnPattern::parse(written).is_ok_and(|arn| super::is_in_partition(&arn));
    found.retain(|finding| finding.code() != Code::InvalidArnRegion || !is_region);
    mistakes(&found, &OF_ARNS.map(|code| (code, "")))
}

const OF_ARNS: [Code; 6] = [
    Code::InvalidArnAccount,
    Code::InvalidArnPrefix,
    Code::InvalidArnRegion,
    Code::InvalidArnServiceCase,
    Code::InvalidPartition,
    Code::TypeMismatchArn,
];

fn of_name(kind: NameKind, text: &str) -> Option<String> {
    kind.check(text).err().map(|error| error.to_string())
}

fn of_holder(key: &str, holds: Holds, text: &str) -> Option<String> {
    match holds {
        Holds::Account => of_name(NameKind::AccountId, text),
        Holds::Region => of_name(NameKind::Region, text),
        Holds::Organization => of_name(NameKind::OrganizationId, text),
        Holds::OrganizationPath => of_path(key, text),
        Holds::Principal => of_principal(key, text),
        Holds::Operation => text.contains([':', '*', '?']).then(|| {
            let operation = text.rsplit(':').next().filter(|name| !name.contains(['*', '?']));
            let write = operation.filter(|name| !name.is_empty()).unwrap_or("RunInstances");
            format!("`{key}` holds the name of one API operation, not `{text}`; write it as in `{write}`")
        }),
        Holds::Vpc => of_name(NameKind::VpcId, text),
        Holds::VpcEndpoint => of_name(NameKind::VpcEndpointId, text),
        Holds::Service | Holds::CallingService => of_name(NameKind::ServicePrincipal, text),
        Holds::RegionalService => of_name(NameKind::ServicePrincipal, text).or_else(|| {
            let has_region = text.split('.').any(|label| Region::new(label).is_ok());
            let service = text.split('.').next().unwrap_or("s3");
            (!has_region).then(|| {
                format!(
                    "`{key}` holds a service with its Region, not `{text}`; write the Region behind the service, as in \
                     `{service}.eu-west-1.amazonaws.com`"
                )
            })
        }),
        Holds::KmsAlias => of_name(NameKind::KmsAlias, text),
        Holds::ExternalId => of_name(NameKind::ExternalId, text),
        Holds::SessionName => of_name(NameKind::SessionName, text),
        Holds::Wildcards => None,
    }
}

/// `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/`: the organization, its root and the units below it, each with a slash.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgpaths>
fn of_path(key: &str, text: &str) -> Option<String> {
    let mut parts = text.split('/');
    let organization = parts.next().unwrap_or_default();
    let below: Vec<&str> = parts.collect_vec();
    let is_path = NameKind::OrganizationId.check(organization).is_ok()
        && below.first().is_some_and(|root| root.starts_with("r-"))
        && below.last().is_some_and(|end| end.is_empty())
        && !text.contains(['*', '?']);
    (!is_path).then(|| {
        format!(
            "`{key}` holds the path of an account in its organization, not `{text}`; write the organization, the root and the units, \
             each with a slash behind it, as in `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/`"
        )
    })
}

/// The ARN of a user, role, root user or federated user.
fn of_principal(key: &str, text: &str) -> Option<String> {
    if let Ok(session) = AssumedRoleArn::new(text) {
        let (partition, account, role): (_, _, RoleName) = (session.partition(), session.account_id(), session.role());
        return Some(format!(
            "`{key}` holds the ARN of the role, not that of its session; write `arn:{partition}:iam::{account}:role/{role}`, with the path \
             of the role if it has one"
        ));
    }
    let resource = ArnPattern::parse(text).map_or_else(|_| String::new(), |arn| arn.resource().as_str().to_owned());
    let kind = match resource.split('/').next().unwrap_or_default() {
        "user" => "UserArn",
        "root" => "AccountRootArn",
        "federated-user" => "FederatedUserArn",
        _ => "RoleArn",
    };
    NameKind::from_type_name(kind).and_then(|kind| of_name(kind, text))
}

/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable>
const PRINCIPAL_TYPES: [&str; 5] = ["Account", "User", "FederatedUser", "AssumedRole", "Anonymous"];

fn of_principal_type(key: &str, text: &str) -> Option<String> {
    let write = || {
        let all = || {
            format!(
                "one of {}",
                PRINCIPAL_TYPES.map(|known| format!("`{known}`")).join(", ")
            )
        };
        nearest(text, PRINCIPAL_TYPES).map_or_else(all, |near| format!("`{near}`"))
    };
    let is_type = PRINCIPAL_TYPES.contains(&text);
    (!is_type).then(|| format!("`{key}` is never `{text}`; write {}", write()))
}
