//! Which field fills which hole, and whether a hole is allowed where it is.

mod complaints;
mod wildcard;

use std::ops::Range;

use policy_core::__macro::v1::check::{ActedOn, Compared, continued, joined};
use policy_core::__macro::v1::hole::{
    Bracketed, Malformed, Site, StringContext, StringPosition, bracketed, kebab, strings,
};
use policy_core::__macro::v1::list::{CollectVec, set, sort};
use policy_core::arn::ArnFormat;
use policy_core::document::{Node, Place, Text};
use policy_core::names::NameKind;

use crate::body::ellipsis;
use crate::header::{Field, Form, Header};
use crate::report::{Mistake, Report};
use complaints::{broken, snake, undeclared, unused, without_fields};
use wildcard::Wildcard;

/// The holes of a template: the source that fills each, and its places.
#[derive(Debug, Default)]
pub struct Holes {
    /// The fields, then what follows from them.
    pub fills: Vec<Fill>,
    /// The whole ARNs whose types the compiler has to check, since the macro does not see what they are.
    pub arns: Vec<WholeArn>,
    /// The same of those that a condition compares with.
    pub compared: Vec<ComparedArn>,
    /// The field from which `<partition>` is derived in a string without a Region.
    partition_of: Option<usize>,
    /// The first ARN of each partition that is written in the policy.
    written: Vec<(String, String)>,
}

/// A hole that is a whole ARN in `Resource`, or the beginning of one, and whose type is not one that the macro knows.
#[derive(Debug)]
pub struct WholeArn {
    /// The number of its field.
    pub field: usize,
    /// The place of its string.
    place: Place,
    /// What the actions of its statement apply to; `None` if that can be anything.
    pub acted_on: Option<ActedOn>,
    /// If that can be anything, the ARNs after which another can go on with the rest of the string; `None` if that can be all.
    pub continued: Option<Vec<ArnFormat<'static>>>,
    /// The hole, as it is written.
    pub hole: String,
    /// The text after the hole.
    pub rest: String,
}

/// A hole that is the whole value of a condition key with ARNs, and whose type is not one that the macro knows as an ARN's.
#[derive(Debug)]
pub struct ComparedArn {
    /// The number of its field.
    pub field: usize,
    /// The place of its string.
    place: Place,
    /// What the key has; `None` if that can be any ARN.
    pub compared: Option<Compared>,
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
    met: Met,
}

/// Where the policy has the name of a hole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Met {
    /// Nowhere.
    Never,
    /// In a placeholder of another notation, `{bucket}`, which the checker finds.
    InBraces,
    /// In a hole.
    AsHole,
}

/// The source of the text that fills a hole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// From the field of this number.
    Field(usize),
    /// From a field whose type is wrong.
    BrokenField,
    /// The partition of the Region in the field of this number.
    PartitionOf(usize),
    /// The DNS suffix of the partition of the Region in the field of this number.
    DnsSuffixOf(usize),
    /// From the field that determines the policy's partition; known when all holes are.
    OfPolicy,
}

impl Fill {
    /// The field from which it is derived, if it is not one itself.
    const fn partition_of(&self) -> Option<usize> {
        match self.source {
            Source::PartitionOf(field) | Source::DnsSuffixOf(field) => Some(field),
            Source::Field(_) | Source::BrokenField | Source::OfPolicy => None,
        }
    }

    /// Whether its one value is always there, and is of a type that determines a partition.
    fn determines_partition(&self, kind: NameKind) -> bool {
        self.sample == Some(kind) && !self.optional && !self.list
    }
}

impl Holes {
    /// The number of the hole of this name in this string.
    pub fn number(&self, hole: &str, written: &str) -> Option<usize> {
        let region = || self.region_beside(written).or(self.partition_of);
        self.fills.iter().position(|fill| {
            fill.hole == hole
                && match fill.source {
                    Source::PartitionOf(field) | Source::DnsSuffixOf(field) => Some(field) == region(),
                    Source::OfPolicy => self.region_beside(written).is_none(),
                    Source::Field(_) | Source::BrokenField => true,
                }
        })
    }

    /// The field that fills a Region in this string: its partition is that of the string. The only Region is that of every string.
    fn region_beside(&self, written: &str) -> Option<usize> {
        let is_region = |fill: &Fill| fill.determines_partition(NameKind::Region);
        let mut regions = Vec::new();
        for (index, fill) in self.fills.iter().enumerate() {
            if is_region(fill) {
                regions.push(index);
            }
        }
        match regions.as_slice() {
            [] => return None,
            [only] => return Some(*only),
            _ => {}
        }
        for found in bracketed(written) {
            let shown = written.get(found.range).and_then(|shown| shown.strip_prefix('<'));
            let Some(name) = shown.and_then(|shown| shown.strip_suffix('>')) else {
                continue;
            };
            if let Some(field) = self.fills.iter().position(|fill| fill.hole == name)
                && regions.contains(&field)
            {
                return Some(field);
            }
        }
        None
    }

    /// The fields whose values have a partition, and the ARNs that are written in the policy, if these can be of different partitions.
    pub fn of_partitions(&self) -> Option<(Vec<usize>, Vec<&str>)> {
        let mut fields = Vec::new();
        for fill in &self.fills {
            match fill.source {
                Source::Field(field) if fill.sites.iter().any(|site| site.has_partition()) => fields.push(field),
                // One that is there for its partition alone.
                Source::PartitionOf(field) | Source::DnsSuffixOf(field) => fields.push(field),
                _ => {}
            }
        }
        let fields = set(fields);
        let written: Vec<&str> = self.written.iter().map(|(_, arn)| arn.as_str()).collect_vec();
        let is_list = |field: &usize| self.fills.get(*field).is_some_and(|fill| fill.list);
        let several = fields.len() + written.len() > 1 || fields.iter().any(is_list);
        (!fields.is_empty() && several).then_some((fields, written))
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
        report,
        holes: declared(fields),
        unknown: Vec::new(),
        of_policy: Vec::new(),
        wildcards: Vec::new(),
    };
    strings(root, &mut |here, text| finder.string(here, text));
    finder.settle_partition();
    let Finder {
        mut holes,
        mut unknown,
        wildcards,
        ..
    } = finder;
    for wildcard in wildcards {
        if let Some(mistake) = wildcard.told(root) {
            report.push(mistake);
        }
    }
    for arn in &mut holes.arns {
        arn.acted_on = acted_on(root, arn.place, &arn.hole, &arn.rest);
        if arn.acted_on.is_none() {
            arn.continued = continued(&arn.rest);
        }
    }
    for arn in &mut holes.compared {
        arn.compared = Compared::at(root, arn.place);
    }
    for hole in unknown.iter_mut().filter(|hole| hole.site == Some(Site::WholeResource)) {
        let (shown, rest) = hole.string.split_at(hole.range.end);
        hole.acted_on = acted_on(root, hole.place, shown, rest);
    }
    for hole in unknown.iter_mut().filter(|hole| hole.site == Some(Site::ArnValue)) {
        if hole.range.len() == hole.string.len() {
            hole.compared = Compared::at(root, hole.place);
        }
    }
    broken(fields, &holes, report);
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
        source: if field.broken.is_some() {
            Source::BrokenField
        } else {
            Source::Field(index)
        },
        sites: Vec::new(),
        optional: field.optional,
        list: field.list,
        sample: field.kind,
        met: Met::Never,
    });
    Holes {
        fills: fills.collect_vec(),
        ..Holes::default()
    }
}

struct Finder<'r> {
    report: &'r mut Report,
    holes: Holes,
    unknown: Vec<Unknown>,
    /// The holes whose text is that of the policy's partition.
    of_policy: Vec<Unknown>,
    wildcards: Vec<Wildcard>,
}

/// A hole for which there is no field.
struct Unknown {
    name: String,
    place: Place,
    /// The whole string that contains it.
    string: String,
    range: Range<usize>,
    site: Option<Site>,
    /// What the actions of its statement apply to, if it is a whole ARN.
    acted_on: Option<ActedOn>,
    /// What the key of its condition has, if that is compared with a whole ARN.
    compared: Option<Compared>,
}

impl Finder<'_> {
    fn string(&mut self, here: StringContext<'_>, text: &mut Text<'_>) {
        let written = text.written();
        if matches!(written, "..." | "…") {
            self.report.spoil(ellipsis(here.place));
        }
        // Bytes, because a search for characters takes many times as long in an unoptimised build, as here.
        let bytes = written.as_bytes();
        if !bytes.contains(&b'<') && !bytes.contains(&b'>') {
            if !self.holes.fills.is_empty() {
                self.written(written);
            }
            return;
        }
        let written = written.to_owned();
        let mut samples: Vec<(Range<usize>, &str, usize)> = Vec::new();
        let mut kinds = Vec::new();
        for found in bracketed(&written) {
            if let Some(name) = self.name(&here, &written, &found) {
                let (sample, min_len) = self.hole(&here, &written, &found.range, &name);
                samples.push((found.range, sample, min_len));
                let fill = self
                    .holes
                    .number(&name, text.written())
                    .and_then(|fill| self.holes.get(fill));
                kinds.push(fill.and_then(|fill| fill.sample));
            }
        }
        *text = Text::with_holes(written, samples);
        self.joined(&here, text, &kinds);
    }

    /// Reports the first hole of a known type that is joined with text that none of its values has beside it.
    fn joined(&mut self, here: &StringContext<'_>, text: &Text<'_>, kinds: &[Option<NameKind>]) {
        let holes = text.holes().iter().zip(kinds);
        let told = holes.filter(|(hole, _)| hole.written.len() < text.written().len());
        let mut told = told.filter_map(|(hole, kind)| {
            let (site, value) = here.value(text.written(), &hole.written)?;
            joined((*kind)?, site, &value, text, hole)
        });
        if let Some(joined) = told.next() {
            self.report.spoil(
                Mistake::new(here.place, joined.what)
                    .part(text.written(), &joined.part)
                    .note(joined.note)
                    .help(joined.help),
            );
        }
    }

    /// Notes the fields that a string without holes names in another notation, and the partition of an ARN.
    fn written(&mut self, arn: &str) {
        let bytes = arn.as_bytes().iter().enumerate();
        for (at, _) in bytes.filter(|(_, byte)| **byte == b'{') {
            let inside = arn.get(at + 1..).and_then(|rest| rest.split_once('}'));
            let name = inside.map(|(name, _)| kebab(name));
            for fill in &mut self.holes.fills {
                if name.as_deref() == Some(&*fill.hole) {
                    fill.met = fill.met.max(Met::InBraces);
                }
            }
        }
        let Some((partition, _)) = arn.strip_prefix("arn:").and_then(|rest| rest.split_once(':')) else {
            return;
        };
        if !self.holes.written.iter().any(|(known, _)| known == partition) {
            self.holes.written.push((partition.to_owned(), arn.to_owned()));
        }
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
                StringPosition::ConditionValue { .. } | StringPosition::Value(_)
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
            Malformed::NotKebab if self.holes.number(&meant, written).is_none() => return Some(meant),
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
        let unknown = || Unknown {
            name: name.to_owned(),
            place: here.place,
            string: written.to_owned(),
            range: range.clone(),
            site,
            acted_on: None,
            compared: None,
        };
        let number = self.holes.number(name, written);
        let Some(number) = number.or_else(|| self.implied(name, written)) else {
            // A hole that is not allowed does not need a field, nor does one in an element that policies do not have.
            if site.is_some() && here.position != StringPosition::Unknown {
                self.unknown.push(unknown());
            }
            return UNKNOWN;
        };
        let Some(fill) = self.holes.fills.get_mut(number) else {
            return UNKNOWN;
        };
        fill.met = Met::AsHole;
        let site = site.map(|site| fill.sample.map_or(site, |kind| site.of_principal(kind)));
        if let Some(site) = site
            && !fill.sites.contains(&site)
        {
            fill.sites.push(site);
        }
        let kind = fill.sample.filter(|kind| site.is_some_and(|site| site.fits(*kind)));
        if site == Some(Site::WholeResource)
            && kind.is_none()
            && matches!(fill.source, Source::Field(_) | Source::BrokenField)
        {
            let (hole, rest) = written.split_at(range.end);
            self.holes.arns.push(WholeArn {
                field: number,
                place: here.place,
                acted_on: None,
                continued: None,
                hole: hole.to_owned(),
                rest: rest.to_owned(),
            });
        }
        if site == Some(Site::ArnValue)
            && range.len() == written.len()
            && kind.is_none()
            && matches!(fill.source, Source::Field(_) | Source::BrokenField)
        {
            self.holes.compared.push(ComparedArn {
                field: number,
                place: here.place,
                compared: None,
            });
        }
        let is_known = fill.sample.is_none() || kind.is_some();
        if matches!(site, Some(Site::WholeResource | Site::ArnValue))
            && here.has_wildcards()
            && matches!(fill.source, Source::Field(_))
            && is_known
            && written.get(range.end..).is_some_and(|rest| rest.contains(['*', '?']))
        {
            self.wildcards.push(Wildcard {
                place: here.place,
                string: written.to_owned(),
                at: range.end,
                kind,
            });
        }
        if fill.source == Source::OfPolicy {
            self.of_policy.push(unknown());
        }
        match (name, &fill.source, kind) {
            ("dns-suffix", Source::DnsSuffixOf(_) | Source::OfPolicy, _) => ("amazonaws.com", 10),
            (_, _, Some(kind)) => (kind.sample(), kind.min_len()),
            _ => UNKNOWN,
        }
    }

    /// `<partition>` and `<dns-suffix>` are derived from the Region of their string, or else from the one of the policy, unless a
    /// field declares them.
    fn implied(&mut self, name: &str, written: &str) -> Option<usize> {
        let region = self.holes.region_beside(written);
        let (source, sample) = match (name, region) {
            ("partition", Some(region)) => (Source::PartitionOf(region), Some(NameKind::Partition)),
            ("partition", None) => (Source::OfPolicy, Some(NameKind::Partition)),
            ("dns-suffix", Some(region)) => (Source::DnsSuffixOf(region), None),
            ("dns-suffix", None) => (Source::OfPolicy, None),
            _ => return None,
        };
        self.holes.fills.push(Fill {
            hole: name.to_owned(),
            source,
            sites: Vec::new(),
            optional: false,
            list: false,
            sample,
            met: Met::AsHole,
        });
        Some(self.holes.fills.len() - 1)
    }

    /// Finds the field from which the partition of the policy is derived: the only Region, or else the only ARN.
    fn settle_partition(&mut self) {
        let is_whole_arn = |index: usize| self.holes.arns.iter().any(|arn| arn.field == index);
        let (mut regions, mut arns) = (Vec::new(), Vec::new());
        for (index, fill) in self.holes.fills.iter().enumerate() {
            if fill.optional || fill.list || !matches!(fill.source, Source::Field(_)) {
                continue;
            }
            match fill.sample {
                Some(NameKind::Region) => regions.push(index),
                Some(NameKind::Arn(_)) => arns.push(index),
                None if is_whole_arn(index) => arns.push(index),
                _ => {}
            }
        }
        let only = match (regions.as_slice(), arns.as_slice()) {
            ([only], _) | ([], [only]) => Some(*only),
            _ => None,
        };
        if let Some(only) = only {
            self.holes.partition_of = Some(only);
            for fill in &mut self.holes.fills {
                if fill.source == Source::OfPolicy {
                    fill.source = match &*fill.hole {
                        "partition" => Source::PartitionOf(only),
                        _ => Source::DnsSuffixOf(only),
                    };
                }
            }
        } else {
            self.unknown.append(&mut self.of_policy);
            let place = |hole: &Unknown| (hole.place.start, hole.range.start);
            sort(&mut self.unknown, |one, other| place(one).cmp(&place(other)));
        }
        // A field that is needed for its partition alone has its place, too.
        let needed: Vec<usize> = self.holes.fills.iter().filter_map(Fill::partition_of).collect_vec();
        for field in needed {
            if let Some(fill) = self.holes.fills.get_mut(field) {
                fill.met = Met::AsHole;
            }
        }
    }
}

/// The sample and the minimum length of a hole of unknown type.
const UNKNOWN: (&str, usize) = (Text::UNKNOWN, 0);

/// What the actions of the statement whose `Resource` has a string at this place apply to.
fn acted_on(root: &Node<'_>, place: Place, hole: &str, rest: &str) -> Option<ActedOn> {
    ActedOn::of(&actions_on(root, place)?, hole, rest)
}

/// The actions of the statement whose `Resource` has a string at this place.
fn actions_on<'n>(root: &'n Node<'_>, place: Place) -> Option<Vec<&'n str>> {
    let statements = root.member("Statement")?.as_list();
    let has = |node: &&Node<'_>| {
        let resources = node.member("Resource").map(Node::as_list).unwrap_or_default();
        resources.iter().any(|resource| resource.place == place)
    };
    let actions = statements.iter().find(has)?.member("Action")?.as_list();
    let actions = actions.iter().filter_map(|action| Some(action.as_text()?.written()));
    Some(actions.collect_vec())
}
