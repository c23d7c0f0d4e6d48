//! What a check is told besides the document and its kind.

use crate::finding::{Code, Finding, Severity};
use crate::names::AccountId;
use crate::policy::AttachedTo;

/// What a check is told besides the document and its kind. By default nothing: every finding is given, and no rule that
/// depends on what the policy is attached to speaks.
///
/// ```
/// use policy_core::check::{Options, check};
/// use policy_core::document::Document;
/// use policy_core::finding::{Code, Severity};
/// use policy_core::policy::Kind;
///
/// let document = Document::read(r#"{ "Statement": [] }"#)?;
/// let codes = |options: &Options| check(&document, Kind::Identity, options).iter().map(|f| f.code()).collect::<Vec<_>>();
///
/// assert_eq!(codes(&Options::new()), [Code::MissingVersion, Code::MissingStatement]);
/// assert_eq!(codes(&Options::new().severity(Severity::Error)), [Code::MissingStatement]);
/// assert_eq!(codes(&Options::new().allow(Code::MissingStatement)), [Code::MissingVersion]);
/// # Ok::<(), policy_core::document::SyntaxError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Options {
    attached_to: Option<AttachedTo>,
    account: Option<AccountId>,
    mildest: Option<Severity>,
    allowed: Vec<Code>,
}

impl Options {
    /// The default.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            attached_to: None,
            account: None,
            mildest: None,
            allowed: Vec::new(),
        }
    }

    /// Says what a resource policy is attached to.
    ///
    /// ```
    /// use policy_core::check::{Options, check_json};
    /// use policy_core::finding::Code;
    /// use policy_core::policy::{AttachedTo, Kind};
    ///
    /// let json = br#"{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "111122223333" },
    ///     "Action": "sqs:SendMessage", "Resource": "arn:aws:s3:::amzn-s3-demo-bucket" } }"#;
    /// let findings = check_json(json, Kind::Resource, &Options::new().attached_to(AttachedTo::S3Bucket));
    /// assert!(findings.iter().any(|finding| finding.code() == Code::UnsupportedActionInPolicy));
    /// ```
    #[must_use]
    pub const fn attached_to(mut self, resource: AttachedTo) -> Self {
        self.attached_to = Some(resource);
        self
    }

    /// Says whose policy it is, so that other accounts are known as others.
    ///
    /// ```
    /// use policy_core::check::{Options, check_json};
    /// use policy_core::finding::Code;
    /// use policy_core::policy::Kind;
    ///
    /// let json = br#"{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "444455556666" },
    ///     "Action": "sts:AssumeRole" } }"#;
    /// let options = Options::new().account("111122223333".parse()?);
    /// let findings = check_json(json, Kind::Trust, &options);
    /// assert!(findings.iter().all(|finding| finding.code() == Code::CrossAccountAccess) && findings.len() == 1);
    /// # Ok::<(), policy_core::names::NameError>(())
    /// ```
    #[must_use]
    pub fn account(mut self, account: AccountId) -> Self {
        self.account = Some(account);
        self
    }

    /// Leaves out the findings that are milder than this.
    #[must_use]
    pub const fn severity(mut self, mildest: Severity) -> Self {
        self.mildest = Some(mildest);
        self
    }

    /// Leaves out the findings with this code.
    #[must_use]
    pub fn allow(mut self, code: Code) -> Self {
        self.allowed.push(code);
        self
    }

    /// What a resource policy is attached to, if that was said.
    pub(super) const fn resource(&self) -> Option<AttachedTo> {
        self.attached_to
    }

    /// Whose policy it is, if that was said.
    pub(super) const fn own_account(&self) -> Option<&AccountId> {
        self.account.as_ref()
    }

    /// Whether a finding is asked for.
    pub(super) fn wants(&self, finding: &Finding) -> bool {
        self.mildest.is_none_or(|mildest| finding.severity() <= mildest) && !self.allowed.contains(&finding.code())
    }
}
