use super::slip::misspelt;
use crate::catalogue::{self, Service};
use crate::check::expect::{product, products, read, said, told};
use crate::policy::Kind;

#[test]
fn an_action_that_exists_is_not_spoken_of() {
    products(&[
        (r#""*""#, r#""arn:aws:s3:::staging/*""#, &[]),
        (r#""s3:GetObject""#, r#""*""#, &[]),
        (r#""S3:getobject""#, r#""*""#, &[]),
        (r#"["s3:Get*", "s3:*Object", "s3:?ut*cl", "s3:P*t*ng"]"#, r#""*""#, &[]),
        (r#""s3:*""#, r#""*""#, &[]),
        (r#""vpc-lattice:AssociateViaAWSService-EventsAndStates""#, r#""*""#, &[]),
        (r#""resource-explorer-2:ListIndexes""#, r#""*""#, &[]),
    ]);
}

#[test]
fn an_action_that_does_not_is() {
    products(&[
        (
            r#""s3:GetObjct""#,
            r#""*""#,
            &["INVALID_ACTION /Statement/Action GetObjct"],
        ),
        (
            r#"["s3:GetObject", "s3:HeadObject"]"#,
            r#""*""#,
            &["INVALID_ACTION /Statement/Action/1 HeadObject"],
        ),
        (
            r#""lambda:Invoke""#,
            r#""*""#,
            &["INVALID_ACTION /Statement/Action Invoke"],
        ),
        (
            r#""ec2:GetObject""#,
            r#""*""#,
            &["INVALID_ACTION /Statement/Action GetObject"],
        ),
        (
            r#""s3:Frobnicate""#,
            r#""*""#,
            &["INVALID_ACTION /Statement/Action Frobnicate"],
        ),
        (
            r#""secretmanager:GetSecretValue""#,
            r#""*""#,
            &["INVALID_SERVICE_IN_ACTION /Statement/Action secretmanager"],
        ),
        (
            r#""s*:GetObject""#,
            r#""*""#,
            &["INVALID_SERVICE_IN_ACTION /Statement/Action s*"],
        ),
        (
            r#""*:GetObject""#,
            r#""*""#,
            &["INVALID_SERVICE_IN_ACTION /Statement/Action *"],
        ),
        (
            r#""s3:Gett*""#,
            r#""*""#,
            &["WILDCARD_MATCHES_NO_ACTION /Statement/Action Gett*"],
        ),
        (
            r#""evidently:GetProject""#,
            r#""*""#,
            &["DEPRECATED_SERVICE /Statement/Action evidently"],
        ),
        (
            r#""rds:DescribeInstallationMedia""#,
            r#""*""#,
            &["DEPRECATED_ACTION /Statement/Action"],
        ),
        (
            r#""rds:DescribeInstall*""#,
            r#""*""#,
            &["DEPRECATED_ACTION /Statement/Action"],
        ),
        // Operations that were actions once.
        (
            r#""sqs:SendMessageBatch""#,
            r#""*""#,
            &["INVALID_ACTION /Statement/Action SendMessageBatch"],
        ),
        (
            r#""sqs:SendMessageB*""#,
            r#""*""#,
            &["WILDCARD_MATCHES_NO_ACTION /Statement/Action SendMessageB*"],
        ),
    ]);
}

#[test]
fn what_has_not_the_form_of_an_action_is_told_so() {
    for (action, expected) in [
        ("GetObject", "the action `GetObject` has no service prefix"),
        (
            "s3:s3:GetObject",
            "the action `s3:s3:GetObject` has more than one colon",
        ),
        (":GetObject", "the action `:GetObject` has no service prefix"),
        ("s3:", "the action `s3:` has no name"),
        (" s3:GetObject", "the action ` s3:GetObject` has whitespace around it"),
        (
            "s3:Get Object",
            "the action `s3:Get Object` contains the invalid character ` `",
        ),
        ("", "the action `` has no service prefix"),
    ] {
        let document = product("Allow", &format!("\"{action}\""), "\"*\"");
        let text = told(&document, Kind::Identity);
        assert!(
            text.starts_with(&format!("{expected} [INVALID_ACTION]\n= note: AWS rejects the policy")),
            "{text}"
        );
    }
}

#[test]
fn the_five_redshift_actions_of_a_vendor_do_not_exist() {
    for name in [
        "CreateUser",
        "AlterUser",
        "CreateDatabase",
        "AlterDatabase",
        "CreateSchema",
    ] {
        let document = product("Allow", &format!("\"redshift:{name}\""), "\"*\"");
        assert_eq!(
            said(&document, Kind::Identity),
            [format!("INVALID_ACTION /Statement/Action {name}")]
        );
    }
    assert_eq!(
        said(
            &product("Allow", "\"redshift:ModifyClusterIamRoles\"", "\"*\""),
            Kind::Identity
        ),
        [""; 0]
    );
}

#[test]
fn the_message_names_what_was_meant() {
    for (action, expected) in [
        (
            "s3:GetObjct",
            "`s3:GetObjct` is not an action [INVALID_ACTION]\n\
             = note: AWS accepts it, but it grants nothing\n\
             = note: checked against AWS's service authorization reference of DATE\n\
             = help: write `s3:GetObject`",
        ),
        (
            "s3:ListBuckets",
            "`s3:ListBuckets` is not an action [INVALID_ACTION]\n\
             = note: the API operation `ListBuckets` is authorized as `s3:ListAllMyBuckets`\n\
             = note: AWS accepts it, but it grants nothing\n\
             = note: checked against AWS's service authorization reference of DATE\n\
             = help: write `s3:ListAllMyBuckets`",
        ),
        (
            "lambda:Invoke",
            "`lambda:Invoke` is not an action [INVALID_ACTION]\n\
             = note: the API operation `Invoke` is authorized as `lambda:InvokeFunction`\n\
             = note: AWS accepts it, but it grants nothing\n\
             = note: checked against AWS's service authorization reference of DATE\n\
             = help: write `lambda:InvokeFunction`",
        ),
        (
            "secretmanager:GetSecretValue",
            "`secretmanager` is not a service [INVALID_SERVICE_IN_ACTION]\n\
             = note: AWS accepts it, but it grants nothing\n\
             = note: checked against AWS's service authorization reference of DATE\n\
             = help: write `secretsmanager:GetSecretValue`",
        ),
        (
            "stepfunctions:StartExecution",
            "`stepfunctions` is not a service [INVALID_SERVICE_IN_ACTION]\n\
             = note: AWS accepts it, but it grants nothing\n\
             = note: checked against AWS's service authorization reference of DATE\n\
             = help: write `states:StartExecution`",
        ),
        (
            "s*:GetObject",
            "`s*` is not a service prefix: it must not contain wildcards [INVALID_SERVICE_IN_ACTION]\n\
             = note: AWS rejects the policy: `Action vendors (e.g., aws, ec2, etc.) must not contain wildcards`\n\
             = help: write `s3:GetObject`, `s3-object-lambda:GetObject` and `s3-outposts:GetObject`",
        ),
        (
            "s3:Gett*",
            "`s3:Gett*` matches no action of `s3` [WILDCARD_MATCHES_NO_ACTION]\n\
             = note: AWS accepts it, but it grants nothing\n\
             = note: checked against AWS's service authorization reference of DATE\n\
             = help: write `s3:Get*`",
        ),
        (
            "sqs:SendMessageBatch",
            "`sqs:SendMessageBatch` is not an action [INVALID_ACTION]\n\
             = note: AWS no longer documents it as an action (last documented 2021-07)\n\
             = note: the API operation `SendMessageBatch` is authorized as `sqs:SendMessage`\n\
             = note: AWS accepts it, but it grants nothing\n\
             = note: checked against AWS's service authorization reference of DATE\n\
             = help: write `sqs:SendMessage`",
        ),
        (
            "rds:DescribeInstallationMedia",
            "AWS no longer documents `rds:DescribeInstallationMedia` (last documented 2022-04) [DEPRECATED_ACTION]\n\
             = note: AWS accepts it, but the action has been removed or renamed\n\
             = note: checked against AWS's service authorization reference of DATE\n\
             = help: remove the action, or write the action that replaced it",
        ),
    ] {
        let document = product("Allow", &format!("\"{action}\""), "\"*\"");
        assert_eq!(told(&document, Kind::Identity), expected);
    }
}

#[test]
fn a_service_is_suggested_that_has_the_action() {
    for (action, help) in [
        ("efs:CreateFileSystem", "write `elasticfilesystem:CreateFileSystem`"),
        ("efs:*", "write `elasticfilesystem:*`"),
        ("kns:Publish", "write `sns:Publish`"),
        ("kns:Decrypt", "write `kms:Decrypt`"),
        ("stepfunctions:StartExecution", "write `states:StartExecution`"),
        // The action is misspelt as well.
        ("efs:CreateFileSistem", "write the service prefix `elasticfilesystem`"),
        // `ebs` is near, and has no such action.
        ("egs:CreateFileSystem", "other services have this action: "),
    ] {
        let text = told(&product("Allow", &format!("\"{action}\""), "\"*\""), Kind::Identity);
        assert!(text.contains(&format!("\n= help: {help}")), "{text}");
    }
}

#[test]
fn a_stranger_is_told_the_way_out() {
    let text = told(&product("Allow", "\"s3:Frobnicate\"", "\"*\""), Kind::Identity);
    assert!(
        text.starts_with("unknown action `s3:Frobnicate` [INVALID_ACTION]\n"),
        "{text}"
    );
    assert!(
        text.ends_with("if AWS added the action later, allow INVALID_ACTION for `s3:Frobnicate`"),
        "{text}"
    );
}

#[test]
fn a_name_near_by_its_letters_only_is_not_what_was_meant() {
    for (action, help) in [
        (
            "redshift:CreateTagging",
            "= help: similar actions: `redshift:CreateTags`, `redshift:CreateCluster`, `redshift:CreateSavedQuery`",
        ),
        (
            "ec2:GetObject",
            "= help: other services have this action: `s3:GetObject` or `mediastore:GetObject` or `s3-outposts:GetObject`",
        ),
        ("redshift:CreateClustr", "= help: write `redshift:CreateCluster`"),
        ("rds:DescribeDbInstance", "= help: write `rds:DescribeDBInstances`"),
        ("s3:*Objekt", "= help: write `s3:*Object`"),
        (
            "sqs:Frob*",
            "= help: its action names start with `List`, `Delete`, `Get`, `Add`, `Cancel`, `Change`, `Create`, `Purge`, ...",
        ),
    ] {
        let text = told(&product("Allow", &format!("\"{action}\""), "\"*\""), Kind::Identity);
        assert!(text.lines().any(|line| line == help), "{text}");
    }
}

#[test]
fn what_does_something_else_is_not_what_was_meant() {
    for (action, meant) in [
        ("ds:DisconnectDirectory", None),
        ("ds:disconnectdirectory", None),
        ("iam:UnattachRolePolicy", None),
        ("iam:unattachrolepolicy", None),
        ("iam:UNATTACHROLEPOLICY", None),
        ("iam:UnattachRole", None),
        ("ssm:DeregisterTaskWithMaintenanceWindow", None),
        ("ds:deauthorizeApplication", None),
        // A verb that is misspelt.
        ("iam:DettachRolePolicy", Some("iam:DetachRolePolicy")),
        ("iam:Atachrolepolicy", Some("iam:AttachRolePolicy")),
        ("iam:atachrolepolicy", Some("iam:AttachRolePolicy")),
        ("ec2:Strtinstances", Some("ec2:StartInstances")),
        ("ec2:StpoInstances", Some("ec2:StopInstances")),
        ("ec2:Disasociateaddress", Some("ec2:DisassociateAddress")),
        ("iam:Unattach*", None),
        ("iam:Atach*", Some("iam:Attach*")),
    ] {
        let text = told(&product("Allow", &format!("\"{action}\""), "\"*\""), Kind::Identity);
        let help = text
            .lines()
            .find_map(|line| line.strip_prefix("= help: write `")?.strip_suffix('`'));
        assert_eq!(help, meant, "{text}");
    }
}

#[test]
fn a_letter_less_or_another_is_a_slip() {
    let (mut all, mut mended) = (0, 0);
    let actions = catalogue::services().flat_map(Service::actions);
    for action in actions.step_by(211) {
        let name = action.name();
        for (at, letter) in name.char_indices() {
            for other in ["", "x"] {
                let slip = [&name[..at], other, &name[at + letter.len_utf8()..]].concat();
                all += 1;
                mended += usize::from(misspelt(action.service(), &slip) == Some(name));
            }
        }
    }
    // Where a capital is missing two words are one, and some names are another action then.
    assert!(mended * 10 > all * 9, "{mended} of {all}");
}

#[test]
fn the_action_of_an_operation_is_named() {
    for (operation, help) in [
        ("s3:ListBuckets", "= help: write `s3:ListAllMyBuckets`"),
        ("sns:PublishBatch", "= help: write `sns:Publish`"),
        ("dynamodb:transactgetitems", "= help: write `dynamodb:GetItem`"),
        // AWS has documented it as an action once.
        ("sqs:SendMessageBatch", "= help: write `sqs:SendMessage`"),
        ("s3:ListObjectsV2", "= help: write `s3:ListBucket`"),
        ("apigateway:GetStages", "= help: write `apigateway:GET`"),
        ("opensearch:CreateDomain", "= help: write `es:CreateDomain`"),
        (
            "s3:CopyObject",
            "= help: write those of `s3:GetObject` and `s3:PutObject` that your requests need",
        ),
    ] {
        let text = told(&product("Allow", &format!("\"{operation}\""), "\"*\""), Kind::Identity);
        assert_eq!(text.lines().last(), Some(help), "{text}");
    }
}

#[test]
fn a_command_of_sql_is_no_action_of_redshift() {
    assert_eq!(
        told(&product("Allow", "\"redshift:CreateUser\"", "\"*\""), Kind::Identity),
        "`redshift:CreateUser` is not an action [INVALID_ACTION]\n\
         = note: `CREATE USER` is an SQL command: Redshift grants it in the database, to database users, and not through IAM\n\
         = note: AWS accepts it, but it grants nothing\n\
         = note: checked against AWS's service authorization reference of DATE\n\
         = help: remove the action, and `GRANT` the privileges in the database\n\
         = help: to log in as a database user write `redshift:GetClusterCredentials`, to run SQL through the API `redshift-data:ExecuteStatement`"
    );
}

#[test]
fn the_note_says_what_becomes_of_the_statement() {
    let of = |effect: &str, element: &str, kind| {
        let document = read(&format!(
            r#"{{ "Version": "2012-10-17", "Statement": {{ "Effect": "{effect}", "{element}": "s3:GetObjct", "Resource": "*", "Principal": "*" }} }}"#
        ));
        told(&document, kind)
            .lines()
            .nth(1)
            .map(str::to_owned)
            .unwrap_or_default()
    };
    assert_eq!(
        of("Deny", "Action", Kind::Identity),
        "= note: AWS accepts it, but it denies nothing"
    );
    assert_eq!(
        of("Allow", "NotAction", Kind::Identity),
        "= note: AWS accepts it, but the action you meant to exclude is allowed too"
    );
    assert_eq!(
        of("Deny", "NotAction", Kind::ServiceControl),
        "= note: AWS accepts it, but the action you meant to exclude is denied too"
    );
    assert_eq!(
        of("Allow", "Action", Kind::Resource),
        "= note: some services reject the policy without naming the action; the others ignore the action"
    );
}

#[test]
fn a_trust_policy_has_actions_too() {
    let document = read(
        r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "Service": "lambda.amazonaws.com" }, "Action": "sts:AssumRole" } }"#,
    );
    assert_eq!(
        said(&document, Kind::Trust),
        ["INVALID_ACTION /Statement/Action AssumRole"]
    );
}

#[test]
fn what_aws_uses_and_does_not_document_is_told_so() {
    assert_eq!(
        told(
            &product("Allow", "\"payments:getaccountbalance\"", "\"*\""),
            Kind::Identity
        ),
        "AWS does not document `payments:getaccountbalance` [UNDOCUMENTED_ACTION]\n\
         = note: AWS's managed policy `AWSManagedSettingsAdminAccess` contains it, but what it allows is not known\n\
         = note: checked against AWS's service authorization reference of DATE\n\
         = help: remove the action, unless AWS has told you to allow it"
    );
    products(&[
        // The service, with whatever action.
        (
            r#"["crowd:GetTask", "crowd:List*"]"#,
            r#""*""#,
            &[
                "UNDOCUMENTED_ACTION /Statement/Action/0",
                "UNDOCUMENTED_ACTION /Statement/Action/1",
            ],
        ),
        (
            r#""payments:GetAccountBalances""#,
            r#""*""#,
            &["INVALID_ACTION /Statement/Action GetAccountBalances"],
        ),
        // AWS's policies have mistakes: here `RemoveTagsFromResource`, and an API operation.
        (
            r#"["ssm:RemoveTagsToResource", "budgets:CreateBudget"]"#,
            r#""*""#,
            &[
                "INVALID_ACTION /Statement/Action/0 RemoveTagsToResource",
                "INVALID_ACTION /Statement/Action/1 CreateBudget",
            ],
        ),
    ]);
}

#[test]
fn what_aws_knows_and_does_not_document_is_not_unknown() {
    for statement in [
        r#"{ "Effect": "Allow", "Action": ["apigateway:TagResource", "apigateway:UntagResource"], "Resource": "*" }"#,
        r#"{ "Effect": "Allow", "Action": "iam:CreateRole", "Resource": "arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*",
             "Condition": { "StringNotEquals": { "aws:PrincipalOrgMasterAccountId": "${aws:PrincipalAccount}" } } }"#,
        r#"{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b-${aws:PrincipalOrgMasterAccountId}/*" }"#,
    ] {
        let found = crate::check::expect::findings(&crate::check::expect::policy(statement), Kind::Identity);
        let unknown = found
            .iter()
            .filter(|finding| finding.contains("INVALID_") || finding.contains("UNKNOWN_"));
        assert_eq!(unknown.count(), 0, "{statement}: {found:?}");
    }
}

/// Policies of stacks look like those of IAM and have other actions.
#[test]
fn an_action_of_a_stack_policy_is_named_as_such() {
    let note = "CloudFormation has such actions in stack policies, which are not IAM policies";
    for (action, expected) in [("Update:*", true), ("Update:Modify", true), ("Upload:*", false)] {
        let told = told(&product("Allow", &format!("\"{action}\""), "\"*\""), Kind::Identity);
        assert_eq!(told.contains(note), expected, "{told}");
    }
}
