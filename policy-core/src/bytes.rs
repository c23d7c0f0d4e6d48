//! A quick look at all bytes of a text, for what hardly any text has.

/// Whether one of the bytes is so. Nothing ends the loop early, so that the compiler looks at many bytes in one step; and it is that of
/// the slice, which costs a build without optimisation, as `policy!` runs in, half of what `str::bytes` does.
pub(crate) fn have(bytes: &[u8], is_so: impl Fn(u8) -> bool) -> bool {
    bytes.iter().fold(false, |any, byte| any | is_so(*byte))
}
