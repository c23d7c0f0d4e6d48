//! Whole ARNs of types that the macro does not know: the compiler finds out what they are.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use super::{Expansion, cfgs, ident};
use crate::header::Field;
use crate::place::Holes;
use crate::token::place;

impl Expansion<'_> {
    /// For each whole ARN of a type that the macro does not know, a trait with the message for this place. The compiler finds out
    /// what the type is: whether it is an ARN's, and whether the statement's actions apply to such resources.
    pub(super) fn arns(&self, fields: &[Field], holes: &Holes) -> TokenStream {
        let Self { core, .. } = self;
        let mut traits = TokenStream::new();
        for (number, arn) in holes.arns.iter().enumerate() {
            let Some(field) = fields.get(arn.field) else { continue };
            if field.broken.is_some() {
                continue;
            }
            let (own, element) = (whole_arn(number), self.input.written(field.element_type.clone()));
            let whole = |element: TokenStream| {
                let list = if field.list {
                    quote!(#core::policy::NonEmpty<#element>)
                } else {
                    element
                };
                if field.optional {
                    quote!(::core::option::Option<#list>)
                } else {
                    list
                }
            };
            let (own_value, value) = (whole(quote!(Self)), whole(quote!(A)));
            let span = self.input.span_of_last(place(field.element_type.clone()));
            let (note, check) = match &arn.acted_on {
                Some(acted_on) => {
                    let (applies, help) = (&acted_on.applies, acted_on.help());
                    let message = format!(
                        "`{}` is the ARN of a resource to which the actions of the statement do not apply: {applies}; write {help}",
                        field.element_name
                    );
                    let formats = acted_on.formats.iter().map(|format| format.as_str());
                    // All of the call has the span of the type, which the compiler then underlines.
                    let call =
                        quote_spanned!(span=> assert_applied(<#element as #own>::FORMAT, &[#(#formats),*], #message));
                    let check = quote!({
                        use #core::__macro::v1::hole::assert_applied;
                        #call
                    });
                    (format!("write {help}: {applies}"), check)
                }
                None => (
                    "write the type of the ARN, such as `QueueArn` or `BucketArn`".to_owned(),
                    quote!({ let _ = <#element as #own>::FORMAT; }),
                ),
            };
            let note = note.replace('{', "{{").replace('}', "}}");
            let cfgs = cfgs(self.input, &field.cfgs);
            quote! {
                #cfgs
                #[diagnostic::on_unimplemented(
                    message = "a field of type `{Self}` cannot fill this hole",
                    label = "this hole is a whole `Resource`, so it must be filled with an ARN",
                    note = #note
                )]
                trait #own: ::core::marker::Sized {
                    const FORMAT: &'static str;
                    fn fill(value: &#own_value) -> &dyn #core::__macro::v1::template::Fill;
                }
                #cfgs
                #[diagnostic::do_not_recommend]
                impl<A: #core::names::ResourceArn> #own for A {
                    const FORMAT: &'static str = <A as #core::names::ResourceArn>::FORMAT;
                    #[inline]
                    fn fill(value: &#value) -> &dyn #core::__macro::v1::template::Fill {
                        value
                    }
                }
                #cfgs
                const _: () = #check;
            }
            .to_tokens(&mut traits);
        }
        traits
    }
}

/// The trait of a whole ARN.
pub(super) fn whole_arn(number: usize) -> Ident {
    ident(&format!("WholeArn{number}"))
}
