//! Allowances: findings that a file says are right as they are, why, and until when.

mod after;
mod comments;
mod day;
mod grammar;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use policy_core::finding::{Code, Finding, Findings, Meant};
use policy_core::spelling::nearest;

pub use day::{Day, ParseDayError};

use comments::{Comment, comments};
use grammar::{Parts, Read, quoted};

use crate::item::Item;
use crate::policy::FilePolicy;
use crate::reading::{Found, Language, Unread};

/// That a finding is right as it is: `# policy: allow(INVALID_ACTION, "s3:GetFuture", reason = "in preview", until = "2027-03-01")`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    code: Code,
    /// Each policy of a resource has those in its metadata.
    subject: Arc<str>,
    reason: Arc<str>,
    until: Option<Day>,
    place: Range<usize>,
}

impl Allowance {
    /// An allowance of its parts, as they are written, at this place of a file of the caller's.
    ///
    /// ```
    /// use policy_files::Allowance;
    ///
    /// let allowance = Allowance::of_parts("INVALID_ACTION", "s3:GetFuture", "in preview", Some("2027-03-01"), 0..0)?;
    /// assert_eq!(allowance.until(), Some("2027-03-01".parse()?));
    /// assert!(Allowance::of_parts("INVALID_ACTON", "s3:GetFuture", "in preview", None, 0..0).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// No finding has the code, the reason is empty, or the last day is not one.
    pub fn of_parts(
        code: &str,
        subject: &str,
        reason: &str,
        until: Option<&str>,
        place: Range<usize>,
    ) -> Result<Self, ParseAllowanceError> {
        let parts = Parts::of(code, subject, reason, until);
        parts.read().map(|read| read.at(place)).map_err(ParseAllowanceError)
    }

    /// The code of the findings.
    pub const fn code(&self) -> Code {
        self.code
    }

    /// Their [subject](Finding::subject), in any case.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// Why they are right.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// The last day on which it is in force, if it ends.
    pub const fn until(&self) -> Option<Day> {
        self.until
    }

    /// The bytes of the file that it is written in.
    pub fn place(&self) -> Range<usize> {
        self.place.clone()
    }

    /// Whether it is past its last day.
    pub fn is_over(&self, today: Day) -> bool {
        self.until.is_some_and(|last| last < today)
    }

    /// The comment that allows a finding, without the sign that begins it: `policy: allow(INVALID_ACTION, "s3:GetFuture", reason = "REASON")`.
    pub fn comment_for(finding: &Finding, reason: &str) -> String {
        let (code, subject) = (finding.code(), quoted(finding.subject()));
        format!("policy: allow({code}, {subject}, reason = {})", quoted(reason))
    }

    /// The findings that it was perhaps written for, of those that it does not hide.
    pub(crate) fn meant_by(&self, findings: &Findings) -> Meant {
        let mut meant = Meant::default();
        for finding in findings.of_code(self.code) {
            meant.add(&self.subject, finding.subject());
        }
        meant
    }

    /// Whether it is of this finding, on any day.
    pub fn allows(&self, finding: &Finding) -> bool {
        finding.code() == self.code && finding.subject().eq_ignore_ascii_case(&self.subject)
    }
}

/// Why an allowance cannot be read. Displayed as what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseAllowanceError(String);

impl fmt::Display for ParseAllowanceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ParseAllowanceError {}

/// An allowance that hides no finding, or is past its last day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaleAllowance {
    allowance: Allowance,
    is_over: bool,
    /// What it was perhaps written for.
    meant: Meant,
}

impl StaleAllowance {
    /// That an allowance is past its last day, or hides nothing.
    pub const fn new(allowance: Allowance, is_over: bool) -> Self {
        Self {
            allowance,
            is_over,
            meant: Meant::new(),
        }
    }

    /// The same, with the findings that it was perhaps written for.
    #[doc(hidden)]
    #[must_use]
    pub fn meaning(mut self, meant: Meant) -> Self {
        self.meant = meant;
        self
    }

    /// The allowance.
    pub const fn allowance(&self) -> &Allowance {
        &self.allowance
    }

    /// Whether it is past its last day; otherwise it hides nothing.
    pub const fn is_over(&self) -> bool {
        self.is_over
    }
}

impl fmt::Display for StaleAllowance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Allowance {
            code, subject, until, ..
        } = &self.allowance;
        write!(f, "the allowance of {code} for `{subject}` ")?;
        if let Some(last) = until.filter(|_| self.is_over) {
            return write!(f, "ended on {last}: fix the finding, or allow it with a later day");
        }
        f.write_str("hides no finding: ")?;
        let meant: Vec<String> = self
            .meant
            .subjects()
            .map(|meant| format!("`{}`", quoted(meant)))
            .collect();
        if !meant.is_empty() {
            write!(f, "write {} instead of `{}`, or ", meant.join(" or "), quoted(subject))?;
        }
        f.write_str("remove the allowance")
    }
}

/// Gives each policy the allowances in comments: of those within the policy, of those behind it in its last line or in the block that it is
/// in, and of those before it that are in no other.
pub(crate) fn in_comments(text: &str, language: Language, found: &mut Found) {
    let mut in_order: Vec<&mut FilePolicy> = found.policies.iter_mut().collect();
    in_order.sort_by_key(|policy| policy.place().start);
    let mut next = 0;
    let mut gap: Option<after::Gap> = None;
    for Comment { place, inside } in comments(text, language) {
        let read = inside.map_err(grammar::is_misspelt).and_then(grammar::read);
        let allowance = read.map(|read| read.at(place.clone()));
        // Those that end before a comment end before the next.
        let rest = in_order.get(next..).unwrap_or_default();
        let before = rest.iter().take_while(|policy| policy.place().end <= place.start);
        let count = before.count();
        if count > 0 || gap.is_none() {
            next += count;
            let last = next.checked_sub(1).and_then(|last| in_order.get(last));
            let until = in_order.get(next).map_or(text.len(), |policy| policy.place().start);
            gap = last.map(|last| after::Gap::new(text, language, last.place(), until));
        }
        let is_of_last = gap.as_ref().is_some_and(|gap| gap.is_of_last(text, place.start));
        let own = if is_of_last { next.checked_sub(1) } else { Some(next) };
        match (allowance, own.and_then(|own| in_order.get_mut(own))) {
            (Ok(allowance), Some(policy)) => policy.allow(allowance),
            (Ok(_), None) => found.unread.push(unread(place, "no policy follows it".to_owned())),
            (Err(reason), _) => found.unread.push(unread(place, reason)),
        }
    }
}

/// Gives the policies of a resource the allowances in its metadata: those in the list `allow` of the member `policy`.
pub(crate) fn in_metadata(resource: &str, metadata: &Item, found: &mut Found) {
    let Some(own) = metadata.member("policy") else { return };
    for (name, entry) in own.entries().iter().filter_map(|entry| Some((entry.name()?, entry))) {
        if name != ALLOW && nearest(name, [ALLOW]).is_some() {
            let reason = format!("`{name}` is not a list of allowances; write `{ALLOW}`");
            found.unread.push(unread(entry.name_place.clone(), reason));
        }
    }
    let list = own.member(ALLOW).map(Item::as_list).unwrap_or_default();
    if let Some(first) = list.get(MOST) {
        let reason = format!(
            "a resource has at most {MOST} allowances, and those from here on are not read: fix some of the findings"
        );
        found.unread.push(unread(first.place.clone(), reason));
    }
    for item in list.iter().take(MOST) {
        match members(item).map(|read| read.at(item.place.clone())) {
            Ok(allowance) => {
                let of_resource =
                    |address: &str| address.strip_prefix(resource).is_some_and(|rest| rest.starts_with('.'));
                let policies = found.policies.iter_mut().filter(|policy| of_resource(policy.address()));
                policies.for_each(|policy| policy.allow(allowance.clone()));
            }
            Err(reason) => found.unread.push(unread(item.place.clone(), reason)),
        }
    }
}

/// The member of the metadata `policy` that has allowances. Those that it does not resemble are not of this checker.
const ALLOW: &str = "allow";

/// The allowance that is a map.
fn members(item: &Item) -> Result<Read, String> {
    let mut parts = Parts::default();
    for entry in item.entries() {
        let value = entry.value.as_str().map(str::to_owned);
        parts.add(entry.name().unwrap_or_default(), value)?;
    }
    parts.read()
}

/// The most allowances of one resource: each of its policies has all of them.
const MOST: usize = 100;

fn unread(place: Range<usize>, reason: String) -> Unread {
    Unread::new("policy: allow", place, reason)
}
