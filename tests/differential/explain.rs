//! Finds the classes of a difference, by asking again without what they are about.

use std::io;

use policy_core::evaluate::Outcome;

use crate::classes::{self, Class};
use crate::question::Question;
use crate::referee::{Answer, Referee};
use crate::services::with_key_policy;

/// The classes that the difference belongs to: one, or several together of which none can be left out. `None` if all of them do
/// not explain it.
pub fn explain(question: &Question, ours: Outcome, referee: &mut Referee) -> io::Result<Option<Vec<&'static Class>>> {
    if ours == Outcome::DependsOnKeyPolicy {
        return depends(question, referee);
    }
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

/// That it depends on the key policy is shown by two of them: one with which the request is allowed, and one with which it is not.
fn depends(question: &Question, referee: &mut Referee) -> io::Result<Option<Vec<&'static Class>>> {
    let mut classes: Vec<&Class> = classes::all().filter(|class| class.is_of_key_policy()).collect();
    for (delegates, outcome) in [(true, Outcome::Allowed), (false, Outcome::ImplicitlyDenied)] {
        let question = with_key_policy(question, delegates);
        if agree(&question, &[], outcome, referee)? {
            continue;
        }
        let others = if question.ask().0 == outcome {
            explain(&question, outcome, referee)?
        } else {
            None
        };
        let Some(others) = others else { return Ok(None) };
        classes.extend(others.into_iter().filter(|class| class.may_grant()));
    }
    classes.sort_by_key(|class| class.name);
    classes.dedup_by_key(|class| class.name);
    Ok(Some(classes))
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
