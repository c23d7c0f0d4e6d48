//! The actions that a text without the form of an action was meant to be. Each is one that the catalogue has, so that it can be
//! written as it is proposed.

use crate::catalogue;
use crate::check::words::listed;
use crate::collected::CollectVec;

use super::{slip, suggest};

/// What to write: one action, or a list where the text has several.
pub(super) fn help(text: &str) -> Option<String> {
    if let Some(several) = several(text) {
        return Some(format!("write a list: `[{}]`", several.join(", ")));
    }
    let whole: String = text.split_whitespace().collect();
    let meant = exact(&whole).or_else(|| separated(text)).or_else(|| joined(text))?;
    Some(format!("write {}", listed::quoted(meant)))
}

/// `s3:GetObject, s3:PutObject`: several actions in one string, each in quotes.
fn several(text: &str) -> Option<Vec<String>> {
    let parts = text.split([',', ';', '|', '\n', ' ']).map(str::trim);
    let mut actions = Vec::new();
    for part in parts.filter(|part| !part.is_empty()) {
        actions.push(format!("\"{}\"", exact(part)?));
    }
    (actions.len() > 1).then_some(actions)
}

/// `s3::GetObject`, `s3.GetObject`, `s3:s3:GetObjct`: a service prefix and a name, separated by other characters.
fn separated(text: &str) -> Option<String> {
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '*' | '?');
    let parts = text
        .split(|c| !is_of_name(c))
        .filter(|part| !part.is_empty())
        .collect_vec();
    let with = |action: fn(&str, &str) -> Option<String>| {
        parts.windows(2).find_map(|pair| match pair {
            [prefix, name] => action(prefix, name),
            _ => None,
        })
    };
    with(known).or_else(|| with(misspelt))
}

/// `S3GetObject`: a service prefix that the name follows at once.
fn joined(text: &str) -> Option<String> {
    let splits = text.char_indices().skip(1);
    splits
        .filter_map(|(at, _)| text.split_at_checked(at))
        .find_map(|(prefix, name)| known(prefix, name.trim_start_matches(['-', '_'])))
}

/// The action that a text already is.
fn exact(text: &str) -> Option<String> {
    let (prefix, name) = text.split_once(':')?;
    known(prefix, name)
}

/// The action with this name, or the pattern that matches some actions, in the catalogue's spelling.
fn known(prefix: &str, name: &str) -> Option<String> {
    let service = catalogue::service(prefix)?;
    let exact = service.action(name).map(|action| action.qualified());
    let is_pattern = || name.contains(['*', '?']) && suggest::has(service, name);
    exact.or_else(|| is_pattern().then(|| format!("{}:{name}", service.prefix())))
}

/// The action of the service whose name is nearest.
fn misspelt(prefix: &str, name: &str) -> Option<String> {
    let service = catalogue::service(prefix)?;
    let near = slip::misspelt(service, name)?;
    Some(format!("{}:{near}", service.prefix()))
}
