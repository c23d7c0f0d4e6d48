//! The properties of a type of ARNs.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use super::super::NameKind;
use super::super::kind::Facts;
use super::super::scan::equal;
use super::fields::{after, field, is_variable};
use super::list::arns;
use super::walk::{Piece, first};
use crate::arn::ArnFormat;

/// The properties of a type of ARNs, all of them data, so that one check serves all types.
#[doc(hidden)]
#[derive(Debug)]
pub struct ArnFacts {
    /// The identifier: `QueueArn`.
    pub type_name: &'static str,
    /// With its article: `the ARN of an SQS queue`.
    pub noun: &'static str,
    /// The resource type: `sqs:queue`.
    pub resource_type: &'static str,
    /// The format in the service authorization reference.
    pub format: &'static str,
    /// A valid ARN.
    pub sample: &'static str,
    /// The account field.
    pub owner: Owner,
    /// The parts of the last field that differ between resources.
    pub parts: &'static [Part],
}

/// What the account field can be, where the format has an account.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// An account.
    Account,
    /// An account, or `aws`.
    AccountOrAws,
    /// An account, or nothing for the resources that AWS shares.
    AccountOrNone,
}

/// A part of the last field.
#[doc(hidden)]
#[derive(Debug)]
pub struct Part {
    /// Its position among the parts.
    pub index: usize,
    /// Its name in messages.
    pub noun: &'static str,
    /// The kind of name that it is.
    pub kind: NameKind,
}

impl ArnFacts {
    /// The part at this position; a part that is not listed can be any text.
    pub(super) const fn part(&self, index: usize) -> (&'static str, NameKind) {
        let mut parts = self.parts;
        while let [part, rest @ ..] = parts {
            if part.index == index {
                return (part.noun, part.kind);
            }
            parts = rest;
        }
        ("resource", NameKind::ResourcePart)
    }

    pub(in super::super) const fn as_name(&self) -> Facts {
        Facts {
            type_name: self.type_name,
            noun: self.noun,
            form: "the whole ARN",
            min: self.len(false),
            max: self.len(true),
            sample: self.sample,
        }
    }

    /// The length of the shortest or of the longest such ARN.
    pub(super) const fn len(&self, longest: bool) -> usize {
        let region = field(self.format, 3);
        let account = field(self.format, 4);
        let mut len = "arn:::::".len()
            + bound(NameKind::Partition, longest)
            + field(self.format, 2).len()
            + if is_variable(region) {
                bound(NameKind::Region, longest)
            } else {
                region.len()
            };
        len += match self.owner {
            _ if !is_variable(account) => account.len(),
            Owner::AccountOrAws if !longest => "aws".len(),
            Owner::AccountOrNone if !longest => 0,
            _ => bound(NameKind::AccountId, longest),
        };
        let mut format = after(self.format, 5);
        let mut index = 0;
        loop {
            let Piece {
                literal,
                variable,
                rest,
            } = first(format);
            len += literal.len();
            if variable.is_empty() {
                return len;
            }
            if super::walk::has_path(variable) {
                // The format has the first slash of the path.
                len += bound(NameKind::RolePath, longest) - 1;
                index += 1;
            }
            len += bound(self.part(index).1, longest);
            index += 1;
            format = rest;
        }
    }
}

const fn bound(kind: NameKind, longest: bool) -> usize {
    if longest { kind.max_len() } else { kind.min_len() }
}

/// All types of ARNs, from the list of them.
macro_rules! facts {
    ($(
        $alias:ident of $marker:ident: $resource_type:literal, $noun:literal, $owner:expr,
        $format:literal,
        $sample:literal,
        [$($flag:ident),*] name $at:literal $part_noun:literal: $name:ident $(, $part:ident $index:literal: $kind:ident)*;
    )*) => {
        const ALL: &[ArnKind] = &[
            $(ArnKind(&ArnFacts {
                type_name: stringify!($alias),
                noun: concat!("the ARN of ", $noun),
                resource_type: $resource_type,
                format: $format,
                sample: $sample,
                owner: $owner,
                parts: &[
                    Part { index: $at, noun: $part_noun, kind: NameKind::$name },
                    $(Part { index: $index, noun: stringify!($part), kind: NameKind::$kind },)*
                ],
            }),)*
        ];
    };
}

arns!(facts);

/// A type of ARNs, for macros that only see its identifier.
///
/// ```
/// use policy_core::names::{ArnKind, NameKind};
///
/// let Some(NameKind::Arn(queue)) = NameKind::from_type_name("QueueArn") else { panic!() };
/// assert_eq!(queue.resource_type(), "sqs:queue");
/// assert_eq!(queue.format(), "arn:${Partition}:sqs:${Region}:${Account}:${QueueName}");
/// assert!(ArnKind::ALL.contains(&queue));
/// ```
#[derive(Clone, Copy)]
pub struct ArnKind(pub(in super::super) &'static ArnFacts);

impl ArnKind {
    /// All types of `policy-core`.
    pub const ALL: &'static [ArnKind] = ALL;

    /// The type with this identifier, such as `QueueArn`, for constants.
    #[allow(clippy::panic, reason = "in a constant a panic is the compile error")]
    pub(crate) const fn named(identifier: &str) -> Self {
        let mut all = Self::ALL;
        while let [kind, rest @ ..] = all {
            if equal(kind.type_name(), identifier) {
                return *kind;
            }
            all = rest;
        }
        panic!("no ARNs are of this type")
    }

    /// The resource type, as in the catalogue: `sqs:queue`.
    pub const fn resource_type(self) -> &'static str {
        self.0.resource_type
    }

    /// The format of its ARNs, as in the catalogue.
    pub const fn format(self) -> &'static str {
        self.0.format
    }

    pub(in super::super) const fn facts(self) -> &'static ArnFacts {
        self.0
    }

    /// The identifier of the type.
    pub const fn type_name(self) -> &'static str {
        self.0.type_name
    }

    /// A valid ARN.
    pub(crate) const fn sample(self) -> &'static str {
        self.0.sample
    }

    /// The type of which this is the sample.
    pub(crate) fn of_sample(arn: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.sample() == arn)
    }

    /// The type of a part of the last field, by its position; `None` where the format has no such part.
    pub(crate) fn part(self, index: usize) -> Option<NameKind> {
        let part = self.0.parts.iter().find(|part| part.index == index)?;
        Some(part.kind)
    }

    /// The type of the part with which such an ARN ends.
    pub(crate) fn last_part(self) -> Option<NameKind> {
        let part = self.0.parts.iter().max_by_key(|part| part.index)?;
        Some(part.kind)
    }

    /// Whether such an ARN ends with an ID that AWS makes up, so that none is the beginning of another. What people choose is called
    /// an ID by some services too, but has no digits in a sample.
    pub(crate) fn ends_with_an_id(self) -> bool {
        let is_id = [["Id}", "ID}"], ["Uuid}", "UUID}"]]
            .iter()
            .flatten()
            .any(|end| self.format().ends_with(end));
        let last = self.sample().rsplit(['/', ':']).next().unwrap_or_default();
        is_id && last.bytes().any(|byte| byte.is_ascii_digit())
    }

    /// The type whose ARNs have this format. The names of the variables do not count: `sts` has the role of `iam` under its own.
    ///
    /// ```
    /// use policy_core::arn::ArnFormat;
    /// use policy_core::names::ArnKind;
    ///
    /// let format = ArnFormat::parse("arn:${Partition}:sns:${Region}:${Account}:${Topic}")?;
    /// assert_eq!(ArnKind::of_format(format).map(ArnKind::type_name), Some("TopicArn"));
    /// # Ok::<(), policy_core::arn::ArnError>(())
    /// ```
    pub fn of_format(format: ArnFormat<'_>) -> Option<Self> {
        let wanted = format.as_str();
        let all = || Self::ALL.iter().copied();
        // The ARNs of a function's versions are written like those of its aliases.
        all()
            .find(|kind| kind.format() == wanted)
            .or_else(|| all().find(|kind| is_same(kind.format(), wanted)))
    }
}

/// Whether two formats are the same but for the names of their variables.
pub(crate) const fn is_same(mut one: &str, mut other: &str) -> bool {
    loop {
        let (a, b) = (first(one), first(other));
        if !equal(a.literal, b.literal) || a.variable.is_empty() != b.variable.is_empty() {
            return false;
        }
        if a.variable.is_empty() {
            return true;
        }
        (one, other) = (a.rest, b.rest);
    }
}

impl fmt::Debug for ArnKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.type_name())
    }
}

impl PartialEq for ArnKind {
    fn eq(&self, other: &Self) -> bool {
        self.type_name() == other.type_name() && self.format() == other.format()
    }
}

impl Eq for ArnKind {}

impl PartialOrd for ArnKind {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ArnKind {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.type_name(), self.format()).cmp(&(other.type_name(), other.format()))
    }
}

impl Hash for ArnKind {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.type_name().hash(state);
    }
}
