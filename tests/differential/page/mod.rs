//! What AWS's pages say of one condition or one resource, in code of its own that shares nothing with the evaluator: by this a
//! class puts something plain in place of what the evaluators read differently.

pub mod condition;
pub mod principal;
pub mod resource;
pub mod text;
pub mod value;

/// Whether two things match, as far as the pages say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    Yes,
    No,
    /// A variable has no value, so that nothing is equal to it or like it.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value>
    Null,
    /// No page says. An `Allow` is then not met and a `Deny` is, so that it does not allow anything.
    Open,
}

impl Says {
    pub const fn of(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }

    /// Of several, of which one is enough.
    pub fn any(says: impl Iterator<Item = Self>) -> Self {
        let says: Vec<Self> = says.collect();
        let first = [Self::Yes, Self::Open, Self::Null]
            .into_iter()
            .find(|wanted| says.contains(wanted));
        first.unwrap_or(Self::No)
    }
}
