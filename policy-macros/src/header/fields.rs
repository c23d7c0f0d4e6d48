//! The fields of a template.

use std::ops::Range;

use policy_core::names::NameKind;

use super::{Cfg, Name, visibility};
use crate::report::{Mistake, Report};
use crate::token::{Cursor, Delimiter, Token, place};

/// A field, which fills the hole of its name.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name, `account_id`, without `r#`.
    pub name: Name,
    /// Its attributes.
    pub attributes: Range<usize>,
    /// Those of them that are `#[cfg(...)]`: the field is there only with them.
    pub cfgs: Vec<Cfg>,
    /// Its visibility; the struct's if it has none.
    pub visibility: Range<usize>,
    /// Its type, all of it.
    pub whole_type: Range<usize>,
    /// The type of one value: without `Option` and `NonEmpty`.
    pub element_type: Range<usize>,
    /// The last word of that type.
    pub element_name: String,
    /// The kind of name that the type is, if it is known.
    pub kind: Option<NameKind>,
    /// Whether it is an `Option`.
    pub optional: bool,
    /// Whether it is a list.
    pub list: bool,
    /// What is wrong with its type, if the type can never fit; what to write instead depends on the hole.
    pub broken: Option<Mistake>,
}

impl Field {
    /// Whether there is nothing where its type should be.
    pub const fn has_no_type(&self) -> bool {
        self.whole_type.start >= self.whole_type.end
    }
}

/// Reads the fields between the braces; a field without a visibility has the struct's.
pub fn read(mut inside: Cursor<'_>, struct_visibility: &Range<usize>, report: &mut Report) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    while !inside.is_done() {
        match field(&mut inside, struct_visibility, report) {
            Ok(field) if fields.iter().any(|other| other.name.text == field.name.text) => report.push(Mistake::new(
                field.name.place(),
                format!("the field `{}` is declared twice", field.name.text),
            )),
            Ok(field) => fields.push(field),
            Err(mistake) => {
                report.push(mistake);
                until_comma_outside_angles(&mut inside);
            }
        }
        inside.eat(',');
    }
    fields
}

fn field(cursor: &mut Cursor<'_>, struct_visibility: &Range<usize>, report: &mut Report) -> Result<Field, Mistake> {
    let start = cursor.at();
    let mut cfgs = Vec::new();
    loop {
        let start = cursor.at();
        if !cursor.eat('#') {
            break;
        }
        if let Some(inside) = cursor.group(Delimiter::Bracket) {
            cfgs.extend(Cfg::read(&inside, start..cursor.at()));
        }
    }
    let attributes = start..cursor.at();
    let written = visibility(cursor);
    let name_at = cursor.at();
    let here = cursor.here();
    let found = cursor.found();
    let Some(name) = cursor.word() else {
        return Err(
            Mistake::new(here, format!("expected a field, found {found}")).help("write `account_id: AccountId,`")
        );
    };
    if !cursor.eat(':') && !matches!(cursor.peek(), None | Some(Token::Punct(','))) {
        return Err(Mistake::new(
            cursor.here(),
            format!("expected `:` and the type of `{name}`, found {}", cursor.found()),
        )
        .help(format!(
            "write `{name}: AccountId,`, or another type of `policy_core::names`"
        )));
    }
    let whole_type = until_comma_outside_angles(cursor);
    let tokens = cursor.clone();
    let shape = Shape::of(&tokens, whole_type.clone());
    let mut field = Field {
        name: Name {
            text: name.strip_prefix("r#").unwrap_or(name).to_owned(),
            at: name_at,
        },
        attributes,
        cfgs,
        visibility: if written.is_empty() {
            struct_visibility.clone()
        } else {
            written
        },
        element_type: shape.element,
        element_name: shape.last_word.unwrap_or_default().to_owned(),
        kind: shape.last_word.and_then(NameKind::from_type_name),
        optional: shape.optional,
        list: shape.list,
        broken: None,
        whole_type,
    };
    if let Some(mistake) = unfit(&field, shape.last_word).or_else(|| misshapen(&field, &tokens)) {
        field.broken = Some(mistake);
    } else if !field.cfgs.is_empty() && !field.optional {
        report.push(unfilled(&field, &tokens));
    }
    Ok(field)
}

/// A field that is not always there, so that its hole is not always filled.
fn unfilled(field: &Field, cursor: &Cursor<'_>) -> Mistake {
    let name = &field.name.text;
    let written = shown(&cursor.over(field.whole_type.clone()));
    Mistake::new(
        place(field.whole_type.clone()),
        format!("the `#[cfg]` can remove the field `{name}`, but its hole must always have a value"),
    )
    .note("where the `#[cfg]` removes the field, only the hole of an `Option` can be left out")
    .help(format!("write `Option<{written}>`, or remove the `#[cfg]`"))
}

/// A type that cannot fit, whatever it is imported as, or none.
fn unfit(field: &Field, last_word: Option<&str>) -> Option<Mistake> {
    let here = place(field.whole_type.clone());
    let name = &field.name.text;
    if field.has_no_type() {
        return Some(Mistake::new(
            field.name.place(),
            format!("the field `{name}` has no type"),
        ));
    }
    match last_word? {
        "Vec" | "VecDeque" | "HashSet" | "BTreeSet" => Some(
            Mistake::new(here, format!("the list `{name}` can be empty"))
                .note("AWS rejects a policy with an empty list")
                .help("write `NonEmpty<...>`; if the list can be empty, write `Option<NonEmpty<...>>`"),
        ),
        word @ ("String" | "str" | "char" | "Cow") => Some(
            Mistake::new(
                here,
                format!("the field `{name}` is a `{word}`, which can contain any text"),
            )
            .note("the type of a field checks its value, so that the policy is always valid"),
        ),
        "u8" | "u16" | "u32" | "u64" | "u128" | "usize" | "i8" | "i16" | "i32" | "i64" | "i128" | "isize" => Some(
            Mistake::new(
                here,
                format!("the field `{name}` is a number, but a hole is filled with text"),
            )
            .note("the type of a field checks its value, so that the policy is always valid"),
        ),
        word @ ("bool" | "f32" | "f64") => Some(Mistake::new(
            here,
            format!("the field `{name}` is a `{word}`, but a hole is filled with text"),
        )),
        _ => None,
    }
}

/// A type that is built of others in a way that fills no hole: an array, a tuple, a `Box`, an `Option` in a list.
fn misshapen(field: &Field, tokens: &Cursor<'_>) -> Option<Mistake> {
    let mut inside = tokens.over(field.element_type.clone());
    while inside.eat('&') {
        if inside.eat('\'') {
            inside.skip();
        }
    }
    let pointee = match tokens.path(field.element_type.clone()) {
        (Some("Box" | "Rc" | "Arc"), Some(pointee)) => Some(shown(&tokens.over(pointee))),
        _ => None,
    };
    let (group, is_list) = match inside.peek()? {
        Token::Open(Delimiter::Bracket, _) => (inside.group(Delimiter::Bracket)?, true),
        Token::Open(Delimiter::Parenthesis, _) => (inside.group(Delimiter::Parenthesis)?, false),
        _ if pointee.is_some() || matches!(&*field.element_name, "Option" | "NonEmpty") => {
            (tokens.over(field.element_type.clone()), false)
        }
        _ => return None,
    };
    let whole = shown(&tokens.over(field.whole_type.clone()));
    let mistake = Mistake::new(
        place(field.whole_type.clone()),
        format!(
            "the field `{}` is of a type that cannot fill a hole: `{whole}`",
            field.name.text
        ),
    );
    if let Some(pointee) = pointee {
        return Some(mistake.help(format!("write `{pointee}`")));
    }
    let element = shown(&group);
    let element = element.split(';').next().unwrap_or_default();
    Some(if is_list && !element.contains(',') {
        mistake.help(format!("write `NonEmpty<{element}>`"))
    } else {
        mistake.help(
            "write the type of one value, or that type in `Option<...>`, `NonEmpty<...>` or `Option<NonEmpty<...>>`",
        )
    })
}

/// Tokens as they were probably written.
fn shown(tokens: &Cursor<'_>) -> String {
    let mut written = String::new();
    for at in 0.. {
        let Some(token) = tokens.peek_after(at) else { break };
        written.push_str(&token.shown());
        if matches!(token, Token::Punct(',' | ';')) {
            written.push(' ');
        }
    }
    written
}

/// The parts of a type, as far as its tokens show.
struct Shape<'t> {
    optional: bool,
    list: bool,
    element: Range<usize>,
    last_word: Option<&'t str>,
}

impl<'t> Shape<'t> {
    fn of(cursor: &Cursor<'t>, whole: Range<usize>) -> Self {
        let mut shape = Self {
            optional: false,
            list: false,
            element: whole,
            last_word: None,
        };
        // At most `Option<NonEmpty<T>>`: a deeper type does not fit anywhere, and the compiler reports it.
        for _ in 0..3 {
            let (word, generics) = cursor.path(shape.element.clone());
            shape.last_word = word;
            match (word, generics) {
                (Some("Option"), Some(inside)) if !shape.optional && !shape.list => {
                    shape.optional = true;
                    shape.element = inside;
                }
                (Some("NonEmpty"), Some(inside)) if !shape.list => {
                    shape.list = true;
                    shape.element = inside;
                }
                _ => break,
            }
        }
        shape
    }
}

impl<'t> Cursor<'t> {
    /// The last word of the path that these tokens are, and the tokens in the angle brackets after it.
    fn path(&self, range: Range<usize>) -> (Option<&'t str>, Option<Range<usize>>) {
        let mut cursor = self.over(range);
        let mut last = None;
        while let Some(token) = cursor.peek() {
            match token {
                Token::Ident(word) => last = Some(word.as_str()),
                Token::Punct('<') => {
                    let start = cursor.at() + 1;
                    let mut end = cursor.end();
                    while end > start && self.over(end - 1..end).peek() != Some(&Token::Punct('>')) {
                        end -= 1;
                    }
                    return (last, Some(start..end.saturating_sub(1).max(start)));
                }
                Token::Punct(':' | '&' | '\'') => {}
                _ => return (None, None),
            }
            cursor.skip();
        }
        (last, None)
    }
}

/// The tokens up to the comma after a type: a comma inside `<...>` is part of the type.
fn until_comma_outside_angles(cursor: &mut Cursor<'_>) -> Range<usize> {
    let start = cursor.at();
    let mut depth = 0_usize;
    while let Some(token) = cursor.peek() {
        match token {
            Token::Punct('<') => depth += 1,
            Token::Punct('>') => depth = depth.saturating_sub(1),
            Token::Punct(',') if depth == 0 => break,
            _ => {}
        }
        cursor.skip();
    }
    start..cursor.at()
}
