//! A policy in a file.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;
use std::sync::OnceLock;

use policy_core::check::{Options, check_allowing};
use policy_core::document::{Document, Place};
use policy_core::finding::{Finding, Findings};
use policy_core::policy::{AttachedTo, Kind};

use crate::allow::{Allowance, Day, StaleAllowance};
use crate::assumption::{self, Assumption};
use crate::branches;
use crate::build::{self, Built, Strings, Unsure};
use crate::edit::Fixer;
use crate::extent::Extent;
use crate::filled::{self, Reread};
use crate::item::Item;
use crate::made::{self, Made};
use crate::places::Property;
use crate::shape;
use crate::unfixed::FixRefusal;
use crate::wording::{self, Context, Style};
use crate::written::Written;

/// A policy, as it is written in a file.
///
/// What the file leaves open is a hole in its [documents](Self::documents): the value of a function or of an interpolation.
/// Its places are ranges of bytes of the file.
#[derive(Clone, Debug)]
pub struct FilePolicy {
    address: String,
    kind: Kind,
    attached_to: Option<AttachedTo>,
    /// Whether the file says of which resource it is.
    is_placed: bool,
    extent: Extent,
    place: Range<usize>,
    style: Style,
    documents: Vec<Document<'static>>,
    /// What else it can be.
    further: Vec<Document<'static>>,
    unsure: Unsure,
    strings: Strings,
    /// The names of its holes, when one has been asked for.
    references: OnceLock<HashSet<String>>,
    allowances: Vec<Allowance>,
    fix_refusal: Option<FixRefusal>,
    assumptions: Vec<Assumption>,
    /// What reads it once more, when the values of its holes are known.
    reread: Vec<Reread>,
    /// What AWS makes it of, if that is a template of its own.
    made: Option<Box<Made>>,
}

/// The most bytes of a text that a help repeats.
const LONG: usize = 256;

impl FilePolicy {
    /// `property` is the place in which it is written; without one the document shows the kind.
    pub(crate) fn new(address: impl Into<String>, item: &Item, style: Style, property: Option<Property>) -> Self {
        let Built {
            documents,
            further,
            unsure,
            strings,
        } = build::build(item);
        let shown = || {
            documents
                .first()
                .map_or(Kind::Identity, |document| shape::kind(document.root()))
        };
        Self {
            address: address.into(),
            kind: property.map_or_else(shown, |property| property.kind),
            attached_to: property.and_then(|property| property.attached_to),
            is_placed: property.is_some(),
            extent: Extent::Whole,
            place: item.place.clone(),
            style,
            documents,
            further,
            unsure,
            strings,
            references: OnceLock::new(),
            allowances: Vec::new(),
            fix_refusal: None,
            assumptions: Vec::new(),
            reread: match style {
                Style::Arguments | Style::JsonArguments => vec![Reread::DataSource],
                _ => Vec::new(),
            },
            made: None,
        }
    }

    /// Says how much it has of the policy that AWS gets.
    pub(crate) const fn set_extent(&mut self, extent: Extent) {
        self.extent = extent;
    }

    /// Says that a plan or a state has it, and no resource there has it as it is.
    pub(crate) const fn is_of_no_resource(&mut self) {
        if matches!(self.style, Style::Json) {
            self.extent = Extent::Part;
        }
    }

    /// Says what AWS makes it of.
    pub(crate) fn made_of(&mut self, made: Made) {
        self.made = Some(Box::new(made));
    }

    /// Whether it may be another policy of the same place, or the other may be it.
    pub(crate) fn is_alternative_of(&self, other: &Self) -> bool {
        (&self.address, self.kind, &self.place) == (&other.address, other.kind, &other.place)
    }

    /// Adds the documents that it may be.
    pub(crate) fn join(&mut self, other: Self) {
        self.documents.extend(other.documents);
        self.further.extend(other.further);
        self.unsure.is_any |= other.unsure.is_any;
        self.unsure.statements.extend(other.unsure.statements);
        self.reread.extend(other.reread);
        assumption::keep(&mut self.assumptions, other.assumptions);
        for (place, written) in other.strings {
            self.strings.entry(place).or_insert(written);
        }
    }

    /// Says what reads it once more, when the values of its holes are known.
    pub(crate) fn reread_by(&mut self, reread: impl IntoIterator<Item = Reread>) {
        self.reread.extend(reread);
    }

    /// Adds what is assumed of it.
    pub(crate) fn assume(&mut self, assumptions: impl IntoIterator<Item = Assumption>) {
        assumption::keep(&mut self.assumptions, assumptions);
    }

    /// Adds what is assumed of a copy of it, and not of it yet.
    pub(crate) fn assume_as(&mut self, copy: &Self) {
        self.assume(copy.assumptions.iter().cloned());
    }

    pub(crate) fn allow(&mut self, allowance: Allowance) {
        self.allowances.push(allowance);
    }

    pub(crate) const fn refuse_fixes(&mut self, refusal: FixRefusal) {
        self.fix_refusal = Some(refusal);
    }

    /// Why none of its findings has a fix that is made in the file, if that is so: its [`fixer`](Self::fixer) then gives none.
    pub const fn fix_refusal(&self) -> Option<FixRefusal> {
        self.fix_refusal
    }

    /// The allowances of its findings that the file has.
    pub fn allowances(&self) -> &[Allowance] {
        &self.allowances
    }

    /// Where it is in the terms of the file's language: `aws_iam_role.runner.assume_role_policy`,
    /// `Resources.Role.Properties.Policies[0].PolicyDocument`. Empty for a file that is a policy.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The kind, by the type and the property of the resource that has it; where these do not decide, by its statements, as
    /// [`kind_of`](crate::kind_of) does.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The type of the resource that it is attached to, where that restricts the policy.
    pub const fn attached_to(&self) -> Option<AttachedTo> {
        self.attached_to
    }

    /// The same policy, of another kind.
    #[must_use]
    pub const fn with_kind(mut self, kind: Kind, attached_to: Option<AttachedTo>) -> Self {
        self.kind = kind;
        self.attached_to = attached_to;
        self
    }

    /// The same policy with values in place of [holes](Self::holes), by their names: it is then checked as if they were written there. Where a
    /// value is put into text that is read as JSON or YAML afterwards, and may become more than a text there, that is one of the
    /// [assumptions](Self::assumptions).
    ///
    /// ```
    /// use std::collections::BTreeMap;
    /// use std::path::Path;
    ///
    /// let text = r#"
    /// data "aws_iam_policy_document" "reader" {
    ///   statement {
    ///     actions   = ["s3:GetObject"]
    ///     resources = ["arn:aws:s3:::${var.name}"]
    ///   }
    /// }"#;
    /// let reading = policy_files::read(Path::new("main.tf"), text)?;
    /// let policy = reading.policies()[0].clone();
    /// assert!(policy.check(&Default::default()).is_empty());
    /// let policy = policy.with_values(&BTreeMap::from([("var.name".to_owned(), "exports".to_owned())]));
    /// assert!(policy.holes().is_empty());
    /// let findings = policy.check(&Default::default());
    /// assert!(findings.iter().any(|finding| finding.code().name() == "RESOURCE_FITS_NO_ACTION"));
    /// # Ok::<(), policy_files::Unreadable>(())
    /// ```
    #[must_use]
    pub fn with_values(mut self, values: &BTreeMap<String, String>) -> Self {
        let count = self.documents.len();
        let all = self.documents.into_iter().chain(self.further).collect();
        let (mut all, assumptions) = filled::filled(all, &mut self.strings, values, &self.reread);
        self.further = all.split_off(count);
        self.documents = all;
        self.references = OnceLock::new();
        self.assumptions.extend(assumptions);
        self
    }

    /// The bytes of the file that it is written in.
    pub fn place(&self) -> Range<usize> {
        self.place.clone()
    }

    /// The documents that it can be: one, unless conditions of the file decide about parts of it. Then each branch is in one
    /// of them. It is exactly what is deployed if there is one, without [holes](Self::holes) and [assumptions](Self::assumptions).
    pub fn documents(&self) -> &[Document<'static>] {
        &self.documents
    }

    /// The number of statements, those of all branches included.
    pub fn statements(&self) -> usize {
        let count = |document: &Document<'_>| {
            let statements = document.root().member("Statement");
            statements.map_or(0, |statements| statements.as_list().len())
        };
        self.documents.iter().map(count).max().unwrap_or_default()
    }

    /// The texts that the file leaves open, as written between `${` and `}`, each once and in order.
    pub fn holes(&self) -> Vec<String> {
        let mut names = Vec::new();
        let mut known = HashSet::new();
        for document in &self.documents {
            document.root().each_text(&mut |met| {
                for hole in met.text.holes() {
                    if known.insert(&hole.name) {
                        names.push(hole.name.clone());
                    }
                }
            });
        }
        names
    }

    /// Why it may not be the policy that is deployed, although what is known of it was read: in the order in which it was read, and some
    /// of them where there are very many. One with
    /// an assumption is worth checking, and is not to be evaluated: a `Deny` of the policy may be missing here.
    ///
    /// ```
    /// use std::path::Path;
    ///
    /// let text = r#"
    /// data "aws_iam_policy_document" "reader" {
    ///   source_policy_documents = var.documents
    ///   statement {
    ///     actions   = ["s3:GetObject"]
    ///     resources = ["arn:aws:s3:::exports/*"]
    ///   }
    /// }"#;
    /// let reading = policy_files::read(Path::new("main.tf"), text)?;
    /// let policy = &reading.policies()[0];
    /// assert!(policy.holes().is_empty() && policy.documents().len() == 1);
    /// let [assumption] = policy.assumptions() else { panic!("one") };
    /// assert_eq!(&text[assumption.place()], "source_policy_documents");
    /// assert_eq!(
    ///     assumption.reason(),
    ///     "the statements of the policies in `source_policy_documents` are part of it and are not read here"
    /// );
    /// # Ok::<(), policy_files::Unreadable>(())
    /// ```
    pub fn assumptions(&self) -> &[Assumption] {
        &self.assumptions
    }

    /// What is wrong with it, by the checker of `policy-core`, whatever the file allows. Findings of several
    /// [documents](Self::documents) are given once. Of a data source of Terraform that is only merged into others, or given to a module,
    /// nothing is reported that only a whole policy can have, such as that it locks everyone out or is too large.
    pub fn check(&self, options: &Options) -> Findings {
        let (findings, _) = self.findings(options);
        findings
    }

    /// The same without what the file allows on this day, and those of its allowances that hide no finding or are past their last
    /// day.
    ///
    /// ```
    /// use std::path::Path;
    /// use policy_files::Day;
    ///
    /// let text = r#"
    /// data "aws_iam_policy_document" "reader" {
    ///   statement {
    ///     // policy: allow(INVALID_ACTION, "s3:GetFuture", reason = "in preview", until = "2027-03-01")
    ///     actions   = ["s3:GetFuture"]
    ///     resources = ["arn:aws:s3:::exports/*"]
    ///   }
    /// }"#;
    /// let reading = policy_files::read(Path::new("main.tf"), text)?;
    /// let on = |day: &str| Ok::<_, policy_files::ParseDayError>(reading.policies()[0].check_on(day.parse()?, &Default::default()));
    /// let (findings, stale) = on("2027-03-01")?;
    /// assert!(findings.is_empty() && stale.is_empty());
    /// let (findings, stale) = on("2027-03-02")?;
    /// assert_eq!((findings.len(), stale.len()), (1, 1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn check_on(&self, today: Day, options: &Options) -> (Findings, Vec<StaleAllowance>) {
        let (findings, _, stale) = self.check_allowing(today, options);
        (findings, stale)
    }

    /// The same, and between the two the findings that are left out because the file, or
    /// [`Options::allow_subject`](policy_core::check::Options::allow_subject), allows them.
    pub fn check_allowing(&self, today: Day, options: &Options) -> (Findings, Findings, Vec<StaleAllowance>) {
        let own = self.allowances.iter().filter(|allowance| !allowance.is_over(today));
        let options = own.fold(options.clone(), |options, own| {
            options.allow_subject(own.code(), own.subject())
        });
        let (findings, allowed) = self.findings(&options);
        let stale = self.allowances.iter().filter_map(|own| {
            let is_over = own.is_over(today);
            // What is not asked for is not looked for.
            let hides = || allowed.iter().any(|finding| own.allows(finding)) || !options.wants_code(own.code());
            (is_over || !hides()).then(|| StaleAllowance::new(own.clone(), is_over).meaning(own.meant_by(&findings)))
        });
        let stale = stale.collect();
        (findings, allowed, stale)
    }

    /// The findings, and apart from them those whose subjects are allowed.
    fn findings(&self, options: &Options) -> (Findings, Findings) {
        let options = match self.attached_to {
            Some(resource) => options.clone().attached_to(resource),
            None => options.clone(),
        };
        let options = self.extent.unknown().fold(options, Options::allow);
        let check = |document: &Document<'static>| match &self.made {
            Some(made) => made.check(document, self.kind, &options),
            None => check_allowing(document, self.kind, &options),
        };
        branches::merged(&self.documents, &self.further, &self.unsure, check)
    }

    /// The bytes of the file that a finding is about.
    pub fn range_of(&self, finding: &Finding) -> Range<usize> {
        let place = finding.place();
        let whole = place.start as usize..place.end as usize;
        match (finding.span_in_string(), self.strings.get(&place)) {
            (Some(part), Some(written)) => written.range(part),
            _ => whole,
        }
    }

    /// What to write instead, in the language of the file: `Resource: "*"` in YAML, `resources = ["*"]` in a data source.
    pub fn helps<'f>(&self, finding: &'f Finding) -> impl Iterator<Item = String> + use<'f> {
        let made = self.made.as_ref();
        let own = made.and_then(|made| made.helps(finding, &self.documents, self.style));
        own.unwrap_or_else(|| self.helps_in_context(finding)).into_iter()
    }

    /// What is wrong, with members of a policy in the language of the file: it needs `resources = ["*"]`.
    pub fn message<'f>(&self, finding: &'f Finding) -> Cow<'f, str> {
        self.in_context(finding, &|context| wording::what(finding.message(), context))
    }

    /// Why that is wrong, and what AWS does about it, in the language of the file as the message is.
    pub fn notes<'f>(&self, finding: &'f Finding) -> impl Iterator<Item = Cow<'f, str>> + use<'f> {
        let notes: Vec<Cow<'f, str>> = self.in_context(finding, &|context| {
            finding.notes().map(|note| wording::what(note, context)).collect()
        });
        notes.into_iter()
    }

    fn helps_in_context(&self, finding: &Finding) -> Vec<String> {
        self.in_context(finding, &|context| {
            let helps = finding
                .help()
                .filter(|help| !(self.is_placed && wording::asks_for_place(finding, help)));
            let helps = helps.map(|help| wording::help_of(finding, help, context));
            helps.collect()
        })
    }

    /// Whether the name of a member is at a place.
    fn is_name(&self, place: Place) -> bool {
        let mut is_name = false;
        for document in &self.documents {
            document
                .root()
                .each_text(&mut |met| is_name |= met.is_name && met.place == place);
        }
        is_name
    }

    /// Words what a finding says by where it is written.
    fn in_context<T>(&self, finding: &Finding, word: &dyn Fn(&Context<'_>) -> T) -> T {
        // A dollar or an exclamation mark more than AWS gets.
        let part = finding.span_in_string().filter(|_| finding.subject().contains("${"));
        let text = self.strings.get(&finding.place()).map(Written::text);
        word(&Context {
            style: self.style,
            is_substituted: part.is_some_and(|part| self.range_of(finding).len() > part.len()),
            is_template: self.address.split('.').any(|step| step == "Resources"),
            text: text.filter(|text| text.len() <= LONG),
            is_reference: &|name| {
                self.references
                    .get_or_init(|| self.holes().into_iter().collect())
                    .contains(name)
            },
            is_name: &|| self.is_name(finding.place()),
        })
    }

    /// What makes edits of the file, whose text this is, of the fixes of its findings.
    ///
    /// ```
    /// use std::path::Path;
    /// use policy_files::edited;
    ///
    /// let text = r#"
    /// resource "aws_iam_policy" "list" {
    ///   policy = jsonencode({
    ///     Statement = [{ Effect = "Allow", Action = "s3:ListAllMyBuckets", Resource = "*" }] # all
    ///   })
    /// }"#;
    /// let reading = policy_files::read(Path::new("main.tf"), text)?;
    /// let policy = &reading.policies()[0];
    /// let (findings, fixer) = (policy.check(&Default::default()), policy.fixer(text));
    /// let fix = findings.iter().flat_map(|finding| fixer.fixes(finding)).next().ok_or("a fix")?;
    /// assert_eq!(fix.title(), r#"write `Version = "2012-10-17"` first"#);
    /// assert!(fix.is_safe());
    /// let fixed = edited(text, fix.edits()).ok_or("edits of this text")?;
    /// assert!(fixed.contains(r#"
    ///     Version = "2012-10-17"
    ///     Statement = [{"#));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn fixer<'p>(&'p self, text: &'p str) -> Fixer<'p> {
        let mut fixer = Fixer::new(text, self.style, self.place(), &self.documents, &self.strings);
        if !self.assumptions.iter().all(Assumption::is_of_presence) {
            fixer = fixer.uncertain();
        }
        let is_transformed = self.assumptions.iter().any(Assumption::is_transformed);
        // What a template of AWS has is not written in the file.
        if self.fix_refusal.is_some() || self.made.is_some() || is_transformed {
            fixer.refused()
        } else {
            fixer
        }
    }

    /// The JSON Pointer in the policy of what a finding is about: `/Statement/0/Action/1`.
    pub fn path_to(&self, finding: &Finding) -> String {
        let mut documents = self.documents.iter();
        let path = documents.find_map(|document| match &self.made {
            Some(_) => made::path_to(document, finding.place()),
            None => document.path_to(finding.place()),
        });
        path.unwrap_or_default().to_string()
    }
}
