//! Services that AWS has closed, in actions, in resources and in the ARNs that conditions compare with.

use crate::arn::{ArnPattern, Field};
use crate::catalogue::Removed;
use crate::check::facts::{ActionFault, ActionRef, ArnFault, Facts, ResourceFault, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::check::words::catalogue_note;
use crate::document::{Place, Text};
use crate::finding::{Change, Code, Finding, Fix};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::DeprecatedService],
    run: Run::Statement(check),
};

fn check(_: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let actions: &[ActionRef<'_>] = if statement.has_unknown_actions {
        &statement.actions
    } else {
        &[]
    };
    for action in actions {
        if let Some(&ActionFault::ClosedService(removed, prefix)) = action.fault() {
            let finding = finding(action.place, prefix, removed)
                .part(action.text, 0..prefix.len())
                .about(action.text.written())
                .note("AWS accepts it, but it has no effect: the service has been discontinued")
                .with_help("remove the action")
                .note(catalogue_note());
            let is_one_of_several = statement.actions.len() > 1;
            let fix = is_one_of_several.then(|| Fix::new("remove the action", vec![Change::Remove(action.place)]));
            found.push(finding.fixed_by(fix));
        }
    }
    for resource in &statement.resources {
        for fault in &resource.faults {
            if let ResourceFault::Field(fault) = fault {
                found.extend(of_arn(resource.place, resource.text, fault));
            }
        }
    }
    for condition in &statement.conditions {
        for (operand, fault) in condition.arn_faults() {
            found.extend(operand.text.and_then(|text| of_arn(operand.place, text, &fault)));
        }
    }
    found
}

fn of_arn(place: Place, text: &Text<'_>, fault: &ArnFault) -> Option<Finding> {
    let ArnFault::ClosedService(removed) = *fault else {
        return None;
    };
    let arn = ArnPattern::parse(text.filled()).ok()?;
    Some(
        finding(place, arn.service().as_str(), removed)
            .part(text, arn.range(Field::Service))
            .about(text.written())
            .note("AWS accepts it, but it matches nothing: the service has been discontinued")
            .with_help("remove the ARN")
            .note(catalogue_note()),
    )
}

fn finding(place: Place, service: &str, removed: Removed) -> Finding {
    Finding::new(
        Code::DeprecatedService,
        place,
        format!(
            "AWS no longer documents the service `{service}` ({}, last documented {})",
            removed.name(),
            removed.last_seen()
        ),
    )
}
