//! The expansion of a policy. It is expanded even when it is wrong, as far as it could be understood, so that the rest
//! of the crate type-checks and one mistake is one message.

mod partitions;
mod unknown;

use policy_core::__macro::v1::hole::Site;
use policy_core::document::Node;
use policy_core::finding::Finding;
use policy_core::names::NameKind;
use policy_core::policy::Kind;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt, quote, quote_spanned};

use crate::header::{Cfg, Field, Form, Header, Name};
use crate::judge::mistake;
use crate::place::{Fill, Holes, Source};
use crate::token::{Input, Token, Written, place, sign};
use unknown::whole_arn;

/// The input of an expansion: the user's tokens, and the paths that it uses everywhere.
pub struct Expansion<'i> {
    input: &'i Input,
    header: &'i Header,
    core: CratePath<'i>,
    kind: KindPath<'i>,
    policy_type: PolicyType<'i>,
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
                sign("::", tokens);
                tokens.append(ident(name));
            }
        }
    }
}

/// The path of the type that represents a kind.
struct KindPath<'i> {
    core: CratePath<'i>,
    kind: Kind,
}

impl ToTokens for KindPath<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.core.to_tokens(tokens);
        for word in ["policy", "kind", marker(self.kind)] {
            sign("::", tokens);
            tokens.append(ident(word));
        }
    }
}

/// The type of the policy as the header names it. It has the header's span, so that an editor shows what it is and
/// finds where it is defined.
struct PolicyType<'i> {
    core: CratePath<'i>,
    written: Written<'i>,
    /// Whether it is a path or an alias, and not the bare name of a kind, which needs no import.
    is_path: bool,
    kind: Kind,
}

impl ToTokens for PolicyType<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        if !self.is_path {
            self.core.to_tokens(tokens);
            sign("::", tokens);
            tokens.append(ident("policy"));
            sign("::", tokens);
        }
        if self.written.is_empty() {
            tokens.append(ident(self.kind.type_name()));
        } else {
            self.written.to_tokens(tokens);
        }
    }
}

/// The type of `policy_core::policy::kind` that represents a kind: the policy's, without its last word.
fn marker(kind: Kind) -> &'static str {
    kind.type_name().strip_suffix("Policy").unwrap_or_default()
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
        let kind = KindPath {
            core: core.clone(),
            kind: header.kind,
        };
        let names_a_kind = |token: &Token| matches!(token, Token::Ident(word) if word == header.kind.type_name());
        let policy_type = PolicyType {
            core: core.clone(),
            is_path: match input.tokens.get(header.kind_type.clone()) {
                Some([only]) => header.stated_kind.is_some() && !names_a_kind(only),
                Some([]) | None => false,
                Some(_) => true,
            },
            written: input.written(if header.kind_is_sure {
                header.kind_type.clone()
            } else {
                0..0
            }),
            kind: header.kind,
        };
        Self {
            input,
            header,
            core,
            kind,
            policy_type,
        }
    }

    /// A policy without holes, as an expression.
    pub fn value(&self, json: &str) -> TokenStream {
        let policy = self.constant_policy(json);
        quote!(const { #policy })
    }

    /// `const NAME: ConstPolicy<kind> = ...;`
    pub fn constant(&self, name: &Name, json: &str) -> TokenStream {
        let Self {
            core,
            kind,
            policy_type,
            ..
        } = self;
        let (outside, name, policy) = (
            Outside(self),
            self.input.written(name.range()),
            self.constant_policy(json),
        );
        let kind = if policy_type.is_path {
            // The compiler checks that the path names the kind that was read from it.
            quote!(<#policy_type as #core::__macro::v1::PolicyType>::Kind)
        } else {
            quote!(#kind)
        };
        quote!(#outside const #name: #core::policy::ConstPolicy<#kind> = #policy;)
    }

    fn constant_policy(&self, json: &str) -> TokenStream {
        let Self { core, kind, .. } = self;
        quote!(#core::policy::ConstPolicy { __policy: &#core::policy::Policy::<#kind>::__constant(#json) })
    }

    /// The `#[cfg(...)]` of the item, for the other items that belong to it.
    pub fn cfgs(&self) -> TokenStream {
        cfgs(self.input, &self.header.cfgs)
    }

    /// A use of the policy's type for an editor to show, where the expansion does not have one for the
    /// compiler: only a template needs more than the kind.
    pub fn use_of_policy_type(&self) -> TokenStream {
        let policy_type = &self.policy_type;
        match self.header.form {
            Form::Template(..) => TokenStream::new(),
            Form::Inline | Form::Constant(_) => quote!(const _: fn(&#policy_type) = |_| ();),
        }
    }

    /// The struct, and its methods. They are `#[inline]`, so that methods without a caller are never compiled to
    /// machine code.
    pub fn template(&self, name: &Name, fields: &[Field], holes: &Holes, program: &str) -> TokenStream {
        let Self {
            core,
            kind,
            policy_type,
            ..
        } = self;
        let (outside, name, cfgs) = (Outside(self), self.input.written(name.range()), self.cfgs());
        let declarations = self.declarations(fields);
        let checks = self.checks(fields, holes);
        let mut arns = self.arns(fields, holes);
        arns.extend(self.unknown(fields, holes));
        arns.extend(self.compared(fields, holes));
        arns.extend(self.named(fields, holes));
        let fills = self.fills(fields, holes);
        let of_one_partition = self.of_one_partition(fields, holes);
        let if_mixed = (!of_one_partition.is_empty()).then_some(
            quote!(#[doc = "Values of different partitions make a policy that matches nothing: `try_to_json` and `try_to_policy` are for values that the program does not choose."]),
        );
        quote! {
            #outside struct #name { #declarations }
            #cfgs
            #[allow(dead_code)]
            impl #name {
                #[doc = "The policy as JSON without white space."]
                #if_mixed
                #[inline]
                pub fn to_json(&self) -> ::std::string::String {
                    #arns
                    #checks
                    #core::__macro::v1::template::render(#program, &[#fills])
                }
                #[doc = "The policy as JSON for people."]
                #[inline]
                pub fn to_json_pretty(&self) -> ::std::string::String {
                    #core::__macro::v1::template::pretty(&self.to_json())
                }
                #[doc = "The policy, to ask and to pass on."]
                #[inline]
                pub fn to_policy(&self) -> #policy_type {
                    #core::__macro::v1::template::policy(self.to_json())
                }
                #of_one_partition
            }
            #cfgs
            impl ::core::convert::From<&#name> for #core::policy::Policy<#kind> {
                #[inline]
                fn from(template: &#name) -> Self {
                    template.to_policy()
                }
            }
        }
    }

    /// The fields of the struct.
    fn declarations(&self, fields: &[Field]) -> TokenStream {
        let (input, mut tokens) = (self.input, TokenStream::new());
        for field in fields {
            input.written(field.attributes.clone()).to_tokens(&mut tokens);
            input.written(field.visibility.clone()).to_tokens(&mut tokens);
            input.written(field.name.range()).to_tokens(&mut tokens);
            sign(":", &mut tokens);
            if field.has_no_type() {
                quote!(()).to_tokens(&mut tokens);
            }
            input.written(field.whole_type.clone()).to_tokens(&mut tokens);
            sign(",", &mut tokens);
        }
        tokens
    }

    /// The assertions that the types fit the other places of their holes, for holes with several places.
    fn checks(&self, fields: &[Field], holes: &Holes) -> TokenStream {
        let Self { core, .. } = self;
        let mut checks = TokenStream::new();
        for fill in &holes.fills {
            let Source::Field(index) = fill.source else { continue };
            let Some(field) = fields.get(index) else { continue };
            let is_checked =
                |site: &&Site| **site == Site::WholeResource && holes.arns.iter().any(|arn| arn.field == index);
            let filled = fill.sites.iter().find(is_checked).or(fill.sites.first());
            for site in fill.sites.iter().filter(|site| Some(*site) != filled) {
                let (element, site) = (self.input.written(field.element_type.clone()), self.site_trait(*site));
                let cfgs = cfgs(self.input, &field.cfgs);
                quote!(#cfgs let _ = <#element as #core::__macro::v1::hole::#site>::FITS;).to_tokens(&mut checks);
            }
        }
        checks
    }

    /// The assertions that the types which the macro knows by their names are those: an alias or a type of `resource_arn!` can have
    /// such a name, and what the statement says of the ARNs was then not checked. Where only some types fit, their trait is enough.
    fn named(&self, fields: &[Field], holes: &Holes) -> TokenStream {
        let core = &self.core;
        let mut asserted = TokenStream::new();
        for (field, fill) in fields.iter().zip(&holes.fills) {
            let Some(NameKind::Arn(kind)) = field.kind.filter(|_| field.broken.is_none()) else {
                continue;
            };
            let is_any_arn = |site: &&Site| matches!(site, Site::WholeResource | Site::ArnValue);
            let Some(site) = fill.sites.iter().find(is_any_arn) else {
                continue;
            };
            let (name, format) = (kind.type_name(), kind.format());
            let message = format!(
                "this `{name}` is not `policy_core::names::{name}`, for which its name was taken: it is the ARN of another resource type; write the type \
                 of `policy_core::names`, or give this one a name that `policy_core::names` does not have"
            );
            let (cfgs, element) = (
                cfgs(self.input, &field.cfgs),
                self.input.written(field.element_type.clone()),
            );
            let (site, span) = (
                self.site_trait(*site),
                self.input.span_of_last(place(field.element_type.clone())),
            );
            let known = quote!(<#element as #core::__macro::v1::hole::#site>::FORMAT);
            let call = quote_spanned!(span=> assert_applied(#known, &[#format], #message));
            quote!(#cfgs const _: () = { use #core::__macro::v1::hole::assert_applied; #call };)
                .to_tokens(&mut asserted);
        }
        asserted
    }

    /// The trait by which the compiler checks whether a type fits a place.
    fn site_trait(&self, site: Site) -> TokenStream {
        let name = ident(site.trait_name());
        if let Site::Part(kind) = site {
            let (core, kind) = (&self.core, ident(kind.type_name()));
            quote!(#name<#core::names::#kind>)
        } else {
            quote!(#name)
        }
    }

    /// The value that fills each hole, passed to a function that accepts only the types that fit the hole's place.
    fn fills(&self, fields: &[Field], holes: &Holes) -> TokenStream {
        let mut fills = TokenStream::new();
        for fill in &holes.fills {
            self.fill(fill, fields, holes).to_tokens(&mut fills);
        }
        fills
    }

    fn fill(&self, fill: &Fill, fields: &[Field], holes: &Holes) -> TokenStream {
        let Self { core, .. } = self;
        let (Source::Field(index) | Source::PartitionOf(index) | Source::DnsSuffixOf(index)) = fill.source else {
            return quote!(&"",);
        };
        let Some(field) = fields.get(index) else {
            return TokenStream::new();
        };
        let name = self.input.written(field.name.range());
        match fill.source {
            Source::PartitionOf(_) => return quote!(&self.#name.partition(),),
            Source::DnsSuffixOf(_) => return quote!(&self.#name.partition().dns_suffix(),),
            _ => {}
        }
        let element = self.input.written(field.element_type.clone());
        let own = match holes.arns.iter().position(|arn| arn.field == index) {
            Some(number) => Some(whole_arn(number)),
            None => self.own_hole(index, field, holes).map(|(own, _)| own),
        };
        let filled = if let Some(own) = own {
            quote!(<#element as #own>::fill(&self.#name),)
        } else {
            let site = self.site_trait(fill.sites.first().copied().unwrap_or(Site::Text));
            let function = ident(match (field.optional, field.list) {
                (false, false) => "one",
                (false, true) => "list",
                (true, false) => "option",
                (true, true) => "option_list",
            });
            quote!(<#element as #core::__macro::v1::hole::#site>::#function(&self.#name),)
        };
        if field.cfgs.is_empty() {
            return filled;
        }
        let (cfgs, predicates) = (cfgs(self.input, &field.cfgs), predicates(self.input, &field.cfgs));
        quote! {
            #cfgs #filled
            #[cfg(not(all(#predicates)))] &::core::option::Option::<#core::names::Region>::None,
        }
    }

    /// Findings that do not stop the compile, as warnings: on stable Rust the use of something deprecated is the only one
    /// that has a text and a span of the macro's choice.
    pub fn warnings(&self, root: &Node<'static>, advice: &[Finding]) -> TokenStream {
        let mut warnings = TokenStream::new();
        for finding in advice {
            let note = mistake(root, finding).message(None);
            let name = ident(finding.code().name());
            let used = Ident::new(finding.code().name(), self.input.ours_at(finding.place()));
            quote!(const _: () = { #[deprecated(note = #note)] const #name: () = (); #used };).to_tokens(&mut warnings);
        }
        warnings
    }
}

/// The attributes `#[cfg(...)]`.
pub fn cfgs(input: &Input, cfgs: &[Cfg]) -> TokenStream {
    let mut attributes = TokenStream::new();
    for cfg in cfgs {
        input.written(cfg.attribute.clone()).to_tokens(&mut attributes);
    }
    attributes
}

/// Their predicates, each followed by a comma.
fn predicates(input: &Input, cfgs: &[Cfg]) -> TokenStream {
    let mut predicates = TokenStream::new();
    for cfg in cfgs {
        input.written(cfg.predicate.clone()).to_tokens(&mut predicates);
        sign(",", &mut predicates);
    }
    predicates
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
