//! Names of actions that differ by a slip, and not by what the actions do.

use std::sync::OnceLock;

use crate::catalogue::{self, Service};
use crate::collected::CollectVec;
use crate::numbers::Texts;
use crate::spelling::{edits, nearest};

/// The action of the service that a name is, misspelt.
pub(super) fn misspelt(service: Service, name: &str) -> Option<&'static str> {
    let near = nearest(name, service.actions().map(|action| action.name()))?;
    is_slip(&words(name).collect_vec(), near).then_some(near)
}

/// Whether the words of a name are those of another one, or nearly so. `CreateUser` is near `CreateCluster` by its letters, and
/// `DisconnectDirectory` near `ConnectDirectory`, and it would be wrong to say that these were meant.
fn is_slip(written: &[&str], near: &str) -> bool {
    let meant = words(near).collect_vec();
    let Some((verb, others)) = meant.split_first() else {
        return false;
    };
    match written {
        [] => false,
        // In small letters, perhaps.
        [whole] => is_same_verb(head(whole, verb), verb),
        [first, rest @ ..] => {
            rest.len() == others.len()
                && rest.iter().zip(others).all(|(word, meant)| is_same_word(word, meant))
                && is_same_verb(first, verb)
        }
    }
}

fn is_same_word(word: &str, meant: &str) -> bool {
    let is_other_verb = || Verbs::get().has(word) && Verbs::get().has(meant) && !word.eq_ignore_ascii_case(meant);
    nearest(word, [meant]).is_some() && !differs_in_front(word, meant) && !is_other_verb()
}

/// Whether a word is a verb, or that misspelt. `Detach` and `Unattach` are not `Attach`, nor is a word that is nearer to another verb.
pub(super) fn is_same_verb(word: &str, verb: &str) -> bool {
    let limit = (word.len() / 3).clamp(1, MOST);
    match edits(word, verb, limit) {
        Some(0) => true,
        Some(distance) => !differs_in_front(word, verb) && !Verbs::get().has_nearer(word, distance),
        None => false,
    }
}

/// More edits than this make another verb.
const MOST: usize = 2;

/// Whether one word is the other with two or more letters before it, as what undoes something is named.
fn differs_in_front(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() < other.len() {
        (one, other)
    } else {
        (other, one)
    };
    let front = long.len() - short.len();
    front > 1 && long.get(front..).is_some_and(|end| end.eq_ignore_ascii_case(short))
}

/// The beginning of a name that is nearest to a verb.
fn head<'n>(name: &'n str, verb: &str) -> &'n str {
    let (mut nearest, mut least) = (name, MOST + 1);
    for length in verb.len().saturating_sub(MOST)..=verb.len() + MOST {
        if let Some(head) = name.get(..length)
            && let Some(distance) = edits(head, verb, MOST)
            && distance < least
        {
            (nearest, least) = (head, distance);
        }
    }
    nearest
}

/// The words that the names of all actions begin with.
struct Verbs {
    each: Vec<&'static str>,
    /// In small letters.
    known: Texts<'static>,
}

impl Verbs {
    fn get() -> &'static Self {
        static VERBS: OnceLock<Verbs> = OnceLock::new();
        VERBS.get_or_init(|| {
            let (mut each, mut known) = (Vec::new(), Texts::new());
            for action in catalogue::services().flat_map(Service::actions) {
                if let Some(verb) = words(action.name()).next()
                    && known.insert(verb.to_ascii_lowercase().into())
                {
                    each.push(verb);
                }
            }
            Self { each, known }
        })
    }

    fn has(&self, word: &str) -> bool {
        self.known.contains(&*word.to_ascii_lowercase())
    }

    fn has_nearer(&self, word: &str, distance: usize) -> bool {
        self.has(word) || distance > 1 && self.each.iter().any(|verb| edits(word, verb, distance - 1).is_some())
    }
}

/// The words of a name in camel case: `Get`, `Object`; capitals in a row are one, the `DB` of `DescribeDBInstances`.
pub(super) fn words(name: &str) -> impl Iterator<Item = &str> {
    let mut rest = name;
    std::iter::from_fn(move || {
        let bytes = rest.as_bytes();
        let is_upper = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_uppercase);
        let is_lower = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_lowercase);
        let end = (1..bytes.len())
            .find(|&at| is_upper(at) && (!is_upper(at - 1) || is_lower(at + 1)))
            .unwrap_or(bytes.len());
        let (word, after) = rest.split_at_checked(end)?;
        rest = after;
        (!word.is_empty()).then_some(word)
    })
}
