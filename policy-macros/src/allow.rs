//! `#[allow_finding(CODE, "subject", reason = "...")]`: for actions and keys that the checker does not know yet.

use std::ops::Range;

use policy_core::__macro::v1::list::CollectVec;
use policy_core::check::Options;
use policy_core::finding::{Code, Finding, Findings, Meant, Severity};
use policy_core::spelling::nearest;

use crate::report::{Mistake, Report};
use crate::token::{Cursor, Delimiter, place};

/// An allowance. It has to hide a finding, so that it is removed when it is not needed any more.
pub struct Allowance {
    code: Code,
    subject: String,
    attribute: Range<usize>,
    hides: bool,
}

/// Reads what follows the attribute's name.
pub fn read(attribute: &mut Cursor<'_>, whole: Range<usize>) -> Result<Allowance, Mistake> {
    const FORM: &str = "write `#[allow_finding(CODE, \"what is wrong\", reason = \"why it is right\")]`";
    let whole_place = place(whole.clone());
    let Some(mut inside) = attribute.group(Delimiter::Parenthesis) else {
        return Err(Mistake::new(whole_place, "`#[allow_finding]` needs a code, a text and a `reason`").help(FORM));
    };
    let code_place = inside.here();
    let Some(name) = inside.word() else {
        return Err(Mistake::new(code_place, format!("expected a code, found {}", inside.found())).help(FORM));
    };
    let Ok(code) = name.parse::<Code>() else {
        let mistake = Mistake::new(code_place, format!("no finding has the code `{name}`"));
        return Err(match nearest(name, Code::ALL.iter().map(|code| code.name())) {
            Some(meant) => mistake.help(format!("write `{meant}`")),
            None => mistake.help("write the code in brackets at the end of the message"),
        });
    };
    inside.eat(',');
    let subject_place = inside.here();
    let Some(subject) = inside.string() else {
        return Err(Mistake::new(
            subject_place,
            format!("expected the text that is allowed, found {}", inside.found()),
        )
        .help(FORM));
    };
    inside.eat(',');
    let reason = inside.eat_word("reason") && inside.eat('=');
    match inside.string() {
        Some(text) if reason && !text.trim().is_empty() => {
            inside.eat(',');
            if inside.is_done() {
                Ok(Allowance {
                    code,
                    subject,
                    attribute: whole,
                    hides: false,
                })
            } else {
                Err(Mistake::new(inside.here(), format!("unexpected {}", inside.found())).help(FORM))
            }
        }
        _ => Err(Mistake::new(whole_place, "`#[allow_finding]` needs a `reason`").help(format!(
            "write `#[allow_finding({name}, \"{subject}\", reason = \"...\")]`, with the reason why the finding does not apply"
        ))),
    }
}

impl Allowance {
    /// Options with this allowance.
    pub fn add_to(&self, options: Options) -> Options {
        options.allow_subject(self.code, &*self.subject)
    }
}

/// Records which allowances hide one of these findings.
pub fn used(allowances: &mut [Allowance], hidden: &Findings) {
    for allowance in allowances {
        allowance.hides = hidden
            .of_code(allowance.code)
            .any(|finding| allowance.subject.eq_ignore_ascii_case(finding.subject()));
    }
}

/// When it is right to allow a finding, as the clause after an `if`; `None` if AWS would reject the policy, or if it is
/// probably a slip. `string` is the underlined text, if it is a string.
pub fn when<'f>(finding: &'f Finding, string: Option<&str>) -> Option<&'f str> {
    let own = finding.allow_when();
    match finding.severity() {
        Severity::SecurityWarning => own.or(Some("this is intended")),
        Severity::Warning | Severity::Suggestion
            if finding.code().has_no_effect() && !shows_subject(finding, string) =>
        {
            own.or(Some("this is intended"))
        }
        _ => own,
    }
}

/// Whether the message shows the text that an allowance has to name.
fn shows_subject(finding: &Finding, string: Option<&str>) -> bool {
    string == Some(finding.subject()) || finding.message().contains(&format!("`{}`", finding.subject()))
}

/// The allowance that hides a finding, as it is written.
pub fn written(finding: &Finding) -> String {
    format!(
        "`#[allow_finding({}, {:?}, reason = \"...\")]`",
        finding.code(),
        finding.subject()
    )
}

/// Reports the allowances that hid nothing, given the findings that are left.
pub fn expired(allowances: &[Allowance], findings: &Findings, report: &mut Report) {
    for Allowance {
        code,
        subject,
        attribute,
        ..
    } in allowances.iter().filter(|allowance| !allowance.hides)
    {
        let mistake = Mistake::new(
            place(attribute.clone()),
            format!("this `#[allow_finding]` matches no finding: there is no `{code}` finding for `{subject}`"),
        );
        let mut meant = Meant::default();
        for finding in findings.of_code(*code) {
            meant.add(subject, finding.subject());
        }
        let others: Vec<String> = meant.subjects().map(|other| format!("`{other:?}`")).collect_vec();
        report.push(if others.is_empty() {
            mistake.help("remove the attribute")
        } else {
            mistake.help(format!(
                "write {} instead of `{subject:?}`, or remove the attribute",
                others.join(" or ")
            ))
        });
    }
}
