//! Asking allocates nothing, nor does reading the statements of a policy. A file of its own, as its allocator is the whole program's.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use allocation_counter::measure;
use policy_core::document::Document;
use policy_core::evaluate::{Authorizer, Caller, Request};
use policy_core::policy::{ResourcePolicy, StatementRef};
use workspace_tests::setups::Setup;

fn allocations(authorizer: &Authorizer, request: &Request) -> u64 {
    measure(|| {
        std::hint::black_box(authorizer.ask(request));
    })
    .count_total
}

#[test]
fn asking_allocates_nothing() {
    // That the counting counts: what must allocate is seen to.
    assert!(measure(|| drop(std::hint::black_box(vec![1]))).count_total > 0);
    for setup in Setup::all().unwrap() {
        let authorizer = setup.authorizer().unwrap();
        let request = setup.request().unwrap();
        assert!(authorizer.ask(&request).is_allowed(), "{}", setup.name);
        assert_eq!(allocations(&authorizer, &request), 0, "{}", setup.name);
    }
}

#[test]
fn nor_does_asking_every_layer() {
    let document = |statement: &str| {
        let policy = format!(r#"{{ "Version": "2012-10-17", "Statement": [{statement}, 5] }}"#);
        Document::read(&policy).unwrap().into_owned()
    };
    let own = document(
        r#"{ "Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::*/${aws:PrincipalTag/team, 'none'}/*",
             "Condition": { "StringLike": { "aws:userid": ["${aws:username}", "*"] } } },
           { "Effect": "Deny", "NotAction": ["s3:*"], "Resource": "*" }"#,
    );
    let all = document(r#"{ "Effect": "Allow", "Action": "*", "Resource": "*" }"#);
    let resource = document(
        r#"{ "Effect": "Deny", "Principal": { "AWS": "arn:aws:iam::444455556666:*" }, "Action": "s3:*", "Resource": "*" },
           { "Effect": "Deny", "NotPrincipal": { "AWS": ["111122223333", "arn:aws:iam::111122223333:root"] }, "Action": "s3:Put*",
             "Resource": "*" }"#,
    );
    let control = document(r#"{ "Effect": "Deny", "Principal": "*", "Action": "s3:Delete*", "Resource": "*" }"#);
    let authorizer = Authorizer::builder()
        .identity(&own)
        .boundary(&all)
        .session(&all)
        .resource(&resource)
        .service_control(0, &all)
        .resource_control(0, &control)
        .build();
    for caller in [
        Caller::from_arn("arn:aws:iam::111122223333:root").unwrap(),
        Caller::from_arn("arn:aws:iam::111122223333:user/alice").unwrap(),
        Caller::session_of("arn:aws:iam::111122223333:role/team/ops", "run").unwrap(),
        Caller::service("ecs-tasks.amazonaws.com"),
        Caller::anonymous(),
    ] {
        for action in ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "ec2:RunInstances"] {
            let request = Request::unchecked(caller.clone(), action, "arn:aws:s3:::exports/none/a.csv");
            assert_eq!(allocations(&authorizer, &request), 0, "{action} by {caller}");
        }
    }
}

/// What is read of a statement, so that nothing of it is left out.
fn length(statement: StatementRef<'_>) -> usize {
    let values = statement
        .actions()
        .values()
        .chain(statement.resources().into_iter().flat_map(|of| of.values()));
    let principals = statement.principals().map(|principal| principal.text.written());
    let conditions = statement.conditions().flat_map(|condition| {
        let operator = condition.operator.map_or(0, |operator| usize::from(operator.if_exists));
        condition
            .values()
            .map(move |value| value.len() + condition.key.written().len() + operator)
    });
    let own = statement.sid().map_or(0, str::len) + statement.effect().name().len();
    own + values.chain(principals).map(str::len).sum::<usize>() + conditions.sum::<usize>()
}

#[test]
fn reading_statements_allocates_nothing() {
    let json = r#"{ "Version": "2012-10-17", "Statement": [
        { "Sid": "Read", "Effect": "Allow", "Principal": { "AWS": ["111122223333", "*"], "Service": "s3.amazonaws.com" },
          "Action": ["s3:GetObject"], "NotResource": "arn:aws:s3:::b/*",
          "Condition": { "BoolIfExists": { "aws:SecureTransport": true }, "NumericLessThan": { "a:b": [1, 2.0] } } },
        { "Effect": "Deny", "NotPrincipal": "*", "NotAction": "s3:*", "Resource": ["*"] }] }"#;
    let policy = ResourcePolicy::from_json(json).unwrap();
    let read = || policy.statements().map(length).sum::<usize>();
    assert_eq!(read(), 110);
    let allocated = measure(|| {
        std::hint::black_box(read());
    });
    assert_eq!(allocated.count_total, 0);
}
