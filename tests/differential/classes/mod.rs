//! Every class of difference: what differs, who is right, and the page that settles it.
//!
//! A class is not believed but shown. It finds what it is about in a question and puts something plain in its place, by what the
//! pages say (`page`, which shares no code with the evaluator): a condition that is met is left out, a statement that one does not
//! let apply is left out, a resource that is meant is written as `*`. A difference belongs to a class if then both evaluators answer
//! what this one answered before.

mod conditions;
mod resources;
mod rewrite;
mod whole;

use crate::page::condition::Condition;
use crate::page::resource::Resource;
use crate::question::Question;

pub struct Class {
    pub name: &'static str,
    /// What is right.
    pub rule: &'static str,
    pub page: Page,
    about: About,
}

/// A page without an address is one of <https://docs.aws.amazon.com/IAM/latest/UserGuide/>.
#[derive(Clone, Copy)]
pub enum Page {
    Settles(&'static str),
    /// The page that should say it and does not; of conditions, only where that matters. An `Allow` is then not met and a `Deny` is: this evaluator grants nothing that
    /// another does not.
    LeavesOpen(&'static str),
}

/// What a class is about.
enum About {
    Condition(fn(&Condition<'_>) -> bool),
    Resource(fn(&Resource<'_>) -> bool),
    /// The question as a whole; what it finds it replaces by itself.
    Whole(fn(&Question) -> Option<Question>),
    /// A decision that no other evaluator has.
    KeyPolicy,
}

/// All of them. The narrower come first, as the first that explains a difference has it.
pub fn all() -> impl Iterator<Item = &'static Class> {
    conditions::CLASSES
        .iter()
        .chain(resources::CLASSES)
        .chain(whole::CLASSES)
}

impl Class {
    /// The question with something plain in place of what the class is about; `None` if it is about nothing in it.
    pub fn plain(&self, question: &Question) -> Option<Question> {
        match self.about {
            About::Condition(is_about) => rewrite::conditions(question, &|condition| {
                is_about(condition) && (self.may_grant() || condition.is_in_doubt())
            }),
            About::Resource(is_about) => rewrite::resources(question, is_about),
            About::Whole(plain) => plain(question),
            About::KeyPolicy => None,
        }
    }

    /// Whether it is the class of requests for a key whose key policy is not known.
    pub const fn is_of_key_policy(&self) -> bool {
        matches!(self.about, About::KeyPolicy)
    }

    /// Whether a difference of this class may be one in which this evaluator grants.
    pub const fn may_grant(&self) -> bool {
        !matches!(self.page, Page::LeavesOpen(_))
    }
}
