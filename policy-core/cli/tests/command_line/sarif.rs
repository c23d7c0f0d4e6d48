//! `--format sarif`.

use super::*;
use jsonschema::Validator;
use policy_core::finding::Code;

fn validator() -> Validator {
    let schema = serde_json::from_str(include_str!("sarif-schema/sarif-schema-2.1.0.json")).unwrap();
    // The schema is of draft 4, which does not have this format that it uses all the same.
    let reference = jsonschema::draft7::options()
        .should_validate_formats(true)
        .build(&serde_json::json!({ "format": "uri-reference" }))
        .unwrap();
    jsonschema::options()
        .should_validate_formats(true)
        .with_format("uri-reference", move |text: &str| reference.is_valid(&text.into()))
        .build(&schema)
        .unwrap()
}

/// The log of a run; that it is valid is what every test of this file begins with.
fn log(folder: &Path, arguments: &[&str]) -> Value {
    let run = check(folder, &[&["--format", "sarif"], arguments].concat());
    let log = serde_json::from_str(&run.stdout).unwrap();
    let validator = validator();
    let errors: Vec<String> = validator
        .iter_errors(&log)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}\n{log:#}");
    log
}

fn results(log: &Value) -> &Vec<Value> {
    log["runs"][0]["results"].as_array().unwrap()
}

#[test]
fn the_schema_is_one_that_can_be_failed() {
    let validator = validator();
    let log = log(&folder_of("failed", &[("wrong.json", WRONG)]), &["wrong.json"]);
    for (pointer, value) in [
        ("/version", "2.1"),
        ("/runs/0/columnKind", "bytes"),
        ("/runs/0/results/0/level", "fatal"),
        ("/runs/0/results/0/ruleIndex", "0"),
        (
            "/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri",
            "a b",
        ),
    ] {
        let mut log = log.clone();
        *log.pointer_mut(pointer).unwrap() = value.into();
        assert!(!validator.is_valid(&log), "{pointer}");
    }
}

#[test]
fn a_run_has_the_rules_that_were_broken_and_where() {
    let folder = folder_of(
        "rules",
        &[("a b/é.json", WRONG), ("dead.json", DEAD), ("right.json", RIGHT)],
    );
    let log = log(&folder, &["."]);
    let run = &log["runs"][0];
    assert_eq!(
        (&log["version"], &run["columnKind"]),
        (&"2.1.0".into(), &"unicodeCodePoints".into())
    );
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "policy");

    let rules = driver["rules"].as_array().unwrap();
    let expected = [
        ("INVALID_ACTION", "InvalidAction", "error"),
        ("INVALID_POLICY_ELEMENT", "InvalidPolicyElement", "error"),
        ("RESOURCE_FITS_NO_ACTION", "ResourceFitsNoAction", "warning"),
    ];
    assert_eq!(rules.len(), expected.len());
    for (rule, (id, name, level)) in rules.iter().zip(expected) {
        let code: Code = id.parse().unwrap();
        assert_eq!((&rule["id"], &rule["name"]), (&id.into(), &name.into()));
        assert_eq!(rule["shortDescription"]["text"], code.summary());
        assert_eq!(rule["defaultConfiguration"]["level"], level);
        assert_eq!(rule["properties"]["severity"], code.severity().name());
    }
    assert_eq!(rules[0]["help"]["markdown"], Code::InvalidAction.explanation());
    assert!(
        rules[0]["helpUri"]
            .as_str()
            .unwrap()
            .starts_with("https://docs.aws.amazon.com/")
    );

    let found: Vec<_> = results(&log)
        .iter()
        .map(|result| (&result["ruleId"], &result["ruleIndex"], &result["level"]))
        .collect();
    let expected: Vec<_> = rules
        .iter()
        .enumerate()
        .map(|(index, rule)| {
            (
                rule["id"].clone(),
                Value::from(index),
                rule["defaultConfiguration"]["level"].clone(),
            )
        })
        .collect();
    assert_eq!(
        found,
        expected
            .iter()
            .map(|(id, index, level)| (id, index, level))
            .collect::<Vec<_>>()
    );

    let location = &results(&log)[0]["locations"][0];
    assert_eq!(
        location["physicalLocation"]["artifactLocation"]["uri"],
        "a%20b/%C3%A9.json"
    );
    assert_eq!(
        location["physicalLocation"]["region"],
        serde_json::json!({ "startLine": 4, "startColumn": 44, "endLine": 4, "endColumn": 52 })
    );
    assert_eq!(
        location["logicalLocations"][0]["fullyQualifiedName"],
        "/Statement/0/Action"
    );
    let message = results(&log)[0]["message"]["text"].as_str().unwrap();
    assert!(
        message.starts_with("`s3:GetObjct` is not an action\nnote: "),
        "{message}"
    );
    assert!(message.ends_with("\nhelp: write `s3:GetObject`"), "{message}");
}

#[test]
fn a_region_counts_code_points() {
    let text = "{ \"Version\": \"2012-10-17\", \"Statement\": [\n\
        { \"Sid\": \"é😀\", \"Effect\": \"Allow\", \"Action\": \"s3:GetObjct\", \"Resource\": \"*\" }] }";
    let log = log(&folder_of("points", &[("points.json", text)]), &["points.json"]);
    let result = results(&log)
        .iter()
        .find(|result| result["ruleId"] == "INVALID_ACTION")
        .unwrap();
    let region = &result["locations"][0]["physicalLocation"]["region"];
    let line: Vec<char> = text.lines().nth(1).unwrap().chars().collect();
    let [start, end] =
        ["startColumn", "endColumn"].map(|column| usize::try_from(region[column].as_u64().unwrap()).unwrap() - 1);
    assert_eq!(line[start..end].iter().collect::<String>(), "GetObjct");
    assert_eq!((&region["startLine"], &region["endLine"]), (&2.into(), &2.into()));
}

#[test]
fn a_fingerprint_outlives_what_is_added_before() {
    let statement = r#"{ "Effect": "Allow", "Action": "s3:GetObjct", "Resource": "*" }"#;
    let other = r#"{ "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*" }"#;
    let policy = |statements: &[&str]| {
        format!(
            "{{ \"Version\": \"2012-10-17\", \"Statement\": [\n{}] }}",
            statements.join(",\n")
        )
    };
    let folder = folder_of(
        "fingerprint",
        &[
            ("before.json", &policy(&[statement, statement])),
            ("after.json", &policy(&[other, statement, statement])),
        ],
    );
    let marks = |file: &str| -> Vec<Value> {
        let log = log(&folder, &[file, "--severity", "ERROR"]);
        results(&log)
            .iter()
            .map(|result| result["partialFingerprints"].clone())
            .collect()
    };
    let before = marks("before.json");
    assert_eq!(before.len(), 2);
    assert_ne!(before[0], before[1]);
    assert_eq!(before, marks("after.json"));
}

#[test]
fn a_security_warning_is_known_as_one() {
    let code = Code::ALL
        .iter()
        .find(|code| code.severity().name() == "SECURITY_WARNING");
    assert!(code.is_some());
    let text = r#"{ "Version": "2012-10-17", "Statement": [
        { "Effect": "Allow", "NotPrincipal": { "AWS": "arn:aws:iam::111122223333:root" },
          "Action": "s3:GetObject", "Resource": "arn:aws:s3:::exports/*" }] }"#;
    let log = log(&folder_of("security", &[("a.json", text)]), &["a.json"]);
    for rule in log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap() {
        let is_security = rule["properties"]["severity"] == "SECURITY_WARNING";
        assert_eq!(
            rule["properties"]["security-severity"] == "8.0",
            is_security,
            "{rule:#}"
        );
        assert_eq!(rule["properties"]["tags"][0] == "security", is_security, "{rule:#}");
    }
}

#[test]
fn a_log_is_whole_whatever_was_found() {
    let folder = folder_of("whole", &[("right.json", RIGHT), ("broken.json", "{ \"Version\" }")]);
    let right = log(&folder, &["right.json"]);
    assert!(results(&right).is_empty());
    assert_eq!(right["runs"][0]["invocations"][0]["executionSuccessful"], true);
    let broken = log(&folder, &["broken.json", "absent.json", "-"]);
    assert_eq!(results(&broken).len(), 2);
    let invocation = &broken["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let said = invocation["toolExecutionNotifications"][0]["message"]["text"]
        .as_str()
        .unwrap();
    assert!(said.starts_with("absent.json: "), "{said}");
    assert_eq!(
        results(&broken)[1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
        "%3Cstdin%3E"
    );
}
