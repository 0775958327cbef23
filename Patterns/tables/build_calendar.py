#!/usr/bin/env python3
"""Writes months.tsv beside this file: what the months are called in the written languages of today.

    apt-get install libicu-dev
    python3 -m venv /tmp/icu-venv && /tmp/icu-venv/bin/pip install PyICU==2.17
    /tmp/icu-venv/bin/python Patterns/tables/build_calendar.py

--check   writes nothing; exit status 1 when the table would change

The names are ICU's for the Gregorian calendar: in a date and alone, in full and short.
"""

import argparse
import collections
import pathlib
import sys

import icu

HERE = pathlib.Path(__file__).resolve().parent
LOCALES = """
af am ar ar_DZ ar_MA ar_SY ar_TN as az be bg bn bs ca cs cy da de de_AT el en en_AU en_GB es es_MX es_UY et eu
fa fa_AF fi fil fo fr fr_CA ga gl gu ha he hi hr hu hy id ig is it ka kk km kn ky lb lo lt lv mk ml mn mr ms mt
my nb ne nl nn or pa pl ps pt pt_PT ro ru sd si sk sl sq sr sr_Latn sv sw ta te tg th tk tr uk ur uz xh yo zu
""".split()


def key(name):
    """Lower case, without full stops: the form names are looked up in; `None` for what is no word."""
    word = name.lower().replace(".", "").replace("\u0307", "").strip()
    if len(word) < 2 or any(character.isdigit() or character.isspace() for character in word):
        return None
    return word if word[0] > "\u02af" or len(word) > 2 else None


def names():
    """Name → its months and its languages."""
    found = collections.defaultdict(lambda: (set(), set()))
    symbols = icu.DateFormatSymbols
    for locale in LOCALES:
        own = symbols(icu.Locale(locale))
        for context in (symbols.FORMAT, symbols.STANDALONE):
            for width in (symbols.WIDE, symbols.ABBREVIATED):
                for month, name in enumerate(own.getMonths(context, width), 1):
                    if word := key(name):
                        months, languages = found[word]
                        months.add(month)
                        languages.add(locale.split("_")[0])
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    lines = [
        "# The months' names in lower case without full stops, with the months (1-12) a name can mean and its languages.",
        f"# Source: ICU {icu.ICU_VERSION} (Unicode CLDR), by Patterns/tables/build_calendar.py. Licence: Unicode License V3.",
    ]
    for name, (months, languages) in sorted(names().items()):
        numbers = ",".join(str(month) for month in sorted(months))
        lines.append(f"{name}\t{numbers}\t{','.join(sorted(languages))}")
    path = HERE / "months.tsv"
    text = "\n".join(lines) + "\n"
    if options.check:
        sys.exit(path.read_text(encoding="utf-8") != text)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
