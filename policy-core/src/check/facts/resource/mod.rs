//! The resources of a statement: what each covers, and what is wrong with one that is not the ARN of any resource.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>

mod field;
mod format;
mod secret;
mod short;
mod string;

use std::cell::OnceCell;

use super::placeholder;
use crate::arn::{ArnErrorKind, ArnFormat, ArnPattern, Field, Fit, Glob, Misfit};
use crate::catalogue::ResourceType;
use crate::collected::CollectVec;
use crate::document::{Place, Text};
use crate::policy::{Kind, StatementOutline};

pub(in crate::check) use field::ArnFault;
pub(in crate::check) use field::faults as field_faults;
pub(in crate::check) use format::{formats, type_of};
pub(in crate::check) use secret::Secret;
pub(in crate::check) use short::{with_colons, with_colons_if};

/// A resource of a statement and what it covers.
pub(in crate::check) struct ResourceRef<'d> {
    pub place: Place,
    pub text: &'d Text<'d>,
    pub scope: ResourceScope<'d>,
    /// What is wrong with it by itself.
    pub faults: Vec<ResourceFault>,
    /// What of it no format of its service takes, where no action of the statement is known to act on it.
    pub shape: Option<Misfit>,
    /// Whether an action of the statement acts on it, or could.
    pub is_used: bool,
    /// Looked up when something has to be said.
    own_type: OnceCell<Option<(ResourceType, ArnFormat<'static>)>>,
}

impl<'d> ResourceRef<'d> {
    /// Its ARN, if it is one that can be held against actions.
    pub const fn arn(&self) -> Option<ArnPattern<'d>> {
        match self.scope {
            ResourceScope::Arn(arn) => Some(arn),
            ResourceScope::Everything | ResourceScope::Unknown | ResourceScope::Unsettled => None,
        }
    }

    /// The type of the resource, and the format that says so.
    pub fn own_type(&self) -> Option<(ResourceType, ArnFormat<'static>)> {
        *self
            .own_type
            .get_or_init(|| self.arn().and_then(|arn| format::type_of(&arn)))
    }

    /// The name of the type of the resource, if it can be of no other as well.
    pub fn type_name(&self) -> Option<&'static str> {
        let own = self.own_type()?;
        let is_open = format::is_of_several(&self.arn()?, own);
        (!is_open).then(|| own.0.name())
    }
}

/// What a resource covers.
#[derive(Clone, Copy)]
pub(in crate::check) enum ResourceScope<'d> {
    /// `*`
    Everything,
    /// What this pattern matches.
    Arn(ArnPattern<'d>),
    /// It contains a placeholder, or a hole of unknown type: it may come to be anything, `*` too.
    Unknown,
    /// Something that is wrong, or that the catalogue does not list: it may be what some action acts on.
    Unsettled,
}

/// What is wrong with a resource by itself.
pub(in crate::check) enum ResourceFault {
    /// It is not an ARN.
    NotAnArn(ArnErrorKind),
    /// One of its first fields is not what it should be.
    Field(ArnFault),
    /// It is not the ARN of a secret as Secrets Manager has it.
    Secret(Secret),
    /// There are several ARNs in the string, these.
    Several(Vec<String>),
    /// There are blanks behind it.
    Blanks,
}

impl ResourceFault {
    /// Whether the resource can be held against actions all the same.
    const fn leaves_it_settled(&self) -> bool {
        matches!(self, Self::Field(ArnFault::WildcardInService))
    }
}

/// What the resources of a statement cover.
pub(super) fn of<'d>(statement: &StatementOutline<'d>, kind: Kind) -> Vec<ResourceRef<'d>> {
    // A role trust policy has no resources; that one has is reported where the kind's elements are judged.
    let Some(element) = statement.resource.filter(|_| kind != Kind::Trust) else {
        return Vec::new();
    };
    let mut resources = Vec::with_capacity(element.value.as_list().len());
    resources.extend(element.texts().map(|(place, text)| {
        let (scope, faults) = scope(text, kind);
        ResourceRef {
            place,
            text,
            scope,
            faults,
            shape: None,
            is_used: false,
            own_type: OnceCell::new(),
        }
    }));
    resources
}

fn scope<'d>(text: &'d Text<'d>, kind: Kind) -> (ResourceScope<'d>, Vec<ResourceFault>) {
    let resource = text.filled();
    if Glob::wildcards(resource).is_everything() {
        return (ResourceScope::Everything, Vec::new());
    }
    // API Gateway fills in what comes before.
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
    let is_short = kind == Kind::Resource && resource.starts_with("execute-api:/");
    if is_short || placeholder::is_in(text) {
        return (ResourceScope::Unknown, Vec::new());
    }
    if let Some(fault) = string::fault(text.written()) {
        return (ResourceScope::Unsettled, vec![fault]);
    }
    let arn = match ArnPattern::parse(resource) {
        // What is not known may be the ARN itself, and its service.
        Ok(arn) if text.has_unknown_in(&text.written_range(arn.range(Field::Service))) => {
            return (ResourceScope::Unknown, Vec::new());
        }
        // A name is not an ARN, whatever it is, and neither is what begins with other text.
        Err(_) if text.unknown().next().is_some() && text.starts_with_name().is_none() && may_be_arn(text) => {
            return (ResourceScope::Unknown, Vec::new());
        }
        Ok(arn) => arn,
        Err(error) => {
            return (
                ResourceScope::Unsettled,
                vec![ResourceFault::NotAnArn(error.kind().clone())],
            );
        }
    };
    let mut faults: Vec<ResourceFault> = field::faults(text, &arn).map(ResourceFault::Field).collect_vec();
    faults.extend(secret::fault(&arn).map(ResourceFault::Secret));
    if is_unlisted(&arn) || faults.iter().any(|fault| !fault.leaves_it_settled()) {
        (ResourceScope::Unsettled, faults)
    } else {
        (ResourceScope::Arn(arn), faults)
    }
}

/// Whether the text before the first hole of unknown type can be the beginning of an ARN.
fn may_be_arn(text: &Text<'_>) -> bool {
    const START: &str = "arn:";
    let first = text.unknown().next();
    let before = first
        .and_then(|hole| text.filled().get(..hole.filled.start))
        .unwrap_or_default();
    START.starts_with(before) || before.starts_with(START) || before.contains(['*', '?'])
}

/// Whether no resource can have an ARN that AWS completed, which may have anything in its fields.
pub(in crate::check) fn matches_nothing(text: &Text<'_>, arn: &ArnPattern<'_>) -> bool {
    let is_dead = |fault: &ArnFault| !matches!(fault, ArnFault::WildcardInService);
    let is_of_names = |byte: u8| byte.is_ascii_alphanumeric() || b"-*?".contains(&byte);
    let has_names = [arn.region(), arn.account()]
        .iter()
        .all(|field| field.as_str().bytes().all(is_of_names));
    !has_names
        || field::faults(text, arn).any(|fault| is_dead(&fault))
        || format::misfit(arn, &|format| arn.fits_format(format)).is_some()
}

/// Resources that AWS documents, though not in the reference that the catalogue is made of.
/// - `transform`, whose change sets it allows: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-template.html>
const UNLISTED: [(&str, &str); 1] = [("cloudformation", "transform/")];

fn is_unlisted(arn: &ArnPattern<'_>) -> bool {
    UNLISTED
        .iter()
        .any(|(service, start)| arn.service().as_str() == *service && arn.resource().as_str().starts_with(start))
}

/// What of an ARN no format of its service takes, by the format that it misses by the least. Conservative: what the formats do
/// not settle is right.
pub(super) fn shape(arn: &ArnPattern<'_>, fit: &dyn Fn(ArnFormat<'_>) -> Fit) -> Option<Misfit> {
    match format::misfit(arn, fit)? {
        misfit @ (Misfit::Resource | Misfit::RegionMissing | Misfit::RegionNotAllowed | Misfit::AccountNotAllowed) => {
            Some(misfit)
        }
        Misfit::Service | Misfit::Partition | Misfit::Region | Misfit::Account => None,
    }
}
