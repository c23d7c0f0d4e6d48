//! The policy itself: JSON as the tokens of Rust's lexer.
//!
//! Reading continues after a mistake with the value that was probably meant, so that one compile reports every mistake.

mod rust;

use std::borrow::Cow;
use std::ops::Range;

use policy_core::document::{Document, MAX_DEPTH, Member, Node, Text, Value};

use crate::literal::{is_string, text};
use crate::report::{Mistake, Report};
use crate::token::{Cursor, Delimiter, Token, place};

/// The body, as far as it can be understood.
pub struct Body {
    /// The policy.
    pub root: Node<'static>,
    /// Whether it contains everything that was written.
    pub whole: bool,
}

impl Body {
    /// The body of an input without one.
    pub const fn missing() -> Self {
        Self {
            root: Node::built(Value::Object(Vec::new())),
            whole: false,
        }
    }
}

/// Reads the body, whose first token is the brace that opens it.
pub fn read(tokens: &[Token], open: usize, report: &mut Report) -> Body {
    let mut reader = Reader {
        tokens,
        report,
        whole: true,
    };
    let close = match tokens.get(open) {
        Some(Token::Open(_, close)) => *close,
        _ => open,
    };
    let value = reader.object(Cursor::new(tokens, open + 1..close), MAX_DEPTH);
    Body {
        root: Node {
            place: place(open..close + 1),
            value,
        },
        whole: reader.whole,
    }
}

struct Reader<'t, 'r> {
    tokens: &'t [Token],
    report: &'r mut Report,
    whole: bool,
}

/// The position of a value: an action may be written without quotes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Position {
    Action,
    Other,
}

impl<'t> Reader<'t, '_> {
    fn object(&mut self, mut cursor: Cursor<'t>, depth: usize) -> Value<'static> {
        let mut members = Vec::new();
        while !cursor.is_done() {
            if let Some(member) = self.member(&mut cursor, depth) {
                members.push(member);
                self.separator(&mut cursor);
            }
        }
        Value::Object(members)
    }

    /// Reads a name, a colon and a value. Where one is missing, reports it, skips the tokens that are there instead, and returns `None`.
    fn member(&mut self, cursor: &mut Cursor<'t>, depth: usize) -> Option<Member<'static>> {
        let name_at = cursor.at();
        let name = match cursor.peek()? {
            Token::Literal(literal) if is_string(literal) => {
                let name = self.string(literal, name_at);
                cursor.skip();
                name
            }
            Token::Ident(word) if cursor.peek_after(1) == Some(&Token::Punct(':')) => {
                self.report.push(
                    Mistake::new(cursor.here(), format!("the name `{word}` is not in quotes"))
                        .help(format!("write `\"{word}\"`")),
                );
                cursor.skip();
                word.clone()
            }
            _ => {
                self.stray(cursor, "a name in double quotes");
                return None;
            }
        };
        let name_place = place(name_at..name_at + 1);
        let position = if matches!(&*name, "Action" | "NotAction") {
            Position::Action
        } else {
            Position::Other
        };
        let name = Text::plain(name);
        if !self.colon(cursor, name.written()) {
            // Without a value the member would only be reported a second time.
            self.separator(cursor);
            return None;
        }
        let value = self.value(cursor, position, depth);
        Some(Member {
            name_place,
            name,
            value,
        })
    }

    /// The colon after a name; whether a value follows.
    fn colon(&mut self, cursor: &mut Cursor<'t>, name: &str) -> bool {
        if !cursor.eat(':') {
            let mistake = match cursor.peek() {
                Some(Token::Punct('=')) => Mistake::new(cursor.here(), "JSON has `:` between name and value, not `=`"),
                _ => Mistake::new(
                    cursor.here(),
                    format!("expected `:` after `\"{name}\"`, found {}", cursor.found()),
                ),
            };
            let followed = matches!(cursor.peek(), Some(token) if begins_value(token) || *token == Token::Punct('='));
            self.report.push(if followed {
                mistake.help("write `:`")
            } else {
                mistake.help("write `:` and the value")
            });
            if cursor.eat('=') {
                cursor.eat('>');
            }
            if !followed {
                self.whole = false;
                return false;
            }
        }
        if cursor.is_done() || cursor.peek() == Some(&Token::Punct(',')) {
            self.whole = false;
            self.report.push(Mistake::new(
                place(cursor.at().saturating_sub(2)..cursor.at()),
                format!("`\"{name}\"` has no value"),
            ));
            return false;
        }
        true
    }

    fn array(&mut self, mut cursor: Cursor<'t>, position: Position, depth: usize) -> Value<'static> {
        let mut elements = Vec::new();
        while !cursor.is_done() {
            if self.dots(&mut cursor) {
                continue;
            }
            if cursor
                .peek()
                .is_some_and(|token| begins_value(token) || begins_bare_word(token))
            {
                elements.push(self.value(&mut cursor, position, depth));
                if cursor.eat(':') {
                    self.report.push(
                        Mistake::new(place(cursor.at() - 2..cursor.at()), "a list has no names")
                            .help("put the pair into braces: `{ \"name\": value }`"),
                    );
                    continue;
                }
                self.separator(&mut cursor);
            } else {
                self.stray(&mut cursor, "a value");
            }
        }
        Value::Array(elements)
    }

    /// `...`, for elements that the reader of a page has to add. Continues after it and its comma.
    fn dots(&mut self, cursor: &mut Cursor<'t>) -> bool {
        let start = cursor.at();
        let mut after = cursor.clone();
        if !(after.eat('.') && after.eat('.')) {
            return false;
        }
        after.eat('.');
        self.report.push(ellipsis(place(start..after.at())));
        after.eat(',');
        *cursor = after;
        true
    }

    /// The separator of two elements: one comma, and none after the last.
    fn separator(&mut self, cursor: &mut Cursor<'t>) {
        let comma = cursor.at();
        if cursor.is_done() {
            return;
        }
        if !cursor.eat(',') {
            if cursor.eat(';') {
                self.report.push(Mistake::new(
                    place(comma..comma + 1),
                    "JSON has `,` between elements, not `;`",
                ));
            } else if cursor.peek().is_some_and(begins_value) {
                // The comma is missing after the previous element, and has to be written there.
                self.report.push(
                    Mistake::new(place(comma - 1..comma), "a comma is missing after this element")
                        .help(format!("write `,` before {}", cursor.found())),
                );
            }
        }
        if comma < cursor.at() && cursor.is_done() {
            self.report.push(
                Mistake::new(place(comma..comma + 1), "a comma after the last element")
                    .help("remove the comma: JSON has no trailing commas"),
            );
        }
        while cursor.peek() == Some(&Token::Punct(',')) {
            self.report
                .push(Mistake::new(cursor.here(), "there is one comma too many").help("remove the comma"));
            cursor.skip();
        }
    }

    fn value(&mut self, cursor: &mut Cursor<'t>, position: Position, depth: usize) -> Node<'static> {
        let start = cursor.at();
        let value = match cursor.peek() {
            Some(Token::Open(delimiter, close)) => {
                let inside = Cursor::new(self.tokens, start + 1..*close);
                cursor.skip();
                self.group(*delimiter, inside, position, depth)
            }
            Some(Token::Literal(literal)) if is_string(literal) => {
                cursor.skip();
                Value::String(Text::plain(self.string(literal, start)))
            }
            Some(Token::Literal(literal)) => {
                cursor.skip();
                self.number(literal, "", start..start + 1)
            }
            Some(Token::Punct('-')) => {
                cursor.skip();
                if let Some(Token::Literal(literal)) = cursor.peek() {
                    cursor.skip();
                    self.number(literal, "-", start..start + 2)
                } else {
                    self.stray(cursor, "a number after `-`");
                    Value::Null
                }
            }
            Some(Token::Ident(word)) if is_alone(cursor) && word == "true" => word_of(cursor, Value::Bool(true)),
            Some(Token::Ident(word)) if is_alone(cursor) && word == "false" => word_of(cursor, Value::Bool(false)),
            Some(Token::Ident(word)) if is_alone(cursor) && word == "null" => word_of(cursor, Value::Null),
            Some(token) if begins_bare_word(token) => self.bare_word(cursor, position),
            _ => {
                if !self.dots(cursor) {
                    self.stray(cursor, "a value");
                }
                Value::Null
            }
        };
        Node {
            place: place(start..cursor.at().max(start + 1)),
            value,
        }
    }

    fn group(&mut self, delimiter: Delimiter, inside: Cursor<'t>, position: Position, depth: usize) -> Value<'static> {
        let group = place(inside.at() - 1..inside.end() + 1);
        let Some(depth) = depth.checked_sub(1) else {
            self.report
                .push(Mistake::new(group, format!("nested deeper than {MAX_DEPTH} levels")));
            return Value::Null;
        };
        match delimiter {
            Delimiter::Brace => self.object(inside, depth),
            Delimiter::Bracket => self.array(inside, position, depth),
            Delimiter::Parenthesis => {
                self.report.push(
                    Mistake::new(group, "JSON has no parentheses")
                        .help("write `[...]` for a list, `{...}` for an object"),
                );
                self.array(inside, position, depth)
            }
        }
    }

    /// Words and signs without quotes, up to the next comma: an action where one is allowed, else a mistake with the
    /// value that was meant.
    fn bare_word(&mut self, cursor: &mut Cursor<'t>, position: Position) -> Value<'static> {
        let start = cursor.at();
        if let Some(mistake) = rust::expression(cursor) {
            self.report.spoil(mistake);
            return Value::String(Text::plain(""));
        }
        let mut word = String::new();
        let mut colon = false;
        while let Some(token) = cursor.peek() {
            match token {
                Token::Ident(part) if !word.ends_with(is_word) => word.push_str(part),
                Token::Literal(part) if !is_string(part) && !word.ends_with(is_word) => word.push_str(part),
                Token::Punct(':') if !colon && !word.is_empty() => {
                    colon = true;
                    word.push(':');
                }
                Token::Punct(sign @ ('*' | '?' | '-' | '<' | '>' | '.' | '$' | '/')) => word.push(*sign),
                _ => break,
            }
            cursor.skip();
        }
        let whole = place(start..cursor.at());
        let is_action = position == Position::Action
            && word
                .chars()
                .all(|character| is_word(character) || matches!(character, ':' | '*' | '?' | '-'));
        if !is_action {
            let mistake = match &*word {
                "True" | "False" | "None" | "NULL" | "TRUE" | "FALSE" => {
                    Mistake::new(whole, format!("`{word}` is not a JSON keyword"))
                        .help("the keywords are `true`, `false` and `null`")
                }
                _ if word.starts_with('<') => Mistake::new(whole, format!("the hole `{word}` is not in quotes"))
                    .help(format!("write `\"{word}\"`: a hole is part of a string, or all of it")),
                _ => Mistake::new(whole, format!("`{word}` is not in quotes")).help(format!("write `\"{word}\"`")),
            };
            self.report.spoil(mistake);
        }
        Value::String(Text::plain(word))
    }

    fn number(&mut self, literal: &str, sign: &str, range: Range<usize>) -> Value<'static> {
        let number = format!("{sign}{literal}");
        match Document::read(&number) {
            Ok(document) if matches!(document.root().value, Value::Number(_)) => Value::Number(Cow::Owned(number)),
            _ => {
                self.report.spoil(
                    Mistake::new(place(range), format!("`{number}` is not a JSON value"))
                        .help("put the number in double quotes, or write a decimal number without a suffix"),
                );
                Value::String(Text::plain(number))
            }
        }
    }

    /// The text of a Rust string literal.
    fn string(&mut self, literal: &str, at: usize) -> String {
        match text(literal) {
            Ok(text) => text,
            Err((text, why)) => {
                self.report.spoil(Mistake::new(place(at..at + 1), why));
                text
            }
        }
    }

    /// A token that has no meaning here: reports it and continues after it.
    fn stray(&mut self, cursor: &mut Cursor<'t>, expected: &str) {
        let here = cursor.here();
        if self.dots(cursor) {
            return;
        }
        let mut mistake = Mistake::new(here, format!("expected {expected}, found {}", cursor.found()));
        match cursor.peek() {
            Some(Token::Punct('#')) if matches!(cursor.peek_after(1), Some(Token::Open(Delimiter::Bracket, _))) => {
                mistake = Mistake::new(here, "JSON has no doc comments and no attributes")
                    .help("write `//`, which Rust ignores, or put the comment or attribute before the item");
                cursor.skip();
            }
            Some(Token::Punct(',')) => {
                mistake = Mistake::new(here, "there is one comma too many").help("remove the comma");
            }
            Some(Token::Open(Delimiter::Brace, _)) => {
                mistake =
                    mistake.help("an object has names: `\"name\": { ... }`; a list of objects is written in `[...]`");
            }
            _ => {}
        }
        self.report.push(mistake);
        self.whole = false;
        cursor.skip();
    }
}

/// `...` or `"..."` where an element should be.
pub fn ellipsis(place: policy_core::document::Place) -> Mistake {
    Mistake::new(place, "`...` is a placeholder for values that you have to add")
        .help("write the other values, or write the string once with a hole whose field is a `NonEmpty<...>`: the string is repeated for each value")
}

fn word_of(cursor: &mut Cursor<'_>, value: Value<'static>) -> Value<'static> {
    cursor.skip();
    value
}

/// Whether nothing that would make a longer bare word follows the next token.
fn is_alone(cursor: &Cursor<'_>) -> bool {
    !matches!(cursor.peek_after(1), Some(Token::Punct(':' | '*' | '?' | '-')))
}

fn begins_value(token: &Token) -> bool {
    match token {
        Token::Open(..) | Token::Literal(_) | Token::Ident(_) => true,
        Token::Punct(sign) => matches!(sign, '-' | '*' | '<'),
        Token::Close(_) => false,
    }
}

const fn begins_bare_word(token: &Token) -> bool {
    matches!(token, Token::Ident(_) | Token::Punct('*' | '<' | '$' | '?'))
}

const fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}
