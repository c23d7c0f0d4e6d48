//! The error for a text that is not a caller.

use std::fmt;

use crate::names::{AccountId, NameError, NameKind};
use crate::shown::Shown;

/// The error for a text that is not the ARN of a principal that can make requests, or not the name of its session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseCallerError {
    text: String,
    why: Why,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Why {
    /// It is such an ARN, and a part of it is not valid.
    Name(NameError),
    /// It is an AWS service.
    Service,
    /// It is an identity provider.
    Provider,
    /// The word for a caller without credentials.
    Anonymous,
    /// It is an account.
    Account,
    /// It is the ARN of something of IAM that makes no requests: what it is, and whose ARN to write.
    Other(&'static str, &'static str),
    /// It is something else.
    Unknown,
}

impl From<NameError> for ParseCallerError {
    fn from(error: NameError) -> Self {
        Self {
            text: error.input().to_owned(),
            why: Why::Name(error),
        }
    }
}

impl ParseCallerError {
    /// Why a text that has not the fields of an ARN is not a caller.
    pub(super) fn of(text: &str) -> Self {
        let why = if text == "anonymous" {
            Why::Anonymous
        } else if AccountId::new(text).is_ok() {
            Why::Account
        } else if text.contains('.') && NameKind::ServicePrincipal.accepts(text) {
            Why::Service
        } else {
            Why::Unknown
        };
        Self {
            text: text.to_owned(),
            why,
        }
    }

    /// The same of an ARN of this service whose resource starts with that word.
    pub(super) fn of_resource(text: &str, service: &str, kind: &str) -> Self {
        let why = match (service, kind) {
            ("iam", "oidc-provider" | "saml-provider") => Why::Provider,
            ("iam", "group") => Why::Other("a group makes no requests", "one of its users"),
            ("iam", "instance-profile") => Why::Other("an instance profile makes no requests", "its role"),
            ("iam", "policy") => Why::Other("a policy makes no requests", "a role or user that it is attached to"),
            _ => Why::Unknown,
        };
        Self {
            text: text.to_owned(),
            why,
        }
    }

    /// The error as a file of cases tells it, which has another form for a caller without an ARN.
    #[cfg(feature = "cases")]
    pub(super) fn in_case(&self) -> String {
        let text = &self.text;
        match self.why {
            Why::Service => format!("`{text}` is a service; write `{{ \"service\": \"{text}\" }}`"),
            Why::Provider => format!("`{text}` is an identity provider; write `{{ \"federated\": \"{text}\" }}`"),
            _ => self.to_string(),
        }
    }
}

impl fmt::Display for ParseCallerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = Shown(&self.text);
        match &self.why {
            Why::Name(error) => error.fmt(f),
            Why::Service => write!(
                f,
                "`{text}` is a service, and not the ARN of a caller; use `Caller::service`"
            ),
            Why::Provider => write!(
                f,
                "`{text}` is an identity provider, and not the ARN of a caller; for a principal that it has authenticated, use \
                 `Caller::federated`"
            ),
            Why::Anonymous => write!(f, "`{text}` is not the ARN of a caller; use `Caller::anonymous`"),
            Why::Account => write!(
                f,
                "`{text}` is an account, and not the ARN of a caller; write that of its root user, `arn:aws:iam::{text}:root`, or \
                 that of a user or role"
            ),
            Why::Other(what, whose) => {
                write!(
                    f,
                    "`{text}` is not the ARN of a caller: {what}; write the ARN of {whose}"
                )
            }
            Why::Unknown => write!(
                f,
                "`{text}` is not the ARN of a caller; write that of a user, role, role session or root user, such as \
                 `arn:aws:sts::111122223333:assumed-role/ROLE/SESSION`"
            ),
        }
    }
}

impl std::error::Error for ParseCallerError {}
