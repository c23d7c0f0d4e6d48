//! Writes the roles that the servers are given: see `README.md`.
//!
//! `e2e_roles FOLDER` makes a folder for every set of roles, with each form that they are delivered in, and `index.json`
//! that says what each set is.

mod own;
mod presets;
mod set;

use std::error::Error;
use std::path::Path;
use std::{env, fs, io};

use runner_profiles::policy_core::names::{AccountId, Region};
use runner_profiles::render::Home;

use set::Set;

const ACCOUNT: AccountId = AccountId::from_static("111122223333");

/// A region of every partition.
const REGIONS: [Region; 8] = [
    Region::from_static("eu-west-1"),
    Region::from_static("cn-north-1"),
    Region::from_static("us-gov-west-1"),
    Region::from_static("eusc-de-east-1"),
    Region::from_static("us-iso-east-1"),
    Region::from_static("us-isob-east-1"),
    Region::from_static("eu-isoe-west-1"),
    Region::from_static("us-isof-south-1"),
];

fn main() -> Result<(), Box<dyn Error>> {
    let Some(folder) = env::args_os().nth(1) else {
        return Err(io::Error::other("e2e_roles FOLDER").into());
    };
    let folder = Path::new(&folder);
    let mut index = Vec::new();
    for region in REGIONS {
        let home = Home::new(region, ACCOUNT);
        let mut sets: Vec<Set> = presets::sets(&home)?;
        sets.extend(own::sets(&home)?);
        for set in sets {
            set.write(&home, folder)?;
            index.push(set.entry(&home));
        }
    }
    fs::write(
        folder.join("index.json"),
        serde_json::to_string_pretty(&serde_json::Value::Array(index))?,
    )?;
    Ok(())
}
