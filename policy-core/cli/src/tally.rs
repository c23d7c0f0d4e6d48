//! The result of a run.

use std::fmt;
use std::process::ExitCode;

use policy_core::finding::{Findings, Severity};

use crate::arguments::Failing;
use crate::files::passed_over;
use crate::inside::Skipped;

/// The counts of a run. Displayed as a line for people: `3 errors, 1 warning in 2 files`.
#[derive(Default)]
pub struct Tally {
    /// How many findings of each severity, in the order of [`Severity::ALL`].
    findings: [usize; Severity::ALL.len()],
    /// How many of them fail the run and are not an ERROR.
    blocking: usize,
    /// How many fixes were made, or shown.
    pub fixes: usize,
    /// How many allowances hide nothing or are past their last day.
    pub stale: usize,
    /// How many files had a policy.
    pub files: usize,
    /// Whether it is right that nothing was checked.
    pub may_be_empty: bool,
    /// The revision since which none of the files has changed.
    pub unchanged_since: Option<String>,
    /// How many files had none.
    pub skipped: Skipped,
    /// How many files of a folder were skipped because they are not regular files.
    pub passed_over: usize,
    /// How many files, folders or places in a file could not be read.
    pub unreadable: usize,
}

impl Tally {
    pub fn count(&mut self, findings: &Findings, failing: &Failing) {
        for finding in findings {
            for (severity, count) in Severity::ALL.into_iter().zip(&mut self.findings) {
                *count += usize::from(finding.severity() == severity);
            }
            let is_counted = finding.severity() != Severity::Error && failing.has(finding);
            self.blocking += usize::from(is_counted);
        }
    }

    /// 2 where something could not be read, or nothing was checked; 1 where a finding fails the run; otherwise 0.
    pub fn exit_code(&self) -> ExitCode {
        let [errors, ..] = self.findings;
        ExitCode::from(if self.unreadable > 0 || self.files == 0 && !self.may_be_empty {
            2
        } else {
            u8::from(errors + self.blocking + self.stale > 0)
        })
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.fixes > 0 {
            write!(f, "{} {}; ", self.fixes, if self.fixes == 1 { "fix" } else { "fixes" })?;
        }
        if let Some(revision) = &self.unchanged_since {
            write!(f, "no file has changed since `{revision}`")?;
        } else if self.files == 0 {
            f.write_str("no policy was found")?;
        } else {
            let words = ["error", "security warning", "warning", "suggestion"];
            let counted = words.into_iter().zip(self.findings).filter(|(_, count)| *count > 0);
            let counted: Vec<String> = counted.map(|(word, count)| several(count, word)).collect();
            if counted.is_empty() {
                f.write_str("no findings")?;
            } else {
                f.write_str(&counted.join(", "))?;
            }
            write!(f, " in {}", several(self.files, "file"))?;
        }
        if self.blocking > 0 {
            write!(f, "; {} blocking", self.blocking)?;
        }
        if self.stale > 0 {
            write!(f, "; {} to remove or renew", several(self.stale, "allowance"))?;
        }
        write!(f, "{}", self.skipped)?;
        f.write_str(&passed_over(self.passed_over))
    }
}

pub fn several(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
