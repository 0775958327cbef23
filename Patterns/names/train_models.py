#!/usr/bin/env python3
"""Fits the weights in models/ again: Patterns/names/train_models.py [FOLDER]

Reads our own labelled text in training/, and from FOLDER, when it is given, wikigold.jsonl, ewt_en.jsonl, sgd_dialogues.jsonl (only people are
labelled), meddocan_es.jsonl and germeval2014_de.jsonl, which are not part of this repository. Without FOLDER the weights are fitted on our
own text alone. The same texts and the same dictionary give the same bytes. CHATSCRUB names the command (default .build/release/chatscrub).
"""

import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
LATIN = "es fr pl it pt cs sk hu ro tr el lt lv et nl sv da nb fi hr sl id vi sw yo tl zu xh sn ha ig rw wo".split()
ROMANCE = "es fr it pt ro".split()
CASELESS = "ar fa he hi mr ne ur bn ta ka am".split()
CYRILLIC = "ru uk bg sr mk kk".split()
LICENCES = {
    "wikigold": "wikigold (CC BY 4.0)", "ewt_en": "Universal NER EWT (CC BY-SA 4.0)", "meddocan_es": "MEDDOCAN (CC BY 4.0)",
    "germeval2014_de": "GermEval 2014 (CC BY 4.0)", "sgd_dialogues": "SGD (CC BY-SA 4.0; people only)",
}
TECHNICAL = "nl sv da fi hu pl cs tr es fr it pt ro".split()
ENGLISH = ["wikigold", "ewt_en"]

# Group, languages, own texts, technical ones, sets, how strongly weights are drawn towards 0, the share of features left out at random.
GROUPS = [
    # SGD counts twice: in our own dialogues more businesses than people have names.
    ("english", "en", ["en", "english/prose", "english/services"], ["en", "en_more"], ENGLISH * 2 + ["sgd_dialogues"] * 2, "0.02", "0.25"),
    # For what no other group has, and what says no language: code, and many languages whose names no dictionary has.
    ("general", "*", ["en"] + LATIN, ["en"], ENGLISH, "0.1", "0.1"),
    ("latin", "nl sv da nb fi et hu pl cs sk hr sl lt lv tr", ["en"] + LATIN, ["en"] + TECHNICAL, ENGLISH, "0.1", "0.1"),
    ("romance", "es fr it pt ro ca", ["en"] + LATIN + ROMANCE, ["en"] + ROMANCE, ENGLISH + ["meddocan_es"], "0.1", "0.3"),
    ("german", "de", ["de"], ["de"], ["germeval2014_de"], "0.1", "0.3"),
    ("cyrillic", "ru uk bg sr mk kk", ["en"] + LATIN + CYRILLIC, ["en", "ru", "uk"], ENGLISH, "0.1", "0.3"),
    ("caseless", " ".join(CASELESS), CASELESS, [], [], "0.1", "0.3"),
    ("hangul", "ko", ["ko"], ["ko"], [], "0.1", "0.3"),
    ("unspaced", "zh ja th", ["zh", "ja", "th"], ["zh", "ja"], [], "0.05", "0.1"),
    # For text in small letters throughout.
    ("lower", "lower", ["en"] + LATIN + ["de"] + CYRILLIC, [], ENGLISH + ["meddocan_es", "sgd_dialogues"], "0.1", "0.3"),
]

# Added to the weight of "a person begins" for any word: what speaks of few people made these groups miss some in chats.
LEANING = {"latin": 8, "romance": 8}


def lean(path, points):
    """Adds points to the weight of B-PERSON in the row of the bias."""
    rows = path.read_text(encoding="utf-8").split("\n")
    for index, row in enumerate(rows):
        if row.startswith("bias[any]\t"):
            columns = row.split("\t")
            columns[2] = str(int(columns[2]) + points)
            rows[index] = "\t".join(columns)
    path.write_text("\n".join(rows), encoding="utf-8")


def gold_arguments(folder, group, own, technical, sets):
    """The labelled text of a group as `names train` takes it; of dialogues only the people are labelled as such."""
    training = HERE / "training"
    gold = [str(training / f"{language}.txt") for language in own]
    for language in own:
        gold += sorted(str(path) for path in (training / "prose").glob(f"{language}*.txt"))
        # In answers of assistants few capitals are names. Those in English made other languages worse, and small letters say too little.
        if language != "en" or group == "english":
            gold += sorted(str(path) for path in (training / "assistant").glob(f"{language}*.txt") if group != "lower")
    gold += [str(training / "technical" / f"{language}.txt") for language in technical]
    gold += [str(folder / f"{name}.jsonl") for name in sets if name != "sgd_dialogues"]
    return gold + [f"--people-only={folder / name}.jsonl" for name in sets if name == "sgd_dialogues"]


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else None
    command = os.environ.get("CHATSCRUB", str(HERE.parents[1] / ".build/release/chatscrub"))
    for group, languages, own, technical, sets, pull, dropout in GROUPS:
        sets = [name for name in sets if folder and (folder / f"{name}.jsonl").exists()]
        fitted = ", ".join([LICENCES[name] for name in dict.fromkeys(sets)] + ["text written for the project"])
        arguments = [command, "names", "train", *gold_arguments(folder, group, own, technical, sets), "--languages", languages,
                     "--fitted", fitted, "--pull", pull, "--dropout", dropout]
        if group == "lower":
            arguments.append("--lower-case")
        subprocess.run(arguments + ["-o", str(HERE / "models" / f"{group}.tsv")], check=True)
        lean(HERE / "models" / f"{group}.tsv", LEANING.get(group, 0))


if __name__ == "__main__":
    main()
