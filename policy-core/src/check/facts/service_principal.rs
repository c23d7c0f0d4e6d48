//! Service principals that exist, and those that were meant.

use std::sync::OnceLock;

use crate::catalogue;
use crate::check::table::rows;

/// The fewest letters before the domain of which another with one edit is a slip: `ec2` and `ecs` are both right.
const TELLING: usize = 6;

/// The service principal that was meant by one that does not exist, as far as there is evidence: no list is complete.
pub(in crate::check) fn meant_service_principal(written: &str) -> Option<String> {
    // `lambda.amazon.com`, `lambda.aws.amazon.com`: the domains of Amazon's other services have other names.
    if let Some(name) = written.strip_suffix(".amazon.com") {
        let name = name.strip_suffix(".aws").unwrap_or(name);
        let right = format!("{name}.amazonaws.com");
        return exists(&right).then_some(right);
    }
    let name = written.strip_suffix(".amazonaws.com")?;
    if exists(written) || name.len() < TELLING || name.contains(['*', '?', '$']) {
        return None;
    }
    let meant = known().iter().find(|known| is_one_edit(written, known))?;
    Some((*meant).to_owned())
}

/// Whether there is evidence for it, or AWS has a service of that name.
fn exists(principal: &str) -> bool {
    let is_service = principal
        .strip_suffix(".amazonaws.com")
        .is_some_and(|name| catalogue::service(name).is_some());
    is_service || known().binary_search(&principal).is_ok()
}

fn known() -> &'static [&'static str] {
    static KNOWN: OnceLock<Vec<&'static str>> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let names = rows(include_str!("service-principals.txt")).filter_map(|row| row.split(' ').next());
        let mut known: Vec<&'static str> = names.collect();
        known.sort_unstable();
        known
    })
}

/// Whether two texts are one edit apart: a letter more, less or another.
pub(in crate::check) fn is_one_edit(one: &str, other: &str) -> bool {
    if one.len().abs_diff(other.len()) > 1 {
        return false;
    }
    let same = one
        .bytes()
        .zip(other.bytes())
        .take_while(|(one, other)| one == other)
        .count();
    let (Some(one), Some(other)) = (one.get(same..), other.get(same..)) else {
        return false;
    };
    let behind = |text: &str| text.char_indices().nth(1).map_or(text.len(), |(at, _)| at);
    let (after_one, after_other) = (one.get(behind(one)..), other.get(behind(other)..));
    one != other && (after_one == Some(other) || Some(one) == after_other || after_one == after_other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_known_and_what_may_exist_is_left_alone() {
        for (written, meant) in [
            ("ecs-task.amazonaws.com", Some("ecs-tasks.amazonaws.com")),
            ("lamda.amazonaws.com", None),
            ("sagemakr.amazonaws.com", Some("sagemaker.amazonaws.com")),
            ("lambda.amazon.com", Some("lambda.amazonaws.com")),
            ("lambda.aws.amazon.com", Some("lambda.amazonaws.com")),
            ("alexa-appkit.amazon.com", None),
            ("ecs-tasks.amazonaws.com", None),
            ("ecs-tasks.amazonaws.com.cn", None),
            ("quicksight.amazonaws.com", None),
            ("new-service.amazonaws.com", None),
            ("logs.eu-west-1.amazonaws.com", None),
            ("*.amazonaws.com", None),
        ] {
            assert_eq!(meant_service_principal(written).as_deref(), meant, "{written}");
        }
    }

    #[test]
    fn no_principal_is_taken_for_a_slip_of_another() {
        for principal in known() {
            assert_eq!(meant_service_principal(principal), None, "{principal}");
        }
    }

    #[test]
    fn edits() {
        for (one, other, expected) in [
            ("tasks", "task", true),
            ("task", "tasks", true),
            ("task", "tusk", true),
            ("task", "task", false),
            ("task", "tsak", false),
            ("a", "", true),
        ] {
            assert_eq!(is_one_edit(one, other), expected, "{one} {other}");
        }
    }
}
