//! Several files at once: each is read, fixed and checked by one of several threads, and reported in its turn.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;

use policy_files::{Reader, is_of_module};

use crate::arguments::Plan;
use crate::difference;
use crate::files::{self, Contents, Input};
use crate::fixes;
use crate::policies::{self, Content};
use crate::relative::Folder;

/// How many files are read before any of them is reported. What more of them have would be in no cache by then.
const FILES: usize = 128;
/// How many bytes, unless one file alone has more.
const BYTES: u64 = 64 * 1024 * 1024;

/// The files that are read together, from the first of these on.
pub fn first(inputs: &[Input]) -> usize {
    let mut bytes = 0_u64;
    let fitting = inputs.iter().take(FILES).take_while(|input| {
        bytes = bytes.saturating_add(input.size);
        bytes <= BYTES
    });
    fitting.count().clamp(1, inputs.len().max(1))
}

/// A file as it was read, and with its fixes if they were made.
pub struct Read {
    contents: Contents,
    /// The text with replacements, if it is not UTF-8.
    replaced: Option<String>,
    /// How many fixes were made, or are shown.
    pub fixes: usize,
    /// The differences that are shown.
    pub shown: Vec<u8>,
    /// Why the fixes that would have been made were not.
    pub unwritten: Option<String>,
}

impl Read {
    fn new(contents: Contents) -> Self {
        let is_text = std::str::from_utf8(&contents.bytes).is_ok();
        let replaced = (!is_text).then(|| String::from_utf8_lossy(&contents.bytes).into_owned());
        Self {
            contents,
            replaced,
            fixes: 0,
            shown: Vec::new(),
            unwritten: None,
        }
    }

    /// The text. Bytes that are not UTF-8 have a finding, and nothing is replaced before it.
    pub fn text(&self) -> &str {
        let text = || std::str::from_utf8(&self.contents.bytes).unwrap_or_default();
        self.replaced.as_deref().unwrap_or_else(text)
    }
}

/// The files of a run that were read, or why they were not.
pub type Slot = OnceLock<Result<Read, String>>;

/// Checks files: gives what each has, in their order. Each is read into its slot.
pub fn check<'t>(inputs: &[Input], slots: &'t [Slot], plan: &'t Plan, readers: &Readers) -> Vec<OnceLock<Content<'t>>> {
    let checked: Vec<OnceLock<Content<'t>>> = inputs.iter().map(|_| OnceLock::new()).collect();
    let units = units(inputs);
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some((folder, files)) = units.get(next.fetch_add(1, Ordering::Relaxed)) {
            let mut reader = readers.take(*folder);
            for &index in files {
                let (Some(input), Some(slot), Some(checked)) =
                    (inputs.get(index), slots.get(index), checked.get(index))
                else {
                    continue;
                };
                if let Ok(read) = slot.get_or_init(|| read(input, plan, &mut reader)) {
                    let text = read.text();
                    checked.get_or_init(|| {
                        let mut content = policies::check_file(&read.contents, text, input, plan, &mut reader);
                        if plan.format.has_edits() {
                            content.keep_fixable(&input.named_as(text), text, &mut reader);
                        }
                        content
                    });
                }
            }
            readers.put(*folder, reader);
        }
    };
    thread::scope(|scope| {
        for _ in 1..plan.threads.get().min(units.len()) {
            scope.spawn(work);
        }
        work();
    });
    checked
}

/// The readers of the folders with files of Terraform, in which each file may depend on the others.
#[derive(Default)]
pub struct Readers {
    of_folders: Mutex<HashMap<PathBuf, Reader>>,
    /// That of all other files. Its copies share what they know of templates.
    other: Reader,
}

impl Readers {
    fn take(&self, folder: Option<&Path>) -> Reader {
        let mut known = self.of_folders.lock().unwrap_or_else(PoisonError::into_inner);
        let known = folder.and_then(|folder| known.remove(folder));
        known.unwrap_or_else(|| self.other.clone())
    }

    fn put(&self, folder: Option<&Path>, reader: Reader) {
        if let Some(folder) = folder {
            let mut known = self.of_folders.lock().unwrap_or_else(PoisonError::into_inner);
            known.insert(folder.to_owned(), reader);
        }
    }
}

/// What one thread does at a time: the files of Terraform of one folder, in their order, or one other file.
fn units(inputs: &[Input]) -> Vec<(Option<&Path>, Vec<usize>)> {
    let mut units: Vec<(Option<&Path>, Vec<usize>)> = Vec::new();
    let mut of_folder: HashMap<&Path, usize> = HashMap::new();
    for (index, input) in inputs.iter().enumerate() {
        let Some(folder) = input.path.parent().filter(|_| is_of_module(&input.path)) else {
            units.push((None, vec![index]));
            continue;
        };
        let unit = *of_folder.entry(folder).or_insert(units.len());
        match units.get_mut(unit) {
            Some((_, files)) => files.push(index),
            None => units.push((Some(folder), vec![index])),
        }
    }
    units
}

/// Reads a file, and makes the fixes that are wanted in it, or shows them.
fn read(input: &Input, plan: &Plan, reader: &mut Reader) -> Result<Read, String> {
    let contents = input.read().map_err(|error| error.to_string())?;
    let fixing = plan.fixing.filter(|_| !input.leads_out);
    let Some((fixing, text)) = fixing.zip(std::str::from_utf8(&contents.bytes).ok()) else {
        return Ok(Read::new(contents));
    };
    let Some(fixed) = fixes::make(&contents, input, plan, fixing, reader) else {
        return Ok(Read::new(contents));
    };
    if fixing.is_shown {
        let name = if input.is_stdin() {
            input.shown().display().to_string()
        } else {
            Folder::of(Path::new(".")).name_to_write(&input.path)
        };
        return Ok(Read {
            fixes: fixed.count,
            shown: difference::of(&name, text, &fixed.text),
            ..Read::new(contents)
        });
    }
    // What is wrong with a file that cannot be written is reported all the same.
    Ok(match files::rewrite(&input.path, &contents.bytes, &fixed.text) {
        Ok(()) => Read {
            fixes: fixed.count,
            ..Read::new(Contents {
                bytes: fixed.text.into_bytes(),
                is_utf16: contents.is_utf16,
            })
        },
        Err(error) => Read {
            unwritten: Some(format!("not fixed: {error}")),
            ..Read::new(contents)
        },
    })
}
