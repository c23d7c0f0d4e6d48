//! Tests of policies: a file of requests, each with the answer that is expected.
//!
//! A file of cases is JSON. `policies` names sets of policies, each with what its caller has, by layer; a policy is the path of a
//! file, perhaps with a JSON Pointer (RFC 6901) to where in the file it stands, as in `roles.json#/0/AssumeRolePolicyDocument`; or
//! it stands there itself. Each of the `cases` says who asks for what, and what the answer is to be:
//!
//! ```
//! use policy_core::evaluate::cases::Cases;
//!
//! let cases = Cases::read(
//!     r#"{
//!         "policies": {
//!             "reader": {
//!                 "caller": "arn:aws:iam::111122223333:role/reader",
//!                 "identity": ["reader.json"],
//!                 "service_control": [{
//!                     "Version": "2012-10-17",
//!                     "Statement": [{ "Effect": "Allow", "Action": "s3:*", "Resource": "*" }]
//!                 }]
//!             }
//!         },
//!         "cases": [
//!             {
//!                 "action": "s3:GetObject",
//!                 "resource": ["arn:aws:s3:::exports/a.csv", "arn:aws:s3:::exports/b.csv"],
//!                 "context": { "aws:SecureTransport": true },
//!                 "expect": "allowed"
//!             },
//!             {
//!                 "name": "nobody reads secrets",
//!                 "action": "s3:GetObject",
//!                 "resource": "arn:aws:s3:::exports/secret/a.csv",
//!                 "expect": "explicitly denied",
//!                 "by": "NoSecrets"
//!             }
//!         ]
//!     }"#,
//!     &mut |path| {
//!         assert_eq!(path, "reader.json");
//!         Ok(r#"{ "Version": "2012-10-17", "Statement": [
//!             { "Sid": "ReadExports", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::exports/*" },
//!             { "Sid": "NoSecrets", "Effect": "Deny", "Action": "s3:*",
//!               "Resource": "arn:aws:s3:::*/secret/*" }] }"#.to_owned())
//!     },
//! )?;
//! let report = cases.run();
//! assert!(report.is_success(), "{report}");
//! assert_eq!(report.to_string(), "3 cases, 0 failed");
//! # Ok::<(), policy_core::evaluate::cases::Unreadable>(())
//! ```
//!
//! A set of policies has any of:
//!
//! | member | is |
//! |---|---|
//! | `caller` | who asks, in cases that do not say |
//! | `identity` | the policies of the caller: one, or a list |
//! | `boundary` | the caller's permissions boundary |
//! | `session` | the policies that were passed when the session began: one, or a list |
//! | `resource` | the policy of the resource |
//! | `trust` | the trust policy of the role that is to be assumed |
//! | `service_control` | service control policies: a list of the organization's levels from the root down, each one policy or a list |
//! | `resource_control` | resource control policies, likewise |
//! | `management_account` | the account that manages the organization, which its policies do not limit |
//!
//! A case has:
//!
//! | member | is |
//! |---|---|
//! | `name` | what is tested, for whoever reads that it failed; may be absent |
//! | `policies` | the name of a set, or one that stands here; may be absent where the file names only one |
//! | `caller` | `"anonymous"`, the ARN of a user, role, session or root user, `{ "service": "ecs-tasks.amazonaws.com" }`, `{ "federated": PROVIDER }`, or `{ "role": ARN, "session": NAME }` for a session of a role with a path |
//! | `action` | an action such as `s3:GetObject`, or a list: then each is a case |
//! | `resource` | its ARN, or `*` for actions that act on none, or a list: then each is a case |
//! | `resource_account` | whose the resource is, where its ARN does not say and it is not the caller's; may be absent |
//! | `context` | condition keys, each with a string, a boolean, a number, or a list of those; may be absent |
//! | `expect` | `allowed`, `denied`, or more precisely `explicitly denied` or `implicitly denied` |
//! | `by` | the `Sid` of the statement that is to decide; may be absent |

mod answer;
mod expected;
mod fields;
mod folders;
mod mistake;
mod read;
mod setup;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::path::{Path, PathBuf};

use super::Request;
use crate::document::{Position, read_bytes};

pub use answer::{Answer, Report};
pub use expected::Expected;
pub use mistake::{Mistake, Unreadable};
pub use setup::Origin;

use folders::Folders;
use read::{Loaded, Loader};
use setup::Setup;

/// Cases, read and ready to be asked. See the [module](crate::evaluate::cases) for their form and an example.
#[derive(Clone, Debug)]
pub struct Cases {
    /// The name of the file, if they come from one.
    file: Option<String>,
    setups: Vec<Setup>,
    all: Vec<Case>,
    remarks: Vec<Mistake>,
}

/// One request, with the answer that is expected.
#[derive(Clone, Debug)]
pub struct Case {
    name: Option<String>,
    position: Position,
    /// Which of the setups is asked.
    setup: usize,
    request: Request,
    expected: Expected,
    by: Option<String>,
}

impl Cases {
    /// Reads a file of cases. The policies' paths are relative to the folder in which it stands, and lead to regular files in that
    /// folder or below it: what is outside, also by a link, is not read. [`open_within`](Self::open_within) allows other folders.
    ///
    /// # Errors
    ///
    /// The file, or one that it names, cannot be read or may not be; or it is no file of cases. All mistakes are told at once.
    ///
    /// ```
    /// use policy_core::evaluate::cases::Cases;
    ///
    /// let error = Cases::open("no/such/cases.json".as_ref()).unwrap_err();
    /// assert!(error.to_string().starts_with("no/such/cases.json: "));
    /// ```
    pub fn open(path: &Path) -> Result<Self, Unreadable> {
        Self::open_within(path, &[])
    }

    /// Reads a file of cases whose policies stand in its own folder or in one of these, or below them. The paths are relative to
    /// the folder of the cases all the same. What is read elsewhere than in that folder is never quoted in an error: cases of
    /// strangers are not to show what else is in the folders that you allow them.
    ///
    /// # Errors
    ///
    /// Those of [`open`](Self::open).
    ///
    /// ```
    /// use policy_core::evaluate::cases::Cases;
    ///
    /// let error = Cases::open_within("tests/cases.json".as_ref(), &["policies".into()]).unwrap_err();
    /// assert!(error.to_string().starts_with("tests/cases.json: "));
    /// ```
    pub fn open_within(path: &Path, folders: &[PathBuf]) -> Result<Self, Unreadable> {
        let file = path.display().to_string();
        let text = File::open(path)
            .and_then(read_bytes)
            .and_then(|bytes| String::from_utf8(bytes).map_err(std::io::Error::other))
            .map_err(|error| Unreadable::file(file.clone(), &error))?;
        let folders = Folders::of(path, folders);
        Self::read_named(Some(file), &text, &mut |policy| folders.load(policy))
    }

    /// Reads cases from JSON text. `load` gives the text of a file that they name, without what points into it, or says why there
    /// is none: what a path means is up to you.
    ///
    /// # Errors
    ///
    /// It is not JSON, or not cases. All mistakes are told at once.
    ///
    /// ```
    /// use policy_core::evaluate::cases::Cases;
    ///
    /// let text = r#"{ "policies": { "none": { "caller": "anonymous", "identity": [] } },
    ///     "cases": [{ "acton": "s3:GetObject", "resource": "*", "expect": "denied" }] }"#;
    /// let error = Cases::read(text, &mut |path| Err(format!("there is no {path}"))).unwrap_err();
    /// let first = error.mistakes().next().unwrap();
    /// assert_eq!(first.to_string(), "2:17: a case has no member `acton`; is `action` meant?");
    /// ```
    pub fn read(text: &str, load: &mut dyn FnMut(&str) -> Result<String, String>) -> Result<Self, Unreadable> {
        let mut load = |path: &str| {
            Ok(Loaded {
                text: load(path)?,
                is_own: true,
            })
        };
        Self::read_named(None, text, &mut load)
    }

    fn read_named(file: Option<String>, text: &str, load: &mut Loader<'_>) -> Result<Self, Unreadable> {
        match read::read(text, load) {
            Ok(read) => Ok(Self {
                file,
                setups: read.setups,
                all: read.cases,
                remarks: read.remarks,
            }),
            Err(mistakes) => Err(Unreadable::new(file, mistakes)),
        }
    }

    /// Asks every case.
    pub fn run(&self) -> Report<'_> {
        let answers = self.all.iter().filter_map(|case| {
            let setup = self.setups.get(case.setup)?;
            Some(Answer::of(case, setup))
        });
        Report::new(self.file.as_deref(), answers.collect())
    }

    /// How many there are, each pair of an action and a resource counted.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// What is no mistake for certain, but makes a case pass for the wrong reason: an action or a condition key that the catalogue
    /// does not know, and that is so near to a known one that it is likely misspelt; and in a policy whatever AWS would refuse to
    /// store, so that the policy never takes part in an answer of AWS.
    ///
    /// ```
    /// use policy_core::evaluate::cases::Cases;
    ///
    /// let text = r#"{ "policies": { "none": { "caller": "anonymous", "identity": [] } },
    ///     "cases": [{ "action": "s3:GetObjct", "resource": "*", "expect": "denied" }] }"#;
    /// let cases = Cases::read(text, &mut |_| unreachable!("no policy is a file"))?;
    /// let remarks: Vec<String> = cases.remarks().map(ToString::to_string).collect();
    /// assert_eq!(remarks, ["2:27: there is no action `s3:GetObjct`; is `s3:GetObject` meant?"]);
    /// # Ok::<(), policy_core::evaluate::cases::Unreadable>(())
    /// ```
    pub fn remarks(&self) -> impl Iterator<Item = &Mistake> {
        self.remarks.iter()
    }
}

impl Case {
    /// What is tested, if it says.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Where it stands among the cases.
    pub const fn position(&self) -> Position {
        self.position
    }

    /// What is asked.
    pub const fn request(&self) -> &Request {
        &self.request
    }

    /// The answer that is expected.
    pub const fn expected(&self) -> Expected {
        self.expected
    }

    /// The `Sid` of the statement that is expected to decide.
    pub fn by(&self) -> Option<&str> {
        self.by.as_deref()
    }
}
