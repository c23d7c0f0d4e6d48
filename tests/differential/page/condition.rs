//! Conditions.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>

use policy_core::catalogue::condition_key;

use super::Says;
use super::text::{Filled, Unit, fields, filled, is_arn_like, is_like, is_same, sent};
use super::value::{address, decimal, instant, is_base64, is_mapped_within, is_within};
use crate::question::Keys;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Qualifier {
    Any,
    All,
}

/// One key of an operator, and what the request says of it.
pub struct Condition<'q> {
    pub qualifier: Option<Qualifier>,
    /// Without its qualifier and `IfExists`.
    pub operator: &'q str,
    pub if_exists: bool,
    pub key: &'q str,
    pub wanted: Vec<String>,
    pub sent: Option<Vec<String>>,
    pub context: &'q Keys,
    pub has_variables: bool,
    pub denies: bool,
}

impl<'q> Condition<'q> {
    pub fn new(
        operator: &'q str,
        key: &'q str,
        wanted: Vec<String>,
        context: &'q Keys,
        (has_variables, denies): (bool, bool),
    ) -> Self {
        let (qualifier, operator) = match operator.split_once(':') {
            Some(("ForAnyValue", operator)) => (Some(Qualifier::Any), operator),
            Some((_, operator)) => (Some(Qualifier::All), operator),
            None => (None, operator),
        };
        let without = operator.strip_suffix("IfExists");
        Self {
            qualifier,
            operator: without.unwrap_or(operator),
            if_exists: without.is_some(),
            key,
            wanted,
            sent: sent(context, key),
            context,
            has_variables,
            denies,
        }
    }

    pub fn is_negated(&self) -> bool {
        self.operator.contains("Not")
    }

    pub fn is_of(&self, family: &str) -> bool {
        match family {
            "Ip" => self.operator.ends_with("IpAddress"),
            family => self.operator.starts_with(family),
        }
    }

    /// Whether requests can have several values of the key.
    pub fn takes_several(&self) -> bool {
        condition_key(self.key).is_some_and(|key| key.value_type().multivalued)
    }

    /// The texts that the policy wants, if this family takes variables.
    pub fn texts(&self) -> impl Iterator<Item = Filled> {
        let supports_variables = self.has_variables && (self.is_of("String") || self.is_of("Arn"));
        self.wanted
            .iter()
            .map(move |text| filled(text, supports_variables, self.context))
    }

    /// Whether a value cannot be what the operator compares.
    pub fn cannot_read(&self, value: &str) -> bool {
        if self.is_of("Numeric") {
            decimal(value).is_none()
        } else if self.is_of("Date") {
            instant(value).is_none()
        } else if self.is_of("Bool") || self.is_of("Null") {
            !matches!(value.to_lowercase().as_str(), "true" | "false")
        } else if self.is_of("Ip") {
            address(value.split('/').next().unwrap_or_default()).is_none()
        } else if self.is_of("Binary") {
            !is_base64(value)
        } else {
            false
        }
    }

    pub fn is_met(&self) -> bool {
        self.is_met_if(self.denies)
    }

    /// Whether it matters what no page says.
    pub fn is_in_doubt(&self) -> bool {
        self.is_met_if(true) != self.is_met_if(false)
    }

    /// With this in place of what no page says.
    fn is_met_if(&self, open: bool) -> bool {
        if self.wanted.iter().any(|wanted| self.cannot_read(wanted)) {
            return open;
        }
        if self.is_of("Null") {
            return self.is_absent_if(open);
        }
        let Some(sent) = &self.sent else {
            return self.if_exists
                || self.qualifier == Some(Qualifier::All)
                || self.qualifier.is_none() && self.is_negated();
        };
        let is_null = sent.iter().all(String::is_empty);
        // Whether an empty text is a missing key for these operators, no page says.
        if open && is_null && self.qualifier.is_none() && (self.if_exists || self.is_negated()) {
            return true;
        }
        let met = |value: &String| match self.compare(value) {
            Says::Open => open,
            Says::Yes => !self.is_negated(),
            Says::No | Says::Null => self.is_negated(),
        };
        match (self.qualifier, sent.as_slice()) {
            (Some(Qualifier::All), _) => is_null || sent.iter().all(met),
            (Some(Qualifier::Any), _) => !is_null && sent.iter().any(met),
            (None, [one]) if !(self.is_negated() && self.takes_several()) => met(one),
            // An operator without a qualifier is for keys with one value.
            (None, []) => self.is_negated() && open,
            (None, several) => open && several.iter().any(met),
        }
    }

    /// Both `true` and `false` may be wanted. Of a key that is there and null the page does not say.
    fn is_absent_if(&self, open: bool) -> bool {
        let wants = |text: &str| self.wanted.iter().any(|wanted| wanted.eq_ignore_ascii_case(text));
        match (&self.sent, self.qualifier) {
            (_, Some(qualifier)) => qualifier == Qualifier::All,
            (None, None) => wants("true"),
            (Some(sent), None) if sent.iter().all(String::is_empty) => open && wants("true"),
            (Some(_), None) => wants("false"),
        }
    }

    /// Whether the value is among those that are wanted.
    fn compare(&self, value: &str) -> Says {
        if self.cannot_read(value) {
            return Says::Open;
        }
        if self.is_of("String") || self.is_of("Arn") {
            return Says::any(self.texts().map(|wanted| match wanted {
                Filled::Null => Says::Null,
                Filled::Several => Says::Open,
                Filled::Units(wanted) if self.is_of("Arn") => match fields(&wanted) {
                    _ if !value.starts_with("arn:") || value.splitn(6, ':').count() < 6 => Says::Open,
                    Some(fields) if wanted.starts_with(&"arn:".chars().map(Unit::Written).collect::<Vec<_>>()) => {
                        is_arn_like(&fields, value)
                    }
                    _ => Says::Open,
                },
                Filled::Units(wanted) if self.operator.ends_with("Like") => is_like(&wanted, value),
                Filled::Units(wanted) => is_same(&wanted, value, self.operator.ends_with("IgnoreCase")),
            }));
        }
        let holds = self.wanted.iter().any(|wanted| {
            if self.is_of("Numeric") {
                self.is_ordered(&decimal(value), &decimal(wanted))
            } else if self.is_of("Date") {
                self.is_ordered(&instant(value), &instant(wanted))
            } else if self.is_of("Bool") {
                value.eq_ignore_ascii_case(wanted)
            } else if self.is_of("Ip") {
                address(value).and_then(|address| is_within(wanted, address)) == Some(true)
            } else {
                value == wanted
            }
        });
        if !holds && self.is_of("Ip") && self.wanted.iter().any(|wanted| is_mapped_within(wanted, value)) {
            return Says::Open;
        }
        Says::of(holds)
    }

    fn is_ordered<T: Ord>(&self, value: &T, wanted: &T) -> bool {
        let has = |name: &str| self.operator.contains(name);
        match value.cmp(wanted) {
            std::cmp::Ordering::Less => has("LessThan"),
            std::cmp::Ordering::Equal => has("Equals"),
            std::cmp::Ordering::Greater => has("GreaterThan"),
        }
    }
}
