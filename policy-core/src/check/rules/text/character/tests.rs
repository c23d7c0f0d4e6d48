use super::plain;
use crate::check::expect::{messages, table};
use crate::policy::Kind;

#[test]
fn characters() {
    table(
        Kind::Identity,
        &[
            (
                // One message, though the `Sid` and the action are wrong in other ways too.
                r#"{ "Sid": "List—all", "Effect": "Allow", "Action": ["s3:Get–Object"], "Resource": "arn:aws:s3:::b/“x”" }"#,
                &[
                    "UNSUPPORTED_CHARACTER /Statement/0/Sid —",
                    "UNSUPPORTED_CHARACTER /Statement/0/Action/0 –",
                    "UNSUPPORTED_CHARACTER /Statement/0/Resource “",
                ],
            ),
            (
                r#"{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/déjà\u00A0\tvu" }"#,
                &[],
            ),
            (
                r#"{ "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*",
                     "Condition": { "StringEquals": { "aws:PrincipalTag/\u200Bteam": "a" } } }"#,
                &["UNSUPPORTED_CHARACTER /Statement/0/Condition/StringEquals/aws:PrincipalTag~1\u{200B}team \u{200B}"],
            ),
        ],
    );
    // No pattern forbids them there.
    table(
        Kind::ServiceControl,
        &[(
            r#"{ "Effect": "Deny", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/“x”" }"#,
            &[],
        )],
    );
}

#[test]
fn plain_characters_are_offered() {
    assert_eq!(plain("‘it’s’ – “so”…").as_deref(), Some("'it's' - \"so\"..."));
    assert_eq!(plain("a\u{200B}b\u{3000}c").as_deref(), Some("ab c"));
    assert_eq!(plain("ＡＢ１").as_deref(), Some("AB1"));
    assert_eq!(plain("日本"), None);
}

#[test]
fn messages_say_what_to_write() {
    assert_eq!(
        messages(
            r#"{ "Effect": "Allow", "Action": "s3:Get–Object", "Resource": "*" }"#,
            Kind::Identity
        ),
        "a policy cannot contain the character `–`, U+2013 [UNSUPPORTED_CHARACTER]\n\
         = note: IAM accepts U+0020 to U+00FF, tabs and line breaks, and answers others with `MalformedPolicyDocument`\n\
         = help: write `s3:Get-Object`"
    );
}
