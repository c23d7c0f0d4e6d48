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
/// begins with the alignment of the text, and no more without, as `policy!` runs, since it makes no call.
pub(crate) fn find(wanted: u8, bytes: &[u8]) -> Option<usize> {
    let mut rest = bytes;
    while let [one, two, three, four, after @ ..] = rest {
        if *one == wanted || *two == wanted || *three == wanted || *four == wanted {
            break;
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
