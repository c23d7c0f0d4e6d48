//! Makes `data/exports.txt` anew, from the package `botocore` (Apache-2.0), whose models of AWS's services the AWS CLI has too:
//!
//! ```sh
//! pip download --no-deps botocore && unzip botocore-*.whl 'botocore/data/*/service-2.json.gz' && gunzip -r botocore
//! cargo run -p policy-files --example exports -- botocore/data > policy-core/files/data/exports.txt
//! ```

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde_json::{Map, Value};

const HEAD: &str = "\
# Where AWS's services give policies: FORM PATH MEMBER ..., the members being all that the whole output may have. A path has no
# indices, and `*` is any name. The form is `text`, or `object` where the AWS CLI decodes the text.
# Made by examples/exports.rs from the PyPI package botocore; do not edit.
";

/// How deep policies are in an output: `Policies.PolicyVersionList.Document`.
const DEEPEST: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("name the folder `botocore/data`")?;
    let mut rows = BTreeSet::new();
    for service in fs::read_dir(folder)? {
        let service = service?;
        // The policies of IAM are percent-encoded, and the AWS CLI decodes those of no other service.
        let form = if service.file_name() == "iam" { "object" } else { "text" };
        for version in fs::read_dir(service.path()).into_iter().flatten() {
            add_service(&version?.path().join("service-2.json"), form, &mut rows)?;
        }
    }
    let mut out = BufWriter::new(io::stdout().lock());
    out.write_all(HEAD.as_bytes())?;
    for row in rows {
        writeln!(out, "{row}")?;
    }
    Ok(out.flush()?)
}

fn add_service(model: &Path, form: &str, rows: &mut BTreeSet<String>) -> Result<(), Box<dyn Error>> {
    let Ok(text) = fs::read_to_string(model) else {
        return Ok(());
    };
    let model: Value = serde_json::from_str(&text)?;
    let object = |name: &str| model.get(name).and_then(Value::as_object).ok_or("a model lacks a part");
    let (operations, shapes) = (object("operations")?, object("shapes")?);
    for operation in operations.values() {
        let Some(output) = operation.pointer("/output/shape").and_then(Value::as_str) else {
            continue;
        };
        let members = members(shapes, output);
        let mut paths = Vec::new();
        for (name, shape) in &members {
            add_paths(shapes, shape, (*name).to_owned(), 1, &mut paths);
        }
        let mut names: Vec<&str> = members.iter().map(|(name, _)| *name).collect();
        names.sort_unstable();
        rows.extend(paths.iter().map(|path| format!("{form} {path} {}", names.join(" "))));
    }
    Ok(())
}

/// The members of a structure, and their shapes.
fn members<'m>(shapes: &'m Map<String, Value>, shape: &str) -> Vec<(&'m str, &'m str)> {
    let members = shapes.get(shape).and_then(|shape| shape.get("members")?.as_object());
    let members = members.into_iter().flatten();
    members
        .filter_map(|(name, member)| Some((name.as_str(), member.get("shape")?.as_str()?)))
        .collect()
}

/// Adds the paths at and below one at which policies are given.
fn add_paths(shapes: &Map<String, Value>, shape: &str, path: String, depth: usize, paths: &mut Vec<String>) {
    let Some(own) = shapes.get(shape).filter(|_| depth <= DEEPEST) else {
        return;
    };
    let inner = |pointer: &str| own.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    match own.get("type").and_then(Value::as_str) {
        Some("string") if own.get("enum").is_none() && may_be_policy(&path) => paths.push(path),
        Some("structure") => {
            for (name, shape) in members(shapes, shape) {
                add_paths(shapes, shape, format!("{path}.{name}"), depth + 1, paths);
            }
        }
        Some("list") => add_paths(shapes, inner("/member/shape"), path, depth + 1, paths),
        // `Attributes` of queues and topics, one of which is the policy.
        Some("map") if path == "Attributes" => paths.push(format!("{path}.*")),
        _ => {}
    }
}

/// Whether a text at this path may be a policy: `ResourcePolicy`, `policyText`, the `Document` of a version of a policy.
fn may_be_policy(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    let (before, name) = path.rsplit_once('.').unwrap_or(("", &path));
    let is_in_policy = before.contains("polic") && ["document", "content", "text"].contains(&name);
    let ends = [
        "policy",
        "policies",
        "policydocument",
        "policytext",
        "policyinjson",
        "policyjson",
    ];
    is_in_policy || ends.iter().any(|end| name.ends_with(end))
}
