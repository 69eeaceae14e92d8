#!/usr/bin/env python3
"""Computes the answers of vectors from the rules alone and compares them with the corpus.

    python3 vectors/oracle/run.py [FILE...]      prints disagreements and a count; exit status 1 where there is one
    python3 vectors/oracle/run.py --stdin        a question as JSON a line; its answer as JSON a line
"""

import glob
import json
import os
import sys

sys.dont_write_bytecode = True

import money
import pay
import registry

HERE = os.path.dirname(os.path.abspath(__file__))
KINDS = {"divide": money.answer_divide, "read": money.answer_read, "pay": pay.answer, "register": registry.answer}


def kind_of(question):
    """The kind of a bare input, by its members."""
    if "weights" in question:
        return "divide"
    if "as" in question:
        return "read"
    if "acts" in question:
        return "register"
    if "bookings" in question and "before" not in question:
        return "pay"
    raise money.Unsupported("this kind of question")


def answer(kind, question):
    if kind not in KINDS:
        raise money.Unsupported(kind)
    try:
        return KINDS[kind](question)
    except money.Refused as e:
        return {"errors": [{"code": code, "path": path} for code, path in e.errors]}


def differences(want, got, path=""):
    """Where an answer is not what a vector wants, as the README says: of an object the members that stand there,
    a list whole and in order, {"has", "has_not"} elements in any place."""
    if want is None:
        return [] if got is None else ["%s: none is wanted, got %s" % (path, json.dumps(got))]
    if isinstance(want, dict):
        if set(want) <= {"has", "has_not"} and want:
            elements = got or []
            out = []
            for w in want.get("has", []):
                if all(differences(w, g) for g in elements):
                    out.append("%s: no %s in %s" % (path, json.dumps(w), json.dumps(got)))
            for w in want.get("has_not", []):
                if any(not differences(w, g) for g in elements):
                    out.append("%s: %s in %s" % (path, json.dumps(w), json.dumps(got)))
            return out
        if not isinstance(got, dict):
            return ["%s: want %s, got %s" % (path, json.dumps(want), json.dumps(got))]
        return [d for k, w in want.items() for d in differences(w, got.get(k), path + "." + k)]
    if isinstance(want, list):
        if not isinstance(got, list) and (want or got):
            return ["%s: want %s, got %s" % (path, json.dumps(want), json.dumps(got))]
        if len(want) != len(got or []):
            return ["%s: want %d elements, got %s" % (path, len(want), json.dumps(got))]
        return [d for i, w in enumerate(want) for d in differences(w, got[i], "%s[%d]" % (path, i))]
    return [] if want == got else ["%s: want %s, got %s" % (path, json.dumps(want), json.dumps(got))]


def check(files):
    right = wrong = passed = 0
    for name in files:
        with open(name, encoding="utf-8") as f:
            document = json.load(f)
        if not isinstance(document.get("vectors"), list):
            continue
        for v in document["vectors"]:
            if v["kind"] not in KINDS:
                continue
            try:
                found = differences(v["want"], answer(v["kind"], v["input"]))
            except money.Unsupported:
                passed += 1
                continue
            if not found:
                right += 1
                continue
            wrong += 1
            print("%s: %s (%s)" % (document["rule"], v["name"], v["level"]))
            for d in found:
                print("   " + d)
    print("%d vectors agree, %d disagree, %d are out of reach" % (right, wrong, passed))
    return 1 if wrong else 0


def serve():
    for line in sys.stdin:
        if not line.strip():
            continue
        question = json.loads(line)
        try:
            if "kind" in question and "input" in question:
                got = answer(question["kind"], question["input"])
            else:
                got = answer(kind_of(question), question)
        except money.Unsupported as e:
            got = {"unsupported": str(e)}
        print(json.dumps(got, ensure_ascii=False), flush=True)
    return 0


if __name__ == "__main__":
    if sys.argv[1:] == ["--stdin"]:
        sys.exit(serve())
    sys.exit(check(sys.argv[1:] or sorted(glob.glob(os.path.join(HERE, "..", "*.json")))))
