#!/usr/bin/env python3
"""Verifies an export of a Tocsin journal as docs/journal.md says. Needs nothing but Python 3.9 or newer.

    python3 verify.py EXPORT [--checkpoint 'tocsin-checkpoint/1 ...']

Prints "ok ..." and what was not proved (exit code 0), "BROKEN stream n: what" (1) or "unusable: why" (2)."""
import base64, hashlib, io, json, re, sys

# 1 installation, 2 epoch, 3 stream, 4 number, 5 time, 6 actor, 7 data
BODY = re.compile(r'\{"v":1,"installation":"([0-9A-Za-z_-]+)","epoch":([1-9][0-9]{0,14}),'
                  r'"stream":"([!#-[\]-~]+)","n":([1-9][0-9]{0,14}),"type":"[a-z_.]+/[0-9]+",'
                  r'"at":"([0-9T:.Z-]{24})","actor":(\{.*?\}),"data":(\{.*\})\}', re.DOTALL)
CONTENT = re.compile(r'\{"content":"([^"\\]+)","sha256":"([0-9a-f]{64})"\}')
ERASED = re.compile(r'\{"erased":"([^"\\]+)"\}')
HEAD = re.compile(r'\{"stream":"([^"\\]+)","n":([1-9][0-9]{0,14}),"hash":"([0-9a-f]{64})"\}')
CHECKPOINT = re.compile(r"tocsin-checkpoint/1 (\S+) ([1-9][0-9]{0,14}) [0-9]+ \S+ ([0-9a-f]{64})\b")


def sha256(first, second):
    return hashlib.sha256((first + "\n" + second).encode()).hexdigest()


def demand(right, stream, n, otherwise):
    if not right:
        print("BROKEN %s %d: %s" % (stream, n, otherwise))
        sys.exit(1)


def verify(file, checkpoint):
    # Read up to the end line. Where it is not right, the reader comes to the end of the file, and nothing is no JSON.
    end = b'{"end":{"sha256":"%s"}}\n' % hashlib.sha256(file[:-86]).hexdigest().encode()
    lines = iter(io.BytesIO(file[:file.rfind(b"\n") + 1]).readline, end)
    [(kind, header)] = json.loads(next(lines).decode()).items()
    installation = header["installation"]
    # Without a checkpoint it is as if one had seen an entry 0, which nothing can contradict.
    of, number, hash = CHECKPOINT.search(checkpoint).groups() if checkpoint else (installation, 0, "")
    seen = {("installation", int(number)): {hash}}  # by checkpoints: the hashes of entries, by stream and number
    heads, contents, gone, erased, lone = {}, {}, [], {}, False
    if (kind, header["format"], of) != ("header", "tocsin-journal/1", installation):
        raise ValueError("expected a tocsin-journal/1, and a checkpoint of the same installation")
    for line in lines:
        [(kind, item)] = json.loads(line.decode()).items()
        if kind == "content" and item["id"] not in contents:
            contents[item["id"]] = hashlib.sha256(base64.b64decode(item["salted"], validate=True)).hexdigest()
            continue
        stream, body = {"entry": item.get("stream"), "checkpoint": "installation"}[kind], item["body"]
        # A name may not command a terminal; what checkpoints saw has to be known before the entries come.
        if (not re.fullmatch("[!-~]+", stream) or stream == "installation" and set(heads) - {stream}
                or kind == "checkpoint" and checkpoint and item["n"] != int(number)):
            raise ValueError("entry %r of %r is not expected here" % (item["n"], stream))
        last, epoch, previous = heads.get(stream, (0, 1, sha256(installation, stream)))
        if kind == "checkpoint":  # an entry that was taken out of its chain
            last, previous, lone = item["n"] - 1, item["previous"], True
        n, hash, entry = last + 1, sha256(previous, body), BODY.fullmatch(body)
        demand(item["n"] == n, stream, n, "wrong_number")
        demand(entry and entry.group(1, 3, 4) == (installation, stream, str(n)), stream, n, "wrong_body")
        demand(int(entry[2]) >= epoch, stream, n, "epoch_went_back")
        demand(item["hash"] == hash, stream, n, "hash_mismatch")
        # What is no JSON cannot be judged; int() refuses NaN and Infinity, which Python would take for it.
        actor, data = (json.loads(part, parse_constant=int) for part in entry.group(6, 7))
        demand(seen.get((stream, n), {hash}) == {hash}, stream, n, "head_mismatch")
        for name, digest in CONTENT.findall(body):
            demand(contents.get(name, digest) == digest, stream, n, "content_mismatch")
        gone += [(stream, n, name) for name, _ in CONTENT.findall(body) if name not in contents]
        erased.update({(stream, name): entry[5] for name in ERASED.findall(body)})
        for name, seen_n, head in HEAD.findall(body) if stream == "installation" else ():
            seen.setdefault((name, int(seen_n)), set()).add(head)
        if kind == "entry":
            heads[stream] = n, int(entry[2]), hash
    part = "installation" not in heads
    for stream, n in seen:
        last = heads[stream][0] if stream in heads else 0
        # A part does not have all the streams that its checkpoint speaks of.
        demand(last >= n or part and lone and not last, stream, last + 1, "cut_tail" if last else "missing_stream")
    for stream, n, name in gone:
        demand((stream, name) in erased, stream, n, "content_missing")
        print("erased on %s: content of %s %d" % (erased[stream, name], stream, n))
    print(f"ok {len(heads)} streams, {sum(n for n, _, _ in heads.values())} entries, {len(contents)} pieces of content")
    doubts = {"no_checkpoint": not checkpoint, "after_checkpoint": checkpoint, "other_streams": part,
              "uncovered": part and set(heads) - {stream for stream, _ in seen}, "erased": gone}
    print("not proved:", *[doubt for doubt in doubts if doubts[doubt]])


try:
    verify(open(sys.argv[1], "rb").read(), " ".join(sys.argv[2:]))
except Exception as error:
    print("unusable: %r" % error)
    sys.exit(2)
