//! Quick looks at the bytes of a text: for what hardly any has, and for the next of a kind.

/// Whether one of the bytes is so. Nothing ends the loop early, so that the compiler looks at many bytes in one step; and it goes
/// through the slice without an iterator, which costs a build without optimisation, as `policy!` runs in, several times as much.
pub(crate) fn have(bytes: &[u8], is_so: impl Fn(u8) -> bool) -> bool {
    let mut any = false;
    let mut rest = bytes;
    while let [first, after @ ..] = rest {
        any |= is_so(*first);
        rest = after;
    }
    any
}

/// Where the byte comes first. For the lines of the catalogue, which are short: with optimisation this takes less than `str::find`, which
/// begins with the alignment of the text, and no more without, as `policy!` runs.
pub(crate) fn find(wanted: u8, bytes: &[u8]) -> Option<usize> {
    const EACH: u64 = u64::from_ne_bytes([1; 8]);
    const HIGHEST: u64 = u64::from_ne_bytes([0x80; 8]);
    let wanted_in_each = EACH * u64::from(wanted);
    let mut rest = bytes;
    // Eight in one step: what is the same as the one that is wanted is zero, and only below a zero does a bit borrow from the next byte.
    while let Some((eight, after)) = rest.split_first_chunk() {
        let differ = u64::from_le_bytes(*eight) ^ wanted_in_each;
        let zeros = differ.wrapping_sub(EACH) & !differ & HIGHEST;
        if zeros != 0 {
            return Some(bytes.len() - rest.len() + zeros.trailing_zeros() as usize / 8);
        }
        rest = after;
    }
    loop {
        rest = match rest {
            [first, ..] if *first == wanted => return Some(bytes.len() - rest.len()),
            [_, after @ ..] => after,
            [] => return None,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn the_first_is_found_wherever_it_is() {
        for length in 0..40 {
            for first in 0..=length {
                for wanted in [b'\n', 0, 0x7F, 0x80, 0xFF] {
                    // Its neighbours, which differ in the lowest and in the highest bit.
                    for other in [
                        wanted ^ 1,
                        wanted ^ 0x80,
                        wanted.wrapping_add(1),
                        wanted.wrapping_sub(1),
                    ] {
                        let mut bytes = vec![other; length];
                        bytes.extend(vec![wanted; 3]);
                        bytes.splice(first..first, [wanted]);
                        assert_eq!(find(wanted, &bytes), Some(first), "{bytes:?}");
                        assert_eq!(find(wanted, &vec![other; length]), None, "{other} in {length}");
                    }
                }
            }
        }
    }
}
