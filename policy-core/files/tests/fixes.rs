//! Fixes change what they are about and no other byte, in every language.

#![allow(clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

mod support;

use std::path::Path;

use policy_core::check::Options;
use policy_core::finding::{Code, Fix};
use policy_files::{FilePolicy, Reader};
use proptest::prelude::*;
use support::languages;

/// The file with the fixes made that are wanted, as often as there are any.
fn fixed(name: &str, text: &str, wanted: impl Fn(Code, &Fix) -> bool) -> String {
    let mut text = text.to_owned();
    for _ in 0..100 {
        let policies = support::read(name, &text).into_policies();
        let findings: Vec<_> = policies.iter().map(|policy| policy.check(&Options::new())).collect();
        let fixes: Vec<(&FilePolicy, &Fix)> = policies
            .iter()
            .zip(&findings)
            .flat_map(|(policy, findings)| findings.iter().map(move |finding| (policy, finding)))
            .filter_map(|(policy, finding)| match finding.fixes() {
                [fix] if wanted(finding.code(), fix) => Some((policy, fix)),
                _ => None,
            })
            .collect();
        match Reader::new().fix(Path::new(name), &text, &fixes) {
            Some((next, count)) if count > 0 => text = next,
            _ => return text,
        }
    }
    panic!("there is no end of fixes:\n{text}")
}

fn all(name: &str, text: &str) -> String {
    fixed(name, text, |_, _| true)
}

/// A file in which what is between `[-` and `-]` goes, and what is between `{+` and `+}` comes.
fn before_and_after(marked: &str) -> (String, String) {
    let mut before = String::new();
    let mut after = String::new();
    let mut rest = marked;
    while let Some(at) = rest.find(['[', '{']) {
        let (plain, tail) = rest.split_at(at);
        before.push_str(plain);
        after.push_str(plain);
        let (close, side) = match tail.get(..2) {
            Some("[-") => ("-]", &mut before),
            Some("{+") => ("+}", &mut after),
            _ => {
                before.push_str(&tail[..1]);
                after.push_str(&tail[..1]);
                rest = &tail[1..];
                continue;
            }
        };
        let end = tail.find(close).unwrap_or_else(|| panic!("{tail}"));
        side.push_str(&tail[2..end]);
        rest = &tail[end + 2..];
    }
    before.push_str(rest);
    after.push_str(rest);
    (before, after)
}

#[track_caller]
fn assert_fixes(name: &str, marked: &str) {
    let (before, after) = before_and_after(marked);
    assert_eq!(all(name, &before), after, "{name}");
    assert_eq!(all(name, &after), after, "{name}, twice");
}

#[test]
fn json_keeps_its_form() {
    assert_fixes(
        "p.json",
        r#"{
  {+"Version": "2012-10-17",
  +}"Statement": [
    { [-"Sid": "", -]"Effect" : "Allow","Action": ["s3:GetObj{+e+}ct", "s3:PutObject"],
      "Resource":"arn:aws:s3:::exports{+/*+}" }
  ]
}
"#,
    );
    assert_fixes(
        "p.json",
        r#"{{+"Version":"2012-10-17",+}"Statement":{"Effect":"Allow","Action":"s3:ListAllMyBuckets","Resource":"*"}}"#,
    );
    assert_fixes(
        "p.json",
        r#"{ "Version": "2012-10-17", "Statement": [
    { "Effect": "Allow", "Action": ["s3:Get*"[-, "s3:GetObject"-], "s3:List*"[-, "s3:ListBucket", "s3:listbucket"-]], "Resource": "*" }[-,
    { "Resource": "*", "Effect": "Allow", "Action": ["s3:List*", "s3:Get*"] }-]
] }"#,
    );
}

#[test]
fn yaml_keeps_its_comments() {
    assert_fixes(
        "template.yaml",
        "\
Resources:
  Exports:
    Type: AWS::S3::Bucket
  Reader:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        {+Version: \"2012-10-17\"
        +}Statement:
          # Reads.
          - [-Sid: ''
            -]Effect: Allow # é
            Action: # of S3
              - s3:GetObj{+e+}ct # one
              - s3:GetObjectTagging
              [-- 's3:GetObjectTagging' -]# the same
            Resource: [-!GetAtt Exports.Arn-]{+!Sub \"${Exports.Arn}/*\"+} # the bucket
[-            Condition: {}
-]          - Effect: Allow
            Action: s3:ListBucket
            Resource: !Sub '${Exports.Arn}'
            Condition:
              [-StringEqual-]{+StringEquals+}: { \"s3:prefix\": \"a\" }
",
    );
}

#[test]
fn terraform_keeps_its_comments() {
    assert_fixes(
        "main.tf",
        r#"
resource "aws_s3_bucket" "exports" {}

data "aws_iam_policy_document" "reader" {
  statement {
    actions = [
      "s3:GetObj{+e+}ct", # typed in a hurry
      "s3:GetObjectTagging",
[-      "s3:GetObjectTagging",
-]    ]
    resources = [[-aws_s3_bucket.exports.arn-]{+"${aws_s3_bucket.exports.arn}/*"+}]
  }

  # The same again.
[-  statement {
    actions   = ["s3:GetObjectTagging", "s3:GetObject"]
    resources = ["${aws_s3_bucket.exports.arn}/*"]
  }
-]}

resource "aws_iam_policy" "writer" {
  policy = jsonencode({
    {+Version = "2012-10-17"
    +}Statement = [
      {
[-        Sid      = ""
-]        Effect   = "Allow" // here
        Action   = "s3:PutObj{+e+}ct"
        Resource = "${aws_s3_bucket.exports.arn}{+/*+}"
        Condition = { StringEqual{+s+} = { "aws:SourceVpce" = "vpce-1a2b3c4d" } }
      },
    ]
  })
}
"#,
    );
}

/// A field of an ARN, a condition that `Null` says, numbers of which one counts, a session beside its role, an empty list.
#[test]
fn each_language_has_each_kind_of_fix() {
    assert_fixes(
        "p.json",
        r#"{ "Version": "2012-10-17", "Statement": [
    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:[-eu-west-1-]::exports/*" },
    { "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": ["arn:aws:sqs:{+*+}:111122223333:orders"],
      "Condition": { "[-StringLike-]{+Null+}": { "aws:PrincipalTag/team": [[-"a", -]"[-*-]{+false+}"] } } },[-
    { "Effect": "Allow", "Action": [], "Resource": "*" },-]
    { "Effect": "Allow", "Action": "sqs:ReceiveMessage", "Resource": "arn:aws:sqs:eu-west-1:{+*+}:orders",
      "Condition": { "NumericLessThan": { "aws:MultiFactorAuthAge": ["3600"[-, "900"-]] } } }
] }"#,
    );
    assert_fixes(
        "template.yaml",
        "\
Resources:
  Reader:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: 2012-10-17
        Statement:
          - Effect: Allow
            Principal:
              AWS:
                - arn:aws:iam::111122223333:role/ops # all of them
                [-- arn:aws:sts::111122223333:assumed-role/ops/ann -]# ann
            Action: sts:AssumeRole
      Policies:
        - PolicyName: a
          PolicyDocument:
            Version: 2012-10-17
            Statement:
              - Effect: Allow
                Action: s3:GetObject # objects
                Resource: !Sub 'arn:${AWS::Partition}:s3::[-${AWS::AccountId}-]:exports/*'
                Condition:
                  [-StringLike-]{+Null+}: { 'aws:PrincipalTag/team': '[-*-]{+false+}' } # a team
              # Nothing yet.
[-              - Effect: Allow
                Action: sqs:SendMessage
                Resource: []
-]              - Effect: Allow
                Action: sqs:SendMessage
                Resource: arn:aws:sqs:{+*+}:111122223333:orders
                Condition:
                  NumericGreaterThan: { 's3:max-keys': [[-'10', -]'5'] }
",
    );
    assert_fixes(
        "main.tf",
        r#"
data "aws_iam_policy_document" "reader" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::exports/*"] # all
    condition {
      test     = "[-StringLike-]{+Null+}" # a team
      variable = "aws:PrincipalTag/team"
      values   = ["[-*-]{+false+}"]
    }
  }
  statement {
    actions   = ["sqs:SendMessage"]
    resources = ["arn:aws:sqs:{+*+}:${var.account}:orders"]
    condition {
      test     = "NumericLessThan"
      variable = "aws:MultiFactorAuthAge"
      values   = [[-"900", -]"3600"]
    }
  }
}
"#,
    );
}

/// A condition that every request meets, a statement whose condition none meets, an operator, a field of an ARN.
#[test]
fn conditions_are_removed_and_operators_written_in_each_language() {
    assert_fixes(
        "p.json",
        r#"{ "Version": "2012-10-17", "Statement": [
    { "Effect": "Deny", "Action": "s3:GetObject", "Resource": "arn:aws:[-S-]{+s+}3:::exports/*"[-,
      "Condition": { "StringLikeIfExists": { "aws:PrincipalTag/team": "*" } }-] },[-
    { "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*",
      "Condition": { "StringEquals": { "aws:PrincipalTag/team": [] } } },-]
    { "Effect": "Deny", "Action": "sqs:*", "Resource": "*",
      "Condition": { [-"StringNotEquals": { "aws:PrincipalTag/team": [] }, -]"Bool": { "aws:SecureTransport": "false" } } },
    { "Effect": "Deny", "Action": "sqs:*", "Resource": "*",
      "Condition": { "StringLikeIfExists": { [-"aws:PrincipalTag/team": "*", -]"aws:PrincipalTag/site": "a*" },
        "IpAddress": { "aws:SourceIp": ["203.0.113.[-7-]{+0+}/24"[-, "10.0.0.0/8"-]] } } }
] }"#,
    );
    assert_fixes(
        "template.yaml",
        "\
Resources:
  Reader:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: 2012-10-17
        Statement:
          - Effect: Deny
            Action: s3:GetObject
            Resource: '*' # all of them
[-            Condition:
              StringLikeIfExists: { 'aws:PrincipalTag/team': '*' }
-]          # Nobody.
[-          - Effect: Allow
            Action: sqs:SendMessage
            Resource: '*'
            Condition:
              StringEquals:
                aws:PrincipalTag/team: []
-]          - Effect: Deny
            Action: sqs:*
            Resource: '*'
            Condition:
              # Every request.
[-              ForAllValues:StringLike:
                aws:TagKeys: '*'
-]              [-StringEquals-]{+StringLike+}: # a pattern
                aws:PrincipalTag/team: a*
",
    );
    assert_fixes(
        "main.tf",
        r#"
data "aws_iam_policy_document" "reader" {
  statement {
    effect    = "Deny"
    actions   = ["s3:GetObject"]
    resources = ["*"]
    # Every request.
[-    condition {
      test     = "StringLikeIfExists"
      variable = "aws:PrincipalTag/team"
      values   = ["*"]
    }
-]  }
  statement {
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = ["*"]
    [-condition {
      test     = "ForAllValues:StringLike"
      variable = "aws:TagKeys"
      values   = ["*"]
    }
    -]condition {
      test     = "[-StringEquals-]{+StringLike+}" # a pattern
      variable = "aws:PrincipalTag/team"
      values   = ["a*"]
    }
  }
}

resource "aws_iam_policy" "writer" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Deny"
        Action   = "s3:PutObject"
        Resource = "*"
[-        Condition = {
          StringLikeIfExists = { "aws:PrincipalTag/team" = "*" }
        }
-]      },
    ]
  })
}
"#,
    );
}

/// The blocks of `aws_iam_policy_document` with the same operator are one operator: what is not certain is left alone.
#[test]
fn one_of_several_conditions_with_one_operator_is_left_alone() {
    let text = r#"
data "aws_iam_policy_document" "reader" {
  statement {
    effect    = "Deny"
    actions   = ["s3:GetObject"]
    resources = ["*"]
    condition {
      test     = "StringLikeIfExists"
      variable = "aws:PrincipalTag/team"
      values   = ["*"]
    }
    condition {
      test     = "StringLikeIfExists"
      variable = "aws:PrincipalTag/site"
      values   = ["a*"]
    }
  }
}
"#;
    let reading = support::read("main.tf", text);
    let policy = &reading.policies()[0];
    let findings = policy.check(&Options::new());
    let mut found = findings.of_code(Code::RedundantKeyDueToWildcardInCondition);
    let fixer = policy.fixer(text);
    assert!(found.next().is_some_and(|finding| fixer.fixes(finding).is_empty()));
    assert_eq!(all("main.tf", text), text);
}

#[test]
fn values_in_a_form_that_no_request_has_are_written_as_the_help_says() {
    assert_fixes(
        "p.json",
        r#"{ "Version": "2012-10-17", "Statement": [
    { "Effect": "Deny", "Action": "sqs:*", "Resource": "*", "Condition": {
      "StringEquals": { "aws:RequestedRegion": ["eu-west{+-+}1"], "aws:ResourceAccount": "1111[---]2222[---]3333" } } }
] }"#,
    );
}

#[test]
fn the_last_of_a_line_goes_with_the_comma_before_it() {
    assert_fixes(
        "main.tf",
        r#"
data "aws_iam_policy_document" "reader" {
  statement {
    effect    = "Deny"
    actions   = ["s3:Get*"[-, "s3:GetObject"-]] # all
    resources = [
      "*",
      [-"arn:aws:s3:::exports/*", -]# one
    ]
  }
}
"#,
    );
}

/// The reference to the ARN in the place of one to the name, in each form of a reference.
/// What follows may be defined elsewhere, or have a comment before it.
#[test]
fn what_is_behind_the_first_of_a_list_takes_its_place() {
    assert_fixes(
        "main.tf",
        r#"
variable "more" {
  default = ["s3:GetObjectAcl"]
}
locals {
  put = "s3:PutObject"
}
data "aws_iam_policy_document" "reader" {
  statement {
    actions   = [[-"s3:GetObject", -]var.more, "s3:GetObject*"]
    resources = ["arn:aws:s3:::a/*"]
  }
  statement {
    actions   = [ [-"s3:GetObject", -]var.more, "s3:GetObject*" ]
    resources = ["arn:aws:s3:::b/*"]
  }
  statement {
    actions   = [[-"s3:GetObject",-] # one
      local.put, "s3:Get*"]
    resources = ["arn:aws:s3:::c/*"]
  }
  statement {
    actions = [
[-      "s3:GetObject",
-]      var.more,
      "s3:GetObject*",
    ]
    resources = ["arn:aws:s3:::d/*"]
  }
  statement {
    actions = [
      [-"s3:GetObject", -]var.more, "s3:GetObject*",
    ]
    resources = ["arn:aws:s3:::e/*"]
  }
}
"#,
    );
}

#[test]
fn a_reference_to_a_name_becomes_one_to_the_arn() {
    let template = |resources: &str| {
        format!(
            "Resources:\n  Queue: {{ Type: AWS::SQS::Queue }}\n  Table: {{ Type: AWS::DynamoDB::Table }}\n  Node: {{ Type: AWS::EC2::Instance }}\n  \
             P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Version: 2012-10-17\n        Statement:\n          \
             - Effect: Deny\n            Action: ['dynamodb:*', 'sqs:*', 'ec2:*']\n            Resource:\n{resources}"
        )
    };
    for line in [
        "[-!Ref Queue-]{+!GetAtt Queue.Arn+} # the URL",
        "[-!GetAtt Queue.QueueName-]{+!GetAtt Queue.Arn+}",
        "[-{ Ref: Queue }-]{+!GetAtt Queue.Arn+}",
        "[-Ref: Queue-]{+!GetAtt Queue.Arn+}",
        "[-Fn::GetAtt: [Queue, QueueName]-]{+!GetAtt Queue.Arn+}",
        "!Sub '[-${Table}-]{+${Table.Arn}+}/index/*'",
        "!Join ['', [[-!Ref Table-]{+!GetAtt Table.Arn+}, '/index/*']]",
        "[-!Ref Node-]{+!Sub \"arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:instance/${Node}\"+}",
    ] {
        assert_fixes("template.yaml", &template(&format!("              - {line}\n")));
    }
    assert_fixes(
        "template.json",
        r#"{ "Resources": {
  "Queue": { "Type": "AWS::SQS::Queue" }, "Bucket": { "Type": "AWS::S3::Bucket" },
  "P": { "Type": "AWS::IAM::ManagedPolicy", "Properties": { "PolicyDocument": { "Version": "2012-10-17", "Statement": [
    { "Effect": "Deny", "Action": "sqs:*", "Resource": [-{ "Ref": "Queue" }-]{+{ "Fn::GetAtt": ["Queue", "Arn"] }+} },
    { "Effect": "Deny", "Action": "sqs:S*", "Resource": [[-{"Fn::GetAtt":["Queue","QueueName"]}-]{+{"Fn::GetAtt": ["Queue", "Arn"]}+}] },
    { "Effect": "Deny", "Action": "s3:GetObject", "Resource": { "Fn::Sub": "[-${Bucket}-]{+${Bucket.Arn}+}/*" } }
  ] } } } } }"#,
    );
    assert_fixes(
        "main.tf",
        r#"
resource "aws_sqs_queue" "q" {}

data "aws_iam_policy_document" "reader" {
  statement {
    effect    = "Deny"
    actions   = ["sqs:*", "s3:*"]
    resources = [[-aws_sqs_queue.q.id-]{+aws_sqs_queue.q.arn+}, "[-${aws_s3_bucket.b.id}-]{+${aws_s3_bucket.b.arn}+}/*"]
  }
}
"#,
    );
    assert_fixes(
        "main.tf.json",
        r#"{ "data": { "aws_iam_policy_document": { "reader": { "statement": [
    { "effect": "Deny", "actions": ["sqs:*"], "resources": ["[-${aws_sqs_queue.q.id}-]{+${aws_sqs_queue.q.arn}+}"] } ] } } } }"#,
    );
}

#[test]
fn policies_in_texts_are_fixed_there() {
    assert_fixes(
        "main.tf",
        r#"resource "aws_iam_policy" "p" {
  policy = <<-EOF
    { "Version": "2012-10-17", "Statement": [
      { "Effect": "Allow", "Action": ["s3:PutObj{+e+}ct"], "Resource": "${aws_s3_bucket.b.arn}{+/*+}" } ] }
  EOF
}
resource "aws_iam_policy" "q" {
  policy = "{ {+\"Version\": \"2012-10-17\", +}\"Statement\": [{ \"Effect\": \"Allow\", \"Action\": \"s3:PutObj{+e+}ct\", \"Resource\": \"*\" }] }"
}
"#,
    );
    assert_fixes(
        "template.yml",
        "\
Resources:
  P:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument: !Sub |
        { {+\"Version\": \"2012-10-17\", +}\"Statement\": [{ \"Effect\": \"Allow\",
          \"Action\": [\"s3:GetObj{+e+}ct\"], \"Resource\": \"arn:${AWS::Partition}:s3:::${Name}/*\" }] }
",
    );
}

#[test]
fn what_is_written_elsewhere_is_left_alone() {
    for (name, text) in [
        (
            "main.tf",
            r#"
locals { service = "s4" }
data "aws_iam_policy_document" "p" {
  statement {
    actions   = ["${local.service}:GetObject"]
    resources = ["*"]
  }
}"#,
        ),
        (
            "template.yaml",
            "
Shared: &actions [s3:GetObjct]
Resources:
  P:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - { Effect: Allow, Action: *actions, Resource: '*' }
          - { Effect: Deny, Action: *actions, Resource: '*' }
",
        ),
    ] {
        assert!(!support::found(&support::read(name, text).policies()[0]).is_empty());
        assert_eq!(all(name, text), text, "{name}");
    }
}

#[test]
fn a_fix_is_safe_only_where_nothing_is_repeated_or_left_out() {
    let statement = r#"statement {
    actions   = ["s3:Get*", "s3:GetObject"]
    resources = ["*"]
  }"#;
    let dynamic = r#"dynamic "statement" {
    for_each = var.names
    content {
      actions   = ["sqs:*"]
      resources = [statement.value]
    }
  }"#;
    let data = |blocks: &str| format!("data \"aws_iam_policy_document\" \"p\" {{\n  {blocks}\n}}\n");
    let branch = "
Resources:
  P:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          Effect: Allow
          Action: ['s3:Get*', !If [IsLarge, 's3:GetObject', 's3:List*']]
          Resource: '*'
";
    for (name, text, is_safe) in [
        ("a.tf", data(statement), true),
        ("b.tf", data(&format!("{statement}\n  {dynamic}")), false),
        ("c.yaml", branch.to_owned(), false),
    ] {
        let reading = support::read(name, &text);
        let policy = &reading.policies()[0];
        let findings = policy.check(&Options::new());
        let fixer = policy.fixer(&text);
        let redundant = findings
            .of_code(Code::RedundantAction)
            .flat_map(|finding| fixer.fixes(finding));
        let safety: Vec<bool> = redundant.map(|fix| fix.is_safe()).collect();
        assert_eq!(safety, [is_safe], "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Every language can write each fix that JSON can, and what is fixed is the same policy everywhere.
    #[test]
    fn every_language_is_fixed_alike(statements in prop::collection::vec(languages::statement(), 1..4)) {
        let document = |name: &str, text: &str| support::read(name, text).policies()[0].documents()[0].to_json();
        let json = all("p.json", &languages::json_file(&statements));
        let expected = document("p.json", &json);
        for (name, text) in [
            ("jsonencode.tf", languages::jsonencode(&statements)),
            ("data.tf", languages::data_source(&statements)),
            ("heredoc.tf", languages::heredoc(&statements)),
            ("quoted.tf", languages::quoted_json(&statements)),
            ("text.template", languages::cloudformation_text(&statements)),
            ("short.yaml", languages::yaml(&statements, true)),
            ("long.yml", languages::yaml(&statements, false)),
        ] {
            let fixed = all(name, &text);
            let found = |text: &str| support::found(&support::read(name, text).policies()[0]);
            prop_assert_eq!(document(name, &fixed).len(), expected.len(), "{}\n{}\n{}", name, text, fixed);
            prop_assert_eq!(found(&fixed), support::found(&support::read("p.json", &json).policies()[0]), "{}", name);
            prop_assert_eq!(text.matches('#').count(), fixed.matches('#').count());
        }
    }
}
