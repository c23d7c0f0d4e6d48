//! ARN formats as AWS's service authorization reference has them: `arn:${Partition}:sqs:${Region}:${Account}:${QueueName}`.

use std::ops::Range;

use crate::arn::{ArnFormat, Field};
use crate::check::facts::{Placeholder, Style};
use crate::check::own_type::with_holes;
use crate::check::words::listed;
use crate::document::{Place, Text};
use crate::finding::{Code, Finding};
use crate::hole::{Site, StringContext, StringPosition, bracketed};
use crate::names::NameKind;

/// The one mistake of a text whose placeholders are those of an ARN format: the reference was copied, not filled in.
pub(super) fn of_format(place: Place, text: &Text<'_>, found: &[Placeholder]) -> Option<Finding> {
    let [first, .., last] = found else { return None };
    let filled = text.filled();
    let format = ArnFormat::parse(filled).ok()?;
    let fields = [
        (Field::Partition, "${Partition}"),
        (Field::Region, "${Region}"),
        (Field::Account, "${Account}"),
    ];
    let is_copied = fields.iter().any(|(field, variable)| format.field(*field) == *variable);
    let is_of_reference = |placeholder: &Placeholder| placeholder.style == Style::Dollar;
    let variables = filled.matches("${").count();
    if !is_copied || !text.holes().is_empty() || variables != found.len() || !found.iter().all(is_of_reference) {
        return None;
    }
    let mut arn = with_holes(format);
    // Those of any Region are in any partition.
    if format.field(Field::Region).starts_with("${")
        && let Some((_, rest)) = arn.strip_prefix("arn:").and_then(|fields| fields.split_once(':'))
    {
        arn = format!("arn:<partition>:{rest}");
    }
    let part = first.range.start..last.range.end;
    let what = format!("`{filled}` is an ARN format of AWS's reference, whose placeholders were not filled in");
    Some(
        Finding::new(Code::UnfilledPlaceholder, place, what)
            .about(filled.get(first.range.clone()).unwrap_or_default())
            .part(text, part)
            .note("AWS reads them as literal text: it rejects the policy, or accepts it, but nothing matches")
            .with_help(format!(
                "replace each `${{...}}` with its value; in `policy!` write `{arn}`, and declare {}",
                fields_of(&arn)
            )),
    )
}

/// The fields that fill the holes of an ARN, with their types.
fn fields_of(arn: &str) -> String {
    let context = StringContext {
        position: StringPosition::Resource { negated: false },
        effect: None,
        place: Place::default(),
    };
    let mut fields = Vec::new();
    let holes = bracketed(arn);
    let is_region = |range: &Range<usize>| context.site(arn, range) == Ok(Site::ArnRegion);
    let has_region = holes.iter().any(|hole| is_region(&hole.range));
    for hole in &holes {
        let Ok(site) = context.site(arn, &hole.range) else {
            continue;
        };
        // It follows from the Region.
        if site == Site::ArnPartition && has_region {
            continue;
        }
        let kind = site.proposed().unwrap_or(NameKind::ResourceName);
        let name = arn.get(hole.range.clone()).unwrap_or_default();
        let name = name.trim_matches(['<', '>']).replace('-', "_");
        fields.push(format!("`{name}: {}`", kind.type_name()));
    }
    listed::all(&fields)
}
