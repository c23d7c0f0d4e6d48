//! What the README and the manual show.

use super::*;

/// Runs every command of a page's `console` blocks, in order and in one folder, and compares what it prints. `$ cat FILE` makes the
/// file.
#[test]
fn the_pages_show_what_is_printed() {
    for page in pages() {
        let name = page.file_stem().unwrap().to_str().unwrap();
        let text = fs::read_to_string(&page).unwrap();
        let run = run(&text, &folder(&format!("page-{name}")));
        assert!(run > 0, "{} shows no command", page.display());
    }
}

/// The README, and every page of the manual.
fn pages() -> Vec<PathBuf> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    // In a package it is next to the manifest.
    let readme = [package.join("README.md"), package.join("../../README.md")];
    let readme = readme.into_iter().find(|path| path.exists()).unwrap();
    let manual = fs::read_dir(package.join("manual")).unwrap();
    let mut pages: Vec<PathBuf> = manual.map(|entry| entry.unwrap().path()).collect();
    pages.sort();
    assert_eq!(pages.len(), 6, "{pages:?}");
    pages.push(readme);
    pages
}

/// The number of commands.
fn run(page: &str, folder: &Path) -> usize {
    let programs = Path::new(env!("CARGO_BIN_EXE_policy")).parent().unwrap();
    let mut run = 0;
    for block in page.split("```console\n").skip(1) {
        let block = format!("\n{}", block.split("```").next().unwrap());
        for step in block.split("\n$ ").skip(1) {
            let (command, shown) = step.split_once('\n').unwrap_or((step, ""));
            if let Some(file) = command.strip_prefix("cat ") {
                let file = folder.join(file);
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(file, shown).unwrap();
                continue;
            }
            let output = Command::new("sh")
                .args(["-c", &format!("( {command} ) 2>&1")])
                .env(
                    "PATH",
                    format!("{}:{}", programs.display(), std::env::var("PATH").unwrap()),
                )
                .env_remove("CLICOLOR_FORCE")
                .current_dir(folder)
                .output()
                .unwrap();
            let printed = String::from_utf8(output.stdout).unwrap();
            assert_eq!(printed.trim_end(), today(shown).trim_end(), "$ {command}\n{printed}");
            run += 1;
        }
    }
    run
}

/// With the date of the catalogue as it is now.
fn today(shown: &str) -> String {
    let now = policy_core::catalogue::snapshot().date();
    shown.replace("reference of 2026-10-27", &format!("reference of {now}"))
}
