//! Compares a value with another.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>

use std::cmp::Ordering;
use std::net::IpAddr;

use super::Asked;
use super::date::{SECOND, date, dates, has_fraction};
use super::text::{Naming, Unit, fields_match, filled, in_both, matches, plain};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    String {
        like: bool,
        ignores_case: bool,
        negated: bool,
    },
    Numeric(Relation),
    Date(Relation),
    Bool,
    Binary,
    Ip {
        negated: bool,
    },
    Arn {
        negated: bool,
    },
    Null,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    Equals,
    NotEquals,
    LessThan,
    LessThanEquals,
    GreaterThan,
    GreaterThanEquals,
}

impl Operator {
    /// The operator with this name, if it can compare all of these values.
    pub(super) fn read(name: &str, values: &[String]) -> Option<Self> {
        let string = |like, ignores_case, negated| Self::String {
            like,
            ignores_case,
            negated,
        };
        let operator = match name {
            "StringEquals" => string(false, false, false),
            "StringNotEquals" => string(false, false, true),
            "StringEqualsIgnoreCase" => string(false, true, false),
            "StringNotEqualsIgnoreCase" => string(false, true, true),
            "StringLike" => string(true, false, false),
            "StringNotLike" => string(true, false, true),
            "Bool" => Self::Bool,
            "BinaryEquals" => Self::Binary,
            "IpAddress" => Self::Ip { negated: false },
            "NotIpAddress" => Self::Ip { negated: true },
            "ArnEquals" | "ArnLike" => Self::Arn { negated: false },
            "ArnNotEquals" | "ArnNotLike" => Self::Arn { negated: true },
            "Null" => Self::Null,
            _ => match (name.strip_prefix("Numeric"), name.strip_prefix("Date")) {
                (Some(relation), _) => Self::Numeric(Relation::read(relation)?),
                (_, Some(relation)) => Self::Date(Relation::read(relation)?),
                _ => return None,
            },
        };
        let is_wanted = |value: &String| match operator {
            Self::String { .. } | Self::Arn { .. } => true,
            Self::Binary => is_base64(value),
            Self::Numeric(_) => number(value).is_some(),
            Self::Date(_) => date(value).is_some(),
            Self::Bool | Self::Null => boolean(value).is_some(),
            Self::Ip { .. } => range(value).is_some(),
        };
        values.iter().all(is_wanted).then_some(operator)
    }

    pub(super) fn is_negated(self) -> bool {
        match self {
            Self::String { negated, .. } | Self::Ip { negated } | Self::Arn { negated } => negated,
            Self::Numeric(relation) | Self::Date(relation) => relation == Relation::NotEquals,
            Self::Bool | Self::Binary | Self::Null => false,
        }
    }

    /// Whether the value in the request compares to the wanted one as required: `None` if it does not have the type.
    /// For negated operators, whether they are equal.
    pub(super) fn holds(self, sent: &str, wanted: &str, in_doubt: bool, asked: Asked<'_>) -> Option<bool> {
        Some(match self {
            Self::String { like, ignores_case, .. } => {
                return sure(in_both(asked, |asked| {
                    let pattern = filled(wanted, asked);
                    match (like, ignores_case) {
                        (true, _) => matches(&pattern, sent),
                        (false, false) => matches(&literally(pattern), sent),
                        (false, true) => without_case(&literally(pattern), sent),
                    }
                }));
            }
            Self::Numeric(relation) => relation.holds(number(sent)?.partial_cmp(&number(wanted)?)?),
            Self::Date(relation) => {
                let is_fine = has_fraction(sent) || has_fraction(wanted);
                let (sent, wanted) = (dates(sent)?, dates(wanted)?);
                let second = |moments: &[i128]| moments.first().map(|moment| moment.div_euclid(SECOND));
                // How many digits of a fraction count is up to who reads the date.
                if in_doubt && is_fine && second(&sent) == second(&wanted) {
                    return None;
                }
                let both = sent.iter().flat_map(|one| wanted.iter().map(|other| one.cmp(other)));
                let held: Vec<bool> = both.map(|order| relation.holds(order)).collect();
                // Without a zone it has no reading. Four digits are a year on the page that defines dates.
                let first = *held.first()?;
                held.iter().all(|one| !in_doubt || *one == first).then_some(first)?
            }
            Self::Bool => boolean(sent)? == boolean(wanted)?,
            Self::Binary => is_base64(sent).then_some(sent == wanted)?,
            Self::Ip { .. } => {
                let address = sent.parse().ok()?;
                // AWS does not document whether it is IPv4 or IPv6.
                if matches!(address, IpAddr::V6(address) if address.to_ipv4_mapped().is_some()) {
                    return None;
                }
                let (first, prefix) = range(wanted)?;
                // Nor, of a range of such addresses, which it contains.
                if let (IpAddr::V4(address), IpAddr::V6(first)) = (address, first) {
                    let (one, other) = (bits(IpAddr::V6(address.to_ipv6_mapped())), bits(IpAddr::V6(first)));
                    return (one.get(..prefix) != other.get(..prefix)).then_some(false);
                }
                let address = bits(address);
                let of_range = bits(first);
                of_range.len() == address.len()
                    && of_range
                        .iter()
                        .zip(&address)
                        .take(prefix)
                        .all(|(one, other)| one == other)
            }
            Self::Arn { .. } => {
                if !sent.starts_with("arn:") || sent.matches(':').count() < 5 {
                    return None;
                }
                // Each of six fields is checked; a text with fewer is undocumented.
                let pattern = filled(wanted, asked);
                let is_arn =
                    pattern.iter().filter(|unit| **unit == Unit::Byte(b':')).count() >= 5 && wanted.starts_with("arn:");
                return match in_both(asked, |asked| fields_match(&filled(wanted, asked), sent)) {
                    Naming::Nothing => Some(false),
                    naming => sure(naming).filter(|_| is_arn),
                };
            }
            Self::Null => return None,
        })
    }
}

impl Relation {
    fn read(name: &str) -> Option<Self> {
        Some(match name {
            "Equals" => Self::Equals,
            "NotEquals" => Self::NotEquals,
            "LessThan" => Self::LessThan,
            "LessThanEquals" => Self::LessThanEquals,
            "GreaterThan" => Self::GreaterThan,
            "GreaterThanEquals" => Self::GreaterThanEquals,
            _ => return None,
        })
    }

    fn holds(self, ordering: Ordering) -> bool {
        match self {
            Self::Equals | Self::NotEquals => ordering.is_eq(),
            Self::LessThan => ordering.is_lt(),
            Self::LessThanEquals => ordering.is_le(),
            Self::GreaterThan => ordering.is_gt(),
            Self::GreaterThanEquals => ordering.is_ge(),
        }
    }
}

/// A variable without a value does not equal anything.
fn sure(naming: Naming) -> Option<bool> {
    match naming {
        Naming::Several | Naming::Either => None,
        naming => Some(naming == Naming::Surely),
    }
}

/// A pattern whose wildcards are literal.
fn literally(pattern: Vec<Unit>) -> Vec<Unit> {
    let literal = |unit| match unit {
        Unit::One => Unit::Byte(b'?'),
        Unit::Many => Unit::Byte(b'*'),
        unit => unit,
    };
    pattern.into_iter().map(literal).collect()
}

/// The page does not say which letters differ in case only.
fn without_case(pattern: &[Unit], text: &str) -> Naming {
    let folds: [fn(&str) -> String; 3] = [str::to_ascii_lowercase, str::to_lowercase, str::to_uppercase];
    let [first, others @ ..] = folds.map(|fold| matches(&folded(pattern, fold), &fold(text)));
    if others.iter().all(|other| *other == first) {
        first
    } else {
        Naming::Either
    }
}

fn folded(pattern: &[Unit], fold: fn(&str) -> String) -> Vec<Unit> {
    let runs = pattern.chunk_by(|one, other| one.byte().is_some() == other.byte().is_some());
    let lowered = runs.flat_map(|run| {
        let text: Option<Vec<u8>> = run.iter().map(|unit| unit.byte()).collect();
        match text {
            Some(text) => plain(&fold(&String::from_utf8(text).unwrap())),
            None => run.to_vec(),
        }
    });
    literally(lowered.collect())
}

/// Digits with a sign and a point: fewer than Rust accepts. AWS does not document exponents.
fn number(text: &str) -> Option<f64> {
    let is_of_digits = text.contains(|character: char| character.is_ascii_digit())
        && text.chars().all(|character| "0123456789.+-".contains(character));
    is_of_digits.then(|| text.parse().ok()).flatten()
}

/// Whole groups of four, of which the last can end in one or two equals signs.
fn is_base64(text: &str) -> bool {
    let groups: Vec<char> = text.chars().collect();
    let is_digit = |one: &char| one.is_ascii_alphanumeric() || "+/".contains(*one);
    let digits = groups.iter().take_while(|one| is_digit(one)).count();
    let ends = groups.len() - digits;
    // The bits of the last digit that are of no byte are zeros.
    let all = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let last = groups.iter().take(digits).next_back().and_then(|one| all.find(*one));
    let is_whole = last.is_none_or(|last| last.is_multiple_of([1, 4, 16, 64][ends.min(3)]));
    groups.len().is_multiple_of(4) && ends < 3 && groups.iter().skip(digits).all(|one| *one == '=') && is_whole
}

fn boolean(text: &str) -> Option<bool> {
    text.to_lowercase().parse().ok()
}

/// The address, and the number of bits that must be equal.
fn range(text: &str) -> Option<(IpAddr, usize)> {
    let (address, prefix) = text.split_once('/').unwrap_or((text, ""));
    let address: IpAddr = address.parse().ok()?;
    let most = bits(address).len();
    if !text.contains('/') {
        return Some((address, most));
    }
    (prefix.chars().all(|digit| digit.is_ascii_digit()))
        .then(|| prefix.parse().ok())
        .flatten()
        .filter(|prefix| *prefix <= most)
        .map(|prefix| (address, prefix))
}

fn bits(address: IpAddr) -> Vec<bool> {
    let octets = match address {
        IpAddr::V4(address) => address.octets().to_vec(),
        IpAddr::V6(address) => address.octets().to_vec(),
    };
    octets
        .iter()
        .flat_map(|octet| (0..8).rev().map(move |bit| octet >> bit & 1 == 1))
        .collect()
}
