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

    // ---- Actions and resources
    /// An action that AWS does not have.
    InvalidAction = "INVALID_ACTION", Error, ALIVE;
    /// An action of a service that AWS does not have, or with a wildcard in its service.
    InvalidServiceInAction = "INVALID_SERVICE_IN_ACTION", Error, ALIVE;
    /// A pattern of actions that matches none of its service. Our own: Access Analyzer accepts it.
    WildcardMatchesNoAction = "WILDCARD_MATCHES_NO_ACTION", Warning, DEAD;
    /// An action that AWS documented once and documents no longer. Our own. Not dead: what was right when it was written must
    /// not stop a build because newer data came in.
    DeprecatedAction = "DEPRECATED_ACTION", Warning, ALIVE;
    /// A service that AWS documented once and documents no longer. Our own, and not dead for the same reason.
    DeprecatedService = "DEPRECATED_SERVICE", Warning, ALIVE;
    /// A resource that is neither `*` nor an ARN.
    InvalidArnPrefix = "INVALID_ARN_PREFIX", Error, ALIVE;
    /// An ARN with fewer than six fields.
    MissingArnField = "MISSING_ARN_FIELD", Error, ALIVE;
    /// An ARN of a partition that AWS does not have.
    InvalidPartition = "INVALID_PARTITION", Error, ALIVE;
    /// An ARN of a service that AWS does not have.
    InvalidService = "INVALID_SERVICE", Error, ALIVE;
    /// An ARN whose service has capital letters.
    InvalidArnServiceCase = "INVALID_ARN_SERVICE_CASE", Error, ALIVE;
    /// An ARN with a wildcard in its service.
    WildcardInServiceName = "WILDCARD_IN_SERVICE_NAME", Suggestion, ALIVE;
    /// An ARN of a Region that AWS does not have, or not in the ARN's partition.
    InvalidArnRegion = "INVALID_ARN_REGION", Error, ALIVE;
    /// An ARN whose account is not an account id.
    InvalidArnAccount = "INVALID_ARN_ACCOUNT", Error, ALIVE;
    /// A Region in an ARN of resources that have none.
    ArnRegionNotAllowed = "ARN_REGION_NOT_ALLOWED", Error, ALIVE;
    /// An account in an ARN of resources that have none.
    ArnAccountNotAllowed = "ARN_ACCOUNT_NOT_ALLOWED", Error, ALIVE;
    /// No Region in an ARN of resources that have one.
    MissingArnRegion = "MISSING_ARN_REGION", Error, ALIVE;
    /// No account in an ARN of resources that have one.
    MissingArnAccount = "MISSING_ARN_ACCOUNT", Error, ALIVE;
    /// An ARN that no resource of its service can have. Our own: Access Analyzer's `INVALID_ARN_RESOURCE` says so of some,
    /// and is silent on most.
    ArnMatchesNoResourceType = "ARN_MATCHES_NO_RESOURCE_TYPE", Warning, DEAD;
    /// An action that acts on no resource, in a statement without `"Resource": "*"`. Our own.
    ActionNeedsStarResource = "ACTION_NEEDS_STAR_RESOURCE", Warning, DEAD;
    /// An action that acts on none of its statement's resources. Our own.
    ActionFitsNoResource = "ACTION_FITS_NO_RESOURCE", Warning, DEAD;
    /// A resource that none of its statement's actions acts on. Our own.
    ResourceFitsNoAction = "RESOURCE_FITS_NO_ACTION", Warning, DEAD;
    /// The ARN of a secret without the six random characters that every secret's ARN ends with. Our own.
    SecretArnWithoutSuffix = "SECRET_ARN_WITHOUT_SUFFIX", Warning, DEAD;
    /// The ARN of a secret with the tail that an ECS task definition's `valueFrom` has. Our own.
    ValueFromAsResource = "VALUE_FROM_AS_RESOURCE", Warning, DEAD;
    /// The ARN of a KMS alias where a key is meant. Our own.
    KeyAliasAsResource = "KEY_ALIAS_AS_RESOURCE", Warning, DEAD;
    /// A partition written by hand in a policy that is made for any Region. Our own. Dead, because in the other partitions the
    /// ARN matches nothing; only templates have such policies.
    HardCodedPartition = "HARD_CODED_PARTITION", Warning, DEAD;
    /// A placeholder of a template or of a documentation page that nobody replaced. Our own.
    UnfilledPlaceholder = "UNFILLED_PLACEHOLDER", Error, ALIVE;
    // ---- End of actions and resources
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
