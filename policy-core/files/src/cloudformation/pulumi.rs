//! The functions of Pulumi's YAML, which are those of `CloudFormation` in part.
//!
//! <https://www.pulumi.com/docs/iac/languages-sdks/yaml/yaml-language-reference/#built-in-functions>

use super::Names;
use super::functions::{self, joined, selected, unknown};
use crate::item::Item;

/// The function that a member is a call of, in small letters: Pulumi reads `Fn::Join` as `fn::join`.
pub(crate) fn function(name: &str) -> Option<String> {
    let (start, function) = name.split_at_checked("fn::".len())?;
    start
        .eq_ignore_ascii_case("fn::")
        .then(|| function.to_ascii_lowercase())
}

/// What a value gives that is a call: a map whose only member is `fn::...`. Whatever is not a text that is written out is a hole.
pub(super) fn resolved(item: &Item, names: &Names<'_>) -> Option<Item> {
    let [entry] = item.entries() else { return None };
    let function = function(entry.name()?)?;
    let argument = &entry.value;
    Some(match (function.as_str(), argument.list()) {
        ("join", [delimiter, list]) => joined(item, delimiter, list, names).unwrap_or_else(|| unknown(item, names)),
        ("select", [index, list]) => selected(item, index, list, names),
        ("secret", _) => functions::resolved(argument, names),
        _ => unknown(item, names),
    })
}
