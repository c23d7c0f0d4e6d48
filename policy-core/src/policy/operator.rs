//! Condition operators.

use std::fmt;

/// A condition operator: `ForAnyValue:StringLikeIfExists`.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
///
/// ```
/// use policy_core::policy::{Comparison, Operator, Qualifier};
///
/// let operator = Operator::from_name("ForAnyValue:StringLikeIfExists").unwrap();
/// assert_eq!(operator.qualifier, Some(Qualifier::ForAnyValue));
/// assert_eq!(operator.comparison, Comparison::StringLike);
/// assert!(operator.if_exists);
/// assert_eq!(operator, Operator::from(Comparison::StringLike).qualified(Qualifier::ForAnyValue).if_exists());
/// assert_eq!(operator.to_string(), "ForAnyValue:StringLikeIfExists");
/// assert!(Operator::from_name("StringLikes").is_none());
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
pub enum Qualifier {
    /// Every value in the request must be among the values of the policy; also met without values.
    ForAllValues,
    /// At least one value in the request must be.
    ForAnyValue,
}

impl Qualifier {
    /// The prefix without its colon.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ForAllValues => "ForAllValues",
            Self::ForAnyValue => "ForAnyValue",
        }
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

impl Comparison {
    /// Whether `*` and `?` in its values are wildcards.
    pub const fn takes_wildcards(self) -> bool {
        matches!(self, Self::StringLike | Self::StringNotLike) || self.is_arn()
    }

    /// Whether `${...}` in its values is a policy variable.
    pub const fn takes_variables(self) -> bool {
        matches!(self.family(), Family::String | Family::Arn)
    }

    const fn is_arn(self) -> bool {
        matches!(self.family(), Family::Arn)
    }
}

impl Operator {
    /// The operator with this name. Case matters, as in AWS.
    pub fn from_name(name: &str) -> Option<Self> {
        let (qualifier, rest) = match name.split_once(':') {
            None => (None, name),
            Some(("ForAllValues", rest)) => (Some(Qualifier::ForAllValues), rest),
            Some(("ForAnyValue", rest)) => (Some(Qualifier::ForAnyValue), rest),
            Some(_) => return None,
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
                    assert_eq!(Operator::from_name(&name).unwrap().to_string(), name);
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
            assert!(Operator::from_name(name).is_none(), "{name}");
        }
    }
}
