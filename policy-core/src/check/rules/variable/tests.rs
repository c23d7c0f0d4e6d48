use crate::check::expect::{dead, findings, messages, product, table, told};
use crate::policy::Kind;

macro_rules! on {
    ($($resource:literal),+) => {
        concat!(
            r#"{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": [""#, $("arn:aws:s3:::b/", $resource,)+ r#""] }"#
        )
    };
}

#[test]
fn form() {
    table(
        Kind::Identity,
        &[
            (
                on!("${aws:username/*"),
                &["MISSING_BRACE_IN_VARIABLE /Statement/0/Resource/0 ${aws:username/*"],
            ),
            (on!("${aws:username}/*"), &[]),
            (
                on!("${aws:PrincipalTag/team, none}"),
                &["MISSING_QUOTE_IN_VARIABLE /Statement/0/Resource/0 ${aws:PrincipalTag/team, none}"],
            ),
            (on!("${aws:PrincipalTag/team, 'none'}"), &[]),
            (
                on!("a/${ aws:username }"),
                &["UNSUPPORTED_SPACE_IN_VARIABLE /Statement/0/Resource/0 ${ aws:username }"],
            ),
            (on!("${}"), &["EMPTY_VARIABLE /Statement/0/Resource/0 ${}"]),
            (on!("${*}${?}${$}"), &[]),
        ],
    );
}

#[test]
fn an_unknown_one_is_unknown_in_every_field_of_an_arn() {
    table(
        Kind::Identity,
        &[
            (
                r#"{ "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:${aws:Region}:111122223333:q" }"#,
                &["UNKNOWN_VARIABLE /Statement/0/Resource ${aws:Region}"],
            ),
            (
                r#"{ "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:*:${aws:PrincipalAccount}:q" }"#,
                &["VARIABLE_OUTSIDE_RESOURCE_PART /Statement/0/Resource ${aws:PrincipalAccount}"],
            ),
        ],
    );
}

#[test]
fn a_sid_that_takes_no_dollar_is_refused_once() {
    table(
        Kind::Identity,
        &[(
            r#"{ "Sid": "${aws:username}", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" }"#,
            &["UNSUPPORTED_SID /Statement/0/Sid $"],
        )],
    );
}

#[test]
fn names() {
    table(
        Kind::Identity,
        &[
            (
                on!("${aws:usrname}/*"),
                &["UNKNOWN_VARIABLE /Statement/0/Resource/0 ${aws:usrname}"],
            ),
            (
                on!("${username}/*"),
                &["UNKNOWN_VARIABLE /Statement/0/Resource/0 ${username}"],
            ),
            (on!("${aws:USERNAME}/*"), &[]),
            (
                on!("${aws:TagKeys}/*"),
                &["MULTIVALUED_VARIABLE /Statement/0/Resource/0 ${aws:TagKeys}"],
            ),
            (on!("${cognito-identity.amazonaws.com:sub}/*"), &[]),
            (on!("${oidc.example.com:sub}/*"), &[]),
            (on!("${aws:PrincipalTag/team}/*"), &[]),
            (on!("${transfer:UserName}/*"), &[]),
            (
                on!("${transfer:User}/*"),
                &["UNKNOWN_VARIABLE /Statement/0/Resource/0 ${transfer:User}"],
            ),
            (on!("${credentials-iot:ThingName}/*"), &[]),
            (
                r#"{ "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*",
                     "Condition": { "StringLike": { "s3:prefix": ["a/*", "${aws:usrid}/*"] } } }"#,
                &["UNKNOWN_VARIABLE /Statement/0/Condition/StringLike/s3:prefix/1 ${aws:usrid}"],
            ),
        ],
    );
    assert_eq!(dead(on!("${aws:usrname}/*"), Kind::Identity), ["UNKNOWN_VARIABLE"]);
}

#[test]
fn places() {
    table(
        Kind::Identity,
        &[
            (
                r#"{ "Effect": "Allow", "Action": ["s3:${aws:PrincipalTag/verb}Object"], "Resource": "*" }"#,
                &["VARIABLE_UNSUPPORTED_IN_ELEMENT /Statement/0/Action/0 ${aws:PrincipalTag/verb}"],
            ),
            (
                r#"{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                     "Condition": { "StringEquals": { "aws:ResourceTag/${aws:username}": "a" } } }"#,
                &[
                    "VARIABLE_UNSUPPORTED_IN_ELEMENT /Statement/0/Condition/StringEquals/aws:ResourceTag~1${aws:username} ${aws:username}",
                ],
            ),
            (
                r#"{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                     "Condition": { "IpAddress": { "aws:SourceIp": "${aws:VpcSourceIp}" } } }"#,
                &["INVALID_VARIABLE_FOR_OPERATOR /Statement/0/Condition/IpAddress/aws:SourceIp ${aws:VpcSourceIp}"],
            ),
            (
                r#"{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                     "Condition": { "ArnLike": { "aws:PrincipalArn": "arn:aws:iam::${aws:PrincipalAccount}:role/*" } } }"#,
                &[],
            ),
            (
                r#"{ "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "arn:aws:kms:eu-west-1:${aws:PrincipalAccount}:key/*" }"#,
                &["VARIABLE_OUTSIDE_RESOURCE_PART /Statement/0/Resource ${aws:PrincipalAccount}"],
            ),
        ],
    );
    table(
        Kind::Trust,
        &[(
            r#"{ "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "AWS": "arn:aws:iam::${aws:PrincipalAccount}:root" } }"#,
            &["VARIABLE_UNSUPPORTED_IN_ELEMENT /Statement/0/Principal/AWS ${aws:PrincipalAccount}"],
        )],
    );
}

#[test]
fn versions() {
    let policy = |version: &str| {
        format!(
            r#"{{ {version} "Statement": [{}] }}"#,
            on!("${aws:username}/*", r#"", "arn:aws:s3:::c/${aws:userid}/*"#)
        )
    };
    let expected = ["VARIABLE_UNSUPPORTED_IN_VERSION /Statement/0/Resource/0 ${aws:username}"];
    assert_eq!(
        findings(&policy(r#""Version": "2008-10-17","#), Kind::Identity),
        expected
    );
    assert_eq!(
        findings(&policy(""), Kind::Identity),
        expected,
        "a missing version is the same mistake"
    );
    assert!(findings(&policy(r#""Version": "2012-10-17","#), Kind::Identity).is_empty());
}

#[test]
fn messages_say_what_to_write() {
    for (statement, expected) in [
        (
            on!("${aws:usrname}/*"),
            "`${aws:usrname}` is not a policy variable [UNKNOWN_VARIABLE]\n\
             = note: AWS accepts it, but does not replace it, so the string matches nothing\n\
             = note: checked against AWS's service authorization reference of DATE\n\
             = help: write `${aws:username}`",
        ),
        (
            on!("${aws:PrincipalTag/team/x"),
            "the policy variable has no closing brace [MISSING_BRACE_IN_VARIABLE]\n\
             = note: AWS reads it as literal text, so the string does not match what the variable was meant for\n\
             = help: add the brace: `${aws:PrincipalTag/team}`",
        ),
        (
            on!("${aws:PrincipalTag/team, none}"),
            "the default of the policy variable lacks a quote [MISSING_QUOTE_IN_VARIABLE]\n\
             = note: AWS reads it as literal text, so the string does not match what the variable was meant for\n\
             = help: write `${aws:PrincipalTag/team, 'none'}`",
        ),
        (
            r#"{ "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*",
                "Condition": { "DateLessThan": { "aws:CurrentTime": "${aws:TokenIssueTime}" } } }"#,
            "`DateLessThan` does not support policy variables [INVALID_VARIABLE_FOR_OPERATOR]\n\
             = note: only string and ARN operators do; here the characters are literal\n\
             = help: write the date itself, such as `2026-12-31T23:59:59Z`",
        ),
        (
            r#"{ "Effect": "Allow", "Action": "s3:${aws:PrincipalTag/verb}", "Resource": "*" }"#,
            "an action does not support policy variables [VARIABLE_UNSUPPORTED_IN_ELEMENT]\n\
             = note: AWS replaces them only in `Resource` and in the values of a `Condition`\n\
             = help: name the actions, and limit them to the caller with `Resource` or a condition",
        ),
    ] {
        assert_eq!(messages(statement, Kind::Identity), expected);
    }
}

/// The policies of AWS IoT Core have variables that those of IAM do not.
#[test]
fn a_variable_of_iot_core_is_named_as_such() {
    let told = |variable: &str| {
        let resource = format!("\"arn:aws:iot:eu-west-1:111122223333:client/{variable}\"");
        told(&product("Allow", "\"iot:Connect\"", &resource), Kind::Identity)
    };
    let note = "AWS IoT Core replaces variables of `iot` in its own policies, which are not IAM policies";
    assert!(told("${iot:ClientId}").contains(note));
    assert!(!told("${aws:ClientId}").contains(note));
}
