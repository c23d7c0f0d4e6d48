//! A set of roles that are deployed together.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use runner_profiles::render::{CloudFormation, Home, Terraform, aws_cli};
use runner_profiles::{Role, Warning};
use serde_json::{Value, json};

pub struct Set {
    pub name: String,
    pub roles: Vec<Role>,
}

impl Set {
    pub fn new(name: impl Into<String>, roles: impl Into<Vec<Role>>) -> Self {
        Self {
            name: name.into(),
            roles: roles.into(),
        }
    }

    /// The folder, in that of all the sets.
    fn folder(&self, home: &Home) -> PathBuf {
        Path::new(home.region().partition().as_str()).join(&self.name)
    }

    /// What the set is, for those who read the folder. Which can never work, the roles themselves say.
    pub fn entry(&self, home: &Home) -> Value {
        let broken = self
            .warnings()
            .find(|warning| matches!(warning, Warning::NeverWorks(_)));
        let broken = broken.map(ToString::to_string);
        json!({
            "name": self.name,
            "partition": home.region().partition().as_str(),
            "region": home.region().as_str(),
            "folder": self.folder(home),
            "warnings": self.warnings().map(ToString::to_string).collect::<Vec<_>>(),
            "broken": broken,
        })
    }

    fn warnings(&self) -> impl Iterator<Item = &Warning> {
        self.roles.iter().flat_map(Role::warnings)
    }

    /// Every form that roles are delivered in, as files.
    pub fn write(&self, home: &Home, folder: &Path) -> Result<(), Box<dyn Error>> {
        let folder = folder.join(self.folder(home));
        fs::create_dir_all(&folder)?;
        let terraform = Terraform::new(&self.roles)?;
        let cloudformation = CloudFormation::new(&self.roles)?;
        for (name, text) in [
            ("roles.json", Role::all_to_json_pretty(&self.roles)),
            ("commands.sh", aws_cli(&self.roles)?),
            ("cloudformation-plain.json", cloudformation.to_json()),
            (
                "cloudformation-portable.json",
                cloudformation.portable(home.clone()).to_json(),
            ),
            ("terraform-plain.tf.json", terraform.to_json()),
            ("terraform-portable.tf.json", terraform.portable(home.clone()).to_json()),
        ] {
            fs::write(folder.join(name), text)?;
        }
        Ok(())
    }
}
