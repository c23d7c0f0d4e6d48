//! The tokens before the item: the paths of the crates, and the attributes, some of which are the macro's.

use std::ops::Range;

use policy_core::policy::Kind;
use policy_core::spelling::nearest;

use super::Header;
use crate::report::{Mistake, Report};
use crate::token::{Cursor, Delimiter, Token};
use crate::{allow, attached};

/// The tokens of a path, if one is given.
type Path = Option<Range<usize>>;

/// `@crate(core)` or `@crate(core, macros)`: the paths of the crates, from a macro that forwards to this one.
pub fn forwarded(cursor: &mut Cursor<'_>) -> Result<(Path, Path), Mistake> {
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

/// A `#[cfg(...)]`.
#[derive(Clone, Debug)]
pub struct Cfg {
    /// The whole attribute.
    pub attribute: Range<usize>,
    /// Its predicate, between the parentheses.
    pub predicate: Range<usize>,
}

impl Cfg {
    /// The attribute, if it is one. The cursor is between its brackets.
    pub fn read(inside: &Cursor<'_>, attribute: Range<usize>) -> Option<Self> {
        let mut inside = inside.clone();
        if !inside.eat_word("cfg") {
            return None;
        }
        let predicate = inside.group(Delimiter::Parenthesis)?;
        Some(Self {
            attribute,
            predicate: predicate.at()..predicate.end(),
        })
    }
}

/// The attributes: reads the macro's own, and returns the others.
pub fn read(cursor: &mut Cursor<'_>, header: &mut Header, report: &mut Report) -> Result<(), Mistake> {
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
        } else if inside.eat_word("attached_to") {
            match attached::read(&mut inside, whole, header.attached_to.as_ref()) {
                Ok(attachment) => header.attached_to = Some(attachment),
                Err(mistake) => report.push(mistake),
            }
        } else if inside.eat_word("policy") {
            if let Err(mistake) = option(&mut inside, header) {
                report.push(mistake);
            }
        } else {
            header.cfgs.extend(Cfg::read(&inside, whole.clone()));
            header.attributes.push(whole);
        }
    }
}

/// `#[policy(crate = path)]`, `#[policy(kind = IdentityPolicy)]`, `#[policy(warnings)]`
fn option(attribute: &mut Cursor<'_>, header: &mut Header) -> Result<(), Mistake> {
    let here = attribute.here();
    let mistake = || {
        Mistake::new(here, "expected `policy(warnings)`, `policy(crate = path)` or `policy(kind = IdentityPolicy)`").help(
            "`#[policy(warnings)]` shows warnings and suggestions; `#[policy(crate = path)]` names the path of policy-core; \
             `#[policy(kind = ...)]` states the kind that an alias names",
        )
    };
    let mut inside = attribute.group(Delimiter::Parenthesis).ok_or_else(mistake)?;
    while !inside.is_done() {
        if inside.eat_word("warnings") {
            header.warnings = true;
        } else if inside.eat_word("crate") && inside.eat('=') {
            header.core = Some(until(&mut inside, ','));
        } else if inside.eat_word("kind") && inside.eat('=') {
            header.stated_kind = Some(kind(&mut inside)?);
        } else {
            return Err(mistake());
        }
        inside.eat(',');
    }
    Ok(())
}

/// The kind that `#[policy(kind = ...)]` states.
fn kind(inside: &mut Cursor<'_>) -> Result<Kind, Mistake> {
    let (here, found) = (inside.here(), inside.found());
    let word = inside.word().unwrap_or_default();
    super::kind_named(word).ok_or_else(|| {
        let mistake = Mistake::new(here, format!("expected a kind of policy, found {found}"));
        match nearest(word, Kind::ALL.iter().map(|kind| kind.type_name())) {
            Some(meant) => mistake.help(format!("write `{meant}`")),
            None => mistake.help(format!("write `IdentityPolicy`, or {}", super::other_kinds())),
        }
    })
}

/// All up to the next such character or the end of the group.
fn until(cursor: &mut Cursor<'_>, character: char) -> Range<usize> {
    let start = cursor.at();
    while !cursor.is_done() && cursor.peek() != Some(&Token::Punct(character)) {
        cursor.skip();
    }
    start..cursor.at()
}
