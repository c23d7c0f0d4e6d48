//! Finds a value inside another by a JSON Pointer.

use std::fmt;

use super::{Node, Value};
use crate::collected::CollectVec;
use crate::shown::Shown;
use crate::spelling::nearest;

/// The error for a JSON Pointer that does not match a value. Displayed as the reason, with a suggestion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointerError(String);

impl fmt::Display for PointerError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Shown(&self.0))
    }
}

impl std::error::Error for PointerError {}

impl Node<'_> {
    /// The value at a JSON Pointer relative to this one; the empty pointer means this value.
    ///
    /// A pointer is a sequence of steps that each start with `/`: a member name, or the index of an element from 0. In
    /// a name `~1` represents `/` and `~0` represents `~`.
    ///
    /// Source: [RFC 6901](https://www.rfc-editor.org/rfc/rfc6901). For duplicate members, which it does not define, the
    /// last is used, as most JSON parsers do.
    ///
    /// ```
    /// use policy_core::document::Document;
    ///
    /// let template = Document::read(r#"{ "Resources": { "Role": { "Policies": [{ "Version": "2012-10-17" }] } } }"#)?;
    /// let policy = template.root().at("/Resources/Role/Policies/0").unwrap();
    /// assert_eq!(policy.to_json(), r#"{"Version":"2012-10-17"}"#);
    ///
    /// let error = template.root().at("/Resources/Rol").unwrap_err();
    /// assert_eq!(error.to_string(), "`/Resources` has no member `Rol`; did you mean `Role`?");
    /// # Ok::<(), policy_core::document::SyntaxError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The first step that does not match.
    #[inline]
    pub fn at(&self, pointer: &str) -> Result<&Self, PointerError> {
        let mut node = self;
        let mut rest = pointer;
        while !rest.is_empty() {
            let behind = pointer.strip_suffix(rest).unwrap_or_default();
            let Some(steps) = rest.strip_prefix('/') else {
                return Err(PointerError(format!(
                    "a JSON Pointer starts with `/`, as in `/Resources/Role`; `{pointer}` does not"
                )));
            };
            let (step, next) = steps.split_at(steps.find('/').unwrap_or(steps.len()));
            node = node.step(step).map_err(|why| {
                let from = if behind.is_empty() {
                    "the document".to_owned()
                } else {
                    format!("`{behind}`")
                };
                PointerError(format!("{from} {why}"))
            })?;
            rest = next;
        }
        Ok(node)
    }

    /// Takes one step of a pointer, or returns why it does not match.
    #[inline]
    fn step(&self, step: &str) -> Result<&Self, String> {
        match &self.value {
            Value::Object(members) => {
                let name = unescape(step)?;
                self.member(&name).ok_or_else(|| {
                    let names = members.iter().map(|member| member.name.written());
                    match nearest(&name, names) {
                        Some(meant) => format!("has no member `{name}`; did you mean `{meant}`?"),
                        None if members.is_empty() => format!("is an empty object; leave `/{name}` out of the pointer"),
                        None => {
                            let first = members
                                .iter()
                                .take(FEW)
                                .map(|member| format!("`{}`", member.name.written()));
                            let more = if members.len() > FEW { ", ..." } else { "" };
                            let list = first.collect_vec().join(", ");
                            format!("has no member `{name}`; write one of its members, {list}{more}")
                        }
                    }
                })
            }
            Value::Array(elements) => {
                let index = index(step).ok_or_else(|| {
                    format!("is an array with elements numbered from `0`, and `{step}` is not such a number; write one, such as `0`")
                })?;
                elements.get(index).ok_or_else(|| match elements.len() {
                    0 => "is an empty array".to_owned(),
                    count => format!("has no element `{step}`: the last is `{}`", count - 1),
                })
            }
            _ => Err(format!("is {}, which contains no values", self.type_name())),
        }
    }
}

/// The number of members that an error lists.
const FEW: usize = 8;

/// A member name with its escapes of `~` and `/` replaced.
#[inline]
fn unescape(step: &str) -> Result<String, String> {
    let mut parts = step.split('~');
    let mut name = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (character, rest) = match (part.strip_prefix('0'), part.strip_prefix('1')) {
            (Some(rest), _) => ('~', rest),
            (_, Some(rest)) => ('/', rest),
            _ => {
                return Err(format!(
                    "has no member `{step}`: in a JSON Pointer `~` is written `~0`, and `/` in a name `~1`"
                ));
            }
        };
        name.push(character);
        name.push_str(rest);
    }
    Ok(name)
}

/// The index of an element: digits without leading zeros.
#[inline]
fn index(step: &str) -> Option<usize> {
    let is_number = step.bytes().all(|byte| byte.is_ascii_digit()) && (step == "0" || !step.starts_with('0'));
    step.parse().ok().filter(|_| is_number)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use crate::document::Document;

    /// The document and the pointers of RFC 6901, section 5.
    #[test]
    fn the_pointers_of_the_rfc_lead_where_it_says() {
        let text = r#"{ "foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, "k\"l": 6, " ": 7, "m~n": 8 }"#;
        let document = Document::read(text).unwrap();
        let at = |pointer: &str| document.root().at(pointer).unwrap().to_json();
        assert_eq!(at(""), document.to_json());
        assert_eq!(at("/foo"), r#"["bar","baz"]"#);
        assert_eq!(at("/foo/0"), r#""bar""#);
        let pointers = ["/", "/a~1b", "/c%d", "/e^f", "/g|h", "/i\\j", "/k\"l", "/ ", "/m~0n"];
        for (value, pointer) in pointers.into_iter().enumerate() {
            assert_eq!(at(pointer), value.to_string(), "{pointer}");
        }
    }

    #[test]
    fn a_pointer_that_leads_nowhere_says_how_far_it_led() {
        let document = Document::read(r#"{ "a": { "list": ["x"], "none": [] }, "~1": 0 }"#).unwrap();
        for (pointer, error) in [
            (
                "a",
                "a JSON Pointer starts with `/`, as in `/Resources/Role`; `a` does not",
            ),
            ("/b/c", "the document has no member `b`; did you mean `a`?"),
            (
                "/Resources",
                "the document has no member `Resources`; write one of its members, `a`, `~1`",
            ),
            ("/a/list/1", "`/a/list` has no element `1`: the last is `0`"),
            ("/a/none/0", "`/a/none` is an empty array"),
            ("/a/list/0/z", "`/a/list/0` is a string, which contains no values"),
            (
                "/a~1list",
                "the document has no member `a/list`; write one of its members, `a`, `~1`",
            ),
            (
                "/~",
                "the document has no member `~`: in a JSON Pointer `~` is written `~0`, and `/` in a name `~1`",
            ),
        ] {
            assert_eq!(document.root().at(pointer).unwrap_err().to_string(), error, "{pointer}");
        }
        for step in ["-", "00", "01", "+0", "", "1e0", "99999999999999999999999"] {
            let error = document.root().at(&format!("/a/list/{step}")).unwrap_err();
            assert!(error.to_string().contains("is not such a number"), "{step}: {error}");
        }
    }

    #[test]
    fn of_two_members_with_one_name_the_last_is_meant() {
        let document = Document::read(r#"{ "a": 1, "a": 2 }"#).unwrap();
        assert_eq!(document.root().at("/a").unwrap().to_json(), "2");
    }
}
