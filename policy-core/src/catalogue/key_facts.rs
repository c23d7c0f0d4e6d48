//! What AWS says of single condition keys in prose only: whom they are about, what their values look like, who brings them.
//!
//! One table, `key-facts.txt`, for all rules that ask: a key that is new to AWS is one row there.

use std::sync::OnceLock;

use super::text::order;

/// What is known of a key. Nothing of most.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct KeyFacts {
    name: &'static str,
    /// What it is about.
    pub about: Option<About>,
    /// Whether it says whose the VPC endpoint is that a request came through.
    pub is_of_endpoint_owner: bool,
    /// The form of its values.
    pub holds: Option<Holds>,
    /// The form in which its values say who asks.
    pub limits: Option<Limits>,
    /// What of its values has to be fixed.
    pub fixed: Option<Fixed>,
    /// Whether AWS itself gives it its value, and no caller does.
    pub is_known_to_aws: bool,
    /// Who alone brings it.
    pub brought_by: Option<Bearer>,
    /// The header from which AWS takes it.
    pub header: Option<&'static str>,
    /// The keys without one of which it says little.
    pub partners: Vec<&'static str>,
}

/// What a key is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum About {
    /// Whose the calling user or role is.
    Owner,
    /// What else only a user or a role has.
    Session,
    /// From where the request comes.
    Network,
    /// For whom a service makes a request under its own name.
    Source,
    /// Whether a service makes the request, and which.
    Service,
    /// Whose the resource is.
    ResourceOwner,
}

/// The form of a key's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// An account id.
    Account,
    /// A Region.
    Region,
    /// An organization's id.
    Organization,
    /// A VPC's id.
    Vpc,
    /// A VPC endpoint's id.
    VpcEndpoint,
    /// A service principal.
    Service,
    /// One in whose name another could be called: `athena.amazonaws.com`, and no more words than that.
    CallingService,
    /// One with its Region: `s3.eu-west-1.amazonaws.com`.
    RegionalService,
    /// The alias of a KMS key.
    KmsAlias,
    /// An external id.
    ExternalId,
    /// The name of a role's session.
    SessionName,
}

/// What the values of a key look like when they name someone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limits {
    /// An id, without any wildcard.
    Id,
    /// An ARN of one account.
    Arn,
    /// An organization's id, and what is below it.
    Path,
    /// The id of a user, or of a role before a colon.
    UserId,
    /// A range of addresses that is not too wide.
    Addresses,
    /// `true`
    True,
}

/// What of a value has to be fixed, lest it takes in strangers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fixed {
    /// All of it.
    Whole,
    /// The beginning, which is that of an organization's id.
    Organization,
    /// What stands before the colon, but all of it.
    Id,
}

/// Who alone brings a key.
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

/// What is known of the key of this name, in any case; of `aws:PrincipalTag/team` what is known of `aws:PrincipalTag/`.
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

fn table() -> &'static [KeyFacts] {
    static TABLE: OnceLock<Vec<KeyFacts>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let rows = include_str!("key-facts.txt").lines();
        let mut table: Vec<KeyFacts> = rows.filter(|row| !row.starts_with('#')).map(read).collect();
        table.sort_by(|one, other| order(one.name, other.name));
        table
    })
}

/// A row; that each of its words is known is a test's matter.
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
    /// Adds what a word of the key's row says, and says whether it is one of those that there are.
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
            ("known-to-aws", "") => self.is_known_to_aws = true,
            ("holds", form) => self.holds = Holds::named(form),
            ("limits", form) => self.limits = Limits::named(form),
            ("fixed", part) => self.fixed = Fixed::named(part),
            ("brought-by", bearer) => self.brought_by = Bearer::named(bearer),
            ("header", header) => self.header = Some(header),
            ("partners", keys) => self.partners = keys.split(',').collect(),
            _ => return false,
        }
        // What all of it is AWS's own.
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
            "vpc" => Self::Vpc,
            "vpc-endpoint" => Self::VpcEndpoint,
            "service" => Self::Service,
            "calling-service" => Self::CallingService,
            "regional-service" => Self::RegionalService,
            "kms-alias" => Self::KmsAlias,
            "external-id" => Self::ExternalId,
            "session-name" => Self::SessionName,
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
            // Which AWS has in no table since.
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
