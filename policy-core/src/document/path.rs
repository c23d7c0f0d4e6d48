//! The path from a document's root to a value.

use std::fmt;

use super::{Node, Place, Value};

/// The path from a document's root to a value. Displayed as a JSON Pointer (RFC 6901): `/Statement/0/Action/1`.
///
/// ```
/// use policy_core::document::{Document, Step};
/// use policy_core::policy::Kind;
///
/// let document = Document::read(r#"{ "Version": "2012-10-17", "Statement": [
///     { "Effect": "Allow", "Action": ["s3:GetObject", "s3:GetObjct"], "Resource": "*" }] }"#)?;
/// let findings = policy_core::check::check(&document, Kind::Identity, &Default::default());
/// let path = document.path_to(findings.iter().next().unwrap().place()).unwrap();
/// assert_eq!(path.to_string(), "/Statement/0/Action/1");
/// assert_eq!(path.steps().last(), Some(&Step::Element(1)));
/// # Ok::<(), policy_core::document::SyntaxError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Path(Vec<Step>);

/// One step of a [`Path`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// To the member of an object with this name.
    Member(String),
    /// To the element of an array with this index, from 0.
    Element(usize),
}

impl Path {
    /// The steps from the root; empty for the root itself.
    #[inline]
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    #[inline]
    pub(super) fn find(root: &Node<'_>, place: Place) -> Option<Self> {
        let mut steps = Vec::new();
        search(root, place, &mut steps).then(|| {
            steps.reverse();
            Self(steps)
        })
    }
}

/// Collects the steps from `node` to the value at `place`, the last one first. Elements are in order, so that those
/// that end before it are skipped by binary search.
#[inline]
fn search(node: &Node<'_>, place: Place, steps: &mut Vec<Step>) -> bool {
    if node.place == place {
        return true;
    }
    match &node.value {
        Value::Array(elements) => {
            let first = elements.partition_point(|element| element.place.end < place.end);
            for (index, element) in elements.iter().enumerate().skip(first) {
                if element.place.start > place.start {
                    break;
                }
                if encloses(element.place, place) && search(element, place, steps) {
                    steps.push(Step::Element(index));
                    return true;
                }
            }
        }
        Value::Object(members) => {
            let first = members.partition_point(|member| member.value.place.end < place.end);
            for member in members.iter().skip(first) {
                if member.name_place.start > place.start {
                    break;
                }
                if member.name_place == place
                    || encloses(member.value.place, place) && search(&member.value, place, steps)
                {
                    steps.push(Step::Member(member.name.written().to_owned()));
                    return true;
                }
            }
        }
        _ => {}
    }
    false
}

const fn encloses(outer: Place, inner: Place) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

impl fmt::Display for Path {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for step in &self.0 {
            match step {
                Step::Member(name) => write!(f, "/{}", name.replace('~', "~0").replace('/', "~1"))?,
                Step::Element(index) => write!(f, "/{index}")?,
            }
        }
        Ok(())
    }
}
