//! Reads the bytes of a document, up to a limit.

use std::io::{self, Read};

/// The maximum size of a document in bytes: 64 MiB. The longest policy that AWS stores has 20,480, and a template or
/// plan that contains one is far smaller than this; a device has no end.
pub const MAX_BYTES: u64 = 64 << 20;

/// Reads all bytes, up to [`MAX_BYTES`].
///
/// ```
/// use policy_core::document::read_bytes;
///
/// assert_eq!(read_bytes(&b"{}"[..])?, b"{}");
/// let error = read_bytes(std::io::repeat(b' ')).unwrap_err();
/// assert_eq!(error.kind(), std::io::ErrorKind::FileTooLarge);
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
///
/// The bytes cannot be read, or there are more.
pub fn read_bytes(from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES {
        let mebibytes = MAX_BYTES >> 20;
        return Err(io::Error::new(
            io::ErrorKind::FileTooLarge,
            format!("the input is larger than {mebibytes} MiB; move the policies to a separate file"),
        ));
    }
    Ok(bytes)
}
