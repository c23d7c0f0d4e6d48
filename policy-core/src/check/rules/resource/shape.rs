//! ARNs that no resource of their service can have, by the formats of the catalogue.

use super::replaced::{region_not_allowed, replaced, with_any, without_region};
use super::respelt::{Misspelt, Wanted, first_word, instead, misspelt};
use super::shown::shown;
use crate::arn::{ArnFormat, ArnPattern, Field, Glob, Misfit};
use crate::check::facts::{Facts, ResourceRef, StatementFacts, formats};
use crate::check::rules::{Rule, Run};
use crate::check::words::catalogue_note;
use crate::collected::CollectVec;
use crate::document::{Place, Text};
use crate::finding::{Code, Finding, Fix};

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::ArnMatchesNoResourceType,
        Code::InvalidArnResource,
        Code::MissingArnRegion,
        Code::ArnRegionNotAllowed,
        Code::ArnAccountNotAllowed,
    ],
    run: Run::Statement(check),
};

fn check(_: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let resources = statement.resources.iter();
    resources
        .filter_map(|resource| finding(resource, resource.arn()?, resource.shape?, statement))
        .collect_vec()
}

/// The resources that the statement's actions act on; an ARN of this service is meant for the first action on one of its own.
fn wanted(statement: &StatementFacts<'_>, service: Glob<'_>) -> Wanted {
    let (mut needed, mut accepted) = (Vec::new(), Vec::new());
    let mut is_of_service = false;
    let mut are_all_known = true;
    for action in &statement.actions {
        let Some(action) = action.one() else {
            are_all_known = false;
            continue;
        };
        accepted.append(&mut action.arn_formats().collect_vec());
        if !is_of_service {
            let own = action.needed_formats();
            is_of_service = own.iter().any(|format| service.matches(format.field(Field::Service)));
            if is_of_service || needed.is_empty() {
                needed = own;
            }
        }
    }
    if !are_all_known {
        accepted.clear();
    }
    Wanted { needed, accepted }
}

fn finding(
    resource: &ResourceRef<'_>,
    arn: ArnPattern<'_>,
    misfit: Misfit,
    statement: &StatementFacts<'_>,
) -> Option<Finding> {
    let (place, text, arn) = (resource.place, resource.text, &arn);
    let of = arn.service().as_str();
    let new = |code, field, what: String| {
        Finding::new(code, place, what)
            .part(text, shown(arn, field))
            .about(text.written())
    };
    let misfit = match misfit {
        // `accesspoint/analytics/in` is not an object in a bucket of that name.
        Misfit::RegionNotAllowed if begins_one(arn) => Misfit::Resource,
        other => other,
    };
    let finding = match misfit {
        Misfit::Resource => no_such_type(place, text, arn, &wanted(statement, arn.service())),
        Misfit::RegionMissing => new(
            Code::MissingArnRegion,
            Field::Region,
            format!("the ARN has no Region, but the ARN of this type of `{of}` resource has one"),
        )
        .note("AWS accepts it, but it matches nothing")
        .with_help(format!(
            "write the Region between the colons, or `*` for every Region: `{}`",
            with_any(text, arn, Field::Region)
        ))
        .fixed_by(Fix::write(place, with_any(text, arn, Field::Region))),
        Misfit::RegionNotAllowed => new(
            Code::ArnRegionNotAllowed,
            Field::Region,
            format!("the ARN has a Region, but the ARN of this type of `{of}` resource has none"),
        )
        .note(region_not_allowed(of))
        .with_fix(Fix::write(place, without_region(text, arn, None))),
        Misfit::AccountNotAllowed => new(
            Code::ArnAccountNotAllowed,
            Field::Account,
            format!("the ARN has an account, but the ARN of this type of `{of}` resource has none"),
        )
        .note("AWS accepts it, but it matches nothing")
        .with_fix(Fix::write(place, without(text, arn, Field::Account))),
        Misfit::Service | Misfit::Partition | Misfit::Region | Misfit::Account => return None,
    };
    Some(finding.note(catalogue_note()))
}

/// Whether resources of the service whose ARNs have a Region and an account begin with the same word.
fn begins_one(arn: &ArnPattern<'_>) -> bool {
    let Some(word) = first_word(arn.resource().as_str()).filter(|_| !arn.account().is_empty()) else {
        return false;
    };
    let has = |format: ArnFormat<'_>, field| !format.field(field).is_empty();
    formats(arn.service().as_str()).any(|(_, format)| {
        let is_placed = has(format, Field::Region) && has(format, Field::Account);
        is_placed && first_word(format.field(Field::Resource)) == Some(word)
    })
}

/// The ARN as written, with a field emptied.
fn without(text: &Text<'_>, arn: &ArnPattern<'_>, field: Field) -> String {
    replaced(text, arn, field, "")
}

fn no_such_type(place: Place, text: &Text<'_>, arn: &ArnPattern<'_>, wanted: &Wanted) -> Finding {
    let service = arn.service().as_str();
    let written = text
        .written()
        .get(text.written_range(arn.range(Field::Resource)))
        .unwrap_or_default();
    let misspelt = misspelt(text, arn);
    // A wildcard before the resource may match colons, and then the resource is not where it seems to be.
    let before = arn.as_str().get(..arn.range(Field::Resource).start);
    let is_settled = before.is_some_and(|before| Glob::new(before).is_literal());
    let (is_invalid, what) = match &misspelt {
        _ if written.is_empty() => (
            is_settled,
            format!("the ARN of `{service}` ends before the name of a resource"),
        ),
        Some(Misspelt { word, .. }) if is_settled => (true, format!("`{service}` has no resource type `{word}`")),
        _ => (
            false,
            format!("no resource of `{service}` has an ARN that ends in `{written}`"),
        ),
    };
    let code = if is_invalid {
        Code::InvalidArnResource
    } else {
        Code::ArnMatchesNoResourceType
    };
    Finding::new(code, place, what)
        .part(text, shown(arn, Field::Resource))
        .about(text.written())
        .note("AWS accepts it, but it matches nothing")
        .with_help(instead(misspelt, text, arn, wanted))
}
