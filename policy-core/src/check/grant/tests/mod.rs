//! Tables of what is found, a file a rule.

mod delegated;
