//! `NotPrincipal` with `Allow`.

use crate::check::facts::{Facts, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::finding::{Code, Finding};
use crate::policy::Kind;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::AllowWithNotPrincipal],
    run: Run::Statement(check),
};

fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let opens = facts.kind == Kind::Resource && facts.lets_in();
    let Some(element) = statement.statement.principal.filter(|element| element.negated) else {
        return Vec::new();
    };
    if !opens || !statement.allows() {
        return Vec::new();
    }
    vec![
        Finding::new(
            Code::AllowWithNotPrincipal,
            element.name_place,
            "`NotPrincipal` with `Allow` allows everyone else",
        )
        .about("NotPrincipal")
        .note("this is public access, including anonymous requests")
        .with_help("name the allowed principals with `Principal`; to exclude a principal write a `Deny`"),
    ]
}
