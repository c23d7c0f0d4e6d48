//! What bytes by chance are made into, so that fuzzing finds its way into policies. A test on stable makes the same of the seeds.

mod asked;
mod document;

pub use asked::Asked;
pub use document::Document;
