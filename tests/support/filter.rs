//! getrandom(2) made to fail, by a seccomp filter.

use std::env::consts::ARCH;

use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule, apply_filter,
};

const NONBLOCK: u64 = libc::GRND_NONBLOCK as u64;
const RANDOM: u64 = libc::GRND_RANDOM as u64;

/// From here on, `which` calls of this thread and of the processes it starts fail with `errno`.
pub(crate) fn deny(errno: &str, which: &str) {
    let errno = match errno {
        "EAGAIN" => libc::EAGAIN,
        "EINTR" => libc::EINTR,
        "EIO" => libc::EIO,
        "ENOSYS" => libc::ENOSYS,
        "EPERM" => libc::EPERM,
        _ => panic!("unknown error: {errno}"),
    };
    let having = |flag: u64, value: u64| {
        let op = SeccompCmpOp::MaskedEq(flag);
        let flags = SeccompCondition::new(2, SeccompCmpArgLen::Dword, op, value)
            .expect("a system call has a third argument");
        vec![SeccompRule::new(vec![flags]).expect("one condition makes a rule")]
    };
    let rules = match which {
        // No rules: every call.
        "any" => Vec::new(),
        "nonblock" => having(NONBLOCK, NONBLOCK),
        "block" => having(NONBLOCK, 0),
        "random" => having(RANDOM, RANDOM),
        _ => panic!("unknown calls: {which}"),
    };
    let filter = SeccompFilter::new(
        // On 32-bit systems an i32.
        [(libc::SYS_getrandom as _, rules)].into(),
        SeccompAction::Allow,
        SeccompAction::Errno(errno as u32),
        ARCH.try_into().expect("seccompiler knows this processor"),
    )
    .expect("the two actions differ");
    let program: BpfProgram = filter.try_into().expect("one rule fits");
    apply_filter(&program).expect("this kernel has seccomp");
}
