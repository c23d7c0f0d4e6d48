//! Principals below `AWS`: accounts, roles, users and their sessions.

use super::words::{malformed, misnamed};
use crate::arn::{ArnPattern, Field};
use crate::check::facts::{PrincipalRef, with_colons_if};
use crate::collected::CollectVec;
use crate::document::Text;
use crate::finding::{Code, Finding, Fix};
use crate::names::{NameKind, is_account_id};
use crate::policy::Principal;

pub(super) fn unfit(principal: &PrincipalRef<'_>) -> Option<Finding> {
    let text = principal.text.filled();
    if text.starts_with("arn:") {
        return arn(principal);
    }
    if is_account_id(text) {
        return None;
    }
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        let error = NameKind::AccountId.check(text).err()?;
        return Some(misnamed(principal, principal.text.written(), &error));
    }
    if let Some(finding) = unique_id(principal) {
        return Some(finding);
    }
    let written = principal.text.written();
    let finding = malformed(
        principal,
        format!("`{written}` is not an account ID or the ARN of a principal"),
    );
    Some(if is_of_names(text) {
        finding.with_help(format!(
            "write the ARN of the role or user, such as `arn:aws:iam::111122223333:role/{written}`"
        ))
    } else {
        finding.with_help(
            "write an account's 12 digits or the ARN of a role or user, such as `arn:aws:iam::111122223333:role/NAME`",
        )
    })
}

fn is_of_names(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'+' | b'=' | b',' | b'.' | b'@' | b'-'))
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids>
fn unique_id(principal: &PrincipalRef<'_>) -> Option<Finding> {
    let id = principal.text.filled();
    let is_id = id.len() >= 16
        && id
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    let (code, noun, path) = match id.get(..4).filter(|_| is_id)? {
        "AROA" => (Code::InvalidRoleReference, "role", "role"),
        "AIDA" => (Code::InvalidUserReference, "user", "user"),
        _ => return None,
    };
    Some(
        Finding::new(code, principal.place, format!("`{id}` is the unique id of a {noun}"))
            .about(id)
            .note(format!(
                "IAM shows the id of a deleted {noun}; a new one with the same name has another id"
            ))
            .with_help(format!(
                "write the ARN of the {noun}, `arn:aws:iam::111122223333:{path}/NAME`"
            )),
    )
}

fn arn(principal: &PrincipalRef<'_>) -> Option<Finding> {
    let written = principal.text.written();
    let Some(arn) = principal.arn else {
        let finding = malformed(principal, format!("`{written}` is not a complete ARN"));
        return Some(match with_colons(principal) {
            Some(meant) => finding.with_fix(Fix::write(principal.place, meant)),
            None => finding.with_help("write all six fields, such as `arn:aws:iam::111122223333:role/NAME`"),
        });
    };
    if let Err(error) = NameKind::Partition.check(arn.partition().as_str()) {
        return Some(
            misnamed(principal, arn.partition().as_str(), &error).part(principal.text, arn.range(Field::Partition)),
        );
    }
    let resource = arn.resource().as_str();
    // `root/` is not `root`.
    let (kind, name) = match resource.split_once('/') {
        Some((_, "")) | None => (resource, ""),
        Some(parts) => parts,
    };
    let service = arn.service().as_str();
    if !matches!(service, "iam" | "sts") {
        return Some(
            malformed(
                principal,
                format!("`{written}` is not an account ID or the ARN of a principal"),
            )
            .part(principal.text, arn.range(Field::Service))
            .with_help(
                "a resource makes requests as its role: write the role's ARN, `arn:aws:iam::111122223333:role/NAME`",
            ),
        );
    }
    if !arn.region().as_str().is_empty() {
        return Some(
            malformed(principal, "a principal's ARN has no Region")
                .part(principal.text, arn.range(Field::Region))
                .with_help(format!("write `{}`", without_region(principal, &arn))),
        );
    }
    // An origin access identity: `arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E...`.
    let account = arn.account().as_str();
    if account == "cloudfront" && kind == "user" {
        return None;
    }
    if let Err(error) = NameKind::AccountId.check(account) {
        let range = arn.range(Field::Account);
        return Some(if account.is_empty() {
            malformed(principal, format!("`{written}` does not name an account"))
                .with_help("write the account's 12 digits before the last colon")
        } else {
            misnamed(principal, account, &error).part(principal.text, range)
        });
    }
    identity(principal, service, kind, name, account)
}

/// The ARN with the colons that it lacks: `arn:aws:iam:111122223333:root` has no empty field for the Region. It is the ARN of a principal.
fn with_colons(principal: &PrincipalRef<'_>) -> Option<String> {
    with_colons_if(principal.text, &|full, _| {
        let text = Text::plain(full);
        let text = &text;
        unfit(&PrincipalRef::of(Principal { text, ..**principal })).is_none()
    })
}

/// The last part of a principal's ARN.
fn identity(principal: &PrincipalRef<'_>, service: &str, kind: &str, name: &str, account: &str) -> Option<Finding> {
    let written = principal.text.written();
    let has_name = !name.is_empty() && !name.ends_with('/');
    match (service, kind) {
        ("iam", "root") if name.is_empty() => None,
        ("iam", "user" | "role") if has_name => misspelt_name(principal, kind, name),
        ("sts", "federated-user") if has_name => None,
        ("sts", "assumed-role") => match name.split('/').collect_vec().as_slice() {
            [role, session] if !role.is_empty() && !session.is_empty() => None,
            [_, .., role, session] if !role.is_empty() && !session.is_empty() => Some(
                malformed(principal, "the ARN of a role's session has no path")
                    .with_help(format!("write `assumed-role/{role}/{session}`")),
            ),
            _ => Some(
                malformed(principal, format!("`{written}` does not name a session")).with_help(format!(
                    "write the role, `arn:aws:iam::{account}:role/{}`, or `assumed-role/ROLE/SESSION`",
                    if name.is_empty() { "NAME" } else { name }
                )),
            ),
        },
        ("iam", "group") => Some(
            malformed(principal, "a group is not a principal")
                .with_help("name its users or, better, a role; to allow the account write its 12 digits"),
        ),
        ("iam", "assumed-role" | "federated-user") => Some(
            malformed(principal, "the ARN of a session has the service `sts`")
                .with_help(format!("write `{}`", written.replacen(":iam:", ":sts:", 1))),
        ),
        ("sts", "role" | "user" | "root") => Some(
            malformed(principal, format!("the ARN of a {kind} has the service `iam`"))
                .with_help(format!("write `{}`", written.replacen(":sts:", ":iam:", 1))),
        ),
        ("iam", "instance-profile") => {
            Some(malformed(principal, "an instance profile is not a principal").with_help("name its role"))
        }
        _ => Some(
            malformed(
                principal,
                format!("`{written}` is not an account ID or the ARN of a principal"),
            )
            .with_help(format!(
                "write `arn:aws:iam::{account}:root`, `:role/NAME` or `:user/NAME`"
            )),
        ),
    }
}

/// A name with a character that IAM accepts in no name, behind its path.
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html>
fn misspelt_name(principal: &PrincipalRef<'_>, kind: &str, name: &str) -> Option<Finding> {
    let last = name.rsplit('/').next().unwrap_or(name);
    // Wildcards, variables and placeholders are for other rules.
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || "_+=,.@-*?${}<>".contains(c);
    let bad = last.chars().find(|c| !is_allowed(*c))?;
    let shown = if bad == ' ' {
        "a space".to_owned()
    } else {
        format!("`{}`", bad.escape_debug())
    };
    Some(
        malformed(principal, format!("the name of a {kind} cannot contain {shown}"))
            .with_help("write letters, digits and `_+=,.@-`"),
    )
}

fn without_region(principal: &PrincipalRef<'_>, arn: &ArnPattern<'_>) -> String {
    let written = principal.text.written();
    let region = principal.text.written_range(arn.range(Field::Region));
    let (before, after) = (written.get(..region.start), written.get(region.end..));
    format!("{}{}", before.unwrap_or_default(), after.unwrap_or_default())
}
