//! What a `policy.toml` says, and all that is wrong with it at once.

use std::collections::BTreeMap;
use std::ops::Range;

use clap::ValueEnum;
use policy_core::finding::{Code, Severity};
use policy_core::names::AccountId;
use policy_core::spelling::nearest;
use policy_files::Allowance;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::glob::Glob;
use crate::arguments::{self, Denied};
use crate::kind::KindName;

/// The settings of a file, without its place.
#[derive(Default)]
pub struct Settings {
    pub severity: Option<Severity>,
    pub deny: Option<Vec<Denied>>,
    /// Each allowance, with the files that it is for, if it is not for all.
    pub allow: Vec<(Allowance, Option<Glob>)>,
    pub accounts: Vec<(Glob, AccountId)>,
    pub kinds: Vec<(Glob, KindName)>,
    pub holes: BTreeMap<String, String>,
}

/// A mistake: the byte at which it is, and what is wrong.
pub type Mistake = (usize, String);

const SETTINGS: [&str; 6] = ["accounts", "allow", "deny", "holes", "kinds", "severity"];
const PARTS: [&str; 5] = ["code", "files", "reason", "subject", "until"];

/// Reads a file.
pub fn read(text: &str) -> Result<Settings, Vec<Mistake>> {
    let (root, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader {
        mistakes: errors
            .iter()
            .map(|error| {
                (
                    error.span().map_or(0, |span| span.start),
                    format!("not TOML: {}", error.message()),
                )
            })
            .collect(),
    };
    let settings = reader.settings(root.get_ref());
    if reader.mistakes.is_empty() {
        return Ok(settings);
    }
    // Of what is not TOML nothing else is reported.
    reader.mistakes.sort_by_key(|(at, _)| *at);
    reader.mistakes.dedup_by_key(|(at, _)| *at);
    Err(reader.mistakes)
}

struct Reader {
    mistakes: Vec<Mistake>,
}

type Value<'t> = Spanned<DeValue<'t>>;

impl Reader {
    fn settings(&mut self, root: &DeTable<'_>) -> Settings {
        let mut settings = Settings::default();
        self.know_all(root, &SETTINGS, "a setting");
        for (name, value) in root {
            match name.get_ref().as_ref() {
                "severity" => {
                    let read = self.text(value).map(quoting(arguments::severity));
                    settings.severity = self.checked(read, value);
                }
                "deny" => {
                    let denied: Vec<Denied> = self
                        .list(value)
                        .iter()
                        .filter_map(|value| {
                            let read = self.text(value).map(quoting(arguments::denied));
                            self.checked(read, value)
                        })
                        .collect();
                    settings.deny = Some(denied);
                }
                "allow" => {
                    for value in self.list(value) {
                        settings.allow.extend(self.allowance(value));
                    }
                }
                "accounts" => {
                    settings.accounts = self.by_glob(value, |name| name.parse().map_err(|error| format!("{error}")));
                }
                "kinds" => settings.kinds = self.by_glob(value, kind),
                "holes" => {
                    for (name, value) in self.table(value).into_iter().flatten() {
                        if let Some(text) = self.text(value) {
                            settings.holes.insert(name.get_ref().to_string(), text.to_owned());
                        }
                    }
                }
                _ => {}
            }
        }
        settings
    }

    fn allowance(&mut self, value: &Value<'_>) -> Option<(Allowance, Option<Glob>)> {
        let table = self.table(value)?;
        self.know_all(table, &PARTS, "a part of an allowance");
        let [code, files, reason, subject, until] = PARTS.map(|name| {
            let value = table.get(name)?;
            let text = match value.get_ref() {
                DeValue::Datetime(day) if name == "until" => Some(day.to_string()),
                _ => self.text(value).map(str::to_owned),
            };
            text.map(|text| (text, value.span()))
        });
        for (name, part) in [("code", &code), ("subject", &subject), ("reason", &reason)] {
            if part.is_none() && !table.contains_key(name) {
                self.say(&value.span(), format!("an entry of `allow` lacks `{name}`"));
            }
        }
        let before = self.mistakes.len();
        // Each part is held against the rules alone, so that a mistake is reported at its own place.
        for (index, part) in [&code, &reason, &until].into_iter().enumerate() {
            let Some((text, place)) = part else { continue };
            let read = match index {
                0 => Allowance::of_parts(text, "", "-", None, 0..0),
                1 => Allowance::of_parts(Code::InvalidAction.name(), "", text, None, 0..0),
                _ => Allowance::of_parts(Code::InvalidAction.name(), "", "-", Some(text), 0..0),
            };
            if let Err(error) = read {
                self.say(place, error.to_string());
            }
        }
        if self.mistakes.len() > before {
            return None;
        }
        let ((code, _), (subject, _), (reason, _)) = (code?, subject?, reason?);
        let until = until.as_ref().map(|(day, _)| day.as_str());
        let allowance = Allowance::of_parts(&code, &subject, &reason, until, value.span()).ok()?;
        Some((allowance, files.map(|(files, _)| Glob::new(&files))))
    }

    /// A table of globs with what files of each have.
    fn by_glob<T>(&mut self, value: &Value<'_>, read: impl Fn(&str) -> Result<T, String>) -> Vec<(Glob, T)> {
        let mut all = Vec::new();
        for (glob, value) in self.table(value).into_iter().flatten() {
            let read = self.text(value).map(&read);
            let own = self.checked(read, value);
            // In the order written, which the table does not keep.
            all.extend(own.map(|own| (glob.span().start, Glob::new(glob.get_ref()), own)));
        }
        all.sort_by_key(|(at, ..)| *at);
        all.into_iter().map(|(_, glob, own)| (glob, own)).collect()
    }

    fn table<'v, 't>(&mut self, value: &'v Value<'t>) -> Option<&'v DeTable<'t>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.say(&value.span(), "write a table here".to_owned());
        }
        table
    }

    fn list<'v, 't>(&mut self, value: &'v Value<'t>) -> &'v [Value<'t>] {
        let list = value.get_ref().as_array();
        if list.is_none() {
            self.say(&value.span(), "write a list here".to_owned());
        }
        list.map_or(&[], |list| list)
    }

    fn text<'v>(&mut self, value: &'v Value<'_>) -> Option<&'v str> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.say(&value.span(), "write a text in quotes here".to_owned());
        }
        text
    }

    fn checked<T>(&mut self, read: Option<Result<T, String>>, value: &Value<'_>) -> Option<T> {
        match read? {
            Ok(read) => Some(read),
            Err(reason) => {
                self.say(&value.span(), reason);
                None
            }
        }
    }

    /// Says which names of a table there are not.
    fn know_all(&mut self, table: &DeTable<'_>, known: &[&'static str], what: &str) {
        for name in table.keys() {
            let own = name.get_ref().as_ref();
            if !known.contains(&own) {
                let help = nearest(own, known.iter().copied()).map_or_else(
                    || {
                        format!(
                            "write one of {}",
                            known
                                .iter()
                                .map(|name| format!("`{name}`"))
                                .collect::<Vec<_>>()
                                .join(", ")
                        )
                    },
                    |meant| format!("write `{meant}`"),
                );
                self.say(&name.span(), format!("`{own}` is not {what}; {help}"));
            }
        }
    }

    fn say(&mut self, place: &Range<usize>, what: String) {
        self.mistakes.push((place.start, what));
    }
}

/// What reads an argument, whose reasons follow the value that they are about.
fn quoting<T>(read: impl Fn(&str) -> Result<T, String>) -> impl Fn(&str) -> Result<T, String> {
    move |value| read(value).map_err(|reason| format!("`{value}`: {reason}"))
}

fn kind(name: &str) -> Result<KindName, String> {
    KindName::from_str(name, true).map_err(|_| {
        let names: Vec<String> = KindName::value_variants()
            .iter()
            .filter_map(|kind| Some(format!("`{}`", kind.to_possible_value()?.get_name())))
            .collect();
        format!("`{name}` is not a kind; write one of {}", names.join(", "))
    })
}
