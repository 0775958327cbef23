#!/usr/bin/env python3
"""Writes the lists of names and words beside this file, and manifest.tsv.

Run it so (Debian 12, Python 3.11 or later); nothing is installed outside of /tmp:

    python3 Patterns/names/fetch_sources.py /tmp/names
    /tmp/names/venv/bin/python Patterns/names/build_lists.py --root /tmp/names/root

--root DIR    where the Debian packages are unpacked (default /: where they are installed)
--check       writes nothing; exit status 1 when a list would change

The same versions give the same bytes: nothing depends on the clock, the locale or the order of a hash table.
Every source is permissive; a copyleft list must not be added here (a user can bring one with --dictionary).
"""

import argparse
import hashlib
import pathlib
import sys

import list_people
import list_places
import list_sources
import list_words

HERE = pathlib.Path(__file__).resolve().parent

# The bucket of an entry that stands alone on its line, and what the list holds, by file.
LISTS = {
    "given.txt": (2, "Given names."),
    "surname.txt": (2, "Family names."),
    "person.txt": (2, "Whole names of persons, as they are written."),
    "han_given.txt": (2, "Han characters of given names."),
    "hangul_given.txt": (2, "Hangul syllables of given names."),
    "place.txt": (4, "Places."),
    "organization.txt": (3, "Organisations."),
    "demonym.txt": (4, "Words for languages and nationalities."),
    "common.txt": (5, "Words that are not by themselves names, lower-case: of English, and of languages with other letters."),
    "common_foreign.txt": (5, "Such words of other languages with Latin letters: they count where a text is not known to be English."),
}


def write(name, lines, check):
    """Writes a file unless it is the same or only checked; whether it is the same."""
    text = "".join(line + "\n" for line in lines)
    path = HERE / name
    same = path.exists() and path.read_text(encoding="utf-8") == text
    if not check:
        path.write_text(text, encoding="utf-8", newline="\n")
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    print(f"{name}\t{len(text.encode())} bytes\tsha256 {digest}…\t{'same' if same else 'changed'}")
    return same, len(text.encode())


def list_lines(name, entries):
    default, about = LISTS[name]
    rows = entries.lines(default)
    sources = ", ".join(sorted(entries.by_source, key=str.lower))
    return [
        f"# {about} Written by build_lists.py; do not edit.",
        f"# Origin: {sources}; versions and licences: manifest.tsv",
        f"# {len(rows)} entries: entry TAB bucket (1 to 7, 7 = most common); no bucket means {default}",
    ] + rows


def manifest_lines(sources, tables):
    """source, version, licence, what was taken (list: entries), entries in all, digest of the files read."""
    yield "# source\tversion\tlicence\ttaken (entries of each list that it gives, alone or with others)\tentries\tdigest of the files read"
    counted = {name: table.counts() for name, table in tables.items()}
    for kind, table in (("PyPI", list_sources.PYPI), ("Debian 12", list_sources.DEBIAN)):
        for package, (version, licence) in sorted(table.items(), key=lambda row: row[0].lower()):
            yield manifest_line(f"{package} ({kind})", package, version, licence, counted, sources)
    yield manifest_line("source/", list_sources.HAND, "-", "ours", counted, sources)


def manifest_line(title, source, version, licence, counted, sources):
    taken = [(name, counts[source]) for name, counts in counted.items() if counts.get(source)]
    words = ", ".join(f"{name} {count}" for name, count in taken) or "frequencies only"
    return "\t".join([title, version, licence, words, str(sum(c for _, c in taken)), sources.digest(source)])


def main():
    parser = argparse.ArgumentParser(description="Writes the name lists of ChatScrub.")
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path("/"))
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    sources = list_sources.Sources(options.root)
    problem = sources.check_versions()
    if problem:
        sys.exit(problem)

    given, surname, person, han, hangul = list_people.build_people(sources)
    words = list_words.build_common(sources, given, surname)
    common = words.entries
    list_people.add_slavic_cases(sources, given, surname, common)
    demonyms = list_places.build_demonyms(sources)
    for names in (given, surname):
        list_people.drop_words(sources, names, common, demonyms)
    for names in (given, surname, person):
        list_people.drop_han(sources, "people", names, common)
    places = list_places.build_places(sources, common, given, surname)
    list_people.drop_places(surname, places)
    list_people.drop_han(sources, "places", places, common)
    organizations = list_places.build_organizations(sources, common, given)

    tables = {"given.txt": given, "surname.txt": surname, "person.txt": person, "han_given.txt": han, "hangul_given.txt": hangul,
              "place.txt": places, "organization.txt": organizations, "demonym.txt": demonyms}
    tables["common.txt"], tables["common_foreign.txt"] = words.split()
    results = [write(name, list_lines(name, entries), options.check) for name, entries in tables.items()]
    size = sum(s for _, s in results)
    results.append(write("manifest.tsv", list(manifest_lines(sources, tables)), options.check))
    distinct = set().union(*(entries.table for entries in tables.values()))
    for name, entries in tables.items():
        print(f"{name}\t{len(entries.table)} entries")
    print(f"{len(distinct)} distinct folded entries, {size} bytes in lists")
    return 1 if options.check and not all(same for same, _ in results) else 0


if __name__ == "__main__":
    sys.exit(main())
