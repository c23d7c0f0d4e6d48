//! Values in a form that their key never has, patterns included.
//!
//! Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>,
//! <https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-request-alias>,
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html>

use super::words::{finding, never};
use crate::catalogue::Holds;
use crate::check::facts::{ConditionFacts, Operand, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::check::words::principal_arn::{self, Unfit};
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};
use crate::names::NameKind;
use crate::policy::Family;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::ValueMatchesNoRequest],
    run: Run::Condition(check),
};

fn check(_: &StatementFacts<'_>, condition: &ConditionFacts<'_>) -> Vec<Finding> {
    let Some(holds) = condition.key_facts.and_then(|key| key.holds) else {
        return Vec::new();
    };
    let operands = condition.operands();
    operands
        .filter_map(|(operand, operator)| {
            let family = operator.comparison.family();
            if !matches!(family, Family::String | Family::Arn) {
                return None;
            }
            let is_like = operator.comparison.supports_wildcards() || family == Family::Arn;
            let value = Value {
                text: operand.value,
                wild: if is_like { operand.value.find(['*', '?']) } else { None },
            };
            let (why, help) = unfit(holds, &value)?;
            let what = format!(
                "`{}` is not a value of `{}`: {why}",
                operand.written,
                condition.key.written()
            );
            Some(told(condition, &operand, what, help))
        })
        .collect_vec()
}

fn told(condition: &ConditionFacts<'_>, operand: &Operand<'_>, what: String, help: String) -> Finding {
    finding(operand, Code::ValueMatchesNoRequest, what)
        .note(never(condition))
        .with_help(help)
}

/// A value, and where its first wildcard is.
struct Value<'d> {
    text: &'d str,
    wild: Option<usize>,
}

impl<'d> Value<'d> {
    /// What is before the first wildcard.
    fn head(&self) -> &'d str {
        self.wild.and_then(|at| self.text.get(..at)).unwrap_or(self.text)
    }

    fn is_pattern(&self) -> bool {
        self.wild.is_some()
    }

    /// Whether a text that begins like this can be one of its own.
    fn can_begin(&self, start: &str) -> bool {
        let head = self.head();
        head.starts_with(start) || self.is_pattern() && start.starts_with(head)
    }
}

/// Why no request has the value, and what to write.
fn unfit(holds: Holds, value: &Value<'_>) -> Option<(String, String)> {
    let text = value.text;
    let (why, help) = match holds {
        Holds::Organization => {
            let sample = NameKind::OrganizationId.sample();
            let help = || format!("write the ID of the organization, such as `{sample}`");
            let error = NameKind::OrganizationId
                .check(text)
                .err()
                .filter(|_| !value.is_pattern());
            match error {
                Some(error) => (error.reason().clone(), help()),
                None if !value.can_begin("o-") => ("an organization ID starts with `o-`".to_owned(), help()),
                None => return None,
            }
        }
        Holds::OrganizationPath if !value.can_begin("o-") => (
            "the path starts with the ID of the organization".to_owned(),
            format!(
                "write the ID before it, such as `o-a1b2c3d4e5/r-ab12/{}`",
                tail_of_path(text)
            ),
        ),
        Holds::OrganizationPath if !text.ends_with(['/', '*', '?']) => {
            ("the path ends with a slash".to_owned(), format!("write `{text}/`"))
        }
        Holds::KmsAlias if !value.can_begin("alias/") => {
            let why = "it has the name of an alias, which starts with `alias/`".to_owned();
            let name = text.rsplit_once(":alias/").map_or(text, |(_, name)| name);
            (why, format!("write `alias/{name}`"))
        }
        Holds::Operation => {
            let (_, name) = text.split_once(':')?;
            (
                "an API operation has no service before it".to_owned(),
                format!("write `{name}`"),
            )
        }
        Holds::Principal => return of_principal(text),
        _ => return None,
    };
    Some((why, help))
}

/// What of a path is below the root.
fn tail_of_path(text: &str) -> String {
    let units = text.find("ou-").and_then(|at| text.get(at..)).unwrap_or("");
    let slash = if units.is_empty() || units.ends_with(['/', '*']) {
        ""
    } else {
        "/"
    };
    format!("{units}{slash}")
}

fn of_principal(text: &str) -> Option<(String, String)> {
    let (why, meant) = match principal_arn::unfit(text)? {
        Unfit::Session { role } => (
            "it has the ARN of the role, not of a session",
            format!("write `{role}`"),
        ),
        Unfit::Other => (
            "it has the ARN of a role, a user or a root user",
            "write the ARN of the role whose requests are meant, such as `arn:aws:iam::111122223333:role/ROLE_NAME`"
                .to_owned(),
        ),
    };
    Some((why.to_owned(), meant))
}
