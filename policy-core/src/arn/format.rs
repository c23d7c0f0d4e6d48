//! The formats of ARNs in the service authorization reference.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use super::fields::Colons;
use super::{ArnError, Field, NameFormat};

/// The format of a resource type's ARNs, as in AWS's service authorization reference: an ARN with `${...}` for the parts that
/// differ between resources.
///
/// The catalogue has them ([`ResourceType::arn_formats`](crate::catalogue::ResourceType::arn_formats));
/// [`ArnPattern::fits_format`](super::ArnPattern::fits_format) says whether a pattern can match such an ARN.
///
/// ```
/// use policy_core::arn::{ArnFormat, Field};
///
/// let format = ArnFormat::parse("arn:${Partition}:lambda:${Region}:${Account}:function:${FunctionName}")?;
/// assert_eq!(format.field(Field::Service), "lambda");
/// assert_eq!(format.field(Field::Resource), "function:${FunctionName}");
/// assert!(format.variables(Field::Resource).eq(["FunctionName"]));
/// # Ok::<(), policy_core::arn::ArnError>(())
/// ```
#[derive(Clone, Copy)]
pub struct ArnFormat<'a> {
    text: &'a str,
    colons: Colons,
    /// The lines of the catalogue that say what its variables are made of, and all that follows.
    names: &'a str,
}

impl<'a> ArnFormat<'a> {
    /// Parses the fields of a format.
    ///
    /// # Errors
    ///
    /// The text does not have the six fields of an ARN; the error names the first that is missing.
    pub fn parse(text: &'a str) -> Result<Self, ArnError> {
        match Colons::of_format(text) {
            Ok(colons) => Ok(Self {
                text,
                colons,
                names: "",
            }),
            Err(why) => Err(ArnError::no_fields(text, why)),
        }
    }

    /// The text as written.
    pub const fn as_str(self) -> &'a str {
        self.text
    }

    /// The value of a field.
    pub fn field(self, field: Field) -> &'a str {
        self.colons.get(field, self.text)
    }

    /// The names of the variables in a field, without `${` and `}`.
    pub fn variables(self, field: Field) -> impl Iterator<Item = &'a str> {
        pieces(self.field(field)).filter_map(|piece| match piece {
            Piece::Variable(name) => Some(name),
            Piece::Literal(_) => None,
        })
    }

    /// The same with the lines of the catalogue that say what its variables are made of.
    pub(crate) const fn with_names(self, names: &'a str) -> Self {
        Self { names, ..self }
    }

    /// The same with what is known of the variables of another format.
    pub(crate) const fn with_names_of(self, other: Self) -> Self {
        self.with_names(other.names)
    }

    /// What the service accepts for a variable, where that is known; any text, where it is not.
    pub fn name_format(self, variable: &str) -> Option<NameFormat<'a>> {
        NameFormat::find(self.names, variable)
    }

    pub(super) const fn names(self) -> &'a str {
        self.names
    }

    /// The text and the variables of a field.
    pub(crate) fn pieces(self, field: Field) -> impl Iterator<Item = Piece<'a>> {
        pieces(self.field(field))
    }
}

/// By the text: in a service, a variable is made of the same wherever it is.
impl PartialEq for ArnFormat<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for ArnFormat<'_> {}

impl PartialOrd for ArnFormat<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ArnFormat<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(other.text)
    }
}

impl Hash for ArnFormat<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl fmt::Debug for ArnFormat<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ArnFormat").field(&self.text).finish()
    }
}

impl fmt::Display for ArnFormat<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text)
    }
}

impl PartialEq<&str> for ArnFormat<'_> {
    fn eq(&self, other: &&str) -> bool {
        self.text == *other
    }
}

/// How the names of variables end whose value follows a slash that is part of the name itself, as in
/// `parameter/${ParameterNameWithoutLeadingSlash}`.
pub(crate) const WITHOUT_LEADING_SLASH: &str = "WithoutLeadingSlash";

/// A piece of a format.
pub(crate) enum Piece<'f> {
    Literal(&'f str),
    /// The content of `${...}`.
    Variable(&'f str),
}

/// The same of a part of a format.
pub(crate) fn pieces(format: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = format;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some((name, after)) = rest.strip_prefix("${").and_then(|open| open.split_once('}')) {
            rest = after;
            return Some(Piece::Variable(name));
        }
        let (text, after) = rest.split_at_checked(rest.find("${").unwrap_or(rest.len()))?;
        if text.is_empty() {
            // A brace that is never closed.
            return Some(Piece::Literal(std::mem::take(&mut rest)));
        }
        rest = after;
        Some(Piece::Literal(text))
    })
}
