#!/usr/bin/env python3
"""Verifies an export of a Tocsin journal, as docs/journal.md describes it, with Python's standard library alone.

    python3 verify.py [EXPORT] [--checkpoint 'tocsin-checkpoint/1 ...']      without EXPORT it reads standard input

Prints "ok ..." and what was not proved (exit 0), "BROKEN stream n: what" (1), or why it cannot judge the input (2)."""
import argparse, base64, hashlib, json, re, sys

SHAPE = "v:int installation:str epoch:int stream:str n:int type:str at:str actor:dict data:dict"
CONTENT = re.compile(r'\{"content":"([^"\\]+)","sha256":"([0-9a-f]{64})"\}')
ERASED = re.compile(r'\{"erased":"([^"\\]+)"\}')
HEAD = re.compile(r'\{"stream":"([^"\\]+)","n":([1-9][0-9]{0,14}),"hash":"([0-9a-f]{64})"\}')


class Broken(Exception):
    pass


def sha256(first, second):
    return hashlib.sha256((first + "\n" + second).encode()).hexdigest()


def read(body):
    try:
        entry = json.loads(body, parse_constant=int)  # int() refuses NaN and Infinity, which are no JSON
        start = json.dumps(dict(list(entry.items())[:7]), ensure_ascii=False, separators=(",", ":"))[:-1] + ","
        right = " ".join("%s:%s" % (key, type(value).__name__) for key, value in entry.items()) == SHAPE
        right = right and entry["v"] == 1 and re.fullmatch("[0-9T:.Z-]{24}", entry["at"]) and body.startswith(start)
    except (ValueError, AttributeError, RecursionError):
        right = False
    return entry if right else {}


def check(line, installation, stream, n, previous, epoch, claims):
    """The entry in a line, when it is number n of the stream and follows the hash `previous`; otherwise Broken."""
    entry, hash = read(line["body"]), line["hash"]
    for right, what in ((line["n"] == n, "wrong_number"), (entry, "not_json"),
                        (entry.get("installation") == installation, "wrong_installation"),
                        (entry.get("stream") == stream, "wrong_stream"), (entry.get("n") == n, "wrong_number"),
                        (entry.get("epoch", 0) >= epoch, "epoch_went_back"),
                        (sha256(previous, line["body"]) == hash, "hash_mismatch"),
                        (claims.get(stream, {}).get(n, hash) == hash, "head_mismatch")):
        if not right:
            raise Broken(stream, n, what)
    for name, number, head in HEAD.findall(line["body"]) if stream == "installation" else ():
        claims.setdefault(name, {})[int(number)] = head
    return entry


def verify(lines, outside):
    line = next(lines, b"")
    file, header = hashlib.sha256(line), json.loads(line.decode())["header"]
    installation = header["installation"]
    form, of, number, _, _, head = outside.split() if outside else ("tocsin-checkpoint/1", installation, 0, 0, 0, "")
    if (header["format"], form, of) != ("tocsin-journal/1", "tocsin-checkpoint/1", installation):
        raise ValueError("expected a tocsin-journal/1, and a tocsin-checkpoint/1 of the same installation")
    claims = {"installation": {int(number): head}} if outside else {}  # what checkpoints saw, by stream and number
    ends, contents, gone, erased, entries, stream, lone = {}, {}, [], {}, 0, None, False
    for line in lines:
        if line == b'{"end":{"sha256":"%s"}}\n' % file.hexdigest().encode():
            break
        file.update(line)
        (kind, item), = json.loads(line.decode()).items()
        if kind == "content" and item["id"] not in contents:
            salted = base64.b64decode(item["salted"])
            contents[item["id"]] = hashlib.sha256(salted).hexdigest()
            if base64.b64encode(salted).decode() != item["salted"]:
                raise ValueError("content is not written as base64 is")
        elif kind == "checkpoint" and not lone and not ends and item["n"] == int(number or item["n"]):
            lone = check(item, installation, "installation", item["n"], item["previous"], 0, claims)
        elif kind == "entry" and re.fullmatch("[!-~]+", item["stream"]):
            if item["stream"] != stream:
                stream, n, epoch, previous = item["stream"], 0, 0, sha256(installation, item["stream"])
                if stream in ends or stream == "installation" and (lone or ends):
                    raise ValueError("the stream %s comes twice or in the wrong place" % stream)
            entry = check(item, installation, stream, n + 1, previous, epoch, claims)
            n, epoch, previous, entries, ends[stream] = n + 1, entry["epoch"], item["hash"], entries + 1, n + 1
            for name, digest in CONTENT.findall(item["body"]):
                if contents.get(name, digest) != digest:
                    raise Broken(stream, n, "content_mismatch")
                gone += [] if name in contents else [(stream, n, name)]
            erased.update({(stream, name): entry["at"] for name in ERASED.findall(item["body"])})
        else:
            raise ValueError("a line is not expected here: %r" % line[:80])
    else:
        raise ValueError("the end line is missing: the file was cut off")
    if next(lines, b""):
        raise ValueError("something follows the end line")
    for stream, seen in claims.items():
        if stream in ends and max(seen) > ends[stream]:
            raise Broken(stream, ends[stream] + 1, "cut_tail")
        if stream not in ends and ("installation" in ends or outside and not lone):
            raise Broken(stream, 1, "missing_stream")
    for stream, n, name in gone:
        if (stream, name) not in erased:
            raise Broken(stream, n, "content_missing")
    print("ok %d streams, %d entries, %d pieces of content" % (len(ends), entries, len(contents)))
    for stream, n, name in gone:
        print("erased on %s: content of %s %d" % (erased[stream, name], stream, n))
    part, uncovered = "installation" not in ends, ", ".join(stream for stream in ends if stream not in claims)
    for doubt in ("after_checkpoint (anything written since then)" if outside else
                  "no_checkpoint (that nobody who can write the store made all hashes anew)",
                  part and "other_streams (that there are no others)",
                  part and uncovered and "uncovered (no checkpoint here saw the end of %s)" % uncovered,
                  gone and "erased (what the erased content was)"):
        if doubt:
            print("not proved: " + doubt)


parser = argparse.ArgumentParser(usage=__doc__)
parser.add_argument("export", nargs="?")
parser.add_argument("--checkpoint")
arguments = parser.parse_args()
try:
    with open(arguments.export, "rb") if arguments.export else sys.stdin.buffer as export:
        verify(iter(export), arguments.checkpoint)
except Broken as broken:
    sys.exit(print("BROKEN %s %d: %s" % broken.args) or 1)
except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
    sys.exit(print("unusable:", error) or 2)
