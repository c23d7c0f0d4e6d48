//! What was perhaps meant: the known name that is nearest to one that is not known.

/// The candidate nearest to `name`, if one is near enough to have been meant.
///
/// Near is an edit distance (insert, remove, replace, swap neighbours) of at most a third of the name's length, and of at
/// most 4, without regard to case. Of candidates equally near the first wins.
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let name = lower(name);
    let mut limit = (name.len() / 3).clamp(1, 4);
    let mut best = None;
    for candidate in candidates {
        if candidate.len().abs_diff(name.len()) > limit {
            continue;
        }
        let Some(distance) = distance(&name, &lower(candidate), limit) else {
            continue;
        };
        best = Some(candidate);
        if distance == 0 {
            break;
        }
        limit = distance - 1;
    }
    best
}

fn lower(name: &str) -> Vec<u8> {
    name.bytes().map(|byte| byte.to_ascii_lowercase()).collect()
}

/// The optimal string alignment distance of two names, if it is at most `limit`.
fn distance(a: &[u8], b: &[u8], limit: usize) -> Option<usize> {
    let mut before: Vec<usize> = Vec::new();
    let mut previous: Vec<usize> = (0..=b.len()).collect();
    for (i, &from) in a.iter().enumerate() {
        let mut current = Vec::with_capacity(b.len() + 1);
        let mut last = i + 1;
        current.push(last);
        for (j, (&to, pair)) in b.iter().zip(previous.windows(2)).enumerate() {
            let (Some(&diagonal), Some(&above)) = (pair.first(), pair.last()) else {
                return None;
            };
            let mut cost = (diagonal + usize::from(from != to)).min(above + 1).min(last + 1);
            if i > 0 && j > 0 && a.get(i - 1) == Some(&to) && b.get(j - 1) == Some(&from) {
                cost = cost.min(before.get(j - 1).map_or(cost, |swapped| swapped + 1));
            }
            last = cost;
            current.push(cost);
        }
        if current.iter().min().is_none_or(|least| *least > limit) {
            return None;
        }
        before = previous;
        previous = current;
    }
    previous.last().copied().filter(|distance| *distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_the_hand_is_understood() {
        let names = ["GetObject", "GetObjectAcl", "PutObject", "ListBucket"];
        assert_eq!(nearest("GetObjct", names), Some("GetObject"));
        assert_eq!(nearest("GteObject", names), Some("GetObject"));
        assert_eq!(nearest("listbucket", names), Some("ListBucket"));
        assert_eq!(nearest("GetObjectAc", names), Some("GetObjectAcl"));
    }

    #[test]
    fn a_stranger_is_not() {
        assert_eq!(nearest("Frobnicate", ["GetObject", "PutObject"]), None);
        assert_eq!(nearest("", ["GetObject"]), None);
    }
}
