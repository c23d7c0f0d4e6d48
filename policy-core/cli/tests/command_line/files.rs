//! Inputs that are not files, files without end, and files that cases may not read.

use super::*;

const OUTSIDE: &str = r#"{ "policies": { "p": { "caller": "anonymous", "identity": "PATH" } },
    "cases": [{ "action": "s3:ListAllMyBuckets", "resource": "*", "expect": "denied" }] }"#;

fn cases_of(path: &str) -> String {
    OUTSIDE.replace("PATH", path)
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    use super::*;

    fn pipe(path: &Path) {
        assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    }

    #[test]
    fn in_a_folder_only_regular_files_are_read() {
        let folder = folder_of(
            "files-devices",
            &[
                ("a/right.json", RIGHT),
                ("elsewhere/other.json", RIGHT),
                ("none/a.txt", ""),
            ],
        );
        symlink("../elsewhere/other.json", folder.join("a/link.json")).unwrap();
        for (index, inside) in ["a", "none"].into_iter().enumerate() {
            let inside = folder.join(inside);
            pipe(&inside.join("pipe.json"));
            symlink("pipe.json", inside.join("to-pipe.json")).unwrap();
            symlink("/dev/zero", inside.join("to-device.json")).unwrap();
            // The name of a socket is short, and that of the folder need not be.
            let socket = std::env::temp_dir().join(format!("policy-{}-{index}.json", std::process::id()));
            let listener = UnixListener::bind(&socket).unwrap();
            symlink(&socket, inside.join("to-socket.json")).unwrap();
            drop(listener);
        }
        let passed_over = "; 4 files skipped: not regular files\n";
        for (command, said) in [
            ("check", "no findings in 2 files"),
            ("actions", "2 actions in 2 policies"),
        ] {
            let run = policy(&folder, command, &["a"]);
            assert_eq!(
                (run.code, run.stderr.as_str()),
                (Some(0), format!("{said}{passed_over}").as_str())
            );
            let run = policy(&folder, command, &["none"]);
            assert_eq!(
                (run.code, run.stderr),
                (Some(2), format!("no policy was found{passed_over}"))
            );
        }
        for index in 0..2 {
            let socket = std::env::temp_dir().join(format!("policy-{}-{index}.json", std::process::id()));
            fs::remove_file(socket).unwrap();
        }
    }

    #[test]
    fn one_that_is_passed_over_is_counted_as_one() {
        let folder = folder_of("files-one", &[("right.json", RIGHT)]);
        pipe(&folder.join("pipe.json"));
        let run = check(&folder, &["."]);
        assert_eq!(
            run.stderr,
            "no findings in 1 file; 1 file skipped: not a regular file\n"
        );
    }

    #[test]
    fn a_pipe_that_is_named_is_read() {
        let folder = folder_of(
            "files-pipe",
            &[("wrong.json", WRONG), ("cases.json", &cases_of("wrong.json"))],
        );
        for (arguments, content) in [
            ("check pipe", "wrong.json"),
            ("actions pipe", "wrong.json"),
            ("simulate pipe", "cases.json"),
        ] {
            let pipe_path = folder.join("pipe");
            let _ = fs::remove_file(&pipe_path);
            pipe(&pipe_path);
            let text = fs::read_to_string(folder.join(content)).unwrap();
            let writer = std::thread::spawn(move || fs::write(pipe_path, text).unwrap());
            let arguments: Vec<&str> = arguments.split(' ').collect();
            let run = finish(&mut command(&folder, &arguments), "");
            writer.join().unwrap();
            assert!(matches!(run.code, Some(0 | 1)), "{run:?}");
        }
    }

    #[test]
    fn what_has_no_end_is_refused() {
        let folder = folder_of(
            "files-endless",
            &[("cases.json", &cases_of("zero.json")), ("right.json", RIGHT)],
        );
        symlink("/dev/zero", folder.join("zero.json")).unwrap();
        let says = "the input is larger than 64 MiB; move the policies to a separate file";
        for command in ["check", "actions", "simulate"] {
            let run = policy(&folder, command, &["/dev/zero"]);
            assert_eq!(
                (
                    run.code,
                    run.stderr.starts_with(&format!("policy: /dev/zero: {says}\n"))
                ),
                (Some(2), true),
                "{run:?}"
            );
        }
        for arguments in [&["check", "-"][..], &["check"], &["actions", "-"]] {
            let mut command = command(&folder, arguments);
            let output = command.stdin(fs::File::open("/dev/zero").unwrap()).output().unwrap();
            let said = String::from_utf8(output.stderr).unwrap();
            assert!(said.starts_with(&format!("policy: <stdin>: {says}\n")), "{said}");
            assert_eq!(output.status.code(), Some(2));
        }
        for option in ["--baseline", "--config"] {
            let run = check(&folder, &[option, "/dev/zero", "right.json"]);
            assert_eq!((run.code, run.stderr.contains(says)), (Some(2), true), "{run:?}");
        }
        // What else is named is checked all the same.
        let run = check(&folder, &["/dev/zero", "right.json"]);
        assert!(run.stderr.ends_with("no findings in 1 file\n"), "{}", run.stderr);
        for cases in ["cases.json", "pipes.json"] {
            fs::write(folder.join("pipes.json"), cases_of("pipe.json")).unwrap();
            if cases == "pipes.json" {
                pipe(&folder.join("pipe.json"));
            }
            for within in ["/dev", "."] {
                let run = policy(&folder, "simulate", &["--policies-within", within, cases]);
                assert_eq!(run.code, Some(2), "{run:?}");
                assert!(
                    run.stderr.contains("outside the folder") || run.stderr.contains("it is not a regular file"),
                    "{}",
                    run.stderr
                );
            }
        }
    }

    #[test]
    fn a_link_that_leads_outside_is_outside() {
        let folder = folder_of(
            "files-links",
            &[("secret", "TOKEN=abc"), ("in/real.json", RIGHT), ("far/p.json", RIGHT)],
        );
        symlink("../secret", folder.join("in/link.json")).unwrap();
        symlink("../far", folder.join("in/far")).unwrap();
        symlink("real.json", folder.join("in/same.json")).unwrap();
        symlink("../nowhere", folder.join("in/dangling.json")).unwrap();
        for (path, outside) in [
            ("link.json", true),
            ("far/p.json", true),
            ("dangling.json", true),
            ("same.json", false),
        ] {
            fs::write(folder.join("in/cases.json"), cases_of(path)).unwrap();
            let run = policy(&folder, "simulate", &["in/cases.json"]);
            assert_eq!(
                run.stderr.contains("it is outside the folder of the cases"),
                outside,
                "{path}: {run:?}"
            );
            assert_eq!(run.code, Some(if outside { 2 } else { 0 }), "{path}");
        }
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_full_disk_is_told_and_does_not_panic() {
        let folder = folder_of(
            "files-full",
            &[("wrong.json", WRONG), ("cases.json", &cases_of("wrong.json"))],
        );
        for arguments in [
            &["check", "wrong.json"][..],
            &["check", "--format", "sarif", "wrong.json"],
            &["actions", "wrong.json"],
            &["--explain"],
        ] {
            let full = || fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
            let output = command(&folder, arguments).stdout(full()).output().unwrap();
            let said = String::from_utf8(output.stderr).unwrap();
            assert!(said.contains("policy: standard output: "), "{arguments:?}: {said}");
            assert_eq!(output.status.code(), Some(2), "{arguments:?}");
            // Nor where not even that can be told.
            for arguments in [arguments, &["check", "--allow", "x"], &["simulate", "nowhere.json"]] {
                let output = command(&folder, arguments)
                    .stdout(full())
                    .stderr(full())
                    .output()
                    .unwrap();
                assert_eq!(output.status.code(), Some(2), "{arguments:?}");
            }
        }
    }
}

#[test]
fn cases_read_nothing_outside_of_their_folder() {
    let secret = "SECRET-TOKEN=abc";
    let folder = folder_of(
        "files-outside",
        &[
            ("secret", secret),
            (
                "other.json",
                r#"{ "SECRET-TOKEN": { "Statement": [] }, "Statment": 1 }"#,
            ),
            ("right.json", RIGHT),
            ("in/own", secret),
            ("in/right.json", RIGHT),
            ("in/deep/right.json", RIGHT),
        ],
    );
    let simulate = |path: &str, options: &[&str]| {
        fs::write(folder.join("in/cases.json"), cases_of(path)).unwrap();
        policy(&folder, "simulate", &[options, &["in/cases.json"]].concat())
    };
    let absolute = folder.join("secret").display().to_string();
    for path in [
        "../secret",
        "../nowhere",
        "deep/../../secret",
        "../right.json",
        "../other.json",
        &absolute,
        "/nowhere/x",
    ] {
        let run = simulate(path, &[]);
        assert_eq!(run.code, Some(2), "{run:?}");
        let says = format!("policy: in/cases.json:1:59: `{path}`: it is outside the folder of the cases");
        assert!(run.stderr.starts_with(&says), "{}", run.stderr);
        assert!(run.stderr.contains("--policies-within"), "{}", run.stderr);
    }
    for path in [
        "right.json",
        "deep/right.json",
        "deep/../right.json",
        "../in/right.json",
    ] {
        assert_eq!(simulate(path, &[]).code, Some(0), "{path}");
    }
    // In the folder of the cases, what is wrong is quoted; elsewhere never.
    assert!(simulate("own", &[]).stderr.contains("`SECRET`"));
    for path in [
        "../secret",
        "../other.json",
        "../other.json#/SECRET-TOKE",
        "../other.json#/SECRET-TOKEN/Statemen",
        &absolute,
    ] {
        let run = simulate(path, &["--policies-within", "."]);
        assert_eq!(run.code, Some(2), "{run:?}");
        let said = run.stderr.replace(path, "");
        assert!(!said.contains("SECRET") && !said.contains("Stat"), "{path}: {said}");
        assert!(!said.contains("outside"), "{path}: {said}");
    }
    assert_eq!(simulate("../right.json", &["--policies-within", "."]).code, Some(0));
    assert_eq!(
        simulate("../right.json", &["--policies-within", "nowhere"]).code,
        Some(2)
    );
    // Where the cases stand in the current folder.
    fs::write(folder.join("cases.json"), cases_of("in/right.json")).unwrap();
    assert_eq!(policy(&folder, "simulate", &["cases.json"]).code, Some(0));
}

#[test]
fn what_is_no_text_or_no_document_is_one_error() {
    let utf16 = |units: Vec<[u8; 2]>| units.concat();
    let deep = "[".repeat(200_000);
    let twice = RIGHT.replacen(
        "\"Version\": \"2012-10-17\",",
        "\"Version\": \"2012-10-17\", \"Version\": \"2012-10-17\",",
        1,
    );
    for (index, content) in [
        utf16(RIGHT.encode_utf16().map(u16::to_le_bytes).collect()),
        utf16(RIGHT.encode_utf16().map(u16::to_be_bytes).collect()),
        RIGHT.replace("Allow", "All\0w").into_bytes(),
        b"{ \"Version\": \"2012-10-17\", \"Statement\": \"\xFF\xFE\" }".to_vec(),
        br#"{ "Version": "\ud800" }"#.to_vec(),
        b"\r\r".to_vec(),
        Vec::new(),
        b"null".to_vec(),
        twice.into_bytes(),
        b"1e999999999".to_vec(),
        deep.into_bytes(),
        r#"{"Statement":"#.repeat(100_000).into_bytes(),
    ]
    .into_iter()
    .enumerate()
    {
        let folder = folder("files-no-text");
        fs::write(folder.join("a.json"), content).unwrap();
        let run = check(&folder, &["--format", "json", "--severity", "ERROR", "a.json"]);
        assert_eq!(run.code, Some(1), "{index}: {run:?}");
        assert!(!run.findings().is_empty(), "{index}: {run:?}");
        for way in [&["check"][..], &["actions"], &["simulate"]] {
            let run = finish(command(&folder, way).arg("a.json"), "");
            assert!(
                matches!(run.code, Some(0..=2)) && !run.stderr.contains("panicked"),
                "{index}, {way:?}: {run:?}"
            );
        }
    }
}

/// As `policy list` and every other language have it; the places are those of an editor, which does not show the mark.
#[test]
fn a_policy_behind_a_byte_order_mark_is_checked_and_fixed_where_it_is() {
    let marked = |text: &str| format!("\u{feff}{text}");
    let folder = folder("files-mark");
    fs::write(folder.join("wrong.json"), marked(WRONG)).unwrap();
    fs::write(folder.join("plain.json"), WRONG).unwrap();
    fs::write(folder.join("right.json"), marked(RIGHT)).unwrap();
    fs::write(folder.join("broken.json"), marked("{ \"Statement\" }")).unwrap();
    let inside = format!("{{ \"p\": {WRONG} }}");
    fs::write(folder.join("inside.json"), marked(&inside)).unwrap();
    assert_eq!(check(&folder, &["right.json"]).code, Some(0));
    let [plain, mut own] = ["plain.json", "wrong.json"].map(|name| check(&folder, &[name]));
    own.stdout = own.stdout.replace("wrong.json", "plain.json");
    assert_eq!(own.stdout, plain.stdout);
    let broken = check(&folder, &["broken.json"]);
    assert!(broken.stdout.contains("--> broken.json:1:15"), "{broken:?}");
    let within = check(&folder, &["--pointer", "/p", "inside.json"]);
    assert!(within.stdout.contains("INVALID_ACTION"), "{within:?}");
    for name in ["wrong.json", "plain.json"] {
        let run = check(&folder, &["--fix", "--unsafe-fixes", name]);
        assert!(run.stderr.contains("fixes"), "{run:?}");
    }
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    assert_eq!(read("wrong.json"), marked(&read("plain.json")));
}
