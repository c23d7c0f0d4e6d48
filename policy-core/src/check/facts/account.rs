//! The accounts of a policy and of those whom it names.

use super::{Facts, PrincipalRef, StatementFacts, placeholders};
use crate::arn::{ArnPattern, Field};
use crate::document::Text;
use crate::names::is_account_id;
use crate::policy::{Kind, PrincipalKey};

impl<'d> Facts<'d> {
    /// The account whose policy it is, by the options or by the ARNs of the resources that the statement is about.
    pub fn owner<'s>(&'s self, statement: &'s StatementFacts<'d>) -> Option<&'s str> {
        match self.options.own_account() {
            Some(own) => Some(own),
            None if self.kind == Kind::Resource => of_resources(statement),
            None => None,
        }
    }
}

impl<'d> PrincipalRef<'d> {
    /// Its account, if that is written out.
    pub fn account(&self) -> Option<&'d str> {
        let text = self.text;
        if self.key != PrincipalKey::Aws || placeholders(text).next().is_some() {
            return None;
        }
        match self.arn {
            Some(arn) => plain(text, &arn),
            None => Some(text.filled()).filter(|id| text.holes().is_empty() && is_account_id(id)),
        }
    }
}

/// The account that the statement's resources are of, if they are of one.
fn of_resources<'d>(statement: &StatementFacts<'d>) -> Option<&'d str> {
    let mut owner = None;
    for resource in &statement.resources {
        let Some(arn) = resource.arn() else { continue };
        if arn.account().is_empty() {
            continue;
        }
        let account = plain(resource.text, &arn)?;
        if owner.is_some_and(|owner| owner != account) {
            return None;
        }
        owner = Some(account);
    }
    owner
}

/// An ARN's account, if it is written out.
fn plain<'a>(text: &Text<'_>, arn: &ArnPattern<'a>) -> Option<&'a str> {
    let is_hole = text.has_hole_in(&arn.range(Field::Account));
    Some(arn.account().as_str()).filter(|id| !is_hole && is_account_id(id))
}
