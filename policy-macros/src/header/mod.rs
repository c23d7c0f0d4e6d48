//! The header of a policy: attributes, visibility, name, kind and the fields that fill the holes.

mod attributes;
mod fields;

use std::ops::Range;

use policy_core::document::Place;
use policy_core::policy::Kind;
use policy_core::spelling::nearest;

use crate::allow::Allowance;
use crate::attached::{self, Attachment};
use crate::literal::is_string;
use crate::report::{Mistake, Report};
use crate::token::{Cursor, Delimiter, Token, place};

pub use attributes::Cfg;
pub use fields::Field;

/// The header of a `policy!`.
pub struct Header {
    /// The path of `policy-core`, if it is not `::policy_core`.
    pub core: Option<Range<usize>>,
    /// The path of `policy-macros`, likewise.
    pub macros: Option<Range<usize>>,
    /// The user's attributes, documentation included.
    pub attributes: Vec<Range<usize>>,
    /// Those of them that are `#[cfg(...)]`: everything that belongs to the item is there only with it.
    pub cfgs: Vec<Cfg>,
    /// The findings that are allowed.
    pub allowances: Vec<Allowance>,
    /// Whether warnings and suggestions are shown.
    pub warnings: bool,
    /// The resource type that a resource-based policy is attached to, if it is stated.
    pub attached_to: Option<Attachment>,
    /// `pub` and the like.
    pub visibility: Range<usize>,
    /// Which of the forms it is.
    pub form: Form,
    /// The kind of policy.
    pub kind: Kind,
    /// The kind that an attribute states, for a type of another name.
    pub stated_kind: Option<Kind>,
    /// The type as the user wrote it: a word, or a path.
    pub kind_type: Range<usize>,
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
    Constant(Name),
    /// `struct Name: IdentityPolicy { fields } { ... }`
    Template(Name, Vec<Field>),
}

/// The name of the item, or of a field.
#[derive(Clone, Debug)]
pub struct Name {
    /// The word, as written.
    pub text: String,
    /// Which token it is.
    pub at: usize,
}

impl Name {
    /// The token, as a range.
    pub const fn range(&self) -> Range<usize> {
        self.at..self.at + 1
    }

    /// Its place.
    pub fn place(&self) -> Place {
        place(self.range())
    }
}

/// The result: the header, and the number of the brace that opens the policy.
pub struct Read {
    /// The header.
    pub header: Header,
    /// The number of the token that opens the body, if there is one.
    pub body: Option<usize>,
}

/// Reads the header; `Err` if not even the name of an item can be read.
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
    attached::check(&header, report);
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
    attached::check(&header, report);
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

/// Reads the input of `resource_arn!`: the header of a struct, its name, and which token is the resource type.
pub fn read_arn(tokens: &[Token], report: &mut Report) -> Result<(Header, Name, usize), Mistake> {
    const EXAMPLE: &str = "`pub struct LedgerArn: \"qldb:ledger\"`";
    let mut cursor = Cursor::new(tokens, 0..tokens.len());
    let header = beginning(&mut cursor, report)?;
    if !cursor.eat_word("struct") {
        return Err(
            Mistake::new(cursor.here(), format!("expected a struct, found {}", cursor.found()))
                .help(format!("write {EXAMPLE}")),
        );
    }
    let name = name(&mut cursor, "a type of ARNs", EXAMPLE)?;
    let has_colon = cursor.eat(':');
    let at = cursor.at();
    if !has_colon || !matches!(cursor.peek(), Some(Token::Literal(literal)) if is_string(literal)) {
        let mut rest = cursor.clone();
        let unquoted = rest.written_until(';').replace("::", ":");
        if has_colon && unquoted.contains(':') && !unquoted.contains(['"', '{', '(', '[']) {
            return Err(Mistake::new(
                place(at..rest.at()),
                format!("the resource type `{unquoted}` is not in quotes"),
            )
            .help(format!("write `\"{unquoted}\"`")));
        }
        return Err(Mistake::new(
            cursor.here(),
            format!("expected `:` and the resource type, found {}", cursor.found()),
        )
        .help(format!(
            "write the resource type in quotes, such as `pub struct {}: \"qldb:ledger\"`",
            name.text
        )));
    }
    cursor.skip();
    cursor.eat(';');
    if !cursor.is_done() {
        let rest = place(cursor.at()..cursor.end());
        return Err(Mistake::new(
            rest,
            format!("expected nothing after the resource type, found {}", cursor.found()),
        )
        .help("write each type in its own `resource_arn!`"));
    }
    Ok((header, name, at))
}

/// The part before the name: paths, attributes, visibility.
fn beginning(cursor: &mut Cursor<'_>, report: &mut Report) -> Result<Header, Mistake> {
    let (core, macros) = attributes::forwarded(cursor)?;
    let mut header = Header {
        core,
        macros,
        attributes: Vec::new(),
        cfgs: Vec::new(),
        allowances: Vec::new(),
        warnings: false,
        attached_to: None,
        visibility: 0..0,
        form: Form::Inline,
        kind: Kind::Identity,
        stated_kind: None,
        kind_type: 0..0,
        kind_is_sure: true,
    };
    attributes::read(cursor, &mut header, report)?;
    header.visibility = visibility(cursor);
    Ok(header)
}

/// The part after the policy: the semicolon of a constant, and nothing more.
fn end(cursor: &mut Cursor<'_>, header: &Header, report: &mut Report) {
    if matches!(header.form, Form::Constant(_)) && !cursor.eat(';') && cursor.is_done() {
        report.push(Mistake::new(cursor.here(), "expected `;` after the constant").help("write `;`"));
    }
    if !cursor.is_done() {
        let rest = place(cursor.at()..cursor.end());
        report.push(
            Mistake::new(
                rest,
                format!("expected nothing after the policy, found {}", cursor.found()),
            )
            .help("write each policy in its own `policy!`"),
        );
    }
}

fn template(cursor: &mut Cursor<'_>, header: &mut Header, report: &mut Report) -> Result<(), Mistake> {
    let name = name(
        cursor,
        "a struct",
        "`pub struct TaskRole: IdentityPolicy { ... } { ... }`",
    )?;
    kind_after_colon(cursor, &name.text, header, report);
    let here = cursor.here();
    let Some(inside) = cursor.group(Delimiter::Brace) else {
        return Err(Mistake::new(
            here,
            format!("expected the fields of `{}`, found {}", name.text, cursor.found()),
        )
        .help("write `{ region: Region, ... }` before the policy; for a policy without holes, write a `const`"));
    };
    let fields = fields::read(inside, &header.visibility, report);
    header.form = Form::Template(name, fields);
    Ok(())
}

fn constant(cursor: &mut Cursor<'_>, header: &mut Header, report: &mut Report) -> Result<(), Mistake> {
    let name = name(cursor, "a constant", "`pub const ECS_TRUST: TrustPolicy = { ... };`")?;
    kind_after_colon(cursor, &name.text, header, report);
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
        return Err(Mistake::new(cursor.here(), format!("expected a policy, found `{word}`")).help(
            "write `struct Name: IdentityPolicy { fields } { ... }`, `const NAME: IdentityPolicy = { ... };`, or, as an expression, `IdentityPolicy { ... }`",
        ));
    }
    kind(cursor, header, report);
    Ok(())
}

fn name(cursor: &mut Cursor<'_>, what: &str, example: &str) -> Result<Name, Mistake> {
    let (here, at) = (cursor.here(), cursor.at());
    let found = cursor.found();
    match cursor.word() {
        Some(text) => Ok(Name {
            text: text.to_owned(),
            at,
        }),
        None => Err(Mistake::new(here, format!("expected the name of {what}, found {found}")).help(example)),
    }
}

fn kind_after_colon(cursor: &mut Cursor<'_>, name: &str, header: &mut Header, report: &mut Report) {
    if let Some(mistake) = generics(cursor, name) {
        report.push(mistake);
    }
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

/// Skips generic parameters, which a policy cannot have.
fn generics(cursor: &mut Cursor<'_>, name: &str) -> Option<Mistake> {
    if cursor.peek() != Some(&Token::Punct('<')) {
        return None;
    }
    let start = cursor.at();
    let mut depth = 0_usize;
    while let Some(token) = cursor.peek() {
        match token {
            Token::Punct('<') => depth += 1,
            Token::Punct('>') => depth = depth.saturating_sub(1),
            _ => {}
        }
        cursor.skip();
        if depth == 0 {
            break;
        }
    }
    Some(
        Mistake::new(
            place(start..cursor.at()),
            format!("`{name}` cannot have generic parameters"),
        )
        .note("the policy is checked once, where it is declared: the type of every field must be known")
        .help("remove the parameters, and write a type of `policy_core::names` for each field"),
    )
}

/// The word or path that names the type of the policy: its last word, and all of its tokens.
fn path<'t>(cursor: &mut Cursor<'t>) -> Option<(&'t str, Range<usize>)> {
    let is_separator = |cursor: &Cursor<'_>| {
        cursor.peek() == Some(&Token::Punct(':')) && cursor.peek_after(1) == Some(&Token::Punct(':'))
    };
    let start = cursor.at();
    if is_separator(cursor) {
        cursor.skip();
        cursor.skip();
    }
    let mut last = cursor.word()?;
    while is_separator(cursor) && matches!(cursor.peek_after(2), Some(Token::Ident(_))) {
        cursor.skip();
        cursor.skip();
        last = cursor.word()?;
    }
    Some((last, start..cursor.at()))
}

/// The kind; a guess if it is not clear, so that the rest can be read.
fn kind(cursor: &mut Cursor<'_>, header: &mut Header, report: &mut Report) {
    let here = cursor.here();
    let found = cursor.found();
    let Some((word, tokens)) = path(cursor) else {
        header.kind_is_sure = false;
        let mistake = Mistake::new(here, format!("expected the kind of policy, found {found}"));
        return report.push(if found == "`{`" {
            mistake.help(format!(
                "write the kind before the policy: `IdentityPolicy {{ ... }}`, or {}",
                other_kinds()
            ))
        } else {
            mistake.help(format!("write `IdentityPolicy`, or {}", other_kinds()))
        });
    };
    let here = if tokens.len() > 1 { place(tokens.clone()) } else { here };
    if let Some(kind) = header.stated_kind.or(kind_named(word)) {
        header.kind = kind;
        header.kind_type = tokens;
        return;
    }
    let mistake = Mistake::new(here, format!("`{word}` is not a kind of policy"));
    let meant = nearest(word, Kind::ALL.iter().map(|kind| kind.type_name()));
    header.kind_is_sure = meant.is_some();
    report.push(match meant {
        Some(meant) => mistake.help(format!("write `{meant}`")),
        None => mistake
            .help(format!("write `IdentityPolicy`, or {}", other_kinds()))
            .help(format!(
                "if `{word}` is an alias of one of them, which a macro cannot see, state the kind before the item: `#[policy(kind = IdentityPolicy)]`"
            )),
    });
    if let Some(kind) = meant.and_then(kind_named) {
        header.kind = kind;
    }
}

/// The kind whose type has this name.
fn kind_named(name: &str) -> Option<Kind> {
    Kind::ALL.iter().copied().find(|kind| kind.type_name() == name)
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
            Form::Template(..) => mistake.help("write the policy in a second pair of braces, after the fields"),
            _ if matches!(cursor.peek(), Some(Token::Literal(_))) => {
                mistake.help("write the JSON without quotes; to read a policy from a file, use `policy_file!`")
            }
            _ => mistake,
        });
    }
    None
}

fn visibility(cursor: &mut Cursor<'_>) -> Range<usize> {
    let start = cursor.at();
    if cursor.eat_word("pub") {
        cursor.group(Delimiter::Parenthesis);
    }
    start..cursor.at()
}
