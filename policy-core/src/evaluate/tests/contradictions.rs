//! Condition keys that contradict the caller, and the messages for them.

use super::super::{Caller, Request};

const SESSION: &str = "arn:aws:sts::111122223333:assumed-role/reader/run";

fn caller(text: &str) -> Caller {
    match text {
        "anonymous" => Caller::anonymous(),
        "service" => Caller::service("ecs-tasks.amazonaws.com"),
        "federated" => Caller::federated("accounts.google.com"),
        arn => Caller::from_arn(arn).unwrap(),
    }
}

const CALLERS: [&str; 8] = [
    "arn:aws:iam::111122223333:root",
    "arn:aws:iam::111122223333:user/alice",
    "arn:aws:iam::111122223333:role/reader",
    SESSION,
    "arn:aws:sts::111122223333:federated-user/bob",
    "anonymous",
    "service",
    "federated",
];

/// Keys of callers, each with the callers that it may be added to.
const KEYS: [(&str, &str, &[&str]); 20] = [
    ("aws:username", "alice", &[CALLERS[1]]),
    ("AWS:UserName", "bob", &[]),
    (
        "aws:PrincipalAccount",
        "111122223333",
        &[
            CALLERS[0],
            CALLERS[1],
            CALLERS[2],
            CALLERS[3],
            CALLERS[4],
            "service",
            "federated",
        ],
    ),
    ("aws:PrincipalAccount", "444455556666", &["service", "federated"]),
    (
        "aws:PrincipalArn",
        "arn:aws:iam::111122223333:user/alice",
        &[CALLERS[1], "service", "federated"],
    ),
    (
        "aws:PrincipalArn",
        "arn:aws:iam::111122223333:role/reader",
        &[CALLERS[2], SESSION, "service", "federated"],
    ),
    (
        "aws:PrincipalArn",
        "arn:aws:iam::111122223333:role/ops/reader",
        &[SESSION, "service", "federated"],
    ),
    (
        "aws:PrincipalArn",
        "arn:aws:iam::444455556666:role/ops/reader",
        &["service", "federated"],
    ),
    (
        "aws:PrincipalArn",
        "arn:aws:iam::111122223333:role/ops/writer",
        &["service", "federated"],
    ),
    ("aws:PrincipalType", "User", &[CALLERS[1], "service", "federated"]),
    ("aws:userid", "", &[]),
    (
        "aws:userid",
        "AIDACKCEVSQ6C2EXAMPLE",
        &[CALLERS[1], "service", "federated"],
    ),
    (
        "aws:userid",
        "AROADBQP57FF2AEXAMPLE:run",
        &[CALLERS[2], SESSION, "service", "federated"],
    ),
    (
        "aws:userid",
        "AROADBQP57FF2AEXAMPLE:other",
        &[CALLERS[2], "service", "federated"],
    ),
    ("aws:userid", "111122223333:bob", &[CALLERS[4], "service", "federated"]),
    ("aws:PrincipalServiceName", "ecs-tasks.amazonaws.com", &["service"]),
    ("aws:PrincipalServiceName", "ecs.amazonaws.com", &[]),
    ("aws:SourceIdentity", "alice", &[CALLERS[2], SESSION, "federated"]),
    (
        "aws:PrincipalOrgID",
        "o-a1b2c3d4e5",
        &[CALLERS[0], CALLERS[1], CALLERS[2], CALLERS[3], CALLERS[4], "federated"],
    ),
    ("accounts.google.com:audience", "a", &[]),
];

#[test]
fn a_key_of_the_caller_is_the_callers() {
    for (key, value, with) in KEYS {
        for text in CALLERS {
            let request = Request::new(caller(text), "s3:GetObject", "arn:aws:s3:::exports/a.csv").unwrap();
            let added = request.with(key, value);
            assert_eq!(added.is_ok(), with.contains(&text), "{text} {key} {value}: {added:?}");
        }
    }
}

#[test]
fn what_follows_from_a_caller_may_be_added_and_nothing_else() {
    for text in CALLERS {
        let request = || Request::new(caller(text), "s3:GetObject", "arn:aws:s3:::exports/a.csv").unwrap();
        let own = request();
        for (key, values) in own.context().iter().filter(|(key, _)| *key != "aws:viaawsservice") {
            assert!(request().with_all(key, values.to_vec()).is_ok(), "{text} {key}");
            let empty = request().with_all::<&str>(key, []).unwrap_err().to_string();
            assert!(empty.contains("not an empty set"), "{empty}");
        }
    }
}

#[test]
fn a_tag_of_the_caller_is_as_the_caller_has_it() {
    let tagged = caller(SESSION).with_tag("team", "data").with_source_identity("alice");
    let request = || Request::new(tagged.clone(), "s3:GetObject", "arn:aws:s3:::exports/a.csv").unwrap();
    for (key, value) in [
        ("aws:PrincipalTag/Team", "data"),
        ("aws:PrincipalTag/stage", "x"),
        ("aws:SourceIdentity", "alice"),
    ] {
        assert!(request().with(key, value).is_ok(), "{key}");
    }
    for (key, value) in [("aws:PrincipalTag/Team", "ops"), ("aws:SourceIdentity", "bob")] {
        let error = request().with(key, value).unwrap_err().to_string();
        assert!(
            error.starts_with(&format!("`{key}` follows from the caller")),
            "{error}"
        );
        assert!(request().with_unchecked(key, value).context().get(key).unwrap() == [value]);
    }
}

#[test]
fn messages_say_what_the_callers_is() {
    for (text, key, value, message) in [
        (
            SESSION,
            "aws:PrincipalAccount",
            "444455556666",
            "`aws:PrincipalAccount` follows from the caller `arn:aws:sts::111122223333:assumed-role/reader/run` and is `111122223333`, not \
             `444455556666`; leave the condition key out, or write another caller",
        ),
        (
            SESSION,
            "aws:username",
            "reader",
            "the condition key `aws:username` is never present in requests of the caller \
             `arn:aws:sts::111122223333:assumed-role/reader/run`; leave the condition key out, or write another caller",
        ),
        (
            SESSION,
            "aws:userid",
            "reader",
            "`aws:userid` of the caller `arn:aws:sts::111122223333:assumed-role/reader/run` is the unique ID of the role, a colon and the \
             name of the session, not `reader`; write it, such as `AROADBQP57FF2AEXAMPLE:run`",
        ),
        (
            CALLERS[1],
            "aws:userid",
            "",
            "`aws:userid` of the caller `arn:aws:iam::111122223333:user/alice` is the unique ID of the user, not ``; write it, such as \
             `AIDACKCEVSQ6C2EXAMPLE`",
        ),
        (
            "federated",
            "accounts.google.com:audience",
            "a",
            "AWS has no condition key `accounts.google.com:audience`; write `accounts.google.com:aud`",
        ),
    ] {
        let request = Request::new(caller(text), "s3:GetObject", "arn:aws:s3:::exports/a.csv").unwrap();
        assert_eq!(request.with(key, value).unwrap_err().to_string(), message);
    }
}

/// IAM Roles Anywhere makes tags of a certificate's names, which are compared in the service's own request.
#[test]
fn the_names_of_a_certificate_are_in_requests_of_roles_anywhere() {
    let asked = |service: &str| {
        let caller = Caller::service(service);
        let request = Request::new(caller, "sts:AssumeRole", "arn:aws:iam::111122223333:role/reader").unwrap();
        request.with("aws:PrincipalTag/x509Subject/CN", "Bob").is_ok()
    };
    assert!(asked("rolesanywhere.amazonaws.com") && !asked("ecs-tasks.amazonaws.com"));
}
