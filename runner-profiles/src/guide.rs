//! The guide: from a page of documentation to a tested role.
//!
//! - [`vendor_page`]: a tutorial, from a vendor's page to a checked role.
//! - [`forms`]: the four forms of [`policy!`](crate::policy!), and which to use.
//! - [`errors`]: every error, with its fix.
//!
//! The crate's [front page](crate) is about the presets.

#[doc = include_str!("../guide/vendor-page.md")]
pub mod vendor_page {}

#[doc = include_str!("../guide/forms.md")]
pub mod forms {}

#[doc = include_str!("../guide/errors.md")]
pub mod errors {}
