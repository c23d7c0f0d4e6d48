use crate::check::expect::{dead, messages, table};
use crate::policy::Kind;

#[test]
fn words_of_select_and_of_return_values() {
    table(
        Kind::Identity,
        &[
            (
                allow!(
                    r#""dynamodb:Query""#,
                    r#"{ "StringEquals": { "dynamodb:Select": "specific_attributes" } }"#
                ),
                &["DYNAMODB_INVALID_SELECT_VALUE /Statement/0/Condition/StringEquals/dynamodb:Select"],
            ),
            (
                allow!(
                    r#""dynamodb:Query""#,
                    r#"{ "StringLike": { "dynamodb:Select": ["SPECIFIC_*", "SOME_*"] } }"#
                ),
                &["DYNAMODB_INVALID_SELECT_VALUE /Statement/0/Condition/StringLike/dynamodb:Select/1"],
            ),
            (
                allow!(
                    r#""dynamodb:Query""#,
                    r#"{ "StringEqualsIgnoreCase": { "dynamodb:select": "ALL" } }"#
                ),
                &["DYNAMODB_INVALID_SELECT_VALUE /Statement/0/Condition/StringEqualsIgnoreCase/dynamodb:select"],
            ),
            (
                allow!(
                    r#""dynamodb:Query""#,
                    r#"{ "StringEquals": { "dynamodb:Select": ["COUNT", "SPECIFIC_ATTRIBUTES"] } }"#
                ),
                &[],
            ),
            (
                allow!(
                    r#""dynamodb:Query""#,
                    r#"{ "StringEqualsIgnoreCase": { "dynamodb:Select": "specific_attributes" } }"#
                ),
                &[],
            ),
            (
                allow!(
                    r#""dynamodb:Query""#,
                    r#"{ "StringLike": { "dynamodb:Select": "ALL_*" } }"#
                ),
                &[],
            ),
            (
                allow!(
                    r#""dynamodb:UpdateItem""#,
                    r#"{ "StringEquals": { "dynamodb:ReturnValues": ["NONE", "updated_new", "ALL"] } }"#
                ),
                &[
                    "DYNAMODB_INVALID_RETURN_VALUES /Statement/0/Condition/StringEquals/dynamodb:ReturnValues/1",
                    "DYNAMODB_INVALID_RETURN_VALUES /Statement/0/Condition/StringEquals/dynamodb:ReturnValues/2",
                ],
            ),
            (
                allow!(
                    r#""dynamodb:UpdateItem""#,
                    r#"{ "StringNotEquals": { "dynamodb:ReturnValues": "ALL-OLD" } }"#
                ),
                &["DYNAMODB_INVALID_RETURN_VALUES /Statement/0/Condition/StringNotEquals/dynamodb:ReturnValues"],
            ),
            (
                allow!(
                    r#""dynamodb:UpdateItem""#,
                    r#"{ "StringLike": { "dynamodb:ReturnValues": "UPDATED_*" } }"#
                ),
                &[],
            ),
            (
                allow!(
                    r#""dynamodb:UpdateItem""#,
                    r#"{ "StringNotEquals": { "dynamodb:ReturnValues": ["ALL_OLD", "ALL_NEW"] } }"#
                ),
                &[],
            ),
            (
                allow!(
                    r#""dynamodb:UpdateItem""#,
                    r#"{ "StringEquals": { "dynamodb:ReturnValues": "${aws:PrincipalTag/values}" } }"#
                ),
                &[],
            ),
        ],
    );
}

#[test]
fn words_of_consumed_capacity() {
    table(
        Kind::Identity,
        &[
            (
                allow!(
                    r#""dynamodb:Scan""#,
                    r#"{ "StringEquals": { "dynamodb:ReturnConsumedCapacity": "total" } }"#
                ),
                &[
                    "DYNAMODB_INVALID_RETURN_CONSUMED_CAPACITY /Statement/0/Condition/StringEquals/dynamodb:ReturnConsumedCapacity",
                ],
            ),
            (
                allow!(
                    r#""dynamodb:Scan""#,
                    r#"{ "StringLike": { "dynamodb:ReturnConsumedCapacity": "INDEX*" } }"#
                ),
                &[
                    "DYNAMODB_INVALID_RETURN_CONSUMED_CAPACITY /Statement/0/Condition/StringLike/dynamodb:ReturnConsumedCapacity",
                ],
            ),
            (
                allow!(
                    r#""dynamodb:Scan""#,
                    r#"{ "StringEqualsIfExists": { "dynamodb:ReturnConsumedCapacity": "ALL" } }"#
                ),
                &[
                    "DYNAMODB_INVALID_RETURN_CONSUMED_CAPACITY /Statement/0/Condition/StringEqualsIfExists/dynamodb:ReturnConsumedCapacity",
                ],
            ),
            (
                allow!(
                    r#""dynamodb:Scan""#,
                    r#"{ "StringEquals": { "dynamodb:ReturnConsumedCapacity": ["TOTAL", "NONE"] } }"#
                ),
                &[],
            ),
            (
                allow!(
                    r#""dynamodb:Scan""#,
                    r#"{ "StringLike": { "dynamodb:ReturnConsumedCapacity": "TOT*" } }"#
                ),
                &[],
            ),
            (
                allow!(
                    r#""dynamodb:Scan""#,
                    r#"{ "Null": { "dynamodb:ReturnConsumedCapacity": "true" } }"#
                ),
                &[],
            ),
        ],
    );
}

/// A condition on `dynamodb:Attributes`, and what else is there.
macro_rules! attributes {
    ($effect:literal, $actions:literal, $more:literal) => {
        concat!(
            r#"{ "Effect": ""#,
            $effect,
            r#"", "Action": ["#,
            $actions,
            r#"], "Resource": "*", "Condition": { "ForAllValues:StringEquals": { "dynamodb:Attributes": ["Id", "Name"] }"#,
            $more,
            " } }"
        )
    };
}

const AT_ATTRIBUTES: &str = "/Statement/0/Condition/ForAllValues:StringEquals/dynamodb:Attributes";

#[test]
fn attributes_on_reading() {
    let found = format!("DYNAMODB_ATTRIBUTES_WITHOUT_SELECT {AT_ATTRIBUTES}");
    let found: &[&str] = &[&found];
    table(
        Kind::Identity,
        &[
            (attributes!("Allow", r#""dynamodb:GetItem""#, ""), found),
            (
                attributes!(
                    "Allow",
                    r#""dynamodb:Query""#,
                    r#", "StringEquals": { "dynamodb:Select": ["SPECIFIC_ATTRIBUTES", "ALL_ATTRIBUTES"] }"#
                ),
                found,
            ),
            (
                attributes!(
                    "Allow",
                    r#""dynamodb:Query""#,
                    r#", "StringNotEquals": { "dynamodb:Select": "ALL_ATTRIBUTES" }"#
                ),
                found,
            ),
            (attributes!("Allow", r#""dynamodb:*GetItem""#, ""), found),
            (
                attributes!(
                    "Allow",
                    r#""dynamodb:Query""#,
                    r#", "StringEquals": { "dynamodb:Select": "SPECIFIC_ATTRIBUTES" }"#
                ),
                &[],
            ),
            (
                attributes!(
                    "Allow",
                    r#""dynamodb:Query""#,
                    r#", "StringNotLike": { "dynamodb:Select": "ALL_*" }"#
                ),
                &[],
            ),
            (
                attributes!(
                    "Allow",
                    r#""dynamodb:Query""#,
                    r#", "StringEqualsIfExists": { "dynamodb:Select": ["SPECIFIC_ATTRIBUTES", "COUNT"] }"#
                ),
                &[],
            ),
            // It returns no items.
            (attributes!("Allow", r#""dynamodb:ConditionCheckItem""#, ""), &[]),
            (attributes!("Deny", r#""dynamodb:GetItem""#, ""), &[]),
        ],
    );
}

#[test]
fn attributes_on_writing() {
    let found = format!("DYNAMODB_ATTRIBUTES_WITHOUT_RETURN_VALUES {AT_ATTRIBUTES}");
    let found: &[&str] = &[&found];
    table(
        Kind::Identity,
        &[
            (attributes!("Allow", r#""dynamodb:UpdateItem""#, ""), found),
            (attributes!("Allow", r#""dynamodb:Update*""#, ""), found),
            (
                attributes!(
                    "Allow",
                    r#""dynamodb:DeleteItem""#,
                    r#", "StringEquals": { "dynamodb:ReturnValues": ["NONE", "ALL_OLD"] }"#
                ),
                found,
            ),
            (
                attributes!(
                    "Allow",
                    r#""dynamodb:UpdateItem""#,
                    r#", "StringEqualsIfExists": { "dynamodb:ReturnValues": ["NONE", "UPDATED_OLD", "UPDATED_NEW"] }"#
                ),
                &[],
            ),
            (
                attributes!(
                    "Allow",
                    r#""dynamodb:UpdateItem""#,
                    r#", "StringNotEquals": { "dynamodb:ReturnValues": ["ALL_OLD", "ALL_NEW"] }"#
                ),
                &[],
            ),
            (
                attributes!(
                    "Allow",
                    r#""dynamodb:DeleteItem""#,
                    r#", "StringEquals": { "dynamodb:ReturnValues": "NONE" }"#
                ),
                &[],
            ),
            // AWS's own example of both at once.
            (
                attributes!(
                    "Allow",
                    r#""dynamodb:GetItem", "dynamodb:Query", "dynamodb:UpdateItem""#,
                    r#", "StringEqualsIfExists": { "dynamodb:Select": "SPECIFIC_ATTRIBUTES",
                         "dynamodb:ReturnValues": ["NONE", "UPDATED_OLD", "UPDATED_NEW"] }"#
                ),
                &[],
            ),
            // A caller who may replace the item need not be told what it was.
            (
                attributes!(
                    "Allow",
                    r#""dynamodb:PutItem", "dynamodb:BatchWriteItem""#,
                    r#", "StringEqualsIfExists": { "dynamodb:ReturnValues": "NONE" }"#
                ),
                &[
                    "DYNAMODB_REPLACE_OPERATION_WITH_ATTRIBUTES /Statement/0/Action/0",
                    "DYNAMODB_REPLACE_OPERATION_WITH_ATTRIBUTES /Statement/0/Action/1",
                ],
            ),
            (
                attributes!("Allow", r#""dynamodb:BatchWriteItem""#, ""),
                &["DYNAMODB_REPLACE_OPERATION_WITH_ATTRIBUTES /Statement/0/Action/0"],
            ),
            (
                attributes!(
                    "Allow",
                    r#""dynamodb:Batch*""#,
                    r#", "StringEquals": { "dynamodb:Select": "COUNT" }"#
                ),
                &["DYNAMODB_REPLACE_OPERATION_WITH_ATTRIBUTES /Statement/0/Action/0"],
            ),
            (attributes!("Deny", r#""dynamodb:PutItem""#, ""), &[]),
            (
                allow!(
                    r#""dynamodb:PutItem""#,
                    r#"{ "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": "a" } }"#
                ),
                &[],
            ),
            (
                allow!(
                    r#""dynamodb:PutItem""#,
                    r#"{ "Null": { "dynamodb:Attributes": "false" } }"#
                ),
                &[],
            ),
        ],
    );
}

#[test]
fn a_scan_names_no_keys() {
    let escapes = "DYNAMODB_SCAN_BYPASSES_LEADING_KEYS /Statement/0/Action/0";
    table(
        Kind::Identity,
        &[
            (
                allow!(
                    r#""dynamodb:Scan", "dynamodb:Query""#,
                    r#"{ "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": "${aws:userid}" } }"#
                ),
                &[escapes],
            ),
            (
                allow!(
                    r#""dynamodb:Scan""#,
                    r#"{ "ForAnyValue:StringEquals": { "dynamodb:LeadingKeys": "a" } }"#
                ),
                &[escapes],
            ),
            (
                allow!(
                    r#""dynamodb:*""#,
                    r#"{ "ForAllValues:StringLike": { "dynamodb:LeadingKeys": "a*" } }"#
                ),
                &[escapes],
            ),
            // An action that is not a scan and lacks the key too is reported as ever.
            (
                allow!(
                    r#""dynamodb:Scan", "dynamodb:PutItem", "dynamodb:CreateTable""#,
                    r#"{ "ForAnyValue:StringEquals": { "dynamodb:LeadingKeys": "a" } }"#
                ),
                &[
                    escapes,
                    "ACTION_NEVER_CARRIES_CONDITION_KEY /Statement/0/Condition/ForAnyValue:StringEquals/dynamodb:LeadingKeys",
                ],
            ),
            (
                allow!(
                    r#""dynamodb:Query", "dynamodb:GetItem""#,
                    r#"{ "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": "${aws:userid}" } }"#
                ),
                &[],
            ),
            (
                allow!(
                    r#""dynamodb:Scan""#,
                    r#"{ "StringEquals": { "dynamodb:ReturnConsumedCapacity": "NONE" } }"#
                ),
                &[],
            ),
            // No scan at all is what this says.
            (
                r#"{ "Effect": "Deny", "Action": "dynamodb:Scan", "Resource": "*", "Condition": {
                     "StringNotEqualsIfExists": { "aws:PrincipalAccount": "111122223333" } } }"#,
                &[],
            ),
        ],
    );
    assert!(
        dead(
            allow!(
                r#""dynamodb:Scan""#,
                r#"{ "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": "a" } }"#
            ),
            Kind::Identity
        )
        .is_empty()
    );
}

#[test]
fn keys_of_reading_and_of_writing() {
    table(
        Kind::Identity,
        &[
            (
                allow!(
                    r#""dynamodb:PutItem""#,
                    r#"{ "StringEquals": { "dynamodb:Select": "SPECIFIC_ATTRIBUTES" } }"#
                ),
                &["DYNAMODB_WRONG_CONDITION_FOR_ACTION /Statement/0/Condition/StringEquals/dynamodb:Select"],
            ),
            (
                allow!(
                    r#""dynamodb:GetItem", "dynamodb:BatchGetItem""#,
                    r#"{ "StringEqualsIfExists": { "dynamodb:ReturnValues": "NONE" } }"#
                ),
                &[
                    "DYNAMODB_WRONG_CONDITION_FOR_ACTION /Statement/0/Condition/StringEqualsIfExists/dynamodb:ReturnValues",
                ],
            ),
            (
                allow!(
                    r#""dynamodb:GetItem", "dynamodb:UpdateItem""#,
                    r#"{ "StringEquals": { "dynamodb:ReturnValues": "NONE" } }"#
                ),
                &["DYNAMODB_WRONG_CONDITION_FOR_ACTION /Statement/0/Condition/StringEquals/dynamodb:ReturnValues"],
            ),
            (
                r#"{ "Effect": "Deny", "Action": "dynamodb:DeleteItem", "Resource": "*", "Condition": {
                     "StringNotEquals": { "dynamodb:Select": "SPECIFIC_ATTRIBUTES" } } }"#,
                &["DYNAMODB_WRONG_CONDITION_FOR_ACTION /Statement/0/Condition/StringNotEquals/dynamodb:Select"],
            ),
            (
                allow!(
                    r#""dynamodb:GetItem", "dynamodb:UpdateItem""#,
                    r#"{ "StringEqualsIfExists": { "dynamodb:ReturnValues": "NONE" } }"#
                ),
                &[],
            ),
            (
                allow!(
                    r#""dynamodb:UpdateItem""#,
                    r#"{ "StringEquals": { "dynamodb:ReturnValues": "NONE" } }"#
                ),
                &[],
            ),
            (
                allow!(
                    r#""dynamodb:Query""#,
                    r#"{ "StringEquals": { "dynamodb:Select": "COUNT" } }"#
                ),
                &[],
            ),
            // An action of neither kind is not the wrong way round.
            (
                allow!(
                    r#""dynamodb:ListTables""#,
                    r#"{ "StringEquals": { "dynamodb:Select": "COUNT" } }"#
                ),
                &[],
            ),
        ],
    );
}

#[test]
fn messages_say_what_to_write() {
    for (statement, expected) in [
        (
            allow!(
                r#""dynamodb:Query""#,
                r#"{ "StringEquals": { "dynamodb:Select": "specific_attributes" } }"#
            ),
            "`dynamodb:Select` has no value `specific_attributes` [DYNAMODB_INVALID_SELECT_VALUE]\n\
             = note: AWS accepts it, but no value of `dynamodb:Select` matches it\n\
             = note: `StringEquals` is case-sensitive\n\
             = help: write `SPECIFIC_ATTRIBUTES`",
        ),
        (
            allow!(
                r#""dynamodb:UpdateItem""#,
                r#"{ "StringEquals": { "dynamodb:ReturnValues": "OLD" } }"#
            ),
            "`dynamodb:ReturnValues` has no value `OLD` [DYNAMODB_INVALID_RETURN_VALUES]\n\
             = note: AWS accepts it, but no value of `dynamodb:ReturnValues` matches it\n\
             = help: the values are `ALL_NEW`, `ALL_OLD`, `NONE`, `UPDATED_NEW`, `UPDATED_OLD`",
        ),
        (
            allow!(
                r#""dynamodb:Scan""#,
                r#"{ "StringLike": { "dynamodb:ReturnConsumedCapacity": "TOTALS" } }"#
            ),
            "`dynamodb:ReturnConsumedCapacity` has no value `TOTALS` [DYNAMODB_INVALID_RETURN_CONSUMED_CAPACITY]\n\
             = note: AWS accepts it, but no value of `dynamodb:ReturnConsumedCapacity` matches it\n\
             = help: write `TOTAL`",
        ),
        (
            attributes!("Allow", r#""dynamodb:GetItem""#, ""),
            "`dynamodb:GetItem` without a list of attributes still reads all of them [DYNAMODB_ATTRIBUTES_WITHOUT_SELECT]\n\
             = note: AWS compares the attributes that a request names; one that names none gets the whole item\n\
             = help: add `\"StringEquals\": { \"dynamodb:Select\": \"SPECIFIC_ATTRIBUTES\" }` to the condition",
        ),
        (
            attributes!("Allow", r#""dynamodb:UpdateItem""#, ""),
            "`dynamodb:UpdateItem` can still return all attributes [DYNAMODB_ATTRIBUTES_WITHOUT_RETURN_VALUES]\n\
             = note: asked for `ALL_OLD` or `ALL_NEW`, DynamoDB returns the whole item\n\
             = help: add `\"StringEqualsIfExists\": { \"dynamodb:ReturnValues\": [\"NONE\", \"UPDATED_OLD\", \"UPDATED_NEW\"] }` to the condition",
        ),
        (
            attributes!("Allow", r#""dynamodb:BatchWriteItem""#, ""),
            "`dynamodb:BatchWriteItem` replaces the whole item, whatever the value of `dynamodb:Attributes` [DYNAMODB_REPLACE_OPERATION_WITH_ATTRIBUTES]\n\
             = note: an attribute missing from the new item is removed, even one that the condition does not name\n\
             = help: write `dynamodb:UpdateItem`, which the condition limits",
        ),
        (
            allow!(
                r#""dynamodb:Scan""#,
                r#"{ "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": "${aws:userid}" } }"#
            ),
            "`dynamodb:LeadingKeys` does not limit what `dynamodb:Scan` reads [DYNAMODB_SCAN_BYPASSES_LEADING_KEYS]\n\
             = note: the key is never present in a scan: the scan meets the condition, and reads every item\n\
             = help: write `dynamodb:Query`, which the condition limits",
        ),
        (
            allow!(
                r#""dynamodb:PutItem""#,
                r#"{ "StringEquals": { "dynamodb:Select": "SPECIFIC_ATTRIBUTES" } }"#
            ),
            "only a request that reads has `dynamodb:Select`, and `dynamodb:PutItem` writes [DYNAMODB_WRONG_CONDITION_FOR_ACTION]\n\
             = note: AWS accepts it, but the condition is never met, and the action is never allowed\n\
             = help: write an action that reads, or a condition on a key that this action supports",
        ),
    ] {
        assert_eq!(messages(statement, Kind::Identity), expected, "{statement}");
    }
}
