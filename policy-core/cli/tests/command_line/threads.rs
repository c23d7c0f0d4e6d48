//! Several files at once.

use super::*;

/// Many more files than are read at once, in folders: Terraform that depends on a file beside it, templates, policies, what is broken, and
/// what has no policy. Each has findings of its own.
fn files() -> Vec<(String, String)> {
    let mut files = Vec::new();
    for number in 0..100 {
        let mut add = |name: &str, text: String| files.push((format!("f{number:02}/{name}"), text));
        add(
            "a.tf",
            format!(
                "data \"aws_iam_policy_document\" \"p\" {{\n  statement {{\n    actions   = local.actions\n    resources = [\"*\"]\n  }}\n}}\n# {number}\n"
            ),
        );
        add(
            "b.tf",
            format!(
                "data \"aws_iam_policy_document\" \"q\" {{\n  statement {{\n    actions   = [\"s3:Get*\", \"s3:GetObject\", \"s3:Get{number}\"]\n    resources = [\"*\"]\n  }}\n}}\n"
            ),
        );
        add(
            "locals.tf",
            format!("locals {{\n  actions = [\"sqs:Send{number}\"]\n}}\n"),
        );
        add(
            "c.yaml",
            format!(
                "Resources:\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Statement:\n          \
                 - {{ Effect: Allow, Action: 'sns:Publish{number}', Resource: '*' }}\n"
            ),
        );
        add("d.json", WRONG.replace("GetObjct", &format!("GetObjct{number}")));
        add("e.json", RIGHT.to_owned());
        add("f.yaml", "replicas: 1\n".to_owned());
        if number % 7 == 0 {
            add("g.json", format!("{{ \"Statement\": {number} "));
            add("sub/h.json", DEAD.to_owned());
        }
    }
    files
}

fn folder_with(test: &str) -> PathBuf {
    let files = files();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    assert!(files.len() > 512);
    folder_of(test, &files)
}

#[test]
fn several_threads_print_what_one_prints() {
    let folder = folder_with("threads");
    for arguments in [
        &["--format", "human", "--verbose"][..],
        &["--format", "json"],
        &["--format", "sarif"],
        &["--format", "github"],
        &["--format", "junit"],
        &["--diff", "--unsafe-fixes"],
    ] {
        let run = |threads: &str| check(&folder, &[arguments, &["--threads", threads, "."]].concat());
        let one = run("1");
        assert!(one.stdout.len() > 10_000, "{arguments:?}");
        for threads in ["2", "5"] {
            let several = run(threads);
            assert_eq!(several.code, one.code);
            assert!(several.stdout == one.stdout, "{arguments:?} with {threads} threads");
            assert_eq!(several.stderr, one.stderr);
        }
    }
}

#[test]
fn several_threads_fix_what_one_fixes() {
    let (one, several) = (folder_with("threads-one"), folder_with("threads-several"));
    let fix = |folder: &Path, threads: &str| check(folder, &["--fix", "--unsafe-fixes", "--threads", threads, "."]);
    let (by_one, by_several) = (fix(&one, "1"), fix(&several, "4"));
    assert!(by_one.stderr.contains(" fixes; "), "{}", by_one.stderr);
    assert_eq!((by_one.stdout, by_one.stderr), (by_several.stdout, by_several.stderr));
    for (name, text) in files() {
        let [by_one, by_several] = [&one, &several].map(|folder| fs::read_to_string(folder.join(&name)).unwrap());
        assert_eq!(by_one, by_several, "{name}");
        let is_fixed = ["b.tf", "c.yaml", "d.json", "h.json"]
            .iter()
            .any(|end| name.ends_with(end));
        assert_eq!(by_one != text, is_fixed, "{name}");
    }
}

#[test]
fn a_number_of_threads_is_at_least_one() {
    let run = check(&folder("threads-none"), &["--threads", "0", "."]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("--threads <N>"), "{}", run.stderr);
}
