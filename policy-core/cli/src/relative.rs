//! The names of files as they are seen from a folder: the same ones, however the files were named.

use std::fs;
use std::path::{self, Component, Path, PathBuf};

/// A folder that files are seen from.
pub struct Folder(PathBuf);

impl Folder {
    pub fn of(path: &Path) -> Self {
        Self(whole(path))
    }

    /// The folder that a file is in.
    pub fn with(file: &Path) -> Self {
        Self(parent(file))
    }

    /// The name of a file, with `/` between its parts on every system, and `..` where it is outside the folder.
    pub fn name_of(&self, file: &Path) -> String {
        self.name(&whole_of_file(file))
    }

    /// The name of a file for a program that writes it: that of the file which a link leads to, and the whole path if it is outside the
    /// folder, where such a program takes no `..`.
    pub fn name_to_write(&self, file: &Path) -> String {
        let file = whole(file);
        if self.has(&file) {
            self.name(&file)
        } else {
            file.display().to_string()
        }
    }

    fn name(&self, file: &Path) -> String {
        let shared = self
            .0
            .components()
            .zip(file.components())
            .take_while(|(own, other)| own == other);
        let shared = shared.count();
        if shared == 0 {
            // Another drive.
            return file.display().to_string();
        }
        let above = self.0.components().skip(shared).map(|_| "..".into());
        let below = file.components().skip(shared);
        let below = below.map(|part| part.as_os_str().to_string_lossy());
        above.chain(below).collect::<Vec<_>>().join("/")
    }

    /// The file of this name, whether or not it exists.
    pub fn file(&self, name: &str) -> PathBuf {
        whole_of_file(&self.0.join(name))
    }

    /// Whether a file is in the folder, or in one that is in it.
    pub fn has(&self, file: &Path) -> bool {
        file.starts_with(&self.0)
    }
}

/// The whole path of a file. A file that is a link has the name of the link.
fn whole_of_file(file: &Path) -> PathBuf {
    match file.file_name() {
        Some(name) => parent(file).join(name),
        None => whole(file),
    }
}

fn parent(file: &Path) -> PathBuf {
    match file.parent() {
        Some(folder) if folder != Path::new("") => whole(folder),
        _ => whole(Path::new(".")),
    }
}

/// The whole path, without links where it exists.
fn whole(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| {
        let mut plain = PathBuf::new();
        for part in path::absolute(path).unwrap_or_else(|_| path.to_owned()).components() {
            match part {
                Component::ParentDir => {
                    plain.pop();
                }
                Component::CurDir => {}
                part => plain.push(part),
            }
        }
        plain
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Folder;

    #[test]
    fn a_file_has_one_name() {
        let here = Folder::of(Path::new("."));
        for (file, name) in [
            ("Cargo.toml", "Cargo.toml"),
            ("./Cargo.toml", "Cargo.toml"),
            ("src/../Cargo.toml", "Cargo.toml"),
            ("./src/main.rs", "src/main.rs"),
            ("no/such/../file", "no/file"),
            ("..", ".."),
        ] {
            assert_eq!(here.name_of(Path::new(file)), name, "{file}");
            assert_eq!(here.name_of(&here.file(name)), name);
        }
        let inner = Folder::with(Path::new("src/main.rs"));
        assert_eq!(inner.name_of(Path::new("Cargo.toml")), "../Cargo.toml");
        assert!(inner.has(&inner.file("x/y")) && !inner.has(&inner.file("../y")));
    }
}
