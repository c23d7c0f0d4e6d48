//! How large what a template renders to can be.

use super::program::{Piece, split_first};
use crate::names::{Name, Partition};

/// Between which lengths what a template renders to lies, in bytes of JSON without white space: what AWS counts, since a
/// policy's text is nearly always ASCII.
///
/// ```
/// use policy_core::names::Region;
/// use policy_core::template::{SizeBounds, Width};
///
/// // What `policy!` makes of `"<region>"`.
/// const SIZE: SizeBounds = SizeBounds::of("T1:\"H0;T1:\"", &[Width::of::<Region>()]);
/// assert_eq!(SIZE.min, 2 + Width::of::<Region>().min);
/// assert!(SIZE.fits(6144));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SizeBounds {
    /// The least: each hole filled by the shortest value, each list with one element, each `Option` empty.
    pub min: usize,
    /// The most; `None` where a list hole makes it endless.
    pub max: Option<usize>,
}

/// How many characters what fills a hole has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Width {
    /// The fewest.
    pub min: usize,
    /// The most.
    pub max: usize,
}

impl Width {
    /// That of nothing.
    pub const NONE: Self = Self { min: 0, max: 0 };
    /// That of a partition.
    pub const PARTITION: Self = Self::of::<Partition>();
    /// That of a partition's DNS suffix: from `c2s.ic.gov` to `amazonaws.com.cn`.
    pub const DNS_SUFFIX: Self = Self { min: 10, max: 16 };

    /// That of a type of names.
    pub const fn of<N: Name>() -> Self {
        Self {
            min: N::MIN_LEN,
            max: N::MAX_LEN,
        }
    }

    /// This width, of a type that stands in another place too and has the same there.
    #[must_use]
    pub const fn and(self, _: Self) -> Self {
        self
    }
}

impl SizeBounds {
    /// The bounds of a template whose holes are filled by values of these widths.
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

    /// Whether whatever it is filled with, it has at most `quota` bytes.
    pub const fn fits(self, quota: usize) -> bool {
        match self.max {
            Some(max) => max <= quota,
            None => false,
        }
    }
}

/// What has been written at least and at most, and whether a list has just been opened in either: no comma follows then.
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
