//! What is proposed for a wrong ARN: for every set of resource types in the catalogue, some ways to write an ARN wrong.

use std::collections::BTreeSet;

use crate::arn::ArnFormat;
use crate::catalogue::{self, Action, Service};
use crate::check::expect::product;
use crate::check::{Options, check};
use crate::finding::{Code, Findings};
use crate::policy::Kind;

/// That a field before the resource is wrong, which is told by itself.
const OF_A_FIELD: [Code; 3] = [
    Code::MissingArnRegion,
    Code::ArnRegionNotAllowed,
    Code::ArnAccountNotAllowed,
];

/// That the ARN is of no resource, or of none that the action applies to.
const WRONG: [Code; 8] = [
    Code::ArnMatchesNoResourceType,
    Code::InvalidArnResource,
    Code::MissingArnRegion,
    Code::ArnRegionNotAllowed,
    Code::ArnAccountNotAllowed,
    Code::ResourceFitsNoAction,
    Code::ActionFitsNoResource,
    Code::InvalidArnPrefix,
];

fn findings(action: &str, arn: &str) -> Findings {
    let document = product("Allow", &format!("\"{action}\""), &format!("\"{arn}\""));
    check(&document, Kind::Identity, &Options::new()).filter(|finding| WRONG.contains(&finding.code()))
}

/// A resource, written wrong.
fn wrong(resource: &str) -> Vec<String> {
    let mut wrong = vec![format!("{resource}/more"), format!("thing/{resource}")];
    for (sign, other) in [("/", ":"), (":", "/")] {
        if let Some((word, rest)) = resource.split_once(sign) {
            let short = word.get(1..).unwrap_or_default();
            wrong.extend([
                rest.to_owned(),
                format!("{short}{sign}{rest}"),
                format!("{word}{other}{rest}"),
                format!("{word}{sign}{resource}"),
            ]);
        }
    }
    wrong
}

/// The ARN of a resource.
fn right(format: ArnFormat<'_>) -> String {
    format.example(&mut |word| {
        let value = match word {
            "REGION" => "eu-west-1",
            "ACCOUNT_ID" => "111122223333",
            "aws" => word,
            _ => "a1b2",
        };
        value.to_owned()
    })
}

/// An action for each set of resource types.
fn actions() -> impl Iterator<Item = Action> {
    let mut known = BTreeSet::new();
    let all = catalogue::services().flat_map(Service::actions);
    all.filter(move |action| known.insert(action.arn_formats().collect::<Vec<_>>()))
}

#[test]
fn what_is_proposed_is_of_a_type_that_the_action_applies_to() {
    let mut proposed = 0;
    for action in actions() {
        let Some(right) = action.needed_formats().first().map(|format| right(*format)) else {
            continue;
        };
        let action = action.qualified();
        let resource = right.splitn(6, ':').last().unwrap_or_default();
        let before = right.strip_suffix(resource).unwrap_or_default();
        for resource in wrong(resource) {
            let arn = format!("{before}{resource}");
            let found = findings(&action, &arn).filter(|finding| !OF_A_FIELD.contains(&finding.code()));
            for finding in &found {
                let quoted = finding.help().flat_map(|help| help.split('`').skip(1).step_by(2));
                for other in quoted.filter(|quoted| quoted.starts_with("arn:") && *quoted != arn) {
                    let left = findings(&action, other);
                    assert!(left.is_empty(), "{action} on {arn}: `{other}` is proposed\n{left}");
                    proposed += 1;
                }
            }
        }
    }
    assert!(proposed > 10_000, "{proposed}");
}
