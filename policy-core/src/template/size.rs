//! The size of rendered templates.

use super::program::{Piece, split_first};
use crate::names::{Name, Partition};

/// The bounds of the length of a rendered template, in bytes of JSON without whitespace: AWS counts characters, which
/// are the same since a policy's text is nearly always ASCII.
///
/// ```
/// use policy_core::names::Region;
/// use policy_core::template::{SizeBounds, Width};
///
/// // The program of `policy!` for `"<region>"`.
/// const SIZE: SizeBounds = SizeBounds::of("T1:\"H0;T1:\"", &[Width::of::<Region>()]);
/// assert_eq!(SIZE.min, 2 + Width::of::<Region>().min);
/// assert!(SIZE.fits(6144));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SizeBounds {
    /// The minimum: each hole filled with the shortest value, each list with one element, each `Option` empty.
    pub min: usize,
    /// The maximum; `None` if a list hole makes it unbounded.
    pub max: Option<usize>,
}

/// The length of a hole's values, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Width {
    /// The minimum.
    pub min: usize,
    /// The maximum.
    pub max: usize,
}

impl Width {
    /// No text.
    pub const NONE: Self = Self { min: 0, max: 0 };
    /// A partition.
    pub const PARTITION: Self = Self::of::<Partition>();
    /// The DNS suffix of a partition: from `c2s.ic.gov` to `amazonaws.com.cn`.
    pub const DNS_SUFFIX: Self = Self { min: 10, max: 16 };

    /// A type of names.
    pub const fn of<N: Name>() -> Self {
        Self {
            min: N::MIN_LEN,
            max: N::MAX_LEN,
        }
    }

    /// This width, for a type that is also used at another position with the same width.
    #[must_use]
    pub const fn and(self, _: Self) -> Self {
        self
    }
}

impl SizeBounds {
    /// The bounds of a template whose holes have values of these widths.
    pub const fn of(program: &str, holes: &[Width]) -> Self {
        let Extent { min, max, .. } = extent(
            Extent {
                min: 0,
                min_open: false,
                max: Some(0),
                max_open: false,
            },
            program,
            holes,
        );
        Self { min, max }
    }

    /// Whether it has at most `quota` bytes, whatever the values.
    pub const fn fits(self, quota: usize) -> bool {
        match self.max {
            Some(max) => max <= quota,
            None => false,
        }
    }
}

/// The minimum and maximum written so far, and whether a list has just been opened in either, so that no comma follows.
#[derive(Clone, Copy)]
struct Extent {
    min: usize,
    min_open: bool,
    max: Option<usize>,
    max_open: bool,
}

impl Extent {
    const fn plus(mut self, min: usize, max: usize) -> Self {
        self.min += min;
        if let Some(sum) = self.max {
            self.max = Some(sum + max);
        }
        self
    }

    const fn open(mut self, open: bool) -> Self {
        self.min_open = open;
        self.max_open = open;
        self
    }
}

const fn extent(mut so_far: Extent, mut program: &str, holes: &[Width]) -> Extent {
    while let Some((piece, rest)) = split_first(program) {
        program = rest;
        match piece {
            Piece::Text(text) => {
                let open = matches!(text.as_bytes(), [.., b'[' | b'{']);
                so_far = so_far.plus(text.len(), text.len()).open(open);
            }
            Piece::Hole(hole) => {
                if let Some((_, [width, ..])) = holes.split_at_checked(hole) {
                    so_far = so_far.plus(width.min, width.max).open(false);
                }
            }
            Piece::Comma => {
                so_far = so_far
                    .plus(!so_far.min_open as usize, !so_far.max_open as usize)
                    .open(false);
            }
            Piece::When(_, inside) => {
                let with = extent(so_far, inside, holes);
                so_far.max = with.max;
                so_far.max_open = with.max_open;
            }
            Piece::Each(_, inside) | Piece::OneOrMany(_, inside) => {
                so_far = extent(so_far, inside, holes);
                so_far.max = None;
            }
        }
    }
    so_far
}

#[cfg(test)]
mod tests {
    use super::Width;
    use crate::names::Partition;

    #[test]
    fn every_dns_suffix_is_within_its_width() {
        for partition in Partition::all() {
            let len = partition.dns_suffix().len();
            assert!(
                (Width::DNS_SUFFIX.min..=Width::DNS_SUFFIX.max).contains(&len),
                "{partition}: {len}"
            );
        }
    }
}
