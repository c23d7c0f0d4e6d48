//! The countermeasures that all paths of one family have in common.

use std::str::FromStr;

/// A kind of way. A policy has one finding of each kind, whatever the number of ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// To change what identities may do.
    Permissions,
    /// The same of IAM Identity Center.
    PermissionSets,
    /// To take the credentials of others.
    Credentials,
    /// To say which principals can assume a role.
    Trust,
    /// To hand a role to something that one controls.
    PassRole,
    /// To take over what has a role already.
    Workload,
}

impl Family {
    /// What to write instead.
    pub fn helps(self) -> &'static [&'static str] {
        match self {
            Self::Permissions => &[
                "name the identities that it may change, such as `\"Resource\": \"arn:aws:iam::111122223333:role/NAME\"`",
                "or hold them within a permissions boundary, `\"Condition\": { \"StringEquals\": \
                 { \"iam:PermissionsBoundary\": \"arn:aws:iam::111122223333:policy/NAME\" } }`",
            ],
            Self::PermissionSets => &["name the permission sets that it may change, such as \
                 `\"Resource\": \"arn:aws:sso:::permissionSet/INSTANCE/PERMISSION-SET\"`"],
            Self::Credentials => &[
                "name the users, such as `\"Resource\": \"arn:aws:iam::111122223333:user/NAME\"`; \
                 `user/${aws:username}` is the caller",
            ],
            Self::Trust => &["name the roles, such as `\"Resource\": \"arn:aws:iam::111122223333:role/NAME\"`"],
            Self::PassRole => &[
                "name the roles that `iam:PassRole` may pass, such as \
                 `\"Resource\": \"arn:aws:iam::111122223333:role/NAME\"`",
                "or restrict the service: `\"Condition\": { \"StringEquals\": \
                 { \"iam:PassedToService\": \"SERVICE.amazonaws.com\" } }`",
            ],
            Self::Workload => &[
                "name the resources in `Resource`",
                "or restrict them by tag, `\"Condition\": { \"StringEquals\": { \"aws:ResourceTag/KEY\": \"VALUE\" } }`",
            ],
        }
    }
}

impl FromStr for Family {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Ok(match name {
            "permissions" => Self::Permissions,
            "permission-sets" => Self::PermissionSets,
            "credentials" => Self::Credentials,
            "trust" => Self::Trust,
            "pass-role" => Self::PassRole,
            "workload" => Self::Workload,
            _ => return Err(()),
        })
    }
}
