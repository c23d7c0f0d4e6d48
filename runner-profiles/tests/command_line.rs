//! The command line as its users meet it.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

use std::fs;
use std::path::Path;
use std::process::Command;

use policy_core::document::{Document, Value};

const HYBRID: [&str; 7] = [
    "hybrid",
    "--region",
    "eu-west-1",
    "--account",
    "111122223333",
    "--platform-secret",
    "matillion-oauth-credentials",
];
const STREAMING: [&str; 7] = [
    "streaming",
    "--region",
    "eu-west-1",
    "--account",
    "111122223333",
    "--agent-secret",
    "streaming-agent-key",
];
const KEY: &str = "1234abcd-12ab-34cd-56ef-1234567890ab";

struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

fn run(preset: &[&str], options: &[&str]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_runner-profiles"))
        .args(preset)
        .args(options)
        .output()
        .unwrap();
    Run {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The text of every member of this name, however deep.
fn all(json: &str, name: &str) -> Vec<String> {
    fn collect(node: &policy_core::document::Node<'_>, name: &str, found: &mut Vec<String>) {
        match &node.value {
            Value::Array(elements) => elements.iter().for_each(|element| collect(element, name, found)),
            Value::Object(members) => {
                for member in members {
                    if member.name.written() == name {
                        found.push(member.value.to_json());
                    }
                    collect(&member.value, name, found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    collect(Document::read(json).unwrap().root(), name, &mut found);
    found
}

#[test]
fn all_roles_are_an_array_and_one_is_an_object() {
    let run_all = run(&HYBRID, &[]);
    assert_eq!((run_all.code, run_all.err.as_str()), (Some(0), ""));
    assert!(run_all.out.starts_with("[\n"));
    assert_eq!(
        all(&run_all.out, "RoleName"),
        [
            r#""maia-hybrid-task""#,
            r#""maia-hybrid-execution""#,
            r#""maia-hybrid-script-runner-task""#
        ],
    );
    let one = run(&HYBRID, &["--name", "maia-prod", "--role", "execution"]);
    assert_eq!(
        one.out,
        r#"{
    "RoleName": "maia-prod-execution",
    "AssumeRolePolicyDocument": {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "EcsTasksAssumeExecutionRole",
                "Effect": "Allow",
                "Principal": {
                    "Service": "ecs-tasks.amazonaws.com"
                },
                "Action": "sts:AssumeRole",
                "Condition": {
                    "StringEquals": {
                        "aws:SourceAccount": "111122223333"
                    }
                }
            }
        ]
    },
    "Policies": [
        {
            "PolicyName": "maia-prod-execution",
            "PolicyDocument": {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Sid": "ReadPlatformCredentials",
                        "Effect": "Allow",
                        "Action": "secretsmanager:GetSecretValue",
                        "Resource": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:matillion-oauth-credentials-??????"
                    }
                ]
            }
        }
    ]
}
"#
    );
}

#[test]
fn each_option_adds_its_statement() {
    for (options, sids) in [
        (
            &["--pipeline-secret", "a", "--pipeline-secret", "b"][..],
            &["ReadPipelineSecrets"][..],
        ),
        (
            &["--pipeline-secret", "a", "--kms-key", KEY],
            &["DecryptPipelineSecrets", "DecryptPlatformCredentials"],
        ),
        (&["--kms-key", KEY], &["DecryptPlatformCredentials"]),
        (
            &["--staging-bucket", "maia-staging"],
            &["ListStagingBucket", "UseStagingObjects"],
        ),
        (
            &["--staging-bucket", "maia-staging", "--staging-kms-key", KEY],
            &["UseStagingKey"],
        ),
        (
            &["--extension-library", "maia-library"],
            &["ListExtensionLibraryBucket", "UseExtensionLibraryObjects"],
        ),
        (&["--logs"], &["WriteLogs"]),
        (&["--log-group", "/ecs/another"], &["WriteLogs"]),
        (&["--ecr-repository", "matillion/etl-agent"], &["EcrLogin", "PullImage"]),
    ] {
        let run = run(&HYBRID, options);
        assert_eq!(run.code, Some(0), "{options:?}: {}", run.err);
        let found = all(&run.out, "Sid");
        for sid in sids {
            assert!(found.contains(&format!("\"{sid}\"")), "{options:?}: {found:?}");
        }
    }
}

#[test]
fn on_eks_there_is_no_execution_role() {
    let pods = run(&HYBRID, &["--eks-pod-identity"]);
    assert_eq!(
        all(&pods.out, "RoleName"),
        [r#""maia-hybrid-task""#, r#""maia-hybrid-script-runner-task""#]
    );
    let issuer = ["--eks-issuer", "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE"];
    let account = [
        "--eks-namespace",
        "matillion",
        "--eks-service-account",
        "matillion-runner-sa",
    ];
    let accounts = run(
        &HYBRID,
        &[issuer, [account[0], account[1]], [account[2], account[3]]].concat(),
    );
    assert_eq!(all(&accounts.out, "RoleName"), [r#""maia-hybrid-task""#]);
    assert!(
        accounts
            .out
            .contains("system:serviceaccount:matillion:matillion-runner-sa")
    );

    let cluster = "arn:aws:eks:eu-west-1:111122223333:cluster/prod";
    let of_cluster = run(&HYBRID, &["--eks-pod-identity", "--eks-cluster", cluster]);
    assert_eq!(
        all(&of_cluster.out, "aws:RequestTag/eks-cluster-arn"),
        [format!("\"{cluster}\""), format!("\"{cluster}\"")]
    );
    assert_eq!(run(&HYBRID, &["--eks-cluster", cluster]).code, Some(2));

    let execution = run(&HYBRID, &["--eks-pod-identity", "--role", "execution"]);
    assert_eq!(execution.code, Some(2));
    assert!(
        execution.err.contains("on EKS there is no task execution role"),
        "{}",
        execution.err
    );
    assert_eq!(run(&HYBRID, &issuer).code, Some(2));
}

#[test]
fn a_wrong_value_is_a_usage_error_with_the_reason() {
    for (options, reason) in [
        (
            ["--pipeline-secret", "x-a1B2c3:client_id::"],
            "belongs to `valueFrom` in an ECS task definition",
        ),
        (["--kms-key", "alias/secrets"], "it is an alias"),
        (["--staging-bucket", "Maia"], "`M` at position 1 is uppercase"),
        (["--form", "as-document"], "a similar value exists: 'as-documented'"),
        (["--staging-prefix", "stage"], "--staging-bucket"),
    ] {
        let run = run(&HYBRID, &options);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{options:?}");
        assert!(run.err.contains(reason), "{options:?}: {}", run.err);
    }
    let without = run(&STREAMING[..5], &[]);
    assert_eq!(without.code, Some(2));
    assert!(without.err.contains("--agent-secret <SECRET>"), "{}", without.err);
}

#[test]
fn what_is_refused_says_the_way_out() {
    let documented = ["--form", "as-documented", "--role", "execution", "--kms-key", KEY];
    let undecided = run(&HYBRID, &documented);
    assert_eq!((undecided.code, undecided.out.as_str()), (Some(1), ""));
    assert!(
        undecided
            .err
            .contains("= help: at the command line, `--execution-scope cmk-secret-and-key`")
    );

    let mut scoped = documented.to_vec();
    scoped.extend(["--execution-scope", "cmk-keys-only-never-works"]);
    let broken = run(&HYBRID, &scoped);
    assert_eq!(broken.code, Some(0), "{}", broken.err);
    assert!(
        broken.err.contains("warning: this role can never work"),
        "{}",
        broken.err
    );
    assert!(broken.err.contains("[ACTION_FITS_NO_RESOURCE]"), "{}", broken.err);

    let page = run(&HYBRID, &["--form", "as-documented", "--role", "script-runner-task"]);
    assert_eq!(page.code, Some(1));
}

#[test]
fn warnings_go_to_standard_error() {
    let run = run(
        &STREAMING,
        &["--form", "as-documented", "--pipeline-secret", "source-db-access"],
    );
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(
        all(&run.out, "RoleName"),
        [r#""maia-streaming-task""#, r#""maia-streaming-execution""#]
    );
    for words in [
        "`source-db-access` is taken as the name",
        "`ec2.amazonaws.com`",
        "every bucket",
    ] {
        assert!(run.err.contains(words), "{words}: {}", run.err);
    }
}

#[test]
fn each_format_is_printed() {
    for (format, portable, begins, holds) in [
        ("json", false, "[\n", r#""RoleName": "maia-hybrid-task""#),
        ("cli", false, "#!/bin/sh\n", "aws iam create-role --cli-input-json '{"),
        (
            "terraform",
            false,
            "{\n",
            "arn:aws:secretsmanager:eu-west-1:111122223333:secret:",
        ),
        (
            "terraform",
            true,
            "{\n",
            "arn:${data.aws_partition.current.partition}:secretsmanager:",
        ),
        (
            "cloudformation",
            false,
            "{\n",
            "arn:aws:secretsmanager:eu-west-1:111122223333:secret:",
        ),
        (
            "cloudformation",
            true,
            "{\n",
            "arn:${AWS::Partition}:secretsmanager:${AWS::Region}:",
        ),
    ] {
        let portable = if portable { &["--portable"][..] } else { &[] };
        let run = run(&HYBRID, &[&["--format", format], portable].concat());
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{format}");
        assert!(
            run.out.starts_with(begins) && run.out.contains(holds),
            "{format}: {}",
            run.out
        );
    }
    let json = run(&HYBRID, &["--portable"]);
    assert_eq!(json.code, Some(2));
    assert!(
        json.err.contains("`--portable` is for `--format terraform`"),
        "{}",
        json.err
    );
}

#[test]
fn what_every_role_has_is_said_once() {
    let options = [
        "--path",
        "/runners/",
        "--description",
        "Loads",
        "--tag",
        "team=data",
        "--tag",
        "cost-centre=",
        "--max-session-duration",
        "7200",
        "--permissions-boundary",
        "arn:aws:iam::111122223333:policy/boundary",
    ];
    let done = run(&HYBRID, &options);
    assert_eq!((done.code, done.err.as_str()), (Some(0), ""));
    assert_eq!(all(&done.out, "Path"), [r#""/runners/""#; 3]);
    assert_eq!(all(&done.out, "MaxSessionDuration"), ["7200"; 3]);
    assert_eq!(all(&done.out, "Value"), [r#""data""#, r#""""#].repeat(3));

    for (options, code, reason) in [
        (&["--path", "runners"][..], 2, "it does not start with `/`"),
        (&["--tag", "team"], 2, "write `KEY=VALUE`"),
        (
            &["--tag", "team=a", "--tag", "Team=b"],
            1,
            "the tags `team` and `Team` are the same to IAM",
        ),
        (
            &["--max-session-duration", "60"],
            2,
            "write a number from 3600 to 43200",
        ),
        (
            &["--max-session-duration", "an hour"],
            2,
            "invalid digit found in string",
        ),
        (&["--permissions-boundary", "boundary"], 2, "it is not an ARN"),
        (&["--force"], 2, "--out <DIR>"),
    ] {
        let refused = run(&HYBRID, options);
        assert_eq!((refused.code, refused.out.as_str()), (Some(code), ""), "{options:?}");
        assert!(refused.err.contains(reason), "{options:?}: {}", refused.err);
    }
}

#[test]
fn nothing_that_is_there_is_replaced_without_force() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("out");
    let _ = std::fs::remove_dir_all(&folder);
    let out = folder.to_str().unwrap();
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();

    let first = run(&HYBRID, &["--role", "execution", "--out", out]);
    assert_eq!((first.code, first.err.as_str()), (Some(0), ""));
    let written = [
        "index.json",
        "maia-hybrid-execution.trust.json",
        "maia-hybrid-execution.inline/maia-hybrid-execution.json",
    ];
    let paths = written.map(|path| format!("{}\n", folder.join(path).display()));
    assert_eq!(first.out, paths.concat());
    assert!(read("index.json").contains(r#""AssumeRolePolicyDocument": "maia-hybrid-execution.trust.json""#));

    std::fs::write(folder.join("index.json"), "mine").unwrap();
    std::fs::remove_file(folder.join(written[1])).unwrap();
    let again = run(&HYBRID, &["--role", "execution", "--out", out]);
    assert_eq!((again.code, again.out.as_str()), (Some(1), ""));
    assert!(
        again.err.contains("are there already, and nothing was written"),
        "{}",
        again.err
    );
    assert_eq!(
        (read("index.json").as_str(), folder.join(written[1]).exists()),
        ("mine", false)
    );

    let forced = run(&HYBRID, &["--role", "execution", "--out", out, "--force"]);
    assert_eq!((forced.code, forced.err.as_str()), (Some(0), ""));
    assert!(read("index.json").starts_with('['));

    for (format, name) in [
        ("terraform", "roles.tf.json"),
        ("cloudformation", "roles.template.json"),
        ("cli", "roles.sh"),
    ] {
        let done = run(&HYBRID, &["--format", format, "--out", out]);
        assert_eq!((done.code, done.err.as_str()), (Some(0), ""));
        assert_eq!(read(name), run(&HYBRID, &["--format", format]).out, "{format}");
    }
}

/// The README's command, and those of the guide, in an empty folder each.
#[test]
fn the_commands_of_the_pages_run() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    // In a package it is next to the manifest.
    let readme = [package.join("README.md"), package.join("../README.md")];
    let readme = readme.into_iter().find(|path| path.exists()).unwrap();
    for (page, expected) in [(readme, 1), (package.join("guide/command-line.md"), 2)] {
        let text = fs::read_to_string(&page).unwrap();
        let mut run = 0;
        for line in text.lines() {
            let Some(arguments) = line.strip_prefix("cargo run -q -p runner-profiles --features cli -- ") else {
                continue;
            };
            let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
            if folder.exists() {
                fs::remove_dir_all(&folder).unwrap();
            }
            fs::create_dir_all(&folder).unwrap();
            let output = Command::new(env!("CARGO_BIN_EXE_runner-profiles"))
                .args(arguments.split_whitespace())
                .current_dir(&folder)
                .output()
                .unwrap();
            assert!(
                output.status.success(),
                "{line}: {}",
                String::from_utf8_lossy(&output.stderr)
            );
            let files = fs::read_dir(&folder).unwrap().count();
            assert_eq!(files > 0, arguments.contains("--out"), "{line}");
            run += 1;
        }
        assert_eq!(run, expected, "{}", page.display());
    }
}
