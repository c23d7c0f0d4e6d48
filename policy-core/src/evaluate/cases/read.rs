//! JSON text to cases.

use std::borrow::Cow;
use std::collections::HashMap;

use super::fields::{Fields, Found};
use super::setup::{Origin, Setup};
use super::{Case, Expected, Mistake};
use crate::catalogue;
use crate::document::{Document, Node, Text, Value, line_and_column};
use crate::evaluate::{Authorizer, Caller, Layer, Request};
use crate::names::{AccountId, ServicePrincipal, nearest};

/// What a text has.
pub(super) struct Read {
    pub setups: Vec<Setup>,
    pub cases: Vec<Case>,
    pub remarks: Vec<Mistake>,
}

/// Reads cases, or says everything that is wrong with them.
pub(super) fn read(text: &str, load: &mut dyn FnMut(&str) -> Result<String, String>) -> Result<Read, Vec<Mistake>> {
    let mut reader = Reader {
        found: Found::in_text(text),
        load,
        files: HashMap::new(),
        setups: Vec::new(),
        named: Vec::new(),
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
        })
    } else {
        Err(reader.found.mistakes)
    }
}

struct Reader<'t, 'l> {
    found: Found<'t>,
    load: &'l mut dyn FnMut(&str) -> Result<String, String>,
    /// The files that have policies, each read once; `None` if it cannot be, which has been said.
    files: HashMap<String, Option<Document<'static>>>,
    setups: Vec<Setup>,
    /// Which of the setups has a name; `None` if it is wrong, which has been said.
    named: Vec<(String, Option<usize>)>,
    cases: Vec<Case>,
}

const FILE: &[&str] = &["policies", "cases"];
const SETUP: &[&str] = &[
    "caller",
    "identity",
    "boundary",
    "session",
    "resource",
    "trust",
    "service_control",
    "resource_control",
];
const CASE: &[&str] = &[
    "name",
    "policies",
    "caller",
    "action",
    "resource",
    "resource_account",
    "context",
    "expect",
    "by",
];
const CALLER: &[&str] = &["service", "federated", "role", "session"];

impl Reader<'_, '_> {
    fn file(&mut self, root: &Node<'_>) -> Option<()> {
        let fields = self.found.object(root, "a file of cases", FILE)?;
        if let Some(policies) = fields.get("policies") {
            if matches!(policies.value, Value::Object(_)) {
                self.found.refuse_repeated(policies, "`policies`", str::to_owned);
                for member in policies.members() {
                    let setup = self.setup(&member.value);
                    self.named.push((member.name.written().to_owned(), setup));
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

    /// Reads a set of policies; gives its number.
    fn setup(&mut self, node: &Node<'_>) -> Option<usize> {
        let before = self.found.mistakes.len();
        let fields = self.found.object(node, "a set of policies", SETUP)?;
        let mut parts = Parts::default();
        for (name, layer) in [("identity", Layer::Identity), ("session", Layer::Session)] {
            self.list(fields.get(name), layer, &mut parts);
        }
        for (name, layer) in [
            ("boundary", Layer::Boundary),
            ("resource", Layer::Resource),
            ("trust", Layer::Resource),
        ] {
            if let Some(policy) = fields.get(name) {
                parts.is_trust |= name == "trust";
                self.policy(policy, layer, &mut parts);
            }
        }
        for (name, layer) in [
            ("service_control", Layer::ServiceControl as fn(usize) -> Layer),
            ("resource_control", Layer::ResourceControl),
        ] {
            let levels = fields.get(name).map(Node::as_list).unwrap_or_default();
            for (level, policies) in levels.iter().enumerate() {
                self.list(Some(policies), layer(level), &mut parts);
            }
        }
        if let (Some(_), Some(trust)) = (fields.get("resource"), fields.get("trust")) {
            let what = "a set has `resource` or `trust`, not both: the trust policy is the policy of the role";
            self.found.add::<()>(trust.place, what);
        }
        if self.found.mistakes.len() == before && SETUP.iter().skip(1).all(|layer| fields.get(layer).is_none()) {
            let what = "a set of policies has at least one, such as `identity`; an empty list is one that has none";
            self.found.add::<()>(node.place, what);
        }
        let caller = fields.get("caller").and_then(|caller| self.caller(caller));
        if self.found.mistakes.len() > before {
            return None;
        }
        self.setups.push(parts.setup(caller));
        Some(self.setups.len() - 1)
    }

    fn list(&mut self, node: Option<&Node<'_>>, layer: Layer, parts: &mut Parts) {
        for policy in node.map(Node::as_list).unwrap_or_default() {
            self.policy(policy, layer, parts);
        }
    }

    /// A policy: the path of its file, or itself.
    fn policy(&mut self, node: &Node<'_>, layer: Layer, parts: &mut Parts) -> Option<()> {
        let (origin, document) = match &node.value {
            Value::String(path) => {
                let path = path.written();
                let document = self.policy_at(node, path);
                (Origin::File(path.to_owned()), document?)
            }
            Value::Object(_) => {
                if let Some(wrong) = no_policy(node) {
                    return self.found.add(node.place, format!("this is no policy: {wrong}"));
                }
                let line = self.found.position(node.place).line;
                (Origin::Inline(line), Document::new(node.clone().into_owned()))
            }
            _ => return self.found.not(node, "a policy", "the path of a file, or an object"),
        };
        parts.policies.push((layer, origin, document));
        Some(())
    }

    /// The policy in a file, or at a JSON Pointer in it: `roles.json#/0/AssumeRolePolicyDocument`.
    fn policy_at(&mut self, node: &Node<'_>, path: &str) -> Option<Document<'static>> {
        let (file, pointer) = match path.find("#/") {
            Some(at) => (path.get(..at)?, path.get(at + 1..)?),
            None => (path, ""),
        };
        if !self.files.contains_key(file) {
            let document = self.load(node, file);
            self.files.insert(file.to_owned(), document);
        }
        let document = self.files.get(file)?.as_ref()?;
        let policy = match document.root().at(pointer) {
            Ok(policy) => policy,
            Err(error) => return self.found.add(node.place, format!("`{file}`: {error}")),
        };
        match no_policy(policy) {
            Some(wrong) => self
                .found
                .add(node.place, format!("`{path}`: this is no policy: {wrong}")),
            None => Some(Document::new(policy.clone())),
        }
    }

    fn load(&mut self, node: &Node<'_>, file: &str) -> Option<Document<'static>> {
        let read = (self.load)(file).and_then(|text| match Document::read(&text) {
            Ok(document) => Ok(document.into_owned()),
            Err(error) => {
                let (line, column) = line_and_column(&text, error.offset());
                Err(format!("line {line}, column {column}: {error}"))
            }
        });
        match read {
            Ok(document) => Some(document),
            Err(error) => self.found.add(node.place, format!("`{file}`: {error}")),
        }
    }

    fn caller(&mut self, node: &Node<'_>) -> Option<Caller> {
        if let Some(text) = node.as_text().map(Text::written) {
            return match Caller::from_arn(text) {
                _ if text == "anonymous" => Some(Caller::anonymous()),
                Ok(caller) => Some(caller),
                Err(error) => self.found.add(node.place, error.to_string()),
            };
        }
        let fields = self.found.object(node, "a caller", CALLER)?;
        match [
            fields.get("service"),
            fields.get("federated"),
            fields.get("role"),
            fields.get("session"),
        ] {
            [Some(service), None, None, None] => {
                let name = self.found.text(service, "`service`")?;
                match ServicePrincipal::new(name) {
                    Ok(_) => Some(Caller::service(name)),
                    Err(error) => self.found.add(service.place, error.to_string()),
                }
            }
            [None, Some(provider), None, None] => {
                let name = self.found.text(provider, "`federated`")?;
                Some(Caller::federated(name))
            }
            [None, None, Some(role), Some(session)] => {
                let arn = self.found.text(role, "`role`")?;
                let session = self.found.text(session, "`session`")?;
                match Caller::session_of(arn, session) {
                    Ok(caller) => Some(caller),
                    Err(error) => self.found.add(role.place, error.to_string()),
                }
            }
            _ => {
                let what = "a caller has `service`, or `federated`, or `role` and `session`";
                self.found.add(node.place, what)
            }
        }
    }

    fn case(&mut self, node: &Node<'_>) -> Option<()> {
        let fields = self.found.object(node, "a case", CASE)?;
        // Each is read, whatever is wrong with those before, so that all is said at once.
        let setup = self.setup_of(&fields);
        let caller = match fields.get("caller") {
            Some(caller) => self.caller(caller),
            None => setup.and_then(|setup| self.caller_of(&fields, setup)),
        };
        let name = fields.get("name").map(|name| self.found.text(name, "`name`"));
        let actions = self.texts(&fields, "action", Self::action);
        let resources = self.texts(&fields, "resource", Self::resource);
        let account = fields.get("resource_account").map(|account| self.account(account));
        let context = fields.get("context").map(|context| self.context(context));
        let expected = self.expected(&fields);
        let by = fields.get("by").map(|by| self.by(by, expected, setup));
        let (setup, caller, expected) = (setup?, caller?, expected?);
        let name = flat(name)?.map(str::to_owned);
        let (account, context, by) = (flat(account)?, flat(context)?.unwrap_or_default(), flat(by)?);
        for (action, resource) in actions
            .iter()
            .flat_map(|action| resources.iter().map(move |resource| (action, resource)))
        {
            let mut request = Request::new(caller.clone(), action, resource);
            if let Some(account) = &account {
                request = request.resource_account(account.clone());
            }
            for (key, values) in &context {
                request = request.with_all(key, values.iter().map(String::as_str));
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

    /// The policies of a case: those of a name, those that stand there, or the only ones of the file.
    fn setup_of(&mut self, fields: &Fields<'_, '_>) -> Option<usize> {
        let names = || self.named.iter().map(|(name, _)| name.as_str());
        let Some(node) = fields.get("policies") else {
            return match self.named.as_slice() {
                [(_, only)] => *only,
                [] => self.found.lacks(fields, "policies", "a case has `policies`"),
                _ => {
                    let all = names().collect::<Vec<_>>().join("`, `");
                    let what = format!("a case has `policies`: which of `{all}`?");
                    self.found.lacks(fields, "policies", what)
                }
            };
        };
        let Some(name) = node.as_text().map(Text::written) else {
            return self.setup(node);
        };
        if let Some((_, setup)) = self.named.iter().find(|(known, _)| known == name) {
            return *setup;
        }
        let meant = match nearest(name, names()) {
            Some(meant) => format!("is `{meant}` meant?"),
            None => "name it among the file's `policies`".to_owned(),
        };
        let what = format!("there are no policies `{name}`; {meant}");
        self.found.add(node.place, what)
    }

    fn caller_of(&mut self, fields: &Fields<'_, '_>, setup: usize) -> Option<Caller> {
        let caller = self.setups.get(setup)?.caller.clone();
        caller.or_else(|| {
            let what = "nobody asks: write `caller`, here or with the policies";
            self.found.lacks(fields, "caller", what)
        })
    }

    /// A string, or a list of strings.
    fn texts(
        &mut self,
        fields: &Fields<'_, '_>,
        name: &str,
        mut judge: impl FnMut(&mut Self, &Node<'_>, &str) -> Option<()>,
    ) -> Vec<String> {
        let Some(node) = fields.get(name) else {
            self.found
                .lacks::<()>(fields, name, format!("a case has `{name}`, and this has none"));
            return Vec::new();
        };
        if node.as_list().is_empty() {
            self.found.add::<()>(node.place, format!("`{name}` is empty"));
        }
        let what = format!("`{name}`");
        let mut texts = Vec::new();
        for node in node.as_list() {
            if let Some(text) = self.found.text(node, &what)
                && judge(self, node, text).is_some()
            {
                texts.push(text.to_owned());
            }
        }
        texts
    }

    /// An action of a request: one, which exists as far as is known.
    fn action(&mut self, node: &Node<'_>, action: &str) -> Option<()> {
        let Some((prefix, name)) = action.split_once(':').filter(|(prefix, _)| !prefix.is_empty()) else {
            let what = format!("the action `{action}` has no service, as `s3:GetObject` has");
            return self.found.add(node.place, what);
        };
        if action.contains(['*', '?']) {
            let what = format!("a request is for one action, and `{action}` means several; name those that matter");
            return self.found.add(node.place, what);
        }
        let meant = match catalogue::service(prefix) {
            None => nearest(prefix, catalogue::services().map(catalogue::Service::prefix))
                .filter(|_| catalogue::removed_service(prefix).is_none())
                .map(|prefix| format!("{prefix}:{name}")),
            Some(service) if service.action(name).is_none() && service.removed_action(name).is_none() => {
                nearest(name, service.actions().map(|action| action.name())).map(|name| format!("{prefix}:{name}"))
            }
            Some(_) => None,
        };
        if let Some(meant) = meant {
            let what = format!("there is no action `{action}`; is `{meant}` meant?");
            self.found.remark(node.place, what);
        }
        Some(())
    }

    fn resource(&mut self, node: &Node<'_>, resource: &str) -> Option<()> {
        if resource == "*" || resource.starts_with("arn:") {
            return Some(());
        }
        let what = format!("`{resource}` is no ARN; write one, or `*` for an action that acts on no resource");
        self.found.add(node.place, what)
    }

    fn account(&mut self, node: &Node<'_>) -> Option<AccountId> {
        let text = self.found.text(node, "`resource_account`")?;
        match AccountId::new(text) {
            Ok(account) => Some(account),
            Err(error) => self.found.add(node.place, error.to_string()),
        }
    }

    fn context(&mut self, node: &Node<'_>) -> Option<Vec<(String, Vec<String>)>> {
        if !matches!(node.value, Value::Object(_)) {
            return self.found.not(node, "`context`", "an object of condition keys");
        }
        self.found.refuse_repeated(node, "`context`", str::to_ascii_lowercase);
        let mut context = Vec::new();
        for member in node.members() {
            let key = member.name.written();
            if catalogue::condition_key(key).is_none()
                && let Some(meant) = nearest(key, catalogue::global_condition_keys().map(|key| key.name()))
            {
                let what = format!("there is no condition key `{key}`; is `{meant}` meant?");
                self.found.remark(member.name_place, what);
            }
            let values = member.value.as_list().iter().map(|value| self.value(value, key));
            // Every value is looked at, so that all that is wrong is said.
            let values: Vec<Option<String>> = values.collect();
            context.push((key.to_owned(), values.into_iter().flatten().collect()));
        }
        Some(context)
    }

    fn value(&mut self, node: &Node<'_>, key: &str) -> Option<String> {
        Some(match &node.value {
            Value::String(text) => text.written().to_owned(),
            Value::Bool(value) => value.to_string(),
            Value::Number(number) => number.clone().into_owned(),
            Value::Null | Value::Array(_) | Value::Object(_) => {
                let what = format!("the value of `{key}`");
                return self
                    .found
                    .not(node, &what, "a string, a boolean, a number, or a list of those");
            }
        })
    }

    fn expected(&mut self, fields: &Fields<'_, '_>) -> Option<Expected> {
        let names = Expected::ALL.map(Expected::name);
        let Some(node) = fields.get("expect") else {
            let what = format!("a case has `expect`: one of `{}`", names.join("`, `"));
            return self.found.lacks(fields, "expect", what);
        };
        let name = self.found.text(node, "`expect`")?;
        Expected::from_name(name).or_else(|| {
            let meant = match nearest(name, names) {
                Some(meant) => format!("is `{meant}` meant?"),
                None => format!("write one of `{}`", names.join("`, `")),
            };
            self.found
                .add(node.place, format!("there is no answer `{name}`; {meant}"))
        })
    }

    /// The statement that is to decide: one that there is.
    fn by(&mut self, node: &Node<'_>, expected: Option<Expected>, setup: Option<usize>) -> Option<String> {
        let sid = self.found.text(node, "`by`")?;
        if expected == Some(Expected::ImplicitlyDenied) {
            let what = "no statement decides what is implicitly denied; leave out `by`";
            return self.found.add(node.place, what);
        }
        let Some(setup) = setup.and_then(|setup| self.setups.get(setup)) else {
            return Some(sid.to_owned());
        };
        if setup.sids.iter().any(|known| known == sid) {
            return Some(sid.to_owned());
        }
        let meant = match nearest(sid, setup.sids.iter().map(String::as_str)) {
            Some(meant) => Cow::Owned(format!("; is `{meant}` meant?")),
            None => Cow::Borrowed(""),
        };
        let what = format!("no statement of these policies has the `Sid` `{sid}`{meant}");
        self.found.add(node.place, what)
    }
}

/// The policies of a set, as they are read.
#[derive(Default)]
struct Parts {
    policies: Vec<(Layer, Origin, Document<'static>)>,
    is_trust: bool,
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
                Layer::Resource if self.is_trust => builder.trust(&document),
                Layer::Resource => builder.resource(&document),
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
        Setup {
            authorizer: builder.build(),
            caller,
            origins,
            sids,
        }
    }
}

/// What is absent may be; what is there and wrong, which has been said, may not.
#[expect(clippy::option_option, reason = "it can be absent, and it can be wrong")]
fn flat<T>(read: Option<Option<T>>) -> Option<Option<T>> {
    match read {
        None => Some(None),
        Some(None) => None,
        Some(Some(value)) => Some(Some(value)),
    }
}

/// Why an object is no policy: it has no statements.
fn no_policy(node: &Node<'_>) -> Option<String> {
    if node.member("Statement").is_some() {
        return None;
    }
    let mut names = node.members().iter().map(|member| member.name.written());
    let near = names.find(|name| nearest(name, ["Statement"]).is_some());
    Some(match near {
        Some(name) => format!("it has no `Statement`; is `{name}` meant to be that?"),
        None => "it has no `Statement`".to_owned(),
    })
}
