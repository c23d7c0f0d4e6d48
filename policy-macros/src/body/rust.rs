//! Expressions of Rust in place of a value: a call, `concat!(...)`, or a constant, `BUCKET`. A macro sees their tokens and not their values.

use crate::report::Mistake;
use crate::token::{Cursor, Delimiter, Token, place};

/// The mistake of an expression, if the next tokens are one. Goes on behind it.
pub(super) fn expression(cursor: &mut Cursor<'_>) -> Option<Mistake> {
    let start = cursor.at();
    let mut after = cursor.clone();
    let mut path = after.word()?.to_owned();
    let mut last = path.clone();
    while let Some(word) = next_of_path(&mut after) {
        path.push_str("::");
        path.push_str(&word);
        last = word;
    }
    let is_macro = after.peek() == Some(&Token::Punct('!')) && matches!(after.peek_after(1), Some(Token::Open(..)));
    let is_call = is_macro || matches!(after.peek(), Some(Token::Open(Delimiter::Parenthesis, _)));
    // A word that goes on is an action without quotes, `S3:*`, or part of a longer one.
    let is_constant = is_constant(&last) && matches!(after.peek(), None | Some(Token::Punct(',')));
    if !is_call && !is_constant {
        return None;
    }
    let what = match (is_macro, is_call) {
        (true, _) => format!("`{path}!(...)` is a macro of Rust, and not JSON"),
        (false, true) => format!("`{path}(...)` is a call of Rust, and not JSON"),
        (false, false) => format!("`{path}` is not in quotes"),
    };
    if is_call {
        after.eat('!');
        after.skip();
    }
    let mistake = Mistake::new(place(start..after.at()), what);
    *cursor = after;
    Some(if is_call {
        mistake
            .note("the policy is checked when it is compiled, from its text alone")
            .help("write the text itself, in quotes; for a value of the program write a hole, `\"<name>\"`, which a field of a template fills")
    } else {
        mistake
            .note("the value of a constant of Rust cannot be read here: the policy is checked from its text alone")
            .help(format!(
                "write the text itself, or `\"{last}\"` if that is the text; for a value of the program write a hole, `\"<{}>\"`, which a field of a \
                 template fills",
                last.to_ascii_lowercase().replace('_', "-")
            ))
    })
}

/// The next word of a path, behind `::`.
fn next_of_path(cursor: &mut Cursor<'_>) -> Option<String> {
    let mut after = cursor.clone();
    let word = (after.eat(':') && after.eat(':'))
        .then(|| after.word())
        .flatten()?
        .to_owned();
    *cursor = after;
    Some(word)
}

/// Whether a word is written as constants are, and is not a keyword of JSON in capitals.
fn is_constant(word: &str) -> bool {
    let is_capital = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    word.starts_with(|first: char| first.is_ascii_uppercase())
        && word.bytes().all(is_capital)
        && !matches!(word, "NULL" | "TRUE" | "FALSE")
}
