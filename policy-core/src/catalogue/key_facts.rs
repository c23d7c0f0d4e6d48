//! Properties of condition keys that AWS documents only in prose: their subject, the format of their values, and the
//! principals that have them.
//!
//! The table `key-facts.txt` is shared by all rules: a new AWS key needs one row there.

use std::sync::OnceLock;

use super::text::order;

use crate::collected::CollectVec;

/// The known properties of a key; most keys have none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct KeyFacts {
    name: &'static str,
    /// The subject of the key.
    pub about: Option<About>,
    /// Whether it identifies the owner of the VPC endpoint that a request came through.
    pub is_of_endpoint_owner: bool,
    /// The format of its values.
    pub holds: Option<Holds>,
    /// The format in which its values identify the caller.
    pub limits: Option<Limits>,
    /// The part of its values that must be fixed.
    pub fixed: Option<Fixed>,
    /// Whether AWS sets its value, so that callers cannot choose it.
    pub is_known_to_aws: bool,
    /// The only principals that have it.
    pub brought_by: Option<Bearer>,
    /// The header that AWS takes it from.
    pub header: Option<&'static str>,
    /// Whether AWS includes it in every request.
    pub is_always_sent: bool,
    /// The keys of which it needs at least one to restrict much.
    pub partners: Vec<&'static str>,
}

/// The subject of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum About {
    /// The account or organization of the calling user or role.
    Owner,
    /// Another property of a user or role only.
    Session,
    /// The network location of the request.
    Network,
    /// The source on whose behalf a service makes a request under its own name.
    Source,
    /// Whether a service makes the request, and which one.
    Service,
    /// The owner of the resource.
    ResourceOwner,
}

/// The format of a key's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// An account ID.
    Account,
    /// A Region.
    Region,
    /// An organization ID.
    Organization,
    /// An organization ID, and the root and units below it, each with a slash behind it.
    OrganizationPath,
    /// The ARN of a role, a user, a root user or a federated user, and of no session of a role.
    Principal,
    /// The name of an API operation: `RunInstances`.
    Operation,
    /// A VPC ID.
    Vpc,
    /// A VPC endpoint ID.
    VpcEndpoint,
    /// A service principal.
    Service,
    /// A service principal that can call on behalf of another: `athena.amazonaws.com`, without further labels.
    CallingService,
    /// A service principal with its Region: `s3.eu-west-1.amazonaws.com`.
    RegionalService,
    /// The alias of a KMS key.
    KmsAlias,
    /// An external ID.
    ExternalId,
    /// A role session name.
    SessionName,
    /// A text that can have `*` in it, such as a domain: `*.example.com`.
    Wildcards,
}

/// The format of a key's values that identify a principal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limits {
    /// An ID, without wildcards.
    Id,
    /// An ARN of a single account.
    Arn,
    /// An organization ID with a path below it.
    Path,
    /// The ID of a user, or of a role before a colon.
    UserId,
    /// An address range that is not too wide.
    Addresses,
    /// `true`
    True,
}

/// The part of a value that must be fixed, so that it does not match other parties.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fixed {
    /// All of it.
    Whole,
    /// The organization ID at its start.
    Organization,
    /// The complete part before the colon.
    Id,
}

/// The only principals that have a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bearer {
    /// The members of an organization.
    Organization,
    /// Users and roles with tags.
    Tags,
    /// IAM users.
    Users,
    /// Sessions of an identity provider.
    Federation,
    /// Sessions of a role.
    RoleSessions,
}

/// The properties of the key with this name, in any case; for `aws:PrincipalTag/team` those of `aws:PrincipalTag/`.
pub(crate) fn key_facts(written: &str) -> Option<&'static KeyFacts> {
    let table = table();
    let find = |name: &str| {
        let at = table.binary_search_by(|facts| order(facts.name, name)).ok()?;
        table.get(at)
    };
    match written.find('/') {
        None => find(written),
        Some(slash) => written.get(..=slash).and_then(find),
    }
}

/// Whether a key is of the certificate with which a workload asks IAM Roles Anywhere for a role: the service makes tags of it, and
/// AWS compares them while it authorizes the service's own request.
/// <https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html>
pub(crate) fn is_of_certificate(written: &str, service: &str) -> bool {
    const TAGS: &str = "aws:PrincipalTag/x509";
    let start = written.get(..TAGS.len());
    service == "rolesanywhere.amazonaws.com" && start.is_some_and(|start| start.eq_ignore_ascii_case(TAGS))
}

fn table() -> &'static [KeyFacts] {
    static TABLE: OnceLock<Vec<KeyFacts>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let rows = include_str!("key-facts.txt").lines();
        let mut table: Vec<KeyFacts> = Vec::new();
        for facts in rows.filter(|row| !row.starts_with('#')).map(read) {
            let at = table.partition_point(|other| order(other.name, facts.name).is_lt());
            table.insert(at, facts);
        }
        table
    })
}

/// Parses a row; a test verifies that all its words are known.
fn read(row: &'static str) -> KeyFacts {
    let mut words = row.split(' ');
    let mut facts = KeyFacts {
        name: words.next().unwrap_or_default(),
        ..KeyFacts::default()
    };
    for word in words {
        facts.add(word);
    }
    facts
}

impl KeyFacts {
    /// Adds the property of a word in the key's row, and returns whether the word is known.
    fn add(&mut self, word: &'static str) -> bool {
        let about = match word {
            "owner" => Some(About::Owner),
            "session" => Some(About::Session),
            "network" => Some(About::Network),
            "source" => Some(About::Source),
            "service" => Some(About::Service),
            "resource-owner" => Some(About::ResourceOwner),
            _ => None,
        };
        if about.is_some() {
            let is_first = self.about.is_none();
            self.about = about;
            return is_first;
        }
        match word.split_once('=').unwrap_or((word, "")) {
            ("endpoint-owner", "") => self.is_of_endpoint_owner = true,
            ("always", "") => self.is_always_sent = true,
            ("known-to-aws", "") => self.is_known_to_aws = true,
            ("holds", form) => self.holds = Holds::named(form),
            ("limits", form) => self.limits = Limits::named(form),
            ("fixed", part) => self.fixed = Fixed::named(part),
            ("brought-by", bearer) => self.brought_by = Bearer::named(bearer),
            ("header", header) => self.header = Some(header),
            ("partners", keys) => self.partners = keys.split(',').collect_vec(),
            _ => return false,
        }
        // A value that must be fixed as a whole is set by AWS.
        self.is_known_to_aws |= self.fixed == Some(Fixed::Whole);
        true
    }
}

impl Holds {
    fn named(form: &str) -> Option<Self> {
        Some(match form {
            "account" => Self::Account,
            "region" => Self::Region,
            "organization" => Self::Organization,
            "organization-path" => Self::OrganizationPath,
            "principal" => Self::Principal,
            "operation" => Self::Operation,
            "vpc" => Self::Vpc,
            "vpc-endpoint" => Self::VpcEndpoint,
            "service" => Self::Service,
            "calling-service" => Self::CallingService,
            "regional-service" => Self::RegionalService,
            "kms-alias" => Self::KmsAlias,
            "external-id" => Self::ExternalId,
            "session-name" => Self::SessionName,
            "wildcards" => Self::Wildcards,
            _ => return None,
        })
    }
}

impl Limits {
    fn named(form: &str) -> Option<Self> {
        Some(match form {
            "id" => Self::Id,
            "arn" => Self::Arn,
            "path" => Self::Path,
            "user-id" => Self::UserId,
            "addresses" => Self::Addresses,
            "true" => Self::True,
            _ => return None,
        })
    }
}

impl Fixed {
    fn named(part: &str) -> Option<Self> {
        Some(match part {
            "whole" => Self::Whole,
            "organization" => Self::Organization,
            "id" => Self::Id,
            _ => return None,
        })
    }
}

impl Bearer {
    fn named(bearer: &str) -> Option<Self> {
        Some(match bearer {
            "organization" => Self::Organization,
            "tags" => Self::Tags,
            "users" => Self::Users,
            "federation" => Self::Federation,
            "role-sessions" => Self::RoleSessions,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by it")]

    use super::{About, Bearer, Fixed, Holds, KeyFacts, Limits, key_facts, table};
    use crate::catalogue;

    #[test]
    fn every_word_of_the_table_is_known() {
        for row in include_str!("key-facts.txt")
            .lines()
            .filter(|row| !row.starts_with('#'))
        {
            let mut facts = KeyFacts::default();
            for word in row.split(' ').skip(1) {
                let before = facts.clone();
                assert!(facts.add(word) && facts != before, "{row}: `{word}`");
            }
        }
    }

    #[test]
    fn every_key_of_the_table_is_one_of_aws_and_stands_there_once() {
        for facts in table() {
            let key = match facts.name.strip_suffix('/') {
                Some(_) => format!("{}x", facts.name),
                None => facts.name.to_owned(),
            };
            // A key that has been removed from AWS's tables since.
            let is_old = facts.name == "aws:SourceOwner";
            assert_eq!(catalogue::condition_key(&key).is_none(), is_old, "{}", facts.name);
            assert!(
                facts.partners.iter().all(|partner| key_facts(partner).is_some()),
                "{}",
                facts.name
            );
        }
        let names = || table().iter().map(|facts| facts.name.to_ascii_lowercase());
        let mut once: Vec<String> = names().collect();
        once.dedup();
        assert_eq!(once.len(), names().count());
    }

    #[test]
    fn a_key_is_found_in_any_case_and_one_with_a_tag_by_its_beginning() {
        let facts = key_facts("AWS:principalorgid").unwrap();
        assert_eq!(facts.about, Some(About::Owner));
        assert_eq!(
            (facts.holds, facts.limits),
            (Some(Holds::Organization), Some(Limits::Id))
        );
        assert_eq!((facts.fixed, facts.is_known_to_aws), (Some(Fixed::Whole), true));
        assert_eq!(facts.brought_by, Some(Bearer::Organization));
        assert_eq!(
            key_facts("aws:principaltag/team").unwrap().brought_by,
            Some(Bearer::Tags)
        );
        for unknown in [
            "",
            "aws:PrincipalTag",
            "aws:PrincipalOrg",
            "aws:PrincipalOrgID/x",
            "aws:TagKeys",
            "/",
        ] {
            assert_eq!(key_facts(unknown), None, "{unknown}");
        }
    }
}
