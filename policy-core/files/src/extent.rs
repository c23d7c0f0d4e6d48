//! How much of the policy that AWS gets is written in one place, and what cannot be said of less than all of it.

use policy_core::finding::Code;

/// How much of the policy that AWS gets a policy in a file has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Extent {
    /// All of it.
    #[default]
    Whole,
    /// All of it but for statements that are not read: those of other documents, which are merged with it.
    Merged,
    /// Some of its statements: AWS never gets it by itself.
    Part,
}

/// What a further statement can mend.
const LACKING: [Code; 9] = [
    Code::MissingStatement,
    Code::ResourcePolicyLocksEveryoneOut,
    Code::EndpointPolicyAllowsNothing,
    Code::MissingDependentAction,
    Code::MissingResourceType,
    Code::ConditionKeyOfSomeResources,
    Code::MissingActionForConditionKey,
    Code::MissingTagSessionForService,
    Code::MissingActionForRolesAnywhereTrustPolicy,
];

/// How large a policy is, and what its statements have in common: what is merged with a part may replace statements of it.
const OF_ALL: [Code; 10] = [
    Code::UniqueSidsRequired,
    Code::UniqueSidsRecommended,
    Code::ResourcePolicyExceedsServiceQuota,
    Code::PolicySizeExceedsIdentityPolicyQuota,
    Code::PolicySizeExceedsManagedPolicyQuota,
    Code::PolicySizeExceedsResourcePolicyQuota,
    Code::PolicySizeExceedsRoleTrustPolicyQuota,
    Code::PolicySizeExceedsScpQuota,
    Code::PolicySizeExceedsRcpQuota,
    Code::PolicySizeExceedsSessionPolicyQuota,
];

impl Extent {
    /// What is not known of the policy that AWS gets, whatever is found in so much of it.
    pub(crate) fn unknown(self) -> impl Iterator<Item = Code> {
        let lacking = LACKING.iter().filter(move |_| self != Self::Whole);
        let of_all = OF_ALL.iter().filter(move |_| self == Self::Part);
        lacking.chain(of_all).copied()
    }
}
