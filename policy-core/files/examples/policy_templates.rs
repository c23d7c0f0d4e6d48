//! Makes `data/policy-templates.txt` anew, from the package `aws-sam-translator` (Apache-2.0), with which AWS deploys templates of SAM:
//!
//! ```sh
//! pip download --no-deps aws-sam-translator && unzip aws_sam_translator-*.whl
//! sha256sum aws_sam_translator-*.whl | cargo run -p policy-files --example policy_templates -- \
//!     samtranslator/policy_templates_data/policy_templates.json > policy-core/files/data/policy-templates.txt
//! ```

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, BufWriter, Read, Write};

use serde_json::{Map, Value};

const HEAD: &str = "\
# The policy templates of AWS SAM: NAME PARAMETER,... POLICY, with `-` where there is no parameter. `${NAME}` in a string of the policy
# is the value of a parameter, or of a pseudo parameter of CloudFormation.
# Copyright 2018 Amazon.com, Inc. or its affiliates, under the Apache License 2.0 (LICENSE-APACHE).
# Made by examples/policy_templates.rs from the file policy_templates.json of a PyPI package; do not edit.
";

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("name the file `policy_templates.json`")?;
    let json: Value = serde_json::from_str(&fs::read_to_string(path)?)?;
    let mut sum = String::new();
    io::stdin().read_to_string(&mut sum)?;
    let templates = json.get("Templates").and_then(Value::as_object);
    let mut out = BufWriter::new(io::stdout().lock());
    out.write_all(HEAD.as_bytes())?;
    writeln!(
        out,
        "# source {}",
        source(&sum).ok_or("pipe the output of `sha256sum`")?
    )?;
    for (name, template) in templates.ok_or("the file has no templates")? {
        writeln!(out, "{name} {}", row(template)?)?;
    }
    Ok(out.flush()?)
}

/// The package, its version and its hash, by a line of `sha256sum`.
fn source(sum: &str) -> Option<String> {
    let (hash, file) = sum.trim().split_once("  ")?;
    let mut parts = file.split('-');
    let (package, version) = (parts.next()?.replace('_', "-"), parts.next()?);
    Some(format!("{package} {version} {hash}"))
}

fn row(template: &Value) -> Result<String, Box<dyn Error>> {
    let object = |name: &str| template.get(name).and_then(Value::as_object);
    let (parameters, definition) = object("Parameters")
        .zip(object("Definition"))
        .ok_or("a template lacks a part")?;
    let parameters: Vec<&str> = parameters.keys().map(String::as_str).collect();
    let mut policy = Value::Object(definition.clone());
    substitute(&mut policy, &parameters)?;
    let names = if parameters.is_empty() {
        "-".to_owned()
    } else {
        parameters.join(",")
    };
    Ok(format!("{names} {policy}"))
}

/// Writes each `Fn::Sub` as a string in which the variables have the names of the parameters.
fn substitute(value: &mut Value, parameters: &[&str]) -> Result<(), Box<dyn Error>> {
    match value {
        Value::Array(elements) => elements
            .iter_mut()
            .try_for_each(|element| substitute(element, parameters)),
        Value::Object(members) => match members.get("Fn::Sub") {
            Some(argument) => {
                *value = Value::String(substituted(argument, parameters)?);
                Ok(())
            }
            None if members.contains_key("Ref") || members.keys().any(|name| name.starts_with("Fn::")) => {
                Err("a template has another function than `Fn::Sub`".into())
            }
            None => members
                .values_mut()
                .try_for_each(|member| substitute(member, parameters)),
        },
        Value::String(text) if text.contains("${") => Err("a template has a policy variable".into()),
        _ => Ok(()),
    }
}

fn substituted(argument: &Value, parameters: &[&str]) -> Result<String, Box<dyn Error>> {
    let none = Map::new();
    let (text, variables) = match argument {
        Value::String(text) => (text.as_str(), &none),
        Value::Array(parts) => match parts.as_slice() {
            [Value::String(text), Value::Object(variables)] => (text.as_str(), variables),
            _ => return Err("an `Fn::Sub` has an unknown form".into()),
        },
        _ => return Err("an `Fn::Sub` has an unknown form".into()),
    };
    let references = variables.iter().map(|(name, value)| {
        let parameter = value.get("Ref").and_then(Value::as_str);
        let parameter = parameter.filter(|own| parameters.contains(own));
        Ok((name.as_str(), parameter.ok_or("a variable is not a parameter")?))
    });
    let references: BTreeMap<&str, &str> = references.collect::<Result<_, Box<dyn Error>>>()?;
    let mut made = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let (name, after) = after.split_once('}').ok_or("a variable has no end")?;
        let name = match references.get(name) {
            Some(parameter) => parameter,
            None if name.starts_with("AWS::") => name,
            None => return Err("a variable is not known".into()),
        };
        made.push_str(before);
        write!(made, "${{{name}}}")?;
        rest = after;
    }
    made.push_str(rest);
    Ok(made)
}
