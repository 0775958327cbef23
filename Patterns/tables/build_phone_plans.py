#!/usr/bin/env python3
"""Makes phone_plans.tsv, the numbering plans of all regions, from the facts that the Python package
`phonenumbers` carries.

    pip install phonenumbers
    Patterns/tables/build_phone_plans.py            writes phone_plans.tsv beside this file
    Patterns/tables/build_phone_plans.py --check    says whether it is what would be written

The package states for every region which national numbers exist, as expressions. They are not
copied: each is turned into an automaton over digits, which is asked after every beginning of up to
four digits how long the numbers are that begin so. Beginnings with the same answer are joined, and
those of a crowded plan are cut to fewer digits. How the digits are grouped is seen from numbers that
the package writes out.
"""

import argparse
import pathlib
import random
import re
import sys
from re import _parser

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumber, PhoneNumberFormat

TABLE = pathlib.Path(__file__).with_name("phone_plans.tsv")
KINDS = ["fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "personal_number",
         "voip", "pager", "uan", "voicemail"]
# The longest national number of ITU-T E.164 has 14 digits; some plans have longer ones inside.
LENGTH_MAX = 17
# How many characters a plan may take when told by beginnings of so many digits; a crowded one is told
# by shorter ones.
ROOM = {4: 400, 3: 1000, 2: 10000}
HEAD = """\
# Numbering plans: for each region the calling code, what is dialled before a number to leave the country and inside it, which
# beginnings national numbers have and how many digits, and how their digits are grouped in writing.
# Origin: ITU-T E.164 and the national numbering plans, through the Python package phonenumbers {version} (libphonenumber).
# Licence of the package: Apache-2.0. Facts taken by Patterns/tables/build_phone_plans.py, which makes this file: no text of its is here.
# leads: "201-203,205:10" is: after 201 to 203 and 205 come so many more digits that there are 10. "*" is any beginning.
# groups: "3-3-4" is three groups of so many digits, the trunk prefix counted in the first.
# region\tcode\tinternational\ttrunk\tleads\tgroups
"""


class Automaton:
    """The numbers of some expressions of literals, classes, alternatives and counts, as sets of
    states."""

    def __init__(self):
        self.silent = []   # state → states reached without a digit
        self.steps = []    # state → (digits, state)
        self.start = self.state()
        self.end = self.state()

    def state(self):
        self.silent.append([])
        self.steps.append([])
        return len(self.silent) - 1

    def add(self, expression):
        last = self.sequence(_parser.parse(expression), self.start)
        self.silent[last].append(self.end)

    def sequence(self, items, state):
        for kind, value in items:
            state = getattr(self, str(kind).lower())(value, state)
        return state

    def literal(self, code, state):
        return self.step({code - 48}, state)

    def step(self, digits, state):
        following = self.state()
        self.steps[state].append((frozenset(digits), following))
        return following

    def category(self, state):
        return self.step(range(10), state)

    def in_(self, value, state):
        digits = set()
        for kind, item in value:
            name = str(kind)
            if name == "LITERAL":
                digits.add(item - 48)
            elif name == "RANGE":
                digits.update(range(item[0] - 48, item[1] - 47))
            elif name == "CATEGORY" and str(item) == "CATEGORY_DIGIT":
                digits.update(range(10))
            else:
                raise ValueError(f"unknown class member {name}")
        return self.step(digits, state)

    def branch(self, value, state):
        last = self.state()
        for option in value[1]:
            self.silent[self.sequence(option, state)].append(last)
        return last

    def subpattern(self, value, state):
        return self.sequence(value[3], state)

    def max_repeat(self, value, state):
        least, most, items = value
        for _ in range(least):
            state = self.sequence(items, state)
        if most - least > 20:
            raise ValueError("a repeat without bound")
        last = self.state()
        self.silent[state].append(last)
        for _ in range(most - least):
            state = self.sequence(items, state)
            self.silent[state].append(last)
        return last

    def __getattr__(self, name):
        if name == "in":
            return self.in_
        raise AttributeError(name)

    def closure(self, states):
        seen = set(states)
        waiting = list(states)
        while waiting:
            for following in self.silent[waiting.pop()]:
                if following not in seen:
                    seen.add(following)
                    waiting.append(following)
        return frozenset(seen)

    def after(self, states, digit):
        return self.closure(
            {following for state in states for digits, following in self.steps[state]
             if digit in digits})

    def rests(self, states):
        """How many digits may still come until a number is complete, as bits."""
        bits = 0
        for count in range(LENGTH_MAX + 1):
            if self.end in states:
                bits |= 1 << count
            states = self.closure(
                {following for state in states for _, following in self.steps[state]})
        return bits


def leads(automaton, depth):
    """Beginning → lengths as bits; beginnings that all go on alike are one."""

    def visit(states, lead):
        lengths = automaton.rests(states) << len(lead)
        if not lengths:
            return {}
        if len(lead) == depth:
            return {lead: lengths}
        result = {}
        # A number that ends here has no longer beginning; there is none shorter than two digits.
        if automaton.end in states:
            raise ValueError(f"a number of {len(lead)} digits")
        for digit in range(10):
            result.update(visit(automaton.after(states, digit), lead + str(digit)))
        children = [result.get(lead + str(digit)) for digit in range(10)]
        if lead and children[0] and all(child == children[0] for child in children):
            return {lead: children[0]}
        return result

    return visit(automaton.closure({automaton.start}), "")


def in_lengths(bits):
    return ",".join(str(length) for length in range(LENGTH_MAX + 1) if bits >> length & 1)


def written(plan):
    """`201-203,205:10 3:7,8`, by rising lengths and beginnings."""
    alike = {}
    for lead, lengths in plan.items():
        alike.setdefault(in_lengths(lengths), []).append(lead)
    entries = []
    for lengths, beginnings in alike.items():
        ranges = []
        for lead in sorted(beginnings, key=lambda lead: (len(lead), lead)):
            if ranges and len(ranges[-1][1]) == len(lead) and int(ranges[-1][1]) + 1 == int(lead):
                ranges[-1][1] = lead
            else:
                ranges.append([lead, lead])
        text = ",".join(low if low == high else f"{low}-{high}" for low, high in ranges)
        entries.append(f"{text}:{lengths}")
    return " ".join(sorted(entries))


def sample(automaton, lead, length, source):
    """A number with such a beginning and length, by a seeded walk, or None."""
    states = automaton.closure({automaton.start})
    for digit in lead:
        states = automaton.after(states, int(digit))
    number = lead
    while len(number) < length:
        options = []
        for digit in range(10):
            following = automaton.after(states, digit)
            if automaton.rests(following) >> (length - len(number) - 1) & 1:
                options.append((digit, following))
        if not options:
            return None
        digit, states = source.choice(options)
        number += str(digit)
    return number


def groupings(region, code, automaton, plan):
    """The groups of digits in which the package writes numbers of the plan, the commonest first."""
    source = random.Random(f"{region} {code}")
    count = {}
    for lead, lengths in plan.items():
        for length in range(LENGTH_MAX + 1):
            if not lengths >> length & 1:
                continue
            number = sample(automaton, lead, length, source)
            if number is None:
                continue
            zeros = len(number) - len(number.lstrip("0"))
            parsed = PhoneNumber(country_code=code, national_number=int(number))
            if zeros:
                parsed.italian_leading_zero = True
                parsed.number_of_leading_zeros = zeros
            text = phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL)
            groups = "-".join(str(len(run)) for run in re.findall(r"\d+", text))
            if "-" in groups:
                count[groups] = count.get(groups, 0) + 10 ** (4 - len(lead))
    return sorted(count, key=lambda groups: (-count[groups], groups))


def international_prefixes(expression):
    """The prefixes of up to five digits that the expression takes whole."""
    found = []
    for length in range(1, 6):
        for number in range(10 ** length):
            digits = f"{number:0{length}}"
            if re.fullmatch(expression or "(?!)", digits):
                found.append(digits)
    # 001, 002 … 009: the carrier is one more digit; they are all kept, they are few.
    return found[:12]


def row(region, metadata):
    automaton = Automaton()
    for kind in KINDS:
        description = getattr(metadata, kind)
        if description is not None and description.national_number_pattern:
            automaton.add(description.national_number_pattern)
    for depth, room in ROOM.items():
        plan = leads(automaton, depth)
        text = written(plan)
        if len(text) <= room:
            break
    groups = groupings(region, metadata.country_code, automaton, plan)
    return "\t".join([
        region.lower(), str(metadata.country_code),
        ",".join(international_prefixes(metadata.international_prefix)) or "-",
        metadata.national_prefix or "-", text, " ".join(groups) or "-"])


def table():
    rows = [row(region, PhoneMetadata.metadata_for_region(region))
            for region in sorted(phonenumbers.SUPPORTED_REGIONS)]
    for code in sorted(phonenumbers.COUNTRY_CODES_FOR_NON_GEO_REGIONS):
        rows.append(row("001", PhoneMetadata.metadata_for_nongeo_region(code)))
    return HEAD.format(version=phonenumbers.__version__) + "\n".join(rows) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; 1 if it would change")
    options = parser.parse_args()
    text = table()
    if options.check:
        if not TABLE.exists() or TABLE.read_text() != text:
            sys.exit(f"{TABLE.name} is not what {pathlib.Path(__file__).name} makes")
        return
    TABLE.write_text(text)


if __name__ == "__main__":
    main()
