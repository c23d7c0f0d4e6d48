//! Lines on standard error, and arguments that are rejected.

use std::fmt::Display;
use std::io::{self, Write};

use clap::error::{ContextKind, ContextValue};
use runner_profiles::policy_core::shown::Shown;

/// Prints a line on standard error, with quoted texts made safe to print. An error in doing so is ignored.
pub fn say(text: impl Display) {
    let _ = io::stderr().write_all(format!("{}\n", Shown(text)).as_bytes());
}

/// Reports what is wrong with the arguments, with quoted texts made safe to print, and ends the program. Help and the
/// version are not errors, and are printed as they are.
pub fn refuse(mut error: clap::Error) -> ! {
    if !error.use_stderr() {
        error.exit();
    }
    let said: Vec<(ContextKind, ContextValue)> = error
        .context()
        .filter(|(kind, _)| *kind != ContextKind::Usage)
        .map(|(kind, value)| (kind, shown(value)))
        .collect();
    for (kind, value) in said {
        error.insert(kind, value);
    }
    let mut text = error.render().to_string();
    // The reason why a value is rejected quotes it once more, and only as text.
    if let Some(reason) = std::error::Error::source(&error).map(ToString::to_string) {
        text = text.replace(&reason, &Shown(&reason).to_string());
    }
    text.lines().for_each(say);
    std::process::exit(error.exit_code())
}

fn shown(value: &ContextValue) -> ContextValue {
    let one = |text: &dyn Display| Shown(text).to_string();
    match value {
        ContextValue::String(text) => ContextValue::String(one(text)),
        ContextValue::Strings(texts) => ContextValue::Strings(texts.iter().map(|text| one(text)).collect()),
        ContextValue::StyledStr(text) => ContextValue::StyledStr(one(text).into()),
        ContextValue::StyledStrs(texts) => {
            ContextValue::StyledStrs(texts.iter().map(|text| one(text).into()).collect())
        }
        other => other.clone(),
    }
}
