use super::{Fill, Program, render};
use crate::names::{AccountId, BucketName, Region};
use crate::policy::NonEmpty;

/// A list of a fixed string and an optional one.
fn strings() -> Program {
    let mut bucket = Program::new();
    bucket.comma();
    bucket.text("\"arn:aws:s3:::");
    bucket.hole(1);
    bucket.text("/*\"");
    let mut program = Program::new();
    program.text("{\"S\":[\"arn:");
    program.hole(0);
    program.text("\"");
    program.when(&[vec![1]], bucket);
    program.text("],\"R\":");
    program
}

/// The same, then a list hole where a scalar is allowed, and one in a list.
fn program() -> String {
    let mut account = Program::new();
    account.text("\"");
    account.hole(2);
    account.text("\"");
    let mut element = Program::new();
    element.comma();
    element.append(&account);
    let mut program = strings();
    program.one_or_many(2, account);
    program.text(",\"E\":[");
    program.each(2, element);
    program.text("]}");
    program.finish()
}

fn account(id: &'static str) -> AccountId {
    AccountId::from_static(id)
}

fn rendered(bucket: Option<&str>, accounts: &NonEmpty<AccountId>) -> String {
    let region = Region::from_static("eu-west-1");
    let bucket = bucket.and_then(|name| BucketName::new(name).ok());
    let holes: [&dyn Fill; 3] = [&region, &bucket, accounts];
    let json = render(&program(), &holes);
    assert_eq!(json.capacity(), json.len(), "measured before it is written");
    json
}

#[test]
fn an_option_drops_what_it_governs_and_the_comma_with_it() {
    let accounts = NonEmpty::from([account("111122223333")]);
    assert_eq!(
        rendered(None, &accounts),
        r#"{"S":["arn:eu-west-1"],"R":"111122223333","E":["111122223333"]}"#
    );
    assert_eq!(
        rendered(Some("one-bucket"), &accounts),
        r#"{"S":["arn:eu-west-1","arn:aws:s3:::one-bucket/*"],"R":"111122223333","E":["111122223333"]}"#
    );
}

#[test]
fn a_list_is_a_scalar_where_it_has_one_element() {
    let accounts = NonEmpty::from([account("111122223333"), account("444455556666")]);
    assert_eq!(
        rendered(None, &accounts),
        r#"{"S":["arn:eu-west-1"],"R":["111122223333","444455556666"],"E":["111122223333","444455556666"]}"#
    );
}

#[test]
fn what_fills_a_hole_is_escaped() {
    let text: &dyn Fill = &"a\"b\\c\n\u{1}é";
    assert_eq!(render("T1:\"H0;T1:\"", &[text]), r#""a\"b\\c\n\u0001é""#);
}

#[test]
fn a_text_that_is_no_template_renders_to_what_of_it_is_one() {
    for (program, json) in [
        ("", ""),
        ("T9:ab", "ab"),
        ("T1:aX", "a"),
        ("H7;", ""),
        ("é", ""),
        ("W", ""),
        ("E0:99:T1:a", ""),
    ] {
        assert_eq!(render(program, &[]), json, "{program}");
    }
}
