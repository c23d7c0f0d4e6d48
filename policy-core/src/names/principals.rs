//! Service principals that exist, and the one that was meant by another that is one slip from it.

use std::sync::OnceLock;

use super::region::{self, List};
use super::scan::{self, ends_with, equal, line, starts_with};
use crate::spelling::is_one_edit;

const DOMAIN: &str = ".amazonaws.com";

/// The fewest letters before the domain of which another with one edit is a slip: `ec2` and `ecs` are both right.
const TELLING: usize = 6;

const TABLE: &str = include_str!("../check/facts/service-principals.txt");

/// Those for which there is evidence, `logs.{region}.amazonaws.com` for one with any Region.
pub(crate) fn all() -> &'static [&'static str] {
    static LISTED: OnceLock<List<&str, 512>> = OnceLock::new();
    LISTED.get_or_init(|| parse(TABLE)).as_slice()
}

/// The same for constants: parsed while this crate is compiled, which is 2 % of its build.
#[cfg(feature = "values")]
pub(super) const fn all_in_constants() -> &'static [&'static str] {
    static LISTED: List<&str, 512> = parse(TABLE);
    LISTED.as_slice()
}

/// The principal that was meant by one that is not listed. AWS publishes no list, so one that is unlike all others may exist, and so may one
/// with a Region.
pub(crate) const fn slip(principal: &str, listed: &[&'static str]) -> Option<&'static str> {
    if !ends_with(principal, DOMAIN) || has_region(principal) {
        return None;
    }
    let mut meant = None;
    let mut rows = listed;
    while let [row, rest @ ..] = rows {
        if equal(row, principal) {
            return None;
        }
        let longer = if row.len() > principal.len() {
            row.len()
        } else {
            principal.len()
        };
        if meant.is_none() && longer >= TELLING + DOMAIN.len() && is_one_edit(principal, row) {
            meant = Some(*row);
        }
        rows = rest;
    }
    meant
}

const fn has_region(principal: &str) -> bool {
    let mut rest = principal;
    while let Some((label, after)) = scan::split_once(rest, b'.') {
        if region::is_region(label).is_ok() {
            return true;
        }
        rest = after;
    }
    false
}

/// The first words of the rows of a table.
const fn parse(table: &'static str) -> List<&'static str, 512> {
    let mut listed = List::of("");
    let mut rest = table;
    while !rest.is_empty() {
        let (found, after) = line(rest);
        rest = after;
        if let Some((principal, _)) = scan::split_once(found, b' ')
            && !starts_with(found, "#")
        {
            listed.push(principal);
        }
    }
    listed
}
