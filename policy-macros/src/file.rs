//! `policy_file!`: a policy in a file of its own.

use std::path::PathBuf;

use policy_core::document::{Document, Node, Place, line_and_column};
use policy_core::finding::{Code, Finding};
use policy_core::shown::{Shown, in_columns};
use proc_macro2::TokenStream;
use quote::quote;

use crate::expand::Expansion;
use crate::header::{self, Form, Header};
use crate::judge::{self, string_at};
use crate::literal;
use crate::report::{Mistake, Report};
use crate::token::{Input, Token, joined, place};

/// The expansion of a `policy_file!`.
pub fn expand(input: &Input) -> TokenStream {
    let mut report = Report::default();
    let (mut header, path_at) = match header::read_file(&input.tokens, &mut report) {
        Ok(read) => read,
        Err(mistake) => return mistake.to_error(input),
    };
    let Form::Constant(name) = header.form.clone() else {
        return report.into_errors(input);
    };
    let path_place = place(path_at..path_at + 1);
    let path = match input.tokens.get(path_at) {
        Some(Token::Literal(literal)) => literal::text(literal).unwrap_or_default(),
        _ => String::new(),
    };
    let (json, tracked) = match std::fs::read_to_string(absolute(&path)) {
        Ok(text) => {
            let absolute = absolute(&path).display().to_string();
            (
                policy(&text, &path, path_place, &mut header, &mut report),
                // Nothing reads it, but the compiler records it, and compiles again when the file changes.
                quote!(
                    const _: &[u8] = ::core::include_bytes!(#absolute);
                ),
            )
        }
        Err(error) => {
            report.push(unreadable(&path, path_place, &error));
            (String::from("{}"), TokenStream::new())
        }
    };
    let constant = Expansion::of(input, &header).constant(&name, &json);
    joined(&[report.into_errors(input), constant, tracked])
}

/// Paths are relative to the folder of the package's `Cargo.toml`, as Cargo's are.
fn absolute(path: &str) -> PathBuf {
    std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(PathBuf::new, PathBuf::from)
        .join(path)
}

fn unreadable(path: &str, place: Place, error: &std::io::Error) -> Mistake {
    let mistake = Mistake::new(place, format!("`{path}` cannot be read: {error}"))
        .note(format!("this is `{}`", absolute(path).display()));
    if error.kind() == std::io::ErrorKind::NotFound {
        mistake.help("write the path relative to the folder of the package's `Cargo.toml`")
    } else {
        mistake
    }
}

/// The policy of a file without whitespace; if it is wrong, the part that can be read.
pub fn policy(text: &str, path: &str, path_place: Place, header: &mut Header, report: &mut Report) -> String {
    let source = Source {
        text,
        path,
        place: path_place,
    };
    match Document::read(text) {
        Ok(document) => {
            if header.kind_is_sure {
                judge::findings(&document, header, report, |finding| {
                    source.mistake(document.root(), finding)
                });
            }
            document.to_json()
        }
        Err(error) => {
            let what = format!("{} [{}]", error.message(), Code::JsonSyntaxError);
            let mut mistake = source.at(Mistake::new(path_place, what), error.offset(), 1);
            if !error.help().is_empty() {
                mistake = mistake.help(error.help());
            }
            report.push(mistake);
            String::from("{}")
        }
    }
}

/// A file, and the path in the macro's input at which its mistakes are reported.
struct Source<'a> {
    text: &'a str,
    path: &'a str,
    place: Place,
}

impl Source<'_> {
    fn mistake(&self, root: &Node<'_>, finding: &Finding) -> Mistake {
        let (start, end) = self.range(root, finding);
        let mut mistake = judge::mistake(root, finding);
        for line in &mut mistake.lines {
            // A policy in a file has no holes.
            if let Some((general, _)) = line.split_once("in `policy!`") {
                *line = general.trim_end_matches([' ', ';', ':', ',']).to_owned();
            }
        }
        mistake.place = self.place;
        mistake.part = None;
        self.at(
            mistake,
            start,
            self.text.get(start..end).unwrap_or_default().chars().count(),
        )
    }

    /// The bytes of the file that a finding is about.
    fn range(&self, root: &Node<'_>, finding: &Finding) -> (usize, usize) {
        let offset = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
        let (start, end) = (offset(finding.place().start), offset(finding.place().end));
        let literal = self.text.get(start..end).unwrap_or_default();
        match finding.span_in_string() {
            // In a string with escapes, the parts are not where they would be without them.
            Some(part) if string_at(root, finding.place()).is_some() && !literal.contains('\\') => {
                (start + 1 + part.start, start + 1 + part.end)
            }
            _ => (start, end),
        }
    }

    /// Shows the line of the file, and underlines the part that is wrong: so many characters from a byte on.
    fn at(&self, mut mistake: Mistake, offset: usize, characters: usize) -> Mistake {
        let (line, column) = line_and_column(self.text, offset);
        let written = self.text.lines().nth(line - 1).unwrap_or_default();
        let indented = written.len() - written.trim_start().len();
        let room = written.chars().count().saturating_sub(column - 1).max(1);
        mistake.excerpt = vec![
            Shown(format_args!("--> {}:{line}:{column}", self.path)).to_string(),
            format!("{line} | {}", in_columns(written.trim())),
            format!(
                "{} | {}{}",
                " ".repeat(line.to_string().len()),
                " ".repeat((column - 1).saturating_sub(indented)),
                "^".repeat(characters.clamp(1, room))
            ),
        ];
        mistake
    }
}
