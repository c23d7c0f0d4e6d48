//! Condition operators.

use std::fmt;
use std::str::FromStr;

use crate::catalogue::Scalar;
use crate::spelling::{self, UnknownNameError};

/// A condition operator: `ForAnyValue:StringLikeIfExists`.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
///
/// ```
/// use policy_core::policy::{Comparison, Operator, Qualifier};
///
/// let operator: Operator = "ForAnyValue:StringLikeIfExists".parse()?;
/// assert_eq!(operator.qualifier, Some(Qualifier::ForAnyValue));
/// assert_eq!(operator.comparison, Comparison::StringLike);
/// assert!(operator.if_exists);
/// assert_eq!(operator, Operator::from(Comparison::StringLike).qualified(Qualifier::ForAnyValue).if_exists());
/// assert_eq!(operator.to_string(), "ForAnyValue:StringLikeIfExists");
/// assert_eq!("StringLikes".parse::<Operator>().unwrap_err().suggestion(), Some("StringLike"));
/// # Ok::<(), policy_core::spelling::UnknownNameError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Operator {
    /// How several values in the request are compared.
    pub qualifier: Option<Qualifier>,
    /// How two values are compared.
    pub comparison: Comparison,
    /// Whether a request without the key meets the condition. AWS rejects it for `Null`.
    pub if_exists: bool,
}

/// A prefix of an operator, for multivalued condition keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Qualifier {
    /// Every value in the request must be among the values of the policy; also met without values.
    ForAllValues,
    /// At least one value in the request must be.
    ForAnyValue,
}

impl Qualifier {
    /// All qualifiers.
    pub const ALL: &'static [Self] = &[Self::ForAllValues, Self::ForAnyValue];

    /// The prefix without its colon.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ForAllValues => "ForAllValues",
            Self::ForAnyValue => "ForAnyValue",
        }
    }
}

/// The prefix without its colon.
impl fmt::Display for Qualifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The prefix without its colon.
impl FromStr for Qualifier {
    type Err = UnknownNameError;

    #[inline]
    fn from_str(name: &str) -> Result<Self, UnknownNameError> {
        spelling::find("a qualifier of condition operators", name, Self::ALL, Self::name)
    }
}

/// The type of the values that an operator compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Family {
    /// Text.
    String,
    /// Numbers.
    Numeric,
    /// Dates and times.
    Date,
    /// `true` and `false`.
    Bool,
    /// Binary data, in base64.
    Binary,
    /// IP addresses and ranges.
    IpAddress,
    /// ARNs.
    Arn,
    /// The presence of a key.
    Null,
}

impl Family {
    /// The type of the condition keys whose values are compared as such; `None` for the presence of a key, which any type has.
    pub const fn scalar(self) -> Option<Scalar> {
        Some(match self {
            Self::String => Scalar::String,
            Self::Numeric => Scalar::Numeric,
            Self::Date => Scalar::Date,
            Self::Bool => Scalar::Bool,
            Self::Binary => Scalar::Binary,
            Self::IpAddress => Scalar::IpAddress,
            Self::Arn => Scalar::Arn,
            Self::Null => return None,
        })
    }
}

macro_rules! comparisons {
    ($($name:ident $family:ident $(negated = $negated:literal)?;)+) => {
        /// The comparison of an operator. Its names are AWS's.
        #[allow(missing_docs, reason = "the names are AWS's; each is described on the page that `Operator` names")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Comparison { $($name),+ }

        impl Comparison {
            /// All comparisons.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The name in AWS: `StringLike`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name)),+ }
            }

            /// The type of the values that it compares.
            pub const fn family(self) -> Family {
                match self { $(Self::$name => Family::$family),+ }
            }

            /// Whether it is met if the values differ, and so also if the key is missing.
            pub const fn is_negated(self) -> bool {
                match self { $(Self::$name => false $(|| $negated)?),+ }
            }
        }
    };
}

comparisons! {
    StringEquals String;
    StringNotEquals String negated = true;
    StringEqualsIgnoreCase String;
    StringNotEqualsIgnoreCase String negated = true;
    StringLike String;
    StringNotLike String negated = true;
    NumericEquals Numeric;
    NumericNotEquals Numeric negated = true;
    NumericLessThan Numeric;
    NumericLessThanEquals Numeric;
    NumericGreaterThan Numeric;
    NumericGreaterThanEquals Numeric;
    DateEquals Date;
    DateNotEquals Date negated = true;
    DateLessThan Date;
    DateLessThanEquals Date;
    DateGreaterThan Date;
    DateGreaterThanEquals Date;
    Bool Bool;
    BinaryEquals Binary;
    IpAddress IpAddress;
    NotIpAddress IpAddress negated = true;
    ArnEquals Arn;
    ArnNotEquals Arn negated = true;
    ArnLike Arn;
    ArnNotLike Arn negated = true;
    Null Null;
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Comparison {
    type Err = UnknownNameError;

    #[inline]
    fn from_str(name: &str) -> Result<Self, UnknownNameError> {
        spelling::find("a comparison of condition operators", name, Self::ALL, Self::name)
    }
}

impl Comparison {
    /// Whether `*` and `?` in its values are wildcards.
    pub const fn supports_wildcards(self) -> bool {
        matches!(self, Self::StringLike | Self::StringNotLike) || self.is_arn()
    }

    /// Whether `${...}` in its values is a policy variable.
    pub const fn supports_variables(self) -> bool {
        matches!(self.family(), Family::String | Family::Arn)
    }

    /// The comparison that conditions on values of the type mostly have.
    pub(crate) const fn usual(scalar: Scalar) -> Self {
        match scalar {
            Scalar::String => Self::StringEquals,
            Scalar::Arn => Self::ArnLike,
            Scalar::Bool => Self::Bool,
            Scalar::Numeric => Self::NumericEquals,
            Scalar::Date => Self::DateLessThan,
            Scalar::IpAddress => Self::IpAddress,
            Scalar::Binary => Self::BinaryEquals,
        }
    }

    const fn is_arn(self) -> bool {
        matches!(self.family(), Family::Arn)
    }
}

impl Operator {
    /// The operator with this name, without the cost of an error.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let (qualifier, rest) = match name.split_once(':') {
            None => (None, name),
            Some((prefix, rest)) => {
                let named = |qualifier: &Qualifier| qualifier.name() == prefix;
                (Some(Qualifier::ALL.iter().copied().find(named)?), rest)
            }
        };
        let (base, if_exists) = rest.strip_suffix("IfExists").map_or((rest, false), |base| (base, true));
        let comparison = Comparison::ALL
            .iter()
            .copied()
            .find(|comparison| comparison.name() == base)?;
        Some(Self {
            qualifier,
            comparison,
            if_exists,
        })
    }

    /// All operators that AWS accepts.
    #[inline]
    fn all() -> Vec<Self> {
        let qualifiers = [None, Some(Qualifier::ForAllValues), Some(Qualifier::ForAnyValue)];
        let mut all = Vec::new();
        for &comparison in Comparison::ALL {
            for qualifier in qualifiers {
                let plain = Self {
                    qualifier,
                    comparison,
                    if_exists: false,
                };
                all.push(plain);
                if comparison != Comparison::Null {
                    all.push(plain.if_exists());
                }
            }
        }
        all
    }

    /// The same operator for a multivalued condition key.
    #[must_use]
    pub const fn qualified(self, qualifier: Qualifier) -> Self {
        Self {
            qualifier: Some(qualifier),
            ..self
        }
    }

    /// The same operator, also met by a request without the key.
    #[must_use]
    pub const fn if_exists(self) -> Self {
        Self {
            if_exists: true,
            ..self
        }
    }
}

/// The comparison without qualifier or `IfExists`.
impl From<Comparison> for Operator {
    fn from(comparison: Comparison) -> Self {
        Self {
            qualifier: None,
            comparison,
            if_exists: false,
        }
    }
}

/// Case matters, as in AWS.
impl FromStr for Operator {
    type Err = UnknownNameError;

    #[inline]
    fn from_str(name: &str) -> Result<Self, UnknownNameError> {
        let names = || Self::all().into_iter().map(|operator| operator.to_string());
        Self::named(name).ok_or_else(|| UnknownNameError::new("a condition operator", name, names()))
    }
}

/// The operator as written in a policy.
impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(qualifier) = self.qualifier {
            write!(f, "{}:", qualifier.name())?;
        }
        f.write_str(self.comparison.name())?;
        f.write_str(if self.if_exists { "IfExists" } else { "" })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::{Comparison, Operator};

    #[test]
    fn all_combinations_have_a_name() {
        let mut count = 0;
        for qualifier in ["", "ForAllValues:", "ForAnyValue:"] {
            for suffix in ["", "IfExists"] {
                for comparison in Comparison::ALL {
                    let name = format!("{qualifier}{}{suffix}", comparison.name());
                    assert_eq!(name.parse::<Operator>().unwrap().to_string(), name);
                    count += 1;
                }
            }
        }
        assert_eq!(count, 27 * 6);
    }

    #[test]
    fn names_are_exact() {
        for name in [
            "stringEquals",
            "StringEqualsIfExist",
            "ForSomeValues:StringEquals",
            "BinaryNotEquals",
            "",
        ] {
            assert!(name.parse::<Operator>().is_err(), "{name}");
        }
    }
}
