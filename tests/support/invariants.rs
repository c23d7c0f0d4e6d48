//! What holds of the checker whatever it is given.
#![allow(
    clippy::panic,
    reason = "a broken promise fails the test, or the fuzzing, that calls this"
)]

use policy_core::check::{Options, check, check_json};
use policy_core::document::{Document, Node, Value};
use policy_core::finding::{Finding, Findings};
use policy_core::policy::build::Statement;
use policy_core::policy::{
    IdentityPolicy, Kind, Policy, PolicyKind, PrincipalKey, ResourceControlPolicy, ResourcePolicy,
    ServiceControlPolicy, SessionPolicy, TrustPolicy,
};

/// Holds the checker and the model to what they promise of any bytes.
///
/// # Panics
///
/// A promise is broken.
pub fn hold(json: &[u8]) {
    let text = std::str::from_utf8(json);
    let found: Vec<_> = Kind::ALL
        .iter()
        .map(|kind| check_json(json, *kind, &Options::new()))
        .collect();
    for findings in &found {
        for finding in findings {
            assert!(!finding.message().is_empty(), "{finding:?}");
            if let Ok(text) = text {
                assert!(
                    text.get(finding.range_in(text)).is_some(),
                    "{finding:?} is outside of {text}"
                );
            }
        }
        let starts = findings.iter().map(|finding| finding.place().start);
        assert!(starts.is_sorted(), "{findings:?}");
    }
    let Ok(text) = text else { return };
    let Ok(document) = Document::read(text) else { return };
    // However it is printed, it is the same document with the same findings.
    let pretty = document.to_json_pretty();
    let again = Document::read(&pretty).unwrap_or_else(|error| panic!("{error}: {pretty}"));
    assert_eq!(again.to_json(), document.to_json());
    for (&kind, findings) in Kind::ALL.iter().zip(&found) {
        let of_again = check(&again, kind, &Options::new());
        assert_eq!(said(&again, &of_again), said(&document, findings), "{pretty}");
    }
    macro_rules! same_when_read_as {
        ($($policy:ty),+) => {$(
            if let Ok(policy) = <$policy>::from_json(text) {
                assert_eq!(policy.to_json(), document.to_json());
                edit(&policy);
            }
        )+};
    }
    same_when_read_as!(
        IdentityPolicy,
        TrustPolicy,
        ResourcePolicy,
        SessionPolicy,
        ServiceControlPolicy,
        ResourceControlPolicy
    );
}

/// An edit changes nothing else, and a policy has the meaning of its normal form.
fn edit<K: PolicyKind>(policy: &Policy<K>) {
    edits_make_policies(policy);
    let all_the_same = policy.clone().map(|statement| statement);
    assert_eq!(all_the_same.as_ref().map(Policy::text), Ok(policy.text()));
    // A single object becomes a list with a second one, and stays a list.
    for (index, statement) in policy
        .statements()
        .enumerate()
        .take(if has_list(policy) { 3 } else { 0 })
    {
        let twice = policy.clone().insert(index, statement.into());
        if !empties(&Statement::<K>::from(statement)).is_empty() {
            assert!(twice.is_err(), "{policy}");
            continue;
        }
        let once = twice.and_then(|twice| twice.remove(index));
        assert_eq!(once.as_ref().map(Policy::text), Ok(policy.text()));
    }
    let normal = policy.normalize();
    assert!(normal.is_equivalent(policy), "{policy}");
    let minified = policy.minify();
    assert!(minified.text().len() <= policy.to_json().len(), "{policy}");
    for rewritten in [normal, minified] {
        assert_eq!(Policy::from_json(rewritten.text()), Ok(rewritten));
    }
}

fn has_list<K: PolicyKind>(policy: &Policy<K>) -> bool {
    let statements = policy.document().root().member("Statement");
    statements.is_some_and(|list| matches!(list.value, Value::Array(_)))
}

type Edit<K> = fn(Statement<K>) -> Statement<K>;

/// Whatever is removed, the result is a policy of the kind without an empty element that it did not have, or an error that names the
/// statement.
fn edits_make_policies<K: PolicyKind>(policy: &Policy<K>) {
    let before: Vec<_> = statements(policy).iter().map(empties).collect();
    let all: [Edit<K>; 8] = [
        |statement| statement.retain_actions(|_| false),
        |statement| statement.retain_resources(|_| false),
        |statement| statement.retain_conditions(|_| false),
        |statement| {
            let first = statement.view().actions().values().next().map(str::to_owned);
            statement.without_action(&first.unwrap_or_default())
        },
        |statement| {
            let resources = statement.view().resources();
            let first = resources
                .and_then(|resources| resources.values().next())
                .map(str::to_owned);
            statement.without_resource(&first.unwrap_or_default())
        },
        without_principals,
        Statement::without_sid,
        |statement| statement.actions(["s3:GetObject"]),
    ];
    let is_list = has_list(policy);
    let results = all.map(|change| policy.clone().map(change));
    let removed = (0..policy.statements().len()).map(|index| policy.clone().remove(index));
    let built = policy.clone().into_builder().build();
    for edited in results.into_iter().chain(removed).chain([built]) {
        match edited {
            Ok(edited) => {
                let read = Policy::<K>::from_json(edited.text());
                assert_eq!(read.as_ref(), Ok(&edited), "{policy}");
                for empty in statements(&edited)
                    .iter()
                    .map(empties)
                    .filter(|empty| !empty.is_empty())
                {
                    // One that had two may have one of them left.
                    let was = |had: &Vec<_>| empty.iter().all(|element| had.contains(element));
                    assert!(before.iter().any(was), "{policy} became {edited}");
                }
            }
            Err(error) => {
                for located in error.findings() {
                    // A statement that is not in a list is `Statement` itself.
                    let names_one = located.path.steps().len() > usize::from(is_list);
                    assert!(
                        names_one || located.finding.code().name() == "MISSING_STATEMENT",
                        "{error}"
                    );
                    assert!(located.finding.help().next().is_some(), "{error}");
                }
            }
        }
    }
}

fn without_principals<K: PolicyKind>(mut statement: Statement<K>) -> Statement<K> {
    let listed = statement
        .view()
        .node()
        .member("Principal")
        .map(|node| principals_of(node));
    for (key, principal) in listed.into_iter().flatten() {
        statement = statement.without_principal(key, &principal);
    }
    statement
}

fn principals_of(node: &Node<'_>) -> Vec<(PrincipalKey, String)> {
    let keys = node
        .members()
        .iter()
        .filter_map(|member| Some((member.name.written().parse().ok()?, &member.value)));
    let texts = keys.flat_map(|(key, values)| {
        values
            .as_list()
            .iter()
            .filter_map(move |value| Some((key, value.as_text()?)))
    });
    texts.map(|(key, text)| (key, text.written().to_owned())).collect()
}

fn statements<K: PolicyKind>(policy: &Policy<K>) -> Vec<Statement<K>> {
    policy.statements().map(Statement::from).collect()
}

/// The elements of a statement that have no value.
fn empties<K: PolicyKind>(statement: &Statement<K>) -> Vec<String> {
    let view = statement.view();
    let elements = view
        .node()
        .members()
        .iter()
        .filter(|member| member.name.written() != "Condition");
    let is_empty = |node: &Node<'_>| match &node.value {
        Value::Array(elements) => elements.is_empty(),
        Value::Object(members) => members.is_empty() || members.iter().any(|member| member.value.as_list().is_empty()),
        _ => false,
    };
    elements
        .filter(|member| is_empty(&member.value))
        .map(|member| format!("{}: {}", member.name.written(), member.value.to_json()))
        .collect()
}

/// Every finding with the way to it.
fn said(document: &Document<'_>, findings: &Findings) -> Vec<(String, String)> {
    let path = |finding: &Finding| {
        let path = document.path_to(finding.place());
        path.unwrap_or_else(|| panic!("{finding:?} has no place")).to_string()
    };
    findings
        .iter()
        .map(|finding| (path(finding), format!("{finding:#}")))
        .collect()
}
