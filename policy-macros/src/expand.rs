//! What a policy expands to. It is expanded even when it is wrong, with what could be understood of it, so that the rest of
//! the crate type-checks and one mistake is one message.

use policy_core::document::{Document, Node};
use policy_core::finding::Finding;
use policy_core::policy::Kind;

use crate::code::{Arg, Code};
use crate::header::{Field, Header};
use crate::judge::mistake;
use crate::pieces::{Needs, Piece};
use crate::place::{Fill, Holes, Source};
use crate::token::{Delimiter, place};

/// The paths of an expansion, and its kind.
pub struct Paths {
    core: Code,
    kind: Code,
}

impl Paths {
    /// Those of a header.
    pub fn of(header: &Header) -> Self {
        let core = header
            .core
            .clone()
            .map_or_else(|| Code::of("::policy_core", &[]), Code::user);
        let kind = Code::of(
            "$core::policy::kind::$kind",
            &[("core", Arg::Code(&core)), ("kind", Arg::Ident(marker(header.kind)))],
        );
        Self { core, kind }
    }

    /// The code of a text in which `$core` and `$kind` stand, and what `args` adds.
    pub fn code(&self, text: &str, args: &[(&str, Arg<'_>)]) -> Code {
        let mut all = vec![("core", Arg::Code(&self.core)), ("kind", Arg::Code(&self.kind))];
        all.extend_from_slice(args);
        Code::of(text, &all)
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

/// A policy without holes: the value of a constant or an expression.
pub fn constant_value(paths: &Paths, root: &Node<'static>) -> Code {
    let json = Document::new(root.clone()).to_json();
    paths.code(
        "$core::policy::ConstPolicy::<$kind>::__checked($json)",
        &[("json", Arg::String(&json))],
    )
}

/// `const NAME: ConstPolicy<kind> = ...;`
pub fn constant(paths: &Paths, header: &Header, name: &str, value: &Code) -> Code {
    let mut code = outside(header);
    code.push(paths.code(
        "const $name: $core::policy::ConstPolicy<$kind> = $value;",
        &[("name", Arg::Ident(name)), ("value", Arg::Code(value))],
    ));
    code
}

/// The struct, and its methods.
pub fn template(paths: &Paths, header: &Header, name: &str, fields: &[Field], holes: &Holes, pieces: &[Piece]) -> Code {
    let mut code = outside(header);
    code.push(paths.code(
        "struct $name $fields",
        &[("name", Arg::Ident(name)), ("fields", Arg::Code(&declarations(fields)))],
    ));
    code.push(paths.code(
        "#[allow(dead_code)]
        impl $name {
            #[doc = \"Between which lengths the policy's JSON lies.\"]
            pub const SIZE: $core::template::SizeBounds = $core::template::SizeBounds::of(Self::PIECES, &$widths);
            const PIECES: &'static [$core::template::Piece] = { use $core::template::Piece::*; &$pieces };
            #[doc = \"The policy as JSON without white space.\"]
            #[inline]
            pub fn to_json(&self) -> ::std::string::String {
                $core::template::render(Self::PIECES, &$fills)
            }
            #[doc = \"The policy as JSON for people.\"]
            #[inline]
            pub fn to_json_pretty(&self) -> ::std::string::String {
                $core::template::pretty(&self.to_json())
            }
            #[doc = \"The policy, to ask and to pass on.\"]
            #[inline]
            pub fn to_policy(&self) -> $core::policy::Policy<$kind> {
                $core::policy::Policy::__checked(::std::borrow::Cow::Owned(self.to_json()))
            }
        }
        impl ::core::convert::From<&$name> for $core::policy::Policy<$kind> {
            #[inline]
            fn from(template: &$name) -> Self {
                template.to_policy()
            }
        }",
        &[
            ("name", Arg::Ident(name)),
            ("widths", Arg::Code(&widths(paths, fields, holes))),
            ("pieces", Arg::Code(&list(pieces))),
            ("fills", Arg::Code(&fills(fields, holes))),
        ],
    ));
    code
}

/// Findings that do not stop the compile, as warnings: on stable Rust the use of something deprecated is the only one that
/// says what it is given, where it is told.
pub fn warnings(root: &Node<'static>, advice: &[Finding]) -> Code {
    let mut code = Code::default();
    for finding in advice {
        let mistake = mistake(root, finding);
        let name = finding.code().name();
        code.push(Code::of(
            "const _: () = { #[deprecated(note = $note)] const $name: () = (); $used };",
            &[
                ("note", Arg::String(&mistake.message(None))),
                ("name", Arg::Ident(name)),
                (
                    "used",
                    Arg::Code(&Code::of("$name", &[("name", Arg::Ident(name))]).at(finding.place())),
                ),
            ],
        ));
    }
    code
}

/// The user's attributes and visibility.
fn outside(header: &Header) -> Code {
    let mut code = Code::default();
    for attribute in &header.attributes {
        code.push(Code::user(attribute.clone()));
    }
    code.push(Code::user(header.visibility.clone()));
    code
}

fn declarations(fields: &[Field]) -> Code {
    let mut code = Code::default();
    for field in fields {
        code.push(Code::user(field.attributes.clone()));
        code.push(Code::user(field.visibility.clone()));
        code.push(Code::user(field.name_at..field.name_at + 1));
        code.push(Code::of(":", &[]));
        code.push(Code::user(field.whole_type.clone()));
        code.push(Code::of(",", &[]));
    }
    code.in_group(Delimiter::Brace)
}

/// The width of what fills each hole, asked of the function that takes only types that fit where the hole stands.
fn widths(paths: &Paths, fields: &[Field], holes: &Holes) -> Code {
    let mut code = Code::default();
    for Fill { source, sites, .. } in &holes.fills {
        match source {
            Source::Field(index) => {
                let Some(field) = fields.get(*index) else { continue };
                let element = Code::user(field.element_type.clone());
                let mut width = Code::default();
                for site in sites {
                    let text = if width.is_empty() {
                        "<$type as $core::hole::$site>::WIDTH"
                    } else {
                        ".and(<$type as $core::hole::$site>::WIDTH)"
                    };
                    width.push(paths.code(
                        text,
                        &[("site", Arg::Ident(site.trait_name())), ("type", Arg::Code(&element))],
                    ));
                }
                if width.is_empty() {
                    width = paths.code("<$type as $core::hole::Text>::WIDTH", &[("type", Arg::Code(&element))]);
                }
                code.push(width);
            }
            Source::BrokenField => code.push(paths.code("$core::template::Width::NONE", &[])),
            Source::PartitionOf(_) => code.push(paths.code("$core::template::Width::PARTITION", &[])),
            Source::DnsSuffixOf(_) => code.push(paths.code("$core::template::Width::DNS_SUFFIX", &[])),
        }
        code.push(Code::of(",", &[]));
    }
    code.in_group(Delimiter::Bracket)
}

/// What fills each hole.
fn fills(fields: &[Field], holes: &Holes) -> Code {
    let mut code = Code::default();
    for fill in &holes.fills {
        let of = |index: &usize| {
            fields
                .get(*index)
                .map_or(0..0, |field| field.name_at..field.name_at + 1)
        };
        match &fill.source {
            Source::Field(index) => {
                // Where the type cannot fill a hole, this is what the compiler points at.
                let types = fields.get(*index).map_or(0..0, |field| field.whole_type.clone());
                let fill = Code::of("&self.$field", &[("field", Arg::Code(&Code::user(of(index))))]);
                code.push(fill.at(place(types)));
                code.push(Code::of(",", &[]));
            }
            Source::BrokenField => code.push(Code::of("&\"\",", &[])),
            Source::PartitionOf(index) => code.push(Code::of(
                "&self.$field.partition(),",
                &[("field", Arg::Code(&Code::user(of(index))))],
            )),
            Source::DnsSuffixOf(index) => code.push(Code::of(
                "&self.$field.partition().dns_suffix(),",
                &[("field", Arg::Code(&Code::user(of(index))))],
            )),
        }
    }
    code.in_group(Delimiter::Bracket)
}

fn list(pieces: &[Piece]) -> Code {
    let mut code = Code::default();
    for piece in pieces {
        code.push(match piece {
            Piece::Text(text) => Code::of("Text($text),", &[("text", Arg::String(text))]),
            Piece::Hole(hole) => Code::of("Hole($hole),", &[("hole", Arg::Code(&Code::number(*hole)))]),
            Piece::Comma => Code::of("Comma,", &[]),
            Piece::When(needs, len) => Code::of(
                "When(&$needs, $len),",
                &[
                    ("needs", Arg::Code(&needed(needs))),
                    ("len", Arg::Code(&Code::number(*len))),
                ],
            ),
            Piece::Each(list, len) => governing("Each($list, $len),", *list, *len),
            Piece::OneOrMany(list, len) => governing("OneOrMany($list, $len),", *list, *len),
        });
    }
    code.in_group(Delimiter::Bracket)
}

fn governing(text: &str, list: usize, len: usize) -> Code {
    Code::of(
        text,
        &[
            ("list", Arg::Code(&Code::number(list))),
            ("len", Arg::Code(&Code::number(len))),
        ],
    )
}

fn needed(needs: &Needs) -> Code {
    let mut lists = Code::default();
    for any in needs {
        let mut list = Code::default();
        for hole in any {
            list.push(Code::number(*hole));
            list.push(Code::of(",", &[]));
        }
        lists.push(Code::of("&", &[]));
        lists.push(list.in_group(Delimiter::Bracket));
        lists.push(Code::of(",", &[]));
    }
    lists.in_group(Delimiter::Bracket)
}
