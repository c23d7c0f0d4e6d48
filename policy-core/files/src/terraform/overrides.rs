//! Override files, whose blocks Terraform merges into those of the other files of their folder:
//! <https://developer.hashicorp.com/terraform/language/files/override>.

use std::collections::HashMap;
use std::path::Path;

use super::arguments::{entries_of, one_body, one_or_several};
use super::{address, label, parse};
use crate::item::Item;
use crate::json;
use crate::language_of;
use crate::reading::Language;

/// What the override files of a folder define.
#[derive(Clone, Debug, Default)]
pub(crate) struct Overrides {
    /// The file that defines a block or a local value, by its address: `aws_iam_policy.reader`, `locals.actions`.
    files: HashMap<String, String>,
    /// A file that cannot be read, and may define anything.
    unread: Option<String>,
}

/// The endings of a file's name that Terraform and `OpenTofu` read.
const ENDINGS: [&str; 4] = [".tf", ".tofu", ".tf.json", ".tofu.json"];

/// Whether a file of this name overrides others.
pub(crate) fn is_override(name: &str) -> bool {
    let mut stems = ENDINGS.iter().filter_map(|ending| name.strip_suffix(ending));
    stems.any(|stem| stem == "override" || stem.ends_with("_override"))
}

/// The file that `OpenTofu` reads instead of one of this name, or that Terraform reads instead of one of `OpenTofu`.
/// <https://opentofu.org/docs/language/files/#tofu-files>
pub(crate) fn twin(name: &str) -> Option<String> {
    let ends = [(".tf", ".tofu"), (".tf.json", ".tofu.json")];
    let mut pairs = ends.into_iter().flat_map(|(one, other)| [(one, other), (other, one)]);
    pairs.find_map(|(own, other)| Some(format!("{}{other}", name.strip_suffix(own)?)))
}

impl Overrides {
    /// Adds what a file of this name defines, whose text this is if it can be read.
    pub(crate) fn add(&mut self, name: &str, text: Option<&str>) {
        let addresses = text.and_then(|text| {
            if language_of(Path::new(name)) == Some(Language::Json) {
                json::read(text).ok().map(|root| in_json(&one_body(root)))
            } else {
                in_hcl(text)
            }
        });
        match addresses {
            Some(addresses) => self
                .files
                .extend(addresses.into_iter().map(|address| (address, name.to_owned()))),
            None => self.unread = Some(name.to_owned()),
        }
    }

    /// Why something with this address may be another one: a file overrides it, or what it is part of.
    pub(crate) fn of(&self, address: &str) -> Option<String> {
        let mut ends = address
            .match_indices(['.', '['])
            .map(|(at, _)| at)
            .chain([address.len()]);
        let file = ends.find_map(|end| self.files.get(address.get(..end)?));
        match (file, &self.unread) {
            (Some(file), _) => Some(format!("Terraform merges it with what `{file}` has of this name")),
            (None, Some(file)) => Some(format!(
                "Terraform merges it with what `{file}` has, which cannot be read"
            )),
            (None, None) => None,
        }
    }
}

fn in_hcl(text: &str) -> Option<Vec<String>> {
    let body = parse(text).ok()?;
    let mut addresses = Vec::new();
    for block in body.blocks() {
        if block.ident.as_str() == "locals" {
            let names = block.body.attributes();
            addresses.extend(names.map(|attribute| format!("locals.{}", attribute.key.as_str())));
        } else if !label(block, 0).is_empty() {
            addresses.push(address(block));
        }
    }
    Some(addresses)
}

fn in_json(root: &Item) -> Vec<String> {
    let mut addresses = Vec::new();
    for (member, before) in [("resource", ""), ("data", "data.")] {
        for own in entries_of(root, member) {
            let names = one_or_several(&own.value).flat_map(Item::entries);
            let kind = own.name().unwrap_or_default();
            addresses.extend(names.filter_map(|entry| Some(format!("{before}{kind}.{}", entry.name()?))));
        }
    }
    for member in ["locals", "module", "variable"] {
        let names = entries_of(root, member);
        addresses.extend(names.filter_map(|entry| Some(format!("{member}.{}", entry.name()?))));
    }
    addresses
}

#[cfg(test)]
mod tests {
    use super::{Overrides, is_override, twin};

    #[test]
    fn an_override_file_is_told_by_its_name() {
        for (name, is_one) in [
            ("override.tf", true),
            ("dev_override.tf", true),
            ("override.tf.json", true),
            ("dev_override.tofu", true),
            ("overrides.tf", false),
            ("override.tf.bak", false),
            ("main.tf", false),
            ("myoverride.tf", false),
        ] {
            assert_eq!(is_override(name), is_one, "{name}");
        }
    }

    #[test]
    fn a_file_has_a_twin() {
        for (one, other) in [("main.tf", "main.tofu"), ("a.b.tf.json", "a.b.tofu.json")] {
            assert_eq!(twin(one).as_deref(), Some(other));
            assert_eq!(twin(other).as_deref(), Some(one));
        }
        assert_eq!(twin("main.json"), None);
    }

    #[test]
    fn what_an_override_file_has_is_told_by_its_address() {
        let hcl = "resource \"aws_iam_policy\" \"p\" {}\ndata \"aws_iam_policy_document\" \"d\" {}\nlocals { x = 1 }\nterraform {}\n";
        let json = r#"{ "resource": { "aws_iam_policy": { "p": {} } }, "data": [{ "aws_iam_policy_document": { "d": {} } }],
            "locals": { "x": 1 } }"#;
        let of_lists = r#"[{ "resource": { "aws_iam_policy": { "p": {} } }, "data": { "x": { "y": {} } }, "locals": { "x": 1 } },
            { "data": [{ "aws_iam_policy_document": [{ "d": [{}] }] }] }]"#;
        let twice = r#"{ "resource": [{ "aws_iam_policy": { "p": {} } }], "data": { "aws_iam_policy_document": { "d": {} } },
            "resource": { "x": { "y": {} } }, "data": { "x": { "y": {} } }, "locals": { "x": 1 }, "locals": { "z": 1 } }"#;
        for (name, text) in [
            ("override.tf", hcl),
            ("override.tf.json", json),
            ("override.tf.json", of_lists),
            ("override.tf.json", twice),
        ] {
            let mut own = Overrides::default();
            own.add(name, Some(text));
            for (address, is_overridden) in [
                ("aws_iam_policy.p.policy", true),
                ("aws_iam_policy.p", true),
                ("aws_iam_policy.pq.policy", false),
                ("aws_iam_policy.q.policy", false),
                ("data.aws_iam_policy_document.d", true),
                ("data.aws_iam_policy_document.e", false),
                ("locals.x", true),
                ("locals.y", false),
            ] {
                let reason = own.of(address);
                let wanted = is_overridden.then(|| format!("Terraform merges it with what `{name}` has of this name"));
                assert_eq!(reason, wanted, "{address}");
            }
        }
        let mut own = Overrides::default();
        own.add("override.tf", Some("resource {"));
        let reason = own.of("aws_iam_policy.q.policy");
        assert_eq!(
            reason.as_deref(),
            Some("Terraform merges it with what `override.tf` has, which cannot be read")
        );
    }
}
