//! Strings of a `CloudFormation` template that contain its partition, Region or account.

use policy_core::document::Node;

use crate::object::{Object, list};
use crate::render::Home;
use crate::render::home::Piece;

/// The text, with pseudo parameters in the place of the home. `key` is the name of the innermost member that contains
/// it.
///
/// A text with the home becomes `Fn::Sub`, with policy variables escaped; or `Fn::Join`, which needs no escapes, if AWS
/// does not document how `Fn::Sub` reads the text. A text without the home stays a string: no function reads it.
pub(super) fn portable<'a>(text: &str, key: Option<&str>, home: Option<&Home>) -> Node<'a> {
    let pieces = home.map(|home| home.pieces(text, key)).unwrap_or_default();
    if pieces.iter().all(|piece| matches!(piece, Piece::Text(_))) {
        return Node::string(text.to_owned());
    }
    let substituted: Option<String> = pieces.iter().map(substituted).collect();
    let function = match substituted {
        Some(text) => Object::default().with("Fn::Sub", Node::string(text)),
        None => Object::default().with("Fn::Join", list([Node::string(""), list(pieces.iter().map(joined))])),
    };
    function.into()
}

/// The piece in the text of `Fn::Sub`, if AWS documents how to write it there.
fn substituted(piece: &Piece<'_>) -> Option<String> {
    match piece {
        Piece::Text(text) => escaped(text),
        named => Some(format!("${{{}}}", pseudo_parameter(*named))),
    }
}

/// The piece in the list of `Fn::Join`.
fn joined<'a>(piece: &Piece<'_>) -> Node<'a> {
    match piece {
        Piece::Text(text) => Node::string((*text).to_owned()),
        named => Object::default()
            .with_text("Ref", Some(pseudo_parameter(*named)))
            .into(),
    }
}

/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html>
const fn pseudo_parameter(piece: Piece<'_>) -> &'static str {
    match piece {
        Piece::Text(_) => "",
        Piece::Partition => "AWS::Partition",
        Piece::Region => "AWS::Region",
        Piece::Account => "AWS::AccountId",
    }
}

/// `${!NAME}` is AWS's way to write `${NAME}`. It does not document a `${` without its `}`, a name that starts with `!`
/// already or has a `$` or brace of its own, and a `$` right before a function's own `${`.
///
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html>
fn escaped(text: &str) -> Option<String> {
    let mut parts = text.split("${");
    let mut escaped = parts.next()?.to_owned();
    for part in parts {
        let (name, _) = part.split_once('}')?;
        if escaped.ends_with('$') || name.is_empty() || name.starts_with('!') || name.contains(['$', '{']) {
            return None;
        }
        escaped.push_str("${!");
        escaped.push_str(part);
    }
    (!escaped.ends_with('$')).then_some(escaped)
}
