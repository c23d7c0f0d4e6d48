//! The output of the roles: printed, or written to files.

use std::error::Error;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::CommandFactory;
use runner_profiles::render::{self, CloudFormation, File, Home, Terraform};
use runner_profiles::{Format, Role, RoleError, Warning};

use crate::arguments::{Arguments, Preset};
use crate::file_set::{self, quoted};
use crate::left_over::left_over;
use crate::refusal::say;

/// Prints the roles, or writes them to the folder that was named.
pub fn give(roles: &[Role], preset: &Preset) -> Result<(), Box<dyn Error>> {
    let delivery = &preset.runner().delivery;
    if delivery.portable && !matches!(delivery.format, Format::Terraform | Format::CloudFormation) {
        let message = "`--portable` is for `--format terraform` and `--format cloudformation`";
        Arguments::command()
            .error(clap::error::ErrorKind::ArgumentConflict, message)
            .exit();
    }
    match &delivery.out {
        Some(folder) => write(folder, &files(roles, preset)?, delivery.force),
        None => print(&text(roles, preset)?),
    }
}

/// All in one text.
fn text(roles: &[Role], preset: &Preset) -> Result<String, RoleError> {
    let delivery = &preset.runner().delivery;
    let home = delivery.portable.then(|| home(preset));
    let text = match (delivery.format, home) {
        (Format::Cli, _) => return render::aws_cli(roles),
        (Format::Json, _) => match roles {
            [role] if preset.only_one() => role.to_json_pretty(),
            _ => Role::all_to_json_pretty(roles),
        },
        (Format::Terraform, None) => Terraform::new(roles)?.to_json(),
        (Format::Terraform, Some(home)) => {
            let file = Terraform::new(roles)?.portable(home);
            tell_of(&file.warnings());
            file.to_json()
        }
        (Format::CloudFormation, None) => CloudFormation::new(roles)?.to_json(),
        (Format::CloudFormation, Some(home)) => {
            let template = CloudFormation::new(roles)?.portable(home);
            tell_of(&template.warnings());
            template.to_json()
        }
    };
    Ok(text + "\n")
}

/// The same in files.
fn files(roles: &[Role], preset: &Preset) -> Result<Vec<File>, RoleError> {
    let path = match preset.runner().delivery.format {
        Format::Json => return render::json_files(roles),
        Format::Cli => "roles.sh",
        Format::Terraform => "roles.tf.json",
        Format::CloudFormation => "roles.template.json",
    };
    Ok(vec![File {
        path: path.to_owned(),
        text: text(roles, preset)?,
    }])
}

fn tell_of(warnings: &[Warning]) {
    for warning in warnings {
        say(format_args!("warning: {warning}"));
    }
}

fn home(preset: &Preset) -> Home {
    let runner = preset.runner();
    Home::new(runner.region.clone(), runner.account.clone())
}

fn print(text: &str) -> Result<(), Box<dyn Error>> {
    let written = io::stdout().write_all(text.as_bytes());
    written.map_err(|error| format!("the roles cannot be written: {error}").into())
}

/// Writes all files; lists them on standard output, and on standard error the files that an earlier run has left.
fn write(folder: &Path, files: &[File], force: bool) -> Result<(), Box<dyn Error>> {
    let left_over = if force { left_over(folder, files) } else { Vec::new() };
    let paths = file_set::write(folder, files, force)?;
    if !left_over.is_empty() {
        let left_over: Vec<&Path> = left_over.iter().map(PathBuf::as_path).collect();
        let [are, them] = if left_over.len() == 1 {
            ["is", "it"]
        } else {
            ["are", "them"]
        };
        eprintln!(
            "warning: {} {are} of an earlier run, and `index.json` no longer names {them}; delete {them} if nothing else reads {them}",
            quoted(&left_over),
        );
    }
    let mut text = String::new();
    for path in &paths {
        writeln!(text, "{}", path.display())?;
    }
    let told = io::stdout().write_all(text.as_bytes());
    told.map_err(|error| format!("all files are written, but their names cannot be printed: {error}").into())
}
