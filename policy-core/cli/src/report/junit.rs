//! Findings as a report in the format of `JUnit`, as CI systems read it: a suite a file, a case a policy.
//! <https://github.com/testmoapp/junitxml>

use std::fmt::Write as _;
use std::io::{self, Write};

use policy_core::shown::is_unseen;

use super::{Source, message};
use crate::policies::Checked;

/// The suites so far. Their counts come before them, so that they are written at the end.
#[derive(Default)]
pub struct Junit {
    suites: Vec<Suite>,
}

#[derive(Default)]
struct Suite {
    name: String,
    cases: String,
    tests: usize,
    failures: usize,
    errors: usize,
}

impl Junit {
    /// Adds a policy: it fails if a finding blocks. Other findings are its output.
    pub fn policy(&mut self, source: &Source<'_>, checked: &Checked<'_>) {
        let (mut failures, mut failed) = (String::new(), 0);
        let mut output = String::new();
        for finding in &checked.findings {
            let start = source.lines.position(source.range_of(checked, finding).start);
            let message = message(checked, finding);
            let (code, name) = (finding.code().name(), source.name);
            let text = format!("{name}:{}:{}: {message}", start.line, start.column);
            if finding.is_blocking() {
                failed += 1;
                let title = escaped(&checked.message(finding));
                let _ = write!(
                    failures,
                    "<failure type=\"{code}\" message=\"{title}\">{}</failure>",
                    escaped(&text)
                );
            } else {
                let _ = writeln!(output, "{}", escaped(&format!("{code}: {text}")));
            }
        }
        if !output.is_empty() {
            output = format!("<system-out>{output}</system-out>");
        }
        let address = match checked.address() {
            "" => "policy",
            address => address,
        };
        let (name, address) = (escaped(source.name), escaped(address));
        self.add(source.name, |suite| {
            suite.tests += 1;
            suite.failures += failed;
            let _ = writeln!(
                suite.cases,
                "    <testcase classname=\"{name}\" name=\"{address}\">{failures}{output}</testcase>"
            );
        });
    }

    /// Adds an input that could not be read.
    pub fn problem(&mut self, name: &str, what: &str) {
        let (class, what) = (escaped(name), escaped(what));
        self.add(name, |suite| {
            suite.tests += 1;
            suite.errors += 1;
            let _ = writeln!(
                suite.cases,
                "    <testcase classname=\"{class}\" name=\"readable\"><error message=\"{what}\"/></testcase>"
            );
        });
    }

    pub fn write(self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")?;
        let sum = |of: fn(&Suite) -> usize| self.suites.iter().map(of).sum::<usize>();
        let [tests, failures, errors] = [
            sum(|suite| suite.tests),
            sum(|suite| suite.failures),
            sum(|suite| suite.errors),
        ];
        writeln!(
            out,
            "<testsuites name=\"policy check\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\">"
        )?;
        for suite in &self.suites {
            writeln!(
                out,
                "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\">\n{}  </testsuite>",
                escaped(&suite.name),
                suite.tests,
                suite.failures,
                suite.errors,
                suite.cases
            )?;
        }
        out.write_all(b"</testsuites>\n")
    }

    /// Adds to the suite of a file, which is the last if there is one.
    fn add(&mut self, name: &str, add: impl FnOnce(&mut Suite)) {
        let known = self.suites.pop_if(|last| last.name == name);
        let mut suite = known.unwrap_or_else(|| Suite {
            name: name.to_owned(),
            ..Suite::default()
        });
        add(&mut suite);
        self.suites.push(suite);
    }
}

/// A text in XML 1.0, which has no other control characters than these: <https://www.w3.org/TR/xml/#charsets>.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push_str("&#10;"),
            '\t' => escaped.push(' '),
            // So that no line of a log is a command.
            '#' => escaped.push_str("&#35;"),
            ':' => escaped.push_str("&#58;"),
            '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => escaped.push(char::REPLACEMENT_CHARACTER),
            // What a terminal or a viewer obeys without showing it.
            character if is_unseen(character) => {
                let _ = write!(escaped, "&#x{:x};", u32::from(character));
            }
            character => escaped.push(character),
        }
    }
    escaped
}
