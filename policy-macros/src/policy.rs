//! `policy!`, from tokens to code.

use crate::code::Code;
use crate::expand::{self, Paths};
use crate::header::{self, Form};
use crate::judge::judge;
use crate::report::Report;
use crate::token::{Delimiter, Token};
use crate::{body, editor, pieces, place};

/// The expansion of a `policy!`.
pub fn expand(tokens: &[Token]) -> Code {
    let mut report = Report::default();
    let header::Read { mut header, body: open } = match header::read(tokens, &mut report) {
        Ok(read) => read,
        Err(mistake) => return Code::error(mistake),
    };
    let mut body = open.map_or_else(body::Body::missing, |open| body::read(tokens, open, &mut report));
    let holes = place::find(&mut body.root, &header, open.is_some(), &mut report);
    let program = match &header.form {
        Form::Template(..) => pieces::of(&body.root, &holes, &mut report),
        _ => String::new(),
    };
    let paths = Paths::of(&header);
    let mut items = Code::default();
    if open.is_some() && header.kind_is_sure {
        let advice = judge(&body, &mut header, &mut report);
        // First: what an editor completes has to be the first thing that stands where the cursor does.
        items.push(editor::references(tokens, &body.root, &header));
        items.push(expand::warnings(&body.root, &advice));
    }
    match &header.form {
        Form::Template(name, fields) => {
            let mut code = items;
            code.push(report.into_code());
            code.push(expand::template(&paths, &header, name, fields, &holes, &program));
            code
        }
        Form::Constant(name) => {
            let mut code = items;
            code.push(report.into_code());
            code.push(expand::constant(
                &paths,
                &header,
                name,
                &expand::constant_value(&paths, &body.root),
            ));
            code
        }
        // What is not even a kind of policy may stand where an item is expected: nothing but one error fits both.
        Form::Inline if !header.kind_is_sure => report.into_first(),
        Form::Inline => {
            let mut code = items;
            code.push(report.into_code());
            let is_block = !code.is_empty();
            code.push(expand::constant_value(&paths, &body.root));
            if is_block {
                code.in_group(Delimiter::Brace)
            } else {
                code
            }
        }
    }
}
