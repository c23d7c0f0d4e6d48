//! The support of an editor for a policy: the text over an action, the way to its definition, its completions while it
//! is being written, and the fields that fill a string's holes.
//!
//! For an action the expansion has an item of that name, documented from the catalogue, that has the span of the action
//! (for wildcards, an item documented with the actions that they match); for a hole, a use of its field that has the
//! span of the string. They are there for rust-analyzer alone: the compiler sees one macro call that it drops unread,
//! so that the documentation costs it nothing.

use std::ops::Range;

use policy_core::__macro::v1::hole::bracketed;
use policy_core::__macro::v1::list::CollectVec;
use policy_core::catalogue::{self, Service, markdown};
use policy_core::document::{Node, Place};

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use crate::expand::CratePath;
use crate::header::{Form, Header};
use crate::literal::{self, is_string};
use crate::token::{Cursor, Delimiter, Input, Token, place, sign};

/// The actions and the holes of a policy, handed to the macro that makes the items, and a use of the policy's type.
pub fn references(input: &Input, root: &Node<'_>, header: &Header, policy_type: &TokenStream) -> TokenStream {
    let macros = match (&header.macros, &header.core) {
        (Some(path), _) => CratePath::Written(input.written(path.clone())),
        (None, None) => CratePath::Named("policy_macros"),
        // Where policy-core has another name, policy-macros may have one too, which is not known.
        (None, Some(_)) => return TokenStream::new(),
    };
    let mut actions = TokenStream::new();
    let mut unfinished = TokenStream::new();
    each_action(root, &mut |range, written| {
        if let Some(service) = unfinished_action(&input.tokens, &range, written) {
            choices(input, service, range.end - 1).to_tokens(&mut unfinished);
        } else {
            input.written(range).to_tokens(&mut actions);
            sign(",", &mut actions);
        }
    });
    let holes = holes(input, root, header);
    if actions.is_empty() && unfinished.is_empty() && holes.is_empty() && policy_type.is_empty() {
        return actions;
    }
    quote! {
        #[allow(unexpected_cfgs)] const _: () = {
            #[cfg(rust_analyzer)] #macros::__editor! { #actions #holes }
            #[cfg(rust_analyzer)] const _: () = { #unfinished #policy_type };
        };
    }
}

/// The service of an action that is written without quotes and is not, or not yet, one of its actions.
fn unfinished_action(tokens: &[Token], range: &Range<usize>, written: &str) -> Option<Service> {
    let is_bare_word = range.len() > 2 && matches!(tokens.get(range.end - 1), Some(Token::Ident(_)));
    let (prefix, name) = written.split_once(':')?;
    if !is_bare_word || name.contains(['*', '?']) {
        return None;
    }
    let service = catalogue::service(prefix)?;
    service.action(name).is_none().then_some(service)
}

fn each_action(root: &Node<'_>, visit: &mut dyn FnMut(Range<usize>, &str)) {
    let Some(statements) = root.member("Statement") else {
        return;
    };
    for statement in statements.as_list() {
        for name in ["Action", "NotAction"] {
            for action in statement.member(name).map(Node::as_list).unwrap_or_default() {
                if let Some(text) = action.as_text() {
                    visit(token_numbers(action.place), text.written());
                }
            }
        }
    }
}

/// The fields and the strings with holes of a template, for the macro to compare: `; Name { field field } "string"
/// "string"`.
fn holes(input: &Input, root: &Node<'_>, header: &Header) -> TokenStream {
    let mut holes = TokenStream::new();
    let Form::Template(name, fields) = &header.form else {
        return holes;
    };
    let body = token_numbers(root.place);
    let strings = input.tokens.get(body.clone()).unwrap_or_default().iter().zip(body);
    for (token, at) in strings {
        // Bytes, because a search for characters takes many times as long in an unoptimised build, as here.
        if matches!(token, Token::Literal(literal) if literal.as_bytes().contains(&b'<')) {
            input.written(at..at + 1).to_tokens(&mut holes);
        }
    }
    if holes.is_empty() {
        return holes;
    }
    let name = input.written(name.range());
    let fields = fields.iter().map(|field| input.written(field.name.range()));
    quote!(; #name { #(#fields)* } #holes)
}

fn token_numbers(place: Place) -> Range<usize> {
    let number = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    number(place.start)..number(place.end)
}

/// The items for a list of actions, each a string or written without quotes, and for the holes of a template.
pub fn items(input: &Input) -> TokenStream {
    let mut items = TokenStream::new();
    let mut cursor = Cursor::new(&input.tokens, 0..input.tokens.len());
    while !cursor.is_done() {
        if cursor.eat(';') {
            fields_in_holes(input, cursor).to_tokens(&mut items);
            break;
        }
        let mut last = cursor.at();
        let mut written = String::new();
        while let Some(token) = cursor.peek() {
            if matches!(token, Token::Punct(',' | ';')) {
                break;
            }
            match token {
                Token::Literal(literal) if is_string(literal) => {
                    written.push_str(&literal::text(literal).unwrap_or_default());
                }
                token => written.push_str(&token.shown()),
            }
            // Not at a wildcard: an editor sees no name there.
            if matches!(token, Token::Ident(_) | Token::Literal(_)) {
                last = cursor.at();
            }
            cursor.skip();
        }
        cursor.eat(',');
        if let Some((prefix, name)) = written.split_once(':')
            && let Some(service) = catalogue::service(prefix)
        {
            let at = input.span_of_first(place(last..last + 1));
            if let Some(action) = service.action(name) {
                item(service, action.name(), &markdown::action(&action), at).to_tokens(&mut items);
            } else if name.contains(['*', '?']) {
                item(service, "matching", &markdown::actions(service, name), at).to_tokens(&mut items);
            }
        }
    }
    items
}

/// The item has the place of the last word of the action: there the editor shows its text, and finds its definition.
/// Its name is to the editor as if the user had written it; if it were known as the macro's, the call would be a second
/// definition. A module has no size or layout that an editor would show with it.
fn item(service: Service, name: &str, documentation: &str, at: Span) -> TokenStream {
    let service = rust_name(service.prefix(), Span::call_site());
    let name = rust_name(name, at);
    quote!(#[allow(non_snake_case)] const _: () = { mod #service { #[doc = #documentation] pub mod #name {} } };)
}

/// Uses of a template's fields, each at the place of the string in which it fills a hole. The holes are found here and
/// not before, so that the compiler does not pay for it.
fn fields_in_holes(input: &Input, mut cursor: Cursor<'_>) -> TokenStream {
    let (Some(name), Some(mut declared)) = (cursor.word(), cursor.group(Delimiter::Brace)) else {
        return TokenStream::new();
    };
    let fields: Vec<&str> = std::iter::from_fn(|| declared.word()).collect_vec();
    let mut uses = TokenStream::new();
    while !cursor.is_done() {
        let at = input.span_of_first(cursor.here());
        let Some(string) = cursor.string() else { break };
        let mut seen: Vec<&str> = Vec::new();
        for hole in bracketed(&string) {
            let written = string.get(hole.range).unwrap_or_default();
            let field = fields.iter().find(|field| fills(field, written));
            if let Some(field) = field.filter(|field| !seen.contains(field)) {
                seen.push(field);
                let field = word(field, at);
                quote!(let _ = &template.#field;).to_tokens(&mut uses);
            }
        }
    }
    let name = word(name, Span::call_site());
    quote!(const _: () = { fn holes(template: &#name) { #uses } };)
}

/// Whether `account_id` fills `<account-id>`.
fn fills(field: &str, hole: &str) -> bool {
    let hole = hole.strip_prefix('<').and_then(|hole| hole.strip_suffix('>'));
    let field = field.strip_prefix("r#").unwrap_or(field);
    hole.is_some_and(|hole| hole.replace('-', "_") == field)
}

/// A word of the user's, with or without `r#`.
fn word(word: &str, span: Span) -> Ident {
    match word.strip_prefix("r#") {
        Some(word) => Ident::new_raw(word, span),
        None => Ident::new(word, span),
    }
}

/// The completions of an action that is being written without quotes: the editor completes the last word of the path.
fn choices(input: &Input, service: Service, last: usize) -> TokenStream {
    let names = service.actions().map(|action| {
        let name = rust_name(action.name(), Span::call_site());
        let documentation = markdown::action(&action);
        quote!(#[doc = #documentation] pub struct #name;)
    });
    let module = rust_name(service.prefix(), Span::call_site());
    let partial = input.written(last..last + 1);
    quote!(const _: () = { mod #module { #(#names)* } let _ = #module::#partial; };)
}

/// An AWS name as a Rust identifier.
fn rust_name(name: &str, span: Span) -> Ident {
    Ident::new(&name.replace('-', "_"), span)
}

#[cfg(test)]
mod tests {
    use policy_core::catalogue;
    use proc_macro2::Span;
    use quote::ToTokens;

    use super::rust_name;

    #[test]
    fn every_name_of_the_catalogue_is_one_of_rusts() {
        for service in catalogue::services() {
            let names = service.actions().map(|action| action.name().to_owned());
            for name in names.chain([service.prefix().to_owned()]) {
                let name = rust_name(&name, Span::call_site()).into_token_stream();
                assert!(syn::parse2::<syn::Ident>(name.clone()).is_ok(), "{name}");
            }
        }
    }
}
