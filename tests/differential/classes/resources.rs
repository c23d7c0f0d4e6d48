//! Classes of `Resource` and `NotResource`.

use super::About::Resource;
use super::Class;
use super::Page::{LeavesOpen, Settles};
use crate::page::text::Filled;

pub const CLASSES: &[Class] = &[
    Class {
        name: "special characters in a resource",
        rule: "`${*}`, `${?}` and `${$}` are the characters themselves",
        page: Settles("reference_policies_variables.html#policy-vars-specialchars"),
        about: Resource(|resource| {
            let is_special = |name| resource.written.contains(name);
            resource.has_variables && ["${*}", "${?}", "${$}"].into_iter().any(is_special)
        }),
    },
    Class {
        name: "a resource of version 2008-10-17",
        rule: "what looks like a variable is text like any other",
        page: Settles("reference_policies_elements_version.html"),
        about: Resource(|resource| !resource.has_variables && resource.written.contains("${")),
    },
    Class {
        name: "a variable before the fifth colon",
        rule: "there may be none, so it cannot be read: an `Allow` does not apply to it, and a `Deny` applies whatever it may be",
        page: Settles("reference_policies_variables.html#policy-vars-resourceelement"),
        about: Resource(|resource| resource.has_variables && resource.has_variable_too_early()),
    },
    Class {
        name: "a variable of several values in a resource",
        rule: "it cannot be one; what AWS does if it is, no page says",
        page: LeavesOpen("reference_policies_variables.html#policy-vars-using-variables"),
        about: Resource(|resource| matches!(resource.filled(), Filled::Several)),
    },
    Class {
        name: "a `Resource` with a variable without a value",
        rule: "matches no resource",
        page: Settles("reference_policies_variables.html#policy-vars-no-value"),
        about: Resource(|resource| matches!(resource.filled(), Filled::Null) && !resource.negated),
    },
    Class {
        name: "a `NotResource` with a variable without a value",
        rule: "matches no resource, so that a `Deny` spares none; an `Allow` of all others \"might be invalid\" and does not apply",
        page: LeavesOpen("reference_policies_variables.html#policy-vars-no-value"),
        about: Resource(|resource| matches!(resource.filled(), Filled::Null) && resource.negated),
    },
    Class {
        name: "wildcards in the value of a variable of a resource",
        rule: "are text, as in the value of `${*}`",
        page: Settles("reference_policies_variables.html#policy-vars-specialchars"),
        about: Resource(|resource| resource.filled().has_filled_wildcard()),
    },
    Class {
        name: "a star over a colon",
        rule: "a star is of one field; that one before the last reaches further no page says for `Resource`",
        page: LeavesOpen("reference_policies_elements_resource.html#reference_policies_elements_resource_wildcards"),
        about: Resource(|resource| resource.written != "*" && resource.reaches_over_colon()),
    },
    Class {
        name: "`?` and a character of several bytes in a resource",
        rule: "`?` is \"any single character\", and whether that is a character or a byte no page says",
        page: LeavesOpen("reference_policies_elements_resource.html#reference_policies_elements_resource_wildcards"),
        about: Resource(|resource| !resource.asked.is_ascii() && resource.written.contains('?')),
    },
    Class {
        name: "the service of an ARN in capitals",
        rule: "is another service: ARNs are compared as they are written",
        page: Settles("reference_policies_elements_resource.html"),
        about: Resource(|resource| {
            service(resource.written).chars().any(char::is_uppercase)
                || service(resource.asked).chars().any(char::is_uppercase)
        }),
    },
    Class {
        name: "a star in the type of a resource",
        rule: "matches within its field, as AWS's own policies rely on: `security-group*/*` of ROSAControlPlaneOperatorPolicy",
        page: Settles(
            "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/ROSAControlPlaneOperatorPolicy.html",
        ),
        about: Resource(|resource| {
            let last = resource.written.splitn(6, ':').nth(5).unwrap_or_default();
            last.split_once(['/', ':']).is_some_and(|(kind, _)| kind.contains('*'))
        }),
    },
];

fn service(arn: &str) -> &str {
    arn.split(':').nth(2).unwrap_or_default()
}
