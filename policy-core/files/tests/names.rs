//! References to a name, an ID or a URL where an ARN is meant.
#![allow(clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use policy_core::check::Options;
use support::read;

/// The helps of each finding about a resource that is not an ARN.
fn helps(name: &str, text: &str) -> Vec<String> {
    let reading = read(name, text);
    let [policy] = reading.policies() else {
        panic!("{reading:?}")
    };
    let findings = policy.check(&Options::new());
    let findings = findings
        .iter()
        .filter(|finding| finding.code().name() == "INVALID_ARN_PREFIX");
    findings.flat_map(|finding| policy.helps(finding)).collect()
}

#[test]
fn what_ref_gives_is_no_resource_if_it_is_not_the_arn() {
    for (resource, expected) in [
        ("!Ref Queue", "`!Ref Queue` is the URL: write `!GetAtt Queue.Arn`"),
        ("!Sub '${Queue}'", "`!Ref Queue` is the URL: write `!GetAtt Queue.Arn`"),
        ("!Ref Bucket", "`!Ref Bucket` is the name: write `!GetAtt Bucket.Arn`"),
        (
            "!Sub '${Bucket}/*'",
            "`!Ref Bucket` is the name: write `!Sub \"${Bucket.Arn}/*\"`",
        ),
        (
            "!Join ['', [!Ref Table, '/*']]",
            "`!Ref Table` is the name: write `!Sub \"${Table.Arn}/*\"`",
        ),
        (
            "!If [Is, !Ref Table, '*']",
            "`!Ref Table` is the name: write `!GetAtt Table.Arn`",
        ),
        (
            "!GetAtt Queue.QueueName",
            "`!GetAtt Queue.QueueName` is the name: write `!GetAtt Queue.Arn`",
        ),
        (
            "!Ref Instance",
            "`!Ref Instance` is the ID: write \
             `!Sub \"arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:instance/${Instance}\"`",
        ),
        // The ARN.
        ("!Ref Topic", ""),
        ("!Ref Secret", ""),
        ("!GetAtt Queue.Arn", ""),
        ("!Sub 'arn:${AWS::Partition}:s3:::${Bucket}/*'", ""),
        (
            "!Sub 'arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${Table}'",
            "",
        ),
        // Nothing is known of it.
        ("!Ref Parameter", ""),
        ("!Ref Other", ""),
        ("!GetAtt Other.Name", ""),
        ("!Sub ['${Queue}', { Queue: !Ref Parameter }]", ""),
    ] {
        let text = format!(
            "Parameters:\n  Parameter: {{ Type: String }}\nResources:\n  Queue: {{ Type: AWS::SQS::Queue }}\n  Bucket: {{ Type: \
             AWS::S3::Bucket }}\n  Table: {{ Type: AWS::DynamoDB::Table }}\n  Topic: {{ Type: AWS::SNS::Topic }}\n  Secret: {{ Type: \
             AWS::SecretsManager::Secret }}\n  Instance: {{ Type: AWS::EC2::Instance }}\n  Other: {{ Type: Custom::Other }}\n  Policy:\n    \
             Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Version: '2012-10-17'\n        Statement:\n\
             \x20         - Effect: Allow\n            Action: '*'\n            Resource: {resource}\n"
        );
        let expected: &[&str] = if expected.is_empty() { &[] } else { &[expected] };
        assert_eq!(helps("template.yaml", &text), expected, "{resource}");
    }
}

#[test]
fn an_attribute_of_terraform_is_no_resource_if_it_is_not_the_arn() {
    for (resource, expected) in [
        (
            "aws_sqs_queue.q.id",
            "`aws_sqs_queue.q.id` is the URL: write `aws_sqs_queue.q.arn`",
        ),
        (
            "aws_sqs_queue.q[0].url",
            "`aws_sqs_queue.q[0].url` is the URL: write `aws_sqs_queue.q[0].arn`",
        ),
        (
            "\"${aws_s3_bucket.b.id}/*\"",
            "`aws_s3_bucket.b.id` is the name: write `\"${aws_s3_bucket.b.arn}/*\"`",
        ),
        (
            "data.aws_s3_bucket.b.bucket",
            "`data.aws_s3_bucket.b.bucket` is the name: write `data.aws_s3_bucket.b.arn`",
        ),
        (
            "aws_sns_topic.t.name",
            "`aws_sns_topic.t.name` is the name: write `aws_sns_topic.t.arn`",
        ),
        (
            "aws_lambda_function.f[\"a\"].function_name",
            "`aws_lambda_function.f[\"a\"].function_name` is the name: write `aws_lambda_function.f[\"a\"].arn`",
        ),
        (
            "aws_ecr_repository.r.repository_url",
            "`aws_ecr_repository.r.repository_url` is the URL: write `aws_ecr_repository.r.arn`",
        ),
        (
            "aws_cognito_user_pool.p.id",
            "`aws_cognito_user_pool.p.id` is the ID: write `aws_cognito_user_pool.p.arn`",
        ),
        (
            "\"${aws_dynamodb_table.t.name}/index/*\"",
            "`aws_dynamodb_table.t.name` is the name: write `\"${aws_dynamodb_table.t.arn}/index/*\"`",
        ),
        ("\"arn:aws:sns:eu-west-1:111122223333:${aws_sns_topic.t.name}\"", ""),
        (
            "\"arn:aws:ssm:eu-west-1:111122223333:parameter${aws_ssm_parameter.p.name}\"",
            "",
        ),
        ("\"arn:aws:s3:::${aws_s3_bucket.b.bucket}/*\"", ""),
        ("aws_ecs_cluster.c.id", ""),
        ("aws_sqs_queue.q.arn", ""),
        ("aws_sns_topic.t.id", ""),
        ("aws_kinesis_stream.s.id", ""),
        ("aws_other.o.id", ""),
        ("var.queue", ""),
    ] {
        let text = format!(
            "data \"aws_iam_policy_document\" \"d\" {{\n  statement {{\n    actions = [\"*\"]\n    resources = [{resource}]\n  }}\n}}\n"
        );
        let expected: &[&str] = if expected.is_empty() { &[] } else { &[expected] };
        assert_eq!(helps("main.tf", &text), expected, "{resource}");
    }
}

/// In the form of an ARN, and of no resource that a policy is about.
#[test]
fn the_uri_by_which_api_gateway_invokes_a_function_is_no_resource() {
    let text = |resource: &str, action: &str| {
        format!(
            "data \"aws_iam_policy_document\" \"d\" {{\n  statement {{\n    actions   = [\"{action}\"]\n    resources = [{resource}]\n  }}\n}}\n"
        )
    };
    let found = |resource: &str, action: &str| {
        let text = text(resource, action);
        let reading = read("main.tf", &text);
        let policy = &reading.policies()[0];
        let findings = policy.check(&Options::new());
        let found = findings.iter().map(|finding| {
            let all = policy.fixer(&text).fixes(finding);
            let fixed = all.first().and_then(|fix| policy_files::edited(&text, fix.edits()));
            let helps: Vec<String> = policy.helps(finding).take(1).collect();
            (finding.code().name(), helps.join(""), fixed)
        });
        found.collect::<Vec<_>>()
    };
    let help =
        "`aws_lambda_function.f.invoke_arn` is the URI that API Gateway invokes: write `aws_lambda_function.f.arn`";
    let fixed = text("aws_lambda_function.f.arn", "lambda:InvokeFunction");
    assert_eq!(
        found("aws_lambda_function.f.invoke_arn", "lambda:InvokeFunction"),
        [("INVALID_ARN_ACCOUNT", help.to_owned(), Some(fixed))]
    );
    let help = "write the key's ARN, `aws_kms_alias.a.target_key_arn`";
    assert_eq!(
        found("aws_kms_alias.a.arn", "kms:Decrypt"),
        [("KEY_ALIAS_AS_RESOURCE", help.to_owned(), None)]
    );
    assert_eq!(found("aws_kms_alias.a.target_key_arn", "kms:Decrypt"), []);
}

#[test]
fn what_to_write_in_a_template_of_json_has_its_functions() {
    for (resource, expected) in [
        (
            r#"{ "Ref": "Queue" }"#,
            r#"`{ "Ref": "Queue" }` is the URL: write `{ "Fn::GetAtt": ["Queue", "Arn"] }`"#,
        ),
        (
            r#"{ "Fn::Sub": "${Bucket}/*" }"#,
            r#"`{ "Ref": "Bucket" }` is the name: write `{ "Fn::Sub": "${Bucket.Arn}/*" }`"#,
        ),
    ] {
        let text = format!(
            r#"{{ "Resources": {{ "Queue": {{ "Type": "AWS::SQS::Queue" }}, "Bucket": {{ "Type": "AWS::S3::Bucket" }},
                "Policy": {{ "Type": "AWS::IAM::ManagedPolicy", "Properties": {{ "PolicyDocument": {{ "Version": "2012-10-17",
                "Statement": [{{ "Effect": "Allow", "Action": "*", "Resource": {resource} }}] }} }} }} }} }}"#
        );
        assert_eq!(helps("template.json", &text), [expected], "{resource}");
    }
}

/// A role or user is a principal by its ARN, and an account by its ID.
#[test]
fn what_ref_gives_is_no_principal_if_it_is_a_name() {
    let found = |principal: &str| {
        let text = format!(
            "Resources:\n  Role: {{ Type: AWS::IAM::Role }}\n  Account: {{ Type: AWS::Organizations::Account }}\n  Topic: {{ Type: \
             AWS::SNS::TopicPolicy, Properties: {{ PolicyDocument: {{ Version: '2012-10-17', Statement: [ {{ Effect: Deny, Principal: {{ AWS: \
             {principal} }}, Action: 'sns:Publish', Resource: '*' }} ] }} }} }}\n"
        );
        let reading = read("template.yaml", &text);
        let policy = &reading.policies()[0];
        let findings = policy.check(&Options::new());
        let found = findings.iter().map(|finding| {
            let all = policy.fixer(&text).fixes(finding);
            let fixed = all.first().and_then(|fix| policy_files::edited(&text, fix.edits()));
            (
                finding.code().name(),
                policy.helps(finding).collect::<Vec<_>>().join("; "),
                fixed,
            )
        });
        (found.collect::<Vec<_>>(), text)
    };
    let (wrong, text) = found("!Ref Role");
    let help = "`!Ref Role` is the name: write `!GetAtt Role.Arn`";
    let fixed = text.replace("!Ref Role", "!GetAtt Role.Arn");
    assert_eq!(wrong, [("INVALID_PRINCIPAL_FORMAT", help.to_owned(), Some(fixed))]);
    for right in [
        "!GetAtt Role.Arn",
        "!Ref Account",
        "!GetAtt Account.AccountId",
        "!Ref Other",
    ] {
        assert_eq!(found(right).0, [], "{right}");
    }
}
