//! The policy templates of SAM, in the properties `Policies` of functions and state machines.
#![allow(clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeMap;

use policy_core::check::Options;
use policy_core::policy::Kind;
use policy_files::{FilePolicy, Reading, Unread};
use support::{read, shown};

const TABLE: &str = include_str!("../data/policy-templates.txt");

/// The name and the parameters of each template.
fn templates() -> Vec<(&'static str, Vec<&'static str>)> {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#'));
    let templates = rows.map(|row| {
        let mut words = row.split(' ');
        let (name, parameters) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        (name, parameters.split(',').filter(|name| *name != "-").collect())
    });
    templates.collect()
}

/// A template of SAM, in which a function has these elements of `Policies`.
fn function(elements: &str) -> String {
    let elements = elements.replace('\n', "\n        ");
    format!(
        "Transform: AWS::Serverless-2016-10-31\nResources:\n  Q: {{ Type: AWS::SQS::Queue }}\n  T: {{ Type: AWS::SNS::Topic }}\n  F:\n    Type: \
         AWS::Serverless::Function\n    Properties:\n      Policies:\n        {elements}\n"
    )
}

/// The only policy of a file.
fn only(reading: &Reading) -> &FilePolicy {
    let [policy] = reading.policies() else {
        panic!("{reading:?}")
    };
    policy
}

/// A value as which a parameter of this name is meant.
fn plain(parameter: &str) -> &'static str {
    match parameter {
        "SecretArn" => "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-a1b2c3",
        "CertificateArn" => "arn:aws:acm:eu-west-1:111122223333:certificate/12345678-1234-1234-1234-123456789012",
        "KeyId" => "12345678-1234-1234-1234-123456789012",
        "ImageId" => "ami-0abcdef1234567890",
        "TaskDefinition" => "web:*",
        _ => "orders",
    }
}

#[test]
fn each_template_is_a_policy_in_which_the_values_are_no_mistake() {
    let templates = templates();
    assert_eq!(templates.len(), 81);
    for (name, parameters) in templates {
        for value_of in [plain as fn(&str) -> &'static str, |_| "!Ref Any"] {
            let value = |parameter: &&str| match (name, *parameter) {
                // Its value begins with a slash, by its name.
                ("SSMParameterWithSlashPrefixReadPolicy", _) => format!("{parameter}: !Sub '/{}'", "orders"),
                _ => format!("{parameter}: {}", value_of(parameter)),
            };
            let values: Vec<String> = parameters.iter().map(value).collect();
            let text = function(&format!("- {name}: {{ {} }}", values.join(", ")));
            let reading = read("template.yaml", &text);
            assert_eq!(reading.unread(), [], "{text}");
            let policy = only(&reading);
            assert_eq!(policy.address(), format!("Resources.F.Properties.Policies[0].{name}"));
            assert_eq!(policy.kind(), Kind::Identity);
            assert!(policy.statements() > 0, "{text}");
            assert_eq!(shown(&text, policy), [], "{text}");
        }
    }
}

/// The values of a parameter are in texts that begin alike, so that a part of one is at one place of the file.
#[test]
fn the_texts_of_a_parameter_begin_alike() {
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let mut before: BTreeMap<&str, &str> = BTreeMap::new();
        for text in line.split('"').filter(|text| text.contains("${")) {
            let mut at = 0;
            while let Some(start) = text[at..].find("${").map(|found| at + found) {
                let end = start + text[start..].find('}').unwrap_or_else(|| panic!("{line}"));
                let name = &text[start + 2..end];
                if !name.contains("::") {
                    assert_eq!(*before.entry(name).or_insert(&text[..start]), &text[..start], "{line}");
                }
                at = end;
            }
        }
    }
}

/// What is wrong is where the value is written, with what to write as that value.
#[test]
fn a_value_that_is_no_name_is_found_where_it_is_written() {
    let makes = |arn: &str| format!("the policy template makes `{arn}` of it");
    let sqs = makes("arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:${QueueName}");
    let ssm = makes("arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/${ParameterName}");
    let name = "write the name, and not the ARN";
    for (element, code, bytes, helps) in [
        (
            "- SQSPollerPolicy: { QueueName: !GetAtt Q.Arn }",
            "ARN_MATCHES_NO_RESOURCE_TYPE",
            "!GetAtt Q.Arn",
            vec!["write the name, and not the ARN: `!GetAtt Q.QueueName`", &sqs],
        ),
        (
            "- SQSPollerPolicy:\n    QueueName: \"arn:aws:sqs:eu-west-1:111122223333:orders\"",
            "ARN_MATCHES_NO_RESOURCE_TYPE",
            "arn:aws:sqs:eu-west-1:111122223333:orders",
            vec![name, &sqs],
        ),
        (
            "- SQSSendMessagePolicy: { QueueName: https://sqs.eu-west-1.amazonaws.com/111122223333/orders }",
            "ARN_MATCHES_NO_RESOURCE_TYPE",
            "https://sqs.eu-west-1.amazonaws.com/111122223333/orders",
            vec!["write the name, and not the URL", &sqs],
        ),
        (
            "- SSMParameterReadPolicy: { ParameterName: /orders/db }",
            "ARN_WITH_DOUBLE_SLASH",
            "/orders/db",
            vec!["write `orders/db`", &ssm],
        ),
        (
            "- KMSDecryptPolicy: { KeyId: !If [Prod, 12345678-1234-1234-1234-123456789012, alias/orders] }",
            "ARN_MATCHES_NO_RESOURCE_TYPE",
            "alias/orders",
            vec![
                "the policy template makes `arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/${KeyId}` of it",
            ],
        ),
        (
            "- AWSSecretsManagerGetSecretValuePolicy: { SecretArn: orders }",
            "INVALID_ARN_PREFIX",
            "orders",
            vec!["an ARN is `arn:partition:service:region:account:resource`; an empty field keeps its colon"],
        ),
        (
            "- AWSSecretsManagerGetSecretValuePolicy: { SecretArn: !Ref Q }",
            "INVALID_ARN_PREFIX",
            "!Ref Q",
            vec!["`!Ref Q` is the URL: write `!GetAtt Q.Arn`"],
        ),
        (
            "- SQSPollerPolicy: { QueueName: !Ref Q }",
            "ARN_MATCHES_NO_RESOURCE_TYPE",
            "!Ref Q",
            vec!["write the name, and not the URL: `!GetAtt Q.QueueName`", &sqs],
        ),
        (
            "- !If [A, { SNSPublishMessagePolicy: { TopicName: !Ref T } }, !Ref AWS::NoValue]",
            "ARN_MATCHES_NO_RESOURCE_TYPE",
            "!Ref T",
            vec![
                "write the name, and not the ARN: `!GetAtt T.TopicName`",
                "the policy template makes `arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:${TopicName}` of it",
            ],
        ),
        // It is in two resources, and wrong once.
        (
            "- S3CrudPolicy: { BucketName: 'arn:aws:s3:::orders' }",
            "ARN_MATCHES_NO_RESOURCE_TYPE",
            "arn:aws:s3:::orders",
            vec![
                name,
                "the policy template makes `arn:${AWS::Partition}:s3:::${BucketName}` of it",
            ],
        ),
    ] {
        let text = function(element);
        let reading = read("template.yaml", &text);
        assert_eq!(reading.unread(), [], "{text}");
        let policy = only(&reading);
        assert_eq!(shown(&text, policy), [(code, bytes.to_owned())], "{text}");
        let findings = policy.check(&Options::new());
        let all: Vec<String> = findings.iter().flat_map(|finding| policy.helps(finding)).collect();
        assert_eq!(all, helps, "{text}");
        assert!(
            findings
                .iter()
                .all(|finding| policy.fixer(&text).fixes(finding).is_empty()),
            "{text}"
        );
    }
}

/// A finding about what the template has, because of a value, is where the template is named.
#[test]
fn an_action_that_a_value_makes_useless_is_found_at_the_name() {
    let text = function("- S3CrudPolicy: { BucketName: orders/* }");
    let reading = read("template.yaml", &text);
    let policy = only(&reading);
    let expected = [
        ("ACTION_FITS_NO_RESOURCE", "S3CrudPolicy"),
        ("REDUNDANT_RESOURCE", "orders/*"),
    ];
    assert_eq!(
        shown(&text, policy),
        expected.map(|(code, bytes)| (code, bytes.to_owned()))
    );
    let findings = policy.check(&Options::new());
    let paths: Vec<String> = findings.iter().map(|finding| policy.path_to(finding)).collect();
    assert_eq!(paths[1], "/Statement/0/Resource/0");
}

#[test]
fn the_values_of_holes_are_in_the_policy() {
    let text = function("- SQSPollerPolicy: { QueueName: !Ref Name }");
    let reading = read("template.yaml", &text);
    let policy = only(&reading).clone();
    assert_eq!(
        policy.holes(),
        ["AWS::Partition", "AWS::Region", "AWS::AccountId", "Name"]
    );
    assert_eq!(shown(&text, &policy), []);
    let policy = policy.with_values(&BTreeMap::from([("Name".to_owned(), "a/b".to_owned())]));
    assert_eq!(
        shown(&text, &policy),
        [("ARN_MATCHES_NO_RESOURCE_TYPE", "!Ref Name".to_owned())]
    );
}

#[test]
fn state_machines_have_policy_templates_and_other_resources_do_not() {
    let text = function("- SQSPollerPolicy: { QueueName: a }")
        .replace("AWS::Serverless::Function", "AWS::Serverless::StateMachine");
    assert_eq!(only(&read("template.yaml", &text)).statements(), 1);
    let text = text.replace("AWS::Serverless::StateMachine", "AWS::IAM::Role");
    assert!(read("template.yaml", &text).policies().is_empty());
    let json = r#"{ "Resources": { "F": { "Type": "AWS::Serverless::Function", "Properties": {
        "Policies": { "SQSPollerPolicy": { "QueueName": { "Fn::GetAtt": ["Q", "Arn"] } } } } }, "Q": { "Type": "AWS::SQS::Queue" } } }"#;
    let reading = read("template.json", json);
    let policy = only(&reading);
    assert_eq!(policy.address(), "Resources.F.Properties.Policies.SQSPollerPolicy");
    let found = shown(json, policy);
    assert_eq!(
        found,
        [(
            "ARN_MATCHES_NO_RESOURCE_TYPE",
            r#"{ "Fn::GetAtt": ["Q", "Arn"] }"#.to_owned()
        )]
    );
}

/// What AWS SAM 1.115.0 answers was asked of it, for each of these.
#[test]
fn a_use_that_is_refused_late_is_reported_with_what_to_write() {
    let not_valid =
        "AWS SAM rejects it when it is deployed, `Policy at index 0 in the 'Policies' property is not valid`";
    for (element, address, place, reason) in [
        (
            "- SQSPollrPolicy: { QueueName: a }",
            "SQSPollrPolicy",
            "SQSPollrPolicy",
            format!("`SQSPollrPolicy` is not a policy template; {not_valid}: write `SQSPollerPolicy`"),
        ),
        (
            "- Anything: {}",
            "Anything",
            "Anything",
            format!(
                "`Anything` is not a policy template; {not_valid}: name one of the templates that AWS's page lists, or write a policy with \
                 a `Statement`"
            ),
        ),
        (
            "- SQSPollerPolicy: { QueuName: a }",
            "SQSPollerPolicy.QueuName",
            "QueuName",
            "`QueuName` is not a parameter of `SQSPollerPolicy`; AWS SAM rejects it when it is deployed, as `QueueName` has no value: write \
             `QueueName`"
                .to_owned(),
        ),
        (
            "- SQSPollerPolicy: { QueueName: a, Region: b }",
            "SQSPollerPolicy.Region",
            "Region",
            "`Region` is not a parameter of `SQSPollerPolicy`; AWS SAM ignores it, and the policy is the same without: remove `Region`"
                .to_owned(),
        ),
        (
            "- DynamoDBStreamReadPolicy: { TableName: a }",
            "DynamoDBStreamReadPolicy",
            "DynamoDBStreamReadPolicy",
            "the parameter `StreamName` has no value; AWS SAM rejects it when it is deployed: add `StreamName`".to_owned(),
        ),
        (
            "- SQSPollerPolicy:\n  QueueName: a",
            "SQSPollerPolicy",
            "SQSPollerPolicy:\n          QueueName: a",
            format!(
                "an element with a policy template has nothing else; {not_valid}: write `SQSPollerPolicy:` with the value of `QueueName`, \
                 indented below it"
            ),
        ),
        (
            "- SQSPollerPolicy: { QueueName: a }\n  Comment: b",
            "SQSPollerPolicy",
            "SQSPollerPolicy: { QueueName: a }\n          Comment: b",
            format!("an element with a policy template has nothing else; {not_valid}: move `Comment` out of the element that has `SQSPollerPolicy`"),
        ),
        (
            "- S3ReadPolicy: { BucketName: a }\n  S3WritePolicy: { BucketName: b }",
            "S3ReadPolicy",
            "S3ReadPolicy: { BucketName: a }\n          S3WritePolicy: { BucketName: b }",
            format!("each policy template is an element of its own; {not_valid}: write `- ` before each name"),
        ),
        (
            "- VPCAccessPolicy:",
            "VPCAccessPolicy",
            "VPCAccessPolicy",
            "the values of its parameters are an object; AWS SAM rejects it when it is deployed, `Must specify valid parameter values for \
             policy template 'VPCAccessPolicy'`: write `VPCAccessPolicy: {}`"
                .to_owned(),
        ),
        (
            "- VPCAccessPolicy",
            "VPCAccessPolicy",
            "VPCAccessPolicy",
            "`VPCAccessPolicy` is a policy template, but AWS SAM reads a text as the name or the ARN of a managed policy, and IAM rejects it \
             when it is deployed: write `VPCAccessPolicy: {}`"
                .to_owned(),
        ),
        (
            "- S3ReadPolicy: { BucketName: [a, b] }",
            "S3ReadPolicy.BucketName",
            "[a, b]",
            "the value of the parameter `BucketName` is not a text, and CloudFormation rejects it when it is deployed: write one text, and \
             name the policy template once for each"
                .to_owned(),
        ),
    ] {
        let text = function(element);
        let reading = read("template.yaml", &text);
        let [unread] = reading.unread() else {
            panic!("{text}{:?}", reading.unread())
        };
        assert_eq!(unread.address(), format!("Resources.F.Properties.Policies[0].{address}"));
        assert_eq!((&text[unread.place()], unread.reason()), (place, &*reason), "{text}");
        // Only what AWS ignores leaves a policy.
        let is_ignored = reason.contains("ignores");
        assert_eq!(reading.policies().len(), usize::from(is_ignored), "{text}");
    }
}

#[test]
fn what_a_macro_or_a_function_gives_is_not_known() {
    for element in [
        "- Fn::Transform: { Name: M }",
        "- SQSPollerPolicy: { 'Fn::Transform': { Name: M } }",
        "- !Ref Managed",
        "- AWSXRayDaemonWriteAccess",
        "- SQSPollerPolicy: { QueueName: 5 }",
        "- SQSPollerPolicy: { QueueName: !ImportValue Name }",
        "- SQSPollerPolicy: { QueueName: !If [A, !Ref B, c] }",
    ] {
        let text = function(element);
        let reading = read("template.yaml", &text);
        assert_eq!(reading.unread(), [], "{text}");
        for policy in reading.policies() {
            assert_eq!(shown(&text, policy), [], "{text}");
        }
    }
}

/// A few bytes are a policy of seventy actions.
#[test]
fn a_file_of_nothing_but_policy_templates_is_read_up_to_a_limit() {
    let text = function(&"- CodeCommitCrudPolicy: { RepositoryName: a }\n".repeat(10_002));
    let reading = read("template.yaml", &text);
    assert_eq!(reading.policies().len(), 10_000);
    let reasons: Vec<&str> = reading.unread().iter().map(Unread::reason).collect();
    assert_eq!(reasons, ["it has more than 10000 policy templates: split the file"]);
    // Each of two parameters may be many.
    let many = (0..60).fold("a".to_owned(), |many, index| {
        format!("!If [C{index}, b{index}, {many}]")
    });
    let text = function(&format!(
        "- DynamoDBStreamReadPolicy: {{ TableName: {many}, StreamName: {many} }}"
    ));
    let reading = read("template.yaml", &text);
    assert_eq!(only(&reading).documents().len(), 1);
    assert_eq!(shown(&text, only(&reading)), []);
}
