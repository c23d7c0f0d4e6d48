//! Untrusted text, made safe for terminals and CI logs.
//!
//! Policies, file names and requests are untrusted, and messages quote them. Unescaped, an escape sequence in an action
//! would move the terminal's cursor, a line break would forge a line of the report, and GitHub's runner would obey
//! `::stop-commands::`. Each line with a quotation is therefore [`Shown`], and a source line shown with a part
//! underlined is [`in_columns`]. Formats for programs, such as JSON, have their own
//! escapes, which they use for what [is unseen](is_unseen), and stay exact.

use std::fmt::{self, Write as _};

/// A line of output, displayed so that it stays one line and is never a command.
///
/// - Control characters, including line ends, and invisible characters that change how others are shown (bidirectional
///   controls, zero-width characters, the soft hyphen) become Rust escapes: `\n`, `\u{1b}`, `\u{202e}`.
/// - At the start of the line, also after spaces, `::` becomes `:\u{3a}`; anywhere, the bracket of `##[`, and of `##`,
///   a word and `[`, becomes `\u{5b}`: these are commands to the runners of GitHub, Azure Pipelines and others.
///   <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>
///
/// All other characters, including backslashes, are unchanged, so that `Shown` is idempotent. Width and precision are
/// ignored.
///
/// ```
/// use policy_core::shown::Shown;
///
/// let action = "s3:\u{1b}[31m\n::stop-commands::x";
/// assert_eq!(
///     Shown(format_args!("`{action}` is not an action")).to_string(),
///     r"`s3:\u{1b}[31m\n::stop-commands::x` is not an action"
/// );
/// assert_eq!(Shown("  ::stop-commands::x").to_string(), r"  :\u{3a}stop-commands::x");
/// assert_eq!(Shown(r"C:\policies\é.json").to_string(), r"C:\policies\é.json");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Shown<T>(pub T);

impl<T: fmt::Display> fmt::Display for Shown<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut escaping = Escaping {
            out: f,
            seen: Seen::Start,
        };
        write!(escaping, "{}", self.0)
    }
}

/// Lines of a source, with one character for each that [`Shown`] escapes, so that an underline below a character stays
/// aligned: the picture of an ASCII control character, otherwise U+FFFD. Tabs and line ends are kept. It is for lines
/// that start with something else, such as their number.
///
/// ```
/// use policy_core::shown::in_columns;
///
/// assert_eq!(in_columns("\ta\u{1b}[31m\u{9b}b\r\n"), "\ta␛[31m\u{FFFD}b\r\n");
/// ```
pub fn in_columns(source: &str) -> String {
    let mut seen = Seen::Other;
    let mut columns = String::with_capacity(source.len());
    let mut rest = source.chars();
    while let Some(character) = rest.next() {
        columns.push(match character {
            '\t' | '\n' => {
                seen = Seen::Other;
                character
            }
            '\r' if rest.as_str().starts_with('\n') => character,
            _ if !seen.then_hides(character) => character,
            '\0'..='\u{1F}' => char::from_u32(0x2400 + u32::from(character)).unwrap_or(char::REPLACEMENT_CHARACTER),
            '\u{7F}' => '\u{2421}',
            _ => char::REPLACEMENT_CHARACTER,
        });
    }
    columns
}

/// Writes text with escapes.
struct Escaping<'o, 'f> {
    out: &'o mut fmt::Formatter<'f>,
    seen: Seen,
}

impl fmt::Write for Escaping<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut written = 0;
        for (at, character) in text.char_indices() {
            if self.seen.then_hides(character) {
                self.out.write_str(text.get(written..at).unwrap_or_default())?;
                match character {
                    '\n' | '\r' | '\t' => write!(self.out, "{}", character.escape_default())?,
                    _ => write!(self.out, "{}", character.escape_unicode())?,
                }
                written = at + character.len_utf8();
            }
        }
        self.out.write_str(text.get(written..).unwrap_or_default())
    }
}

/// The progress of a possible command.
#[derive(Clone, Copy)]
enum Seen {
    /// Only whitespace.
    Start,
    /// Then one colon.
    Colon,
    /// `#`, anywhere.
    Hash,
    /// `##`, and possibly the letters of a word.
    Hashes,
    Other,
}

impl Seen {
    /// Whether the next character must be escaped.
    fn then_hides(&mut self, character: char) -> bool {
        let hides = match (*self, character) {
            (Self::Colon, ':') | (Self::Hashes, '[') => true,
            _ => is_unseen(character),
        };
        *self = match (*self, character) {
            _ if hides => Self::Other,
            (Self::Start, ':') => Self::Colon,
            (Self::Start, _) if character.is_whitespace() => Self::Start,
            (Self::Hash | Self::Hashes, '#') => Self::Hashes,
            (_, '#') => Self::Hash,
            (Self::Hashes, _) if character.is_ascii_alphanumeric() => Self::Hashes,
            _ => Self::Other,
        };
        hides
    }
}

/// Whether a character is invisible, but changes what is shown, or is obeyed by a terminal: a control character, also of C1, or one of
/// those that [`Shown`] escapes besides. A format with escapes of its own writes these with them.
///
/// ```
/// use policy_core::shown::is_unseen;
///
/// assert!(['\u{7f}', '\u{9b}', '\u{202e}', '\n'].into_iter().all(is_unseen));
/// assert!(!['a', 'é', ' ', '日'].into_iter().any(is_unseen));
/// ```
pub const fn is_unseen(character: char) -> bool {
    matches!(
        character,
        // C0, DEL and C1.
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}'
        // Soft hyphen, Arabic letter mark, Mongolian vowel separator.
        | '\u{AD}' | '\u{61C}' | '\u{180E}'
        // Zero-width characters and marks of direction; ends of lines and paragraphs, embeddings; invisible operators, isolates.
        | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        // Byte order mark, annotations, tags.
        | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}'
    )
}

#[cfg(test)]
mod tests {
    use super::{Shown, in_columns};

    const UNSEEN: &str = "\0\u{7}\u{1b}\u{7f}\u{80}\u{85}\u{9b}\u{9f}\u{ad}\u{61c}\u{180e}\u{200b}\u{200e}\u{200f}\u{2028}\u{2029}\
                          \u{202a}\u{202e}\u{2066}\u{2069}\u{feff}\u{fff9}\u{e0001}\u{e007f}";

    #[test]
    fn what_is_not_seen_is_escaped() {
        for character in UNSEEN.chars() {
            let code = u32::from(character);
            assert_eq!(
                Shown(format!("a{character}b")).to_string(),
                format!("a\\u{{{code:x}}}b")
            );
        }
        assert_eq!(Shown("a\r\n\tb").to_string(), r"a\r\n\tb");
        for seen in ["a é ß \u{301} 日本 😀 \u{A0}| \\n \\u{1b} ' \" `", ""] {
            assert_eq!(Shown(seen).to_string(), seen);
        }
    }

    #[test]
    fn no_line_is_a_command() {
        for (text, shown) in [
            ("::error::x", r":\u{3a}error::x"),
            ("\u{A0}\u{3000} ::error::x", "\u{A0}\u{3000} :\\u{3a}error::x"),
            (":::x", r":\u{3a}:x"),
            ("a ::error::x", "a ::error::x"),
            ("\n::error::x", r"\n::error::x"),
            ("a##[error]x", r"a##\u{5b}error]x"),
            (
                "###[error]##vso[task.setvariable]##teamcity[x]",
                r"###\u{5b}error]##vso\u{5b}task.setvariable]##teamcity\u{5b}x]",
            ),
            ("# [a] #[b] ## [c] ##-[d]", "# [a] #[b] ## [c] ##-[d]"),
        ] {
            assert_eq!(Shown(text).to_string(), shown);
            assert_eq!(Shown(shown).to_string(), shown, "shown twice");
            // Wherever the text is split between writes.
            for at in text.char_indices().map(|(at, _)| at) {
                let (before, after) = text.split_at(at);
                assert_eq!(Shown(format_args!("{before}{after}")).to_string(), shown, "{at}");
            }
        }
    }

    #[test]
    fn in_a_source_each_character_has_its_column() {
        for character in UNSEEN.chars() {
            let source = format!("\té{character}b\r\n");
            let columns = in_columns(&source);
            assert_eq!(columns.chars().count(), source.chars().count(), "{source:?}");
            assert!(columns.starts_with("\té") && columns.ends_with("b\r\n"), "{columns}");
            assert!(!columns.contains(character), "{source:?}");
        }
        assert_eq!(in_columns("##[error]\r#\n#[a]::b"), "##\u{FFFD}error]␍#\n#[a]::b");
    }
}
