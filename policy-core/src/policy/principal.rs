//! The principals of a statement.

use std::fmt;
use std::slice;
use std::str::FromStr;

use crate::arn::{ArnPattern, Glob};
use crate::collected::CollectVec;
use crate::document::{Member, Node, Place, Text};
use crate::spelling::{self, UnknownNameError};

/// The keys of a `Principal`.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PrincipalKey {
    /// Accounts, roles, users and sessions.
    Aws,
    /// AWS services.
    Service,
    /// Identity providers: SAML, OIDC, and the built-in web identity providers.
    Federated,
    /// The canonical user ID of an account, in S3.
    CanonicalUser,
}

impl PrincipalKey {
    /// All keys.
    pub const ALL: &'static [Self] = &[Self::Aws, Self::Service, Self::Federated, Self::CanonicalUser];

    /// The name in AWS.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Aws => "AWS",
            Self::Service => "Service",
            Self::Federated => "Federated",
            Self::CanonicalUser => "CanonicalUser",
        }
    }
}

/// The key as written in a policy.
impl fmt::Display for PrincipalKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Case matters, as in AWS.
impl FromStr for PrincipalKey {
    type Err = UnknownNameError;

    #[inline]
    fn from_str(name: &str) -> Result<Self, UnknownNameError> {
        spelling::find("a key of `Principal`", name, Self::ALL, Self::name)
    }
}

/// One principal of a statement.
#[derive(Clone, Copy, Debug)]
pub struct Principal<'d> {
    /// The key that it is listed under; for a bare `*` the same as for `{"AWS": "*"}`.
    pub key: PrincipalKey,
    /// The place in the document.
    pub place: Place,
    /// The principal as written.
    pub text: &'d Text<'d>,
    /// Whether it is the bare `"Principal": "*"`.
    pub bare: bool,
}

/// The well-formed principals in the value of a `Principal` element.
///
/// ```
/// use policy_core::document::Document;
/// use policy_core::policy::{PrincipalKey, principals};
///
/// let value = Document::read(r#"{ "AWS": ["111122223333", "444455556666"], "Service": "ecs-tasks.amazonaws.com" }"#)?;
/// let named = principals(value.root());
/// assert_eq!(named.len(), 3);
/// assert_eq!((named[2].key, named[2].text.written()), (PrincipalKey::Service, "ecs-tasks.amazonaws.com"));
/// # Ok::<(), policy_core::document::SyntaxError>(())
/// ```
pub fn principals<'d>(value: &'d Node<'d>) -> Vec<Principal<'d>> {
    Principals::of(value).collect_vec()
}

/// The same, one after the other.
pub(super) struct Principals<'d> {
    members: slice::Iter<'d, Member<'d>>,
    /// Those of a key, first the bare value.
    nodes: slice::Iter<'d, Node<'d>>,
    key: PrincipalKey,
    bare: bool,
}

impl<'d> Principals<'d> {
    pub fn of(value: &'d Node<'d>) -> Self {
        Self {
            members: value.members().iter(),
            nodes: slice::from_ref(value).iter(),
            key: PrincipalKey::Aws,
            bare: true,
        }
    }
}

impl<'d> Iterator for Principals<'d> {
    type Item = Principal<'d>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            for node in self.nodes.by_ref() {
                if let Some(text) = node.as_text() {
                    return Some(Principal {
                        key: self.key,
                        place: node.place,
                        text,
                        bare: self.bare,
                    });
                }
            }
            let member = self.members.next()?;
            if let Ok(key) = member.name.written().parse() {
                self.key = key;
                self.nodes = member.value.as_list().iter();
                self.bare = false;
            }
        }
    }
}

/// The account of `arn:PARTITION:iam::ACCOUNT:root`, which as a principal means the account.
pub(crate) fn account_of_root(text: &str) -> Option<&str> {
    let arn = ArnPattern::parse(text).ok()?;
    let fields = [arn.service(), arn.region(), arn.resource()].map(Glob::as_str);
    (fields == ["iam", "", "root"]).then(|| arn.account().as_str())
}
