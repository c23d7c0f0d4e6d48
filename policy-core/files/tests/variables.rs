//! Policy variables and pseudo parameters that the language of the file takes for something else.
#![allow(clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::path::Path;

use policy_files::{Unreadable, read};

/// What a file has that cannot be read: the text there, and what to write.
fn unread(name: &str, text: &str) -> Vec<(String, String)> {
    let reading = support::read(name, text);
    let unread = reading.unread().iter().map(|unread| {
        let meant = unread.reason().rsplit_once("write ").map_or("", |(_, meant)| meant);
        (
            text.get(unread.place()).unwrap_or_default().to_owned(),
            meant.to_owned(),
        )
    });
    unread.collect()
}

fn template(head: &str, resource: &str) -> String {
    format!(
        "{head}Resources:\n  Bucket: {{ Type: AWS::S3::Bucket }}\n  Nested: {{ Type: AWS::CloudFormation::Stack }}\n  Policy:\n    Type: \
         AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Version: '2012-10-17'\n        Statement:\n          - \
         Effect: Allow\n            Action: s3:GetObject\n            Resource: {resource}\n"
    )
}

#[test]
fn a_name_that_nothing_in_a_template_can_have_is_reported() {
    for (resource, expected) in [
        (
            "!Sub 'arn:aws:s3:::b/${aws:username}/*'",
            Some(("${aws:username}", "`${!aws:username}`, the policy variable")),
        ),
        (
            "!Sub ['arn:aws:s3:::${B}/${aws:PrincipalTag/team}/*', { B: !Ref Bucket }]",
            Some((
                "${aws:PrincipalTag/team}",
                "`${!aws:PrincipalTag/team}`, the policy variable",
            )),
        ),
        (
            "!Sub 'arn:aws:s3:::b-${AWS::AcountId}/*'",
            Some(("${AWS::AcountId}", "`AWS::AccountId`")),
        ),
        (
            "!Join ['', ['arn:aws:s3:::b-', !Ref AWS::Acountid, '/*']]",
            Some(("AWS::Acountid", "`AWS::AccountId`")),
        ),
        ("!Sub 'arn:aws:s3:::b/${!aws:username}/*'", None),
        ("'arn:aws:s3:::b/${aws:username}/*'", None),
        ("!Sub 'arn:aws:s3:::b-${AWS::AccountId}/${AWS::StackName}/*'", None),
        ("!Sub ['${a:b}', { 'a:b': !Ref Bucket }]", None),
        // Of the Serverless Framework, in a file of its own.
        ("!Sub 'arn:aws:s3:::b-${aws:accountId}-${self:service}/*'", None),
        // Others may declare these.
        (
            "!Sub 'arn:aws:s3:::${Other}-${Nested.Outputs.Name}-${Module.Bucket}/*'",
            None,
        ),
    ] {
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(at, meant)| (at.to_owned(), meant.to_owned()))
            .collect();
        assert_eq!(unread("t.yaml", &template("", resource)), expected, "{resource}");
        let sam = template("Transform: AWS::Serverless-2016-10-31\n", resource);
        assert_eq!(unread("t.yaml", &sam), expected, "{resource}");
        // A macro may replace it.
        let with_macro = template("Transform: Own\n", resource);
        assert_eq!(unread("t.yaml", &with_macro), [], "{resource}");
    }
}

#[test]
fn what_is_no_policy_is_not_judged() {
    let text = "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      Code: { ZipFile: !Sub 'echo ${aws:username}' }\n";
    assert_eq!(unread("t.yaml", text), []);
    let whole = "Resources:\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument: !Sub |\n        { \"Version\": \
                 \"2012-10-17\", \"Statement\": [{ \"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \
                 \"arn:aws:s3:::b/${aws:username}/*\" }] }\n";
    let expected = (
        "${aws:username}".to_owned(),
        "`${!aws:username}`, the policy variable".to_owned(),
    );
    assert_eq!(unread("t.yaml", whole), [expected]);
}

#[test]
fn terraform_has_no_expression_of_this_name() {
    let reason = "`${aws:username}` is an interpolation of Terraform, which has no such expression: write the policy variable as \
                  `&{aws:username}` in `aws_iam_policy_document`, and as `$${aws:username}` elsewhere";
    for text in [
        "data \"aws_iam_policy_document\" \"d\" {\n  statement {\n    resources = [\"arn:aws:s3:::b/${aws:username}/*\"]\n  }\n}\n",
        "resource \"aws_iam_policy\" \"p\" {\n  policy = <<EOT\n{ \"Statement\": \"${aws:username}/${var.a}\" }\nEOT\n}\n",
    ] {
        let Err(Unreadable::Syntax(error)) = read(Path::new("main.tf"), text) else {
            panic!("{text}")
        };
        assert_eq!(error.reason(), reason);
        assert_eq!(Some(error.offset()), text.find("${aws"));
    }
    // Broken elsewhere.
    let text = "locals {\n  a = \"$${aws:username}\"\n  b = \"${var.a ? 1 }\"\n}\n";
    let Err(Unreadable::Syntax(error)) = read(Path::new("main.tf"), text) else {
        panic!("{text}")
    };
    assert!(!error.reason().contains("policy variable"), "{error:?}");
}

#[test]
fn terraform_has_no_expression_of_this_name_in_json_either() {
    let expected = (
        "${aws:username}".to_owned(),
        "the policy variable as `&{aws:username}` in `aws_iam_policy_document`, and as `$${aws:username}` elsewhere"
            .to_owned(),
    );
    let document = |resource: &str| {
        format!(
            r#"{{"data":{{"aws_iam_policy_document":{{"d":{{"statement":{{"actions":["s3:GetObject"],"resources":["{resource}"]}}}}}}}}}}"#
        )
    };
    let text = document("arn:aws:s3:::b/${aws:username}/*");
    assert_eq!(unread("main.tf.json", &text), std::slice::from_ref(&expected));
    for right in [
        "&{aws:username}",
        "$${aws:username}",
        "${var.a ? 1 : 2}",
        "${provider::own::f(1)}",
    ] {
        assert_eq!(unread("main.tf.json", &document(right)), [], "{right}");
    }
    let text = r#"{"resource":{"aws_iam_policy":{"p":{"policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b/${aws:username}/*\"}]}"}}}}"#;
    assert_eq!(unread("main.tf.json", text), [expected]);
}
