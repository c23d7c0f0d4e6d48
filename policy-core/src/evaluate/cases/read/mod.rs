//! Parses cases from JSON text.

mod policies;
mod request;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::fields::{Fields, Found};
use super::setup::Setup;
use super::{Case, Expected, Finder, Mistake};
use crate::document::{Document, Node, Text, Value};
use crate::evaluate::{Caller, Request};
use crate::policy::Kind;
use crate::spelling::{UnknownNameError, nearest};

/// The content of a file of cases.
pub(super) struct Read {
    pub setups: Vec<Setup>,
    pub cases: Vec<Case>,
    pub remarks: Vec<Mistake>,
    pub rejected: Vec<Mistake>,
}

/// The text of a file that the cases name.
pub(super) struct Loaded {
    pub path: PathBuf,
    pub text: String,
    /// Whether the author of the cases may be shown its content.
    pub is_own: bool,
}

/// Returns the text of a file, or why it cannot be read.
pub(super) type Loader<'l> = dyn FnMut(&str) -> Result<Loaded, String> + 'l;

/// Reads cases, or returns all their mistakes.
pub(super) fn read(text: &str, load: &mut Loader<'_>, find: Option<&mut Finder<'_>>) -> Result<Read, Vec<Mistake>> {
    let mut none = |_: &Path, _: &str, _: &str| Err(String::new());
    let has_finder = find.is_some();
    let mut reader = Reader {
        found: Found::in_text(text),
        load,
        find: match find {
            Some(find) => find,
            None => &mut none,
        },
        has_finder,
        files: HashMap::new(),
        at_addresses: HashMap::new(),
        refused: HashMap::new(),
        rejected: Vec::new(),
        rejected_paths: HashSet::new(),
        values: 0,
        setups: Vec::new(),
        named: Vec::new(),
        by_name: HashMap::new(),
        cases: Vec::new(),
    };
    match Document::read(text) {
        Ok(document) => reader.file(document.root()),
        Err(error) => reader.found.add(error.place(), error.to_string()),
    };
    if reader.found.mistakes.is_empty() {
        Ok(Read {
            setups: reader.setups,
            cases: reader.cases,
            remarks: reader.found.remarks,
            rejected: reader.rejected,
        })
    } else {
        Err(reader.found.mistakes)
    }
}

/// The most requests of a file that has them by lists of actions and resources.
const MOST: usize = 200_000;

/// The most values of JSON in the policies of all sets of a file: each set has its own, and a short line names a long policy.
const MOST_VALUES: usize = 1_000_000;

/// A file that contains policies.
struct PolicyFile {
    path: PathBuf,
    text: String,
    /// `None` if it is in another language than JSON.
    document: Option<Document<'static>>,
    /// Whether it is in the cases' own folder, so that a message may quote it.
    is_own: bool,
}

/// What the finder has for a path.
#[derive(Clone)]
enum Named {
    Policy(Document<'static>),
    /// JSON that is read as it is.
    AsWritten,
}

struct Reader<'t, 'l, 'f> {
    found: Found<'t>,
    load: &'l mut Loader<'l>,
    find: &'f mut Finder<'f>,
    /// Whether there are policies at addresses.
    has_finder: bool,
    /// The files of policies, each read once; `None` if a file cannot be read, which is reported already.
    files: HashMap<String, Option<PolicyFile>>,
    /// What the finder has for each path; `None` for a mistake that is reported already.
    at_addresses: HashMap<String, Option<Named>>,
    /// Why AWS rejects the policy of a path as one of a kind, if it does: that is remarked where a path is named first.
    refused: HashMap<(String, Kind), Option<String>>,
    /// The policies that AWS rejects, of sets that do not say so: of each the first reason, where it is named first.
    rejected: Vec<Mistake>,
    /// The paths and kinds of those in files.
    rejected_paths: HashSet<(String, Kind)>,
    /// How many values the policies of the sets have so far.
    values: usize,
    setups: Vec<Setup>,
    /// The index of the setup with each name; `None` if it is invalid, which is reported already.
    named: Vec<(String, Option<usize>)>,
    /// The index of a name's first occurrence.
    by_name: HashMap<String, usize>,
    cases: Vec<Case>,
}

const FILE: &[&str] = &["policies", "cases"];
const CASE: &[&str] = &[
    "name",
    "policies",
    "caller",
    "action",
    "resource",
    "resource_account",
    "object_owner",
    "called_via",
    "context",
    "unchecked",
    "expect",
    "by",
];
impl Reader<'_, '_, '_> {
    fn file(&mut self, root: &Node<'_>) -> Option<()> {
        let fields = self.found.object(root, "a file of cases", FILE)?;
        if let Some(policies) = fields.get("policies") {
            if matches!(policies.value, Value::Object(_)) {
                self.found.refuse_repeated(policies, "`policies`", str::to_owned);
                for member in policies.members() {
                    let setup = self.setup(&member.value);
                    let name = member.name.written().to_owned();
                    self.by_name.entry(name.clone()).or_insert(self.named.len());
                    self.named.push((name, setup));
                }
            } else {
                self.found
                    .not::<()>(policies, "`policies`", "an object of sets of policies by name");
            }
        }
        match fields.get("cases") {
            Some(Node {
                value: Value::Array(cases),
                ..
            }) => {
                for case in cases {
                    self.case(case);
                }
            }
            Some(other) => return self.found.not(other, "`cases`", "an array"),
            None => {
                return self
                    .found
                    .lacks(&fields, "cases", "a file of cases has `cases`, an array");
            }
        }
        Some(())
    }

    fn case(&mut self, node: &Node<'_>) -> Option<()> {
        let fields = self.found.object(node, "a case", CASE)?;
        // Every member is read, even after a mistake, so that all mistakes are reported at once.
        let setup = self.setup_of(&fields);
        let caller = match fields.get("caller") {
            Some(caller) => self.caller(caller),
            None => setup.and_then(|setup| self.caller_of(&fields, setup)),
        };
        let name = fields.get("name").map(|name| self.found.text(name, "`name`"));
        let actions = self.texts(&fields, "action");
        let resources = self.texts(&fields, "resource");
        self.are_few(node, actions.len(), resources.len())?;
        let account = fields
            .get("resource_account")
            .map(|account| self.account(account, "`resource_account`"));
        let object_owner = fields
            .get("object_owner")
            .map(|account| self.account(account, "`object_owner`"));
        let called_via = fields.get("called_via").map(|services| self.services(services));
        let context = fields.get("context").map(|context| self.context(context));
        let unchecked = fields
            .get("unchecked")
            .map(|unchecked| self.flag(unchecked, "`unchecked`"));
        let is_real =
            unchecked == Some(Some(true)) || self.is_real(caller.as_ref(), &actions, &resources, &fields, node.place);
        let expected = self.expected(&fields);
        let by = fields.get("by").map(|by| self.by(by, expected, setup));
        let (setup, caller, expected) = (setup?, caller?, expected?);
        if !is_real || unchecked == Some(None) {
            return None;
        }
        let name = flat(name)?.map(str::to_owned);
        let (object_owner, called_via) = (flat(object_owner)?, flat(called_via)?.unwrap_or_default());
        let (account, context, by) = (flat(account)?, flat(context)?.unwrap_or_default(), flat(by)?);
        let written = |node: &Node<'_>| {
            node.as_text()
                .map_or_else(String::new, |text| text.written().to_owned())
        };
        for (action, resource) in actions.iter().flat_map(|action| {
            resources
                .iter()
                .map(move |resource| (written(action), written(resource)))
        }) {
            let mut request = Request::unchecked(caller.clone(), &action, &resource);
            if let Some(account) = &account {
                request = request.resource_account(account.clone());
            }
            if let Some(account) = &object_owner {
                request = request.object_owner(account.clone());
            }
            for service in &called_via {
                request = request.called_via_unchecked(service);
            }
            for (key, values) in &context {
                request = request.with_all_unchecked(key, values.iter().map(String::as_str));
            }
            self.cases.push(Case {
                name: name.clone(),
                position: self.found.position(node.place),
                setup,
                request,
                expected,
                by: by.clone(),
            });
        }
        Some(())
    }

    /// Reports lists that ask more than [`MOST`]: two short lists are very many pairs.
    fn are_few(&mut self, case: &Node<'_>, actions: usize, resources: usize) -> Option<()> {
        let pairs = actions.saturating_mul(resources);
        if pairs <= 1 || self.cases.len().saturating_add(pairs) <= MOST {
            return Some(());
        }
        let what = format!(
            "each action is asked on each resource, and {actions} actions on {resources} resources are {pairs} requests; a file asks at \
             most {MOST} in such lists: write fewer, or divide the cases into several files"
        );
        self.found.add(case.place, what)
    }

    /// The policies of a case: a named set, an inline set, or the only set of the file.
    fn setup_of(&mut self, fields: &Fields<'_, '_>) -> Option<usize> {
        let names = || self.named.iter().map(|(name, _)| name.as_str());
        let Some(node) = fields.get("policies") else {
            return match self.named.as_slice() {
                [(_, only)] => *only,
                [] => self.found.lacks(fields, "policies", "a case has `policies`"),
                _ => {
                    let all = names().collect::<Vec<_>>().join("`, `");
                    let what = format!("a case has `policies`; write one of `{all}`");
                    self.found.lacks(fields, "policies", what)
                }
            };
        };
        let Some(name) = node.as_text().map(Text::written) else {
            return self.setup(node);
        };
        if let Some((_, setup)) = self.by_name.get(name).and_then(|at| self.named.get(*at)) {
            return *setup;
        }
        let meant = match nearest(name, names()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "add it to the `policies` of the file".to_owned(),
        };
        let what = format!("there is no set of policies `{name}`; {meant}");
        self.found.add(node.place, what)
    }

    fn caller_of(&mut self, fields: &Fields<'_, '_>, setup: usize) -> Option<Caller> {
        let caller = self.setups.get(setup)?.caller.clone();
        caller.or_else(|| {
            let what = "there is no `caller`; add one to the case or to its set of policies";
            self.found.lacks(fields, "caller", what)
        })
    }

    fn expected(&mut self, fields: &Fields<'_, '_>) -> Option<Expected> {
        let names = Expected::ALL.map(Expected::name);
        let Some(node) = fields.get("expect") else {
            let what = format!("a case has `expect`: one of `{}`", names.join("`, `"));
            return self.found.lacks(fields, "expect", what);
        };
        let name = self.found.text(node, "`expect`")?;
        match name.parse() {
            Ok(expected) => Some(expected),
            Err(error) => {
                let error: UnknownNameError = error;
                self.found.add(node.place, error.to_string())
            }
        }
    }

    /// The `Sid` of the deciding statement, which must exist.
    fn by(&mut self, node: &Node<'_>, expected: Option<Expected>, setup: Option<usize>) -> Option<String> {
        let sid = self.found.text(node, "`by`")?;
        if expected == Some(Expected::ImplicitlyDenied) {
            let what = "an implicit deny has no statement; omit `by`";
            return self.found.add(node.place, what);
        }
        let Some(setup) = setup.and_then(|setup| self.setups.get(setup)) else {
            return Some(sid.to_owned());
        };
        if setup.sids.iter().any(|known| known == sid) {
            return Some(sid.to_owned());
        }
        let meant = match nearest(sid, setup.sids.iter().map(String::as_str)) {
            Some(meant) => Cow::Owned(format!("; did you mean `{meant}`?")),
            None => Cow::Borrowed(""),
        };
        let what = format!("no statement of these policies has the `Sid` `{sid}`{meant}");
        self.found.add(node.place, what)
    }
}

/// `None` for an invalid value, which is reported already; a missing one is valid.
#[expect(clippy::option_option, reason = "it can be absent, and it can be wrong")]
fn flat<T>(read: Option<Option<T>>) -> Option<Option<T>> {
    match read {
        None => Some(None),
        Some(None) => None,
        Some(Some(value)) => Some(Some(value)),
    }
}
