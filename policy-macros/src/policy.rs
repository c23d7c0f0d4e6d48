//! `policy!`, from tokens to code.

use policy_core::document::Document;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;

use crate::expand::Expansion;
use crate::header::{self, Form};
use crate::judge::judge;
use crate::report::Report;
use crate::token::{Input, joined};
use crate::{body, editor, pieces, place};

/// The expansion of a `policy!`.
pub fn expand(input: &Input) -> TokenStream {
    let mut report = Report::default();
    let header::Read { mut header, body: open } = match header::read(&input.tokens, &mut report) {
        Ok(read) => read,
        Err(mistake) => return mistake.to_error(input),
    };
    let body::Body { mut root, whole } = match open {
        Some(open) => body::read(&input.tokens, open, &mut report),
        None => body::Body::missing(),
    };
    let holes = place::find(&mut root, &header, open.is_some(), &mut report);
    let program = match &header.form {
        Form::Template(..) => pieces::of(&root, &holes, &mut report),
        _ => String::new(),
    };
    let document = Document::new(root);
    let is_judged = open.is_some() && header.kind_is_sure;
    let advice = if is_judged {
        judge(&document, whole, &mut header, &mut report)
    } else {
        Vec::new()
    };
    let expansion = Expansion::of(input, &header);
    // First: the item that an editor completes has to be the first one at the cursor.
    let references = if is_judged {
        editor::references(input, document.root(), &header, &expansion.use_of_policy_type())
    } else {
        TokenStream::new()
    };
    let warnings = expansion.warnings(document.root(), &advice);
    let item = match &header.form {
        Form::Template(name, fields) => expansion.template(name, fields, &holes, &program),
        Form::Constant(name) => expansion.constant(name, &document.to_json()),
        // An input without a kind of policy may be an item or an expression: only a single error fits both.
        Form::Inline if !header.kind_is_sure => return report.into_first(input),
        Form::Inline => expansion.value(&document.to_json()),
    };
    let mut before = [references, warnings, report.into_errors(input)];
    // An item that is not there has no findings.
    let cfgs = expansion.cfgs();
    if !cfgs.is_empty() {
        for code in before.iter_mut().filter(|code| !code.is_empty()) {
            *code = quote!(#cfgs const _: () = { #code };);
        }
    }
    let needs_block = matches!(header.form, Form::Inline) && before.iter().any(|code| !code.is_empty());
    let [references, warnings, errors] = before;
    let all = joined(&[references, warnings, errors, item]);
    if needs_block {
        TokenTree::from(Group::new(Delimiter::Brace, all)).into()
    } else {
        all
    }
}
