//! Which field fills which hole, and whether a hole is allowed where it is.

use std::ops::Range;

use policy_core::__macro::v1::hole::{
    Bracketed, Malformed, Site, StringContext, StringPosition, bracketed, kebab, strings,
};
use policy_core::document::{Node, Place, Text};
use policy_core::names::NameKind;
use policy_core::policy::Kind;
use policy_core::spelling::nearest;

use crate::body::ellipsis;
use crate::header::{Field, Form, Header};
use crate::report::{Mistake, Report};

/// The holes of a template: the source that fills each, and its places.
#[derive(Debug, Default)]
pub struct Holes {
    /// The fields, then what follows from them.
    pub fills: Vec<Fill>,
}

/// The source of a hole's text.
#[derive(Clone, Debug)]
pub struct Fill {
    /// The name between the brackets.
    pub hole: String,
    /// The source of its text.
    pub source: Source,
    /// Its places in the policy, each once.
    pub sites: Vec<Site>,
    /// Whether it is an `Option`.
    pub optional: bool,
    /// Whether it is a list.
    pub list: bool,
    sample: Option<NameKind>,
    used: bool,
}

/// The source of the text that fills a hole.
#[derive(Clone, Debug)]
pub enum Source {
    /// From the field of this number.
    Field(usize),
    /// From a field whose type is wrong.
    BrokenField,
    /// The partition of the Region in the field of this number.
    PartitionOf(usize),
    /// The DNS suffix of the partition of the Region in the field of this number.
    DnsSuffixOf(usize),
}

impl Holes {
    /// The number of the hole of this name.
    pub fn number(&self, hole: &str) -> Option<usize> {
        self.fills.iter().position(|fill| fill.hole == hole)
    }

    /// Those of this number.
    pub fn get(&self, number: usize) -> Option<&Fill> {
        self.fills.get(number)
    }
}

/// Finds the holes of a policy, puts samples into them for the checker, and reports the holes that cannot be filled
/// and, if there is a policy, the fields that do not fill a hole.
pub fn find(root: &mut Node<'static>, header: &Header, there: bool, report: &mut Report) -> Holes {
    let fields = header.fields();
    let mut finder = Finder {
        header,
        report,
        holes: declared(fields),
        unknown: Vec::new(),
    };
    strings(root, &mut |here, text| finder.string(here, text));
    let Finder { holes, unknown, .. } = finder;
    match &header.form {
        Form::Template(..) => undeclared(&unknown, fields, &holes, report),
        Form::Constant(name) => without_fields(&unknown, Some(&name.text), header.kind, report),
        Form::Inline => without_fields(&unknown, None, header.kind, report),
    }
    if there {
        unused(fields, &holes, &unknown, report);
    }
    holes
}

fn declared(fields: &[Field]) -> Holes {
    let fills = fields.iter().enumerate().map(|(index, field)| Fill {
        hole: field.name.text.replace('_', "-"),
        source: if field.broken {
            Source::BrokenField
        } else {
            Source::Field(index)
        },
        sites: Vec::new(),
        optional: field.optional,
        list: field.list,
        sample: field.kind,
        used: false,
    });
    Holes { fills: fills.collect() }
}

struct Finder<'f, 'r> {
    header: &'f Header,
    report: &'r mut Report,
    holes: Holes,
    unknown: Vec<Unknown>,
}

/// A hole for which there is no field.
struct Unknown {
    name: String,
    place: Place,
    /// The whole string that contains it.
    string: String,
    range: Range<usize>,
    site: Option<Site>,
}

impl Finder<'_, '_> {
    fn string(&mut self, here: StringContext<'_>, text: &mut Text<'_>) {
        let written = text.written();
        if matches!(written, "..." | "…") {
            self.report.spoil(ellipsis(here.place));
        }
        // Bytes, because a search for characters takes many times as long in an unoptimised build, as here.
        let bytes = written.as_bytes();
        if !bytes.contains(&b'<') && !bytes.contains(&b'>') {
            return;
        }
        let written = written.to_owned();
        let mut samples: Vec<(Range<usize>, &str, usize)> = Vec::new();
        for found in bracketed(&written) {
            if let Some(name) = self.name(&here, &written, &found) {
                let (sample, min_len) = self.hole(&here, &written, &found.range, &name);
                samples.push((found.range, sample, min_len));
            }
        }
        *text = Text::with_holes(written, samples);
    }

    /// The name of the hole, or the one that was meant; `None` if there is no hole.
    fn name(&mut self, here: &StringContext<'_>, written: &str, found: &Bracketed) -> Option<String> {
        let shown = written.get(found.range.clone()).unwrap_or_default();
        let name = shown.trim_start_matches('<').trim_end_matches('>');
        let Some(malformed) = found.malformed else {
            return Some(name.to_owned());
        };
        let half = matches!(malformed, Malformed::Unclosed | Malformed::Unopened);
        if half
            && matches!(
                here.position,
                StringPosition::ConditionValue(_) | StringPosition::Value(_)
            )
        {
            return None;
        }
        let meant = kebab(name);
        let mistake = |what: &str| Mistake::new(here.place, what).part(written, &found.range);
        let mistake = match malformed {
            Malformed::Empty => mistake("this hole has no name")
                .help("write the name of the field that fills the hole: `<account-id>` for the field `account_id`"),
            Malformed::NotKebab if meant.is_empty() => mistake(&format!(
                "`{name}` is not the name of a hole, which is lower-case words joined by hyphens"
            ))
            .help("write a name such as `<account-id>`"),
            // If there is no such field either, one message reports both.
            Malformed::NotKebab if self.holes.number(&meant).is_none() => return Some(meant),
            Malformed::NotKebab => mistake(&format!(
                "`{name}` is not the name of a hole, which is lower-case words joined by hyphens"
            ))
            .help(format!("write `<{meant}>`, which the field `{}` fills", snake(&meant))),
            Malformed::Unclosed => {
                mistake("this `<` has no matching `>`").help("write `>` after the hole's name, or remove the `<`")
            }
            Malformed::Unopened => {
                mistake("this `>` has no matching `<`").help("write `<` before the hole's name, or remove the `>`")
            }
        };
        if half || meant.is_empty() {
            self.report.spoil(mistake);
            None
        } else {
            self.report.push(mistake);
            Some(meant)
        }
    }

    /// Records the hole; returns the sample that fills it for the checker.
    fn hole(
        &mut self,
        here: &StringContext<'_>,
        written: &str,
        range: &Range<usize>,
        name: &str,
    ) -> (&'static str, usize) {
        let site = match here.site(written, range) {
            Ok(site) => Some(site),
            Err(misplaced) => {
                self.report.spoil(
                    Mistake::new(here.place, format!("a hole cannot be {}", misplaced.position))
                        .part(written, range)
                        .help(misplaced.help),
                );
                None
            }
        };
        let number = self.holes.number(name).or_else(|| self.implied(name));
        let kind = if let Some(fill) = number.and_then(|number| self.holes.fills.get_mut(number)) {
            fill.used = true;
            if let Some(site) = site
                && !fill.sites.contains(&site)
            {
                fill.sites.push(site);
            }
            fill.sample.filter(|kind| site.is_none_or(|site| site.fits(*kind)))
        } else {
            // A hole that is not allowed does not need a field.
            if site.is_some() {
                self.unknown.push(Unknown {
                    name: name.to_owned(),
                    place: here.place,
                    string: written.to_owned(),
                    range: range.clone(),
                    site,
                });
            }
            None
        };
        if let Some(Fill {
            source: Source::DnsSuffixOf(_),
            ..
        }) = number.and_then(|number| self.holes.get(number))
        {
            return ("amazonaws.com", 10);
        }
        let kind = kind.unwrap_or_else(|| site.unwrap_or(Site::Text).proposed());
        (kind.sample(), kind.min_len())
    }

    /// `<partition>` and `<dns-suffix>` are derived from the Region, unless a field declares them.
    fn implied(&mut self, name: &str) -> Option<usize> {
        let region = region(self.header.fields())?;
        let (source, sample) = match name {
            "partition" => (Source::PartitionOf(region), Some(NameKind::Partition)),
            "dns-suffix" => (Source::DnsSuffixOf(region), None),
            _ => return None,
        };
        if let Some(fill) = self.holes.fills.get_mut(region) {
            fill.used = true;
        }
        self.holes.fills.push(Fill {
            hole: name.to_owned(),
            source,
            sites: Vec::new(),
            optional: false,
            list: false,
            sample,
            used: true,
        });
        Some(self.holes.fills.len() - 1)
    }
}

/// The field from which the partition is derived: the only Region, or the one called `region`.
fn region(fields: &[Field]) -> Option<usize> {
    let is_region = |field: &Field| field.kind == Some(NameKind::Region) && !field.optional && !field.list;
    let mut regions = fields.iter().enumerate().filter(|(_, field)| is_region(field));
    match (regions.next(), regions.next()) {
        (Some((only, _)), None) => Some(only),
        _ => fields
            .iter()
            .position(|field| is_region(field) && field.name.text == "region"),
    }
}

/// The holes of a template that have no field, each name once.
fn undeclared(unknown: &[Unknown], fields: &[Field], holes: &Holes, report: &mut Report) {
    let mut said: Vec<String> = Vec::new();
    for hole in unknown {
        let key = stem(&hole.name).unwrap_or(&hole.name).to_owned();
        if said.contains(&key) {
            continue;
        }
        let shown = hole.string.get(hole.range.clone()).unwrap_or_default();
        let mut mistake =
            Mistake::new(hole.place, format!("no field fills the hole `{shown}`")).part(&hole.string, &hole.range);
        if shown.len() != hole.name.len() + 2 || !shown.contains(&hole.name) {
            mistake = mistake.note(format!(
                "a hole's name is lower-case words joined by hyphens: `<{}>`",
                hole.name
            ));
        }
        let mistake = if let Some(stem) = stem(&hole.name) {
            let list = plural(stem);
            let field = snake(&list);
            let kind = hole.site.unwrap_or(Site::Text).proposed().type_name();
            let declared = fields
                .iter()
                .any(|field| field.list && field.name.text.replace('_', "-") == list);
            let mistake =
                mistake.note("numbered holes on a page mean as many values as the reader has: write them as one list");
            if declared {
                mistake.help(format!(
                    "write `<{list}>` once: the string is repeated for each value of `{field}`"
                ))
            } else {
                mistake.help(format!(
                    "declare one list, `{field}: NonEmpty<{kind}>`, and write `<{list}>` once: the string is repeated for each value"
                ))
            }
        } else if hole.name == "partition" || hole.name == "dns-suffix" {
            let regions = fields.iter().any(|field| field.kind == Some(NameKind::Region));
            mistake.help(if regions {
                "declare `partition: Partition`; the partition is derived from a `Region` only if one field is a `Region`, not an `Option` or a list"
            } else {
                "declare `region: Region`, from which the value is derived, or `partition: Partition`"
            })
        } else if let Some(meant) = misspelt(&hole.name, holes) {
            mistake.help(format!("write `<{meant}>`"))
        } else {
            mistake.help(format!("declare the field `{}: {}`", snake(&hole.name), proposed(hole)))
        };
        report.push(mistake);
        said.push(key);
    }
}

fn misspelt<'h>(name: &str, holes: &'h Holes) -> Option<&'h str> {
    nearest(
        name,
        holes
            .fills
            .iter()
            .filter(|fill| !fill.used)
            .map(|fill| fill.hole.as_str()),
    )
}

/// The holes of a policy that has no fields: one mistake, with the template to write.
fn without_fields(unknown: &[Unknown], constant: Option<&str>, kind: Kind, report: &mut Report) {
    let Some(first) = unknown.first() else { return };
    let mut fields = String::new();
    let mut said: Vec<String> = Vec::new();
    let has_region = unknown.iter().any(|hole| hole.site == Some(Site::ArnRegion));
    for hole in unknown {
        let stem = stem(&hole.name);
        let name = stem.map_or_else(|| hole.name.clone(), plural);
        if said.contains(&name) || has_region && matches!(&*name, "partition" | "dns-suffix") {
            continue;
        }
        let proposed = proposed(hole);
        let separator = if fields.is_empty() { "" } else { ", " };
        fields.push_str(separator);
        fields.push_str(&snake(&name));
        fields.push_str(": ");
        let (before, after) = if stem.is_some() { ("NonEmpty<", ">") } else { ("", "") };
        fields.push_str(before);
        fields.push_str(proposed);
        fields.push_str(after);
        said.push(name);
    }
    let what = match constant {
        Some(_) => "a policy in a `const` cannot have holes",
        None => "`policy!` in an expression cannot have holes",
    };
    let name = constant.map_or_else(|| "Name".to_owned(), camel);
    report.push(
        Mistake::new(first.place, what)
            .part(&first.string, &first.range)
            .help(format!(
                "write the value, or declare a field for each hole: `struct {name}: {} {{ {fields} }} {{ ... }}`",
                kind.type_name()
            )),
    );
}

fn proposed(hole: &Unknown) -> &'static str {
    let by_name = match &*hole.name {
        "partition" => Some(NameKind::Partition),
        "region" => Some(NameKind::Region),
        "account-id" | "account" => Some(NameKind::AccountId),
        _ => None,
    };
    match hole.site {
        Some(Site::Text) | None => by_name.unwrap_or(NameKind::ResourceName).type_name(),
        Some(site) => site.proposed().type_name(),
    }
}

/// The fields that do not fill a hole.
fn unused(fields: &[Field], holes: &Holes, unknown: &[Unknown], report: &mut Report) {
    for (field, fill) in fields.iter().zip(&holes.fills) {
        // If a hole is misspelt, the message at the hole is enough.
        let meant = unknown.iter().any(|hole| {
            misspelt(&hole.name, holes) == Some(&fill.hole)
                || stem(&hole.name).is_some_and(|stem| plural(stem) == fill.hole || stem == fill.hole)
        });
        if !fill.used && !meant {
            report.push(
                Mistake::new(
                    field.name.place(),
                    format!("the field `{}` does not fill a hole", field.name.text),
                )
                .help(format!(
                    "write `<{}>` where the policy needs the value, or remove the field",
                    fill.hole
                )),
            );
        }
    }
}

/// `secret-id` of `secret-id-1`.
fn stem(hole: &str) -> Option<&str> {
    let (stem, number) = hole.rsplit_once('-')?;
    (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(stem)
}

fn plural(stem: &str) -> String {
    if stem.ends_with('s') {
        return stem.to_owned();
    }
    match stem.strip_suffix('y') {
        Some(rest) if !rest.ends_with(['a', 'e', 'o', 'u']) => format!("{rest}ies"),
        _ => format!("{stem}s"),
    }
}

fn snake(hole: &str) -> String {
    hole.replace('-', "_")
}

/// `EcsTrust` of `ECS_TRUST`.
fn camel(constant: &str) -> String {
    let mut name = String::with_capacity(constant.len());
    for word in constant.split('_') {
        let mut letters = word.chars();
        name.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        name.extend(letters.map(|letter| letter.to_ascii_lowercase()));
    }
    name
}
