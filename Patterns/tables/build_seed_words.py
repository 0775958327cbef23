#!/usr/bin/env python3
"""Writes seed_words.tsv beside this file: the word lists of BIP-39, twelve languages.

    python3 -m venv /tmp/seed-venv && /tmp/seed-venv/bin/pip install mnemonic==0.21
    /tmp/seed-venv/bin/python Patterns/tables/build_seed_words.py

--check   writes nothing; exit status 1 when the table would change

A list has 2048 words in a fixed order; the lists are decomposed (NFKD) in the standard and composed here, as
people type them.
"""

import argparse
import pathlib
import sys
import unicodedata

import mnemonic

HERE = pathlib.Path(__file__).resolve().parent
LANGUAGES = {
    "cs": "czech", "en": "english", "es": "spanish", "fr": "french", "it": "italian",
    "ja": "japanese", "ko": "korean", "pt": "portuguese", "ru": "russian", "tr": "turkish",
    "zh": "chinese_simplified", "zh_Hant": "chinese_traditional",
}
IN_A_ROW = 16


def table():
    lines = [
        "# The word lists of BIP-39 in their order, sixteen words a row, by language.",
        "# Source: Bitcoin Improvement Proposal 39 (word lists), as in the package mnemonic 0.21 of PyPI, by",
        "# Patterns/tables/build_seed_words.py. Licence: MIT, Copyright (c) 2013-2016 Pavol Rusnak.",
    ]
    for code, name in LANGUAGES.items():
        words = [unicodedata.normalize("NFC", word) for word in mnemonic.Mnemonic(name).wordlist]
        if len(words) != 2048 or len(set(words)) != 2048:
            sys.exit(f"{name}: {len(set(words))} words")
        for first in range(0, len(words), IN_A_ROW):
            lines.append(f"{code}\t{' '.join(words[first:first + IN_A_ROW])}")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    path = HERE / "seed_words.tsv"
    text = table()
    if options.check:
        sys.exit(path.read_text(encoding="utf-8") != text)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
