//! Templates as text: the single constant that a template of `policy!` compiles to.
//!
//! A list of pieces as Rust values costs a build fifteen times as much as the same list in one string literal. Each
//! instruction is a letter with its numbers, including the number of bytes it governs:
//!
//! ```text
//! T4:text      JSON as it is
//! H2;          what fills hole 2, escaped; inside of E and O of the same hole, the element that it is at
//! C            a comma, unless a list or an object has just been opened: before what may turn out to be the first element
//! W1,2&3:9:    the next 9 bytes where hole 1 or 2, and hole 3, are filled
//! E2:9:        the next 9 bytes once an element of the list in hole 2
//! O2:9:        the same where the list has one element; where it has several, in brackets and with commas
//! ```

use crate::collected::CollectVec;

/// A template while it is written.
///
/// ```
/// use policy_core::__macro::v1::template::Program;
///
/// let mut arn = Program::new();
/// arn.text("\"arn:aws:s3:::");
/// arn.hole(0);
/// arn.text("\"");
/// let mut program = Program::new();
/// program.one_or_many(0, arn);
/// assert_eq!(program.finish(), "O0:25:T14:\"arn:aws:s3:::H0;T1:\"");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Program {
    code: String,
    /// Text after the code, which may still grow.
    text: String,
}

impl Program {
    /// Creates an empty template.
    pub const fn new() -> Self {
        Self {
            code: String::new(),
            text: String::new(),
        }
    }

    /// Appends literal JSON.
    pub fn text(&mut self, json: &str) {
        self.text.push_str(json);
    }

    /// The buffer for literal JSON.
    pub const fn text_mut(&mut self) -> &mut String {
        &mut self.text
    }

    /// Appends the value of a hole.
    pub fn hole(&mut self, hole: usize) {
        self.settle();
        self.code.push('H');
        self.code.push_str(&hole.to_string());
        self.code.push(';');
    }

    /// Appends a comma, unless a list or an object has just been opened.
    pub fn comma(&mut self) {
        self.settle();
        self.code.push('C');
    }

    /// Appends `inside`, rendered only if in each of these lists of holes one is filled.
    pub fn when(&mut self, needs: &[Vec<usize>], inside: Self) {
        let any = |holes: &Vec<usize>| holes.iter().map(usize::to_string).collect_vec().join(",");
        let all = needs.iter().map(any).collect_vec().join("&");
        self.governing('W', &all, inside);
    }

    /// Appends `inside`, rendered once for each element of a list.
    pub fn each(&mut self, list: usize, inside: Self) {
        self.governing('E', &list.to_string(), inside);
    }

    /// Appends `inside`, rendered once if a list has one element, and otherwise as an array, once for each element.
    pub fn one_or_many(&mut self, list: usize, inside: Self) {
        self.governing('O', &list.to_string(), inside);
    }

    /// Appends another template. Adjacent texts are joined, to keep the program that each rendering reads short.
    pub fn append(&mut self, other: &Self) {
        let mut code = other.code.as_str();
        if let Some((text, rest)) = code.strip_prefix('T').map(governed) {
            self.text.push_str(text);
            code = rest;
        }
        if !code.is_empty() {
            self.settle();
            self.code.push_str(code);
        }
        self.text.push_str(&other.text);
    }

    /// Returns the template, for [`render`](super::render).
    pub fn finish(mut self) -> String {
        self.settle();
        self.code
    }

    fn governing(&mut self, letter: char, what: &str, inside: Self) {
        let inside = inside.finish();
        self.settle();
        self.code.push(letter);
        self.code.push_str(what);
        self.code.push(':');
        self.code.push_str(&inside.len().to_string());
        self.code.push(':');
        self.code.push_str(&inside);
    }

    fn settle(&mut self) {
        if !self.text.is_empty() {
            self.code.push('T');
            self.code.push_str(&self.text.len().to_string());
            self.code.push(':');
            self.code.push_str(&self.text);
            self.text.clear();
        }
    }
}

/// A length, a colon, and that number of bytes.
pub(super) const fn governed(text: &str) -> (&str, &str) {
    let (len, rest) = number(text);
    match rest.split_at_checked(len) {
        Some(parts) => parts,
        None => (rest, ""),
    }
}

/// The number at the start of a text, and the text after the separator.
pub(super) const fn number(text: &str) -> (usize, &str) {
    let mut number = 0;
    let mut rest = text.as_bytes();
    let mut digits = 0;
    while let [digit @ b'0'..=b'9', after @ ..] = rest {
        number = number * 10 + (*digit - b'0') as usize;
        rest = after;
        digits += 1;
    }
    match text.split_at_checked(digits + 1) {
        Some((_, rest)) => (number, rest),
        None => (number, ""),
    }
}
