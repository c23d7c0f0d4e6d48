//! AWS's managed policies, for names that AWS uses and does not document. A compressed file with a policy a line, `{ "name": ...,
//! "document": ... }`; it is not published, so it is optional.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;

use flate2::read::GzDecoder;
use serde::Deserialize;
use serde_json::Value;

use crate::error::Error;

/// The names that a policy uses.
#[derive(Debug, Default)]
pub struct Managed {
    pub name: String,
    /// Its actions, patterns included.
    pub actions: BTreeSet<String>,
    /// Its condition keys.
    pub keys: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Line {
    name: String,
    document: Document,
}

#[derive(Deserialize)]
struct Document {
    #[serde(rename = "Statement")]
    statement: Value,
}

/// Reads the policies.
pub fn read(path: &Path) -> Result<Vec<Managed>, Error> {
    let io = |cause| Error::Io {
        path: path.to_owned(),
        cause,
    };
    let mut policies = Vec::new();
    for line in BufReader::new(GzDecoder::new(fs::File::open(path).map_err(io)?)).lines() {
        let line: Line = serde_json::from_str(&line.map_err(io)?).map_err(|cause| Error::Shape {
            path: path.to_owned(),
            cause: cause.to_string(),
        })?;
        let mut policy = Managed {
            name: line.name,
            ..Managed::default()
        };
        for statement in list(&line.document.statement) {
            for element in ["Action", "NotAction"] {
                let actions = list(&statement[element]).iter().filter_map(Value::as_str);
                policy.actions.extend(actions.map(str::to_owned));
            }
            let operators = statement["Condition"]
                .as_object()
                .into_iter()
                .flat_map(|all| all.values());
            let keys = operators.filter_map(Value::as_object).flat_map(|keys| keys.keys());
            policy.keys.extend(keys.cloned());
        }
        policies.push(policy);
    }
    Ok(policies)
}

/// One of a policy's elements, which is a list or its only member.
fn list(value: &Value) -> &[Value] {
    match value {
        Value::Array(several) => several,
        Value::Null => &[],
        one => std::slice::from_ref(one),
    }
}
