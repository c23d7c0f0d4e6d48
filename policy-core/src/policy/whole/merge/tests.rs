#![allow(clippy::unwrap_used, reason = "a test may panic")]

use crate::policy::{IdentityPolicy, StatementRef, Version};

fn policy(version: &str, statements: &[(&str, &str)]) -> IdentityPolicy {
    let statements = statements.iter().map(|(sid, bucket)| {
        format!(r#"{{ "Sid": "{sid}", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::{bucket}/*" }}"#)
    });
    let statements: Vec<String> = statements.collect();
    IdentityPolicy::from_json(format!(r#"{{ {version} "Statement": [{}] }}"#, statements.join(", "))).unwrap()
}

const V2012: &str = r#""Version": "2012-10-17","#;

#[test]
fn statements_are_there_once_and_sids_are_unique() {
    let base = policy(V2012, &[("A", "a"), ("A2", "b"), ("B", "c")]);
    let merged = base
        .merge(&policy(
            V2012,
            &[("B", "d"), ("C", "a"), ("A", "e"), ("B2", "f"), ("", "g")],
        ))
        .unwrap();
    let statements = merged.statements().map(|statement| {
        let resource = statement.resources().unwrap().values().next().unwrap();
        (
            statement.sid().unwrap(),
            resource.strip_prefix("arn:aws:s3:::").unwrap(),
        )
    });
    let expected = [
        ("A", "a/*"),
        ("A2", "b/*"),
        ("B", "c/*"),
        ("B2", "d/*"),
        ("A3", "e/*"),
        ("B22", "f/*"),
        ("", "g/*"),
    ];
    assert!(statements.eq(expected));
    let (before, _) = base.text().split_once(']').unwrap();
    assert!(merged.text().starts_with(before));
    assert_eq!(base.merge(&base).unwrap().text(), base.text());
}

#[test]
fn variables_decide_the_version() {
    let variable = "${aws:username}";
    let merged = |ours: (&str, &str), theirs: (&str, &str)| {
        let (ours, theirs) = (policy(ours.0, &[("A", ours.1)]), policy(theirs.0, &[("B", theirs.1)]));
        let [merged, joined] = [ours.merge(&theirs), ours.concat(&theirs)].map(|both| both.map(|both| both.version()));
        assert_eq!(merged, joined);
        merged
    };
    assert_eq!(merged(("", "a"), (V2012, "b")), Ok(Version::V2008));
    assert_eq!(merged(("", "a"), (V2012, variable)), Ok(Version::V2012));
    assert_eq!(merged((V2012, "a"), ("", variable)), Ok(Version::V2008));
    assert_eq!(merged((V2012, variable), ("", "b")), Ok(Version::V2012));
    assert_eq!(merged((V2012, variable), (V2012, variable)), Ok(Version::V2012));
    let error = merged((V2012, variable), ("", variable)).unwrap_err();
    assert_eq!(
        (error.versions(), error.statement()),
        ((Version::V2012, Version::V2008), 0)
    );
    assert!(
        error.to_string().contains("versions are 2012-10-17 and 2008-10-17"),
        "{error}"
    );
    assert!(
        error
            .to_string()
            .contains("would change the meaning of statement 1 of the second policy, `{"),
        "{error}"
    );
}

#[test]
fn statements_of_two_policies_join() {
    let joined = policy(V2012, &[("A", "a")])
        .concat(&policy(V2012, &[("A", "b")]))
        .unwrap();
    let sids: Vec<Option<&str>> = joined.statements().map(StatementRef::sid).collect();
    assert_eq!(sids, [Some("A"), Some("A")], "as they are, to be renamed by `merge`");
    let resources: Vec<&str> = joined
        .statements()
        .filter_map(|statement| statement.resources()?.values().next())
        .collect();
    assert_eq!(resources, ["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"]);
}
