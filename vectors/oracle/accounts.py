"""When two accounts are the same: docs/rules/registration-matching.md, as far as first-wins registration needs it.

Names decide nothing, so they are not read. The public suffix list and the list of shared domains are replaced by
the few entries below: enough for the corpus, not for the world. Numbers are not checked by their schemes."""

import re

import money

SUFFIXES = {"co.uk", "org.uk", "com.au", "com.br", "co.jp", "co.nz", "co.za"}
SHARED = {"gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "yahoo.com", "gmx.de", "web.de", "icloud.com"}
SITES = {"duns", "gln"}  # numbers of sites: different ones say nothing
PREFIX = {"fr_siret": ("fr_siren", 9), "br_cnpj": ("br_cnpj", 8), "gb_vat": ("gb_vat", 9)}


def registrable(host):
    host = re.sub(r"^[a-z]+://", "", host.strip().lower()).split("/")[0].split("@")[-1].rstrip(".")
    labels = host.split(".")
    if len(labels) < 2:
        raise money.Refused(("domain.local", ""))
    n = 3 if ".".join(labels[-2:]) in SUFFIXES else 2
    if len(labels) < n:
        raise money.Refused(("domain.suffix", ""))
    return ".".join(labels[-n:])


class Account:
    def __init__(self, doc):
        self.domains = {d for d in map(registrable, doc.get("domains", [])) if d not in SHARED}
        self.numbers = set()
        for i in doc.get("ids", []):
            scheme, number = i["scheme"], re.sub(r"[ ./-]", "", i["value"]).upper()
            scheme, length = PREFIX.get(scheme, (scheme, None))
            self.numbers.add((scheme, number[:length]))
        self.keys = {("domain", d) for d in self.domains} | self.numbers

    def same(self, other):
        says_same = says_different = False
        for scheme in {s for s, _ in self.numbers} & {s for s, _ in other.numbers}:
            ours = {n for s, n in self.numbers if s == scheme}
            theirs = {n for s, n in other.numbers if s == scheme}
            if ours & theirs:
                says_same = True
            elif scheme not in SITES:
                says_different = True
        if says_same or says_different:
            return says_same and not says_different
        return bool(self.domains & other.domains)
