#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| mksecret::fuzzing::word_list(input));
