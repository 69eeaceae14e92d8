"""Pay: what docs/rules/comp.md says, as plainly as it says it. Money is a whole number of minor units here; an
exact amount is a Fraction of minor units."""

from fractions import Fraction

import money
from money import Refused, Unsupported, rounded

DEFAULT = {
    "model": "role_based",
    "rounding": "half_even",
    "joint_origin": "equal",
    "joint_primary": "filer",
    "origination": {
        "influenced": "25%",
        "influenced_pays_commission": True,
        "influenced_counts_toward_quota": False,
    },
    "role_based": {"contributions": {"technical_validation": "30%", "true_co_sell": "50%"}},
    "rates": {"year_start": "january", "period": "quarter", "tables": {}, "quotas": {}},
}
KINDS = ["received", "reversed", "refunded", "written_off"]  # in the order of comp.cumulative
SIDES = ["partner", "vendor"]


def merged(document, change):
    """RFC 7386."""
    if not isinstance(change, dict):
        return change
    result = dict(document) if isinstance(document, dict) else {}
    for name, value in change.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result


# ---------------------------------------------------------------------------------------------------- the policy


class Tier:
    def __init__(self, start, rate):
        self.start = start  # minor units, or a part of the quota; None for the first tier
        self.rate = rate


class Table:
    def tier(self, amount, quota=None):
        """The number of the tier that holds an amount; below zero the lowest."""
        n = 0
        for i, tier in enumerate(self.tiers):
            if tier.start is not None and self.bound(i, quota) <= amount:
                n = i
        return n

    def bound(self, i, quota):
        """Where tier i begins."""
        start = self.tiers[i].start
        return start * quota if self.measure == "attainment" else start

    def counts_over_a_period(self):
        return self.measure != "deal_amount" or self.period_floor is not None or self.period_cap is not None


class Policy:
    def __init__(self, change):
        doc = merged(DEFAULT, change)
        errors = []

        def check(ok, code, path):
            if not ok:
                errors.append((code, "comp." + path))
            return ok

        def part(s, path):
            try:
                return money.percent(s, "comp." + path, whole=True)
            except Refused as e:
                errors.extend(e.errors)

        self.model = doc["model"]
        check(self.model in ("origination", "split", "role_based"), "comp.model.unknown", "model")
        self.rounding = doc["rounding"]
        check(self.rounding in ("half_even", "half_away_from_zero", "toward_zero"), "rounding.unknown", "rounding")
        self.joint_origin = doc["joint_origin"]
        check(self.joint_origin in ("equal", "partner", "vendor"), "comp.joint_origin.unknown", "joint_origin")
        self.joint_primary = doc["joint_primary"]
        check(self.joint_primary in ("filer", "both"), "comp.joint_primary.unknown", "joint_primary")
        self.split_by_party = doc.get("split_by_party", False)
        o = doc["origination"]
        self.influenced = part(o["influenced"], "origination.influenced")
        self.influenced_pays = o["influenced_pays_commission"]
        self.influenced_counts = o["influenced_counts_toward_quota"]
        self.contributions = {
            id: part(s, "role_based.contributions." + id) for id, s in doc["role_based"]["contributions"].items()
        }
        if self.model == "role_based":
            check(self.contributions, "comp.contributions.missing", "role_based.contributions")
        rates = doc["rates"]
        self.period = rates["period"]
        check(self.period in ("month", "quarter", "year"), "comp.period.unknown", "rates.period")
        self.year_start = rates["year_start"]
        check(self.year_start in money.MONTHS, "comp.fiscal_year.start", "rates.year_start")
        self.tables = {}
        for id in sorted(rates["tables"]):
            self.tables[id] = self.read_table(id, rates["tables"][id], check, part, errors)
        self.quotas = {}
        for rep in sorted(rates["quotas"]):
            for day in sorted(rates["quotas"][rep]):
                path = "rates.quotas.%s.%s" % (rep, day)
                units, code = money.read_money(rates["quotas"][rep][day], "comp." + path)
                check(units > 0, "comp.quota.zero", path)
                begin = money.day(day, "comp." + path)
                if not errors:
                    check(money.period(begin, self.period, self.year_start)[0] == begin, "comp.quota.period", path)
                self.quotas[rep, begin] = (units, code)
        if errors:
            raise Refused(*errors)

    def read_table(self, id, doc, check, part, errors):
        t = Table()
        t.id = id
        path = "rates.tables." + id
        t.measure = doc["measure"]
        check(t.measure in ("attainment", "period_amount", "deal_amount"), "comp.measure.unknown", path + ".measure")
        t.method = doc["method"]
        check(t.method in ("marginal", "retroactive"), "comp.method.unknown", path + ".method")
        t.currency = doc.get("currency")

        def bound(s, where):
            if s is None:
                return None
            if s.endswith("%") != (t.measure == "attainment"):
                check(False, "comp.tier.measure", where)
                return None
            try:
                if t.measure == "attainment":
                    return money.percent(s, "comp." + where)
                return money.minor(s, t.currency, "comp." + where)
            except Refused as e:
                errors.extend(e.errors)

        tiers = doc.get("tiers", [])
        check(1 <= len(tiers) <= 100, "comp.tiers.missing", path + ".tiers")
        t.tiers = []
        before = None  # where the tier before ends
        for i, tier in enumerate(tiers):
            at = path + ".tiers[%d]" % i
            start, end = bound(tier.get("from"), at + ".from"), bound(tier.get("to"), at + ".to")
            if i > 0 and start is not None and before is not None:
                check(start <= before, "comp.tier.gap", at + ".from")
                check(start >= before, "comp.tier.overlap", at + ".from")
            if i == 0:
                check(not start, "comp.tier.gap", at + ".from")
            if end is not None:
                check(end > (start or 0), "comp.tier.empty", at + ".to")
            if i == len(tiers) - 1:
                check("to" not in tier, "comp.tier.gap", at + ".to")
            rate = None
            if check("rate" in tier, "booking.rate.missing", at + ".rate"):
                rate = part(tier["rate"], at + ".rate")
            t.tiers.append(Tier(None if i == 0 else start, rate))
            before = end

        def limit(name):
            if name not in doc:
                return None
            units = money.minor(doc[name], t.currency, "comp." + path + "." + name)
            check(units >= 0, "comp.limit.negative", path + "." + name)
            return units

        t.deal_floor, t.deal_cap = limit("deal_floor"), limit("deal_cap")
        t.period_floor, t.period_cap = limit("period_floor"), limit("period_cap")
        return t

    def quota(self, rep, begin):
        return self.quotas.get((rep, begin))


# --------------------------------------------------------------------------------------------------- the booking


class Booking:
    """A booking that the policy can price; everything wrong with it is refused at once."""

    def __init__(self, policy, doc, path):
        self.path, self.doc = path, doc
        self.errors = []
        self.id = doc.get("id", "")
        self.check(0 < len(self.id.encode()) <= 256, "booking.id", "id")
        self.currency = doc["value"]["currency"]
        self.value = self.amount(doc["value"], "value")
        self.quota_value = {side: self.value for side in SIDES}
        for side in SIDES:
            name = side + "_quota"
            if name in doc:
                if self.check(doc[name]["currency"] == self.currency, "booking.currency", name):
                    self.quota_value[side] = self.amount(doc[name], name)
        self.closed = money.day(doc["closed"], path + ".closed") if "closed" in doc else None
        self.deferred = doc.get("deferred", False)
        self.lead = doc.get("lead_partner")
        self.decide_origin(policy)
        self.payees = [Payee(i, p) for i, p in enumerate(doc["payees"])]
        self.check(1 <= len(self.payees) <= 1000, "booking.payees", "payees")
        self.needs_origin(policy)
        self.check_ids()
        for p in self.payees:
            self.read_payee(policy, p)
        self.read_partners(policy)
        self.check_groups(policy)
        self.order()
        if self.errors:
            raise Refused(*self.errors)

    def check(self, ok, code, where):
        if not ok:
            self.errors.append((code, self.path + "." + where))
        return ok

    def amount(self, m, where):
        units = money.minor(m["amount"], m["currency"], self.path + "." + where)
        self.check(units > 0, "booking.value", where)
        return units

    def decide_origin(self, policy):
        """Originator and first side."""
        source, registrant = self.doc.get("source"), self.doc.get("registrant")
        if registrant in SIDES:
            origin = registrant
        elif registrant in ("joint_by_partner", "joint_by_vendor"):
            origin = "both"
        else:
            origin = {"partner": "partner", "vendor": "vendor", "joint": "both"}.get(source)
        if registrant:
            first = registrant.replace("joint_by_", "")
        elif source in SIDES:
            first = source
        else:
            first = "partner"
        if origin == "both" and policy.joint_origin in SIDES:
            origin = first = policy.joint_origin
        self.origin, self.first = origin, first

    def needs_origin(self, policy):
        if policy.model == "origination":
            self.check(self.origin, "booking.origin.unknown", "source")

    def check_ids(self):
        seen = {}
        orgs = {}
        for p in self.payees:
            where = "payees[%d].rep" % p.i
            self.check(0 < len(p.rep.encode()) <= 256, "booking.rep", where)
            who = (p.party, p.company)
            if p.rep in seen:
                self.check(seen[p.rep] == who, "booking.rep.two_parties", where)
                self.check(seen[p.rep] != who, "booking.rep", where)
            seen.setdefault(p.rep, who)
            if not p.company:
                first = orgs.setdefault(p.side, p.party)
                if first != p.party and (p.side == "vendor" or not self.lead):
                    self.check(False, "booking.two_orgs", "payees[%d].party" % p.i)

    def read_payee(self, policy, p):
        where = "payees[%d]" % p.i
        doc = p.doc
        p.creditable = True
        if p.company:
            p.creditable = False
            for name in ("role", "contribution", "also_contributed", "share", "table", "added_tables", "credit_only"):
                self.check(not doc.get(name), "booking.company", where + "." + name)
        elif policy.model == "role_based":
            self.read_role(policy, p, where)
        if "share" in doc and not p.company:
            try:
                p.share = money.percent(doc["share"], "%s.%s.share" % (self.path, where))
                self.check(p.share <= 1, "percent.above", where + ".share")
                self.check(p.share >= 0, "percent.below", where + ".share")
            except Refused as e:
                self.errors.extend(e.errors)
                p.creditable = False
        ways = [name for name in ("rate", "table", "fixed", "credit_only") if doc.get(name)]
        self.check(ways, "booking.rate.missing", where + ".rate")
        if len(ways) > 1:
            self.check(False, "booking.rate.two", where + "." + ways[1])
        if "rate" in doc:
            try:
                p.rate = money.percent(doc["rate"], "%s.%s.rate" % (self.path, where), whole=True)
            except Refused as e:
                self.errors.extend(e.errors)
        if "fixed" in doc:
            if self.check(p.company, "booking.company", where + ".fixed"):
                if self.check(doc["fixed"]["currency"] == self.currency, "booking.currency", where + ".fixed"):
                    p.fixed = money.minor(doc["fixed"]["amount"], self.currency)
                    self.check(p.fixed >= 0, "booking.company", where + ".fixed")
        added = doc.get("added_tables", [])
        if added and not p.company:
            self.check(doc.get("table"), "booking.table.unknown", where + ".added_tables")
            self.check(len(added) <= 10, "booking.tables", where + ".added_tables")
        if not p.company and doc.get("table"):
            names = [(doc["table"], "table")] + [(t, "added_tables[%d]" % i) for i, t in enumerate(added)]
            for i, (name, at) in enumerate(names):
                self.check(name not in [n for n, _ in names[:i]], "list.twice", where + "." + at)
                self.read_table(policy, p, name, where + "." + at)

    def read_role(self, policy, p, where):
        """Roles, and the contribution that counts."""
        p.creditable = False
        # comp.role_based: roles are derived before pricing
        if not self.check(p.role in ("primary", "supporting"), "comp.role.unknown", where + ".role"):
            return
        if p.role == "primary":
            p.creditable = True
            return
        also = p.doc.get("also_contributed", [])
        self.check(len(also) <= 100, "booking.contributions", where + ".also_contributed")
        named = [(p.doc["contribution"], "contribution")] if p.doc.get("contribution") else []
        named += [(id, "also_contributed[%d]" % i) for i, id in enumerate(also)]
        if not p.doc.get("contribution"):
            self.check(False, "comp.contribution_upfront", where + ".contribution")
            return
        known = [id for id, at in named if self.check(id in policy.contributions, "comp.contribution.unknown", where + "." + at)]
        if len(known) < len(named):
            return
        p.contribution = min(known, key=lambda id: (-policy.contributions[id], id.encode()))
        p.creditable = True

    def read_table(self, policy, p, name, where):
        if not self.check(name in policy.tables, "booking.table.unknown", where):
            return
        table = policy.tables[name]
        if self.closed is None:
            if not self.check(not table.counts_over_a_period(), "booking.table.history", where):
                return
        currencies = {table.currency} - {None}
        if table.measure == "attainment":
            quota = policy.quota(p.rep, money.period(self.closed, policy.period, policy.year_start)[0])
            if not self.check(quota, "booking.quota.missing", where):
                return
            currencies.add(quota[1])
        if self.check(currencies <= {self.currency}, "comp.rate.currency", where):
            p.tables.append(table)

    def read_partners(self, policy):
        """Several partners: who originates for the partner side, and how partners divide a split."""
        self.partner_share = {}
        if not self.lead:
            return
        orgs = sorted({p.party[1] for p in self.payees if p.side == "partner" and not p.company} | {self.lead})
        self.check(len(orgs) <= 21, "booking.partners", "lead_partner")
        self.brought_by = self.doc.get("brought_by", self.lead)
        vendors = {p.party[1] for p in self.payees if p.side == "vendor"}
        # Several partners: without a payee of it nobody originates on the partner side
        for name in ("lead_partner", "brought_by"):
            self.check(self.doc.get(name) not in vendors, "booking.partners", name)
        for i, s in enumerate(self.doc.get("partner_shares", [])):
            where = "partner_shares[%d]" % i
            self.check(s["party"]["side"] == "partner", "booking.partners", where + ".party")
            self.partner_share[s["party"]["org"]] = money.percent(s["share"], self.path + "." + where + ".share", whole=True)
        if policy.model == "split" and not policy.split_by_party:
            if self.partner_share:
                self.check(sum(self.partner_share.values()) == 1, "booking.share.total", "partner_shares")
            for p in self.payees:
                if p.side == "partner" and not p.company:
                    known = p.party[1] in self.partner_share
                    self.check(known, "booking.partner_share.missing", "payees[%d].party" % p.i)

    def check_groups(self, policy):
        reps = [p for p in self.payees if p.creditable]
        primary = [p for p in reps if policy.model == "role_based" and p.role == "primary"]
        if self.origin != "both" or policy.joint_primary != "both":
            sides = [p.side for p in primary]
            for p in primary:
                if not self.check(p.side == sides[0], "booking.primary.two_sides", "payees[%d].role" % p.i):
                    break
        if self.lead:
            for p in primary:
                ok = p.side == "vendor" or p.party[1] == self.lead
                self.check(ok, "booking.primary.participant", "payees[%d].role" % p.i)
        groups = {}
        for p in reps:
            groups.setdefault(p.group(policy), []).append(p)
        for group in groups.values():
            missing = [p for p in group if p.share is None]
            if len(group) == 1 and missing:
                group[0].share = Fraction(1)
            elif missing:
                for p in missing:
                    self.check(False, "booking.share.missing", "payees[%d].share" % p.i)
            else:
                total = sum(p.share for p in group)
                self.check(total == 1, "booking.share.total", "payees[%d].share" % group[0].i)
        support = {}
        for p in reps:
            if policy.model == "role_based" and p.role == "supporting":
                support.setdefault(p.party, []).append(p)
        for supporters in support.values():
            total = sum(policy.contributions[id] for id in {p.contribution for p in supporters})
            where = "payees[%d].contribution" % supporters[0].i
            self.check(total <= 1, "booking.support_above_primary", where)

    def order(self):
        """The order of lines: reps, then companies; of each the first side first."""

        def rank(p):
            side = 0 if p.side == self.first else 1
            o, rep = p.party[1].encode(), p.rep.encode()
            return (1, side, rep, o) if p.company else (0, side, o, rep)

        self.payees.sort(key=rank)


class Payee:
    def __init__(self, i, doc):
        self.i, self.doc = i, doc
        self.rep = doc.get("rep", "")
        self.side = doc["party"]["side"]
        self.party = (self.side, doc["party"]["org"])
        self.company = doc.get("company", False)
        self.role = doc.get("role")
        self.contribution = None
        self.share = self.rate = self.fixed = None
        self.tables = []

    def group(self, policy):
        if policy.model != "role_based":
            return self.party
        return (self.party, self.role, self.contribution)


# ------------------------------------------------------------------------------------------------- credit of a deal


class Line:
    """A line of the deal: commission is that of the whole deal, held is what comp.cumulative calls so."""

    def __init__(self, payee, credited):
        self.payee, self.credited = payee, credited
        self.quota_credit = self.influenced = 0
        self.exact = Fraction(0)  # the exact credit that it is priced by
        self.commission = self.held = None
        self.table = None
        self.unheld = 0
        self.limit = None  # what held it

    def price(self, exact, policy):
        self.held = exact
        self.commission = self.unheld = rounded(exact, policy.rounding)


def credit(policy, b):
    """For every rep: capacity, exact credit, shown credit, whether it is influenced."""
    reps = [p for p in b.payees if not p.company]
    parts = {}
    for p in reps:
        rounding = policy.rounding
        capacity, percentage, influenced = "seller", Fraction(1), False
        if policy.model == "role_based":
            capacity = p.role
            if p.role == "supporting":
                percentage = policy.contributions[p.contribution]
        elif policy.model == "origination":
            brought = b.origin in (p.side, "both")
            if b.lead and p.side == "partner" and p.party[1] != b.brought_by:
                brought = False
            if not brought:
                capacity, percentage, influenced = "influencer", policy.influenced, True
            elif b.origin == "both":
                capacity, percentage = "joint_originator", Fraction(1, 2)
                rounding = "half_away_from_zero" if p.side == b.first else "toward_zero"
            else:
                capacity = "originator"
        elif b.lead and not policy.split_by_party and p.side == "partner":
            percentage = b.partner_share[p.party[1]]
        exact = b.quota_value[p.side] * percentage * p.share
        parts.setdefault(p.party, []).append((p, capacity, exact, influenced, rounding))
    totals = {party: rounded(sum(x[2] for x in part), part[0][4]) for party, part in parts.items()}
    if policy.model == "split" and b.lead and not policy.split_by_party:
        orgs = sorted(b.partner_share, key=lambda o: o.encode())
        divided = money.divide(b.quota_value["partner"], [b.partner_share[o] for o in orgs])
        for o, total in zip(orgs, divided):
            totals["partner", o] = total
    result = {}
    for party, part in parts.items():
        # comp.conserve: the exact credits as they are, not scaled to the total
        shown = money.largest_remainder(totals[party], [x[2] for x in part])
        for (p, capacity, exact, influenced, _), units in zip(part, shown):
            result[p] = (capacity, exact, units, influenced)
    return result


def price(policy, b, run):
    """The lines of a booking, all priced from the sums before it, then entered one by one."""
    credits = credit(policy, b)
    lines = []
    for p in b.payees:
        if p.company:
            line = Line(p, "company" if p.fixed is None else "company_fee")
            line.price(Fraction(p.fixed) if p.fixed is not None else b.value * p.rate, policy)
            lines.append(line)
            continue
        capacity, exact, shown, influenced = credits[p]
        line = Line(p, capacity)
        line.exact = exact
        if influenced:
            line.influenced = shown
        if not influenced or policy.influenced_counts:
            line.quota_credit = shown
        pays = not influenced or policy.influenced_pays
        lines.append(line)
        if p.doc.get("credit_only"):
            continue
        if not p.tables:
            line.price(exact * p.rate if pays else Fraction(0), policy)
            continue
        for i, table in enumerate(p.tables):
            priced = line
            if i > 0:
                priced = Line(p, capacity)
                priced.exact = exact
                lines.append(priced)
            priced.table = table
            if not pays:
                priced.price(Fraction(0), policy)
                priced.table_counts = False
                continue
            priced.table_counts = True
            price_by_table(policy, b, run, priced, shown, influenced and not policy.influenced_counts)
    return enter(policy, b, run, lines)


def price_by_table(policy, b, run, line, shown, still):
    table, p = line.table, line.payee
    quota = None
    if table.measure == "attainment":
        quota = policy.quota(p.rep, money.period(b.closed, policy.period, policy.year_start)[0])[0]
    start = 0 if table.measure == "deal_amount" else run.credit(p)
    end = start + shown
    if still and table.measure != "deal_amount":
        end = start  # influenced credit that counts toward no quota does not move along the measure
    if table.method == "retroactive":
        rate = table.tiers[table.tier(end, quota)].rate
    else:
        first = table.tier(start, quota)
        cuts = [Fraction(start)]
        rates = [table.tiers[first].rate]
        for i in range(first + 1, len(table.tiers)):
            if table.bound(i, quota) < end:
                cuts.append(Fraction(table.bound(i, quota)))
                rates.append(table.tiers[i].rate)
        cuts.append(Fraction(end))
        rate = rates[0]
        if len(rates) > 1:
            rate = sum((cuts[i + 1] - cuts[i]) * r for i, r in enumerate(rates)) / (end - start)
    line.price(line.exact * rate, policy)
    if table.deal_floor is not None and line.commission < table.deal_floor:
        line.commission, line.limit = table.deal_floor, "deal_floor"
    if table.deal_cap is not None and line.commission > table.deal_cap:
        line.commission, line.limit = table.deal_cap, "deal_cap"
    cap_of_period(run, line)
    if line.limit:
        line.held = Fraction(line.commission)


def cap_of_period(run, line):
    cap = line.table.period_cap
    if cap is None:
        return
    rest = max(0, cap - run.paid(line.payee, line.table))
    if line.commission > rest:
        line.commission, line.limit = rest, "period_cap"


def enter(policy, b, run, lines):
    """Enters priced lines into the run; true-ups follow the line that causes them."""
    result = []
    for line in lines:
        result.append(line)
        p = line.payee
        if p.company:
            continue
        before = run.credit(p)
        run.credits[p.rep] = after = before + line.quota_credit
        true_ups = []
        # comp.true_up: the table that priced first in the period comes first
        for id in [id for rep, id in run.tables if rep == p.rep]:
            table, sums = policy.tables[id], run.tables[p.rep, id]
            if table.method != "retroactive" or table.measure == "deal_amount" or sums.lines == 0:
                continue
            quota = None
            if table.measure == "attainment":
                quota = policy.quota(p.rep, run.begin)[0]
            tier = table.tier(after, quota)
            if tier > table.tier(before, quota):
                up = rounded(sums.priced * table.tiers[tier].rate, policy.rounding) - sums.unheld
                if up != 0:
                    true_ups.append((table, up))
        if line.table and line.table_counts:
            run.sums(p, line.table).add(1, line.exact, line.unheld, line.commission)
        for table, up in true_ups:
            t = Line(p, "true_up")
            t.table, t.table_counts = table, True
            t.unheld = t.commission = up
            cap_of_period(run, t)
            t.held = Fraction(t.commission)
            run.sums(p, table).add(0, Fraction(0), t.unheld, t.commission)
            result.append(t)
    return result


# ------------------------------------------------------------------------------------------------- runs and ledger


class Sums:
    def __init__(self):
        self.lines = 0
        self.priced = Fraction(0)
        self.unheld = self.paid = 0

    def add(self, lines, priced, unheld, paid):
        self.lines += lines
        self.priced += priced
        self.unheld += unheld
        self.paid += paid


class Run:
    """What one period keeps, in one currency."""

    def __init__(self, begin, end):
        self.begin, self.end = begin, end
        self.credits = {}  # of a rep: the shown quota credit
        self.tables = {}  # of a rep and a table: Sums
        self.payees = {}

    def credit(self, p):
        return self.credits.get(p.rep, 0)

    def sums(self, p, table):
        self.payees[p.rep] = p
        return self.tables.setdefault((p.rep, table.id), Sums())

    def paid(self, p, table):
        sums = self.tables.get((p.rep, table.id))
        return sums.paid if sums else 0

    def close(self, policy):
        """The lines that closing the period makes."""
        lines = []

        def order(key):  # comp.floor
            rep, id = key
            return (self.payees[rep].party, rep.encode(), id)

        for rep, id in sorted(self.tables, key=order):
            table, sums = policy.tables[id], self.tables[rep, id]
            floor = table.period_floor
            if floor is None or sums.lines == 0:
                continue
            if table.period_cap is not None:
                floor = min(floor, table.period_cap)
            if floor > sums.paid:
                line = Line(self.payees[rep], "floor")
                line.table = table
                line.commission = floor - sums.paid
                lines.append(line)
        return lines


class Flow:
    """The money of one deal: four sums, and what a share of the whole is received or gone."""

    def __init__(self, value):
        self.value = self.left = value
        self.received = self.returning = self.written = 0

    def all_that_is_left(self, kind):
        if kind == "received":
            return self.left - self.received
        if kind == "reversed":
            return self.left
        if kind == "refunded":
            return self.received + self.returning
        return self.left - self.received - self.written

    def move(self, kind, a):
        if kind == "received":
            self.received += a
        elif kind == "reversed":
            self.left -= a
            above = max(0, self.received - self.left)
            self.received -= above
            self.returning += above
        elif kind == "refunded":
            first = min(a, self.returning)
            self.returning -= first
            self.received -= a - first
        else:
            self.written += a
        self.written = min(self.written, max(0, self.left - self.received))

    def due(self, held, rounding):
        received = min(max(self.received, 0), self.left)
        return rounded(held * received / self.value, rounding)

    def kept(self, held, rounding):
        return rounded(Fraction(held) * self.left / self.value, rounding)

    def gone(self, amount, rounding):
        return rounded(Fraction(amount) * (self.value - self.left) / self.value, rounding)


def read_movements(bookings, docs):
    """Movements by deal, each with its day; a deal that is not deferred is received whole on its closing."""
    errors = []
    by_id = {b.id: b for b in bookings}
    ids = set(by_id)
    of = {b.id: [] for b in bookings}
    for i, m in enumerate(docs):
        where = "movements[%d]" % i
        wrong = len(errors)
        if not 0 < len(m.get("id", "").encode()) <= 256:
            errors.append(("booking.id", where + ".id"))
        elif m["id"] in ids:
            errors.append(("movement.repeated", where + ".id"))
        ids.add(m.get("id"))
        b = by_id.get(m.get("of"))
        if b is None:
            errors.append(("movement.of", where + ".of"))
        if m.get("kind") not in KINDS:
            errors.append(("movement.kind.unknown", where + ".kind"))
        if "on" not in m:
            errors.append(("movement.date", where + ".on"))
        on = money.day(m["on"], where + ".on") if "on" in m else None
        if b and on and m["kind"] in ("reversed", "written_off") and on < b.closed:
            errors.append(("movement.date", where + ".on"))
        amount = None
        if "amount" in m and b:
            amount = money.minor(m["amount"]["amount"], m["amount"]["currency"], where + ".amount")
            if amount <= 0 or m["amount"]["currency"] != b.currency:
                errors.append(("movement.amount", where + ".amount"))
        if len(errors) == wrong:
            of[b.id].append(Movement(m["id"], b, m["kind"], on, amount, where))
    for b in bookings:
        if len(of[b.id]) > 1000:
            errors.append(("movement.above", of[b.id][1000].where))
        if not b.deferred:
            of[b.id].append(Movement(b.id, b, "received", b.closed, b.value, b.path))
        of[b.id].sort(key=Movement.rank)
    if errors:
        raise Refused(*errors)
    return of


class Movement:
    def __init__(self, id, b, kind, on, amount, where):
        self.id, self.b, self.kind, self.on, self.amount, self.where = id, b, kind, on, amount, where
        self.date = max(on, b.closed)

    def rank(self):
        return (self.on, KINDS.index(self.kind), self.id.encode())


def settle(b, movements):
    """The amount of every movement of a deal, in the order in which they count; what is above the sums is refused."""
    flow = Flow(b.value)
    for n, m in enumerate(movements):
        rest = flow.all_that_is_left(m.kind)
        m.moved = rest if m.amount is None else m.amount
        if m.moved <= 0 or (m.kind in ("reversed", "written_off") and m.moved > rest):
            raise Refused(("movement.above", m.where + ".amount"))
        flow.move(m.kind, m.moved)
        last_of_day = n == len(movements) - 1 or movements[n + 1].on != m.on
        if last_of_day and not 0 <= flow.received <= flow.left:
            raise Refused(("movement.above", m.where + ".amount"))


def follow(policy, b, lines, movements):
    """The statement of every movement of a deal: changes of credit and of commission by line.

    The statement of a deal that is not deferred stands first and pays all of the value (comp.cumulative)."""
    settle(b, movements)
    flow = Flow(b.value)
    paid = [0] * len(lines)
    gone = [(0, 0, 0, 0, Fraction(0))] * len(lines)
    result = []
    for m in sorted(movements, key=lambda m: (m.date, m.id != b.id, m.rank())):
        flow.move(m.kind, m.moved)
        changes = []
        for k, line in enumerate(lines):
            c = Line(line.payee, line.credited)
            c.table, c.table_counts = line.table, getattr(line, "table_counts", False)
            if line.commission is not None:
                due = flow.due(line.held, policy.rounding)
                c.commission, paid[k] = due - paid[k], due
            unheld = line.unheld if line.limit or line.held is None else line.held  # comp.clawback
            now = (
                flow.gone(line.quota_credit, policy.rounding),
                flow.gone(line.influenced, policy.rounding),
                line.unheld - flow.kept(unheld, policy.rounding),
                (line.commission or 0) - flow.kept(line.held or 0, policy.rounding),
                line.exact * (b.value - flow.left) / b.value,
            )
            c.quota_credit, c.influenced, c.unheld, c.gone, c.exact = [x - y for x, y in zip(gone[k], now)]
            gone[k] = now
            changes.append(c)
        result.append((m, changes))
    return result


class Ledger:
    """Won bookings and movements, priced by date."""

    def __init__(self, policy, bookings, movements):
        self.policy = policy
        self.runs = {}  # of a currency: the open period
        self.statements = []
        events = []
        for b in bookings:
            events.append(((b.closed, 0, b.id.encode()), b))
            for m in movements[b.id]:
                if m.id != b.id:
                    events.append(((m.date, 1, m.rank()), m))
        priced = {}
        errors = []
        for _, event in sorted(events, key=lambda e: e[0]):
            if isinstance(event, Booking):
                b = event
                lines = price(policy, b, self.run(b.currency, b.closed))
                try:
                    changes = follow(policy, b, lines, movements[b.id])
                except Refused as e:
                    errors.extend(e.errors)
                    changes = []
                priced[b.id] = {m.id: c for m, c in changes}
                own = priced[b.id].get(b.id)
                self.state(b, None, [shown(b, l, own[k].commission if own else 0) for k, l in enumerate(lines)])
            elif event.id in priced[event.b.id]:
                m, b = event, event.b
                self.run(b.currency, m.date)  # any event of a later day closes a period
                lines = priced[b.id][m.id]
                if m.kind == "reversed":
                    self.take_back(b, m, lines)
                self.state(b, m, [shown(b, l, l.commission) for l in lines])
        if errors:
            raise Refused(*errors)

    def run(self, currency, day):
        """The open period of a currency. An event of another currency closes it too."""
        begin, end = money.period(day, self.policy.period, self.policy.year_start)
        for code in sorted(self.runs):
            if self.runs[code].begin != begin:
                self.close(code, self.runs.pop(code))
        if currency not in self.runs:
            self.runs[currency] = Run(begin, end)
        return self.runs[currency]

    def close(self, currency, run):
        lines = run.close(self.policy)
        if lines:
            out = [amounts(l, currency, l.commission) for l in lines]
            self.statements.append({"date": run.end.isoformat(), "lines": out})

    def take_back(self, b, m, lines):
        """comp.clawback in a run: credit goes down on the reversal's own day; sums of tables in the same period."""
        run = self.run(b.currency, m.on)
        same = money.period(b.closed, self.policy.period, self.policy.year_start)[0] == run.begin
        for l in lines:
            if l.payee.company:
                continue
            run.credits[l.payee.rep] = run.credit(l.payee) + l.quota_credit
            if same and l.table and l.table_counts:
                exact = Fraction(0) if l.credited == "true_up" else l.exact
                run.sums(l.payee, l.table).add(0, exact, l.unheld, l.gone)

    def state(self, b, m, lines):
        if m is None:
            self.statements.append({"booking": b.id, "date": b.closed.isoformat(), "lines": lines})
        else:
            self.statements.append(
                {"booking": m.id, "of": b.id, "kind": m.kind, "date": m.date.isoformat(), "lines": lines}
            )


def shown(b, line, commission):
    return amounts(line, b.currency, None if line.commission is None else commission)


def amounts(line, currency, commission):
    out = {
        "payee": line.payee.rep,
        "credited": line.credited,
        "quota_credit": money.money(line.quota_credit, currency),
        "influenced": money.money(line.influenced, currency),
        "commission": None if commission is None else money.money(commission, currency),
    }
    if line.table:
        out["table"] = line.table.id
    return out


# -------------------------------------------------------------------------------------------------------- the question


def answer(q):
    if "close" in q:
        raise Unsupported("pay with close")
    policy = Policy(q.get("policy", {}))
    docs = q["bookings"]
    if len(docs) == 1 and "closed" not in docs[0]:
        return {"statements": [projected(policy, docs[0], "bookings[0]")]}
    errors = []
    bookings = []
    parties = {}
    for i, doc in enumerate(docs):
        where = "bookings[%d]" % i
        if "closed" not in doc:
            errors.append(("run.open_deal", where + ".closed"))
            continue
        try:
            b = Booking(policy, doc, where)
        except Refused as e:
            errors.extend(e.errors)
            continue
        if any(b.id == other.id for other in bookings):
            errors.append(("ledger.repeated", where + ".id"))
            continue
        for p in sorted(b.payees, key=lambda p: p.i):
            who = (p.party, p.company)
            if parties.setdefault(p.rep, who) != who:
                errors.append(("booking.rep.two_parties", "%s.payees[%d].rep" % (where, p.i)))
        bookings.append(b)
    if errors:
        raise Refused(*errors)
    movements = q.get("movements", [])
    of = read_movements(bookings, movements)
    ledger = Ledger(policy, bookings, of)
    statements = list(ledger.statements)
    result = {"statements": statements}
    if "project" in q:
        result["projected"] = projected(policy, q["project"]["booking"], "project", ledger, q["project"]["on"])
    if len(bookings) == 1 and not movements:
        result["inflation"] = inflation(policy, bookings[0])
    if "reverse_on" in q:
        result["reversal"], result["net"] = reverse(policy, bookings, movements, q["reverse_on"])
    return result


def reverse(policy, bookings, movements, on):
    """What is left of every booking is reversed; of a booking of which nothing is left there is no reversal."""
    more = []
    for b in bookings:
        left = b.value
        for m in read_movements(bookings, movements)[b.id]:
            if m.kind == "reversed":
                left -= left if m.amount is None else m.amount
        if left > 0:
            more.append({"id": "undo " + b.id, "of": b.id, "kind": "reversed", "on": on})
    after = Ledger(policy, bookings, read_movements(bookings, movements + more)).statements
    undone = {m["id"] for m in more}
    reversal = [s for s in after if s.get("booking") in undone] or None
    party = {p.rep: p.party for b in bookings for p in b.payees}
    company = {p.rep: p.company for b in bookings for p in b.payees}
    sums = {}
    for s in after:
        for line in s["lines"]:
            for name in ("quota_credit", "influenced", "commission"):
                amount = line[name]
                if amount is not None:
                    key = (line["payee"], (name, amount["currency"]))
                    sums[key] = sums.get(key, 0) + money.minor(amount["amount"], amount["currency"])
    net = {rep for (rep, _), units in sums.items() if units}
    return reversal, sorted(net, key=lambda rep: (company[rep], party[rep], rep.encode())) or None


def projected(policy, doc, path, ledger=None, on=None):
    """An open deal: the figures of the whole deal, marked; with a ledger as if it were won on a day.

    The projection of a deal that is deferred shows what it pays in all."""
    b = Booking(policy, dict(doc, closed=on) if on else doc, path)
    run = ledger.run(b.currency, b.closed) if ledger else Run(None, None)
    lines = [dict(shown(b, l, l.commission), projected=True) for l in price(policy, b, run)]
    return {"booking": b.id, "projected": True, "lines": lines}


def inflation(policy, b):
    """All shown quota credit by the larger of the two quota values."""
    total = 0
    for p, (_, _, units, influenced) in credit(policy, b).items():
        if not influenced or policy.influenced_counts:
            total += units
    return str(Fraction(total, max(b.quota_value.values())))
