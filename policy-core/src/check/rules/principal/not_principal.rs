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
            "`NotPrincipal` with `Allow` lets in everyone else",
        )
        .about("NotPrincipal")
        .note("everyone else is the whole world, requests without credentials too")
        .help("name who is let in with `Principal`; to keep someone out write a `Deny`"),
    ]
}
