//! Actions and resources that do not fit each other.
//!
//! One finding a mistake: an action and a resource of its service that miss each other are told together, at the resource.

use super::silence::Silence;
use crate::arn::{ArnFormat, ArnPattern, Field, Glob, write};
use crate::catalogue::{Action, ResourceType};
use crate::check::ActedOn;
use crate::check::facts::{ActionFit, ActionRef, Facts, ResourceRef, ResourceScope, StatementFacts, log_group};
use crate::check::rules::{Rule, Run};
use crate::check::words::{catalogue_note, listed};
use crate::collected::CollectVec;
use crate::document::HoleInText;
use crate::finding::{Code, Finding, Fix};
use crate::names::{ArnKind, NameKind};
use crate::policy::Effect;

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::ActionFitsNoResource,
        Code::ResourceFitsNoAction,
        Code::KeyAliasAsResource,
        Code::LogGroupArnWithoutStreams,
    ],
    run: Run::Statement(check),
};

fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let Some(silence) = Silence::of(facts, statement) else {
        return Vec::new();
    };
    let is_orphan = |resource: &ResourceRef<'_>| resource.arn().is_some() && !resource.is_used;
    if !statement.has_unfit_actions && !statement.resources.iter().any(is_orphan) {
        return Vec::new();
    }
    let (actions, different) = Misfit::all(statement, |action| action.fit == ActionFit::FitsNone);
    let misfits = Misfits {
        silence,
        statement,
        resources: statement.resources.iter().filter_map(Candidate::of).collect_vec(),
        actions,
        different,
    };
    misfits.findings()
}

/// A resource that is an ARN.
struct Candidate<'s, 'd> {
    resource: &'s ResourceRef<'d>,
    arn: ArnPattern<'d>,
}

impl<'s, 'd> Candidate<'s, 'd> {
    fn of(resource: &'s ResourceRef<'d>) -> Option<Self> {
        let arn = resource.arn()?;
        Some(Self { resource, arn })
    }

    fn own_type(&self) -> Option<(ResourceType, ArnFormat<'static>)> {
        self.resource.own_type()
    }

    /// The name of its type: of a hole the one of the field, which can have the same ARNs as another type.
    fn type_name(&self) -> Option<&'static str> {
        let by_arn = self.resource.type_name()?;
        let of_hole = self
            .kind_of_hole()
            .and_then(|kind| kind.resource_type().split_once(':'));
        Some(of_hole.map_or(by_arn, |(_, name)| name))
    }

    fn is_wrong(&self) -> bool {
        self.resource.shape.is_some()
    }

    /// Whether no action acts on it.
    fn is_orphan(&self) -> bool {
        !self.resource.is_used && !self.is_wrong()
    }

    /// The hole of a template, if it is all of the ARN or its beginning: a field of another type mends the statement.
    fn hole(&self) -> Option<&HoleInText> {
        write::whole(self.resource.text, &self.arn).filter(|_| self.resource.text.written().starts_with('<'))
    }

    fn is_hole(&self) -> bool {
        self.hole().is_some()
    }

    /// The type of ARNs of the hole that it is, if it is nothing more.
    fn kind_of_hole(&self) -> Option<ArnKind> {
        self.hole()?;
        ArnKind::of_sample(self.arn.as_str())
    }

    fn is_group(&self) -> bool {
        log_group::is_without_streams(&self.arn)
    }
}

/// An action, mostly one that acts on none of the resources.
struct Misfit<'s, 'd> {
    named: &'s ActionRef<'d>,
    action: Action,
    /// The same for those that are the same action.
    index: usize,
}

impl<'s, 'd> Misfit<'s, 'd> {
    /// Those of a statement, and how many different actions they are.
    fn all(statement: &'s StatementFacts<'d>, is_one: fn(&ActionRef<'_>) -> bool) -> (Vec<Self>, usize) {
        let mut seen: Vec<Action> = Vec::new();
        let mut misfits = Vec::new();
        for named in &statement.actions {
            let Some(action) = named.one().filter(|_| is_one(named)) else {
                continue;
            };
            // Names are of different lengths more often than not, prefixes less.
            let is_it = |other: &Action| other.name() == action.name() && *other == action;
            let index = seen.iter().position(is_it).unwrap_or_else(|| {
                seen.push(action);
                seen.len() - 1
            });
            misfits.push(Self { named, action, index });
        }
        (misfits, seen.len())
    }
}

/// Whether an ARN is of a service on whose resources an action acts, asked of each action once an ARN.
struct OfService(Vec<Option<bool>>);

impl OfService {
    /// What follows is about another ARN.
    fn begin(&mut self) {
        self.0.fill(None);
    }

    fn ask(&mut self, misfit: &Misfit<'_, '_>, arn: &ArnPattern<'_>) -> bool {
        let known = self.0.get_mut(misfit.index);
        known.is_some_and(|known| *known.get_or_insert_with(|| is_of_service(misfit.action, arn)))
    }
}

/// What of a statement does not fit the rest.
struct Misfits<'s, 'd> {
    silence: Silence,
    statement: &'s StatementFacts<'d>,
    resources: Vec<Candidate<'s, 'd>>,
    actions: Vec<Misfit<'s, 'd>>,
    /// How many different actions they are.
    different: usize,
}

impl Misfits<'_, '_> {
    fn findings(&self) -> Vec<Finding> {
        let mut found = Vec::new();
        // A resource with a mistake of its own is perhaps the one that was meant for the action.
        let actions: &[Misfit<'_, '_>] = if self.resources.iter().any(Candidate::is_wrong) {
            &[]
        } else {
            &self.actions
        };
        let orphans = || self.resources.iter().filter(|resource| resource.is_orphan());
        let mut explained = vec![false; actions.len()];
        let mut of_service = OfService(vec![None; self.different]);
        for group in self.resources.iter().filter(|resource| resource.is_group()) {
            let missed = missed(actions, &mut explained, |misfit| {
                log_group::acts_on_streams(misfit.action)
            });
            if !missed.is_empty() {
                found.push(self.without_streams(group, &missed));
            }
        }
        for orphan in orphans() {
            // Of streams that has been found.
            of_service.begin();
            let missed = missed(actions, &mut explained, |misfit| {
                (orphan.is_hole() || of_service.ask(misfit, &orphan.arn))
                    && !(orphan.is_group() && log_group::acts_on_streams(misfit.action))
            });
            if !missed.is_empty() {
                found.push(self.missed(orphan, &missed));
            }
        }
        let mut beside = vec![None; self.different];
        for (misfit, _) in actions.iter().zip(&explained).filter(|(_, explained)| !**explained) {
            if let Some(beside) = beside.get_mut(misfit.index) {
                let beside: &Vec<String> = beside.get_or_insert_with(|| self::beside(misfit.action, &self.resources));
                found.push(self.fits_none(misfit, beside));
            }
        }
        if !self.is_about_all_actions() {
            for orphan in orphans() {
                of_service.begin();
                if !self.explains(orphan, &mut of_service) {
                    found.push(self.orphan(orphan));
                }
            }
        }
        if self.silence.has_no_types {
            found.retain(|finding| !matches!(finding.code(), Code::ActionFitsNoResource | Code::ResourceFitsNoAction));
        }
        found
    }

    /// Whether each of the actions is a mistake itself, or a resource may come to be anything: nothing can be said of those that
    /// are left over.
    fn is_about_all_actions(&self) -> bool {
        let mut actions = self.statement.actions.iter();
        let mut resources = self.statement.resources.iter();
        actions.all(|action| action.fit != ActionFit::Fits)
            || resources.any(|resource| matches!(resource.scope, ResourceScope::Unknown))
    }

    /// Whether that no action acts on a resource comes of an action of its service that is a mistake itself.
    fn explains(&self, orphan: &Candidate<'_, '_>, of_service: &mut OfService) -> bool {
        let mut actions = self.statement.actions.iter();
        self.actions.iter().any(|misfit| of_service.ask(misfit, &orphan.arn))
            || actions.any(|action| {
                let needs_star = matches!(action.fit, ActionFit::NeedsStar { .. });
                let is_own = |own: crate::catalogue::Service| orphan.arn.service().matches(own.prefix());
                needs_star && action.service().is_some_and(is_own)
            })
    }

    fn is_alone(&self) -> bool {
        self.statement.actions.len() == 1
    }

    /// The actions act on another type of the resource's service.
    fn missed(&self, orphan: &Candidate<'_, '_>, missed: &[&Misfit<'_, '_>]) -> Finding {
        let text = orphan.resource.text;
        let own = orphan.own_type();
        let names = named(missed);
        let act = if missed.len() == 1 { "applies" } else { "apply" };
        if is_alias(orphan) {
            return self.alias(orphan, &format!("{names} {act}"), &names);
        }
        let is = match (orphan.type_name(), orphan.kind_of_hole()) {
            (Some(name), _) => format!("this is of type `{name}`"),
            (None, Some(kind)) => format!("this is {}", NameKind::Arn(kind).noun()),
            (None, None) => "this is of another type".to_owned(),
        };
        let on = missed.first().map(|misfit| types(misfit.action)).unwrap_or_default();
        let finding = Finding::new(
            Code::ResourceFitsNoAction,
            orphan.resource.place,
            format!("{names} {act} to resources of type {on}, but {is}"),
        )
        .about(text.written())
        .note(self.silence.note(&names, "no request combines the two"))
        .note(catalogue_note());
        Instead::of(orphan, missed, own.map(|(_, format)| format)).add_to(finding, orphan)
    }

    fn alias(&self, orphan: &Candidate<'_, '_>, act: &str, names: &str) -> Finding {
        let text = orphan.resource.text;
        let alias = match write::whole(text, &orphan.arn) {
            Some(_) => "alias/ALIAS_NAME",
            None => orphan.arn.resource().as_str(),
        };
        let range = orphan.arn.range(Field::Resource);
        let key = ArnFormat::parse("arn:${Partition}:kms:${Region}:${Account}:key/${KeyId}");
        let key = key.map(|key| write::arn(key, text, &orphan.arn)).unwrap_or_default();
        let key = match write::whole(text, &orphan.arn) {
            Some(hole) if text.written().starts_with('<') => format!(
                "give the field `{}` the type `KmsKeyArn`, that of the key",
                hole.name.replace('-', "_")
            ),
            _ => format!("write the key's ARN, `{key}`"),
        };
        Finding::new(
            Code::KeyAliasAsResource,
            orphan.resource.place,
            format!("{act} to keys, but this is the ARN of an alias"),
        )
        .part(text, range)
        .about(text.written())
        .note(format!(
            "in `Resource` the ARN of an alias matches the alias, not its key; {}",
            self.silence.note(names, "no request combines the two")
        ))
        .with_help(key)
        .with_help(format!(
            "or name the alias in a condition, `\"ForAnyValue:StringEquals\": {{ \"kms:ResourceAliases\": \"{alias}\" }}`, with \
             `key/*` as the resource"
        ))
        .note(catalogue_note())
    }

    /// The actions act on the streams of a log group, whose ARN stops before them.
    fn without_streams(&self, group: &Candidate<'_, '_>, missed: &[&Misfit<'_, '_>]) -> Finding {
        let names = named(missed);
        let silence = self
            .silence
            .note(&names, "no stream's ARN ends with the name of its group");
        let act = if missed.len() == 1 { "applies" } else { "apply" };
        let text = group.resource.text;
        let written = text.written();
        Finding::new(
            Code::LogGroupArnWithoutStreams,
            group.resource.place,
            format!("{names} {act} to log streams, but the ARN of the log group lacks the `:*` that matches them"),
        )
        .part(text, group.arn.range(Field::Resource))
        .about(written)
        .note(silence)
        .with_help(format!(
            "write `{written}:*`: CloudWatch Logs requires this ARN for all actions except those on tags"
        ))
        .fixed_by(Fix::write(group.resource.place, format!("{written}:*")))
        .note(catalogue_note())
    }

    /// The action acts on resources of which the statement has none; `beside` belong to those that it has.
    fn fits_none(&self, misfit: &Misfit<'_, '_>, beside: &[String]) -> Finding {
        let written = misfit.named.text.written();
        let help = if beside.is_empty() {
            // The plain form before those of its parts.
            let mut shortest: Vec<ArnFormat<'_>> = Vec::new();
            for format in misfit.action.needed_formats() {
                let len = format.as_str().len();
                let at = shortest.partition_point(|other| other.as_str().len() <= len);
                shortest.insert(at, format);
            }
            let mut forms = Vec::new();
            if let Some(first) = self.resources.first() {
                forms.extend(
                    shortest
                        .iter()
                        .take(2)
                        .map(|format| write::arn(*format, first.resource.text, &first.arn)),
                );
            }
            if self.is_alone() {
                let forms: Vec<String> = forms
                    .iter()
                    .map(|form| format!("`\"Resource\": \"{form}\"`"))
                    .collect_vec();
                format!("write {}", forms.join(" or "))
            } else {
                let forms: Vec<String> = forms.iter().map(|form| format!("`{form}`")).collect_vec();
                format!("write the action in a separate statement, on {}", forms.join(" or "))
            }
        } else {
            format!("add {} to the statement's resources", beside.join(" and "))
        };
        Finding::new(
            Code::ActionFitsNoResource,
            misfit.named.place,
            format!(
                "`{written}` applies to resources of type {}, but the statement has no such resource",
                types(misfit.action)
            ),
        )
        .about(written)
        .note(
            self.silence
                .note(&format!("`{written}`"), "no request combines the two"),
        )
        .with_help(help)
        .note(catalogue_note())
    }

    fn orphan(&self, orphan: &Candidate<'_, '_>) -> Finding {
        let text = orphan.resource.text;
        let mut actions = self.statement.actions.iter();
        let acts_on_keys = actions.any(|action| action.service().is_some_and(|own| own.prefix() == "kms"));
        if acts_on_keys && is_alias(orphan) {
            return self.alias(orphan, "the statement's actions apply", "them on the alias's key");
        }
        let what = match orphan.type_name() {
            Some(name) => format!("no action of the statement applies to this resource of type `{name}`"),
            None => "no action of the statement applies to this resource".to_owned(),
        };
        let note = match self.silence.effect {
            Effect::Allow => "AWS accepts it, but it allows nothing",
            Effect::Deny => "AWS accepts it, but it denies nothing",
        };
        let finding = Finding::new(Code::ResourceFitsNoAction, orphan.resource.place, what)
            .about(text.written())
            .note(note);
        let otherwise = "remove the resource, or add the action that applies to it";
        let finding = match self.meant(orphan) {
            Some(instead) => instead.add_to(finding, orphan).with_help(format!("or {otherwise}")),
            None => finding.with_help(otherwise),
        };
        finding.note(catalogue_note())
    }

    /// What an action of the statement applies to that is not among its resources, and was perhaps meant: of the resource's service, or
    /// if all actions are of one service, of that.
    fn meant(&self, orphan: &Candidate<'_, '_>) -> Option<Instead> {
        let (actions, _) = Misfit::all(self.statement, |_| true);
        let of_service = actions
            .iter()
            .filter(|misfit| is_of_service(misfit.action, &orphan.arn));
        let mut meant: Vec<&Misfit<'_, '_>> = of_service.collect_vec();
        let first = actions.first()?.action.service();
        if meant.is_empty() && actions.iter().all(|misfit| misfit.action.service() == first) {
            meant = actions.iter().collect_vec();
        }
        let own = orphan.own_type().map(|(_, format)| format);
        let mut instead = Instead::of(orphan, &meant, own);
        if let Instead::Arns { arns, .. } = &mut instead {
            arns.retain(|arn| !self.has(arn));
            if arns.is_empty() {
                return None;
            }
        }
        Some(instead)
    }

    /// Whether an ARN is one of the statement's resources, or one that they match.
    fn has(&self, arn: &str) -> bool {
        let parsed = ArnPattern::parse(arn).ok();
        self.resources.iter().any(|other| {
            other.resource.text.written() == arn || parsed.as_ref().is_some_and(|parsed| other.arn.covers(parsed))
        })
    }
}

/// The misfits that a resource explains, which are marked so.
fn missed<'m, 's, 'd>(
    misfits: &'m [Misfit<'s, 'd>],
    explained: &mut [bool],
    mut explains: impl FnMut(&Misfit<'s, 'd>) -> bool,
) -> Vec<&'m Misfit<'s, 'd>> {
    let mut missed = Vec::new();
    for (misfit, explained) in misfits.iter().zip(explained) {
        if explains(misfit) {
            *explained = true;
            missed.push(misfit);
        }
    }
    missed
}

/// Whether the ARN is of a service on whose resources the action acts.
fn is_of_service(action: Action, arn: &ArnPattern<'_>) -> bool {
    action
        .arn_formats()
        .any(|format| arn.service().intersects(Glob::literal(format.field(Field::Service))))
}

/// Whether it is the ARN of a KMS alias.
fn is_alias(resource: &Candidate<'_, '_>) -> bool {
    resource
        .own_type()
        .is_some_and(|(kind, _)| kind.service().prefix() == "kms" && kind.name() == "alias")
}

fn named(missed: &[&Misfit<'_, '_>]) -> String {
    let names = missed.iter().map(|misfit| misfit.named.text.written());
    listed::first(2, &names.map(listed::quoted).collect_vec())
}

/// The resource types on which an action acts, those that it cannot do without first.
fn types_of(action: Action) -> Vec<ResourceType> {
    let (mut types, mut optional) = (Vec::new(), Vec::new());
    for on in action.types() {
        let which = if on.is_required() { &mut types } else { &mut optional };
        which.extend(action.service().resource_type(on.name()));
    }
    types.append(&mut optional);
    types
}

pub(in crate::check) fn formats(action: Action) -> Vec<ArnFormat<'static>> {
    let mut formats = Vec::new();
    for kind in types_of(action) {
        formats.append(&mut kind.arn_formats().collect_vec());
    }
    formats
}

/// The types that an action acts on, in words.
pub(in crate::check) fn types(action: Action) -> String {
    let names: Vec<String> = types_of(action)
        .iter()
        .map(|kind| format!("`{}`", kind.name()))
        .collect_vec();
    listed::one_of(&names)
}

/// How many ARNs a message offers.
const NAMED: usize = 3;

/// The resources of the types that an action acts on that belong to those of the statement: the objects of its buckets.
fn beside(action: Action, resources: &[Candidate<'_, '_>]) -> Vec<String> {
    let mut beside: Vec<String> = Vec::new();
    for resource in resources {
        if beside.len() == NAMED {
            break;
        }
        let Some((_, own)) = resource.own_type() else {
            continue;
        };
        let found = formats(action)
            .into_iter()
            .find_map(|format| write::sibling(format, resource.resource.text, &resource.arn, own));
        if let Some(arn) = found.map(|arn| format!("`{arn}`"))
            && !beside.contains(&arn)
        {
            beside.push(arn);
        }
    }
    beside
}

/// What to write in place of a resource of another type.
enum Instead {
    /// The type of the field that fills its hole.
    Type(String),
    /// ARNs, and whether they belong to that resource, such as the objects of a bucket: these are fixes; of the others one field at least
    /// is a sample.
    Arns { arns: Vec<String>, are_siblings: bool },
}

impl Instead {
    fn of(orphan: &Candidate<'_, '_>, missed: &[&Misfit<'_, '_>], own: Option<ArnFormat<'_>>) -> Self {
        let text = orphan.resource.text;
        let mut siblings: Vec<String> = Vec::new();
        let mut others: Vec<String> = Vec::new();
        let mut seen = Vec::new();
        for misfit in missed {
            match seen.binary_search(&misfit.index) {
                Ok(_) => continue,
                Err(at) => seen.insert(at, misfit.index),
            }
            if siblings.len() == NAMED {
                break;
            }
            for kind in types_of(misfit.action) {
                for format in kind.arn_formats() {
                    let sibling = write::without_type(kind.name(), format, text, &orphan.arn)
                        .or_else(|| write::sibling(format, text, &orphan.arn, own?))
                        .or_else(|| write::start(format, text, &orphan.arn));
                    let (list, arn) = match sibling {
                        Some(arn) => (&mut siblings, arn),
                        None => (&mut others, write::arn(format, text, &orphan.arn)),
                    };
                    if list.len() < NAMED && !list.contains(&arn) {
                        list.push(arn);
                    }
                }
            }
        }
        if siblings.is_empty()
            && let Some(hole) = orphan.hole()
            && let Some(help) = other_type(hole, orphan, missed)
        {
            return Self::Type(help);
        }
        let are_siblings = !siblings.is_empty();
        Self::Arns {
            arns: if are_siblings { siblings } else { others },
            are_siblings,
        }
    }

    fn add_to(self, finding: Finding, orphan: &Candidate<'_, '_>) -> Finding {
        let (arns, are_siblings) = match self {
            Self::Type(help) => return finding.with_help(help),
            Self::Arns { arns, are_siblings } => (arns, are_siblings),
        };
        let list: Vec<String> = arns.iter().map(listed::quoted).collect_vec();
        let finding = finding.with_help(format!("write {}", list.join(" or ")));
        let is_complete = |arn: &String| are_siblings && !arn.contains(write::REGION) && !arn.contains(write::ACCOUNT);
        let fixes = arns
            .into_iter()
            .filter(is_complete)
            .map(|arn| Fix::write(orphan.resource.place, arn));
        fixes.fold(finding, Finding::fixed_by)
    }
}

/// The type of the field that fills a hole, by the actions.
fn other_type(hole: &HoleInText, orphan: &Candidate<'_, '_>, missed: &[&Misfit<'_, '_>]) -> Option<String> {
    let actions: Vec<&str> = missed.iter().map(|misfit| misfit.named.text.written()).collect_vec();
    let text = orphan.resource.text;
    let (shown, rest) = text.written().split_at_checked(hole.written.end)?;
    // What follows the hole may be the mistake.
    let own = ArnPattern::parse(text.filled().get(hole.filled.clone())?).ok()?;
    let acted_on = ActedOn::of(&actions, shown, rest).filter(|acted_on| !acted_on.types.is_empty())?;
    if acted_on.alone.iter().any(|format| own.fits_format(*format).is_yes()) {
        return Some(format!("write `{shown}`"));
    }
    let field = hole.name.replace('-', "_");
    Some(acted_on.help(&format!("give the field `{field}` the type")))
}
