module completions {

  def "nu-complete mksecret nothing" [] {
    []
  }

  # Generate passwords, keys and tokens from the kernel's random number generator
  export extern mksecret [
    --help(-h)                # Print help
    --version(-V)             # Print version
  ]

  def "nu-complete mksecret password preset" [] {
    [ "safe" "alnum" "full" "pin" ]
  }

  def "nu-complete mksecret password start" [] {
    [ "letter" "alnum" "any" ]
  }

  def "nu-complete mksecret password end" [] {
    [ "letter" "alnum" "any" ]
  }

  def "nu-complete mksecret password pool" [] {
    [ "urandom" "random" ]
  }

  # A password, drawn uniformly from all that the rules allow
  export extern "mksecret password" [
    --length(-l): string@"nu-complete mksecret nothing"      # Number of characters (default 24, or 6 with --for pin; at most 1024)
    --bits(-b): string@"nu-complete mksecret nothing"        # Use the shortest length with at least B bits
    --for: string@"nu-complete mksecret password preset" # The preset to start from
    --lower: string@"nu-complete mksecret nothing"           # At least N lower-case letters
    --upper: string@"nu-complete mksecret nothing"           # At least N upper-case letters
    --digit: string@"nu-complete mksecret nothing"           # At least N digits
    --symbol: string@"nu-complete mksecret nothing"          # At least N symbols
    --no-lower                # No lower-case letters
    --no-upper                # No upper-case letters
    --no-digit                # No digits
    --no-symbol               # No symbols
    --symbols: string@"nu-complete mksecret nothing"         # Use these symbols
    --alphabet: string@"nu-complete mksecret nothing"        # Use these characters instead of the classes
    --rules: string@"nu-complete mksecret nothing"           # Use the rules of a site (its passwordrules attribute) instead of classes and presets
    --exclude: string@"nu-complete mksecret nothing"         # Exclude these characters
    --no-lookalikes(-B)       # Exclude the look-alikes 0 O 1 l I |
    --start: string@"nu-complete mksecret password start" # First character: a letter, a letter or digit, or any
    --end: string@"nu-complete mksecret password end" # Last character: a letter, a letter or digit, or any
    --max-run: string@"nu-complete mksecret nothing"         # No character more than K times in a row
    --count(-c): string@"nu-complete mksecret nothing"       # Print N of them, one per line
    --no-newline(-n)          # Omit the newline (or NUL) after the last one
    --null(-0)                # End each with NUL instead of newline
    --prefix: string@"nu-complete mksecret nothing"          # Print STR before each
    --distinct                # With -c: no two are equal; at most half of the texts there are
    --output(-o): path        # Write to a new FILE with mode 0600, complete or absent; - is standard output
    --mode: string@"nu-complete mksecret nothing"            # With -o: set the permissions of a new FILE (octal, default 0600)
    --owner: string@"nu-complete mksecret nothing"           # With -o: give a new FILE to USER, and to GROUP: names or numbers
    --force(-f)               # With -o: overwrite an existing FILE
    --preserve                # With --force: give the new file the owner, group and mode of the existing FILE
    --keep                    # With -o: keep an existing FILE and exit 0, unless it is empty or open to others
    --nonblock                # Do not wait for the kernel's random pool: exit 75 if it is not initialised
    --timeout: string@"nu-complete mksecret nothing"         # Wait up to DURATION for the pool (500ms, 5s, 2m), then exit 75
    --pool: string@"nu-complete mksecret password pool" # Which of the kernel's random pools to use
    --verbose(-v)             # Print what was generated and its strength in bits to standard error
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete mksecret passphrase pool" [] {
    [ "urandom" "random" ]
  }

  # A passphrase of random words
  export extern "mksecret passphrase" [
    --words(-w): string@"nu-complete mksecret nothing"       # Number of words (default: the fewest with 128 bits)
    --bits(-b): string@"nu-complete mksecret nothing"        # Use the fewest words with at least B bits
    --wordlist(-W): path      # Read the words from FILE, one per line; - is standard input
    --max-word: string@"nu-complete mksecret nothing"        # Leave out words of more than N characters
    --separator(-s): string@"nu-complete mksecret nothing"   # Separator between words
    --capitalize              # Begin each word with a capital letter
    --add-digit               # Add a digit after one of the words
    --add-symbol              # Add one of !#$%&*+=?@ after one of the words
    --count(-c): string@"nu-complete mksecret nothing"       # Print N of them, one per line
    --no-newline(-n)          # Omit the newline (or NUL) after the last one
    --null(-0)                # End each with NUL instead of newline
    --prefix: string@"nu-complete mksecret nothing"          # Print STR before each
    --distinct                # With -c: no two are equal; at most half of the texts there are
    --output(-o): path        # Write to a new FILE with mode 0600, complete or absent; - is standard output
    --mode: string@"nu-complete mksecret nothing"            # With -o: set the permissions of a new FILE (octal, default 0600)
    --owner: string@"nu-complete mksecret nothing"           # With -o: give a new FILE to USER, and to GROUP: names or numbers
    --force(-f)               # With -o: overwrite an existing FILE
    --preserve                # With --force: give the new file the owner, group and mode of the existing FILE
    --keep                    # With -o: keep an existing FILE and exit 0, unless it is empty or open to others
    --nonblock                # Do not wait for the kernel's random pool: exit 75 if it is not initialised
    --timeout: string@"nu-complete mksecret nothing"         # Wait up to DURATION for the pool (500ms, 5s, 2m), then exit 75
    --pool: string@"nu-complete mksecret passphrase pool" # Which of the kernel's random pools to use
    --verbose(-v)             # Print what was generated and its strength in bits to standard error
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete mksecret pattern pool" [] {
    [ "urandom" "random" ]
  }

  # A text with a set of characters for each place
  export extern "mksecret pattern" [
    --count(-c): string@"nu-complete mksecret nothing"       # Print N of them, one per line
    --no-newline(-n)          # Omit the newline (or NUL) after the last one
    --null(-0)                # End each with NUL instead of newline
    --prefix: string@"nu-complete mksecret nothing"          # Print STR before each
    --distinct                # With -c: no two are equal; at most half of the texts there are
    --output(-o): path        # Write to a new FILE with mode 0600, complete or absent; - is standard output
    --mode: string@"nu-complete mksecret nothing"            # With -o: set the permissions of a new FILE (octal, default 0600)
    --owner: string@"nu-complete mksecret nothing"           # With -o: give a new FILE to USER, and to GROUP: names or numbers
    --force(-f)               # With -o: overwrite an existing FILE
    --preserve                # With --force: give the new file the owner, group and mode of the existing FILE
    --keep                    # With -o: keep an existing FILE and exit 0, unless it is empty or open to others
    --nonblock                # Do not wait for the kernel's random pool: exit 75 if it is not initialised
    --timeout: string@"nu-complete mksecret nothing"         # Wait up to DURATION for the pool (500ms, 5s, 2m), then exit 75
    --pool: string@"nu-complete mksecret pattern pool" # Which of the kernel's random pools to use
    --verbose(-v)             # Print what was generated and its strength in bits to standard error
    --help(-h)                # Print help (see more with '--help')
    pattern: string@"nu-complete mksecret nothing"           # What stands in each place, as in '[A-Z]{3}-[0-9]{4}'
  ]

  def "nu-complete mksecret hex pool" [] {
    [ "urandom" "random" ]
  }

  # Random bytes in hexadecimal
  export extern "mksecret hex" [
    --chars(-l): string@"nu-complete mksecret nothing"       # Print exactly N characters
    --no-expand               # Take every byte from the kernel, even after the first 64 KiB
    --count(-c): string@"nu-complete mksecret nothing"       # Print N of them, one per line
    --no-newline(-n)          # Omit the newline (or NUL) after the last one
    --null(-0)                # End each with NUL instead of newline
    --prefix: string@"nu-complete mksecret nothing"          # Print STR before each
    --distinct                # With -c: no two are equal; at most half of the texts there are
    --output(-o): path        # Write to a new FILE with mode 0600, complete or absent; - is standard output
    --mode: string@"nu-complete mksecret nothing"            # With -o: set the permissions of a new FILE (octal, default 0600)
    --owner: string@"nu-complete mksecret nothing"           # With -o: give a new FILE to USER, and to GROUP: names or numbers
    --force(-f)               # With -o: overwrite an existing FILE
    --preserve                # With --force: give the new file the owner, group and mode of the existing FILE
    --keep                    # With -o: keep an existing FILE and exit 0, unless it is empty or open to others
    --nonblock                # Do not wait for the kernel's random pool: exit 75 if it is not initialised
    --timeout: string@"nu-complete mksecret nothing"         # Wait up to DURATION for the pool (500ms, 5s, 2m), then exit 75
    --pool: string@"nu-complete mksecret hex pool" # Which of the kernel's random pools to use
    --verbose(-v)             # Print what was generated and its strength in bits to standard error
    --help(-h)                # Print help (see more with '--help')
    bytes?: string@"nu-complete mksecret nothing"            # Number of random bytes; K M G T (or KiB …) are powers of 1024, KB MB GB TB powers of 1000
  ]

  def "nu-complete mksecret urlsafe pool" [] {
    [ "urandom" "random" ]
  }

  # Random bytes in URL-safe base64
  export extern "mksecret urlsafe" [
    --chars(-l): string@"nu-complete mksecret nothing"       # Print exactly N characters
    --no-expand               # Take every byte from the kernel, even after the first 64 KiB
    --pad                     # Pad with = to a multiple of four characters
    --count(-c): string@"nu-complete mksecret nothing"       # Print N of them, one per line
    --no-newline(-n)          # Omit the newline (or NUL) after the last one
    --null(-0)                # End each with NUL instead of newline
    --prefix: string@"nu-complete mksecret nothing"          # Print STR before each
    --distinct                # With -c: no two are equal; at most half of the texts there are
    --output(-o): path        # Write to a new FILE with mode 0600, complete or absent; - is standard output
    --mode: string@"nu-complete mksecret nothing"            # With -o: set the permissions of a new FILE (octal, default 0600)
    --owner: string@"nu-complete mksecret nothing"           # With -o: give a new FILE to USER, and to GROUP: names or numbers
    --force(-f)               # With -o: overwrite an existing FILE
    --preserve                # With --force: give the new file the owner, group and mode of the existing FILE
    --keep                    # With -o: keep an existing FILE and exit 0, unless it is empty or open to others
    --nonblock                # Do not wait for the kernel's random pool: exit 75 if it is not initialised
    --timeout: string@"nu-complete mksecret nothing"         # Wait up to DURATION for the pool (500ms, 5s, 2m), then exit 75
    --pool: string@"nu-complete mksecret urlsafe pool" # Which of the kernel's random pools to use
    --verbose(-v)             # Print what was generated and its strength in bits to standard error
    --help(-h)                # Print help (see more with '--help')
    bytes?: string@"nu-complete mksecret nothing"            # Number of random bytes; K M G T (or KiB …) are powers of 1024, KB MB GB TB powers of 1000
  ]

  def "nu-complete mksecret base64 pool" [] {
    [ "urandom" "random" ]
  }

  # Random bytes in standard base64
  export extern "mksecret base64" [
    --chars(-l): string@"nu-complete mksecret nothing"       # Print exactly N characters
    --no-expand               # Take every byte from the kernel, even after the first 64 KiB
    --count(-c): string@"nu-complete mksecret nothing"       # Print N of them, one per line
    --no-newline(-n)          # Omit the newline (or NUL) after the last one
    --null(-0)                # End each with NUL instead of newline
    --prefix: string@"nu-complete mksecret nothing"          # Print STR before each
    --distinct                # With -c: no two are equal; at most half of the texts there are
    --output(-o): path        # Write to a new FILE with mode 0600, complete or absent; - is standard output
    --mode: string@"nu-complete mksecret nothing"            # With -o: set the permissions of a new FILE (octal, default 0600)
    --owner: string@"nu-complete mksecret nothing"           # With -o: give a new FILE to USER, and to GROUP: names or numbers
    --force(-f)               # With -o: overwrite an existing FILE
    --preserve                # With --force: give the new file the owner, group and mode of the existing FILE
    --keep                    # With -o: keep an existing FILE and exit 0, unless it is empty or open to others
    --nonblock                # Do not wait for the kernel's random pool: exit 75 if it is not initialised
    --timeout: string@"nu-complete mksecret nothing"         # Wait up to DURATION for the pool (500ms, 5s, 2m), then exit 75
    --pool: string@"nu-complete mksecret base64 pool" # Which of the kernel's random pools to use
    --verbose(-v)             # Print what was generated and its strength in bits to standard error
    --help(-h)                # Print help (see more with '--help')
    bytes?: string@"nu-complete mksecret nothing"            # Number of random bytes; K M G T (or KiB …) are powers of 1024, KB MB GB TB powers of 1000
  ]

  def "nu-complete mksecret base32 pool" [] {
    [ "urandom" "random" ]
  }

  # Random bytes in base32
  export extern "mksecret base32" [
    --chars(-l): string@"nu-complete mksecret nothing"       # Print exactly N characters
    --no-expand               # Take every byte from the kernel, even after the first 64 KiB
    --pad                     # Pad with = to a multiple of eight characters
    --count(-c): string@"nu-complete mksecret nothing"       # Print N of them, one per line
    --no-newline(-n)          # Omit the newline (or NUL) after the last one
    --null(-0)                # End each with NUL instead of newline
    --prefix: string@"nu-complete mksecret nothing"          # Print STR before each
    --distinct                # With -c: no two are equal; at most half of the texts there are
    --output(-o): path        # Write to a new FILE with mode 0600, complete or absent; - is standard output
    --mode: string@"nu-complete mksecret nothing"            # With -o: set the permissions of a new FILE (octal, default 0600)
    --owner: string@"nu-complete mksecret nothing"           # With -o: give a new FILE to USER, and to GROUP: names or numbers
    --force(-f)               # With -o: overwrite an existing FILE
    --preserve                # With --force: give the new file the owner, group and mode of the existing FILE
    --keep                    # With -o: keep an existing FILE and exit 0, unless it is empty or open to others
    --nonblock                # Do not wait for the kernel's random pool: exit 75 if it is not initialised
    --timeout: string@"nu-complete mksecret nothing"         # Wait up to DURATION for the pool (500ms, 5s, 2m), then exit 75
    --pool: string@"nu-complete mksecret base32 pool" # Which of the kernel's random pools to use
    --verbose(-v)             # Print what was generated and its strength in bits to standard error
    --help(-h)                # Print help (see more with '--help')
    bytes?: string@"nu-complete mksecret nothing"            # Number of random bytes; K M G T (or KiB …) are powers of 1024, KB MB GB TB powers of 1000
  ]

  def "nu-complete mksecret token pool" [] {
    [ "urandom" "random" ]
  }

  # A token with a prefix and a checksum
  export extern "mksecret token" [
    --check                   # Check tokens, one a line, instead of generating one
    --input(-i): path         # With --check: read the tokens from FILE; - is standard input
    --all                     # With --check: name every bad line, and not only the first
    --count(-c): string@"nu-complete mksecret nothing"       # Print N of them, one per line
    --no-newline(-n)          # Omit the newline (or NUL) after the last one
    --null(-0)                # End each with NUL instead of newline
    --prefix: string@"nu-complete mksecret nothing"          # Print STR before each
    --distinct                # With -c: no two are equal; at most half of the texts there are
    --output(-o): path        # Write to a new FILE with mode 0600, complete or absent; - is standard output
    --mode: string@"nu-complete mksecret nothing"            # With -o: set the permissions of a new FILE (octal, default 0600)
    --owner: string@"nu-complete mksecret nothing"           # With -o: give a new FILE to USER, and to GROUP: names or numbers
    --force(-f)               # With -o: overwrite an existing FILE
    --preserve                # With --force: give the new file the owner, group and mode of the existing FILE
    --keep                    # With -o: keep an existing FILE and exit 0, unless it is empty or open to others
    --nonblock                # Do not wait for the kernel's random pool: exit 75 if it is not initialised
    --timeout: string@"nu-complete mksecret nothing"         # Wait up to DURATION for the pool (500ms, 5s, 2m), then exit 75
    --pool: string@"nu-complete mksecret token pool" # Which of the kernel's random pools to use
    --verbose(-v)             # Print what was generated and its strength in bits to standard error
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete mksecret uuid pool" [] {
    [ "urandom" "random" ]
  }

  # A random UUID
  export extern "mksecret uuid" [
    --count(-c): string@"nu-complete mksecret nothing"       # Print N of them, one per line
    --no-newline(-n)          # Omit the newline (or NUL) after the last one
    --null(-0)                # End each with NUL instead of newline
    --prefix: string@"nu-complete mksecret nothing"          # Print STR before each
    --distinct                # With -c: no two are equal; at most half of the texts there are
    --output(-o): path        # Write to a new FILE with mode 0600, complete or absent; - is standard output
    --mode: string@"nu-complete mksecret nothing"            # With -o: set the permissions of a new FILE (octal, default 0600)
    --owner: string@"nu-complete mksecret nothing"           # With -o: give a new FILE to USER, and to GROUP: names or numbers
    --force(-f)               # With -o: overwrite an existing FILE
    --preserve                # With --force: give the new file the owner, group and mode of the existing FILE
    --keep                    # With -o: keep an existing FILE and exit 0, unless it is empty or open to others
    --nonblock                # Do not wait for the kernel's random pool: exit 75 if it is not initialised
    --timeout: string@"nu-complete mksecret nothing"         # Wait up to DURATION for the pool (500ms, 5s, 2m), then exit 75
    --pool: string@"nu-complete mksecret uuid pool" # Which of the kernel's random pools to use
    --verbose(-v)             # Print what was generated and its strength in bits to standard error
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete mksecret bytes pool" [] {
    [ "urandom" "random" ]
  }

  # Raw random bytes
  export extern "mksecret bytes" [
    --endless                 # Write until the pipe closes, then exit 0
    --no-expand               # Take every byte from the kernel, even after the first 64 KiB
    --output(-o): path        # Write to a new FILE with mode 0600, complete or absent; - is standard output
    --mode: string@"nu-complete mksecret nothing"            # With -o: set the permissions of a new FILE (octal, default 0600)
    --owner: string@"nu-complete mksecret nothing"           # With -o: give a new FILE to USER, and to GROUP: names or numbers
    --force(-f)               # With -o: overwrite an existing FILE
    --preserve                # With --force: give the new file the owner, group and mode of the existing FILE
    --keep                    # With -o: keep an existing FILE and exit 0, unless it is empty or open to others
    --nonblock                # Do not wait for the kernel's random pool: exit 75 if it is not initialised
    --timeout: string@"nu-complete mksecret nothing"         # Wait up to DURATION for the pool (500ms, 5s, 2m), then exit 75
    --pool: string@"nu-complete mksecret bytes pool" # Which of the kernel's random pools to use
    --verbose(-v)             # Print what was generated and its strength in bits to standard error
    --help(-h)                # Print help (see more with '--help')
    size?: string@"nu-complete mksecret nothing"             # Number of bytes; K M G T (or KiB …) are powers of 1024, KB MB GB TB powers of 1000
  ]

  def "nu-complete mksecret below pool" [] {
    [ "urandom" "random" ]
  }

  # A random integer below a bound of any size
  export extern "mksecret below" [
    --from: string@"nu-complete mksecret nothing"            # The smallest integer; may be negative
    --count(-c): string@"nu-complete mksecret nothing"       # Print N of them, one per line
    --no-newline(-n)          # Omit the newline (or NUL) after the last one
    --null(-0)                # End each with NUL instead of newline
    --prefix: string@"nu-complete mksecret nothing"          # Print STR before each
    --output(-o): path        # Write to a new FILE with mode 0600, complete or absent; - is standard output
    --mode: string@"nu-complete mksecret nothing"            # With -o: set the permissions of a new FILE (octal, default 0600)
    --owner: string@"nu-complete mksecret nothing"           # With -o: give a new FILE to USER, and to GROUP: names or numbers
    --force(-f)               # With -o: overwrite an existing FILE
    --preserve                # With --force: give the new file the owner, group and mode of the existing FILE
    --keep                    # With -o: keep an existing FILE and exit 0, unless it is empty or open to others
    --nonblock                # Do not wait for the kernel's random pool: exit 75 if it is not initialised
    --timeout: string@"nu-complete mksecret nothing"         # Wait up to DURATION for the pool (500ms, 5s, 2m), then exit 75
    --pool: string@"nu-complete mksecret below pool" # Which of the kernel's random pools to use
    --verbose(-v)             # Print what was generated and its strength in bits to standard error
    --help(-h)                # Print help (see more with '--help')
    bound: string@"nu-complete mksecret nothing"             # Print an integer less than N
  ]

  def "nu-complete mksecret choice pool" [] {
    [ "urandom" "random" ]
  }

  # One of several items, chosen at random
  export extern "mksecret choice" [
    --count(-c): string@"nu-complete mksecret nothing"       # Choose N times, each time from all items
    --input(-i): path         # Read the items from FILE, one per line; - is standard input
    --range: string@"nu-complete mksecret nothing"           # The items are the integers from LO to HI, both included
    --no-newline              # Omit the newline (or NUL) after the last one
    --prefix: string@"nu-complete mksecret nothing"          # Print STR before each
    --output(-o): path        # Write to a new FILE with mode 0600, complete or absent; - is standard output
    --mode: string@"nu-complete mksecret nothing"            # With -o: set the permissions of a new FILE (octal, default 0600)
    --owner: string@"nu-complete mksecret nothing"           # With -o: give a new FILE to USER, and to GROUP: names or numbers
    --force(-f)               # With -o: overwrite an existing FILE
    --preserve                # With --force: give the new file the owner, group and mode of the existing FILE
    --keep                    # With -o: keep an existing FILE and exit 0, unless it is empty or open to others
    --nonblock                # Do not wait for the kernel's random pool: exit 75 if it is not initialised
    --timeout: string@"nu-complete mksecret nothing"         # Wait up to DURATION for the pool (500ms, 5s, 2m), then exit 75
    --pool: string@"nu-complete mksecret choice pool" # Which of the kernel's random pools to use
    --verbose(-v)             # Print what was generated and its strength in bits to standard error
    --null(-0)                # Read and print items that end with NUL instead of newline
    --help(-h)                # Print help (see more with '--help')
    ...items: string@"nu-complete mksecret nothing"          # The items; by default, the lines of standard input
  ]

  def "nu-complete mksecret sample wanted" [] {
    [ "all" ]
  }

  def "nu-complete mksecret sample pool" [] {
    [ "urandom" "random" ]
  }

  # Several distinct items, or all of them, in random order
  export extern "mksecret sample" [
    --count(-c): string@"nu-complete mksecret nothing"       # Print N samples, each from all items
    --input(-i): path         # Read the items from FILE, one per line; - is standard input
    --range: string@"nu-complete mksecret nothing"           # The items are the integers from LO to HI, both included
    --no-newline              # Omit the newline (or NUL) after the last one
    --prefix: string@"nu-complete mksecret nothing"          # Print STR before each
    --output(-o): path        # Write to a new FILE with mode 0600, complete or absent; - is standard output
    --mode: string@"nu-complete mksecret nothing"            # With -o: set the permissions of a new FILE (octal, default 0600)
    --owner: string@"nu-complete mksecret nothing"           # With -o: give a new FILE to USER, and to GROUP: names or numbers
    --force(-f)               # With -o: overwrite an existing FILE
    --preserve                # With --force: give the new file the owner, group and mode of the existing FILE
    --keep                    # With -o: keep an existing FILE and exit 0, unless it is empty or open to others
    --nonblock                # Do not wait for the kernel's random pool: exit 75 if it is not initialised
    --timeout: string@"nu-complete mksecret nothing"         # Wait up to DURATION for the pool (500ms, 5s, 2m), then exit 75
    --pool: string@"nu-complete mksecret sample pool" # Which of the kernel's random pools to use
    --verbose(-v)             # Print what was generated and its strength in bits to standard error
    --null(-0)                # Read and print items that end with NUL instead of newline
    --help(-h)                # Print help (see more with '--help')
    wanted: string@"nu-complete mksecret sample wanted" # Number of items, or `all`
    ...items: string@"nu-complete mksecret nothing"          # The items; by default, the lines of standard input
  ]

  def "nu-complete mksecret fill pool" [] {
    [ "urandom" "random" ]
  }

  # Fill in the secrets of a file, such as .env
  export extern "mksecret fill" [
    --generate(-g): string@"nu-complete mksecret nothing"    # Make KEY by a command, as in SECRET='hex 32', or by a text with placeholders
    --values: path            # Read the keys of FILE, for {{ KEY }}
    --env                     # FILE is a KEY=value file, whatever its name
    --rotate: string@"nu-complete mksecret nothing"          # Generate a new value for KEY, and for the keys that refer to it
    --check                   # Write nothing: print the keys that would be new, and exit 1 if there are any
    --output(-o): path        # Write to a new FILE with mode 0600, complete or absent; - is standard output
    --mode: string@"nu-complete mksecret nothing"            # With -o: set the permissions of a new FILE (octal, default 0600)
    --owner: string@"nu-complete mksecret nothing"           # With -o: give a new FILE to USER, and to GROUP: names or numbers
    --force(-f)               # With -o: overwrite an existing FILE
    --preserve                # With --force: give the new file the owner, group and mode of the existing FILE
    --keep                    # With -o: keep an existing FILE and exit 0, unless it is empty or open to others
    --nonblock                # Do not wait for the kernel's random pool: exit 75 if it is not initialised
    --timeout: string@"nu-complete mksecret nothing"         # Wait up to DURATION for the pool (500ms, 5s, 2m), then exit 75
    --pool: string@"nu-complete mksecret fill pool" # Which of the kernel's random pools to use
    --verbose(-v)             # Print what was generated and its strength in bits to standard error
    --help(-h)                # Print help (see more with '--help')
    template?: path           # The file with placeholders, or - for standard input; without -g, the default
  ]

  def "nu-complete mksecret ready pool" [] {
    [ "urandom" "random" ]
  }

  # Wait until the kernel's random pool is initialised
  export extern "mksecret ready" [
    --nonblock                # Do not wait for the kernel's random pool: exit 75 if it is not initialised
    --timeout: string@"nu-complete mksecret nothing"         # Wait up to DURATION for the pool (500ms, 5s, 2m), then exit 75
    --pool: string@"nu-complete mksecret ready pool" # Which of the kernel's random pools to use
    --verbose(-v)             # Print the time waited to standard error
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete mksecret completions shell" [] {
    [ "bash" "zsh" "fish" "nushell" "powershell" "elvish" ]
  }

  # Print a shell completion script
  export extern "mksecret completions" [
    --help(-h)                # Print help (see more with '--help')
    shell: string@"nu-complete mksecret completions shell" # The shell
  ]

  def "nu-complete mksecret man page" [] {
    [ "mksecret" "password" "passphrase" "pattern" "hex" "urlsafe" "base64" "base32" "token" "uuid" "bytes" "below" "choice" "sample" "fill" "ready" "completions" "man" "help" "recipes" ]
  }

  # Print a man page
  export extern "mksecret man" [
    --all: directory          # Write all pages to DIR/man1 and DIR/man7, overwriting older versions
    --help(-h)                # Print help (see more with '--help')
    page?: string@"nu-complete mksecret man page" # The page: a command or `recipes`, with or without `mksecret-`
  ]

  def "nu-complete mksecret help command" [] {
    [ "password" "passphrase" "pattern" "hex" "urlsafe" "base64" "base32" "token" "uuid" "bytes" "below" "choice" "sample" "fill" "ready" "completions" "man" "help" "recipes" ]
  }

  # Print the help of a subcommand
  export extern "mksecret help" [
    --help(-h)                # Print help (see more with '--help')
    command?: string@"nu-complete mksecret help command" # A command, or `recipes`: its help instead of the list of all
  ]

}

export use completions *
