complete -c mksecret -f
# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_mksecret_global_optspecs
    string join \n h/help V/version
end

function __fish_mksecret_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_mksecret_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_mksecret_using_subcommand
    set -l cmd (__fish_mksecret_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c mksecret -n "__fish_mksecret_needs_command" -s h -l help -d 'Print help'
complete -c mksecret -n "__fish_mksecret_needs_command" -s V -l version -d 'Print version'
complete -c mksecret -n "__fish_mksecret_needs_command" -f -a "password" -d 'A password, drawn uniformly from all that the rules allow'
complete -c mksecret -n "__fish_mksecret_needs_command" -f -a "passphrase" -d 'A passphrase of random words'
complete -c mksecret -n "__fish_mksecret_needs_command" -f -a "pattern" -d 'A text with a set of characters for each place'
complete -c mksecret -n "__fish_mksecret_needs_command" -f -a "hex" -d 'Random bytes in hexadecimal'
complete -c mksecret -n "__fish_mksecret_needs_command" -f -a "urlsafe" -d 'Random bytes in URL-safe base64'
complete -c mksecret -n "__fish_mksecret_needs_command" -f -a "base64" -d 'Random bytes in standard base64'
complete -c mksecret -n "__fish_mksecret_needs_command" -f -a "base32" -d 'Random bytes in base32'
complete -c mksecret -n "__fish_mksecret_needs_command" -f -a "token" -d 'A token with a prefix and a checksum'
complete -c mksecret -n "__fish_mksecret_needs_command" -f -a "uuid" -d 'A random UUID'
complete -c mksecret -n "__fish_mksecret_needs_command" -f -a "bytes" -d 'Raw random bytes'
complete -c mksecret -n "__fish_mksecret_needs_command" -f -a "below" -d 'A random integer below a bound of any size'
complete -c mksecret -n "__fish_mksecret_needs_command" -f -a "choice" -d 'One of several items, chosen at random'
complete -c mksecret -n "__fish_mksecret_needs_command" -f -a "sample" -d 'Several distinct items, or all of them, in random order'
complete -c mksecret -n "__fish_mksecret_needs_command" -f -a "fill" -d 'Fill in the secrets of a file, such as .env'
complete -c mksecret -n "__fish_mksecret_needs_command" -f -a "ready" -d 'Wait until the kernel\'s random pool is initialised'
complete -c mksecret -n "__fish_mksecret_needs_command" -f -a "completions" -d 'Print a shell completion script'
complete -c mksecret -n "__fish_mksecret_needs_command" -f -a "man" -d 'Print a man page'
complete -c mksecret -n "__fish_mksecret_needs_command" -f -a "help" -d 'Print the help of a subcommand'
complete -c mksecret -n "__fish_mksecret_using_subcommand password" -s l -l length -d 'Number of characters (default 24, or 6 with --for pin; at most 1024)' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand password" -s b -l bits -d 'Use the shortest length with at least B bits' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand password" -l for -d 'The preset to start from' -r -f -a "safe\t'A-Za-z0-9-_. in a form that needs no quotes in shells, YAML, .env files and URLs'
alnum\t'A-Za-z0-9'
full\t'All 94 printable ASCII characters'
pin\t'6 digits, 19.9 bits: only where guesses are rate-limited'"
complete -c mksecret -n "__fish_mksecret_using_subcommand password" -l lower -d 'At least N lower-case letters' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand password" -l upper -d 'At least N upper-case letters' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand password" -l digit -d 'At least N digits' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand password" -l symbol -d 'At least N symbols' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand password" -l symbols -d 'Use these symbols' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand password" -l alphabet -d 'Use these characters instead of the classes' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand password" -l rules -d 'Use the rules of a site (its passwordrules attribute) instead of classes and presets' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand password" -l exclude -d 'Exclude these characters' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand password" -l start -d 'First character: a letter, a letter or digit, or any' -r -f -a "letter\t''
alnum\t''
any\t''"
complete -c mksecret -n "__fish_mksecret_using_subcommand password" -l end -d 'Last character: a letter, a letter or digit, or any' -r -f -a "letter\t''
alnum\t''
any\t''"
complete -c mksecret -n "__fish_mksecret_using_subcommand password" -l max-run -d 'No character more than K times in a row' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand password" -s c -l count -d 'Print N of them, one per line' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand password" -l prefix -d 'Print STR before each' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand password" -s o -l output -d 'Write to a new FILE with mode 0600, complete or absent; - is standard output' -r -F
complete -c mksecret -n "__fish_mksecret_using_subcommand password" -l mode -d 'With -o: set the permissions of a new FILE (octal, default 0600)' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand password" -l owner -d 'With -o: give a new FILE to USER, and to GROUP: names or numbers' -r -f -a "(__fish_complete_users)"
complete -c mksecret -n "__fish_mksecret_using_subcommand password" -l timeout -d 'Wait up to DURATION for the pool (500ms, 5s, 2m), then exit 75' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand password" -l pool -d 'Which of the kernel\'s random pools to use' -r -f -a "urandom\t'getrandom(2) without flags'
random\t'getrandom(2) with GRND_RANDOM'"
complete -c mksecret -n "__fish_mksecret_using_subcommand password" -l no-lower -d 'No lower-case letters'
complete -c mksecret -n "__fish_mksecret_using_subcommand password" -l no-upper -d 'No upper-case letters'
complete -c mksecret -n "__fish_mksecret_using_subcommand password" -l no-digit -d 'No digits'
complete -c mksecret -n "__fish_mksecret_using_subcommand password" -l no-symbol -d 'No symbols'
complete -c mksecret -n "__fish_mksecret_using_subcommand password" -s B -l no-lookalikes -d 'Exclude the look-alikes 0 O 1 l I |'
complete -c mksecret -n "__fish_mksecret_using_subcommand password" -s n -l no-newline -d 'Omit the newline (or NUL) after the last one'
complete -c mksecret -n "__fish_mksecret_using_subcommand password" -s 0 -l null -d 'End each with NUL instead of newline'
complete -c mksecret -n "__fish_mksecret_using_subcommand password" -l distinct -d 'With -c: no two are equal; at most half of the texts there are'
complete -c mksecret -n "__fish_mksecret_using_subcommand password" -s f -l force -d 'With -o: overwrite an existing FILE'
complete -c mksecret -n "__fish_mksecret_using_subcommand password" -l preserve -d 'With --force: give the new file the owner, group and mode of the existing FILE'
complete -c mksecret -n "__fish_mksecret_using_subcommand password" -l keep -d 'With -o: keep an existing FILE and exit 0, unless it is empty or open to others'
complete -c mksecret -n "__fish_mksecret_using_subcommand password" -l nonblock -d 'Do not wait for the kernel\'s random pool: exit 75 if it is not initialised'
complete -c mksecret -n "__fish_mksecret_using_subcommand password" -s v -l verbose -d 'Print what was generated and its strength in bits to standard error'
complete -c mksecret -n "__fish_mksecret_using_subcommand password" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mksecret -n "__fish_mksecret_using_subcommand passphrase" -s w -l words -d 'Number of words (default: the fewest with 128 bits)' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand passphrase" -s b -l bits -d 'Use the fewest words with at least B bits' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand passphrase" -s W -l wordlist -d 'Read the words from FILE, one per line; - is standard input' -r -F
complete -c mksecret -n "__fish_mksecret_using_subcommand passphrase" -l max-word -d 'Leave out words of more than N characters' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand passphrase" -s s -l separator -d 'Separator between words' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand passphrase" -s c -l count -d 'Print N of them, one per line' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand passphrase" -l prefix -d 'Print STR before each' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand passphrase" -s o -l output -d 'Write to a new FILE with mode 0600, complete or absent; - is standard output' -r -F
complete -c mksecret -n "__fish_mksecret_using_subcommand passphrase" -l mode -d 'With -o: set the permissions of a new FILE (octal, default 0600)' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand passphrase" -l owner -d 'With -o: give a new FILE to USER, and to GROUP: names or numbers' -r -f -a "(__fish_complete_users)"
complete -c mksecret -n "__fish_mksecret_using_subcommand passphrase" -l timeout -d 'Wait up to DURATION for the pool (500ms, 5s, 2m), then exit 75' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand passphrase" -l pool -d 'Which of the kernel\'s random pools to use' -r -f -a "urandom\t'getrandom(2) without flags'
random\t'getrandom(2) with GRND_RANDOM'"
complete -c mksecret -n "__fish_mksecret_using_subcommand passphrase" -l capitalize -d 'Begin each word with a capital letter'
complete -c mksecret -n "__fish_mksecret_using_subcommand passphrase" -l add-digit -d 'Add a digit after one of the words'
complete -c mksecret -n "__fish_mksecret_using_subcommand passphrase" -l add-symbol -d 'Add one of !#$%&*+=?@ after one of the words'
complete -c mksecret -n "__fish_mksecret_using_subcommand passphrase" -s n -l no-newline -d 'Omit the newline (or NUL) after the last one'
complete -c mksecret -n "__fish_mksecret_using_subcommand passphrase" -s 0 -l null -d 'End each with NUL instead of newline'
complete -c mksecret -n "__fish_mksecret_using_subcommand passphrase" -l distinct -d 'With -c: no two are equal; at most half of the texts there are'
complete -c mksecret -n "__fish_mksecret_using_subcommand passphrase" -s f -l force -d 'With -o: overwrite an existing FILE'
complete -c mksecret -n "__fish_mksecret_using_subcommand passphrase" -l preserve -d 'With --force: give the new file the owner, group and mode of the existing FILE'
complete -c mksecret -n "__fish_mksecret_using_subcommand passphrase" -l keep -d 'With -o: keep an existing FILE and exit 0, unless it is empty or open to others'
complete -c mksecret -n "__fish_mksecret_using_subcommand passphrase" -l nonblock -d 'Do not wait for the kernel\'s random pool: exit 75 if it is not initialised'
complete -c mksecret -n "__fish_mksecret_using_subcommand passphrase" -s v -l verbose -d 'Print what was generated and its strength in bits to standard error'
complete -c mksecret -n "__fish_mksecret_using_subcommand passphrase" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mksecret -n "__fish_mksecret_using_subcommand pattern" -s c -l count -d 'Print N of them, one per line' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand pattern" -l prefix -d 'Print STR before each' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand pattern" -s o -l output -d 'Write to a new FILE with mode 0600, complete or absent; - is standard output' -r -F
complete -c mksecret -n "__fish_mksecret_using_subcommand pattern" -l mode -d 'With -o: set the permissions of a new FILE (octal, default 0600)' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand pattern" -l owner -d 'With -o: give a new FILE to USER, and to GROUP: names or numbers' -r -f -a "(__fish_complete_users)"
complete -c mksecret -n "__fish_mksecret_using_subcommand pattern" -l timeout -d 'Wait up to DURATION for the pool (500ms, 5s, 2m), then exit 75' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand pattern" -l pool -d 'Which of the kernel\'s random pools to use' -r -f -a "urandom\t'getrandom(2) without flags'
random\t'getrandom(2) with GRND_RANDOM'"
complete -c mksecret -n "__fish_mksecret_using_subcommand pattern" -s n -l no-newline -d 'Omit the newline (or NUL) after the last one'
complete -c mksecret -n "__fish_mksecret_using_subcommand pattern" -s 0 -l null -d 'End each with NUL instead of newline'
complete -c mksecret -n "__fish_mksecret_using_subcommand pattern" -l distinct -d 'With -c: no two are equal; at most half of the texts there are'
complete -c mksecret -n "__fish_mksecret_using_subcommand pattern" -s f -l force -d 'With -o: overwrite an existing FILE'
complete -c mksecret -n "__fish_mksecret_using_subcommand pattern" -l preserve -d 'With --force: give the new file the owner, group and mode of the existing FILE'
complete -c mksecret -n "__fish_mksecret_using_subcommand pattern" -l keep -d 'With -o: keep an existing FILE and exit 0, unless it is empty or open to others'
complete -c mksecret -n "__fish_mksecret_using_subcommand pattern" -l nonblock -d 'Do not wait for the kernel\'s random pool: exit 75 if it is not initialised'
complete -c mksecret -n "__fish_mksecret_using_subcommand pattern" -s v -l verbose -d 'Print what was generated and its strength in bits to standard error'
complete -c mksecret -n "__fish_mksecret_using_subcommand pattern" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mksecret -n "__fish_mksecret_using_subcommand hex" -s l -l chars -d 'Print exactly N characters' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand hex" -s c -l count -d 'Print N of them, one per line' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand hex" -l prefix -d 'Print STR before each' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand hex" -s o -l output -d 'Write to a new FILE with mode 0600, complete or absent; - is standard output' -r -F
complete -c mksecret -n "__fish_mksecret_using_subcommand hex" -l mode -d 'With -o: set the permissions of a new FILE (octal, default 0600)' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand hex" -l owner -d 'With -o: give a new FILE to USER, and to GROUP: names or numbers' -r -f -a "(__fish_complete_users)"
complete -c mksecret -n "__fish_mksecret_using_subcommand hex" -l timeout -d 'Wait up to DURATION for the pool (500ms, 5s, 2m), then exit 75' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand hex" -l pool -d 'Which of the kernel\'s random pools to use' -r -f -a "urandom\t'getrandom(2) without flags'
random\t'getrandom(2) with GRND_RANDOM'"
complete -c mksecret -n "__fish_mksecret_using_subcommand hex" -l no-expand -d 'Take every byte from the kernel, even after the first 64 KiB'
complete -c mksecret -n "__fish_mksecret_using_subcommand hex" -s n -l no-newline -d 'Omit the newline (or NUL) after the last one'
complete -c mksecret -n "__fish_mksecret_using_subcommand hex" -s 0 -l null -d 'End each with NUL instead of newline'
complete -c mksecret -n "__fish_mksecret_using_subcommand hex" -l distinct -d 'With -c: no two are equal; at most half of the texts there are'
complete -c mksecret -n "__fish_mksecret_using_subcommand hex" -s f -l force -d 'With -o: overwrite an existing FILE'
complete -c mksecret -n "__fish_mksecret_using_subcommand hex" -l preserve -d 'With --force: give the new file the owner, group and mode of the existing FILE'
complete -c mksecret -n "__fish_mksecret_using_subcommand hex" -l keep -d 'With -o: keep an existing FILE and exit 0, unless it is empty or open to others'
complete -c mksecret -n "__fish_mksecret_using_subcommand hex" -l nonblock -d 'Do not wait for the kernel\'s random pool: exit 75 if it is not initialised'
complete -c mksecret -n "__fish_mksecret_using_subcommand hex" -s v -l verbose -d 'Print what was generated and its strength in bits to standard error'
complete -c mksecret -n "__fish_mksecret_using_subcommand hex" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mksecret -n "__fish_mksecret_using_subcommand urlsafe" -s l -l chars -d 'Print exactly N characters' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand urlsafe" -s c -l count -d 'Print N of them, one per line' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand urlsafe" -l prefix -d 'Print STR before each' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand urlsafe" -s o -l output -d 'Write to a new FILE with mode 0600, complete or absent; - is standard output' -r -F
complete -c mksecret -n "__fish_mksecret_using_subcommand urlsafe" -l mode -d 'With -o: set the permissions of a new FILE (octal, default 0600)' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand urlsafe" -l owner -d 'With -o: give a new FILE to USER, and to GROUP: names or numbers' -r -f -a "(__fish_complete_users)"
complete -c mksecret -n "__fish_mksecret_using_subcommand urlsafe" -l timeout -d 'Wait up to DURATION for the pool (500ms, 5s, 2m), then exit 75' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand urlsafe" -l pool -d 'Which of the kernel\'s random pools to use' -r -f -a "urandom\t'getrandom(2) without flags'
random\t'getrandom(2) with GRND_RANDOM'"
complete -c mksecret -n "__fish_mksecret_using_subcommand urlsafe" -l no-expand -d 'Take every byte from the kernel, even after the first 64 KiB'
complete -c mksecret -n "__fish_mksecret_using_subcommand urlsafe" -l pad -d 'Pad with = to a multiple of four characters'
complete -c mksecret -n "__fish_mksecret_using_subcommand urlsafe" -s n -l no-newline -d 'Omit the newline (or NUL) after the last one'
complete -c mksecret -n "__fish_mksecret_using_subcommand urlsafe" -s 0 -l null -d 'End each with NUL instead of newline'
complete -c mksecret -n "__fish_mksecret_using_subcommand urlsafe" -l distinct -d 'With -c: no two are equal; at most half of the texts there are'
complete -c mksecret -n "__fish_mksecret_using_subcommand urlsafe" -s f -l force -d 'With -o: overwrite an existing FILE'
complete -c mksecret -n "__fish_mksecret_using_subcommand urlsafe" -l preserve -d 'With --force: give the new file the owner, group and mode of the existing FILE'
complete -c mksecret -n "__fish_mksecret_using_subcommand urlsafe" -l keep -d 'With -o: keep an existing FILE and exit 0, unless it is empty or open to others'
complete -c mksecret -n "__fish_mksecret_using_subcommand urlsafe" -l nonblock -d 'Do not wait for the kernel\'s random pool: exit 75 if it is not initialised'
complete -c mksecret -n "__fish_mksecret_using_subcommand urlsafe" -s v -l verbose -d 'Print what was generated and its strength in bits to standard error'
complete -c mksecret -n "__fish_mksecret_using_subcommand urlsafe" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mksecret -n "__fish_mksecret_using_subcommand base64" -s l -l chars -d 'Print exactly N characters' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand base64" -s c -l count -d 'Print N of them, one per line' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand base64" -l prefix -d 'Print STR before each' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand base64" -s o -l output -d 'Write to a new FILE with mode 0600, complete or absent; - is standard output' -r -F
complete -c mksecret -n "__fish_mksecret_using_subcommand base64" -l mode -d 'With -o: set the permissions of a new FILE (octal, default 0600)' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand base64" -l owner -d 'With -o: give a new FILE to USER, and to GROUP: names or numbers' -r -f -a "(__fish_complete_users)"
complete -c mksecret -n "__fish_mksecret_using_subcommand base64" -l timeout -d 'Wait up to DURATION for the pool (500ms, 5s, 2m), then exit 75' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand base64" -l pool -d 'Which of the kernel\'s random pools to use' -r -f -a "urandom\t'getrandom(2) without flags'
random\t'getrandom(2) with GRND_RANDOM'"
complete -c mksecret -n "__fish_mksecret_using_subcommand base64" -l no-expand -d 'Take every byte from the kernel, even after the first 64 KiB'
complete -c mksecret -n "__fish_mksecret_using_subcommand base64" -s n -l no-newline -d 'Omit the newline (or NUL) after the last one'
complete -c mksecret -n "__fish_mksecret_using_subcommand base64" -s 0 -l null -d 'End each with NUL instead of newline'
complete -c mksecret -n "__fish_mksecret_using_subcommand base64" -l distinct -d 'With -c: no two are equal; at most half of the texts there are'
complete -c mksecret -n "__fish_mksecret_using_subcommand base64" -s f -l force -d 'With -o: overwrite an existing FILE'
complete -c mksecret -n "__fish_mksecret_using_subcommand base64" -l preserve -d 'With --force: give the new file the owner, group and mode of the existing FILE'
complete -c mksecret -n "__fish_mksecret_using_subcommand base64" -l keep -d 'With -o: keep an existing FILE and exit 0, unless it is empty or open to others'
complete -c mksecret -n "__fish_mksecret_using_subcommand base64" -l nonblock -d 'Do not wait for the kernel\'s random pool: exit 75 if it is not initialised'
complete -c mksecret -n "__fish_mksecret_using_subcommand base64" -s v -l verbose -d 'Print what was generated and its strength in bits to standard error'
complete -c mksecret -n "__fish_mksecret_using_subcommand base64" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mksecret -n "__fish_mksecret_using_subcommand base32" -s l -l chars -d 'Print exactly N characters' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand base32" -s c -l count -d 'Print N of them, one per line' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand base32" -l prefix -d 'Print STR before each' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand base32" -s o -l output -d 'Write to a new FILE with mode 0600, complete or absent; - is standard output' -r -F
complete -c mksecret -n "__fish_mksecret_using_subcommand base32" -l mode -d 'With -o: set the permissions of a new FILE (octal, default 0600)' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand base32" -l owner -d 'With -o: give a new FILE to USER, and to GROUP: names or numbers' -r -f -a "(__fish_complete_users)"
complete -c mksecret -n "__fish_mksecret_using_subcommand base32" -l timeout -d 'Wait up to DURATION for the pool (500ms, 5s, 2m), then exit 75' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand base32" -l pool -d 'Which of the kernel\'s random pools to use' -r -f -a "urandom\t'getrandom(2) without flags'
random\t'getrandom(2) with GRND_RANDOM'"
complete -c mksecret -n "__fish_mksecret_using_subcommand base32" -l no-expand -d 'Take every byte from the kernel, even after the first 64 KiB'
complete -c mksecret -n "__fish_mksecret_using_subcommand base32" -l pad -d 'Pad with = to a multiple of eight characters'
complete -c mksecret -n "__fish_mksecret_using_subcommand base32" -s n -l no-newline -d 'Omit the newline (or NUL) after the last one'
complete -c mksecret -n "__fish_mksecret_using_subcommand base32" -s 0 -l null -d 'End each with NUL instead of newline'
complete -c mksecret -n "__fish_mksecret_using_subcommand base32" -l distinct -d 'With -c: no two are equal; at most half of the texts there are'
complete -c mksecret -n "__fish_mksecret_using_subcommand base32" -s f -l force -d 'With -o: overwrite an existing FILE'
complete -c mksecret -n "__fish_mksecret_using_subcommand base32" -l preserve -d 'With --force: give the new file the owner, group and mode of the existing FILE'
complete -c mksecret -n "__fish_mksecret_using_subcommand base32" -l keep -d 'With -o: keep an existing FILE and exit 0, unless it is empty or open to others'
complete -c mksecret -n "__fish_mksecret_using_subcommand base32" -l nonblock -d 'Do not wait for the kernel\'s random pool: exit 75 if it is not initialised'
complete -c mksecret -n "__fish_mksecret_using_subcommand base32" -s v -l verbose -d 'Print what was generated and its strength in bits to standard error'
complete -c mksecret -n "__fish_mksecret_using_subcommand base32" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mksecret -n "__fish_mksecret_using_subcommand token" -s i -l input -d 'With --check: read the tokens from FILE; - is standard input' -r -F
complete -c mksecret -n "__fish_mksecret_using_subcommand token" -s c -l count -d 'Print N of them, one per line' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand token" -l prefix -d 'Print STR before each' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand token" -s o -l output -d 'Write to a new FILE with mode 0600, complete or absent; - is standard output' -r -F
complete -c mksecret -n "__fish_mksecret_using_subcommand token" -l mode -d 'With -o: set the permissions of a new FILE (octal, default 0600)' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand token" -l owner -d 'With -o: give a new FILE to USER, and to GROUP: names or numbers' -r -f -a "(__fish_complete_users)"
complete -c mksecret -n "__fish_mksecret_using_subcommand token" -l timeout -d 'Wait up to DURATION for the pool (500ms, 5s, 2m), then exit 75' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand token" -l pool -d 'Which of the kernel\'s random pools to use' -r -f -a "urandom\t'getrandom(2) without flags'
random\t'getrandom(2) with GRND_RANDOM'"
complete -c mksecret -n "__fish_mksecret_using_subcommand token" -l check -d 'Check tokens, one a line, instead of generating one'
complete -c mksecret -n "__fish_mksecret_using_subcommand token" -l all -d 'With --check: name every bad line, and not only the first'
complete -c mksecret -n "__fish_mksecret_using_subcommand token" -s n -l no-newline -d 'Omit the newline (or NUL) after the last one'
complete -c mksecret -n "__fish_mksecret_using_subcommand token" -s 0 -l null -d 'End each with NUL instead of newline'
complete -c mksecret -n "__fish_mksecret_using_subcommand token" -l distinct -d 'With -c: no two are equal; at most half of the texts there are'
complete -c mksecret -n "__fish_mksecret_using_subcommand token" -s f -l force -d 'With -o: overwrite an existing FILE'
complete -c mksecret -n "__fish_mksecret_using_subcommand token" -l preserve -d 'With --force: give the new file the owner, group and mode of the existing FILE'
complete -c mksecret -n "__fish_mksecret_using_subcommand token" -l keep -d 'With -o: keep an existing FILE and exit 0, unless it is empty or open to others'
complete -c mksecret -n "__fish_mksecret_using_subcommand token" -l nonblock -d 'Do not wait for the kernel\'s random pool: exit 75 if it is not initialised'
complete -c mksecret -n "__fish_mksecret_using_subcommand token" -s v -l verbose -d 'Print what was generated and its strength in bits to standard error'
complete -c mksecret -n "__fish_mksecret_using_subcommand token" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mksecret -n "__fish_mksecret_using_subcommand uuid" -s c -l count -d 'Print N of them, one per line' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand uuid" -l prefix -d 'Print STR before each' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand uuid" -s o -l output -d 'Write to a new FILE with mode 0600, complete or absent; - is standard output' -r -F
complete -c mksecret -n "__fish_mksecret_using_subcommand uuid" -l mode -d 'With -o: set the permissions of a new FILE (octal, default 0600)' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand uuid" -l owner -d 'With -o: give a new FILE to USER, and to GROUP: names or numbers' -r -f -a "(__fish_complete_users)"
complete -c mksecret -n "__fish_mksecret_using_subcommand uuid" -l timeout -d 'Wait up to DURATION for the pool (500ms, 5s, 2m), then exit 75' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand uuid" -l pool -d 'Which of the kernel\'s random pools to use' -r -f -a "urandom\t'getrandom(2) without flags'
random\t'getrandom(2) with GRND_RANDOM'"
complete -c mksecret -n "__fish_mksecret_using_subcommand uuid" -s n -l no-newline -d 'Omit the newline (or NUL) after the last one'
complete -c mksecret -n "__fish_mksecret_using_subcommand uuid" -s 0 -l null -d 'End each with NUL instead of newline'
complete -c mksecret -n "__fish_mksecret_using_subcommand uuid" -l distinct -d 'With -c: no two are equal; at most half of the texts there are'
complete -c mksecret -n "__fish_mksecret_using_subcommand uuid" -s f -l force -d 'With -o: overwrite an existing FILE'
complete -c mksecret -n "__fish_mksecret_using_subcommand uuid" -l preserve -d 'With --force: give the new file the owner, group and mode of the existing FILE'
complete -c mksecret -n "__fish_mksecret_using_subcommand uuid" -l keep -d 'With -o: keep an existing FILE and exit 0, unless it is empty or open to others'
complete -c mksecret -n "__fish_mksecret_using_subcommand uuid" -l nonblock -d 'Do not wait for the kernel\'s random pool: exit 75 if it is not initialised'
complete -c mksecret -n "__fish_mksecret_using_subcommand uuid" -s v -l verbose -d 'Print what was generated and its strength in bits to standard error'
complete -c mksecret -n "__fish_mksecret_using_subcommand uuid" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mksecret -n "__fish_mksecret_using_subcommand bytes" -s o -l output -d 'Write to a new FILE with mode 0600, complete or absent; - is standard output' -r -F
complete -c mksecret -n "__fish_mksecret_using_subcommand bytes" -l mode -d 'With -o: set the permissions of a new FILE (octal, default 0600)' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand bytes" -l owner -d 'With -o: give a new FILE to USER, and to GROUP: names or numbers' -r -f -a "(__fish_complete_users)"
complete -c mksecret -n "__fish_mksecret_using_subcommand bytes" -l timeout -d 'Wait up to DURATION for the pool (500ms, 5s, 2m), then exit 75' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand bytes" -l pool -d 'Which of the kernel\'s random pools to use' -r -f -a "urandom\t'getrandom(2) without flags'
random\t'getrandom(2) with GRND_RANDOM'"
complete -c mksecret -n "__fish_mksecret_using_subcommand bytes" -l endless -d 'Write until the pipe closes, then exit 0'
complete -c mksecret -n "__fish_mksecret_using_subcommand bytes" -l no-expand -d 'Take every byte from the kernel, even after the first 64 KiB'
complete -c mksecret -n "__fish_mksecret_using_subcommand bytes" -s f -l force -d 'With -o: overwrite an existing FILE'
complete -c mksecret -n "__fish_mksecret_using_subcommand bytes" -l preserve -d 'With --force: give the new file the owner, group and mode of the existing FILE'
complete -c mksecret -n "__fish_mksecret_using_subcommand bytes" -l keep -d 'With -o: keep an existing FILE and exit 0, unless it is empty or open to others'
complete -c mksecret -n "__fish_mksecret_using_subcommand bytes" -l nonblock -d 'Do not wait for the kernel\'s random pool: exit 75 if it is not initialised'
complete -c mksecret -n "__fish_mksecret_using_subcommand bytes" -s v -l verbose -d 'Print what was generated and its strength in bits to standard error'
complete -c mksecret -n "__fish_mksecret_using_subcommand bytes" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mksecret -n "__fish_mksecret_using_subcommand below" -l from -d 'The smallest integer; may be negative' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand below" -s c -l count -d 'Print N of them, one per line' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand below" -l prefix -d 'Print STR before each' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand below" -s o -l output -d 'Write to a new FILE with mode 0600, complete or absent; - is standard output' -r -F
complete -c mksecret -n "__fish_mksecret_using_subcommand below" -l mode -d 'With -o: set the permissions of a new FILE (octal, default 0600)' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand below" -l owner -d 'With -o: give a new FILE to USER, and to GROUP: names or numbers' -r -f -a "(__fish_complete_users)"
complete -c mksecret -n "__fish_mksecret_using_subcommand below" -l timeout -d 'Wait up to DURATION for the pool (500ms, 5s, 2m), then exit 75' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand below" -l pool -d 'Which of the kernel\'s random pools to use' -r -f -a "urandom\t'getrandom(2) without flags'
random\t'getrandom(2) with GRND_RANDOM'"
complete -c mksecret -n "__fish_mksecret_using_subcommand below" -s n -l no-newline -d 'Omit the newline (or NUL) after the last one'
complete -c mksecret -n "__fish_mksecret_using_subcommand below" -s 0 -l null -d 'End each with NUL instead of newline'
complete -c mksecret -n "__fish_mksecret_using_subcommand below" -s f -l force -d 'With -o: overwrite an existing FILE'
complete -c mksecret -n "__fish_mksecret_using_subcommand below" -l preserve -d 'With --force: give the new file the owner, group and mode of the existing FILE'
complete -c mksecret -n "__fish_mksecret_using_subcommand below" -l keep -d 'With -o: keep an existing FILE and exit 0, unless it is empty or open to others'
complete -c mksecret -n "__fish_mksecret_using_subcommand below" -l nonblock -d 'Do not wait for the kernel\'s random pool: exit 75 if it is not initialised'
complete -c mksecret -n "__fish_mksecret_using_subcommand below" -s v -l verbose -d 'Print what was generated and its strength in bits to standard error'
complete -c mksecret -n "__fish_mksecret_using_subcommand below" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mksecret -n "__fish_mksecret_using_subcommand choice" -s c -l count -d 'Choose N times, each time from all items' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand choice" -s i -l input -d 'Read the items from FILE, one per line; - is standard input' -r -F
complete -c mksecret -n "__fish_mksecret_using_subcommand choice" -l range -d 'The items are the integers from LO to HI, both included' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand choice" -l prefix -d 'Print STR before each' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand choice" -s o -l output -d 'Write to a new FILE with mode 0600, complete or absent; - is standard output' -r -F
complete -c mksecret -n "__fish_mksecret_using_subcommand choice" -l mode -d 'With -o: set the permissions of a new FILE (octal, default 0600)' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand choice" -l owner -d 'With -o: give a new FILE to USER, and to GROUP: names or numbers' -r -f -a "(__fish_complete_users)"
complete -c mksecret -n "__fish_mksecret_using_subcommand choice" -l timeout -d 'Wait up to DURATION for the pool (500ms, 5s, 2m), then exit 75' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand choice" -l pool -d 'Which of the kernel\'s random pools to use' -r -f -a "urandom\t'getrandom(2) without flags'
random\t'getrandom(2) with GRND_RANDOM'"
complete -c mksecret -n "__fish_mksecret_using_subcommand choice" -l no-newline -d 'Omit the newline (or NUL) after the last one'
complete -c mksecret -n "__fish_mksecret_using_subcommand choice" -s f -l force -d 'With -o: overwrite an existing FILE'
complete -c mksecret -n "__fish_mksecret_using_subcommand choice" -l preserve -d 'With --force: give the new file the owner, group and mode of the existing FILE'
complete -c mksecret -n "__fish_mksecret_using_subcommand choice" -l keep -d 'With -o: keep an existing FILE and exit 0, unless it is empty or open to others'
complete -c mksecret -n "__fish_mksecret_using_subcommand choice" -l nonblock -d 'Do not wait for the kernel\'s random pool: exit 75 if it is not initialised'
complete -c mksecret -n "__fish_mksecret_using_subcommand choice" -s v -l verbose -d 'Print what was generated and its strength in bits to standard error'
complete -c mksecret -n "__fish_mksecret_using_subcommand choice" -s 0 -l null -d 'Read and print items that end with NUL instead of newline'
complete -c mksecret -n "__fish_mksecret_using_subcommand choice" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mksecret -n "__fish_mksecret_using_subcommand sample" -s c -l count -d 'Print N samples, each from all items' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand sample" -s i -l input -d 'Read the items from FILE, one per line; - is standard input' -r -F
complete -c mksecret -n "__fish_mksecret_using_subcommand sample" -l range -d 'The items are the integers from LO to HI, both included' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand sample" -l prefix -d 'Print STR before each' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand sample" -s o -l output -d 'Write to a new FILE with mode 0600, complete or absent; - is standard output' -r -F
complete -c mksecret -n "__fish_mksecret_using_subcommand sample" -l mode -d 'With -o: set the permissions of a new FILE (octal, default 0600)' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand sample" -l owner -d 'With -o: give a new FILE to USER, and to GROUP: names or numbers' -r -f -a "(__fish_complete_users)"
complete -c mksecret -n "__fish_mksecret_using_subcommand sample" -l timeout -d 'Wait up to DURATION for the pool (500ms, 5s, 2m), then exit 75' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand sample" -l pool -d 'Which of the kernel\'s random pools to use' -r -f -a "urandom\t'getrandom(2) without flags'
random\t'getrandom(2) with GRND_RANDOM'"
complete -c mksecret -n "__fish_mksecret_using_subcommand sample" -l no-newline -d 'Omit the newline (or NUL) after the last one'
complete -c mksecret -n "__fish_mksecret_using_subcommand sample" -s f -l force -d 'With -o: overwrite an existing FILE'
complete -c mksecret -n "__fish_mksecret_using_subcommand sample" -l preserve -d 'With --force: give the new file the owner, group and mode of the existing FILE'
complete -c mksecret -n "__fish_mksecret_using_subcommand sample" -l keep -d 'With -o: keep an existing FILE and exit 0, unless it is empty or open to others'
complete -c mksecret -n "__fish_mksecret_using_subcommand sample" -l nonblock -d 'Do not wait for the kernel\'s random pool: exit 75 if it is not initialised'
complete -c mksecret -n "__fish_mksecret_using_subcommand sample" -s v -l verbose -d 'Print what was generated and its strength in bits to standard error'
complete -c mksecret -n "__fish_mksecret_using_subcommand sample" -s 0 -l null -d 'Read and print items that end with NUL instead of newline'
complete -c mksecret -n "__fish_mksecret_using_subcommand sample" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mksecret -n "__fish_mksecret_using_subcommand fill" -s g -l generate -d 'Make KEY by a command, as in SECRET=\'hex 32\', or by a text with placeholders' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand fill" -l values -d 'Read the keys of FILE, for {{ KEY }}' -r -F
complete -c mksecret -n "__fish_mksecret_using_subcommand fill" -l rotate -d 'Generate a new value for KEY, and for the keys that refer to it' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand fill" -s o -l output -d 'Write to a new FILE with mode 0600, complete or absent; - is standard output' -r -F
complete -c mksecret -n "__fish_mksecret_using_subcommand fill" -l mode -d 'With -o: set the permissions of a new FILE (octal, default 0600)' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand fill" -l owner -d 'With -o: give a new FILE to USER, and to GROUP: names or numbers' -r -f -a "(__fish_complete_users)"
complete -c mksecret -n "__fish_mksecret_using_subcommand fill" -l timeout -d 'Wait up to DURATION for the pool (500ms, 5s, 2m), then exit 75' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand fill" -l pool -d 'Which of the kernel\'s random pools to use' -r -f -a "urandom\t'getrandom(2) without flags'
random\t'getrandom(2) with GRND_RANDOM'"
complete -c mksecret -n "__fish_mksecret_using_subcommand fill" -l env -d 'FILE is a KEY=value file, whatever its name'
complete -c mksecret -n "__fish_mksecret_using_subcommand fill" -l check -d 'Write nothing: print the keys that would be new, and exit 1 if there are any'
complete -c mksecret -n "__fish_mksecret_using_subcommand fill" -s f -l force -d 'With -o: overwrite an existing FILE'
complete -c mksecret -n "__fish_mksecret_using_subcommand fill" -l preserve -d 'With --force: give the new file the owner, group and mode of the existing FILE'
complete -c mksecret -n "__fish_mksecret_using_subcommand fill" -l keep -d 'With -o: keep an existing FILE and exit 0, unless it is empty or open to others'
complete -c mksecret -n "__fish_mksecret_using_subcommand fill" -l nonblock -d 'Do not wait for the kernel\'s random pool: exit 75 if it is not initialised'
complete -c mksecret -n "__fish_mksecret_using_subcommand fill" -s v -l verbose -d 'Print what was generated and its strength in bits to standard error'
complete -c mksecret -n "__fish_mksecret_using_subcommand fill" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mksecret -n "__fish_mksecret_using_subcommand ready" -l timeout -d 'Wait up to DURATION for the pool (500ms, 5s, 2m), then exit 75' -r -f
complete -c mksecret -n "__fish_mksecret_using_subcommand ready" -l pool -d 'Which of the kernel\'s random pools to use' -r -f -a "urandom\t'getrandom(2) without flags'
random\t'getrandom(2) with GRND_RANDOM'"
complete -c mksecret -n "__fish_mksecret_using_subcommand ready" -l nonblock -d 'Do not wait for the kernel\'s random pool: exit 75 if it is not initialised'
complete -c mksecret -n "__fish_mksecret_using_subcommand ready" -s v -l verbose -d 'Print the time waited to standard error'
complete -c mksecret -n "__fish_mksecret_using_subcommand ready" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mksecret -n "__fish_mksecret_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mksecret -n "__fish_mksecret_using_subcommand man" -l all -d 'Write all pages to DIR/man1 and DIR/man7, overwriting older versions' -r -f -a "(__fish_complete_directories)"
complete -c mksecret -n "__fish_mksecret_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mksecret -n "__fish_mksecret_using_subcommand help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mksecret -n "__fish_mksecret_using_subcommand fill" -F
complete -c mksecret -n "__fish_mksecret_using_subcommand sample" -a "all"
complete -c mksecret -n "__fish_mksecret_using_subcommand completions" -a "bash zsh fish nushell powershell elvish"
complete -c mksecret -n "__fish_mksecret_using_subcommand man" -a "mksecret password passphrase pattern hex urlsafe base64 base32 token uuid bytes below choice sample fill ready completions man help recipes"
complete -c mksecret -n "__fish_mksecret_using_subcommand help" -a "password passphrase pattern hex urlsafe base64 base32 token uuid bytes below choice sample fill ready completions man help recipes"
