//! Classes of conditions.

use super::About::Condition;
use super::Class;
use super::Page::{LeavesOpen, Settles};
use crate::page::condition::Condition as Asked;
use crate::page::condition::Qualifier;
use crate::page::text::{Filled, fields};
use crate::page::value;

pub const CLASSES: &[Class] = &[
    Class {
        name: "special characters in a value",
        rule: "`${*}`, `${?}` and `${$}` are the characters themselves",
        page: Settles("reference_policies_variables.html#policy-vars-specialchars"),
        about: Condition(|asked| {
            asked.has_variables
                && is_of_text(asked)
                && wants(asked, |text| {
                    ["${*}", "${?}", "${$}"].into_iter().any(|name| text.contains(name))
                })
        }),
    },
    Class {
        name: "a value of version 2008-10-17",
        rule: "what looks like a variable is text like any other",
        page: Settles("reference_policies_elements_version.html"),
        about: Condition(|asked| !asked.has_variables && is_of_text(asked) && wants(asked, |text| text.contains("${"))),
    },
    Class {
        name: "a variable of several values in a condition",
        rule: "it cannot be one; what AWS does if it is, no page says",
        page: LeavesOpen("reference_policies_variables.html#policy-vars-using-variables"),
        about: Condition(|asked| asked.texts().any(|text| matches!(text, Filled::Several))),
    },
    Class {
        name: "a negated operator and a variable without a value",
        rule: "is met: inverted operators \"do match against a null value\"",
        page: Settles("reference_policies_variables.html#policy-vars-no-value"),
        about: Condition(|asked| asked.is_negated() && asked.texts().any(|text| matches!(text, Filled::Null))),
    },
    Class {
        name: "an operator and a variable without a value",
        rule: "nothing is equal to it or like it",
        page: Settles("reference_policies_variables.html#policy-vars-no-value"),
        about: Condition(|asked| !asked.is_negated() && asked.texts().any(|text| matches!(text, Filled::Null))),
    },
    Class {
        name: "wildcards in the value of a variable",
        rule: "are text, as in the value of `${*}`",
        page: Settles("reference_policies_variables.html#policy-vars-specialchars"),
        about: Condition(|asked| {
            (asked.is_of("Arn") || asked.operator.ends_with("Like"))
                && asked.texts().any(|text| text.has_filled_wildcard())
        }),
    },
    Class {
        name: "a variable in a condition",
        rule: "is replaced by its value, wildcards in which are text",
        page: Settles("reference_policies_variables.html#policy-vars-conditionelement"),
        about: Condition(|asked| asked.has_variables && is_of_text(asked) && wants(asked, |text| text.contains("${"))),
    },
    Class {
        name: "`Null` of both `true` and `false`",
        rule: "is met, as the values of one key are joined by or",
        page: Settles("reference_policies_condition-logic-multiple-context-keys-or-values.html"),
        about: Condition(|asked| {
            asked.is_of("Null") && wants(asked, |text| text == "true") && wants(asked, |text| text == "false")
        }),
    },
    Class {
        name: "`Null` of `true` and an empty text",
        rule: "the key is there, and its value is null: neither \"does not exist\" nor \"is not null\"",
        page: LeavesOpen("reference_policies_elements_condition_operators.html#Conditions_Null"),
        about: Condition(|asked| asked.is_of("Null") && is_null(asked)),
    },
    Class {
        name: "`Null` of `false` and an empty text",
        rule: "is not met: \"the key exists and its value is not null\", and an empty text is null",
        page: Settles("reference_policies_elements_condition_operators.html#Conditions_Null"),
        about: Condition(|asked| asked.is_of("Null") && is_null(asked)),
    },
    Class {
        name: "a set that is null",
        rule: "`ForAllValues` is true of it, `ForAnyValue` is false",
        page: Settles("reference_policies_condition-single-vs-multi-valued-context-keys.html"),
        about: Condition(|asked| asked.qualifier.is_some() && is_null(asked)),
    },
    Class {
        name: "`ForAnyValue:...IfExists` without the key",
        rule: "is met: \"if the key is not present, evaluate the condition element as true\"",
        page: Settles("reference_policies_elements_condition_operators.html#Conditions_IfExists"),
        about: Condition(|asked| asked.qualifier == Some(Qualifier::Any) && asked.if_exists && asked.sent.is_none()),
    },
    Class {
        name: "a number with an exponent",
        rule: "numbers are integers and decimal values; what an exponent is no page says",
        page: LeavesOpen("reference_policies_elements_condition_operators.html#Conditions_Numeric"),
        about: Condition(|asked| {
            asked.is_of("Numeric")
                && any_value(asked, |text| {
                    text.starts_with(|first: char| first.is_ascii_digit()) && text.contains(['e', 'E'])
                })
        }),
    },
    Class {
        name: "an IPv4 address in the form of IPv6",
        rule: "whether it is in ranges of IPv4, and one of IPv4 in ranges of IPv6 that have this form, no page says",
        page: LeavesOpen("reference_policies_elements_condition_operators.html#Conditions_IPAddress"),
        about: Condition(|asked| {
            let is_mapped =
                |text: &str| text.starts_with("::ffff:") || wants(asked, |range| value::is_mapped_within(range, text));
            asked.is_of("Ip") && sends(asked, is_mapped)
        }),
    },
    Class {
        name: "an empty text where a missing key is met",
        rule: "whether `IfExists` and negated operators treat an empty text as a missing key no page says",
        page: LeavesOpen("reference_policies_elements_condition_operators.html#Conditions_IfExists"),
        about: Condition(|asked| {
            (asked.if_exists || asked.is_negated()) && asked.qualifier.is_none() && sends(asked, str::is_empty)
        }),
    },
    Class {
        name: "an ARN pattern without six fields",
        rule: "each of the six fields is checked; what is checked of a text that has not all no page says",
        page: LeavesOpen("reference_policies_elements_condition_operators.html#Conditions_ARN"),
        about: Condition(|asked| asked.is_of("Arn") && has_short_arn(asked)),
    },
    Class {
        name: "what the operator cannot read",
        rule: "a request's value, or a policy's, is not of the operator's type; AWS denies \"if there is an error\", and of a `Deny` says nothing",
        page: LeavesOpen("reference_policies_evaluation-logic.html"),
        about: Condition(|asked| {
            let is_no_arn = |text: &str| asked.is_of("Arn") && text.splitn(6, ':').count() < 6;
            wants(asked, |text| asked.cannot_read(text))
                || sends(asked, |text| asked.cannot_read(text) || is_no_arn(text))
        }),
    },
    Class {
        name: "`?` and a character of several bytes in a value",
        rule: "`?` is a \"single-character match wildcard\", and whether that is a character or a byte no page says",
        page: LeavesOpen("reference_policies_elements_condition_operators.html#Conditions_String"),
        about: Condition(|asked| {
            asked.operator.ends_with("Like")
                && wants(asked, |text| text.contains('?'))
                && sends(asked, |text| !text.is_ascii())
        }),
    },
    Class {
        name: "a key with an empty list, and no qualifier",
        rule: "keys with several values need a qualifier; what AWS does without no page says",
        page: LeavesOpen("reference_policies_condition-single-vs-multi-valued-context-keys.html"),
        about: Condition(|asked| asked.qualifier.is_none() && asked.sent.as_ref().is_some_and(Vec::is_empty)),
    },
    Class {
        name: "a key with several values, and no qualifier",
        rule: "keys with several values need a qualifier; what AWS does without no page says",
        page: LeavesOpen("reference_policies_condition-single-vs-multi-valued-context-keys.html"),
        about: Condition(|asked| asked.qualifier.is_none() && asked.sent.as_ref().is_some_and(|sent| sent.len() > 1)),
    },
    Class {
        name: "a key that can have several values and has one, and no qualifier",
        rule: "the one value is compared: what is single \"depends on the number of values in the request context\"",
        page: Settles("reference_policies_condition-single-vs-multi-valued-context-keys.html"),
        about: Condition(|asked| {
            let has_one = asked.sent.as_ref().is_some_and(|sent| sent.len() == 1);
            asked.qualifier.is_none() && asked.takes_several() && !asked.is_negated() && has_one
        }),
    },
    Class {
        name: "wildcards in a request's value",
        rule: "are text: only \"the values\" of the policy can include wildcards",
        page: Settles("reference_policies_elements_condition_operators.html#Conditions_String"),
        about: Condition(|asked| asked.operator.ends_with("Like") && sends(asked, |text| text.contains(['*', '?']))),
    },
    Class {
        name: "dates in two forms",
        rule: "seconds since 1970 and ISO 8601 are ways to write the same instant",
        page: Settles("reference_policies_elements_condition_operators.html#Conditions_Date"),
        about: Condition(|asked| {
            asked.is_of("Date") && any_value(asked, value::is_epoch) && any_value(asked, |text| text.contains('-'))
        }),
    },
    Class {
        name: "a date without a time",
        rule: "is one of the forms of the W3C, and means the begin of that day",
        page: Settles("reference_policies_elements_condition_operators.html#Conditions_Date"),
        about: Condition(|asked| {
            asked.is_of("Date") && any_value(asked, |text| text.contains('-') && !text.contains('T'))
        }),
    },
    Class {
        name: "every address",
        rule: "a range of length 0 has all the addresses of its family, as its CIDR form says",
        page: Settles("reference_policies_elements_condition_operators.html#Conditions_IPAddress"),
        about: Condition(|asked| asked.is_of("Ip") && wants(asked, |text| text.ends_with("/0"))),
    },
    Class {
        name: "an address of the other family",
        rule: "is outside of a range: `NotIpAddress` is \"all IP addresses except\" that",
        page: Settles("reference_policies_elements_condition_operators.html#Conditions_IPAddress"),
        about: Condition(|asked| {
            asked.is_of("Ip")
                && any_value(asked, |text| text.contains(':'))
                && any_value(asked, |text| !text.contains(':'))
        }),
    },
    Class {
        name: "`ForAnyValue` of a negated operator",
        rule: "is met if one value of the request is not among the policy's, whose values are joined by nor",
        page: Settles("reference_policies_condition-logic-multiple-context-keys-or-values.html"),
        about: Condition(|asked| asked.qualifier == Some(Qualifier::Any) && asked.is_negated()),
    },
    Class {
        name: "a qualifier of an operator that is not of text",
        rule: "asks every value of the request, as of texts",
        page: Settles("reference_policies_condition-single-vs-multi-valued-context-keys.html"),
        about: Condition(|asked| asked.qualifier.is_some() && !asked.is_of("String")),
    },
    Class {
        name: "a qualifier of a key with one value",
        rule: "asks the one value",
        page: Settles("reference_policies_condition-single-vs-multi-valued-context-keys.html"),
        about: Condition(|asked| asked.qualifier.is_some() && !asked.key.eq_ignore_ascii_case("aws:TagKeys")),
    },
    Class {
        name: "a key that can have several values, a negated operator, and no qualifier",
        rule: "such keys need a qualifier; whether one value that is another is enough without it no page says",
        page: LeavesOpen("reference_policies_condition-single-vs-multi-valued-context-keys.html"),
        about: Condition(|asked| {
            asked.qualifier.is_none() && asked.takes_several() && asked.is_negated() && asked.sent.is_some()
        }),
    },
    Class {
        name: "bytes",
        rule: "are compared byte for byte in base64, in which case matters",
        page: Settles("reference_policies_elements_condition_operators.html#Conditions_BinaryEquals"),
        about: Condition(|asked| asked.is_of("Binary")),
    },
    Class {
        name: "letters with and without case",
        rule: "`IgnoreCase` ignores the case of letters; whether of those beyond ASCII no page says",
        page: LeavesOpen("reference_policies_elements_condition_operators.html#Conditions_String"),
        about: Condition(|asked| asked.operator.ends_with("IgnoreCase") && any_value(asked, |text| !text.is_ascii())),
    },
    Class {
        name: "fields of an ARN",
        rule: "are matched each by itself, with wildcards, by `ArnEquals` as by `ArnLike`",
        page: Settles("reference_policies_elements_condition_operators.html#Conditions_ARN"),
        about: Condition(|asked| asked.is_of("Arn")),
    },
];

fn is_of_text(asked: &Asked<'_>) -> bool {
    asked.is_of("String") || asked.is_of("Arn")
}

fn is_null(asked: &Asked<'_>) -> bool {
    asked
        .sent
        .as_ref()
        .is_some_and(|sent| sent.iter().all(String::is_empty))
}

fn wants(asked: &Asked<'_>, wanted: impl Fn(&str) -> bool) -> bool {
    asked.wanted.iter().any(|text| wanted(text))
}

fn sends(asked: &Asked<'_>, wanted: impl Fn(&str) -> bool) -> bool {
    asked.sent.iter().flatten().any(|text| wanted(text))
}

/// A value of the policy's or of the request's.
fn any_value(asked: &Asked<'_>, wanted: impl Fn(&str) -> bool) -> bool {
    wants(asked, &wanted) || sends(asked, wanted)
}

fn has_short_arn(asked: &Asked<'_>) -> bool {
    asked.texts().any(|text| match text {
        Filled::Units(units) => fields(&units).is_none(),
        Filled::Null | Filled::Several => false,
    })
}
