//! Situations that people met in public: each page has the thread, a small policy, and what the checker says of it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use policy_core::check::{Options, check_json};
use policy_core::document::Document;
use policy_core::finding::Findings;
use policy_core::policy::Kind;

#[test]
fn each_situation_is_judged_as_its_page_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/situations");
    let mut pages: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    pages.sort();
    assert!(pages.len() > 40, "{} pages in {}", pages.len(), folder.display());
    let mut wrong = Vec::new();
    for path in pages {
        let page = fs::read_to_string(&path).unwrap();
        let (kind, options) = kind(&page);
        let policy = fenced(&page, "json");
        let findings = check_json(policy.as_bytes(), kind, &options);
        let said = said(policy, &findings);
        let expected = fenced(&page, "text");
        if said != expected {
            wrong.push(format!("{}\nexpected:\n{expected}\nsaid:\n{said}\n", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// `Kind: TrustPolicy`, `Kind: ResourcePolicy of AWS::S3::Bucket`.
fn kind(page: &str) -> (Kind, Options) {
    let line = page.lines().find_map(|line| line.strip_prefix("Kind: ")).unwrap();
    let (name, attached_to) = line
        .split_once(" of ")
        .map_or((line, None), |(name, of)| (name, Some(of)));
    let kind = Kind::ALL.iter().copied().find(|kind| kind.type_name() == name).unwrap();
    let options = attached_to.map_or_else(Options::new, |of| Options::new().attached_to(of.parse().unwrap()));
    (kind, options)
}

/// The block of this language.
fn fenced<'p>(page: &'p str, language: &str) -> &'p str {
    let (_, rest) = page.split_once(&format!("```{language}\n")).unwrap();
    rest.split_once("```").unwrap().0.trim_end()
}

/// `WARNING CODE /path`, a line a finding; suggestions are left out, as they are about taste.
fn said(policy: &str, findings: &Findings) -> String {
    let document = Document::read(policy);
    let path = |finding: &policy_core::finding::Finding| {
        let document = document.as_ref().ok()?;
        document.path_to(finding.place()).map(|path| path.to_string())
    };
    let told = findings
        .iter()
        .filter(|finding| finding.severity().name() != "SUGGESTION");
    let lines: Vec<String> = told
        .map(|finding| {
            let line = format!(
                "{} {} {}",
                finding.severity().name(),
                finding.code(),
                path(finding).unwrap_or_default()
            );
            line.trim_end().to_owned()
        })
        .collect();
    if lines.is_empty() {
        "nothing".to_owned()
    } else {
        lines.join("\n")
    }
}
