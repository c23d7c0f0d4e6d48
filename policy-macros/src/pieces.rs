//! The policy as the template that `policy_core::template` renders.
//!
//! Here is decided what is repeated, and what is dropped where an `Option` is empty: a string, and the statement with it
//! when that was its only resource or principal.

use policy_core::document::{Member, Node, Place, Text, Value, escape, quote};

use policy_core::template::Program;

use crate::place::Holes;
use crate::report::{Mistake, Report};

/// Holes that have to be filled: of each list at least one.
type Needs = Vec<Vec<usize>>;

/// The template that a policy is.
pub fn of(root: &Node<'_>, holes: &Holes, report: &mut Report) -> String {
    let mut out = Program::new();
    let mut builder = Builder { holes, report };
    builder.policy(root, &mut out);
    out.finish()
}

/// An element of a list or an object that may not be there, or be there several times.
struct Item {
    needs: Needs,
    list: Option<usize>,
    pieces: Program,
    /// Whether it is there at least once, needs aside.
    certain: bool,
}

/// What is known inside a statement.
struct Scope<'n> {
    /// The `Option`s without which the statement is not there.
    given: &'n [usize],
    effect: &'n str,
}

struct Builder<'h, 'r> {
    holes: &'h Holes,
    report: &'r mut Report,
}

impl Builder<'_, '_> {
    fn policy(&mut self, root: &Node<'_>, out: &mut Program) {
        let Value::Object(members) = &root.value else {
            return self.plain(root, out);
        };
        let mut droppable = Vec::new();
        self.members(members, out, |this, member, out| {
            if member.name.written() != "Statement" {
                return this.plain(&member.value, out);
            }
            let Value::Array(statements) = &member.value.value else {
                let item = this.statement(&member.value);
                droppable.push((member.value.place, item.needs));
                return out.append(&item.pieces);
            };
            let mut items = Vec::new();
            for node in statements {
                let item = this.statement(node);
                droppable.push((node.place, item.needs.clone()));
                items.push(item);
            }
            out.text("[");
            sequence(items, out);
            out.text("]");
        });
        if !droppable.is_empty()
            && droppable.iter().all(|(_, needs)| !needs.is_empty())
            && let Some((place, _)) = droppable.first()
        {
            self.report.push(
                Mistake::new(*place, "every statement can be dropped, and AWS refuses a policy without statements")
                    .help("make one of the fields no `Option`; a policy that may not be there at all is an `Option` of the whole struct"),
            );
        }
    }

    fn statement(&mut self, node: &Node<'_>) -> Item {
        let mut pieces = Program::new();
        let Value::Object(members) = &node.value else {
            self.plain(node, &mut pieces);
            return Item {
                needs: Vec::new(),
                list: None,
                pieces,
                certain: true,
            };
        };
        let mut needs = Needs::new();
        let mut effect = "";
        for member in members {
            match member.name.written() {
                "Resource" => self.needs(member.value.as_list().iter(), &mut needs),
                "Principal" => match &member.value.value {
                    Value::Object(keys) => self.needs(keys.iter().flat_map(|key| key.value.as_list()), &mut needs),
                    _ => self.needs(member.value.as_list().iter(), &mut needs),
                },
                "Effect" => effect = member.value.as_text().map(Text::written).unwrap_or_default(),
                _ => {}
            }
        }
        let given: Vec<usize> = needs
            .iter()
            .filter_map(|any| if let [one] = any.as_slice() { Some(*one) } else { None })
            .collect();
        let scope = Scope { given: &given, effect };
        self.members(members, &mut pieces, |this, member, out| match member.name.written() {
            "Resource" => this.list(&member.value, &scope, Dropping::Allowed, out),
            "NotResource" | "NotPrincipal" => this.list(&member.value, &scope, Dropping::Negated, out),
            "Principal" => this.principal(&member.value, &scope, out),
            "Condition" => this.condition(&member.value, &scope, out),
            _ => this.plain(&member.value, out),
        });
        Item {
            needs,
            list: None,
            pieces,
            certain: true,
        }
    }

    /// Adds what has to be filled for one of these strings to be there.
    fn needs<'n, 'd: 'n>(&self, strings: impl Iterator<Item = &'n Node<'d>>, needs: &mut Needs) {
        // One string is enough, and a string is there when all its holes are: the product of the strings' holes.
        let mut product: Option<Needs> = None;
        for string in strings {
            let optional = string.as_text().map(|text| self.optional(text)).unwrap_or_default();
            if optional.is_empty() {
                return;
            }
            product = Some(match product {
                None => optional.into_iter().map(|hole| vec![hole]).collect(),
                Some(before) => {
                    let mut next = Needs::new();
                    for any in &before {
                        for hole in &optional {
                            let mut any = any.clone();
                            if !any.contains(hole) {
                                any.push(*hole);
                            }
                            next.push(any);
                        }
                    }
                    next
                }
            });
        }
        needs.extend(product.unwrap_or_default());
        needs.dedup();
    }

    /// The `Option` holes of a string, each once.
    fn optional(&self, text: &Text<'_>) -> Vec<usize> {
        self.numbers(text, |holes, number| {
            holes.get(number).is_some_and(|fill| fill.optional)
        })
    }

    /// The list holes of a string, each once.
    fn lists(&self, text: &Text<'_>) -> Vec<usize> {
        self.numbers(text, |holes, number| holes.get(number).is_some_and(|fill| fill.list))
    }

    fn numbers(&self, text: &Text<'_>, wanted: impl Fn(&Holes, usize) -> bool) -> Vec<usize> {
        let mut numbers = Vec::new();
        for hole in text.holes() {
            if let Some(number) = self.holes.number(&hole.name)
                && wanted(self.holes, number)
                && !numbers.contains(&number)
            {
                numbers.push(number);
            }
        }
        numbers
    }

    fn principal(&mut self, node: &Node<'_>, scope: &Scope<'_>, out: &mut Program) {
        let Value::Object(keys) = &node.value else {
            return self.list(node, scope, Dropping::Allowed, out);
        };
        let mut items = Vec::new();
        for key in keys {
            let mut needs = Needs::new();
            self.needs(key.value.as_list().iter(), &mut needs);
            needs.retain(|any| !any.iter().any(|hole| scope.given.contains(hole)));
            let given: Vec<usize> = scope.given.iter().chain(needs.iter().flatten()).copied().collect();
            let mut pieces = Program::new();
            self.name(key, &mut pieces);
            self.list(
                &key.value,
                &Scope {
                    given: &given,
                    effect: scope.effect,
                },
                Dropping::Allowed,
                &mut pieces,
            );
            items.push(Item {
                needs,
                list: None,
                pieces,
                certain: true,
            });
        }
        out.text("{");
        sequence(items, out);
        out.text("}");
    }

    fn condition(&mut self, node: &Node<'_>, scope: &Scope<'_>, out: &mut Program) {
        let Value::Object(operators) = &node.value else {
            return self.plain(node, out);
        };
        self.members(operators, out, |this, operator, out| {
            let Value::Object(keys) = &operator.value.value else {
                return this.plain(&operator.value, out);
            };
            this.members(keys, out, |this, key, out| {
                if let Some(list) = this.lists(&key.name).first() {
                    this.report.push(
                        Mistake::new(
                            key.name_place,
                            format!("the list `<{}>` cannot be part of a key", this.name_of(*list)),
                        )
                        .note("a condition on two keys asks for both, where a list means any")
                        .help("make the field a single value"),
                    );
                }
                this.dropped_condition(key.name_place, &key.name, scope);
                this.list(&key.value, scope, Dropping::Condition, out);
            });
        });
    }

    /// An `Option` may stand in a condition only if without it the statement is not there.
    fn dropped_condition(&mut self, place: Place, text: &Text<'_>, scope: &Scope<'_>) -> bool {
        let Some(hole) = self.optional(text).into_iter().find(|hole| !scope.given.contains(hole)) else {
            return true;
        };
        self.report.push(
            self.pointing(place, "stands in a condition", text, hole)
                .note("without a value the condition would be dropped, and the statement would allow more")
                .help("make the field no `Option`, or write two policies; where the statement's only resource has the same hole, the whole statement is dropped, and it may stand here too"),
        );
        false
    }

    /// A string or a list of strings, some of which may be dropped or repeated.
    fn list(&mut self, node: &Node<'_>, scope: &Scope<'_>, dropping: Dropping, out: &mut Program) {
        let Value::Array(elements) = &node.value else {
            let Some(text) = node.as_text() else {
                return self.plain(node, out);
            };
            let item = self.string(node.place, text, scope, dropping);
            match item.list {
                Some(list) => out.one_or_many(list, item.pieces),
                None => out.append(&item.pieces),
            }
            return;
        };
        let mut items = Vec::new();
        for element in elements {
            if let Some(text) = element.as_text() {
                items.push(self.string(element.place, text, scope, dropping));
            } else {
                let mut pieces = Program::new();
                self.plain(element, &mut pieces);
                items.push(Item {
                    needs: Vec::new(),
                    list: None,
                    pieces,
                    certain: true,
                });
            }
        }
        out.text("[");
        sequence(items, out);
        out.text("]");
    }

    fn string(&mut self, place: Place, text: &Text<'_>, scope: &Scope<'_>, dropping: Dropping) -> Item {
        let lists = self.lists(text);
        if let [first, second, ..] = lists.as_slice() {
            let (first, second) = (self.name_of(*first), self.name_of(*second));
            self.report.push(
                Mistake::new(place, format!("two lists in one string: `<{first}>` and `<{second}>`"))
                    .note("a list repeats its string; with two it is not clear which pairs are meant")
                    .help("make one of the fields a single value, or write a string for each pair"),
            );
        }
        let optional = self.optional(text);
        let mut needs = Needs::new();
        if let Some(first) = optional.first() {
            let sound = match dropping {
                Dropping::Condition => self.dropped_condition(place, text, scope),
                Dropping::Negated => self.refuse(
                    place,
                    text,
                    *first,
                    "stands in an element that excludes",
                    "without a value it would exclude less, and the statement would reach more",
                ),
                Dropping::Allowed if scope.effect == "Deny" => self.refuse(
                    place,
                    text,
                    *first,
                    "stands in a statement that denies",
                    "without a value the statement would deny less, so that more would be allowed",
                ),
                Dropping::Allowed => true,
            };
            if sound {
                needs = optional
                    .iter()
                    .filter(|hole| !scope.given.contains(hole))
                    .map(|hole| vec![*hole])
                    .collect();
            }
        }
        let mut pieces = Program::new();
        self.text(text, &mut pieces);
        let list = lists.first().copied();
        let certain = list.is_none_or(|list| !optional.contains(&list) || scope.given.contains(&list));
        // An empty list is repeated no times: it needs no `When` of its own.
        needs.retain(|any| list.is_none_or(|list| any.as_slice() != [list]));
        Item {
            needs,
            list,
            pieces,
            certain,
        }
    }

    fn refuse(&mut self, place: Place, text: &Text<'_>, hole: usize, what: &str, why: &str) -> bool {
        self.report.push(
            self.pointing(place, what, text, hole)
                .note(why)
                .help("make the field no `Option`; where it may be missing, write two policies"),
        );
        false
    }

    /// A mistake that points at the hole.
    fn pointing(&self, place: Place, what: &str, text: &Text<'_>, hole: usize) -> Mistake {
        let name = self.name_of(hole);
        let range = text
            .holes()
            .iter()
            .find(|found| found.name == name)
            .map(|found| found.written.clone());
        Mistake::new(place, format!("the `Option` hole `<{name}>` {what}"))
            .part(text.written(), &range.unwrap_or_default())
    }

    fn name_of(&self, hole: usize) -> String {
        self.holes.get(hole).map(|fill| fill.hole.clone()).unwrap_or_default()
    }

    fn members(
        &mut self,
        members: &[Member<'_>],
        out: &mut Program,
        mut value: impl FnMut(&mut Self, &Member<'_>, &mut Program),
    ) {
        out.text("{");
        for (index, member) in members.iter().enumerate() {
            if index > 0 {
                out.text(",");
            }
            self.name(member, out);
            value(self, member, out);
        }
        out.text("}");
    }

    fn name(&self, member: &Member<'_>, out: &mut Program) {
        self.text(&member.name, out);
        out.text(":");
    }

    /// A value in which nothing is dropped or repeated.
    fn plain(&mut self, node: &Node<'_>, out: &mut Program) {
        match &node.value {
            Value::String(text) => self.text(text, out),
            Value::Array(elements) => {
                out.text("[");
                for (index, element) in elements.iter().enumerate() {
                    if index > 0 {
                        out.text(",");
                    }
                    self.plain(element, out);
                }
                out.text("]");
            }
            Value::Object(members) => self.members(members, out, |this, member, out| this.plain(&member.value, out)),
            _ => out.text(&node.to_json()),
        }
    }

    fn text(&self, text: &Text<'_>, out: &mut Program) {
        let written = text.written();
        if text.holes().is_empty() {
            return quote(out.text_mut(), written);
        }
        out.text("\"");
        let mut copied = 0;
        for hole in text.holes() {
            let Some(number) = self.holes.number(&hole.name) else {
                continue;
            };
            escape(written.get(copied..hole.written.start).unwrap_or_default(), |part| {
                out.text(part);
            });
            out.hole(number);
            copied = hole.written.end;
        }
        escape(written.get(copied..).unwrap_or_default(), |part| out.text(part));
        out.text("\"");
    }
}

/// What it means where an `Option` drops a string.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Dropping {
    /// Less is allowed.
    Allowed,
    /// Less is excluded.
    Negated,
    /// Less is asked for.
    Condition,
}

/// Elements with commas between those that are there.
fn sequence(items: Vec<Item>, out: &mut Program) {
    let mut certain = false;
    for (index, item) in items.into_iter().enumerate() {
        let mut inside = Program::new();
        if let Some(list) = item.list {
            let mut element = Program::new();
            element.comma();
            element.append(&item.pieces);
            inside.each(list, element);
        } else {
            if certain {
                inside.text(",");
            } else if index > 0 {
                inside.comma();
            }
            inside.append(&item.pieces);
        }
        if item.needs.is_empty() {
            out.append(&inside);
            certain |= item.certain;
        } else {
            out.when(&item.needs, inside);
        }
    }
}
