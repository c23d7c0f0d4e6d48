//! The registry of what can be found: every code, how bad it is, and what it means.

use std::fmt;
use std::str::FromStr;

use super::Severity;
use super::registry::codes;

/// Is what is found dead, that is: does AWS accept it although it can never do what it says?
const DEAD: bool = true;
const ALIVE: bool = false;
/// Is it a code of our own, for what Access Analyzer does not look at?
const OWN: bool = true;

/// What the documentation says of such a code.
#[cfg(doc)]
macro_rules! own {
    (OWN) => {
        ", and the code is our own"
    };
}

// Of two findings at one place the one whose code stands first here is given first.
codes! {
    // ---- The document
    /// The text is not JSON.
    JsonSyntaxError = "JSON_SYNTAX_ERROR", Error, ALIVE;
    /// An element has a value of the wrong JSON type.
    DataTypeMismatch = "DATA_TYPE_MISMATCH", Error, ALIVE;
    /// An element that the policy language does not have.
    InvalidPolicyElement = "INVALID_POLICY_ELEMENT", Error, ALIVE;
    /// An element stands twice in one object. Access Analyzer's parser keeps one of the two.
    DuplicateElement = "DUPLICATE_ELEMENT", Error, ALIVE, OWN;
    /// A character that IAM accepts in no policy: outside U+0009, U+000A, U+000D, U+0020 to U+00FF.
    UnsupportedCharacter = "UNSUPPORTED_CHARACTER", Error, ALIVE, OWN;
    /// A `Version` that is neither 2012-10-17 nor 2008-10-17.
    InvalidVersion = "INVALID_VERSION", Error, ALIVE;
    /// No `Version`: AWS then reads the policy by the rules of 2008.
    MissingVersion = "MISSING_VERSION", Warning, ALIVE;
    /// A policy without statements.
    MissingStatement = "MISSING_STATEMENT", Error, ALIVE;
    /// Larger than AWS stores for an identity policy.
    PolicySizeExceedsIdentityPolicyQuota = "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA", Warning, ALIVE;
    /// Larger than AWS stores for a managed policy, though not for the inline policies of a role. Access Analyzer is silent
    /// up to what a role's take.
    PolicySizeExceedsManagedPolicyQuota = "POLICY_SIZE_EXCEEDS_MANAGED_POLICY_QUOTA", Warning, ALIVE, OWN;
    /// Larger than AWS stores for a resource policy.
    PolicySizeExceedsResourcePolicyQuota = "POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA", Warning, ALIVE;
    /// Larger than AWS stores for a role trust policy.
    PolicySizeExceedsRoleTrustPolicyQuota = "POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA", Warning, ALIVE;
    /// Larger than AWS stores for a service control policy.
    PolicySizeExceedsScpQuota = "POLICY_SIZE_EXCEEDS_SCP_QUOTA", Error, ALIVE;
    /// Larger than AWS stores for a resource control policy.
    PolicySizeExceedsRcpQuota = "POLICY_SIZE_EXCEEDS_RCP_QUOTA", Error, ALIVE;
    /// Larger than AWS takes for a session policy.
    PolicySizeExceedsSessionPolicyQuota = "POLICY_SIZE_EXCEEDS_SESSION_POLICY_QUOTA", Error, ALIVE, OWN;
    /// A statement that says nothing that another does not say.
    RedundantStatement = "REDUNDANT_STATEMENT", Suggestion, ALIVE;
    /// An `Allow` that a `Deny` of the same policy takes back whole.
    AllowSwallowedByDeny = "ALLOW_SWALLOWED_BY_DENY", Warning, DEAD, OWN;

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
    /// An `Allow` in a resource control policy, other than the one that AWS attaches by itself.
    RcpSyntaxErrorAllow = "RCP_SYNTAX_ERROR_ALLOW", Error, ALIVE;
    /// `NotAction` in a resource control policy.
    RcpSyntaxErrorNotaction = "RCP_SYNTAX_ERROR_NOTACTION", Error, ALIVE;
    /// An action of a service that resource control policies do not apply to, or of all services.
    RcpSyntaxErrorAction = "RCP_SYNTAX_ERROR_ACTION", Error, ALIVE;
    /// An action of a service control policy with a wildcard in its service.
    ScpSyntaxErrorActionWildcard = "SCP_SYNTAX_ERROR_ACTION_WILDCARD", Error, ALIVE;
    /// `NotPrincipal` in a role trust policy.
    RoleTrustPolicySyntaxErrorNotprincipal = "ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL", Error, ALIVE;
    /// `Resource` in a role trust policy.
    RoleTrustPolicySyntaxErrorResource = "ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE", Error, ALIVE;
    /// An `Id` in a kind of policy that has none.
    UnsupportedId = "UNSUPPORTED_ID", Error, ALIVE, OWN;
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
    /// A pattern of actions that matches none of its service. Access Analyzer accepts it.
    WildcardMatchesNoAction = "WILDCARD_MATCHES_NO_ACTION", Warning, DEAD, OWN;
    /// An action that another of the same statement takes in.
    RedundantAction = "REDUNDANT_ACTION", Suggestion, ALIVE;
    /// An action without another that AWS asks for in the same call.
    MissingDependentAction = "MISSING_DEPENDENT_ACTION", Suggestion, ALIVE, OWN;
    /// An action that AWS documented once and documents no longer. Not dead: what was right when it was written must
    /// not stop a build because newer data came in.
    DeprecatedAction = "DEPRECATED_ACTION", Warning, ALIVE, OWN;
    /// A service that AWS documented once and documents no longer. Not dead, as `DEPRECATED_ACTION` is not.
    DeprecatedService = "DEPRECATED_SERVICE", Warning, ALIVE, OWN;
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
    /// An ARN that no resource of its service can have. Access Analyzer's `INVALID_ARN_RESOURCE` says so of some,
    /// and is silent on most.
    ArnMatchesNoResourceType = "ARN_MATCHES_NO_RESOURCE_TYPE", Warning, DEAD, OWN;
    /// An ARN whose resource is not of the form that its service's resources have.
    InvalidArnResource = "INVALID_ARN_RESOURCE", Error, DEAD;
    /// A resource that another of the same statement takes in.
    RedundantResource = "REDUNDANT_RESOURCE", Suggestion, ALIVE;
    /// The ARN of a log group without the `:*` that takes in its log streams.
    LogGroupArnWithoutStreams = "LOG_GROUP_ARN_WITHOUT_STREAMS", Warning, DEAD, OWN;
    /// A resource that cannot stand in a policy of the resource type that it is attached to.
    UnsupportedResourceArnInPolicy = "UNSUPPORTED_RESOURCE_ARN_IN_POLICY", Error, DEAD;
    /// An action that acts on no resource, in a statement without `"Resource": "*"`.
    ActionNeedsStarResource = "ACTION_NEEDS_STAR_RESOURCE", Warning, DEAD, OWN;
    /// An action that acts on none of its statement's resources.
    ActionFitsNoResource = "ACTION_FITS_NO_RESOURCE", Warning, DEAD, OWN;
    /// A resource that none of its statement's actions acts on.
    ResourceFitsNoAction = "RESOURCE_FITS_NO_ACTION", Warning, DEAD, OWN;
    /// Every resource for actions that could name theirs.
    ResourceCouldBeNarrower = "RESOURCE_COULD_BE_NARROWER", Suggestion, ALIVE, OWN;
    /// The ARN of a secret without the six random characters that every secret's ARN ends with.
    SecretArnWithoutSuffix = "SECRET_ARN_WITHOUT_SUFFIX", Warning, DEAD, OWN;
    /// The ARN of a secret with the tail that an ECS task definition's `valueFrom` has.
    ValueFromAsResource = "VALUE_FROM_AS_RESOURCE", Warning, DEAD, OWN;
    /// The ARN of a KMS alias where a key is meant.
    KeyAliasAsResource = "KEY_ALIAS_AS_RESOURCE", Warning, DEAD, OWN;
    /// A partition written by hand in a policy for any Region. Dead in a template, which is made for other partitions
    /// too.
    HardCodedPartition = "HARD_CODED_PARTITION", Suggestion, DEAD, OWN;
    /// A placeholder of a template or of a documentation page that nobody replaced.
    UnfilledPlaceholder = "UNFILLED_PLACEHOLDER", Error, ALIVE, OWN;

    // ---- What is granted to whom
    /// `iam:PassRole` on all but some resources.
    PassRoleWithNotResource = "PASS_ROLE_WITH_NOT_RESOURCE", SecurityWarning, ALIVE;
    /// A pattern of actions that takes in `iam:PassRole`, on all but some resources.
    PassRoleWithStarInActionAndNotResource = "PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE", SecurityWarning, ALIVE;
    /// All but some actions, `iam:PassRole` among them, on all but some resources.
    PassRoleWithNotActionAndNotResource = "PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE", SecurityWarning, ALIVE;
    /// `iam:PassRole` on a pattern of resources.
    PassRoleWithStarInResource = "PASS_ROLE_WITH_STAR_IN_RESOURCE", SecurityWarning, ALIVE;
    /// A pattern of actions that takes in `iam:PassRole`, on a pattern of resources.
    PassRoleWithStarInActionAndResource = "PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE", SecurityWarning, ALIVE;
    /// All but some actions, `iam:PassRole` among them, on a pattern of resources.
    PassRoleWithStarInResourceAndNotAction = "PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION", SecurityWarning, ALIVE;
    /// `iam:CreateServiceLinkedRole` on all but some resources.
    CreateSlrWithNotResource = "CREATE_SLR_WITH_NOT_RESOURCE", Warning, ALIVE;
    /// A pattern of actions that takes in `iam:CreateServiceLinkedRole`, on all but some resources.
    CreateSlrWithStarInActionAndNotResource = "CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE", Warning, ALIVE;
    /// All but some actions, `iam:CreateServiceLinkedRole` among them, on all but some resources.
    CreateSlrWithNotActionAndNotResource = "CREATE_SLR_WITH_NOT_ACTION_AND_NOT_RESOURCE", Warning, ALIVE;
    /// `iam:CreateServiceLinkedRole` on a pattern of resources.
    CreateSlrWithStarInResource = "CREATE_SLR_WITH_STAR_IN_RESOURCE", Warning, ALIVE;
    /// A pattern of actions that takes in `iam:CreateServiceLinkedRole`, on a pattern of resources.
    CreateSlrWithStarInActionAndResource = "CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE", Warning, ALIVE;
    /// All but some actions, `iam:CreateServiceLinkedRole` among them, on a pattern of resources.
    CreateSlrWithStarInResourceAndNotAction = "CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION", Warning, ALIVE;
    /// Actions by which whoever has them can give themselves more than they have.
    PrivilegeEscalation = "PRIVILEGE_ESCALATION", SecurityWarning, ALIVE, OWN;
    /// A resource policy that lets in everyone.
    PublicAccess = "PUBLIC_ACCESS", SecurityWarning, ALIVE, OWN;
    /// A policy that lets in another account.
    CrossAccountAccess = "CROSS_ACCOUNT_ACCESS", Warning, ALIVE, OWN;
    /// A service let in for whoever makes it ask: the confused deputy.
    RestrictAccessToServicePrincipal = "RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL", SecurityWarning, ALIVE;
    /// A service let in with a condition that does not say for whom it asks.
    RecommendedConditionKeyForServicePrincipal = "RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL", Suggestion, ALIVE;
    /// A role that a service assumes for whoever makes it: the confused deputy. Access Analyzer looks at resource
    /// policies only.
    ServicePrincipalWithoutSource = "SERVICE_PRINCIPAL_WITHOUT_SOURCE", Warning, ALIVE, OWN;
    /// A condition key that requests of the service principal never carry.
    UnsupportedConditionKeyForServicePrincipal = "UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL", Error, DEAD;
    /// A session of a role beside the role itself.
    RedundantPrincipalInRoleTrustPolicy = "REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY", Suggestion, ALIVE;

    // ---- Conditions, variables, principals
    /// A condition operator that AWS does not have.
    InvalidConditionOperator = "INVALID_CONDITION_OPERATOR", Error, ALIVE;
    /// `Null` with the suffix `IfExists`.
    NullWithIfExists = "NULL_WITH_IF_EXISTS", Error, ALIVE;
    /// `Null` with `ForAllValues` or `ForAnyValue`.
    NullWithQualifier = "NULL_WITH_QUALIFIER", Suggestion, ALIVE;
    /// A condition key with several values in a request, and an operator that does not say how they are met.
    MissingQualifier = "MISSING_QUALIFIER", Error, ALIVE;
    /// `ForAllValues` with a condition key that has one value: a request without the key meets it.
    ForallvaluesWithSingleValuedKey = "FORALLVALUES_WITH_SINGLE_VALUED_KEY", SecurityWarning, ALIVE;
    /// A condition key that is not of the form `service:Key`.
    InvalidConditionKeyFormat = "INVALID_CONDITION_KEY_FORMAT", Error, ALIVE;
    /// A condition key `aws:...` that AWS does not have.
    InvalidGlobalConditionKey = "INVALID_GLOBAL_CONDITION_KEY", Error, ALIVE;
    /// A condition key that its service does not have.
    InvalidServiceConditionKey = "INVALID_SERVICE_CONDITION_KEY", Error, ALIVE;
    /// A condition key about a tag that does not say which tag.
    MissingTagKeyInCondition = "MISSING_TAG_KEY_IN_CONDITION", Error, ALIVE;
    /// A condition key that stands twice below one operator, in different case.
    DuplicateKeysWithDifferentCase = "DUPLICATE_KEYS_WITH_DIFFERENT_CASE", Error, ALIVE;
    /// The condition key `aws:ARN`, which AWS no longer has.
    UnsupportedGlobalConditionKey = "UNSUPPORTED_GLOBAL_CONDITION_KEY", Error, ALIVE;
    /// A condition key that AWS has replaced by another.
    DeprecatedGlobalConditionKey = "DEPRECATED_GLOBAL_CONDITION_KEY", Warning, ALIVE;
    /// A condition key whose value the caller chooses.
    UntrustworthyConditionKey = "UNTRUSTWORTHY_CONDITION_KEY", SecurityWarning, ALIVE;
    /// A condition key that says little without another.
    MissingPairedConditionKeys = "MISSING_PAIRED_CONDITION_KEYS", SecurityWarning, ALIVE;
    /// A condition key that says nothing in a policy of this resource type.
    IrrelevantConditionKeyInPolicy = "IRRELEVANT_CONDITION_KEY_IN_POLICY", Suggestion, ALIVE;
    /// A condition key that only some services fill in, and actions of others.
    UseConditionKeyOnlyWithSupportedServices = "USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES", Warning, ALIVE;
    /// A condition key that no request carries without an action that is not there.
    MissingActionForConditionKey = "MISSING_ACTION_FOR_CONDITION_KEY", Error, ALIVE;
    /// A resource control policy that stops the services that act for you, too.
    RcpMissingRelatedPrincipalConditionKey = "RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY", Warning, ALIVE;
    /// A resource control policy against services that stops your own users and roles, too.
    RcpMissingRelatedServicePrincipalConditionKey = "RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY", Warning, ALIVE;
    /// A resource control policy on a key that many requests of services lack.
    RcpMissingServiceConditionKeyNullCheck = "RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK", Warning, ALIVE;
    /// A condition key that none of the statement's actions ever carries.
    UnsupportedActionForConditionKey = "UNSUPPORTED_ACTION_FOR_CONDITION_KEY", Error, DEAD;
    /// A condition key that some of the statement's actions never carry: those are never allowed, or never denied.
    /// Access Analyzer has `UNSUPPORTED_ACTION_FOR_CONDITION_KEY` for it and is silent on those that AWS itself writes.
    ActionNeverCarriesConditionKey = "ACTION_NEVER_CARRIES_CONDITION_KEY", Warning, DEAD, OWN;
    /// `Allow` by a tag, with actions for which AWS never looks at the tag.
    AllowWithUnsupportedTagConditionKeyForService = "ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE", Suggestion, DEAD;
    /// `Deny` by a tag, with actions for which AWS never looks at the tag.
    DenyWithUnsupportedTagConditionKeyForService = "DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE", SecurityWarning, DEAD;
    /// `Allow` with `NotAction` by a tag.
    AllowNotactionWithUnsupportedTagConditionKeyForService = "ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE", Suggestion, ALIVE;
    /// `Deny` with `NotAction` by a tag.
    DenyNotactionWithUnsupportedTagConditionKeyForService = "DENY_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE", SecurityWarning, ALIVE;
    /// An operator of another type than its condition key.
    TypeMismatch = "TYPE_MISMATCH", Warning, ALIVE;
    /// A value of `Bool` or `Null` that is neither `true` nor `false`.
    TypeMismatchBoolean = "TYPE_MISMATCH_BOOLEAN", Warning, DEAD;
    /// A value of a date operator that is no date.
    TypeMismatchDate = "TYPE_MISMATCH_DATE", Warning, DEAD;
    /// A value of a numeric operator that is no number.
    TypeMismatchNumber = "TYPE_MISMATCH_NUMBER", Warning, DEAD;
    /// A value of `BinaryEquals` that is not base64.
    TypeMismatchString = "TYPE_MISMATCH_STRING", Warning, DEAD;
    /// A value of `IpAddress` or `NotIpAddress` that is neither an address nor a range in CIDR notation.
    TypeMismatchIpRange = "TYPE_MISMATCH_IP_RANGE", Error, DEAD;
    /// A value of an ARN operator that is no ARN.
    TypeMismatchArn = "TYPE_MISMATCH_ARN", Warning, DEAD, OWN;
    /// A date that perhaps means another point in time than was thought.
    InvalidDateValue = "INVALID_DATE_VALUE", Warning, ALIVE;
    /// `StringLike` with a condition key whose values are ARNs.
    StringLikeOperatorWithArnConditionKeys = "STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS", SecurityWarning, ALIVE;
    /// `*` or `?` in the value of an operator that takes them as themselves.
    WildcardWithoutLikeOperator = "WILDCARD_WITHOUT_LIKE_OPERATOR", Warning, DEAD;
    /// A wildcard that makes the condition on a sensitive key say next to nothing.
    WildcardUsageTooPermissive = "WILDCARD_USAGE_TOO_PERMISSIVE", Error, ALIVE;
    /// A policy variable that makes the condition on a sensitive key say next to nothing.
    VariableUsageTooPermissive = "VARIABLE_USAGE_TOO_PERMISSIVE", Error, ALIVE;
    /// A condition on `s3:prefix` that a shorter prefix gets round.
    S3PrefixInNegativeContext = "S3_PREFIX_IN_NEGATIVE_CONTEXT", SecurityWarning, ALIVE;
    /// Numbers of which one says it all.
    RedundantConditionValueNum = "REDUNDANT_CONDITION_VALUE_NUM", Suggestion, ALIVE;
    /// A condition that every request meets, because of a wildcard.
    RedundantKeyDueToWildcardInCondition = "REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION", Suggestion, ALIVE;
    /// A condition that no request meets, because of a wildcard.
    RedundantStatementDueToWildcardInCondition = "REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION", Suggestion, DEAD;
    /// A value of `aws:RequestedRegion` that is no Region.
    InvalidRegion = "INVALID_REGION", Error, DEAD;
    /// `aws:SourceIp` with private addresses only, which it never has.
    PrivateIpAddress = "PRIVATE_IP_ADDRESS", Error, DEAD;
    /// `aws:SourceIp` with private addresses only below `NotIpAddress`, which is always met.
    PrivateNotIpAddress = "PRIVATE_NOT_IP_ADDRESS", Error, ALIVE;
    /// `aws:SourceIp` with a private address among public ones.
    PrivateIpAddressSubset = "PRIVATE_IP_ADDRESS_SUBSET", Suggestion, ALIVE;
    /// `aws:SourceIp` with a private address among public ones below `NotIpAddress`.
    PrivateNotIpAddressSubset = "PRIVATE_NOT_IP_ADDRESS_SUBSET", Suggestion, ALIVE;
    /// A range of IP addresses that does not begin at its first address.
    ImproveIpRange = "IMPROVE_IP_RANGE", Suggestion, ALIVE;
    /// A condition value that should be the id of a VPC.
    InvalidVpcFormat = "INVALID_VPC_FORMAT", Error, DEAD;
    /// A condition value that should be the id of a VPC endpoint.
    InvalidVpceFormat = "INVALID_VPCE_FORMAT", Error, DEAD;
    /// A condition value that should be the ARN of a KMS key.
    InvalidKmsKeyValue = "INVALID_KMS_KEY_VALUE", Error, DEAD;
    /// A condition value that should be the id of an account.
    InvalidAccountFormat = "INVALID_ACCOUNT_FORMAT", Error, DEAD, OWN;
    /// A service principal that no service has.
    InvalidServicePrincipalFormat = "INVALID_SERVICE_PRINCIPAL_FORMAT", Error, DEAD;
    /// Several booleans for a condition key that has one.
    InvalidConditionMultipleBoolean = "INVALID_CONDITION_MULTIPLE_BOOLEAN", Error, ALIVE;
    /// A value of `dynamodb:ReturnConsumedCapacity` that it never has.
    DynamodbInvalidReturnConsumedCapacity = "DYNAMODB_INVALID_RETURN_CONSUMED_CAPACITY", Error, DEAD;
    /// A value of `dynamodb:ReturnValues` that it never has.
    DynamodbInvalidReturnValues = "DYNAMODB_INVALID_RETURN_VALUES", Error, DEAD;
    /// A value of `dynamodb:Select` that it never has.
    DynamodbInvalidSelectValue = "DYNAMODB_INVALID_SELECT_VALUE", Error, DEAD;
    /// `dynamodb:Attributes` on reading, without `dynamodb:Select`: whoever names no attributes gets all.
    DynamodbAttributesWithoutSelect = "DYNAMODB_ATTRIBUTES_WITHOUT_SELECT", SecurityWarning, ALIVE;
    /// `dynamodb:Attributes` on writing, without `dynamodb:ReturnValues`: the answer may have all attributes.
    DynamodbAttributesWithoutReturnValues = "DYNAMODB_ATTRIBUTES_WITHOUT_RETURN_VALUES", SecurityWarning, ALIVE;
    /// `dynamodb:Attributes` on an action that replaces the whole item.
    DynamodbReplaceOperationWithAttributes = "DYNAMODB_REPLACE_OPERATION_WITH_ATTRIBUTES", Warning, ALIVE;
    /// `dynamodb:LeadingKeys` on `dynamodb:Scan`, which reads every item.
    DynamodbScanBypassesLeadingKeys = "DYNAMODB_SCAN_BYPASSES_LEADING_KEYS", Warning, ALIVE;
    /// A condition key of reading on an action that writes, or the other way round.
    DynamodbWrongConditionForAction = "DYNAMODB_WRONG_CONDITION_FOR_ACTION", Warning, ALIVE;
    /// Condition values of more than one JSON type in one list.
    InvalidConditionDataType = "INVALID_CONDITION_DATA_TYPE", Error, ALIVE;
    /// A pattern that every value fits, so that the condition asks no more than whether the key is there.
    EquivalentToNullFalse = "EQUIVALENT_TO_NULL_FALSE", Suggestion, ALIVE;
    /// A pattern that no value may fit although every one does, so that the condition asks whether the key is absent.
    EquivalentToNullTrue = "EQUIVALENT_TO_NULL_TRUE", Suggestion, ALIVE;
    /// A list of condition values with nothing in it, below `ForAllValues`.
    EmptyArrayConditionForallvalues = "EMPTY_ARRAY_CONDITION_FORALLVALUES", Suggestion, ALIVE;
    /// A list of condition values with nothing in it, below `ForAnyValue`.
    EmptyArrayConditionForanyvalue = "EMPTY_ARRAY_CONDITION_FORANYVALUE", Suggestion, DEAD;
    /// A list of condition values with nothing in it, below an operator with `IfExists`.
    EmptyArrayConditionIfexists = "EMPTY_ARRAY_CONDITION_IFEXISTS", Suggestion, ALIVE;
    /// A policy variable without its closing brace.
    MissingBraceInVariable = "MISSING_BRACE_IN_VARIABLE", Error, ALIVE;
    /// A policy variable whose default value has no quotes.
    MissingQuoteInVariable = "MISSING_QUOTE_IN_VARIABLE", Error, ALIVE;
    /// A policy variable with a space in it.
    UnsupportedSpaceInVariable = "UNSUPPORTED_SPACE_IN_VARIABLE", Error, ALIVE;
    /// A policy variable with nothing in it.
    EmptyVariable = "EMPTY_VARIABLE", Error, ALIVE;
    /// A policy variable in an element other than `Resource` and `Condition`.
    VariableUnsupportedInElement = "VARIABLE_UNSUPPORTED_IN_ELEMENT", Error, ALIVE;
    /// A policy variable in a policy of 2008, where it stands for itself.
    VariableUnsupportedInVersion = "VARIABLE_UNSUPPORTED_IN_VERSION", Error, DEAD;
    /// A policy variable in the value of an operator that takes none.
    InvalidVariableForOperator = "INVALID_VARIABLE_FOR_OPERATOR", Error, ALIVE;
    /// A policy variable that AWS does not have, so that nothing takes its place.
    UnknownVariable = "UNKNOWN_VARIABLE", Warning, DEAD, OWN;
    /// A policy variable of a condition key with several values, which AWS does not fill in.
    MultivaluedVariable = "MULTIVALUED_VARIABLE", Warning, DEAD, OWN;
    /// A policy variable in an ARN before its last part.
    VariableOutsideResourcePart = "VARIABLE_OUTSIDE_RESOURCE_PART", Warning, ALIVE, OWN;
    /// `*` or `?` in a principal other than `*` alone.
    UnsupportedWildcardInPrincipal = "UNSUPPORTED_WILDCARD_IN_PRINCIPAL", Error, ALIVE;
    /// The unique id of a role for a principal: what IAM shows of a role that is deleted.
    InvalidRoleReference = "INVALID_ROLE_REFERENCE", Warning, ALIVE;
    /// The unique id of a user for a principal: what IAM shows of a user that is deleted.
    InvalidUserReference = "INVALID_USER_REFERENCE", Warning, ALIVE;
    /// `NotPrincipal` with `Allow`: everyone else is let in, the whole world.
    AllowWithNotPrincipal = "ALLOW_WITH_NOT_PRINCIPAL", SecurityWarning, ALIVE;
    /// An identity provider in a policy that lets none in.
    FederatedPrincipalNotSupported = "FEDERATED_PRINCIPAL_NOT_SUPPORTED", Error, ALIVE;
    /// `"Principal": "*"` in a role trust policy.
    RoleTrustPolicyUnsupportedWildcardInPrincipal = "ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL", Error, ALIVE;
    /// `{ "AWS": "*" }` in a role trust policy, and no condition that says who.
    RoleTrustPolicyForEveryone = "ROLE_TRUST_POLICY_FOR_EVERYONE", SecurityWarning, ALIVE, OWN;
    /// An identity provider in a role trust policy that is neither a domain name nor the ARN of a provider.
    InvalidFederatedPrincipalSyntaxInRoleTrustPolicy = "INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY", Error, ALIVE;
    /// An action in a role trust policy by which its principals cannot assume the role.
    MismatchedActionForPrincipal = "MISMATCHED_ACTION_FOR_PRINCIPAL", Error, DEAD;
    /// A role trust policy for IAM Roles Anywhere without one of the three actions that it needs.
    MissingActionForRolesAnywhereTrustPolicy = "MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY", Error, DEAD;
    /// A role trust policy that lets in all that an `OpenID` Connect provider vouches for.
    MissingConditionKeyForOidcPrincipal = "MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL", SecurityWarning, ALIVE;
    /// A role trust policy that lets in every repository of GitHub.
    MissingGithubRepoConditionKey = "MISSING_GITHUB_REPO_CONDITION_KEY", SecurityWarning, ALIVE;
    /// `ForAnyValue` with an audience that is one value.
    ForanyvalueWithAudienceClaimType = "FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE", SecurityWarning, ALIVE;
    /// A condition on an audience of which only the provider knows whether it is one value or several.
    ConfirmAudienceClaimType = "CONFIRM_AUDIENCE_CLAIM_TYPE", Suggestion, ALIVE;
    /// A role trust policy that lets in repositories of GitHub by a pattern.
    SpecificGithubRepoAndBranchRecommended = "SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED", Warning, ALIVE;
    /// An action that the kind of policy cannot have.
    UnsupportedActionInPolicy = "UNSUPPORTED_ACTION_IN_POLICY", Error, ALIVE;
    /// Two statements with one `Sid` in a policy where AWS takes that.
    UniqueSidsRecommended = "UNIQUE_SIDS_RECOMMENDED", Warning, ALIVE;
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
