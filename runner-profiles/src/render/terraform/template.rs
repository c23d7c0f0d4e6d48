//! Strings of a Terraform file, each of which is a template.

use std::fmt;

use policy_core::document::{Document, Node};

use super::place::Place;
use crate::render::home::{Piece, with_strings};

/// The text as a template that has no sequences: `${` and `%{` start one, and are escaped by doubling their first
/// character. The text before them, also a `$`, is read as it is.
///
/// Source: <https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences>
pub(super) fn literal(text: &str) -> String {
    text.replace("${", "$${").replace("%{", "%%{")
}

/// The text with references in the place of the home. `key` is the name of the innermost member that contains it.
///
/// Before a reference there is nothing, a `:` or a `.`, never a `$`, which would escape it: see [`Piece`].
pub(super) fn portable(text: &str, key: Option<&str>, place: Option<&Place>) -> String {
    let Some(place) = place else { return literal(text) };
    let references = &place.references;
    let pieces = place.home.pieces(text, key).into_iter().map(|piece| {
        let (reference, written) = match piece {
            Piece::Text(text) => return literal(text),
            Piece::Partition => (&references.partition, place.home.region().partition().to_string()),
            Piece::Region => (&references.region, place.home.region().to_string()),
            Piece::Account => (&references.account_id, place.home.account_id().to_string()),
        };
        reference.as_ref().map_or(written, interpolated)
    });
    pieces.collect()
}

/// The policy as JSON without whitespace, with references in the place of the home.
///
/// JSON has no `$` or `%` before its own braces, so escaping string by string escapes the whole; and references have no
/// quotes that would have to be escaped in turn.
pub(super) fn policy(document: &Document<'_>, place: Option<&Place>) -> String {
    let values = with_strings(document.root(), literal, &mut |text, key| {
        Node::string(portable(text, key, place))
    });
    in_latin_1(&values.to_json())
}

/// The value of this expression.
pub(super) fn interpolated(expression: impl fmt::Display) -> String {
    format!("${{{expression}}}")
}

/// The same JSON with escapes for the characters that IAM does not accept. Terraform, too, would change some of them:
/// it composes characters, an `e` and the accent U+0301 into one `é`.
///
/// Sources: `policyDocumentType` in <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html>,
/// <https://github.com/zclconf/go-cty/blob/main/docs/types.md>
fn in_latin_1(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for character in json.chars() {
        if character <= '\u{FF}' {
            out.push(character);
        } else {
            let units = &mut [0; 2];
            let escapes = character
                .encode_utf16(units)
                .iter()
                .map(|unit| format!("\\u{unit:04x}"));
            out.extend(escapes);
        }
    }
    out
}
