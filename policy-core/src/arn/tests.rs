//! Compares the globs with slow and simple definitions, and the fields with AWS's formats.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;

use super::*;
use crate::catalogue;

/// Every text of up to `length` of these pieces.
fn texts(pieces: &[&str], length: usize) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut start = 0;
    for _ in 0..length {
        let end = all.len();
        for shorter in start..end {
            for piece in pieces {
                all.push(format!("{}{piece}", all.get(shorter).unwrap()));
            }
        }
        start = end;
    }
    all
}

/// The meaning of a glob, as simply as possible and regardless of time.
fn means(glob: &str, text: &str, format: bool) -> bool {
    let tails = || text.char_indices().map(|(at, _)| at).chain([text.len()]);
    if let Some((variable, rest)) = glob.strip_prefix("${").and_then(|rest| rest.split_once('}')) {
        return match variable {
            "*" | "?" | "$" if !format => text
                .strip_prefix(variable)
                .is_some_and(|tail| means(rest, tail, format)),
            _ => tails().any(|at| {
                let (value, tail) = text.split_at(at);
                let allowed = match variable {
                    "BucketName" if format => !value.is_empty() && !value.contains(['/', ':']),
                    _ => !(format && value.is_empty()),
                };
                allowed && means(rest, tail, format)
            }),
        };
    }
    let mut chars = glob.chars();
    match chars.next() {
        None => text.is_empty(),
        Some('*') => tails().any(|at| means(chars.as_str(), &text[at..], format)),
        Some(wanted) => {
            let mut found = text.chars();
            found.next().is_some_and(|found| wanted == '?' || wanted == found)
                && means(chars.as_str(), found.as_str(), format)
        }
    }
}

/// The format of tables, with what their names are made of, and of two others.
fn fits_named(format: &str, resource: &str) -> bool {
    const NAMES: &str = " name TableName [-.0-9A-Z_a-z]{3,255}\n name Path [-/a-z]\n";
    let format = format!("arn:${{Partition}}:x:${{Region}}:${{Account}}:{format}");
    let written = format!("arn:aws:x:eu-west-1:111122223333:{resource}");
    let format = ArnFormat::parse(&format).unwrap().with_names(NAMES);
    ArnPattern::parse(&written).unwrap().fits_format(format).is_yes()
}

#[test]
fn a_name_has_no_separator_that_its_service_refuses() {
    for (resource, is_table) in [
        ("table/orders", true),
        ("table/o*", true),
        ("table/*", true),
        ("*", true),
        ("table/${aws:username}", true),
        ("table/?", true),
        ("table/orders/index/*", false),
        ("table/*/index/*", false),
        ("table/orders*/", false),
        ("*/index/*", false),
        ("table/orders:1", false),
        ("*:1", false),
        ("table/", false),
        // What AWS calls its own resources is not what it lets others call them.
        ("table/orders#1", true),
    ] {
        assert_eq!(fits_named("table/${TableName}", resource), is_table, "{resource}");
    }
    for (resource, is_path) in [
        ("path/a/b", true),
        ("path/a:b", false),
        ("path/*:b", false),
        ("path/*b", true),
    ] {
        assert_eq!(fits_named("path/${Path}", resource), is_path, "{resource}");
    }
    for (resource, is_index) in [
        ("table/orders/index/i", true),
        ("table/*/index/*", true),
        ("table/*", true),
        ("table/a/b/index/i", false),
        ("table/orders/index/i/j", true),
    ] {
        assert_eq!(
            fits_named("table/${TableName}/index/${Other}", resource),
            is_index,
            "{resource}"
        );
    }
}

#[test]
fn matches_what_it_means() {
    let candidates = texts(&["a", "é", "/", "*"], 4);
    for glob in texts(&["a", "é", "*", "?", "${v}", "${*}"], 4) {
        for text in &candidates {
            assert_eq!(
                Glob::new(&glob).matches(text),
                means(&glob, text, false),
                "{glob} {text}"
            );
            assert_eq!(
                Glob::new(&glob).matches_ignore_ascii_case(&text.to_ascii_uppercase()),
                means(&glob, text, false),
                "{glob} {text}"
            );
        }
    }
}

#[test]
fn a_format_matches_what_it_means() {
    let candidates = texts(&["a", "/", ":"], 5);
    for format in texts(&["a", "/", "*", "${BucketName}", "${v}"], 3) {
        for text in &candidates {
            assert_eq!(
                Glob::format(&format).matches(text),
                means(&format, text, true),
                "{format} {text}"
            );
        }
    }
}

/// Two globs intersect if a text of sufficient length matches both. Three pieces each need at most six characters
/// between them.
fn assert_intersections(globs: &[String], formats: &[String], alphabet: &[&str], format: bool) {
    let texts = texts(alphabet, 6);
    let meant = |glob: &String, format| -> Vec<bool> { texts.iter().map(|text| means(glob, text, format)).collect() };
    let of_globs: Vec<_> = globs.iter().map(|glob| meant(glob, false)).collect();
    for other in formats {
        let of_other = meant(other, format);
        for (glob, of_glob) in globs.iter().zip(&of_globs) {
            let common = of_glob.iter().zip(&of_other).any(|(one, two)| *one && *two);
            let written = Glob::new(glob);
            let against = if format { Glob::format(other) } else { Glob::new(other) };
            assert_eq!(written.intersects(against), common, "{glob} {other}");
            assert_eq!(against.intersects(written), common, "{other} {glob}");
        }
    }
}

#[test]
fn globs_intersect_if_a_text_is_meant_by_both() {
    let globs = texts(&["a", "b", "*", "?", "${v}", "${*}"], 3);
    assert_intersections(&globs, &globs, &["a", "b", "*"], false);
}

#[test]
fn a_glob_and_a_format_intersect_if_a_text_is_meant_by_both() {
    let globs = texts(&["a", "/", "*", "?"], 3);
    let formats = texts(&["a", "/", "*", "${BucketName}", "${v}"], 3);
    assert_intersections(&globs, &formats, &["a", "b", "/"], true);
}

/// The texts that a glob matches, one bit for each.
fn meant_of(glob: &str, texts: &[String]) -> Vec<u64> {
    let bits = |texts: &[String]| {
        let each = texts.iter().map(|text| u64::from(means(glob, text, false)));
        each.fold(0, |bits, bit| bits << 1 | bit)
    };
    texts.chunks(64).map(bits).collect()
}

/// A glob covers another if it matches every text that the other matches. No glob contains `c`, so that it represents
/// any other character for `*` and `?`, and a difference of two globs with four pieces shows within seven characters.
#[test]
fn a_glob_covers_another_if_it_means_all_that_the_other_means() {
    let texts_meant = texts(&["a", "b", "c"], 7);
    let globs: Vec<_> = texts(&["a", "b", "*", "?"], 4)
        .into_iter()
        .map(|glob| (meant_of(&glob, &texts_meant), glob))
        .collect();
    let mut covering = 0;
    for (of_glob, glob) in &globs {
        for (of_other, other) in &globs {
            let all = of_glob.iter().zip(of_other).all(|(one, two)| two & !one == 0);
            assert_eq!(Glob::new(glob).covers(Glob::new(other)), all, "{glob} {other}");
            assert_eq!(
                Glob::wildcards(glob).covers_ignore_ascii_case(Glob::wildcards(&other.to_uppercase())),
                all,
                "{glob} {other}"
            );
            covering += usize::from(all && glob != other);
        }
    }
    assert!(covering > 1_000, "{covering}");
}

/// The value of a variable is the same in both globs: one that covers another does so for every value.
#[test]
fn a_variable_covers_itself_only() {
    let candidates = texts(&["a", "c"], 6);
    let globs = texts(&["a", "*", "?", "${v}"], 3);
    let of_value = |value: &str| -> Vec<Vec<u64>> {
        let of_glob = |glob: &String| meant_of(&glob.replace("${v}", value), &candidates);
        globs.iter().map(of_glob).collect()
    };
    let values = ["", "a", "c", "ca", "acc"].map(of_value);
    for (index, glob) in globs.iter().enumerate() {
        for (other_index, other) in globs.iter().enumerate() {
            let all = values.iter().all(|of_globs| {
                let (one, two) = (of_globs.get(index).unwrap(), of_globs.get(other_index).unwrap());
                one.iter().zip(two).all(|(one, two)| two & !one == 0)
            });
            if Glob::new(glob).covers(Glob::new(other)) {
                assert!(all, "{glob} {other}");
            } else {
                // No claim is made where a value is compared with characters, although it might be true.
                assert!(!all || glob.contains("${v}"), "{glob} {other}");
            }
        }
    }
    assert!(Glob::new("${a}/*").covers(Glob::new("${a}/${b}")));
    assert!(!Glob::new("${a}/*").covers(Glob::new("${b}/x")));
}

/// AWS does not document whether it is one character to `?`, or as many as it has bytes.
#[test]
fn one_character_is_not_certain_to_cover_one_beyond_ascii() {
    for (glob, other, covers) in [
        ("a?", "aé", false),
        ("a??", "aé", false),
        ("a?", "ab", true),
        ("a?*", "aé", true),
        ("a*", "aé", true),
        ("aé?", "aé?", true),
    ] {
        assert_eq!(Glob::new(glob).covers(Glob::new(other)), covers, "{glob} {other}");
    }
}

#[test]
fn many_wildcards_take_no_exponential_time() {
    let glob = "a*".repeat(200) + "b";
    let other = "*a".repeat(200) + "c";
    assert!(!Glob::new(&glob).matches(&"a".repeat(2_000)));
    assert!(!Glob::new(&glob).intersects(Glob::new(&other)));
    assert!(!Glob::new(&glob).covers(Glob::new(&other)));
    assert!(Glob::new(&("*a".repeat(200) + "*")).covers(Glob::new(&glob)));
    assert!(Glob::new(&glob).intersects(Glob::new(&(other + "*"))));
}

#[test]
fn case_counts_unless_it_is_asked_not_to() {
    assert!(!Glob::wildcards("s3:get*").matches("s3:GetObject"));
    assert!(Glob::wildcards("S3:get*Acl").matches_ignore_ascii_case("s3:GetObjectAcl"));
    assert!(!Glob::wildcards("s3:get*Acl").matches_ignore_ascii_case("s3:GetObject"));
}

proptest! {
    // Each case tries 19,531 texts.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(100) })]

    #[test]
    fn globs_of_arns_meet_and_cover_as_their_texts_do(glob in "[ab/:*?]{0,3}", other in "[ab/:*?]{0,3}") {
        // `c` is in no glob; see above for the sufficient length.
        let candidates = texts(&["a", "b", "/", ":", "c"], 6);
        let (mut meet, mut all) = (false, true);
        for text in &candidates {
            let of_other = means(&other, text, false);
            let of_both = of_other && means(&glob, text, false);
            meet |= of_both;
            all &= of_both || !of_other;
        }
        let (one, two) = (Glob::new(&glob), Glob::new(&other));
        prop_assert_eq!(one.intersects(two), meet);
        prop_assert_eq!(one.covers(two), all);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn matching_is_intersecting_with_the_text(glob in "([abé/*?]|\\$\\{v\\}){0,16}", text in "[abé/]{0,24}") {
        prop_assert_eq!(Glob::new(&glob).matches(&text), Glob::new(&glob).intersects(Glob::literal(&text)));
    }

    #[test]
    fn a_text_made_from_a_glob_matches_it(pieces in prop::collection::vec(("[ab?*]", "[abé]{0,3}"), 0..24)) {
        let glob: String = pieces.iter().map(|(piece, _)| piece.as_str()).collect();
        let text: String = pieces
            .iter()
            .map(|(piece, value)| match piece.as_str() {
                "*" => value.as_str(),
                "?" => "é",
                literal => literal,
            })
            .collect();
        prop_assert!(Glob::new(&glob).matches(&text));
        prop_assert!(Glob::new(&glob).intersects(Glob::new(&glob)));
    }

    #[test]
    fn what_covers_meets_and_takes_over(one in "[ab*?]{0,8}", two in "[ab*?]{0,8}", three in "[ab*?]{0,8}") {
        let (one, two, three) = (Glob::new(&one), Glob::new(&two), Glob::new(&three));
        prop_assert!(one.covers(one));
        prop_assert!(!one.covers(two) || one.intersects(two));
        prop_assert!(!(one.covers(two) && two.covers(three)) || one.covers(three));
        prop_assert!(!(one.covers(two) && two.intersects(three)) || one.intersects(three));
    }

    #[test]
    fn no_text_makes_the_parsers_panic(text in "(arn:)?([a-z0-9*]{0,3}:?|\\$\\{|\\}|\\PC){0,12}") {
        if let Ok(pattern) = ArnPattern::parse(&text) {
            let fields: Vec<&str> = pattern.fields().map(|(_, glob)| glob.as_str()).collect();
            prop_assert_eq!(format!("arn:{}", fields.join(":")), text.clone());
            for (field, glob) in pattern.fields() {
                prop_assert_eq!(text.get(pattern.range(field)), Some(glob.as_str()));
            }
            prop_assert!(pattern.intersects(&pattern));
        }
        match Arn::new(text.as_str()) {
            Ok(arn) => prop_assert_eq!(arn.to_string(), text),
            Err(error) => prop_assert!(error.to_string().contains("is not an ARN")),
        }
    }
}

/// Formats as in the service authorization reference.
const BUCKET: &str = "arn:${Partition}:s3:::${BucketName}";
const OBJECT: &str = "arn:${Partition}:s3:::${BucketName}/${ObjectName}";
const KEY: &str = "arn:${Partition}:kms:${Region}:${Account}:key/${KeyId}";
const SECRET: &str = "arn:${Partition}:secretsmanager:${Region}:${Account}:secret:${SecretId}";
const ROLE: &str = "arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}";
const STREAM: &str = "arn:${Partition}:logs:${Region}:${Account}:log-group:${LogGroupName}:log-stream:${LogStreamName}";
const MANAGED_HUB: &str = "arn:${Partition}:sagemaker:${Region}:aws:hub/${HubName}";
const DEVICE: &str = "arn:${Partition}:braket:*:*:device/${DeviceType}/${Provider}/${DeviceId}";

#[test]
fn a_pattern_fits_a_format_or_the_field_is_named() {
    for (pattern, format, fit) in [
        ("arn:aws:s3:::staging", BUCKET, Fit::Yes),
        ("arn:aws-cn:s3:::*", BUCKET, Fit::Yes),
        ("arn:aws:s3:::*", OBJECT, Fit::Yes),
        ("arn:aws:s3:::staging*", OBJECT, Fit::Yes),
        ("arn:aws:s3:::staging", OBJECT, Fit::No(Misfit::Resource)),
        ("arn:aws:s3:::staging/", OBJECT, Fit::No(Misfit::Resource)),
        ("arn:aws:s3:::staging/*", BUCKET, Fit::No(Misfit::Resource)),
        ("arn:aws:s3:::${aws:username}/home", OBJECT, Fit::Yes),
        ("arn:aws:s3:::a${*}b", BUCKET, Fit::Yes),
        ("arn:aws:s3:*:*:staging", BUCKET, Fit::Yes),
        (
            "arn:aws:s3:eu-west-1::staging",
            BUCKET,
            Fit::No(Misfit::RegionNotAllowed),
        ),
        (
            "arn:aws:s3::111122223333:staging",
            BUCKET,
            Fit::No(Misfit::AccountNotAllowed),
        ),
        ("arn::s3:::staging", BUCKET, Fit::No(Misfit::Partition)),
        ("arn:*:s?:::staging", BUCKET, Fit::Yes),
        ("arn:aws:kms:eu-west-1:111122223333:key/*", KEY, Fit::Yes),
        ("arn:aws:kms:eu-west-1:111122223333:*", KEY, Fit::Yes),
        (
            "arn:aws:kms:eu-west-1:111122223333:alias/x",
            KEY,
            Fit::No(Misfit::Resource),
        ),
        (
            "arn:aws:kms:eu-west-1:111122223333:key/arn:aws:kms:eu-west-1:111122223333:key/x",
            KEY,
            Fit::No(Misfit::Resource),
        ),
        (
            "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-??????",
            SECRET,
            Fit::Yes,
        ),
        (
            "arn:aws:secretsmanager::111122223333:secret:db-??????",
            SECRET,
            Fit::No(Misfit::RegionMissing),
        ),
        (
            "arn:aws:kms:eu-west-1:111122223333:key/*",
            SECRET,
            Fit::No(Misfit::Service),
        ),
        ("arn:aws:iam::111122223333:role/service-role/x", ROLE, Fit::Yes),
        ("arn:aws:iam:::role/x", ROLE, Fit::Yes),
        ("arn:aws:iam::aws:role/x", ROLE, Fit::Yes),
        (
            "arn:aws:iam:eu-west-1:111122223333:role/x",
            ROLE,
            Fit::No(Misfit::RegionNotAllowed),
        ),
        ("arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/*", STREAM, Fit::Yes),
        (
            "arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/x:*",
            STREAM,
            Fit::Yes,
        ),
        (
            "arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/x",
            STREAM,
            Fit::No(Misfit::Resource),
        ),
        ("arn:aws:sagemaker:eu-west-1:aws:hub/x", MANAGED_HUB, Fit::Yes),
        (
            "arn:aws:sagemaker:eu-west-1:111122223333:hub/x",
            MANAGED_HUB,
            Fit::No(Misfit::Account),
        ),
        ("arn:aws:braket:::device/qpu/x/y", DEVICE, Fit::Yes),
    ] {
        assert_eq!(
            ArnPattern::parse(pattern)
                .unwrap()
                .fits_format(ArnFormat::parse(format).unwrap()),
            fit,
            "{pattern} {format}"
        );
    }
}

#[test]
fn a_missing_field_is_named() {
    for (text, kind) in [
        ("*", ArnErrorKind::Prefix),
        ("arn", ArnErrorKind::Prefix),
        ("arn:", ArnErrorKind::MissingFrom(Field::Service)),
        ("arn:aws:s3:*", ArnErrorKind::MissingFrom(Field::Account)),
        ("arn:aws:s3::", ArnErrorKind::MissingFrom(Field::Resource)),
        (
            "arn:aws:s3:${aws:RequestedRegion}:",
            ArnErrorKind::MissingFrom(Field::Resource),
        ),
    ] {
        assert_eq!(
            ArnPattern::parse(text).map_err(|error| error.kind().clone()),
            Err(kind),
            "{text}"
        );
    }
}

#[test]
fn a_colon_in_a_variable_separates_nothing() {
    let fields = |text| -> Vec<&str> {
        ArnPattern::parse(text)
            .unwrap()
            .fields()
            .map(|(_, glob)| glob.as_str())
            .collect()
    };
    assert_eq!(
        fields("arn:aws:s3:${aws:RequestedRegion}:${a:b}${c:d}:x:y"),
        ["aws", "s3", "${aws:RequestedRegion}", "${a:b}${c:d}", "x:y"]
    );
    assert_eq!(fields("arn:$:${a:$b:c:"), ["$", "${a", "$b", "c", ""]);
}

#[test]
fn the_arn_of_one_thing_has_every_field_checked() {
    for text in [
        "arn:aws:s3:::staging",
        "arn:aws:iam::aws:policy/ReadOnlyAccess",
        "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1",
        "arn:aws-us-gov:lambda:us-gov-west-1:111122223333:function:load:prod",
    ] {
        assert_eq!(Arn::new(text).map(|arn| arn.to_string()), Ok(text.to_owned()));
    }
    for (text, message) in [
        (
            "arn:amazon:s3:::b",
            "its partition is not valid: `amazon` is not an AWS partition: AWS has no such partition",
        ),
        ("arn:aws::::b", "its service is empty"),
        ("arn:aws:S3:::b", "its service contains 'S'"),
        ("arn:aws:lambda:eu-wset-1:111122223333:function:f", "write `eu-west-1`"),
        (
            "arn:aws:lambda:cn-north-1:111122223333:function:f",
            "its Region is in the partition `aws-cn`",
        ),
        ("arn:aws:lambda:eu-west-1:1111:function:f", "it has 4 digits"),
        ("arn:aws:s3:::", "its resource is empty"),
        ("arn:aws:s3:::b*", "its resource contains '*'"),
        ("arn:aws:s3:::${aws:username}", "its resource contains '$'"),
    ] {
        let error = Arn::new(text).unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
    }
}

/// What the account field of a format is, where it is not a variable, is the account of resources that AWS owns.
#[test]
fn the_accounts_of_aws_are_those_of_the_catalogue() {
    let formats = catalogue::services()
        .flat_map(catalogue::Service::resource_types)
        .flat_map(|kind| kind.arn_formats().collect::<Vec<_>>());
    let mut found = Vec::new();
    for format in formats {
        let (service, account) = (format.field(Field::Service), format.field(Field::Account));
        if account.is_empty() || account.contains(['$', '*']) {
            continue;
        }
        assert!(is_owned_by_aws(service, account), "{}", format.as_str());
        found.push(account);
    }
    for account in ["aws", "aws-managed", "offering"] {
        assert!(found.contains(&account), "{account}");
    }
    assert!(!is_owned_by_aws("sqs", "aws-managed"));
    assert!(Arn::new("arn:aws:sqs:eu-west-1:aws-managed:q").is_err());
    assert!(Arn::new("arn:aws:network-firewall:eu-west-1:aws-managed:stateful-rulegroup/x").is_ok());
}
