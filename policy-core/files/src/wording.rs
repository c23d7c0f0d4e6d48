//! What to write, in the language of the file.

mod fragment;

use std::borrow::Cow;

use policy_core::finding::{Code, Finding};

/// How a policy is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Style {
    /// JSON, in a file or in a text.
    #[default]
    Json,
    /// JSON in a text of a configuration of Terraform, in which `${` begins an interpolation.
    JsonInTerraform,
    /// JSON of a template of `CloudFormation`, with its functions.
    JsonTemplate,
    /// Members of YAML, with the functions of `CloudFormation`.
    Yaml,
    /// An object of HCL.
    Object,
    /// The arguments of the data source `aws_iam_policy_document`.
    Arguments,
    /// The same arguments in a configuration in JSON.
    JsonArguments,
}

impl Style {
    /// Whether what is written is JSON.
    pub(crate) const fn is_json(self) -> bool {
        matches!(
            self,
            Self::Json | Self::JsonInTerraform | Self::JsonTemplate | Self::JsonArguments
        )
    }

    /// Whether it is written in Terraform's language, or in the JSON of it.
    const fn is_of_terraform(self) -> bool {
        matches!(
            self,
            Self::JsonInTerraform | Self::Object | Self::Arguments | Self::JsonArguments
        )
    }
}

/// Where a text is written that a help is about.
#[derive(Clone, Copy)]
pub(crate) struct Context<'c> {
    pub(crate) style: Style,
    /// Whether `${` has to be escaped there to be the text that AWS gets, as it is in the text that the finding is about.
    pub(crate) is_substituted: bool,
    /// Whether the functions of `CloudFormation` are known there.
    pub(crate) is_template: bool,
    /// The whole text, if it is written without escapes.
    pub(crate) text: Option<&'c str>,
    /// Whether the policy has a reference of this name.
    pub(crate) is_reference: &'c dyn Fn(&str) -> bool,
    /// Whether it is the name of a member.
    pub(crate) is_name: &'c dyn Fn() -> bool,
}

impl Context<'_> {
    /// That of which nothing else is known.
    fn of(style: Style) -> Self {
        Self {
            style,
            is_substituted: false,
            is_template: false,
            text: None,
            is_reference: &|_| false,
            is_name: &|| false,
        }
    }
}

/// A help of a finding, in the language of the file. What the checker says of `policy!` is of no use there.
pub(crate) fn help_of(finding: &Finding, help: &str, context: &Context<'_>) -> String {
    let own = match finding.code() {
        Code::HardCodedPartition if help.contains("<partition>") => partition(context),
        Code::UnfilledPlaceholder => placeholder(finding.subject(), help, context),
        Code::KeyAliasAsResource if help.starts_with("write the key's ARN") => key_of_alias(context),
        _ => None,
    };
    own.unwrap_or_else(|| in_context(help, context))
}

/// Whether a help asks what the policy is attached to.
pub(crate) fn asks_for_place(finding: &Finding, help: &str) -> bool {
    finding.code() == Code::PublicAccess && help.contains("state that the policy is attached to")
}

/// A help of a finding about a policy that is JSON by itself.
pub(crate) fn help_in_json(finding: &Finding, help: &str) -> String {
    help_of(finding, help, &Context::of(Style::Json))
}

/// What a finding says is wrong, with the members of a policy in it in the language of the file. What else is in it may be a text that
/// AWS has.
pub(crate) fn what<'n>(what: &'n str, context: &Context<'_>) -> Cow<'n, str> {
    if context.style.is_json() && context.style != Style::JsonArguments || !what.contains("`\"") {
        return Cow::Borrowed(what);
    }
    let parts = what.split('`').enumerate().map(|(index, part)| match index % 2 {
        1 => fragment::written(part, context).map_or(Cow::Borrowed(part), Cow::Owned),
        _ => Cow::Borrowed(part),
    });
    Cow::Owned(parts.collect::<Vec<_>>().join("`"))
}

/// What gives the partition.
fn partition(context: &Context<'_>) -> Option<String> {
    Some(match context.style {
        Style::Yaml => "write `arn:${AWS::Partition}:`, in `!Sub`".to_owned(),
        Style::JsonTemplate => "write `arn:${AWS::Partition}:`, in `Fn::Sub`".to_owned(),
        Style::JsonArguments => "write `arn:${data.aws_partition.current.partition}:`; \
             `\"data\": { \"aws_partition\": { \"current\": {} } }` declares it"
            .to_owned(),
        style if style.is_of_terraform() => {
            "write `arn:${data.aws_partition.current.partition}:`; `data \"aws_partition\" \"current\" {}` declares it"
                .to_owned()
        }
        _ => return None,
    })
}

/// What gives the ARN of the key of an alias of Terraform.
fn key_of_alias(context: &Context<'_>) -> Option<String> {
    let alias = context.text?.strip_prefix("${")?.strip_suffix(".arn}")?;
    let is_alias = alias.trim_start_matches("data.").starts_with("aws_kms_alias.");
    (is_alias && context.style.is_of_terraform())
        .then(|| in_context(&format!("write the key's ARN, `${{{alias}.target_key_arn}}`"), context))
}

/// What to do about a placeholder. That with a dollar is one of the file's own language, if that reads it.
fn placeholder(placeholder: &str, help: &str, context: &Context<'_>) -> Option<String> {
    let is_reference = placeholder.starts_with("${");
    let template = |name: &str| {
        // A policy is also taken as a text.
        if (context.is_name)() {
            return Some(format!(
                "CloudFormation replaces nothing in the name of a member: write the whole policy in `{name}`, as a text of JSON"
            ));
        }
        let text = context.text.filter(|text| !text.contains(['"', '\\']));
        Some(match (text.map(substituted), name) {
            (Some(text), "!Sub") => format!("write `!Sub \"{text}\"`, which replaces it"),
            (Some(text), _) => format!("write `{{ \"Fn::Sub\": \"{text}\" }}`, which replaces it"),
            (None, name) => format!("write the text in `{name}`, which replaces it"),
        })
    };
    match context.style {
        Style::Object | Style::JsonInTerraform if help == "write `${`" => Some("write `$${`".to_owned()),
        Style::Yaml | Style::JsonTemplate if is_reference && context.is_substituted => Some(format!(
            "write `{placeholder}`, without the `!`, if it is to be replaced"
        )),
        Style::Yaml if is_reference && context.is_template => template("!Sub"),
        Style::JsonTemplate if is_reference => template("Fn::Sub"),
        style if is_reference && style.is_of_terraform() && context.is_substituted => Some(
            "write the reference with one `$`, if Terraform is to replace it, or replace it with the value".to_owned(),
        ),
        _ => {
            let (general, _) = help.split_once("in `policy!`")?;
            Some(general.trim_end_matches([' ', ';', ':', ',']).to_owned())
        }
    }
}

/// A help whose code, between backticks, is JSON, with that code in the style of the file.
pub(crate) fn help(help: &str, style: Style) -> String {
    in_context(help, &Context::of(style))
}

fn in_context(help: &str, context: &Context<'_>) -> String {
    if context.style == Style::Json && !context.is_substituted {
        return help.to_owned();
    }
    let mut written = String::with_capacity(help.len());
    let mut is_block = false;
    for (index, part) in help.split('`').enumerate() {
        if index > 0 {
            written.push('`');
        }
        if index % 2 == 1 {
            let code = code(part, context);
            is_block = code.starts_with("condition`") || code.starts_with("\"condition\": ");
            written.push_str(&code);
        } else {
            // Of several blocks each is a condition of its own.
            let rest = part.strip_prefix(" to the condition").filter(|_| is_block);
            written.push_str(rest.unwrap_or(part));
        }
    }
    written
}

fn code(json: &str, context: &Context<'_>) -> String {
    if let Some(fragment) = fragment::written(json, context) {
        return fragment;
    }
    let has_reference = || {
        let names = json.split("${").skip(1).filter_map(|part| part.split_once('}'));
        names.into_iter().any(|(name, _)| (context.is_reference)(name))
    };
    match (context.style, value(json, context.style)) {
        (_, Some(value)) => value,
        // It is written in pieces now.
        (Style::Yaml, None) if !json.contains('"') && has_reference() => format!("!Sub \"{}\"", substituted(json)),
        (Style::JsonTemplate, None) if !json.contains('"') && has_reference() => {
            format!("{{ \"Fn::Sub\": \"{}\" }}", substituted(json))
        }
        _ => with_variables(json, context).into_owned(),
    }
}

/// A text with its policy variables as they are written where `${` is something else.
fn with_variables<'t>(text: &'t str, context: &Context<'_>) -> Cow<'t, str> {
    let escaped = match context.style {
        Style::Arguments | Style::JsonArguments => "&{",
        Style::Object | Style::JsonInTerraform => "$${",
        Style::Yaml | Style::JsonTemplate if context.is_substituted => "${!",
        _ => return Cow::Borrowed(text),
    };
    let Some((first, rest)) = text.split_once("${") else {
        return Cow::Borrowed(text);
    };
    let mut written = first.to_owned();
    for part in rest.split("${") {
        let is_own = is_variable(part);
        written.push_str(if is_own { escaped } else { "${" });
        written.push_str(part);
    }
    Cow::Owned(written)
}

/// What is not replaced by the template is replaced by AWS.
fn substituted(text: &str) -> String {
    text.replace("${aws:", "${!aws:")
}

/// A value with references, `${Exports.Arn}/*`, as it is written in the file; `None` if it has none that is known to be one of the file.
pub(crate) fn value(text: &str, style: Style) -> Option<String> {
    let starts_with_one = text.starts_with("${") && !is_variable(text);
    // The format of an ARN, in a help, has other names.
    let has_pseudo_parameter = text.contains("${AWS::");
    // An index has quotes in Terraform's language, within the reference.
    let has_quotes = text
        .split("${")
        .map(|part| part.split_once('}').map_or(part, |(_, behind)| behind));
    let has_quotes = match style {
        Style::Object | Style::Arguments => has_quotes.into_iter().any(|part| part.contains('"')),
        _ => text.contains('"'),
    };
    if has_quotes {
        return None;
    }
    let only = text.strip_prefix("${").and_then(|name| name.strip_suffix('}'));
    let only = only.filter(|name| starts_with_one && !name.contains("${"));
    Some(match (style, only) {
        (Style::Yaml, Some(name)) if name.contains('.') => format!("!GetAtt {name}"),
        (Style::Yaml, Some(name)) => format!("!Ref {name}"),
        (Style::Yaml, None) if starts_with_one || has_pseudo_parameter => format!("!Sub \"{}\"", substituted(text)),
        (Style::JsonTemplate, Some(name)) => match name.split_once('.') {
            Some((resource, attribute)) => format!("{{ \"Fn::GetAtt\": [\"{resource}\", \"{attribute}\"] }}"),
            None => format!("{{ \"Ref\": \"{name}\" }}"),
        },
        (Style::JsonTemplate, None) if starts_with_one || has_pseudo_parameter => {
            format!("{{ \"Fn::Sub\": \"{}\" }}", substituted(text))
        }
        (Style::Object | Style::Arguments, Some(name)) => name.to_owned(),
        (Style::Object | Style::Arguments, None) if starts_with_one => format!("\"{text}\""),
        _ => return None,
    })
}

/// Whether a text starts with a policy variable, and not with a reference.
fn is_variable(text: &str) -> bool {
    let name = text
        .trim_start_matches("${")
        .split(['}', ','])
        .next()
        .unwrap_or_default();
    name.contains(':') && !name.starts_with("AWS::")
}

#[cfg(test)]
mod tests {
    use super::{Style, help};

    #[test]
    fn what_to_write_is_in_the_language_of_the_file() {
        for (json, yaml, object, arguments) in [
            (
                r#"write `"Version": "2012-10-17"` first"#,
                r#"write `Version: "2012-10-17"` first"#,
                r#"write `Version = "2012-10-17"` first"#,
                r#"write `version = "2012-10-17"` first"#,
            ),
            (
                r#"write `"Resource": "*"`"#,
                r#"write `Resource: "*"`"#,
                r#"write `Resource = "*"`"#,
                r#"write `resources = ["*"]`"#,
            ),
            (
                "write `${Exports.Arn}/*`",
                "write `!Sub \"${Exports.Arn}/*\"`",
                "write `\"${Exports.Arn}/*\"`",
                "write `\"${Exports.Arn}/*\"`",
            ),
            (
                "write `${Exports.Arn}`",
                "write `!GetAtt Exports.Arn`",
                "write `Exports.Arn`",
                "write `Exports.Arn`",
            ),
            (
                "`${Exports}` is the name",
                "`!Ref Exports` is the name",
                "`Exports` is the name",
                "`Exports` is the name",
            ),
            (
                "write `${aws:username}`",
                "write `${aws:username}`",
                "write `$${aws:username}`",
                "write `&{aws:username}`",
            ),
            (
                "write `s3:GetObject`",
                "write `s3:GetObject`",
                "write `s3:GetObject`",
                "write `s3:GetObject`",
            ),
        ] {
            assert_eq!(help(json, Style::Json), json);
            assert_eq!(help(json, Style::Yaml), yaml);
            assert_eq!(help(json, Style::Object), object);
            assert_eq!(help(json, Style::Arguments), arguments);
        }
    }

    #[test]
    fn what_to_write_in_a_template_of_json_has_its_functions() {
        for (help, template) in [
            ("write `\"Resource\": \"*\"`", "write `\"Resource\": \"*\"`"),
            ("write `${Queue.Arn}`", r#"write `{ "Fn::GetAtt": ["Queue", "Arn"] }`"#),
            ("`${Queue}` is the URL", r#"`{ "Ref": "Queue" }` is the URL"#),
            (
                "write `${Exports.Arn}/${aws:username}/*`",
                r#"write `{ "Fn::Sub": "${Exports.Arn}/${!aws:username}/*" }`"#,
            ),
            (
                "write `arn:${AWS::Partition}:s3:::${Name}/*`",
                r#"write `{ "Fn::Sub": "arn:${AWS::Partition}:s3:::${Name}/*" }`"#,
            ),
            (
                "write `arn:${Partition}:s3:::${BucketName}`",
                "write `arn:${Partition}:s3:::${BucketName}`",
            ),
            ("write `${aws:username}`", "write `${aws:username}`"),
        ] {
            assert_eq!(super::help(help, Style::JsonTemplate), template);
        }
    }
}
