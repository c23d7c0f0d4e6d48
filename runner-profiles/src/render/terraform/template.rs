//! Strings of a Terraform file, each of which is a template.

use std::fmt;

use policy_core::document::{Document, Node};

use super::place::Place;
use crate::render::home::{Piece, with_strings};

/// The text as a template that has no sequences: `${` and `%{` begin one, and are escaped by doubling their first character.
/// Whatever stands before them, `$` among it, is read as it is.
///
/// Source: <https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences>
pub(super) fn literal(text: &str) -> String {
    text.replace("${", "$${").replace("%{", "%%{")
}

/// The text with references where the home stands in it. `key` is the name of the innermost member that it stands in.
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

/// The policy as JSON without white space, with references where the home stands in it.
///
/// JSON puts no `$` or `%` before a brace of its own, so that what is escaped string by string is escaped as a whole; and
/// references have no quotes that would have to be escaped in their turn.
pub(super) fn policy(document: &Document<'_>, place: Option<&Place>) -> String {
    let values = with_strings(document.root(), literal, &mut |text, key| {
        Node::string(portable(text, key, place))
    });
    in_latin_1(&values.to_json())
}

/// What this expression gives.
pub(super) fn interpolated(expression: impl fmt::Display) -> String {
    format!("${{{expression}}}")
}

/// The same JSON with escapes for what IAM does not take as it is. Terraform, too, would change some of it: it composes
/// characters, an `e` and the accent U+0301 into one `é`.
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
