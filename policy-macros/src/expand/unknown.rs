//! Holes whose types the macro does not know: the compiler finds out what they are.

use policy_core::__macro::v1::hole::Site;
use policy_core::__macro::v1::list::CollectVec;
use policy_core::arn::ArnFormat;
use policy_core::names::NameKind;
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use super::{Expansion, cfgs, ident};
use crate::header::{Field, Form};
use crate::place::{Holes, Source, WholeArn};
use crate::token::place;

impl Expansion<'_> {
    /// For each whole ARN of a type that the macro does not know, a trait with the message for this place. The compiler finds out
    /// what the type is: whether it is an ARN's, and whether the statement's actions apply to such resources.
    pub(super) fn arns(&self, fields: &[Field], holes: &Holes) -> TokenStream {
        let mut traits = TokenStream::new();
        for (number, arn) in holes.arns.iter().enumerate() {
            let Some(field) = fields.get(arn.field) else { continue };
            if field.broken.is_some() {
                continue;
            }
            let own = whole_arn(number);
            let (note, check) = self.check_of_arn(field, arn, &own);
            self.own_trait(field, &own, Site::WholeResource, vec![note])
                .to_tokens(&mut traits);
            let cfgs = cfgs(self.input, &field.cfgs);
            quote!(#cfgs const _: () = #check;).to_tokens(&mut traits);
        }
        traits
    }

    /// For each other hole of which the trait of its place does not say enough, a trait with the message for it.
    pub(super) fn unknown(&self, fields: &[Field], holes: &Holes) -> TokenStream {
        let mut traits = TokenStream::new();
        for (number, field) in fields.iter().enumerate() {
            let Some((own, site)) = self.own_hole(number, field, holes) else {
                continue;
            };
            let compared = holes.compared.iter().find(|arn| arn.field == number);
            let note = match compared.and_then(|arn| arn.compared.as_ref()) {
                Some(compared) if site == Site::ArnValue => format!("{}: {}", compared.help, compared.values),
                _ => site.words().1,
            };
            let mut notes = vec![note];
            if field.kind.is_some() && site.is_name_in_arn() {
                let hole = holes.get(number).map_or("", |fill| &fill.hole);
                notes.push(format!(
                    "or remove the text before `<{hole}>` in the policy: a `{}` is the whole ARN",
                    field.element_name
                ));
            }
            self.own_trait(field, &own, site, notes).to_tokens(&mut traits);
        }
        traits
    }

    /// The trait and the place of a hole for which the trait of its place does not say enough: the macro does not know its type, an
    /// ARN of a certain type is needed, or its type is that of a whole ARN. Whole resources have traits of their own.
    pub(super) fn own_hole(&self, number: usize, field: &Field, holes: &Holes) -> Option<(Ident, Site)> {
        let fill = holes.get(number)?;
        let site = *fill.sites.first()?;
        let is_whole = holes.arns.iter().any(|arn| arn.field == number);
        if field.broken.is_some() || is_whole || fill.source != Source::Field(number) {
            return None;
        }
        let is_compared = site == Site::ArnValue && holes.compared.iter().any(|arn| arn.field == number);
        let Form::Template(name, _) = &self.header.form else {
            return None;
        };
        // Where traits of several policies have one name, the compiler proposes those of the others.
        let is_arn_in_arn = site.is_name_in_arn() && matches!(field.kind, Some(NameKind::Arn(_)));
        (field.kind.is_none() || is_compared || is_arn_in_arn)
            .then(|| (ident(&format!("{}Hole{number}", name.text)), site))
    }

    /// The trait of a hole, had by the types that fit its place, with a note of its own for other types.
    fn own_trait(&self, field: &Field, own: &Ident, site: Site, mut notes: Vec<String>) -> TokenStream {
        let core = &self.core;
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
        let (label, fitting) = (site.words().0, self.site_trait(site));
        if field.kind.is_none() && !field.list {
            notes.push(format!(
                "if `{}` is an alias of a `NonEmpty<...>` or an `Option<...>`, write that type itself at the field: `policy!` has to see it",
                field.element_name
            ));
        }
        let notes = notes
            .iter()
            .map(|note| note.replace('{', "{{").replace('}', "}}"))
            .collect_vec();
        let cfgs = cfgs(self.input, &field.cfgs);
        quote! {
            #cfgs
            #[diagnostic::on_unimplemented(
                message = "a field of type `{Self}` cannot fill this hole",
                label = #label,
                #(note = #notes),*
            )]
            trait #own: ::core::marker::Sized {
                const FORMAT: &'static str;
                fn fill(value: &#own_value) -> &dyn #core::__macro::v1::template::Fill;
            }
            #cfgs
            #[diagnostic::do_not_recommend]
            impl<A: #core::__macro::v1::hole::#fitting> #own for A {
                const FORMAT: &'static str = <A as #core::__macro::v1::hole::#fitting>::FORMAT;
                #[inline]
                fn fill(value: &#value) -> &dyn #core::__macro::v1::template::Fill {
                    value
                }
            }
        }
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
            let known = if let Some((own, Site::ArnValue)) = self.own_hole(arn.field, field, holes) {
                quote!(<#element as #own>::FORMAT)
            } else {
                quote!(<#element as #core::__macro::v1::hole::ArnValue>::FORMAT)
            };
            let call = quote_spanned!(span=> assert_applied(#known, &[#(#formats),*], #message));
            quote!(#cfgs const _: () = { use #core::__macro::v1::hole::assert_applied; #call };).to_tokens(&mut checks);
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
