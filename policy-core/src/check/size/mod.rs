//! Policies larger than AWS stores.
//!
//! Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>,
//! <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>; for the quotas raised in May 2026
//! (trust policies to 8,192, SCPs to 10,240) the announcements of that month.

#[cfg(test)]
mod tests;

use std::fmt;

use crate::document::{Document, Node, Text, Value};
use crate::finding::{Code, Finding, Findings};
use crate::policy::Kind;

/// The most characters that a policy of any kind and service has: that of `CloudWatch` Logs.
/// <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html>
const LONGEST: usize = 51_200;
/// How many characters a policy may have so that its elements are compared with each other, which takes the square of them.
const COMPARED: usize = 4 * LONGEST;
/// How many characters a policy may have so that it is looked at at all.
const JUDGED: usize = 100 * LONGEST;

/// How much is judged of a policy of some size. AWS takes none for which it is less than all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Its elements, and one with another.
    All,
    /// Its elements, each by itself.
    EachByItself,
    /// That it is too large.
    SizeOnly,
}

impl Reach {
    const fn of(characters: usize) -> Self {
        if characters <= COMPARED {
            Self::All
        } else if characters <= JUDGED {
            Self::EachByItself
        } else {
            Self::SizeOnly
        }
    }

    /// What was left out.
    fn note(self) -> Option<String> {
        match self {
            Self::All => None,
            Self::EachByItself => Some(format!(
                "of a policy of more than {} characters each element is judged by itself: they were not compared with each other, \
                 nor is it looked for what unknown names were meant to be",
                Grouped(COMPARED)
            )),
            Self::SizeOnly => Some(format!(
                "of a policy of more than {} characters nothing else is judged",
                Grouped(JUDGED)
            )),
        }
    }
}

/// Says whether a policy is too large, and how much of it is judged.
pub(super) fn check(document: &Document<'_>, kind: Kind, findings: &mut Findings) -> Reach {
    let size = Size::of(document.root());
    let reach = Reach::of(size.characters);
    findings.extend(too_large(document.root(), &size, reach, kind));
    reach
}

fn too_large(root: &Node<'_>, size: &Size, reach: Reach, kind: Kind) -> Option<Finding> {
    let quota = Quota::of(kind);
    if size.characters <= quota.usual {
        return None;
    }
    let beyond_all = size.characters > quota.greatest;
    let (code, most) = if beyond_all {
        (quota.code, quota.greatest)
    } else {
        (quota.usual_code, quota.usual)
    };
    let finding = Finding::new(
        code,
        root.place,
        format!(
            "the policy has {}{} characters, and {kind} has at most {}",
            if size.is_least { "at least " } else { "" },
            Grouped(size.characters),
            Grouped(most),
        ),
    )
    .about(kind.type_name())
    .note(match kind {
        Kind::Session => "counted without white space; AWS rejects the call that passes a larger one",
        Kind::ServiceControl | Kind::ResourceControl => {
            "counted without white space, which the API counts too; AWS rejects a larger one when it is saved"
        }
        _ => "counted without white space; AWS rejects a larger one when it is saved",
    })
    .dead(quota.is_certain);
    let finding = reach.note().into_iter().fold(finding, Finding::note);
    Some(if beyond_all {
        finding.help(quota.beyond_all)
    } else {
        finding.help(quota.beyond_usual).allow_if(quota.fits_if)
    })
}

struct Quota {
    /// Of what is larger than the greatest.
    code: Code,
    /// Of what is larger than the usual only.
    usual_code: Code,
    /// What every account has, and every way to attach the policy takes.
    usual: usize,
    /// What no account exceeds.
    greatest: usize,
    /// Whether AWS certainly rejects what is larger than the greatest.
    is_certain: bool,
    beyond_usual: &'static str,
    /// When what is larger than the usual is right.
    fits_if: &'static str,
    beyond_all: &'static str,
}

impl Quota {
    const fn of(kind: Kind) -> Self {
        match kind {
            Kind::Identity => Self {
                code: Code::PolicySizeExceedsIdentityPolicyQuota,
                usual_code: Code::PolicySizeExceedsManagedPolicyQuota,
                usual: 6_144,
                greatest: 10_240,
                is_certain: true,
                beyond_usual: "split it, or embed it in a role, whose inline policies may have 10,240 characters together",
                fits_if: "it is to be embedded in a role",
                beyond_all: "split it: a managed policy takes 6,144 characters, the inline policies of a role 10,240 together",
            },
            Kind::Trust => Self {
                code: Code::PolicySizeExceedsRoleTrustPolicyQuota,
                usual_code: Code::PolicySizeExceedsRoleTrustPolicyQuota,
                usual: 2_048,
                greatest: 8_192,
                is_certain: true,
                beyond_usual: "join statements that differ in their principals only, or ask Service Quotas for a longer role \
                               trust policy, at most 8,192 characters",
                fits_if: "the account has a larger quota",
                beyond_all: "no account has a larger quota; make a second role",
            },
            Kind::Resource => Self {
                code: Code::PolicySizeExceedsResourcePolicyQuota,
                usual_code: Code::PolicySizeExceedsResourcePolicyQuota,
                usual: 20_480,
                greatest: 20_480,
                // The services differ: a key policy may have 32 KB, a policy of CloudWatch Logs 51,200 characters.
                is_certain: false,
                beyond_usual: "",
                fits_if: "",
                beyond_all: "most services take 20,480 characters; grant to fewer principals here, or to an organization by \
                             `aws:PrincipalOrgID`",
            },
            Kind::Session => Self::hard(
                Code::PolicySizeExceedsSessionPolicyQuota,
                2_048,
                "pass the ARNs of managed policies with `PolicyArns` instead",
            ),
            Kind::ServiceControl => Self::hard(
                Code::PolicySizeExceedsScpQuota,
                10_240,
                "split it: ten policies can be attached to each root, unit and account",
            ),
            Kind::ResourceControl => Self::hard(
                Code::PolicySizeExceedsRcpQuota,
                5_120,
                "split it and attach both policies",
            ),
        }
    }

    const fn hard(code: Code, greatest: usize, beyond_all: &'static str) -> Self {
        Self {
            code,
            usual_code: code,
            usual: greatest,
            greatest,
            is_certain: true,
            beyond_usual: "",
            fits_if: "",
            beyond_all,
        }
    }
}

/// How many characters the document has when it is written without white space.
struct Size {
    characters: usize,
    /// Whether it has holes, so that this is the least that it can have.
    is_least: bool,
}

impl Size {
    fn of(root: &Node<'_>) -> Self {
        let mut size = Self {
            characters: 0,
            is_least: false,
        };
        size.add(root);
        size
    }

    fn add(&mut self, node: &Node<'_>) {
        match &node.value {
            Value::Null | Value::Bool(true) => self.characters += 4,
            Value::Bool(false) => self.characters += 5,
            Value::Number(number) => self.characters += number.len(),
            Value::String(text) => self.add_text(text),
            Value::Array(elements) => {
                self.add_brackets(elements.len());
                for element in elements {
                    self.add(element);
                }
            }
            Value::Object(members) => {
                self.add_brackets(members.len());
                for member in members {
                    self.add_text(&member.name);
                    self.characters += 1;
                    self.add(&member.value);
                }
            }
        }
    }

    fn add_brackets(&mut self, elements: usize) {
        self.characters += 2 + elements.saturating_sub(1);
    }

    fn add_text(&mut self, text: &Text<'_>) {
        self.characters += 2;
        let mut rest = 0;
        for hole in text.holes() {
            self.add_characters(text.written().get(rest..hole.written.start));
            self.characters += hole.min_len;
            self.is_least = true;
            rest = hole.written.end;
        }
        self.add_characters(text.written().get(rest..));
    }

    fn add_characters(&mut self, text: Option<&str>) {
        let text = text.unwrap_or_default();
        // Without a way out of the loop, so that many bytes are looked at in one step.
        let is_plain = |plain: bool, byte: u8| plain & matches!(byte, b' ' | b'!' | b'#'..=b'[' | b']'..=b'~');
        if text.bytes().fold(true, is_plain) {
            self.characters += text.len();
            return;
        }
        for byte in text.bytes() {
            self.characters += match byte {
                b'"' | b'\\' | b'\n' | b'\r' | b'\t' => 2,
                0..=0x1F => 6,
                // The second and later bytes of a character.
                0x80..=0xBF => 0,
                _ => 1,
            };
        }
    }
}

/// A number with a comma between thousands.
struct Grouped(usize);

impl fmt::Display for Grouped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 1_000, self.0 % 1_000) {
            (0, rest) => write!(f, "{rest}"),
            (thousands, rest) => write!(f, "{},{rest:03}", Grouped(thousands)),
        }
    }
}
