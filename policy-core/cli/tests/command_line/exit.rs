//! `--allow`, `--deny`, `--severity`, and the exit code.

use super::*;

/// It is open to the world, which AWS accepts.
const PUBLIC: &str = r#"{ "Version": "2012-10-17", "Statement": [
    { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::exports/*" }] }"#;

/// It could be simpler, and does what it says.
const REDUNDANT: &str = r#"{ "Version": "2012-10-17", "Statement": [
    { "Effect": "Allow", "Action": ["s3:ListAllMyBuckets", "s3:ListAllMy*"], "Resource": "*" }] }"#;

#[test]
fn what_does_not_compile_in_the_macro_fails_the_run() {
    let folder = folder_of(
        "blocking",
        &[
            ("wrong.json", WRONG),
            ("public.json", PUBLIC),
            ("dead.json", DEAD),
            ("redundant.json", REDUNDANT),
            ("right.json", RIGHT),
        ],
    );
    for (file, strict, lenient) in [
        ("wrong.json", 1, 1),
        ("public.json", 1, 0),
        ("dead.json", 1, 0),
        ("redundant.json", 0, 0),
        ("right.json", 0, 0),
    ] {
        let run = check(&folder, &[file]);
        assert_eq!(run.code, Some(strict), "{run:?}");
        let run = check(&folder, &["--lenient", file]);
        assert_eq!(run.code, Some(lenient), "{run:?}");
    }
}

#[test]
fn a_warning_passes_a_lenient_run_unless_it_is_denied() {
    let folder = folder_of("denied", &[("dead.json", DEAD)]);
    for (arguments, code) in [
        (&[][..], 0),
        (&["--deny", "RESOURCE_FITS_NO_ACTION"], 1),
        (&["--deny", "resource_fits_no_action"], 1),
        (&["--deny", "INVALID_ACTION"], 0),
        (&["--deny", "WARNING"], 1),
        (&["--deny", "SUGGESTION"], 1),
        (&["--deny", "SECURITY_WARNING"], 0),
        (&["--deny", "INVALID_ACTION", "--deny", "WARNING"], 1),
        (&["--deny", "WARNING", "--allow", "RESOURCE_FITS_NO_ACTION"], 0),
    ] {
        let run = check(&folder, &[&["--lenient"], arguments, &["dead.json"]].concat());
        assert_eq!(run.code, Some(code), "{arguments:?}: {run:?}");
    }
}

#[test]
fn a_suggestion_passes_unless_it_is_denied() {
    let folder = folder_of("suggested", &[("redundant.json", REDUNDANT)]);
    assert_eq!(check(&folder, &["redundant.json"]).code, Some(0));
    assert_eq!(
        check(&folder, &["--deny", "SUGGESTION", "redundant.json"]).code,
        Some(1)
    );
}

#[test]
fn what_is_allowed_or_too_mild_is_left_out() {
    let folder = folder_of("allowed", &[("wrong.json", WRONG), ("dead.json", DEAD)]);
    let codes = |arguments: &[&str]| {
        let run = check(
            &folder,
            &[&["--format=json", "wrong.json", "dead.json"], arguments].concat(),
        );
        (run.code.unwrap(), run.column("code"))
    };
    let owned = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        codes(&[]),
        (
            1,
            owned(&["INVALID_ACTION", "INVALID_POLICY_ELEMENT", "RESOURCE_FITS_NO_ACTION"])
        )
    );
    assert_eq!(
        codes(&["--severity", "error"]),
        (1, owned(&["INVALID_ACTION", "INVALID_POLICY_ELEMENT"]))
    );
    assert_eq!(
        codes(&["--allow", "INVALID_ACTION", "--allow", "INVALID_POLICY_ELEMENT"]),
        (1, owned(&["RESOURCE_FITS_NO_ACTION"]))
    );
}

#[test]
fn a_name_that_does_not_exist_or_contradicts_another_is_refused() {
    let folder = folder_of("refused", &[("right.json", RIGHT)]);
    for (arguments, says) in [
        (
            &["--allow", "INVALID_ACTON"][..],
            "no finding has this code; did you mean `INVALID_ACTION`?",
        ),
        (
            &["--allow", "E0308"],
            "no finding has this code; `policy --explain` lists all codes",
        ),
        (&["--deny", "WARNIN"], "did you mean `WARNING`?"),
        (&["--deny", "MISING_VERSION"], "did you mean `MISSING_VERSION`?"),
        (
            &["--severity", "fatal"],
            "write one of `ERROR`, `SECURITY_WARNING`, `WARNING`, `SUGGESTION`",
        ),
        (
            &["--severity", "ERROR", "--deny", "MISSING_VERSION"],
            "`--severity ERROR` hides the findings that `--deny MISSING_VERSION` looks for",
        ),
        (
            &["--allow", "MISSING_VERSION", "--deny", "MISSING_VERSION"],
            "`--allow MISSING_VERSION` hides the findings that `--deny MISSING_VERSION` looks for",
        ),
    ] {
        let run = check(&folder, &[arguments, &["right.json"]].concat());
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(run.stderr.contains(says), "{}", run.stderr);
    }
}
