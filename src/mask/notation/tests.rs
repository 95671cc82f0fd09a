use super::*;

/// A pattern as it is read: each set, and how often one of it is drawn if not once.
fn sets(pattern: &str) -> Result<String, BadPattern> {
    let shown = |run: Run| {
        let set: String = run.chars.into_iter().collect();
        let times = run.times;
        match times {
            1 => set,
            _ => format!("{set} {times}"),
        }
    };
    let sets: Vec<String> = read(pattern)?.into_iter().map(shown).collect();
    Ok(sets.join("  "))
}

#[test]
fn characters_sets_and_repetitions_are_read() {
    for (pattern, expected) in [
        ("[ab]", "ab"),
        ("x[0-9]{12}", "x  0123456789 12"),
        ("[A-CX-Z2-4]", "ABCXYZ234"),
        ("[-a][a-][-][b-d-]", "-a  a-  -  bcd-"),
        (r"[a\-z][-\]][\[\^\\]", r"a-z  -]  [^\"),
        ("[.$*+?|(){}]", ".$*+?|(){}"),
        (
            r"\.\^\$\*\+\?\|\(\)\[\]\{\}\\[ab]",
            r".  ^  $  *  +  ?  |  (  )  [  ]  {  }  \  ab",
        ),
        (r"\-\/\_[ab]{007}", "-  /  _  ab 7"),
        (r"a{3}[bc]\{{2}-{4}", "a 3  bc  { 2  - 4"),
        ("ä[é€]{2}", "ä  é€ 2"),
        ("[ab],-:'<@~", "ab  ,  -  :  '  <  @  ~"),
        (r"[ab]{1024}", "ab 1024"),
        (r"[ab]{1000}[cd]{23}e", "ab 1000  cd 23  e"),
    ] {
        assert_eq!(sets(pattern).as_deref(), Ok(expected), "{pattern}");
    }
}

#[test]
fn what_regular_expressions_mean_is_refused_with_its_column() {
    let list = "list those that may stand there, as in [A-Z2-9]";
    let whole = "omit it: the pattern describes the whole text";
    for (pattern, column, hint) in [
        ("^[ab]$", 1, whole),
        ("[ab]$", 5, whole),
        ("ab.[ab]", 3, list),
        (".{8}", 1, list),
        ("[ab]+", 5, REPEAT),
        ("é[ab]*", 6, REPEAT),
        ("[ab]{2}?", 8, REPEAT),
        ("+[ab]", 1, REPEAT),
        ("{2}[ab]", 1, REPEAT),
        ("[ab]|c", 5, "is a set, as in [ab]"),
        ("([ab]{2}){2}", 1, "repeat each character or set by itself"),
        ("[ab])", 5, "repeat each character or set by itself"),
        ("[ab]}", 5, REPEAT),
        ("[ab]]", 5, "`[` opens a set"),
        ("[^a]", 2, list),
        ("[a^]", 3, list),
        ("[a[b]", 3, "`]` closes a set"),
        ("[a-z&&[^aeiou]]", 6, "list each character once"),
        ("[ab", 1, "`]` closes it"),
        ("x[a-", 2, "`]` closes it"),
        ("[]", 1, "list its characters"),
        ("[]ab]", 1, "list its characters"),
        (r"\d{6}", 1, "write [0-9]"),
        (r"x\w", 2, "write [A-Za-z0-9_]"),
        (r"[\d_]", 2, "write 0-9"),
        (r"\s[ab]", 1, "a space stands for itself"),
        (r"\b[ab]\b", 1, whole),
        (r"[ab]\1", 5, "again"),
        (r"\x41[ab]", 1, "write the character itself"),
        (r"[ab]\n", 5, "no text holds control characters"),
        (r"\p{L}", 1, "list the characters"),
        (r"\y[ab]", 1, r"`y` stands for itself without `\`"),
        (r"\é[ab]", 1, r"`é` stands for itself without `\`"),
        (r"[ab]\", 5, r"`\\` is a backslash"),
        ("[[:digit:]]{4}", 2, "write 0-9"),
        ("[:alpha:]", 1, "write [A-Za-z]"),
        ("[[:upper:]]", 2, "write A-Z"),
        ("[[:lower:]]", 2, "write a-z"),
        ("[[:alnum:]]", 2, "write A-Za-z0-9"),
        ("x[_[:XDIGIT:]]", 4, "write 0-9a-f"),
        ("[[:punct:]]", 2, "list its characters"),
        ("[A-z]", 2, "write A-Za-z"),
        ("[_a-Z]", 3, "write a-zA-Z"),
        ("[0-z]", 2, "write 0-9a-z"),
        ("[Z-0]", 2, "write Z0"),
        ("[z-a]", 2, "write a-z"),
        ("[a-a]", 2, "write a"),
        ("[!-~]", 2, "`mksecret password --for full`"),
        ("[ -~]", 2, "`mksecret password --for full`"),
        ("[+-=]", 2, "list every character"),
        ("[а-я]", 2, "list every character"),
        ("[--a]", 2, "list every character"),
        ("[a-z-9]", 5, "a literal hyphen stands first or last"),
        ("[a–z]", 3, "a range has a hyphen"),
        ("[a..z]", 4, "a range has a hyphen"),
        ("[aba]", 4, "list each character once"),
        ("[a-zb]", 5, "list each character once"),
        ("[ba-z]", 3, "list each character once"),
        ("[--]", 3, "list each character once"),
        ("[ab]{1,3}", 5, "{3}"),
        ("[ab]{,3}", 5, "{3}"),
        ("[ab]{3,}", 5, "{3}"),
        ("[ab]{ 1, 3 }", 5, "{3}"),
        ("[ab]{0}", 5, "N is 1 or more"),
        ("[ab]{}", 5, REPEAT),
        ("[ab]{-1}", 5, REPEAT),
        ("[ab]{+3}", 5, REPEAT),
        ("[ab]{n}", 5, REPEAT),
        ("[ab]{3", 5, REPEAT),
        ("[ab]{2}{3}", 8, "{6}"),
        ("[ab]{600}{2}", 10, "one {N}"),
        ("[ab]{0,}", 5, "{N} repeats"),
        ("[ab]{2,5000}", 5, "{2}: texts"),
        ("[ab]{2}{x}", 8, "one {N}"),
        (r"[ab]\{3\}", 5, "omit the backslashes"),
        (r"[ab]\{1,3\}", 5, "omit the backslashes"),
        ("", 1, EXAMPLE),
        ("abc", 1, EXAMPLE),
        ("[a]{3}", 1, EXAMPLE),
        ("a\t[ab]", 2, "remove it"),
        ("[a\u{301}]", 3, "use the precomposed character"),
        ("[ab]\u{200b}", 5, "remove it"),
        ("\\\u{7f}[ab]", 2, "remove it"),
        ("[ab\u{212a}]", 4, "use the character that replaces it"),
        ("[ab]{1025}", 5, "`mksecret urlsafe -l N`"),
        (
            "[ab]{99999999999999999999999}",
            5,
            "`mksecret urlsafe -l N`",
        ),
        ("[ab]{1024}é", 11, "`mksecret urlsafe -l N`"),
    ] {
        let bad = read(pattern).expect_err(pattern);
        assert_eq!(bad.column, column, "{pattern}: {bad:?}");
        assert!(bad.hint.contains(hint), "{pattern}: {bad:?}");
        assert!(!bad.message.is_empty(), "{pattern}");
    }
}

#[test]
fn a_range_that_a_hint_writes_is_one() {
    let chars: Vec<char> = ('0'..='9').chain('A'..='Z').chain('a'..='z').collect();
    for &first in &chars {
        for &last in &chars {
            if let Err(bad) = read(&format!("[_{first}-{last}]")) {
                let written = bad.hint.strip_prefix("write ").unwrap();
                let sets = sets(&format!("[_{written}]")).unwrap();
                assert!(sets.contains(first) && sets.contains(last), "{bad:?}");
            }
        }
    }
}

#[test]
fn every_symbol_stands_for_itself_behind_a_backslash() {
    for char in (' '..='~').filter(|char| !char.is_alphanumeric()) {
        for pattern in [format!(r"[ab]\{char}"), format!(r"[ab][\{char}]")] {
            assert_eq!(sets(&pattern), Ok(format!("ab  {char}")), "{pattern}");
        }
        let is_special = |is_set| special(char, is_set).is_some() || char == '\\';
        assert_eq!(
            read(&format!("[ab]{char}")).is_err(),
            is_special(false) || char == '['
        );
        assert_eq!(
            read(&format!("[ab{char}]")).is_err(),
            is_special(true) || char == ']'
        );
    }
}

#[test]
fn short_patterns_are_read_in_one_way() {
    // Of all texts of these characters, an independent reader accepts the same ones, and reads them alike.
    let symbols: Vec<char> = r"ab-[]{}2\^".chars().collect();
    let mut patterns = vec![String::new()];
    for _ in 0..6 {
        patterns = (patterns.iter())
            .flat_map(|text| symbols.iter().map(move |char| format!("{text}{char}")))
            .collect();
        for pattern in &patterns {
            assert_eq!(sets(pattern).ok(), independently(pattern), "{pattern}");
        }
    }
}

/// An independent reader: a grammar that knows no mistakes.
fn independently(pattern: &str) -> Option<String> {
    let mut rest = pattern;
    let mut sets = Vec::new();
    let mut is_chosen = false;
    while !rest.is_empty() {
        let mut set = String::new();
        let mut after;
        if let Some(inside) = rest.strip_prefix('[') {
            // A `]` behind `\` ends no set.
            let mut ends = (0..inside.len()).filter(|end| {
                let before = inside[..*end]
                    .chars()
                    .rev()
                    .take_while(|char| *char == '\\');
                inside[*end..].starts_with(']') && before.count() % 2 == 0
            });
            let end = ends.next()?;
            after = &inside[end + 1..];
            let mut members: Vec<(char, bool)> = Vec::new();
            let mut chars = inside[..end].chars();
            while let Some(char) = chars.next() {
                match char {
                    '\\' => {
                        members.push((chars.next().filter(|next| !next.is_alphanumeric())?, true))
                    }
                    '[' | '^' => return None,
                    _ => members.push((char, false)),
                }
            }
            let mut at = 0;
            while at < members.len() {
                let is_last = at + 1 == members.len();
                match (members[at], members.get(at + 1), members.get(at + 2)) {
                    ((first, _), Some(('-', false)), Some((last, _))) => {
                        if (first, *last) != ('a', 'b') {
                            return None;
                        }
                        set.push_str("ab");
                        at += 3;
                    }
                    (('-', false), ..) if at > 0 && !is_last => return None,
                    ((char, _), ..) => {
                        set.push(char);
                        at += 1;
                    }
                }
            }
        } else {
            let mut chars = rest.chars();
            match chars.next()? {
                '\\' => set.push(chars.next().filter(|next| !next.is_alphanumeric())?),
                '^' | '{' | '}' | ']' => return None,
                char => set.push(char),
            }
            after = chars.as_str();
        }
        let mut sorted: Vec<char> = set.chars().collect();
        sorted.sort_unstable();
        sorted.dedup();
        if set.is_empty() || sorted.len() < set.chars().count() {
            return None;
        }
        is_chosen |= sorted.len() > 1;
        if after.starts_with(r"\{2\}") || after.starts_with(r"\{22\}") {
            return None;
        }
        if let Some(inside) = after.strip_prefix('{') {
            let (number, behind) = inside.split_once('}')?;
            set = match number
                .parse::<usize>()
                .ok()
                .filter(|_| !number.contains('-'))?
            {
                1 => set,
                times => format!("{set} {times}"),
            };
            after = behind;
            if after.starts_with('{') {
                return None;
            }
        }
        sets.push(set);
        rest = after;
    }
    is_chosen.then(|| sets.join("  "))
}
