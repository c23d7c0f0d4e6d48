//! Resources.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>

use super::Says;
use super::text::{Filled, Unit, fields, filled, is_arn_like, is_like};
use crate::question::Keys;

/// One text of `Resource` or `NotResource`.
pub struct Resource<'q> {
    pub written: &'q str,
    pub negated: bool,
    pub asked: &'q str,
    pub context: &'q Keys,
    pub has_variables: bool,
}

impl Resource<'_> {
    pub fn filled(&self) -> Filled {
        filled(self.written, self.has_variables, self.context)
    }

    /// Whether a variable is before the fifth colon, where it is not allowed.
    pub fn has_variable_too_early(&self) -> bool {
        let begin: Vec<&str> = self.written.splitn(6, ':').collect();
        self.has_variables && begin.len() == 6 && begin.iter().take(5).any(|field| field.contains("${"))
    }

    /// Whether it means the resource that is asked for. That a star of one field reaches over a colon is open.
    pub fn says(&self) -> Says {
        match self.filled() {
            Filled::Null => Says::Null,
            Filled::Several => Says::Open,
            Filled::Units(pattern) if pattern == [Unit::Written('*')] => Says::Yes,
            Filled::Units(pattern) => match fields(&pattern).map(|fields| is_arn_like(&fields, self.asked)) {
                Some(Says::No) if is_like(&pattern, self.asked) != Says::No => Says::Open,
                Some(says) => says,
                None => Says::No,
            },
        }
    }

    /// Whether a star of one field would have to reach over a colon.
    pub fn reaches_over_colon(&self) -> bool {
        let Filled::Units(pattern) = self.filled() else {
            return false;
        };
        let by_fields = fields(&pattern).map(|fields| is_arn_like(&fields, self.asked));
        by_fields == Some(Says::No) && is_like(&pattern, self.asked) != Says::No
    }
}
