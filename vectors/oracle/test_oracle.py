"""The worked examples of docs/rules, which are no vectors: python3 -m unittest discover vectors/oracle"""

import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import money
import pay
import registry
from fractions import Fraction

ACME, BOLT, US = [{"side": s, "org": o} for s, o in (("partner", "acme"), ("partner", "bolt"), ("vendor", "us"))]


def usd(s):
    return {"amount": s, "currency": "USD"}


def payee(rep, party, **more):
    return dict({"rep": rep, "party": party}, **more)


def deal(id, value, *payees, **more):
    return dict({"id": id, "value": usd(value), "closed": "2026-11-20", "payees": list(payees)}, **more)


def moved(id, kind, on, amount=None):
    return dict({"id": id, "of": "D-1", "kind": kind, "on": on}, **({"amount": usd(amount)} if amount else {}))


def table(**more):
    tiers = [{"to": "50000.00", "rate": "5%"}, {"from": "50000.00", "rate": "8%"}]
    t = {"measure": "period_amount", "method": "marginal", "currency": "USD", "tiers": tiers}
    return {"model": "split", "rates": {"tables": {"t": dict(t, **more)}}}


def figures(policy, bookings, movements=(), member="commission"):
    q = {"policy": policy, "bookings": bookings, "movements": list(movements)}
    return [[l[member]["amount"] for l in s["lines"]] for s in pay.answer(q)["statements"]]


class Pay(unittest.TestCase):
    def two(self, first="30000.00", second="40000.00"):
        return [deal("D-1", first, payee("ana", ACME, table="t")), deal("D-2", second, payee("ana", ACME, table="t"))]

    def test_rounding(self):
        half = Fraction(5, 2)
        for rounding, want in (("half_even", 2), ("half_away_from_zero", 3), ("toward_zero", 2)):
            self.assertEqual(money.rounded(half, rounding), want)
            self.assertEqual(money.rounded(-half, rounding), -want)

    def test_leftover_unit(self):
        reps = [payee(r, ACME, role="primary", share="50%", rate="10%") for r in ("ben", "ana")]
        self.assertEqual(figures({}, [deal("D-1", "100.01", *reps)], member="quota_credit"), [["50.01", "50.00"]])
        self.assertEqual(figures({}, [deal("D-1", "100.01", *reps)]), [["5.00", "5.00"]])

    def test_joint_origin(self):
        d = deal("D-1", "99.99", payee("ana", ACME, rate="8%"), payee("bo", US, rate="8%"), source="joint")
        self.assertEqual(figures({"model": "origination"}, [d], member="quota_credit"), [["50.00", "49.99"]])
        self.assertEqual(figures({"model": "origination"}, [d]), [["4.00", "4.00"]])

    def test_tiers(self):
        self.assertEqual(figures(table(), self.two()), [["1500.00"], ["2600.00"]])
        self.assertEqual(figures(table(), self.two("50000.00", "1.00"))[0], ["2500.00"])
        retroactive = table(method="retroactive")
        self.assertEqual(figures(retroactive, self.two("50000.00", "1.00"))[0], ["4000.00"])
        self.assertEqual(figures(retroactive, self.two()), [["1500.00"], ["3200.00", "900.00"]])

    def test_cap_of_a_period(self):
        capped = table(method="retroactive", period_cap="4000.00")
        self.assertEqual(figures(capped, self.two()), [["1500.00"], ["2500.00", "0.00"]])

    def test_instalments(self):
        d = deal("D-1", "100.00", payee("ana", ACME, rate="10%"), deferred=True)
        money_in = [moved("I-%d" % i, "received", "2026-12-0%d" % i, a) for i, a in ((1, "33.33"), (2, "33.33"), (3, "33.34"))]
        back = moved("F", "refunded", "2026-12-09", "50.00")
        self.assertEqual(
            figures({"model": "split"}, [d], money_in + [back]), [["0.00"], ["3.33"], ["3.34"], ["3.33"], ["-5.00"]]
        )

    def test_reversals(self):
        back = [moved("R-1", "reversed", "2026-12-01", "30000.00"), moved("R-2", "reversed", "2026-12-02")]
        d = deal("D-1", "100000.00", payee("ana", ACME, rate="8%"))
        self.assertEqual(figures({"model": "split"}, [d], back), [["8000.00"], ["-2400.00"], ["-5600.00"]])
        d = deal("D-1", "100000.00", payee("ana", ACME, table="t"))
        capped = table(tiers=[{"rate": "8%"}], deal_cap="5000.00")
        self.assertEqual(figures(capped, [d], back), [["5000.00"], ["-1500.00"], ["-3500.00"]])


class Registry(unittest.TestCase):
    def file(self, at, id, claimant, **more):
        filing = dict({"key": id, "account": {"domains": ["hooli.com"]}, "by": "ana"}, **more)
        return {"at": at, "id": id, "claimant": claimant, "file": filing}

    def do(self, at, claim, do, name="noor", party=US, **more):
        return {"at": at, "claim": claim, "do": dict({"do": do, "by": {"name": name, "party": party}, "at": at}, **more)}

    def acts(self, *acts):
        return registry.answer({"acts": list(acts)})["acts"]

    def test_extensions(self):
        got = self.acts(
            self.file("2026-03-02T09:00:00Z", "A", ACME),
            self.do("2026-03-02T10:00:00Z", "A", "approve"),
            self.do("2026-06-20T09:00:00Z", "A", "extend", "ana", ACME, progress="2026-06-10T09:00:00Z"),
            self.do("2026-07-20T09:00:00Z", "A", "extend", "ana", ACME, progress="2026-07-10T09:00:00Z"),
            self.do("2026-08-20T09:00:00Z", "A", "extend", "ana", ACME, progress="2026-08-10T09:00:00Z"),
        )
        ends = ["2026-07-01T00:00:00Z", "2026-07-31T00:00:00Z", "2026-08-30T00:00:00Z", "2026-08-30T00:00:00Z"]
        self.assertEqual([a["until"] for a in got[1:]], ends)
        self.assertIsNone(got[4]["accepted"])

    def test_business_days(self):
        got = self.acts(self.file("2026-02-27T09:00:00Z", "A", ACME))
        self.assertEqual(got[0]["due"], "2026-03-04T00:00:00Z")
        got = self.acts(
            self.file("2026-03-02T09:00:00Z", "A", US, **{"with": ACME}), self.do("2026-03-02T10:00:00Z", "A", "approve")
        )
        self.assertEqual(got[1]["until"], "2026-03-17T00:00:00Z")

    def test_handover(self):
        got = self.acts(
            self.file("2026-03-02T09:00:00Z", "A", ACME),
            self.do("2026-03-02T10:00:00Z", "A", "approve"),
            self.do("2026-03-03T09:00:00Z", "A", "hand", "ana", ACME, to=BOLT),
            self.do("2026-03-03T10:00:00Z", "A", "hand", to=BOLT),
            self.file("2026-03-04T09:00:00Z", "B", ACME),
            self.file("2026-03-04T09:00:00Z", "C", BOLT),
        )
        self.assertEqual([a["status"] for a in got], ["submitted", "approved", "approved", "approved", "refused", "submitted"])


if __name__ == "__main__":
    unittest.main()
