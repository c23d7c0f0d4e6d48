//! The expansion: Rust code in which tokens of the user stand.
//!
//! It is written as text, `impl $name { ... }`, and becomes tokens by a few rules of Rust's lexer: those that the texts of
//! this crate need. It has no tie to the compiler until [`Code::into_stream`].

use std::ops::Range;

use policy_core::document::Place;
use proc_macro::{Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

use crate::token::{Delimiter, Input};

/// Rust code.
#[derive(Clone, Debug, Default)]
pub struct Code(Vec<Tree>);

#[derive(Clone, Debug)]
enum Tree {
    Ident(String),
    Punct(char, Spacing),
    String(String),
    Number(usize),
    Group(Delimiter, Code),
    /// Tokens of the user.
    User(Range<usize>),
    /// A word of ours that stands where a token of the user stands.
    IdentAt(String, Place),
    /// `::core::compile_error! { "..." }`
    Error(Place, String),
}

/// What a `$name` of a text stands for.
#[derive(Clone)]
pub enum Arg<'a> {
    /// Code.
    Code(&'a Code),
    /// A string literal.
    String(&'a str),
    /// A word.
    Ident(&'a str),
}

impl Code {
    /// The code of a text; `args` gives the meaning of each `$name` in it.
    pub fn of(text: &str, args: &[(&str, Arg<'_>)]) -> Self {
        Lexer { text, at: 0, args }.code()
    }

    /// Tokens of the user.
    pub fn user(range: Range<usize>) -> Self {
        Self(vec![Tree::User(range)])
    }

    /// A word that stands, for the compiler's messages, at a place of the input.
    pub fn ident_at(word: &str, place: Place) -> Self {
        Self(vec![Tree::IdentAt(word.to_owned(), place)])
    }

    /// A number.
    pub fn number(number: usize) -> Self {
        Self(vec![Tree::Number(number)])
    }

    /// A compile error at a place of the input.
    pub fn error(place: Place, message: String) -> Self {
        Self(vec![Tree::Error(place, message)])
    }

    /// This code, then that.
    pub fn push(&mut self, code: Self) {
        self.0.extend(code.0);
    }

    /// The code in delimiters.
    #[must_use]
    pub fn in_group(self, delimiter: Delimiter) -> Self {
        Self(vec![Tree::Group(delimiter, self)])
    }

    /// The code for the compiler.
    pub fn into_stream(self, input: &Input) -> TokenStream {
        let mut trees = Vec::with_capacity(self.0.len());
        for tree in self.0 {
            match tree {
                Tree::Ident(word) => trees.push(ident(&word, Span::call_site())),
                Tree::Punct(character, spacing) => trees.push(Punct::new(character, spacing).into()),
                Tree::String(text) => trees.push(Literal::string(&text).into()),
                Tree::Number(number) => trees.push(Literal::usize_unsuffixed(number).into()),
                Tree::Group(delimiter, code) => {
                    trees.push(Group::new(delimiter.into(), code.into_stream(input)).into());
                }
                Tree::User(range) => trees.extend(input.written(range)),
                Tree::IdentAt(word, place) => trees.push(ident(&word, input.span_of_first(place))),
                Tree::Error(place, message) => {
                    compile_error(
                        &mut trees,
                        input.span_of_first(place),
                        input.span_of_last(place),
                        &message,
                    );
                }
            }
        }
        trees.into_iter().collect()
    }
}

fn ident(word: &str, span: Span) -> TokenTree {
    match word.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, span).into(),
        None => Ident::new(word, span).into(),
    }
}

/// The compiler underlines a macro's call from its first token to its last: so a range of tokens is underlined by giving
/// the first of these the span of its first, and the last that of its last.
fn compile_error(trees: &mut Vec<TokenTree>, first: Span, last: Span, message: &str) {
    let mut put = |mut tree: TokenTree, span| {
        tree.set_span(span);
        trees.push(tree);
    };
    for part in ["core", "compile_error"] {
        put(Punct::new(':', Spacing::Joint).into(), first);
        put(Punct::new(':', Spacing::Alone).into(), first);
        put(ident(part, first), first);
    }
    put(Punct::new('!', Spacing::Alone).into(), first);
    let mut message: TokenTree = Literal::string(message).into();
    message.set_span(last);
    put(Group::new(proc_macro::Delimiter::Brace, message.into()).into(), last);
}

impl From<Delimiter> for proc_macro::Delimiter {
    fn from(delimiter: Delimiter) -> Self {
        match delimiter {
            Delimiter::Brace => Self::Brace,
            Delimiter::Bracket => Self::Bracket,
            Delimiter::Parenthesis => Self::Parenthesis,
        }
    }
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    args: &'a [(&'a str, Arg<'a>)],
}

impl<'a> Lexer<'a> {
    /// Up to the end of the text, or behind the next closing delimiter.
    fn code(&mut self) -> Code {
        let mut trees = Vec::new();
        while let Some(byte) = self.next() {
            match byte {
                b' ' | b'\n' => {}
                b'{' => trees.push(Tree::Group(Delimiter::Brace, self.code())),
                b'[' => trees.push(Tree::Group(Delimiter::Bracket, self.code())),
                b'(' => trees.push(Tree::Group(Delimiter::Parenthesis, self.code())),
                b'}' | b']' | b')' => break,
                b'$' => {
                    let name = self.word(self.at);
                    match self.args.iter().find(|(known, _)| *known == name) {
                        Some((_, Arg::Code(code))) => trees.extend(code.0.iter().cloned()),
                        Some((_, Arg::String(text))) => trees.push(Tree::String((*text).to_owned())),
                        Some((_, Arg::Ident(word))) => trees.push(Tree::Ident((*word).to_owned())),
                        None => debug_assert!(false, "`${name}` stands for nothing"),
                    }
                }
                b'"' => {
                    let rest = self.text.get(self.at..).unwrap_or_default();
                    let string = rest.split('"').next().unwrap_or_default();
                    self.at += string.len() + 1;
                    trees.push(Tree::String(string.to_owned()));
                }
                _ if is_word(byte) => {
                    let word = self.word(self.at - 1).to_owned();
                    trees.push(word.parse().map_or(Tree::Ident(word), Tree::Number));
                }
                _ => {
                    let next = self.text.as_bytes().get(self.at).copied().unwrap_or(b' ');
                    let joined = byte == b'\'' || next.is_ascii_punctuation() && !b"\"$()[]{}_".contains(&next);
                    trees.push(Tree::Punct(
                        char::from(byte),
                        if joined { Spacing::Joint } else { Spacing::Alone },
                    ));
                }
            }
        }
        Code(trees)
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.text.as_bytes().get(self.at).copied();
        self.at += 1;
        byte
    }

    fn word(&mut self, start: usize) -> &'a str {
        self.at = start;
        while self.text.as_bytes().get(self.at).copied().is_some_and(is_word) {
            self.at += 1;
        }
        self.text.get(start..self.at).unwrap_or_default()
    }
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}
