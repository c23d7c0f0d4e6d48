//! ARNs that are a hole, continued by more text: `<ledger>/*`.
//!
//! In a string that is written out, `ledger/orders/*` may be about a ledger whose name has a slash, unless AWS says that no name
//! has one. A hole is the whole ARN of a resource: what follows its name is the ARN of something that belongs to the resource, and
//! of most types nothing does.

use crate::arn::{ArnFormat, ArnPattern, Field, write};
use crate::check::facts::formats;
use crate::document::Text;
use crate::names::{ArnKind, NameKind};
use crate::policy::variable;

/// The ARN that a hole is, and the text behind it, which begins a new part of the ARN.
#[derive(Clone, Copy)]
pub(super) struct Continued<'d> {
    whole: ArnPattern<'d>,
    /// The first sign in the text that separates the parts of an ARN.
    separator: char,
}

impl<'d> Continued<'d> {
    pub fn of(text: &'d Text<'_>, arn: &ArnPattern<'_>) -> Option<Self> {
        if text.holes().is_empty() {
            return None;
        }
        let hole = write::whole(text, arn)?;
        let behind = text.filled().get(hole.filled.end..)?;
        let separator =
            variable::outside(behind).find_map(|(_, part)| part.chars().find(|sign| is_separator(*sign)))?;
        let whole = ArnPattern::parse(text.filled().get(hole.filled.clone())?).ok()?;
        Some(Self { whole, separator })
    }

    /// Whether the string is of this format only if the text behind the hole were part of the resource's name.
    pub fn is_only_a_name_in(&self, format: ArnFormat<'_>) -> bool {
        self.whole.fits_format(format).is_yes() && !self.goes_on(format)
    }

    /// Whether ARNs of the format have more behind their name, or names that have the separator.
    fn goes_on(&self, format: ArnFormat<'_>) -> bool {
        let resource = format.field(Field::Resource);
        let Some(variable) = format.variables(Field::Resource).last() else {
            return true;
        };
        // If AWS says what the name is made of, it is known already that it may have the separator.
        if !resource.ends_with('}') || format.name_format(variable).is_some() {
            return true;
        }
        let is_listed =
            |(service, start): &(&str, &str)| format.field(Field::Service) == *service && resource.starts_with(start);
        // The ARN has the path already, and behind the name comes nothing: `<role>/*`.
        let ends_with_name = variable.ends_with("WithPath");
        HIERARCHIES
            .iter()
            .any(|word| variable.contains(word) && !ends_with_name)
            || MORE_BEHIND_THE_NAME.iter().any(is_listed)
            || name_of(format).is_some_and(|name| self.is_in_names(name))
            || self.separator == ':' && has_qualifiers(format)
    }

    fn is_in_names(&self, name: NameKind) -> bool {
        let longer = format!("{}{}x", name.sample(), self.separator);
        !name.is_of_any_resource() && name.check(&longer).is_ok()
    }
}

/// The words in the names of variables whose values are paths.
const HIERARCHIES: [&str; 8] = [
    "Alias",
    "Folder",
    "LeadingSlash",
    "Object",
    "Path",
    "Prefix",
    "Topic",
    "Uri",
];

/// Types whose ARNs go on behind the name, although the reference does not say so: their service, and the beginning of their resource.
/// - <https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ac.html>: the paths of a domain's API
/// - <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destination-create.html>: a random ID
/// - the others by AWS's own managed policies, such as
///   <https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSElementalMediaConnectFullAccess.html>
const MORE_BEHIND_THE_NAME: [(&str, &str); 7] = [
    ("es", "domain/"),
    ("events", "connection/"),
    ("events", "api-destination/"),
    ("mediaconnect", "bridge:"),
    ("qdeveloper", "plugin/"),
    ("ssm", "servicesetting/"),
    ("ssm", "opsmetadata/"),
];

const fn is_separator(sign: char) -> bool {
    matches!(sign, '/' | ':')
}

/// The type of the names with which ARNs of a format end, if `policy-core` has one.
fn name_of(format: ArnFormat<'_>) -> Option<NameKind> {
    ArnKind::of_format(format)?.last_part()
}

/// Whether the service has versions or aliases of such a resource, behind a colon. Actions that the reference lists for the resource
/// alone apply to them as well, as `states:DescribeStateMachine` does.
fn has_qualifiers(format: ArnFormat<'_>) -> bool {
    formats(format.field(Field::Service)).any(|(_, other)| {
        let behind = other.as_str().strip_prefix(format.as_str());
        behind.is_some_and(|behind| behind.starts_with(':'))
    })
}
