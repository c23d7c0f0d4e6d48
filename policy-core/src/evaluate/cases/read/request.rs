//! Reads a request: caller, action, resource and context.

use super::super::fields::Fields;
use super::Reader;
use crate::catalogue;
use crate::document::{Node, Text, Value};
use crate::evaluate::Caller;
use crate::names::{AccountId, ServicePrincipal};
use crate::spelling::nearest;

const CALLER: &[&str] = &["service", "federated", "role", "session"];

impl Reader<'_, '_> {
    pub(super) fn caller(&mut self, node: &Node<'_>) -> Option<Caller> {
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

    /// Reads a string or a list of strings.
    pub(super) fn texts(
        &mut self,
        fields: &Fields<'_, '_>,
        name: &str,
        mut judge: impl FnMut(&mut Self, &Node<'_>, &str) -> Option<()>,
    ) -> Vec<String> {
        let Some(node) = fields.get(name) else {
            self.found
                .lacks::<()>(fields, name, format!("a case has `{name}`; this one does not"));
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

    /// Checks the action of a request: a single one, that exists as far as known.
    pub(super) fn action(&mut self, node: &Node<'_>, action: &str) -> Option<()> {
        let Some((prefix, name)) = action.split_once(':').filter(|(prefix, _)| !prefix.is_empty()) else {
            let what = format!("`{action}` has no service prefix; write an action like `s3:GetObject`");
            return self.found.add(node.place, what);
        };
        if action.contains(['*', '?']) {
            let what = format!("a request is for one action, and `{action}` is a pattern; list the actions to test");
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
            let what = format!("`{action}` is not an action; did you mean `{meant}`?");
            self.found.remark(node.place, what);
        }
        Some(())
    }

    pub(super) fn resource(&mut self, node: &Node<'_>, resource: &str) -> Option<()> {
        if resource == "*" || resource.starts_with("arn:") {
            return Some(());
        }
        let what = format!(
            "`{resource}` is not an ARN; write one, or `*` for an action that does not support resource-level permissions"
        );
        self.found.add(node.place, what)
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
            if catalogue::condition_key(key).is_none()
                && let Some(meant) = nearest(key, catalogue::global_condition_keys().map(|key| key.name()))
            {
                let what = format!("`{key}` is not a condition key; did you mean `{meant}`?");
                self.found.remark(member.name_place, what);
            }
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
