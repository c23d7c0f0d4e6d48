//! What is made of the registry: the type of codes, and what is known of each.

/// Makes [`Code`](super::Code) of rows `/// summary`, `family/Variant = "NAME", severity, dead, own;`, the last of which may be
/// left out. Each name has a page beside the rules of its family, `policy-core/src/check/rules/family/NAME.md`: one that is
/// missing does not compile.
macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $family:ident / $variant:ident = $name:literal, $severity:ident, $dead:ident $(, $own:ident)?;)+) => {
        /// A kind of mistake. Those that IAM Access Analyzer knows have its code; the others are our own.
        ///
        /// Source of Access Analyzer's: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $(
                $(#[doc = $doc])+
                // What follows is for readers only: no build of a user should pay for it.
                #[cfg_attr(doc, doc = "")]
                #[cfg_attr(doc, doc = concat!("Written `", $name, "`; its severity is [`", stringify!($severity), "`](Severity::", stringify!($severity), ")", $(own!($own),)? "."))]
                #[cfg_attr(doc, doc(alias = $name))]
                #[cfg_attr(doc, doc = "")]
                #[cfg_attr(doc, doc = include_str!(concat!("../check/rules/", stringify!($family), "/", $name, ".md")))]
                $variant,
            )+
        }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code in capitals, as Access Analyzer writes it: `INVALID_ACTION`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// How bad it is.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity),+ }
            }

            /// Whether what is found can never do what it says, although AWS accepts it.
            pub const fn is_dead(self) -> bool {
                match self { $(Self::$variant => $dead),+ }
            }

            /// Whether it is a code of our own, for what Access Analyzer does not look at.
            pub const fn is_own(self) -> bool {
                match self { $(Self::$variant => false $(|| $own)?),+ }
            }

            /// What it means, in a sentence or two on one line.
            pub const fn summary(self) -> &'static str {
                let doc = match self { $(Self::$variant => concat!($($doc),+)),+ };
                doc.trim_ascii_start()
            }

            /// Why it matters, a policy that has it, and one that has it no longer: in Markdown,
            /// the page beside its rule. The two policies by themselves are an [`Example`](crate::check::Example).
            pub const fn explanation(self) -> &'static str {
                match self {
                    $(Self::$variant => include_str!(concat!("../check/rules/", stringify!($family), "/", $name, ".md"))),+
                }
            }
        }
    };
}

pub(super) use codes;
