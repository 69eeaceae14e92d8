"""Numbers of the rules: currencies, amounts, percentages, rounding, the largest remainder, days."""

import datetime
import re
from fractions import Fraction


class Refused(Exception):
    """Bad input: a list of (code, path)."""

    def __init__(self, *errors):
        super().__init__(errors)
        self.errors = list(errors)


class Unsupported(Exception):
    """A question outside of what this oracle answers."""


# ISO 4217: two places, unless named below.
PLACES = {}
for code in """AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF
CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL
HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR
MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP
SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER
ZAR ZMW ZWG BGN""".split():
    PLACES[code] = 2
for code in "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split():
    PLACES[code] = 0
for code in "BHD IQD JOD KWD LYD OMR TND".split():
    PLACES[code] = 3
for code in "CLF UYW".split():
    PLACES[code] = 4
NO_MINOR_UNIT = "XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX".split()


def places(code, path=""):
    if code in NO_MINOR_UNIT:
        raise Refused(("currency.no_minor_unit", path))
    if code not in PLACES:
        raise Refused(("currency.unknown", path))
    return PLACES[code]


def minor(amount, code, path=""):
    """The whole minor units of a text such as "1000.00"."""
    n = places(code, path)
    m = re.fullmatch(r"(-?)(\d+)(?:\.(\d+))?", amount)
    if not m:
        raise Refused(("decimal.format", path))
    sign, whole, cents = m.group(1), m.group(2), m.group(3) or ""
    if len(cents) > n:
        raise Refused(("money.scale.excess", path))
    units = int(whole + cents.ljust(n, "0"))
    if units >= 10 ** (14 + n):
        raise Refused(("money.range", path))
    return -units if sign else units


def text(units, code):
    """Minor units as a text with all places of the currency."""
    n = places(code)
    digits = str(abs(units)).rjust(n + 1, "0")
    sign = "-" if units < 0 else ""
    return sign + (digits[:-n] + "." + digits[-n:] if n else digits)


def money(units, code):
    return {"amount": text(units, code), "currency": code}


def read_money(s, path=""):
    """"500.00 USD" as minor units and currency."""
    amount, _, code = s.partition(" ")
    if not re.fullmatch(r"[A-Za-z]{3}", code):
        raise Refused(("money.format", path))
    return minor(amount, code, path), code


def percent(s, path="", whole=False):
    """A percentage as a fraction of one; of a part of a whole (whole) 0 % to 100 %."""
    m = re.fullmatch(r"(-?)(\d+)(?:\.(\d+))?%", s)
    if not m:
        raise Refused(("percent.format", path))
    if len(m.group(3) or "") > 6:
        raise Refused(("percent.scale.excess", path))
    f = Fraction(s[:-1]) / 100
    if abs(f) > 100:
        raise Refused(("percent.range", path))
    if whole and f > 1:
        raise Refused(("percent.above", path))
    if whole and f < 0:
        raise Refused(("percent.below", path))
    return f


def percent_text(f):
    millionths = f * 100 * 10**6
    assert millionths.denominator == 1
    n = abs(int(millionths))
    s = ("-" if millionths < 0 else "") + str(n // 10**6)
    rest = str(n % 10**6).rjust(6, "0").rstrip("0")
    return s + ("." + rest if rest else "") + "%"


def rounded(x, rounding):
    """An exact amount to whole minor units; a negative one is the negative of the positive one."""
    x = Fraction(x)
    if x < 0:
        return -rounded(-x, rounding)
    whole, rest = divmod(x, 1)
    whole = int(whole)
    if rounding == "toward_zero":
        return whole
    if rest > Fraction(1, 2):
        return whole + 1
    if rest == Fraction(1, 2):
        if rounding == "half_away_from_zero" or whole % 2 == 1:
            return whole + 1
    return whole


def largest_remainder(total, exact):
    """comp.conserve: every part has the whole units of its exact amount; the units left over go, one each, to the
    largest remainders, of equal ones to the part that stands earlier."""
    parts = [int(e // 1) for e in exact]
    order = sorted(range(len(exact)), key=lambda i: (-(exact[i] - parts[i]), i))
    for i in order[: total - sum(parts)]:
        parts[i] += 1
    return parts


def divide(total, weights):
    """Whole parts of a whole total by weights; a negative amount gives the negated parts of the positive one."""
    if total < 0:
        return [-p for p in divide(-total, weights)]
    return largest_remainder(total, [Fraction(total) * w / sum(weights) for w in weights])


def day(s, path=""):
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", s):
        raise Refused(("date.format", path))
    try:
        return datetime.date.fromisoformat(s)
    except ValueError:
        raise Refused(("date.range", path))


MONTHS = """january february march april may june july august september october november december""".split()


def period(d, length, year_start):
    """The first day of the period that holds the day, and its last day."""
    months = {"month": 1, "quarter": 3, "year": 12}[length]
    first = MONTHS.index(year_start)  # counted from 0
    n = d.year * 12 + d.month - 1
    begin = n - (n - first) % months
    end = begin + months

    def first_day(k):
        return datetime.date(k // 12, k % 12 + 1, 1)

    return first_day(begin), first_day(end) - datetime.timedelta(days=1)


def answer_divide(q):
    units, code = read_money(q["amount"], "amount")
    weights = q["weights"]
    if not weights:
        raise Refused(("weight.missing", "weights"))
    negative = [("weight.negative", "weights[%d]" % i) for i, w in enumerate(weights) if w < 0]
    if negative:
        raise Refused(*negative)
    if sum(weights) == 0:
        raise Refused(("weight.total", "weights"))
    parts = {"parts": divide(units, weights), "reversal": divide(-units, weights)}
    return {name: [text(p, code) + " " + code for p in whole] for name, whole in parts.items()}


def answer_read(q):
    kind, s = q["as"], q["text"]
    if kind == "money":
        units, code = read_money(s)
        return {"text": text(units, code) + " " + code}
    if kind == "percent":
        return {"text": percent_text(percent(s))}
    if kind == "currency":
        places(s)
        return {"text": s}
    if kind == "date":
        return {"text": day(s).isoformat()}
    raise Unsupported("read as " + kind)
