//! The types of ARNs.

use super::arn_of::{ArnOf, ArnType, InAccount, InRegion, OneName, OneNameInAccount, OneNameInPartition, WithPath};
use crate::names::arn_of::list::arns;
#[allow(clippy::wildcard_imports, reason = "the rows name most types")]
use crate::names::*;
use crate::names::{ArnFacts, ArnKind};

macro_rules! types {
    ($(
        $alias:ident of $marker:ident: $resource_type:literal, $noun:literal, $owner:expr,
        $format:literal,
        $sample:literal,
        [$($flag:ident),*] name $at:literal $part_noun:literal: $name:ident $(, $part:ident $index:literal: $kind:ident)*;
    )*) => {
        $(
            #[doc = concat!("The ARN of ", $noun, ", such as `", $sample, "`.")]
            pub type $alias = ArnOf<resource_type::$marker>;
        )*

        /// The resource types whose ARNs are types: [`ArnOf`] each.
        pub mod resource_type {
            $(
                #[doc = concat!("`", $resource_type, "`, ", $noun, ".")]
                #[derive(Debug)]
                pub enum $marker {}
            )*
        }

        $(
            impl ArnType for resource_type::$marker {
                type Name = $name;
                const NAME: usize = $at;
                const FACTS: &'static ArnFacts = ArnKind::named(stringify!($alias)).facts();
            }

            $(impl $flag for resource_type::$marker {})*

            types!(@parts $marker, $noun: $($part $index $kind,)*);
        )*
    };
    (@parts $marker:ident, $noun:literal:) => {};
    (@parts $marker:ident, $noun:literal: $($part:ident $index:literal $kind:ident,)+) => {
        impl ArnOf<resource_type::$marker> {
            $(
                #[doc = concat!("The part `", stringify!($part), "` of the ARN of ", $noun, ".")]
                #[inline]
                pub fn $part(&self) -> $kind {
                    self.part($index)
                }
            )+
        }
    };
}

arns!(types);
