//! No test leaves itself out: one that cannot run here is ignored by name, or fails. A `return` in the middle of a test is how one
//! passes that has looked at nothing.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

/// What is wrong with the tests of a file that rustfmt has formatted, and how many it has.
fn wrong(text: &str) -> (Vec<String>, usize) {
    let lines: Vec<&str> = text.lines().collect();
    let mut wrong = Vec::new();
    let mut tests = 0;
    for (number, line) in lines.iter().enumerate() {
        let attribute = line.trim_start();
        if attribute.starts_with("#![cfg(") && attribute != "#![cfg(unix)]" || attribute == "#[cfg(any())]" {
            wrong.push(format!(
                "{}: {attribute} leaves tests out, and no run says so",
                number + 1
            ));
        }
        if attribute.starts_with("#[ignore") && !attribute.starts_with("#[ignore = \"needs ") {
            wrong.push(format!("{}: {attribute} does not say what it needs", number + 1));
        }
        if attribute != "#[test]" {
            continue;
        }
        tests += 1;
        let indent = &line[..line.len() - attribute.len()];
        let end = format!("{indent}}}");
        let rest = lines[number..].iter().take_while(|line| **line != end);
        let returns = rest.enumerate().filter(|(_, line)| is_return(line.trim()));
        wrong.extend(returns.map(|(further, line)| format!("{}: {}", number + further + 1, line.trim())));
    }
    (wrong, tests)
}

/// Whether a line has a `return`, and not only the word in a text.
fn is_return(line: &str) -> bool {
    let begins = |text: &str| {
        let behind = text.strip_prefix("return");
        behind.is_some_and(|behind| behind.starts_with([';', ',', ' ']))
    };
    begins(line)
        || ["{ ", "=> "]
            .iter()
            .any(|before| line.split(before).skip(1).any(begins))
}

/// How many there were when this was last raised: fewer are found where a folder is missing.
const FEWEST: usize = 840;

#[test]
fn no_test_returns_before_its_end() {
    let mut tests = 0;
    let mut found = Vec::new();
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut folders: Vec<_> = ["policy-core", "policy-macros", "runner-profiles", "tests"]
        .map(|folder| workspace.join(folder))
        .into();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.extend((!path.ends_with("target")).then_some(path));
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let (wrong, of_file) = wrong(&fs::read_to_string(&path).unwrap());
                tests += of_file;
                found.extend(wrong.iter().map(|wrong| format!("{}:{wrong}", path.display())));
            }
        }
    }
    assert!(tests >= FEWEST, "{tests} tests found, where there were {FEWEST}");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

const RETURNS: [&str; 4] = [
    "let Some(data) = data() else { return };",
    "return;",
    "return Ok(());",
    "Err(_) => return,",
];

#[test]
fn a_test_that_returns_is_found() {
    let attribute = "#[test]";
    for body in RETURNS {
        let text = format!("mod tests {{\n    {attribute}\n    fn one() {{\n        {body}\n    }}\n}}\n");
        assert_eq!(wrong(&text), (vec![format!("4: {body}")], 1), "{text}");
    }
    for body in ["let data = data().unwrap();", "// What they return is not looked at."] {
        let text = format!(
            "{attribute}\nfn one() {{\n    {body}\n}}\n\nfn two() {{\n    {}\n}}\n",
            RETURNS[0]
        );
        assert_eq!(wrong(&text), (Vec::new(), 1), "{text}");
    }
    let (unexplained, _) = wrong(&format!("{attribute}\n#{}\nfn one() {{}}\n", "[ignore]"));
    assert_eq!(unexplained, ["2: #[ignore] does not say what it needs"]);
    let (compiled_away, _) = wrong(&format!("#!{}\n\n{attribute}\nfn one() {{}}\n", "[cfg(any())]"));
    assert_eq!(
        compiled_away,
        ["1: #![cfg(any())] leaves tests out, and no run says so"]
    );
}
