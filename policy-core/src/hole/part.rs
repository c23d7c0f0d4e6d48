//! The site of a hole in the last field of an ARN: what its place in the ARN says of its type.

use std::ops::Range;

use super::Site;
use crate::arn::{ArnFormat, Field, Piece};
use crate::names::ArnKind;

/// The site of a hole in the last field of an ARN.
pub(super) fn in_resource(service: &str, resource: &str, hole: Range<usize>) -> Site {
    let (Some(before), Some(after)) = (resource.get(..hole.start), resource.get(hole.end..)) else {
        return Site::InArn;
    };
    RESOURCES
        .iter()
        .find(|row| {
            row.service == service
                && row.before == before
                && (after.is_empty() || row.after.iter().any(|end| after.starts_with(end)))
        })
        .map_or_else(|| by_format(service, resource, &hole), |row| row.site)
}

/// The site of a hole by the formats of the types of ARNs: where it is all of a variable, that of the variable's type.
fn by_format(service: &str, resource: &str, hole: &Range<usize>) -> Site {
    let mut kinds = ArnKind::ALL.iter().filter_map(|kind| {
        let format = ArnFormat::parse(kind.format()).ok()?;
        (format.field(Field::Service) == service).then_some((kind, format))
    });
    let kind = kinds.find_map(|(kind, format)| kind.part(variable(format, resource, hole)?));
    match kind {
        Some(kind) if !kind.is_of_any_resource() => Site::Part(kind),
        _ => Site::InArn,
    }
}

/// The number of the part of a format that a hole of a resource fills as a whole.
fn variable(format: ArnFormat<'_>, resource: &str, hole: &Range<usize>) -> Option<usize> {
    let mut pieces = format.pieces(Field::Resource).peekable();
    let (mut at, mut part) = (0, 0);
    while let Some(piece) = pieces.next() {
        let rest = resource.get(at..)?;
        match piece {
            Piece::Literal(text) => {
                rest.strip_prefix(text)?;
                at += text.len();
            }
            Piece::Variable(name) => {
                // A path is a part of its own, before the name.
                part += usize::from(name.ends_with("WithPath"));
                let next = match pieces.peek() {
                    Some(Piece::Literal(next)) => *next,
                    _ => "",
                };
                if at == hole.start {
                    let after = resource.get(hole.end..)?;
                    let is_whole = after.is_empty() || !next.is_empty() && after.starts_with(next);
                    return is_whole.then_some(part);
                }
                at += rest.find(next).filter(|_| !next.is_empty())?;
                part += 1;
            }
        }
    }
    None
}

/// The prefix of a resource that a name of one type follows, and the texts that may follow the name.
struct Row {
    service: &'static str,
    before: &'static str,
    after: &'static [&'static str],
    site: Site,
}

/// Source: the ARN formats of the service authorization reference, such as
/// <https://docs.aws.amazon.com/service-authorization/latest/reference/list_secretsmanager.html#list_secretsmanager-resources-for-iam-policies>
const RESOURCES: &[Row] = &[
    Row {
        service: "secretsmanager",
        before: "secret:",
        after: &[],
        site: Site::SecretInArn,
    },
    Row {
        service: "s3",
        before: "",
        after: &["/"],
        site: Site::BucketInArn,
    },
    Row {
        service: "kms",
        before: "key/",
        after: &[],
        site: Site::KeyInArn,
    },
    Row {
        service: "kms",
        before: "",
        after: &[],
        site: Site::AliasInArn,
    },
    Row {
        service: "iam",
        before: "role/",
        after: &[],
        site: Site::RoleInArn,
    },
    Row {
        service: "iam",
        before: "oidc-provider/",
        after: &[],
        site: Site::Issuer,
    },
    Row {
        service: "logs",
        before: "log-group:",
        after: &[":"],
        site: Site::LogGroupInArn,
    },
    Row {
        service: "ecr",
        before: "repository/",
        after: &[],
        site: Site::RepositoryInArn,
    },
];
