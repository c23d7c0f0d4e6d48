//! The condition keys that follow from the caller: the values they have, and those that contradict the caller.

use super::caller::{Caller, Identity};
use super::context::Context;
use crate::arn::fields;
use crate::catalogue::{Bearer, is_of_certificate, key_facts};
use crate::names::RoleArn;

/// Whether a key that is not present is missing from the request, since the caller would have it.
pub(super) fn is_settled_by_caller(lower_key: &str) -> bool {
    matches!(lower_key, "aws:username" | "aws:principalservicename")
}

/// What follows from a caller for a key.
enum Followed {
    /// The key has this value.
    Is(String),
    /// No request of the caller has the key.
    Never,
}

impl Caller {
    /// Adds the condition keys that follow from the caller.
    pub(super) fn describe(&self, context: &mut Context) {
        self.each_key(&mut |key, value| {
            if let Some(value) = value {
                context.set(key, vec![value.to_owned()]);
            }
        });
        if let Identity::Role { is_pathless, .. } = &self.identity {
            context.lack_path(*is_pathless);
        }
    }

    /// Whether a condition key follows from the caller and has these values.
    pub(super) fn has(&self, key: &str, values: &[&str]) -> bool {
        matches!(self.followed(key), Some(Followed::Is(own)) if values == [own.as_str()])
    }

    /// What follows from the caller for a key, if something does.
    fn followed(&self, key: &str) -> Option<Followed> {
        let mut followed = None;
        self.each_key(&mut |name, value| {
            if name.eq_ignore_ascii_case(key) {
                followed = Some(value.map_or(Followed::Never, |value| Followed::Is(value.to_owned())));
            }
        });
        followed
    }

    /// Why no request of the caller has a condition key, or not with these values.
    pub(super) fn contradicts(&self, key: &str, values: &[&str]) -> Option<String> {
        let never = || {
            format!(
                "the condition key `{key}` is never present in requests of the caller `{self}`; leave the condition key out, or write \
                 another caller"
            )
        };
        match self.followed(key) {
            Some(Followed::Never) => Some(never()),
            Some(Followed::Is(own)) => (values != [own.as_str()] && !self.is_with_path(key, values)).then(|| {
                let values = values.iter().map(|value| format!("`{value}`"));
                let values = Some(values.collect::<Vec<_>>().join(", ")).filter(|values| !values.is_empty());
                format!(
                    "`{key}` follows from the caller `{self}` and is `{own}`, not {}; leave the condition key out, or write another \
                     caller",
                    values.as_deref().unwrap_or("an empty set")
                )
            }),
            None if key.eq_ignore_ascii_case("aws:userid") => self.contradicts_id(key, values),
            None => {
                let bearer = key_facts(key).and_then(|facts| facts.brought_by);
                bearer.is_some_and(|bearer| !self.may_bear(bearer, key)).then(never)
            }
        }
    }

    /// Shows each key that follows from the caller and its value, or none if no request of the caller has it.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable>
    fn each_key(&self, see: &mut impl FnMut(&str, Option<&str>)) {
        self.tags.each_key(&mut |key, value| see(key, Some(value)));
        if let Some(account) = self.account() {
            see("aws:PrincipalAccount", Some(account));
            see("aws:PrincipalIsAWSService", Some("false"));
        }
        if !self.is_service() {
            see("aws:PrincipalServiceName", None);
            see("aws:PrincipalServiceNamesList", None);
        }
        if !self.is_user() {
            see("aws:username", None);
        }
        let mut principal = |kind, arn| {
            see("aws:PrincipalArn", Some(arn));
            see("aws:PrincipalType", Some(kind));
        };
        match &self.identity {
            Identity::Root { arn, account } => {
                principal("Account", arn);
                see("aws:userid", Some(account));
            }
            Identity::User { arn, name, .. } => {
                principal("User", arn);
                see("aws:username", Some(name));
            }
            Identity::Role { arn, .. } => principal("AssumedRole", arn),
            Identity::FederatedUser { arn, account } => {
                principal("FederatedUser", arn);
                let name = fields(arn, false).nth(5).and_then(|user| user.split_once('/'));
                let name = name.map_or("", |(_, name)| name);
                see("aws:userid", Some(&format!("{account}:{name}")));
            }
            Identity::Service(name) => {
                see("aws:PrincipalIsAWSService", Some("true"));
                see("aws:PrincipalServiceName", Some(name));
            }
            Identity::Federated(_) => {}
            Identity::Anonymous => {
                see("aws:PrincipalType", Some("Anonymous"));
                see("aws:PrincipalAccount", Some("anonymous"));
                see("aws:userid", Some("anonymous"));
                see("aws:PrincipalArn", None);
                see("aws:PrincipalIsAWSService", None);
            }
        }
    }

    /// Whether the value is the ARN of the caller's role with its path, which the ARN of a session does not have.
    fn is_with_path(&self, key: &str, values: &[&str]) -> bool {
        let Identity::Role {
            arn, is_pathless: true, ..
        } = &self.identity
        else {
            return false;
        };
        let [value] = values else { return false };
        let is_of_role = |own: &RoleArn, with_path: &RoleArn| {
            own.partition() == with_path.partition()
                && own.account_id() == with_path.account_id()
                && own.name() == with_path.name()
        };
        key.eq_ignore_ascii_case("aws:PrincipalArn")
            && RoleArn::new(arn).is_ok_and(|own| RoleArn::new(*value).is_ok_and(|value| is_of_role(&own, &value)))
    }

    /// The same of the unique ID of a user or role, which does not follow from its ARN.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids>
    fn contradicts_id(&self, key: &str, values: &[&str]) -> Option<String> {
        let is_id = |text: &str, prefix: &str| {
            let rest = text.strip_prefix(prefix).filter(|rest| !rest.is_empty());
            rest.is_some_and(|rest| {
                rest.bytes()
                    .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
            })
        };
        let [value] = values else {
            return Some(format!("`{key}` has one value in every request, not {}", values.len()));
        };
        let (fits, what, sample) = match &self.identity {
            Identity::User { .. } => (
                is_id(value, "AIDA"),
                "the unique ID of the user",
                "AIDACKCEVSQ6C2EXAMPLE".to_owned(),
            ),
            Identity::Role { session, .. } => {
                let own = session.as_deref().and_then(|session| session.rsplit('/').next());
                let is_own = |name: &str| own.map_or(!name.is_empty(), |own| own == name);
                let fits = value
                    .split_once(':')
                    .is_some_and(|(id, name)| is_id(id, "AROA") && is_own(name));
                let sample = format!("AROADBQP57FF2AEXAMPLE:{}", own.unwrap_or("SESSION_NAME"));
                (
                    fits,
                    "the unique ID of the role, a colon and the name of the session",
                    sample,
                )
            }
            _ => (!value.is_empty(), "an ID", "AIDACKCEVSQ6C2EXAMPLE".to_owned()),
        };
        (!fits)
            .then(|| format!("`{key}` of the caller `{self}` is {what}, not `{value}`; write it, such as `{sample}`"))
    }

    /// Whether it may be one of the only principals that have a key.
    fn may_bear(&self, bearer: Bearer, key: &str) -> bool {
        match (bearer, &self.identity) {
            (Bearer::Tags, Identity::Service(service)) => is_of_certificate(key, service),
            (_, Identity::Service(_) | Identity::Anonymous) => false,
            (Bearer::Organization, _) => true,
            (Bearer::Tags, identity) => !matches!(identity, Identity::Root { .. }),
            (Bearer::Users, identity) => matches!(identity, Identity::User { .. }),
            (Bearer::Federation | Bearer::RoleSessions, identity) => {
                matches!(identity, Identity::Role { .. } | Identity::Federated(_))
            }
        }
    }
}
