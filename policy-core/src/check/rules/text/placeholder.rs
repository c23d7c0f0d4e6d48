//! Placeholders left unfilled.
//!
//! Access Analyzer has no such check. The verdict leaves out other findings at the same characters.

mod meant;
mod reference;
#[cfg(test)]
mod tests;

use crate::check::facts::{Facts, Placeholder, Style, is_left_blank, is_redacted, may_have_placeholders, placeholders};
use crate::check::rules::{Rule, Run};
use crate::collected::CollectVec;
use crate::document::{Place, Text};
use crate::finding::{Code, Excerpt, Finding};
use crate::kebab::kebab;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::UnfilledPlaceholder],
    run: Run::Policy(check),
};

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    facts.each_text(&mut |met| {
        if !may_have_placeholders(met.text) {
            return;
        }
        // A `Sid` is judged by its characters, which no placeholder passes.
        let is_sid = met
            .member
            .is_some_and(|member| matches!(member.written(), "Sid" | "Id"));
        if !is_sid {
            let here = placeholders(met.text).collect_vec();
            match reference::of_format(met.place, met.text, &here) {
                Some(one) => found.push(one),
                None => found.extend(here.iter().map(|placeholder| finding(met.place, met.text, placeholder))),
            }
        }
    });
    for (place, text, range) in meant::words(facts) {
        let style = Style::Word;
        found.push(finding(place, text, &Placeholder { range, style }));
    }
    found
}

fn finding(place: Place, text: &Text<'_>, found: &Placeholder) -> Finding {
    let part = text.filled().get(found.range.clone()).unwrap_or_default();
    let what = match found.style {
        Style::Half => format!("`{part}` in `{}` is half of a placeholder", Excerpt(text.written())),
        Style::Escape => format!("`{part}` is how a template writes `${{`, and this is not a template"),
        Style::Tag => format!("the tag `{part}` of a template, as Jinja has them, was not run"),
        Style::Ellipsis => "`...` is a placeholder for omitted text".to_owned(),
        Style::Variable => format!("`{part}` lacks the `$` of a policy variable"),
        _ => format!("the placeholder `{part}` was not filled in"),
    };
    let finding = Finding::new(Code::UnfilledPlaceholder, place, what)
        .part(text, found.range.clone())
        .note("AWS reads it as literal text: it rejects the policy, or accepts it, but nothing matches");
    match found.style {
        Style::Half => finding.with_help("remove this half, or write both halves: in `policy!` a hole is `<name>`"),
        Style::Escape => finding.with_help("write `${`"),
        Style::Tag => finding.with_help("run the template, and check what it becomes"),
        Style::Variable => finding.with_help(format!("write `${part}`")),
        Style::Ellipsis => finding.with_help("write the omitted text, or remove the dots"),
        _ => finding.with_help(fill(part, found.range.len() == text.filled().len())),
    }
}

/// What to do about a placeholder, which may be the whole text: the hole that it becomes in `policy!`, and what to put there in a file.
fn fill(part: &str, is_whole: bool) -> String {
    let name = part.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let name = name.strip_prefix("AWS::").unwrap_or(name);
    let name = name.rsplit('.').next().unwrap_or(name);
    let field = kebab(name).replace('-', "_");
    let field = field.as_str();
    let field = field.strip_prefix("your_").unwrap_or(field);
    let kind = match field {
        "partition" => {
            return "write the partition, such as `aws`; in `policy!` write `<partition>`, which follows from the \
                    Region"
                .to_owned();
        }
        field if field.ends_with("arn") || field.ends_with("arns") => "its type",
        field if field.contains("region") => "Region",
        field if field.contains("account") || field.contains("acct") => "AccountId",
        // A text that is all of it is not part of an ARN.
        _ if is_whole => "its type",
        field if field.contains("bucket") => "BucketName",
        field if field.contains("secret") => "SecretId",
        field if field.contains("key") => "KmsKeyId",
        field if field.contains("role") => "RoleName",
        _ => "its type",
    };
    let hole = field.replace('_', "-");
    if field.is_empty()
        || [name, field]
            .iter()
            .any(|name| name.starts_with(|c: char| c.is_ascii_digit()))
        || field.bytes().all(|byte| byte == b'x')
        || is_left_blank(part)
        || is_redacted(part)
    {
        return "replace it with the value; in `policy!` write a hole, `<name>`, and declare it".to_owned();
    }
    if kind == "its type" {
        format!("replace it with the value; in `policy!` write `<{hole}>` and declare the field `{field}`")
    } else {
        format!("replace it with the value; in `policy!` write `<{hole}>` and declare `{field}: {kind}`")
    }
}
