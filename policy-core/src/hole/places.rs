//! The positions of holes, and what fits each.

use super::list::{open_sites, sites};
use crate::names::NameKind;

/// What is known of a position by its row.
struct Row {
    /// The trait of the types that can fill it.
    name: &'static str,
    /// The types that can fill it; none where ARNs of all resource types can.
    types: &'static [&'static str],
    label: &'static str,
    note: &'static str,
}

/// Defines the enumeration and what is known of each position.
macro_rules! enumeration {
    ($($(#[doc = $doc:literal])+
        $site:ident: $types:tt,
        label = $label:literal, note = $note:literal;
    )+) => {
        /// A position of a hole.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Site {
            $($(#[doc = $doc])+ $site,)+
            /// A part of an ARN that is a name of this type.
            Part(NameKind),
            /// A part of an ARN, of no type of its own: every type fits but that of an ARN.
            InArn,
            /// Part of a name, or the name of a resource without a type of its own: every type can fill it.
            Text,
        }

        impl Site {
            const fn row(self) -> &'static Row {
                match self {
                    $(Self::$site => &Row {
                        name: stringify!($site),
                        types: types!($types),
                        label: $label,
                        note: $note,
                    },)+
                    Self::Part(_) => &Row::Part,
                    Self::InArn => &Row::InArn,
                    Self::Text => &Row::Text,
                }
            }
        }
    };
}

/// The types of a row.
macro_rules! types {
    (arns) => { &[] };
    ([$($name:ident),+]) => { &[$(stringify!($name)),+] };
}

/// The rows of the positions that are not of certain types.
macro_rules! open_rows {
    ($($(#[doc = $doc:literal])+
        $site:ident $(<$wanted:ident>)?: message = $message:literal, label = $label:literal, note = $note:literal;
    )+) => {
        #[allow(non_upper_case_globals, reason = "each has the name of its position")]
        impl Row {
            $(const $site: Self = Self {
                name: stringify!($site),
                types: &[],
                label: $label,
                note: $note,
            };)+
        }
    };
}

sites!(enumeration);
open_sites!(open_rows);

impl Site {
    /// The type to suggest; `None` where every name or every ARN fits.
    pub fn proposed(self) -> Option<NameKind> {
        match self {
            Self::Part(kind) => Some(kind),
            _ => NameKind::from_type_name(self.row().types.first()?),
        }
    }

    /// The trait of the types that can fill it.
    pub const fn trait_name(self) -> &'static str {
        self.row().name
    }

    /// The label and the note for a type that cannot fill it.
    pub fn words(self) -> (&'static str, String) {
        let Row { label, note, .. } = self.row();
        let note = match self {
            Self::Part(wanted) => note.replace("{Wanted}", wanted.type_name()),
            _ => (*note).to_owned(),
        };
        (label, note)
    }

    /// The position that values of this type fill, if it is below another key of `Principal` and they cannot fill this one. What is
    /// wrong then is the key, which the checker reports.
    #[must_use]
    pub fn of_principal(self, kind: NameKind) -> Self {
        let keys = [Self::WholePrincipal, Self::WholeFederated, Self::WholeService];
        if !keys.contains(&self) || self.fits(kind) {
            return self;
        }
        keys.into_iter().find(|site| site.fits(kind)).unwrap_or(self)
    }

    /// Whether it is a name in an ARN.
    pub const fn is_name_in_arn(self) -> bool {
        matches!(
            self,
            Self::Part(_)
                | Self::SecretInArn
                | Self::BucketInArn
                | Self::KeyInArn
                | Self::RoleInArn
                | Self::LogGroupInArn
                | Self::RepositoryInArn
        )
    }

    /// Whether its values are of a partition: whole ARNs, Regions, and partitions.
    pub const fn has_partition(self) -> bool {
        matches!(
            self,
            Self::ArnPartition
                | Self::ArnRegion
                | Self::WholeResource
                | Self::WholePrincipal
                | Self::WholeFederated
                | Self::ArnValue
                | Self::PrincipalArn
        )
    }

    /// Whether values of this type can fill it.
    pub fn fits(self, kind: NameKind) -> bool {
        let is_arn = matches!(kind, NameKind::Arn(_));
        match self {
            Self::Part(wanted) => kind == wanted || kind.is_of_any_resource(),
            Self::InArn => !is_arn,
            Self::Text => true,
            _ => match self.row().types {
                [] => is_arn,
                types => types.contains(&kind.type_name()),
            },
        }
    }
}
