//! The kind of a policy: as an argument states, or as the document shows.

use std::path::Path;

use clap::ValueEnum;
use policy_core::document::Node;
use policy_core::policy::{AttachedTo, Kind};

/// The words of `--kind`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ValueEnum)]
pub enum KindName {
    /// The kind in the file's name (`NAME.trust.json`), or else in the document: with `Principal` it is a trust policy
    /// if all its actions are of `sts`, and a resource-based policy otherwise; without, an identity-based policy
    Auto,
    /// A user, group or role (also a permissions boundary)
    Identity,
    /// A role, for the principals that may assume it
    Trust,
    /// A resource
    Resource,
    /// A session
    Session,
    /// An account or organization: service control policy
    Scp,
    /// An account or organization: resource control policy
    Rcp,
}

impl KindName {
    /// The kind of the policy `root` in a file of this name.
    pub fn of(self, file: &Path, attached_to: Option<AttachedTo>, root: &Node<'_>) -> Kind {
        self.named()
            .or_else(|| attached_to.map(|_| Kind::Resource))
            .or_else(|| by_name(file))
            .unwrap_or_else(|| policy_files::kind_of(root))
    }

    /// The kind that it names.
    pub const fn named(self) -> Option<Kind> {
        match self {
            Self::Auto => None,
            Self::Identity => Some(Kind::Identity),
            Self::Trust => Some(Kind::Trust),
            Self::Resource => Some(Kind::Resource),
            Self::Session => Some(Kind::Session),
            Self::Scp => Some(Kind::ServiceControl),
            Self::Rcp => Some(Kind::ResourceControl),
        }
    }
}

/// The kind in `NAME.KIND.json`.
pub fn by_name(file: &Path) -> Option<Kind> {
    let word = Path::new(file.file_stem()?).extension()?.to_str()?;
    KindName::from_str(word, true).ok()?.named()
}

#[cfg(test)]
mod tests {
    use super::*;
    use policy_core::document::Document;

    fn kind(file: &str, statement: &str) -> Kind {
        let text = format!(r#"{{ "Version": "2012-10-17", "Statement": {statement} }}"#);
        let document = Document::read(&text).unwrap_or_else(|error| unreachable!("{error}"));
        KindName::Auto.of(Path::new(file), None, document.root())
    }

    #[test]
    fn the_document_shows_what_it_is_attached_to() {
        for (expected, statement) in [
            (
                Kind::Identity,
                r#"{ "Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*" }"#,
            ),
            (Kind::Identity, "[]"),
            (Kind::Identity, "3"),
            (
                Kind::Trust,
                r#"{ "Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole" }"#,
            ),
            (
                Kind::Trust,
                r#"[{ "Effect": "Allow", "NotPrincipal": {}, "Action": ["sts:TagSession", "STS:*"] }]"#,
            ),
            (
                Kind::Trust,
                r#"[{ "Effect": "Deny", "Principal": { "AWS": "*" }, "Action": "sts:AssumeRole" }]"#,
            ),
            // A mistake in a trust policy, to be found by the rules of one.
            (
                Kind::Trust,
                r#"[{ "Effect": "Allow", "Principal": "*", "Action": "sts:*", "Resource": "*" }]"#,
            ),
            (
                Kind::Resource,
                r#"{ "Effect": "Deny", "Principal": "*", "Action": "sts:*", "Resource": "*" }"#,
            ),
            (
                Kind::Resource,
                r#"{ "Effect": "Allow", "Principal": "*", "Action": ["sts:*", "s3:*"] }"#,
            ),
            (
                Kind::Resource,
                r#"{ "Effect": "Allow", "Principal": "*", "Action": [] }"#,
            ),
            (
                Kind::Resource,
                r#"{ "Effect": "Allow", "Principal": "*", "NotAction": "sts:*" }"#,
            ),
        ] {
            assert_eq!(kind("policy.json", statement), expected, "{statement}");
        }
    }

    #[test]
    fn the_name_of_the_file_says_more_than_the_document() {
        let statement = r#"{ "Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole" }"#;
        for (expected, file) in [
            (Kind::ServiceControl, "a/deny.scp.json"),
            (Kind::ResourceControl, "deny.RCP.JSON"),
            (Kind::Session, "x.y.session.json"),
            (Kind::Trust, "scp.json"),
            (Kind::Trust, "a.scp/b.json"),
            (Kind::Trust, "role.auto.json"),
        ] {
            assert_eq!(kind(file, statement), expected, "{file}");
        }
    }
}
