//! Policies larger than AWS stores.
//!
//! Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>,
//! <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>; for the quotas raised in May 2026
//! (trust policies to 8,192, SCPs to 10,240) the announcements of that month.

#[cfg(test)]
mod tests;

use std::fmt;

use crate::check::facts::{Counted, Facts, JUDGED, Size};
use crate::check::rules::{Rule, Run};
use crate::collected::CollectVec;
use crate::document::Node;
use crate::finding::{Code, Finding};
use crate::policy::Kind;

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::PolicySizeExceedsIdentityPolicyQuota,
        Code::PolicySizeExceedsManagedPolicyQuota,
        Code::PolicySizeExceedsResourcePolicyQuota,
        Code::PolicySizeExceedsRoleTrustPolicyQuota,
        Code::PolicySizeExceedsScpQuota,
        Code::PolicySizeExceedsRcpQuota,
        Code::PolicySizeExceedsSessionPolicyQuota,
    ],
    run: Run::Policy(check),
};

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    // Where the service is known, its own quota counts.
    let service = facts.resource_policy();
    if facts.size.is_judged() && service.is_some_and(|policy| policy.quota(Counted::Characters).is_some()) {
        return Vec::new();
    }
    too_large(facts.document.root(), &facts.size, facts.kind)
        .into_iter()
        .collect_vec()
}

fn too_large(root: &Node<'_>, size: &Size, kind: Kind) -> Option<Finding> {
    let quota = Quota::of(kind);
    if size.characters <= quota.usual {
        return None;
    }
    let beyond_all = size.characters > quota.greatest;
    let (code, most) = if beyond_all {
        (quota.code, quota.greatest)
    } else {
        (quota.usual_code, quota.usual)
    };
    let finding = Finding::new(
        code,
        root.place,
        format!(
            "the policy has {}{} characters, but {} can have at most {}",
            if size.is_least { "at least " } else { "" },
            Grouped(size.characters),
            // Inline policies of a role may have more.
            match (kind, beyond_all) {
                (Kind::Identity, false) => "a managed policy".to_owned(),
                (Kind::Identity, true) => "the inline policies of a role".to_owned(),
                _ => kind.to_string(),
            },
            Grouped(most),
        ),
    )
    .about(kind.type_name())
    .note(match kind {
        Kind::Session => "white space does not count; AWS rejects the call that passes a larger one",
        Kind::ServiceControl | Kind::ResourceControl => {
            "without white space, which the API counts too; AWS rejects a larger one when it is saved"
        }
        _ => "white space does not count; AWS rejects a larger one when it is saved",
    })
    .dead(quota.is_certain);
    let finding = if size.is_judged() {
        finding
    } else {
        finding.note(format!(
            "nothing else is checked in a policy of more than {} characters, four times the longest that AWS stores",
            Grouped(JUDGED)
        ))
    };
    Some(if beyond_all {
        finding.with_help(quota.beyond_all)
    } else {
        finding.with_help(quota.beyond_usual).allow_if(quota.fits_if)
    })
}

struct Quota {
    /// Of what is larger than the greatest.
    code: Code,
    /// Of what is larger than the usual only.
    usual_code: Code,
    /// What every account has, and every way to attach the policy takes.
    usual: usize,
    /// What no account exceeds.
    greatest: usize,
    /// Whether AWS certainly rejects what is larger than the greatest.
    is_certain: bool,
    beyond_usual: &'static str,
    /// When what is larger than the usual is right.
    fits_if: &'static str,
    beyond_all: &'static str,
}

impl Quota {
    const fn of(kind: Kind) -> Self {
        match kind {
            Kind::Identity => Self {
                code: Code::PolicySizeExceedsIdentityPolicyQuota,
                usual_code: Code::PolicySizeExceedsManagedPolicyQuota,
                usual: 6_144,
                greatest: 10_240,
                is_certain: true,
                beyond_usual: "split it, or make it an inline policy of a role, whose inline policies can have 10,240 characters in total",
                fits_if: "it will be an inline policy of a role",
                beyond_all: "split it: a managed policy can have 6,144 characters, and the inline policies of a role can have 10,240 in total",
            },
            Kind::Trust => Self {
                code: Code::PolicySizeExceedsRoleTrustPolicyQuota,
                usual_code: Code::PolicySizeExceedsRoleTrustPolicyQuota,
                usual: 2_048,
                greatest: 8_192,
                is_certain: true,
                beyond_usual: "join statements that differ in their principals only, or ask Service Quotas for a longer role \
                               trust policy, at most 8,192 characters",
                fits_if: "the account has a larger quota",
                beyond_all: "no account has a larger quota; create a second role",
            },
            Kind::Resource => Self {
                code: Code::PolicySizeExceedsResourcePolicyQuota,
                usual_code: Code::PolicySizeExceedsResourcePolicyQuota,
                usual: 20_480,
                greatest: 20_480,
                // The services differ: a key policy may have 32 KB, a policy of CloudWatch Logs 51,200 characters.
                is_certain: false,
                beyond_usual: "",
                fits_if: "",
                beyond_all: "most services take 20,480 characters; grant to fewer principals here, or to an organization by \
                             `aws:PrincipalOrgID`",
            },
            Kind::Session => Self::hard(
                Code::PolicySizeExceedsSessionPolicyQuota,
                2_048,
                "pass the ARNs of managed policies with `PolicyArns` instead",
            ),
            Kind::ServiceControl => Self::hard(
                Code::PolicySizeExceedsScpQuota,
                10_240,
                "split it: ten policies can be attached to each root, unit and account",
            ),
            Kind::ResourceControl => Self::hard(
                Code::PolicySizeExceedsRcpQuota,
                5_120,
                "split it and attach both policies",
            ),
        }
    }

    const fn hard(code: Code, greatest: usize, beyond_all: &'static str) -> Self {
        Self {
            code,
            usual_code: code,
            usual: greatest,
            greatest,
            is_certain: true,
            beyond_usual: "",
            fits_if: "",
            beyond_all,
        }
    }
}

/// A number with a comma between thousands.
struct Grouped(usize);

impl fmt::Display for Grouped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 1_000, self.0 % 1_000) {
            (0, rest) => write!(f, "{rest}"),
            (thousands, rest) => write!(f, "{},{rest:03}", Grouped(thousands)),
        }
    }
}
