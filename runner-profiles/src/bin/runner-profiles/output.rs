//! What becomes of the roles: printed, or written to files.

use std::error::Error;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::CommandFactory;
use runner_profiles::render::{self, CloudFormation, File, Home, Terraform};
use runner_profiles::{Format, Role, RoleError};

use crate::arguments::{Arguments, Preset};

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
        (Format::Terraform, Some(home)) => Terraform::new(roles)?.portable(home).to_json(),
        (Format::CloudFormation, None) => CloudFormation::new(roles)?.to_json(),
        (Format::CloudFormation, Some(home)) => CloudFormation::new(roles)?.portable(home).to_json(),
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

fn home(preset: &Preset) -> Home {
    let runner = preset.runner();
    Home::new(runner.region.clone(), runner.account.clone())
}

fn print(text: &str) -> Result<(), Box<dyn Error>> {
    let written = io::stdout().write_all(text.as_bytes());
    written.map_err(|error| format!("the roles cannot be written: {error}").into())
}

/// Writes all files, or none where one is there already and may not be replaced; says on standard output which.
fn write(folder: &Path, files: &[File], force: bool) -> Result<(), Box<dyn Error>> {
    let paths: Vec<PathBuf> = files.iter().map(|file| folder.join(&file.path)).collect();
    if !force {
        let there = paths.iter().filter(|path| path.symlink_metadata().is_ok());
        let there: Vec<String> = there.map(|path| format!("`{}`", path.display())).collect();
        if !there.is_empty() {
            let [verb, them] = if there.len() == 1 {
                ["is", "it"]
            } else {
                ["are", "them"]
            };
            return Err(format!(
                "{} {verb} there already, and nothing was written; take another folder, or replace {them} with `--force`",
                there.join(", "),
            )
            .into());
        }
    }
    for (path, file) in paths.iter().zip(files) {
        write_one(path, &file.text, force)
            .map_err(|error| format!("`{}` cannot be written: {error}", path.display()))?;
        print(&format!("{}\n", path.display()))?;
    }
    Ok(())
}

fn write_one(path: &Path, text: &str, force: bool) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    options.write(true);
    if force {
        options.create(true).truncate(true)
    } else {
        options.create_new(true)
    };
    options.open(path)?.write_all(text.as_bytes())
}
