//! What is assumed of the policies of a file.

use policy_core::check::Options;

/// A policy with a safe fix, in JSON, which is YAML too.
pub const POLICY: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":["s3:Get*","s3:GetObject"],"Resource":"*"}]}"#;

/// The same as a text of JSON.
pub fn encoded() -> String {
    format!("\"{}\"", POLICY.replace('"', "\\\""))
}

/// A template with these members, a resource with these, and properties with these, beside what has the policy.
pub fn template(members: &str, of_resource: &str, of_properties: &str) -> String {
    format!(
        r#"{{{members}"Resources":{{"P":{{{of_resource}"Type":"AWS::IAM::ManagedPolicy","Properties":{{{of_properties}"PolicyDocument":{POLICY}}}}}}}}}"#
    )
}

/// Of each policy of a file the reasons of what is assumed, whether it has a safe fix, and its holes.
pub fn read(name: &str, text: &str) -> Vec<(Vec<String>, bool, Vec<String>)> {
    let reading = super::read(name, text);
    let policies = reading.policies().iter().map(|policy| {
        let reasons = policy.assumptions().iter().map(|own| own.reason().to_owned()).collect();
        let (findings, fixer) = (policy.check(&Options::new()), policy.fixer(text));
        let mut offered = findings.iter().flat_map(|finding| fixer.fixes(finding));
        (reasons, offered.any(|fix| fix.is_safe()), policy.holes())
    });
    policies.collect()
}

/// Checks the only policy of a file: what is assumed of it, and whether that leaves its fixes safe.
#[track_caller]
pub fn assumed(name: &str, text: &str, reasons: &[&str], is_fixed: bool) {
    let [(own, fixed, holes)] = &*read(name, text) else {
        panic!("one policy in {text}: {:?}", super::read(name, text))
    };
    assert_eq!(
        (own.as_slice(), *fixed),
        (
            &*reasons.iter().map(|own| (*own).to_owned()).collect::<Vec<_>>(),
            is_fixed
        ),
        "{text}"
    );
    assert!(holes.is_empty(), "{text}");
}

/// Of all policies of a file the reasons of what is assumed.
pub fn reasons(name: &str, text: &str) -> Vec<Vec<String>> {
    read(name, text).into_iter().map(|(reasons, ..)| reasons).collect()
}
