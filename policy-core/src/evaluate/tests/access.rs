//! What is certain of a request whose condition keys are not all known.

use super::super::{Access, Authorizer, Caller, Dependency, PrincipalSet, Request};
use super::{authorizer, policy, request};
use crate::document::Document;

fn access(statements: &[&str], request: &Request) -> String {
    let statements: Vec<String> = statements.iter().map(|statement| (*statement).to_owned()).collect();
    authorizer(&[policy(&statements)]).access(request).to_string()
}

#[test]
fn a_condition_on_a_key_that_is_not_given_is_never_certain() {
    const ALLOW: &str = r#"{ "Effect": "Allow", "Action": "s3:*", "Resource": "*" }"#;
    let allow = |condition: &str| {
        format!(r#"{{ "Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {{ {condition} }} }}"#)
    };
    let deny = |condition: &str| allow(condition).replace("Allow", "Deny");
    let object = |key: &str| request("s3:GetObject", &format!("arn:aws:s3:::b/{key}"));
    for condition in [
        r#""StringEquals": { "aws:PrincipalTag/team": "x" }"#,
        // Without the key these are met, and with it they need not be.
        r#""StringNotEquals": { "aws:PrincipalTag/team": "x" }"#,
        r#""StringEqualsIfExists": { "aws:PrincipalTag/team": "x" }"#,
        r#""ForAllValues:StringEquals": { "aws:PrincipalTag/team": "x" }"#,
        r#""Null": { "aws:PrincipalTag/team": "true" }"#,
    ] {
        let on = "depends on `aws:PrincipalTag/team`";
        assert_eq!(access(&[&allow(condition)], &object("x")), on, "{condition}");
        assert_eq!(access(&[ALLOW, &deny(condition)], &object("x")), on, "{condition}");
        assert_eq!(access(&[&deny(condition)], &object("x")), "denied", "{condition}");
        assert_eq!(
            access(&[ALLOW, &allow(condition)], &object("x")),
            "allowed",
            "{condition}"
        );
    }
    let of_user = allow(r#""StringEquals": { "aws:username": "alice" }"#);
    assert_eq!(
        access(&[&of_user], &object("x")),
        "allowed",
        "it follows from the caller"
    );
    let role = Caller::from_arn("arn:aws:iam::111122223333:role/reader").unwrap();
    let of_role = Request::unchecked(role, "s3:GetObject", "arn:aws:s3:::b/x");
    assert_eq!(access(&[&of_user], &of_role), "denied", "a role has no user name");

    let own = r#"{ "Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::b/${aws:PrincipalTag/team}/*" }"#;
    assert_eq!(access(&[own], &object("data/x")), "depends on `aws:principaltag/team`");
    assert_eq!(access(&[own], &object("x")), "denied", "whatever the tag");
    let or_data = own.replace("team}", "team, 'data'}");
    assert_eq!(
        access(&[&or_data], &object("data/x")),
        "depends on `aws:principaltag/team`",
        "the tag may be another"
    );
    let others = own.replace("Resource", "NotResource");
    assert_eq!(
        access(&[&others], &object("data/x")),
        "depends on `aws:principaltag/team`"
    );
    assert_eq!(
        access(&[&others], &object("x")),
        "depends on `aws:principaltag/team`",
        "without the tag the statement allows nothing"
    );
    assert_eq!(access(&[ALLOW, &own.replace("Allow", "Deny")], &object("x")), "allowed");

    let null = object("data/x").with_unchecked("aws:PrincipalTag/team", "");
    assert_eq!(access(&[own], &null), "denied", "the tag is given, without a value");
    assert_eq!(access(&[ALLOW, &own.replace("Allow", "Deny")], &null), "allowed");
}

#[test]
fn a_doubt_hides_no_value_that_is_not_given() {
    const ALLOW: &str = r#"{ "Effect": "Allow", "Action": "s3:*", "Resource": "*" }"#;
    // No page says what a variable is whose key has two values.
    let request = request("s3:GetObject", "arn:aws:s3:::b/x").with_all_unchecked("aws:TagKeys", ["x", "y"]);
    for [one, other] in [["PrincipalTag/team", "TagKeys"], ["TagKeys", "PrincipalTag/team"]] {
        let own = format!(
            r#"{{ "Effect": "Allow", "Action": "s3:*",
                  "Resource": ["arn:aws:s3:::b/${{aws:{one}}}", "arn:aws:s3:::b/${{aws:{other}}}"] }}"#
        );
        let others = own.replace("Allow", "Deny").replace("Resource", "NotResource");
        assert_eq!(access(&[&own], &request), "depends on `aws:principaltag/team`");
        assert_eq!(
            access(&[ALLOW, &others], &request),
            "depends on `aws:principaltag/team`"
        );
    }
}

#[test]
fn a_key_depends_on_its_policy_and_a_rule_decides_alone() {
    let all = policy(&[r#"{ "Effect": "Allow", "Action": "*", "Resource": "*" }"#.to_owned()]);
    let authorizer = authorizer(&[all]);
    let alice = Caller::from_arn("arn:aws:iam::111122223333:user/alice").unwrap();
    let key = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    let on_key = authorizer.allowed_actions(&alice, key).unwrap();
    let decrypt = on_key.iter().find(|(action, _)| action.name() == "Decrypt").unwrap();
    assert_eq!(decrypt.1, Access::Depends(vec![Dependency::KeyPolicy]));
    assert!(on_key.iter().all(|(action, _)| action.name() != "CreateKey"));

    let managed = authorizer
        .allowed_actions(&alice, "arn:aws:iam::aws:policy/ReadOnlyAccess")
        .unwrap();
    let names: Vec<&str> = managed.iter().map(|(action, _)| action.name()).collect();
    assert!(
        names.contains(&"GetPolicy") && !names.contains(&"DeletePolicy"),
        "{names:?}"
    );

    let without = authorizer.allowed_actions(&alice, "*").unwrap();
    assert!(
        without
            .iter()
            .any(|(action, _)| action.qualified() == "s3:ListAllMyBuckets")
    );
    assert!(without.iter().all(|(action, _)| action.qualified() != "s3:GetObject"));

    for (resource, wrong) in [
        (
            "exports",
            "the resource `exports` is neither `*` nor an ARN; an ARN is `arn:partition:service:region:account:resource`; an empty \
             field keeps its colon",
        ),
        ("arn:aws:s3:::", "the ARN of `s3` ends before the name of a resource; "),
        (
            "arn:aws-cn:s3:::exports",
            "`arn:aws-cn:s3:::exports` is in the partition `aws-cn` and the caller in `aws`, ",
        ),
    ] {
        let error = authorizer.allowed_actions(&alice, resource).unwrap_err().to_string();
        assert!(error.starts_with(wrong), "{error}");
    }
    let set = PrincipalSet::new().with(alice, Authorizer::builder().build());
    assert_eq!(set.who_can("s3:GetObject", "arn:aws:s3:::b/x").unwrap(), []);
    let everything = policy(&[r#"{ "Effect": "Allow", "Action": "*", "Resource": "*" }"#.to_owned()]);
    let abroad = Caller::from_arn("arn:aws-cn:iam::111122223333:user/alice").unwrap();
    let abroad = PrincipalSet::new().with(abroad, self::authorizer(&[everything]));
    assert_eq!(abroad.who_can("s3:GetObject", "arn:aws:s3:::b/x").unwrap(), []);
    assert_eq!(abroad.who_can("s3:GetObject", "arn:aws-cn:s3:::b/x").unwrap().len(), 1);
    for set in [set, PrincipalSet::new()] {
        assert!(set.who_can("s3:GetObjct", "arn:aws:s3:::b/x").is_err());
    }
    assert_eq!(
        PrincipalSet::new().who_can("s3:GetObject", "arn:aws:s3:::b/x").unwrap(),
        []
    );
}

/// In a resource-based policy AWS shows a user or role that was deleted by its unique ID, which a caller may have.
#[test]
fn a_deny_of_a_unique_id_depends_on_that_of_the_caller() {
    let all = Document::read(
        r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "*", "Resource": "*" } }"#,
    );
    let of = |effect: &str, principal: &str, id: &str| {
        let text = format!(
            r#"{{ "Version": "2012-10-17", "Statement": {{ "Effect": "{effect}", "{principal}": {{ "AWS": "{id}" }}, "Action": "s3:*",
            "Resource": "*" }} }}"#
        );
        let builder = Authorizer::builder().resource(&Document::read(&text).unwrap());
        if effect == "Deny" {
            builder.identity(all.as_ref().unwrap()).build()
        } else {
            builder.build()
        }
    };
    let deny = of("Deny", "Principal", "AROADBQP57FF2AEXAMPLE");
    let get = |caller: &str| Request::unchecked(Caller::from_arn(caller).unwrap(), "s3:GetObject", "arn:aws:s3:::b/k");
    let role = get("arn:aws:sts::111122223333:assumed-role/reader/run");
    let on_id = Access::Depends(vec![Dependency::ConditionKey("aws:userid".to_owned())]);
    assert_eq!(deny.access(&role), on_id);
    let with_id = |id: &str| role.clone().with_unchecked("aws:userid", id);
    assert_eq!(deny.access(&with_id("AROADBQP57FF2AEXAMPLE:run")), Access::Denied);
    assert_eq!(deny.access(&with_id("AROADBQP57FF2BEXAMPLE:run")), Access::Allowed);
    // The root user and services have none of this form.
    assert_eq!(deny.access(&get("arn:aws:iam::111122223333:root")), Access::Allowed);
    // AWS does not document that it grants anything.
    let allow = of("Allow", "Principal", "AROADBQP57FF2AEXAMPLE");
    assert_eq!(allow.access(&role), Access::Denied);
    assert_eq!(
        of("Deny", "NotPrincipal", "AROADBQP57FF2AEXAMPLE").access(&role),
        Access::Denied
    );
}
