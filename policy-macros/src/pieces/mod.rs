//! The policy as the template that `policy_core::__macro::v1::template` renders.
//!
//! This module decides which parts are repeated; `dropping`, which are dropped.

mod dropping;

use policy_core::__macro::v1::list::CollectVec;
use policy_core::__macro::v1::template::Program;
use policy_core::document::{Member, Node, Place, Text, Value, escape, quote};

use crate::place::Holes;
use crate::report::{Mistake, Report};
use dropping::{Dropping, Needs, Scope, given};

/// The template of a policy.
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
    /// Whether it is there at least once, apart from its needs.
    certain: bool,
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
        self.one_statement_stays(&droppable);
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
        let needs = self.statement_needs(members);
        let given = given(&needs);
        let effect = node.member("Effect").and_then(Node::as_text);
        let effect = effect.map(Text::written).unwrap_or_default();
        let scope = Scope { given: &given, effect };
        self.members(members, &mut pieces, |this, member, out| match member.name.written() {
            "Resource" => this.list(&member.value, &scope, Dropping::Allowed, out),
            "NotResource" => this.list(&member.value, &scope, Dropping::Negated("`NotResource`"), out),
            "NotPrincipal" => this.list(&member.value, &scope, Dropping::Negated("`NotPrincipal`"), out),
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

    /// The list holes of a string, each once.
    fn lists(&self, text: &Text<'_>) -> Vec<usize> {
        self.numbers(text, |holes, number| holes.get(number).is_some_and(|fill| fill.list))
    }

    fn numbers(&self, text: &Text<'_>, wanted: impl Fn(&Holes, usize) -> bool) -> Vec<usize> {
        let mut numbers = Vec::new();
        for hole in text.holes() {
            if let Some(number) = self.holes.number(&hole.name, text.written())
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
            let given: Vec<usize> = scope.given.iter().chain(needs.iter().flatten()).copied().collect_vec();
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
                        .note("conditions on two keys must both be met, but a list means any of its values")
                        .help("make the field a single value"),
                    );
                }
                this.dropped_condition(key.name_place, &key.name, scope);
                this.list(&key.value, scope, Dropping::Condition, out);
            });
        });
    }

    /// A string or a list of strings, which may be dropped or repeated.
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
                Mistake::new(place, format!("a string can contain one list, but this one contains two: `<{first}>` and `<{second}>`"))
                    .note("the string is repeated for each value of a list; with two lists it is not clear which values belong together")
                    .help("make one of the fields a single value, or write one string for each pair"),
            );
        }
        let optional = self.optional(text);
        let mut needs = Needs::new();
        if self.may_be_dropped(place, text, scope, dropping) {
            needs = optional
                .iter()
                .filter(|hole| !scope.given.contains(hole))
                .map(|hole| vec![*hole])
                .collect_vec();
        }
        let mut pieces = Program::new();
        self.text(text, &mut pieces);
        let list = lists.first().copied();
        let certain = list.is_none_or(|list| !optional.contains(&list) || scope.given.contains(&list));
        // An empty list is repeated zero times: it does not need a `When` of its own.
        needs.retain(|any| list.is_none_or(|list| any.as_slice() != [list]));
        Item {
            needs,
            list,
            pieces,
            certain,
        }
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
            let Some(number) = self.holes.number(&hole.name, text.written()) else {
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
