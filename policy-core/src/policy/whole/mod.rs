//! What is done with whole policies: merged, split, shortened, and compared.

mod actions;
mod covered;
mod difference;
mod merge;
mod minify;
mod normalize;
mod split;

pub use actions::Wildcards;
pub use difference::Difference;
pub use merge::MergeError;
pub use split::SplitError;
