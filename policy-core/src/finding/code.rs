//! The registry of findings: every code, its severity and its meaning.

use std::fmt;
use std::str::FromStr;

use super::Severity;
use super::registry::codes;
use crate::spelling::{self, UnknownNameError};

/// What AWS makes of a policy with the mistake.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// AWS accepts it, and it has an effect.
    Alive,
    /// AWS accepts it, but the statement has no effect.
    Dead,
    /// The call that stores the policy fails, wherever in the policy the mistake is.
    Rejected,
}

const ALIVE: Outcome = Outcome::Alive;
const DEAD: Outcome = Outcome::Dead;
const REJECTED: Outcome = Outcome::Rejected;
/// Whether the code is our own, for a mistake that Access Analyzer does not check.
const OWN: bool = true;

/// What the registry has of a code.
struct Row {
    name: &'static str,
    severity: Severity,
    outcome: Outcome,
    is_own: bool,
    #[cfg(feature = "values")]
    doc: &'static str,
    #[cfg(feature = "values")]
    page: &'static str,
}

/// The documentation of such a code.
#[cfg(doc)]
macro_rules! own {
    (OWN) => {
        ", and the code is our own"
    };
}

// Of two findings at one place the one whose code is first here comes first.
codes! {
    // ---- The document
    /// The text is not JSON.
    form/JsonSyntaxError = "JSON_SYNTAX_ERROR", Error, ALIVE;
    /// An element has a value of the wrong JSON type.
    form/DataTypeMismatch = "DATA_TYPE_MISMATCH", Error, REJECTED;
    /// An element that is not part of the policy language.
    form/InvalidPolicyElement = "INVALID_POLICY_ELEMENT", Error, REJECTED;
    /// An element that appears twice in one object. Access Analyzer's parser keeps one of the two.
    form/DuplicateElement = "DUPLICATE_ELEMENT", Error, REJECTED, OWN;
    /// A character that IAM does not accept: outside U+0009, U+000A, U+000D, U+0020 to U+00FF.
    text/UnsupportedCharacter = "UNSUPPORTED_CHARACTER", Error, ALIVE, OWN;
    /// A `Version` that is neither 2012-10-17 nor 2008-10-17.
    form/InvalidVersion = "INVALID_VERSION", Error, REJECTED;
    /// No `Version`: AWS then uses version 2008-10-17.
    form/MissingVersion = "MISSING_VERSION", Warning, ALIVE;
    /// A policy without statements.
    form/MissingStatement = "MISSING_STATEMENT", Error, REJECTED;
    /// Larger than AWS's quota for an identity-based policy.
    form/PolicySizeExceedsIdentityPolicyQuota = "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA", Warning, ALIVE;
    /// Larger than AWS stores for a managed policy, but not for the inline policies of a role. Access Analyzer does not
    /// report policies up to the limit of a role.
    form/PolicySizeExceedsManagedPolicyQuota = "POLICY_SIZE_EXCEEDS_MANAGED_POLICY_QUOTA", Warning, ALIVE, OWN;
    /// Larger than AWS's quota for a resource-based policy.
    form/PolicySizeExceedsResourcePolicyQuota = "POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA", Warning, ALIVE;
    /// Larger than AWS's quota for a role trust policy.
    form/PolicySizeExceedsRoleTrustPolicyQuota = "POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA", Warning, ALIVE;
    /// Larger than AWS's quota for a service control policy.
    form/PolicySizeExceedsScpQuota = "POLICY_SIZE_EXCEEDS_SCP_QUOTA", Error, REJECTED;
    /// Larger than AWS's quota for a resource control policy.
    form/PolicySizeExceedsRcpQuota = "POLICY_SIZE_EXCEEDS_RCP_QUOTA", Error, REJECTED;
    /// Larger than AWS accepts for a session policy.
    form/PolicySizeExceedsSessionPolicyQuota = "POLICY_SIZE_EXCEEDS_SESSION_POLICY_QUOTA", Error, REJECTED, OWN;
    /// A statement that is equivalent to another.
    redundant/RedundantStatement = "REDUNDANT_STATEMENT", Suggestion, ALIVE;
    /// An `Allow` that a `Deny` of the same policy denies completely.
    redundant/AllowSwallowedByDeny = "ALLOW_SWALLOWED_BY_DENY", Warning, DEAD, OWN;
    /// `NotAction`, `NotResource` or `NotPrincipal` with `*`, which leaves nothing.
    redundant/NothingLeft = "NOTHING_LEFT", Warning, DEAD, OWN;

    // ---- Statements
    /// A statement without `Effect`.
    form/MissingEffect = "MISSING_EFFECT", Error, REJECTED;
    /// An `Effect` that is neither `Allow` nor `Deny`.
    form/InvalidEffect = "INVALID_EFFECT", Error, REJECTED;
    /// A statement without `Action` or `NotAction`.
    form/MissingAction = "MISSING_ACTION", Error, REJECTED;
    /// A statement without `Resource` or `NotResource` where the kind of policy requires one.
    form/MissingResource = "MISSING_RESOURCE", Error, REJECTED;
    /// A statement without `Principal` where the kind of policy requires one.
    form/MissingPrincipal = "MISSING_PRINCIPAL", Error, REJECTED;
    /// A `Principal` that is neither `*` nor an object.
    principal/InvalidPrincipalFormat = "INVALID_PRINCIPAL_FORMAT", Error, REJECTED;
    /// A key of `Principal` other than `AWS`, `Service`, `Federated` and `CanonicalUser`.
    form/InvalidPrincipalKey = "INVALID_PRINCIPAL_KEY", Error, REJECTED;
    /// A `Principal` in a kind of policy that cannot have one.
    form/UnsupportedPrincipal = "UNSUPPORTED_PRINCIPAL", Error, REJECTED;
    /// A `Principal` in a service control policy.
    form/ScpSyntaxErrorPrincipal = "SCP_SYNTAX_ERROR_PRINCIPAL", Error, REJECTED;
    /// A `Principal` other than `*` in a resource control policy.
    form/RcpSyntaxErrorPrincipal = "RCP_SYNTAX_ERROR_PRINCIPAL", Error, REJECTED;
    /// An `Allow` in a resource control policy, other than the one that AWS attaches.
    form/RcpSyntaxErrorAllow = "RCP_SYNTAX_ERROR_ALLOW", Error, REJECTED;
    /// `NotAction` in a resource control policy.
    form/RcpSyntaxErrorNotaction = "RCP_SYNTAX_ERROR_NOTACTION", Error, REJECTED;
    /// An action of a service that resource control policies do not apply to, or of all services.
    organization/RcpSyntaxErrorAction = "RCP_SYNTAX_ERROR_ACTION", Error, REJECTED;
    /// An action in a service control policy with a wildcard in its service prefix.
    action/ScpSyntaxErrorActionWildcard = "SCP_SYNTAX_ERROR_ACTION_WILDCARD", Error, ALIVE;
    /// `NotPrincipal` in a role trust policy.
    form/RoleTrustPolicySyntaxErrorNotprincipal = "ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL", Error, REJECTED;
    /// `Resource` in a role trust policy.
    form/RoleTrustPolicySyntaxErrorResource = "ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE", Error, REJECTED;
    /// An `Id` in a kind of policy that cannot have one.
    form/UnsupportedId = "UNSUPPORTED_ID", Error, REJECTED, OWN;
    /// An element together with its opposite: `Action` with `NotAction`.
    form/UnsupportedElementCombination = "UNSUPPORTED_ELEMENT_COMBINATION", Error, REJECTED;
    /// A `Sid` with a character other than letters and digits.
    form/UnsupportedSid = "UNSUPPORTED_SID", Error, REJECTED;
    /// Two statements with the same `Sid`.
    form/UniqueSidsRequired = "UNIQUE_SIDS_REQUIRED", Error, REJECTED;
    /// An empty `Sid`.
    form/EmptySidValue = "EMPTY_SID_VALUE", Suggestion, ALIVE;
    /// An empty list of actions.
    form/EmptyArrayAction = "EMPTY_ARRAY_ACTION", Suggestion, DEAD;
    /// An empty list of resources.
    form/EmptyArrayResource = "EMPTY_ARRAY_RESOURCE", Suggestion, DEAD;
    /// An empty list of principals.
    form/EmptyArrayPrincipal = "EMPTY_ARRAY_PRINCIPAL", Suggestion, DEAD;
    /// An empty `Principal`.
    form/EmptyObjectPrincipal = "EMPTY_OBJECT_PRINCIPAL", Suggestion, DEAD;
    /// An empty list of condition values.
    value/EmptyArrayCondition = "EMPTY_ARRAY_CONDITION", Suggestion, DEAD;
    /// A condition operator without condition keys.
    form/EmptyObjectCondition = "EMPTY_OBJECT_CONDITION", Suggestion, ALIVE;

    // ---- Actions and resources
    /// An action that does not exist.
    action/InvalidAction = "INVALID_ACTION", Error, ALIVE;
    /// An action of a service that does not exist, or with a wildcard in its service.
    action/InvalidServiceInAction = "INVALID_SERVICE_IN_ACTION", Error, ALIVE;
    /// A pattern that matches no action of its service. Access Analyzer accepts it.
    action/WildcardMatchesNoAction = "WILDCARD_MATCHES_NO_ACTION", Warning, DEAD, OWN;
    /// An action that another of the same statement covers.
    redundant/RedundantAction = "REDUNDANT_ACTION", Suggestion, ALIVE;
    /// An action without another that AWS requires in the same call.
    grant/MissingDependentAction = "MISSING_DEPENDENT_ACTION", Suggestion, ALIVE, OWN;
    /// An action whose requests are about several resources, of which some are allowed.
    fit/MissingResourceType = "MISSING_RESOURCE_TYPE", Suggestion, ALIVE, OWN;
    /// An action that AWS no longer documents. Not dead: what was right when it was written must
    /// not stop a build because newer data came in.
    action/DeprecatedAction = "DEPRECATED_ACTION", Warning, ALIVE, OWN;
    /// A service that AWS no longer documents. Not dead, as `DEPRECATED_ACTION` is not.
    action/DeprecatedService = "DEPRECATED_SERVICE", Warning, ALIVE, OWN;
    /// An action that AWS does not document, and that one of its managed policies has. Not dead: what it allows is not known.
    action/UndocumentedAction = "UNDOCUMENTED_ACTION", Warning, ALIVE, OWN;
    /// A resource that is neither `*` nor an ARN.
    resource/InvalidArnPrefix = "INVALID_ARN_PREFIX", Error, ALIVE;
    /// An ARN with fewer than six fields.
    resource/MissingArnField = "MISSING_ARN_FIELD", Error, ALIVE;
    /// An ARN with a partition that does not exist.
    resource/InvalidPartition = "INVALID_PARTITION", Error, ALIVE;
    /// An ARN with a service that does not exist.
    resource/InvalidService = "INVALID_SERVICE", Error, ALIVE;
    /// An ARN with capital letters in its service.
    resource/InvalidArnServiceCase = "INVALID_ARN_SERVICE_CASE", Error, ALIVE;
    /// An ARN with a wildcard in its service.
    resource/WildcardInServiceName = "WILDCARD_IN_SERVICE_NAME", Suggestion, ALIVE;
    /// An ARN with a Region that does not exist, or not in the ARN's partition.
    resource/InvalidArnRegion = "INVALID_ARN_REGION", Error, ALIVE;
    /// An ARN whose account is not an account ID.
    resource/InvalidArnAccount = "INVALID_ARN_ACCOUNT", Error, ALIVE;
    /// A Region in the ARN of a resource type without one.
    resource/ArnRegionNotAllowed = "ARN_REGION_NOT_ALLOWED", Error, ALIVE;
    /// An account in the ARN of a resource type without one.
    resource/ArnAccountNotAllowed = "ARN_ACCOUNT_NOT_ALLOWED", Error, ALIVE;
    /// No Region in the ARN of a resource type that has one.
    resource/MissingArnRegion = "MISSING_ARN_REGION", Error, ALIVE;
    /// No account in the ARN of a resource type that has one.
    resource/MissingArnAccount = "MISSING_ARN_ACCOUNT", Error, ALIVE;
    /// An ARN that no resource of its service can have. Access Analyzer reports some of them as
    /// `INVALID_ARN_RESOURCE`.
    resource/ArnMatchesNoResourceType = "ARN_MATCHES_NO_RESOURCE_TYPE", Warning, DEAD, OWN;
    /// An ARN whose resource does not have an ARN format of its service.
    resource/InvalidArnResource = "INVALID_ARN_RESOURCE", Error, DEAD;
    /// A resource that another of the same statement covers.
    redundant/RedundantResource = "REDUNDANT_RESOURCE", Suggestion, ALIVE;
    /// The ARN of a log group without the `:*` that matches its log streams.
    fit/LogGroupArnWithoutStreams = "LOG_GROUP_ARN_WITHOUT_STREAMS", Warning, DEAD, OWN;
    /// A resource that cannot be in a policy of the resource type that it is attached to.
    attached/UnsupportedResourceArnInPolicy = "UNSUPPORTED_RESOURCE_ARN_IN_POLICY", Error, DEAD;
    /// An action without resource-level permissions, in a statement without `"Resource": "*"`.
    fit/ActionNeedsStarResource = "ACTION_NEEDS_STAR_RESOURCE", Warning, DEAD, OWN;
    /// An action that applies to none of its statement's resources.
    fit/ActionFitsNoResource = "ACTION_FITS_NO_RESOURCE", Warning, DEAD, OWN;
    /// A resource that none of its statement's actions applies to.
    fit/ResourceFitsNoAction = "RESOURCE_FITS_NO_ACTION", Warning, DEAD, OWN;
    /// Every resource for actions that can be limited to specific ones.
    fit/ResourceCouldBeNarrower = "RESOURCE_COULD_BE_NARROWER", Suggestion, ALIVE, OWN;
    /// The ARN of a secret without the six random characters that every secret's ARN ends with.
    resource/SecretArnWithoutSuffix = "SECRET_ARN_WITHOUT_SUFFIX", Warning, DEAD, OWN;
    /// An ARN with two slashes before a name that begins with one.
    resource/ArnWithDoubleSlash = "ARN_WITH_DOUBLE_SLASH", Warning, DEAD, OWN;
    /// An ARN in a format that no request for the actions has.
    resource/ArnMatchesNoRequest = "ARN_MATCHES_NO_REQUEST", Warning, DEAD, OWN;
    /// The ARN of a secret with the suffix that `valueFrom` in an ECS task definition has.
    resource/ValueFromAsResource = "VALUE_FROM_AS_RESOURCE", Warning, DEAD, OWN;
    /// The ARN of a KMS alias where the ARN of a key is intended.
    fit/KeyAliasAsResource = "KEY_ALIAS_AS_RESOURCE", Warning, DEAD, OWN;
    /// A hard-coded partition in a policy for any Region. Where that is a template, the ARN matches nothing in the other
    /// partitions.
    text/HardCodedPartition = "HARD_CODED_PARTITION", Suggestion, DEAD, OWN;
    /// A placeholder of a template or documentation page that was not replaced.
    text/UnfilledPlaceholder = "UNFILLED_PLACEHOLDER", Error, ALIVE, OWN;

    // ---- Grants and exposure
    /// `iam:PassRole` with `NotResource`.
    grant/PassRoleWithNotResource = "PASS_ROLE_WITH_NOT_RESOURCE", SecurityWarning, ALIVE;
    /// A pattern of actions that includes `iam:PassRole`, on all but some resources.
    grant/PassRoleWithStarInActionAndNotResource = "PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE", SecurityWarning, ALIVE;
    /// `NotAction` that allows `iam:PassRole`, with `NotResource`.
    grant/PassRoleWithNotActionAndNotResource = "PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE", SecurityWarning, ALIVE;
    /// `iam:PassRole` on a resource pattern.
    grant/PassRoleWithStarInResource = "PASS_ROLE_WITH_STAR_IN_RESOURCE", SecurityWarning, ALIVE;
    /// A pattern of actions that includes `iam:PassRole`, on a pattern of resources.
    grant/PassRoleWithStarInActionAndResource = "PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE", SecurityWarning, ALIVE;
    /// `NotAction` that allows `iam:PassRole`, on a resource pattern.
    grant/PassRoleWithStarInResourceAndNotAction = "PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION", SecurityWarning, ALIVE;
    /// `iam:CreateServiceLinkedRole` with `NotResource`.
    grant/CreateSlrWithNotResource = "CREATE_SLR_WITH_NOT_RESOURCE", Warning, ALIVE;
    /// A pattern of actions that includes `iam:CreateServiceLinkedRole`, on all but some resources.
    grant/CreateSlrWithStarInActionAndNotResource = "CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE", Warning, ALIVE;
    /// `NotAction` that allows `iam:CreateServiceLinkedRole`, with `NotResource`.
    grant/CreateSlrWithNotActionAndNotResource = "CREATE_SLR_WITH_NOT_ACTION_AND_NOT_RESOURCE", Warning, ALIVE;
    /// `iam:CreateServiceLinkedRole` on a resource pattern.
    grant/CreateSlrWithStarInResource = "CREATE_SLR_WITH_STAR_IN_RESOURCE", Warning, ALIVE;
    /// A pattern of actions that includes `iam:CreateServiceLinkedRole`, on a pattern of resources.
    grant/CreateSlrWithStarInActionAndResource = "CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE", Warning, ALIVE;
    /// `NotAction` that allows `iam:CreateServiceLinkedRole`, on a resource pattern.
    grant/CreateSlrWithStarInResourceAndNotAction = "CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION", Warning, ALIVE;
    /// Actions with which a principal can give itself more permissions.
    grant/PrivilegeEscalation = "PRIVILEGE_ESCALATION", SecurityWarning, ALIVE, OWN;
    /// A resource policy that allows public access.
    exposure/PublicAccess = "PUBLIC_ACCESS", SecurityWarning, ALIVE, OWN;
    /// A policy that allows another account.
    exposure/CrossAccountAccess = "CROSS_ACCOUNT_ACCESS", Warning, ALIVE, OWN;
    /// A service that gets access on behalf of any customer: the confused deputy.
    exposure/RestrictAccessToServicePrincipal = "RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL", SecurityWarning, ALIVE;
    /// A service that gets access with a condition that does not identify its source.
    exposure/RecommendedConditionKeyForServicePrincipal = "RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL", Suggestion, ALIVE;
    /// A role that a service assumes on behalf of any customer: the confused deputy. Access Analyzer checks only
    /// resource policies.
    exposure/ServicePrincipalWithoutSource = "SERVICE_PRINCIPAL_WITHOUT_SOURCE", Warning, ALIVE, OWN;
    /// A condition key that requests of the service principal never have.
    exposure/UnsupportedConditionKeyForServicePrincipal = "UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL", Error, DEAD;
    /// A session of a role together with the role itself.
    redundant/RedundantPrincipalInRoleTrustPolicy = "REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY", Suggestion, ALIVE;

    // ---- Conditions, variables, principals
    /// A condition operator that does not exist.
    condition/InvalidConditionOperator = "INVALID_CONDITION_OPERATOR", Error, REJECTED;
    /// `Null` with the suffix `IfExists`.
    condition/NullWithIfExists = "NULL_WITH_IF_EXISTS", Error, ALIVE;
    /// `Null` with `ForAllValues` or `ForAnyValue`.
    condition/NullWithQualifier = "NULL_WITH_QUALIFIER", Suggestion, ALIVE;
    /// A condition key with several values in a request, and an operator without a qualifier for them.
    condition/MissingQualifier = "MISSING_QUALIFIER", Error, ALIVE;
    /// `ForAllValues` with a single-valued condition key: a request without the key meets it.
    condition/ForallvaluesWithSingleValuedKey = "FORALLVALUES_WITH_SINGLE_VALUED_KEY", SecurityWarning, ALIVE;
    /// A condition key that does not have the format `service:Key`.
    condition/InvalidConditionKeyFormat = "INVALID_CONDITION_KEY_FORMAT", Error, REJECTED;
    /// A condition key `aws:...` that AWS does not have.
    condition/InvalidGlobalConditionKey = "INVALID_GLOBAL_CONDITION_KEY", Error, ALIVE;
    /// A condition key that its service does not have.
    condition/InvalidServiceConditionKey = "INVALID_SERVICE_CONDITION_KEY", Error, ALIVE;
    /// A condition key that AWS does not document, and that one of its managed policies has.
    condition/UndocumentedConditionKey = "UNDOCUMENTED_CONDITION_KEY", Warning, ALIVE, OWN;
    /// A condition key for a tag without a tag key.
    condition/MissingTagKeyInCondition = "MISSING_TAG_KEY_IN_CONDITION", Error, ALIVE;
    /// A condition key that appears twice under one operator, in different case.
    condition/DuplicateKeysWithDifferentCase = "DUPLICATE_KEYS_WITH_DIFFERENT_CASE", Error, ALIVE;
    /// The condition key `aws:ARN`, which AWS no longer has.
    condition/UnsupportedGlobalConditionKey = "UNSUPPORTED_GLOBAL_CONDITION_KEY", Error, ALIVE;
    /// A condition key that AWS has replaced with another.
    condition/DeprecatedGlobalConditionKey = "DEPRECATED_GLOBAL_CONDITION_KEY", Warning, ALIVE;
    /// A condition key whose value the caller chooses.
    condition/UntrustworthyConditionKey = "UNTRUSTWORTHY_CONDITION_KEY", SecurityWarning, ALIVE;
    /// A condition key that restricts little without another.
    condition/MissingPairedConditionKeys = "MISSING_PAIRED_CONDITION_KEYS", SecurityWarning, ALIVE;
    /// A condition key that has no effect in a policy of this resource type.
    attached/IrrelevantConditionKeyInPolicy = "IRRELEVANT_CONDITION_KEY_IN_POLICY", Suggestion, ALIVE;
    /// A condition key that only some services set, with actions of others.
    condition/UseConditionKeyOnlyWithSupportedServices = "USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES", Warning, ALIVE;
    /// A condition key that no request has without an action that is missing.
    trust/MissingActionForConditionKey = "MISSING_ACTION_FOR_CONDITION_KEY", Error, ALIVE;
    /// A resource control policy that also denies the services that act for you.
    organization/RcpMissingRelatedPrincipalConditionKey = "RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY", Warning, ALIVE;
    /// A resource control policy for services that also denies your own users and roles.
    organization/RcpMissingRelatedServicePrincipalConditionKey = "RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY", Warning, ALIVE;
    /// A resource control policy on a key that is missing in many requests of services.
    organization/RcpMissingServiceConditionKeyNullCheck = "RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK", Warning, ALIVE;
    /// A condition key that is never present in requests for the statement's actions.
    condition/UnsupportedActionForConditionKey = "UNSUPPORTED_ACTION_FOR_CONDITION_KEY", Error, DEAD;
    /// A condition key that some of the statement's actions never have: those are never allowed, or never denied.
    /// Access Analyzer has `UNSUPPORTED_ACTION_FOR_CONDITION_KEY` for it and does not report those of AWS itself.
    condition/ActionNeverCarriesConditionKey = "ACTION_NEVER_CARRIES_CONDITION_KEY", Warning, DEAD, OWN;
    /// A condition on multi-factor authentication that does not deny, or allows, requests without it.
    condition/MfaConditionIncomplete = "MFA_CONDITION_INCOMPLETE", SecurityWarning, ALIVE, OWN;
    /// A condition key of requests that services make under their own name, in the policy of a user or role.
    condition/SourceKeyInIdentityPolicy = "SOURCE_KEY_IN_IDENTITY_POLICY", Warning, DEAD, OWN;
    /// A condition on a key that only some of the resources carry that a request needs.
    condition/ConditionKeyOfSomeResources = "CONDITION_KEY_OF_SOME_RESOURCES", Warning, ALIVE, OWN;
    /// `Allow` by a tag, with actions that do not support the tag.
    condition/AllowWithUnsupportedTagConditionKeyForService = "ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE", Suggestion, DEAD;
    /// `Deny` by a tag, with actions that do not support the tag.
    condition/DenyWithUnsupportedTagConditionKeyForService = "DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE", SecurityWarning, DEAD;
    /// `Allow` with `NotAction` by a tag.
    condition/AllowNotactionWithUnsupportedTagConditionKeyForService = "ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE", Suggestion, ALIVE;
    /// `Deny` with `NotAction` by a tag.
    condition/DenyNotactionWithUnsupportedTagConditionKeyForService = "DENY_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE", SecurityWarning, ALIVE;
    /// An operator of a different type than its condition key.
    value/TypeMismatch = "TYPE_MISMATCH", Warning, ALIVE;
    /// A value of `Bool` or `Null` that is neither `true` nor `false`.
    value/TypeMismatchBoolean = "TYPE_MISMATCH_BOOLEAN", Warning, DEAD;
    /// A value of a date operator that is not a date.
    value/TypeMismatchDate = "TYPE_MISMATCH_DATE", Warning, DEAD;
    /// A value of a numeric operator that is not a number.
    value/TypeMismatchNumber = "TYPE_MISMATCH_NUMBER", Warning, DEAD;
    /// A value of `BinaryEquals` that is not base64.
    value/TypeMismatchString = "TYPE_MISMATCH_STRING", Warning, DEAD;
    /// A value of `IpAddress` or `NotIpAddress` that is neither an address nor a range in CIDR notation.
    value/TypeMismatchIpRange = "TYPE_MISMATCH_IP_RANGE", Error, DEAD;
    /// A value of an ARN operator that is not an ARN, or one of another type of resource than the key has.
    value/TypeMismatchArn = "TYPE_MISMATCH_ARN", Warning, DEAD, OWN;
    /// A date that may mean another point in time than intended.
    value/InvalidDateValue = "INVALID_DATE_VALUE", Warning, ALIVE;
    /// `StringLike` with a condition key whose values are ARNs.
    value/StringLikeOperatorWithArnConditionKeys = "STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS", SecurityWarning, ALIVE;
    /// `*` or `?` in the value of an operator that does not support wildcards.
    value/WildcardWithoutLikeOperator = "WILDCARD_WITHOUT_LIKE_OPERATOR", Warning, DEAD;
    /// A wildcard that makes the condition on a sensitive key too permissive.
    value/WildcardUsageTooPermissive = "WILDCARD_USAGE_TOO_PERMISSIVE", Error, ALIVE;
    /// A policy variable that makes the condition on a sensitive key too permissive.
    value/VariableUsageTooPermissive = "VARIABLE_USAGE_TOO_PERMISSIVE", Error, ALIVE;
    /// A condition on `s3:prefix` that a shorter prefix bypasses.
    condition/S3PrefixInNegativeContext = "S3_PREFIX_IN_NEGATIVE_CONTEXT", SecurityWarning, ALIVE;
    /// Numbers of which only one counts.
    redundant/RedundantConditionValueNum = "REDUNDANT_CONDITION_VALUE_NUM", Suggestion, ALIVE;
    /// A condition that every request meets, because of a wildcard.
    redundant/RedundantKeyDueToWildcardInCondition = "REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION", Suggestion, ALIVE;
    /// A condition that no request meets, because of a wildcard.
    redundant/RedundantStatementDueToWildcardInCondition = "REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION", Suggestion, DEAD;
    /// A value of `aws:RequestedRegion` that is not a Region.
    value/InvalidRegion = "INVALID_REGION", Error, DEAD;
    /// `aws:SourceIp` with private addresses only, which it never has.
    value/PrivateIpAddress = "PRIVATE_IP_ADDRESS", Error, DEAD;
    /// `aws:SourceIp` with private addresses only with `NotIpAddress`, which is always met.
    value/PrivateNotIpAddress = "PRIVATE_NOT_IP_ADDRESS", Error, ALIVE;
    /// `aws:SourceIp` with private and public addresses.
    value/PrivateIpAddressSubset = "PRIVATE_IP_ADDRESS_SUBSET", Suggestion, ALIVE;
    /// `aws:SourceIp` with a private address among public ones with `NotIpAddress`.
    value/PrivateNotIpAddressSubset = "PRIVATE_NOT_IP_ADDRESS_SUBSET", Suggestion, ALIVE;
    /// A range of IP addresses that does not start at its first address.
    value/ImproveIpRange = "IMPROVE_IP_RANGE", Suggestion, ALIVE;
    /// A condition value that should be a VPC ID.
    value/InvalidVpcFormat = "INVALID_VPC_FORMAT", Error, DEAD;
    /// A condition value that should be a VPC endpoint ID.
    value/InvalidVpceFormat = "INVALID_VPCE_FORMAT", Error, DEAD;
    /// A condition value that should be the ARN of a KMS key.
    value/InvalidKmsKeyValue = "INVALID_KMS_KEY_VALUE", Error, DEAD;
    /// A condition value that should be an account ID.
    value/InvalidAccountFormat = "INVALID_ACCOUNT_FORMAT", Error, DEAD, OWN;
    /// A condition value in a form that its key never has.
    value/ValueMatchesNoRequest = "VALUE_MATCHES_NO_REQUEST", Warning, DEAD, OWN;
    /// A service principal that does not exist.
    principal/InvalidServicePrincipalFormat = "INVALID_SERVICE_PRINCIPAL_FORMAT", Error, DEAD;
    /// Several booleans for a single-valued condition key.
    value/InvalidConditionMultipleBoolean = "INVALID_CONDITION_MULTIPLE_BOOLEAN", Error, ALIVE;
    /// A value of `dynamodb:ReturnConsumedCapacity` that it never has.
    value/DynamodbInvalidReturnConsumedCapacity = "DYNAMODB_INVALID_RETURN_CONSUMED_CAPACITY", Error, DEAD;
    /// A value of `dynamodb:ReturnValues` that it never has.
    value/DynamodbInvalidReturnValues = "DYNAMODB_INVALID_RETURN_VALUES", Error, DEAD;
    /// A value of `dynamodb:Select` that it never has.
    value/DynamodbInvalidSelectValue = "DYNAMODB_INVALID_SELECT_VALUE", Error, DEAD;
    /// `dynamodb:Attributes` on reading, without `dynamodb:Select`: a request that names no attributes gets all.
    condition/DynamodbAttributesWithoutSelect = "DYNAMODB_ATTRIBUTES_WITHOUT_SELECT", SecurityWarning, ALIVE;
    /// `dynamodb:Attributes` on writing, without `dynamodb:ReturnValues`: the response may have all attributes.
    condition/DynamodbAttributesWithoutReturnValues = "DYNAMODB_ATTRIBUTES_WITHOUT_RETURN_VALUES", SecurityWarning, ALIVE;
    /// `dynamodb:Attributes` on an action that replaces the whole item.
    condition/DynamodbReplaceOperationWithAttributes = "DYNAMODB_REPLACE_OPERATION_WITH_ATTRIBUTES", Warning, ALIVE;
    /// `dynamodb:LeadingKeys` on `dynamodb:Scan`, which reads every item.
    condition/DynamodbScanBypassesLeadingKeys = "DYNAMODB_SCAN_BYPASSES_LEADING_KEYS", Warning, ALIVE;
    /// A condition key for reads with an action that writes, or the reverse.
    condition/DynamodbWrongConditionForAction = "DYNAMODB_WRONG_CONDITION_FOR_ACTION", Warning, ALIVE;
    /// Condition values of more than one JSON type in one list.
    value/InvalidConditionDataType = "INVALID_CONDITION_DATA_TYPE", Error, ALIVE;
    /// A pattern that matches every value, so that the condition only checks whether the key is present.
    value/EquivalentToNullFalse = "EQUIVALENT_TO_NULL_FALSE", Suggestion, ALIVE;
    /// A negated pattern that matches every value, so that the condition only checks whether the key is missing.
    value/EquivalentToNullTrue = "EQUIVALENT_TO_NULL_TRUE", Suggestion, ALIVE;
    /// An empty list of condition values, with `ForAllValues`.
    value/EmptyArrayConditionForallvalues = "EMPTY_ARRAY_CONDITION_FORALLVALUES", Suggestion, ALIVE;
    /// An empty list of condition values, with `ForAnyValue`.
    value/EmptyArrayConditionForanyvalue = "EMPTY_ARRAY_CONDITION_FORANYVALUE", Suggestion, DEAD;
    /// An empty list of condition values, with an operator with `IfExists`.
    value/EmptyArrayConditionIfexists = "EMPTY_ARRAY_CONDITION_IFEXISTS", Suggestion, ALIVE;
    /// A policy variable without its closing brace.
    variable/MissingBraceInVariable = "MISSING_BRACE_IN_VARIABLE", Error, ALIVE;
    /// A policy variable whose default value has no quotes.
    variable/MissingQuoteInVariable = "MISSING_QUOTE_IN_VARIABLE", Error, ALIVE;
    /// A policy variable with a space in it.
    variable/UnsupportedSpaceInVariable = "UNSUPPORTED_SPACE_IN_VARIABLE", Error, ALIVE;
    /// An empty policy variable.
    variable/EmptyVariable = "EMPTY_VARIABLE", Error, ALIVE;
    /// A policy variable in an element other than `Resource` and `Condition`.
    variable/VariableUnsupportedInElement = "VARIABLE_UNSUPPORTED_IN_ELEMENT", Error, ALIVE;
    /// A policy variable in version 2008-10-17, where it is literal text.
    variable/VariableUnsupportedInVersion = "VARIABLE_UNSUPPORTED_IN_VERSION", Error, DEAD;
    /// A policy variable in the value of an operator that does not support it.
    variable/InvalidVariableForOperator = "INVALID_VARIABLE_FOR_OPERATOR", Error, ALIVE;
    /// A policy variable that does not exist, so that it is not replaced.
    variable/UnknownVariable = "UNKNOWN_VARIABLE", Warning, DEAD, OWN;
    /// A policy variable of a condition key with several values, which AWS does not replace.
    variable/MultivaluedVariable = "MULTIVALUED_VARIABLE", Warning, DEAD, OWN;
    /// A policy variable before the last part of an ARN.
    variable/VariableOutsideResourcePart = "VARIABLE_OUTSIDE_RESOURCE_PART", Warning, ALIVE, OWN;
    /// `*` or `?` in a principal other than `*` alone.
    principal/UnsupportedWildcardInPrincipal = "UNSUPPORTED_WILDCARD_IN_PRINCIPAL", Error, ALIVE;
    /// The unique id of a role as principal: what IAM shows for a deleted role.
    principal/InvalidRoleReference = "INVALID_ROLE_REFERENCE", Warning, ALIVE;
    /// The unique id of a user as principal: what IAM shows for a deleted user.
    principal/InvalidUserReference = "INVALID_USER_REFERENCE", Warning, ALIVE;
    /// `NotPrincipal` with `Allow`: everyone else gets access, the whole world.
    principal/AllowWithNotPrincipal = "ALLOW_WITH_NOT_PRINCIPAL", SecurityWarning, ALIVE;
    /// An identity provider in a policy that cannot have one.
    principal/FederatedPrincipalNotSupported = "FEDERATED_PRINCIPAL_NOT_SUPPORTED", Error, ALIVE;
    /// `"Principal": "*"` in a role trust policy.
    trust/RoleTrustPolicyUnsupportedWildcardInPrincipal = "ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL", Error, ALIVE;
    /// `{ "AWS": "*" }` in a role trust policy, and no condition that restricts it.
    trust/RoleTrustPolicyForEveryone = "ROLE_TRUST_POLICY_FOR_EVERYONE", SecurityWarning, ALIVE, OWN;
    /// An identity provider in a role trust policy that is neither a domain name nor the ARN of a provider.
    principal/InvalidFederatedPrincipalSyntaxInRoleTrustPolicy = "INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY", Error, ALIVE;
    /// An action in a role trust policy with which its principals cannot assume the role.
    trust/MismatchedActionForPrincipal = "MISMATCHED_ACTION_FOR_PRINCIPAL", Error, DEAD;
    /// A role trust policy for IAM Roles Anywhere without one of the three actions that it needs.
    trust/MissingActionForRolesAnywhereTrustPolicy = "MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY", Error, DEAD;
    /// A role trust policy that allows all users of an `OpenID` Connect provider.
    trust/MissingConditionKeyForOidcPrincipal = "MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL", SecurityWarning, ALIVE;
    /// A role trust policy that allows every GitHub repository.
    trust/MissingGithubRepoConditionKey = "MISSING_GITHUB_REPO_CONDITION_KEY", SecurityWarning, ALIVE;
    /// A role trust policy that allows every customer of a service that issues tokens to all of them.
    trust/SharedOidcProviderWithoutTenant = "SHARED_OIDC_PROVIDER_WITHOUT_TENANT", SecurityWarning, ALIVE, OWN;
    /// A condition on the claim of an identity provider that is not the principal.
    trust/ConditionKeyOfAnotherProvider = "CONDITION_KEY_OF_ANOTHER_PROVIDER", Warning, DEAD, OWN;
    /// A condition value that the claim of no token has.
    trust/ClaimMatchesNoToken = "CLAIM_MATCHES_NO_TOKEN", Warning, DEAD, OWN;
    /// An `OpenID` Connect issuer that does not exist.
    trust/OidcProviderDoesNotExist = "OIDC_PROVIDER_DOES_NOT_EXIST", Error, DEAD, OWN;
    /// A role trust policy for a service that tags the session, without `sts:TagSession`.
    trust/MissingTagSessionForService = "MISSING_TAG_SESSION_FOR_SERVICE", Warning, DEAD, OWN;
    /// `ForAnyValue` with a single-valued audience.
    trust/ForanyvalueWithAudienceClaimType = "FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE", SecurityWarning, ALIVE;
    /// A condition on an audience that may be single-valued or multivalued, depending on the provider.
    trust/ConfirmAudienceClaimType = "CONFIRM_AUDIENCE_CLAIM_TYPE", Suggestion, ALIVE;
    /// A role trust policy that allows GitHub repositories by a pattern.
    trust/SpecificGithubRepoAndBranchRecommended = "SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED", Warning, ALIVE;
    /// An action that the kind of policy does not support.
    attached/UnsupportedActionInPolicy = "UNSUPPORTED_ACTION_IN_POLICY", Error, ALIVE;
    /// A service principal that is not known, and one letter from one that is.
    principal/UnknownServicePrincipal = "UNKNOWN_SERVICE_PRINCIPAL", Warning, DEAD, OWN;
    /// More statements, actions, principals, conditions or characters than a service accepts in the policy of a resource.
    attached/ResourcePolicyExceedsServiceQuota = "RESOURCE_POLICY_EXCEEDS_SERVICE_QUOTA", Error, REJECTED, OWN;
    /// An action that a service does not accept in the policy of a resource.
    attached/ActionOutOfServiceScope = "ACTION_OUT_OF_SERVICE_SCOPE", Error, REJECTED, OWN;
    /// An element, an effect or a wildcard that a service does not accept in the policy of a resource.
    attached/UnsupportedInResourcePolicy = "UNSUPPORTED_IN_RESOURCE_POLICY", Error, REJECTED, OWN;
    /// An action, a principal or a condition key that a service accepts in the policy of a resource and never uses.
    attached/NoEffectInResourcePolicy = "NO_EFFECT_IN_RESOURCE_POLICY", Warning, DEAD, OWN;
    /// The policy of a bucket that names another bucket too.
    attached/ResourcePolicyOfSeveralResources = "RESOURCE_POLICY_OF_SEVERAL_RESOURCES", Error, REJECTED, OWN;
    /// A key policy that nobody could change.
    attached/ResourcePolicyLocksEveryoneOut = "RESOURCE_POLICY_LOCKS_EVERYONE_OUT", Error, REJECTED, OWN;
    /// The policy of a VPC endpoint without an `Allow`.
    attached/EndpointPolicyAllowsNothing = "ENDPOINT_POLICY_ALLOWS_NOTHING", Warning, DEAD, OWN;
    /// A `Deny` with `NotPrincipal` that spares a role and not its sessions.
    principal/NotPrincipalDeniesSessions = "NOT_PRINCIPAL_DENIES_SESSIONS", Warning, ALIVE, OWN;
    /// Two statements with one `Sid` in a policy where AWS accepts that.
    form/UniqueSidsRecommended = "UNIQUE_SIDS_RECOMMENDED", Warning, ALIVE;
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Code {
    type Err = UnknownNameError;

    #[inline]
    fn from_str(name: &str) -> Result<Self, UnknownNameError> {
        spelling::find("the code of a finding", name, Self::ALL, Self::name)
    }
}
