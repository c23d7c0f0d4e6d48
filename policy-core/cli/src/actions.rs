//! `policy actions`.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use policy_core::catalogue::{self, AccessLevel};
use policy_core::document::Document;
use policy_core::policy::{self, Effect, Kind};
use policy_core::shown::Shown;
use policy_files::Reader;
use serde_json::json;

use crate::arguments::{SettingsArguments, access_level, today};
use crate::config::Configs;
use crate::files::{self, Input};
use crate::inside;
use crate::kind::KindName;
use crate::lines::{self, Lines, say};
use crate::list::Format;
use crate::policies::is_like_a_policy;
use crate::tally::several;

#[derive(clap::Args)]
pub struct Arguments {
    /// Lists only actions of this access level; may be repeated
    #[arg(long, value_name = "LEVEL", value_parser = access_level)]
    access_level: Vec<AccessLevel>,
    /// The output format: text for people, or one JSON object a line
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    #[command(flatten)]
    settings: SettingsArguments,
    /// The files that have policies, folders of them, or `-` for standard input
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

/// The actions of a policy, by the effect of its statements on them.
type Listed = BTreeMap<Use, BTreeMap<Name, Meant>>;

/// The effect of statements on the actions that they list. With `NotAction`, on all other actions.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Use {
    denies: bool,
    negated: bool,
}

/// An action's service and name, in small letters; so they are sorted.
type Name = (String, String);

/// The catalogue's data on an action, and the texts of the policy that match it.
struct Meant {
    /// `s3:GetObject`, as AWS writes it; as the policy does, if AWS does not.
    qualified: String,
    service: String,
    known: Known,
    written: Vec<String>,
}

enum Known {
    Action(Vec<AccessLevel>),
    /// AWS no longer documents it; this is the month when it was last seen.
    Removed(&'static str),
    /// There is no such action, or no action that such a pattern matches.
    Unknown,
}

#[derive(Default)]
struct Tally {
    actions: usize,
    unknown: usize,
    policies: usize,
    unreadable: usize,
}

pub fn run(arguments: Arguments) -> ExitCode {
    let mut tally = Tally::default();
    let named = arguments.files.into_iter().map(|file| (file, KindName::Auto)).collect();
    let mut files = files::find(named, |folder, error| {
        tally.unreadable += 1;
        say(format_args!("policy: {}: {error}", folder.display()));
    });
    let choice = arguments.settings.choice();
    if let Err(code) = Configs::default().apply_or_end(&mut files.inputs, &choice, today()) {
        return code;
    }
    let passed_over = files::passed_over(files.passed_over);
    let mut out = io::BufWriter::new(io::stdout().lock());
    let written = list_all(
        &files.inputs,
        &arguments.access_level,
        arguments.format,
        &mut tally,
        &mut out,
    );
    match written.and_then(|()| out.flush()) {
        Ok(()) if tally.policies == 0 => say(format_args!("no policy was found{passed_over}")),
        Ok(()) => {
            let unknown = match tally.unknown {
                0 => String::new(),
                count => format!(", {count} unknown"),
            };
            let of = if tally.policies == 1 { "policy" } else { "policies" };
            let actions = several(tally.actions, "action");
            say(format_args!(
                "{actions}{unknown} in {} {of}{passed_over}",
                tally.policies
            ));
        }
        // The reader of the list has closed the pipe.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        Err(error) => {
            tally.unreadable += 1;
            say(format_args!("policy: standard output: {error}"));
        }
    }
    ExitCode::from(if tally.unreadable > 0 || tally.policies == 0 {
        2
    } else {
        0
    })
}

fn list_all(
    inputs: &[Input],
    levels: &[AccessLevel],
    format: Format,
    tally: &mut Tally,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut reader = Reader::new();
    for input in inputs {
        let name = input.shown().display().to_string();
        let (mut listed, count) = match list(input, &mut reader) {
            Ok(Some(listed)) => listed,
            Ok(None) => continue,
            Err(error) => {
                tally.unreadable += 1;
                say(format_args!("policy: {name}: {error}"));
                continue;
            }
        };
        tally.policies += count;
        for actions in listed.values_mut() {
            actions.retain(|_, meant| levels.is_empty() || meant.known.is_of(levels));
            tally.actions += actions.len();
            tally.unknown += actions.values().filter(|meant| meant.known.is_unknown()).count();
        }
        listed.retain(|_, actions| !actions.is_empty());
        for (of, actions) in &listed {
            match format {
                Format::Human => human(&name, *of, actions, &mut Lines(&mut *out))?,
                Format::Json => json(&name, *of, actions, out)?,
            }
        }
    }
    Ok(())
}

/// The actions of the policies in a file, and how many policies these are; `None` for a file of a folder that has none.
fn list(input: &Input, reader: &mut Reader) -> Result<Option<(Listed, usize)>, String> {
    let bytes = input.read().map_err(|error| error.to_string())?.bytes;
    let text = String::from_utf8(bytes).map_err(|error| error.to_string())?;
    let mut listed = Listed::new();
    if let Ok(document) = Document::read(&text)
        && is_like_a_policy(document.root())
    {
        let kind = input.kind.of(&input.path, None, document.root());
        add_all(&mut listed, &document, kind);
        return Ok(Some((listed, 1)));
    }
    let reading = match inside::read(input, &text, reader) {
        Ok(reading) => reading,
        Err(refused) if input.named => return Err(refused.reason),
        Err(_) => return Ok(None),
    };
    let mut count = 0;
    for policy in inside::settled(input, reading, None) {
        count += 1;
        for document in policy.documents() {
            add_all(&mut listed, document, policy.kind());
        }
    }
    match count {
        0 if input.named => Err("this is not a policy".to_owned()),
        0 => Ok(None),
        count => Ok(Some((listed, count))),
    }
}

fn add_all(listed: &mut Listed, document: &Document<'_>, kind: Kind) {
    let (outline, _) = policy::read(document, kind);
    for statement in outline.statements {
        let (Some(effect), Some(element)) = (statement.effect, statement.action) else {
            continue;
        };
        let of = Use {
            denies: effect == Effect::Deny,
            negated: element.negated,
        };
        let actions = listed.entry(of).or_default();
        for (_, text) in element.texts().filter(|(_, text)| text.holes().is_empty()) {
            add(actions, text.written());
        }
    }
}

fn add(actions: &mut BTreeMap<Name, Meant>, written: &str) {
    let mut any = false;
    let mut meant = |prefix: &str, name: &str, known: Known| {
        let key = (prefix.to_ascii_lowercase(), name.to_ascii_lowercase());
        let meant = actions.entry(key).or_insert_with(|| Meant {
            qualified: if name.is_empty() {
                prefix.to_owned()
            } else {
                format!("{prefix}:{name}")
            },
            service: prefix.to_owned(),
            known,
            written: Vec::new(),
        });
        if !meant.written.iter().any(|known| known == written) {
            meant.written.push(written.to_owned());
        }
    };
    for action in catalogue::actions_matching(written) {
        any = true;
        let known = Known::Action(action.access_levels().collect());
        meant(action.service().prefix(), action.name(), known);
    }
    if !any {
        let (prefix, name) = written.split_once(':').unwrap_or((written, ""));
        let removed = catalogue::service(prefix).and_then(|service| service.removed_action(name));
        let removed = removed.or_else(|| catalogue::removed_service(prefix));
        meant(
            prefix,
            name,
            removed.map_or(Known::Unknown, |removed| Known::Removed(removed.last_seen())),
        );
    }
}

impl Known {
    fn is_of(&self, levels: &[AccessLevel]) -> bool {
        matches!(self, Self::Action(own) if own.iter().any(|level| levels.contains(level)))
    }

    const fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }

    fn shown(&self) -> String {
        match self {
            Self::Action(levels) => levels.iter().map(|level| level.name()).collect::<Vec<_>>().join(", "),
            Self::Removed(month) => format!("no longer documented, last seen {month}"),
            Self::Unknown => "unknown".to_owned(),
        }
    }
}

impl Use {
    const fn effect(self) -> Effect {
        if self.denies { Effect::Deny } else { Effect::Allow }
    }
}

/// The widest column: longer texts exceed it. `{:width$}` panics beyond 65,535.
const WIDEST: usize = 80;

fn human(file: &str, of: Use, actions: &BTreeMap<Name, Meant>, out: &mut Lines<impl Write>) -> io::Result<()> {
    let but = if of.negated {
        " every action but these (NotAction)"
    } else {
        ""
    };
    out.line(format_args!("{file}: {}{but}", of.effect()))?;
    let shown: Vec<String> = actions
        .values()
        .map(|meant| Shown(&meant.qualified).to_string())
        .collect();
    let width = shown
        .iter()
        .map(|action| action.chars().count())
        .max()
        .unwrap_or_default()
        .min(WIDEST);
    let mut last = None;
    for (((prefix, _), meant), action) in actions.iter().zip(shown) {
        if last != Some(prefix) {
            let service = catalogue::service(prefix).map_or("unknown service", catalogue::Service::name);
            out.line(format_args!("  {}: {service}", meant.service))?;
            last = Some(prefix);
        }
        out.line(format_args!("    {action:width$}  {}", meant.known.shown()))?;
    }
    out.line("")
}

fn json(file: &str, of: Use, actions: &BTreeMap<Name, Meant>, out: &mut impl Write) -> io::Result<()> {
    for meant in actions.values() {
        let (levels, removed) = match &meant.known {
            Known::Action(levels) => (levels.iter().map(|level| level.name()).collect(), None),
            Known::Removed(month) => (Vec::new(), Some(*month)),
            Known::Unknown => (Vec::new(), None),
        };
        let object = json!({
            "file": file,
            "effect": of.effect().name(),
            "not_action": of.negated,
            "service": meant.service,
            "action": meant.qualified,
            "access_levels": levels,
            "known": !meant.known.is_unknown(),
            "last_documented": removed,
            "written": meant.written,
        });
        lines::object(out, &object)?;
    }
    Ok(())
}
