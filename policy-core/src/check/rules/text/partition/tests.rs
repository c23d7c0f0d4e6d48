use crate::check::expect::{self, said, told};
use crate::check::{Options, check};
use crate::document::{Document, Member, Node, Place, Text, Value};
use crate::policy::Kind;

/// The policy that the macro makes of a template: a statement for each resource. Strings are numbered as its tokens are.
fn template<'t>(resources: impl IntoIterator<Item = Text<'t>>) -> Document<'t> {
    let mut token = 0;
    let mut at = |value| {
        token += 1;
        Node {
            place: Place::new(token, token + 1),
            value,
        }
    };
    let statements = resources
        .into_iter()
        .map(|resource| {
            let members = vec![
                Member::built("Effect", at(Value::String(Text::plain("Allow")))),
                Member::built("Action", at(Value::String(Text::plain("*")))),
                Member::built("Resource", at(Value::String(resource))),
            ];
            Node::built(Value::Object(members))
        })
        .collect();
    Document::new(Node::built(Value::Object(vec![
        Member::built("Version", Node::string("2012-10-17")),
        Member::built("Statement", Node::built(Value::Array(statements))),
    ])))
}

fn codes(document: &Document<'_>) -> Vec<String> {
    said(document, Kind::Identity)
}

fn queue(written: &str) -> Text<'_> {
    let holes = ["<partition>", "<region>", "<account-id>"];
    let samples = ["aws", "eu-west-1", "111122223333"];
    let ranges: Vec<_> = holes
        .iter()
        .zip(samples)
        .filter_map(|(hole, sample)| {
            let start = written.find(hole)?;
            Some((start..start + hole.len(), sample, sample.len()))
        })
        .collect();
    Text::with_holes(written, ranges)
}

#[test]
fn a_partition_by_hand_beside_a_region_hole_is_found() {
    let document = template([queue("arn:aws:sqs:<region>:<account-id>:q")]);
    assert_eq!(
        told(&document, Kind::Identity),
        "the partition `aws` is hard-coded in a policy for any Region [HARD_CODED_PARTITION]\n\
         = note: a Region belongs to one partition; in those of `aws-cn`, `aws-eusc`, `aws-iso` this ARN matches nothing, without an error\n\
         = help: write `arn:<partition>:`; it follows from a field of type `Region`, or from the only ARN; otherwise declare `partition: Partition`"
    );
    assert!(codes(&template([queue("arn:<partition>:sqs:<region>:<account-id>:q")])).is_empty());
}

#[test]
fn so_it_is_anywhere_in_a_policy_that_has_one() {
    let right = || queue("arn:<partition>:sqs:<region>:<account-id>:q");
    assert_eq!(codes(&template([right(), Text::plain("arn:aws:s3:::b/*")])).len(), 1);
    assert!(codes(&template([right(), queue("arn:<partition>:s3:::b/*")])).is_empty());
    // A Region determines the partition.
    assert!(
        codes(&template([
            right(),
            Text::plain("arn:aws:sqs:us-east-1:111122223333:q")
        ]))
        .is_empty()
    );
}

#[test]
fn a_policy_for_one_partition_may_name_it() {
    assert!(codes(&template([Text::plain("arn:aws:sqs:*:111122223333:q")])).is_empty());
    assert!(codes(&template([queue("arn:aws:sqs:*:<account-id>:q")])).is_empty());
}

#[test]
fn an_arn_that_is_a_hole_is_not_written_by_hand() {
    let key = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    let document = template([
        queue("arn:<partition>:sqs:<region>:<account-id>:q"),
        Text::with_holes("<key-arn>", [(0..9, key, key.len())]),
    ]);
    assert!(codes(&document).is_empty());
}

/// Its partition is that of its value.
#[test]
fn a_partition_by_hand_beside_an_arn_that_is_a_hole_is_hinted_at() {
    let queue = |hole: &'static str| {
        let arn = "arn:aws:sqs:eu-west-1:111122223333:orders";
        Text::with_holes(hole, [(0..hole.len(), arn, arn.len())])
    };
    let beside = |queue, other| {
        let document = template([queue, Text::plain(other)]);
        let findings = check(&document, Kind::Identity, &Options::new());
        let told = findings
            .iter()
            .map(|finding| (finding.message().to_owned(), finding.has_no_effect()));
        told.collect::<Vec<_>>()
    };
    assert_eq!(
        beside(queue("<queue>"), "arn:aws:s3:::b/*"),
        [(
            "the partition `aws` is hard-coded beside ARNs that can be of any partition".to_owned(),
            false
        )]
    );
    assert_eq!(beside(queue("<queue>"), "arn:aws:sqs:eu-west-1:111122223333:q"), []);
    // A template of CloudFormation is mostly for one partition, and has another word for it.
    assert_eq!(beside(queue("${Queue.Arn}"), "arn:aws:s3:::b/*"), []);
}

#[test]
fn any_region_in_one_partition_is_hinted_at_once() {
    let of = |resources: &str, kind| {
        let document = expect::product("Allow", r#""sqs:SendMessage""#, resources);
        let findings = check(&document, kind, &Options::new());
        findings
            .iter()
            .map(|finding| {
                (
                    finding.code().name(),
                    finding.has_no_effect(),
                    finding.message().to_owned(),
                )
            })
            .collect::<Vec<_>>()
    };
    let three =
        r#"["arn:aws:sqs:eu-west-1:111122223333:q", "arn:aws:sqs:*:111122223333:r", "arn:aws:sqs:*:111122223333:s"]"#;
    let what = "the ARN has a wildcard for the Region, but hard-codes the partition `aws`, as does one other ARN";
    assert_eq!(
        of(three, Kind::Identity),
        [("HARD_CODED_PARTITION", false, what.to_owned())]
    );
    assert_eq!(of(r#""arn:aws:sqs:eu-west-1:111122223333:q""#, Kind::Identity), []);
    assert_eq!(of(r#""arn:*:sqs:*:111122223333:q""#, Kind::Identity), []);
    // An organization is in one partition.
    assert_eq!(of(three, Kind::ServiceControl), []);
}
