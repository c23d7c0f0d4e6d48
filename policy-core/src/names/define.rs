//! The trait of all names, and the macro that implements it.

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
    const MIN_LEN: usize;
    /// The maximum length of a value in a policy, in characters.
    const MAX_LEN: usize;
    /// A valid value, for examples and to check a policy with holes.
    const SAMPLE: &'static str;

    /// Parses the text as this type of name.
    fn parse_name(text: &str) -> Result<Self, NameError>;

    /// The name that is a part of a name that has been checked.
    #[doc(hidden)]
    fn __verified(text: &str) -> Self;
}

/// A name that is not an ARN.
pub trait PlainName: Name {}

/// The properties of a type of names.
#[derive(Clone, Copy)]
pub(super) struct Facts {
    /// With its article: `an AWS account ID`.
    pub(super) noun: &'static str,
    /// The format, as it follows "write": `12 digits`.
    pub(super) form: &'static str,
    pub(super) min: usize,
    pub(super) max: usize,
    pub(super) sample: &'static str,
}

/// Defines the types, the trait implementations and the enumeration from one list, so that none can be forgotten.
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
                #[inline]
                pub fn new(text: impl Into<String>) -> Result<Self, NameError> {
                    #[allow(unused_mut, reason = "only a name that keeps a part of its text cuts it")]
                    let mut text = text.into();
                    match Self::verify(&text) {
                        Ok(()) => {
                            $(text.truncate($kept(&text).len());)?
                            Ok(Self(Cow::Owned(text)))
                        }
                        Err(reason) => Err(NameError::new(NameKind::$name, text, reason)),
                    }
                }

                /// For constants: in a `const`, a mistake is a compile error that says what to write. Elsewhere it is
                /// checked at run time.
                ///
                /// # Panics
                ///
                /// If the text is not a valid name. For text that is not a constant, use [`new`](Self::new), whose
                /// error also says what is wrong with it.
                #[allow(clippy::panic, reason = "in a constant a panic is the compile error")]
                #[track_caller]
                pub const fn from_static(text: &'static str) -> Self {
                    if Self::verify(text).is_err() {
                        panic!("{}", concat!("this is not ", $noun, ": write ", $form, ", such as `", $sample, "`"));
                    }
                    $(let text = $kept(text);)?
                    Self(Cow::Borrowed(text))
                }

                /// The text, as written in a policy.
                #[inline]
                pub fn as_str(&self) -> &str {
                    &self.0
                }

                const FACTS: Facts = Facts {
                    noun: $noun,
                    form: $form,
                    min: $min,
                    max: $max,
                    sample: $sample,
                };

                const fn verify(text: &str) -> Result<(), Reason> {
                    if text.is_empty() && $min > 0 {
                        return Err(Reason::new(Fault::Empty));
                    }
                    check!($rule(text));
                    scan::length(text, $min, $max)
                }
            }

            impl Name for $name {
                const KIND: NameKind = NameKind::$name;
                const MIN_LEN: usize = $min;
                const MAX_LEN: usize = $max;
                const SAMPLE: &'static str = $sample;

                #[inline]
                fn parse_name(text: &str) -> Result<Self, NameError> {
                    Self::new(text)
                }

                #[inline]
                fn __verified(text: &str) -> Self {
                    Self(Cow::Owned(text.to_owned()))
                }
            }

            impl PlainName for $name {}

            impl AsRef<str> for $name {
                #[inline]
                fn as_ref(&self) -> &str {
                    &self.0
                }
            }

            impl fmt::Display for $name {
                #[inline]
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.pad(&self.0)
                }
            }

            impl FromStr for $name {
                type Err = NameError;

                #[inline]
                fn from_str(text: &str) -> Result<Self, NameError> {
                    Self::new(text)
                }
            }

            impl TryFrom<&str> for $name {
                type Error = NameError;

                #[inline]
                fn try_from(text: &str) -> Result<Self, NameError> {
                    Self::new(text)
                }
            }

            impl TryFrom<String> for $name {
                type Error = NameError;

                #[inline]
                fn try_from(text: String) -> Result<Self, NameError> {
                    Self::new(text)
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

            impl From<$name> for String {
                #[inline]
                fn from(name: $name) -> String {
                    name.0.into_owned()
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

            /// The type with that identifier, such as `AccountId`.
            pub fn from_type_name(identifier: &str) -> Option<Self> {
                match identifier {
                    $(stringify!($name) => Some(NameKind::$name),)*
                    _ => {
                        let mut arns = ArnKind::ALL.iter();
                        arns.find(|kind| kind.type_name() == identifier).map(|kind| NameKind::Arn(*kind))
                    }
                }
            }

            /// The identifier of the type.
            pub const fn type_name(self) -> &'static str {
                match self {
                    $(NameKind::$name => stringify!($name),)*
                    NameKind::Arn(kind) => kind.type_name(),
                }
            }

            pub(super) const fn facts(self) -> Facts {
                match self {
                    $(NameKind::$name => $name::FACTS,)*
                    NameKind::Arn(kind) => kind.facts().as_name(),
                }
            }

            pub(super) const fn verify(self, text: &str) -> Result<(), Reason> {
                match self {
                    $(NameKind::$name => $name::verify(text),)*
                    NameKind::Arn(kind) => arn_of::verify(kind.facts(), text),
                }
            }
        }
    };
}
pub(super) use names;
