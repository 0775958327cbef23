#!/usr/bin/env python3
"""Writes public_figures.txt, the people that --keep-public-figures keeps.

    python3 Patterns/names/build_figures.py [--check]

Joins source/public_figures.txt (by hand) with the whole names that person.txt has from WordNet (bucket 3).
Of WordNet's a name is left out when both its first and its last word are very common names: thousands of
private people have it. `--check` writes nothing and exits with 1 when the file would change.
"""

import sys
import unicodedata
from pathlib import Path

HERE = Path(__file__).parent


def entries(name):
    """Entry and bucket of each line of a list."""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            entry, _, bucket = line.partition("\t")
            yield entry, int(bucket or 2)


def key(name):
    """What two spellings of one name have in common."""
    marks = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in marks if not unicodedata.combining(c))


def by_hand():
    section = ""
    for line in (HERE / "source" / "public_figures.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            for name in line.split(";"):
                yield name.strip(), "fiction" if section == "fiction" else "person"


def from_wordnet():
    given = {key(e): b for e, b in entries("given.txt")}
    surname = {key(e): b for e, b in entries("surname.txt")}
    for name, bucket in entries("person.txt"):
        words = name.split(" ")
        if bucket != 3 or len(words) < 2 or any(len(w.strip(".")) < 2 for w in words[1:]):
            continue
        first, last = given.get(key(words[0]), 0), surname.get(key(words[-1]), 0)
        if first >= 5 and last >= 5:
            continue
        yield name, "person"


def main():
    people = {}
    for name, kind in list(by_hand()) + list(from_wordnet()):
        people.setdefault(key(name), (unicodedata.normalize("NFC", name), kind))
    lines = sorted(
        (f"{name}\tfiction" if kind == "fiction" else name for name, kind in people.values()),
        key=lambda line: line.encode())
    head = [
        "# Well-known people and characters, kept by --keep-public-figures. Written by build_figures.py; do not edit.",
        "# Origin: source/public_figures.txt (by hand, licence of this project); WordNet 3.0 (permissive, see manifest.tsv)",
        f"# {len(lines)} entries: name [TAB fiction]",
    ]
    text = "\n".join(head + lines) + "\n"
    target = HERE / "public_figures.txt"
    if "--check" in sys.argv:
        sys.exit(0 if target.exists() and target.read_text(encoding="utf-8") == text else 1)
    target.write_text(text, encoding="utf-8")


main()
