package schematest

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"pgregory.net/rapid"
)

// spot is a place in a document where a value stands, with the way to replace or remove
// it.
type spot struct {
	get    func() any
	set    func(any)
	remove func()
	parent any
	key    string
}

// spots returns every place below a value, in a fixed order.
func spots(v any, found []spot) []spot {
	switch v := v.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			found = append(found, spot{
				get: func() any { return v[key] }, set: func(n any) { v[key] = n },
				remove: func() { delete(v, key) }, parent: v, key: key,
			})
			found = spots(v[key], found)
		}
	case []any:
		for i := range v {
			found = append(found, spot{get: func() any { return v[i] }, set: func(n any) { v[i] = n }, parent: v})
			found = spots(v[i], found)
		}
	}
	return found
}

// texts are texts that people and programs write in the wrong place, and texts at a bound.
var texts = []string{
	"", " ", "x", "none", "partner", "vendor", "partner_led", "standard", "simplified", "leads", "joint", "required", "after_close", "unknown", "yes", "mail", "renew", "advance", "role_based", "marginal",
	"0%", "-0%", "100%", "100.000000%", "100.0000000%", "100.000001%", "130%", "-1%", "30", "30 %", "0030%", "1e1%", "+5%", "9999999999999999999%", "٣%",
	"0", "-0.00", "0.00", "0.01", "0.001", "1.", ".5", "1e3", "1,000.00", "-5", "25000.00", "99999999999999999999", "00012.50", "0.0001", "0.00001", "5 USD", "5.00 USD", "0 USD", "-5 USD", "5  USD", "5.00 usd",
	"USD", "usd", "JPY", "XAU", "XXX", "ZZZ", "US",
	"2026-11-22T09:30:00Z", "2026-11-22T09:30:00.123456789+05:30", "2026-11-22T09:30:00,5Z", "2026-11-22t09:30:00z", "2026-11-22 09:30:00Z", "2026-11-22T9:30:00Z", "2026-11-22T09:30:00",
	"2016-12-31T23:59:60Z", "2026-11-22T24:00:00Z", "2026-11-22T09:30:00+24:00", "2026-11-22T09:30:00-00:00", "0001-01-01T00:00:00Z", "0000-12-31T23:59:59Z", "9000-12-31T23:59:59-01:00", "2026-02-30T00:00:00Z",
	"1 EUR = 1.0825 USD on 2026-11-02", "1 EUR = 1. USD on 2026-11-02", "2 EUR = 1.0825 USD on 2026-11-02", "1 EUR = 1.0825 USD",
	"2026-01-01", "2026-02-30", "2026-13-01", "0000-01-01", "9999-12-31", "2026-1-1", "2026-04-01",
	"1 hour", "1 hours", "2 hour", "24 hours", "0 days", "10000 days", "10001 days", "1 business day", "02 days", "1 week",
	"1h", "1h30m", "30m1h", "8784h", "8785h", "0s", "0", "1ms", "1.5h", "100000000h", "1h1h1h1h1h1h1h1h", "9999999999999999999h",
	"UTC", "Local", "Europe/Berlin", "Mars Base", "é", "\u200b", "\u00a0", "\u0085", "\ufeff", "a\u202eb", "a\nb", "\x00", "\u2028",
	"gate.tasks", "gate.registered", "gate.order", "gate.partner_engaged", "gate.unknown", "registered", "discovery", "won", "close", "register_deal", "role.discovery", "role.unknown", "Deal", "manager", "deal_desk_legal", "january",
	strings.Repeat("a", 64), strings.Repeat("a", 65), strings.Repeat("a", 128), strings.Repeat("a", 129), strings.Repeat("é", 128), strings.Repeat("a", 256), strings.Repeat("a", 257), strings.Repeat("é", 200),
	strings.Repeat("a", 1024), strings.Repeat("a", 1025), strings.Repeat("é", 1000), strings.Repeat("a", 4096), strings.Repeat("a", 4097), strings.Repeat("é", 4000), strings.Repeat("a", 253), strings.Repeat("a", 254),
}

// numbers are numbers that may stand for a count of days.
var numbers = []json.Number{"-1", "0", "1", "2", "7", "30", "31", "100", "260", "261", "365", "366", "1024", "1025", "3650", "3651", "7.0", "7e0", "1E2", "0.5", "-0", "1e999999", "99999999999999999999"}

// mutate changes a document at one place.
func mutate(t *rapid.T, document map[string]any) {
	places := spots(document, nil)
	if members := slices.Sorted(maps.Keys(document)); len(members) > 0 && rapid.IntRange(0, 9).Draw(t, "in one section") > 0 {
		member := rapid.SampledFrom(members).Draw(t, "section") // the playbooks are larger than all others together
		if below := spots(document[member], nil); len(below) > 0 {
			places = below
		}
	}
	if len(places) == 0 {
		return
	}
	at := places[rapid.IntRange(0, len(places)-1).Draw(t, "place")]
	switch rapid.SampledFrom([]string{"drop", "add", "case", "type", "value", "value", "value", "value", "value", "value", "value", "value", "move", "duplicate", "swap", "empty"}).Draw(t, "what") {
	case "drop":
		if at.remove != nil {
			at.remove()
		} else {
			at.set(nil)
		}
	case "add":
		if object, ok := at.get().(map[string]any); ok {
			object[rapid.SampledFrom([]string{"x", "", "first", "covers", "leader", "rates", "technical_validation", "Åse", "2026-01-01"}).Draw(t, "name")] = anything(t)
		}
	case "case":
		if object, ok := at.parent.(map[string]any); ok {
			v := at.get()
			at.remove()
			object[strings.ToUpper(at.key[:min(1, len(at.key))])+at.key[min(1, len(at.key)):]] = v
		}
	case "type":
		at.set(rapid.SampledFrom([]any{nil, true, json.Number("1"), "text", []any{}, map[string]any{}, []any{nil}, []any{"a"}}).Draw(t, "other"))
	case "value":
		at.set(another(t, at.get()))
	case "move":
		at.set(clone(places[rapid.IntRange(0, len(places)-1).Draw(t, "from")].get()))
	case "duplicate":
		if l, ok := at.get().([]any); ok && len(l) > 0 {
			at.set(append(slices.Clone(l), clone(l[rapid.IntRange(0, len(l)-1).Draw(t, "again")])))
		}
	case "swap":
		if l, ok := at.get().([]any); ok && len(l) > 1 {
			i := rapid.IntRange(1, len(l)-1).Draw(t, "i")
			l[0], l[i] = l[i], l[0]
		}
	case "empty":
		switch at.get().(type) {
		case []any:
			at.set([]any{})
		case map[string]any:
			at.set(map[string]any{})
		}
	}
}

// clone copies a value, so that a document holds no value twice, or inside itself.
func clone(v any) any {
	switch v := v.(type) {
	case map[string]any:
		c := make(map[string]any, len(v))
		for key, below := range v {
			c[key] = clone(below)
		}
		return c
	case []any:
		c := make([]any, len(v))
		for i, below := range v {
			c[i] = clone(below)
		}
		return c
	default:
		return v
	}
}

func anything(t *rapid.T) any {
	return rapid.SampledFrom([]any{nil, false, json.Number("0"), json.Number("3"), "", "5%", "partner", []any{}, map[string]any{}}).Draw(t, "value")
}

// another draws another value of the type of old, where that is a scalar.
func another(t *rapid.T, old any) any {
	switch old := old.(type) {
	case string:
		return rapid.SampledFrom(texts).Draw(t, "text")
	case json.Number:
		return rapid.SampledFrom(numbers).Draw(t, "number")
	case bool:
		return !old
	default:
		return old
	}
}
