//! `policy check`.

use std::io::{self, Write};
use std::process::ExitCode;

use policy_core::document::line_and_column;
use policy_files::Reader;

use crate::arguments::{Plan, Scope};
use crate::baseline::Baseline;
use crate::changed;
use crate::files::{self, Contents, Input};
use crate::fixes;
use crate::inside;
use crate::lines::say;
use crate::policies::{self, Checked};
use crate::report::{Report, Source};
use crate::tally::Tally;

pub fn run(mut plan: Plan) -> ExitCode {
    let mut tally = Tally::default();
    let mut report = Report::new(plan.format);
    let mut files = files::find(std::mem::take(&mut plan.files), |folder, error| {
        tally.unreadable += 1;
        report.problem(&folder.display().to_string(), &error.to_string());
    });
    tally.passed_over = files.passed_over;
    let mut known = Known::default();
    let prepared = known.read(&plan.scope).and_then(|()| match &plan.scope.changed_since {
        Some(revision) => changed::retain(&mut files.inputs, revision),
        None => Ok(()),
    });
    if let Err(error) = prepared {
        say(format_args!("policy: {error}"));
        return ExitCode::from(2);
    }
    tally.may_be_empty = plan.scope.changed_since.is_some();
    let mut out = io::BufWriter::new(io::stdout().lock());
    let written = check_all(&files.inputs, &plan, &mut known, &mut tally, &mut report, &mut out)
        .and_then(|()| report.finish(&mut out))
        .and_then(|()| out.flush());
    match written {
        Ok(()) => match known.finish(&plan.scope) {
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

fn check_all(
    inputs: &[Input],
    plan: &Plan,
    known: &mut Known,
    tally: &mut Tally,
    report: &mut Report,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut reader = Reader::new();
    for input in inputs {
        let name = input.shown().display().to_string();
        let read = match input.read() {
            Ok(read) => read,
            Err(error) => {
                tally.unreadable += 1;
                report.problem(&name, &error.to_string());
                continue;
            }
        };
        let read = match fix(read, input, plan, tally, &mut reader, out)? {
            Ok(read) => read,
            Err(error) => {
                tally.unreadable += 1;
                report.problem(&name, &format!("cannot be written: {error}"));
                continue;
            }
        };
        // Text that is not UTF-8 has a finding, and nothing is replaced before it.
        let text = String::from_utf8_lossy(&read.bytes);
        let mut content = policies::check_file(&read, &text, input, plan, &mut reader);
        for reason in &content.absent {
            tally.unreadable += 1;
            report.problem(&name, reason);
        }
        for stale in &content.stale {
            tally.stale += 1;
            let (line, column) = line_and_column(&text, stale.allowance().place().start);
            report.problem(&format!("{name}:{line}:{column}"), &stale.to_string());
        }
        if let Some(refusal) = plan.fixing.and_then(|fixing| fixes::refusal(&content.checked, fixing)) {
            say(format_args!("policy: {name}: not fixed: {refusal}"));
        }
        if content.checked.is_empty() {
            let is_skipped = content.absent.is_empty() && !input.named;
            tally.skipped += usize::from(is_skipped);
            inside::say_skipped(is_skipped && plan.verbose, &name, content.skipped.as_deref());
            continue;
        }
        tally.files += 1;
        let source = Source::new(&name, input.shown(), &text);
        for checked in &mut content.checked {
            known.settle(&name, checked);
            tally.count(&checked.findings, &plan.failing);
            if plan.fixing.is_none_or(|fixing| !fixing.is_shown) {
                report.findings(&source, checked, out)?;
            }
        }
        // The findings of a large folder appear while it is checked.
        out.flush()?;
    }
    Ok(())
}

/// The findings that are known, or that are to be.
#[derive(Default)]
struct Known {
    read: Option<Baseline>,
    written: Option<Baseline>,
}

impl Known {
    fn read(&mut self, scope: &Scope) -> Result<(), String> {
        self.read = scope.baseline.as_deref().map(Baseline::read).transpose()?;
        self.written = scope.write_baseline.as_ref().map(|_| Baseline::default());
        Ok(())
    }

    /// Leaves out the findings of a policy that are known.
    fn settle(&mut self, file: &str, checked: &mut Checked<'_>) {
        if self.read.is_none() && self.written.is_none() {
            return;
        }
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
    fn finish(self, scope: &Scope) -> Result<Option<String>, String> {
        if let (Some(written), Some(path)) = (self.written, &scope.write_baseline) {
            let count = written.left();
            let done = written.write(path);
            done.map_err(|error| format!("the baseline `{}` cannot be written: {error}", path.display()))?;
            return Ok(Some(format!(
                "{count} known from now on, by `--baseline {}`",
                path.display()
            )));
        }
        let left = self.read.map_or(0, |read| read.left());
        Ok((left > 0 && scope.changed_since.is_none())
            .then(|| format!("{left} of the baseline not found any more: write it again with `--write-baseline`")))
    }
}

/// Makes the fixes that are wanted in a file, or shows them, and returns what the file then has. The inner error is of the file.
fn fix(
    read: Contents,
    input: &Input,
    plan: &Plan,
    tally: &mut Tally,
    reader: &mut Reader,
    out: &mut impl Write,
) -> io::Result<io::Result<Contents>> {
    let Some((fixing, text)) = plan.fixing.zip(std::str::from_utf8(&read.bytes).ok()) else {
        return Ok(Ok(read));
    };
    let Some(fixed) = fixes::make(&read, input, plan, fixing, reader) else {
        return Ok(Ok(read));
    };
    if fixing.is_shown {
        tally.fixes += fixed.count;
        fixes::show(out, &input.shown().display().to_string(), text, &fixed.text)?;
        return Ok(Ok(read));
    }
    let written = files::rewrite(&input.path, &read.bytes, &fixed.text);
    Ok(written.map(|()| {
        tally.fixes += fixed.count;
        Contents {
            bytes: fixed.text.into_bytes(),
            ..read
        }
    }))
}
