//! The mutants that mean the same as the policy, or are of a policy that never worked. The list may only shrink.

/// By the reason.
pub(crate) const EQUIVALENT: [(&str, &[&str]); 3] = [
    // <https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html>
    (
        "account ids have twelve digits, so none begins with another",
        &[
            "hybrid, task trust, EcsTasksAssumeTaskRole, StringEquals aws:SourceAccount: what begins like the value",
            "hybrid, execution trust, EcsTasksAssumeExecutionRole, StringEquals aws:SourceAccount: what begins like the value",
            "hybrid, script runner trust, EcsTasksAssumeTaskRole, StringEquals aws:SourceAccount: what begins like the value",
            "streaming, task trust, EcsTasksAssumeTaskRole, StringEquals aws:SourceAccount: what begins like the value",
            "streaming, execution trust, EcsTasksAssumeExecutionRole, StringEquals aws:SourceAccount: what begins like the value",
            "options, pod identity, EksPodIdentityAssumeRole, StringEquals aws:SourceAccount: what begins like the value",
            "options, execution for tasks of the Region, EcsTasksAssumeExecutionRole, StringEquals aws:SourceAccount: what begins like the value",
            "options, execution in China, EcsTasksAssumeExecutionRole, StringEquals aws:SourceAccount: what begins like the value",
        ],
    ),
    // <https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id-key-id>
    (
        "the ids of keys are UUIDs, so none begins with another",
        &[
            "hybrid, task, DecryptPipelineSecrets, arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab: what begins like the resource",
            "hybrid, task, UseStagingKey, arn:aws:kms:eu-west-1:111122223333:key/0987dcba-09fe-87dc-65ba-ab0987654321: what begins like the resource",
            "hybrid, execution, DecryptPlatformCredentials, arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab: what begins like the resource",
            "streaming, task, DecryptPipelineSecrets, arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab: what begins like the resource",
            "streaming, task, UseDestinationKey, arn:aws:kms:eu-west-1:111122223333:key/0987dcba-09fe-87dc-65ba-ab0987654321: what begins like the resource",
            "streaming, execution, DecryptAgentCredentials, arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab: what begins like the resource",
            "options, in China, DecryptPlatformCredentials, arn:aws-cn:kms:cn-north-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab: what begins like the resource",
            "documented, Hybrid execution on secrets and keys, statement 1, arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab: what begins like the resource",
            "documented, Hybrid execution on keys alone, which never works, statement 1, arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab: what begins like the resource",
        ],
    ),
    // See `HybridScope::CmkSecretOnlyNeverWorks` and `HybridScope::CmkKeysOnlyNeverWorks`.
    (
        "the action fits none of the statement's resources, so it granted nothing before either",
        &[
            "documented, Hybrid execution on secrets alone, which never works, statement 1, kms:Decrypt: an action dropped",
            "documented, Hybrid execution on secrets alone, which never works, statement 1, kms:Decrypt: an action widened to its service",
            "documented, Hybrid execution on secrets alone, which never works, statement 1, kms:Decrypt: an action misspelt",
            "documented, Hybrid execution on keys alone, which never works, statement 1, secretsmanager:GetSecretValue: an action dropped",
            "documented, Hybrid execution on keys alone, which never works, statement 1, secretsmanager:GetSecretValue: an action widened to its service",
            "documented, Hybrid execution on keys alone, which never works, statement 1, secretsmanager:GetSecretValue: an action widened to its verb",
            "documented, Hybrid execution on keys alone, which never works, statement 1, secretsmanager:GetSecretValue: an action misspelt",
        ],
    ),
];
