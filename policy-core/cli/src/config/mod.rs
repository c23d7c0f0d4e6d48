//! `policy.toml`: settings of the files in its folder and below.

mod glob;
mod read;

use std::collections::HashMap;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use policy_core::check::Options;
use policy_core::document::{Lines, read_bytes};
use policy_core::finding::{Findings, Meant};
use policy_core::names::AccountId;
use policy_files::{Allowance, Day, FilePolicy, StaleAllowance};

use crate::arguments::ConfigChoice;
use crate::files::Input;
use crate::kind::KindName;
use crate::lines::say;
use read::Settings;

/// The name of a file of settings.
pub const NAME: &str = "policy.toml";

/// A file of settings.
pub struct Config {
    /// Its path, as it is shown.
    path: PathBuf,
    /// The folder from which its globs start, whole.
    folder: PathBuf,
    text: String,
    settings: Settings,
    /// What is known of each allowance.
    uses: Vec<Use>,
}

/// What is known of an allowance after some of the files.
#[derive(Default)]
struct Use {
    has_hidden: AtomicBool,
    /// The findings that it was perhaps written for.
    meant: Mutex<Meant>,
}

impl Use {
    fn meant(&self) -> MutexGuard<'_, Meant> {
        self.meant.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The files of settings that have been looked for.
#[derive(Default)]
pub struct Configs {
    /// By the folder of the files that they are for.
    known: HashMap<PathBuf, Found>,
    /// Each that has been read, by its path.
    read: HashMap<PathBuf, Found>,
    /// The folders that a link may lead to, whole, if it may not lead anywhere.
    within: Option<Vec<PathBuf>>,
}

/// A file of settings, if there is one; the lines that say what is wrong with it.
pub type Found = Result<Option<Arc<Config>>, Arc<Vec<String>>>;

impl Configs {
    /// Those of which a link is followed to these folders only.
    pub fn within(folders: &[PathBuf]) -> Self {
        let whole = folders.iter().filter_map(|folder| fs::canonicalize(folder).ok());
        Self {
            within: Some(whole.collect()),
            ..Self::default()
        }
    }

    /// Whether a file of settings is a link to where none may be read.
    fn leads_out(&self, path: &Path) -> bool {
        let Some(within) = &self.within else { return false };
        let real = fs::canonicalize(path).unwrap_or_default();
        let own = path.parent().and_then(|folder| fs::canonicalize(folder).ok());
        real.parent() != own.as_deref() && !within.iter().any(|folder| real.starts_with(folder))
    }

    /// The settings of the files in a folder: the nearest, upwards from it.
    pub fn of_folder(&mut self, folder: &Path) -> Found {
        if let Some(known) = self.known.get(folder) {
            return known.clone();
        }
        let path = folder.join(NAME);
        let refused = |reason: &str| Err(Arc::new(vec![format!("{}: {reason}", path.display())]));
        // What is there and cannot be read may have settings that count.
        let found = if path.symlink_metadata().is_err() {
            folder.parent().map_or(Ok(None), |outer| self.of_folder(outer))
        } else if !path.is_file() {
            refused("it is not a regular file: remove it, or put the settings there")
        } else if self.leads_out(&path) {
            refused("it is a link to a file outside the folder of the cases, and is not read")
        } else {
            self.read(&path)
        };
        self.known.insert(folder.to_owned(), found.clone());
        found
    }

    /// The settings in this file.
    pub fn read(&mut self, path: &Path) -> Found {
        let read = self.read.entry(path.to_owned());
        read.or_insert_with(|| {
            Config::read(path)
                .map(|config| Some(Arc::new(config)))
                .map_err(Arc::new)
        })
        .clone()
    }

    /// What the nearest settings say of a file; otherwise the lines that say what is wrong with these.
    pub fn of_path(&mut self, path: &Path, today: Day) -> Result<Option<OfFile>, Arc<Vec<String>>> {
        let folder = whole(path.parent().unwrap_or(Path::new("")));
        let found = self.of_folder(&folder)?;
        Ok(found.map(|config| config.of_file(&folder, path.file_name().unwrap_or_default(), today)))
    }

    /// Gives each file what the settings say of it; otherwise the lines that say what is wrong with these.
    pub fn apply(&mut self, inputs: &mut [Input], choice: &ConfigChoice, today: Day) -> Result<(), Vec<String>> {
        let mut mistakes: Vec<Arc<Vec<String>>> = Vec::new();
        let mut folders: HashMap<PathBuf, PathBuf> = HashMap::new();
        for input in inputs {
            let written = input.path.parent().unwrap_or(Path::new("")).to_owned();
            let folder = folders.entry(written).or_insert_with_key(|written| whole(written));
            let found = match choice {
                ConfigChoice::Nearest => self.of_folder(folder),
                ConfigChoice::File(path) => self.read(path),
                ConfigChoice::None => return Ok(()),
            };
            match found {
                Ok(None) => {}
                Ok(Some(config)) => {
                    let own = config.of_file(folder, input.path.file_name().unwrap_or_default(), today);
                    if let (KindName::Auto, Some(kind)) = (input.kind, own.kind) {
                        input.kind = kind;
                    }
                    input.config = Some(own);
                }
                Err(lines) => {
                    if !mistakes.iter().any(|known| Arc::ptr_eq(known, &lines)) {
                        mistakes.push(lines);
                    }
                }
            }
        }
        let lines: Vec<String> = mistakes.iter().flat_map(|lines| lines.iter().cloned()).collect();
        if lines.is_empty() { Ok(()) } else { Err(lines) }
    }

    /// Gives each file what the settings say of it. If these cannot be read, says why, and ends the run.
    pub fn apply_or_end(&mut self, inputs: &mut [Input], choice: &ConfigChoice, today: Day) -> Result<(), ExitCode> {
        self.apply(inputs, choice, today).map_err(|lines| end(&lines))
    }

    /// The allowances to remove or renew: the place of each, and what is wrong with it. Those that have hidden nothing are among them if all
    /// files that they may be for were checked, those below these folders.
    pub fn stale(&self, today: Day, folders: &[PathBuf]) -> Vec<(String, StaleAllowance)> {
        let mut all: Vec<&Arc<Config>> = self
            .read
            .values()
            .filter_map(|found| found.as_ref().ok()?.as_ref())
            .collect();
        all.sort_by_key(|config| &config.path);
        let folders: Vec<PathBuf> = folders.iter().map(|folder| whole(folder)).collect();
        let is_whole = |config: &Config| folders.iter().any(|folder| config.folder.starts_with(folder));
        all.into_iter()
            .flat_map(|config| config.stale(today, is_whole(config)))
            .collect()
    }
}

/// Says what is wrong before anything is read. The run ends with this code.
pub fn end(lines: &[String]) -> ExitCode {
    for line in lines {
        say(format_args!("policy: {line}"));
    }
    ExitCode::from(2)
}

/// A folder by its whole path; one without a name is the working folder.
pub fn whole(folder: &Path) -> PathBuf {
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned())
}

impl Config {
    fn read(path: &Path) -> Result<Self, Vec<String>> {
        let here = std::env::current_dir().and_then(fs::canonicalize).unwrap_or_default();
        let shown = path.strip_prefix(here).unwrap_or(path).to_owned();
        let refused = |reason: String| vec![format!("{}: {reason}", shown.display())];
        let bytes = File::open(path)
            .and_then(read_bytes)
            .map_err(|error| refused(error.to_string()))?;
        let text = String::from_utf8(bytes).map_err(|error| refused(error.to_string()))?;
        let settings = read::read(&text).map_err(|mistakes| {
            let places = Lines::of(&text);
            let lines = mistakes.into_iter().map(|(at, what)| {
                let at = places.position(at);
                format!("{}:{}:{}: {what}", shown.display(), at.line, at.column)
            });
            lines.collect::<Vec<_>>()
        })?;
        Ok(Self {
            path: shown,
            folder: whole(path.parent().unwrap_or(Path::new(""))),
            uses: settings.allow.iter().map(|_| Use::default()).collect(),
            text,
            settings,
        })
    }

    /// What it says of severities and of what fails a run.
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// What it says of a file of this name in a folder, whose path is whole.
    pub fn of_file(self: &Arc<Self>, folder: &Path, name: &OsStr, today: Day) -> OfFile {
        let path = folder.join(name);
        let inner = path.strip_prefix(&self.folder).unwrap_or(&path);
        let steps: Vec<String> = inner
            .components()
            .filter_map(|component| match component {
                Component::Normal(step) => Some(step.to_string_lossy().into_owned()),
                _ => None,
            })
            .collect();
        let allowances = self.settings.allow.iter().enumerate();
        OfFile {
            config: Arc::clone(self),
            kind: self
                .settings
                .kinds
                .iter()
                .find(|(glob, _)| glob.has(&steps))
                .map(|(_, kind)| *kind),
            account: self
                .settings
                .accounts
                .iter()
                .find(|(glob, _)| glob.has(&steps))
                .map(|(_, own)| own.clone()),
            allowances: allowances
                .filter(|(_, (allowance, files))| {
                    !allowance.is_over(today) && files.as_ref().is_none_or(|files| files.has(&steps))
                })
                .map(|(index, _)| index)
                .collect(),
        }
    }

    fn stale(&self, today: Day, is_whole: bool) -> Vec<(String, StaleAllowance)> {
        let lines = Lines::of(&self.text);
        let all = self.settings.allow.iter().zip(&self.uses);
        let stale = all.filter_map(|((allowance, _), own)| {
            let is_over = allowance.is_over(today);
            let is_stale = is_over || is_whole && !own.has_hidden.load(Ordering::Relaxed);
            is_stale.then(|| {
                let at = lines.position(allowance.place().start);
                let place = format!("{}:{}:{}", self.path.display(), at.line, at.column);
                let stale = StaleAllowance::new(allowance.clone(), is_over);
                (place, stale.meaning(own.meant().clone()))
            })
        });
        stale.collect()
    }
}

/// What a file of settings says of one file.
#[derive(Clone)]
pub struct OfFile {
    pub config: Arc<Config>,
    pub kind: Option<KindName>,
    account: Option<AccountId>,
    /// The indices of the allowances in force.
    allowances: Vec<usize>,
}

impl OfFile {
    /// What is asked for, with what the settings say.
    pub fn options(&self, mut options: Options) -> Options {
        if let Some(mildest) = self.config.settings.severity {
            options = options.severity(mildest);
        }
        if let Some(account) = &self.account {
            options = options.account(account.clone());
        }
        let own = self.allowances();
        own.fold(options, |options, (allowance, _)| {
            options.allow_subject(allowance.code(), allowance.subject())
        })
    }

    /// Notes which allowances have hidden findings, or were not asked for, and which of the others they were perhaps written for.
    pub fn note(&self, others: &Findings, hidden: &Findings, options: &Options) {
        for (allowance, own) in self.allowances() {
            let hides = hidden.iter().any(|finding| allowance.allows(finding));
            if hides || !options.wants_code(allowance.code()) {
                own.has_hidden.store(true, Ordering::Relaxed);
            } else if !own.has_hidden.load(Ordering::Relaxed) {
                for finding in others.of_code(allowance.code()) {
                    own.meant().add(allowance.subject(), finding.subject());
                }
            }
        }
    }

    /// A policy with the values that the settings give its holes.
    pub fn filled(&self, policy: FilePolicy) -> FilePolicy {
        let values = &self.config.settings.holes;
        if values.is_empty() {
            policy
        } else {
            policy.with_values(values)
        }
    }

    fn allowances(&self) -> impl Iterator<Item = (&Allowance, &Use)> {
        self.allowances.iter().filter_map(|index| {
            let (allowance, _) = self.config.settings.allow.get(*index)?;
            Some((allowance, self.config.uses.get(*index)?))
        })
    }
}
