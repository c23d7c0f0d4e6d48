#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod callers;

use super::{Answer, Cases, CasesError, Expected, Mistake};
use crate::evaluate::{Layer, StatementId};

const READER: &str = r#"{ "Version": "2012-10-17", "Statement": [
    { "Sid": "ReadExports", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::exports/*" },
    { "Sid": "NoSecrets", "Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::*/secret/*" }] }"#;

const ALL: &str = r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "*", "Resource": "*" } }"#;

const TRUST: &str = r#"{ "Version": "2012-10-17", "Statement": { "Sid": "Tasks", "Effect": "Allow", "Action": "sts:AssumeRole",
    "Principal": { "Service": "ecs-tasks.amazonaws.com" },
    "Condition": { "StringEquals": { "aws:SourceAccount": "111122223333" } } } }"#;

fn load(path: &str) -> Result<String, String> {
    Ok(match path {
        "reader.json" => READER.to_owned(),
        "all.json" => ALL.to_owned(),
        "trust.json" => TRUST.to_owned(),
        "typo.json" => "{ \"Version\": \"2012-10-17\", \"Statement\":\n  { \"Effect\": \"DENY\", \"Action\": \"*\", \"Resource\": \"*\" } }".to_owned(),
        "broken.json" => "{ \"Version\":\n  }".to_owned(),
        "list.json" => r#"{ "Version": "2012-10-17", "Statment": [] }"#.to_owned(),
        "printed.json" => format!(r#"{{ "PolicyDocument": {READER} }}"#),
        _ => return Err("there is no such file".to_owned()),
    })
}

fn read(text: &str) -> Cases {
    Cases::read(text, &mut load).unwrap_or_else(|error| panic!("{error}"))
}

fn mistakes(text: &str) -> Vec<String> {
    let error = Cases::read(text, &mut load).unwrap_err();
    error.mistakes().map(ToString::to_string).collect()
}

/// Cases of one set of policies, of which only the rest of the case is given.
fn with(setup: &str, case: &str) -> String {
    format!(r#"{{ "policies": {{ "p": {setup} }}, "cases": [{{ {case} }}] }}"#)
}

/// A set of policies with a caller.
fn of_caller(layers: &str) -> String {
    format!(r#"{{ "caller": "arn:aws:iam::111122223333:role/r", {layers} }}"#)
}

const GET: &str = r#""action": "s3:GetObject", "resource": "arn:aws:s3:::exports/a""#;

#[test]
fn each_layer_has_its_member() {
    let nothing = r#"{ "Version": "2012-10-17", "Statement": [] }"#;
    for (layers, decided) in [
        (r#""identity": "reader.json""#.to_owned(), None),
        (r#""identity": ["all.json", "reader.json"]"#.to_owned(), None),
        (r#""identity": []"#.to_owned(), Some(Layer::Identity)),
        (
            format!(r#""identity": "reader.json", "boundary": {nothing}"#),
            Some(Layer::Boundary),
        ),
        (
            format!(r#""identity": "reader.json", "session": [{nothing}]"#),
            Some(Layer::Session),
        ),
        (
            format!(r#""identity": "reader.json", "service_control": ["all.json", ["all.json"], {nothing}]"#),
            Some(Layer::ServiceControl(2)),
        ),
        // `RCPFullAWSAccess` is attached besides.
        (
            format!(r#""identity": "reader.json", "resource_control": [{nothing}, "all.json"]"#),
            None,
        ),
        (
            format!(r#""identity": "reader.json", "endpoint": {nothing}"#),
            Some(Layer::Endpoint),
        ),
    ] {
        let expect = if decided.is_some() {
            "implicitly denied"
        } else {
            "allowed"
        };
        let cases = read(&with(&of_caller(&layers), &format!(r#"{GET}, "expect": "{expect}""#)));
        let report = cases.run();
        assert_eq!(report.failures().count(), 0, "{layers}: {report:#}");
        let answer = *report.answers().next().unwrap();
        match decided {
            Some(layer) => assert_eq!(answer.decision().layer(), Some(layer), "{layers}"),
            None => assert!(answer.decision().is_allowed(), "{layers}"),
        }
    }
}

#[test]
fn the_management_account_is_not_limited_by_its_organization() {
    let nothing = r#"{ "Version": "2012-10-17", "Statement": [] }"#;
    let set = |account: &str| {
        of_caller(&format!(
            r#""identity": "reader.json", "service_control": [{nothing}], "management_account": "{account}""#
        ))
    };
    for (account, expect) in [("111122223333", "allowed"), ("444455556666", "implicitly denied")] {
        let cases = read(&with(&set(account), &format!(r#"{GET}, "expect": "{expect}""#)));
        assert_eq!(cases.run().failures().count(), 0, "{account}: {:#}", cases.run());
    }
    let found = mistakes(&with(&set("root"), &format!(r#"{GET}, "expect": "allowed""#)));
    assert!(found.len() == 1 && found[0].contains("root"), "{found:?}");
    let alone = r#"{ "management_account": "111122223333" }"#;
    let found = mistakes(&with(
        alone,
        &format!(r#"{GET}, "caller": "anonymous", "expect": "denied""#),
    ));
    assert!(found.len() == 1 && found[0].contains("at least one"), "{found:?}");
}

#[test]
fn callers_are_of_every_sort() {
    let assume = r#""action": "sts:AssumeRole", "resource": "arn:aws:iam::111122223333:role/r""#;
    let account = r#""context": { "aws:SourceAccount": 111122223333 }"#;
    for (caller, expect) in [
        (r#"{ "service": "ecs-tasks.amazonaws.com" }"#, "allowed"),
        (r#"{ "service": "ec2.amazonaws.com" }"#, "implicitly denied"),
        (
            r#"{ "federated": "arn:aws:iam::111122223333:oidc-provider/example.com" }"#,
            "denied",
        ),
        (r#""anonymous""#, "denied"),
        (r#""arn:aws:iam::111122223333:user/alice""#, "denied"),
        (
            r#"{ "role": "arn:aws:iam::111122223333:role/team/ops", "session": "run" }"#,
            "denied",
        ),
    ] {
        let case = format!(r#"{assume}, "caller": {caller}, {account}, "expect": "{expect}""#);
        let cases = read(&with(r#"{ "trust": "trust.json" }"#, &case));
        assert!(cases.run().is_success(), "{caller}: {:#}", cases.run());
    }
}

#[test]
fn context_has_strings_booleans_numbers_and_lists() {
    let case = format!(
        r#"{GET}, "expect": "denied", "unchecked": true,
            "context": {{ "a:s": "x", "a:b": true, "a:n": 1.50, "a:l": ["x", false, 2], "a:e": [] }}"#
    );
    let cases = read(&with(&of_caller(r#""identity": []"#), &case));
    let report = cases.run();
    let context = report.answers().next().unwrap().case().request().context();
    let values = |key: &str| context.get(key).unwrap().join(",");
    assert_eq!(
        ["a:s", "a:b", "a:n", "a:l", "a:e"].map(values),
        ["x", "true", "1.50", "x,false,2", ""]
    );
}

#[test]
fn the_account_of_the_resource_counts() {
    for (more, expect) in [
        ("", "allowed"),
        (r#", "resource_account": "444455556666""#, "implicitly denied"),
    ] {
        let case = format!(r#"{GET}, "expect": "{expect}"{more}"#);
        let cases = read(&with(&of_caller(r#""identity": "reader.json""#), &case));
        assert!(cases.run().is_success(), "{:#}", cases.run());
    }
}

#[test]
fn a_chain_of_roles_keeps_transitive_tags_and_a_service_calls_for_the_caller() {
    let case = r#""action": "s3:GetObject", "resource": "arn:aws:s3:::exports/a", "expect": "allowed",
        "called_via": ["cloudformation.amazonaws.com", "athena.amazonaws.com"], "context": { "aws:SecureTransport": true },
        "caller": { "role": "arn:aws:iam::111122223333:role/reader", "session": "run", "tags": { "floor": "4", "team": "ops" },
            "assumed_by": { "role": "arn:aws:iam::111122223333:role/sso", "session": "run", "source_identity": "alice",
                "transitive_tags": { "team": "data" }, "tags": { "floor": "3" } } }"#;
    let cases = read(&with(&of_caller(r#""identity": "all.json""#), case));
    let report = cases.run();
    assert!(report.is_success(), "{report:#}");
    let context = report.answers().next().unwrap().case().request().context();
    let values = |key: &str| context.get(key).map(|values| values.join(","));
    for (key, wanted) in [
        ("aws:PrincipalTag/team", "data"),
        ("aws:PrincipalTag/floor", "4"),
        ("aws:SourceIdentity", "alice"),
        ("aws:CalledVia", "cloudformation.amazonaws.com,athena.amazonaws.com"),
        ("aws:ViaAWSService", "true"),
    ] {
        assert_eq!(values(key).as_deref(), Some(wanted), "{key}");
    }
}

#[test]
fn every_pair_of_action_and_resource_is_a_case() {
    let case = r#""action": ["s3:GetObject", "s3:PutObject"], "resource": ["arn:aws:s3:::exports/a", "arn:aws:s3:::b/a", "arn:aws:s3:::c/a"],
        "expect": "denied""#;
    let cases = read(&with(&of_caller(r#""identity": "reader.json""#), case));
    let report = cases.run();
    assert_eq!((cases.len(), report.tally().as_str()), (6, "6 cases, 1 failed"));
    let asked = report.answers().next().unwrap().to_string();
    assert_eq!(
        asked,
        "s3:GetObject on arn:aws:s3:::exports/a: allowed, statement 1 `ReadExports` of reader.json, identity-based policies"
    );
}

#[test]
fn an_answer_is_held_to_what_is_expected_and_by_whom() {
    let secret = r#""action": "s3:GetObject", "resource": "arn:aws:s3:::exports/secret/a""#;
    let other = r#""action": "s3:GetObject", "resource": "arn:aws:s3:::other/a""#;
    for (request, expect, passes) in [
        (GET, r#""allowed""#, true),
        (GET, r#""allowed", "by": "ReadExports""#, true),
        (GET, r#""allowed", "by": "NoSecrets""#, false),
        (GET, r#""denied""#, false),
        (secret, r#""denied""#, true),
        (secret, r#""explicitly denied", "by": "NoSecrets""#, true),
        (secret, r#""denied", "by": "ReadExports""#, false),
        (secret, r#""implicitly denied""#, false),
        (secret, r#""allowed""#, false),
        (other, r#""denied""#, true),
        (other, r#""implicitly denied""#, true),
        (other, r#""explicitly denied""#, false),
        (other, r#""denied", "by": "NoSecrets""#, false),
    ] {
        let case = format!(r#"{request}, "expect": {expect}"#);
        let cases = read(&with(&of_caller(r#""identity": "reader.json""#), &case));
        assert_eq!(cases.run().is_success(), passes, "{case}");
    }
    for expected in Expected::ALL {
        assert_eq!(expected.to_string().parse(), Ok(expected));
    }
}

#[test]
fn a_failure_says_what_was_expected_what_was_given_and_by_what() {
    let text = r#"{
    "policies": {
        "reader": { "caller": "arn:aws:iam::111122223333:role/r", "identity": "reader.json" },
        "bounded": {
            "caller": "arn:aws:iam::111122223333:role/r", "identity": "reader.json",
            "boundary": { "Version": "2012-10-17", "Statement": [
                { "Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::exports/a*" }] }
        }
    },
    "cases": [
        { "policies": "reader", "name": "secrets are read", "action": "s3:GetObject",
          "resource": "arn:aws:s3:::exports/secret/a", "expect": "allowed", "by": "ReadExports" },
        { "policies": "bounded", "action": "s3:GetObject", "resource": "arn:aws:s3:::exports/b", "expect": "allowed" },
        { "policies": "bounded", "action": "s3:GetObject", "resource": "arn:aws:s3:::exports/a", "expect": "allowed" }
    ]
}"#;
    let cases = read(text);
    let report = cases.run();
    assert_eq!(
        report.to_string(),
        "case     expected                  given              decided by\n\
         line 11  allowed by `ReadExports`  explicitly denied  statement 2 `NoSecrets` of reader.json, identity-based policies\n    \
             s3:GetObject on arn:aws:s3:::exports/secret/a: secrets are read\n\
         line 13  allowed                   implicitly denied  no statement in the permissions boundary allows it\n    \
             s3:GetObject on arn:aws:s3:::exports/b\n\
         3 cases, 2 failed"
    );
    let explained = format!("{report:#}");
    let reason =
        "        Allow in statement 1 of the policy in line 6, permissions boundary: does not match the resource\n";
    assert!(explained.contains(reason), "{explained}");
    let origins = report.answers().filter_map(|answer: &Answer<'_>| {
        let statement: Option<&StatementId> = answer.decision().statement();
        statement.and_then(|statement| answer.origin(statement))
    });
    assert!(origins.map(ToString::to_string).eq(["reader.json", "reader.json"]));
}

#[test]
fn all_that_is_wrong_is_said_at_once_and_where() {
    let text = r#"{
    "polices": {},
    "policies": {
        "reader": { "identty": "reader.json", "identity": ["nowhere.json", "broken.json", "list.json", 3] },
        "both": { "resource": "all.json", "trust": "trust.json" },
        "none": { "caller": "arn:aws:s3:::exports" },
        "inline": { "boundary": { "Version": "2012-10-17" } }, "printed": { "identity": "printed.json" },
        "right": { "identity": "reader.json" }
    },
    "cases": [
        { "policies": "rigth", "action": "s3:Get*", "resource": "exports", "expect": "alowed" },
        { "policies": "right", "caller": { "service": "ecs-tasks" }, "action": [], "resource": 3, "context": [] },
        { "policies": "right", "action": "GetObject", "resource": "*", "expect": "implicitly denied", "by": "NoSecrets",
          "context": { "aws:SourceIp": null, "AWS:sourceip": "203.0.113.9" }, "resource_account": "1234" },
        { "policies": "right", "caller": {}, "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "expect": "denied", "by": "NoSecret" },
        3
    ]
}"#;
    let expected = [
        "2:5: a file of cases has no member `polices`; did you mean `policies`?",
        "4:21: a set of policies has no member `identty`; did you mean `identity`?",
        "4:60: `nowhere.json`: there is no such file",
        "4:76: `broken.json`: line 2, column 3: ",
        "4:91: `list.json`: this is not a policy: it has no `Statement`; is `Statment` a misspelling?",
        "4:104: a policy is the path of a file, or an object, not a number",
        "5:52: a set has `resource` or `trust`, not both: a trust policy is the resource-based policy of the role",
        "6:17: a set of policies has at least one member with policies, such as `identity`; for no policies, write an empty list",
        "6:29: `arn:aws:s3:::exports` is not the ARN of a caller; ",
        "7:33: this is not a policy: it has no `Statement`",
        "7:89: `printed.json`: this is not a policy: it has no `Statement`; the policy in `PolicyDocument` is at \
         `FILE#/PolicyDocument`",
        "11:23: there is no set of policies `rigth`; did you mean `right`?",
        "11:42: a request is for one action, and `s3:Get*` is a pattern; write one of the actions that it matches",
        "11:65: the resource `exports` is neither `*` nor an ARN; write `arn:aws:s3:::exports`",
        "11:86: `alowed` is not an answer; did you mean `allowed`?",
        "12:9: a case has `expect`: one of `allowed`, `denied`, `explicitly denied`, `implicitly denied`, `depends on the key policy`",
        "12:55: ",
        "12:80: `action` is empty",
        "12:96: `resource` is a string, not a number",
        "12:110: `context` is an object of condition keys, not an array",
        "13:9: there is no `caller`; add one to the case or to its set of policies",
        "13:42: the action `GetObject` has no service prefix; write `s3:GetObject` or ",
        "13:109: an implicit deny has no statement; omit `by`",
        "14:40: the value of `aws:SourceIp` is a string, a boolean, a number, or a list of those, not null",
        "14:46: `context` has `AWS:sourceip` twice",
        "14:99: ",
        "15:42: a caller has `service`, or `federated`, or `role` and `session`",
        "15:130: no statement of these policies has the `Sid` `NoSecret`; did you mean `NoSecrets`?",
        "16:9: a case is an object, not a number",
    ];
    let found = mistakes(text);
    let wrong: Vec<_> = expected
        .iter()
        .zip(&found)
        .filter(|(wanted, found)| !found.starts_with(**wanted))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(found.len(), expected.len(), "{found:#?}");
}

#[test]
fn what_is_no_file_of_cases_is_refused() {
    for (text, wanted) in [
        ("{", "1:2: "),
        ("[]", "1:1: a file of cases is an object, not an array"),
        ("{}", "1:1: a file of cases has `cases`, an array"),
        (r#"{ "cases": {} }"#, "1:12: `cases` is an array, not an object"),
        (
            r#"{ "policies": [], "cases": [] }"#,
            "1:15: `policies` is an object of sets of policies by name, not an array",
        ),
        (
            r#"{ "cases": [{ "caller": "anonymous", "action": "s3:ListAllMyBuckets", "resource": "*", "expect": "denied" }] }"#,
            "1:13: a case has `policies`",
        ),
        (
            r#"{ "cases": [], "policies": { "a": { "identity": [] }, "a": { "identity": [] } } }"#,
            "1:55: `policies` has `a` twice",
        ),
    ] {
        let found = mistakes(text);
        assert!(found.len() == 1 && found[0].starts_with(wanted), "{text}: {found:?}");
    }
}

#[test]
fn what_is_there_misspelt_is_not_said_to_be_absent() {
    let sets = of_caller(r#""identity": []"#);
    let case = r#""acton": "s3:GetObject", "resorce": "*", "expct": "denied""#;
    let found = mistakes(&with(&sets, case));
    assert!(
        found.iter().all(|mistake| mistake.contains("a case has no member")),
        "{found:?}"
    );
    assert_eq!(found.len(), 3);
}

#[test]
fn of_several_sets_a_case_names_one() {
    let sets = r#"{ "a": { "identity": [] }, "b": { "identity": [] } }"#;
    let case = r#"{ "caller": "anonymous", "action": "s3:ListAllMyBuckets", "resource": "*", "expect": "denied" }"#;
    assert_eq!(
        mistakes(&format!(r#"{{ "policies": {sets}, "cases": [{case}] }}"#)),
        ["1:79: a case has `policies`; write one of `a`, `b`"]
    );
    // A mistake in a set is reported once, not for every case that uses it.
    let text = format!(r#"{{ "policies": {{ "a": {{ "identity": 3 }} }}, "cases": [{case}, {case}] }}"#);
    assert_eq!(mistakes(&text).len(), 1, "{:?}", mistakes(&text));
}

#[test]
fn a_file_is_read_once() {
    let mut loaded = Vec::new();
    let text = r#"{ "policies": { "a": { "identity": ["all.json", "all.json"] }, "b": { "session": "all.json" } }, "cases": [] }"#;
    let cases = Cases::read(text, &mut |path| {
        loaded.push(path.to_owned());
        load(path)
    });
    assert!(cases.unwrap().is_empty());
    assert_eq!(loaded, ["all.json"]);
}

#[test]
fn a_policy_may_stand_inside_a_file() {
    let mut loaded = 0;
    let mut load = |_: &str| {
        loaded += 1;
        Ok(format!(r#"[{{ "Trust": {TRUST}, "Policies": [{READER}] }}]"#))
    };
    let read = |pointer: &str, load: &mut dyn FnMut(&str) -> Result<String, String>| {
        let layers = format!(r#""identity": ["roles.json#/0/Policies/0", "roles.json{pointer}"]"#);
        let text = with(&of_caller(&layers), &format!(r#"{GET}, "expect": "allowed""#));
        let cases = Cases::read(&text, load).map_err(|error| error.to_string())?;
        let report = cases.run();
        let statement = report.answers().next().unwrap().decision().statement().unwrap();
        Ok::<_, String>(report.answers().next().unwrap().origin(statement).unwrap().to_string())
    };
    assert_eq!(read("#/0/Policies/0", &mut load).unwrap(), "roles.json#/0/Policies/0");
    for (pointer, wanted) in [
        ("#/0/Policy", "`roles.json`: `/0` has no member `Policy`"),
        ("#/0", "`roles.json#/0`: this is not a policy: it has no `Statement`"),
        ("", "`roles.json`: this is not a policy: it has no `Statement`"),
    ] {
        let error = read(pointer, &mut load).unwrap_err();
        assert!(error.contains(wanted), "{error}");
    }
    assert_eq!(loaded, 4, "once for each time that the cases were read");
}

#[test]
fn a_request_that_aws_never_gets_is_refused_unless_the_case_says_so() {
    let case = |action: &str, resource: &str, context: &str, unchecked: &str| {
        let case = format!(
            r#""action": "{action}", "resource": "{resource}", "context": {{ {context} }}, "expect": "denied",
                "caller": "anonymous"{unchecked}"#
        );
        with(r#"{ "identity": [] }"#, &case)
    };
    let key = "arn:aws:s3:::b/k";
    for (action, resource, context, wanted) in [
        ("s3:getobject", key, r#""AWS:sourceip": "203.0.113.9""#, &[][..]),
        // AWS no longer documents it.
        ("rds:DescribeInstallationMedia", "*", "", &[]),
        (
            "sqs:SendMessageBatch",
            "arn:aws:sqs:eu-west-1:111122223333:q",
            "",
            &["`sqs:SendMessageBatch` is not an action; write `sqs:SendMessage`"],
        ),
        ("s3:ListAllMyBuckets", "*", "", &[]),
        (
            "s3:GetObjct",
            key,
            "",
            &["`s3:GetObjct` is not an action; write `s3:GetObject`"],
        ),
        (
            "s3:PreviewOfSomethingNew",
            "*",
            "",
            &[
                "unknown action `s3:PreviewOfSomethingNew`; if AWS added the action after 2026-10-27, add \
               `\"unchecked\": true` to the case",
            ],
        ),
        (
            "s3:GetObject",
            "*",
            r#""aws:SorceAccount": "111122223333", "aws:SourceAccount": "1111", "aws:SourceArn": ["a"]"#,
            &[
                "`s3:GetObject` applies to resources of type `accesspointobject` or `object`, and `*` is not the ARN of one; \
                 write an ARN such as `arn:aws:s3:::BUCKET_NAME/OBJECT_NAME`",
                "AWS has no condition key `aws:SorceAccount`; write `aws:SourceAccount`",
                "`1111` is not an AWS account ID: it has 4 digits; leading zeros may have been lost; write all 12 digits, such as \
                 `111122223333`",
                "`aws:SourceArn` holds an ARN, not `a`; write all its fields, such as `arn:aws:s3:::exports`",
            ],
        ),
    ] {
        let text = case(action, resource, context, "");
        let found = Cases::read(&text, &mut |_| unreachable!("no policy is a file")).err();
        let found: Vec<&str> = found
            .iter()
            .flat_map(CasesError::mistakes)
            .map(Mistake::message)
            .collect();
        assert_eq!(found, wanted, "{action}");
        let unchecked = read(&case(action, resource, context, r#", "unchecked": true"#));
        assert!(unchecked.run().is_success(), "{action}");
    }
}

#[test]
fn what_aws_refuses_of_a_policy_is_remarked_though_all_cases_pass() {
    let policy = |statement: &str| {
        let all = r#"{ "Effect": "Allow", "Action": "*", "Resource": "*" }"#;
        format!(r#"{{ "Version": "2012-10-17", "Statement": [{all}, {{ {statement} }}] }}"#)
    };
    // The remarks, and the text they are about.
    let remarks = |layers: &str| -> (Vec<String>, String) {
        let case = r#""action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "expect": "denied""#;
        let text = with(&of_caller(layers), case);
        let cases = read(&text);
        assert_eq!(cases.run().failures().count(), 0, "{layers}: {:#}", cases.run());
        (cases.remarks().map(ToString::to_string).collect(), text)
    };
    for (statement, at, what) in [
        (
            r#""Effect": "Denied", "Action": "*", "Resource": "*""#,
            r#""Denied""#,
            "`Denied` is not an effect; write `Allow` or `Deny`",
        ),
        (
            r#""Effect": "Deny", "Action": "s3:*", "Resource": "s3:::b""#,
            r#""s3:::b""#,
            "the resource `s3:::b` is neither `*` nor an ARN; ",
        ),
        (
            r#""Effect": "Deny", "Action": "s3", "Resource": "*""#,
            r#""s3""#,
            "the action `s3` has no service prefix; ",
        ),
        (
            r#""Sid": "a b", "Effect": "Deny", "Action": "*", "Resource": "*""#,
            r#""a b""#,
            "the `Sid` contains a space; only letters and digits are allowed: `a b`; write `AB`",
        ),
    ] {
        let (found, text) = remarks(&format!(r#""identity": {}"#, policy(statement)));
        let column = text.find(at).unwrap() + 1;
        let expected = format!("1:{column}: AWS rejects this policy: {what}");
        assert!(
            found.len() == 1 && found[0].starts_with(&expected),
            "{expected}\n{found:#?}"
        );
    }
    // Policies that AWS accepts have no remark, even if they have other mistakes.
    let taken = r#""Effect": "Deny", "Action": ["s3:*", "s3:GetObjct", "s4:*"], "Resource": ["*", "arn:aws:s4:xx::b", "arn:aws:s3"],
        "Condition": { "StringNotEquals": { "aws:username": "${aws:userna me}" } }"#;
    let (found, _) = remarks(&format!(r#""identity": {}"#, policy(taken)));
    assert!(found.is_empty(), "{found:#?}");
    // Nor is a policy with a placeholder the one that AWS gets.
    let template =
        r#""Effect": "Deny", "Action": "*", "Resource": ["arn:aws:s3:::b/*", "arn:aws:s3:::{{ .Values.bucket }}/*"]"#;
    let (found, text) = remarks(&format!(r#""identity": {}"#, policy(template)));
    let column = text.find(r#""arn:aws:s3:::{{"#).unwrap() + 1;
    let expected = format!(
        "1:{column}: this is not the policy that AWS gets: the placeholder `{{{{ .Values.bucket }}}}` was not filled in; "
    );
    assert!(
        found.len() == 1 && found[0].starts_with(&expected),
        "{expected}\n{found:#?}"
    );
    // For a file, the remark is where the cases name it, once for each kind of policy that it is used as.
    let (found, text) = remarks(
        r#""identity": ["typo.json", "typo.json"], "boundary": "typo.json", "service_control": ["all.json", "typo.json"]"#,
    );
    let places = text.match_indices(r#""typo.json""#).map(|(at, _)| at + 1);
    let [first, _, _, last] = places.collect::<Vec<_>>()[..] else {
        panic!("{text}")
    };
    let expected = [first, last].map(|column| {
        let wrong = "`typo.json`: line 2, column 15: AWS rejects this policy: `DENY` is not an effect; write `Deny`; the value is case-sensitive";
        format!("1:{column}: {wrong}")
    });
    assert_eq!(found, expected);
}

#[test]
fn a_policy_that_aws_rejects_is_no_success_unless_its_set_says_so() {
    let wrong = r#"{ "Statement": { "Effect": "Deny", "Action": "s3:*", "Resource": "secrets" } }"#;
    let right = r#"{ "Statement": { "Effect": "Deny", "Action": "s3:*", "Resource": "*" } }"#;
    let text = |sets: &str| {
        format!(
            r#"{{ "policies": {{ {sets} }}, "cases": [{{ "policies": "a", "caller": "arn:aws:iam::111122223333:user/alice",
                "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "expect": "denied" }}] }}"#
        )
    };
    for (sets, rejected) in [
        (format!(r#""a": {{ "identity": {wrong} }}"#), 1),
        (format!(r#""a": {{ "identity": {wrong}, "rejected": true }}"#), 0),
        (format!(r#""a": {{ "identity": {wrong}, "rejected": false }}"#), 1),
        (format!(r#""a": {{ "identity": [{wrong}, {right}, {wrong}] }}"#), 2),
        // One set does not speak for another.
        (
            r#""a": { "identity": "typo.json", "rejected": true }, "b": { "identity": "typo.json" }"#.to_owned(),
            1,
        ),
        // A file is one policy, however often it is named.
        (
            r#""a": { "identity": ["typo.json", "typo.json"] }, "b": { "identity": "typo.json" }"#.to_owned(),
            1,
        ),
        (format!(r#""a": {{ "identity": {right} }}"#), 0),
    ] {
        let text = text(&sets);
        let cases = read(&text);
        assert_eq!(cases.rejected().count(), rejected, "{sets}");
        let report = cases.run();
        assert_eq!(
            (report.failures().count(), report.is_success()),
            (0, rejected == 0),
            "{sets}"
        );
        assert_eq!(report.tally().contains("AWS rejects"), rejected > 0, "{report}");
        for one in cases.rejected() {
            assert!(cases.remarks().any(|remark| remark.message() == one.message()), "{one}");
            assert!(report.to_string().contains(&one.to_string()), "{report}");
        }
    }
    let stale = text(&format!(r#""a": {{ "identity": {right}, "rejected": true }}"#));
    let mistakes = Cases::read(&stale, &mut |_| Err(String::new()))
        .unwrap_err()
        .to_string();
    assert!(mistakes.contains("remove `rejected`"), "{mistakes}");
}

/// No panic for a column beyond 65,535, and no text of cases or policies at the start of a line or unescaped.
#[test]
fn what_is_displayed_has_only_lines_of_its_own_whatever_is_in_them() {
    let hostile = "\u{1b}[31m\n::stop-commands::x\n\u{9b}\u{202e}##[error]";
    for text in [hostile.to_owned(), "x".repeat(70_000), format!("::{hostile}")] {
        let json = serde_json::to_string(&text).unwrap();
        let action = serde_json::to_string(&format!("s3:{text}")).unwrap();
        let policy = format!(
            r#"{{ "Version": "2012-10-17", "Statement": [{{ "Sid": {json}, "Effect": "Deny", "Action": "*", "Resource": "*",
                "Condition": {{ "StringLike": {{ "aws:username": ["*", {json}] }} }} }}] }}"#
        );
        let cases = format!(
            r#"{{ "policies": {{ "p": {{ "caller": "arn:aws:iam::111122223333:user/a", "identity": {policy} }} }}, "cases": [
                {{ "name": {json}, "action": "s3:ListAllMyBuckets", "resource": "*", "expect": "allowed", "by": {json} }},
                {{ "action": {action}, "resource": "*", "expect": "allowed", "context": {{ "aws:username": {json} }},
                   "unchecked": true }}] }}"#,
        );
        let wrong = cases.replace(r#""allowed", "by""#, &format!(r#"{json}, "by""#));
        let cases = Cases::read(&cases, &mut |_| unreachable!("no policy is a file")).unwrap();
        let wrong = Cases::read(&wrong, &mut |_| unreachable!("no policy is a file")).unwrap_err();
        let report = cases.run();
        let answer = report.answers().next().unwrap();
        let displayed = [
            report.table(true),
            report.to_string(),
            answer.to_string(),
            answer.explain().to_string(),
            answer.decision().to_string(),
            wrong.to_string(),
        ];
        for text in displayed {
            for line in text.split('\n') {
                assert!(!line.contains(char::is_control), "{line:?}");
                assert!(!line.contains('\u{202e}') && !line.contains("##["), "{line}");
                assert!(!line.trim_start().starts_with("::"), "{line}");
            }
        }
        assert_eq!(report.table(true).lines().count(), 1 + 2 * 3);
    }
}

/// A set has its own policies: a line of the cases names a file of any length.
#[test]
fn sets_have_no_more_policies_than_can_be_read() {
    let resources = vec!["\"arn:aws:s3:::exports/*\""; 10_000].join(",");
    let policy = format!(
        r#"{{ "Version": "2012-10-17", "Statement": {{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": [{resources}] }} }}"#
    );
    let mistakes = |sets: usize| {
        let set = |number: usize| format!(r#""s{number}": {{ "caller": "anonymous", "identity": "long.json" }}"#);
        let sets: Vec<String> = (0..sets).map(set).collect();
        let text = format!(r#"{{ "policies": {{ {} }}, "cases": [] }}"#, sets.join(",\n"));
        let read = Cases::read(&text, &mut |_| Ok(policy.clone()));
        let mistakes = read
            .err()
            .map(|error| error.mistakes().map(ToString::to_string).collect::<Vec<_>>());
        mistakes.unwrap_or_default()
    };
    assert_eq!(mistakes(1), [""; 0]);
    assert_eq!(
        mistakes(200),
        [
            "100:45: the policies of the sets have more than 1000000 values, those of a file counted for each set that names it: name one \
             set in several cases, or divide the cases into several files"
        ]
    );
}

#[test]
fn lists_ask_no_more_than_can_be_answered() {
    let listed = |text: &str, count: usize| format!("[{}]", vec![format!("{text:?}"); count].join(","));
    let case = |actions: usize, resources: usize| {
        let setup = r#""policies": { "caller": "arn:aws:iam::111122223333:role/r", "identity": "reader.json" }"#;
        format!(
            r#"{{ {setup}, "action": {}, "resource": {}, "expect": "allowed" }}"#,
            listed("s3:GetObject", actions),
            listed("arn:aws:s3:::exports/a", resources)
        )
    };
    let cases = |all: &[String]| format!("{{ \"cases\": [{}] }}", all.join(",\n"));
    assert_eq!(read(&cases(&[case(3, 200)])).len(), 600);
    let of_two = [case(2, 300), case(1_000, 1_000)];
    assert_eq!(
        mistakes(&cases(&of_two)),
        [
            "2:1: each action is asked on each resource, and 1000 actions on 1000 resources are 1000000 requests; a file asks at most \
             200000 in such lists: write fewer, or divide the cases into several files"
        ]
    );
}
