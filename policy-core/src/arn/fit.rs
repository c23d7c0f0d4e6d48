//! Whether a pattern can match a resource of a type.

use super::{ArnFormat, ArnPattern, Field, Glob};

/// Whether a pattern can match a resource of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fit {
    /// There is an ARN that matches both the pattern and the type's format.
    Yes,
    /// No ARN matches both, because of this.
    No(Misfit),
}

/// The field that prevents a pattern from matching a resource of a type, from the greatest change to the smallest. If
/// several do, it is the greatest change: of two formats, the one whose misfit is later in this order is more likely
/// intended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Misfit {
    /// A different service.
    Service,
    /// A different resource type or name.
    Resource,
    /// A different partition.
    Partition,
    /// The type's ARNs have a fixed Region, and the pattern's is different.
    Region,
    /// The type's ARNs have a fixed account, such as `aws`, and the pattern's is different.
    Account,
    /// The type's ARNs have a Region, and the pattern's is empty.
    RegionMissing,
    /// The type's ARNs have no Region, and the pattern has one.
    RegionNotAllowed,
    /// The type's ARNs have no account, and the pattern has one.
    AccountNotAllowed,
}

impl Misfit {
    /// The field of the misfit.
    #[inline]
    pub const fn field(self) -> Field {
        match self {
            Misfit::Service => Field::Service,
            Misfit::Resource => Field::Resource,
            Misfit::Partition => Field::Partition,
            Misfit::Region | Misfit::RegionMissing | Misfit::RegionNotAllowed => Field::Region,
            Misfit::Account | Misfit::AccountNotAllowed => Field::Account,
        }
    }
}

impl Fit {
    /// Whether it can match.
    pub const fn is_yes(self) -> bool {
        matches!(self, Fit::Yes)
    }

    pub(super) fn of(pattern: &ArnPattern<'_>, format: ArnFormat<'_>) -> Self {
        let fits = |field| fits(pattern.field(field), format.field(field), format.names());
        if !fits(Field::Service) {
            return Fit::No(Misfit::Service);
        }
        if !fits(Field::Resource) {
            return Fit::No(Misfit::Resource);
        }
        if !fits(Field::Partition) {
            return Fit::No(Misfit::Partition);
        }
        if !fits(Field::Region) {
            return Fit::No(
                match (pattern.region().is_empty(), format.field(Field::Region).is_empty()) {
                    (true, false) => Misfit::RegionMissing,
                    (false, true) => Misfit::RegionNotAllowed,
                    _ => Misfit::Region,
                },
            );
        }
        let account = format.field(Field::Account);
        // AWS managed policies leave the account empty where the format has one.
        let anyone = account.starts_with("${") && pattern.account().is_empty();
        if !anyone && !fits(Field::Account) {
            return Fit::No(if account.is_empty() {
                Misfit::AccountNotAllowed
            } else {
                Misfit::Account
            });
        }
        Fit::Yes
    }
}

fn fits(written: Glob<'_>, format: &str, names: &str) -> bool {
    match format {
        // Whatever is written may be one.
        "${Partition}" | "${Region}" | "${Account}" => !written.is_empty(),
        // Most services and resource types are written as in the format.
        _ => written.as_str() == format || written.intersects_named(Glob::format(format), names),
    }
}
