//! What stands before the policy: attributes, visibility, name, kind and the fields that fill the holes.

use std::ops::Range;

use policy_core::names::NameKind;
use policy_core::names::nearest;
use policy_core::policy::Kind;

use crate::allow::{self, Allowance};
use crate::body::is_string;
use crate::report::{Mistake, Report};
use crate::token::{Cursor, Delimiter, Token, place};

/// The header of a `policy!`.
pub struct Header {
    /// The path by which `policy-core` is reached, where it is not `::policy_core`.
    pub core: Option<Range<usize>>,
    /// The path by which `policy-macros` is reached, likewise.
    pub macros: Option<Range<usize>>,
    /// The attributes that are the user's, documentation included.
    pub attributes: Vec<Range<usize>>,
    /// The findings that are allowed.
    pub allowances: Vec<Allowance>,
    /// Whether warnings and suggestions are asked for.
    pub warnings: bool,
    /// `pub` and the like.
    pub visibility: Range<usize>,
    /// Which of the forms it is.
    pub form: Form,
    /// The kind of policy.
    pub kind: Kind,
    /// Whether the kind is what the user wrote, and not a guess.
    pub kind_is_sure: bool,
}

impl Header {
    /// The fields of a template; other forms have none.
    pub fn fields(&self) -> &[Field] {
        match &self.form {
            Form::Template(_, fields) => fields,
            _ => &[],
        }
    }
}

/// The forms of `policy!`.
#[derive(Clone)]
pub enum Form {
    /// `IdentityPolicy { ... }`
    Inline,
    /// `const NAME: IdentityPolicy = { ... };`
    Constant(String),
    /// `struct Name: IdentityPolicy { fields } { ... }`
    Template(String, Vec<Field>),
}

/// A field, which fills the hole of its name.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name, `account_id`.
    pub name: String,
    /// Which token the name is.
    pub name_at: usize,
    /// Its attributes.
    pub attributes: Range<usize>,
    /// Its visibility; the struct's where none is written.
    pub visibility: Range<usize>,
    /// Its type, all of it.
    pub whole_type: Range<usize>,
    /// The type of one value: without `Option` and `NonEmpty`.
    pub element_type: Range<usize>,
    /// What is known of that type.
    pub kind: Option<NameKind>,
    /// Whether it is an `Option`.
    pub optional: bool,
    /// Whether it is a list.
    pub list: bool,
    /// Whether its type is wrong beyond repair, which has been said.
    pub broken: bool,
}

/// What was read: the header, and the number of the brace that opens the policy.
pub struct Read {
    /// The header.
    pub header: Header,
    /// The number of the token that opens the body, if there is one.
    pub body: Option<usize>,
}

/// Reads the header; `Err` where not even the name of an item can be made out.
pub fn read(tokens: &[Token], report: &mut Report) -> Result<Read, Mistake> {
    let mut cursor = Cursor::new(tokens, 0..tokens.len());
    let mut header = beginning(&mut cursor, report)?;
    if cursor.eat_word("struct") {
        template(&mut cursor, &mut header, report)?;
    } else if cursor.eat_word("const") {
        constant(&mut cursor, &mut header, report)?;
    } else {
        inline(&mut cursor, &mut header, report)?;
    }
    let Some(body) = body(&mut cursor, &header, report) else {
        return Ok(Read { header, body: None });
    };
    end(&mut cursor, &header, report);
    Ok(Read {
        header,
        body: Some(body),
    })
}

/// Reads the input of `policy_file!`: the header of a constant, and which token is the path.
pub fn read_file(tokens: &[Token], report: &mut Report) -> Result<(Header, usize), Mistake> {
    const EXAMPLE: &str = "write `pub const AUDIT: IdentityPolicy = \"policies/audit.json\";`";
    let mut cursor = Cursor::new(tokens, 0..tokens.len());
    let mut header = beginning(&mut cursor, report)?;
    if !cursor.eat_word("const") {
        return Err(
            Mistake::new(cursor.here(), format!("expected a constant, found {}", cursor.found())).help(EXAMPLE),
        );
    }
    constant(&mut cursor, &mut header, report)?;
    let path = cursor.at();
    if !matches!(cursor.peek(), Some(Token::Literal(literal)) if is_string(literal)) {
        return Err(Mistake::new(
            cursor.here(),
            format!("expected the path of a file, found {}", cursor.found()),
        )
        .help(EXAMPLE));
    }
    cursor.skip();
    end(&mut cursor, &header, report);
    Ok((header, path))
}

/// What comes before the name: paths, attributes, visibility.
fn beginning(cursor: &mut Cursor<'_>, report: &mut Report) -> Result<Header, Mistake> {
    let (core, macros) = forwarded(cursor)?;
    let mut header = Header {
        core,
        macros,
        attributes: Vec::new(),
        allowances: Vec::new(),
        warnings: false,
        visibility: 0..0,
        form: Form::Inline,
        kind: Kind::Identity,
        kind_is_sure: true,
    };
    attributes(cursor, &mut header, report)?;
    header.visibility = visibility(cursor);
    Ok(header)
}

/// What comes after the policy: the semicolon of a constant, and nothing more.
fn end(cursor: &mut Cursor<'_>, header: &Header, report: &mut Report) {
    if matches!(header.form, Form::Constant(_)) && !cursor.eat(';') && cursor.is_done() {
        report.push(Mistake::new(cursor.here(), "expected `;` after the constant").help("write `;`"));
    }
    if !cursor.is_done() {
        let rest = place(cursor.at()..cursor.end());
        report.push(
            Mistake::new(rest, "the policy is complete here, but something follows")
                .help("give each policy a macro call of its own"),
        );
    }
}

/// The tokens of a path, if one is given.
type Path = Option<Range<usize>>;

/// `@crate(core)` or `@crate(core, macros)`: how a macro that forwards to this one says where the crates are.
fn forwarded(cursor: &mut Cursor<'_>) -> Result<(Path, Path), Mistake> {
    if !cursor.eat('@') {
        return Ok((None, None));
    }
    let here = cursor.here();
    if cursor.eat_word("crate")
        && let Some(mut paths) = cursor.group(Delimiter::Parenthesis)
    {
        let core = until(&mut paths, ',');
        paths.eat(',');
        let macros = until(&mut paths, ',');
        return Ok((Some(core), Some(macros).filter(|path| !path.is_empty())));
    }
    Err(Mistake::new(here, "expected `@crate(path::to::policy_core)`"))
}

fn attributes(cursor: &mut Cursor<'_>, header: &mut Header, report: &mut Report) -> Result<(), Mistake> {
    loop {
        let start = cursor.at();
        if !cursor.eat('#') {
            return Ok(());
        }
        let Some(mut inside) = cursor.group(Delimiter::Bracket) else {
            return Err(Mistake::new(cursor.here(), "expected an attribute, `#[...]`"));
        };
        let whole = start..cursor.at();
        if inside.eat_word("allow_finding") {
            match allow::read(&mut inside, whole) {
                Ok(allowance) => header.allowances.push(allowance),
                Err(mistake) => report.push(mistake),
            }
        } else if inside.eat_word("policy") {
            if let Err(mistake) = option(&mut inside, header) {
                report.push(mistake);
            }
        } else {
            header.attributes.push(whole);
        }
    }
}

/// `#[policy(crate = path)]`, `#[policy(warnings)]`
fn option(attribute: &mut Cursor<'_>, header: &mut Header) -> Result<(), Mistake> {
    let here = attribute.here();
    let mistake = || {
        Mistake::new(here, "expected `policy(warnings)` or `policy(crate = path)`").help(
            "`#[policy(warnings)]` shows warnings and suggestions; `#[policy(crate = path)]` says where policy-core is",
        )
    };
    let mut inside = attribute.group(Delimiter::Parenthesis).ok_or_else(mistake)?;
    while !inside.is_done() {
        if inside.eat_word("warnings") {
            header.warnings = true;
        } else if inside.eat_word("crate") && inside.eat('=') {
            header.core = Some(until(&mut inside, ','));
        } else {
            return Err(mistake());
        }
        inside.eat(',');
    }
    Ok(())
}

fn visibility(cursor: &mut Cursor<'_>) -> Range<usize> {
    let start = cursor.at();
    if cursor.eat_word("pub") {
        cursor.group(Delimiter::Parenthesis);
    }
    start..cursor.at()
}

fn template(cursor: &mut Cursor<'_>, header: &mut Header, report: &mut Report) -> Result<(), Mistake> {
    let name = name(
        cursor,
        "a struct",
        "`pub struct TaskRole: IdentityPolicy { ... } { ... }`",
    )?;
    kind_after_colon(cursor, &name, header, report);
    let here = cursor.here();
    let Some(mut inside) = cursor.group(Delimiter::Brace) else {
        return Err(Mistake::new(
            here,
            format!("expected the fields of `{name}`, found {}", cursor.found()),
        )
        .help("write `{ region: Region, ... }` before the policy; without holes write a `const`"));
    };
    let mut fields: Vec<Field> = Vec::new();
    while !inside.is_done() {
        match field(&mut inside, &header.visibility, report) {
            Ok(field) if fields.iter().any(|other| other.name == field.name) => report.push(Mistake::new(
                place(field.name_at..field.name_at + 1),
                format!("the field `{}` is declared twice", field.name),
            )),
            Ok(field) => fields.push(field),
            Err(mistake) => {
                report.push(mistake);
                until_comma_outside_angles(&mut inside);
            }
        }
        inside.eat(',');
    }
    header.form = Form::Template(name, fields);
    Ok(())
}

fn constant(cursor: &mut Cursor<'_>, header: &mut Header, report: &mut Report) -> Result<(), Mistake> {
    let name = name(cursor, "a constant", "`pub const ECS_TRUST: TrustPolicy = { ... };`")?;
    kind_after_colon(cursor, &name, header, report);
    header.form = Form::Constant(name);
    if !cursor.eat('=') {
        report.push(Mistake::new(
            cursor.here(),
            format!("expected `=` and the policy, found {}", cursor.found()),
        ));
    }
    Ok(())
}

fn inline(cursor: &mut Cursor<'_>, header: &mut Header, report: &mut Report) -> Result<(), Mistake> {
    if let Some(Token::Ident(word)) = cursor.peek()
        && matches!(
            &**word,
            "enum" | "fn" | "let" | "mod" | "static" | "trait" | "type" | "union" | "use"
        )
    {
        return Err(Mistake::new(cursor.here(), format!("a policy is no `{word}`")).help(
            "write `struct Name: IdentityPolicy { fields } { ... }`, `const NAME: IdentityPolicy = { ... };`, or, as an expression, `IdentityPolicy { ... }`",
        ));
    }
    kind(cursor, header, report);
    Ok(())
}

fn name(cursor: &mut Cursor<'_>, what: &str, example: &str) -> Result<String, Mistake> {
    let here = cursor.here();
    let found = cursor.found();
    cursor
        .word()
        .map(str::to_owned)
        .ok_or_else(|| Mistake::new(here, format!("expected the name of {what}, found {found}")).help(example))
}

fn kind_after_colon(cursor: &mut Cursor<'_>, name: &str, header: &mut Header, report: &mut Report) {
    if cursor.eat(':') {
        return kind(cursor, header, report);
    }
    header.kind_is_sure = false;
    report.push(
        Mistake::new(
            cursor.here(),
            format!("expected the kind of policy that `{name}` is, found {}", cursor.found()),
        )
        .help(format!("write `{name}: IdentityPolicy`, or {}", other_kinds())),
    );
}

/// The kind; where it is not clear a guess, so that the rest can be read.
fn kind(cursor: &mut Cursor<'_>, header: &mut Header, report: &mut Report) {
    let here = cursor.here();
    let found = cursor.found();
    let Some(word) = cursor.word() else {
        header.kind_is_sure = false;
        let mistake = Mistake::new(here, format!("expected the kind of policy, found {found}"));
        return report.push(if found == "`{`" {
            mistake.help(format!(
                "write it before the policy: `IdentityPolicy {{ ... }}`, or {}",
                other_kinds()
            ))
        } else {
            mistake.help(format!("write `IdentityPolicy`, or {}", other_kinds()))
        });
    };
    if let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.type_name() == word) {
        header.kind = kind;
        return;
    }
    let mistake = Mistake::new(here, format!("`{word}` is no kind of policy"));
    let meant = nearest(word, Kind::ALL.iter().map(|kind| kind.type_name()));
    header.kind_is_sure = meant.is_some();
    report.push(match meant {
        Some(meant) => mistake.help(format!("write `{meant}`")),
        None => mistake.help(format!("write `IdentityPolicy`, or {}", other_kinds())),
    });
    if let Some(kind) = Kind::ALL.into_iter().find(|kind| Some(kind.type_name()) == meant) {
        header.kind = kind;
    }
}

fn other_kinds() -> String {
    let mut kinds = String::new();
    for kind in Kind::ALL.iter().skip(1) {
        if !kinds.is_empty() {
            kinds.push_str(", ");
        }
        kinds.push('`');
        kinds.push_str(kind.type_name());
        kinds.push('`');
    }
    kinds
}

fn body(cursor: &mut Cursor<'_>, header: &Header, report: &mut Report) -> Option<usize> {
    let here = cursor.here();
    let found = cursor.found();
    let open = cursor.at();
    if cursor.group(Delimiter::Brace).is_some() {
        return Some(open);
    }
    if header.kind_is_sure || !cursor.is_done() {
        let mistake = Mistake::new(
            here,
            format!("expected the policy, `{{ \"Version\": ... }}`, found {found}"),
        );
        report.push(match header.form {
            Form::Template(..) => mistake.help("a template has two pairs of braces: its fields, then the policy"),
            _ if matches!(cursor.peek(), Some(Token::Literal(_))) => {
                mistake.help("write the JSON without quotes around it; to read it from a file take `policy_file!`")
            }
            _ => mistake,
        });
    }
    None
}

fn field(cursor: &mut Cursor<'_>, struct_visibility: &Range<usize>, report: &mut Report) -> Result<Field, Mistake> {
    let start = cursor.at();
    while cursor.eat('#') {
        cursor.group(Delimiter::Bracket);
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
    if !cursor.eat(':') {
        return Err(Mistake::new(
            cursor.here(),
            format!("expected `:` and the type of `{name}`, found {}", cursor.found()),
        )
        .help(format!(
            "write `{name}: AccountId,`, or another type of `policy_core::names`"
        )));
    }
    let start = cursor.at();
    let whole_type = until_comma_outside_angles(cursor);
    if whole_type.is_empty() {
        return Err(Mistake::new(
            place(name_at..start),
            format!("the field `{name}` has no type"),
        ));
    }
    let tokens = cursor.clone();
    let shape = Shape::of(&tokens, whole_type.clone());
    let mut field = Field {
        name: name.strip_prefix("r#").unwrap_or(name).to_owned(),
        name_at,
        attributes,
        visibility: if written.is_empty() {
            struct_visibility.clone()
        } else {
            written
        },
        element_type: shape.element,
        kind: shape.last_word.and_then(NameKind::from_type_name),
        optional: shape.optional,
        list: shape.list,
        broken: false,
        whole_type,
    };
    if let Some(mistake) = unfit(&field, shape.last_word) {
        field.broken = true;
        report.push(mistake);
    }
    Ok(field)
}

/// A type of which no import can make one that fits.
fn unfit(field: &Field, last_word: Option<&str>) -> Option<Mistake> {
    let here = place(field.whole_type.clone());
    let name = &field.name;
    match last_word? {
        "Vec" | "VecDeque" | "HashSet" | "BTreeSet" => Some(
            Mistake::new(here, format!("the list `{name}` could be empty"))
                .note("AWS refuses a policy with an empty list")
                .help("write `NonEmpty<...>`; where there may be none, `Option<NonEmpty<...>>`"),
        ),
        "String" | "str" | "char" | "Cow" => Some(
            Mistake::new(here, format!("`{name}` could be any text"))
                .note("what fills a hole is checked when it is made, so that the policy cannot go wrong later")
                .help("write the type of what it names, such as `AccountId`, `Region`, `BucketName`; `ResourceName` where there is none"),
        ),
        "u8" | "u16" | "u32" | "u64" | "u128" | "usize" | "i8" | "i16" | "i32" | "i64" | "i128" | "isize" => Some(
            Mistake::new(here, format!("`{name}` is a number, and a hole takes text"))
                .note("an account id may begin with 0, which a number would lose")
                .help("write `AccountId`, or the type of what it names"),
        ),
        "bool" | "f32" | "f64" => Some(
            Mistake::new(here, format!("`{name}` has no text that could fill a hole"))
                .help("write the type of what it names, such as `AccountId`, `Region`, `BucketName`"),
        ),
        _ => None,
    }
}

/// What a type is made of, as far as its tokens say.
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
        // At most `Option<NonEmpty<T>>`: what is nested deeper fits nowhere, and the compiler says so.
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
    /// The last word of the path that these tokens are, and what stands in the angle brackets behind it.
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

/// All up to the next such character or the end of the group.
fn until(cursor: &mut Cursor<'_>, character: char) -> Range<usize> {
    let start = cursor.at();
    while !cursor.is_done() && cursor.peek() != Some(&Token::Punct(character)) {
        cursor.skip();
    }
    start..cursor.at()
}

/// All up to the comma after a type: one inside of `<...>` belongs to it.
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
