
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'mksecret' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'mksecret'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'mksecret' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('password', 'password', [CompletionResultType]::ParameterValue, 'A password, uniform over all that its policy allows')
            [CompletionResult]::new('hex', 'hex', [CompletionResultType]::ParameterValue, 'Bytes as hexadecimal digits')
            [CompletionResult]::new('urlsafe', 'urlsafe', [CompletionResultType]::ParameterValue, 'Bytes as URL-safe base64')
            [CompletionResult]::new('base64', 'base64', [CompletionResultType]::ParameterValue, 'Bytes as standard base64')
            [CompletionResult]::new('base32', 'base32', [CompletionResultType]::ParameterValue, 'Bytes as base32')
            [CompletionResult]::new('token', 'token', [CompletionResultType]::ParameterValue, 'A token with a prefix and a checksum')
            [CompletionResult]::new('bytes', 'bytes', [CompletionResultType]::ParameterValue, 'Raw bytes, as many as you like')
            [CompletionResult]::new('below', 'below', [CompletionResultType]::ParameterValue, 'An integer below a bound of any size')
            [CompletionResult]::new('choice', 'choice', [CompletionResultType]::ParameterValue, 'One of several items')
            [CompletionResult]::new('sample', 'sample', [CompletionResultType]::ParameterValue, 'Several distinct items, or all of them, in random order')
            [CompletionResult]::new('ready', 'ready', [CompletionResultType]::ParameterValue, 'Wait until the kernel''s random pool is initialised')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print what makes a shell complete the command line')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print a manual page')
            break
        }
        'mksecret;password' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'How many characters')
            [CompletionResult]::new('--length', '--length', [CompletionResultType]::ParameterName, 'How many characters')
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Print N of them, one a line')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'Print N of them, one a line')
            [CompletionResult]::new('--prefix', '--prefix', [CompletionResultType]::ParameterName, 'Put STR before each')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE, made with mode 0600, whole or not at all; - is standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE, made with mode 0600, whole or not at all; - is standard output')
            [CompletionResult]::new('--mode', '--mode', [CompletionResultType]::ParameterName, 'With -o: the file''s permissions instead of 0600, in octal')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Wait for the pool at most so long (500ms, 5s, 2m), then exit with 75')
            [CompletionResult]::new('--pool', '--pool', [CompletionResultType]::ParameterName, 'Which of the kernel''s pools to ask')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Print no newline (or NUL) after the last one')
            [CompletionResult]::new('--no-newline', '--no-newline', [CompletionResultType]::ParameterName, 'Print no newline (or NUL) after the last one')
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'End each with NUL instead of newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'End each with NUL instead of newline')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'With -o: replace FILE if it is there')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'With -o: replace FILE if it is there')
            [CompletionResult]::new('--keep', '--keep', [CompletionResultType]::ParameterName, 'With -o: if FILE is there, leave it and succeed; an empty FILE is an error')
            [CompletionResult]::new('--nonblock', '--nonblock', [CompletionResultType]::ParameterName, 'Exit with 75 instead of waiting if the kernel''s random pool is not initialised')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say on standard error what was made and its strength in bits')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say on standard error what was made and its strength in bits')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mksecret;hex' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Print exactly N characters instead')
            [CompletionResult]::new('--chars', '--chars', [CompletionResultType]::ParameterName, 'Print exactly N characters instead')
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Print N of them, one a line')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'Print N of them, one a line')
            [CompletionResult]::new('--prefix', '--prefix', [CompletionResultType]::ParameterName, 'Put STR before each')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE, made with mode 0600, whole or not at all; - is standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE, made with mode 0600, whole or not at all; - is standard output')
            [CompletionResult]::new('--mode', '--mode', [CompletionResultType]::ParameterName, 'With -o: the file''s permissions instead of 0600, in octal')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Wait for the pool at most so long (500ms, 5s, 2m), then exit with 75')
            [CompletionResult]::new('--pool', '--pool', [CompletionResultType]::ParameterName, 'Which of the kernel''s pools to ask')
            [CompletionResult]::new('--no-expand', '--no-expand', [CompletionResultType]::ParameterName, 'Take every byte from the kernel, also beyond 64 KiB')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Print no newline (or NUL) after the last one')
            [CompletionResult]::new('--no-newline', '--no-newline', [CompletionResultType]::ParameterName, 'Print no newline (or NUL) after the last one')
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'End each with NUL instead of newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'End each with NUL instead of newline')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'With -o: replace FILE if it is there')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'With -o: replace FILE if it is there')
            [CompletionResult]::new('--keep', '--keep', [CompletionResultType]::ParameterName, 'With -o: if FILE is there, leave it and succeed; an empty FILE is an error')
            [CompletionResult]::new('--nonblock', '--nonblock', [CompletionResultType]::ParameterName, 'Exit with 75 instead of waiting if the kernel''s random pool is not initialised')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say on standard error what was made and its strength in bits')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say on standard error what was made and its strength in bits')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mksecret;urlsafe' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Print exactly N characters instead')
            [CompletionResult]::new('--chars', '--chars', [CompletionResultType]::ParameterName, 'Print exactly N characters instead')
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Print N of them, one a line')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'Print N of them, one a line')
            [CompletionResult]::new('--prefix', '--prefix', [CompletionResultType]::ParameterName, 'Put STR before each')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE, made with mode 0600, whole or not at all; - is standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE, made with mode 0600, whole or not at all; - is standard output')
            [CompletionResult]::new('--mode', '--mode', [CompletionResultType]::ParameterName, 'With -o: the file''s permissions instead of 0600, in octal')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Wait for the pool at most so long (500ms, 5s, 2m), then exit with 75')
            [CompletionResult]::new('--pool', '--pool', [CompletionResultType]::ParameterName, 'Which of the kernel''s pools to ask')
            [CompletionResult]::new('--no-expand', '--no-expand', [CompletionResultType]::ParameterName, 'Take every byte from the kernel, also beyond 64 KiB')
            [CompletionResult]::new('--pad', '--pad', [CompletionResultType]::ParameterName, 'Pad with = to a multiple of four characters')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Print no newline (or NUL) after the last one')
            [CompletionResult]::new('--no-newline', '--no-newline', [CompletionResultType]::ParameterName, 'Print no newline (or NUL) after the last one')
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'End each with NUL instead of newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'End each with NUL instead of newline')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'With -o: replace FILE if it is there')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'With -o: replace FILE if it is there')
            [CompletionResult]::new('--keep', '--keep', [CompletionResultType]::ParameterName, 'With -o: if FILE is there, leave it and succeed; an empty FILE is an error')
            [CompletionResult]::new('--nonblock', '--nonblock', [CompletionResultType]::ParameterName, 'Exit with 75 instead of waiting if the kernel''s random pool is not initialised')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say on standard error what was made and its strength in bits')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say on standard error what was made and its strength in bits')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mksecret;base64' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Print exactly N characters instead')
            [CompletionResult]::new('--chars', '--chars', [CompletionResultType]::ParameterName, 'Print exactly N characters instead')
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Print N of them, one a line')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'Print N of them, one a line')
            [CompletionResult]::new('--prefix', '--prefix', [CompletionResultType]::ParameterName, 'Put STR before each')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE, made with mode 0600, whole or not at all; - is standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE, made with mode 0600, whole or not at all; - is standard output')
            [CompletionResult]::new('--mode', '--mode', [CompletionResultType]::ParameterName, 'With -o: the file''s permissions instead of 0600, in octal')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Wait for the pool at most so long (500ms, 5s, 2m), then exit with 75')
            [CompletionResult]::new('--pool', '--pool', [CompletionResultType]::ParameterName, 'Which of the kernel''s pools to ask')
            [CompletionResult]::new('--no-expand', '--no-expand', [CompletionResultType]::ParameterName, 'Take every byte from the kernel, also beyond 64 KiB')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Print no newline (or NUL) after the last one')
            [CompletionResult]::new('--no-newline', '--no-newline', [CompletionResultType]::ParameterName, 'Print no newline (or NUL) after the last one')
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'End each with NUL instead of newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'End each with NUL instead of newline')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'With -o: replace FILE if it is there')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'With -o: replace FILE if it is there')
            [CompletionResult]::new('--keep', '--keep', [CompletionResultType]::ParameterName, 'With -o: if FILE is there, leave it and succeed; an empty FILE is an error')
            [CompletionResult]::new('--nonblock', '--nonblock', [CompletionResultType]::ParameterName, 'Exit with 75 instead of waiting if the kernel''s random pool is not initialised')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say on standard error what was made and its strength in bits')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say on standard error what was made and its strength in bits')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mksecret;base32' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Print exactly N characters instead')
            [CompletionResult]::new('--chars', '--chars', [CompletionResultType]::ParameterName, 'Print exactly N characters instead')
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Print N of them, one a line')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'Print N of them, one a line')
            [CompletionResult]::new('--prefix', '--prefix', [CompletionResultType]::ParameterName, 'Put STR before each')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE, made with mode 0600, whole or not at all; - is standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE, made with mode 0600, whole or not at all; - is standard output')
            [CompletionResult]::new('--mode', '--mode', [CompletionResultType]::ParameterName, 'With -o: the file''s permissions instead of 0600, in octal')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Wait for the pool at most so long (500ms, 5s, 2m), then exit with 75')
            [CompletionResult]::new('--pool', '--pool', [CompletionResultType]::ParameterName, 'Which of the kernel''s pools to ask')
            [CompletionResult]::new('--no-expand', '--no-expand', [CompletionResultType]::ParameterName, 'Take every byte from the kernel, also beyond 64 KiB')
            [CompletionResult]::new('--pad', '--pad', [CompletionResultType]::ParameterName, 'Pad with = to a multiple of eight characters')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Print no newline (or NUL) after the last one')
            [CompletionResult]::new('--no-newline', '--no-newline', [CompletionResultType]::ParameterName, 'Print no newline (or NUL) after the last one')
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'End each with NUL instead of newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'End each with NUL instead of newline')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'With -o: replace FILE if it is there')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'With -o: replace FILE if it is there')
            [CompletionResult]::new('--keep', '--keep', [CompletionResultType]::ParameterName, 'With -o: if FILE is there, leave it and succeed; an empty FILE is an error')
            [CompletionResult]::new('--nonblock', '--nonblock', [CompletionResultType]::ParameterName, 'Exit with 75 instead of waiting if the kernel''s random pool is not initialised')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say on standard error what was made and its strength in bits')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say on standard error what was made and its strength in bits')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mksecret;token' {
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Print N of them, one a line')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'Print N of them, one a line')
            [CompletionResult]::new('--prefix', '--prefix', [CompletionResultType]::ParameterName, 'Put STR before each')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE, made with mode 0600, whole or not at all; - is standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE, made with mode 0600, whole or not at all; - is standard output')
            [CompletionResult]::new('--mode', '--mode', [CompletionResultType]::ParameterName, 'With -o: the file''s permissions instead of 0600, in octal')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Wait for the pool at most so long (500ms, 5s, 2m), then exit with 75')
            [CompletionResult]::new('--pool', '--pool', [CompletionResultType]::ParameterName, 'Which of the kernel''s pools to ask')
            [CompletionResult]::new('--check', '--check', [CompletionResultType]::ParameterName, 'Check the tokens on standard input instead of making one')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Print no newline (or NUL) after the last one')
            [CompletionResult]::new('--no-newline', '--no-newline', [CompletionResultType]::ParameterName, 'Print no newline (or NUL) after the last one')
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'End each with NUL instead of newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'End each with NUL instead of newline')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'With -o: replace FILE if it is there')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'With -o: replace FILE if it is there')
            [CompletionResult]::new('--keep', '--keep', [CompletionResultType]::ParameterName, 'With -o: if FILE is there, leave it and succeed; an empty FILE is an error')
            [CompletionResult]::new('--nonblock', '--nonblock', [CompletionResultType]::ParameterName, 'Exit with 75 instead of waiting if the kernel''s random pool is not initialised')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say on standard error what was made and its strength in bits')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say on standard error what was made and its strength in bits')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mksecret;bytes' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE, made with mode 0600, whole or not at all; - is standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE, made with mode 0600, whole or not at all; - is standard output')
            [CompletionResult]::new('--mode', '--mode', [CompletionResultType]::ParameterName, 'With -o: the file''s permissions instead of 0600, in octal')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Wait for the pool at most so long (500ms, 5s, 2m), then exit with 75')
            [CompletionResult]::new('--pool', '--pool', [CompletionResultType]::ParameterName, 'Which of the kernel''s pools to ask')
            [CompletionResult]::new('--endless', '--endless', [CompletionResultType]::ParameterName, 'Bytes until the reader has had enough, which is success')
            [CompletionResult]::new('--no-expand', '--no-expand', [CompletionResultType]::ParameterName, 'Take every byte from the kernel, also beyond 64 KiB')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'With -o: replace FILE if it is there')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'With -o: replace FILE if it is there')
            [CompletionResult]::new('--keep', '--keep', [CompletionResultType]::ParameterName, 'With -o: if FILE is there, leave it and succeed; an empty FILE is an error')
            [CompletionResult]::new('--nonblock', '--nonblock', [CompletionResultType]::ParameterName, 'Exit with 75 instead of waiting if the kernel''s random pool is not initialised')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say on standard error what was made and its strength in bits')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say on standard error what was made and its strength in bits')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mksecret;below' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'The least integer, which may be negative')
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Print N of them, one a line')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'Print N of them, one a line')
            [CompletionResult]::new('--prefix', '--prefix', [CompletionResultType]::ParameterName, 'Put STR before each')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE, made with mode 0600, whole or not at all; - is standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE, made with mode 0600, whole or not at all; - is standard output')
            [CompletionResult]::new('--mode', '--mode', [CompletionResultType]::ParameterName, 'With -o: the file''s permissions instead of 0600, in octal')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Wait for the pool at most so long (500ms, 5s, 2m), then exit with 75')
            [CompletionResult]::new('--pool', '--pool', [CompletionResultType]::ParameterName, 'Which of the kernel''s pools to ask')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Print no newline (or NUL) after the last one')
            [CompletionResult]::new('--no-newline', '--no-newline', [CompletionResultType]::ParameterName, 'Print no newline (or NUL) after the last one')
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'End each with NUL instead of newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'End each with NUL instead of newline')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'With -o: replace FILE if it is there')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'With -o: replace FILE if it is there')
            [CompletionResult]::new('--keep', '--keep', [CompletionResultType]::ParameterName, 'With -o: if FILE is there, leave it and succeed; an empty FILE is an error')
            [CompletionResult]::new('--nonblock', '--nonblock', [CompletionResultType]::ParameterName, 'Exit with 75 instead of waiting if the kernel''s random pool is not initialised')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say on standard error what was made and its strength in bits')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say on standard error what was made and its strength in bits')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mksecret;choice' {
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Choose N times, each time from all items')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'Choose N times, each time from all items')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Take the lines of FILE as items; - is standard input')
            [CompletionResult]::new('--input', '--input', [CompletionResultType]::ParameterName, 'Take the lines of FILE as items; - is standard input')
            [CompletionResult]::new('--prefix', '--prefix', [CompletionResultType]::ParameterName, 'Put STR before each')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE, made with mode 0600, whole or not at all; - is standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE, made with mode 0600, whole or not at all; - is standard output')
            [CompletionResult]::new('--mode', '--mode', [CompletionResultType]::ParameterName, 'With -o: the file''s permissions instead of 0600, in octal')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Wait for the pool at most so long (500ms, 5s, 2m), then exit with 75')
            [CompletionResult]::new('--pool', '--pool', [CompletionResultType]::ParameterName, 'Which of the kernel''s pools to ask')
            [CompletionResult]::new('--no-newline', '--no-newline', [CompletionResultType]::ParameterName, 'Print no newline (or NUL) after the last one')
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'End each with NUL instead of newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'End each with NUL instead of newline')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'With -o: replace FILE if it is there')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'With -o: replace FILE if it is there')
            [CompletionResult]::new('--keep', '--keep', [CompletionResultType]::ParameterName, 'With -o: if FILE is there, leave it and succeed; an empty FILE is an error')
            [CompletionResult]::new('--nonblock', '--nonblock', [CompletionResultType]::ParameterName, 'Exit with 75 instead of waiting if the kernel''s random pool is not initialised')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say on standard error what was made and its strength in bits')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say on standard error what was made and its strength in bits')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mksecret;sample' {
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Print N samples, one after another')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'Print N samples, one after another')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Take the lines of FILE as items; - is standard input')
            [CompletionResult]::new('--input', '--input', [CompletionResultType]::ParameterName, 'Take the lines of FILE as items; - is standard input')
            [CompletionResult]::new('--prefix', '--prefix', [CompletionResultType]::ParameterName, 'Put STR before each')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE, made with mode 0600, whole or not at all; - is standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE, made with mode 0600, whole or not at all; - is standard output')
            [CompletionResult]::new('--mode', '--mode', [CompletionResultType]::ParameterName, 'With -o: the file''s permissions instead of 0600, in octal')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Wait for the pool at most so long (500ms, 5s, 2m), then exit with 75')
            [CompletionResult]::new('--pool', '--pool', [CompletionResultType]::ParameterName, 'Which of the kernel''s pools to ask')
            [CompletionResult]::new('--no-newline', '--no-newline', [CompletionResultType]::ParameterName, 'Print no newline (or NUL) after the last one')
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'End each with NUL instead of newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'End each with NUL instead of newline')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'With -o: replace FILE if it is there')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'With -o: replace FILE if it is there')
            [CompletionResult]::new('--keep', '--keep', [CompletionResultType]::ParameterName, 'With -o: if FILE is there, leave it and succeed; an empty FILE is an error')
            [CompletionResult]::new('--nonblock', '--nonblock', [CompletionResultType]::ParameterName, 'Exit with 75 instead of waiting if the kernel''s random pool is not initialised')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say on standard error what was made and its strength in bits')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say on standard error what was made and its strength in bits')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mksecret;ready' {
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Wait for the pool at most so long (500ms, 5s, 2m), then exit with 75')
            [CompletionResult]::new('--pool', '--pool', [CompletionResultType]::ParameterName, 'Which of the kernel''s pools to ask')
            [CompletionResult]::new('--nonblock', '--nonblock', [CompletionResultType]::ParameterName, 'Exit with 75 instead of waiting if the kernel''s random pool is not initialised')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say on standard error how long it waited')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say on standard error how long it waited')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mksecret;completions' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mksecret;man' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
