package vectors_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"
)

// object is a document as JSON.
type object = map[string]any

// draw draws random questions.
type draw struct{ *rand.Rand }

// one returns one of a list.
func one[T any](d draw, list ...T) T { return list[d.IntN(len(list))] }

// some returns from least to most of a list, each once.
func some[T any](d draw, least, most int, list ...T) []T {
	list = slices.Clone(list)
	d.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list[:min(len(list), d.from(least, most))]
}

// in says yes in so many of a hundred cases.
func (d draw) in(percent int) bool { return d.IntN(100) < percent }

// from returns a number from least to most.
func (d draw) from(least, most int) int { return least + d.IntN(most-least+1) }

func (d draw) question() asked {
	switch k := d.IntN(20); {
	case k < 8:
		return asked{"pay", d.bill()}
	case k < 12:
		return asked{"pay", d.badBill()}
	case k < 17:
		return asked{"register", d.history()}
	case k < 19:
		return asked{"divide", d.division()}
	default:
		return asked{"read", d.text()}
	}
}

func (d draw) division() object {
	currency := one(d, "USD", "JPY", "KWD", "CLF")
	places := map[string]int{"USD": 2, "KWD": 3, "CLF": 4}[currency]
	units := one(d, 0, d.from(-1000, 1000), d.from(-1e12, 1e12))
	amount := decimal(units, places) + " " + currency
	weights := []int{}
	for range d.from(0, 9) {
		weights = append(weights, one(d, 0, 1, d.IntN(11), d.IntN(1e9)))
	}
	if d.in(5) {
		weights = append(weights, -1)
	}
	return object{"amount": amount, "weights": weights}
}

func (d draw) text() object {
	s := one(d, "", "", "-") + strconv.Itoa(one(d, d.IntN(1e3), d.IntN(1e5), d.IntN(1e15))) +
		one(d, "", "", ".", ".0", ".50", "."+strconv.Itoa(d.IntN(1e5)))
	if d.in(50) {
		return object{"as": "percent", "text": s + "%"}
	}
	return object{"as": "money", "text": s + " " + one(d, "USD", "USD", "JPY", "KWD", "CLF", one(d, "XAU", "QQQ"))}
}

// decimal writes a whole number of the smallest units.
func decimal(units, places int) string {
	if units < 0 {
		return "-" + decimal(-units, places)
	}
	digits := fmt.Sprintf("%0*d", places+1, units)
	if places == 0 {
		return digits
	}
	return digits[:len(digits)-places] + "." + digits[len(digits)-places:]
}

func dollars(cents int) object { return object{"amount": decimal(cents, 2), "currency": "USD"} }

// percent writes millionths of a percent as short as they can be.
func percent(millionths int) string {
	return strings.TrimSuffix(strings.TrimRight(decimal(millionths, 6), "0"), ".") + "%"
}

// cents is an amount of the sizes at which rules change: small, round, at a bound, any.
func (d draw) cents() int {
	return one(d, d.from(1, 300), d.from(1, 5000)*100, d.from(1, 1e7),
		one(d, 100000, 500000, 800000, 999999, 1000000, 1000001))
}

func (d draw) part() string {
	return percent(one(d, d.from(0, 20)*1e6, d.from(0, 1000)*1e4, d.from(0, 99999999)))
}

// shares are n percentages that make up 100 %.
func (d draw) shares(n int) []string {
	equal, cuts := d.in(50), []int{0, 1e8}
	for i := 1; i < n; i++ {
		if equal {
			cuts = append(cuts, 1e8*i/n)
		} else {
			cuts = append(cuts, d.IntN(1e8+1))
		}
	}
	slices.Sort(cuts)
	var list []string
	for i := range n {
		list = append(list, percent(cuts[i+1]-cuts[i]))
	}
	return list
}

// history is a sequence of filings and steps about few accounts, and questions about their claims.
func (d draw) history() object {
	q, acts, claims := object{}, []object{}, []object{}
	if d.in(50) {
		q["policy"] = object{"protection": one(d, 5, 30, 120), "extensions": d.IntN(3), "extension": one(d, 3, 30),
			"approve_within": one(d, 1, 2, 5), "confirm_within": one(d, 1, 3, 10), "waiting_claims": one(d, 1, 2, 100)}
	}
	start := time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC)
	at := start
	for range d.from(2, one(d, 6, 14)) {
		hours := one(d, 0, 0, 1, 5, 24, 24, 72, 480, 1440)
		at = at.Add(time.Duration(hours)*time.Hour + time.Duration(d.IntN(2))*time.Microsecond)
		if len(claims) == 0 || d.in(40) {
			claims = append(claims, d.filing(at, claims))
			acts = append(acts, claims[len(claims)-1])
		} else {
			acts = append(acts, d.step(at, one(d, claims...)))
		}
	}
	q["acts"] = acts
	if d.in(25) {
		since := start.Add(one(d, -time.Hour, 48*time.Hour))
		q["customers"] = []object{{"account": object{"domains": []string{"hooli.com"}}, "since": since}}
	}
	var asks []object
	for range 3 {
		after := time.Duration(one(d, 1, 1, 1, 100, 1000)) * time.Hour
		asks = append(asks, object{"claim": one(d, claims...)["id"], "party": parties[d.org()], "as_of": at.Add(after)})
	}
	q["ask"] = asks
	return q
}

var (
	parties = map[string]object{"acme": partner("acme"), "bolt": partner("bolt"), "core": partner("core"),
		"us": {"side": "vendor", "org": "us"}}
	people = map[string][]string{"acme": {"ana", "amy"}, "bolt": {"bea"}, "core": {"cleo"}, "us": {"noor", "vic", "bo"}}
)

func partner(org string) object { return object{"side": "partner", "org": org} }

func (d draw) org() string { return one(d, "acme", "bolt", "core", "us") }

func (d draw) filing(at time.Time, before []object) object {
	org := d.org()
	id := string(rune('A' + len(before)))
	accounts := one(d, []string{"hooli.com"}, []string{"hooli.com"}, []string{"initech.com"},
		[]string{"hooli.com", "initech.com"})
	f := object{"key": id, "account": object{"domains": accounts}, "by": one(d, people[org]...)}
	if len(before) > 0 && d.in(5) {
		f["key"] = one(d, before...)["id"]
	}
	if d.in(30) {
		f["products"] = some(d, 1, 2, "db", "mail", "crm")
	}
	if d.in(30) {
		f["regions"] = some(d, 1, 2, "emea", "apac")
	}
	if d.in(30) {
		f["functions"] = some(d, 1, 2, "resale", "integration")
	}
	joint := ""
	if d.in(30) {
		joint = "us"
		if org == "us" {
			joint = one(d, "acme", "bolt")
		}
		f["with"] = parties[joint]
	}
	if d.in(15) && (org != "us" || joint != "") {
		var list []object
		for _, o := range some(d, 1, 2, "acme", "bolt", "core") {
			if o != org && o != joint {
				list = append(list, parties[o])
			}
		}
		if list != nil {
			f["also"] = list
		}
	}
	act := object{"at": at, "id": id, "claimant": parties[org], "file": f}
	if d.in(10) {
		act["admit"], act["reason"] = object{"name": "noor", "party": parties["us"]}, "asked"
	}
	return act
}

// step is mostly taken by somebody who may take it.
func (d draw) step(at time.Time, claim object) object {
	do := one(d, "approve", "approve", "approve", "reject", "withdraw", "extend", "extend", "win", "lose", "confirm",
		"confirm", "hand", "hand", "hand", "admit")
	org := d.org()
	switch do {
	case "approve", "reject", "admit":
		if d.in(95) {
			org = "us"
		}
	default:
		if d.in(70) {
			org = claim["claimant"].(object)["org"].(string)
		}
		if with, ok := claim["file"].(object)["with"].(object); ok && do == "confirm" && d.in(80) {
			org = with["org"].(string)
		}
		if do == "hand" && d.in(40) {
			org = "us"
		}
	}
	e := object{"do": do, "by": object{"name": one(d, people[org]...), "party": parties[org]}, "at": at}
	switch do {
	case "reject", "admit":
		e["reason"] = "why"
	case "extend":
		e["progress"] = at.Add(-one(d, time.Hour, 30*time.Hour, 100*time.Hour, -time.Hour, time.Microsecond))
	case "hand":
		e["to"] = parties[one(d, "bolt", "bolt", "bolt", "core", "acme")]
	}
	return object{"at": at, "claim": claim["id"], "do": e}
}
