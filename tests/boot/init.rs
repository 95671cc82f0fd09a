//! The first process of the boot test's guest: see [`guest`].

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod guest;

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
fn main() {
    guest::main();
}

#[cfg(not(all(target_os = "linux", target_arch = "x86_64")))]
fn main() {}
