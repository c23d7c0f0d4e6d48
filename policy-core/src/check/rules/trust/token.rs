//! Values of claims that no token of the provider has.

use super::claim::{Claims, OidcProvider, sample};
use crate::check::facts::{ConditionFacts, Facts, Issuer, Matched, StatementFacts, demands_value};
use crate::check::rules::{Rule, Run};
use crate::collected::CollectVec;
use crate::document::Node;
use crate::finding::{Code, Finding};
use crate::numbers::Texts;
use crate::policy::Kind;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::ClaimMatchesNoToken],
    run: Run::Statement(check),
};

fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let is_asked = facts.kind == Kind::Trust && statement.allows();
    let named = statement.named_principals().filter(|_| is_asked).unwrap_or_default();
    if named.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let claims = Claims::of(statement);
    let mut seen = Texts::new();
    let providers = || named.iter().filter_map(OidcProvider::of);
    let mut issuers = providers().filter_map(OidcProvider::issuer).collect_vec();
    // Only tokens of the issuers of the keys meet the conditions, if the provider may be of any.
    if providers().any(|provider| provider.issuer().is_none()) {
        issuers.extend(claims.issuers());
    }
    // A value is wrong once, however many principals it is wrong for.
    issuers.retain(|name| seen.insert(name.to_ascii_lowercase().into()));
    for name in issuers {
        let Some(issuer) = Issuer::named(name) else { continue };
        for (claim, condition) in claims.surely_about(name) {
            found.extend(of_claim(name, issuer, claim, condition));
        }
    }
    found
}

fn of_claim(name: &str, issuer: &Issuer, claim: &str, condition: &ConditionFacts<'_>) -> Vec<Finding> {
    let Some(operator) = condition.operator.filter(|operator| demands_value(*operator)) else {
        return Vec::new();
    };
    let one = |node: &Node<'_>| {
        let text = node.as_text().filter(|text| text.holes().is_empty())?;
        let (value, written) = (text.filled(), text.written());
        let key = condition.key.written();
        // A `*` that was meant as a wildcard is another mistake.
        let is_pattern = operator.comparison.supports_wildcards() || !value.contains(['*', '?']);
        if claim.eq_ignore_ascii_case("aud") && issuer.is_subject(value) {
            return Some(
                Finding::new(
                    Code::ClaimMatchesNoToken,
                    node.place,
                    format!("`{written}` is a subject, not an audience"),
                )
                .about(written)
                .note("AWS accepts it, but no token has that audience: the condition is never met")
                .with_help(format!(
                    "write it under `{name}:sub`; the audience is usually `sts.amazonaws.com`"
                )),
            );
        }
        let finding = |what: String| Finding::new(Code::ClaimMatchesNoToken, node.place, what).about(written);
        let finding = match issuer.matched(claim, operator, value).filter(|_| is_pattern)? {
            Matched::Nobody => finding(format!("no token has `{written}` as `{key}`"))
                .note("AWS accepts it, but the value never matches"),
            Matched::Customized => finding(format!("no token of the usual form has `{written}` as `{key}`"))
                .note("AWS accepts it, but the value matches only where the form of subjects was customized to be no more than this")
                .allow_if("the subjects of these tokens are customized so"),
            Matched::Named | Matched::Strangers => return None,
        };
        Some(match issuer.write {
            Some((_, value)) => finding.with_help(format!("write {}", sample(value))),
            None => finding,
        })
    };
    condition.value.as_list().iter().filter_map(one).collect_vec()
}
