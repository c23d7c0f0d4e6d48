use crate::check::expect::{messages, table};
use crate::policy::Kind;

macro_rules! statements {
    ($($sid:literal),+; $element:literal) => {
        concat!($(r#"{ "Sid": ""#, $sid, r#"", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
            "Condition": { "StringEquals": { "aws:PrincipalTag/job": ""#, $sid, r#"" } } "#, $element, "},",)+ "\n")
    };
}

#[test]
fn sids() {
    let list = |text: &'static str| text.trim_end().trim_end_matches(',');
    table(
        Kind::Identity,
        &[
            (list(statements!("ReadSecrets2", "readsecrets2"; "")), &[]),
            (
                list(statements!("Read secrets"; "")),
                &["UNSUPPORTED_SID /Statement/0/Sid  "],
            ),
            (
                list(statements!("Read-secrets"; "")),
                &["UNSUPPORTED_SID /Statement/0/Sid -"],
            ),
            (
                list(statements!("A", "B", "A"; "")),
                &[
                    "REDUNDANT_STATEMENT /Statement/2",
                    "UNIQUE_SIDS_REQUIRED /Statement/2/Sid",
                ],
            ),
            (
                list(statements!("", ""; "")),
                &[
                    "EMPTY_SID_VALUE /Statement/0/Sid",
                    "REDUNDANT_STATEMENT /Statement/1",
                    "EMPTY_SID_VALUE /Statement/1/Sid",
                ],
            ),
        ],
    );
    table(
        Kind::Resource,
        &[
            (
                list(statements!("Read secrets"; r#", "Principal": { "AWS": "111122223333" }"#)),
                &[],
            ),
            (
                list(statements!("A", "A"; r#", "Principal": { "AWS": "111122223333" }"#)),
                &[
                    "REDUNDANT_STATEMENT /Statement/1",
                    "UNIQUE_SIDS_RECOMMENDED /Statement/1/Sid",
                ],
            ),
        ],
    );
}

#[test]
fn messages_say_what_to_write() {
    let statement = r#"{ "Sid": "read-the secrets", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" }"#;
    assert_eq!(
        messages(statement, Kind::Identity),
        "the `Sid` contains `-`; only letters and digits are allowed [UNSUPPORTED_SID]\n\
         = note: AWS rejects the policy: `Statement IDs (SID) must be alpha-numeric`\n\
         = help: write `ReadTheSecrets`"
    );
    for (sid, write) in [("Lesezugriff für", "LesezugriffFur"), ("Élève", "Eleve")] {
        let statement = statement.replace("read-the secrets", sid);
        let message = messages(&statement, Kind::Identity);
        assert!(message.ends_with(&format!("= help: write `{write}`")), "{message}");
    }
    let twice = r#"{ "Sid": "A", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" },
                   { "Sid": "A", "Effect": "Deny", "Action": "s3:PutObject", "Resource": "*" }"#;
    assert_eq!(
        messages(twice, Kind::Identity),
        "statement 1 has the `Sid` `A` too [UNIQUE_SIDS_REQUIRED]\n\
         = note: AWS rejects the policy: `Statement IDs (SID) in a single policy must be unique`\n\
         = help: write another `Sid`, such as `A2`, or remove the `Sid`, which is optional"
    );
}
