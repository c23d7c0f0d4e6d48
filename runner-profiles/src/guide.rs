//! The guide: a role of your own, a role that exists, and the program.
//!
//! - [`own_role`]: from policies to a role that is tested and deployed.
//! - [`existing_role`]: a role that exists, read, compared with a preset, and changed.
//! - [`command_line`]: the program `runner-profiles`.
//!
//! The crate's [front page](crate) is about the presets; the guide of [`policy!`](crate::policy!), with every error, is on
//! that of [`policy_macros`].

#[doc = include_str!("../guide/own-role.md")]
pub mod own_role {}

#[doc = include_str!("../guide/existing-role.md")]
pub mod existing_role {}

#[doc = include_str!("../guide/command-line.md")]
pub mod command_line {}
