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

#[test]
#[ignore = "needs pypi"]
fn token_is_signed_with_the_secret_of_the_file() {
    let mut recipe = Recipe::of("A signed token");
    recipe.bring("python3");
    assert_eq!(recipe.run_twice(".env"), "anon\n");
}

#[test]
#[ignore = "needs openssl"]
fn private_key_survives_the_env_file() {
    let mut recipe = Recipe::of("Key pairs in an .env file");
    assert_eq!(recipe.run_twice(".env"), "Key is valid\n");
}

#[test]
#[ignore = "needs openssl, python3"]
fn vapid_public_key_belongs_to_the_private_one() {
    let mut recipe = Recipe::of("VAPID");
    assert_eq!(recipe.run_twice(".env"), "True\n");
    let lengths = recipe.prints("sed 's/.*=//' .env | awk '{ print length }'");
    assert_eq!(lengths, "43\n87\n");
}

#[test]
#[ignore = "needs htpasswd, pypi"]
fn bcrypt_hash_arrives_whole_in_a_label() {
    let mut recipe = Recipe::of("bcrypt for Traefik");
    recipe.bring("docker-compose");
    let label = recipe.run();
    let compose = format!(
        "services:\n  web:\n    image: traefik\n    labels:\n      users: \"{}\"\n",
        label.trim_end()
    );
    recipe.place().file("compose.yaml", &compose);
    let read = recipe.prints("docker-compose config --format json");
    // What is printed is escaped once more.
    let hash = recipe.read("alice.htpasswd").replace('$', "$$");
    assert!(read.contains(hash.trim_end()), "{read}");
    recipe.prints("htpasswd -i -v alice.htpasswd alice < alice.password");
}

#[test]
#[ignore = "needs argon2, php"]
fn argon2_hash_is_of_the_password() {
    let mut recipe = Recipe::of("argon2");
    assert_eq!(recipe.run(), "bool(true)\n");
    let hash = recipe.read("admin.argon2");
    assert!(
        hash.starts_with("$argon2id$v=19$m=65536,t=3,p=4$"),
        "{hash}"
    );
}
