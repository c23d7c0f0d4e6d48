//! What to write, in the language of the file.

/// How a policy is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Style {
    /// JSON, in a file or in a text.
    #[default]
    Json,
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
        matches!(self, Self::Json | Self::JsonTemplate | Self::JsonArguments)
    }
}

/// The elements of a policy as arguments of `aws_iam_policy_document`, and whether each is a list.
const ARGUMENTS: [(&str, &str, bool); 7] = [
    ("Version", "version", false),
    ("Sid", "sid", false),
    ("Effect", "effect", false),
    ("Action", "actions", true),
    ("NotAction", "not_actions", true),
    ("Resource", "resources", true),
    ("NotResource", "not_resources", true),
];

/// A help whose code, between backticks, is JSON, with that code in the style of the file.
pub(crate) fn help(help: &str, style: Style) -> String {
    if style == Style::Json {
        return help.to_owned();
    }
    let mut written = String::with_capacity(help.len());
    for (index, part) in help.split('`').enumerate() {
        if index > 0 {
            written.push('`');
        }
        match index % 2 {
            0 => written.push_str(part),
            _ => written.push_str(&code(part, style)),
        }
    }
    written
}

fn code(json: &str, style: Style) -> String {
    if let Some((name, value)) = member(json) {
        return match style {
            Style::Json | Style::JsonTemplate => json.to_owned(),
            Style::Yaml => format!("{name}: {value}"),
            Style::Object => format!("{name} = {value}"),
            Style::Arguments | Style::JsonArguments => match ARGUMENTS.iter().find(|(element, ..)| *element == name) {
                Some((_, argument, is_list)) => {
                    let value = if *is_list && !value.starts_with('[') {
                        format!("[{value}]")
                    } else {
                        value.to_owned()
                    };
                    if style.is_json() {
                        format!("\"{argument}\": {value}")
                    } else {
                        format!("{argument} = {value}")
                    }
                }
                None => json.to_owned(),
            },
        };
    }
    value(json, style).unwrap_or_else(|| json.to_owned())
}

/// A value with references, `${Exports.Arn}/*`, as it is written in the file; `None` if it has none that is known to be one of the file.
pub(crate) fn value(text: &str, style: Style) -> Option<String> {
    let starts_with_one = text.starts_with("${") && !is_variable(text);
    // The format of an ARN, in a help, has other names.
    let has_pseudo_parameter = text.contains("${AWS::");
    if text.contains('"') {
        return None;
    }
    let only = text.strip_prefix("${").and_then(|name| name.strip_suffix('}'));
    let only = only.filter(|name| starts_with_one && !name.contains("${"));
    // What is not replaced by the template is replaced by AWS.
    let substituted = || text.replace("${aws:", "${!aws:");
    Some(match (style, only) {
        (Style::Yaml, Some(name)) if name.contains('.') => format!("!GetAtt {name}"),
        (Style::Yaml, Some(name)) => format!("!Ref {name}"),
        (Style::Yaml, None) if starts_with_one || has_pseudo_parameter => format!("!Sub \"{}\"", substituted()),
        (Style::JsonTemplate, Some(name)) => match name.split_once('.') {
            Some((resource, attribute)) => format!("{{ \"Fn::GetAtt\": [\"{resource}\", \"{attribute}\"] }}"),
            None => format!("{{ \"Ref\": \"{name}\" }}"),
        },
        (Style::JsonTemplate, None) if starts_with_one || has_pseudo_parameter => {
            format!("{{ \"Fn::Sub\": \"{}\" }}", substituted())
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

/// The name and the value of `"Name": value`.
fn member(json: &str) -> Option<(&str, &str)> {
    let (name, value) = json.strip_prefix('"')?.split_once("\": ")?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_name.then_some((name, value))
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
                "write `${aws:username}`",
                "write `${aws:username}`",
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
