//! Known findings, and files that have changed.

use super::*;

#[test]
fn only_new_findings_are_reported() {
    let folder = folder_of("baseline", &[("p.json", WRONG), ("q.json", DEAD)]);
    let written = check(&folder, &["--write-baseline", "known.json", "."]);
    assert_eq!((written.code, &*written.stdout), (Some(0), ""), "{written:?}");
    let known = fs::read_to_string(folder.join("known.json")).unwrap();
    assert_eq!(known.lines().count(), 5, "{known}");
    assert!(
        known.contains(r#"{"address":"","code":"INVALID_ACTION","count":1,"file":"p.json","subject":"s3:GetObjct"}"#)
    );

    // Whatever line they are in.
    fs::write(
        folder.join("p.json"),
        WRONG.replace("\"Statement\"", "\n\n\"Statement\""),
    )
    .unwrap();
    let run = check(&folder, &["--baseline", "known.json", "p.json", "q.json"]);
    assert_eq!(
        (run.code, &*run.stderr),
        (Some(0), "no findings in 2 files\n"),
        "{run:?}"
    );

    // One more of a kind is new, and what is fixed is told.
    let twice = WRONG
        .replace("\"s3:GetObjct\"", "[\"s3:GetObjct\", \"s3:GetObjct\"]")
        .replace("effect", "Effect");
    fs::write(folder.join("p.json"), twice).unwrap();
    let run = check(
        &folder,
        &["--baseline", "known.json", "--format", "json", "p.json", "q.json"],
    );
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.column("code").contains(&"INVALID_ACTION".to_owned()), "{run:?}");
    assert!(
        run.stderr.starts_with("1 of the baseline not found any more"),
        "{run:?}"
    );

    for (text, reason) in [
        ("{", "EOF"),
        ("{}", "no list `findings`"),
        ("{\"findings\":[{}]}", "finding 1 lacks one of `file`"),
    ] {
        fs::write(folder.join("bad.json"), text).unwrap();
        let run = check(&folder, &["--baseline", "bad.json", "q.json"]);
        assert!(run.code == Some(2) && run.stderr.contains(reason), "{run:?}");
    }
}

#[test]
fn a_baseline_does_not_depend_on_how_files_are_named() {
    let folder = folder_of(
        "baseline-names",
        &[("in/a/p.json", WRONG), ("in/q.json", DEAD), ("r.json", DEAD)],
    );
    let inner = folder.join("in");
    let whole = |path: &Path| path.to_str().unwrap().to_owned();
    let (known, all) = (whole(&inner.join("known.json")), whole(&folder));
    let ways = [
        (&folder, "in/known.json", vec!["."]),
        (&folder, "./in/known.json", vec!["in/a/../a", "./in/q.json", "r.json"]),
        (&inner, "known.json", vec![".", "../r.json"]),
        (&inner, &known, vec![&all]),
    ];
    let mut texts = Vec::new();
    for (place, baseline, named) in &ways {
        check(place, &[&["--write-baseline", baseline], &**named].concat());
        texts.push(fs::read_to_string(inner.join("known.json")).unwrap());
        for (place, baseline, named) in &ways {
            let run = check(place, &[&["--baseline", baseline], &**named].concat());
            assert_eq!(run.code, Some(0), "{run:?}");
            assert!(run.stderr.starts_with("no findings in 3 files"), "{named:?}: {run:?}");
        }
        fs::remove_file(inner.join("known.json")).unwrap();
    }
    for name in ["a/p.json", "q.json", "../r.json"] {
        assert!(texts[0].contains(&format!("\"file\":\"{name}\"")), "{}", texts[0]);
    }
    assert!(texts.iter().all(|text| *text == texts[0]), "{texts:?}");

    // What is gone is told from everywhere.
    fs::write(inner.join("known.json"), &texts[0]).unwrap();
    fs::remove_dir_all(inner.join("a")).unwrap();
    fs::remove_file(folder.join("r.json")).unwrap();
    for (place, named, lost) in [
        (&inner, "..", 3),
        (&inner, ".", 2),
        (&folder, ".", 3),
        (&folder, &*all, 3),
    ] {
        let run = check(place, &["--baseline", &known, named]);
        assert!(
            run.stderr.starts_with(&format!("{lost} of the baseline")),
            "{named}: {run:?}"
        );
    }
}

#[test]
fn what_was_not_checked_is_neither_found_nor_lost() {
    let files = [
        ("a/p.json", WRONG),
        ("b/q.json", DEAD),
        ("b/gone.json", DEAD),
        ("r.json", DEAD),
    ];
    let folder = folder_of("baseline-part", &files);
    check(&folder, &["--write-baseline", "known.json", "."]);
    for named in [&["a"][..], &["./a"], &["b/q.json"], &["a", "b"], &["."]] {
        let run = check(&folder, &[&["--baseline", "known.json"], named].concat());
        assert_eq!(run.code, Some(0), "{run:?}");
        assert!(run.stderr.starts_with("no findings"), "{named:?}: {run:?}");
    }
    fs::remove_file(folder.join("b/gone.json")).unwrap();
    fs::write(folder.join("a/p.json"), RIGHT).unwrap();
    for (named, lost) in [
        (&["a"][..], 2),
        (&["./b"], 1),
        (&["b/q.json"], 0),
        (&["r.json"], 0),
        (&["."], 3),
    ] {
        let run = check(&folder, &[&["--baseline", "known.json"], named].concat());
        let said = format!("{lost} of the baseline not found any more: write it again with `--write-baseline`\n");
        assert_eq!(run.stderr.starts_with(&said), lost > 0, "{named:?}: {run:?}");
        assert_eq!(run.stderr.contains("baseline"), lost > 0, "{named:?}: {run:?}");
    }
}

#[test]
fn only_files_that_have_changed_are_checked() {
    let folder = folder_of(
        "changed",
        &[("old.json", WRONG), ("sub/edited.json", RIGHT), ("gone.json", RIGHT)],
    );
    let git = |arguments: &[&str]| {
        let identity = [
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@example.com",
            "-c",
            "commit.gpgsign=false",
        ];
        let done = Command::new("git")
            .current_dir(&folder)
            .args(identity)
            .args(arguments)
            .output()
            .unwrap();
        assert!(done.status.success(), "{done:?}");
    };
    git(&["init", "--quiet"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "first"]);
    let since = |arguments: &[&str]| check(&folder, &[&["--changed-since", "HEAD"], arguments].concat());
    let run = since(&["."]);
    assert_eq!((run.code, run.stdout.len()), (Some(0), 0), "{run:?}");
    assert_eq!(run.stderr, "no file has changed since `HEAD`\n");
    fs::write(folder.join("sub/edited.json"), DEAD).unwrap();
    fs::write(folder.join("new é.json"), DEAD).unwrap();
    fs::remove_file(folder.join("gone.json")).unwrap();
    let run = since(&["--format", "json", "."]);
    assert_eq!(run.column("file"), ["./new é.json", "./sub/edited.json"], "{run:?}");
    let within = check(
        &folder.join("sub"),
        &["--changed-since", "HEAD", "--format", "json", "."],
    );
    assert_eq!(within.column("file"), ["./edited.json"], "{within:?}");
    for revision in ["no-such", "--output=x", ""] {
        let run = check(&folder, &[&format!("--changed-since={revision}"), "."]);
        assert_eq!(run.code, Some(2), "{run:?}");
    }
    assert!(!folder.join("x").exists());
}
