//! The mistakes about fields and holes as a whole: those of a wrong type, holes without a field, fields without a hole.

use policy_core::__macro::v1::check::Compared;
use policy_core::__macro::v1::hole::{Site, kebab};
use policy_core::names::NameKind;
use policy_core::policy::Kind;
use policy_core::spelling::nearest;

use super::{Holes, Met, Unknown};
use crate::header::Field;
use crate::report::{Mistake, Report};

/// The fields whose types can never fit, with the type to write.
pub(super) fn broken(fields: &[Field], holes: &Holes, report: &mut Report) {
    for (index, field) in fields.iter().enumerate() {
        let Some(mistake) = &field.broken else { continue };
        let site = holes.get(index).and_then(|fill| fill.sites.first());
        let acted_on = holes
            .arns
            .iter()
            .find(|arn| arn.field == index)
            .and_then(|arn| arn.acted_on.as_ref());
        let compared = holes
            .compared
            .iter()
            .find(|arn| arn.field == index)
            .and_then(|arn| arn.compared.as_ref());
        let mistake = mistake.clone();
        if mistake.lines.iter().any(|line| line.starts_with("= help")) {
            report.push(mistake);
            continue;
        }
        if let (None, Some(compared)) = (acted_on, compared) {
            report.push(mistake.note(&compared.values).help(&compared.help));
            continue;
        }
        let write = if field.has_no_type() {
            format!("give `{}` the type", field.name.text)
        } else {
            "write".to_owned()
        };
        let of_value = if field.has_no_type() { &*write } else { "write the type" };
        report.push(match (acted_on, site.and_then(|site| site.proposed())) {
            (Some(acted_on), _) => mistake.note(&acted_on.applies).help(acted_on.help(&write)),
            (None, Some(kind)) => mistake.help(format!("{write} `{}`", kind.type_name())),
            (None, None) if matches!(site, Some(Site::WholeResource | Site::ArnValue)) => {
                mistake.help(format!("{of_value} of the ARN, such as `QueueArn` or `BucketArn`"))
            }
            (None, None) => mistake.help(format!(
                "{of_value} of the value, such as `AccountId`, `Region` or `BucketName`; `ResourceName` if no other fits"
            )),
        });
    }
}

/// The holes of a template that have no field, each name once.
pub(super) fn undeclared(unknown: &[Unknown], fields: &[Field], holes: &Holes, report: &mut Report) {
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
            let kind = proposed(hole);
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
            partition_help(mistake, fields, holes)
        } else if let Some(meant) = misspelt(&hole.name, holes) {
            let right = kebab(meant);
            if right == meant {
                mistake.help(format!("write `<{meant}>`"))
            } else {
                // No hole has the name of such a field.
                let (field, renamed) = (snake(meant), snake(&right));
                mistake.help(format!(
                    "rename the field `{field}` to `{renamed}`, and write `<{right}>`"
                ))
            }
        } else if let Some(field) = other_name(unknown, fields, holes) {
            let (field, meant) = (&field.name.text, field.name.text.replace('_', "-"));
            mistake.help(format!(
                "write `<{meant}>`, which the field `{field}` fills, or give the field the name `{}`",
                snake(&hole.name)
            ))
        } else {
            declare(mistake, hole)
        };
        report.push(mistake);
        said.push(key);
    }
}

/// The field that was most likely meant by the holes without one, under another name: the only one that fills no hole, if they are one
/// name and its type fits their places.
fn other_name<'f>(unknown: &[Unknown], fields: &'f [Field], holes: &Holes) -> Option<&'f Field> {
    let first = unknown.first()?;
    let mut idle = fields
        .iter()
        .zip(&holes.fills)
        .filter(|(_, fill)| fill.met == Met::Never);
    let (field, fill) = idle.next().filter(|_| idle.next().is_none())?;
    let is_right = |hole: &Unknown| {
        let is_applied = |kind: NameKind| match (&hole.acted_on, kind) {
            (Some(acted_on), NameKind::Arn(kind)) => {
                acted_on.formats.iter().any(|format| format.as_str() == kind.format())
            }
            _ => true,
        };
        let fits = |kind: NameKind| hole.site.is_some_and(|site| site.fits(kind)) && is_applied(kind);
        hole.name == first.name && fill.sample.is_some_and(fits)
    };
    unknown.iter().all(is_right).then_some(field)
}

fn misspelt<'h>(name: &str, holes: &'h Holes) -> Option<&'h str> {
    nearest(
        name,
        holes
            .fills
            .iter()
            .filter(|fill| fill.met != Met::AsHole)
            .map(|fill| fill.hole.as_str()),
    )
}

/// The holes of a policy that has no fields: one mistake, with the template to write.
pub(super) fn without_fields(unknown: &[Unknown], constant: Option<&str>, kind: Kind, report: &mut Report) {
    let Some(first) = unknown.first() else { return };
    let mut fields = String::new();
    let mut said: Vec<String> = Vec::new();
    let has_region = unknown.iter().any(|hole| hole.site == Some(Site::ArnRegion));
    let mut respelt = String::new();
    for hole in unknown {
        let stem = stem(&hole.name);
        let name = stem.map_or_else(|| hole.name.clone(), plural);
        let shown = hole.string.get(hole.range.clone()).unwrap_or_default();
        let right = format!("`<{}>` for `{shown}`", hole.name);
        if shown != format!("<{}>", hole.name) && !respelt.contains(&right) {
            respelt.push_str(if respelt.is_empty() { ", and write " } else { ", " });
            respelt.push_str(&right);
        }
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
                "write the value, or declare a field for each hole: `struct {name}: {} {{ {fields} }} {{ ... }}`{respelt}",
                kind.type_name()
            )),
    );
}

/// The field to declare for a hole.
fn declare(mistake: Mistake, hole: &Unknown) -> Mistake {
    let name = snake(&hole.name);
    if let Some(Compared {
        values,
        kind: Some(kind),
        ..
    }) = &hole.compared
    {
        return mistake
            .note(values)
            .help(format!("declare the field `{name}: {}`", kind.type_name()));
    }
    match &hole.acted_on {
        Some(acted_on) if acted_on.types.is_empty() => mistake.note(&acted_on.applies).help(acted_on.help("write")),
        Some(acted_on) => mistake
            .note(&acted_on.applies)
            .help(acted_on.help(&format!("declare the field `{name}`, with the type"))),
        None => mistake.help(format!("declare the field `{name}: {}`", proposed(hole))),
    }
}

/// Says which partition is meant.
fn partition_help(mistake: Mistake, fields: &[Field], holes: &Holes) -> Mistake {
    // Only a Region fits there, so the alias is one of it.
    let mut unknown = fields.iter().zip(&holes.fills);
    let unseen =
        unknown.find(|(field, fill)| field.kind.is_none() && fill.sites.contains(&Site::ArnRegion) && !fill.list);
    if let Some((field, _)) = unseen {
        let (name, alias) = (&field.name.text, &field.element_name);
        return mistake
            .note(format!(
                "the partition is derived from a field of type `Region`, and `policy!` does not see what `{alias}` is"
            ))
            .help(format!("write the type itself: `{name}: Region`"));
    }
    mistake.help(partition_source(holes))
}

/// The field from which the partition can be derived.
fn partition_source(holes: &Holes) -> &'static str {
    let (mut regions, mut arns, mut has_any) = (0, 0, false);
    for fill in &holes.fills {
        let is_arn = matches!(fill.sample, Some(NameKind::Arn(_)));
        regions += usize::from(fill.determines_partition(NameKind::Region));
        arns += usize::from(is_arn);
        has_any |= is_arn || fill.sample == Some(NameKind::Region);
    }
    if regions > 1 {
        "declare `partition: Partition`: several fields are Regions, and this string has none of them"
    } else if arns > 1 {
        "declare `partition: Partition`, or `region: Region`, from which it is derived: several fields are ARNs"
    } else if has_any {
        "declare `partition: Partition`; the partition is derived from a field only if it is not an `Option` or a list"
    } else {
        "declare `region: Region`, from which the value is derived, or `partition: Partition`"
    }
}

fn proposed(hole: &Unknown) -> &'static str {
    let by_name = match &*hole.name {
        "partition" => Some(NameKind::Partition),
        "region" => Some(NameKind::Region),
        "account-id" | "account" => Some(NameKind::AccountId),
        _ => None,
    };
    if let Some(Compared { kind: Some(kind), .. }) = &hole.compared {
        return kind.type_name();
    }
    match hole.site {
        Some(Site::WholeResource | Site::ArnValue) => "QueueArn",
        Some(site) => site
            .proposed()
            .or(by_name)
            .unwrap_or(NameKind::ResourceName)
            .type_name(),
        None => by_name.unwrap_or(NameKind::ResourceName).type_name(),
    }
}

/// The fields that do not fill a hole.
pub(super) fn unused(fields: &[Field], holes: &Holes, unknown: &[Unknown], report: &mut Report) {
    for (field, fill) in fields.iter().zip(&holes.fills) {
        // If a hole is misspelt, or has another name, the message at the hole is enough.
        let is_other_name = other_name(unknown, fields, holes).is_some_and(|other| other.name.text == field.name.text);
        let meant = is_other_name
            || unknown.iter().any(|hole| {
                misspelt(&hole.name, holes) == Some(&fill.hole)
                    || stem(&hole.name).is_some_and(|stem| plural(stem) == fill.hole || stem == fill.hole)
            });
        if fill.met == Met::Never && !meant {
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

pub(super) fn snake(hole: &str) -> String {
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
