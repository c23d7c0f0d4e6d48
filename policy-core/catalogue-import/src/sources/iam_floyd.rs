//! The package `iam-floyd` of npm (Apache-2.0): it is made from the pages of AWS's service authorization reference, and says of each
//! which service it is about. The names of the pages are not those of the services: `list_eventbridge.html` is about `events`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::entries;
use crate::error::Error;

const PACKAGE: &str = "iam-floyd";

/// The pages of each service, by its prefix: `eventbridge` of `list_eventbridge.html`.
pub type Pages = BTreeMap<String, BTreeSet<String>>;

/// Reads the unpacked package.
pub fn read(folder: &Path) -> Result<Pages, Error> {
    let folder = folder.join("lib").join("generated").join("policy-statements");
    let mut pages = Pages::new();
    for path in entries(&folder, PACKAGE)? {
        if path.extension().is_none_or(|ext| ext != "js") {
            continue;
        }
        let text = fs::read_to_string(&path).map_err(|cause| Error::io(&path, PACKAGE, cause))?;
        let prefix = between(&text, "servicePrefix = '", "'");
        let page = between(&text, "/service-authorization/latest/reference/list_", ".html");
        if let (Some(prefix), Some(page)) = (prefix, page) {
            pages.entry(prefix.to_owned()).or_default().insert(page.to_owned());
        }
    }
    if pages.is_empty() {
        return Err(Error::Shape {
            path: folder,
            cause: "no file has a prefix and a page".to_owned(),
        });
    }
    Ok(pages)
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    Some(text.split_once(before)?.1.split_once(after)?.0)
}
