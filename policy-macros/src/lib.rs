//! `policy!`.

mod allow;
mod body;
mod code;
mod expand;
mod header;
mod judge;
mod pieces;
mod place;
mod policy;
mod report;
mod token;

use proc_macro::TokenStream;

use token::Input;

/// A policy, checked by the compiler.
#[proc_macro]
pub fn policy(input: TokenStream) -> TokenStream {
    let input = Input::read(input);
    policy::expand(&input.tokens).into_stream(&input)
}
