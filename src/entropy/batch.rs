//! Many small requests served from a few large ones.

use zeroize::Zeroizing;

use super::{CHUNK, Entropy, EntropyError};

/// The largest request. Larger ones are no faster.
const LARGEST: usize = CHUNK;

/// A buffer in front of a source. The first request is what all secrets are expected to need, and each further one twice
/// as large as the one before; none is larger than 64 KiB. Every byte is handed out once.
pub(crate) struct Batch<'a> {
    source: &'a mut dyn Entropy,
    buffer: Zeroizing<Vec<u8>>,
    /// Where the unused bytes in `buffer` begin.
    next: usize,
    /// Size of the next request in bytes.
    request: usize,
}

impl<'a> Batch<'a> {
    /// The first request to `source` is for `first` bytes (at most 64 KiB), or for more if a caller needs more at once.
    pub(crate) fn new(source: &'a mut dyn Entropy, first: u64) -> Self {
        Self {
            source,
            buffer: Zeroizing::new(Vec::new()),
            next: 0,
            request: first.clamp(1, LARGEST as u64) as usize,
        }
    }

    /// The next request is for `bytes` at most.
    pub(crate) fn request_at_most(&mut self, bytes: u64) {
        self.request = self.request.min(bytes.clamp(1, LARGEST as u64) as usize);
    }

    /// Makes the first request, so that nothing is printed if the source fails.
    ///
    /// # Errors
    /// The source fails.
    pub(crate) fn begin(&mut self) -> Result<(), EntropyError> {
        self.refill(self.request)
    }

    /// The source itself, for keys that must not be drawn before they are used.
    pub(crate) fn source(&mut self) -> &mut dyn Entropy {
        self.source
    }

    #[cold]
    fn refill(&mut self, wanted: usize) -> Result<(), EntropyError> {
        let left = self.buffer.len() - self.next;
        let length = left + self.request.max(wanted - left);
        if self.buffer.capacity() < length {
            // A new buffer, because growing the old one would leave its bytes behind unwiped.
            let mut buffer = Zeroizing::new(Vec::with_capacity(length));
            buffer.extend_from_slice(&self.buffer[self.next..]);
            self.buffer = buffer;
        } else {
            self.buffer.copy_within(self.next.., 0);
        }
        self.next = 0;
        self.buffer.resize(length, 0);
        if let Err(error) = self.source.fill(&mut self.buffer[left..]) {
            self.buffer.truncate(left);
            return Err(error);
        }
        self.request = (2 * self.request).min(LARGEST);
        Ok(())
    }
}

impl Entropy for Batch<'_> {
    #[inline]
    fn fill(&mut self, buf: &mut [u8]) -> Result<(), EntropyError> {
        if self.buffer.len() - self.next < buf.len() {
            self.refill(buf.len())?;
        }
        buf.copy_from_slice(&self.buffer[self.next..][..buf.len()]);
        self.next += buf.len();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::Scripted;

    /// Records the size of each request.
    struct Requests(Vec<usize>);

    impl Entropy for Requests {
        fn fill(&mut self, buf: &mut [u8]) -> Result<(), EntropyError> {
            self.0.push(buf.len());
            Ok(())
        }
    }

    #[test]
    fn every_byte_is_handed_out_once_and_in_order() {
        let bytes: Vec<u8> = (0..=255).collect();
        let mut source = Scripted::new(bytes.clone());
        let mut batch = Batch::new(&mut source, 5);
        let mut seen = Vec::new();
        for size in [1, 2, 3, 7, 1, 11, 40] {
            let mut buf = vec![0; size];
            batch.fill(&mut buf).unwrap();
            seen.extend(buf);
        }
        assert_eq!(seen, bytes[..65]);
    }

    #[test]
    fn requests_start_exact_and_double_up_to_64_kib() {
        let mut source = Requests(Vec::new());
        let mut batch = Batch::new(&mut source, 10_000);
        for _ in 0..300_000 {
            batch.fill(&mut [0]).unwrap();
        }
        assert_eq!(
            source.0,
            [10_000, 20_000, 40_000, 65_536, 65_536, 65_536, 65_536]
        );
    }

    #[test]
    fn the_first_request_is_made_at_once_and_used_up() {
        let mut source = Requests(Vec::new());
        Batch::new(&mut source, 3).begin().unwrap();
        assert_eq!(source.0, [3]);
        let mut batch = Batch::new(&mut source, 4);
        batch.begin().unwrap();
        batch.fill(&mut [0; 4]).unwrap();
        assert_eq!(source.0, [3, 4]);
    }

    #[test]
    fn a_request_can_be_limited_later() {
        let mut source = Requests(Vec::new());
        let mut batch = Batch::new(&mut source, 100);
        batch.request_at_most(7);
        batch.begin().unwrap();
        batch.request_at_most(u64::MAX);
        batch.fill(&mut [0; 8]).unwrap();
        assert_eq!(source.0, [7, 14]);
    }

    #[test]
    fn what_is_left_is_not_requested_again() {
        let mut source = Requests(Vec::new());
        let mut batch = Batch::new(&mut source, 4);
        batch.fill(&mut [0; 3]).unwrap();
        batch.fill(&mut [0; 20]).unwrap();
        assert_eq!(source.0, [4, 19]);
    }

    #[test]
    fn what_the_source_refuses_is_refused() {
        assert!(
            Batch::new(&mut Scripted::new([1, 2]), 3)
                .fill(&mut [0])
                .is_err()
        );
    }
}
