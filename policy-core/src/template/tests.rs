use super::{Fill, Piece, SizeBounds, Width, render};
use crate::names::{AccountId, BucketName, NonEmpty, Region};

use Piece::{Comma, Each, Hole, OneOrMany, Text, When};

/// `{"S":[<statement for region>, <statement for bucket>]}`, the second one optional.
const PIECES: &[Piece] = &[
    Text("{\"S\":["),
    Text("\"arn:"),
    Hole(0),
    Text("\""),
    When(&[&[1]], 4),
    Comma,
    Text("\"arn:aws:s3:::"),
    Hole(1),
    Text("/*\""),
    Text("],\"R\":"),
    OneOrMany(2, 3),
    Text("\""),
    Hole(2),
    Text("\""),
    Text(",\"E\":["),
    Each(2, 4),
    Comma,
    Text("\""),
    Hole(2),
    Text("\""),
    Text("]}"),
];

fn account(id: &'static str) -> AccountId {
    AccountId::from_static(id)
}

fn rendered(bucket: &Option<BucketName>, accounts: &NonEmpty<AccountId>) -> String {
    let region = Region::from_static("eu-west-1");
    let holes: [&dyn Fill; 3] = [&region, bucket, accounts];
    let json = render(PIECES, &holes);
    assert_eq!(json.capacity(), json.len(), "measured before it is written");
    json
}

#[test]
fn an_option_drops_what_it_governs_and_the_comma_with_it() {
    let accounts = NonEmpty::from([account("111122223333")]);
    assert_eq!(
        rendered(&None, &accounts),
        r#"{"S":["arn:eu-west-1"],"R":"111122223333","E":["111122223333"]}"#
    );
    assert_eq!(
        rendered(&Some(BucketName::from_static("one-bucket")), &accounts),
        r#"{"S":["arn:eu-west-1","arn:aws:s3:::one-bucket/*"],"R":"111122223333","E":["111122223333"]}"#
    );
}

#[test]
fn a_list_is_a_scalar_where_it_has_one_element() {
    let accounts = NonEmpty::from([account("111122223333"), account("444455556666")]);
    assert_eq!(
        rendered(&None, &accounts),
        r#"{"S":["arn:eu-west-1"],"R":["111122223333","444455556666"],"E":["111122223333","444455556666"]}"#
    );
}

#[test]
fn what_fills_a_hole_is_escaped() {
    let text: &dyn Fill = &"a\"b\\c\n\u{1}é";
    assert_eq!(
        render(&[Text("\""), Hole(0), Text("\"")], &[text]),
        r#""a\"b\\c\n\u0001é""#
    );
}

#[test]
fn the_bounds_are_those_of_the_shortest_and_the_longest() {
    let widths = [
        Width { min: 9, max: 9 },
        Width { min: 10, max: 10 },
        Width { min: 12, max: 12 },
    ];
    let size = SizeBounds::of(PIECES, &widths);
    let accounts = NonEmpty::from([account("111122223333")]);
    assert_eq!(size.min, rendered(&None, &accounts).len());
    assert_eq!(size.max, None);
    let without_lists = SizeBounds::of(PIECES.split_at(10).0, &widths);
    assert_eq!(
        without_lists.max,
        Some(r#"{"S":["arn:eu-west-1","arn:aws:s3:::one-bucket/*"],"R":"#.len())
    );
    assert!(without_lists.fits(100));
    assert!(!without_lists.fits(40));
    assert!(!size.fits(usize::MAX));
}
