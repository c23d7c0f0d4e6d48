//! Findings as a log in the Static Analysis Results Interchange Format, version 2.1.0.
//!
//! Source: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>; for its use by GitHub
//! <https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning>.

use std::collections::HashMap;
use std::env;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::ops::Range;
use std::path::{Component, Path};

use policy_core::catalogue;
use policy_core::finding::{Code, Finding, Severity};
use policy_files::FileFix;
use serde_json::{Value, json};

use super::{Source, message};
use crate::lines::without_commands;
use crate::policies::Checked;

/// The log of a run, as far as it is known. It can only be written at the end, since its rules are those that were broken.
#[derive(Default)]
pub struct Sarif {
    rules: Vec<Code>,
    results: Vec<Value>,
    notifications: Vec<Value>,
    /// How many results have had each fingerprint.
    seen: HashMap<String, usize>,
}

impl Sarif {
    pub fn finding(&mut self, source: &Source<'_>, checked: &Checked<'_>, finding: &Finding, fixes: &[FileFix]) {
        let code = finding.code();
        let rule = self.rules.iter().position(|rule| *rule == code).unwrap_or_else(|| {
            self.rules.push(code);
            self.rules.len() - 1
        });
        let range = source.range_of(checked, finding);
        let path = format!("{}{}", checked.address(), checked.path_to(finding));
        let uri = uri(source.path);
        let fingerprint = self.fingerprint(&uri, finding, &path);
        let mut result = json!({
            "ruleId": code.name(),
            "ruleIndex": rule,
            "level": level(code.severity()),
            // Braces are not escaped: the standard doubles them, which viewers do not undo, and without `arguments` no `{0}` is
            // replaced.
            "message": { "text": message(checked, finding) },
            "locations": [{
                "physicalLocation": {
                    "artifactLocation": { "uri": uri },
                    "region": region(source, range),
                },
                "logicalLocations": [{ "fullyQualifiedName": path }],
            }],
            "partialFingerprints": { "policyFinding/v1": fingerprint },
        });
        if let (Some(members), false) = (result.as_object_mut(), fixes.is_empty()) {
            let fixes = fixes.iter().map(|fix| self::fix(source, &uri, fix));
            members.insert("fixes".to_owned(), fixes.collect());
        }
        self.results.push(result);
    }

    pub fn problem(&mut self, name: &str, what: &str) {
        self.notifications.push(json!({
            "level": "error",
            "message": { "text": format!("{name}: {what}") },
        }));
    }

    pub fn write(self, out: &mut impl Write) -> io::Result<()> {
        let rules: Vec<Value> = self.rules.into_iter().map(rule).collect();
        let log = json!({
            "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": env!("CARGO_BIN_NAME"),
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": rules,
                    "properties": { "catalogue": catalogue::snapshot().date().to_string() },
                } },
                "invocations": [{
                    "executionSuccessful": self.notifications.is_empty(),
                    "toolExecutionNotifications": self.notifications,
                }],
                "columnKind": "unicodeCodePoints",
                "results": self.results,
            }],
        });
        without_commands(out, &serde_json::to_string_pretty(&log)?)?;
        out.write_all(b"\n")
    }

    /// The fingerprint of a finding, which stays the same when the lines and the statements around it move: what is
    /// wrong, in which element, and the number among several such findings.
    fn fingerprint(&mut self, uri: &str, finding: &Finding, path: &str) -> String {
        let is_member = |step: &&str| !step.bytes().all(|byte| byte.is_ascii_digit());
        let members: Vec<&str> = path.split('/').filter(is_member).collect();
        let mark = format!("{}/{}: {}", finding.code(), members.join("/"), finding.subject());
        let count = self.seen.entry(format!("{uri} {mark}")).or_default();
        *count += 1;
        format!("{mark} #{count}")
    }
}

fn region(source: &Source<'_>, range: Range<usize>) -> Value {
    let (start, end) = (source.lines.position(range.start), source.lines.position(range.end));
    json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column })
}

/// A fix. Whether it is safe is in its description, since viewers show no properties of fixes.
fn fix(source: &Source<'_>, uri: &str, fix: &FileFix) -> Value {
    let title = fix.title();
    let text = if fix.is_safe() {
        title.to_owned()
    } else {
        format!("{title} (the policy then matches other requests)")
    };
    let replacements = fix.edits().iter().map(|edit| {
        json!({
            "deletedRegion": region(source, edit.range.clone()),
            "insertedContent": { "text": edit.text },
        })
    });
    json!({
        "description": { "text": text },
        "artifactChanges": [{
            "artifactLocation": { "uri": uri },
            "replacements": replacements.collect::<Vec<_>>(),
        }],
    })
}

fn rule(code: Code) -> Value {
    let page = code.explanation();
    let (reason, _) = page.split_once("\n\n").unwrap_or((page, ""));
    let reason = if reason.is_empty() {
        code.summary().to_owned()
    } else {
        reason.replace('\n', " ")
    };
    let mut rule = json!({
        "id": code.name(),
        "name": pascal_case(code.name()),
        "shortDescription": { "text": code.summary() },
        "fullDescription": { "text": reason },
        "defaultConfiguration": { "level": level(code.severity()) },
        "properties": properties(code.severity()),
    });
    if let Some(object) = rule.as_object_mut() {
        if !page.is_empty() {
            object.insert("help".to_owned(), json!({ "text": page, "markdown": page }));
        }
        let (_, link) = page.rsplit_once("\n<").unwrap_or_default();
        if let Some((link, _)) = link.split_once('>') {
            object.insert("helpUri".to_owned(), json!(link));
        }
    }
    rule
}

/// A `SECURITY_WARNING` is a warning: AWS accepts the policy, and it has an effect. The rule's properties tell the two
/// apart.
const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::SecurityWarning | Severity::Warning => "warning",
        Severity::Suggestion => "note",
    }
}

/// The properties by which GitHub sorts: 7.0 to 8.9 is a security alert of severity high; the others are not security
/// alerts.
fn properties(severity: Severity) -> Value {
    let problem = match severity {
        Severity::SecurityWarning => {
            return json!({ "tags": ["security", "iam"], "security-severity": "8.0", "severity": severity.name() });
        }
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Suggestion => "recommendation",
    };
    json!({ "tags": ["correctness", "iam"], "problem.severity": problem, "severity": severity.name() })
}

fn pascal_case(name: &str) -> String {
    let mut pascal = String::new();
    for word in name.split('_') {
        let (first, rest) = word.split_at_checked(1).unwrap_or((word, ""));
        pascal.push_str(first);
        pascal.push_str(&rest.to_ascii_lowercase());
    }
    pascal
}

/// The file as a URI: relative to the working folder if it is in it.
fn uri(path: &Path) -> String {
    let folder = env::current_dir().unwrap_or_default();
    let path = path.strip_prefix(folder).unwrap_or(path);
    let mut uri = String::from(if path.is_absolute() { "file://" } else { "" });
    for component in path.components() {
        let segment = match component {
            Component::RootDir | Component::CurDir => continue,
            Component::Prefix(_) | Component::ParentDir | Component::Normal(_) => component.as_os_str(),
        };
        if !uri.is_empty() {
            uri.push('/');
        }
        for &byte in segment.as_encoded_bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                uri.push(char::from(byte));
            } else {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::{pascal_case, uri};
    use std::path::Path;

    #[test]
    fn a_path_becomes_a_uri() {
        let inside = std::env::current_dir().unwrap_or_default().join("a/b.json");
        assert_eq!(uri(&inside), "a/b.json");
        for (path, expected) in [
            ("./policies/a.json", "policies/a.json"),
            ("../a b#?.json", "../a%20b%23%3F.json"),
            ("a:b/é%.json", "a%3Ab/%C3%A9%25.json"),
        ] {
            assert_eq!(uri(Path::new(path)), expected, "{path}");
        }
        #[cfg(unix)]
        assert_eq!(uri(Path::new("/no such/a.json")), "file:///no%20such/a.json");
    }

    #[test]
    fn a_rule_has_a_name_for_people() {
        assert_eq!(
            pascal_case("ROLE_TRUST_POLICY_FOR_EVERYONE"),
            "RoleTrustPolicyForEveryone"
        );
    }
}
