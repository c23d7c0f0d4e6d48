//! What tokens of `OpenID` Connect issuers hold, and whom a condition on them lets through.
//!
//! `issuers.txt` is the one table of issuers; a rule asks it and never knows an issuer by name.

mod claims;
mod form;

use std::sync::OnceLock;

pub(in crate::check) use claims::UnknownClaim;
use form::{Form, Unit};

use crate::check::table::grouped;
use crate::collected::CollectVec;
use crate::policy::{Comparison, Family, Operator, Qualifier};

/// An issuer, and what its tokens hold. Most issuers are not known.
#[derive(Debug, Default)]
pub(in crate::check) struct Issuer {
    /// Its name; for issuers with a name for each customer, the form of all of them.
    names: Vec<Form>,
    name: &'static str,
    /// What a token identifies, if the issuer issues tokens to every customer of a service: `GitHub repository`.
    pub shared: Option<&'static str>,
    tenants: Vec<&'static str>,
    subjects: Vec<Form>,
    /// Those that only customers have who chose them.
    custom_subjects: Vec<Form>,
    audiences: Vec<Form>,
    /// Whether customers can change the form of a subject to one that is not known.
    is_open: bool,
    /// The claim to compare, and what to write for it.
    pub write: Option<(&'static str, &'static str)>,
    /// How many audiences a token has.
    pub audience: Option<Audience>,
}

/// What is known of the audiences of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum Audience {
    /// One, always.
    Single,
    /// Whichever; what AWS writes for it is right.
    Settled,
}

/// Whose tokens a value of a condition matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum Matched {
    /// Those of no customer: no token has such a claim.
    Nobody,
    /// Those of customers that the value names.
    Named,
    /// Those of such customers, if they chose another form of subjects than the usual one.
    Customized,
    /// Those of customers that it does not name too, so that anyone can get one.
    Strangers,
}

impl Issuer {
    /// The issuer with this name, as a condition key begins with it.
    pub fn named(name: &str) -> Option<&'static Self> {
        let exact = table().iter().find(|issuer| issuer.name.eq_ignore_ascii_case(name));
        exact.or_else(|| {
            let units = Unit::literal(name)?;
            let mut patterns = table().iter().filter(|issuer| issuer.name.contains('{'));
            patterns.find(|issuer| issuer.names.iter().any(|form| form.meets(&units).is_some()))
        })
    }

    /// The names of the issuers that are the same for all customers.
    pub fn shared_names() -> impl Iterator<Item = &'static str> {
        let shared = table().iter().filter(|issuer| issuer.shared.is_some());
        shared.map(|issuer| issuer.name)
    }

    /// Whose tokens a value matches that an operator compares with a claim. `None` where that is not known: the claim says
    /// nothing about the customer, or has no known form.
    pub fn matched(&self, claim: &str, operator: Operator, value: &str) -> Option<Matched> {
        if operator.comparison.family() != Family::String || operator.comparison.is_negated() || value.contains("${") {
            return None;
        }
        let units = if operator.comparison.supports_wildcards() {
            Unit::pattern(value)
        } else {
            Unit::literal(value)
        }?;
        let is = |name: &str| claim.eq_ignore_ascii_case(name);
        let (forms, is_complete) = match () {
            () if is("sub") && !self.subjects.is_empty() => (&self.subjects, !self.is_open),
            // A customer asks for a token with the audience that is wanted.
            () if is("aud") && !self.audiences.is_empty() => (&self.audiences, false),
            () => {
                let is_tenant = self.tenants.iter().any(|tenant| is(tenant));
                let starts_open = !matches!(units.first(), Some(Unit::Literal(_)));
                return is_tenant.then_some(if starts_open {
                    Matched::Strangers
                } else {
                    Matched::Named
                });
            }
        };
        let mut met = None;
        for form in forms {
            let names = form.meets(&units);
            // Where each customer has an issuer, no token is a stranger's.
            if names == Some(false) && self.shared.is_some() {
                return Some(Matched::Strangers);
            }
            met = met.or(names);
        }
        let is_custom = || is("sub") && self.custom_subjects.iter().any(|form| form.meets(&units).is_some());
        match met {
            Some(_) => Some(Matched::Named),
            None if is_custom() => Some(Matched::Customized),
            None if is_complete => Some(Matched::Nobody),
            None if is("sub") => Some(Matched::Named),
            None => None,
        }
    }

    /// Whether a value is a subject, from its first character on: `system:serviceaccount:NAMESPACE:NAME`.
    pub fn is_subject(&self, value: &str) -> bool {
        let starts_like_one = value.contains(':') && !value.starts_with(['*', '?']);
        let units = Unit::pattern(value).filter(|_| starts_like_one);
        units.is_some_and(|units| self.subjects.iter().any(|form| form.meets(&units).is_some()))
    }
}

/// Whether an operator is met only by a request whose claim has one of the values.
pub(in crate::check) fn demands_value(operator: Operator) -> bool {
    let compares = !matches!(operator.comparison, Comparison::Null) && !operator.comparison.is_negated();
    // Tokens have the claims that are asked for here, so that `IfExists` changes nothing.
    compares && operator.qualifier != Some(Qualifier::ForAllValues)
}

fn table() -> &'static [Issuer] {
    static TABLE: OnceLock<Vec<Issuer>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let groups = grouped(include_str!("issuers.txt")).into_iter();
        let issuers = groups.map(|(name, facts)| {
            let mut issuer = Issuer {
                name,
                names: Form::read(name, false),
                ..Issuer::default()
            };
            for fact in facts {
                issuer.add(fact);
            }
            issuer
        });
        issuers.collect_vec()
    })
}

impl Issuer {
    /// Adds a fact of its rows, and returns whether it is understood.
    fn add(&mut self, fact: &'static str) -> bool {
        let (word, rest) = fact.split_once(' ').unwrap_or((fact, ""));
        match (word, rest) {
            ("shared", what) => self.shared = Some(what),
            ("tenant", claims) => self.tenants = claims.split(' ').collect_vec(),
            ("sub", form) => self.subjects.extend(Form::read(form, true)),
            ("aud", form) => self.audiences.extend(Form::read(form, true)),
            ("custom", form) => self.custom_subjects.extend(Form::read(form, true)),
            ("open", "") => self.is_open = true,
            ("write", what) => self.write = what.split_once(' '),
            ("audience", "single") => self.audience = Some(Audience::Single),
            ("audience", "settled") => self.audience = Some(Audience::Settled),
            _ => return false,
        }
        !rest.is_empty() || word == "open"
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by it")]

    use super::*;
    use crate::check::table::rows;

    fn of(issuer: &str, claim: &str, operator: &str, value: &str) -> Option<Matched> {
        let operator = operator.parse::<Operator>().unwrap();
        Issuer::named(issuer).unwrap().matched(claim, operator, value)
    }

    #[test]
    fn every_row_is_understood_and_every_shared_issuer_can_be_told_apart() {
        for row in rows(include_str!("issuers.txt")) {
            let (_, fact) = row.split_once(' ').unwrap();
            assert!(Issuer::default().add(fact), "{row}");
        }
        for issuer in table().iter().filter(|issuer| issuer.shared.is_some()) {
            let forms = issuer.subjects.iter().chain(&issuer.audiences);
            let by_form = forms.filter(|form| form.has_tenant()).count();
            assert!(by_form + issuer.tenants.len() > 0, "{}", issuer.name);
        }
    }

    #[test]
    fn whose_subjects_of_github() {
        const GITHUB: &str = "token.actions.githubusercontent.com";
        for (expected, subjects) in [
            (
                Matched::Named,
                [
                    "repo:acme/site:*",
                    "repo:acme/*",
                    "repo:acme/site:ref:refs/heads/main",
                    "repo:acme/site:environment:prod",
                    "repo:acme/site:pull_request",
                    "repo:acme@*/site@*:ref:refs/heads/main",
                    "repo:acme@1234/site@5678:pull_request",
                    "repository_owner:acme",
                    "repo:acme/site:check_run_id:*",
                ]
                .as_slice(),
            ),
            (
                Matched::Strangers,
                &[
                    "*",
                    "repo:*",
                    "repo:*/*:ref:refs/heads/main",
                    "repo:*/site:*",
                    "repo:acme*/site:*",
                    "repo:acm?/site:*",
                    "*acme/site:*",
                    "*:environment:prod",
                    "environment:prod",
                    "repository_owner:*",
                    "repo:*@*/site@*:pull_request",
                    // `repo:evil/x:environment:@1234/site@:pull_request` is an environment that anyone can create.
                    "repo:*@1234/site@*:pull_request",
                ],
            ),
            (
                Matched::Customized,
                &["repo:acme/site", "repo:acme@1234/site@5678", "repo:acme/s?te"],
            ),
            (
                Matched::Nobody,
                &[
                    "acme/site:*",
                    "repo:acme:*",
                    "repo:acme/site:refs/heads/main",
                    "repo:acme/site:ref:main",
                    "repo:acme/site:environments:prod",
                    "sts.amazonaws.com",
                    "Repo:acme/site:*",
                ],
            ),
        ] {
            for subject in subjects {
                assert_eq!(of(GITHUB, "sub", "StringLike", subject), Some(expected), "{subject}");
            }
        }
        // Without a pattern `*` is the character, which no subject has there.
        assert_eq!(
            of(GITHUB, "sub", "StringEquals", "repo:*/site:pull_request"),
            Some(Matched::Nobody)
        );
        assert_eq!(of(GITHUB, "sub", "StringNotLike", "repo:acme/*"), None);
        assert_eq!(of(GITHUB, "sub", "StringLike", "repo:${aws:userid}/*"), None);
        assert_eq!(of(GITHUB, "repository", "StringLike", "acme/*"), Some(Matched::Named));
        assert_eq!(
            of(GITHUB, "repository", "StringLike", "*/site"),
            Some(Matched::Strangers)
        );
        assert_eq!(of(GITHUB, "ref", "StringEquals", "refs/heads/main"), None);
        assert_eq!(of(GITHUB, "aud", "StringEquals", "sts.amazonaws.com"), None);
    }

    #[test]
    fn whose_claims_of_other_issuers() {
        for (issuer, claim, value, expected) in [
            (
                "gitlab.com",
                "sub",
                "project_path:acme/*:ref_type:branch:ref:main",
                Some(Matched::Named),
            ),
            (
                "gitlab.com",
                "sub",
                "project_path:*:ref_type:branch:ref:main",
                Some(Matched::Strangers),
            ),
            ("gitlab.com", "sub", "acme/site", Some(Matched::Nobody)),
            ("gitlab.com", "aud", "https://gitlab.com", None),
            (
                "app.terraform.io",
                "sub",
                "organization:acme:project:*:workspace:*:run_phase:*",
                Some(Matched::Named),
            ),
            (
                "app.terraform.io",
                "sub",
                "organization:*:workspace:x:*",
                Some(Matched::Strangers),
            ),
            ("app.terraform.io", "aud", "aws.workload.identity", None),
            (
                "oidc.vercel.com",
                "aud",
                "https://vercel.com/acme",
                Some(Matched::Named),
            ),
            (
                "oidc.vercel.com",
                "aud",
                "https://vercel.com/*",
                Some(Matched::Strangers),
            ),
            ("oidc.vercel.com", "aud", "sts.amazonaws.com", None),
            ("api.pulumi.com/oidc", "aud", "aws:acme", Some(Matched::Named)),
            ("api.pulumi.com/oidc", "sub", "acme-custom", Some(Matched::Named)),
            (
                "agent.buildkite.com",
                "sub",
                "organization:acme:pipeline:*:ref:*:commit:*:step:*",
                Some(Matched::Named),
            ),
            (
                "agent.buildkite.com",
                "sub",
                "*:pipeline:site:*",
                Some(Matched::Strangers),
            ),
            ("cognito-identity.amazonaws.com", "amr", "authenticated", None),
            (
                "oidc.eks.eu-west-1.amazonaws.com/id/EX",
                "sub",
                "system:serviceaccount:a:b",
                Some(Matched::Named),
            ),
            (
                "oidc.eks.eu-west-1.amazonaws.com/id/EX",
                "sub",
                "serviceaccount:a:b",
                Some(Matched::Nobody),
            ),
        ] {
            assert_eq!(of(issuer, claim, "StringLike", value), expected, "{issuer} {value}");
        }
        assert!(Issuer::named("idp.example.com").is_none());
        assert!(
            Issuer::named("token.actions.githubusercontent.com/acme")
                .unwrap()
                .shared
                .is_none()
        );
        let eks = Issuer::named("oidc.eks.eu-west-1.amazonaws.com/id/EX").unwrap();
        assert!(
            eks.is_subject("system:serviceaccount:a:b")
                && !eks.is_subject("sts.amazonaws.com")
                && !eks.is_subject("*:*")
        );
    }
}
