//! Strings that are not one ARN: several of them, or one with blanks behind it.

use crate::check::facts::{Facts, ResourceFault, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::finding::{Code, Finding, Fix};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::InvalidArnResource],
    run: Run::Statement(check),
};

fn check(_: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for resource in &statement.resources {
        let written = resource.text.written();
        let finding = |what: String| {
            Finding::new(Code::InvalidArnResource, resource.place, what)
                .about(written)
                .note("AWS accepts it, but it matches nothing: AWS reads the whole string as one name")
        };
        for fault in &resource.faults {
            match fault {
                ResourceFault::Several(arns) => found.push(
                    finding(format!(
                        "the resource `{written}` has {} ARNs in one string",
                        arns.len()
                    ))
                    .with_help(format!("write a list: `[\"{}\"]`", arns.join("\", \""))),
                ),
                ResourceFault::Blanks => found.push(
                    finding(format!("the resource `{written}` has whitespace at its end"))
                        .with_fix(Fix::write(resource.place, written.trim_end())),
                ),
                ResourceFault::NotAnArn(_) | ResourceFault::Field(_) | ResourceFault::Secret(_) => {}
            }
        }
    }
    found
}
