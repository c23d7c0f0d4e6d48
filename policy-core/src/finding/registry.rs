//! The macro behind the registry: it defines the type of codes and their properties.

/// Defines [`Code`](super::Code) from rows `/// summary`, `family/Variant = "NAME", severity, outcome, own;`, the last of
/// which is optional. Each name has a page next to the rules of its family,
/// `policy-core/src/check/rules/family/NAME.md`: without it, the code does not compile.
macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $family:ident / $variant:ident = $name:literal, $severity:ident, $outcome:ident $(, $own:ident)?;)+) => {
        /// A kind of mistake. Those that IAM Access Analyzer checks have its code; the others are our own.
        ///
        /// Source of Access Analyzer's: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $(
                $(#[doc = $doc])+
                // The following is for readers only, so users' builds do not include it.
                #[cfg_attr(doc, doc = "")]
                #[cfg_attr(doc, doc = concat!("Written `", $name, "`; its severity is [`", stringify!($severity), "`](Severity::", stringify!($severity), ")", $(own!($own),)? "."))]
                #[cfg_attr(doc, doc(alias = $name))]
                #[cfg_attr(doc, doc = "")]
                #[cfg_attr(doc, doc = include_str!(concat!("../check/rules/", stringify!($family), "/", $name, ".md")))]
                $variant,
            )+
        }

        impl Code {
            /// All codes.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code in capitals, as Access Analyzer writes it: `INVALID_ACTION`.
            pub const fn name(self) -> &'static str {
                self.row().name
            }

            /// The severity.
            pub const fn severity(self) -> Severity {
                self.row().severity
            }

            /// Whether the statement has no effect, although AWS accepts it.
            pub const fn has_no_effect(self) -> bool {
                matches!(self.row().outcome, Outcome::Dead)
            }

            /// Whether AWS rejects every policy that has the mistake, so that it is never stored. Other mistakes AWS rejects
            /// in some places only, or accepts.
            pub const fn is_rejected(self) -> bool {
                matches!(self.row().outcome, Outcome::Rejected)
            }

            /// Whether the code is our own, for a mistake that Access Analyzer does not check.
            pub const fn is_own(self) -> bool {
                self.row().is_own
            }

            /// The meaning, in one or two sentences on one line.
            #[cfg(feature = "values")]
            pub const fn summary(self) -> &'static str {
                self.row().doc.trim_ascii_start()
            }

            /// Why it matters, with a policy that has the mistake and a corrected one: in Markdown, the page next to
            /// its rule. The two policies alone are an [`Example`](crate::check::Example).
            #[cfg(feature = "values")]
            pub const fn explanation(self) -> &'static str {
                self.row().page
            }

            #[allow(clippy::indexing_slicing, reason = "there is a row for every code, in the same order")]
            const fn row(self) -> &'static Row {
                // One list: a constant for each would be evaluated by itself.
                static ROWS: &[Row] = &[
                    $(Row {
                        name: $name,
                        severity: Severity::$severity,
                        outcome: $outcome,
                        is_own: false $(|| $own)?,
                        #[cfg(feature = "values")]
                        doc: concat!($($doc),+),
                        #[cfg(feature = "values")]
                        page: include_str!(concat!("../check/rules/", stringify!($family), "/", $name, ".md")),
                    },)+
                ];
                &ROWS[self as usize]
            }
        }
    };
}

pub(super) use codes;
