//! The fixes of a file's findings, made in the file.

use policy_core::finding::{Finding, Fix};
use policy_files::{FilePolicy, Reader};

use crate::arguments::{Fixing, Plan};
use crate::files::{Contents, Input};
use crate::policies::{self, Checked};

/// A file with its fixes made.
pub struct Fixed {
    pub text: String,
    /// How many were made.
    pub count: usize,
}

/// How often a file is checked and fixed: a fix may make another mistake visible, as that of a service does its action.
const ROUNDS: usize = 100;

/// Makes the fixes of a file; `None` if it has none that can be made. Of a finding with several fixes none is made: which one is
/// right depends on what was meant.
pub fn make(read: &Contents, input: &Input, plan: &Plan, fixing: Fixing, reader: &mut Reader) -> Option<Fixed> {
    let mut last = Contents {
        bytes: read.bytes.clone(),
        ..*read
    };
    let mut fixed: Option<Fixed> = None;
    for _ in 0..ROUNDS {
        let text = std::str::from_utf8(&last.bytes).ok()?;
        let content = policies::check_file(&last, text, input, plan, reader);
        let wanted: Vec<(&FilePolicy, &Fix)> = content
            .checked
            .iter()
            .flat_map(|checked| wanted(checked, text, fixing))
            .collect();
        let Some((text, count)) = reader.fix(&input.named_as(text), text, &wanted) else {
            break;
        };
        let before = fixed.map_or(0, |fixed| fixed.count);
        last.bytes = text.clone().into_bytes();
        fixed = Some(Fixed {
            text,
            count: before + count,
        });
    }
    fixed
}

/// The fixes of a policy that are wanted.
fn wanted<'c>(checked: &'c Checked<'_>, text: &str, fixing: Fixing) -> Vec<(&'c FilePolicy, &'c Fix)> {
    let findings = checked.findings.iter();
    let fixes: Vec<&Fix> = findings.filter_map(only_fix).collect();
    let Some(policy) = checked.in_file().filter(|_| !fixes.is_empty()) else {
        return Vec::new();
    };
    let editor = policy.fixer(text);
    let is_wanted = |fix: &&Fix| editor.fix(fix).is_some_and(|fix| fixing.is_unsafe || fix.is_safe());
    fixes.into_iter().filter(is_wanted).map(|fix| (policy, fix)).collect()
}

/// Why no fix is made in a file, if some would be.
pub fn refusal(input: &Input, checked: &[Checked<'_>], fixing: Fixing) -> Option<String> {
    checked.iter().find_map(|checked| {
        let refusal = match checked.in_file()?.fix_refusal() {
            Some(refusal) => refusal.to_string(),
            None if input.leads_out => LEADS_OUT.to_owned(),
            None => return None,
        };
        let mut fixes = checked.findings.iter().filter_map(only_fix);
        fixes.any(|fix| fixing.is_unsafe || fix.is_safe()).then_some(refusal)
    })
}

const LEADS_OUT: &str = "it is a link to a file outside the folder; to have that file fixed, name the link or the file";

/// The fix of a finding that has one.
pub fn only_fix(finding: &Finding) -> Option<&Fix> {
    match finding.fixes() {
        [fix] => Some(fix),
        _ => None,
    }
}
