//! The bytes of a document, as many as one can have.

use std::io::{self, Read};

/// How many bytes are read of what is to be a document: 64 MiB. The longest policy that AWS stores has 20,480, and the template or
/// plan in which one stands is far from this; a device has no end.
pub const MAX_BYTES: u64 = 64 << 20;

/// Reads all bytes, if they are no more than [`MAX_BYTES`].
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
/// They cannot be read, or there are more.
pub fn read_bytes(from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES {
        let mebibytes = MAX_BYTES >> 20;
        return Err(io::Error::new(
            io::ErrorKind::FileTooLarge,
            format!(
                "there are more than {mebibytes} MiB, and no more is read; take the policies out into a file of their own"
            ),
        ));
    }
    Ok(bytes)
}
