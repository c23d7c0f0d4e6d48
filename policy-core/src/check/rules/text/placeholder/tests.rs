use crate::check::expect::{findings, policy, product, read, said, told};
use crate::document::{Document, Node, Text, Value};
use crate::policy::Kind;

fn resource(text: &str) -> Vec<String> {
    said(&product("Allow", "\"s3:*\"", &format!("\"{text}\"")), Kind::Identity)
}

#[test]
fn a_placeholder_is_one_mistake() {
    for (text, part) in [
        ("arn:aws:s3:::<bucket>/*", "<bucket>"),
        ("<bucket-arn>", "<bucket-arn>"),
        ("arn:aws:s3:::<your bucket>", "<your bucket>"),
        ("arn:${Partition}:s3:::b", "${Partition}"),
        ("arn:${AWS::Partition}:s3:::b", "${AWS::Partition}"),
        ("arn:aws:s3:::${var.bucket}/*", "${var.bucket}"),
        ("arn:aws:s3:::${BUCKET_NAME}", "${BUCKET_NAME}"),
        ("arn:aws:s3:::${bucket_name}", "${bucket_name}"),
        ("arn:aws:s3:::${module.logs.bucket}/*", "${module.logs.bucket}"),
        ("arn:aws:s3:::${bucketName}/*", "${bucketName}"),
        ("arn:aws:s3:::$${aws:username}", "$${"),
        ("arn:aws:s3:::{{bucket}}", "{{bucket}}"),
        ("arn:aws:s3:::{% if p %}/*", "{% if p %}"),
        ("arn:aws:s3:::b{# prod #}/*", "{# prod #}"),
        ("arn:aws:s3:::{bucket}/*", "{bucket}"),
        ("arn:aws:s3:::logs-{accountId}", "{accountId}"),
        ("arn:aws:sqs:{region}:111122223333:q", "{region}"),
        ("arn:aws:s3:::$BUCKET/*", "$BUCKET"),
        ("arn:aws:s3:::$S3_BUCKET_NAME/*", "$S3_BUCKET_NAME"),
        ("arn:aws:sqs:eu-west-1:$ACCOUNT_ID:q", "$ACCOUNT_ID"),
        ("arn:aws:s3:::YOUR_BUCKET/*", "YOUR_BUCKET"),
        ("arn:aws:sqs:REGION:111122223333:q", "REGION"),
        ("arn:aws:sqs:eu-west-1:account-id:q", "account-id"),
        ("arn:aws:sqs:eu-west-1:YOUR_ACCOUNT_ID:q", "YOUR_ACCOUNT_ID"),
        ("arn:aws:sqs:eu-west-1:xxxxxxxxxxxx:q", "xxxxxxxxxxxx"),
        ("arn:aws:sqs:eu-west-1:_ACCOUNT_ID_:q", "_ACCOUNT_ID_"),
        ("arn:aws:sqs:eu-west-1:Account-B-ID:q", "Account-B-ID"),
        ("arn:aws:sqs:eu-west-1:your AWS account ID:q", "your AWS account ID"),
        ("arn:aws:sqs:eu-west-1:MyAcctId:q", "MyAcctId"),
        ("arn:aws:sqs:eu-west-1:57EXAMPLE833:q", "57EXAMPLE833"),
        ("arn:aws:sqs:eu-west-1:xxxxxxxx9182:q", "xxxxxxxx9182"),
        ("arn:aws:sqs:eu-west-1:############:q", "############"),
        ("arn:aws:sqs:topic_region:111122223333:q", "topic_region"),
        ("arn:aws:sqs:[region]:111122223333:q", "[region]"),
        ("arn:aws:execute-api:{regionId}:111122223333:a1b2c3d4e5/*", "{regionId}"),
        ("arn:partition:s3:::b", "partition"),
        ("arn:aws:s3:::b/[[prefix]]/*", "[[prefix]]"),
        ("arn:aws:s3:::{bucket1}/*", "{bucket1}"),
        ("kms-key-arn", "kms-key-arn"),
        ("mySNStopicARN", "mySNStopicARN"),
        ("Bucket ARN/*", "Bucket ARN/*"),
        ("a list of ARNs", "a list of ARNs"),
        ("$lambda_arn", "$lambda_arn"),
        ("arn:aws:s3:::_NAME_-logs/*", "_NAME_"),
        ("__BUCKET_ARN__", "__BUCKET_ARN__"),
        ("arn:aws:s3:::b>/*", ">"),
        ("arn:aws:s3:::<b/*", "<"),
        ("...", "..."),
    ] {
        assert_eq!(
            resource(text),
            [format!("UNFILLED_PLACEHOLDER /Statement/Resource {part}")],
            "{text}"
        );
    }
    assert_eq!(
        resource("arn:aws:s3:::{% if p %}b{% endif %}/*"),
        [
            "UNFILLED_PLACEHOLDER /Statement/Resource {% if p %}",
            "UNFILLED_PLACEHOLDER /Statement/Resource {% endif %}"
        ]
    );
    for unclosed in [
        "arn:aws:s3:::b/{%",
        "arn:aws:s3:::b/{%}",
        "arn:aws:s3:::b/{#}",
        "arn:aws:s3:::b/{# %}",
    ] {
        let found = resource(unclosed);
        assert!(
            !found.iter().any(|one| one.starts_with("UNFILLED")),
            "{unclosed}: {found:?}"
        );
    }
    assert_eq!(
        resource("arn:aws:sqs:<region>:<account-id>:q"),
        [
            "UNFILLED_PLACEHOLDER /Statement/Resource <region>",
            "UNFILLED_PLACEHOLDER /Statement/Resource <account-id>"
        ]
    );
    assert_eq!(
        resource("arn:partition:sqs:region:account-id:<queue>"),
        [
            "UNFILLED_PLACEHOLDER /Statement/Resource partition",
            "UNFILLED_PLACEHOLDER /Statement/Resource region",
            "UNFILLED_PLACEHOLDER /Statement/Resource account-id",
            "UNFILLED_PLACEHOLDER /Statement/Resource <queue>",
        ]
    );
}

/// A word for a value, where none can be so spelt, is the only mistake there; elsewhere it is a value.
#[test]
fn a_word_is_told_by_where_it_is() {
    let placeholders = |principal: &str, condition: &str| {
        let statement = format!(
            r#"{{ "Effect": "Allow", "Principal": {principal}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*",
                "Condition": {condition} }}"#
        );
        let found = findings(&policy(&statement), Kind::Resource);
        let is_error = |said: &String| !said.starts_with("RECOMMENDED") && !said.starts_with("CROSS_ACCOUNT");
        found.into_iter().filter(is_error).collect::<Vec<_>>()
    };
    let usual = r#"{ "StringEquals": { "aws:SourceAccount": "111122223333" } }"#;
    for (principal, at, part) in [
        (r#"{ "AWS": "Account-A-ID" }"#, "AWS", "Account-A-ID"),
        (r#"{ "AWS": "your_user_or_role_ARN" }"#, "AWS", "your_user_or_role_ARN"),
        (r#"{ "AWS": "arn:aws:iam::AccountB-ID:root" }"#, "AWS", "AccountB-ID"),
        (
            r#"{ "Service": "logs.your-region.amazonaws.com" }"#,
            "Service",
            "your-region",
        ),
        (
            r#"{ "Service": "SERVICE-NAME.amazonaws.com" }"#,
            "Service",
            "SERVICE-NAME",
        ),
    ] {
        let expected = format!("UNFILLED_PLACEHOLDER /Statement/0/Principal/{at} {part}");
        assert_eq!(placeholders(principal, usual), [expected], "{principal}");
    }
    let service = r#"{ "Service": "cloudtrail.amazonaws.com" }"#;
    for (operator, key, part) in [
        ("StringEquals", "aws:SourceAccount", "myAccountID"),
        ("StringEquals", "aws:SourceOrgID", "my-org-id"),
        ("ArnLike", "aws:SourceArn", "your Amazon Connect instance ARN"),
    ] {
        let condition = format!(r#"{{ "{operator}": {{ "{key}": "{part}" }} }}"#);
        let expected = format!("UNFILLED_PLACEHOLDER /Statement/0/Condition/{operator}/{key} {part}");
        assert_eq!(placeholders(service, &condition), [expected], "{condition}");
    }
    let user = r#"{ "AWS": "111122223333" }"#;
    for (key, value, part) in [
        ("aws:SourceVpce", "vpce-xxxxxx", "vpce-xxxxxx"),
        ("aws:SourceVpc", "vpcID", "vpcID"),
        ("aws:RequestedRegion", "my-region", "my-region"),
        ("kms:ViaService", "s3.region.amazonaws.com", "region"),
    ] {
        let condition = format!(r#"{{ "StringEquals": {{ "{key}": "{value}" }} }}"#);
        let expected = format!("UNFILLED_PLACEHOLDER /Statement/0/Condition/StringEquals/{key} {part}");
        let found = placeholders(user, &condition);
        assert!(found.contains(&expected), "{condition}: {found:?}");
    }
    for condition in [
        r#"{ "StringEquals": { "aws:ResourceTag/owner": "account-id" } }"#,
        r#"{ "StringEquals": { "aws:PrincipalTag/region": "region" } }"#,
        r#"{ "StringEquals": { "aws:SourceVpc": "vpc-1a2b3c4d" } }"#,
        r#"{ "StringEquals": { "kms:ViaService": "apiv2migration.waf-regional.amazonaws.com" } }"#,
    ] {
        let found = placeholders(user, condition);
        let is_found = found.iter().any(|said| said.starts_with("UNFILLED_PLACEHOLDER"));
        assert!(!is_found, "{condition}: {found:?}");
    }
}

/// What is wrong with the value as an account is not reported: it will be another one.
#[test]
fn a_value_of_a_condition_that_is_a_placeholder_is_one_mistake() {
    let document = read(
        r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*",
            "Condition": { "StringEquals": { "aws:SourceAccount": "_ACCOUNT_ID_" } } } }"#,
    );
    let found = said(&document, Kind::Identity);
    let expected = "UNFILLED_PLACEHOLDER /Statement/Condition/StringEquals/aws:SourceAccount _ACCOUNT_ID_";
    assert!(found.contains(&expected.to_owned()), "{found:?}");
    assert!(
        !found.iter().any(|said| said.starts_with("INVALID_ACCOUNT_FORMAT")),
        "{found:?}"
    );
}

#[test]
fn a_variable_and_a_number_of_an_example_are_none() {
    for text in [
        "arn:aws:s3:::b/${aws:username}/*",
        "arn:aws:s3:::b/${aws:PrincipalTag/team, 'none'}/*",
        "arn:aws:s3:::b/${*}${?}${$}",
        "arn:aws:sqs:eu-west-1:123456789012:q",
        "arn:aws:s3:::account/region/*",
        "arn:aws:lambda:eu-west-1:111122223333:function:f:$LATEST",
        "arn:aws:ssm:*:*:automation-definition/AWS-CreateImage:$DEFAULT",
        "arn:aws:iot:eu-west-1:111122223333:topic/$aws/things/*",
        "arn:aws:s3:::b/$RECYCLE.BIN/*",
        "arn:aws:s3:::b/part_$folder$",
        "arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/*/GET/pets/{petId}",
        "arn:aws:s3:::b/{0d1e}",
        "arn:aws:s3:::b/_SUCCESS_",
        "arn:aws:s3:::b/_NAME",
        "arn:aws:s3:::b/FULL_NAME_OF_",
        "arn:aws:s3:::b/a_NAME_b/_name_/__",
        "arn:aws:s3:::b/[0-9]/[a]]",
        "arn:aws:iam::${aws:PrincipalAccount}:role/r",
        "arn:aws:sqs:eu-west-1:1234567890:q",
        "arn:aws:sqs:eu-north-7:111122223333:q",
        "learning",
        "warnings/*",
        " arn:aws:s3:::b",
    ] {
        let found = resource(text);
        assert!(
            !found.iter().any(|said| said.starts_with("UNFILLED_PLACEHOLDER")),
            "{text}: {found:?}"
        );
    }
}

#[test]
fn it_is_found_wherever_it_stands() {
    let document = read(
        r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::<account>:root" }, "Action": "sts:AssumeRole",
            "Condition": { "StringEquals": { "aws:ResourceTag/<key>": "{{value}}" } } } }"#,
    );
    assert_eq!(
        said(&document, Kind::Trust),
        [
            "UNFILLED_PLACEHOLDER /Statement/Principal/AWS <account>",
            "UNFILLED_PLACEHOLDER /Statement/Condition/StringEquals/aws:ResourceTag~1<key> <key>",
            "UNFILLED_PLACEHOLDER /Statement/Condition/StringEquals/aws:ResourceTag~1<key> {{value}}",
        ]
    );
}

#[test]
fn a_hole_is_filled() {
    let mut document = product("Allow", "\"s3:GetObject\"", "\"arn:aws:s3:::<bucket>/<b>\"").into_owned();
    assert_eq!(said(&document, Kind::Identity).len(), 2);
    // The same as the macro makes it, which knows the first as a hole.
    let mut root = document.root().clone();
    replace(&mut root, "arn:aws:s3:::<bucket>/<b>", |written| {
        Text::with_holes(written, [(13..21, "amzn-example", 3)])
    });
    document = Document::new(root);
    assert_eq!(
        said(&document, Kind::Identity),
        ["UNFILLED_PLACEHOLDER /Statement/Resource <b>"]
    );
}

fn replace(node: &mut Node<'static>, written: &str, make: fn(String) -> Text<'static>) {
    match &mut node.value {
        Value::String(text) if text.written() == written => *text = make(written.to_owned()),
        Value::Array(elements) => elements.iter_mut().for_each(|element| replace(element, written, make)),
        Value::Object(members) => members
            .iter_mut()
            .for_each(|member| replace(&mut member.value, written, make)),
        _ => {}
    }
}

#[test]
fn the_message_says_how_to_fill_it() {
    for (text, expected) in [
        (
            "arn:aws:s3:::<your-bucket>/*",
            "the placeholder `<your-bucket>` was not filled in [UNFILLED_PLACEHOLDER]\n\
             = note: AWS reads it as literal text: it rejects the policy, or accepts it, but nothing matches\n\
             = help: replace it with the value; in `policy!` write `<bucket>` and declare `bucket: BucketName`",
        ),
        (
            "${bucket}",
            "the placeholder `${bucket}` was not filled in [UNFILLED_PLACEHOLDER]\n\
             = note: AWS reads it as literal text: it rejects the policy, or accepts it, but nothing matches\n\
             = help: replace it with the value; in `policy!` write `<bucket>` and declare the field `bucket`",
        ),
        (
            "arn:${Partition}:s3:::b",
            "the placeholder `${Partition}` was not filled in [UNFILLED_PLACEHOLDER]\n\
             = note: AWS reads it as literal text: it rejects the policy, or accepts it, but nothing matches\n\
             = help: write the partition, such as `aws`; in `policy!` write `<partition>`, which follows from the Region",
        ),
        (
            "arn:aws:sqs:${AWS::Region}:111122223333:q",
            "the placeholder `${AWS::Region}` was not filled in [UNFILLED_PLACEHOLDER]\n\
             = note: AWS reads it as literal text: it rejects the policy, or accepts it, but nothing matches\n\
             = help: replace it with the value; in `policy!` write `<region>` and declare `region: Region`",
        ),
        (
            "arn:aws:sqs:eu-west-1:SourceBucket-AcctID:q",
            "the placeholder `SourceBucket-AcctID` was not filled in [UNFILLED_PLACEHOLDER]\n\
             = note: AWS reads it as literal text: it rejects the policy, or accepts it, but nothing matches\n\
             = help: replace it with the value; in `policy!` write `<source-bucket-acct-id>` and declare \
             `source_bucket_acct_id: AccountId`",
        ),
        (
            "arn:aws:sqs:eu-west-1:57EXAMPLE833:q",
            "the placeholder `57EXAMPLE833` was not filled in [UNFILLED_PLACEHOLDER]\n\
             = note: AWS reads it as literal text: it rejects the policy, or accepts it, but nothing matches\n\
             = help: replace it with the value; in `policy!` write a hole, `<name>`, and declare it",
        ),
        (
            "arn:aws:s3:::{% if prod %}/*",
            "the tag `{% if prod %}` of a template, as Jinja has them, was not run [UNFILLED_PLACEHOLDER]\n\
             = note: AWS reads it as literal text: it rejects the policy, or accepts it, but nothing matches\n\
             = help: run the template, and check what it becomes",
        ),
        (
            "arn:aws:s3:::b>/*",
            "`>` in `arn:aws:s3:::b>/*` is half of a placeholder [UNFILLED_PLACEHOLDER]\n\
             = note: AWS reads it as literal text: it rejects the policy, or accepts it, but nothing matches\n\
             = help: remove this half, or write both halves: in `policy!` a hole is `<name>`",
        ),
    ] {
        assert_eq!(
            told(&product("Allow", "\"s3:*\"", &format!("\"{text}\"")), Kind::Identity),
            expected
        );
    }
}
