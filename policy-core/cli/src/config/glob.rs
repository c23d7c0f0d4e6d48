//! Patterns of the paths of files.

use policy_core::arn;

/// A pattern of paths, as `.gitignore` has them: `*` and `?` are any characters but `/`, `**` is any folders. One without `/` is of the
/// name of a file in any folder.
#[derive(Clone, Debug)]
pub struct Glob(Vec<String>);

impl Glob {
    pub fn new(pattern: &str) -> Self {
        let steps = pattern.trim_start_matches("./").trim_start_matches('/').split('/');
        let anywhere = (!pattern.contains('/')).then(|| "**".to_owned());
        Self(anywhere.into_iter().chain(steps.map(str::to_owned)).collect())
    }

    /// Whether a path, which is relative to the folder of the pattern, is one of these.
    pub fn has(&self, path: &[String]) -> bool {
        // Whether the steps so far can be the first parts, for each number of parts: no pattern takes long.
        let mut may_be: Vec<bool> = (0..=path.len()).map(|parts| parts == 0).collect();
        for step in &self.0 {
            may_be = if step == "**" {
                let first = may_be.iter().position(|is| *is).unwrap_or(usize::MAX);
                (0..=path.len()).map(|parts| parts >= first).collect()
            } else {
                let after = may_be
                    .iter()
                    .zip(path)
                    .map(|(is, part)| *is && arn::Glob::wildcards(step).matches(part));
                std::iter::once(false).chain(after).collect()
            };
        }
        may_be.last().is_some_and(|is| *is)
    }
}

#[cfg(test)]
mod tests {
    use super::Glob;

    #[test]
    fn a_pattern_has_the_paths_that_git_would_have() {
        for (pattern, path, has) in [
            ("*.scp.json", "a.scp.json", true),
            ("*.scp.json", "b/c/a.scp.json", true),
            ("b/*.json", "b/a.json", true),
            ("b/*.json", "b/c/a.json", false),
            ("b/*.json", "c/b/a.json", false),
            ("b/**", "b/c/a.json", true),
            ("b/**/a.json", "b/a.json", true),
            ("b/**/a.json", "b/c/d/a.json", true),
            ("**/c/*", "b/c/a.json", true),
            ("/a.json", "a.json", true),
            ("/a.json", "b/a.json", false),
            ("./b/a.json", "b/a.json", true),
            ("?.json", "a.json", true),
            ("?.json", "ab.json", false),
            ("*a*a*", "banana", true),
            ("", "a", false),
        ] {
            let path: Vec<String> = path.split('/').map(str::to_owned).collect();
            assert_eq!(Glob::new(pattern).has(&path), has, "{pattern} {path:?}");
        }
    }
}
