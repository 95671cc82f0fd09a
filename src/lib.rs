//! Secrets made of the kernel's own randomness, exactly uniform, delivered whole or not at all.
pub mod entropy;
pub mod sample;
