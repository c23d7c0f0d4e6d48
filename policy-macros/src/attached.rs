//! `#[attached_to("AWS::S3::Bucket")]`: what a resource policy is attached to.

use std::ops::Range;

use policy_core::policy::{AttachedTo, Kind};
use policy_core::spelling::nearest;

use crate::header::Header;
use crate::report::{Mistake, Report};
use crate::token::{Cursor, Delimiter, place};

/// The attribute's value.
pub struct Attachment {
    /// The resource type.
    pub resource: AttachedTo,
    attribute: Range<usize>,
}

/// Reads what follows the attribute's name; `earlier` is the value of another such attribute.
pub fn read(
    attribute: &mut Cursor<'_>,
    whole: Range<usize>,
    earlier: Option<&Attachment>,
) -> Result<Attachment, Mistake> {
    const FORM: &str = "write `#[attached_to(\"AWS::S3::Bucket\")]`";
    let whole_place = place(whole.clone());
    if let Some(earlier) = earlier {
        return Err(Mistake::new(
            whole_place,
            format!("the policy is already attached to `{}`", earlier.resource),
        )
        .help("remove one of the two attributes; for several resource types, write several policies"));
    }
    let Some(mut inside) = attribute.group(Delimiter::Parenthesis) else {
        return Err(Mistake::new(whole_place, "`#[attached_to]` does not name a resource type").help(FORM));
    };
    let name_place = inside.here();
    let Some(name) = inside.string() else {
        return Err(Mistake::new(
            name_place,
            format!("expected a resource type in quotes, found {}", inside.found()),
        )
        .help(FORM));
    };
    let Ok(resource) = name.parse::<AttachedTo>() else {
        let mistake = Mistake::new(name_place, format!("`#[attached_to]` does not support `{name}`"));
        return Err(
            match nearest(&name, AttachedTo::ALL.iter().copied().map(AttachedTo::name)) {
                Some(meant) => mistake.help(format!("write `\"{meant}\"`")),
                None => mistake.help(
                    "`policy_core::policy::AttachedTo` lists the types; for any other type, remove the attribute",
                ),
            },
        );
    };
    inside.eat(',');
    if inside.is_done() {
        Ok(Attachment {
            resource,
            attribute: whole,
        })
    } else {
        Err(Mistake::new(inside.here(), format!("unexpected {}", inside.found())).help(FORM))
    }
}

/// Reports an attribute on a policy that is attached to no resource.
pub fn check(header: &Header, report: &mut Report) {
    let Some(attachment) = &header.attached_to else { return };
    if header.kind == Kind::Resource || !header.kind_is_sure {
        return;
    }
    report.push(
        Mistake::new(
            place(attachment.attribute.clone()),
            format!(
                "{} is not attached to a resource of type `{}`",
                header.kind, attachment.resource
            ),
        )
        .help("remove the attribute, which is for a `ResourcePolicy`"),
    );
}
