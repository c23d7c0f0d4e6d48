//! The verdict: where the findings of all rules meet.
//!
//! One mistake is one message. Two rules that know nothing of each other may both find it, and [`HIDES`] says which of the
//! two is told. Then the options leave out what is not asked for, and the rest is put in order.
//!
//! What the options leave out hides nothing: to allow a finding brings back what it hid, so that no mistake is lost by allowing
//! another. Which rule ran first does not matter, nor whether what hides is hidden itself.

use std::ops::Range;

use super::facts::Facts;
use crate::collected::CollectVec;
use crate::document::Place;
use crate::finding::{Change, Code, Finding, Findings, Fix};
use crate::numbers::{Numbers, Table, Texts};
use crate::sorted::sort;

/// One of these findings hides those.
struct Hides {
    winners: &'static [Code],
    losers: Losers,
    /// What the two have to have in common for that.
    common: Common,
}

/// What is hidden.
enum Losers {
    /// Anything else that is found.
    Others,
    These(&'static [Code]),
}

/// What two findings have in common.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Common {
    /// The characters of a string that they are about; or the one that is hidden is about all of the string.
    Characters,
    /// The place: a string, an element, a member.
    Place,
    /// The statement.
    Statement,
    /// The policy.
    Policy,
}

const HIDES: [Hides; 12] = [
    // A string with such a character is wrong in other ways too, and all of them go with the character.
    Hides {
        winners: &[Code::UnsupportedCharacter],
        losers: Losers::Others,
        common: Common::Place,
    },
    // What else is wrong with a placeholder is not what will stand there.
    Hides {
        winners: &[Code::UnfilledPlaceholder],
        losers: Losers::Others,
        common: Common::Characters,
    },
    // A `Sid` takes letters and digits only, so that it is refused for the `$` of a variable already.
    Hides {
        winners: &[Code::UnsupportedSid],
        losers: Losers::These(&[Code::VariableUnsupportedInElement]),
        common: Common::Place,
    },
    // A pattern that matches every subject is not meant to ask whether there is one.
    Hides {
        winners: &[
            Code::MissingGithubRepoConditionKey,
            Code::SharedOidcProviderWithoutTenant,
        ],
        losers: Losers::These(&[Code::EquivalentToNullFalse]),
        common: Common::Place,
    },
    // The missing `Version` is what is wrong with the variable.
    Hides {
        winners: &[Code::VariableUnsupportedInVersion],
        losers: Losers::These(&[Code::MissingVersion]),
        common: Common::Policy,
    },
    // That action and resource do not fit each other is but the consequence of one that the policy cannot be about.
    Hides {
        winners: &[Code::UnsupportedActionInPolicy, Code::UnsupportedResourceArnInPolicy],
        losers: Losers::These(&[
            Code::ActionFitsNoResource,
            Code::ActionNeedsStarResource,
            Code::ResourceFitsNoAction,
        ]),
        common: Common::Statement,
    },
    // An action on other resources is not one that the service accepts either.
    Hides {
        winners: &[Code::UnsupportedActionInPolicy],
        losers: Losers::These(&[Code::ActionOutOfServiceScope]),
        common: Common::Place,
    },
    Hides {
        winners: &[Code::NoEffectInResourcePolicy],
        losers: Losers::These(&[Code::ActionFitsNoResource, Code::ActionNeedsStarResource]),
        common: Common::Place,
    },
    // Nobody signs in with a provider that does not exist.
    Hides {
        winners: &[Code::OidcProviderDoesNotExist],
        losers: Losers::These(&[Code::MissingConditionKeyForOidcPrincipal]),
        common: Common::Place,
    },
    // An ARN that no request has fits no action either.
    Hides {
        winners: &[Code::ArnMatchesNoRequest],
        losers: Losers::These(&[Code::ArnMatchesNoResourceType, Code::ResourceFitsNoAction]),
        common: Common::Place,
    },
    // What is no key's ARN need not be right in each of its fields.
    Hides {
        winners: &[Code::InvalidKmsKeyValue],
        losers: Losers::These(&[
            Code::DeprecatedService,
            Code::InvalidArnAccount,
            Code::InvalidArnRegion,
            Code::InvalidArnServiceCase,
            Code::InvalidPartition,
            Code::InvalidService,
            Code::MissingArnAccount,
            Code::TypeMismatchArn,
        ]),
        common: Common::Place,
    },
    // A pattern has not the form of a name, and was not meant to.
    Hides {
        winners: &[Code::WildcardWithoutLikeOperator],
        losers: Losers::These(&[
            Code::DynamodbInvalidReturnConsumedCapacity,
            Code::DynamodbInvalidReturnValues,
            Code::DynamodbInvalidSelectValue,
            Code::InvalidAccountFormat,
            Code::InvalidRegion,
            Code::InvalidServicePrincipalFormat,
            Code::InvalidVpcFormat,
            Code::InvalidVpceFormat,
        ]),
        common: Common::Place,
    },
];

/// What of all that was found is told, in the order of the document; and apart from it what would be, were
/// its subject not allowed.
pub(super) fn settle(mut found: Vec<Finding>, facts: &Facts<'_>) -> (Findings, Findings) {
    retain_known(&mut found, facts);
    let hiders: Vec<Hider<'_>> = HIDES
        .iter()
        .filter_map(|row| Hider::of(row, &found, facts))
        .collect_vec();
    found.retain(|finding| {
        facts.options.wants_code(finding.code()) && !hiders.iter().any(|hider| hider.hides(finding, facts))
    });
    retain_fixes(&mut found, facts);
    let (allowed, told): (Vec<Finding>, Vec<Finding>) = found
        .into_iter()
        .partition(|finding| facts.options.allows_subject_of(finding));
    (sorted(told), sorted(allowed))
}

fn sorted(found: Vec<Finding>) -> Findings {
    let mut findings = Findings::new();
    findings.extend(found);
    findings.sort();
    findings
}

/// Leaves out the fixes that would give an object a second member of one name.
fn retain_fixes(found: &mut [Finding], facts: &Facts<'_>) {
    let changes = found.iter().flat_map(Finding::fixes).flat_map(Fix::changes);
    let mut written: Table<Place, &str> = Table::new();
    for change in changes {
        if let Change::Write { place, text } = change {
            written.first(*place, text);
        }
    }
    if written.is_empty() {
        return;
    }
    let mut twice = Numbers::new();
    facts.document.root().each_object(&mut |members| {
        let mut names: Option<Texts<'_>> = None;
        for member in members {
            let Some(text) = written.get(&member.name_place) else {
                continue;
            };
            let all = || members.iter().map(|member| member.name.written().into()).collect();
            if names.get_or_insert_with(all).contains(*text) {
                twice.insert(member.name_place);
            }
        }
    });
    if twice.is_empty() {
        return;
    }
    for finding in found.iter_mut().filter(|finding| !finding.fixes().is_empty()) {
        finding.retain_fixes(|fix| fix.changes().iter().all(|change| !twice.contains(&change.place())));
    }
}

/// The codes that are right of a string whatever fills its holes of unknown type: what was compared holds for any text.
const OF_ANY_TEXT: [Code; 1] = [Code::ResourceFitsNoAction];

/// Leaves out what would depend on a text that is not known.
fn retain_known(found: &mut Vec<Finding>, facts: &Facts<'_>) {
    // A policy without holes has no such text.
    if !facts.size.is_least {
        return;
    }
    let mut unknown = Table::new();
    facts.each_text(&mut |met| {
        if met.text.unknown().next().is_some() {
            unknown.first(met.place, met.text);
        }
    });
    if unknown.is_empty() {
        return;
    }
    found.retain(|finding| {
        let Some(text) = unknown.get(&finding.place()) else {
            return true;
        };
        let is_of_name = matches!(finding.code(), Code::InvalidArnPrefix | Code::InvalidPrincipalFormat);
        if is_of_name && text.starts_with_name().is_some() {
            return true;
        }
        match finding.span_in_string() {
            Some(part) => !text.has_unknown_in(&part),
            None => OF_ANY_TEXT.contains(&finding.code()),
        }
    });
}

/// A row of the table, and where its winners stand.
struct Hider<'r> {
    row: &'r Hides,
    places: Table<Place, Vec<Range<usize>>>,
    statements: Numbers<Place>,
}

impl<'r> Hider<'r> {
    /// `None` where the row has no winner.
    fn of(row: &'r Hides, found: &[Finding], facts: &Facts<'_>) -> Option<Self> {
        let is_winner = |finding: &&Finding| row.winners.contains(&finding.code()) && facts.options.wants(finding);
        let mut winners = found.iter().filter(is_winner).peekable();
        winners.peek()?;
        let mut hider = Self {
            row,
            places: Table::new(),
            statements: Numbers::new(),
        };
        for winner in winners {
            let part = winner.span_in_string();
            hider
                .places
                .update(winner.place(), Vec::new(), |parts| parts.extend(part));
            if row.common == Common::Statement {
                hider.statements.insert(statement_of(winner, facts));
            }
        }
        for parts in hider.places.values_mut() {
            sort(parts, |one, other| one.start.cmp(&other.start));
        }
        Some(hider)
    }

    fn hides(&self, finding: &Finding, facts: &Facts<'_>) -> bool {
        let is_loser = match self.row.losers {
            Losers::Others => !self.row.winners.contains(&finding.code()),
            Losers::These(codes) => codes.contains(&finding.code()),
        };
        is_loser
            && match self.row.common {
                Common::Policy => true,
                Common::Statement => self.statements.contains(&statement_of(finding, facts)),
                Common::Place => self.places.contains(&finding.place()),
                Common::Characters => self
                    .places
                    .get(&finding.place())
                    .is_some_and(|parts| finding.span_in_string().is_none_or(|part| overlaps(parts, &part))),
            }
    }
}

/// Whether a part has characters in common with one of these, which are sorted and have none in common with each other.
fn overlaps(parts: &[Range<usize>], part: &Range<usize>) -> bool {
    let at = parts.partition_point(|other| other.end <= part.start);
    parts.get(at).is_some_and(|other| other.start < part.end)
}

/// The place of the statement of a finding; where it is of none, the place of nothing.
fn statement_of(finding: &Finding, facts: &Facts<'_>) -> Place {
    let start = finding.place().start;
    let after = facts
        .statements
        .partition_point(|facts| facts.statement.node.place.start <= start);
    let statement = after.checked_sub(1).and_then(|at| facts.statements.get(at));
    statement.map_or_else(Place::default, |facts| facts.statement.node.place)
}

#[cfg(test)]
mod tests;
