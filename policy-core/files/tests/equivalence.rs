//! One policy in every language has the same findings, each at its own bytes.

mod support;

use policy_core::check::Options;
use policy_core::policy::Kind;
use policy_files::FilePolicy;
use proptest::prelude::*;
use support::languages::{
    ACTIONS, cloudformation_json, cloudformation_text, data_source, data_source_json, encoded, heredoc, json_file,
    jsonencode, jsonencode_json, plan, quoted_json, statement, yaml,
};

/// The only policy of a file.
fn only(name: &str, text: &str) -> FilePolicy {
    let mut policies = support::read(name, text).into_policies();
    assert_eq!(policies.len(), 1, "{name}\n{text}");
    policies.remove(0)
}

/// What a finding's bytes may be written as.
fn is_subject(bytes: &str, subject: &str) -> bool {
    let unescaped = |text: &str| {
        text.replace("\\\"", "\"")
            .replace("\\\\", "\\")
            .replace("$${", "${")
            .replace("&{", "${")
            .replace("${!", "${")
    };
    let twice = unescaped(&unescaped(bytes)).replace("''", "'");
    let inside = twice.trim_matches(['"', '\'']);
    bytes.contains(subject) || subject.contains(inside) || inside.contains(subject)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_same_policy_has_the_same_findings(statements in prop::collection::vec(statement(), 1..4)) {
        let json = json_file(&statements);
        let expected = support::found(&only("p.json", &json));
        for (name, text) in [
            ("jsonencode.tf", jsonencode(&statements)),
            ("data.tf", data_source(&statements)),
            ("data.tf.json", data_source_json(&statements)),
            ("jsonencode.tf.json", jsonencode_json(&statements)),
            ("heredoc.tf", heredoc(&statements)),
            ("quoted.tf", quoted_json(&statements)),
            ("template.json", cloudformation_json(&statements)),
            ("text.template", cloudformation_text(&statements)),
            ("short.yaml", yaml(&statements, true)),
            ("long.yml", yaml(&statements, false)),
            ("plan.json", plan(&statements)),
            ("get-policy-version.json", encoded(&statements)),
        ] {
            let policy = only(name, &text);
            prop_assert_eq!(policy.kind(), Kind::Identity, "{}", name);
            prop_assert_eq!(support::found(&policy), expected.clone(), "{}\n{}", name, text);
            if name.starts_with("get-") {
                continue;
            }
            for finding in &policy.check(&Options::new()) {
                let range = policy.range_of(finding);
                let bytes = text.get(range.clone());
                prop_assert!(bytes.is_some(), "{}: {:?}", name, range);
                let bytes = bytes.unwrap_or_default();
                let is_text = finding.span_in_string().is_some() || ACTIONS.contains(&finding.subject());
                prop_assert!(
                    !is_text || is_subject(bytes, finding.subject()),
                    "{}: {} is `{}`, not `{}`\n{}", name, finding.code(), bytes, finding.subject(), text
                );
            }
        }
    }
}
