//! The ARNs that a condition compares with: what a hole whose type the checker does not see has to be filled with.

use super::Options;
use super::facts::{Facts, KeyArns};
use super::words::listed;
use crate::arn::ArnFormat;
use crate::collected::CollectVec;
use crate::document::{Document, Node, Place};
use crate::names::ArnKind;
use crate::policy::Kind;

/// The ARNs that the key of a condition can have.
#[derive(Clone, Debug)]
pub struct Compared {
    /// Their formats.
    pub formats: Vec<ArnFormat<'static>>,
    /// What they are, as a clause.
    pub values: String,
    /// What comes of another ARN, as a clause: AWS does not tell.
    pub never: String,
    /// What to write.
    pub help: String,
    /// The type to write, if they are of one.
    pub kind: Option<ArnKind>,
}

impl Compared {
    /// Those of the condition that compares with the string at this place, where they are of one type of resource or of one service.
    pub fn at(root: &Node<'_>, place: Place) -> Option<Self> {
        let document = Document::new(root.clone());
        let options = Options::new();
        let facts = Facts::of(&document, Kind::Resource, &options);
        let is_here = |node: &Node<'_>| node.place == place;
        let mut here = None;
        for statement in &facts.statements {
            for condition in &statement.conditions {
                if here.is_none() && condition.value.as_list().iter().any(is_here) {
                    here = Some((statement, condition));
                }
            }
        }
        let (statement, condition) = here?;
        let arns = KeyArns::of(statement, condition)?;
        let key = condition.key.written();
        let (values, kind, help) = match &arns {
            KeyArns::Held(held) => {
                let kind = ArnKind::of_format(held.format);
                (
                    format!("the values of `{key}` are ARNs of resources of type `{}`", held.name),
                    kind,
                    match kind {
                        Some(kind) => format!("write `{}`", kind.type_name()),
                        None => "write the type of such an ARN".to_owned(),
                    },
                )
            }
            KeyArns::Sent(services) => {
                let names = listed::one_of(&services.iter().map(listed::quoted).collect_vec());
                (
                    format!("the principal's requests have ARNs of {names}"),
                    None,
                    format!("write the type of the ARN of the resource of {names} that causes the request"),
                )
            }
        };
        Some(Self {
            formats: arns.formats(),
            values,
            never: format!("AWS accepts it, but no value of `{key}` matches it"),
            help,
            kind,
        })
    }
}
