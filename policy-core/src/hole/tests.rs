#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::strings;
use crate::document::Document;
use crate::policy::Effect;

/// Of an element that is there twice the last counts, wherever a member is looked up.
#[test]
fn the_last_effect_is_that_of_the_statement() {
    let text = r#"{ "Statement": { "Effect": "Deny", "Action": "s3:GetObject", "Effect": "Allow" } }"#;
    let mut root = Document::read(text).unwrap().root().clone();
    let mut effects = Vec::new();
    strings(&mut root, &mut |here, text| {
        if text.written() == "s3:GetObject" {
            effects.push(here.effect);
        }
    });
    assert_eq!(effects, [Some(Effect::Allow)]);
}
