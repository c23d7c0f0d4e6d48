//! `policy!`, from tokens to code.

use crate::code::Code;
use crate::expand::{self, Paths};
use crate::header::{self, Form};
use crate::judge::judge;
use crate::report::Report;
use crate::token::{Delimiter, Token};
use crate::{body, pieces, place};

/// The expansion of a `policy!`.
pub fn expand(tokens: &[Token]) -> Code {
    let mut report = Report::default();
    let header::Read { mut header, body: open } = match header::read(tokens, &mut report) {
        Ok(read) => read,
        Err(mistake) => {
            report.push(mistake);
            return report.into_code();
        }
    };
    let mut body = body::read(tokens, open, &mut report);
    let holes = place::find(&mut body.root, &header.form, header.kind, &mut report);
    let pieces = match &header.form {
        Form::Template(..) => pieces::of(&body.root, &holes, &mut report),
        _ => Vec::new(),
    };
    let _advice = judge(&body.root, header.kind, body.whole, &mut header.allowances, &mut report);
    let paths = Paths::of(&header);
    let mut code = report.into_code();
    match &header.form {
        Form::Template(name, fields) => code.push(expand::template(&paths, &header, name, fields, &holes, &pieces)),
        Form::Constant(name) => {
            let value = expand::constant_value(&paths, &body.root);
            code.push(expand::constant(&paths, &header, name, &value));
        }
        Form::Inline => {
            code.push(expand::constant_value(&paths, &body.root));
            code = code.in_group(Delimiter::Brace);
        }
    }
    code
}
