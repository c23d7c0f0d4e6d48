//! Service principals that exist, and those that were meant.

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::catalogue;
use crate::names::{NameKind, principals};
use crate::numbers::Texts;

/// The Regions that are enabled by default, so that a service has the same principal in all of them:
/// <https://docs.aws.amazon.com/assistant/latest/userguide/regions.html#default-regions>
const DEFAULT_REGIONS: [&str; 17] = [
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
];

/// What a service principal has before its domain: `s3.eu-west-1` of `s3.eu-west-1.amazonaws.com`.
pub(in crate::check) fn before_domain(principal: &str) -> Option<&str> {
    let name = principal.strip_suffix(".cn").unwrap_or(principal);
    name.strip_suffix(".amazonaws.com")
}

/// What is known of a service principal.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::check) enum Evidence {
    /// There is evidence for it, or nothing can be said.
    Exists,
    /// It is one slip from another, which was meant.
    Slip(String),
    /// It has a Region that its service has in no principal.
    WithRegion(String),
    /// Nothing names it.
    None,
}

impl Evidence {
    /// Of a principal that is written out.
    pub fn of(written: &str) -> Self {
        // `lambda.amazon.com`, `lambda.aws.amazon.com`: the domains of Amazon's other services have other names.
        if let Some(name) = written.strip_suffix(".amazon.com") {
            let name = name.strip_suffix(".aws").unwrap_or(name);
            let right = format!("{name}.amazonaws.com");
            return if exists(&right) {
                Self::Slip(right)
            } else {
                Self::Exists
            };
        }
        let Some(name) = written.strip_suffix(".amazonaws.com") else {
            return Self::Exists;
        };
        if exists(written) || name.contains(['*', '?', '$']) || begins_with_region(written) {
            return Self::Exists;
        }
        if let Some((service, region)) = name
            .rsplit_once('.')
            .filter(|(_, region)| NameKind::Region.accepts(region))
        {
            let global = format!("{service}.amazonaws.com");
            let is_usual =
                !DEFAULT_REGIONS.contains(&region) || is_known(&format!("{service}.{{region}}.amazonaws.com"));
            return if is_usual || !exists(&global) {
                Self::Exists
            } else {
                Self::WithRegion(global)
            };
        }
        match principals::slip(written, principals::all()) {
            Some(meant) => Self::Slip(meant.to_owned()),
            None => Self::None,
        }
    }
}

/// Whether it is one with its Region before the service: `ap-east-1.elasticache-snapshot.amazonaws.com`.
fn begins_with_region(principal: &str) -> bool {
    principal
        .split_once('.')
        .is_some_and(|(region, rest)| NameKind::Region.accepts(region) && is_known(&format!("{{region}}.{rest}")))
}

/// Whether there is evidence for it, or AWS has a service of that name.
pub(super) fn exists(principal: &str) -> bool {
    let is_service = principal
        .strip_suffix(".amazonaws.com")
        .is_some_and(|name| catalogue::service(name).is_some() || catalogue::removed_service(name).is_some());
    is_service || is_known(principal)
}

fn is_known(principal: &str) -> bool {
    static KNOWN: OnceLock<Texts<'static>> = OnceLock::new();
    KNOWN
        .get_or_init(|| principals::all().iter().copied().map(Cow::Borrowed).collect())
        .contains(principal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_known_and_what_may_exist_is_left_alone() {
        for (written, meant) in [
            ("ecs-task.amazonaws.com", Some("ecs-tasks.amazonaws.com")),
            ("lamda.amazonaws.com", Some("lambda.amazonaws.com")),
            ("cloudtrial.amazonaws.com", Some("cloudtrail.amazonaws.com")),
            ("ec3.amazonaws.com", None),
            ("sagemakr.amazonaws.com", Some("sagemaker.amazonaws.com")),
            ("lambda.amazon.com", Some("lambda.amazonaws.com")),
            ("lambda.aws.amazon.com", Some("lambda.amazonaws.com")),
            ("alexa-appkit.amazon.com", None),
            ("ecs-tasks.amazonaws.com", None),
            ("ecs-tasks.amazonaws.com.cn", None),
            ("quicksight.amazonaws.com", None),
            ("new-service.amazonaws.com", None),
            ("logs.eu-west-1.amazonaws.com", None),
            ("*.amazonaws.com", None),
        ] {
            let evidence = Evidence::of(written);
            let found = match &evidence {
                Evidence::Slip(meant) => Some(meant.as_str()),
                _ => None,
            };
            assert_eq!(found, meant, "{written}: {evidence:?}");
        }
    }

    #[test]
    fn a_region_is_right_where_the_service_or_the_region_has_one() {
        for (written, expected) in [
            (
                "ssm.us-east-1.amazonaws.com",
                Evidence::WithRegion("ssm.amazonaws.com".to_owned()),
            ),
            ("ssm.af-south-1.amazonaws.com", Evidence::Exists),
            ("logs.eu-west-1.amazonaws.com", Evidence::Exists),
            ("states.us-east-1.amazonaws.com", Evidence::Exists),
            ("unknown.us-east-1.amazonaws.com", Evidence::Exists),
            ("tagging.amazonaws.com", Evidence::None),
            ("new-service.amazonaws.com", Evidence::None),
        ] {
            assert_eq!(Evidence::of(written), expected, "{written}");
        }
    }

    #[test]
    fn a_region_is_right_where_the_service_has_one() {
        for written in [
            "redshift.us-east-1.amazonaws.com",
            "ap-east-1.elasticache-snapshot.amazonaws.com",
            "apiv2migration.waf-regional.amazonaws.com",
        ] {
            assert_eq!(Evidence::of(written), Evidence::Exists, "{written}");
        }
        for written in [
            "elasticache-snapshot.amazonaws.com",
            "here.elasticache-snapshot.amazonaws.com",
        ] {
            assert_eq!(Evidence::of(written), Evidence::None, "{written}");
        }
    }

    #[test]
    fn no_principal_is_taken_for_a_slip_of_another() {
        for principal in principals::all() {
            assert_eq!(Evidence::of(principal), Evidence::Exists, "{principal}");
        }
        // A constant cannot look into the catalogue, so that the list has those of its services that are one letter from another.
        for service in catalogue::services() {
            let principal = format!("{}.amazonaws.com", service.prefix());
            assert_eq!(principals::slip(&principal, principals::all()), None, "{principal}");
        }
    }
}
