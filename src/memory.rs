//! Too little memory, which is an error and does not abort the process. And the stack, where others leave copies.
//!
//! What grows with the input is reserved with the functions of this module: their callers learn that there is not
//! enough, and clean up. Everything else, in the libraries too, is small; where that is refused, the allocator in
//! `main` calls [`refused`], and the program ends with the message of [`OutOfMemory`].

use std::{
    collections::TryReserveError,
    fmt,
    sync::atomic::{AtomicBool, Ordering},
};

use zeroize::Zeroizing;

use crate::message::show;

/// The system does not give as much memory as is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OutOfMemory;

impl fmt::Display for OutOfMemory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is not enough memory")
    }
}

impl std::error::Error for OutOfMemory {}

impl From<TryReserveError> for OutOfMemory {
    fn from(_: TryReserveError) -> Self {
        Self
    }
}

/// Whether the caller of the allocator handles a refusal.
static IS_HANDLED: AtomicBool = AtomicBool::new(false);

/// To be called by the allocator when the system refuses memory. It returns if the caller of the allocator handles that;
/// otherwise it ends the program. It allocates nothing.
pub(crate) fn refused() {
    if !IS_HANDLED.load(Ordering::Relaxed) {
        show("mksecret: error: there is not enough memory\n");
        std::process::exit(1);
    }
}

/// What `reserve` does, one of the `try_reserve` of std.
///
/// # Errors
/// There is not enough memory.
pub(crate) fn reserve(
    reserve: impl FnOnce() -> Result<(), TryReserveError>,
) -> Result<(), OutOfMemory> {
    IS_HANDLED.store(true, Ordering::Relaxed);
    let reserved = reserve();
    IS_HANDLED.store(false, Ordering::Relaxed);
    Ok(reserved?)
}

/// An empty vector with room for exactly `capacity` elements.
pub(crate) fn vec<T>(capacity: usize) -> Result<Vec<T>, OutOfMemory> {
    let mut vec = Vec::new();
    reserve(|| vec.try_reserve_exact(capacity))?;
    Ok(vec)
}

/// A vector of `length` times `value`.
pub(crate) fn vec_of<T: Clone>(value: T, length: usize) -> Result<Vec<T>, OutOfMemory> {
    let mut vec = vec(length)?;
    vec.resize(length, value);
    Ok(vec)
}

/// Moves `bytes` to a new buffer with this capacity: if the old one grew, it would leave its bytes behind unwiped.
pub(crate) fn regrow(bytes: &mut Zeroizing<Vec<u8>>, capacity: usize) -> Result<(), OutOfMemory> {
    let mut larger = Zeroizing::new(vec(capacity)?);
    larger.extend_from_slice(bytes);
    *bytes = larger;
    Ok(())
}

/// Adds `value` to `vec`, which grows if it is full.
#[inline]
pub(crate) fn push<T>(vec: &mut Vec<T>, value: T) -> Result<(), OutOfMemory> {
    if vec.len() == vec.capacity() {
        reserve(|| vec.try_reserve(1))?;
    }
    vec.push(value);
    Ok(())
}

/// Appends `bytes`, for which `vec` has room. A call of memcpy takes longer than to copy a few bytes, most of all that
/// of musl.
#[inline]
pub(crate) fn append(vec: &mut Vec<u8>, bytes: &[u8]) {
    match bytes.len() {
        0 => {}
        1..4 => bytes.iter().for_each(|byte| vec.push(*byte)),
        4..8 => append_ends::<4>(vec, bytes),
        8..16 => append_ends::<8>(vec, bytes),
        16..=32 => append_ends::<16>(vec, bytes),
        _ => vec.extend_from_slice(bytes),
    }
}

/// Bytes of the stack that may hold copies of a secret after a command. To read the command line took more, so no page
/// is touched for it.
pub(crate) const COMMAND_STACK: usize = 16 * 1024;

/// Bytes of the stack that may hold round keys and blocks after the cipher has run. The back end with the widest vectors
/// takes the most, most of all without optimisation.
pub(crate) const CIPHER_STACK: usize = 32 * 1024;

/// Overwrites `BYTES` bytes below the caller's frame, where earlier calls left copies.
#[inline(never)]
pub(crate) fn wipe_stack<const BYTES: usize>() {
    std::hint::black_box(&mut [0u8; BYTES]);
}

/// How many bytes of the stack below the caller's frame `work` writes to: they are painted before, and the kernel reads
/// them afterwards.
#[cfg(all(test, target_os = "linux"))]
#[inline(never)]
pub(crate) fn stack_depth(work: impl FnOnce()) -> usize {
    use std::{fs::File, hint::black_box, os::unix::fs::FileExt, ptr};

    const PAINT: u8 = 0xa5;

    #[inline(never)]
    fn paint() {
        black_box(&mut [PAINT; 264 * 1024]);
    }

    let memory = File::open("/proc/self/mem").unwrap();
    let mut stack = vec![0; 256 * 1024];
    let frame = 0u8;
    let end = ptr::from_ref(black_box(&frame)).addr() / 16 * 16;
    paint();
    work();
    let start = (end - stack.len()) as u64;
    memory.read_exact_at(&mut stack, start).unwrap();
    // Not the 8 bytes that a compiler's check for the end of the stack writes in each page.
    let is_written = |block: &[u8]| block.iter().filter(|byte| **byte != PAINT).count() > 8;
    let untouched = stack
        .chunks_exact(16)
        .take_while(|block| !is_written(block));
    stack.len() - 16 * untouched.count()
}

/// Appends the first and the last `N` of at most 2 `N` bytes, of which some in the middle can be both.
#[inline]
fn append_ends<const N: usize>(vec: &mut Vec<u8>, bytes: &[u8]) {
    if let (Some(first), Some(last)) = (bytes.first_chunk::<N>(), bytes.last_chunk::<N>()) {
        let end = vec.len() + bytes.len();
        vec.extend_from_slice(first);
        vec.truncate(end - N);
        vec.extend_from_slice(last);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_length_is_appended_as_it_is() {
        let bytes: Vec<u8> = (0..100).collect();
        for length in 0..=bytes.len() {
            let mut vec = Vec::with_capacity(200);
            append(&mut vec, b"before");
            append(&mut vec, &bytes[..length]);
            assert_eq!(vec, [b"before", &bytes[..length]].concat());
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_stack_is_wiped_as_deep_as_promised() {
        const CALLS: usize = 512;
        for (wiped, promised) in [
            (stack_depth(wipe_stack::<COMMAND_STACK>), COMMAND_STACK),
            (stack_depth(wipe_stack::<CIPHER_STACK>), CIPHER_STACK),
        ] {
            assert!((promised..promised + CALLS).contains(&wiped), "{wiped}");
        }
    }

    #[test]
    fn more_than_the_machine_has_is_an_error() {
        for length in [isize::MAX as usize, usize::MAX] {
            assert_eq!(vec::<u8>(length), Err(OutOfMemory));
            assert_eq!(vec_of(0_u64, length), Err(OutOfMemory));
        }
    }
}
