//! The trait of all names, and the macro that implements it.

use std::borrow::Cow;
use std::fmt;

use super::NameKind;
use super::error::NameError;

/// A text that is valid for its type and can be written in a policy as is: no name contains a character that JSON would
/// escape.
///
/// All types of [`names`](super) implement it; [`NameKind`] has the same properties for a type known only by its name.
///
/// ```
/// use policy_core::names::{AccountId, Name};
///
/// fn widest<N: Name>() -> usize {
///     N::MAX_LEN
/// }
/// assert_eq!(widest::<AccountId>(), 12);
/// ```
pub trait Name: AsRef<str> + fmt::Display + Sized {
    /// The kind of name.
    const KIND: NameKind;
    /// The minimum length of a value in a policy, in characters.
    const MIN_LEN: usize = Self::KIND.min_len();
    /// The maximum length of a value in a policy, in characters.
    const MAX_LEN: usize = Self::KIND.max_len();
    /// A valid value, for examples and to check a policy with holes.
    const SAMPLE: &'static str = Self::KIND.sample();

    /// Parses the text as this type of name.
    #[inline]
    fn parse_name(text: &str) -> Result<Self, NameError> {
        Self::KIND.parse(text.to_owned()).map(Self::__verified)
    }

    /// The name with a text that has been checked.
    #[doc(hidden)]
    fn __verified(text: Cow<'static, str>) -> Self;
}

/// A name that is not an ARN.
pub trait PlainName: Name {}

/// The properties of a type of names.
#[derive(Clone, Copy)]
pub(super) struct Facts {
    pub(super) type_name: &'static str,
    /// With its article: `an AWS account ID`.
    pub(super) noun: &'static str,
    /// The format, as it follows "write": `12 digits`.
    pub(super) form: &'static str,
    pub(super) min: usize,
    pub(super) max: usize,
    pub(super) sample: &'static str,
}

/// Defines the types, the trait implementations and the enumeration from one list, so that none can be forgotten. All that
/// is not the type's own is a function of its [`NameKind`]: what is written here is compiled for each of them.
///
/// A row is the type, the noun with its article, the format, the minimum and the maximum length, a valid value, an
/// invalid one, the rule as a `const fn(&str) -> Result<(), Reason>`, and, if only a part of the text is kept, the
/// `const fn(&str) -> &str` that extracts it.
macro_rules! names {
    ($(
        $(#[$doc:meta])*
        $name:ident {
            noun: $noun:literal,
            form: $form:literal,
            chars: $min:expr, $max:expr,
            sample: $sample:literal,
            mistake: $mistake:literal,
            rule: $rule:path
            $(, kept: $kept:path)? $(,)?
        }
    )*) => {
        $(
            $(#[$doc])*
            ///
            /// ```
            #[doc = concat!("use policy_core::names::", stringify!($name), ";")]
            ///
            #[doc = concat!("const EXAMPLE: ", stringify!($name), " =")]
            #[doc = concat!("    ", stringify!($name), "::from_static(\"", $sample, "\");")]
            #[doc = concat!("assert_eq!(", stringify!($name), "::new(\"", $sample, "\"), Ok(EXAMPLE));")]
            #[doc = concat!("assert!(", stringify!($name), "::new(\"", $mistake, "\").is_err());")]
            /// ```
            #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $name(pub(super) Cow<'static, str>);

            impl $name {
                /// Parses the text as this name, or returns what is wrong with it.
                pub fn new(text: impl Into<String>) -> Result<Self, NameError> {
                    NameKind::$name.parse(text.into()).map(Self)
                }

                /// For constants: in a `const`, a mistake is a compile error that says what to write. Elsewhere it is
                /// checked at run time.
                ///
                /// # Panics
                ///
                /// If the text is not a valid name. For text that is not a constant, use [`new`](Self::new), whose
                /// error also says what is wrong with it.
                #[track_caller]
                #[inline]
                pub const fn from_static(text: &'static str) -> Self {
                    Self(Cow::Borrowed(NameKind::$name.of_static(text)))
                }

                /// The text, as written in a policy.
                #[inline]
                pub fn as_str(&self) -> &str {
                    &self.0
                }
            }

            impl Name for $name {
                const KIND: NameKind = NameKind::$name;

                fn __verified(text: Cow<'static, str>) -> Self {
                    Self(text)
                }
            }

            impl PlainName for $name {}

            impl AsRef<str> for $name {
                fn as_ref(&self) -> &str {
                    &self.0
                }
            }

            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.pad(&self.0)
                }
            }

            impl FromStr for $name {
                type Err = NameError;

                fn from_str(text: &str) -> Result<Self, NameError> {
                    Self::parse_name(text)
                }
            }

            impl TryFrom<&str> for $name {
                type Error = NameError;

                fn try_from(text: &str) -> Result<Self, NameError> {
                    Self::parse_name(text)
                }
            }

            impl TryFrom<String> for $name {
                type Error = NameError;

                fn try_from(text: String) -> Result<Self, NameError> {
                    NameKind::$name.parse(text).map(Self)
                }
            }

            impl From<$name> for String {
                fn from(name: $name) -> String {
                    name.0.into_owned()
                }
            }

            #[cfg(feature = "serde")]
            impl ::serde::Serialize for $name {
                fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serializer.serialize_str(&self.0)
                }
            }

            #[cfg(feature = "serde")]
            impl<'de> ::serde::Deserialize<'de> for $name {
                fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    super::serde::deserialize(deserializer)
                }
            }
        )*

        /// A type of names, by its Rust identifier, for macros that only see tokens.
        ///
        /// ```
        /// use policy_core::names::NameKind;
        ///
        /// let kind = NameKind::from_type_name("AccountId").unwrap();
        /// assert_eq!(kind.sample(), "111122223333");
        /// assert_eq!((kind.min_len(), kind.max_len()), (12, 12));
        /// assert!(kind.check("11112222333").is_err());
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum NameKind {
            $(
                #[doc = concat!("[`", stringify!($name), "`](super::", stringify!($name), ")")]
                $name,
            )*
            /// The ARN of a resource of some type.
            Arn(ArnKind),
        }

        impl NameKind {
            /// All types but those of ARNs, which [`ArnKind::ALL`] has.
            pub const NAMES: &'static [NameKind] = &[$(NameKind::$name),*];

            pub(super) const fn facts(self) -> Facts {
                *match self {
                    $(NameKind::$name => &Facts {
                        type_name: stringify!($name),
                        noun: $noun,
                        form: $form,
                        min: $min,
                        max: $max,
                        sample: $sample,
                    },)*
                    NameKind::Arn(kind) => return kind.facts().as_name(),
                }
            }

            /// What its type demands besides its length.
            pub(super) const fn rule(self, text: &str) -> Result<(), Reason> {
                match self {
                    $(NameKind::$name => $rule(text),)*
                    NameKind::Arn(kind) => arn_of::verify(kind.facts(), text),
                }
            }

            /// The part of a valid text that is the name.
            pub(super) const fn kept(self, text: &str) -> &str {
                match self {
                    $($(NameKind::$name => $kept(text),)?)*
                    _ => text,
                }
            }
        }
    };
}
pub(super) use names;
