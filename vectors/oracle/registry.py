"""Who was first: docs/rules/registration.md. Instants are whole microseconds since 1970, days are days of UTC, and
every day from Monday to Friday is a business day."""

import datetime
import re

import money
from accounts import Account
from money import Refused

DEFAULT = {
    "approve_within": 2,
    "protection": 120,
    "waiting_claims": 100,
    "extension": 30,
    "extensions": 2,
    "confirm_within": 10,
    "existing_customers": False,
    "vendor": "us",
    "channel_owners": ["noor", "vic"],
}
DIMENSIONS = ["products", "regions", "functions"]
DAY = 86400 * 10**6
EPOCH = datetime.datetime(1970, 1, 1)
NEVER = 10**30


# -------------------------------------------------------------------------------------------------------- instants


def instant(s):
    m = re.fullmatch(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)", s)
    if not m:
        raise Refused(("fact.instant", ""))
    t = datetime.datetime.strptime(m.group(1), "%Y-%m-%dT%H:%M:%S") - EPOCH
    micros = (t.days * 86400 + t.seconds) * 10**6 + int((m.group(2) or "0")[:6].ljust(6, "0"))
    if m.group(3) != "Z":
        hours, minutes = m.group(3)[1:].split(":")
        offset = (int(hours) * 60 + int(minutes)) * 60 * 10**6
        micros -= offset if m.group(3)[0] == "+" else -offset
    return micros


def written(t):
    seconds, micros = divmod(t, 10**6)
    s = (EPOCH + datetime.timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%S")
    return s + (".%06d" % micros).rstrip("0").rstrip(".") + "Z"


def end_of_day(t, days):
    """24:00 of the day that lies so many days after that of the instant."""
    return (t // DAY + days + 1) * DAY


def end_of_business_day(t, n):
    """24:00 of the n-th business day after the day of the instant."""
    day = t // DAY
    while n > 0:
        day += 1
        if (day + 3) % 7 < 5:  # 1970 began on a Thursday, three days after Monday
            n -= 1
    return (day + 1) * DAY


# ------------------------------------------------------------------------------------------------------- the claim


def party(doc):
    return (doc["side"], doc["org"])


class Claim:
    def __init__(self, id, claimant, filing, submitted):
        self.id, self.claimant, self.filing, self.submitted = id, claimant, filing, submitted
        self.account = Account(filing["account"])
        self.scope = {d: list(filing.get(d, [])) for d in DIMENSIONS}
        self.named = [party(p) for p in ([filing["with"]] if filing.get("with") else []) + filing.get("also", [])]
        self.events = []

    def rank(self):
        return (self.submitted, self.id.encode())

    def last_instant(self):
        return max([self.submitted] + [e["at"] for e in self.events])

    def overlaps(self, other):
        return self.account.same(other.account) and common(self.scope, other.scope) is not None


def common(a, b):
    """The common scope; an empty list means all. None where there is none."""
    result = {}
    for d in DIMENSIONS:
        if a[d] and b[d]:
            both = sorted(set(a[d]) & set(b[d]))
            if not both:
                return None
            result[d] = both
        elif a[d] or b[d]:
            result[d] = sorted(set(a[d] or b[d]))
    return result


class State:
    """A claim by its own events up to an instant, and by what earlier claims do to it."""

    def __init__(self, claim, policy, t):
        self.claim = claim
        self.policy = policy
        self.status = "submitted"
        self.approved = None  # since when it owns
        self.end = NEVER  # of the protection
        self.ended = NEVER  # when it came to a final status
        self.decided = None
        self.rejection = None  # the reason of a channel owner
        self.rejected_by_owner = False
        self.confirmed = {}
        self.extended = []  # instants, and what the last progress was measured from
        self.last = None
        self.holders = [(0, claim.claimant)]
        self.half = None  # of a handover: the receiver, and who said so
        self.admitted = False
        self.beaten = None  # (instant, who beat it)
        self.waits_for = []
        self.clock = claim.submitted
        for e in claim.events:
            if e["at"] > t:
                break
            self.expire(e["at"], closing=e["do"] in ("win", "lose"))
            self.take(e)
        self.expire(t)

    def holder(self, t=NEVER):
        return [h for since, h in self.holders if since <= t][-1]

    def expire(self, t, closing=False):
        """From its end on an approved claim is expired; a deal is closed in time at the very end."""
        if self.status == "approved" and (t > self.end or t == self.end and not closing):
            self.status, self.ended = "expired", self.end

    def joint(self):
        return bool(self.claim.named)

    def is_confirmed(self):
        by_vendor = self.approved is not None and any(side == "vendor" for side, _ in self.claim.named)
        return not self.joint() or by_vendor or bool(self.confirmed)

    def set_end(self):
        p = self.terms
        self.end = end_of_day(self.approved, p["protection"] + len(self.extended) * p["extension"])
        if not self.is_confirmed():
            self.end = min(self.end, end_of_business_day(self.approved, p["confirm_within"]))

    def take(self, e):
        """One event; what the claim cannot take changes nothing."""
        at, do = e["at"], e["do"]
        if do == "approve" and self.status == "submitted":
            self.status, self.approved, self.decided, self.last = "approved", at, at, at
            self.terms = self.policy
            self.set_end()
        elif do == "reject" and self.status == "submitted":
            self.status, self.ended, self.decided = "rejected", at, at
            self.rejected_by_owner, self.rejection = True, e.get("reason")
        elif do == "confirm" and self.status in ("submitted", "approved"):
            self.confirmed[party(e["by"]["party"])] = at
            if self.status == "approved":
                self.set_end()
        elif do == "withdraw" and self.status in ("submitted", "approved"):
            self.status, self.ended = "withdrawn", at
        elif do == "extend" and self.status == "approved" and not self.against_extension(e):
            self.extended.append(at)
            self.last = at
            self.set_end()
        elif do in ("win", "lose") and self.status == "approved":
            self.status, self.ended = ("won" if do == "win" else "lost"), at
        elif do == "admit" and self.status in ("submitted", "approved"):
            self.admitted = True
        elif do == "hand" and self.status == "approved":
            self.hand(e)

    def against_extension(self, e):
        progress = instant(e["progress"])
        return (
            len(self.extended) >= self.terms["extensions"]
            or progress <= self.last
            or progress > e["at"]
            or not self.is_confirmed()
        )

    def other_half(self, e):
        """The half of a handover that an event completes: another person's, of the other role."""
        to, by = party(e["to"]), (e["by"]["name"], party(e["by"]["party"]))
        if self.half is None or self.half[0] != to or self.half[1] == by:
            return None
        other = self.half[1]
        both = {by[1], other[1]} == {self.holder(), ("vendor", self.policy["vendor"])}
        return other if both or self.holder()[0] == "vendor" else None

    def hand(self, e):
        if self.other_half(e):
            self.holders.append((e["at"], party(e["to"])))
            self.half = None
        else:
            self.half = (party(e["to"]), (e["by"]["name"], party(e["by"]["party"])))

    def owns(self, t):
        """Whether it is approved and has not ended at an instant up to the one asked for."""
        return self.approved is not None and self.approved <= t and t < min(self.ended, self.end)


def standing(claims, policy, t):
    """reg.first_wins: every claim submitted by the instant, in order, with what the earlier ones do to it."""
    states = [State(c, policy, t) for c in sorted(claims, key=Claim.rank) if c.submitted <= t]
    for n, s in enumerate(states):
        earlier = [e for e in states[:n] if e.claim.overlaps(s.claim)]
        for e in earlier:
            x = beats_at(e, s, t)
            if x is not None and (s.beaten is None or x < s.beaten[0]):
                s.beaten = (x, e)
        if s.beaten:
            if s.approved is not None and s.approved >= s.beaten[0]:
                s.approved = None
            s.status, s.ended, s.rejected_by_owner = "rejected", s.beaten[0], False
            continue
        rivals = [e for e in earlier if e.holder() != s.holder()]
        decided = t if s.decided is None else s.decided
        for e in rivals:
            if e.approved is None and e.ended <= min(t, decided):
                s.clock = max(s.clock, e.ended)
        if s.status == "submitted":
            s.waits_for = [e for e in rivals if e.status in ("submitted", "queued")]
            if s.waits_for:
                s.status = "queued"
    return states


def beats_at(e, s, t):
    """When an earlier claim that owned takes the account from a later one, if it does by t."""
    if e.approved is None:
        return None
    x = max(e.approved, s.claim.submitted)
    changes = sorted({x} | {since for since, _ in e.holders + s.holders if since > x})
    for since in changes:
        if e.holder(since) != s.holder(since):
            ended = min(e.ended, e.end)
            return since if since <= t and since < ended and s.ended >= since else None
    return None


# ----------------------------------------------------------------------------------------------------- the registry


class Registry:
    def __init__(self, policy, customers):
        self.policy = dict(DEFAULT, **policy)
        self.customers = [(Account(c["account"]), instant(c["since"]) if "since" in c else 0) for c in customers]
        self.claims = []

    def vendor(self):
        return ("vendor", self.policy["vendor"])

    def stamp(self, clock, account, claim=None):
        """The later of the clock and one microsecond after the last instant of what can touch the account."""
        keys, touching = set(account.keys), []
        while True:
            more = [c for c in self.claims if c not in touching and (c is claim or c.account.keys & keys)]
            if not more:
                return max([clock] + [c.last_instant() + 1 for c in touching])
            touching += more
            keys.update(*[c.account.keys for c in more])

    def is_owner(self, person):
        return party(person["party"]) == self.vendor() and person["name"] in self.policy["channel_owners"]

    def is_customer(self, claim):
        if claim.claimant[0] != "partner" or self.policy["existing_customers"]:
            return False
        return any(since <= claim.submitted and a.same(claim.account) for a, since in self.customers)

    # ------------------------------------------------------------------------------------------------------ filing

    def file(self, act):
        claimant, filing = party(act["claimant"]), act["file"]
        self.check_filing(claimant, filing, act)
        for c in self.claims:
            if (c.claimant, c.filing["key"]) == (claimant, filing["key"]):
                if comparable(c.filing) != comparable(filing):
                    raise Refused(("filing.key.reused", "key"))
                now = max(instant(act["at"]), c.last_instant())
                return self.answer(c, claimant, now, accepted=True)
        at = self.stamp(instant(act["at"]), Account(filing["account"]))
        claim = Claim(act["id"], claimant, filing, at)
        if act.get("admit"):
            claim.events.append({"do": "admit", "by": act["admit"], "at": at, "reason": act["reason"]})
        reasons, way = self.against_filing(claim, at, admitted=bool(act.get("admit")))
        if reasons:
            held = self.held(way, claim, claimant)
            ends = [s.end for s in way]
            result = {"status": "refused", "reasons": self.told(reasons, claimant)}
            if ends:
                result["until"] = written(max(ends))
            if held:
                result["held"] = held
            return result
        self.claims.append(claim)
        return self.answer(claim, claimant, at, accepted=True, filing=True)

    def check_filing(self, claimant, filing, act):
        errors = []
        if not filing.get("key"):
            errors.append(("filing.key", "key"))
        if not filing.get("by"):
            errors.append(("filing.by", "by"))
        if claimant[0] == "vendor" and claimant != self.vendor():
            errors.append(("filing.vendor", "claimant"))
        with_ = party(filing["with"]) if filing.get("with") else None
        if with_ and with_[0] == claimant[0]:
            errors.append(("filing.beneficiary", "with"))
        if with_ and with_[0] == "vendor" and with_ != self.vendor():
            errors.append(("filing.vendor", "with"))
        if claimant[0] == "vendor" and filing.get("also") and not with_:
            errors.append(("filing.beneficiary", "also"))
        seen = {claimant, with_}
        for i, p in enumerate(filing.get("also", [])):
            if p["side"] == "vendor" or party(p) in seen:
                errors.append(("filing.beneficiary", "also[%d]" % i))
            seen.add(party(p))
        try:
            if not Account(filing["account"]).keys:
                errors.append(("filing.account.undecided", "account"))
        except Refused as e:
            errors.extend(("%s" % code, "account") for code, _ in e.errors)
        if act.get("admit"):
            if not self.is_owner(act["admit"]):
                errors.append(("approver.unknown", "events[0].by"))
            if not act.get("reason"):
                errors.append(("event.reason.missing", "events[0].reason"))
        if errors:
            raise Refused(*errors)

    def against_filing(self, claim, at, admitted):
        """The reasons against a filing at its stamp, and the approved claims in its way."""
        states = standing(self.claims, self.policy, at)
        owning = [s for s in states if s.owns(at)]
        rivals = [s for s in owning if s.claim.overlaps(claim) and s.holder() != claim.claimant]
        reasons = [("reg.first_wins", s) for s in rivals]
        joined = [s for s in owning if s.claim.account.same(claim.account)]
        if any(
            a.holder() != b.holder() and not a.claim.account.same(b.claim.account)
            for i, a in enumerate(joined)
            for b in joined[:i]
        ):
            reasons.append(("reg.joins", None))
        if self.is_customer(claim) and not admitted:
            reasons.append(("reg.existing_customer", None))
        waiting = [s for s in states if s.status in ("submitted", "queued")]
        others = [s for s in owning + waiting if s.claim.overlaps(claim) and s.holder() != claim.claimant]
        own = [s for s in waiting if s.holder() == claim.claimant and s.claim.account.same(claim.account)]
        if len(others) >= 1000 or len(own) >= self.policy["waiting_claims"]:
            reasons.append(("reg.queue_full", None))
        return reasons, rivals

    # ------------------------------------------------------------------------------------------------------- steps

    def step(self, act):
        e = dict(act["do"])
        claim = self.find(act["claim"], party(e["by"]["party"]))
        at = self.stamp(instant(act["at"]), claim.account, claim)
        e["at"] = at
        s = self.state(claim, at)
        self.check_step(claim, s, e)
        asks = party(e["by"]["party"])
        if self.same_again(claim, s, e):
            return self.answer(claim, asks, at, accepted=True)
        reasons = self.against_step(claim, s, e)
        if reasons:
            return self.answer(claim, asks, at, decision=reasons)
        claim.events.append(e)
        return self.answer(claim, asks, at, accepted=True)

    def find(self, id, asks):
        for c in self.claims:
            if c.id == id and self.may_see(c, asks):
                return c
        raise Refused(("claim.unknown", "claim"))

    def may_see(self, claim, asks):
        if asks == self.vendor() or asks == claim.claimant or asks in claim.named:
            return True
        return any(e["do"] == "hand" and party(e["to"]) == asks for e in claim.events)

    def state(self, claim, t):
        return [s for s in standing(self.claims, self.policy, t) if s.claim is claim][0]

    def check_step(self, claim, s, e):
        """Bad input: who may take a step, and what it needs."""
        by, do = (e["by"]["name"], party(e["by"]["party"])), e["do"]
        owner = self.is_owner(e["by"])
        errors = []
        if do in ("approve", "reject", "admit"):
            if do != "admit" and by == (claim.filing["by"], claim.claimant):
                errors.append(("approver.submitted", "by"))
            elif not owner:
                errors.append(("approver.unknown", "by"))
            if do != "approve" and not e.get("reason"):
                errors.append(("event.reason.missing", "reason"))
        elif do == "confirm":
            if by[1] not in claim.named:
                errors.append(("actor.forbidden", "by"))
        elif do == "withdraw":
            if by[1] != s.holder():
                errors.append(("actor.forbidden", "by"))
        elif do in ("extend", "win", "lose", "hand"):
            owners_alone = do == "hand" and s.holder() == self.vendor()
            if not owner and (owners_alone or by[1] != s.holder()):
                errors.append(("actor.forbidden", "by"))
            if do == "extend" and not e.get("progress"):
                errors.append(("event.progress.missing", "progress"))
        else:
            errors.append(("action.unknown", "do"))
        if errors:
            raise Refused(*errors)

    def same_again(self, claim, s, e):
        """The same step sent again: an event of the claim has the same step, person and particulars; the half of a
        handover is the same only while it waits, or once the receiver holds the claim."""
        if e["do"] == "hand":
            half = (party(e["to"]), (e["by"]["name"], party(e["by"]["party"])))
            if s.holder() != half[0] and s.half != half:
                return False
        same = ("do", "by", "reason", "progress", "to", "terms")
        return any(all(x.get(k) == e.get(k) for k in same) for x in claim.events)

    def against_step(self, claim, s, e):
        do, at = e["do"], e["at"]
        takes = {
            "approve": ["submitted", "queued"],
            "reject": ["submitted", "queued"],
            "confirm": ["submitted", "queued", "approved"],
            "withdraw": ["submitted", "queued", "approved"],
            "admit": ["submitted", "queued", "approved"],
        }.get(do, ["approved"])
        at_the_end = do in ("win", "lose") and s.status == "expired" and at == s.end
        if s.status not in takes and not at_the_end:
            return [("reg.life", None)]
        if do == "approve":
            others = [x for x in standing(self.claims, self.policy, at) if x.claim is not claim]
            rivals = [x for x in others if x.claim.overlaps(claim) and x.holder() != s.holder()]
            reasons = [("reg.order", x) for x in s.waits_for]
            return reasons + [("reg.first_wins", x) for x in rivals if x.owns(at)]
        if do == "extend" and s.against_extension(e):
            return [("reg.extension", None)]
        if do == "hand" and party(e["to"]) == s.holder():
            return [("reg.life", None)]
        if do == "hand" and s.other_half(e):
            states = standing(self.claims, self.policy, at)
            for x in states:
                if x.claim.rank() < claim.rank() and x.owns(at) and x.holder() == s.holder():
                    if x.claim.account.same(claim.account):
                        return [("reg.first_wins", x)]
        return []

    # ------------------------------------------------------------------------------------------------------ answers

    def ask(self, q):
        asks, t = party(q["party"]), instant(q["as_of"])
        return self.answer(self.find(q["claim"], asks), asks, t, accepted=True)

    def answer(self, claim, asks, t, accepted=None, filing=False, decision=()):
        if t < claim.submitted:
            return {"claim": claim.id, "accepted": accepted, "submitted": written(claim.submitted)}
        s = self.state(claim, t)
        result = {"claim": claim.id, "accepted": accepted, "status": s.status, "submitted": written(claim.submitted)}
        result["active"] = True if s.status == "approved" and s.is_confirmed() else None
        due = end_of_business_day(s.clock, self.policy["approve_within"])
        has_due = s.status != "queued" and s.status != "withdrawn" and not s.beaten
        if has_due:
            result["due"] = written(due)
        if s.approved is not None:
            result["until"] = written(s.end)
        way = [s.beaten[1]] if s.beaten else s.waits_for
        if filing:
            way = way[:1]
        held = self.held(way, claim, asks)
        if held:
            result["held"] = held
        reasons = list(decision)
        if has_due and (s.decided if s.decided is not None else t) >= due:
            reasons.append(("reg.late_approval", None))
        if s.status == "approved" and self.is_customer(claim) and not s.admitted:
            reasons.append(("reg.existing_customer", None))
        if s.status in ("approved", "expired") and not s.is_confirmed():
            reasons.append(("reg.unconfirmed", None))
        if s.status == "rejected" and s.rejected_by_owner:
            reasons.append(("reg.life", None))
        code = "reg.first_wins" if s.beaten else "reg.order"
        if all(c != code for c, _ in decision):
            reasons += [(code, x) for x in self.by_end(way, claim)]
        if reasons:
            result["reasons"] = self.told(reasons, asks)
        return result

    def by_end(self, way, claim):
        def rank(s):
            scope = common(s.claim.scope, claim.scope) or {}
            return (s.end if s.approved is not None else 0, words(scope), s.holder()[0])

        return sorted(way, key=rank)

    def held(self, way, claim, asks):
        result = []
        for s in self.by_end(way, claim):
            entry = {"holder": s.holder()[0]}
            scope = common(s.claim.scope, claim.scope)
            if scope:
                entry["scope"] = scope
            if s.approved is not None:
                entry["until"] = written(s.end)
            result.append(entry)
        return result

    def told(self, reasons, asks):
        """Reasons for a party: the vendor alone learns whose claim it is."""
        result = []
        for code, s in reasons:
            reason = {"code": code}
            if s is not None:
                reason["operands"] = []
                if asks == self.vendor():
                    reason["operands"] = [
                        {"name": "holder", "value": " ".join(s.holder())},
                        {"name": "claim", "value": s.claim.id},
                    ]
            result.append(reason)
        return result


def words(scope):
    """The words of a scope, by which entries of one end are ordered (reg.confidential)."""
    s = ", ".join(scope.get("products", []))
    if scope.get("regions"):
        s = (s + " in " + ", ".join(scope["regions"])).strip()
    s = s or "everything"
    if "functions" in scope:
        s += " for " + ", ".join(scope["functions"])
    return s


def comparable(filing):
    """A filing without what an empty member says."""
    return {k: v for k, v in filing.items() if v not in (None, [], "")}


def refused(e):
    return {"errors": [{"code": code, "path": path} for code, path in e.errors]}


def answer(q):
    registry = Registry(q.get("policy", {}), q.get("customers", []))
    acts = []
    for act in q["acts"]:
        try:
            acts.append(registry.file(act) if "file" in act else registry.step(act))
        except Refused as e:
            acts.append(refused(e))
    result = {"acts": acts}
    if "ask" in q:
        result["answers"] = []
        for ask in q["ask"]:
            try:
                result["answers"].append(registry.ask(ask))
            except Refused as e:
                result["answers"].append(refused(e))
    return result
