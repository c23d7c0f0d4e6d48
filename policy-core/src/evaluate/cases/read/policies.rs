//! A set of policies: those of each layer, from files or inline.

use std::cell::LazyCell;
use std::fmt::Display;

use super::super::mistake::Mistake;
use super::super::setup::{Origin, Setup};
use super::{Loaded, MOST_VALUES, Named, PolicyFile, Reader};
use crate::check::refused;
use crate::document::{Document, Lines, Node, Value, line_and_column};
use crate::evaluate::{Authorizer, Caller, Layer, malformed};
use crate::finding::{Code, Finding};
use crate::names::AccountId;
use crate::policy::Kind;
use crate::spelling::nearest;

const SETUP: &[&str] = &[
    "caller",
    "identity",
    "boundary",
    "session",
    "resource",
    "restricted_bucket",
    "trust",
    "endpoint",
    "key_policy",
    "service_control",
    "resource_control",
    "management_account",
    "rejected",
];

/// The members of a set that are not policies.
const OTHERS: [&str; 4] = ["caller", "key_policy", "management_account", "rejected"];
impl Reader<'_, '_, '_> {
    /// Reads a set of policies and returns its index.
    pub(super) fn setup(&mut self, node: &Node<'_>) -> Option<usize> {
        let before = self.found.mistakes.len();
        let fields = self.found.object(node, "a set of policies", SETUP)?;
        let mut parts = Parts::default();
        for (name, layer, kind) in [
            ("identity", Layer::Identity, Kind::Identity),
            ("session", Layer::Session, Kind::Session),
        ] {
            self.list(fields.get(name), layer, kind, &mut parts);
        }
        for (name, layer, kind) in [
            ("boundary", Layer::Boundary, Kind::Identity),
            ("resource", Layer::Resource, Kind::Resource),
            ("restricted_bucket", Layer::Resource, Kind::Resource),
            ("trust", Layer::Trust, Kind::Trust),
            ("endpoint", Layer::Endpoint, Kind::Resource),
        ] {
            if let Some(policy) = fields.get(name) {
                parts.is_restricted |= name == "restricted_bucket";
                self.policy(policy, layer, kind, &mut parts);
            }
        }
        for (name, layer, kind) in [
            (
                "service_control",
                Layer::ServiceControl as fn(usize) -> Layer,
                Kind::ServiceControl,
            ),
            ("resource_control", Layer::ResourceControl, Kind::ResourceControl),
        ] {
            let levels = fields.get(name).map(Node::as_list).unwrap_or_default();
            for (level, policies) in levels.iter().enumerate() {
                self.list(Some(policies), layer(level), kind, &mut parts);
            }
        }
        if let (Some(_), Some(trust)) = (fields.get("resource"), fields.get("trust")) {
            let what =
                "a set has `resource` or `trust`, not both: a trust policy is the resource-based policy of the role";
            self.found.add::<()>(trust.place, what);
        }
        if let (Some(_), Some(bucket)) = (fields.get("resource"), fields.get("restricted_bucket")) {
            let what = "a set has `resource` or `restricted_bucket`, not both: a bucket has one policy";
            self.found.add::<()>(bucket.place, what);
        }
        if let Some(node) = fields.get("key_policy") {
            parts.delegates_keys = true;
            if node.as_text().is_none_or(|text| text.written() != "default") {
                let what = "`key_policy` is `default`; write the policy of a key as `resource`";
                self.found.add::<()>(node.place, what);
            }
        }
        if self.found.mistakes.len() == before
            && SETUP
                .iter()
                .all(|name| OTHERS.contains(name) || fields.get(name).is_none())
        {
            let what = "a set of policies has at least one member with policies, such as `identity`; for no policies, write an empty list";
            self.found.add::<()>(node.place, what);
        }
        let caller = fields.get("caller").and_then(|caller| self.caller(caller));
        let account = fields.get("management_account");
        parts.management_account = account.and_then(|account| self.account(account, "`management_account`"));
        let says_rejected = fields.get("rejected").map(|node| (node, self.flag(node, "`rejected`")));
        match says_rejected {
            Some((node, Some(true))) if parts.rejected.is_empty() => {
                let what = "AWS rejects no policy of the set, as far as is known: remove `rejected`";
                self.found.add::<()>(node.place, what);
            }
            Some((_, Some(true))) => {}
            _ => {
                for (path, rejected) in std::mem::take(&mut parts.rejected) {
                    if path.is_none_or(|path| self.rejected_paths.insert(path)) {
                        self.rejected.push(rejected);
                    }
                }
            }
        }
        if self.found.mistakes.len() > before {
            return None;
        }
        self.setups.push(parts.setup(caller));
        Some(self.setups.len() - 1)
    }

    fn list(&mut self, node: Option<&Node<'_>>, layer: Layer, kind: Kind, parts: &mut Parts) {
        for policy in node.map(Node::as_list).unwrap_or_default() {
            self.policy(policy, layer, kind, parts);
        }
    }

    /// Reads a policy: the path of its file, or the policy itself.
    fn policy(&mut self, node: &Node<'_>, layer: Layer, kind: Kind, parts: &mut Parts) -> Option<()> {
        // It is reported already.
        if self.values > MOST_VALUES {
            return None;
        }
        let (origin, document) = match &node.value {
            Value::String(path) => {
                let path = path.written();
                let document = self.policy_at(node, path)?;
                let key = (path.to_owned(), kind);
                let why = if let Some(why) = self.refused.get(&key) {
                    why.clone()
                } else {
                    let why = self.remark_refusal_of_file(node, path, &document, kind);
                    self.refused.insert(key.clone(), why.clone());
                    why
                };
                let rejected = why.map(|why| (Some(key), self.found.mistake(node.place, why)));
                parts.rejected.extend(rejected);
                (Origin::File(path.to_owned()), document)
            }
            Value::Object(_) => {
                if let Some(wrong) = no_policy(node) {
                    return self.found.add(node.place, format!("this is not a policy: {wrong}"));
                }
                let line = self.found.position(node.place).line;
                let document = Document::new(node.clone().into_owned());
                let mut first = None;
                for finding in &refused::refused(&document, kind) {
                    let why = refusal(finding, malformed::describe(finding));
                    if is_rejected(finding) && first.is_none() {
                        first = Some((None, self.found.mistake(finding.place(), why.clone())));
                    }
                    self.found.remark(finding.place(), why);
                }
                parts.rejected.extend(first);
                (Origin::Inline(line), document)
            }
            _ => return self.found.not(node, "a policy", "the path of a file, or an object"),
        };
        self.values += values(document.root());
        if self.values > MOST_VALUES {
            let what = format!(
                "the policies of the sets have more than {MOST_VALUES} values, those of a file counted for each set that names it: name \
                 one set in several cases, or divide the cases into several files"
            );
            return self.found.add(node.place, what);
        }
        parts.policies.push((layer, origin, document));
        Some(())
    }

    /// Reads the policy in a file, or at a JSON Pointer in it: `roles.json#/0/AssumeRolePolicyDocument`; or at an address in a file of
    /// another language: `main.tf#aws_iam_role.reader.assume_role_policy`.
    fn policy_at(&mut self, node: &Node<'_>, path: &str) -> Option<Document<'static>> {
        let address = file_and_address(path).filter(|_| self.has_finder);
        let (file, pointer) = address.map_or_else(|| file_and_pointer(path), |(file, _)| (file, ""));
        if !self.files.contains_key(file) {
            let document = self.load(node, file);
            self.files.insert(file.to_owned(), document);
        }
        let PolicyFile { document, .. } = self.files.get(file)?.as_ref()?;
        if document.is_none() && !pointer.is_empty() {
            let what = format!(
                "`{file}`: a JSON Pointer is for JSON; write an address, such as `{file}#aws_iam_role.reader.assume_role_policy`"
            );
            return self.found.add(node.place, what);
        }
        // What reads other languages may know that a text of JSON is not the policy that AWS gets.
        if self.has_finder
            && let Named::Policy(policy) =
                self.policy_at_address(node, path, file, address.map_or(pointer, |(_, address)| address))?
        {
            return Some(policy);
        }
        let PolicyFile { document, is_own, .. } = self.files.get(file)?.as_ref()?;
        let Some(document) = document else {
            return self.found.add(node.place, format!("`{file}`: this is not JSON"));
        };
        let policy = match document.root().at(pointer) {
            Ok(policy) => policy,
            Err(error) if *is_own => return self.found.add(node.place, format!("`{file}`: {error}")),
            Err(_) => {
                let what = format!("`{file}`: the JSON Pointer does not match anything");
                return self.found.add(node.place, what);
            }
        };
        match no_policy(policy) {
            Some(wrong) if *is_own => self
                .found
                .add(node.place, format!("`{path}`: this is not a policy: {wrong}")),
            Some(_) => self.found.add(node.place, format!("`{path}`: this is not a policy")),
            None => Some(Document::new(policy.clone())),
        }
    }

    /// What the finder has for a path.
    fn policy_at_address(&mut self, node: &Node<'_>, path: &str, file: &str, address: &str) -> Option<Named> {
        if let Some(known) = self.at_addresses.get(path) {
            return known.clone();
        }
        let of_file = self.files.get(file)?.as_ref()?;
        let policy = match (self.find)(&of_file.path, &of_file.text, address) {
            Ok(policy) => Some(policy.map_or(Named::AsWritten, Named::Policy)),
            Err(why) if of_file.is_own => self.found.add(node.place, format!("`{path}`: {why}")),
            Err(_) => {
                let what =
                    format!("`{path}`: no policy has this address, or its values are only known when it is deployed");
                self.found.add(node.place, what)
            }
        };
        self.at_addresses.insert(path.to_owned(), policy.clone());
        policy
    }

    /// Adds a remark, where the cases name a file, if AWS rejects the policy in it, and returns the first reason.
    fn remark_refusal_of_file(
        &mut self,
        node: &Node<'_>,
        path: &str,
        document: &Document<'_>,
        kind: Kind,
    ) -> Option<String> {
        let address = file_and_address(path).filter(|_| self.has_finder);
        let (file, _) = address.unwrap_or_else(|| file_and_pointer(path));
        let Some(Some(PolicyFile { text, is_own, .. })) = self.files.get(file) else {
            return None;
        };
        let mut first = None;
        let lines = LazyCell::new(|| Lines::of(text));
        for finding in &refused::refused(document, kind) {
            let at = lines.position(finding.range_in(text).start);
            let why = if *is_own {
                refusal(finding, malformed::describe(finding))
            } else {
                refusal(finding, finding.code())
            };
            let (line, column) = (at.line, at.column);
            let why = format!("`{path}`: line {line}, column {column}: {why}");
            if is_rejected(finding) && first.is_none() {
                first = Some(why.clone());
            }
            self.found.remark(node.place, why);
        }
        first
    }

    fn load(&mut self, node: &Node<'_>, file: &str) -> Option<PolicyFile> {
        let may_be_other = self.has_finder && is_of_another_language(file);
        let read = (self.load)(file).and_then(|Loaded { path, text, is_own }| {
            let of = |text, document| PolicyFile {
                path,
                text,
                document,
                is_own,
            };
            match Document::read(&text).map(Document::into_owned) {
                Ok(document) => Ok(of(text, Some(document))),
                Err(_) if may_be_other => Ok(of(text, None)),
                Err(_) if !is_own => Err("this is not JSON".to_owned()),
                Err(error) => {
                    let (line, column) = line_and_column(&text, error.offset());
                    Err(format!("line {line}, column {column}: {error}"))
                }
            }
        });
        match read {
            Ok(document) => Some(document),
            Err(error) => self.found.add(node.place, format!("`{file}`: {error}")),
        }
    }
}

/// The policies of a set while they are read.
#[derive(Default)]
struct Parts {
    policies: Vec<(Layer, Origin, Document<'static>)>,
    management_account: Option<AccountId>,
    is_restricted: bool,
    delegates_keys: bool,
    /// Why AWS rejects the policies that it does, one reason for each, and the paths of those in files.
    rejected: Vec<(Option<(String, Kind)>, Mistake)>,
}

impl Parts {
    fn setup(self, caller: Option<Caller>) -> Setup {
        let mut builder = Authorizer::builder();
        let mut origins = Vec::with_capacity(self.policies.len());
        let mut sids = Vec::new();
        for (layer, origin, document) in self.policies {
            builder = match layer {
                Layer::Identity => builder.identity(&document),
                Layer::Boundary => builder.boundary(&document),
                Layer::Session => builder.session(&document),
                Layer::Resource if self.is_restricted => builder.restricted_bucket(&document),
                Layer::Resource => builder.resource(&document),
                Layer::Endpoint => builder.endpoint(&document),
                Layer::Trust => builder.trust(&document),
                Layer::ServiceControl(level) => builder.service_control(level, &document),
                Layer::ResourceControl(level) => builder.resource_control(level, &document),
            };
            let statements = document
                .root()
                .member("Statement")
                .map(Node::as_list)
                .unwrap_or_default();
            let own = statements
                .iter()
                .filter_map(|statement| statement.member("Sid")?.as_text());
            sids.extend(own.map(|sid| sid.written().to_owned()));
            origins.push((layer, origin));
        }
        if self.delegates_keys {
            builder = builder.default_key_policy();
        }
        if let Some(account) = self.management_account {
            builder = builder.management_account(account);
        }
        Setup {
            authorizer: builder.build(),
            caller,
            origins,
            sids,
        }
    }
}

/// How many values there are in one, with itself.
fn values(node: &Node<'_>) -> usize {
    let inside: usize = match &node.value {
        Value::Array(elements) => elements.iter().map(values).sum(),
        Value::Object(members) => members.iter().map(|member| values(&member.value)).sum(),
        _ => 0,
    };
    inside + 1
}

/// Splits a path from the JSON Pointer at its end.
fn file_and_pointer(path: &str) -> (&str, &str) {
    match path.find("#/").and_then(|at| path.split_at_checked(at)) {
        Some((file, pointer)) => (file, pointer.strip_prefix('#').unwrap_or(pointer)),
        None => (path, ""),
    }
}

/// Splits a path from the address of a policy behind it; a name of a file may have `#` itself, before its extension.
fn file_and_address(path: &str) -> Option<(&str, &str)> {
    let has_extension = |file: &str| file.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let mut splits = path
        .match_indices('#')
        .map(|(at, _)| (path.get(..at), path.get(at + 1..)));
    let (file, address) = splits.find_map(|(file, address)| file.filter(|file| has_extension(file)).zip(address))?;
    (!address.starts_with('/')).then_some((file, address))
}

/// Whether the name of a file tells that it is not JSON.
fn is_of_another_language(file: &str) -> bool {
    let extension = file.rsplit('/').next().and_then(|name| name.rsplit_once('.'));
    extension.is_some_and(|(_, extension)| !extension.eq_ignore_ascii_case("json"))
}

fn refusal(finding: &Finding, what: impl Display) -> String {
    if is_rejected(finding) {
        format!("AWS rejects this policy: {what}")
    } else {
        format!("this is not the policy that AWS gets: {what}")
    }
}

/// Whether AWS rejects a policy for what it refuses to store of one, and does not get another one in its place.
fn is_rejected(finding: &Finding) -> bool {
    finding.code() != Code::UnfilledPlaceholder
}

/// Why an object is not a policy: it has no statements.
fn no_policy(node: &Node<'_>) -> Option<String> {
    if node.member("Statement").is_some() {
        return None;
    }
    let mut names = node.members().iter().map(|member| member.name.written());
    let near = names.find(|name| nearest(name, ["Statement"]).is_some());
    let mut members = node.members().iter();
    let inner = members.find(|member| member.value.member("Statement").is_some());
    Some(match (near, inner) {
        (Some(name), _) => format!("it has no `Statement`; is `{name}` a misspelling?"),
        (None, Some(inner)) => format!(
            "it has no `Statement`; the policy in `{0}` is at `FILE#/{0}`",
            inner.name.written()
        ),
        (None, None) => "it has no `Statement`".to_owned(),
    })
}
