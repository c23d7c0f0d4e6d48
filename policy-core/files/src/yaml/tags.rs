//! Tags of Helm and Jinja in comments. Neither knows the comments of YAML: a tag in one is run, and may print more than a comment.

use std::ops::Range;

use granit_parser::{Event, Options, Parser};

/// Whether a comment of a text has a tag.
pub(crate) fn are_in_comments(text: &str) -> bool {
    // Most texts have none anywhere.
    let bytes = text.as_bytes();
    let mut braces = text.match_indices('{');
    if !braces.any(|(at, _)| matches!(bytes.get(at + 1), Some(b'{' | b'%' | b'#'))) {
        return false;
    }
    let mut tags = behind_signs(text).peekable();
    if tags.peek().is_none() {
        return false;
    }
    let scalars = scalars(text);
    tags.any(|at| {
        let next = scalars.partition_point(|scalar| scalar.end <= at);
        scalars.get(next).is_none_or(|scalar| at < scalar.start)
    })
}

/// Whether a text has a tag with what only Helm has: it is YAML before Helm reads it where all its tags are in texts.
/// <https://helm.sh/docs/chart_template_guide/builtin_objects/>
pub(crate) fn are_of_helm(text: &str) -> bool {
    text.match_indices("{{").any(|(at, open)| {
        let tag = text.get(at + open.len()..).unwrap_or_default();
        let end = tag.char_indices().nth(LONGEST).map_or(tag.len(), |(end, _)| end);
        let tag = tag
            .get(..end)
            .and_then(|tag| tag.split("}}").next())
            .unwrap_or_default();
        let tag = tag.strip_prefix('-').unwrap_or(tag).trim_start();
        let mut words = tag.split(|character: char| character.is_whitespace() || matches!(character, '(' | ')' | '|'));
        OF_HELM.iter().any(|start| words.clone().any(|word| is_of(word, start)))
            || words.next().is_some_and(|word| matches!(word, "include" | "template"))
    })
}

/// How many characters of a tag are looked at.
const LONGEST: usize = 200;

/// The objects of Helm.
const OF_HELM: [&str; 6] = [".Values", ".Release", ".Chart", ".Capabilities", ".Files", ".Template"];

/// Whether a word is an object, or a member of it: `$.Values.bucket`.
fn is_of(word: &str, object: &str) -> bool {
    let rest = word.strip_prefix('$').unwrap_or(word).strip_prefix(object);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Where tags begin that are behind a `#` in their line. It may be part of a text.
fn behind_signs(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut end = 0;
    let last_close = text.rfind("#}");
    text.split_inclusive('\n').flat_map(move |line| {
        let start = end;
        end += line.len();
        let closes_later = last_close.is_some_and(|at| end <= at);
        comment(line).into_iter().flat_map(move |at| {
            let comment = line.get(at..).unwrap_or_default();
            tags(comment, closes_later).map(move |tag| start + at + tag)
        })
    })
}

/// Where the comment of a line begins, or what looks like it.
fn comment(line: &str) -> Option<usize> {
    let mut signs = line.match_indices('#').map(|(at, _)| at);
    signs.find(|at| {
        line.get(..*at)
            .is_some_and(|before| before.is_empty() || before.ends_with([' ', '\t']))
    })
}

/// Where tags begin in a comment: `{{ include "x" . }}` and `{% if x %}`, which end in it, and `{#` of a comment of Jinja that ends in a
/// line after it, so that the lines between are left out. Of the braces that others replace, `${{ x }}` is GitHub's, and
/// `{{resolve:ssm:x}}` `CloudFormation`'s.
fn tags(comment: &str, closes_later: bool) -> impl Iterator<Item = usize> + '_ {
    let closed = [("{{", "}}"), ("{%", "%}")].into_iter().flat_map(move |(open, close)| {
        let mut from = 0;
        std::iter::from_fn(move || {
            let at = from + comment.get(from..)?.find(open)?;
            from = at + comment.get(at..)?.find(close)? + close.len();
            Some(at)
        })
    });
    let closed = closed.filter(|at| {
        let (before, tag) = comment.split_at_checked(*at).unwrap_or_default();
        !before.ends_with('$') && !tag.starts_with("{{resolve:")
    });
    let open = comment
        .rfind("{#")
        .filter(|at| closes_later && !comment.get(*at..).is_some_and(|tag| tag.contains("#}")));
    closed.chain(open)
}

/// Where the texts, names and other scalars of a text are, in order.
fn scalars(text: &str) -> Vec<Range<usize>> {
    let events = Parser::new_from_str_with_options(text, Options::default());
    let scalars = events.map_while(Result::ok).filter_map(|(event, span)| match event {
        Event::Scalar(..) => span.byte_range(),
        _ => None,
    });
    scalars.collect()
}

#[cfg(test)]
mod tests {
    use super::are_in_comments;

    #[test]
    fn a_tag_in_a_comment_is_found() {
        for text in [
            "a: 1\n# {% include 'deny.j2' %}\nb: 2\n",
            "a: 1 # {{ include \"deny\" . | nindent 10 }}\n",
            "# {{- if .x }}\na: 1\n# {{- end }}\n",
            "# {{resolve:ssm:x}} {{ x }}\na: 1\n",
            "a: |\n  text\n# {% if x %}\nb: 1\n",
            "a: 'x # {{ y }}' # {{ z }}\n",
            "# {#\na: 1\n# #}\n",
        ] {
            assert!(are_in_comments(text), "{text}");
        }
        for text in [
            "a: 1\n# ${{ github.sha }}\n",
            "# '{{resolve:secretsmanager:x}}'\na: 1\n",
            "a: |\n  # {{ x }}\nb: 1\n",
            "a: >-\n  text\n  # {% x %}\n",
            "a: 'x # {{ y }}'\n",
            "a: \"x\n  # {{ y }}\"\n",
            "a: x#{{ y }}\n",
            "# {{ and\n# {% and {a: {b: 1}}\na: 1\n",
            "# {# a #}\n# {#\na: 1\n",
            "a: {b: {c: 1}} # }}\n",
        ] {
            assert!(!are_in_comments(text), "{text}");
        }
    }
}
