#!/usr/bin/env python3
"""A second reader of the journal, written from docs/journal-format.md and from nothing else.

    journal_reader.py DUMP            checks a dump of a journal
    journal_reader.py --vectors PAGE  checks the vectors in docs/journal-format.md

A dump has one JSON object a line: for each entry {"n", "header", "body", "leaf"}, and at the end
{"algorithm", "size", "root"}. Header and body stand as text, or in hex. It prints ok, or the first difference.
Exit code: 0 all is as it should be, 1 something differs, 2 the reader could not be run. Python's own library only.
"""

import hashlib
import itertools
import json
import re
import sys


class Difference(Exception):
    """What differs, and where."""


# ---- Digests


def _rotate(word, count):
    count %= 32
    return ((word << count) | (word >> (32 - count))) & 0xFFFFFFFF


def _sm3_words(block):
    """GB/T 32905 5.3.2: 68 words and, from them, 64 more."""
    words = [int.from_bytes(block[i:i + 4], "big") for i in range(0, 64, 4)]
    for j in range(16, 68):
        x = words[j - 16] ^ words[j - 9] ^ _rotate(words[j - 3], 15)
        words.append(x ^ _rotate(x, 15) ^ _rotate(x, 23) ^ _rotate(words[j - 13], 7) ^ words[j - 6])
    return words, [words[j] ^ words[j + 4] for j in range(64)]


def _sm3_compress(state, block):
    """GB/T 32905 5.3.3."""
    words, others = _sm3_words(block)
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        constant = 0x79CC4519 if j < 16 else 0x7A879D8A
        ss1 = _rotate((_rotate(a, 12) + e + _rotate(constant, j)) & 0xFFFFFFFF, 7)
        ss2 = ss1 ^ _rotate(a, 12)
        ff = a ^ b ^ c if j < 16 else (a & b) | (a & c) | (b & c)
        gg = e ^ f ^ g if j < 16 else (e & f) | (~e & g)
        tt1 = (ff + d + ss2 + others[j]) & 0xFFFFFFFF
        tt2 = (gg + h + ss1 + words[j]) & 0xFFFFFFFF
        a, b, c, d = tt1, a, _rotate(b, 9), c
        e, f, g, h = tt2 ^ _rotate(tt2, 9) ^ _rotate(tt2, 17), e, _rotate(f, 19), g
    return [x ^ y for x, y in zip(state, (a, b, c, d, e, f, g, h))]


def sm3(message):
    state = [0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E]
    padded = message + b"\x80" + bytes((55 - len(message)) % 64) + (8 * len(message)).to_bytes(8, "big")
    for start in range(0, len(padded), 64):
        state = _sm3_compress(state, padded[start:start + 64])
    return b"".join(word.to_bytes(4, "big") for word in state)


# GB/T 32905, A.1.
assert sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
DIGESTS = {"sm3": sm3, "sha256": lambda message: hashlib.sha256(message).digest()}


def fast_digest(algorithm):
    """A long dump is read faster with a digest of the system's, where there is one."""
    try:
        hashlib.new(algorithm)
    except ValueError:
        return DIGESTS[algorithm]
    return lambda message: hashlib.new(algorithm, message).digest()


# ---- Canonical JSON


def _no_float(text):
    raise ValueError(f"{text} is no whole number")


def read_json(text, what):
    try:
        value = json.loads(text, parse_float=_no_float, parse_constant=_no_float)
    except ValueError as error:
        raise Difference(f"{what}: no JSON ({error})") from error
    again = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    if again != text:
        raise Difference(f"{what}: not canonical: {text}")
    return value


# ---- Entries

LINE = re.compile(r'\["([^"\\\x00-\x1f]+)",(?:"([0-9a-f]{32})",(.+)|null,"([0-9a-f]{64})")\]', re.DOTALL)
KEYS = {"action", "actor", "at", "breaches", "calendar", "decider", "kind", "n", "notes", "numbers", "on", "record",
        "role", "rulebook", "state", "town", "type", "v", "values", "version", "warned", "way"}


def read_header(text, what):
    header = read_json(text, f"{what}, header")
    strange = sorted(set(header) - KEYS)
    if strange or header.get("v") != 1:
        raise Difference(f"{what}, header: version {header.get('v')}, keys that are not known: {strange}")
    empty = [key for key, value in header.items() if value in ("", [], {}) or (key in ("record", "version") and value == 0)]
    if empty:
        raise Difference(f"{what}, header: empty keys stand in it: {empty}")
    paths = [path.encode() for path, _ in header.get("values", [])]
    if paths != sorted(set(paths)):
        raise Difference(f"{what}, header: values are not in order of path")
    return header


def read_body(text, what, digest):
    """The list that must stand in the header: [path, digest]."""
    listed = []
    if text and not text.endswith("\n"):
        raise Difference(f"{what}, body: the last line has no end")
    for line in text.split("\n")[:-1]:
        match = LINE.fullmatch(line)
        if match is None:
            raise Difference(f"{what}, body: no line of a body: {line}")
        path, salt, value, erased = match.groups()
        if erased is None:
            read_json(value, f"{what}, {path}")
            erased = digest(b"\x02" + bytes.fromhex(salt) + path.encode() + b"\x00" + value.encode()).hex()
        listed.append([path, erased])
    return listed


def check_entry(header_text, body, leaf, what, digest):
    header = read_header(header_text, what)
    for wanted, given in itertools.zip_longest(header.get("values", []), read_body(body, what, digest)):
        if given != wanted:
            raise Difference(f"{what}: the header lists {wanted}, the body gives {given}")
    found = digest(b"\x00" + header_text.encode()).hex()
    if found != leaf:
        raise Difference(f"{what}: leaf is {leaf}, its header gives {found}")
    return header


# ---- The tree (RFC 6962, 2.1)


def root_of(leaves, digest):
    if not leaves:
        return digest(b"")
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return digest(b"\x01" + root_of(leaves[:split], digest) + root_of(leaves[split:], digest))


# ---- A dump


def text_of(given, begins):
    return given if not given or given.startswith(begins) else bytes.fromhex(given).decode()


def check_dump(lines):
    items = [json.loads(line) for line in lines if line.strip()]
    if not items or "root" not in items[-1]:
        raise Difference("the last line gives no root")
    end = items.pop()
    digest = fast_digest(end["algorithm"])
    leaves, last_at, town = [], None, None
    for count, item in enumerate(items, 1):
        what = f"entry {item['n']}"
        header = check_entry(text_of(item["header"], "{"), text_of(item["body"], "["), item["leaf"], what, digest)
        if header["n"] != count or item["n"] != count:
            raise Difference(f"{what}: entry {count} is expected here, its header says {header['n']}")
        if last_at is not None and (header["at"] < last_at or header["town"] != town):
            raise Difference(f"{what}: earlier than the entry before it, or of another town")
        last_at, town = header["at"], header["town"]
        leaves.append(bytes.fromhex(item["leaf"]))
    root = root_of(leaves, digest).hex()
    if len(leaves) != end["size"] or root != end["root"]:
        raise Difference(f"root of {end['size']} entries is {end['root']}, {len(leaves)} entries give {root}")
    return f"ok: {len(leaves)} entries, root {root}"


# ---- The vectors of the page


def check_vector(block):
    """Reads the block line by line; each digest in it must follow from what stands above."""
    digest, leaves, header, body, fields = None, [], "", "", {}
    for line in block.splitlines():
        key, _, text = line.partition(": ")
        fields[key] = text
        found = None
        if key == "algorithm":
            digest = DIGESTS[text]
        elif key == "empty root":
            found = root_of([], digest).hex()
        elif key == "header":
            header, body = text, ""
        elif key == "digest":
            body += f'["{fields["path"]}","{fields["salt"]}",{fields["json"]}]\n'
            found = read_body(body, "vector", digest)[-1][1]
        elif key == "leaf":
            check_entry(header, body, text, f"vector, entry {len(leaves) + 1}", digest)
            leaves.append(bytes.fromhex(text))
        elif key == "node 1-2":
            found = digest(b"\x01" + leaves[0] + leaves[1]).hex()
        elif key == "root":
            found = root_of(leaves, digest).hex()
        elif key == "erased body":
            check_entry(fields["first header"], text + "\n", leaves[0].hex(), "vector, erased", digest)
        if key == "header" and not leaves:
            fields["first header"] = text
        if found is not None and found != text:
            raise Difference(f"vector {fields['algorithm']}: {key} is {text}, the page's text gives {found}")
    if not leaves or "root" not in fields or "erased body" not in fields:
        raise Difference(f"vector {fields.get('algorithm')}: it is not complete")
    return fields["algorithm"]


def check_vectors(page):
    blocks = re.findall(r"^```vector\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    algorithms = sorted(check_vector(block) for block in blocks)
    if algorithms != ["sha256", "sm3"]:
        raise Difference(f"a vector for sm3 and one for sha256 are expected, not: {algorithms}")
    return f"ok: {len(blocks)} vectors"


def main(arguments):
    vectors = arguments[:1] == ["--vectors"]
    if len(arguments) != (2 if vectors else 1):
        print(__doc__)
        return 2
    with open(arguments[-1], encoding="utf-8", newline="") as file:
        text = file.read()
    try:
        print(check_vectors(text) if vectors else check_dump(text.split("\n")))
    except Difference as difference:
        print(difference)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
