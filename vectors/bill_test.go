package vectors_test

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// reckoning is how a policy counts, with the periods that hold the days on which drawn deals close.
type reckoning struct {
	period, start string
	begins        []string
}

var (
	reckonings = []reckoning{
		{"month", "january", []string{"2026-11-01", "2026-12-01", "2027-01-01"}},
		{"quarter", "january", []string{"2026-10-01", "2027-01-01"}},
		{"quarter", "february", []string{"2026-11-01"}},
		{"year", "january", []string{"2026-01-01", "2027-01-01"}},
		{"year", "april", []string{"2026-04-01"}},
	}
	closings = []string{"2026-11-20", "2026-11-25", "2026-12-05", "2027-01-10"}
	tables   = []string{"t", "u", "v"}
)

// bill is a policy with bookings, often with movements, which may take more than there is, and with all reversed.
func (d draw) bill() object {
	q := d.bookings(d.from(1, 4))
	if d.in(60) {
		if list := d.movements(q["bookings"].([]object)); list != nil {
			q["movements"] = list
		}
	}
	if d.in(40) {
		q["reverse_on"] = "2027-04-15"
	}
	return q
}

func (d draw) bookings(n int) object {
	policy := d.policy()
	var list []object
	for i := range n {
		list = append(list, d.booking(fmt.Sprint("D-", i+1), policy))
	}
	return object{"policy": policy, "bookings": list}
}

func (d draw) policy() object {
	count := one(d, reckonings...)
	drawn, quotas := object{}, object{}
	for _, id := range tables {
		drawn[id] = d.table()
	}
	for _, rep := range []string{"ana", "amy", "abe", "bo", "cy", "zoe", "yan"} {
		of := object{}
		for _, begin := range count.begins {
			of[begin] = decimal(d.cents(), 2) + " USD"
		}
		quotas[rep] = of
	}
	return object{
		"rounding":     one(d, "half_even", "half_away_from_zero", "toward_zero"),
		"model":        one(d, "split", "origination", "role_based"),
		"joint_origin": one(d, "equal", "partner", "vendor"), "joint_primary": one(d, "filer", "both"),
		"split_by_party": d.in(50),
		"origination": object{"influenced": d.part(), "influenced_pays_commission": d.in(70),
			"influenced_counts_toward_quota": d.in(50)},
		"role_based": object{"contributions": object{"a": percent(d.IntN(27e6)), "b": "30%", "c": "30%", "d": "12.5%"}},
		"rates":      object{"tables": drawn, "period": count.period, "year_start": count.start, "quotas": quotas},
	}
}

func (d draw) table() object {
	measure := one(d, "deal_amount", "period_amount", "attainment")
	table := object{"measure": measure, "method": one(d, "marginal", "retroactive")}
	var bounds []int
	for range d.from(0, 3) {
		if measure == "attainment" {
			bounds = append(bounds, d.from(1, 300)*one(d, 1000000, 333333, 500000))
		} else {
			bounds = append(bounds, d.cents())
		}
	}
	slices.Sort(bounds)
	bounds = slices.Compact(bounds)
	var tiers []object
	for i := range len(bounds) + 1 {
		tier := object{"rate": d.part()}
		write := func(name string, bound int) {
			tier[name] = decimal(bound, 2)
			if measure == "attainment" {
				tier[name] = percent(bound)
			}
		}
		if i > 0 {
			write("from", bounds[i-1])
		}
		if i < len(bounds) {
			write("to", bounds[i])
		}
		tiers = append(tiers, tier)
	}
	table["tiers"] = tiers
	if measure != "attainment" {
		table["currency"] = "USD"
		for _, limit := range []string{"deal_floor", "deal_cap", "period_cap", "period_floor"} {
			if d.in(20) {
				table[limit] = decimal(d.cents()/one(d, 1, 10), 2)
			}
		}
	}
	return table
}

// booking has payees of both sides, at times of two partners, and companies.
func (d draw) booking(id string, policy object) object {
	b := object{"id": id, "value": dollars(d.cents()), "closed": one(d, closings...),
		"source": one(d, "partner", "vendor", "joint")}
	for _, side := range []string{"partner_quota", "vendor_quota"} {
		if d.in(20) {
			b[side] = dollars(d.cents())
		}
	}
	if d.in(40) {
		b["registrant"] = one(d, "partner", "vendor", "joint_by_partner", "joint_by_vendor")
	}
	if d.in(40) {
		b["deferred"] = true
	}
	reps := map[string][]string{"acme": {"ana", "amy", "abe"}, "us": {"bo", "cy"}}
	if d.in(40) {
		b["lead_partner"] = "acme"
		reps["bolt"] = []string{"zoe", "yan"}
		if d.in(50) {
			b["brought_by"] = one(d, "acme", "bolt")
		}
		if policy["model"] == "split" && policy["split_by_party"] == false {
			shares := d.shares(2)
			b["partner_shares"] = []object{{"party": partner("acme"), "share": shares[0]},
				{"party": partner("bolt"), "share": shares[1]}}
		}
	}
	if policy["model"] != "origination" && d.in(20) {
		delete(b, "source")
	}
	var payees []object
	first := one(d, "acme", "us")
	for _, org := range []string{"acme", "us", "bolt"} {
		payees = append(payees, d.payees(org, some(d, 1, 3, reps[org]...), policy, org == first)...)
	}
	for _, org := range []string{"acme", "us"} {
		if d.in(20) {
			p := object{"rep": org + "/fee", "party": parties[org], "company": true, "rate": d.part()}
			if d.in(50) {
				delete(p, "rate")
				p["fixed"] = dollars(d.cents())
			}
			payees = append(payees, p)
		}
	}
	d.Shuffle(len(payees), func(i, j int) { payees[i], payees[j] = payees[j], payees[i] })
	b["payees"] = payees
	return b
}

// payees are the people of one party, with shares where several of them share one credit.
func (d draw) payees(org string, reps []string, policy object, primary bool) []object {
	groups := make(map[string][]object)
	var list []object
	for _, rep := range reps {
		p, group := object{"rep": rep, "party": parties[org]}, ""
		if policy["model"] == "role_based" {
			if group = "primary"; !primary || d.in(30) {
				group = one(d, "a", "b", "c", "d")
				p["role"], p["contribution"] = "supporting", group
				if group == "b" && d.in(50) {
					p["also_contributed"] = some(d, 1, 2, "c", "d") // neither counts more than the first
				}
			} else {
				p["role"] = group
			}
		}
		groups[group] = append(groups[group], p)
		switch k := d.IntN(100); {
		case k < 50:
			p["table"] = one(d, tables...)
			if d.in(40) {
				others := slices.DeleteFunc(slices.Clone(tables), func(t string) bool { return t == p["table"] })
				p["added_tables"] = some(d, 1, 2, others...)
			}
		case k < 60:
			p["credit_only"] = true
		default:
			p["rate"] = d.part()
		}
		list = append(list, p)
	}
	for _, group := range slices.Sorted(maps.Keys(groups)) {
		if sharers := groups[group]; len(sharers) > 1 {
			for i, share := range d.shares(len(sharers)) {
				sharers[i]["share"] = share
			}
		}
	}
	return list
}

func (d draw) movements(bookings []object) []object {
	var list []object
	for _, b := range bookings {
		cents, err := strconv.Atoi(strings.Replace(b["value"].(object)["amount"].(string), ".", "", 1))
		if err != nil {
			panic(err)
		}
		for range one(d, 0, 0, 1, 2, 3) {
			list = append(list, object{"id": fmt.Sprint(one(d, "A", "E", "M", "Z"), "-", len(list)), "of": b["id"],
				"kind": one(d, "received", "received", "reversed", "refunded", "written_off"),
				"on": one(d, "2026-10-05", "2026-11-20", "2026-11-24", "2026-12-01", "2026-12-10",
					"2027-01-05", "2027-01-10", "2027-04-05"),
				"amount": dollars(max(1, one(d, cents, cents/2, cents/3, d.from(1, cents))))})
		}
	}
	d.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

// defects make a bill bad: each changes one thing of a policy, of a booking or of a payee, or nothing where that thing
// is not there.
var defects = []func(d draw, policy, booking, payee object){
	func(_ draw, _, _, p object) {
		for _, way := range []string{"rate", "table", "added_tables", "fixed", "credit_only"} {
			delete(p, way)
		}
	},
	func(_ draw, _, _, p object) { spoil(p, "rate", "100.000001%") },
	func(_ draw, _, _, p object) { spoil(p, "rate", "1.0000001%") },
	func(_ draw, _, _, p object) { spoil(p, "share", "12.345678%") },
	func(_ draw, _, _, p object) { delete(p, "share") },
	func(_ draw, _, _, p object) { p["rep"] = "" },
	func(_ draw, _, _, p object) { p["rep"] = strings.Repeat("x", 257) },
	func(_ draw, _, _, p object) { spoil(p, "role", "boss") },
	func(_ draw, _, _, p object) { spoil(p, "contribution", "zzz") },
	func(_ draw, _, _, p object) { spoil(p, "also_contributed", []string{"zzz"}) },
	func(_ draw, _, _, p object) { spoil(p, "table", "zzz") },
	func(_ draw, _, _, p object) { p["fixed"], p["rate"] = dollars(5), "5%" },
	func(_ draw, _, b, _ object) { b["value"] = dollars(0) },
	func(_ draw, _, b, _ object) { b["value"] = dollars(-5) },
	func(_ draw, _, b, _ object) { b["partner_quota"] = dollars(0) },
	func(_ draw, _, b, _ object) { b["vendor_quota"] = object{"amount": "5.00", "currency": "EUR"} },
	func(_ draw, _, b, _ object) { b["id"] = "" },
	func(_ draw, _, b, _ object) { b["id"] = "D-1" },
	func(_ draw, _, b, _ object) { delete(b, "source"); delete(b, "registrant") },
	func(_ draw, _, b, _ object) { delete(b, "lead_partner") },
	func(_ draw, _, b, _ object) { spoil(b, "brought_by", "us") },
	func(_ draw, policy, _, _ object) { policy["model"] = "bogus" },
	func(_ draw, policy, _, _ object) { policy["origination"].(object)["influenced"] = "101%" },
	func(d draw, policy, _, _ object) { d.tier(policy, 0)["rate"] = "101%" },
	func(d draw, policy, _, _ object) { d.anyTable(policy)["measure"] = "bogus" },
	func(d draw, policy, _, _ object) { spoil(d.anyTable(policy), "deal_cap", "-1.00") },
	func(d draw, policy, _, _ object) {
		tier := d.tier(policy, 1)
		if from, _ := tier["from"].(string); strings.HasSuffix(from, "%") {
			tier["from"] = "0%"
		} else {
			spoil(tier, "from", "0.00")
		}
	},
}

func spoil(o object, name string, with any) {
	if _, ok := o[name]; ok {
		o[name] = with
	}
}

func (d draw) anyTable(policy object) object {
	return policy["rates"].(object)["tables"].(object)[one(d, tables...)].(object)
}

func (d draw) tier(policy object, i int) object {
	tiers := d.anyTable(policy)["tiers"].([]object)
	return tiers[min(i, len(tiers)-1)]
}

// badBill is a bill with one defect, or with none where the defect found nothing to change.
func (d draw) badBill() object {
	q := d.bookings(d.from(1, 2))
	booking := one(d, q["bookings"].([]object)...)
	one(d, defects...)(d, q["policy"].(object), booking, one(d, booking["payees"].([]object)...))
	return q
}
