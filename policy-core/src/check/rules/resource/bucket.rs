//! More of a bucket's name than a bucket can have: `<bucket>AWSLogs/*` for `<bucket>/AWSLogs/*`.

use std::ops::Range;

use crate::arn::{ArnPattern, Field};
use crate::check::facts::{Facts, ResourceRef, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::ArnMatchesNoResourceType],
    run: Run::Statement(check),
};

fn check(_: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    statement.resources.iter().filter_map(lengthened).collect_vec()
}

/// No finding is about a bucket whose name is written: those of before March 2018 can have capital letters and be longer. A hole is the name
/// of a bucket or its ARN, and no bucket has the name that begins with it and goes on in capital letters.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html>
fn lengthened(resource: &ResourceRef<'_>) -> Option<Finding> {
    // Asked first, for most resources have no holes.
    let (text, arn) = (
        resource.text,
        resource.arn().filter(|_| !resource.text.holes().is_empty())?,
    );
    let name = of_bucket(&arn)?;
    let hole = text.holes().iter().find(|hole| {
        let is_known = !text.has_unknown_in(&hole.written);
        is_known && hole.filled.start <= name.start && name.start < hole.filled.end && hole.filled.end < name.end
    })?;
    let more = hole.filled.end..name.end;
    let written = text.filled().get(more.clone())?;
    if !written.starts_with(|first: char| first.is_ascii_uppercase()) || text.has_hole_in(&more) {
        return None;
    }
    let shown = text.written().get(hole.written.clone())?;
    let (start, rest) = text.written().split_at_checked(hole.written.end)?;
    Some(
        Finding::new(
            Code::ArnMatchesNoResourceType,
            resource.place,
            format!(
                "`{written}` directly behind `{shown}` is more of the name of the bucket, and no bucket has such a name"
            ),
        )
        .part(text, more)
        .about(text.written())
        .note("AWS accepts it, but it matches nothing: the name of a bucket has no capital letters")
        .with_help(format!(
            "write `{start}/{rest}` for objects whose keys begin with `{written}`"
        )),
    )
}

/// The bytes of the name of a bucket, as far as it has no wildcard.
fn of_bucket(arn: &ArnPattern<'_>) -> Option<Range<usize>> {
    let is_bucket = arn.service().as_str() == "s3" && arn.account().is_empty() && arn.region().is_empty();
    let range = arn.range(Field::Resource);
    let resource = arn.resource();
    let end = resource.as_str().find(['/', '*', '?', '$', ':']);
    is_bucket.then(|| end.map_or(range.clone(), |end| range.start..range.start + end))
}
