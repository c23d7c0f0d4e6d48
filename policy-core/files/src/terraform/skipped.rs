//! Where comments and texts end in HCL, in a text that may be broken.

/// The bytes of the comment or the text that begins here; otherwise those of one character. Of a text with interpolations each part counts
/// for itself: what is in `${` and `}` is read as what is around it.
pub(crate) fn length(rest: &str) -> usize {
    let line = || rest.find('\n').unwrap_or(rest.len());
    let mut characters = rest.chars();
    let first = characters.next();
    match (first, characters.next()) {
        (Some('#'), _) | (Some('/'), Some('/')) => line(),
        (Some('/'), Some('*')) => rest
            .get(2..)
            .and_then(|own| own.find("*/"))
            .map_or(rest.len(), |end| end + 4),
        (Some('"'), _) => string(rest),
        (Some('<'), Some('<')) => heredoc(rest).unwrap_or(2),
        _ => first.map_or(1, char::len_utf8),
    }
}

/// From a quote to the next, or to the end of the line. Quotes within an interpolation are of texts of their own.
fn string(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut is_inner = false;
    let mut bytes = rest.bytes().enumerate().skip(1).peekable();
    while let Some((at, byte)) = bytes.next() {
        let next = bytes.peek().map(|(_, next)| *next);
        match byte {
            b'\n' => return at,
            b'\\' => drop(bytes.next()),
            b'$' | b'%' if next == Some(byte) => drop(bytes.next()),
            b'$' | b'%' if next == Some(b'{') && !is_inner => {
                depth += 1;
                bytes.next();
            }
            b'"' if depth == 0 => return at + 1,
            b'"' => is_inner = !is_inner,
            b'{' if depth > 0 && !is_inner => depth += 1,
            b'}' if !is_inner => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    rest.len()
}

/// From `<<EOT` or `<<-EOT` to the end of the line with the same word.
fn heredoc(rest: &str) -> Option<usize> {
    let (first, _) = rest.split_once('\n')?;
    let word = first.strip_prefix("<<")?;
    let word = word.strip_prefix('-').unwrap_or(word).trim_end();
    let is_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-');
    if word.is_empty() || !word.chars().all(is_word) {
        return None;
    }
    let mut at = first.len() + 1;
    for line in rest.get(at..)?.split_inclusive('\n') {
        if line.trim() == word {
            return Some(at + line.trim_end_matches(['\r', '\n']).len());
        }
        at += line.len();
    }
    Some(rest.len())
}
