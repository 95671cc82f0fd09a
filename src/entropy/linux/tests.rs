use std::{
    cell::Cell,
    sync::{Arc, Mutex, mpsc::channel},
};

use super::{super::requests::MAX_INTERRUPTIONS, *};

const NONBLOCK: GetRandomFlags = GetRandomFlags::NONBLOCK;
const RANDOM: GetRandomFlags = GetRandomFlags::RANDOM;
const NO_FLAGS: GetRandomFlags = GetRandomFlags::empty();

thread_local! {
    static WAITS_ANNOUNCED: Cell<usize> = const { Cell::new(0) };
}

fn options(wait: Wait, pool: Pool) -> Options {
    WAITS_ANNOUNCED.set(0);
    Options {
        pool,
        wait,
        on_wait: || WAITS_ANNOUNCED.set(WAITS_ANNOUNCED.get() + 1),
    }
}

/// The calls that were made: size asked for, and flags.
type Calls = Arc<Mutex<Vec<(usize, GetRandomFlags)>>>;

trait Call: FnMut(&mut [u8], GetRandomFlags) -> Result<usize, Errno> + Clone + Send + 'static {}
impl<C> Call for C where
    C: FnMut(&mut [u8], GetRandomFlags) -> Result<usize, Errno> + Clone + Send + 'static
{
}

/// A kernel that gives these answers, in order and then the last one for ever, and counts 1, 2, 3, … as its bytes.
fn answering(options: Options, answers: &[Result<usize, Errno>]) -> (Kernel<impl Call>, Calls) {
    let calls = Calls::default();
    let state = Arc::new(Mutex::new((answers.to_vec(), 0)));
    let seen = Arc::clone(&calls);
    let call = move |buf: &mut [u8], flags| {
        seen.lock().unwrap().push((buf.len(), flags));
        let (answers, byte) = &mut *state.lock().unwrap();
        let answer = match &answers[..] {
            [last] => *last,
            _ => answers.remove(0),
        };
        let served = answer?.min(buf.len());
        for place in &mut buf[..served] {
            *byte += 1;
            *place = *byte;
        }
        Ok(served)
    };
    (Kernel::with_call(options, call), calls)
}

const WHOLE: Result<usize, Errno> = Ok(usize::MAX);
const NOT_YET: Result<usize, Errno> = Err(Errno::AGAIN);

fn counted<const N: usize>(first: u8) -> [u8; N] {
    std::array::from_fn(|i| first + i as u8)
}

#[test]
fn a_ready_pool_gets_one_exact_request() {
    for wait in [
        Wait::Forever,
        Wait::Never,
        Wait::AtMost(Duration::from_secs(5)),
    ] {
        for (pool, flag) in [(Pool::Urandom, NO_FLAGS), (Pool::Random, RANDOM)] {
            let (mut kernel, calls) = answering(options(wait, pool), &[WHOLE]);
            let mut buf = [0; 32];
            kernel.fill(&mut buf).unwrap();
            assert_eq!(buf, counted(1));
            assert_eq!(*calls.lock().unwrap(), [(32, NONBLOCK | flag)]);
            assert_eq!(WAITS_ANNOUNCED.get(), 0);
        }
    }
}

#[test]
fn later_requests_wait_unless_the_user_forbade_it() {
    for (wait, flag) in [
        (Wait::Forever, NO_FLAGS),
        (Wait::Never, NONBLOCK),
        (Wait::AtMost(Duration::from_secs(5)), NO_FLAGS),
    ] {
        let (mut kernel, calls) = answering(options(wait, Pool::Random), &[WHOLE]);
        kernel.fill(&mut [0; 7]).unwrap();
        let mut buf = [0; 9];
        kernel.fill(&mut buf).unwrap();
        assert_eq!(buf, counted(8));
        assert_eq!(
            *calls.lock().unwrap(),
            [(7, NONBLOCK | RANDOM), (9, flag | RANDOM)]
        );
    }
}

#[test]
fn an_answer_longer_than_the_request_is_an_error() {
    let options = options(Wait::Forever, Pool::Urandom);
    let mut first = Kernel::with_call(options, |buf: &mut [u8], _| Ok(buf.len() + 1));
    assert!(matches!(
        first.fill(&mut [0; 8]),
        Err(EntropyError::Call(_))
    ));
    let mut later = Kernel::with_call(options, |buf: &mut [u8], _| {
        Ok(if buf.len() == 8 { 1 } else { 8 })
    });
    assert!(matches!(
        later.fill(&mut [0; 8]),
        Err(EntropyError::Call(_))
    ));
}

#[test]
fn an_empty_request_asks_nothing() {
    let (mut kernel, calls) = answering(options(Wait::Forever, Pool::Urandom), &[Err(Errno::IO)]);
    kernel.fill(&mut []).unwrap();
    assert_eq!(*calls.lock().unwrap(), []);
}

#[test]
fn nonblock_is_refused_after_one_call() {
    for wait in [Wait::Never, Wait::AtMost(Duration::ZERO)] {
        let (mut kernel, calls) = answering(options(wait, Pool::Urandom), &[NOT_YET, WHOLE]);
        let mut buf = [0; 32];
        assert!(matches!(kernel.fill(&mut buf), Err(EntropyError::NotReady)));
        assert_eq!(buf, [0; 32]);
        assert_eq!(*calls.lock().unwrap(), [(32, NONBLOCK)]);
        assert_eq!(WAITS_ANNOUNCED.get(), 0);
    }
}

#[test]
fn a_wait_is_announced_and_asks_again_without_the_flag() {
    for (pool, flag) in [(Pool::Urandom, NO_FLAGS), (Pool::Random, RANDOM)] {
        let (mut kernel, calls) = answering(options(Wait::Forever, pool), &[NOT_YET, WHOLE]);
        let mut buf = [0; 32];
        kernel.fill(&mut buf).unwrap();
        assert_eq!(buf, counted(1));
        assert_eq!(*calls.lock().unwrap(), [(32, NONBLOCK | flag), (32, flag)]);
        assert_eq!(WAITS_ANNOUNCED.get(), 1);
    }
}

#[test]
fn a_blocking_call_that_does_not_block_is_an_error() {
    let (mut kernel, calls) = answering(options(Wait::Forever, Pool::Urandom), &[NOT_YET]);
    let error = kernel.fill(&mut [0; 32]).unwrap_err();
    assert!(matches!(error, EntropyError::Call(_)), "{error}");
    assert_eq!(*calls.lock().unwrap(), [(32, NONBLOCK), (32, NO_FLAGS)]);
    let wait = Wait::AtMost(Duration::from_secs(60));
    let (mut kernel, calls) = answering(options(wait, Pool::Urandom), &[NOT_YET]);
    let error = kernel.fill(&mut [0; 32]).unwrap_err();
    assert!(matches!(error, EntropyError::Call(_)), "{error}");
    assert_eq!(*calls.lock().unwrap(), [(32, NONBLOCK), (1, NO_FLAGS)]);
}

#[test]
fn a_bounded_wait_blocks_for_one_byte_first() {
    let wait = Wait::AtMost(Duration::from_secs(60));
    for (pool, flag) in [(Pool::Urandom, NO_FLAGS), (Pool::Random, RANDOM)] {
        let (mut kernel, calls) = answering(options(wait, pool), &[NOT_YET, WHOLE]);
        let mut buf = [0; 32];
        kernel.fill(&mut buf).unwrap();
        // The byte that was waited for is not used.
        assert_eq!(buf, counted(2));
        assert_eq!(
            *calls.lock().unwrap(),
            [(32, NONBLOCK | flag), (1, flag), (32, flag)]
        );
        assert_eq!(WAITS_ANNOUNCED.get(), 1);
    }
}

#[test]
fn a_bounded_wait_ends_while_the_kernel_still_blocks() {
    let (release, blocked) = channel::<()>();
    let blocked = Arc::new(Mutex::new(blocked));
    let call = move |_: &mut [u8], flags: GetRandomFlags| {
        if flags.contains(NONBLOCK) {
            return NOT_YET;
        }
        let _ = blocked.lock().unwrap().recv();
        Ok(1)
    };
    let wait = Wait::AtMost(Duration::from_millis(30));
    let mut kernel = Kernel::with_call(options(wait, Pool::Urandom), call);
    assert!(matches!(
        kernel.fill(&mut [0; 32]),
        Err(EntropyError::NotReady)
    ));
    assert_eq!(WAITS_ANNOUNCED.get(), 1);
    drop(release);
}

#[test]
fn interrupted_calls_are_made_again_with_the_same_flags() {
    let interrupted = Err(Errno::INTR);
    let (mut kernel, calls) = answering(
        options(Wait::Forever, Pool::Urandom),
        &[
            interrupted,
            interrupted,
            NOT_YET,
            interrupted,
            Ok(5),
            interrupted,
            WHOLE,
        ],
    );
    let mut buf = [0; 8];
    kernel.fill(&mut buf).unwrap();
    assert_eq!(buf, counted(1));
    assert_eq!(
        *calls.lock().unwrap(),
        [
            (8, NONBLOCK),
            (8, NONBLOCK),
            (8, NONBLOCK),
            (8, NO_FLAGS),
            (8, NO_FLAGS),
            (3, NO_FLAGS),
            (3, NO_FLAGS)
        ]
    );
}

#[test]
fn interruptions_without_end_are_an_error() {
    for wait in [Wait::Forever, Wait::Never] {
        let (mut kernel, calls) = answering(options(wait, Pool::Urandom), &[Err(Errno::INTR)]);
        assert!(matches!(
            kernel.fill(&mut [0; 8]),
            Err(EntropyError::Call(_))
        ));
        assert_eq!(calls.lock().unwrap().len(), MAX_INTERRUPTIONS);
    }
}

#[test]
fn short_answers_are_continued_where_they_end() {
    for wait in [Wait::Forever, Wait::Never] {
        for short in 1..=31 {
            let (mut kernel, calls) = answering(options(wait, Pool::Urandom), &[Ok(short)]);
            let mut buf = [0; 32];
            kernel.fill(&mut buf).unwrap();
            assert_eq!(buf, counted(1));
            assert_eq!(calls.lock().unwrap().len(), 32_usize.div_ceil(short));
        }
    }
}

#[test]
fn a_request_that_runs_dry_leaves_nothing() {
    let (mut kernel, _) = answering(options(Wait::Never, Pool::Random), &[Ok(5), NOT_YET]);
    let mut buf = [0; 32];
    assert!(matches!(kernel.fill(&mut buf), Err(EntropyError::NotReady)));
    assert_eq!(buf, [0; 32]);
}

#[test]
fn an_answer_of_0_bytes_is_an_error() {
    for answers in [&[Ok(0)][..], &[Ok(5), Ok(0)], &[NOT_YET, Ok(0)]] {
        let (mut kernel, calls) = answering(options(Wait::Forever, Pool::Urandom), answers);
        let mut buf = [0; 32];
        assert_eq!(
            kernel.fill(&mut buf).unwrap_err().to_string(),
            "cannot get random bytes from the kernel: it returned 0 bytes"
        );
        assert_eq!(buf, [0; 32]);
        assert_eq!(calls.lock().unwrap().len(), answers.len());
    }
}

#[test]
fn any_other_error_is_final() {
    for errno in [Errno::IO, Errno::FAULT, Errno::INVAL, Errno::ACCESS] {
        for answers in [
            &[Err(errno)][..],
            &[Ok(5), Err(errno)],
            &[NOT_YET, Err(errno)],
        ] {
            let (mut kernel, calls) = answering(options(Wait::Forever, Pool::Urandom), answers);
            let mut buf = [0; 32];
            let error = kernel.fill(&mut buf).unwrap_err();
            assert!(matches!(error, EntropyError::Call(_)), "{error}");
            assert_eq!(buf, [0; 32]);
            assert_eq!(calls.lock().unwrap().len(), answers.len());
        }
    }
}

#[test]
fn a_missing_call_is_tried_once_then_the_device() {
    for errno in [Errno::NOSYS, Errno::PERM] {
        for wait in [
            Wait::Forever,
            Wait::Never,
            Wait::AtMost(Duration::from_secs(60)),
        ] {
            for pool in [Pool::Urandom, Pool::Random] {
                let (mut kernel, calls) = answering(options(wait, pool), &[Err(errno)]);
                // All zero with probability 2^-512.
                let mut buf = [0; 64];
                kernel.fill(&mut buf).unwrap();
                assert_ne!(buf, [0; 64]);
                let first = buf;
                kernel.fill(&mut buf).unwrap();
                assert_ne!(buf, first);
                assert_eq!(calls.lock().unwrap().len(), 1);
                assert_eq!(WAITS_ANNOUNCED.get(), 0);
            }
        }
    }
}

#[test]
fn a_call_that_goes_missing_later_is_an_error() {
    for errno in [Errno::NOSYS, Errno::PERM] {
        let (mut kernel, _) =
            answering(options(Wait::Forever, Pool::Urandom), &[Ok(5), Err(errno)]);
        assert!(matches!(
            kernel.fill(&mut [0; 32]),
            Err(EntropyError::Call(_))
        ));
    }
}
