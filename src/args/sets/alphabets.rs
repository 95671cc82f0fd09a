//! Names of classes and of well-known alphabets.

/// An alphabet that other tools know by name.
pub(super) struct Known {
    /// In lower case, letters and digits only.
    pub(super) names: &'static str,
    /// As in a regular expression; empty if the name does not say which.
    pub(super) chars: &'static str,
    /// What makes it, `<N>` characters long; empty if it has to be written out.
    pub(super) instead: &'static str,
}

const fn known(names: &'static str, chars: &'static str, instead: &'static str) -> Known {
    Known {
        names,
        chars,
        instead,
    }
}

// POSIX and Perl; Python's `string`; the options of pwgen, apg, makepasswd, KeePassXC, Bitwarden, 1Password, gopass,
// passgen, rgen and nanoid-dictionary; the providers of Terraform and Vault; hashcat's charsets; RFC 4648 and what is
// built like it.
#[rustfmt::skip]
pub(super) const KNOWN: &[Known] = &[
    known("lower low lc lowercase lowers lowerletters lowercaseletters loweralpha lowercasealphabet asciilowercase minuscule minuscules",
        "a-z", "--for alnum --no-upper --no-digit"),
    known("upper up uc uppercase uppers upperletters uppercaseletters upperalpha uppercasealphabet asciiuppercase capital capitals capitalletters caps majuscule",
        "A-Z", "--for alnum --no-lower --no-digit"),
    known("digit digits num nums number numbers numeric numerics numeral numerals dec decimal decimals base10 pin integer integers",
        "0-9", "--for pin"),
    known("alpha alphas alphabet alphabetic alphabetical letter letters asciiletters mixalpha latin mixed mixedcase aa",
        "A-Za-z", "--for alnum --no-digit"),
    known("alnum alnums alphanum alphanumeric alphanumerics alphanumerical lettersdigits lettersanddigits lettersandnumbers mixalphanumeric base62 b62 word wordchar wordchars plain simple aa0 aa1 lud uld ncl lun",
        "A-Za-z0-9", "--for alnum"),
    known("symbol symbols sym syms punct puncts punctuation punctuations special specials specialchar specialchars specialcharacter specialcharacters nonalnum nonalpha nonalphanumeric",
        "!-/:-@[-`{-~", "--for full --no-lower --no-upper --no-digit"),
    known("print printable printables printableascii asciiprintable graph graphic graphical visible ascii ascii94 all allchars allcharacters any full everything base94 mixalphanumericall luds ulds sncl luns ulns",
        "!-~", "--for full"),
    known("ascii95 printablespace", " -~", "--for full, which has no space"),
    known("safe shellsafe yamlsafe configsafe", "A-Za-z0-9_.-", "--for safe"),
    known("hex hexa hexadecimal hexadecimals hexdigit hexdigits hexlower lowerhex hexadecimallowercase base16 xdigit",
        "0-9a-f", "`mksecret hex -l <32>`, or --alphabet 0123456789abcdef"),
    known("hexupper upperhex hexadecimaluppercase base16upper", "0-9A-F", ""),
    known("bin binary bit bits base2", "01", ""),
    known("oct octal base8 octdigits", "0-7", ""),
    known("base32 b32 rfc4648", "A-Z2-7", "`mksecret base32 -l <26>`, or --alphabet ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
    known("base32hex", "0-9A-V", ""),
    known("crockford base32crockford crockfordbase32 ulid", "0-9A-HJKMNP-TV-Z", ""),
    known("zbase32 base32z", "ybndrfg8ejkmcpqxot1uwisza345h769", ""),
    known("bech32", "qpzry9x8gf2tvdw0s3jn54khce6mua7l", ""),
    known("geohash", "0-9b-hjkmnp-z", ""),
    known("base20 olc pluscode", "23456789CFGHJMPQRVWX", ""),
    known("base36 lowernumeric loweralphanumeric loweralphanum loweralnum", "0-9a-z", ""),
    known("upperalphanumeric upperalphanum upperalnum uppernumeric", "0-9A-Z", ""),
    known("base45", "0-9A-Z $%*+./:-", ""),
    known("base56", "2-9A-HJ-NP-Za-kmnp-z", ""),
    known("base57 shortuuid", "2-9A-HJ-NP-Za-km-z", ""),
    known("base58 b58 base58btc base58check bitcoin btc ipfs flickr base58flickr ripple base58ripple", "1-9A-HJ-NP-Za-km-z", ""),
    known("base64 b64 mime pem", "A-Za-z0-9+/", "`mksecret base64 -l <24>`"),
    known("base64url urlsafebase64 base64urlsafe urlsafe urlsafe64 url nanoid youtube b64url filename filenames filesafe",
        "A-Za-z0-9_-", "`mksecret urlsafe -l <24>`"),
    known("unreserved urlunreserved rfc3986 uri", "A-Za-z0-9._~-", ""),
    known("base85 ascii85 a85", "!-u", ""),
    known("z85 rfc1924", "0-9a-zA-Z.:+=^!/*?&<>()[]{}@%$#-", ""),
    known("base91", "A-Za-z0-9!#$%&()*+,./:;<=>?@[]^_`{|}~\"", ""),
    known("similar similars similarchars similarcharacters ambiguous ambiguouschars ambiguouscharacters ambiguity confusable confusables confusing lookalike lookalikes lookalikechars",
        "0O1lI|", "--no-lookalikes"),
    known("nolookalikes nolookalikessafe nosimilar noambiguous nonambiguous unambiguous unmistakable distinguishable distinct readable humanreadable human easy easytoread legible typable typeable clear",
        "A-HJ-NP-Za-km-z2-9", "--for alnum --no-lookalikes"),
    known("vowel vowels", "aeiouAEIOU", ""),
    known("novowels consonant consonants", "B-DF-HJ-NP-TV-Zb-df-hj-np-tv-z", ""),
    known("bracket brackets", "()<>[]{}", ""),
    known("brace braces curly", "{}", ""),
    known("paren parens parentheses parenthesis", "()", ""),
    known("quote quotes quotation quotationmarks", "'\"`", ""),
    known("dash dashes hyphen hyphens minus", "-", ""),
    known("underscore underscores underline", "_", ""),
    known("dot dots period periods", ".", ""),
    known("slash slashes", "/\\", ""),
    known("math mathematical operators", "<>*+!?=", ""),
    known("logograms", "#$%&@^`~", ""),
    known("dna nucleotide nucleotides", "ACGT", ""),
    known("roman", "IVXLCDM", ""),
    known("shell bash unquoted noquotes yaml json sql xml html csv env dotenv ini toml jdbc oracle windows posix", "",
        "what needs no quotes there is --for safe"),
    known("strong secure complex paranoid medium weak default custom pronounceable memorable keyboard qwerty", "",
        "list the characters, or choose one of the presets of --for: safe, alnum, full, pin"),
    known("space spaces whitespace blank", " ", "list a space among the others, as in --alphabet 'abc '"),
    known("cntrl control", "", "leave it out: no password holds control characters"),
    known("uuid guid uuid4", "", "`mksecret uuid`"),
    known("token", "", "`mksecret token`"),
    known("words passphrase diceware", "", "`mksecret passphrase`"),
    known("none nothing empty null false true yes", "", "list the characters, or leave the option out"),
    known("unicode utf8 utf16 latin1 iso88591 extended extendedascii highansi ansi greek cyrillic umlauts accents accented emoji emojis", "",
        "list the characters"),
];
