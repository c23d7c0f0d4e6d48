//! What a check is told besides the document and its kind.

use crate::finding::{Code, Finding, Severity};
use crate::policy::AttachedTo;

/// What a check is told besides the document and its kind.
///
/// By default nothing: every finding is given, and the rules are silent that depend on what a policy is attached to, or on
/// whose it is. Both are facts that no policy states; Access Analyzer takes the first as `validatePolicyResourceType`:
/// <https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ValidatePolicy.html>. Each method takes the options
/// and gives them back, so that they are written in one expression.
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
    account: Option<String>,
    mildest: Option<Severity>,
    allowed: Vec<Code>,
    allowed_subjects: Vec<(Code, String)>,
}

impl Options {
    /// Options that say nothing.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            attached_to: None,
            account: None,
            mildest: None,
            allowed: Vec::new(),
            allowed_subjects: Vec::new(),
        }
    }

    /// Says what a resource policy is attached to, so that it is held to that resource: its actions, its ARNs, its condition
    /// keys. Policies of other [kinds](crate::policy::Kind) are judged as before.
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

    /// Says whose policy it is, so that other accounts are known as others. Without it a resource policy is of the account in
    /// the ARNs of its resources, where they have one, and of a role's trust policy nothing is known.
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
    #[cfg(feature = "values")]
    #[must_use]
    #[inline]
    pub fn account(mut self, account: crate::names::AccountId) -> Self {
        self.account = Some(account.into());
        self
    }

    /// Leaves out the findings that are milder than this; of several calls the last counts.
    ///
    /// ```
    /// use policy_core::check::{Options, check_json};
    /// use policy_core::finding::Severity;
    /// use policy_core::policy::Kind;
    ///
    /// let json = br#"{ "Statement": { "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*" } }"#;
    /// assert_eq!(check_json(json, Kind::Identity, &Options::new()).len(), 1);
    /// let grave = Options::new().severity(Severity::SecurityWarning);
    /// assert!(check_json(json, Kind::Identity, &grave).is_empty());
    /// ```
    #[must_use]
    pub const fn severity(mut self, mildest: Severity) -> Self {
        self.mildest = Some(mildest);
        self
    }

    /// Leaves out the findings with this code, wherever they stand; further calls leave out further codes.
    ///
    /// One mistake is one finding, so that some findings are not given beside another: what is wrong with the form of an ARN
    /// goes with the placeholder in it. What is left out hides nothing: the findings that it hid are given in its place. So it is
    /// with what is too [mild](Self::severity).
    ///
    /// ```
    /// use policy_core::check::{Options, check_json};
    /// use policy_core::finding::Code;
    /// use policy_core::policy::Kind;
    ///
    /// let json = br#"{ "Statement": [] }"#;
    /// let options = Options::new().allow(Code::MissingVersion).allow(Code::MissingStatement);
    /// assert!(check_json(json, Kind::Identity, &options).is_empty());
    /// ```
    #[must_use]
    #[inline]
    pub fn allow(mut self, code: Code) -> Self {
        self.allowed.push(code);
        self
    }

    /// Leaves out the findings with this code and this [subject](crate::finding::Finding::subject), in any case; further
    /// calls leave out further ones. They hide nothing, as with [`allow`](Self::allow).
    ///
    /// ```
    /// use policy_core::check::{Options, check_json};
    /// use policy_core::finding::Code;
    /// use policy_core::policy::Kind;
    ///
    /// let json = br#"{ "Version": "2012-10-17", "Statement": {
    ///     "Effect": "Allow", "Action": ["s3:GetFuture", "s3:GetObjct"], "Resource": "*" } }"#;
    /// let options = Options::new().allow_subject(Code::InvalidAction, "s3:GetFuture");
    /// let findings = check_json(json, Kind::Identity, &options);
    /// assert!(findings.iter().map(|finding| finding.subject()).eq(["s3:GetObjct"]));
    /// ```
    #[must_use]
    pub fn allow_subject(mut self, code: Code, subject: impl Into<String>) -> Self {
        self.allowed_subjects.push((code, subject.into()));
        self
    }

    /// What a resource policy is attached to, if that is known.
    pub(super) const fn resource(&self) -> Option<AttachedTo> {
        self.attached_to
    }

    /// Whose policy it is, if that is known.
    pub(super) fn own_account(&self) -> Option<&str> {
        self.account.as_deref()
    }

    /// Whether a finding is asked for, and its [subject](Self::allow_subject) not allowed.
    pub(super) fn wants(&self, finding: &Finding) -> bool {
        self.wants_code(finding.code()) && !self.allows_subject_of(finding)
    }

    /// Whether findings of this code are asked for.
    #[doc(hidden)]
    pub fn wants_code(&self, code: Code) -> bool {
        self.mildest.is_none_or(|mildest| code.severity() <= mildest) && !self.allowed.contains(&code)
    }

    /// Whether findings of every code are asked for.
    pub(super) fn wants_all_codes(&self) -> bool {
        self.mildest.is_none() && self.allowed.is_empty()
    }

    /// Whether a finding is left out for its subject.
    pub(super) fn allows_subject_of(&self, finding: &Finding) -> bool {
        self.allowed_subjects
            .iter()
            .any(|(code, subject)| *code == finding.code() && subject.eq_ignore_ascii_case(finding.subject()))
    }
}
