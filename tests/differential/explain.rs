//! Finds the classes of a difference, by asking again without what they are about.

use std::io;

use policy_core::evaluate::Outcome;

use crate::classes::{self, Class};
use crate::question::Question;
use crate::referee::{Answer, Referee};

/// The classes that the difference belongs to: one, or several together of which none can be left out. `None` if all of them do
/// not explain it.
pub fn explain(question: &Question, ours: Outcome, referee: &mut Referee) -> io::Result<Option<Vec<&'static Class>>> {
    let candidates: Vec<&Class> = classes::all().filter(|class| class.plain(question).is_some()).collect();
    for class in &candidates {
        if agree(question, &[class], ours, referee)? {
            return Ok(Some(vec![class]));
        }
    }
    let mut together = candidates;
    if !agree(question, &together, ours, referee)? {
        return Ok(None);
    }
    // The broader are left out first.
    for at in (0..together.len()).rev() {
        let mut fewer = together.clone();
        fewer.remove(at);
        if agree(question, &fewer, ours, referee)? {
            together = fewer;
        }
    }
    Ok(Some(together))
}

/// Whether both answer what this evaluator answered, once what the classes are about is plain.
fn agree(question: &Question, classes: &[&Class], ours: Outcome, referee: &mut Referee) -> io::Result<bool> {
    let mut plain = question.clone();
    for class in classes {
        plain = class.plain(&plain).unwrap_or(plain);
    }
    if plain.ask().0 != ours {
        return Ok(false);
    }
    let answer = referee.ask(&plain)?;
    Ok(matches!(answer, Answer::Says { outcome, .. } if outcome == ours))
}
