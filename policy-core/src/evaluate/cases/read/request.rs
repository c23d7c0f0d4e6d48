//! Reads a request: caller, action, resource and context.

use std::collections::HashSet;

use super::super::fields::Fields;
use super::Reader;
use crate::check::request::{RequestMistake, of_action, of_resource, unknown_service};
use crate::document::{Node, Place, Text, Value};
use crate::evaluate::Caller;
use crate::evaluate::checked::{key_and_values, of_partition_of, told};
use crate::evaluate::resource_account::contradiction;
use crate::names::{AccountId, NameKind};

const CALLER: &[&str] = &[
    "service",
    "federated",
    "role",
    "session",
    "assumed_by",
    "tags",
    "transitive_tags",
    "source_identity",
];

impl Reader<'_, '_, '_> {
    pub(super) fn caller(&mut self, node: &Node<'_>) -> Option<Caller> {
        if let Some(text) = node.as_text().map(Text::written) {
            return match Caller::from_arn(text) {
                _ if text == "anonymous" => Some(Caller::anonymous()),
                Ok(caller) => Some(caller),
                Err(error) => self.found.add(node.place, error.in_case()),
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
                let name = self.service(service, "`service`")?;
                Some(Caller::service(&name))
            }
            [None, Some(provider), None, None] => {
                let caller = Caller::federated(self.found.text(provider, "`federated`")?);
                match caller.mistake() {
                    None => Some(caller),
                    Some(mistake) => self.found.add(provider.place, mistake.message),
                }
            }
            [None, None, Some(role), Some(session)] => {
                let arn = self.found.text(role, "`role`")?;
                let session = self.found.text(session, "`session`")?;
                let first = fields.get("assumed_by").map(|first| self.caller(first));
                let caller = match first {
                    None => Caller::session_of(arn, session),
                    Some(first) => first?.assume(arn, session),
                };
                match caller {
                    Ok(caller) => self.attributes(&fields, caller),
                    Err(error) => self.found.add(role.place, error.to_string()),
                }
            }
            _ => {
                let what = "a caller has `service`, or `federated`, or `role` and `session`";
                self.found.add(node.place, what)
            }
        }
    }

    /// The caller with its tags and source identity.
    fn attributes(&mut self, fields: &Fields<'_, '_>, mut caller: Caller) -> Option<Caller> {
        for (name, with) in [
            ("tags", Caller::with_tag as fn(Caller, &str, &str) -> Caller),
            ("transitive_tags", Caller::with_transitive_tag),
        ] {
            let Some(node) = fields.get(name) else { continue };
            if !matches!(node.value, Value::Object(_)) {
                return self.found.not(node, &format!("`{name}`"), "an object of tags");
            }
            for tag in node.members() {
                let value = self.found.text(&tag.value, "the value of a tag")?;
                caller = with(caller, tag.name.written(), value);
            }
        }
        match fields.get("source_identity") {
            None => Some(caller),
            Some(identity) => Some(caller.with_source_identity(self.found.text(identity, "`source_identity`")?)),
        }
    }

    /// Reads a string or a list of strings.
    pub(super) fn texts<'n, 'a>(&mut self, fields: &Fields<'n, 'a>, name: &str) -> Vec<&'n Node<'a>> {
        let Some(node) = fields.get(name) else {
            self.found
                .lacks::<()>(fields, name, format!("a case has `{name}`; this one does not"));
            return Vec::new();
        };
        if node.as_list().is_empty() {
            self.found.add::<()>(node.place, format!("`{name}` is empty"));
        }
        let what = format!("`{name}`");
        let texts = node.as_list().iter();
        texts.filter(|node| self.found.text(node, &what).is_some()).collect()
    }

    /// Reads the services that make a request for the caller: one, or a list.
    pub(super) fn services(&mut self, node: &Node<'_>) -> Option<Vec<String>> {
        let mut services = Vec::new();
        for node in node.as_list() {
            services.push(self.service(node, "`called_via`")?);
        }
        Some(services)
    }

    fn service(&mut self, node: &Node<'_>, what: &str) -> Option<String> {
        let name = self.found.text(node, what)?;
        match NameKind::ServicePrincipal.check(name) {
            Ok(()) => Some(name.to_owned()),
            Err(error) => self.found.add(node.place, error.to_string()),
        }
    }

    pub(super) fn flag(&mut self, node: &Node<'_>, what: &str) -> Option<bool> {
        match node.value {
            Value::Bool(flag) => Some(flag),
            _ => self.found.not(node, what, "`true` or `false`"),
        }
    }

    /// Whether AWS gets such requests, by the checks of [`Request::new`](crate::evaluate::Request::new) and
    /// [`Request::with`](crate::evaluate::Request::with); all mistakes are reported.
    pub(super) fn is_real(
        &mut self,
        caller: Option<&Caller>,
        actions: &[&Node<'_>],
        resources: &[&Node<'_>],
        case: &Fields<'_, '_>,
        place: Place,
    ) -> bool {
        let elsewhere = |resource: &&Node<'_>| of_partition_of(caller?, resource);
        let mut mistakes: Vec<_> = resources.iter().filter_map(elsewhere).collect();
        let services = case.get("called_via").map(Node::as_list).unwrap_or_default();
        mistakes.extend(services.iter().filter_map(unknown_service));
        if let Some(name) = caller.and_then(Caller::service_name) {
            let mut service = Node::string(name);
            service.place = case.get("caller").map_or(place, |caller| caller.place);
            mistakes.extend(unknown_service(&service));
        }
        let context = case.get("context");
        for node in actions {
            mistakes.extend(of_action(node));
            let action = node.as_text().map_or("", Text::written);
            for resource in resources {
                mistakes.extend(of_resource(action, resource));
            }
            for member in context.into_iter().flat_map(Node::members) {
                let values = member.value.as_list();
                mistakes.extend(key_and_values(caller, action, &member.name, member.name_place, values));
                let texts: Vec<&str> = values.iter().filter_map(Node::as_scalar).collect();
                let of_each = resources.iter().filter_map(|resource| {
                    let resource = resource.as_text()?.written();
                    contradiction(action, resource, member.name.written(), &texts)
                });
                mistakes.extend(of_each.map(|message| RequestMistake::new(member.name_place, message)));
            }
        }
        let mut seen = HashSet::new();
        let mut is_real = true;
        for mistake in &mistakes {
            let message = told(mistake, "add `\"unchecked\": true` to the case");
            // What is wrong with a key is so for each of the actions.
            let is_first = seen.insert((mistake.place, message.clone()));
            match mistake.is_unlisted {
                // A case may list more context than each of its actions has.
                true if is_first => self.found.remark(mistake.place, message),
                false if is_first => {
                    self.found.add::<()>(mistake.place, message);
                }
                _ => {}
            }
            is_real &= mistake.is_unlisted;
        }
        is_real
    }

    /// Reads an account ID in the member `what`.
    pub(super) fn account(&mut self, node: &Node<'_>, what: &str) -> Option<AccountId> {
        let text = self.found.text(node, what)?;
        match AccountId::new(text) {
            Ok(account) => Some(account),
            Err(error) => self.found.add(node.place, error.to_string()),
        }
    }

    pub(super) fn context(&mut self, node: &Node<'_>) -> Option<Vec<(String, Vec<String>)>> {
        if !matches!(node.value, Value::Object(_)) {
            return self.found.not(node, "`context`", "an object of condition keys");
        }
        self.found.refuse_repeated(node, "`context`", str::to_ascii_lowercase);
        let mut context = Vec::new();
        for member in node.members() {
            let key = member.name.written();
            let values = member.value.as_list().iter().map(|value| self.value(value, key));
            // Read all values first, so that every mistake is reported.
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
}
