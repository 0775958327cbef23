"""Entries of the name lists: cleaning, folding, tables."""

import functools
import re
import unicodedata

MAX_BYTES = 48

# Lower-case words inside a family name. The name is what follows them.
PARTICLES = set("van von der den de del della di da do dos das la le los ter ten zu af al el ibn bin bint y e dela du des".split())

# Placeholders and titles that sit among the names in the sources.
JUNK = set("""test unknown none null name surname foo bar lorem ipsum mr mrs ms dr prof sir madam jr sr ii iii iv phd md ing mgr bc
    ph.d dipl herr frau dhr mevr male female van von der den de del della di da dos ter ten bin binti ibn san santa saint st le la
    el al du des dela the and of or an in is it no on so to us we all baby infant twin unnamed notnamed girl boy""".split())

# Marks that folding drops, Indic dots below and Arabic vowel signs among them; other marks that stand for vowels stay.
DROPPED_CLASSES = (230, 220, 202, 7, *range(27, 36))


def nfc(text):
    return unicodedata.normalize("NFC", text)


@functools.lru_cache(maxsize=None)
def fold_of(text):
    """Two spellings with one fold are one entry: NFKC, case fold, marks above and below dropped."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).casefold()
    parts = unicodedata.normalize("NFD", folded)
    return nfc("".join(c for c in parts if unicodedata.combining(c) not in DROPPED_CLASSES))


def is_letterlike(character):
    return unicodedata.category(character)[0] in "LM"


def is_wide_script(text):
    """Han, kana and Hangul: a single character is a whole name there."""
    return bool(re.search("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]", text))


def has_case(text):
    """Georgian is left out: its capitals are for headings only."""
    return bool(re.match("[A-Za-z\u00c0-\u058f\u1e00-\u1fff]", text))


def plain_marks(raw):
    """The plain apostrophe; no format characters."""
    name = raw if raw.isascii() else nfc(raw)
    name = name.replace("\u2019", "'").replace("\u2018", "'").replace("\u02bc", "'").replace("\u200c", " ").strip()
    return "".join(c for c in name if unicodedata.category(c) != "Cf") if not name.isascii() else name


def title_case(name):
    """Title case by hand: str.title() would write O'Brien well but De'Ath and Ǆ badly."""
    name = "-".join(part[:1].upper() + part[1:].lower() for part in name.split("-"))
    return re.sub(r"^(O'|D'|Mc)(\w)", lambda m: m[1] + m[2].upper(), name)


def clean_name(raw, surname=False, single=False):
    """The entry a name of a source stands for, or None. One word, letters, hyphen and apostrophe only."""
    name = plain_marks(raw)
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
    if has_case(name) and (name.islower() or (name.isupper() and letters > 1)):
        name = title_case(name)
    return nfc(name)


def clean_place(raw):
    name = re.sub(r"\s+", " ", plain_marks(raw))
    if not name or len(name.encode()) > MAX_BYTES or len(name) < 2:
        # A Han or Hangul place of one character is a word far more often than the place.
        return None
    if any(c.isdigit() for c in name) or re.search(r"[()\[\]{}/,;:*_\"|#–`=<>&!?@+]", name) or " - " in name:
        return None
    if not any(is_letterlike(c) for c in name):
        return None
    if len(name) < 3 and name.isascii() and name not in ("UK",):
        return None
    if name[0].islower() or name[0] in "'-.":
        return None
    return name


def clean_word(raw):
    """A lower-case word: letters, inner hyphen and apostrophe."""
    word = nfc(raw.strip().lower()).replace("\u2019", "'")
    if not word or len(word.encode()) > MAX_BYTES:
        return None
    if not all(is_letterlike(c) or c in "-'" for c in word) or word[0] in "-'" or word[-1] in "-'":
        return None
    if len(word) < 2 and (word.isascii() or has_case(word)):
        return None
    return word


def clean_phrase(raw):
    """Several lower-case words with a blank between."""
    words = [clean_word(word) or (word if word.isalpha() else None) for word in nfc(raw.strip().lower()).split()]
    return None if None in words or not 2 <= len(words) <= 6 else " ".join(words)


def bucket_by(value, limits):
    """The bucket of the first limit that the value reaches; limits fall, as do the buckets."""
    for limit, bucket in limits:
        if value >= limit:
            return bucket
    return 1


def bucket_by_rank(rank, limits):
    for limit, bucket in limits:
        if rank < limit:
            return bucket
    return 1


class Entries:
    """Entries by fold. The best bucket wins, with its spelling; of several the smallest in byte order."""

    def __init__(self):
        self.table = {}
        self.by_source = {}

    def add(self, entry, bucket, source=None):
        if entry is None:
            return
        key = fold_of(entry)
        if not key:
            return
        old = self.table.get(key)
        if old is None:
            self.table[key] = (entry, bucket)
        else:
            # The commoner spelling; else a mixed-case one (McDonald) says more than the plain (Mcdonald), and byte order
            # puts capitals first.
            best = min((old, (entry, bucket)), key=lambda row: (-row[1], row[0].encode()))
            self.table[key] = best
        if source:
            self.by_source.setdefault(source, set()).add(key)

    def bucket(self, word):
        found = self.table.get(fold_of(word))
        return found[1] if found else 0

    def set_bucket(self, key, bucket):
        self.table[key] = (self.table[key][0], bucket)

    def drop(self, word):
        self.table.pop(fold_of(word), None)

    def lines(self, default):
        rows = sorted(self.table.values(), key=lambda e: e[0].encode())
        return [entry if bucket == default else f"{entry}\t{bucket}" for entry, bucket in rows]

    def counts(self):
        """How many of the entries that are left each source gave."""
        return {source: sum(key in self.table for key in keys) for source, keys in self.by_source.items()}
