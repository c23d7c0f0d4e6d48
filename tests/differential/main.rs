//! Asks this evaluator and a referee the same questions: see `README.md`.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test tool that fails by panicking"
)]

mod compare;
mod edges;
mod managed;
mod pair;
mod random;

use std::io::{self, BufWriter, Write};

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["generate", seed, count] => {
            let (Ok(seed), Ok(count)) = (seed.parse(), count.parse()) else {
                return Err(io::Error::other("SEED and COUNT are numbers"));
            };
            let mut out = BufWriter::new(io::stdout().lock());
            for pair in managed::pairs(seed, count)? {
                writeln!(out, "{}", pair.to_json())?;
            }
            for pair in edges::pairs(seed, count) {
                writeln!(out, "{}", pair.to_json())?;
            }
            Ok(())
        }
        ["compare", pairs, answers] => compare::compare(pairs, answers),
        _ => Err(io::Error::other(
            "differential (generate SEED COUNT | compare PAIRS ANSWERS)",
        )),
    }
}
