//! Where the evaluators differ.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader};

use policy_core::evaluate::Outcome;
use serde_json::{Value, json};

use crate::pair::Pair;

/// Prints the differences as lines of JSON, and a table of them to standard error.
pub fn compare(pairs: &str, answers: &str) -> io::Result<()> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (line, answer) in lines(pairs)?.zip(lines(answers)?) {
        let (line, answer) = (line?, answer?);
        let mut pair = Pair::from_json(&line);
        let Some(theirs) = answer["answer"].as_str() else {
            let why = answer["refused"].as_str().unwrap_or("no answer");
            *counts.entry(format!("refused: {why}")).or_default() += 1;
            continue;
        };
        // AWS sends no key that the action does not have, and the referee knows which.
        for key in answer["ignored"].as_array().into_iter().flatten() {
            pair.context.remove(key.as_str().unwrap_or_default());
        }
        let (authorizer, request) = (pair.authorizer(), pair.request());
        let explanation = authorizer.explain(&request);
        let ours = match explanation.decision().outcome() {
            Outcome::Allowed => "Allowed",
            Outcome::ExplicitlyDenied => "ExplicitlyDenied",
            Outcome::ImplicitlyDenied => "ImplicitlyDenied",
        };
        let kind = if pair.source.starts_with("edge") {
            "edges"
        } else {
            "managed"
        };
        *counts.entry(format!("{kind}: {theirs}")).or_default() += 1;
        if ours != theirs {
            *counts.entry(format!("{kind}: DIFFERENT, ours {ours}")).or_default() += 1;
            let explanation = explanation.to_string();
            println!(
                "{}",
                json!({ "ours": ours, "theirs": theirs, "explanation": explanation, "pair": line })
            );
        }
    }
    for (what, count) in counts {
        eprintln!("{count:>7} {what}");
    }
    Ok(())
}

fn lines(path: &str) -> io::Result<impl Iterator<Item = io::Result<Value>>> {
    let lines = BufReader::new(File::open(path)?).lines();
    Ok(lines.map(|line| Ok(serde_json::from_str(&line?)?)))
}
