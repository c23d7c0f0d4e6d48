//! The types of names.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use super::{Name, PlainName, kept};
use crate::names::list::names;
use crate::names::{NameError, NameKind};

/// Defines the types with their trait implementations from the list, so that none can be forgotten. All that is not the type's own is a
/// function of its [`NameKind`]: what is written here is compiled for each of them.
macro_rules! types {
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
            pub struct $name(pub(in super::super) Cow<'static, str>);

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

        impl NameKind {
            /// The part of a valid text that is the name.
            pub(in super::super) const fn kept(self, text: &str) -> &str {
                match self {
                    $($(NameKind::$name => $kept(text),)?)*
                    _ => text,
                }
            }
        }
    };
}

names!(types);
