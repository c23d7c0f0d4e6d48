//! What is said of actions and resources that do not fit each other.

use std::collections::BTreeSet;

use super::{Misfit, Resource, write};
use crate::arn::Field;
use crate::catalogue::{Action, ResourceType};
use crate::check::action::Named;
use crate::check::resource::log_group;
use crate::check::{catalogue_note, listed};
use crate::finding::{Code, Finding};
use crate::policy::{Effect, Kind};

/// What the words depend on.
#[derive(Clone, Copy)]
pub(super) struct Verdict {
    pub kind: Kind,
    pub effect: Effect,
    /// Whether the statement has one action only.
    pub alone: bool,
}

impl Verdict {
    pub(super) fn needs_star(self, named: &Named<'_>, covered: bool) -> Finding {
        let written = named.text.written();
        let finding = Finding::new(
            Code::ActionNeedsStarResource,
            named.place,
            format!("`{written}` acts on no resource, and the statement names resources"),
        )
        .about(written);
        let finding = if covered {
            // The S3 user guide itself lists buckets so:
            // https://docs.aws.amazon.com/AmazonS3/latest/userguide/walkthrough1.html
            finding.dead(false).note(
                "AWS documents no resource for it; that this pattern works all the same is known of some actions only",
            )
        } else {
            finding.note(self.silence(&format!("`{written}`"), "only `*` matches such a request"))
        };
        let help = if self.alone {
            "write `\"Resource\": \"*\"`"
        } else {
            "write it in a statement of its own, with `\"Resource\": \"*\"`"
        };
        finding.help(help).note(catalogue_note())
    }

    /// The actions act on another type of the resource's service.
    pub(super) fn missed(self, orphan: &Resource<'_>, missed: &[&Misfit<'_>]) -> Finding {
        let text = orphan.target.text;
        let own = orphan.own_type();
        let names = named(missed);
        let act = if missed.len() == 1 { "acts" } else { "act" };
        if is_alias(orphan) {
            return self.alias(orphan, &format!("{names} {act}"), &names);
        }
        let is = own.map_or_else(
            || "this is none".to_owned(),
            |(kind, _)| format!("this is of type `{}`", kind.name()),
        );
        let on = missed.first().map(|misfit| types(misfit.action)).unwrap_or_default();
        Finding::new(
            Code::ResourceFitsNoAction,
            orphan.target.place,
            format!("{names} {act} on resources of type {on}, and {is}"),
        )
        .about(text.written())
        .note(self.silence(&names, "no request has both"))
        .help(instead(orphan, missed, own.map(|(_, format)| format)))
        .note(catalogue_note())
    }

    fn alias(self, orphan: &Resource<'_>, act: &str, names: &str) -> Finding {
        let text = orphan.target.text;
        let alias = orphan.arn.resource().as_str();
        let range = orphan.arn.range(Field::Resource);
        let key = "arn:${Partition}:kms:${Region}:${Account}:key/${KeyId}";
        Finding::new(
            Code::KeyAliasAsResource,
            orphan.target.place,
            format!("{act} on keys, and this is the ARN of an alias"),
        )
        .part(text, range)
        .about(text.written())
        .note(format!(
            "as a resource the alias is the alias itself, not its key; {}",
            self.silence(names, "no request has both")
        ))
        .help(format!("write the key's ARN, `{}`", write::arn(key, text, &orphan.arn)))
        .help(format!(
            "or name the alias in a condition, `\"ForAnyValue:StringEquals\": {{ \"kms:ResourceAliases\": \"{alias}\" }}`, with \
             `key/*` as the resource"
        ))
        .note(catalogue_note())
    }

    /// The actions act on the streams of a log group, whose ARN stops before them.
    pub(super) fn without_streams(self, group: &Resource<'_>, missed: &[&Misfit<'_>]) -> Finding {
        let names = named(missed);
        let silence = self.silence(&names, "no stream's ARN ends with the name of its group");
        let act = if missed.len() == 1 { "acts" } else { "act" };
        log_group::without_streams(group.target, &group.arn, &format!("{names} {act}"), silence)
    }

    /// The action acts on resources of which the statement has none; `beside` belong to those that it has.
    pub(super) fn fits_none(self, misfit: &Misfit<'_>, resources: &[Resource<'_>], beside: &[String]) -> Finding {
        let written = misfit.named.text.written();
        let help = if beside.is_empty() {
            // The plain form before those of its parts.
            let mut shortest: Vec<&str> = formats(misfit.action).collect();
            shortest.sort_by_key(|format| format.len());
            let first = resources.first();
            let forms: Vec<String> = first
                .iter()
                .flat_map(|first| {
                    let two = shortest.iter().take(2);
                    two.map(|format| write::arn(format, first.target.text, &first.arn))
                })
                .collect();
            if self.alone {
                let forms: Vec<String> = forms.iter().map(|form| format!("`\"Resource\": \"{form}\"`")).collect();
                format!("write {}", forms.join(" or "))
            } else {
                let forms: Vec<String> = forms.iter().map(|form| format!("`{form}`")).collect();
                format!("write it in a statement of its own, on {}", forms.join(" or "))
            }
        } else {
            format!("add {} to the statement's resources", beside.join(" and "))
        };
        Finding::new(
            Code::ActionFitsNoResource,
            misfit.named.place,
            format!(
                "`{written}` acts on resources of type {}, and the statement has none",
                types(misfit.action)
            ),
        )
        .about(written)
        .note(self.silence(&format!("`{written}`"), "no request has both"))
        .help(help)
        .note(catalogue_note())
    }

    pub(super) fn orphan(self, orphan: &Resource<'_>, acts_on_keys: bool) -> Finding {
        let text = orphan.target.text;
        if acts_on_keys && is_alias(orphan) {
            return self.alias(orphan, "the statement's actions act", "them on the alias's key");
        }
        let what = orphan.own_type().map_or_else(
            || "no action of the statement acts on this resource".to_owned(),
            |(kind, _)| {
                format!(
                    "no action of the statement acts on this resource of type `{}`",
                    kind.name()
                )
            },
        );
        let note = match self.effect {
            Effect::Allow => "AWS accepts it, and it allows nothing",
            Effect::Deny => "AWS accepts it, and it denies nothing",
        };
        Finding::new(Code::ResourceFitsNoAction, orphan.target.place, what)
            .about(text.written())
            .note(note)
            .help("remove it, or add the action that was meant for it")
            .note(catalogue_note())
    }

    /// Why AWS would not have told, and what becomes of the statement.
    fn silence(self, names: &str, why: &str) -> String {
        let accepts = match self.kind {
            Kind::Resource => "S3 rejects it, `Action does not apply to any resource(s) in statement`; elsewhere",
            _ => "AWS accepts it, and",
        };
        let does = match self.effect {
            Effect::Allow => "allows",
            Effect::Deny => "denies",
        };
        format!("{accepts} it never {does} {names}: {why}")
    }
}

/// Whether it is the ARN of a KMS alias.
fn is_alias(resource: &Resource<'_>) -> bool {
    resource
        .own_type()
        .is_some_and(|(kind, _)| kind.service().prefix() == "kms" && kind.name() == "alias")
}

fn named(missed: &[&Misfit<'_>]) -> String {
    let names = missed.iter().map(|misfit| misfit.named.text.written());
    listed::first(2, names.map(listed::quoted))
}

/// The resource types on which an action acts, those that it cannot do without first.
fn types_of(action: Action) -> impl Iterator<Item = ResourceType> {
    let which = move |required| action.resource_types().filter(move |on| on.required() == required);
    which(true).chain(which(false)).map(|on| on.resource_type())
}

fn formats(action: Action) -> impl Iterator<Item = &'static str> {
    types_of(action).flat_map(|kind| kind.arn_formats())
}

/// The types that an action acts on, in words.
fn types(action: Action) -> String {
    let names: Vec<String> = types_of(action).map(|kind| format!("`{}`", kind.name())).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [one, two] => format!("{one} or {two}"),
        [one, two, three] => format!("{one}, {two} or {three}"),
        [one, two, rest @ ..] => format!("{one}, {two} or {} others", rest.len()),
    }
}

/// How many ARNs a message offers.
const NAMED: usize = 3;

/// The resources of the types that an action acts on that belong to those of the statement: the objects of its buckets.
pub(super) fn beside(action: Action, resources: &[Resource<'_>]) -> Vec<String> {
    let mut beside: Vec<String> = Vec::new();
    for resource in resources {
        if beside.len() == NAMED {
            break;
        }
        let Some((_, own)) = resource.own_type() else {
            continue;
        };
        let found = formats(action).find_map(|format| write::sibling(format, resource.target.text, &resource.arn, own));
        if let Some(arn) = found.map(|arn| format!("`{arn}`"))
            && !beside.contains(&arn)
        {
            beside.push(arn);
        }
    }
    beside
}

/// What to write in place of a resource of another type.
fn instead(orphan: &Resource<'_>, missed: &[&Misfit<'_>], own: Option<&str>) -> String {
    let text = orphan.target.text;
    let mut siblings: Vec<String> = Vec::new();
    let mut others: Vec<String> = Vec::new();
    let mut seen = BTreeSet::new();
    for misfit in missed.iter().filter(|misfit| seen.insert(misfit.index)) {
        if siblings.len() == NAMED {
            break;
        }
        for format in formats(misfit.action) {
            let sibling = own.and_then(|own| write::sibling(format, text, &orphan.arn, own));
            let (list, arn) = match sibling {
                Some(arn) => (&mut siblings, arn),
                None => (&mut others, write::arn(format, text, &orphan.arn)),
            };
            let arn = format!("`{arn}`");
            if list.len() < NAMED && !list.contains(&arn) {
                list.push(arn);
            }
        }
    }
    let list = if siblings.is_empty() { others } else { siblings };
    format!("write {}", list.join(" or "))
}
