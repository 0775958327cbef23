#!/usr/bin/env python3
"""Writes given.txt, surname.txt, place.txt and common.txt beside this file.

Run it so (Debian 12, Python 3.11 or later):

    apt-get install wamerican-small wbritish-small
    python3 -m venv /tmp/names-venv
    /tmp/names-venv/bin/pip install Faker==40.54.0 names==0.3.0 babel==2.18.0
    /tmp/names-venv/bin/python Patterns/names/build_lists.py

--words DIR   where american-english-small and british-english-small are (default /usr/share/dict)
--check       writes nothing; exit status 1 when a list would change

The same versions give the same bytes: nothing depends on the clock, the locale or the order of a hash table.
Every source is permissive; a copyleft list must not be added here (a user can bring one with --dictionary).
"""

import argparse
import hashlib
import importlib
import importlib.metadata
import pathlib
import pkgutil
import re
import sys
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
PINS = {"Faker": "40.54.0", "names": "0.3.0", "babel": "2.18.0"}
SCOWL = "2020.12.07"
MAX_BYTES = 40
CENSUS_SURNAMES = 28000

# CLDR names of countries and cities are taken in these languages; months and weekdays in LANGUAGES_OF_DATES.
LANGUAGES_OF_PLACES = (
    "en es fr de it pt nl sv da nb fi pl cs sk hu ro hr sr bg ru uk el tr ar fa he hi bn ta th vi id ko ja zh zh_Hant"
).split()
LANGUAGES_OF_DATES = "en es fr de it pt nl sv da nb fi pl cs ru uk tr id vi ro hu el".split()

# Attributes of Faker's address providers that hold real names of places. Street, building and suffix lists are left out.
FAKER_REGIONS = """states provinces regions region_names prefectures cantons departments wilayas estados distritos counties
    luzon_provinces visayas_provinces mindanao_provinces union_territories municipalities boroughs metropolitan_cities""".split()
FAKER_CITIES = "cities city_names real_city_names communes".split()

# Locales whose city attribute is made of parts, or holds villages and small towns in thousands that are words elsewhere.
CITY_LOCALES_LEFT_OUT = {"it_IT", "nl_NL", "nl_BE", "sk_SK", "da_DK"}
REGION_LOCALES_LEFT_OUT = {"es_CO", "en_MS"}

# Icelandic "surnames" are fathers' names in the genitive (cues.tsv has -son and -dóttir), Tamil ones repeat the given names.
SURNAME_LOCALES_LEFT_OUT = {"is_IS", "ta_IN"}

# The bucket of an entry that stands alone on its line, by file.
DEFAULT_BUCKET = {"given.txt": 2, "surname.txt": 2, "place.txt": 4, "common.txt": 5}

# Lower-case words inside a family name. The name is what follows them.
PARTICLES = set("van von der den de del della di da do dos das la le los ter ten zu af al el ibn bin bint y e dela du des".split())

# Placeholders and titles that sit among the names in the sources.
JUNK = set("""test unknown none null name surname foo bar lorem ipsum mr mrs ms dr prof sir madam jr sr ii iii iv phd md ing mgr bc
    ph.d dipl herr frau dhr mevr male female van von der den de del della di da dos ter ten bin binti ibn san santa saint st le la
    el al du des dela the and of or an in is it no on so to us we all""".split())


def nfc(text):
    return unicodedata.normalize("NFC", text)


def key_of(text):
    """Two spellings of one entry are one entry."""
    return nfc(text.casefold())


def is_letterlike(character):
    return unicodedata.category(character)[0] in "LM"


def is_wide_script(text):
    """Han, kana and Hangul: a single character is a whole name there."""
    return bool(re.search("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]", text))


def clean_name(raw, surname=False, single=False):
    """The entry a name of a source stands for, or None. One word, letters, hyphen and apostrophe only."""
    name = nfc(raw).replace("\u2019", "'").replace("\u2018", "'").replace("\u02bc", "'").replace("\u200c", " ").strip()
    name = "".join(c for c in name if unicodedata.category(c) != "Cf")
    if surname and " " in name:
        words = name.split()
        while len(words) > 1 and words[0].casefold() in PARTICLES:
            words.pop(0)
        name = " ".join(words)
    if not name or len(name.encode()) > MAX_BYTES:
        return None
    if not all(is_letterlike(c) or c in "-'" for c in name):
        return None
    if name[0] in "-'" or name[-1] in "-'":
        return None
    letters = sum(unicodedata.category(c)[0] == "L" for c in name)
    if letters < 2 and not is_wide_script(name):
        return None
    if name.casefold() in JUNK:
        return None
    if len(name) == 1 and not single:
        # One Han or Hangul character is a word nearly everywhere; only the family names written by hand may be so short.
        return None
    if letters == 2 and name.isascii() and not re.search("[aeiouy]", name.casefold()) and name.casefold() != "ng":
        # Jc, Rm, Wm: initials and abbreviations that the census counted as names.
        return None
    # Georgian is left out: its capitals are for headings only.
    if re.match("[A-Za-z\u00c0-\u058f]", name) and (name.islower() or (name.isupper() and letters > 1)):
        # Title case by hand: str.title() would write O'Brien well but De'Ath and Ǆ badly.
        name = "-".join(part[:1].upper() + part[1:].lower() for part in name.split("-"))
        name = re.sub(r"^(O'|D'|Mc)(\w)", lambda m: m[1] + m[2].upper(), name)
    return nfc(name)


def clean_place(raw):
    name = nfc(raw).replace("\u2019", "'").strip()
    name = "".join(c for c in name if unicodedata.category(c) != "Cf")
    name = re.sub(r"\s+", " ", name)
    if not name or len(name.encode()) > MAX_BYTES or len(name) < 2:
        # A Han or Hangul place of one character is a word far more often than the place.
        return None
    if any(c.isdigit() for c in name) or re.search(r"[()\[\]{}/,;:*_\"|#–]", name) or " - " in name:
        return None
    if not any(is_letterlike(c) for c in name):
        return None
    if len(name) < 3 and name.isascii() and name not in ("UK",):
        return None
    if name[0].islower():
        return None
    return name


class Entries:
    """Entries by casefold. The best bucket wins; among spellings of one entry the smallest in byte order."""

    def __init__(self):
        self.table = {}

    def add(self, entry, bucket):
        if entry is None:
            return
        key = key_of(entry)
        old = self.table.get(key)
        if old is None:
            self.table[key] = (entry, bucket)
        else:
            # A mixed-case spelling (McDonald) says more than the plain one (Mcdonald); byte order puts capitals first.
            self.table[key] = (min(old[0], entry, key=lambda s: s.encode()), max(old[1], bucket))

    def bucket(self, word):
        found = self.table.get(key_of(word))
        return found[1] if found else 0

    def drop(self, word):
        self.table.pop(key_of(word), None)

    def lines(self, default):
        rows = sorted(self.table.values(), key=lambda e: e[0].encode())
        return [entry if bucket == default else f"{entry}\t{bucket}" for entry, bucket in rows]


def read_sections(file_name, separator=None):
    """(title, bucket, entries) of each section of a hand-written file."""
    title, bucket, text = None, 0, []
    sections = []
    for line in (HERE / "source" / file_name).read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        head = re.fullmatch(r"\[(.+) (\d)\]", line)
        if head:
            if title is not None:
                sections.append((title, bucket, text))
            title, bucket, text = head[1], int(head[2]), []
        else:
            text += [part.strip() for part in line.split(separator) if part.strip()]
    sections.append((title, bucket, text))
    return sections


def census(file_name):
    """Names of the US Census 1990 by falling frequency."""
    folder = pathlib.Path(importlib.import_module("names").__file__).parent
    rows = []
    for line in (folder / file_name).read_text(encoding="ascii").splitlines():
        fields = line.split()
        if len(fields) >= 2:
            rows.append((fields[0], float(fields[1])))
    return rows


def rank_bucket(rank):
    for limit, bucket in ((200, 7), (1000, 6), (3000, 5), (10000, 4)):
        if rank < limit:
            return bucket
    return 3


def census_given():
    frequency = {}
    for file_name in ("dist.male.first", "dist.female.first"):
        for name, share in census(file_name):
            frequency[name] = frequency.get(name, 0.0) + share
    ranked = sorted(frequency, key=lambda n: (-frequency[n], n))
    return [(name, rank_bucket(rank)) for rank, name in enumerate(ranked)]


def census_surname(limit=CENSUS_SURNAMES):
    return [(name, rank_bucket(rank)) for rank, (name, _) in enumerate(census("dist.all.last")[:limit])]


def faker_providers(kind):
    """(locale, Provider) of each locale that Faker has for a kind, in the order of the locale's name."""
    package = importlib.import_module(f"faker.providers.{kind}")
    for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda m: m.name):
        yield module.name, importlib.import_module(f"{package.__name__}.{module.name}").Provider


def strings_of(value):
    """Every string of a Faker attribute; some are lists of tuples, some are tables of weights."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (k for k in value if isinstance(k, str))
    elif isinstance(value, (list, tuple, set)):
        for item in value:
            yield from strings_of(item)


def faker_names():
    """Name → set of locales, for given names and for surnames."""
    given, surname = {}, {}
    for locale, provider in faker_providers("person"):
        # A class inherits English names from its base; only what the locale itself declares counts.
        own = [c for c in provider.__mro__ if c.__module__.startswith("faker.providers.person.")]
        for cls in own:
            for attribute in sorted(vars(cls)):
                value = vars(cls)[attribute]
                if not isinstance(value, (list, tuple, dict)) or "format" in attribute or "pair" in attribute:
                    continue
                if "last" in attribute:
                    if locale in SURNAME_LOCALES_LEFT_OUT:
                        continue
                    target, is_surname = surname, True
                elif attribute.startswith("middle_names") and locale in ("ru_RU", "uk_UA"):
                    # Patronymics: cues.tsv has their endings.
                    continue
                elif "first" in attribute or attribute.startswith("middle_names"):
                    target, is_surname = given, False
                else:
                    continue
                for raw in strings_of(value):
                    entry = clean_name(raw, is_surname)
                    if entry:
                        target.setdefault(entry, set()).add(locale)
    return given, surname


def build_names():
    given, surname = Entries(), Entries()
    faker_given, faker_surname = faker_names()
    for source, target in ((faker_given, given), (faker_surname, surname)):
        for entry, locales in source.items():
            # Locales that share a language copy each other, so languages are counted.
            languages = len({locale.split("_")[0] for locale in locales})
            target.add(entry, 4 if languages >= 6 else 3 if languages >= 3 else 2)
    for name, bucket in census_given():
        given.add(clean_name(name), bucket)
    for name, bucket in census_surname():
        surname.add(clean_name(name, True), bucket)
    for title, bucket, entries in read_sections("names_by_hand.txt"):
        target = surname if title.startswith("surname") else given
        for entry in entries:
            target.add(clean_name(entry, True, single=target is surname), bucket)
    return given, surname


def build_places(given, surname, common_words):
    from babel import Locale

    places = Entries()
    for _, bucket, entries in read_sections("places_by_hand.txt", ","):
        for entry in entries:
            places.add(nfc(entry), bucket)
    zones = set()

    def cldr_place(raw, bucket):
        # Finnish Man, French Grenade, the zone "Easter": a word first. By hand they can still be listed.
        entry = clean_place(raw)
        if entry and (" " in entry or key_of(entry) not in common_words):
            places.add(entry, bucket)

    for language in LANGUAGES_OF_PLACES:
        locale = Locale.parse(language)
        for code, name in sorted(locale.territories.items()):
            if len(code) != 2 or code in ("EU", "EZ", "UN", "QO", "ZZ", "XA", "XB"):
                continue
            # CLDR writes "Myanmar (Burma)": both names are wanted.
            for part in re.split(r"\s*[()（）]\s*", name):
                if language != "en":
                    cldr_place(part, 5)
                elif part != "Islands":
                    places.add(clean_place(part), 7)
        for zone, names in sorted(locale.time_zones.items()):
            zones.add(zone)
            if "city" in names and not zone.startswith("Etc/"):
                cldr_place(names["city"], 5 if language == "en" else 4)
    for zone in sorted(zones):
        if not zone.startswith(("Etc/", "Antarctica/")):
            cldr_place(zone.rsplit("/", 1)[-1].replace("_", " "), 4)

    def faker_place(raw, bucket):
        entry = clean_place(raw)
        if entry is None:
            return
        if " " not in entry:
            # A small town that is also a word or a well-known name would cost more than it finds.
            if key_of(entry) in common_words or given.bucket(entry) >= 4 or surname.bucket(entry) >= 4:
                return
            if entry.isupper() or len(entry) < 4 and entry.isascii():
                return
        places.add(entry, bucket)

    for locale, provider in faker_providers("address"):
        own = [c for c in provider.__mro__ if c.__module__.startswith("faker.providers.address.")]
        for cls in own:
            for attribute in sorted(vars(cls)):
                if attribute in FAKER_REGIONS and locale not in REGION_LOCALES_LEFT_OUT:
                    for raw in strings_of(vars(cls)[attribute]):
                        faker_place(raw, 3)
                elif attribute in FAKER_CITIES and locale not in CITY_LOCALES_LEFT_OUT:
                    for raw in strings_of(vars(cls)[attribute]):
                        faker_place(raw, 2)
    return places


def scowl_words(folder):
    words = set()
    for file_name in ("american-english-small", "british-english-small"):
        for line in (folder / file_name).read_text(encoding="utf-8").splitlines():
            word = nfc(line.strip())
            if word and word == word.lower() and len(word) > 1 and "'" not in word and all(is_letterlike(c) for c in word):
                words.add(word)
    return words


def build_common(given, scowl):
    from babel import Locale

    common = Entries()
    left_out = set()
    for word in scowl:
        # bill, rose, dean: a word, and one of the common given names too; the bucket says that it is either.
        common.add(word, 4 if given.bucket(word) >= 5 else 5)

    def foreign(word, bucket):
        word = nfc(word.lower())
        if len(word.encode()) > MAX_BYTES or any(c.isdigit() for c in word):
            return
        if len(word) < 2 and word.isascii():
            return
        # dan is "and" in Indonesian and sue is "his" in Italian. A word that is a usual given name in
        # another language is weak evidence only.
        if given.bucket(word) >= 5 and key_of(word) not in english:
            bucket = 2
        common.add(word, bucket)

    sections = read_sections("common_words.txt")
    english = {key_of(w) for w in scowl}
    for title, _, entries in sections:
        if title == "en":
            english |= {key_of(w) for w in entries}
    for title, bucket, entries in sections:
        if bucket == 0:
            left_out |= {key_of(w) for w in entries}
            continue
        for entry in entries:
            if title == "en":
                common.add(nfc(entry), bucket)
            else:
                foreign(entry, bucket)
    for language in LANGUAGES_OF_DATES:
        locale = Locale.parse(language)
        for table in (locale.months, locale.days):
            for form in ("format", "stand-alone"):
                for name in table[form].get("wide", {}).values():
                    if " " not in name:
                        foreign(name.strip("."), 3)
    for word in left_out:
        common.drop(word)
    return common


def write(name, about, entries, check):
    default = DEFAULT_BUCKET[name]
    lines = entries.lines(default)
    form = f"{len(lines)} entries: entry TAB bucket (1 to 7, 7 = most common); no bucket means {default}"
    text = "".join(f"# {line}\n" for line in about + [form])
    text += "".join(line + "\n" for line in lines)
    path = HERE / name
    same = path.exists() and path.read_text(encoding="utf-8") == text
    if not check:
        path.write_text(text, encoding="utf-8", newline="\n")
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    print(f"{name}\t{len(lines)} entries\t{len(text.encode())} bytes\tsha256 {digest}…\t{'same' if same else 'changed'}")
    return same


def main():
    parser = argparse.ArgumentParser(description="Writes the name lists of ChatScrub.")
    parser.add_argument("--words", type=pathlib.Path, default=pathlib.Path("/usr/share/dict"))
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    for package, wanted in PINS.items():
        found = importlib.metadata.version(package)
        if found != wanted:
            sys.exit(f"{package} {found} is installed, the lists are made from {wanted}")

    given, surname = build_names()
    scowl = scowl_words(options.words)
    common = build_common(given, scowl)
    places = build_places(given, surname, set(common.table))

    made = "Written by build_lists.py; do not edit."
    faker = f"Faker {PINS['Faker']} (MIT), person providers of all locales"
    us = f"US Census 1990 through the package names {PINS['names']} (public domain)"
    hand = "source/names_by_hand.txt (ChatScrub's own)"
    cldr = f"CLDR through babel {PINS['babel']} (BSD; data: Unicode licence)"
    same = [
        write("given.txt", ["Given names. " + made, f"Origin and licence: {faker}; {us}; {hand}"], given, options.check),
        write("surname.txt", ["Family names. " + made, f"Origin and licence: {faker}; {us}, first {CENSUS_SURNAMES:,}; {hand}"], surname, options.check),
        write("place.txt", ["Places. " + made,
                            f"Origin and licence: {cldr}; Faker {PINS['Faker']} (MIT), regions and cities; source/places_by_hand.txt (ChatScrub's own)"],
              places, options.check),
        write("common.txt", ["Words that are not by themselves names, lower-case. " + made,
                             f"Origin and licence: SCOWL {SCOWL}, size small (permissive, as Debian's wamerican-small and wbritish-small); "
                             f"{cldr}, months and weekdays; source/common_words.txt (ChatScrub's own)"], common, options.check),
    ]
    return 1 if options.check and not all(same) else 0


if __name__ == "__main__":
    sys.exit(main())
