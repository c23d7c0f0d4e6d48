//! The expansion: Rust code in which tokens of the user stand.
//!
//! It is written as text, `impl $name { ... }`, and becomes tokens by a few rules of Rust's lexer: those that the texts of
//! this crate need. It has no tie to the compiler until [`Code::into_stream`].

use std::ops::Range;

use policy_core::document::Place;
use proc_macro::{Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

use crate::report::Mistake;
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
    /// Code of ours that stands, for the compiler's messages, where tokens of the user stand.
    At(Place, Code),
    /// `::core::compile_error! { "..." }`
    Error(Mistake),
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

    /// This code, so that the compiler points at a place of the input where it complains of it.
    #[must_use]
    pub fn at(self, place: Place) -> Self {
        Self(vec![Tree::At(place, self)])
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A number.
    pub fn number(number: usize) -> Self {
        Self(vec![Tree::Number(number)])
    }

    /// A compile error where the mistake stands.
    pub fn error(mistake: Mistake) -> Self {
        Self(vec![Tree::Error(mistake)])
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
        self.write(&mut trees, input, Span::call_site());
        trees.into_iter().collect()
    }

    fn write(self, trees: &mut Vec<TokenTree>, input: &Input, span: Span) {
        for tree in self.0 {
            let mut tree: TokenTree = match tree {
                Tree::Ident(word) => ident(&word, span),
                Tree::Punct(character, spacing) => Punct::new(character, spacing).into(),
                Tree::String(text) => Literal::string(&text).into(),
                Tree::Number(number) => Literal::usize_unsuffixed(number).into(),
                Tree::Group(delimiter, code) => {
                    let mut inside = Vec::with_capacity(code.0.len());
                    code.write(&mut inside, input, span);
                    Group::new(delimiter.into(), inside.into_iter().collect()).into()
                }
                Tree::User(range) => {
                    trees.extend(input.written(range));
                    continue;
                }
                Tree::At(place, code) => {
                    code.write(trees, input, Span::call_site().located_at(input.span_of_first(place)));
                    continue;
                }
                Tree::Error(mistake) => {
                    let position = mistake
                        .part
                        .as_ref()
                        .and_then(|part| input.position(mistake.place, part));
                    let (first, last) = (input.span_of_first(mistake.place), input.span_of_last(mistake.place));
                    compile_error(trees, first, last, &mistake.message(position.as_deref()));
                    continue;
                }
            };
            tree.set_span(span);
            trees.push(tree);
        }
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
