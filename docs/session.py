#!/usr/bin/env python3
"""Runs a terminal session and draws the picture in README.md.

    cargo build --release && docs/session.py > docs/session.svg

The argument is the program to run, by default target/release/mksecret. Needs only Python's standard library.
"""

import os
import subprocess
import sys
import tempfile
from xml.sax.saxutils import escape

# What the session finds in its folder.
FILES = {".env.example": "DB_PASSWORD={{ mksecret password }}\nDATABASE_URL=postgres://app:{{ DB_PASSWORD }}@db/app\n"}

# Comments and commands; each comment is shown above its command.
SESSION = [
    ("# a password that needs no quoting in shells, YAML or URLs", "mksecret password"),
    ("# a passphrase, easy to type and to remember", "mksecret passphrase -w 6"),
    ("# 128 bits in hexadecimal", "mksecret hex 16"),
    ("# a token that leak scanners can recognise", "mksecret token --prefix acme_"),
    ("# the secrets of a file, each generated once", "cat .env.example"),
    ("", "mksecret fill .env.example -o .env; cat .env"),
    ("# a key file with mode 0600, complete or absent", "mksecret bytes 32 -o service.key --keep -v"),
    ("# a full disk is an error", "mksecret hex > /dev/full; echo $?"),
]

SIZE, LINE, GAP, LEFT, TOP = 14, 20, 9, 22, 58
# A dark background of its own, legible on light and dark pages.
BACKGROUND, BAR, EDGE = "#1b1f27", "#262c37", "#454e5e"
COLOURS = {"comment": "#8b98ad", "prompt": "#7ee0a1", "command": "#f2f5fa", "output": "#e3c57d"}
FONT = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"


def run(program):
    """Returns the lines of the session as lists of (kind, text)."""
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(program, os.path.join(folder, "mksecret"))
        environment = {"PATH": f"{folder}:/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
        for name, text in FILES.items():
            with open(os.path.join(folder, name), "w") as file:
                file.write(text)
        for comment, command in SESSION:
            if comment:
                lines.append([("comment", comment)])
            lines.append([("prompt", "$ "), ("command", command)])
            done = subprocess.run(
                ["bash", "-c", command],
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                check=True,
                text=True,
            )
            lines += [[("output", line)] for line in done.stdout.splitlines()]
    return lines


def draw(lines):
    columns = max(sum(len(text) for _, text in line) for line in lines)
    width = 2 * LEFT + round(columns * SIZE * 0.61)
    # A gap above each comment except the first.
    places, y = [], TOP - GAP
    for line in lines:
        y += GAP if line[0][0] == "comment" else 0
        places.append(y)
        y += LINE
    height = y + 4
    svg = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" aria-label="a terminal session with mksecret">',
        f'<rect x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="9" '
        f'fill="{BACKGROUND}" stroke="{EDGE}"/>',
        f'<path d="M1 34V9.5a8.5 8.5 0 0 1 8.5-8.5H{width - 9.5}a8.5 8.5 0 0 1 8.5 8.5V34z" fill="{BAR}"/>',
    ]
    for index, colour in enumerate(["#e06c75", "#e5c07b", "#98c379"]):
        svg.append(f'<circle cx="{LEFT + 20 * index}" cy="17.5" r="6" fill="{colour}"/>')
    svg.append(f'<g font-family="{FONT}" font-size="{SIZE}">')
    for y, line in zip(places, lines):
        spans = "".join(f'<tspan fill="{COLOURS[kind]}">{escape(text)}</tspan>' for kind, text in line)
        svg.append(f'<text x="{LEFT}" y="{y}" xml:space="preserve">{spans}</text>')
    svg += ["</g>", "</svg>"]
    return "\n".join(svg) + "\n"


if __name__ == "__main__":
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    program = sys.argv[1] if len(sys.argv) > 1 else os.path.join(root, "target/release/mksecret")
    sys.stdout.write(draw(run(os.path.abspath(program))))
