//! `policy!`.

mod allow;
mod body;
mod code;
mod editor;
mod expand;
mod file;
mod header;
mod judge;
mod pieces;
mod place;
mod policy;
mod report;
#[cfg(test)]
mod tests;
mod token;

use proc_macro::TokenStream;

use token::Input;

/// A policy, checked by the compiler.
#[proc_macro]
pub fn policy(input: TokenStream) -> TokenStream {
    let input = Input::read(input);
    policy::expand(&input.tokens).into_stream(&input)
}

/// A policy that stands in a file of its own, checked by the compiler.
#[proc_macro]
pub fn policy_file(input: TokenStream) -> TokenStream {
    let input = Input::read(input);
    file::expand(&input.tokens).into_stream(&input)
}

/// The items that show an editor what an action is; see `policy!`.
#[doc(hidden)]
#[proc_macro]
pub fn __editor(input: TokenStream) -> TokenStream {
    let input = Input::read(input);
    editor::items(&input.tokens).into_stream(&input)
}
