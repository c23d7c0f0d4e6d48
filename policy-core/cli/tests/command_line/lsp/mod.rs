//! `policy lsp`, as an editor uses it.

mod actions;
mod client;
mod completion;
mod diagnostics;
mod hostile;
mod hover;

use super::*;
use client::Client;
