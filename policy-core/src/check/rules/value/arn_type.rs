//! ARNs of another type of resource than those that a key has: a queue's for `ecs:cluster`.

use super::words::{finding, never};
use crate::arn::{ArnPattern, write};
use crate::catalogue;
use crate::check::facts::{ConditionFacts, KeyArns, NoSource, Operand, StatementFacts, field_faults, type_of};
use crate::check::rules::resource::{Wanted, meant};
use crate::check::words::{catalogue_note, listed};
use crate::finding::{Code, Finding};
use crate::names::{ArnKind, NameKind};

pub(super) fn unfit(
    statement: &StatementFacts<'_>,
    condition: &ConditionFacts<'_>,
    operand: &Operand<'_>,
) -> Option<Finding> {
    let arn = ArnPattern::parse(operand.value).ok()?;
    // What is wrong with one of the first fields is a mistake by itself.
    catalogue::service(arn.service().as_str())?;
    let Some(arns) = KeyArns::of(statement, condition).filter(|arns| !arns.fit(&arn)) else {
        return of_no_source(statement, condition, operand, &arn);
    };
    let is = is_of(operand, &arn);
    let found =
        |what: String| finding(operand, Code::TypeMismatchArn, format!("{is}, but {what}")).note(never(condition));
    let held = match &arns {
        KeyArns::Held(held) => held,
        KeyArns::Sent(services) => {
            let names = listed::one_of(&services.iter().map(listed::quoted).collect::<Vec<_>>());
            return Some(
                found(format!("the principal's requests have ARNs of {names}"))
                    .with_help(format!(
                        "write the ARN of the resource of {names} that causes the request"
                    ))
                    .note(catalogue_note()),
            );
        }
    };
    let what = format!(
        "the values of `{}` are ARNs of resources of type `{}`",
        condition.key.written(),
        held.name
    );
    let text = operand.text?;
    let hole = write::whole(text, &arn).filter(|_| text.written().starts_with('<'));
    let kind = ArnKind::of_format(held.format);
    Some(
        found(what)
            .with_help(match (hole, kind) {
                (Some(hole), Some(kind)) => {
                    let field = hole.name.replace('-', "_");
                    format!("give the field `{field}` the type `{}`", kind.type_name())
                }
                _ => format!("write such an ARN, `{}`", write::arn(held.format, text, &arn)),
            })
            .note(catalogue_note()),
    )
}

/// The ARN of a source that no resource of its service has. Of most services no page says that they send the ARNs of the reference only.
fn of_no_source(
    statement: &StatementFacts<'_>,
    condition: &ConditionFacts<'_>,
    operand: &Operand<'_>,
    arn: &ArnPattern<'_>,
) -> Option<Finding> {
    let text = operand.text?;
    let source = NoSource::of(statement, condition, arn)?;
    // What is wrong with one of the first fields is a mistake by itself.
    if field_faults(text, arn).next().is_some() {
        return None;
    }
    let service = arn.service().as_str();
    let what = format!("no resource of `{service}` has an ARN like `{}`", operand.written);
    let finding = finding(operand, Code::ArnMatchesNoResourceType, what)
        .note(never(condition))
        .note(catalogue_note())
        .with_help(meant(text, arn, &Wanted::only(source.formats)))
        .dead(source.is_settled);
    Some(if source.is_settled {
        finding
    } else {
        finding.allow_if(format!("a page of AWS has such an ARN as a source of `{service}`"))
    })
}

/// What the ARN is, by the hole that it fills or by itself.
fn is_of(operand: &Operand<'_>, arn: &ArnPattern<'_>) -> String {
    let written = operand.written;
    if written.starts_with('<')
        && let Some(kind) = ArnKind::of_sample(operand.value)
    {
        return format!("`{written}` is {}", NameKind::Arn(kind).noun());
    }
    match type_of(arn) {
        Some((kind, _)) => format!("`{written}` is of type `{}`", kind.name()),
        None => format!("`{written}` is an ARN of `{}`", arn.service().as_str()),
    }
}
