//! The text over a word.

use super::*;
use serde_json::json;

const DATA_SOURCE: &str = r#"
data "aws_iam_policy_document" "a" {
  statement {
    actions   = ["s3:GetObject", "s3:ListB*"]
    resources = ["arn:aws:s3:::exports/*"]
    condition {
      test     = "StringLikeIfExists"
      variable = "aws:SourceVpce"
      values   = ["vpce-1a2b3c4d"]
    }
    condition {
      test     = "StringEquals"
      variable = "s3:prefix"
      values   = ["a"]
    }
  }
}
"#;

#[test]
fn an_action_a_key_and_a_resource_are_explained() {
    let mut editor = Client::in_folder("hover", &[]);
    let mut hover = |cursor: &str, file: &str, text: &str| {
        assert!(text.contains(&cursor.replace('|', "")), "{cursor}");
        let text = text.replace(&cursor.replace('|', ""), cursor);
        let shown = editor.ask_at_cursor("textDocument/hover", file, &text);
        shown["contents"]["value"].as_str().unwrap_or_default().to_owned()
    };
    for (cursor, expected) in [
        (
            "s3:Get|Object",
            &[
                "`s3:GetObject` of Amazon S3",
                "- Access level: Read",
                "`arn:${Partition}:s3:::${BucketName}/${ObjectName}`",
                "list_s3.html",
            ][..],
        ),
        ("s3:Lis|tB*", &["`s3:ListB*` matches 3 of", "`ListBucketVersions`"]),
        ("arn:aws:s3:::exp|orts/*", &["`object` of Amazon S3"]),
        (
            "StringLike|IfExists",
            &[
                "Type: String",
                "`*` and `?` in its values are wildcards",
                "because of `IfExists`",
            ],
        ),
        ("aws:Source|Vpce", &["Type: String", "In requests for: `s3:GetObject`"]),
        ("s3:pre|fix", &["Not in requests for: `s3:GetObject`"]),
        ("act|ions", &["reference_policies_elements_action.html"]),
    ] {
        let shown = hover(cursor, "a.tf", DATA_SOURCE);
        for part in expected {
            assert!(shown.contains(part), "{cursor}: `{part}` is not in:\n{shown}");
        }
    }
    let json = RIGHT.replace("s3:ListAllMyBuckets", "iam:CreateRole");
    assert!(
        hover("iam:Create|Role", "a.json", &json).contains("`iam:CreateRole` of AWS Identity and Access Management")
    );
    let json = RIGHT.replace("s3:ListAllMyBuckets", "s3:ListObjectsV2");
    let shown = hover("s3:List|ObjectsV2", "c.json", &json);
    assert!(
        shown.contains("is an API operation of Amazon S3, not an action\n\n- Authorized as: `s3:ListBucket`\n"),
        "{shown}"
    );
    let json = RIGHT.replace("s3:ListAllMyBuckets", "payments:GetAccountBalance");
    let shown = hover("payments:GetAccount|Balance", "d.json", &json);
    assert!(shown.contains("[AWSManagedSettingsAdminAccess](https://"), "{shown}");
    let key = DATA_SOURCE.replace("s3:prefix", "aws:PrincipalOrgMasterAccountId");
    let shown = hover("aws:PrincipalOrgMaster|AccountId", "e.tf", &key);
    assert!(
        shown.starts_with("AWS does not document `aws:PrincipalOrgMasterAccountId`"),
        "{shown}"
    );
    // Of one that fits no action too.
    let bucket = DATA_SOURCE
        .replace("exports/*", "exports")
        .replace(", \"s3:ListB*\"", "");
    assert_eq!(
        hover("arn:aws:s3:::exp|orts", "f.tf", &bucket),
        "`arn:aws:s3:::exports`\n\n- `bucket` of Amazon S3: `arn:${Partition}:s3:::${BucketName}`\n\nNone of the actions of the statement \
         applies to these.\n"
    );
    assert_eq!(hover("2012-|10", "b.json", RIGHT), "");
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn the_same_is_shown_while_the_text_is_broken() {
    let mut editor = Client::in_folder("hover-broken", &[]);
    editor.open("a.tf", DATA_SOURCE);
    editor.change(
        "a.tf",
        &DATA_SOURCE.replace("  statement {", "  # 😀\n  statement { = "),
    );
    let document = json!({ "uri": editor.uri("a.tf") });
    let position = json!({ "line": 4, "character": 22 });
    let shown = editor.request(
        "textDocument/hover",
        &json!({ "textDocument": document, "position": position }),
    );
    assert!(
        shown["contents"]["value"]
            .as_str()
            .unwrap()
            .starts_with("`s3:GetObject`"),
        "{shown:#}"
    );
    assert_eq!(shown["range"]["start"], json!({ "line": 4, "character": 17 }));
    assert_eq!(editor.end(), Some(0));
}
