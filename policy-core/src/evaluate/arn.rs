//! ARNs as patterns, in resources and in conditions.

use super::context::{Context, Key};
use super::pattern::{Lack, Match, Pattern, Syntax};
use crate::arn::{FIELDS, completion, fields};

/// A pattern of ARNs. Each field is matched separately.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN>
#[derive(Clone, Debug)]
pub(super) enum ArnPattern {
    /// The text does not have all the fields of an ARN, or is not one: `*`, `arn:aws:s3*`.
    Short(Pattern),
    /// Only the last field has wildcards or variables, so the whole text is matched at once.
    Whole(Pattern),
    /// Each field, and the whole text, for a `*` in one field that matches past its colon.
    Fields(Box<Fields>, Pattern),
}

/// The fields of a pattern.
#[derive(Clone, Debug)]
pub(super) struct Fields {
    patterns: [Pattern; FIELDS],
    /// The text before AWS completes it, if it does, for a `*` that matches past a colon.
    short: Option<Pattern>,
    written: Box<str>,
}

impl ArnPattern {
    /// A value that an operator compares with.
    pub(super) fn new(text: &str, syntax: Syntax) -> Self {
        let mut fields = fields(text, syntax.variables);
        let pattern = |text: Option<&str>| Pattern::new(text.unwrap_or_default(), syntax);
        let all = [
            fields.next(),
            fields.next(),
            fields.next(),
            fields.next(),
            fields.next(),
            fields.next(),
        ];
        let is_arn = all.iter().all(Option::is_some) && text.starts_with("arn:");
        let is_plain = |text: Option<&str>| text.is_none_or(|text| !text.contains(['*', '?', '$']));
        let [first @ .., _] = &all;
        if !is_arn {
            return Self::Short(Pattern::new(text, syntax));
        }
        if first.iter().copied().all(is_plain) {
            return Self::Whole(Pattern::new(text, syntax));
        }
        let fields = Fields {
            patterns: all.map(pattern),
            short: None,
            written: text.into(),
        };
        Self::Fields(Box::new(fields), Pattern::new(text, syntax))
    }

    /// A resource: `*`, or an ARN of which only the last field may have variables, with all its fields or, if `is_completed`,
    /// [completed](completion) by AWS. The error is why AWS documents no meaning for any other, and what to write.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-resourceelement>
    pub(super) fn of_resource(text: &str, syntax: Syntax, is_completed: bool) -> Result<Self, String> {
        let Some(more) = completion(text, syntax.variables).filter(|_| is_completed) else {
            return unreadable(text, syntax.variables).map_or_else(|| Ok(Self::new(text, syntax)), Err);
        };
        let mut completed = Self::new(&format!("{text}{more}"), syntax);
        if let Self::Fields(fields, _) = &mut completed {
            fields.short = Some(Pattern::new(text, syntax));
            fields.written = text.into();
        }
        Ok(completed)
    }

    /// Whether the pattern may match the ARN: the guide says that a `*` at the end of a field can match past the colon,
    /// and gives no details.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>
    pub(super) fn may_match<'p>(&'p self, arn: &str, context: &'p Context) -> Match<'p> {
        match (self.matches(arn, context), self) {
            (found @ (Match::No | Match::Lacks(_)), Self::Fields(fields, whole)) => {
                let past_a_colon = match (whole.matches(arn, context), &fields.short) {
                    (Match::No, Some(short)) => short.matches(arn, context),
                    (found, _) => found,
                };
                if past_a_colon == Match::No { found } else { past_a_colon }
            }
            (found, _) => found,
        }
    }

    /// The same for an operator, which checks each of six fields: AWS does not document which ARNs a pattern with fewer
    /// fields matches.
    pub(super) fn compares<'p>(&'p self, arn: &str, context: &'p Context) -> Match<'p> {
        match (self.matches(arn, context), self) {
            (Match::Yes | Match::No, Self::Short(_)) => Match::Doubt,
            (found, _) => found,
        }
    }

    /// What to write, if it matches an ARN only where a wildcard matches past a colon.
    pub(super) fn doubt(&self, arn: &str, context: &Context) -> Option<String> {
        let Self::Fields(fields, _) = self else { return None };
        let is_past_a_colon = self.matches(arn, context) == Match::No && self.may_match(arn, context) == Match::Yes;
        is_past_a_colon.then(|| past_a_colon(&fields.written, arn, context))
    }

    /// Whether it may match the ARN of a role with a path.
    pub(super) fn may_match_path(&self, role: &str, context: &Context) -> bool {
        let is_match = |pattern: &Pattern, text: &str| pattern.matches(text, context) != Match::No;
        match self {
            Self::Short(whole) | Self::Whole(whole) => whole.may_match_path(role, context, false),
            Self::Fields(own, _) => {
                let mut texts = fields(role, false);
                let [first @ .., last] = &own.patterns;
                first
                    .iter()
                    .all(|pattern| texts.next().is_some_and(|text| is_match(pattern, text)))
                    && texts
                        .next()
                        .is_some_and(|name| last.may_match_path(name, context, false))
            }
        }
    }

    /// Its Region and its account as they are written, if it has them.
    pub(super) fn place(&self) -> [Option<&str>; 2] {
        let written = match self {
            Self::Short(_) => None,
            Self::Whole(whole) => Some(whole.beginning()),
            Self::Fields(fields, _) => Some(&*fields.written),
        };
        // Only the last field of a resource has variables.
        let mut fields = written.into_iter().flat_map(|text| fields(text, false)).skip(3);
        [fields.next(), fields.next()]
    }

    /// The key of a variable that has no value.
    pub(super) fn lacks<'p>(&'p self, context: &Context) -> Option<&'p Key> {
        let (Self::Short(whole) | Self::Whole(whole) | Self::Fields(_, whole)) = self;
        whole.lacks(context)
    }

    /// Whether the key of a variable has several values.
    pub(super) fn has_several_values(&self, context: &Context) -> bool {
        let (Self::Short(whole) | Self::Whole(whole) | Self::Fields(_, whole)) = self;
        matches!(whole.lacking(context), Some(Lack::Several))
    }

    /// The keys of its variables that are not present.
    pub(super) fn absent_keys<'p>(&'p self, context: &'p Context) -> impl Iterator<Item = &'p str> {
        let (Self::Short(whole) | Self::Whole(whole) | Self::Fields(_, whole)) = self;
        whole.absent_keys(context)
    }

    /// Whether the pattern matches the ARN.
    pub(super) fn matches<'p>(&'p self, arn: &str, context: &'p Context) -> Match<'p> {
        let (fields, whole) = match self {
            Self::Short(pattern) | Self::Whole(pattern) => return pattern.matches(arn, context),
            Self::Fields(fields, whole) => (&fields.patterns, whole),
        };
        match whole.lacking(context) {
            None => Self::by_fields(fields, arn, context),
            // Where it is the value of the variable, each field counts.
            Some(Lack::Empty(variable)) => match Self::by_fields(fields, arn, context) {
                Match::No => variable.lacks().map_or(Match::No, Match::Lacks),
                found => found,
            },
            Some(lack) => whole.with(lack, arn, context),
        }
    }

    fn by_fields<'p>(fields: &'p [Pattern; FIELDS], arn: &str, context: &'p Context) -> Match<'p> {
        let mut texts = crate::arn::fields(arn, false);
        let mut all = Match::Yes;
        for pattern in fields {
            match texts.next().map(|text| pattern.matches(text, context)) {
                Some(Match::Yes) => {}
                Some(Match::Doubt) => all = Match::Doubt,
                _ => return Match::No,
            }
        }
        all
    }
}

/// Why AWS documents no meaning for a resource, and what to write; `None` for `*`, and for an ARN with all its fields, of which
/// only the last may have variables.
fn unreadable(text: &str, has_variables: bool) -> Option<String> {
    let is_any = |byte| byte == b'*';
    let mut early = fields(text, has_variables).take(FIELDS - 1);
    let write = if text == "*" {
        return None;
    } else if !text.is_empty() && text.bytes().all(is_any) {
        "write `*`"
    } else if has_variables && early.any(|field| field.contains("${")) {
        "write variables only after the fifth colon"
    } else if fields(text, has_variables).count() < FIELDS {
        "write all six fields of an ARN, with the colons of empty fields"
    } else {
        return None;
    };
    Some(format!("AWS does not document what `{text}` matches; {write}"))
}

/// That a pattern matches an ARN only if a wildcard matches past a colon, and the pattern in which none has to.
fn past_a_colon(written: &str, arn: &str, context: &Context) -> String {
    let wildcards = written.match_indices('*').map(|(at, _)| at + 1);
    let more = |at: usize| (1..FIELDS).map(move |count| (at, count));
    let split = wildcards.flat_map(more).find_map(|(at, count)| {
        let text = format!("{}{}{}", written.get(..at)?, ":*".repeat(count), written.get(at..)?);
        let syntax = Syntax {
            wildcards: true,
            variables: true,
        };
        let pattern = ArnPattern::of_resource(&text, syntax, false).ok()?;
        (pattern.matches(arn, context) == Match::Yes).then_some(text)
    });
    let write = split.map_or_else(|| "a `*` for each field".to_owned(), |text| format!("`{text}`"));
    format!(
        "`{written}` matches the resource only if a wildcard matches past a colon, which AWS does not define; write {write}"
    )
}

/// Whether a text has all the fields of an ARN.
pub(super) fn is_arn(text: &str) -> bool {
    text.starts_with("arn:") && fields(text, false).count() == FIELDS
}

/// Whether an ARN is that of a service-linked role. Only the path at the start of the last field shows it: further on,
/// the same text can be in an object key, or in the path of any role.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html>
pub(super) fn is_service_linked_role(arn: &str) -> bool {
    let mut fields = fields(arn, false);
    let mut next = || fields.next().unwrap_or_default();
    let ("arn", _, "iam", "", _, role) = (next(), next(), next(), next(), next(), next()) else {
        return false;
    };
    let service_and_name = role
        .strip_prefix("role/aws-service-role/")
        .and_then(|rest| rest.split_once('/'));
    service_and_name.is_some_and(|(service, name)| !service.is_empty() && !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::ArnPattern;
    use crate::evaluate::context::Context;
    use crate::evaluate::pattern::{Match, Syntax};

    #[test]
    fn fields_are_matched_each_by_itself() {
        let syntax = Syntax {
            wildcards: true,
            variables: true,
        };
        let context = Context::new().with("aws:username", "alice");
        for (pattern, arn, expected) in [
            ("*", "arn:aws:s3:::b", true),
            ("arn:aws:s3:::b/*", "arn:aws:s3:::b/a/b:c", true),
            ("arn:aws:s3:::b/*", "arn:aws:s3:::b", false),
            (
                "arn:aws:sqs:*:111122223333:q",
                "arn:aws:sqs:eu-west-1:111122223333:q",
                true,
            ),
            (
                "arn:aws:sqs:*:111122223333:q",
                "arn:aws:sqs:eu-west-1:444455556666:111122223333:q",
                false,
            ),
            ("arn:*:s3:::${aws:username}/*", "arn:aws-cn:s3:::alice/x", true),
            (
                "arn:aws:logs:*:*:*",
                "arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/x:log-stream:y",
                true,
            ),
            (
                "arn:aws:lambda:us-*:111122223333:function:f",
                "arn:aws:lambda:us-east-1:111122223333:function:f",
                true,
            ),
            (
                "arn:aws:lambda:us-*:111122223333:function:f",
                "arn:aws:lambda:eu-west-1:111122223333:function:f",
                false,
            ),
            ("arn:*", "arn:aws:s3:::b", true),
            ("arn:*:*:*:*:*", "no-arn", false),
        ] {
            let compiled = ArnPattern::new(pattern, syntax);
            assert_eq!(
                compiled.matches(arn, &context) == Match::Yes,
                expected,
                "{pattern} {arn}"
            );
        }
    }
}
