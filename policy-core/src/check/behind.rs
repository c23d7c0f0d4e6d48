//! A wildcard directly behind a hole that is a whole ARN: `"<bucket>*"`.

use crate::arn::{ArnFormat, Field, write};
use crate::catalogue::{self, ResourceType, actions_matching};
use crate::check::acted_on::accepted;
use crate::check::own_type::with_holes;
use crate::check::words::listed;
use crate::collected::CollectVec;
use crate::names::NameKind;

/// Why a wildcard must not follow a whole ARN, and what to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WildcardBehind {
    /// How much of the text after the hole is wrong, in bytes.
    pub len: usize,
    /// The mistake.
    pub what: String,
    /// What the string matches, and what AWS does about it.
    pub note: String,
    /// What to write instead, the likeliest first.
    pub help: Vec<String>,
}

/// What is wrong if a wildcard directly follows a hole that is a whole ARN, in a statement with these actions, or elsewhere without
/// any; `None` if none does.
///
/// The ARN of a resource ends with its name, and no sign says where: `arn:aws:s3:::logs*` matches `logs-of-somebody-else` and its
/// objects. The value of the field is one resource, so that is not what it is for; where names that start alike are meant, the
/// policy says so by a hole for the name.
///
/// ```
/// use policy_core::__macro::v1::check::wildcard_behind;
///
/// assert!(wildcard_behind(None, "<bucket>", "*", &[]).is_some());
/// assert_eq!(wildcard_behind(None, "<bucket>", "/*", &[]), None);
/// ```
pub fn wildcard_behind(kind: Option<NameKind>, hole: &str, rest: &str, actions: &[&str]) -> Option<WildcardBehind> {
    let format = match kind {
        Some(NameKind::Arn(kind)) => ArnFormat::parse(kind.format()).ok(),
        _ => None,
    };
    let name = rest.strip_prefix(['/', ':']).unwrap_or(rest);
    let wildcard = rest
        .get(..rest.len() - name.len() + 1)
        .filter(|_| name.starts_with(['*', '?']))?;
    let other = match wildcard.strip_suffix(['*', '?']) {
        Some("") => None,
        Some(separator) => Some(other_separator(kind?, format?, separator)?),
        None => return None,
    };
    let noun = match kind {
        Some(kind @ NameKind::Arn(_)) => noun_of(kind),
        _ => "resource",
    };
    let reach = match format.map(|format| format.field(Field::Account)) {
        Some("") => ", in every account",
        _ => "",
    };
    let mut help = Vec::new();
    match format.map(|format| Continued::of(format, actions)) {
        Some(Continued::By(separator, types)) => help.push(format!(
            "write `\"{hole}{separator}*\"` for resources of type {types}, or `\"{hole}\"` for the {noun} alone"
        )),
        Some(Continued::Some(rests)) => {
            let each = rests.iter().map(|(rest, kind)| format!("`\"{hole}{rest}\"` for resources of type `{kind}`"));
            help.push(format!("write {}, or `\"{hole}\"` for the {noun} alone", each.collect_vec().join(", ")));
        }
        Some(Continued::Not) => help.push(format!("write `\"{hole}\"`")),
        None => help.push(format!(
            "write `\"{hole}/*\"` or `\"{hole}:*\"`, as its ARNs go on, for what belongs to the resource, or `\"{hole}\"` for the \
             resource alone"
        )),
    }
    let with_name = format.map_or_else(String::new, |format| {
        format!(": `\"{}{wildcard}\"`", with_holes(format))
    });
    help.push(format!(
        "if names that start alike are meant, write the ARN with a hole for the name{with_name}"
    ));
    let what = format!("`{wildcard}` directly after `{hole}`, which is the whole ARN of one {noun}");
    let note =
        format!("AWS accepts it, and it matches every {noun} whose name starts with the name of that one{reach}");
    Some(WildcardBehind {
        len: wildcard.len(),
        what: match other {
            Some(other) => format!("{what}: the ARNs of the resources in it go on with `{other}`"),
            None => what,
        },
        note: match other {
            Some(_) => format!(
                "{note} and `{}`, but not what is in that one",
                wildcard.get(..1).unwrap_or_default()
            ),
            None => note,
        },
        help,
    })
}

/// The sign with which the ARNs of the resources that belong to one go on, if it is another separator than this one, which is part of a
/// name: `/` in that of a log group, whose streams come after `:`.
fn other_separator(kind: NameKind, format: ArnFormat<'static>, separator: &str) -> Option<char> {
    let is_of_name = kind.accepts_between("", &format!("{separator}x"));
    let signs = separators(format);
    let is_other = is_of_name && !signs.iter().any(|sign| separator.starts_with(*sign));
    signs.first().copied().filter(|_| is_other)
}

/// The signs with which the ARNs of other resources of the service go on behind one of this format.
pub(super) fn separators(format: ArnFormat<'static>) -> Vec<char> {
    let mut signs = Vec::new();
    let Some(service) = catalogue::service(format.field(Field::Service)) else {
        return signs;
    };
    for kind in service.resource_types() {
        for longer in kind.arn_formats() {
            let rest = longer.as_str().strip_prefix(format.as_str());
            signs.extend(rest.and_then(|rest| rest.chars().next()));
        }
    }
    signs
}

/// `S3 bucket` of `the ARN of an S3 bucket`.
pub(super) fn noun_of(kind: NameKind) -> &'static str {
    let noun = kind.noun();
    let noun = noun.strip_prefix("the ARN of ").unwrap_or(noun);
    noun.strip_prefix("an ")
        .or_else(|| noun.strip_prefix("a "))
        .unwrap_or(noun)
}

/// How the ARNs of the resources that belong to one go on behind its own.
enum Continued {
    /// With this sign, for resources of these types.
    By(char, String),
    /// With these texts, each for the type of this name: those that the actions apply to, which are not all.
    Some(Vec<(String, &'static str)>),
    /// No resource belongs to one, or the actions do not apply to any that does.
    Not,
}

impl Continued {
    fn of(format: ArnFormat<'static>, actions: &[&str]) -> Self {
        let Some(service) = catalogue::service(format.field(Field::Service)) else {
            return Self::Not;
        };
        // What is in what belongs to the resource, such as the executions of a version, is not its own.
        let behind = |kind: &ResourceType| {
            let mut longer = kind.arn_formats();
            longer.find_map(|longer| {
                let rest = longer.as_str().strip_prefix(format.as_str())?;
                let separator = rest.chars().next().filter(|_| rest.matches("${").count() == 1)?;
                Some((separator, write::any(rest)))
            })
        };
        // Those behind the separator of the first.
        let (mut separator, mut all) = (None, Vec::new());
        for kind in service.resource_types() {
            if let Some((sign, rest)) = behind(&kind)
                && *separator.get_or_insert(sign) == sign
            {
                all.push((kind, rest));
            }
        }
        let Some(separator) = separator else {
            return Self::Not;
        };
        let is_known = !actions.is_empty() && actions.iter().all(|action| actions_matching(action).next().is_some());
        let is_accepted = |kind: ResourceType, rest: &str| !accepted(actions, &[(kind, format)], rest).is_empty();
        let applied = all.iter().filter(|(kind, rest)| is_known && is_accepted(*kind, rest));
        let applied: Vec<(String, &str)> = applied.map(|(kind, rest)| (rest.clone(), kind.name())).collect_vec();
        if is_known && applied.is_empty() {
            Self::Not
        } else if applied.is_empty() || applied.len() == all.len() {
            let names: Vec<String> = all.iter().map(|(kind, _)| listed::quoted(kind.name())).collect_vec();
            Self::By(separator, listed::one_of(&names))
        } else {
            Self::Some(applied)
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{WildcardBehind, wildcard_behind};
    use crate::names::{ArnKind, NameKind};

    #[test]
    fn a_wildcard_behind_a_whole_arn_is_told_with_what_may_follow() {
        let first_of = |told: &WildcardBehind| told.help.first().cloned().unwrap_or_default();
        let by = |resource_type: &str, hole: &str, rest: &str, actions: &[&str]| {
            let kind = ArnKind::ALL.iter().find(|kind| kind.resource_type() == resource_type);
            wildcard_behind(kind.map(|kind| NameKind::Arn(*kind)), hole, rest, actions).unwrap()
        };
        let of = |resource_type: &str, hole: &str, rest: &str| by(resource_type, hole, rest, &[]);
        let bucket = of("s3:bucket", "<bucket>", "*");
        assert_eq!(
            bucket.what,
            "`*` directly after `<bucket>`, which is the whole ARN of one S3 bucket"
        );
        assert_eq!(
            bucket.note,
            "AWS accepts it, and it matches every S3 bucket whose name starts with the name of that one, in every account"
        );
        assert_eq!(
            bucket.help,
            [
                "write `\"<bucket>/*\"` for resources of type `object`, or `\"<bucket>\"` for the S3 bucket alone",
                "if names that start alike are meant, write the ARN with a hole for the name: \
                 `\"arn:<partition>:s3:::<bucket-name>*\"`",
            ]
        );
        for (resource_type, first) in [
            (
                "lambda:function",
                "write `\"<x>:*\"` for resources of type `function alias` or `function version`, or",
            ),
            (
                "logs:log-group",
                "write `\"<x>:*\"` for resources of type `log-stream`, or",
            ),
            ("iam:role", "write `\"<x>\"`"),
            ("sqs:queue", "write `\"<x>\"`"),
        ] {
            let told = of(resource_type, "<x>", "?");
            assert!(first_of(&told).starts_with(first), "{resource_type}: {told:?}");
            assert!(told.note.ends_with("that one"), "{told:?}");
        }
        // A separator that is part of a name, and not the one behind it.
        let group = of("logs:log-group", "<group>", "/*");
        assert!(
            group.what.ends_with("the ARNs of the resources in it go on with `:`"),
            "{group:?}"
        );
        assert_eq!(group.len, 2);
        for (resource_type, right) in [
            ("logs:log-group", ":*"),
            ("logs:log-group", "/child:*"),
            ("ssm:parameter", "/*"),
            ("lambda:function", "/*"),
        ] {
            let kind = ArnKind::ALL.iter().find(|kind| kind.resource_type() == resource_type);
            let kind = kind.map(|kind| NameKind::Arn(*kind));
            assert_eq!(wildcard_behind(kind, "<x>", right, &[]), None, "{resource_type}{right}");
        }
        // What the actions of the statement apply to is named first.
        let many = "write `\"<x>/*\"` for resources of type `backup`, `export` or 3 others, or `\"<x>\"` for the DynamoDB table alone";
        let index = "write `\"<x>/index/*\"` for resources of type `index`, or `\"<x>\"` for the DynamoDB table alone";
        for (actions, first) in [
            (&[][..], many),
            (&["dynamodb:*"], many),
            (&["dynamodb:Unknown"], many),
            (&["dynamodb:Query"], index),
            (&["dynamodb:GetItem", "dynamodb:Scan"], index),
            (&["dynamodb:GetItem"], "write `\"<x>\"`"),
            (
                &["dynamodb:Query", "dynamodb:GetRecords"],
                "write `\"<x>/index/*\"` for resources of type `index`, `\"<x>/stream/*\"` for resources of type `stream`, \
                 or `\"<x>\"` for the DynamoDB table alone",
            ),
        ] {
            assert_eq!(
                first_of(&by("dynamodb:table", "<x>", "*", actions)),
                first,
                "{actions:?}"
            );
        }
        // A type of which nothing is known.
        let own = wildcard_behind(None, "<ledger>", "*/x", &["qldb:DescribeLedger"]).unwrap();
        assert!(
            first_of(&own).starts_with("write `\"<ledger>/*\"` or `\"<ledger>:*\"`"),
            "{own:?}"
        );
        for right in ["", "/*", ":*", "-??????", "${aws:username}"] {
            assert_eq!(wildcard_behind(None, "<x>", right, &[]), None);
        }
    }
}
