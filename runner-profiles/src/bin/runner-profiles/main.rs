//! `runner-profiles`: the presets at the command line.

mod arguments;
mod file_set;
mod left_over;
mod output;
mod refusal;
mod roles;

use std::process::ExitCode;

use clap::Parser;
use runner_profiles::{Role, RoleError, Warning};

use crate::arguments::Arguments;
use crate::refusal::{refuse, say};

fn main() -> ExitCode {
    let arguments = Arguments::try_parse().unwrap_or_else(|error| refuse(error));
    let roles = match roles::made(&arguments.preset) {
        Ok(roles) => roles,
        Err(error) => {
            say(format_args!("error: {error}"));
            if let Some(option) = way_out(&error) {
                say(format_args!("= help: at the command line, {option}"));
            }
            return ExitCode::FAILURE;
        }
    };
    tell(&roles);
    match output::give(&roles, &arguments.preset) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(format_args!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}

/// Reports the warnings and findings of the roles on standard error, each once.
fn tell(roles: &[Role]) {
    let mut told: Vec<&Warning> = Vec::new();
    for role in roles {
        for warning in role.warnings() {
            if !told.contains(&warning) {
                say(format_args!("warning: {warning}"));
                told.push(warning);
            }
        }
        for (policy, finding) in role.findings() {
            let said = format!(
                "{} in `{policy}` of the role `{}`: {finding:#}",
                finding.severity(),
                role.name()
            );
            said.lines().for_each(say);
        }
    }
}

/// The option for the fix in the error's text.
const fn way_out(error: &RoleError) -> Option<&'static str> {
    match error {
        RoleError::ViaServiceUndecided { .. } => Some("`--kms-via-service both`"),
        RoleError::NoPipelineSecrets => Some("`--pipeline-secret NAME`, or leave out `--form as-documented`"),
        RoleError::NoKey { .. } => Some("`--kms-key KEY`"),
        RoleError::ScopeUndecided => Some("`--execution-scope cmk-secret-and-key`"),
        _ => None,
    }
}
