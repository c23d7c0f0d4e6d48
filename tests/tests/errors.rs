//! Every error type of the published crates: its name, and its `Display`, which is one line whatever it quotes.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::Path;

use policy_core::__macro::v1::template::one_partition;
use policy_core::arn::{Arn, ArnPattern};
use policy_core::check::{Options, check_json};
use policy_core::document::Document;
use policy_core::evaluate::cases::Cases;
use policy_core::evaluate::{Authorizer, Caller, Request, RoleSource};
use policy_core::finding::{Code, Severity};
use policy_core::names::{AccountId, NameKind, Partition, PolicyArn, PolicyName, Region, RoleName};
use policy_core::policy::{AttachedTo, Comparison, IdentityPolicy, Kind, NonEmpty, Operator};
use runner_profiles::render::TerraformReference;
use runner_profiles::{HybridScope, Role, RoleDescription, RoleError, RoleKind, RunnerName, Tag, TagError};

/// A text that would forge a line of a log, move the cursor of a terminal, and give a command to a runner.
const HOSTILE: &str = "x\n::error::\u{1b}[31m\u{202e}y\r";

/// An error: the name of its type, how it is displayed, and what it is made of.
struct Told {
    name: &'static str,
    line: String,
    long: String,
    parts: String,
}

fn told<E: Error + Send + Sync + 'static>(error: E) -> Told {
    let name = std::any::type_name::<E>();
    Told {
        name: name.rsplit("::").next().unwrap_or(name),
        line: error.to_string(),
        long: format!("{error:#}"),
        parts: format!("{error:?}"),
    }
}

/// A role with a policy that is only known by its ARN.
struct Attached(PolicyArn);

impl RoleSource for Attached {
    fn own_policies(&self) -> Vec<&IdentityPolicy> {
        Vec::new()
    }

    fn attached_arns(&self) -> Vec<&PolicyArn> {
        vec![&self.0, &self.0]
    }
}

/// Errors of all types, about the hostile text where they quote one.
fn all() -> Vec<Told> {
    let json = serde_json::json!({ "Version": "2012-10-17", "Statement": [{
        HOSTILE: HOSTILE, "Effect": HOSTILE, "Principal": HOSTILE, "Action": HOSTILE, "Resource": HOSTILE,
        "Condition": { HOSTILE: { HOSTILE: HOSTILE } },
    }] })
    .to_string();
    let cases = serde_json::json!({ HOSTILE: HOSTILE, "cases": [{ HOSTILE: HOSTILE, "expect": HOSTILE }] }).to_string();
    let mut errors = vec![
        told(Document::read(HOSTILE).unwrap_err()),
        told(Document::read("\"a\nb\"").unwrap_err()),
        told(
            Document::read("{}")
                .unwrap()
                .root()
                .at(&format!("/{HOSTILE}"))
                .unwrap_err(),
        ),
        told(
            Document::read("[]")
                .unwrap()
                .root()
                .at(&format!("/{HOSTILE}"))
                .unwrap_err(),
        ),
        told(Document::read("{}").unwrap().root().at(HOSTILE).unwrap_err()),
        told(IdentityPolicy::from_json(&*json).unwrap_err()),
        told(IdentityPolicy::from_json(HOSTILE).unwrap_err()),
        told(IdentityPolicy::from_document(&Document::read(&json).unwrap()).unwrap_err()),
        told(HOSTILE.parse::<Arn>().unwrap_err()),
        told(ArnPattern::parse(HOSTILE).unwrap_err()),
        told(NonEmpty::<AccountId>::try_from(Vec::new()).unwrap_err()),
        told({
            let (ireland, beijing) = (Region::from_static("eu-west-1"), Region::from_static("cn-north-1"));
            one_partition(&[("from", &ireland), ("to", &beijing)]).unwrap_err()
        }),
        told(HOSTILE.parse::<Code>().unwrap_err()),
        told(HOSTILE.parse::<Severity>().unwrap_err()),
        told(HOSTILE.parse::<Kind>().unwrap_err()),
        told(HOSTILE.parse::<AttachedTo>().unwrap_err()),
        told(HOSTILE.parse::<Comparison>().unwrap_err()),
        told(HOSTILE.parse::<Operator>().unwrap_err()),
        told(HOSTILE.parse::<RoleKind>().unwrap_err()),
        told(Caller::from_arn(HOSTILE).unwrap_err()),
        told(Request::new(Caller::anonymous(), HOSTILE, HOSTILE).unwrap_err()),
        told(
            Request::unchecked(Caller::anonymous(), HOSTILE, HOSTILE)
                .with("aws:SecureTransport", HOSTILE)
                .unwrap_err(),
        ),
        told({
            let arn = PolicyArn::from_static("arn:aws:iam::111122223333:policy/shared");
            Authorizer::builder().role(&Attached(arn)).unwrap_err()
        }),
        told(Cases::open(Path::new(HOSTILE)).unwrap_err()),
        told(Cases::read(&cases, &mut |_| Err(HOSTILE.to_owned())).unwrap_err()),
        told(RunnerName::new(HOSTILE).unwrap_err()),
        told(Role::from_json(HOSTILE).unwrap_err()),
        told(Role::existing(HOSTILE, HOSTILE).unwrap_err()),
        told(Role::existing("role", HOSTILE).unwrap_err()),
        told(Tag::new(HOSTILE, "value").unwrap_err()),
        told(Tag::new("key", HOSTILE).unwrap_err()),
        told(RoleDescription::new(HOSTILE).unwrap_err()),
        told(TerraformReference::new(HOSTILE).unwrap_err()),
    ];
    let versions = ["2012-10-17", "2008-10-17"].map(|version| {
        let resource = format!("arn:aws:s3:::${{aws:username}}/{HOSTILE}");
        let policy = serde_json::json!({ "Version": version, "Statement": [
            { "Effect": "Allow", "Action": "s3:GetObject", "Resource": resource }] });
        IdentityPolicy::from_json(policy.to_string()).unwrap()
    });
    errors.push(told(versions[0].merge(&versions[1]).unwrap_err()));
    errors.push(told(versions[0].split(10).unwrap_err()));
    for kind in Kind::ALL {
        errors.push(told(
            check_json(json.as_bytes(), *kind, &Options::new())
                .into_result()
                .unwrap_err(),
        ));
    }
    for kind in NameKind::all() {
        errors.push(told(kind.check(HOSTILE).unwrap_err()));
    }
    errors.extend(of_roles());
    errors.extend(of_role_files());
    errors
}

/// Errors of roles that are made, of each variant.
fn of_roles() -> Vec<Told> {
    let text = || HOSTILE.to_owned();
    let (region, account_id) = (Region::from_static("eu-west-1"), AccountId::from_static("111122223333"));
    let (role, policy) = (RoleName::from_static("loader"), PolicyName::from_static("own"));
    let of = |version: &str| {
        let policy = serde_json::json!({ "Version": version, "Statement": [
            { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::${aws:username}/*" }] });
        IdentityPolicy::from_json(policy.to_string()).unwrap()
    };
    let tags = [
        TagError::Empty,
        TagError::Reserved,
        TagError::Character('\u{202e}'),
        TagError::TooLong(300),
        TagError::NoValue,
    ];
    let errors = [
        RoleError::Name(RoleName::new(HOSTILE).unwrap_err()),
        RoleError::RunnerName(RunnerName::new(HOSTILE).unwrap_err()),
        RoleError::OtherPartition {
            arn: "arn:aws-cn:s3:::x".to_owned(),
            region,
        },
        RoleError::OtherAccount {
            arn: "arn:aws:eks:eu-west-1:444455556666:cluster/x".to_owned(),
            account_id,
        },
        RoleError::ViaServiceUndecided {
            partition: Partition::AWS_CN,
        },
        RoleError::TrustTooLong {
            role: role.clone(),
            characters: 3_000,
        },
        RoleError::PoliciesTooLong {
            role: role.clone(),
            characters: 30_000,
        },
        RoleError::TooManyManagedPolicies {
            role: role.clone(),
            policies: 30,
        },
        RoleError::DescriptionCharacter { character: '\u{202e}' },
        RoleError::DescriptionTooLong { characters: 3_000 },
        RoleError::SessionDuration { seconds: 60 },
        RoleError::SameTagKey {
            first: text(),
            second: text(),
        },
        RoleError::SameTagKey {
            first: text(),
            second: "x".to_owned(),
        },
        RoleError::TooManyTags,
        RoleError::SameRoleName {
            name: "loader".to_owned(),
        },
        RoleError::SameManagedPolicyName { name: "own".to_owned() },
        RoleError::TerraformReference(TerraformReference::new(HOSTILE).unwrap_err()),
        RoleError::DynamicReference {
            role: role.clone(),
            text: text(),
        },
        RoleError::SamePolicyName { role, policy },
        RoleError::Statements {
            policy: text(),
            error: IdentityPolicy::from_json("{}").unwrap_err(),
        },
        RoleError::OtherVersion {
            policy: text(),
            error: of("2012-10-17").merge(&of("2008-10-17")).unwrap_err(),
        },
        RoleError::NoPipelineSecrets,
        RoleError::NoKey {
            scope: HybridScope::CmkSecretAndKey,
        },
        RoleError::ScopeUndecided,
        RoleError::NotDocumented { role: RoleKind::Task },
    ];
    let of_tags = tags.clone().map(|why| RoleError::TagKey { key: text(), why });
    let of_values = tags.clone().map(|why| RoleError::TagValue {
        key: text(),
        value: text(),
        why,
    });
    let errors = errors.into_iter().chain(of_tags).chain(of_values).map(told);
    errors.chain(tags.map(told)).collect()
}

/// Errors of what AWS returns of a role, of each variant.
fn of_role_files() -> Vec<Told> {
    let role = |members: serde_json::Value| {
        let mut role = serde_json::json!({ "RoleName": "loader", "AssumeRolePolicyDocument": { "Version": "2012-10-17",
            "Statement": [{ "Effect": "Allow", "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole" }] } });
        let all = role.as_object_mut().unwrap();
        for (name, value) in members.as_object().unwrap() {
            all.insert(name.clone(), value.clone());
        }
        serde_json::json!({ "Role": role }).to_string()
    };
    let loader = Role::from_json(&role(serde_json::json!({}))).unwrap();
    let added = |json: &str| told(loader.clone().with_json(json).unwrap_err());
    let mut errors: Vec<Told> = [
        r#"{ "Roles": [] }"#,
        "{}",
        "[]",
        r#"{ "Version": "2012-10-17", "Statement": [] }"#,
        r#"{ "RoleName": "loader", "PolicyName": "own", "PolicyDocument": {} }"#,
        r#"{ "Role": {} }"#,
        &role(serde_json::json!({ "Path": 7 })),
        &role(serde_json::json!({ "Path": HOSTILE })),
        &role(serde_json::json!({ "MaxSessionDuration": HOSTILE })),
        &role(serde_json::json!({ "MaxSessionDuration": 60 })),
        &role(serde_json::json!({ "AssumeRolePolicyDocument": {} })),
    ]
    .map(|json| told(Role::from_json(json).unwrap_err()))
    .into();
    errors.push(added("{}"));
    errors.push(added(r#"{ "RoleName": "other", "Tags": [] }"#));
    let own = serde_json::json!({ "RoleName": "loader", "PolicyName": "own", "PolicyDocument": audit() }).to_string();
    let has_own = loader.clone().with_json(&own).unwrap();
    errors.push(told(has_own.with_json(&own).unwrap_err()));
    errors.extend(of_policy_versions(&loader));
    errors
}

fn audit() -> serde_json::Value {
    let statement = serde_json::json!({ "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*" });
    serde_json::json!({ "Version": "2012-10-17", "Statement": statement })
}

fn of_policy_versions(role: &Role) -> [Told; 3] {
    let policy = PolicyArn::from_static("arn:aws:iam::111122223333:policy/buckets");
    let attached = r#"{ "AttachedPolicies": [{ "PolicyArn": "arn:aws:iam::111122223333:policy/buckets" }] }"#;
    let attached = role.clone().with_json(attached).unwrap();
    let version = |is_default: bool| {
        serde_json::json!({ "PolicyVersion": { "IsDefaultVersion": is_default, "Document": audit() } }).to_string()
    };
    [
        role.clone().with_json(&version(true)),
        role.clone().with_policy_version(&policy, &version(true)),
        attached.with_policy_version(&policy, &version(false)),
    ]
    .map(|read| told(read.unwrap_err()))
}

#[test]
fn every_error_is_one_line() {
    for Told { name, line, long, .. } in all() {
        assert!(!line.is_empty(), "{name}");
        assert!(
            !line.contains(|character: char| character.is_control() || character == '\u{202e}'),
            "{name}: {line:?}"
        );
        assert!(!line.ends_with('.') && !line.starts_with("::"), "{name}: {line:?}");
        for part in long.lines() {
            assert!(
                !part.contains(char::is_control) && !part.starts_with("::"),
                "{name}: {part:?}"
            );
        }
    }
}

/// What one line leaves out, the long form has.
#[test]
fn the_long_form_has_every_mistake() {
    let json = r#"{ "Version": "2012-10-17", "Statement": [{ "Efect": "Allow" }] }"#;
    let error = IdentityPolicy::from_json(json).unwrap_err();
    let count = error.findings().len();
    assert!(count > 1);
    assert!(
        error.to_string().ends_with(&format!(
            "(and {} more mistake{})",
            count - 1,
            if count == 2 { "" } else { "s" }
        )),
        "{error}"
    );
    let long = format!("{error:#}");
    for located in error.findings() {
        assert!(long.contains(&located.to_string()), "{long}");
    }
    assert!(long.contains("\n= help: "), "{long}");

    let findings = check_json(json.as_bytes(), Kind::Identity, &Options::new());
    let blocking = findings.iter().filter(|finding| finding.is_blocking()).count();
    let error = findings.clone().into_result().unwrap_err();
    assert!(
        error.to_string().contains(&format!("(and {} more ", blocking - 1)),
        "{error}"
    );
    assert_eq!(format!("{error:#}"), format!("{findings:#}"));
    assert_eq!(findings.to_string().lines().count(), findings.len());
}

/// The sources have no error type that is missing above, and the name of each says that it is one.
#[test]
fn every_error_type_is_here_and_named_so() {
    let mut declared = BTreeSet::new();
    for source in ["policy-core/src", "policy-macros/src", "runner-profiles/src"] {
        find(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(source),
            &mut declared,
        );
    }
    assert!(declared.iter().all(|name| name.ends_with("Error")), "{declared:?}");
    let shown: BTreeSet<String> = all().into_iter().map(|told| told.name.to_owned()).collect();
    assert_eq!(shown, declared);
}

/// The public enums of which an error has one: each of their variants is in an error above.
const ENUMS: [(&str, &str); 3] = [
    ("runner-profiles/src/error.rs", "RoleError"),
    ("runner-profiles/src/role/read/error.rs", "ReadRoleMistake"),
    ("runner-profiles/src/role/tag.rs", "TagError"),
];

#[test]
fn every_variant_is_here() {
    let all = all();
    for (file, name) in ENUMS {
        let source = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file)).unwrap();
        let (_, body) = source.split_once(&format!("pub enum {name} {{\n")).unwrap();
        let (body, _) = body.split_once("\n}\n").unwrap();
        let variants = body.lines().filter_map(|line| {
            let variant = line.strip_prefix("    ")?;
            let end = variant.find(|character: char| !character.is_alphanumeric())?;
            variant
                .starts_with(|first: char| first.is_uppercase())
                .then(|| &variant[..end])
        });
        let missing: Vec<&str> = variants
            .filter(|variant| {
                let is_word = |part: &str| {
                    part.split(|other: char| !other.is_alphanumeric())
                        .any(|word| word == *variant)
                };
                !all.iter().any(|told| is_word(&told.parts))
            })
            .collect();
        assert!(missing.is_empty(), "{name}: add an error to `all` for {missing:?}");
    }
}

/// The words with which a message says what to do.
const WAYS_OUT: [&str; 24] = [
    "write ",
    "expected ",
    "as in ",
    "give ",
    "add ",
    "use ",
    "remove ",
    "rename ",
    "name ",
    "choose ",
    "keep ",
    "shorten ",
    "encode ",
    "read ",
    "refer to ",
    "create ",
    "did you mean ",
    "is a misspelling?",
    "must be ",
    "have the quota ",
    "leave ",
    "see ",
    "move ",
    "pass ",
];

/// A person who has the message of an error and nothing else knows what to do. That of a finding is in its help, and a file that
/// cannot be opened has the reason of the operating system.
#[test]
fn every_error_says_what_to_do() {
    for Told {
        name,
        line,
        long,
        parts,
    } in all()
    {
        let is_of_a_finding = ["ReadError", "FindingsError", "CasesError", "SyntaxError"].contains(&name);
        let told = if is_of_a_finding { &long } else { &line };
        let says = WAYS_OUT.iter().any(|way| told.contains(way)) || told.contains("os error");
        // What is wrong with a policy is in its source, with the help.
        let says = says || name != "ReadError" && parts.contains("ReadError {");
        assert!(says, "{name} says what is wrong and not what to do: {told}");
    }
}

/// The types that `Error` is implemented for, in the files of a folder.
fn find(folder: &Path, declared: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            find(&path, declared);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            for line in text.lines() {
                let Some(implemented) = line.strip_prefix("impl ") else {
                    continue;
                };
                let name = ["Error for ", "std::error::Error for "]
                    .iter()
                    .find_map(|what| implemented.strip_prefix(what));
                declared.extend(name.map(|name| name.trim_end_matches([' ', '{', '}']).to_owned()));
            }
        }
    }
}
