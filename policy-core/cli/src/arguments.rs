//! The arguments of `policy check`.

use std::io::{self, IsTerminal};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::thread;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::{ArgMatches, ValueEnum};
use policy_core::catalogue::AccessLevel;
use policy_core::check::Options;
use policy_core::finding::{Code, Finding, Severity};
use policy_core::names::AccountId;
use policy_core::policy::AttachedTo;
use policy_core::spelling::nearest;
use policy_files::Day;

use crate::config::Config;
use crate::files::Input;
use crate::kind::KindName;

/// `--explain`, before a command or with `check`. Other commands may define an `--explain` of their own.
#[derive(clap::Args)]
pub struct CodeToExplain {
    /// Explains a code, with a failing and a passing example; without CODE, lists all codes
    #[arg(id = "explain", long = "explain", value_name = "CODE", num_args = 0..=1, display_order = 100, value_parser = code)]
    #[expect(clippy::option_option, reason = "the flag, and its value, can both be absent")]
    pub asked: Option<Option<Code>>,
}

#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    pub explain: CodeToExplain,
    /// The kind of policy. If repeated, each applies to the files that follow it
    #[arg(long, value_enum, default_value = "auto")]
    kind: Vec<KindName>,
    #[arg(long, value_name = "TYPE", help = ATTACHED_TO)]
    attached_to: Option<AttachedTo>,
    /// The account that owns the policies, so that cross-account principals can be recognised
    #[arg(long, value_name = "ID")]
    account: Option<AccountId>,
    /// The JSON Pointer of a policy inside each document; may be repeated
    #[arg(long, value_name = "POINTER")]
    pointer: Vec<String>,
    /// Hides the findings with this code; may be repeated. A file allows one finding by a comment in it, `# policy: allow(CODE,
    /// "TEXT", reason = "WHY")`
    #[arg(long, value_name = "CODE", value_parser = code)]
    allow: Vec<Code>,
    /// Also exits with 1 for findings with this code, or of this severity or worse; may be repeated
    #[arg(long, value_name = "CODE|SEVERITY", value_parser = denied)]
    deny: Vec<Denied>,
    /// Exits with 1 only for errors and denied findings: for legacy policies, much of which may have no effect
    #[arg(long)]
    lenient: bool,
    #[arg(long, value_name = "SEVERITY", value_parser = severity, help = SEVERITY)]
    severity: Option<Severity>,
    /// The output format: text for people, one JSON object a line, a SARIF 2.1.0 log, annotations of GitHub Actions, or a `JUnit` report
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    #[command(flatten)]
    mending: Mending,
    #[command(flatten)]
    scope: Scope,
    #[command(flatten)]
    settings: SettingsArguments,
    /// How many files are checked at once; the default is the number of processors
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// Names each file of a folder that is skipped, and why
    #[arg(long, short)]
    verbose: bool,
    /// The files that have policies, folders of them, or `-` for standard input, which is the default: JSON, CloudFormation
    /// and SAM templates, Terraform configurations and plans, and what the AWS CLI returns
    files: Vec<PathBuf>,
}

/// What of all findings is reported.
#[derive(clap::Args)]
pub struct Scope {
    /// Hides the findings in this file, so that only new ones are reported
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Writes all findings to this file, and exits with 0
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "fix", "diff"])]
    pub write_baseline: Option<PathBuf>,
    /// Checks only the files that have changed since this revision of Git, and new ones
    #[arg(long, value_name = "REV")]
    pub changed_since: Option<String>,
    /// Exits with 0 if no file has a policy
    #[arg(long)]
    pub allow_empty: bool,
}

#[derive(clap::Args)]
pub struct SettingsArguments {
    /// The file of settings for all files, instead of the nearest `policy.toml` of each, upwards from it. Other arguments override it
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Looks for no `policy.toml`
    #[arg(long, conflicts_with = "config")]
    no_config: bool,
}

impl SettingsArguments {
    /// Which files of settings these ask for.
    pub fn choice(self) -> ConfigChoice {
        match self {
            Self { config: Some(file), .. } => ConfigChoice::File(file),
            Self { no_config: true, .. } => ConfigChoice::None,
            Self { .. } => ConfigChoice::Nearest,
        }
    }
}

/// Which files of settings count.
pub enum ConfigChoice {
    /// The nearest of each file.
    Nearest,
    /// This one.
    File(PathBuf),
    /// None.
    None,
}

#[derive(clap::Args)]
struct Mending {
    /// Makes the safe fixes in the files: those after which a policy evaluates the same. Reports the other findings
    #[arg(long)]
    fix: bool,
    /// With `--fix` or `--diff`, also makes fixes after which a policy matches other requests, such as that of a misspelt action
    #[arg(long)]
    unsafe_fixes: bool,
    /// Shows what `--fix` would change, and writes nothing
    #[arg(long)]
    diff: bool,
}

// In documentation, clippy would have these names in backticks.
const ATTACHED_TO: &str = "The resource type that resource-based policies are attached to, such as AWS::S3::Bucket";
const SEVERITY: &str =
    "Hides the findings that are less severe than this: ERROR, SECURITY_WARNING, WARNING or SUGGESTION";

/// The output format.
#[derive(Clone, Copy, ValueEnum)]
pub enum Format {
    /// Text for people
    Human,
    /// One JSON object a line
    Json,
    /// A SARIF 2.1.0 log
    Sarif,
    /// Commands that GitHub Actions shows as annotations
    Github,
    /// A report in the format of `JUnit`
    Junit,
}

impl Format {
    /// Whether it has fixes as edits.
    pub const fn has_edits(self) -> bool {
        matches!(self, Self::Json | Self::Sarif)
    }
}

/// A kind of finding for which the run is to fail.
#[derive(Clone, Copy)]
pub enum Denied {
    /// With this code.
    Code(Code),
    /// Of this severity or worse.
    Severity(Severity),
}

impl Denied {
    fn is(self, finding: &Finding) -> bool {
        match self {
            Self::Code(code) => finding.code() == code,
            Self::Severity(mildest) => finding.severity() <= mildest,
        }
    }
}

/// Which findings fail the run.
#[derive(Clone)]
pub struct Failing {
    /// Only errors, instead of all blocking findings.
    lenient: bool,
    /// These in addition.
    deny: Vec<Denied>,
}

impl Failing {
    /// The same for files of these settings, which the arguments override.
    pub fn with(&self, config: Option<&Config>) -> Self {
        let denied = config.and_then(|config| config.settings().deny.clone());
        Self {
            lenient: self.lenient,
            deny: denied
                .filter(|_| self.deny.is_empty())
                .unwrap_or_else(|| self.deny.clone()),
        }
    }

    pub fn has(&self, finding: &Finding) -> bool {
        let blocks = if self.lenient {
            finding.severity() == Severity::Error
        } else {
            finding.is_blocking()
        };
        blocks || self.deny.iter().any(|denied| denied.is(finding))
    }
}

/// Which fixes are made.
#[derive(Clone, Copy)]
pub struct Fixing {
    /// Also those that are not safe.
    pub is_unsafe: bool,
    /// Shows them, and writes nothing.
    pub is_shown: bool,
}

/// The arguments, checked.
pub struct Plan {
    pub scope: Scope,
    /// The day on which allowances have to be in force.
    pub today: Day,
    /// Which fixes are made, if any.
    pub fixing: Option<Fixing>,
    /// Each file, folder or `-`, with the kind of its policies.
    pub files: Vec<(PathBuf, KindName)>,
    pub attached_to: Option<AttachedTo>,
    pub pointers: Vec<String>,
    pub config: ConfigChoice,
    /// Those of all files; the settings of a file are added.
    options: Options,
    severity: Option<Severity>,
    account: Option<AccountId>,
    pub failing: Failing,
    pub format: Format,
    /// How many files are checked at once.
    pub threads: NonZeroUsize,
    /// Whether skipped files are named.
    pub verbose: bool,
}

impl Arguments {
    /// Checks that the arguments do not contradict each other. `matches`, from which they were made, has their order.
    pub fn plan(self, matches: &ArgMatches) -> Result<Plan, String> {
        self.refuse_what_means_nothing()?;
        let mut options = self.allow.iter().copied().fold(Options::new(), Options::allow);
        if let Some(resource) = self.attached_to {
            options = options.attached_to(resource);
        }
        if let Some(account) = self.account.clone() {
            options = options.account(account);
        }
        if let Some(mildest) = self.severity {
            options = options.severity(mildest);
        }
        Ok(Plan {
            today: today(),
            fixing: (self.mending.fix || self.mending.diff).then_some(Fixing {
                is_unsafe: self.mending.unsafe_fixes,
                is_shown: self.mending.diff,
            }),
            files: self.files_with_kinds(matches)?,
            scope: self.scope,
            attached_to: self.attached_to,
            pointers: self.pointer,
            config: self.settings.choice(),
            options,
            severity: self.severity,
            account: self.account,
            failing: Failing {
                lenient: self.lenient,
                deny: self.deny,
            },
            format: self.format,
            threads: self
                .threads
                .or_else(|| thread::available_parallelism().ok())
                .unwrap_or(NonZeroUsize::MIN),
            verbose: self.verbose,
        })
    }

    fn files_with_kinds(&self, matches: &ArgMatches) -> Result<Vec<(PathBuf, KindName)>, String> {
        let indices = |id: &str| matches.indices_of(id).into_iter().flatten();
        let files = if self.files.is_empty() {
            vec![(PathBuf::from("-"), usize::MAX)]
        } else {
            self.files.iter().cloned().zip(indices("files")).collect()
        };
        files
            .into_iter()
            .map(|(file, at)| {
                let before = indices("kind").zip(&self.kind).filter(|(index, _)| *index < at).last();
                match (before, self.kind.as_slice()) {
                    (_, [only]) => Ok((file, *only)),
                    (Some((_, kind)), _) => Ok((file, *kind)),
                    (None, _) => Err(format!(
                        "each of several `--kind` applies to the files that follow it, and `{}` is before the first",
                        file.display()
                    )),
                }
            })
            .collect()
    }

    fn refuse_what_means_nothing(&self) -> Result<(), String> {
        if self.files.is_empty() && io::stdin().is_terminal() {
            return Err("name a file, a folder, or `-` for standard input".to_owned());
        }
        if let Some(pointer) = self
            .pointer
            .iter()
            .find(|pointer| !pointer.is_empty() && !pointer.starts_with('/'))
        {
            return Err(format!(
                "a JSON Pointer starts with `/`, as in `/Resources/Role`, and `{pointer}` does not"
            ));
        }
        let Mending {
            fix,
            unsafe_fixes,
            diff,
        } = self.mending;
        if unsafe_fixes && !fix && !diff {
            return Err("`--unsafe-fixes` has no effect without `--fix` or `--diff`".to_owned());
        }
        if diff && !matches!(self.format, Format::Human) {
            return Err("`--diff` shows differences and no findings, in one format".to_owned());
        }
        let is_stdin = self.files.is_empty() || self.files.iter().any(|file| file.as_os_str() == "-");
        if fix && !diff && is_stdin {
            return Err("`--fix` writes files, and standard input is not one: use `--diff`".to_owned());
        }
        let takes_resource = |kind: &KindName| matches!(kind, KindName::Auto | KindName::Resource);
        if self.attached_to.is_some() && !self.kind.iter().any(takes_resource) {
            return Err(
                "`--attached-to` applies only to resource-based policies, and no `--kind` is `resource` or `auto`"
                    .to_owned(),
            );
        }
        for denied in &self.deny {
            let (name, severity) = match denied {
                Denied::Code(code) if self.allow.contains(code) => {
                    return Err(format!(
                        "`--allow {code}` hides the findings that `--deny {code}` looks for"
                    ));
                }
                Denied::Code(code) => (code.name(), code.severity()),
                Denied::Severity(severity) => (severity.name(), *severity),
            };
            if let Some(mildest) = self.severity.filter(|mildest| severity > *mildest) {
                return Err(format!(
                    "`--severity {mildest}` hides the findings that `--deny {name}` looks for"
                ));
            }
        }
        Ok(())
    }
}

impl Plan {
    /// What is asked for of a file.
    pub fn options_of(&self, input: &Input) -> Options {
        let options = match &input.config {
            Some(own) => own.options(self.options.clone()),
            None => return self.options.clone(),
        };
        let options = match self.severity {
            Some(mildest) => options.severity(mildest),
            None => options,
        };
        match &self.account {
            Some(account) => options.account(account.clone()),
            None => options,
        }
    }
}

/// The day in UTC by the system's clock.
pub fn today() -> Day {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Day::of_unix_time(since.as_secs())
}

/// The code of this name, in any case.
pub fn code(name: &str) -> Result<Code, String> {
    named(name, Code::ALL, Code::name)
        .map_err(|meant| unknown("no finding has this code", meant, "`policy --explain` lists all codes"))
}

/// The severity of this name, in any case.
pub fn severity(name: &str) -> Result<Severity, String> {
    named(name, &Severity::ALL, Severity::name)
        .map_err(|meant| unknown("there is no such severity", meant, &severities()))
}

/// The access level of this name, in any case.
pub fn access_level(name: &str) -> Result<AccessLevel, String> {
    let levels: Vec<String> = AccessLevel::ALL.iter().map(|level| format!("`{level}`")).collect();
    named(name, AccessLevel::ALL, AccessLevel::name).map_err(|meant| {
        unknown(
            "there is no such access level",
            meant,
            &format!("write one of {}", levels.join(", ")),
        )
    })
}

/// The code or the severity of this name, in any case.
pub fn denied(name: &str) -> Result<Denied, String> {
    let by_severity = named(name, &Severity::ALL, Severity::name);
    let by_code = named(name, Code::ALL, Code::name);
    match (by_severity, by_code) {
        (Ok(severity), _) => Ok(Denied::Severity(severity)),
        (_, Ok(code)) => Ok(Denied::Code(code)),
        (Err(severity), Err(code)) => Err(unknown(
            "this is neither a code nor a severity",
            severity.or(code),
            "`policy --explain` lists all codes with their severities",
        )),
    }
}

/// The item of this name, in any case; otherwise the name that was perhaps meant.
fn named<T: Copy>(name: &str, all: &[T], name_of: impl Fn(T) -> &'static str) -> Result<T, Option<&'static str>> {
    let same = |item: &T| name_of(*item).eq_ignore_ascii_case(name);
    all.iter()
        .copied()
        .find(same)
        .ok_or_else(|| nearest(name, all.iter().copied().map(name_of)))
}

fn unknown(what: &str, meant: Option<&str>, otherwise: &str) -> String {
    match meant {
        Some(meant) => format!("{what}; did you mean `{meant}`?"),
        None => format!("{what}; {otherwise}"),
    }
}

fn severities() -> String {
    let names = Severity::ALL.map(|severity| format!("`{severity}`"));
    format!("write one of {}", names.join(", "))
}
