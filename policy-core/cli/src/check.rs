//! `policy check`.

use std::cell::LazyCell;
use std::collections::HashSet;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use policy_core::document::Lines;

use crate::arguments::{Plan, Scope};
use crate::baseline::Baseline;
use crate::batch::{self, Readers, Slot};
use crate::changed;
use crate::config::{self, Configs};
use crate::files::{self, Input};
use crate::fixes;
use crate::inside;
use crate::lines::say;
use crate::policies::{Checked, Content};
use crate::progress::Progress;
use crate::relative::Folder;
use crate::report::{Report, Source};
use crate::tally::Tally;

pub fn run(mut plan: Plan) -> ExitCode {
    let named = std::mem::take(&mut plan.files);
    let named_paths: Vec<PathBuf> = named.iter().map(|(path, _)| path.clone()).collect();
    let mut run = Run {
        plan: &plan,
        known: Known::default(),
        tally: Tally::default(),
        report: Report::new(plan.format),
    };
    let mut files = files::find(named, |folder, error| {
        run.tally.unreadable += 1;
        run.report.problem(&folder.display().to_string(), &error.to_string());
    });
    run.tally.passed_over = files.passed_over;
    let prepared = run
        .known
        .read(&plan.scope)
        .and_then(|()| match &plan.scope.changed_since {
            Some(revision) => changed::retain(&mut files.inputs, revision),
            None => Ok(()),
        });
    let mut configs = Configs::default();
    let prepared = prepared.map_err(|error| vec![error]);
    if let Err(errors) = prepared.and_then(|()| configs.apply(&mut files.inputs, &plan.config, plan.today)) {
        return config::end(&errors);
    }
    run.tally.may_be_empty = plan.scope.changed_since.is_some() || plan.scope.allow_empty;
    run.tally.unchanged_since = plan.scope.changed_since.clone().filter(|_| files.inputs.is_empty());
    let mut out = io::BufWriter::new(io::stdout().lock());
    let checked = run.check_all(&files.inputs, &mut out);
    // Of changed files alone nobody knows what an allowance hides elsewhere.
    let folders = if plan.scope.changed_since.is_some() {
        &[]
    } else {
        named_paths.as_slice()
    };
    for (place, stale) in configs.stale(plan.today, folders) {
        run.tally.stale += 1;
        run.report.problem(&place, &stale.to_string());
    }
    let Run {
        known,
        mut tally,
        report,
        ..
    } = run;
    match checked
        .and_then(|()| report.finish(&mut out))
        .and_then(|()| out.flush())
    {
        Ok(()) => match known.finish(&plan.scope, &named_paths) {
            Ok(said) => {
                said.into_iter().for_each(say);
                say(&tally);
            }
            Err(error) => {
                tally.unreadable += 1;
                say(format_args!("policy: {error}"));
            }
        },
        // The reader of the findings has closed the pipe.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        Err(error) => {
            tally.unreadable += 1;
            say(format_args!("policy: standard output: {error}"));
        }
    }
    tally.exit_code()
}

/// A run, as far as it is.
struct Run<'p> {
    plan: &'p Plan,
    known: Known,
    tally: Tally,
    report: Report,
}

impl Run<'_> {
    fn check_all(&mut self, inputs: &[Input], out: &mut impl Write) -> io::Result<()> {
        let readers = Readers::default();
        let mut progress = Progress::new();
        let mut rest = inputs;
        while !rest.is_empty() {
            let (batch, others) = rest.split_at_checked(batch::first(rest)).unwrap_or((rest, &[]));
            let slots: Vec<Slot> = batch.iter().map(|_| Slot::new()).collect();
            let checked = batch::check(batch, &slots, self.plan, &readers);
            progress.hide();
            for ((input, slot), content) in batch.iter().zip(&slots).zip(checked) {
                match slot.get() {
                    Some(Ok(read)) => {
                        self.tally.fixes += read.fixes;
                        out.write_all(&read.shown)?;
                        if let Some(problem) = &read.unwritten {
                            self.problem(&input.shown().display().to_string(), problem);
                        }
                        self.report_file(input, read.text(), content.into_inner().unwrap_or_default(), out)?;
                    }
                    Some(Err(problem)) => self.problem(&input.shown().display().to_string(), problem),
                    None => {}
                }
            }
            // The findings of a large folder appear while it is checked.
            out.flush()?;
            rest = others;
            progress.show(inputs.len() - rest.len(), inputs.len());
        }
        Ok(())
    }

    /// Reports what a file has.
    fn report_file(
        &mut self,
        input: &Input,
        text: &str,
        mut content: Content<'_>,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let name = input.shown().display().to_string();
        for reason in &content.absent {
            self.problem(&name, reason);
        }
        self.tally
            .skipped
            .add_policies(self.plan.verbose, &name, &content.skipped_policies);
        let lines = LazyCell::new(|| Lines::of(text));
        for stale in &content.stale {
            self.tally.stale += 1;
            let at = lines.position(stale.allowance().place().start);
            self.report
                .problem(&format!("{name}:{}:{}", at.line, at.column), &stale.to_string());
        }
        let fixing = self.plan.fixing;
        if let Some(refusal) = fixing.and_then(|fixing| fixes::refusal(input, &content.checked, fixing)) {
            say(format_args!("policy: {name}: not fixed: {refusal}"));
        }
        if content.checked.is_empty() {
            let is_skipped = content.absent.is_empty() && content.skipped_policies.is_empty();
            if is_skipped {
                self.tally.skipped.add(content.is_template);
            }
            inside::say_skipped(is_skipped && self.plan.verbose, &name, content.skipped.as_deref());
            return Ok(());
        }
        self.tally.files += 1;
        let known_as = self.known.check(input);
        let source = Source::new(&name, input.shown(), text);
        let failing = self.plan.failing.with(input.config.as_ref().map(|own| &*own.config));
        for checked in &mut content.checked {
            if let Some(name) = &known_as {
                self.known.settle(name, checked);
            }
            self.tally.count(&checked.findings, &failing);
            if fixing.is_none_or(|fixing| !fixing.is_shown) {
                self.report.findings(&source, checked, out)?;
            }
        }
        Ok(())
    }

    /// Reports what could not be read.
    fn problem(&mut self, name: &str, what: &str) {
        self.tally.unreadable += 1;
        self.report.problem(name, what);
    }
}

/// The findings that are known, or that are to be.
#[derive(Default)]
struct Known {
    read: Option<Baseline>,
    written: Option<Baseline>,
    /// The files that were checked.
    checked: HashSet<String>,
}

impl Known {
    fn read(&mut self, scope: &Scope) -> Result<(), String> {
        self.read = scope.baseline.as_deref().map(Baseline::read).transpose()?;
        self.written = scope.write_baseline.as_deref().map(Baseline::new);
        Ok(())
    }

    /// Remembers that a file was checked. Returns its name in the baseline, if there is one.
    fn check(&mut self, input: &Input) -> Option<String> {
        let name = self.written.as_ref().or(self.read.as_ref())?.name_of(input);
        self.checked.insert(name.clone());
        Some(name)
    }

    /// Leaves out the findings of a policy that are known.
    fn settle(&mut self, file: &str, checked: &mut Checked<'_>) {
        let address = checked.address().to_owned();
        let findings = std::mem::take(&mut checked.findings);
        checked.findings = findings.filter(|finding| {
            if let Some(written) = &mut self.written {
                written.add(file, &address, finding);
                return false;
            }
            !self
                .read
                .as_mut()
                .is_some_and(|read| read.takes(file, &address, finding))
        });
    }

    /// Writes what is to be known, and returns what there is to say of the rest.
    fn finish(self, scope: &Scope, named: &[PathBuf]) -> Result<Option<String>, String> {
        if let (Some(written), Some(path)) = (self.written, &scope.write_baseline) {
            let count = written.count();
            let done = written.write(path);
            done.map_err(|error| format!("the baseline `{}` cannot be written: {error}", path.display()))?;
            return Ok(Some(format!(
                "{count} known from now on, by `--baseline {}`",
                path.display()
            )));
        }
        let Some(read) = self.read else { return Ok(None) };
        // Of a file that was not checked nobody knows what it has, unless it is gone from where it would have been found.
        let folders: Vec<Folder> = named.iter().map(|path| Folder::of(path)).collect();
        let is_gone = |name: &str| {
            let file = read.file(name);
            !file.exists() && folders.iter().any(|folder| folder.has(&file))
        };
        let left = read.left(|name| self.checked.contains(name) || is_gone(name));
        Ok((left > 0 && scope.changed_since.is_none())
            .then(|| format!("{left} of the baseline not found any more: write it again with `--write-baseline`")))
    }
}
