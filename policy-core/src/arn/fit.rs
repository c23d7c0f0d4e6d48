//! Whether a pattern can mean a resource of some type.

use super::fields::Colons;
use super::{ArnPattern, Field, Glob};

/// Whether a pattern can mean a resource of some type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fit {
    /// There is an ARN that both the pattern and the type's format mean.
    Yes,
    /// There is none, because of this.
    No(Misfit),
}

/// The field that keeps a pattern from meaning a resource of some type. Of several, the one that is the most to change:
/// of two formats the one with the greater misfit was meant more likely.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Misfit {
    /// Another service.
    Service,
    /// Another kind or name of resource.
    Resource,
    /// Another partition.
    Partition,
    /// The type's ARNs are in one region, and it is another.
    Region,
    /// The type's ARNs are in one account, such as `aws`, and it is another.
    Account,
    /// The type's ARNs have a region, and the pattern's is empty.
    RegionMissing,
    /// The type's ARNs have no region, and the pattern has one.
    RegionNotAllowed,
    /// The type's ARNs have no account, and the pattern has one.
    AccountNotAllowed,
}

impl Misfit {
    /// The field that it is about.
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
    /// Whether it does.
    pub const fn is_yes(self) -> bool {
        matches!(self, Fit::Yes)
    }

    pub(super) fn of(pattern: &ArnPattern<'_>, format: &str) -> Self {
        let Ok(colons) = Colons::of(format) else {
            return Fit::No(Misfit::Resource);
        };
        let fits = |field| fits(pattern.field(field), colons.get(field, format));
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
                match (
                    pattern.region().is_empty(),
                    colons.get(Field::Region, format).is_empty(),
                ) {
                    (true, false) => Misfit::RegionMissing,
                    (false, true) => Misfit::RegionNotAllowed,
                    _ => Misfit::Region,
                },
            );
        }
        let account = colons.get(Field::Account, format);
        // AWS's own managed policies leave the account empty where the format has one.
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

fn fits(written: Glob<'_>, format: &str) -> bool {
    // Most services and resource types are written as the format has them.
    written.as_str() == format || written.intersects(Glob::format(format))
}
