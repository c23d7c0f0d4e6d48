//! The check that the values of a template are of one partition, which is that of `<partition>` where it is not declared.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Expansion, cfgs};
use crate::header::Field;
use crate::place::Holes;

impl Expansion<'_> {
    /// The methods that check it, for a template whose values can be of different partitions: the compiler pays for it only there.
    pub(super) fn of_one_partition(&self, fields: &[Field], holes: &Holes) -> TokenStream {
        let Some((numbers, written)) = holes.of_partitions() else {
            return TokenStream::new();
        };
        let Self { core, policy_type, .. } = self;
        let fields = numbers.iter().filter_map(|number| fields.get(*number));
        let values = fields.filter(|field| field.broken.is_none()).map(|field| {
            let (text, name) = (&field.name.text, self.input.written(field.name.range()));
            let cfgs = cfgs(self.input, &field.cfgs);
            quote!(#cfgs (#text, Value(&self.#name).fill()),)
        });
        quote! {
            #[doc = "The policy as JSON without white space, if all values are of one partition: an ARN of another one would match nothing."]
            #[inline]
            pub fn try_to_json(&self) -> ::core::result::Result<::std::string::String, #core::policy::PartitionError> {
                // A value whose type cannot fill a hole is one mistake, where it fills the hole.
                #[allow(unused_imports)]
                use #core::__macro::v1::template::{AnyValue as _, Value};
                #core::__macro::v1::template::one_partition(&[#(#values)* #(("", &#written),)*])?;
                ::core::result::Result::Ok(self.to_json())
            }
            #[doc = "The policy, if all values are of one partition."]
            #[inline]
            pub fn try_to_policy(&self) -> ::core::result::Result<#policy_type, #core::policy::PartitionError> {
                self.try_to_json().map(#core::__macro::v1::template::policy)
            }
        }
    }
}
