//! What comes behind a name: the words that the formats of the service have there, and no others.

use crate::check::expect::{product, said, told};
use crate::policy::Kind;

/// The service and the end of an ARN, an action, and what to write where no resource has such an ARN.
const ROWS: [(&str, &str, Option<&str>); 16] = [
    (
        "logs:PutLogEvents",
        "log-group:web:stream:*",
        Some("log-group:web:log-stream:*"),
    ),
    (
        "logs:PutLogEvents",
        "log-group:/aws/*:stream:*",
        Some("log-group:/aws/*:log-stream:*"),
    ),
    ("logs:*", "log-group:web:streams:a", Some("log-group:web:log-stream:a")),
    ("logs:PutLogEvents", "log-group:web:*", None),
    ("logs:PutLogEvents", "log-group:*:*:*", None),
    ("logs:CreateLogGroup", "log-group:web:log-stream:", None),
    ("logs:*", "log-group:web:log-stream:", None),
    ("logs:Describe*", "log-group::log-stream:", None),
    (
        "kinesis:SubscribeToShard",
        "stream/s/consumers/*",
        Some("stream/s/consumer/*"),
    ),
    (
        "kinesis:SubscribeToShard",
        "stream/s/*/consumer/c:1",
        Some("stream/s/consumer/c:1"),
    ),
    ("kinesis:SubscribeToShard", "stream/s/consumer/c:1", None),
    ("kinesis:SubscribeToShard", "*/consumer/c:*", None),
    (
        "s3:GetObject",
        "accesspoint/a/objects/k",
        Some("accesspoint/a/object/k"),
    ),
    ("timestream:Select", "database/d/tables/t", Some("database/d/table/t")),
    (
        "apigateway:GET",
        "/restapis/a1b2c3/stage/prod",
        Some("/restapis/a1b2c3/stages/prod"),
    ),
    (
        "greengrass:GetComponent",
        "components:c:version:1",
        Some("components:c:versions:1"),
    ),
];

#[test]
fn only_the_words_of_the_formats_come_behind_a_name() {
    for (action, resource, meant) in ROWS {
        let (service, _) = action.split_once(':').unwrap_or_default();
        let account = if service == "apigateway" { "" } else { "111122223333" };
        let start = format!("arn:aws:{service}:eu-west-1:{account}:");
        let document = product("Allow", &format!("\"{action}\""), &format!("\"{start}{resource}\""));
        let expected = meant.map(|_| format!("ARN_MATCHES_NO_RESOURCE_TYPE /Statement/Resource {resource}"));
        assert_eq!(
            said(&document, Kind::Identity),
            Vec::from_iter(expected),
            "{action} {resource}"
        );
        // It is what was meant.
        if let Some(meant) = meant {
            let told = told(&document, Kind::Identity);
            assert!(told.contains(&format!("write `{start}{meant}`")), "{told}");
        }
    }
}
