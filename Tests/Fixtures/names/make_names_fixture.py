#!/usr/bin/env python3
"""Build conversations/<lang>.jsonl from the marked texts source/<lang>.txt.

    python3 make_names_fixture.py          build, check, print the table
    python3 make_names_fixture.py --check  check only; fails if the JSONL is not up to date

Offsets are Unicode code points (Python str indices) in the turn's content, end exclusive.
"""
import collections, json, pathlib, re, sys, unicodedata

HERE = pathlib.Path(__file__).resolve().parent
SOURCE, OUT = HERE / "source", HERE / "conversations"
MAIN = "en de fr es it pt nl pl cs ru uk tr fi hu sv el ar hi zh ja".split()
MARKS = {"P": ("PERSON", "private"), "B": ("PERSON", "public_figure"), "F": ("PERSON", "fiction"),
         "L": ("LOCATION", None), "O": ("ORGANIZATION", None), "N": ("NRP", None), "X": (None, None)}
MARK = re.compile(r"\{([PBFLONX]):([^{}\n]+)\}")
LOOSE = re.compile(r"\{[A-Za-z]:|\{[PBFLONX] ?:")
errors, notes = [], []

def parse_turn(raw, where):
    out, labels, ignore, pos, n = [], [], [], 0, 0
    for m in MARK.finditer(raw):
        out.append(raw[pos:m.start()]); n += m.start() - pos
        text = m.group(2)
        if text != text.strip():
            errors.append(f"{where}: space at the edge of mark {m.group(0)}")
        kind = MARKS[m.group(1)]
        span = {"start": n, "end": n + len(text), "text": text}
        if kind[0] is None:
            ignore.append(span)
        else:
            span["type"] = kind[0]
            if kind[1]:
                span["kind"] = kind[1]
            labels.append(span)
        out.append(text); n += len(text); pos = m.end()
    rest = raw[pos:]
    out.append(rest)
    content = "".join(out)
    if LOOSE.search(content):
        errors.append(f"{where}: unbalanced or nested mark: {LOOSE.search(content).group(0)}")
    return content, labels, ignore

def parse(path):
    lang, conv, turns, convs = path.stem, None, None, []
    def close_turn():
        if turns is not None and turns["lines"] is not None:
            raw = "\n".join(turns["lines"]).strip("\n")
            if not raw.strip():
                errors.append(f"{conv['id']}: empty turn")
            i = len(conv["conversation"])
            content, labels, ignore = parse_turn(raw, f"{conv['id']} turn {i}")
            conv["conversation"].append({"role": turns["role"], "content": content})
            for dst, spans in (("labels", labels), ("ignore", ignore)):
                for s in spans:
                    occ = [k.start() for k in re.finditer("(?=%s)" % re.escape(s["text"]), content)]
                    conv[dst].append({"turn": i, **s, "occurrence": occ.index(s["start"]) + 1})
    text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("=== "):
            close_turn(); turns = None
            ident, _, tags = line[4:].partition("|")
            conv = {"id": ident.strip(), "language": lang, "tags": [t.strip() for t in tags.split(",") if t.strip()],
                    "conversation": [], "labels": [], "ignore": []}
            convs.append(conv)
        elif line in ("@user", "@assistant", "@system"):
            close_turn(); turns = {"role": line[1:], "lines": []}
        elif turns is not None:
            turns["lines"].append(line)
        elif line.strip() and not line.startswith("#"):
            errors.append(f"{path.name}:{number}: text outside a turn")
    close_turn()
    return convs

def check(conv):
    cid = conv["id"]
    if not 2 <= len(conv["conversation"]) <= 6:
        errors.append(f"{cid}: {len(conv['conversation'])} turns")
    roles = [t["role"] for t in conv["conversation"] if t["role"] != "system"]
    if any(r != ("user", "assistant")[i % 2] for i, r in enumerate(roles)):
        errors.append(f"{cid}: roles do not alternate")
    for key in ("labels", "ignore"):
        for s in conv[key]:
            if conv["conversation"][s["turn"]]["content"][s["start"]:s["end"]] != s["text"]:
                errors.append(f"{cid}: label is not the slice: {s}")
    # consistency: the text of a label (or, for persons, one of its words) standing unlabelled elsewhere
    words = set()
    for s in conv["labels"]:
        words.add(s["text"])
        if s["type"] == "PERSON":
            words |= {w for w in re.split(r"[\s.,]+", s["text"]) if len(w) > 2}
    for i, t in enumerate(conv["conversation"]):
        spans = [(s["start"], s["end"]) for k in ("labels", "ignore") for s in conv[k] if s["turn"] == i]
        for w in sorted(words):
            flank = "" if re.search(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]", w) else r"(?!\w)"
            front = r"(?<!\w)" if flank else ""
            for m in re.finditer(front + re.escape(w) + flank, t["content"]):
                if not any(a <= m.start() and m.end() <= b for a, b in spans):
                    notes.append(f"{cid} turn {i}: '{w}' also stands unlabelled: "
                                 f"…{t['content'][max(0, m.start()-20):m.end()+20]!r}")

def main():
    check_only = "--check" in sys.argv[1:]
    OUT.mkdir(exist_ok=True)
    table, ids, langs = {}, set(), sorted(SOURCE.glob("*.txt"), key=lambda p: (p.stem not in MAIN, MAIN.index(p.stem) if p.stem in MAIN else 0, p.stem))
    for path in langs:
        convs = parse(path)
        row = collections.Counter()
        for c in convs:
            if c["id"] in ids or not c["id"].startswith(path.stem + "-"):
                errors.append(f"{c['id']}: id not unique or of another language")
            ids.add(c["id"])
            check(c)
            private = any(s.get("kind") == "private" for s in c["labels"])
            if not private:
                c["tags"].append("no-private")
                row["no-private"] += 1
            row["conv"] += 1
            row["turns"] += len(c["conversation"])
            row["chars"] += sum(len(t["content"]) for t in c["conversation"])
            row["ignore"] += len(c["ignore"])
            for s in c["labels"]:
                row[s.get("kind") or s["type"]] += 1
        want = 10 if path.stem in MAIN else 5
        if row["conv"] != want:
            errors.append(f"{path.stem}: {row['conv']} conversations, not {want}")
        if row["no-private"] < (3 if want == 10 else 1):
            errors.append(f"{path.stem}: only {row['no-private']} conversations without a private person")
        body = "".join(json.dumps(c, ensure_ascii=False) + "\n" for c in convs)
        target = OUT / f"{path.stem}.jsonl"
        if check_only:
            if not target.exists() or target.read_text(encoding="utf-8") != body:
                errors.append(f"{target.name} is not up to date")
        else:
            target.write_text(body, encoding="utf-8")
        table[path.stem] = row
    for lang in MAIN:
        if lang not in table:
            errors.append(f"source/{lang}.txt is missing")
    cols = ["conv", "no-private", "turns", "chars", "private", "public_figure", "fiction", "LOCATION", "ORGANIZATION", "NRP", "ignore"]
    print("| lang | " + " | ".join(cols) + " |\n|" + "---|" * (len(cols) + 1))
    total = collections.Counter()
    for lang, row in table.items():
        total.update(row)
        print(f"| {lang} | " + " | ".join(str(row[c]) for c in cols) + " |")
    print("| all | " + " | ".join(str(total[c]) for c in cols) + " |")
    for n in notes: print("note:", n)
    for e in errors: print("ERROR:", e)
    return 1 if errors else 0

sys.exit(main())
