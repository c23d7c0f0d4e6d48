//! Laws of policies that are edited and rewritten: what they evaluate to, and what stays as it was.

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::super::{Authorizer, Builder, Caller, Request};
use super::generator::{asked, of_one_key, statements};
use super::request;
use crate::check::{Options, check, refused};
use crate::document::Document;
use crate::finding::{Code, Finding, Fix, Severity};
use crate::policy::build::Statement;
use crate::policy::{Comparison, IdentityPolicy, Kind, StatementRef, Wildcards};

/// A policy that AWS accepts, whatever it makes of its resources: those that it completes, and those of which it documents no meaning,
/// are evaluated each by itself.
fn accepted() -> impl Strategy<Value = IdentityPolicy> {
    let spaces = select(&["", " ", "\n\t", "\r\n    "][..]);
    let version = select(&[r#""Version": "2012-10-17","#, r#""Version": "2012-10-17","#, ""][..]);
    (statements(), spaces, version).prop_filter_map("no statement is accepted", |(statements, space, version)| {
        let policy = |statements: &[String]| {
            format!(
                r#"{{{space}{version}{space}"Statement":{space}[{}{space}]}}"#,
                statements.join(&format!("{space},{space}"))
            )
        };
        let is_accepted = |statement: &String| {
            let alone = IdentityPolicy::from_json(policy(std::slice::from_ref(statement)));
            alone.is_ok_and(|alone| {
                let document = alone.document();
                let (outline, _) = crate::policy::read(document, Kind::Identity);
                let mut findings = alone.check();
                // One that is hidden behind another is no less an error: the partition of an ARN that lacks fields.
                findings.extend(refused::unreadable(document, &outline, Kind::Identity));
                let is_right = |finding: &Finding| {
                    finding.severity() != Severity::Error || finding.code() == Code::MissingArnField
                };
                findings.iter().all(is_right)
            })
        };
        let statements: Vec<String> = statements.into_iter().filter(is_accepted).collect();
        IdentityPolicy::from_json(policy(&statements)).ok()
    })
}

fn authorizer<'p>(policies: impl IntoIterator<Item = &'p IdentityPolicy>) -> Authorizer {
    let all = policies.into_iter();
    all.fold(Authorizer::builder(), Builder::identity).build()
}

/// Whether a policy has statements, and all their lists have values.
fn is_filled(policy: &IdentityPolicy) -> bool {
    let has_values = |statement: StatementRef<'_>| {
        statement.actions().values().next().is_some()
            && statement
                .resources()
                .is_none_or(|resources| resources.values().next().is_some())
    };
    policy.statements().len() > 0 && policy.statements().all(has_values)
}

proptest! {
    #[test]
    fn no_list_is_emptied(policy in accepted()) {
        prop_assert!(is_filled(&policy));
        let shrunk = [Wildcards::AtTheEnd, Wildcards::Listed(&[]), Wildcards::Listed(&["s3:*", "s3:Get*?"])];
        let shrunk = shrunk.map(|wildcards| policy.shrink_actions(wildcards));
        for rewritten in [policy.minify(), policy.normalize(), policy.normalize().minify()].iter().chain(&shrunk) {
            prop_assert!(is_filled(rewritten), "{}", rewritten);
        }
        // What does not become shorter stays as it is written.
        prop_assert!(policy.minify().characters() <= policy.normalize().minify().characters());
        prop_assert_eq!(policy.minify().minify(), policy.minify());
    }

    #[test]
    fn a_rewritten_policy_evaluates_the_same(policy in accepted(), quota in 150_usize..600, request in asked()) {
        let outcome = authorizer([&policy]).ask(&request).outcome();
        let normal = policy.normalize();
        prop_assert_eq!(authorizer([&normal]).ask(&request).outcome(), outcome, "{}", normal);
        prop_assert_eq!(normal.normalize(), normal.clone());
        prop_assert!(normal.is_equivalent(&policy));
        prop_assert!(IdentityPolicy::from_json(normal.text()).is_ok());

        let minified = policy.minify();
        prop_assert_eq!(authorizer([&minified]).ask(&request).outcome(), outcome, "{}", minified);
        prop_assert!(minified.text().len() <= policy.to_json().len());
        prop_assert!(IdentityPolicy::from_json(minified.text()).is_ok());

        if let Ok(parts) = policy.split(quota) {
            prop_assert_eq!(authorizer(&parts).ask(&request).outcome(), outcome, "{:?}", parts);
            prop_assert!(parts.iter().all(|part| part.characters() <= quota));
        }
    }

    #[test]
    fn conditions_on_one_key_are_met_the_same((condition, request) in of_one_key(), denies: bool) {
        let effect = if denies { "Deny" } else { "Allow" };
        let allow = if denies { r#"{ "Effect": "Allow", "Action": "*", "Resource": "*" },"# } else { "" };
        let policy = IdentityPolicy::from_json(format!(
            r#"{{ "Version": "2012-10-17", "Statement": [{allow}
                {{ "Effect": "{effect}", "Action": "s3:GetObject", "Resource": "*", "Condition": {condition} }}] }}"#
        )).unwrap();
        let outcome = authorizer([&policy]).ask(&request).outcome();
        for rewritten in [policy.normalize(), policy.minify(), policy.normalize().minify()] {
            prop_assert_eq!(authorizer([&rewritten]).ask(&request).outcome(), outcome, "{}", rewritten);
        }
        prop_assert_eq!(policy.normalize().normalize(), policy.normalize());
        prop_assert!(policy.normalize().is_equivalent(&policy) && policy.minify().is_equivalent(&policy.normalize().minify()));
    }

    #[test]
    fn joined_policies_evaluate_as_both_do(ours in accepted(), theirs in accepted(), request in asked()) {
        prop_assert_eq!(ours.merge(&theirs).err(), ours.concat(&theirs).err());
        for joined in [ours.merge(&theirs), ours.concat(&theirs)].into_iter().flatten() {
            let outcome = authorizer([&ours, &theirs]).ask(&request).outcome();
            prop_assert_eq!(authorizer([&joined]).ask(&request).outcome(), outcome, "{}", joined);
        }
    }

    #[test]
    fn equal_normal_forms_are_equivalent_policies(ours in accepted(), theirs in accepted()) {
        for other in [Ok(theirs.clone()), ours.concat(&theirs)].into_iter().flatten() {
            prop_assert_eq!(ours.normalize() == other.normalize(), ours.is_equivalent(&other));
        }
    }

    #[test]
    fn an_edit_changes_nothing_else(policy in accepted(), at in any::<Index>()) {
        let count = policy.statements().len();
        let at = at.index(count);
        let same = policy.clone().map(|statement| statement).unwrap();
        prop_assert_eq!(same.text(), policy.text());

        let text_of = |policy: &IdentityPolicy| -> Vec<String> {
            let place = |node: &crate::document::Node<'_>| node.place.start as usize..node.place.end as usize;
            policy.statements().map(|statement| policy.text()[place(statement.node())].to_owned()).collect()
        };
        let mut expected = text_of(&policy);
        let more = Statement::deny(["iam:*"]).resources(["*"]);
        let inserted = policy.clone().insert(at, more).unwrap();
        let mut others = text_of(&inserted);
        others.remove(at);
        prop_assert_eq!(&others, &expected);
        let without = inserted.remove(at).unwrap();
        prop_assert_eq!(without.text(), policy.text());

        let mut index = 0;
        let with_condition = policy.clone().map(|statement| {
            index += 1;
            if index == at + 1 { statement.condition(Comparison::Null, "aws:userid", [true]) } else { statement }
        });
        if let Ok(edited) = with_condition {
            let again = edited.clone().map(|statement| {
                statement.without_condition(Comparison::Null, "aws:userid")
            }).unwrap();
            prop_assert_eq!(again.to_json(), policy.to_json());
            let mut others = text_of(&edited);
            others.remove(at);
            expected.remove(at);
            prop_assert_eq!(others, expected);
        }
    }
}

proptest! {
    // `*` written out is twenty thousand actions.
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases / 16))]

    #[test]
    fn actions_written_out_and_back_evaluate_the_same(policy in accepted(), request in asked()) {
        let outcome = authorizer([&policy]).ask(&request).outcome();
        let expanded = policy.expand_actions();
        prop_assert_eq!(authorizer([&expanded]).ask(&request).outcome(), outcome);
        for wildcards in [Wildcards::AtTheEnd, Wildcards::Listed(&[]), Wildcards::Listed(&["s3:*", "sqs:*"])] {
            let shrunk = expanded.shrink_actions(wildcards);
            prop_assert_eq!(authorizer([&shrunk]).ask(&request).outcome(), outcome);
            prop_assert_eq!(shrunk.expand_actions().shrink_actions(wildcards), shrunk);
        }
    }
}

proptest! {
    // Each policy is checked until it has no safe fix.
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases / 4))]

    #[test]
    fn safe_fixes_evaluate_the_same(policy in accepted(), other in accepted(), request in asked(), has_ids: bool) {
        let sid = if has_ids { r#""Sid":"","Effect""# } else { r#""Effect""# };
        let joined = policy.concat(&other).and_then(|joined| joined.concat(&policy));
        prop_assume!(joined.is_ok());
        let mut json = joined.unwrap().to_json().replace(r#""Effect""#, sid);
        let outcome = |json: &str| {
            let document = Document::read(json).unwrap();
            Authorizer::builder().identity(&document).build().ask(&request).outcome()
        };
        let before = outcome(&json);
        for round in 0.. {
            prop_assert!(round < 8, "there is no end of fixes: {}", json);
            let document = Document::read(&json).unwrap();
            let findings = check(&document, Kind::Identity, &Options::new());
            let safe: Vec<&Fix> = findings.iter().flat_map(Finding::fixes).filter(|fix| fix.is_safe()).collect();
            for fix in &safe {
                prop_assert_eq!(outcome(&fix.apply(&document).to_json()), before, "{}: {}", fix.title(), json);
            }
            if safe.is_empty() {
                break;
            }
            json = Fix::apply_all(safe, &document).to_json();
            prop_assert_eq!(outcome(&json), before, "{}", json);
        }
    }
}

/// A statement with this condition.
fn allow(condition: &str) -> String {
    format!(r#"{{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Condition": {{ {condition} }} }}"#)
}

/// Each of these has one safe fix, or none, and evaluates the same before and after.
#[test]
fn each_safe_fix_is_one_that_the_evaluator_does_not_see() {
    let empty = |effect: &str, name: &str| {
        let (action, resource) = match name {
            "Action" => ("[]", r#""*""#),
            _ => (r#""s3:GetObject""#, "[]"),
        };
        format!(r#"{{ "Effect": "{effect}", "Action": {action}, "Resource": {resource} }}"#)
    };
    let cases = [
        // An empty value matches `*`, and is null.
        (allow(r#""StringLike": { "aws:PrincipalTag/team": "*" }"#), None),
        (
            allow(r#""NumericLessThan": { "s3:max-keys": ["5", 10, "7"] }"#),
            Some(r#""NumericLessThan":{"s3:max-keys":[10]}"#),
        ),
        (
            allow(r#""NumericGreaterThanEquals": { "s3:max-keys": ["5", "5", "7"] }"#),
            Some(r#""s3:max-keys":["5"]"#),
        ),
        (
            allow(r#""NumericLessThan": { "s3:max-keys": ["0.1", "0.1000000000000000055"] }"#),
            None,
        ),
        (allow(r#""NumericGreaterThan": { "s3:max-keys": ["0", "5e1"] }"#), None),
        (empty("Allow", "Action"), Some(r#"[{"Effect":"Deny","#)),
        (empty("Allow", "Resource"), Some(r#"[{"Effect":"Deny","#)),
        // A statement that denies was meant to deny something.
        (empty("Deny", "Action"), None),
        (
            r#"{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3" }"#.to_owned(),
            Some(r#""Resource":"arn:aws:s3:*:*:*""#),
        ),
    ];
    assert_safe_fixes(&cases);
}

/// The same of conditions that every request meets, or none.
#[test]
fn each_safe_removal_of_a_condition_is_one_that_the_evaluator_does_not_see() {
    assert_safe_fixes(&[
        (
            allow(r#""StringLikeIfExists": { "aws:PrincipalTag/team": "*" }"#),
            Some(r#""Resource":"*"},{"Effect":"Deny""#),
        ),
        (
            allow(
                r#""ForAllValues:StringLike": { "aws:TagKeys": ["*", "a"] }, "Bool": { "aws:SecureTransport": "true" }"#,
            ),
            Some(r#""Condition":{"Bool":"#),
        ),
        // A value that is not an ARN does not meet it.
        (allow(r#""ArnLikeIfExists": { "aws:PrincipalArn": "*" }"#), None),
        // An empty set does not meet it.
        (
            allow(r#""ForAnyValue:StringLikeIfExists": { "aws:TagKeys": "*" }"#),
            None,
        ),
        (
            allow(r#""StringEquals": { "aws:PrincipalTag/team": [] }"#),
            Some(r#"[{"Effect":"Deny","#),
        ),
        (
            allow(r#""ForAnyValue:StringEquals": { "aws:TagKeys": [] }"#),
            Some(r#"[{"Effect":"Deny","#),
        ),
        // AWS says both that every request meets it, and that the statement allows nothing.
        (allow(r#""StringNotEquals": { "aws:PrincipalTag/team": [] }"#), None),
        (
            allow(r#""StringNotEquals": { "aws:PrincipalTag/team": [] }"#).replace("Allow", "Deny"),
            Some(r#""Resource":"*"},{"Effect":"Deny""#),
        ),
        (
            allow(r#""StringEquals": { "aws:PrincipalTag/team": [] }"#).replace("Allow", "Deny"),
            None,
        ),
        (
            allow(r#""IpAddress": { "aws:SourceIp": "203.0.113.7/24" }"#),
            Some(r#""aws:SourceIp":"203.0.113.0/24""#),
        ),
    ]);
}

/// Checks each statement, beside one that denies something else, and evaluates the policy with its safe fix.
fn assert_safe_fixes(cases: &[(String, Option<&str>)]) {
    let deny = r#"{ "Effect": "Deny", "Action": "s3:DeleteObject", "Resource": "*" }"#;
    let requests = [
        None,
        Some(""),
        Some("a"),
        Some("7"),
        Some("6"),
        Some("5"),
        Some("4"),
        Some("10"),
        Some("0.1"),
    ]
    .map(|value| {
        let request = request("s3:GetObject", "arn:aws:s3:::exports/x");
        value.map_or(request.clone(), |value| {
            let request = request.with_unchecked("aws:PrincipalTag/team", value);
            request.with_unchecked("s3:max-keys", value)
        })
    });
    for (statement, fixed) in cases {
        let json = format!(r#"{{ "Version": "2012-10-17", "Statement": [{statement}, {deny}] }}"#);
        let document = Document::read(&json).unwrap();
        let findings = check(&document, Kind::Identity, &Options::new());
        let safe: Vec<&Fix> = findings
            .iter()
            .flat_map(Finding::fixes)
            .filter(|fix| fix.is_safe())
            .collect();
        assert_eq!(safe.len(), usize::from(fixed.is_some()), "{json}: {findings:?}");
        let after = Fix::apply_all(safe, &document);
        let after_json = after.to_json();
        assert!(fixed.is_none_or(|fixed| after_json.contains(fixed)), "{after_json}");
        let outcome = |document: &Document<'_>, request: &Request| {
            Authorizer::builder().identity(document).build().ask(request).outcome()
        };
        for request in &requests {
            assert_eq!(
                outcome(&document, request),
                outcome(&after, request),
                "{after_json}: {request:?}"
            );
        }
        let again = check(&after, Kind::Identity, &Options::new());
        assert!(
            !again.iter().flat_map(Finding::fixes).any(Fix::is_safe),
            "twice: {after_json}"
        );
    }
}

/// A role as principal is all of its sessions.
#[test]
fn a_session_beside_its_role_is_removed_safely() {
    let (role, session) = (
        "arn:aws:iam::111122223333:role/ops",
        "arn:aws:sts::111122223333:assumed-role/ops/ann",
    );
    let other = "arn:aws:sts::111122223333:assumed-role/dev/ann";
    let json = format!(
        r#"{{ "Version": "2012-10-17", "Statement": [{{ "Effect": "Allow", "Principal": {{ "AWS": ["{session}", "{role}"] }},
            "Action": "sts:AssumeRole" }}] }}"#
    );
    let document = Document::read(&json).unwrap();
    let findings = check(&document, Kind::Trust, &Options::new());
    let safe: Vec<&Fix> = findings
        .iter()
        .flat_map(Finding::fixes)
        .filter(|fix| fix.is_safe())
        .collect();
    let [fix] = safe.as_slice() else {
        unreachable!("{findings:?}")
    };
    let after = fix.apply(&document);
    assert!(after.to_json().contains(&format!(r#""AWS":["{role}"]"#)));
    let outcome = |document: &Document<'_>, caller: &str| {
        let request = Request::unchecked(
            Caller::from_arn(caller).unwrap(),
            "sts:AssumeRole",
            "arn:aws:iam::111122223333:role/deploy",
        );
        Authorizer::builder().trust(document).build().ask(&request).outcome()
    };
    assert_ne!(outcome(&document, session), outcome(&document, other));
    for caller in [session, other] {
        assert_eq!(outcome(&document, caller), outcome(&after, caller), "{caller}");
    }
}
