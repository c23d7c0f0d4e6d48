//! Policies that cases name by their address in a file, as `policy list` prints it.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

use policy_core::document::{Document, Lines, Place};
use policy_core::spelling::nearest;
use policy_files::{FilePolicy, Reader, Reading, is_of_module, is_template};

use crate::arguments::today;
use crate::config::{Configs, NAME};
use crate::files::Input;
use crate::inside;
use crate::kind::KindName;
use crate::policies::is_like_a_policy;

/// The number of addresses that a message lists.
const FEW: usize = 5;

/// What has been read of files and of those beside them.
pub struct Addressed {
    reader: Reader,
    configs: Configs,
    /// The files that were read, each once, however many of its policies are named.
    files: HashMap<PathBuf, ReadFile>,
}

/// What was read of a file.
struct ReadFile {
    text: String,
    /// The text as JSON, if it is that.
    document: Option<Document<'static>>,
    /// What it has, or why it is not read, if that was asked for.
    reading: OnceCell<Result<Reading, String>>,
}

impl ReadFile {
    fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            document: Document::read(text).ok().map(Document::into_owned),
            reading: OnceCell::new(),
        }
    }

    fn reading(&self, path: &Path, reader: &mut Reader) -> Result<&Reading, String> {
        let read = self.reading.get_or_init(|| {
            let input = Input {
                path: path.to_owned(),
                kind: KindName::Auto,
                named: true,
                leads_out: false,
                size: 0,
                config: None,
            };
            inside::read(&input, &self.text, reader).map_err(|refused| refused.reason)
        });
        read.as_ref().map_err(Clone::clone)
    }
}

impl Addressed {
    /// What is in these folders, or below: nothing else is read, even by a link.
    pub fn within(folders: &[PathBuf]) -> Self {
        Self {
            reader: Reader::within(folders),
            configs: Configs::within(folders),
            files: HashMap::new(),
        }
    }

    /// The policy at an address or a JSON Pointer in the file at `path`, which has this text; without either, the only one. `None` if the
    /// text is JSON, and what is there is read as it is: nothing around it has another meaning.
    pub fn find(&mut self, path: &Path, text: &str, address: &str) -> Result<Option<Document<'static>>, String> {
        let known = self.files.get(path).is_some_and(|known| known.text == text);
        if !known {
            self.files.insert(path.to_owned(), ReadFile::new(text));
        }
        let Some(file) = self.files.get(path) else {
            return Ok(None);
        };
        let read = file.document.as_ref().filter(|_| !is_template(path));
        let is_pointer = address.starts_with('/');
        let place = match read {
            Some(read) if address.is_empty() && is_like_a_policy(read.root()) => return Ok(None),
            Some(read) if is_pointer => match read.root().at(address) {
                Ok(node) => Some(node.place),
                Err(_) => return Ok(None),
            },
            None if is_pointer => {
                return Err("a JSON Pointer is for JSON; write the address that `policy list` prints".to_owned());
            }
            _ => None,
        };
        let reading = file.reading(path, &mut self.reader)?;
        let policies = reading.policies();
        let is_absent = match place {
            Some(place) => !policies.iter().any(|policy| is_at(policy, place)),
            None => policies.is_empty() && reading.unread().is_empty() && address.is_empty() && read.is_some(),
        };
        if is_absent {
            return Ok(None);
        }
        let address = place.map_or(address, |place| {
            let own = policies.iter().find(|policy| is_at(policy, place));
            own.map_or(address, FilePolicy::address)
        });
        let remedy = remedy(path);
        // Of a policy that may be another one when it is deployed, no answer is right.
        let policy = at(policies, address, remedy, text)?.clone();
        let own = self.configs.of_path(path, today()).map_err(|lines| lines.join("; "))?;
        let policy = match own {
            Some(own) => own.filled(policy),
            None => policy,
        };
        let holes = policy.holes();
        if !holes.is_empty() {
            let names = listed(holes.iter().map(String::as_str));
            return Err(format!(
                "the values of {names} are only known when it is deployed; write them in `[holes]` of `{NAME}`, or {remedy}"
            ));
        }
        if let Some(assumption) = policy.assumptions().first() {
            let assumed = inside::at(&Lines::of(text), assumption.place().start, assumption);
            return Err(format!("{assumed}; {remedy}"));
        }
        match policy.documents() {
            [only] => Ok(Some(only.clone())),
            several => Err(format!(
                "conditions of the file decide which of {} policies it is; {remedy}",
                several.len()
            )),
        }
    }
}

/// Whether a policy is what a file has at this place.
fn is_at(policy: &FilePolicy, place: Place) -> bool {
    policy.place() == (place.start as usize..place.end as usize)
}

/// What to name instead of a policy in a file, if that does not have all of it.
fn remedy(path: &Path) -> &'static str {
    if is_of_module(path) {
        "name the policy in the JSON of a plan, which has it as it will be"
    } else {
        "name a file with the policy as it is deployed"
    }
}

/// Why a policy may be absent from a file with this text.
fn absent(text: &str) -> &'static str {
    if text.contains("\"after_unknown\"") {
        ": a plan does not have a policy that is only known after it is applied"
    } else {
        ""
    }
}

/// The policy at an address, or the only one below it: `aws_iam_role.reader` for `aws_iam_role.reader.assume_role_policy`.
fn at<'p>(policies: &'p [FilePolicy], address: &str, remedy: &str, text: &str) -> Result<&'p FilePolicy, String> {
    let is_below = |policy: &FilePolicy| {
        let rest = policy.address().strip_prefix(address);
        address.is_empty() || rest.is_some_and(|rest| rest.starts_with(['.', '[']))
    };
    let all = |is_meant: &dyn Fn(&FilePolicy) -> bool| -> Vec<&'p FilePolicy> {
        policies.iter().filter(|policy| is_meant(policy)).collect()
    };
    let mut below = all(&|policy| policy.address() == address);
    if below.is_empty() {
        below = all(&is_below);
    }
    let addresses = |policies: &[&'p FilePolicy]| listed(policies.iter().map(|policy| policy.address()));
    match below.as_slice() {
        [only] => Ok(only),
        [] if policies.is_empty() => Err(format!("the file has no policy{}", absent(text))),
        [] => {
            let absent = absent(text);
            let all: Vec<&FilePolicy> = policies.iter().collect();
            let near = nearest(address, all.iter().map(|policy| policy.address()));
            Err(match near {
                Some(near) => format!("no policy has this address{absent}; did you mean `{near}`?"),
                None => format!("no policy has this address{absent}; write one of {}", addresses(&all)),
            })
        }
        // The branches of a condition have one address, and so have members with one name.
        [first, others @ ..] if others.iter().all(|other| other.address() == first.address()) => {
            // One condition is around all of its branches.
            let mut around = first.assumptions().iter();
            let is_decided = around.any(|own| others.iter().all(|other| other.assumptions().contains(own)));
            let why = if is_decided {
                "conditions of the file decide which of them are deployed"
            } else {
                "the file does not tell which of them AWS has"
            };
            Err(format!("several policies have this address, and {why}; {remedy}"))
        }
        several => Err(format!(
            "there are several policies; write one of {}",
            addresses(several)
        )),
    }
}

fn listed<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> String {
    let more = if names.len() > FEW { ", ..." } else { "" };
    let first: Vec<String> = names.take(FEW).map(|name| format!("`{name}`")).collect();
    format!("{}{more}", first.join(", "))
}
