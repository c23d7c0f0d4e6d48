//! ARNs whose format is right, and that no request for the actions has. `requests.txt` is the one table of them.

use std::sync::OnceLock;

use crate::arn::{ArnPattern, Field, Glob, write};
use crate::check::facts::{ActionMeaning, ActionRef, Facts, ResourceRef, ResourceScope, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::check::table::rows;
use crate::collected::CollectVec;
use crate::document::Text;
use crate::finding::{Code, Finding};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::ArnMatchesNoRequest],
    run: Run::Statement(check),
};

fn check(_: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    if !statement.names_actions() || statement.statement.resource.is_none_or(|element| element.negated) {
        return Vec::new();
    }
    let resources = statement.resources.iter();
    resources
        .filter_map(|resource| unasked(statement, resource))
        .collect_vec()
}

fn unasked(statement: &StatementFacts<'_>, resource: &ResourceRef<'_>) -> Option<Finding> {
    let arn = resource.arn()?;
    let service = arn.service().as_str();
    let mut rows = table().iter().filter(|row| row.service == service);
    let (row, name) = rows.find_map(|row| Some((row, row.name_in(&arn)?)))?;
    let written = resource.text.written();
    let help = row.help(resource.text, &arn, name)?;
    let finding = |what: String| {
        let finding = Finding::new(Code::ArnMatchesNoRequest, resource.place, what);
        finding.about(written).note("AWS accepts it, but it matches nothing")
    };
    if row.actions == "*" {
        return Some(finding(format!("no request has the ARN `{written}`")).with_help(help));
    }
    // Other actions of the statement may have it, and other resources of the statement may be what the requests have.
    let action = statement.actions.iter().find(|action| row.is_about(action))?;
    let mut others = statement.resources.iter().filter(|other| match &other.scope {
        ResourceScope::Everything | ResourceScope::Unknown => true,
        ResourceScope::Arn(other) => other.service().matches(service) && row.name_in(other).is_none(),
        ResourceScope::Unsettled => false,
    });
    let what = format!("no request for `{}` has the ARN `{written}`", action.text.written());
    others.next().is_none().then(|| finding(what).with_help(help))
}

/// An ARN that no request has.
struct Row {
    service: &'static str,
    actions: &'static str,
    wrong: End,
    /// What the requests have, if it is an ARN.
    right: Option<End>,
}

/// The end of an ARN: its account, if it matters, and its resource with a name in it.
struct End {
    account: Option<&'static str>,
    before: &'static str,
    name: &'static str,
    after: &'static str,
}

impl Row {
    fn read(row: &'static str) -> Option<Self> {
        let mut words = row.split(' ');
        let (service, actions) = (words.next()?, words.next()?);
        let (wrong, right) = (words.next()?, words.next()?);
        Some(Self {
            service,
            actions,
            wrong: End::read(wrong)?,
            right: End::read(right),
        })
    }

    /// The name in an ARN that is one of these.
    fn name_in<'a>(&self, arn: &ArnPattern<'a>) -> Option<&'a str> {
        let account = arn.account().as_str();
        let is_id = !account.is_empty() && account.bytes().all(|byte| byte.is_ascii_digit());
        let resource = arn.resource().as_str();
        let name = resource
            .strip_prefix(self.wrong.before)?
            .strip_suffix(self.wrong.after)?;
        let is_name = !name.is_empty() && (self.wrong.name == "any" || !name.contains(['/', '*', '?', '$']));
        (is_name && (self.wrong.account.is_none() || is_id)).then_some(name)
    }

    fn is_about(&self, action: &ActionRef<'_>) -> bool {
        let is_of_service = action.service().is_some_and(|service| service.prefix() == self.service);
        let name = action.name().as_str();
        let is_pattern_of_more = matches!(action.meaning, ActionMeaning::Pattern(_))
            && !self
                .actions
                .strip_suffix('*')
                .is_some_and(|start| name.starts_with(start));
        is_of_service && !is_pattern_of_more && Glob::wildcards(self.actions).matches(name)
    }

    /// What to write. `None` for a hole that is a whole ARN, unless more belongs behind it: what it is filled with is but a sample.
    fn help(&self, text: &Text<'_>, arn: &ArnPattern<'_>, name: &str) -> Option<String> {
        let Some(right) = &self.right else {
            return Some("write `*`, and a condition on `cloudwatch:namespace`".to_owned());
        };
        let whole = text.written();
        if write::whole(text, arn).is_some() {
            let behind = right.after.strip_prefix(self.wrong.after)?;
            let is_behind = right.account == self.wrong.account && right.before == self.wrong.before;
            return is_behind.then(|| format!("write `{whole}{behind}`"));
        }
        let first = if right.account.is_some() {
            Field::Account
        } else {
            Field::Resource
        };
        let kept = whole.get(..text.written_range(arn.range(first)).start)?;
        let colon = if right.account.is_some() { ":" } else { "" };
        // The name may be a hole.
        let start = arn.range(Field::Resource).start + self.wrong.before.len();
        let name = whole.get(text.written_range(start..start + name.len()))?;
        Some(format!("write `{kept}{colon}{}{name}{}`", right.before, right.after))
    }
}

impl End {
    fn read(text: &'static str) -> Option<Self> {
        let (account, resource) = match text.split_once(':') {
            Some((account, resource)) => (Some(account), resource),
            None => (None, text),
        };
        let (before, rest) = resource.split_once('{')?;
        let (name, after) = rest.split_once('}')?;
        Some(Self {
            account,
            before,
            name,
            after,
        })
    }
}

fn table() -> &'static [Row] {
    static TABLE: OnceLock<Vec<Row>> = OnceLock::new();
    TABLE.get_or_init(|| rows(include_str!("requests.txt")).filter_map(Row::read).collect_vec())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by it")]

    use super::*;
    use crate::catalogue;
    use crate::names::{ArnKind, NameKind};

    #[test]
    fn no_type_of_arns_has_an_arn_that_no_request_has() {
        for row in table().iter().filter(|row| row.actions == "*") {
            for kind in ArnKind::ALL {
                let mut fields = kind.sample().split(':').skip(2);
                let [service, region, account] = [(); 3].map(|()| fields.next().unwrap());
                if service != row.service {
                    continue;
                }
                let arn = |end: &End, account: &str| {
                    let resource = format!("{}Name{}", end.before, end.after);
                    format!("arn:aws:{service}:{region}:{account}:{resource}")
                };
                let of_owner = if row.wrong.account.is_some() {
                    "111122223333"
                } else {
                    account
                };
                let wrong = arn(&row.wrong, of_owner);
                assert!(NameKind::Arn(*kind).check(&wrong).is_err(), "{kind:?} takes {wrong}");
            }
        }
        // And the right ones are of some type, where there is one.
        for arn in [
            "arn:aws:ssm:eu-west-1::document/AWS-RunShellScript",
            "arn:aws:ssm:eu-west-1:111122223333:document/Restart",
            "arn:aws:events:eu-west-1:111122223333:rule/nightly",
            "arn:aws:events:eu-west-1:111122223333:rule/defaults/nightly",
        ] {
            let mut kinds = ArnKind::ALL.iter().map(|kind| NameKind::Arn(*kind));
            assert!(kinds.any(|kind| kind.check(arn).is_ok()), "{arn}");
        }
    }

    #[test]
    fn every_row_is_understood_and_about_what_aws_has() {
        assert_eq!(table().len(), rows(include_str!("requests.txt")).count());
        for (row, text) in table().iter().zip(rows(include_str!("requests.txt"))) {
            let service = catalogue::service(row.service).unwrap();
            let mut actions = service.actions();
            assert!(
                actions.any(|action| Glob::wildcards(row.actions).matches(action.name())),
                "{text}"
            );
            assert!(matches!(row.wrong.name, "name" | "any"), "{text}");
            assert!(
                text.rsplit_once(' ')
                    .unwrap()
                    .1
                    .starts_with("https://docs.aws.amazon.com/"),
                "{text}"
            );
        }
    }
}
