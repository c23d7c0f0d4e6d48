//! What a policy expands to. It is expanded even when it is wrong, with what could be understood of it, so that the rest of
//! the crate type-checks and one mistake is one message.

use policy_core::document::Node;
use policy_core::finding::Finding;
use policy_core::hole::Site;
use policy_core::policy::Kind;
use policy_core::template::{SizeBounds, Width};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt, quote};
use syn::Token;

use crate::header::{Field, Header, Name};
use crate::judge::mistake;
use crate::place::{Fill, Holes, Source};
use crate::token::{Input, Written};

/// What an expansion is made of: the tokens that it takes from the user, and the paths that stand in it everywhere.
pub struct Expansion<'i> {
    input: &'i Input,
    header: &'i Header,
    core: CratePath<'i>,
    kind: KindPath<'i>,
}

/// The path of a crate.
#[derive(Clone)]
pub enum CratePath<'i> {
    /// As the user wrote it.
    Written(Written<'i>),
    /// By its own name.
    Named(&'static str),
}

impl ToTokens for CratePath<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Written(path) => path.to_tokens(tokens),
            Self::Named(name) => {
                <Token![::]>::default().to_tokens(tokens);
                tokens.append(ident(name));
            }
        }
    }
}

/// The path of the type that stands for a kind.
struct KindPath<'i> {
    core: CratePath<'i>,
    kind: Kind,
}

impl ToTokens for KindPath<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.core.to_tokens(tokens);
        for word in ["policy", "kind", marker(self.kind)] {
            <Token![::]>::default().to_tokens(tokens);
            tokens.append(ident(word));
        }
    }
}

/// The type of `policy_core::policy::kind` that stands for a kind.
const fn marker(kind: Kind) -> &'static str {
    match kind {
        Kind::Identity => "Identity",
        Kind::Trust => "Trust",
        Kind::Resource => "Resource",
        Kind::Session => "Session",
        Kind::ServiceControl => "ServiceControl",
        Kind::ResourceControl => "ResourceControl",
    }
}

fn ident(word: &str) -> Ident {
    Ident::new(word, Span::call_site())
}

impl<'i> Expansion<'i> {
    /// That of an input with this header.
    pub fn of(input: &'i Input, header: &'i Header) -> Self {
        let core = match &header.core {
            Some(path) => CratePath::Written(input.written(path.clone())),
            None => CratePath::Named("policy_core"),
        };
        Self {
            input,
            header,
            kind: KindPath {
                core: core.clone(),
                kind: header.kind,
            },
            core,
        }
    }

    /// A policy without holes, as an expression.
    pub fn value(&self, json: &str) -> TokenStream {
        let Self { core, kind, .. } = self;
        quote!(#core::policy::ConstPolicy::<#kind>::__checked(#json))
    }

    /// `const NAME: ConstPolicy<kind> = ...;`
    pub fn constant(&self, name: &Name, json: &str) -> TokenStream {
        let Self { core, kind, .. } = self;
        let (outside, name) = (Outside(self), self.input.written(name.range()));
        quote!(#outside const #name: #core::policy::ConstPolicy<#kind> = #core::policy::ConstPolicy::__checked(#json);)
    }

    /// The struct, and its methods. They are `#[inline]`, so that those which nobody calls are never made into machine code.
    pub fn template(&self, name: &Name, fields: &[Field], holes: &Holes, program: &str) -> TokenStream {
        let Self { core, kind, .. } = self;
        let (outside, name) = (Outside(self), self.input.written(name.range()));
        let declarations = fields.iter().map(|field| Declaration(self.input, field));
        let size = self.size(fields, holes, program);
        let checks = self.checks(fields, holes);
        let fills = self.fills(fields, holes);
        quote! {
            #outside struct #name { #(#declarations)* }
            #[allow(dead_code)]
            impl #name {
                #[doc = "Between which lengths the policy's JSON lies."]
                pub const SIZE: #core::template::SizeBounds = #size;
                #[doc = "The policy as JSON without white space."]
                #[inline]
                pub fn to_json(&self) -> ::std::string::String {
                    #checks
                    #core::template::render(#program, &[#fills])
                }
                #[doc = "The policy as JSON for people."]
                #[inline]
                pub fn to_json_pretty(&self) -> ::std::string::String {
                    #core::template::pretty(&self.to_json())
                }
                #[doc = "The policy, to ask and to pass on."]
                #[inline]
                pub fn to_policy(&self) -> #core::policy::Policy<#kind> {
                    #core::template::policy(self.to_json())
                }
            }
            impl ::core::convert::From<&#name> for #core::policy::Policy<#kind> {
                #[inline]
                fn from(template: &#name) -> Self {
                    template.to_policy()
                }
            }
        }
    }

    /// The bounds of the size: numbers where the types are known by name, else asked of them.
    fn size(&self, fields: &[Field], holes: &Holes, program: &str) -> TokenStream {
        let Self { core, .. } = self;
        if let Some(widths) = widths(fields, holes) {
            let SizeBounds { min, max } = SizeBounds::of(program, &widths);
            let max = max.map_or_else(
                || quote!(::core::option::Option::None),
                |max| quote!(::core::option::Option::Some(#max)),
            );
            return quote!(#core::template::SizeBounds { min: #min, max: #max });
        }
        let widths = holes.fills.iter().map(|fill| match fill.source {
            Source::Field(index) => match fields.get(index) {
                Some(field) => {
                    let (element, site) = (self.input.written(field.element_type.clone()), first_trait(fill));
                    quote!(<#element as #core::hole::#site>::WIDTH,)
                }
                None => TokenStream::new(),
            },
            Source::BrokenField => quote!(#core::template::Width::NONE,),
            Source::PartitionOf(_) => quote!(#core::template::Width::PARTITION,),
            Source::DnsSuffixOf(_) => quote!(#core::template::Width::DNS_SUFFIX,),
        });
        quote!(#core::template::SizeBounds::of(#program, &[#(#widths)*]))
    }

    /// What asks the compiler whether the types fit the other places that their holes stand in, where there are several.
    fn checks(&self, fields: &[Field], holes: &Holes) -> TokenStream {
        let Self { core, .. } = self;
        let mut checks = TokenStream::new();
        for fill in &holes.fills {
            let Source::Field(index) = fill.source else { continue };
            let Some(field) = fields.get(index) else { continue };
            for site in fill.sites.iter().skip(1) {
                let (element, site) = (self.input.written(field.element_type.clone()), ident(site.trait_name()));
                quote!(let _ = <#element as #core::hole::#site>::WIDTH;).to_tokens(&mut checks);
            }
        }
        checks
    }

    /// What fills each hole, taken by a function that takes only what fits where the hole stands.
    fn fills(&self, fields: &[Field], holes: &Holes) -> TokenStream {
        let Self { core, .. } = self;
        let fill = |fill: &Fill| {
            let (Source::Field(index) | Source::PartitionOf(index) | Source::DnsSuffixOf(index)) = fill.source else {
                return quote!(&"",);
            };
            let Some(field) = fields.get(index) else {
                return TokenStream::new();
            };
            let name = self.input.written(field.name.range());
            match fill.source {
                Source::PartitionOf(_) => quote!(&self.#name.partition(),),
                Source::DnsSuffixOf(_) => quote!(&self.#name.partition().dns_suffix(),),
                _ => {
                    let (element, site) = (self.input.written(field.element_type.clone()), first_trait(fill));
                    let function = ident(match (field.optional, field.list) {
                        (false, false) => "one",
                        (false, true) => "list",
                        (true, false) => "option",
                        (true, true) => "option_list",
                    });
                    quote!(<#element as #core::hole::#site>::#function(&self.#name),)
                }
            }
        };
        holes.fills.iter().map(fill).collect()
    }

    /// Findings that do not stop the compile, as warnings: on stable Rust the use of something deprecated is the only one
    /// that says what it is given, where it is told.
    pub fn warnings(&self, root: &Node<'static>, advice: &[Finding]) -> TokenStream {
        let warning = |finding: &Finding| {
            let note = mistake(root, finding).message(None);
            let name = ident(finding.code().name());
            let used = Ident::new(finding.code().name(), self.input.ours_at(finding.place()));
            quote!(const _: () = { #[deprecated(note = #note)] const #name: () = (); #used };)
        };
        advice.iter().map(warning).collect()
    }
}

/// The user's attributes and visibility.
struct Outside<'e>(&'e Expansion<'e>);

impl ToTokens for Outside<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Expansion { input, header, .. } = self.0;
        for attribute in &header.attributes {
            input.written(attribute.clone()).to_tokens(tokens);
        }
        input.written(header.visibility.clone()).to_tokens(tokens);
    }
}

/// A field of the struct.
struct Declaration<'e>(&'e Input, &'e Field);

impl ToTokens for Declaration<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self(input, field) = self;
        input.written(field.attributes.clone()).to_tokens(tokens);
        input.written(field.visibility.clone()).to_tokens(tokens);
        input.written(field.name.range()).to_tokens(tokens);
        <Token![:]>::default().to_tokens(tokens);
        input.written(field.whole_type.clone()).to_tokens(tokens);
        <Token![,]>::default().to_tokens(tokens);
    }
}

fn widths(fields: &[Field], holes: &Holes) -> Option<Vec<Width>> {
    let width = |fill: &Fill| match fill.source {
        Source::Field(index) => {
            let kind = fields.get(index)?.kind?;
            Some(Width {
                min: kind.min_len(),
                max: kind.max_len(),
            })
        }
        Source::BrokenField => Some(Width::NONE),
        Source::PartitionOf(_) => Some(Width::PARTITION),
        Source::DnsSuffixOf(_) => Some(Width::DNS_SUFFIX),
    };
    holes.fills.iter().map(width).collect()
}

/// The trait through which the compiler is asked whether a type fits.
fn first_trait(fill: &Fill) -> Ident {
    ident(fill.sites.first().copied().unwrap_or(Site::Text).trait_name())
}
