//! Other evaluators, each a program of its own that answers lines of JSON.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use policy_core::evaluate::Outcome;
use serde_json::Value;

use crate::question::Question;

pub struct Referee {
    pub name: &'static str,
    program: Child,
    ask: ChildStdin,
    answers: BufReader<ChildStdout>,
    /// What was asked before: what is plain is often the same.
    known: HashMap<String, Answer>,
}

#[derive(Clone)]
pub enum Answer {
    Says {
        outcome: Outcome,
        /// The condition keys that it did not look at, since AWS does not send them with the action.
        ignored: Vec<String>,
    },
    /// It does not answer such a question.
    Refuses(String),
}

impl Referee {
    pub fn start(name: &'static str, command: &str) -> io::Result<Self> {
        let mut words = command.split_whitespace();
        let mut program = Command::new(words.next().unwrap_or_default())
            .args(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let pipes = program.stdin.take().zip(program.stdout.take());
        let (ask, answers) = pipes.ok_or_else(|| io::Error::other("a referee without pipes"))?;
        let answers = BufReader::new(answers);
        Ok(Self {
            name,
            program,
            ask,
            answers,
            known: HashMap::new(),
        })
    }

    pub fn ask(&mut self, question: &Question) -> io::Result<Answer> {
        let line = question.to_json().to_string();
        if let Some(answer) = self.known.get(&line) {
            return Ok(answer.clone());
        }
        writeln!(self.ask, "{line}")?;
        self.ask.flush()?;
        let mut said = String::new();
        self.answers.read_line(&mut said)?;
        let answer = read(&serde_json::from_str(&said)?);
        self.known.insert(line, answer.clone());
        Ok(answer)
    }
}

impl Drop for Referee {
    fn drop(&mut self) {
        // It is of no use any more, whatever became of it.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

fn read(said: &Value) -> Answer {
    let outcome = match said["answer"].as_str() {
        Some("Allowed") => Outcome::Allowed,
        Some("ExplicitlyDenied") => Outcome::ExplicitlyDenied,
        Some("ImplicitlyDenied") => Outcome::ImplicitlyDenied,
        _ => return Answer::Refuses(said["refused"].as_str().unwrap_or("no answer").to_owned()),
    };
    let ignored = said["ignored"].as_array().into_iter().flatten();
    let ignored = ignored.filter_map(Value::as_str).map(str::to_owned).collect();
    Answer::Says { outcome, ignored }
}
