//! What values look like: whether one is a policy, and of which kind.

use policy_core::document::Node;
use policy_core::policy::{Effect, Kind, Version};
use policy_core::spelling::nearest;

use crate::item::{Item, Value};

const STATEMENT: &str = "Statement";
const LANGUAGES: [&str; 2] = [Version::V2012.name(), Version::V2008.name()];

/// The elements that tell a statement from any other value.
const TELLING: [&str; 5] = ["Effect", "Action", "NotAction", "Principal", "NotPrincipal"];

/// The kind of a policy, as its statements show it. Service control policies and session policies look like identity-based
/// policies, and resource control policies like resource-based policies: those have to be told.
///
/// ```
/// use policy_core::document::Document;
/// use policy_core::policy::Kind;
///
/// let document = Document::read(
///     r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "Service": "ec2.amazonaws.com" },
///         "Action": "sts:AssumeRole" } }"#,
/// )?;
/// assert_eq!(policy_files::kind_of(document.root()), Kind::Trust);
/// # Ok::<(), policy_core::document::SyntaxError>(())
/// ```
pub fn kind(root: &Node<'_>) -> Kind {
    let statements = root.member(STATEMENT).map(Node::as_list).unwrap_or_default();
    let has_principal =
        |statement: &Node<'_>| statement.member("Principal").is_some() || statement.member("NotPrincipal").is_some();
    if !statements.iter().any(has_principal) {
        return Kind::Identity;
    }
    // A resource control policy only denies, and names resources; a trust policy must not.
    let may_be_of_organization = || !statements.iter().any(allows) && statements.iter().any(names_resources);
    if statements.iter().all(is_about_sts) && !may_be_of_organization() {
        return Kind::Trust;
    }
    Kind::Resource
}

fn allows(statement: &Node<'_>) -> bool {
    let effect = statement.member("Effect").and_then(Node::as_text);
    effect.is_some_and(|effect| effect.written() == Effect::Allow.name())
}

fn names_resources(statement: &Node<'_>) -> bool {
    statement.member("Resource").is_some() || statement.member("NotResource").is_some()
}

fn is_about_sts(statement: &Node<'_>) -> bool {
    let actions = statement.member("Action").map(Node::as_list).unwrap_or_default();
    !actions.is_empty()
        && actions.iter().all(|action| {
            let service = action.as_text().and_then(|text| text.written().split_once(':'));
            service.is_some_and(|(prefix, _)| prefix.eq_ignore_ascii_case("sts"))
        })
}

/// Whether a value is a policy, perhaps a broken one, and not something else with a member of the same name.
pub(crate) fn is_policy(item: &Item) -> bool {
    let has_version = || {
        let version = item.member("Version").and_then(Item::as_str);
        version.is_some_and(|version| LANGUAGES.contains(&version))
    };
    item.member(STATEMENT)
        .is_some_and(|statement| has_version() || has_statement(statement))
}

/// Whether a file that is nothing else is a policy: it may be misspelt.
pub(crate) fn is_like_a_policy(item: &Item) -> bool {
    let version = item.member("Version").and_then(Item::as_str);
    let is_statement = |name: &str| nearest(STATEMENT, [name]).is_some();
    version.is_some_and(|version| LANGUAGES.contains(&version))
        || item
            .entries()
            .iter()
            .any(|entry| entry.name().is_some_and(is_statement))
}

/// Whether a value is a statement, or a list with one.
pub(crate) fn has_statement(item: &Item) -> bool {
    match &item.value {
        Value::List(items) => items.iter().any(has_statement),
        Value::Either(either) => has_statement(&either.yes) || has_statement(&either.no),
        // `Fn::If` and its like, before it is resolved.
        Value::Map(entries) if entries.len() == 1 => {
            TELLING.iter().any(|name| item.member(name).is_some())
                || entries.iter().any(|entry| has_statement(&entry.value))
        }
        Value::Map(_) => TELLING.iter().any(|name| item.member(name).is_some()),
        _ => false,
    }
}
