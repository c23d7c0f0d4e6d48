//! Texts that another language fills in before they are read: templates of Terraform, of Helm, of Jinja in a playbook.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod support;

use std::path::Path;

use policy_files::{Language, Reader, Unreadable};
use support::forms::{found, of, resource};
use support::read;

/// A text for `templatefile` is read as one in a heredoc is: what is repeated once, and each branch of a condition.
#[test]
fn directives_of_a_template_of_terraform() {
    let policy = |statements: &str| format!("{{ \"Version\": \"2012-10-17\", \"Statement\": [{statements}] }}");
    let statement =
        |action: &str| format!(r#"{{ "Effect": "Allow", "Action": "{action}", "Resource": "arn:aws:s3:::${{b}}/*" }}"#);
    let (get, put) = (statement("s3:GetObjct"), statement("s3:PutObjct"));
    for (statements, expected, documents) in [
        (
            format!("%{{ for b in buckets ~}}\n{get},\n%{{ endfor ~}}\n{put}"),
            vec!["GetObjct", "PutObjct"],
            1,
        ),
        (
            format!("{get} %{{ if x }}, {put}%{{ endif }}"),
            vec!["GetObjct", "PutObjct"],
            2,
        ),
        (
            format!("%{{ if x }}{get}%{{ else }}{put}%{{ endif }}"),
            vec!["GetObjct", "PutObjct"],
            2,
        ),
        (format!("%{{ if x }}{get}%{{ endif }}"), vec!["GetObjct"], 2),
        (
            statement("s3:%{ if x }GetObject%{ else }GetObject%{ endif }"),
            vec![],
            2,
        ),
        (format!("%{{ if x }}{get},%{{ endif }}"), vec![], 1),
        (statement("s3:GetObjct"), vec!["GetObjct"], 1),
        (statement("s3:Get%%{x}*"), vec![], 1),
    ] {
        let text = policy(&statements);
        for name in ["a.json.tftpl", "a.tpl"] {
            let reading = read(name, &text);
            let [only] = reading.policies() else {
                panic!("one policy in {text}")
            };
            let mut shown = support::shown(&text, only);
            shown.sort();
            let own = shown.iter().filter(|found| found.0 == "INVALID_ACTION");
            let own: Vec<&str> = own.map(|found| found.1.as_str()).collect();
            assert_eq!(
                (own, only.documents().len()),
                (expected.clone(), documents),
                "{name}: {text}"
            );
            let is_plain = !text.contains("%{ ");
            assert_eq!(
                only.assumptions().is_empty(),
                is_plain,
                "{text}: {:?}",
                only.assumptions()
            );
        }
    }
    // What is not JSON in either branch is not called a mistake.
    for text in [
        policy(&format!("%{{ if x }}{get}%{{ endif }} {put}")).replace("} {", "} x {"),
        "{ \"Statement\": %{ for x in y }".to_owned(),
    ] {
        let error = policy_files::read(Path::new("a.json.tftpl"), &text).unwrap_err();
        assert_eq!(error, Unreadable::Template(Language::Json), "{text}");
    }
}

/// YAML of a chart of Helm is a template, also where it is YAML before Helm reads it.
#[test]
fn yaml_of_a_chart_is_a_template() {
    let text = |name: &str, resource: &str| {
        format!(
            "apiVersion: iam.services.k8s.aws/v1alpha1\nkind: Policy\nmetadata:\n  name: \"{name}\"\nspec:\n  policyDocument: |\n    {{ \"Version\": \"2012-10-17\", \"Statement\": [{{ \"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"{resource}\" }}] }}\n"
        )
    };
    let written = "arn:aws:s3:::b/*";
    for (name, resource) in [
        ("{{ .Release.Name }}", written),
        ("{{.Release.Name}}-x", written),
        ("{{- .Values.name -}}", written),
        ("x", "arn:aws:s3:::{{ .Values.bucket }}/*"),
        ("x", "arn:aws:s3:::{{ $.Values.bucket | lower }}/*"),
        ("{{ include `x.name` . }}", written),
        ("{{ default `x` .Values.name }}", written),
        ("{{ (.Chart.Name) }}", written),
    ] {
        let error = policy_files::read(Path::new("a.yaml"), &text(name, resource)).unwrap_err();
        assert_eq!(error, Unreadable::Template(Language::Yaml), "{name} {resource}");
    }
    for name in [
        "x",
        "{{ name }}",
        "{{ .State.Running }}",
        "{{ .ValuesOfX }}",
        "{{resolve:ssm:x}}",
        ".Values.x",
        "${{ x }}",
    ] {
        assert_eq!(of("a.yaml", &text(name, written)), [], "{name}");
    }
    // A chart is told by its file too, and a file without braces is what it becomes.
    let other = text("{{ name }}", written);
    let folder = support::folder_of("yaml_of_a_chart_is_a_template", &[("Chart.yaml", "name: x\n")]);
    std::fs::create_dir_all(folder.join("templates/more")).unwrap();
    for (file, text, is_template) in [
        ("templates/a.yaml", other.as_str(), true),
        ("templates/more/b.yaml", &other, true),
        ("templates/c.yaml", &text("x", written), false),
        ("d.yaml", &other, false),
    ] {
        std::fs::write(folder.join(file), text).unwrap();
        let reading = Reader::new().read(&folder.join(file), text);
        assert_eq!(reading.is_err(), is_template, "{file}");
    }
}

/// Jinja replaces what is between braces after Ansible has read a file as YAML; elsewhere it is a placeholder.
#[test]
fn expressions_of_ansible_are_holes() {
    let policy = "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Action: s3:GetObjct\n    Resource: 'arn:aws:s3:::{{ bucket | lower }}/{% if all %}*{% endif %}'\n";
    let indented = |spaces: usize| policy.replace('\n', &format!("\n{}", " ".repeat(spaces)));
    let play = format!(
        "- hosts: all\n  tasks:\n    - amazon.aws.iam_managed_policy:\n        policy:\n          {}\n",
        indented(10)
    );
    let task = format!(
        "- name: reader\n  iam_policy:\n    policy_json:\n      {}\n",
        indented(6)
    );
    let json = "- community.aws.iam_policy:\n    policy_json: |\n      { \"Version\": \"2012-10-17\", \"Statement\": [{ \"Effect\": \"Allow\", \"Action\": \"s3:GetObjct\", \"Resource\": \"{{ arn }}\" }] }\n";
    for (text, holes) in [
        (play.as_str(), &["bucket | lower", "if all", "endif"][..]),
        (&task, &["bucket | lower", "if all", "endif"]),
        (json, &["arn"]),
    ] {
        assert_eq!(of("a.yaml", text), found("INVALID_ACTION", "GetObjct"), "{text}");
        assert_eq!(read("a.yaml", text).policies()[0].holes(), holes, "{text}");
    }
    let template = resource(
        "AWS::IAM::ManagedPolicy",
        &format!("PolicyDocument:\n  {}", indented(2)),
    );
    let codes: Vec<&str> = of("a.yaml", &template).iter().map(|found| found.0).collect();
    assert!(codes.contains(&"UNFILLED_PLACEHOLDER"), "{codes:?}");
}
