//! The registry of what can be found: every code, how bad it is, and what it means.

use std::fmt;
use std::str::FromStr;

/// How bad a finding is, by IAM Access Analyzer's scale.
///
/// Source: <https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ValidatePolicyFinding.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// AWS rejects the policy, or part of it does not work.
    Error,
    /// The policy allows access that AWS considers too wide.
    SecurityWarning,
    /// The policy does not follow AWS's best practice, or part of it may not do what it says.
    Warning,
    /// The policy could be simpler.
    Suggestion,
}

impl Severity {
    /// Access Analyzer's word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "ERROR",
            Self::SecurityWarning => "SECURITY_WARNING",
            Self::Warning => "WARNING",
            Self::Suggestion => "SUGGESTION",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Is what is found dead, that is: does AWS accept it although it can never do what it says?
const DEAD: bool = true;
const ALIVE: bool = false;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal, $severity:ident, $dead:ident;)+) => {
        /// A kind of mistake. Those that IAM Access Analyzer knows have its code; the others are our own.
        ///
        /// Source of Access Analyzer's: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code in capitals, as Access Analyzer writes it: `INVALID_ACTION`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// How bad it is.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity),+ }
            }

            /// Whether what is found can never do what it says, although AWS accepts it.
            pub const fn is_dead(self) -> bool {
                match self { $(Self::$variant => $dead),+ }
            }

            /// What it means.
            pub const fn explanation(self) -> &'static str {
                match self { $(Self::$variant => concat!($($doc, "\n"),+)),+ }
            }
        }
    };
}

codes! {
    // ---- The document
    /// The text is not JSON.
    JsonSyntaxError = "JSON_SYNTAX_ERROR", Error, ALIVE;
    /// An element has a value of the wrong JSON type.
    DataTypeMismatch = "DATA_TYPE_MISMATCH", Error, ALIVE;
    /// An element that the policy language does not have.
    InvalidPolicyElement = "INVALID_POLICY_ELEMENT", Error, ALIVE;
    /// An element stands twice in one object. Our own: Access Analyzer's parser keeps one of the two.
    DuplicateElement = "DUPLICATE_ELEMENT", Error, ALIVE;
    /// A character that IAM accepts in no policy: outside U+0009, U+000A, U+000D, U+0020 to U+00FF. Our own.
    UnsupportedCharacter = "UNSUPPORTED_CHARACTER", Error, ALIVE;
    /// A `Version` that is neither 2012-10-17 nor 2008-10-17.
    InvalidVersion = "INVALID_VERSION", Error, ALIVE;
    /// No `Version`: AWS then reads the policy by the rules of 2008.
    MissingVersion = "MISSING_VERSION", Warning, ALIVE;
    /// A policy without statements.
    MissingStatement = "MISSING_STATEMENT", Error, ALIVE;
    /// Larger than AWS stores for an identity policy.
    PolicySizeExceedsIdentityPolicyQuota = "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA", Warning, ALIVE;
    /// Larger than AWS stores for a resource policy.
    PolicySizeExceedsResourcePolicyQuota = "POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA", Warning, ALIVE;
    /// Larger than AWS stores for a role trust policy.
    PolicySizeExceedsRoleTrustPolicyQuota = "POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA", Warning, ALIVE;
    /// Larger than AWS stores for a service control policy.
    PolicySizeExceedsScpQuota = "POLICY_SIZE_EXCEEDS_SCP_QUOTA", Error, ALIVE;
    /// Larger than AWS stores for a resource control policy.
    PolicySizeExceedsRcpQuota = "POLICY_SIZE_EXCEEDS_RCP_QUOTA", Error, ALIVE;
    /// Larger than AWS takes for a session policy. Our own.
    PolicySizeExceedsSessionPolicyQuota = "POLICY_SIZE_EXCEEDS_SESSION_POLICY_QUOTA", Error, ALIVE;

    // ---- Statements
    /// A statement without `Effect`.
    MissingEffect = "MISSING_EFFECT", Error, ALIVE;
    /// An `Effect` that is neither `Allow` nor `Deny`.
    InvalidEffect = "INVALID_EFFECT", Error, ALIVE;
    /// A statement without `Action` or `NotAction`.
    MissingAction = "MISSING_ACTION", Error, ALIVE;
    /// A statement without `Resource` or `NotResource` where the kind of policy demands one.
    MissingResource = "MISSING_RESOURCE", Error, ALIVE;
    /// A statement without `Principal` where the kind of policy demands one.
    MissingPrincipal = "MISSING_PRINCIPAL", Error, ALIVE;
    /// A `Principal` that is neither `*` nor an object.
    InvalidPrincipalFormat = "INVALID_PRINCIPAL_FORMAT", Error, ALIVE;
    /// A key of `Principal` other than `AWS`, `Service`, `Federated` and `CanonicalUser`.
    InvalidPrincipalKey = "INVALID_PRINCIPAL_KEY", Error, ALIVE;
    /// A `Principal` in a kind of policy that has none.
    UnsupportedPrincipal = "UNSUPPORTED_PRINCIPAL", Error, ALIVE;
    /// A `Principal` in a service control policy.
    ScpSyntaxErrorPrincipal = "SCP_SYNTAX_ERROR_PRINCIPAL", Error, ALIVE;
    /// A `Principal` other than `*` in a resource control policy.
    RcpSyntaxErrorPrincipal = "RCP_SYNTAX_ERROR_PRINCIPAL", Error, ALIVE;
    /// `NotPrincipal` in a role trust policy.
    RoleTrustPolicySyntaxErrorNotprincipal = "ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL", Error, ALIVE;
    /// `Resource` in a role trust policy.
    RoleTrustPolicySyntaxErrorResource = "ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE", Error, ALIVE;
    /// An `Id` in a kind of policy that has none. Our own.
    UnsupportedId = "UNSUPPORTED_ID", Error, ALIVE;
    /// An element together with its opposite: `Action` with `NotAction`.
    UnsupportedElementCombination = "UNSUPPORTED_ELEMENT_COMBINATION", Error, ALIVE;
    /// A `Sid` with a character other than letters and digits.
    UnsupportedSid = "UNSUPPORTED_SID", Error, ALIVE;
    /// Two statements with one `Sid`.
    UniqueSidsRequired = "UNIQUE_SIDS_REQUIRED", Error, ALIVE;
    /// A `Sid` that is empty.
    EmptySidValue = "EMPTY_SID_VALUE", Suggestion, ALIVE;
    /// A list of actions with nothing in it.
    EmptyArrayAction = "EMPTY_ARRAY_ACTION", Suggestion, DEAD;
    /// A list of resources with nothing in it.
    EmptyArrayResource = "EMPTY_ARRAY_RESOURCE", Suggestion, DEAD;
    /// A list of principals with nothing in it.
    EmptyArrayPrincipal = "EMPTY_ARRAY_PRINCIPAL", Suggestion, DEAD;
    /// A `Principal` with nothing in it.
    EmptyObjectPrincipal = "EMPTY_OBJECT_PRINCIPAL", Suggestion, DEAD;
    /// A list of condition values with nothing in it.
    EmptyArrayCondition = "EMPTY_ARRAY_CONDITION", Suggestion, DEAD;
    /// A condition operator with no keys.
    EmptyObjectCondition = "EMPTY_OBJECT_CONDITION", Suggestion, ALIVE;
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// There is no code of that name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownCode;

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no finding has this code; codes are written as in `INVALID_ACTION`")
    }
}

impl std::error::Error for UnknownCode {}

impl FromStr for Code {
    type Err = UnknownCode;

    fn from_str(name: &str) -> Result<Self, UnknownCode> {
        Self::ALL
            .iter()
            .copied()
            .find(|code| code.name() == name)
            .ok_or(UnknownCode)
    }
}
