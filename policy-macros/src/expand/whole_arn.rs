//! Whole ARNs of types that the macro does not know: the compiler finds out what they are.

use policy_core::__macro::v1::list::CollectVec;
use policy_core::arn::ArnFormat;
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use super::{Expansion, cfgs, ident};
use crate::header::Field;
use crate::place::{Holes, WholeArn};
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
            let own = whole_arn(number);
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
            let (note, check) = self.check_of_arn(field, arn, &own);
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

    /// For each whole ARN of a type that the macro does not know, and that a condition compares with, the check of its format.
    pub(super) fn compared(&self, fields: &[Field], holes: &Holes) -> TokenStream {
        let core = &self.core;
        let mut checks = TokenStream::new();
        for arn in &holes.compared {
            let (Some(field), Some(compared)) = (fields.get(arn.field), &arn.compared) else {
                continue;
            };
            if field.broken.is_some() {
                continue;
            }
            let element = self.input.written(field.element_type.clone());
            let span = self.input.span_of_last(place(field.element_type.clone()));
            let (name, formats) = (&field.element_name, texts(&compared.formats));
            let message = format!(
                "`{name}` is the ARN of another resource, but {}; {}; {}",
                compared.values, compared.never, compared.help
            );
            let cfgs = cfgs(self.input, &field.cfgs);
            let call = quote_spanned! {span=>
                assert_applied(<#element as ArnValue>::FORMAT, &[#(#formats),*], #message)
            };
            quote! {
                #cfgs
                const _: () = {
                    use #core::__macro::v1::hole::{ArnValue, assert_applied};
                    #call
                };
            }
            .to_tokens(&mut checks);
        }
        checks
    }

    /// What to write if the type of a whole ARN is not an ARN's, and the check of its format.
    fn check_of_arn(&self, field: &Field, arn: &WholeArn, own: &Ident) -> (String, TokenStream) {
        let (core, name) = (&self.core, &field.element_name);
        let element = self.input.written(field.element_type.clone());
        let span = self.input.span_of_last(place(field.element_type.clone()));
        let (WholeArn { hole, rest, .. }, format) = (arn, quote!(<#element as #own>::FORMAT));
        // All of a call has the span of the type, which the compiler then underlines.
        let assert = |function: &str, call: TokenStream| {
            let function = ident(function);
            quote!({
                use #core::__macro::v1::hole::#function;
                #call
            })
        };
        let any_arn = || "write the type of the ARN, such as `QueueArn` or `BucketArn`".to_owned();
        let Some(acted_on) = &arn.acted_on else {
            let Some(formats) = &arn.continued else {
                return (any_arn(), quote!({ let _ = #format; }));
            };
            let formats = texts(formats);
            let message = format!(
                "`\"{hole}{rest}\"` matches no resource: a `{name}` is the whole ARN of one, and no other resource has an ARN that goes on like this; write `\"{hole}\"`"
            );
            let call = quote_spanned!(span=> assert_applied(#format, &[#(#formats),*], #message));
            return (any_arn(), assert("assert_applied", call));
        };
        let (applies, help, formats) = (&acted_on.applies, acted_on.help("write"), texts(&acted_on.formats));
        let message = format!(
            "`{name}` is the ARN of a resource to which the actions of the statement do not apply: {applies}; {help}"
        );
        let check = if rest.is_empty() {
            let call = quote_spanned!(span=> assert_applied(#format, &[#(#formats),*], #message));
            assert("assert_applied", call)
        } else {
            let alone = texts(&acted_on.alone);
            let text = format!(
                "`\"{hole}{rest}\"` matches no resource to which the actions of the statement apply: {applies}, and a `{name}` is the whole ARN of one; write `\"{hole}\"`"
            );
            let call =
                quote_spanned!(span=> assert_continued(#format, &[#(#formats),*], &[#(#alone),*], #message, #text));
            assert("assert_continued", call)
        };
        (format!("{help}: {applies}"), check)
    }
}

fn texts(formats: &[ArnFormat<'static>]) -> Vec<&'static str> {
    formats.iter().map(|format| format.as_str()).collect_vec()
}

/// The trait of a whole ARN.
pub(super) fn whole_arn(number: usize) -> Ident {
    ident(&format!("WholeArn{number}"))
}
