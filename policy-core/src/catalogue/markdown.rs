//! What an editor shows of an action, as Markdown: the same text in `policy!` and in files.

use std::borrow::Cow;
use std::fmt::Write;

use super::{AccessLevel, Action, ResourceType, Service, Undocumented, snapshot};
use crate::arn::Field;
use crate::collected::CollectVec;
use crate::numbers::Texts;

/// The facts of an action: its access levels, its resource types with their ARN formats and names, its condition keys, its dependent actions,
/// the further actions that some of its requests need, and AWS's page.
///
/// ```
/// use policy_core::catalogue::{markdown, service};
///
/// let text = markdown::action(&service("s3").unwrap().action("GetObject").unwrap());
/// assert!(text.starts_with("`s3:GetObject` of Amazon S3\n\n- Access level: Read\n"));
/// assert!(text.contains(": `arn:${Partition}:s3:::${BucketName}/${ObjectName}`"));
///
/// let text = markdown::action(&service("dynamodb").unwrap().action("PutItem").unwrap());
/// assert!(text.contains(":table/${TableName}`; `${TableName}` is `[-.0-9A-Z_a-z]{3,255}`\n"));
/// ```
pub fn action(action: &Action) -> String {
    let service = action.service();
    let mut text = format!("`{}` of {}\n\n", action.qualified(), service.name());
    let levels: Vec<String> = action.access_levels().map(|level| format!("{level:?}")).collect_vec();
    let _ = writeln!(text, "- Access level: {}", levels.join(", "));
    text.push_str(if action.has_resource_types() {
        "- Resource types:\n"
    } else {
        "- Resource types: none; it needs `\"Resource\": \"*\"`\n"
    });
    for on in action.resource_types() {
        let required = if on.required() { " (required)" } else { "" };
        let formats: Vec<String> = on
            .resource_type()
            .arn_formats()
            .map(|format| format!("`{format}`"))
            .collect_vec();
        let _ = writeln!(
            text,
            "  - `{}`{required}: {}{}",
            on.resource_type().name(),
            formats.join(", "),
            names(on.resource_type()).concat()
        );
    }
    list(
        &mut text,
        "Condition keys",
        &mut action.listed_condition_keys().map(Cow::from),
    );
    list(
        &mut text,
        "Dependent actions",
        &mut action.dependent_actions().map(Cow::from),
    );
    list_further(&mut text, service, action.name());
    let _ = write!(text, "\n{}", page(service));
    text
}

/// The facts of an API operation that is not an action: the actions that authorize it. Nothing where they are not known.
///
/// ```
/// use policy_core::catalogue::{markdown, service};
///
/// let text = markdown::operation(service("s3").unwrap(), "listobjectsv2").unwrap();
/// assert!(text.starts_with("`ListObjectsV2` is an API operation of Amazon S3, not an action\n\n- Authorized as: `s3:ListBucket`\n"));
/// assert_eq!(markdown::operation(service("s3").unwrap(), "GetObject"), None);
/// ```
#[inline]
pub fn operation(service: Service, name: &str) -> Option<String> {
    let name = service.operations().find(|known| known.eq_ignore_ascii_case(name))?;
    let mut text = format!("`{name}` is an API operation of {}, not an action\n\n", service.name());
    list(
        &mut text,
        "Authorized as",
        &mut service.operation(name).map(|action| action.qualified().into()),
    );
    list_further(&mut text, service, name);
    let _ = write!(text, "\n{}", page(service));
    Some(text)
}

/// That AWS does not document a name, and which of its managed policies has it.
///
/// ```
/// use policy_core::catalogue::{markdown, undocumented_action};
///
/// let action = undocumented_action("payments:GetAccountBalance").unwrap();
/// assert!(markdown::undocumented(action).starts_with("AWS does not document `payments:GetAccountBalance`"));
/// ```
#[inline]
pub fn undocumented(known: Undocumented) -> String {
    let policy = known.policy();
    format!(
        "AWS does not document `{}`, and uses it in its managed policy \
         [{policy}](https://docs.aws.amazon.com/aws-managed-policy/latest/reference/{policy}.html)",
        known.name()
    )
}

fn list_further(text: &mut String, service: Service, operation: &str) {
    let further = service.further_actions(operation);
    list(
        text,
        "Some requests also need",
        &mut further.map(|action| action.qualified().into()),
    );
}

/// What the service accepts for the names in the ARNs of a resource type, each once.
fn names(kind: ResourceType) -> Vec<String> {
    let mut names = Vec::new();
    for format in kind.arn_formats() {
        for variable in format.variables(Field::Resource) {
            let name = format
                .name_format(variable)
                .map(|name| format!("; `${{{variable}}}` is `{name}`"));
            names.extend(name.filter(|name| !names.contains(name)));
        }
    }
    names
}

/// The actions of a service that a name with wildcards matches, by access level, the mildest first.
///
/// ```
/// use policy_core::catalogue::{markdown, service};
///
/// let text = markdown::actions(service("s3").unwrap(), "ListB*");
/// assert!(text.starts_with("`s3:ListB*` matches 3 of the "));
/// assert!(text.contains("- List: `ListBucket`, `ListBucketMultipartUploads`, `ListBucketVersions`"));
/// ```
pub fn actions(service: Service, pattern: &str) -> String {
    let matching: Vec<Action> = service.actions_matching(pattern).collect_vec();
    let mut text = format!(
        "`{}:{pattern}` matches {} of the {} actions of {}, as of {}\n\n",
        service.prefix(),
        matching.len(),
        service.actions().count(),
        service.name(),
        snapshot().date()
    );
    for &level in AccessLevel::ALL {
        let of_level = matching
            .iter()
            .filter(|action| action.access_levels().any(|own| own == level));
        list(
            &mut text,
            &format!("{level:?}"),
            &mut of_level.map(|action| action.name().into()),
        );
    }
    text
}

/// A link to the page of a service in AWS's service authorization reference, with the date of the snapshot.
///
/// ```
/// let s3 = policy_core::catalogue::service("s3").unwrap();
/// assert!(policy_core::catalogue::markdown::page(s3).contains("reference/list_s3.html"));
/// ```
pub fn page(service: Service) -> String {
    format!("[AWS's page]({}), as of {}", page_address(service), snapshot().date())
}

/// The address of that page; where it is not known which it is, that of the page that lists all of them.
///
/// ```
/// let s3 = policy_core::catalogue::service("s3").unwrap();
/// assert_eq!(
///     policy_core::catalogue::markdown::page_address(s3),
///     "https://docs.aws.amazon.com/service-authorization/latest/reference/list_s3.html"
/// );
/// ```
pub fn page_address(service: Service) -> String {
    let prefix = service.prefix();
    let page = PAGES.lines().find_map(|row| {
        let (of, page) = row.split_once(' ').unwrap_or((row, ""));
        (of == prefix).then_some(page)
    });
    let page = match page {
        None => format!("list_{prefix}"),
        Some("") => "reference_policies_actions-resources-contextkeys".to_owned(),
        Some(page) => format!("list_{page}"),
    };
    format!("https://docs.aws.amazon.com/service-authorization/latest/reference/{page}.html")
}

/// The pages that are not called like the prefix of their service.
const PAGES: &str = include_str!("../../catalogue/pages.txt");

/// A line with names, each once.
fn list(text: &mut String, what: &str, names: &mut dyn Iterator<Item = Cow<'static, str>>) {
    let mut known = Texts::new();
    let mut once = Vec::new();
    for name in names {
        let name = format!("`{name}`");
        if known.insert(name.clone().into()) {
            once.push(name);
        }
    }
    if !once.is_empty() {
        let _ = writeln!(text, "- {what}: {}", once.join(", "));
    }
}
