//! Keys and tokens.

use super::Recipe;

#[test]
#[ignore = "needs python3"]
fn fernet_takes_the_key() {
    let mut recipe = Recipe::of("Fernet");
    assert_eq!(recipe.run(), "hello\n");
}

#[test]
#[ignore = "needs pypi"]
fn jwt_key_is_long_enough_without_a_warning() {
    let mut recipe = Recipe::of("JSON Web Tokens");
    recipe.bring("python3");
    recipe.step();
    let (printed, warnings) = recipe.step();
    assert_eq!((printed.as_str(), warnings.as_str()), ("alice\n", ""));

    // The same library warns of half as many bytes.
    let encode = r#"python3 -c '
import base64, jwt, sys
jwt.encode({}, base64.b64decode(sys.stdin.read()), algorithm="HS256")'"#;
    let done = recipe.bash(&format!("mksecret base64 16 | {encode}"));
    done.stderr(predicates::str::contains(
        "InsecureKeyLengthWarning: The HMAC key is 16 bytes long",
    ));
}

#[test]
#[ignore = "needs oathtool, python3"]
fn totp_seed_gives_the_passwords_of_rfc_6238() {
    let mut recipe = Recipe::of("One-time passwords");
    let password = recipe.run();
    assert_eq!(password.len(), 7);

    let uri = recipe.read("totp.uri");
    let (start, seed) = uri.rsplit_once('=').unwrap();
    assert_eq!(start, "otpauth://totp/Example:alice?issuer=Example&secret");
    // A second opinion on one moment, by the definition.
    let now = 1_800_000_000;
    let defined = recipe.prints(&format!(
        r#"python3 -c '
import base64, hmac
digest = hmac.digest(base64.b32decode("{seed}"), ({now} // 30).to_bytes(8, "big"), "sha1")
start = digest[-1] & 15
print("%06d" % ((int.from_bytes(digest[start:start + 4], "big") & 0x7fffffff) % 10 ** 6))'"#
    ));
    let printed = recipe.prints(&format!(
        "oathtool --totp --base32 --now '@{now}' - <<< {seed}"
    ));
    assert_eq!(printed, defined);
}
