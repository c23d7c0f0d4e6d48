//! What the README shows.

use super::*;

/// Runs every command of the README's `console` blocks, in order and in one folder, and compares what it prints. `$ cat FILE`
/// makes the file.
#[test]
fn the_readme_shows_what_is_printed() {
    // In a package it is next to the manifest.
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(package.join("README.md"))
        .or_else(|_| fs::read_to_string(package.join("../../README.md")))
        .unwrap();
    let folder = folder("readme");
    let programs = Path::new(env!("CARGO_BIN_EXE_policy")).parent().unwrap();
    let mut run = 0;
    for block in readme.split("```console\n").skip(1) {
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
                .current_dir(&folder)
                .output()
                .unwrap();
            let printed = String::from_utf8(output.stdout).unwrap();
            assert_eq!(printed.trim_end(), today(shown).trim_end(), "$ {command}\n{printed}");
            run += 1;
        }
    }
    assert!(run > 5, "{run}");
}

/// With the date of the catalogue as it is now.
fn today(shown: &str) -> String {
    let now = policy_core::catalogue::snapshot().date();
    let (first, dated) = shown.split_once("catalogue of ").unwrap_or((shown, ""));
    let dated = dated.split("catalogue of ").filter(|part| !part.is_empty());
    let dated = dated.map(|part| format!("catalogue of {now}{}", &part["2026-10-27".len()..]));
    std::iter::once(first.to_owned()).chain(dated).collect()
}
