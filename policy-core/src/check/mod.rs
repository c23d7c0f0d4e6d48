//! The checker: a document in, findings out.
//!
//! Three floors. `facts` says what a document means, once; `rules` are functions of the facts, each of which finds its
//! own mistakes and knows of no other; the `verdict` is where findings meet: which one hides which, what the options leave
//! out, and in which order they are given.
//!
//! A rule never reads JSON, and it judges templates as it judges text, because a [`Text`](crate::document::Text) gives it
//! the string with every hole filled.

mod acted_on;
mod behind;
mod compared;
#[cfg(feature = "values")]
mod example;
#[cfg(test)]
mod expect;
mod facts;
#[cfg(test)]
mod followed;
mod joined;
#[cfg(test)]
mod large;
#[cfg(test)]
mod layers;
mod options;
mod own_type;
#[cfg(feature = "evaluate")]
pub(crate) mod refused;
#[cfg(feature = "evaluate")]
pub(crate) mod request;
mod rules;
mod table;
#[cfg(test)]
mod tests;
mod verdict;
mod words;

use crate::document::{Document, Place};
use crate::finding::{Code, Finding, Findings};
use crate::policy::Kind;

use facts::Facts;

#[cfg(feature = "edit")]
pub(crate) use facts::is_action;

#[doc(hidden)]
pub use acted_on::{ActedOn, Proposed, continued};
#[doc(hidden)]
pub use behind::{WildcardBehind, wildcard_behind};
#[doc(hidden)]
pub use compared::Compared;
#[cfg(feature = "values")]
pub use example::Example;
#[doc(hidden)]
pub use joined::{Joined, joined};
pub use options::Options;
#[doc(hidden)]
pub use own_type::{NoOwnType, own_format, own_name, resource_type};
#[doc(hidden)]
pub use words::catalogue_note;

/// Everything that is wrong with a policy of this kind, in the order of the document.
///
/// The document is any JSON: what makes it no policy is found too. In a template every hole is judged by a sample of its
/// type, and quoted as it is written. The rules are those of [`Code`], each with its source.
///
/// ```
/// use policy_core::check::{Options, check};
/// use policy_core::document::Document;
/// use policy_core::policy::Kind;
///
/// let document = Document::read(r#"{ "Version": "2012-10-17", "Statement": [] }"#)?;
/// let findings = check(&document, Kind::Identity, &Options::new());
/// assert_eq!(findings.iter().map(|finding| finding.code().name()).collect::<Vec<_>>(), ["MISSING_STATEMENT"]);
/// # Ok::<(), policy_core::document::SyntaxError>(())
/// ```
#[inline]
pub fn check(document: &Document<'_>, kind: Kind, options: &Options) -> Findings {
    let (told, _) = check_allowing(document, kind, options);
    told
}

/// The same, and apart from it the findings that are left out because of [`Options::allow_subject`], so that `policy!` can
/// report an allowance that hides nothing.
#[doc(hidden)]
pub fn check_allowing(document: &Document<'_>, kind: Kind, options: &Options) -> (Findings, Findings) {
    let facts = Facts::of(document, kind, options);
    verdict::settle(rules::run(rules::all(), &facts), &facts)
}

/// The same of the bytes of a file, which may be anything.
///
/// What is not JSON ([RFC 8259](https://www.rfc-editor.org/rfc/rfc8259), in UTF-8) has the one finding
/// [`JsonSyntaxError`](Code::JsonSyntaxError), where it stops being JSON, and is not looked at further. So this has no error:
/// a caller that wants to tell a broken file from a wrong policy looks for that code. The places of findings are bytes of `json`.
///
/// ```
/// use policy_core::check::{Options, check_json};
/// use policy_core::document::Place;
/// use policy_core::policy::Kind;
///
/// let json = b"{ \"Version\": \"2012-10-17\", }";
/// let findings = check_json(json, Kind::Identity, &Options::new());
/// let [finding] = findings.iter().collect::<Vec<_>>()[..] else { panic!("one finding") };
/// assert_eq!(finding.code().name(), "JSON_SYNTAX_ERROR");
/// assert_eq!(json[finding.place().start as usize], b',');
/// ```
#[inline]
pub fn check_json(json: &[u8], kind: Kind, options: &Options) -> Findings {
    let read = match std::str::from_utf8(json) {
        Ok(text) => Document::read(text).map_err(|error| Finding::from(&error)),
        Err(error) => Err(not_utf8(error.valid_up_to())),
    };
    match read {
        Ok(document) => check(&document, kind, options),
        Err(finding) => {
            let mut findings = Findings::new();
            findings.extend(options.wants(&finding).then_some(finding));
            findings
        }
    }
}

#[inline]
pub(crate) fn not_utf8(offset: usize) -> Finding {
    let at = u32::try_from(offset).unwrap_or(u32::MAX);
    Finding::new(
        Code::JsonSyntaxError,
        Place::new(at, at),
        format!("byte {offset} is not UTF-8"),
    )
    .note("JSON is UTF-8")
    .with_help("save the file as UTF-8 without a byte order mark")
}
