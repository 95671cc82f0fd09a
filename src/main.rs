//! The process: argv in, exit status out. The one place with unsafe code.
//!
//! On Unix the program brings the `main` of C with it, and Rust's runtime does not start. It would open `/dev/null` in
//! the place of a closed standard stream, where a secret would be lost with exit status 0, and abort where there is
//! no `/dev/null`; and it would take a third of the system calls of a short run.

#![cfg_attr(unix, no_main)]
#![allow(unsafe_code)]

use std::alloc::{GlobalAlloc, Layout};

/// musl's allocator keeps calling mmap and munmap while clap parses: a third of a short run.
#[cfg(target_env = "musl")]
const HEAP: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;
#[cfg(not(target_env = "musl"))]
const HEAP: std::alloc::System = std::alloc::System;

/// The heap, and an error where it is exhausted: std would abort the process.
struct Allocator;

#[global_allocator]
static ALLOCATOR: Allocator = Allocator;

// SAFETY: every call is passed on to the heap, and every answer to the caller, unless the process ends in between.
unsafe impl GlobalAlloc for Allocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promises are those that the heap asks for.
        checked(unsafe { HEAP.alloc(layout) })
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as above.
        checked(unsafe { HEAP.alloc_zeroed(layout) })
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: as above.
        checked(unsafe { HEAP.realloc(memory, layout, size) })
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe { HEAP.dealloc(memory, layout) }
    }
}

fn checked(memory: *mut u8) -> *mut u8 {
    if memory.is_null() {
        mksecret::memory_refused();
    }
    memory
}

#[cfg(unix)]
mod unix {
    use std::{
        ffi::{CStr, OsString, c_char, c_int},
        fs::File,
        io,
        os::{fd::BorrowedFd, unix::ffi::OsStringExt},
    };

    /// What the system starts: nothing else in the program has this name, and C has given it this form.
    #[unsafe(no_mangle)]
    extern "C" fn main(argc: c_int, argv: *const *const c_char) -> c_int {
        let args = (0..argc).map(|index| {
            // SAFETY: argv has argc elements, each of them a string that ends with NUL and stays as it is.
            let arg = unsafe { CStr::from_ptr(*argv.offset(index as isize)) };
            OsString::from_vec(arg.to_bytes().to_vec())
        });
        mksecret::run(args, duplicate).into()
    }

    /// A descriptor of our own for what descriptor `number` refers to.
    fn duplicate(number: i32) -> io::Result<File> {
        // SAFETY: the user named this descriptor on the command line (no negative number is one), so it is theirs to
        // give. It is only duplicated; if it is closed, the system says EBADF and does nothing.
        let named = unsafe { BorrowedFd::borrow_raw(number) };
        named.try_clone_to_owned().map(File::from)
    }
}

#[cfg(not(unix))]
fn main() -> std::process::ExitCode {
    let none = |_| Err(std::io::ErrorKind::Unsupported.into());
    mksecret::run(std::env::args_os(), none).into()
}
