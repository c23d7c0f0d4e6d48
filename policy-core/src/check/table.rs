//! The tables of the rules: what AWS says in prose only, or what others have published.
//!
//! A table is a text file beside the rule that reads it. It begins with lines `# ...`, which say what a row is, what is
//! in it and where the rows are from; then follow the rows, one a line, sorted, so that a reviewer sees what was added. What
//! AWS publishes as data is not such a table but the catalogue's, which is made anew from it.

use std::ops::Range;
use std::str::Lines;

/// The rows of a table, without its head and the lines that part its rows.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    Rows(table.lines())
}

// A type of its own, so that not every use of a table compiles its adapters.
struct Rows(Lines<'static>);

impl Iterator for Rows {
    type Item = &'static str;

    fn next(&mut self) -> Option<&'static str> {
        loop {
            let line = self.0.next()?;
            if !line.is_empty() && !line.starts_with('#') {
                return Some(line);
            }
        }
    }
}

/// The rows of a table whose first word is what they are about, gathered: that word, and the rest of each row.
pub(super) fn grouped(table: &'static str) -> Vec<(&'static str, Vec<&'static str>)> {
    let mut groups: Vec<(&'static str, Vec<&'static str>)> = Vec::new();
    for (about, fact) in rows(table).filter_map(|row| row.split_once(' ')) {
        match groups.last_mut().filter(|(last, _)| *last == about) {
            Some((_, facts)) => facts.push(fact),
            None => groups.push((about, vec![fact])),
        }
    }
    groups
}

/// Where the rows of a service stand among rows that are sorted by service.
pub(super) fn rows_of<T>(rows: &[T], service_of: impl Fn(&T) -> &'static str, service: &str) -> Range<usize> {
    let start = rows.partition_point(|row| service_of(row) < service);
    let behind = rows.get(start..).unwrap_or_default();
    let count = behind.iter().take_while(|row| service_of(row) == service).count();
    start..start + count
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by it")]

    use std::path::{Path, PathBuf};
    use std::{fs, io};

    /// Looked for in the folders, so that none is forgotten.
    #[test]
    fn every_table_has_the_same_form() {
        let mut tables = Vec::new();
        find(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut tables).unwrap();
        assert!(tables.len() > 3, "{tables:?}");
        for path in tables {
            let table = fs::read_to_string(&path).unwrap();
            let name = path.file_name().unwrap().to_str().unwrap();
            assert!(!name.contains(['_', ' ']), "{name}: words are parted by hyphens");
            let head: Vec<&str> = table.lines().take_while(|line| line.starts_with('#')).collect();
            let [title, "#", form, "#", ..] = head.as_slice() else {
                panic!("{name}: the head is a title, the form of a row, and the rest: {head:?}");
            };
            assert!(
                title.ends_with(", one a line:") && form.starts_with("#   "),
                "{name}: {head:?}"
            );
            assert!(
                table.contains("https://") || table.contains("botocore"),
                "{name}: it has no source"
            );
            let blocks = table.lines().skip(head.len()).collect::<Vec<_>>();
            // Rows of one kind stand together in a block, which is sorted by itself.
            for block in blocks.split(|line| line.is_empty()) {
                let fields: Vec<Vec<&str>> = block.iter().map(|row| row.split([' ', ':']).collect()).collect();
                let is_in_order = name == "escalation-paths.txt" || fields.is_sorted();
                assert!(is_in_order, "{name}: not sorted: {block:?}");
            }
            let mut rows: Vec<&str> = blocks.into_iter().filter(|line| !line.is_empty()).collect();
            let stray = rows.iter().find(|row| row.starts_with('#') || row.trim() != **row);
            assert_eq!(stray, None, "{name}");
            let count = rows.len();
            rows.sort_unstable();
            rows.dedup();
            assert_eq!(rows.len(), count, "{name}: a row is there twice");
        }
    }

    fn find(folder: &Path, tables: &mut Vec<PathBuf>) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                find(&path, tables)?;
            } else if path.extension().is_some_and(|extension| extension == "txt") {
                tables.push(path);
            }
        }
        Ok(())
    }
}
