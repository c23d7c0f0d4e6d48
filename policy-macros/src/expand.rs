//! What a policy expands to. It is expanded even when it is wrong, with what could be understood of it, so that the rest of
//! the crate type-checks and one mistake is one message.

use policy_core::document::{Document, Node};
use policy_core::finding::Finding;
use policy_core::hole::Site;
use policy_core::policy::Kind;
use policy_core::template::{SizeBounds, Width};

use crate::code::{Arg, Code};
use crate::header::{Field, Header};
use crate::judge::mistake;
use crate::place::{Fill, Holes, Source};
use crate::token::Delimiter;

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

/// The struct, and its methods. They are `#[inline]`, so that those which nobody calls are never made into machine code.
pub fn template(paths: &Paths, header: &Header, name: &str, fields: &[Field], holes: &Holes, program: &str) -> Code {
    let mut code = outside(header);
    code.push(paths.code(
        "struct $name $fields",
        &[("name", Arg::Ident(name)), ("fields", Arg::Code(&declarations(fields)))],
    ));
    code.push(paths.code(
        "#[allow(dead_code)]
        impl $name {
            #[doc = \"Between which lengths the policy's JSON lies.\"]
            pub const SIZE: $core::template::SizeBounds = $size;
            #[doc = \"The policy as JSON without white space.\"]
            #[inline]
            pub fn to_json(&self) -> ::std::string::String {
                $checks
                $core::template::render($program, &$fills)
            }
            #[doc = \"The policy as JSON for people.\"]
            #[inline]
            pub fn to_json_pretty(&self) -> ::std::string::String {
                $core::template::pretty(&self.to_json())
            }
            #[doc = \"The policy, to ask and to pass on.\"]
            #[inline]
            pub fn to_policy(&self) -> $core::policy::Policy<$kind> {
                $core::template::policy(self.to_json())
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
            ("size", Arg::Code(&size(paths, fields, holes, program))),
            ("program", Arg::String(program)),
            ("checks", Arg::Code(&checks(paths, fields, holes))),
            ("fills", Arg::Code(&fills(paths, fields, holes))),
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

/// The bounds of the size: numbers where the types are known by name, else asked of them.
fn size(paths: &Paths, fields: &[Field], holes: &Holes, program: &str) -> Code {
    if let Some(widths) = widths(fields, holes) {
        let SizeBounds { min, max } = SizeBounds::of(program, &widths);
        let max = max.map_or_else(
            || Code::of("::core::option::Option::None", &[]),
            |max| {
                Code::of(
                    "::core::option::Option::Some($max)",
                    &[("max", Arg::Code(&Code::number(max)))],
                )
            },
        );
        return paths.code(
            "$core::template::SizeBounds { min: $min, max: $max }",
            &[("min", Arg::Code(&Code::number(min))), ("max", Arg::Code(&max))],
        );
    }
    let mut widths = Code::default();
    for Fill { source, sites, .. } in &holes.fills {
        widths.push(match source {
            Source::Field(index) => match fields.get(*index) {
                Some(field) => paths.code(
                    "<$type as $core::hole::$site>::WIDTH,",
                    &[
                        ("type", Arg::Code(&Code::user(field.element_type.clone()))),
                        ("site", Arg::Ident(first_trait(sites))),
                    ],
                ),
                None => continue,
            },
            Source::BrokenField => paths.code("$core::template::Width::NONE,", &[]),
            Source::PartitionOf(_) => paths.code("$core::template::Width::PARTITION,", &[]),
            Source::DnsSuffixOf(_) => paths.code("$core::template::Width::DNS_SUFFIX,", &[]),
        });
    }
    paths.code(
        "$core::template::SizeBounds::of($program, &$widths)",
        &[
            ("program", Arg::String(program)),
            ("widths", Arg::Code(&widths.in_group(Delimiter::Bracket))),
        ],
    )
}

fn widths(fields: &[Field], holes: &Holes) -> Option<Vec<Width>> {
    let width = |fill: &Fill| match fill.source {
        Source::Field(index) => {
            let kind = fields.get(index)?.kind?;
            Some(Width {
                min: kind.min_len(),
                max: kind.max_len(),
            })
        }
        Source::BrokenField => Some(Width::NONE),
        Source::PartitionOf(_) => Some(Width::PARTITION),
        Source::DnsSuffixOf(_) => Some(Width::DNS_SUFFIX),
    };
    holes.fills.iter().map(width).collect()
}

/// The trait through which the compiler is asked whether a type fits.
fn first_trait(sites: &[Site]) -> &'static str {
    sites.first().copied().unwrap_or(Site::Text).trait_name()
}

/// What asks the compiler whether the types fit the other places that their holes stand in, where there are several.
fn checks(paths: &Paths, fields: &[Field], holes: &Holes) -> Code {
    let mut code = Code::default();
    for fill in &holes.fills {
        let Source::Field(index) = fill.source else { continue };
        let Some(field) = fields.get(index) else { continue };
        for site in fill.sites.iter().skip(1) {
            code.push(paths.code(
                "let _ = <$type as $core::hole::$site>::WIDTH;",
                &[
                    ("type", Arg::Code(&Code::user(field.element_type.clone()))),
                    ("site", Arg::Ident(site.trait_name())),
                ],
            ));
        }
    }
    code
}

/// What fills each hole, taken by a function that takes only what fits where the hole stands.
fn fills(paths: &Paths, fields: &[Field], holes: &Holes) -> Code {
    let mut code = Code::default();
    for fill in &holes.fills {
        let (Source::Field(index) | Source::PartitionOf(index) | Source::DnsSuffixOf(index)) = fill.source else {
            code.push(Code::of("&\"\",", &[]));
            continue;
        };
        let Some(field) = fields.get(index) else { continue };
        let name = Code::user(field.name_at..field.name_at + 1);
        code.push(match fill.source {
            Source::PartitionOf(_) => Code::of("&self.$field.partition(),", &[("field", Arg::Code(&name))]),
            Source::DnsSuffixOf(_) => {
                Code::of("&self.$field.partition().dns_suffix(),", &[("field", Arg::Code(&name))])
            }
            _ => {
                let function = match (field.optional, field.list) {
                    (false, false) => "one",
                    (false, true) => "list",
                    (true, false) => "option",
                    (true, true) => "option_list",
                };
                paths.code(
                    "<$type as $core::hole::$site>::$function(&self.$field),",
                    &[
                        ("type", Arg::Code(&Code::user(field.element_type.clone()))),
                        ("site", Arg::Ident(first_trait(&fill.sites))),
                        ("function", Arg::Ident(function)),
                        ("field", Arg::Code(&name)),
                    ],
                )
            }
        });
    }
    code.in_group(Delimiter::Bracket)
}
