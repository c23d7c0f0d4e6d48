//! The types of ARNs that `resource_arn!` makes: of which resource types, and under which name.

use crate::arn::{ArnFormat, Field};
use crate::catalogue::ResourceType;
use crate::collected::CollectVec;
use crate::kebab::kebab;
use crate::names::NameKind;

/// Why a resource type has no type of ARNs, and what to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoOwnType {
    /// The mistake.
    pub what: String,
    /// What to write instead.
    pub help: String,
}

/// The format of the ARNs of a resource type, if they have one that says what each of them is.
///
/// ```
/// use policy_core::__macro::v1::check::own_format;
/// use policy_core::catalogue;
///
/// let of = |service, name| own_format(catalogue::service(service).unwrap().resource_type(name).unwrap());
/// assert_eq!(of("qldb", "ledger").unwrap().as_str(), "arn:${Partition}:qldb:${Region}:${Account}:ledger/${LedgerName}");
/// assert!(of("apigateway", "Stage").unwrap_err().what.contains("several formats"));
/// ```
///
/// # Errors
///
/// If they have none, several, or one that leaves open what it is of.
pub fn own_format(found: ResourceType) -> Result<ArnFormat<'static>, NoOwnType> {
    let name = resource_type(found);
    let (what, help) = match found.arn_formats().collect_vec().as_slice() {
        [] => (
            format!("AWS documents no ARN format of `{name}`"),
            "write another resource type".to_owned(),
        ),
        [only] if only.field(Field::Service).contains('$') => (
            format!("the ARNs of `{name}` are those of several services: `{only}`"),
            "write the resource type of one service".to_owned(),
        ),
        [only] if only.as_str().contains('*') => (
            format!("the format of the ARNs of `{name}` has a `*`, so that no ARN of one resource is known: `{only}`"),
            format!(
                "write the ARN in the policy, with a hole for each part: `{}`",
                in_parts(found)
            ),
        ),
        [only] => return Ok(*only),
        all => {
            let all: Vec<String> = all.iter().map(|format| format!("`{format}`")).collect_vec();
            (
                format!("the ARNs of `{name}` have several formats: {}", all.join(", ")),
                format!(
                    "write the ARN in the policy, with a hole for each part: `{}`",
                    in_parts(found)
                ),
            )
        }
    };
    Err(NoOwnType { what, help })
}

/// `qldb:ledger`.
pub fn resource_type(found: ResourceType) -> String {
    format!("{}:{}", found.service().prefix(), found.name())
}

/// The name of the type to make for a resource type: `LedgerArn`. Where `policy_core::names` has that name for another, `policy!`
/// takes it for that one, so the service comes first: `CodecommitRepositoryArn`.
pub fn own_name(found: ResourceType) -> String {
    let name = camel(found.name()) + "Arn";
    let is_taken = |name: &str| NameKind::from_type_name(name).is_some();
    if is_taken(&name) || name.starts_with(|first: char| first.is_ascii_digit()) {
        camel(found.service().prefix()) + &name
    } else {
        name
    }
}

fn camel(words: &str) -> String {
    let mut name = String::new();
    for word in words.split(|letter: char| !letter.is_ascii_alphanumeric()) {
        let mut letters = word.chars();
        name.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        name.extend(letters);
    }
    name
}

/// The ARN of a resource with a hole for each part, by the format that has most of them: what no type can be made of is written so.
pub(super) fn in_parts(found: ResourceType) -> String {
    let mut fullest: Option<ArnFormat<'_>> = None;
    let parts = |format: ArnFormat<'_>| format.as_str().matches("${").count();
    for format in found.arn_formats() {
        if fullest.is_none_or(|known| parts(format) > parts(known)) {
            fullest = Some(format);
        }
    }
    fullest.map(with_holes).unwrap_or_default()
}

/// The format with a hole for each variable: `arn:<partition>:s3:::<bucket-name>`.
pub(super) fn with_holes(format: ArnFormat<'_>) -> String {
    format.example(&mut |word| match word {
        "aws" => "<partition>".to_owned(),
        word => format!("<{}>", kebab(word)),
    })
}
