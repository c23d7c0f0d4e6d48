//! Rules out most patterns that do not cover another, before the two are compared.

/// Which runs of letters a text has, each as one of 256 bits, without regard to case.
///
/// What is written of a pattern between its wildcards and variables is in all that it covers. So where it has a run
/// that the other text lacks, it does not take that in; where it has none, the two have to be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sieve([u64; 4]);

/// How many letters a run has.
const RUN: usize = 3;

impl Sieve {
    pub fn of(text: &str) -> Self {
        let mut bits = [0; 4];
        for run in text.as_bytes().windows(RUN) {
            if run.iter().any(|byte| matches!(byte, b'*' | b'?' | b'$')) {
                continue;
            }
            let number = run
                .iter()
                .fold(0_u32, |number, byte| number << 8 | u32::from(byte.to_ascii_lowercase()));
            // Fibonacci hashing: the upper bits depend on all of the number.
            let [hash, ..] = number.wrapping_mul(0x9E37_79B1).to_be_bytes();
            if let Some(word) = bits.get_mut(usize::from(hash >> 6)) {
                *word |= 1 << (hash & 63);
            }
        }
        Self(bits)
    }

    /// Whether the pattern may cover the other text.
    pub fn may_cover(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(ours, theirs)| ours & !theirs == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::Sieve;
    use crate::arn::Glob;

    #[test]
    fn what_is_taken_in_passes() {
        let texts = [
            "",
            "*",
            "a",
            "abc",
            "ABC",
            "abcd*",
            "ab*cd",
            "a${*}bcd",
            "a${*}b*",
            "*bcd",
            "x${aws:username}/abc",
            "x${aws:*",
            "x*/ab?",
            "?bcd?",
            "s3:Get*",
            "s3:GetObject",
            "s3:*Object",
            "s3:get?bject",
            "é*é",
            "éaé",
            "a$bcd",
            "a$b*",
        ];
        let mut sorted_out = 0;
        for one in texts {
            for other in texts {
                let covers = Glob::new(one).covers(Glob::new(other))
                    || Glob::wildcards(one).covers_ignore_ascii_case(Glob::wildcards(other));
                let may = Sieve::of(one).may_cover(&Sieve::of(other));
                assert!(may || !covers, "{one} {other}");
                sorted_out += usize::from(!may);
            }
        }
        assert!(sorted_out > texts.len(), "{sorted_out}");
    }
}
