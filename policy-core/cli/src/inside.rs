//! The policies inside a file, by the library that reads them.

use std::cell::LazyCell;
use std::fmt;

use policy_core::document::Lines;
use policy_core::policy::{AttachedTo, Version};
use policy_files::{FilePolicy, Reader, Reading, Unreadable};

use crate::files::Input;
use crate::kind;
use crate::lines::say;
use crate::tally::several;

/// Why a file is not read.
pub struct Refused {
    pub reason: String,
    /// Whether it should have been: the user named it, or it mentions a policy.
    pub is_problem: bool,
    /// Whether it is in a language for templates, and what it becomes may have a policy.
    pub is_template: bool,
}

/// Reads a file. One of a folder that does not mention a policy is not parsed: most files of a large repository are such.
pub fn read(input: &Input, text: &str, reader: &mut Reader) -> Result<Reading, Refused> {
    if !input.named && !mentions_a_policy(text) {
        return Err(Refused {
            reason: WITHOUT.to_owned(),
            is_problem: false,
            is_template: false,
        });
    }
    reader.read(&input.named_as(text), text).map_err(|error| {
        let is_template = matches!(error, Unreadable::Template(_));
        Refused {
            reason: match &error {
                Unreadable::Syntax(syntax) => at(&Lines::of(text), syntax.offset(), &error),
                _ => error.to_string(),
            },
            is_problem: input.named || !is_template,
            is_template,
        }
    })
}

/// What a file with this text has that cannot be read, with its places.
pub fn unread(reading: &Reading, text: &str) -> Vec<String> {
    let lines = LazyCell::new(|| Lines::of(text));
    let all = reading.unread().iter();
    all.map(|unread| at(&lines, unread.place().start, unread)).collect()
}

/// What a file with this text has that is skipped, with its places.
pub fn skipped(reading: &Reading, text: &str) -> Vec<String> {
    let lines = LazyCell::new(|| Lines::of(text));
    let all = reading.skipped().iter();
    all.map(|skipped| {
        let what = format!("`{}` is skipped: {}", skipped.address(), skipped.reason());
        at(&lines, skipped.place().start, what)
    })
    .collect()
}

/// A message about a byte of a text with these lines, with its place.
pub fn at(lines: &Lines<'_>, offset: usize, what: impl fmt::Display) -> String {
    let at = lines.position(offset);
    format!("line {}, column {}: {what}", at.line, at.column)
}

/// The policies of a file, of the kind that is asked for, and with the values that the settings give their holes.
pub fn settled(input: &Input, reading: Reading, attached_to: Option<AttachedTo>) -> impl Iterator<Item = FilePolicy> {
    reading.into_policies().into_iter().map(move |policy| {
        // A file that is a policy may tell its kind by its name.
        let by_name = policy
            .address()
            .is_empty()
            .then(|| kind::by_name(&input.path))
            .flatten();
        let policy = match input.kind.named().or(by_name) {
            Some(kind) => policy.with_kind(kind, attached_to),
            None => policy,
        };
        match &input.config {
            Some(own) => own.filled(policy),
            None => policy,
        }
    })
}

const WITHOUT: &str = "without a policy";

/// Whether a text can have a policy, perhaps a broken one: `Statement`, `CustomStatements`, `statements` of a function's role, the
/// policy templates of SAM.
pub fn mentions_a_policy(text: &str) -> bool {
    let languages = [Version::V2012.name(), Version::V2008.name()];
    let mut words = ["tatement", "aws_iam_policy_document"].iter().chain(&languages);
    let has = |word: &str| text.contains(word);
    words.any(|word| has(word)) || has("AWS::Serverless::") && has("Policies")
}

/// How many files of folders were skipped.
#[derive(Default)]
pub struct Skipped {
    without_policy: usize,
    templates: usize,
    policies: usize,
}

impl Skipped {
    pub const fn add(&mut self, is_template: bool) {
        if is_template {
            self.templates += 1;
        } else {
            self.without_policy += 1;
        }
    }

    /// Counts the policies of a file that are not read, and says why, if that is asked for.
    pub fn add_policies(&mut self, verbose: bool, name: &str, skipped: &[String]) {
        self.policies += skipped.len();
        for reason in skipped.iter().filter(|_| verbose) {
            say(format_args!("policy: {name}: {reason}"));
        }
    }
}

/// The part of a tally about them; empty if no file was skipped.
impl fmt::Display for Skipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds = [
            (self.without_policy, WITHOUT),
            (self.templates, "a template of Helm, Jinja or the like"),
        ];
        for (count, what) in kinds.into_iter().filter(|(count, _)| *count > 0) {
            write!(f, "; {} skipped, {what}", several(count, "file"))?;
        }
        match self.policies {
            0 => Ok(()),
            1 => f.write_str("; 1 policy skipped, not read where it is written"),
            count => write!(f, "; {count} policies skipped, not read where they are written"),
        }
    }
}

/// Says that a file of a folder is skipped, if that is asked for.
pub fn say_skipped(verbose: bool, name: &str, reason: Option<&str>) {
    if verbose {
        let reason = reason.unwrap_or(WITHOUT);
        say(format_args!("policy: {name}: skipped: {reason}"));
    }
}
