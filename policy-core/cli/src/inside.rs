//! The policies inside a file, by the library that reads them.

use policy_core::document::line_and_column;
use policy_core::policy::Version;
use policy_files::{Reader, Reading, Unreadable};

use crate::files::Input;
use crate::lines::say;

/// Why a file is not read.
pub struct Refused {
    pub reason: String,
    /// Whether it should have been: the user named it, or it mentions a policy.
    pub is_problem: bool,
}

/// Reads a file.
pub fn read(input: &Input, text: &str, reader: &mut Reader) -> Result<Reading, Refused> {
    reader.read(&input.named_as(text), text).map_err(|error| {
        let is_template = matches!(error, Unreadable::Template(_));
        Refused {
            reason: match &error {
                Unreadable::Syntax(syntax) => {
                    let (line, column) = line_and_column(text, syntax.offset());
                    format!("line {line}, column {column}: {error}")
                }
                _ => error.to_string(),
            },
            is_problem: input.named || !is_template && mentions_a_policy(text),
        }
    })
}

/// Whether a text that is not of its language was meant to have a policy.
pub fn mentions_a_policy(text: &str) -> bool {
    let languages = [Version::V2012.name(), Version::V2008.name()];
    text.contains("Statement") || languages.iter().any(|language| text.contains(language))
}

/// Says that a file of a folder is skipped, if that is asked for.
pub fn say_skipped(verbose: bool, name: &str, reason: Option<&str>) {
    if verbose {
        let reason = reason.unwrap_or("without a policy");
        say(format_args!("policy: {name}: skipped: {reason}"));
    }
}
