//! The types of names, and what is known of each by its row in the list.

use super::arn_of::{self, facts::ArnKind};
use super::error::NameError;
use super::list::names;
use super::reason::{Fault, Reason};
use super::scan::{self, check};
use super::told::Told;
use super::{account, date, host, iam, ip, kms, number, region, resource, s3, secret};

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

/// Defines the enumeration, and what each type is, from the list of all names.
macro_rules! kinds {
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
        }
    };
}

names!(kinds);

impl NameKind {
    /// All types.
    pub fn all() -> impl Iterator<Item = Self> {
        let arns = ArnKind::ALL.iter().copied().map(Self::Arn);
        Self::NAMES.iter().copied().chain(arns)
    }

    /// The type with that identifier, such as `AccountId`.
    pub fn from_type_name(identifier: &str) -> Option<Self> {
        for kind in Self::NAMES {
            if kind.type_name() == identifier {
                return Some(*kind);
            }
        }
        for kind in ArnKind::ALL {
            if kind.type_name() == identifier {
                return Some(Self::Arn(*kind));
            }
        }
        None
    }

    /// The identifier of the type.
    pub const fn type_name(self) -> &'static str {
        match self {
            Self::Arn(kind) => kind.type_name(),
            _ => self.facts().type_name,
        }
    }

    /// The noun for the type, with its article: `an AWS account ID`.
    pub const fn noun(self) -> &'static str {
        self.facts().noun
    }

    /// The required format, as it follows "write".
    pub const fn form(self) -> &'static str {
        self.facts().form
    }

    /// A valid value.
    pub const fn sample(self) -> &'static str {
        self.facts().sample
    }

    /// The minimum length of a value in a policy, in characters.
    pub const fn min_len(self) -> usize {
        self.facts().min
    }

    /// The maximum length of a value in a policy, in characters.
    pub const fn max_len(self) -> usize {
        self.facts().max
    }

    pub(super) const fn verify(self, text: &str) -> Result<(), Reason> {
        if let Self::Arn(_) = self {
            return self.rule(text);
        }
        let Facts { min, max, .. } = self.facts();
        if text.is_empty() && min > 0 {
            return Err(Reason::new(Fault::Empty));
        }
        check!(self.rule(text));
        scan::length(text, min, max)
    }

    /// What is wrong with a name, as a sentence without its end.
    pub(super) const fn wrong(self, text: &str, reason: Reason, told: &mut Told) {
        told.quote(text);
        told.push(" is not ");
        told.push(self.noun());
        told.push(": ");
        reason.tell(text, told);
    }

    /// Whether a name of this type can be that of a resource of any type.
    pub(crate) const fn is_of_any_resource(self) -> bool {
        matches!(self, Self::ResourceName | Self::ResourceId | Self::ResourcePart)
    }

    /// Whether some value of this type, with text before and after it, can be one of its values again, as the name of a queue that
    /// begins with the name of another.
    pub(crate) fn accepts_between(self, before: &str, after: &str) -> bool {
        let is_complete = match self {
            Self::Arn(kind) => !before.is_empty() || kind.ends_with_an_id(),
            // More digits are another number, and more labels are the service of another domain.
            Self::Number | Self::ServicePrincipal => true,
            // The six characters at its end are random.
            Self::SecretId => !after.is_empty(),
            _ => false,
        };
        !is_complete && self.accepts(&[before, self.sample(), after].concat())
    }

    /// Whether the text is a valid name.
    pub(crate) const fn accepts(self, text: &str) -> bool {
        self.verify(text).is_ok()
    }

    /// Checks whether the text is a valid name.
    pub fn check(self, text: &str) -> Result<(), NameError> {
        self.verify(text)
            .map_err(|reason| NameError::new(self, text.to_owned(), reason))
    }
}
