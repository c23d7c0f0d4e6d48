//! The subjects that an allowance which hides nothing was perhaps written for.

use crate::spelling::nearest;

/// The subjects of findings that an allowance of their code does not name, up to three: those that are spelt nearly as what it names; otherwise
/// those that contain it, as an ARN contains the field that a message quotes; otherwise any. Whatever the order in which they are added, they
/// are the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meant(Vec<(u8, String)>);

/// The most subjects.
const MOST: usize = 3;

/// The most bytes of a subject that is worth writing: as many as the longest ARN has.
const LONGEST: usize = 2048;

impl Meant {
    /// None.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds the subject of a finding.
    pub fn add(&mut self, named: &str, subject: &str) {
        let is_known = self.0.iter().any(|(_, known)| known == subject);
        if is_known || subject.len() > LONGEST {
            return;
        }
        let distance = match nearest(named, [subject]) {
            Some(_) => 0,
            None if subject.contains(named) => 1,
            None => 2,
        };
        let is_before = |(own, known): &(u8, String)| (*own, known.as_str()) < (distance, subject);
        let at = self.0.iter().take_while(|known| is_before(known)).count();
        if at < MOST {
            self.0.insert(at, (distance, subject.to_owned()));
            self.0.truncate(MOST);
        }
    }

    /// What was perhaps meant.
    pub fn subjects(&self) -> impl Iterator<Item = &str> {
        let least = self.0.first().map(|(distance, _)| *distance);
        let meant = self.0.iter().filter(move |(distance, _)| Some(*distance) == least);
        meant.map(|(_, subject)| &**subject)
    }
}

#[cfg(test)]
mod tests {
    use super::Meant;

    #[test]
    fn what_is_spelt_alike_is_meant_before_what_contains_it() {
        for (named, subjects, expected) in [
            (
                "s3:GetObjct",
                &["sqs:SendMessage", "s3:GetObject"][..],
                &["s3:GetObject"][..],
            ),
            (
                "1111",
                &["*", "arn:aws:sqs:eu-west-1:1111:q"],
                &["arn:aws:sqs:eu-west-1:1111:q"],
            ),
            ("x", &["ddd", "ccc", "bbb", "aaa", "aaa"], &["aaa", "bbb", "ccc"]),
            ("Action", &[""], &[""]),
            ("x", &[], &[]),
        ] {
            let mut meant = Meant::default();
            for subject in subjects {
                meant.add(named, subject);
            }
            assert!(meant.subjects().eq(expected.iter().copied()), "{named}: {meant:?}");
        }
    }
}
