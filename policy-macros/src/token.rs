//! The macro's input as a flat list of numbered tokens.
//!
//! The readers of the input see [`Token`]s, which are independent of the compiler, so that they can be tested, with any
//! input, outside of a macro. A [`Place`](policy_core::document::Place) counts tokens. Only [`Input`] has their spans.

use std::ops::Range;

use policy_core::document::Place;
use proc_macro2::{Punct, Spacing, Span, TokenStream, TokenTree, token_stream};
use quote::{ToTokens, TokenStreamExt};

use crate::literal::text;
use crate::report::Part;

/// One token; both ends of a group are tokens of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// A Rust identifier or keyword.
    Ident(String),
    /// A literal, as written.
    Literal(String),
    /// A punctuation character.
    Punct(char),
    /// The beginning of a group, and the number of the token that ends it.
    Open(Delimiter, usize),
    /// The end of a group.
    Close(Delimiter),
}

/// The delimiter of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delimiter {
    /// `{}`
    Brace,
    /// `[]`
    Bracket,
    /// `()`
    Parenthesis,
}

impl Delimiter {
    /// `None` for an invisible delimiter.
    const fn of(delimiter: proc_macro2::Delimiter) -> Option<Self> {
        match delimiter {
            proc_macro2::Delimiter::Brace => Some(Self::Brace),
            proc_macro2::Delimiter::Bracket => Some(Self::Bracket),
            proc_macro2::Delimiter::Parenthesis => Some(Self::Parenthesis),
            proc_macro2::Delimiter::None => None,
        }
    }
}

impl Token {
    /// The token as the user sees it.
    pub fn shown(&self) -> String {
        match self {
            Self::Ident(text) | Self::Literal(text) => text.clone(),
            Self::Punct(character) => character.to_string(),
            Self::Open(Delimiter::Brace, _) => "{".to_owned(),
            Self::Open(Delimiter::Bracket, _) => "[".to_owned(),
            Self::Open(Delimiter::Parenthesis, _) => "(".to_owned(),
            Self::Close(Delimiter::Brace) => "}".to_owned(),
            Self::Close(Delimiter::Bracket) => "]".to_owned(),
            Self::Close(Delimiter::Parenthesis) => ")".to_owned(),
        }
    }
}

/// The place of a range of tokens.
pub fn place(range: Range<usize>) -> Place {
    let number = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
    Place::new(number(range.start), number(range.end))
}

/// Reads tokens one after the other, within one group.
#[derive(Clone)]
pub struct Cursor<'t> {
    tokens: &'t [Token],
    at: usize,
    end: usize,
}

impl<'t> Cursor<'t> {
    /// Over tokens, of those in the range.
    pub fn new(tokens: &'t [Token], range: Range<usize>) -> Self {
        Self {
            tokens,
            at: range.start,
            end: range.end.min(tokens.len()),
        }
    }

    /// Over other tokens of the same input.
    pub fn over(&self, range: Range<usize>) -> Self {
        Self::new(self.tokens, range)
    }

    /// The number of the next token.
    pub const fn at(&self) -> usize {
        self.at
    }

    /// The number after that of the last token.
    pub const fn end(&self) -> usize {
        self.end
    }

    /// Whether no token is left.
    pub const fn is_done(&self) -> bool {
        self.at >= self.end
    }

    /// The next token.
    pub fn peek(&self) -> Option<&'t Token> {
        self.peek_after(0)
    }

    /// The token after so many others; a group counts by its tokens.
    pub fn peek_after(&self, skipped: usize) -> Option<&'t Token> {
        let index = self.at + skipped;
        if index < self.end { self.tokens.get(index) } else { None }
    }

    /// Goes on by one token; by a whole group where one begins.
    pub fn skip(&mut self) {
        self.at = match self.peek() {
            Some(Token::Open(_, close)) => (*close).max(self.at) + 1,
            _ => self.at + 1,
        };
    }

    /// Whether the next token is this character; goes on if so.
    pub fn eat(&mut self, character: char) -> bool {
        let there = self.peek() == Some(&Token::Punct(character));
        self.at += usize::from(there);
        there
    }

    /// Whether the next token is this word; goes on if so.
    pub fn eat_word(&mut self, word: &str) -> bool {
        let there = matches!(self.peek(), Some(Token::Ident(found)) if found == word);
        self.at += usize::from(there);
        there
    }

    /// The next token, if it is a word; goes on if so.
    pub fn word(&mut self) -> Option<&'t str> {
        match self.peek() {
            Some(Token::Ident(word)) => {
                self.at += 1;
                Some(word)
            }
            _ => None,
        }
    }

    /// The text of the next token, if it is a literal of text; goes on if it is a literal.
    pub fn string(&mut self) -> Option<String> {
        let Some(Token::Literal(literal)) = self.peek() else {
            return None;
        };
        self.at += 1;
        text(literal).ok()
    }

    /// The inside of the next token, if it is such a group; goes on behind it if so.
    pub fn group(&mut self, delimiter: Delimiter) -> Option<Self> {
        match self.peek() {
            Some(Token::Open(found, close)) if *found == delimiter => {
                let inside = Self::new(self.tokens, self.at + 1..*close);
                self.at = close + 1;
                Some(inside)
            }
            _ => None,
        }
    }

    /// The tokens before this character or the end, as they were probably written: with a space between two words. Goes on to there.
    pub fn written_until(&mut self, end: char) -> String {
        let mut written = String::new();
        let mut was_word = false;
        while let Some(token) = self.peek().filter(|token| **token != Token::Punct(end)) {
            let is_word = matches!(token, Token::Ident(_) | Token::Literal(_));
            if is_word && was_word {
                written.push(' ');
            }
            written.push_str(&token.shown());
            was_word = is_word;
            self.at += 1;
        }
        written
    }

    /// The place of the next token; where none is left, of the last one or of the end of the group.
    pub fn here(&self) -> Place {
        if self.at < self.tokens.len() {
            place(self.at..self.at + 1)
        } else {
            place(self.tokens.len().saturating_sub(1)..self.tokens.len())
        }
    }

    /// The next token, in words.
    pub fn found(&self) -> String {
        self.peek()
            .map_or_else(|| "the end".to_owned(), |token| format!("`{}`", token.shown()))
    }
}

/// The tokens, and the compiler's span of each.
pub struct Input {
    /// The tokens.
    pub tokens: Vec<Token>,
    origins: Vec<Origin>,
}

enum Origin {
    Tree(TokenTree),
    Close(Span),
}

impl Input {
    /// Flattens the compiler's token stream.
    pub fn read(stream: TokenStream) -> Self {
        let mut input = Self {
            tokens: Vec::new(),
            origins: Vec::new(),
        };
        // No recursion: the user's input decides how deep the groups are nested, and the stack is the compiler's.
        let mut outer: Vec<(token_stream::IntoIter, Option<End>)> = Vec::new();
        let mut trees = stream.into_iter();
        let mut end = None;
        loop {
            let Some(tree) = trees.next() else {
                if let Some(end) = end {
                    input.close(&end);
                }
                match outer.pop() {
                    Some(next) => (trees, end) = next,
                    None => return input,
                }
                continue;
            };
            let token = match &tree {
                TokenTree::Group(group) => {
                    let inside = group.stream().into_iter();
                    outer.push((std::mem::replace(&mut trees, inside), end.take()));
                    // The value of a `macro_rules!` variable is read as if it had been written there.
                    let Some(delimiter) = Delimiter::of(group.delimiter()) else {
                        continue;
                    };
                    let open = input.tokens.len();
                    end = Some(End {
                        open,
                        delimiter,
                        span: group.span_close(),
                    });
                    Token::Open(delimiter, open)
                }
                TokenTree::Ident(ident) => Token::Ident(ident.to_string()),
                TokenTree::Punct(punct) => Token::Punct(punct.as_char()),
                TokenTree::Literal(literal) => Token::Literal(literal.to_string()),
            };
            input.tokens.push(token);
            input.origins.push(Origin::Tree(tree));
        }
    }

    fn close(&mut self, end: &End) {
        let close = self.tokens.len();
        if let Some(Token::Open(_, index)) = self.tokens.get_mut(end.open) {
            *index = close;
        }
        self.tokens.push(Token::Close(end.delimiter));
        self.origins.push(Origin::Close(end.span));
    }

    /// The tokens of a range as the user wrote them, groups whole.
    pub const fn written(&self, range: Range<usize>) -> Written<'_> {
        Written { input: self, range }
    }

    /// The start of the first token of a range; of the whole macro call if the range is empty.
    pub fn span_of_first(&self, place: Place) -> Span {
        self.span(place.start)
    }

    /// The span of the last token of a range.
    pub fn span_of_last(&self, place: Place) -> Span {
        self.span(place.end.saturating_sub(1).max(place.start))
    }

    /// A span for the macro's own code, whose compile errors are then reported at the start of a place.
    pub fn ours_at(&self, place: Place) -> Span {
        Span::call_site().located_at(self.span_of_first(place))
    }

    /// The position of a part of a string literal: `src/main.rs:12:34`. Known if the literal has no escapes.
    ///
    /// Used only in errors: rust-analyzer does not know the position, gives no file name then, and does not cache an
    /// expansion that asks for it.
    pub fn position(&self, place: Place, part: &Part) -> Option<String> {
        let Token::Literal(literal) = self.tokens.get(usize::try_from(place.start).ok()?)? else {
            return None;
        };
        let quote = literal.find('"')?;
        let inside = literal.get(quote + 1..)?;
        let before = inside.get(..part.range.start)?;
        if !inside.starts_with(&part.string) || before.contains('\n') || !proc_macro::is_available() {
            return None;
        }
        let span = self.span_of_first(place).unwrap();
        let file = Some(span.file()).filter(|file| !file.is_empty())?;
        let column = span.column() + quote + 1 + before.chars().count();
        Some(format!("{file}:{}:{column}", span.line()))
    }

    fn span(&self, index: u32) -> Span {
        match usize::try_from(index).ok().and_then(|index| self.origins.get(index)) {
            Some(Origin::Tree(TokenTree::Group(group))) => group.span_open(),
            Some(Origin::Tree(tree)) => tree.span(),
            Some(Origin::Close(span)) => *span,
            None => Span::call_site(),
        }
    }
}

/// The end of the group that is being read.
struct End {
    open: usize,
    delimiter: Delimiter,
    span: Span,
}

/// The user's tokens, which the expansion has as they are.
#[derive(Clone)]
pub struct Written<'i> {
    input: &'i Input,
    range: Range<usize>,
}

impl Written<'_> {
    /// Whether it is empty.
    pub const fn is_empty(&self) -> bool {
        self.range.start >= self.range.end
    }
}

impl ToTokens for Written<'_> {
    fn to_tokens(&self, stream: &mut TokenStream) {
        let mut at = self.range.start;
        while at < self.range.end {
            if let Some(Origin::Tree(tree)) = self.input.origins.get(at) {
                stream.append(tree.clone());
            }
            at = match self.input.tokens.get(at) {
                Some(Token::Open(_, close)) => *close.max(&at) + 1,
                Some(_) => at + 1,
                None => return,
            };
        }
    }
}

/// All of these tokens. Where [`collect`](Iterator::collect) would be compiled anew for every iterator, this is not.
pub fn joined(streams: &[TokenStream]) -> TokenStream {
    let mut all = TokenStream::new();
    for stream in streams {
        stream.to_tokens(&mut all);
    }
    all
}

/// Appends a sign of Rust's: `,` or `::`.
pub fn sign(sign: &str, tokens: &mut TokenStream) {
    for (at, character) in sign.char_indices() {
        let is_last = at + 1 == sign.len();
        tokens.append(Punct::new(
            character,
            if is_last { Spacing::Alone } else { Spacing::Joint },
        ));
    }
}
