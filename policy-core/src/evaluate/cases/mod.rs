//! Tests of policies: a file of requests, each with the expected decision.
//!
//! A file of cases is JSON. `policies` contains named sets of policies, each with the policies of its caller by layer;
//! a policy is the path of a file, optionally with a JSON Pointer (RFC 6901) to the policy in it, as in
//! `roles.json#/0/AssumeRolePolicyDocument`, or the policy itself. Each of the `cases` is a request and the expected
//! decision:
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
//! # Ok::<(), policy_core::evaluate::cases::CasesError>(())
//! ```
//!
//! A set of policies has any of these members:
//!
//! | member | is |
//! |---|---|
//! | `caller` | the default caller of the cases |
//! | `identity` | the caller's identity-based policies: one, or a list |
//! | `boundary` | the caller's permissions boundary |
//! | `session` | the policies that were passed when the session was created: one, or a list |
//! | `resource` | the resource-based policy |
//! | `restricted_bucket` | the policy of a bucket with `RestrictPublicBuckets`, instead of `resource` |
//! | `trust` | the trust policy of the role to be assumed |
//! | `endpoint` | the policy of the VPC endpoint that requests go through |
//! | `key_policy` | `"default"`: key policies delegate to the account of the key, as AWS's default key policy does |
//! | `service_control` | service control policies: a list of the organization's levels from the root down, each one policy or a list |
//! | `resource_control` | resource control policies, likewise |
//! | `rejected` | `true` if AWS rejects a policy of the set and that is meant: without it the [report](Report::is_success) is no success |
//! | `management_account` | the organization's management account, which its policies do not affect |
//!
//! A case has:
//!
//! | member | is |
//! |---|---|
//! | `name` | a description, shown if the case fails; optional |
//! | `policies` | the name of a set, or a set; optional if the file has only one |
//! | `caller` | `"anonymous"`, the ARN of a user, role, session or root user, `{ "service": "ecs-tasks.amazonaws.com" }`, `{ "federated": PROVIDER }`, or `{ "role": ARN, "session": NAME }` for a session of a role with a path; this may have `tags`, `transitive_tags`, `source_identity`, and `assumed_by`, the caller that assumed the role |
//! | `action` | an action such as `s3:GetObject`, or a list, of which each is a case |
//! | `resource` | its ARN, or `*` for actions that do not support resource-level permissions, or a list, of which each is a case |
//! | `resource_account` | the account that owns the resource, if its ARN does not contain it and it is not the caller's; optional |
//! | `object_owner` | the account that owns the object, if it is not that of the bucket; optional |
//! | `called_via` | the service that makes the request for the caller, or a list of a chain of them; optional |
//! | `context` | condition keys, each with a string, a boolean, a number, or a list of those; optional |
//! | `unchecked` | `true` for a request whose names are newer than the [catalogue](crate::catalogue); optional |
//! | `expect` | `allowed`, `denied`, or more precisely `explicitly denied` or `implicitly denied`; or `depends on the key policy`, which is neither |
//! | `by` | the `Sid` of the statement that must decide; optional |
//!
//! A case whose action, resource or context no request has is a mistake of the file, as in
//! [`Request::new`](crate::evaluate::Request::new): it would be denied whatever the policies are.

mod answer;
mod expected;
mod fields;
mod folders;
mod mistake;
mod read;
mod setup;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};

use super::Request;
use super::resource_account::RESOURCE_ACCOUNT;
use crate::document::{Document, Position, read_bytes};

pub use answer::{Answer, Report};
pub use expected::Expected;
pub use mistake::{CasesError, Mistake};
pub use setup::Origin;

use folders::Folders;
use read::{Loaded, Loader};
use setup::Setup;

/// Cases, ready to run. See the [module](crate::evaluate::cases) for the format and an example.
#[derive(Clone, Debug)]
pub struct Cases {
    /// The name of the file, if any.
    file: Option<String>,
    setups: Vec<Setup>,
    all: Vec<Case>,
    remarks: Vec<Mistake>,
    rejected: Vec<Mistake>,
}

/// Finds the policy at an address in a file, by the file's path and its text: see [`Cases::open_with`].
pub type Finder<'f> = dyn FnMut(&Path, &str, &str) -> Result<Option<Document<'static>>, String> + 'f;

/// A request and the expected decision.
#[derive(Clone, Debug)]
pub struct Case {
    name: Option<String>,
    position: Position,
    /// The index of its setup.
    setup: usize,
    request: Request,
    expected: Expected,
    by: Option<String>,
}

impl Cases {
    /// Reads a file of cases. The paths of policies are relative to its folder, and must lead to regular files in or
    /// below that folder: files outside it, even by a link, are not read. [`open_within`](Self::open_within) allows
    /// other folders.
    ///
    /// # Errors
    ///
    /// The file, or a file that it names, cannot be read or is not allowed, or it is not a file of cases. All mistakes
    /// are reported.
    ///
    /// ```
    /// use policy_core::evaluate::cases::Cases;
    ///
    /// let error = Cases::open("no/such/cases.json".as_ref()).unwrap_err();
    /// assert!(error.to_string().starts_with("no/such/cases.json: "));
    /// ```
    pub fn open(path: &Path) -> Result<Self, CasesError> {
        Self::open_within(path, &[])
    }

    /// Reads a file of cases whose policies are in or below its own folder or one of these folders. Paths are still
    /// relative to the folder of the cases. Files outside that folder are never quoted in an error, so that untrusted
    /// cases cannot reveal the content of the folders that you allow.
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
    pub fn open_within(path: &Path, folders: &[PathBuf]) -> Result<Self, CasesError> {
        Self::open_in(path, folders, None)
    }

    /// The same, for cases that also name policies inside other files: `main.tf#aws_iam_role.reader.assume_role_policy`. `find` is given
    /// the path of each file, its text, and what is behind `#`: nothing, an address, or, of JSON, a JSON Pointer. It returns the
    /// policy, or why nothing is evaluated; or `None` for a policy in JSON that is as it is written, which is then read as in
    /// [`open`](Self::open). `policy simulate` finds policies with the crate `policy-files`.
    ///
    /// A message of `find` is left out for files outside the folder of the cases.
    ///
    /// # Errors
    ///
    /// Those of [`open`](Self::open), and what `find` returns.
    ///
    /// ```
    /// use policy_core::document::Document;
    /// use policy_core::evaluate::cases::Cases;
    ///
    /// # let folder = std::env::temp_dir().join(format!("policy-core-cases-{}", std::process::id()));
    /// # std::fs::create_dir_all(&folder)?;
    /// std::fs::write(folder.join("policies.ini"), "[reader]\naction = s3:GetObject\n")?;
    /// std::fs::write(folder.join("cases.json"), r#"{ "cases": [{
    ///     "caller": "arn:aws:iam::111122223333:role/reader", "policies": { "identity": "policies.ini#reader" },
    ///     "action": "s3:GetObject", "resource": "arn:aws:s3:::exports/a.csv", "expect": "allowed" }] }"#)?;
    ///
    /// let mut find = |_: &std::path::Path, text: &str, address: &str| {
    ///     let (_, section) = text.split_once(&format!("[{address}]\naction = ")).ok_or("there is no such section")?;
    ///     let action = section.lines().next().unwrap_or_default();
    ///     let policy = format!(r#"{{ "Statement": {{ "Effect": "Allow", "Action": "{action}", "Resource": "*" }} }}"#);
    ///     Document::read(&policy).map(|policy| Some(policy.into_owned())).map_err(|error| error.to_string())
    /// };
    /// let cases = Cases::open_with(&folder.join("cases.json"), &[], &mut find)?;
    /// assert!(cases.run().is_success());
    /// # std::fs::remove_dir_all(&folder)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn open_with(path: &Path, folders: &[PathBuf], find: &mut Finder<'_>) -> Result<Self, CasesError> {
        Self::open_in(path, folders, Some(find))
    }

    fn open_in(path: &Path, folders: &[PathBuf], find: Option<&mut Finder<'_>>) -> Result<Self, CasesError> {
        let file = path.display().to_string();
        let text = File::open(path)
            .and_then(read_bytes)
            .and_then(|bytes| String::from_utf8(bytes).map_err(std::io::Error::other))
            .map_err(|error| CasesError::file(file.clone(), &error))?;
        let folders = Folders::of(path, folders);
        Self::read_named(Some(file), &text, &mut |policy| folders.load(policy), find)
    }

    /// Reads cases from JSON text. `load` returns the text of a file that they name, without the JSON Pointer, or why
    /// it cannot be read: the meaning of a path is up to you.
    ///
    /// # Errors
    ///
    /// The text is not JSON, or not cases. All mistakes are reported.
    ///
    /// ```
    /// use policy_core::evaluate::cases::Cases;
    ///
    /// let text = r#"{ "policies": { "none": { "caller": "anonymous", "identity": [] } },
    ///     "cases": [{ "acton": "s3:GetObject", "resource": "*", "expect": "denied" }] }"#;
    /// let error = Cases::read(text, &mut |path| Err(format!("there is no {path}"))).unwrap_err();
    /// let first = error.mistakes().next().unwrap();
    /// assert_eq!(first.to_string(), "2:17: a case has no member `acton`; did you mean `action`?");
    /// ```
    pub fn read(text: &str, load: &mut dyn FnMut(&str) -> Result<String, String>) -> Result<Self, CasesError> {
        let mut load = |path: &str| {
            Ok(Loaded {
                path: PathBuf::from(path),
                text: load(path)?,
                is_own: true,
            })
        };
        Self::read_named(None, text, &mut load, None)
    }

    fn read_named(
        file: Option<String>,
        text: &str,
        load: &mut Loader<'_>,
        find: Option<&mut Finder<'_>>,
    ) -> Result<Self, CasesError> {
        match read::read(text, load, find) {
            Ok(read) => {
                let mut cases = Self {
                    file,
                    setups: read.setups,
                    all: read.cases,
                    remarks: read.remarks,
                    rejected: read.rejected,
                };
                cases.remark_unsent();
                Ok(cases)
            }
            Err(mistakes) => Err(CasesError::new(file, mistakes)),
        }
    }

    /// Remarks on the cases that do not give a key that AWS always sends, and that could have another answer with it.
    fn remark_unsent(&mut self) {
        let mut known = BTreeSet::new();
        for case in &self.all {
            let Some(setup) = self.setups.get(case.setup) else {
                continue;
            };
            for key in setup.authorizer.unsent(&case.request) {
                let (requests, write) = if key.eq_ignore_ascii_case(RESOURCE_ACCOUNT) {
                    ("the requests for most actions", "add `resource_account` to the case")
                } else {
                    ("every request", "add it to the `context`")
                };
                let message = format!(
                    "the case does not give `{key}`, which AWS includes in {requests}: with a value the decision could differ; {write}"
                );
                // Once for the actions and resources of one case.
                if known.insert((case.position, key)) {
                    self.remarks.push(Mistake::new(case.position, message));
                }
            }
        }
    }

    /// Runs every case.
    pub fn run(&self) -> Report<'_> {
        let answers = self.all.iter().filter_map(|case| {
            let setup = self.setups.get(case.setup)?;
            Some(Answer::of(case, setup))
        });
        Report::new(self.file.as_deref(), answers.collect(), &self.rejected)
    }

    /// The number of cases; each pair of an action and a resource counts.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there are no cases.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Mistakes that make a case pass for the wrong reason: anything in a policy that AWS would reject, so that the policy
    /// would never be evaluated, and placeholders in it, so that AWS gets another one; condition keys that AWS does not send for the
    /// action, as far as is known; and keys that AWS always sends, if a case does not give them and could have another answer with them.
    ///
    /// ```
    /// use policy_core::evaluate::cases::Cases;
    ///
    /// let text = r#"{ "cases": [{ "caller": "arn:aws:iam::111122223333:user/alice", "action": "s3:ListAllMyBuckets",
    ///     "policies": { "identity": { "Statement": { "Effect": "Allow", "Action": "s3:*", "Resource": "exports" } } },
    ///     "resource": "*", "expect": "denied" }] }"#;
    /// let cases = Cases::read(text, &mut |_| unreachable!("no policy is a file"))?;
    /// let remarks: Vec<String> = cases.remarks().map(ToString::to_string).collect();
    /// assert_eq!(
    ///     remarks,
    ///     ["2:97: AWS rejects this policy: the resource `exports` is neither `*` nor an ARN; write `arn:aws:s3:::exports`"]
    /// );
    /// # Ok::<(), policy_core::evaluate::cases::CasesError>(())
    /// ```
    pub fn remarks(&self) -> impl Iterator<Item = &Mistake> {
        self.remarks.iter()
    }

    /// The policies that AWS rejects, so that it never evaluates them: of each the first reason, which is one of the
    /// [remarks](Self::remarks). Those of a set with `"rejected": true` are left out.
    ///
    /// ```
    /// use policy_core::evaluate::cases::Cases;
    ///
    /// let cases = |more: &str| {
    ///     let text = r#"{ "cases": [{ "caller": "arn:aws:iam::111122223333:user/alice", "action": "s3:ListAllMyBuckets",
    ///         "policies": { MORE "identity": { "Statement": { "Effect": "Allow", "Action": "s3:*", "Resource": "exports" } } },
    ///         "resource": "*", "expect": "denied" }] }"#;
    ///     Cases::read(&text.replace("MORE", more), &mut |_| unreachable!("no policy is a file"))
    /// };
    /// let (by_mistake, meant) = (cases("")?, cases(r#""rejected": true,"#)?);
    /// assert_eq!((by_mistake.rejected().count(), by_mistake.run().is_success()), (1, false));
    /// assert_eq!((meant.rejected().count(), meant.run().is_success()), (0, true));
    /// # Ok::<(), policy_core::evaluate::cases::CasesError>(())
    /// ```
    pub fn rejected(&self) -> impl Iterator<Item = &Mistake> {
        self.rejected.iter()
    }
}

impl Case {
    /// The description, if any.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The position of the case.
    pub const fn position(&self) -> Position {
        self.position
    }

    /// The request.
    pub const fn request(&self) -> &Request {
        &self.request
    }

    /// The expected decision.
    pub const fn expected(&self) -> Expected {
        self.expected
    }

    /// The `Sid` of the statement that must decide.
    pub fn by(&self) -> Option<&str> {
        self.by.as_deref()
    }
}
