package comptest

import (
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// number is one number in a policy's document.
type number struct {
	path string
	text string
	set  func(text string) // in the document that it was found in
	unit string            // of amounts of its table, such as " USD"
}

// numbers returns every number in a policy's document, by path, and the document in which they are set. It leaves
// out the beginning of the first tier, and the end of each, which is the beginning of the next one.
func numbers(p comp.Policy) ([]number, map[string]any) {
	var document map[string]any
	text, err := canonical(p)
	if err != nil || json.Unmarshal([]byte(text), &document) != nil {
		return nil, nil
	}
	return members(nil, "", document, ""), document
}

// members adds the numbers of an object.
func members(list []number, path string, of map[string]any, unit string) []number {
	if code, ok := of["currency"].(string); ok {
		unit = " " + code
	}
	for _, name := range sorted(of) {
		at := value.JoinPath(path, name)
		if path == "rates.quotas" { // its members are ids of reps, which may be any text
			at = path + "." + strconv.Quote(name)
		}
		switch v := of[name].(type) {
		case map[string]any:
			list = members(list, at, v, unit)
		case []any:
			list = tiers(list, at, v, unit)
		case string:
			n := number{at, v, func(text string) { of[name] = text }, unit}
			if n.moved(0) != "" {
				list = append(list, n)
			}
		}
	}
	return list
}

// tiers adds the numbers of the tiers of a table.
func tiers(list []number, path string, of []any, unit string) []number {
	for i := range of {
		tier := of[i].(map[string]any)
		for _, n := range members(nil, value.Index(path, i), tier, unit) {
			from := strings.HasSuffix(n.path, ".from")
			if strings.HasSuffix(n.path, ".to") || from && i == 0 {
				continue
			}
			if from {
				n.set = func(text string) { tier["from"], of[i-1].(map[string]any)["to"] = text, text }
			}
			list = append(list, n)
		}
	}
	return list
}

// moved returns a number plus some points: percentage points of a percentage, hundredths of an amount, each
// at least a minor unit. It is empty for text that is not a number, and for a result out of bounds.
func (n number) moved(by int64) string {
	if p, err := value.ParsePercent(n.text); err == nil {
		q, err := value.NewPercent(p.Millionths() + by*value.MustPercent("1%").Millionths())
		if err != nil {
			return ""
		}
		return q.String()
	}
	m, err := value.ParseMoney(n.text + n.unit)
	if err != nil {
		return ""
	}
	q, _ := value.NewMoney(m.Minor()+by*max(1, abs(m.Minor())/100), m.Currency())
	return strings.TrimSuffix(q.String(), n.unit)
}

// movedBy returns a copy of the policy with one number moved; false if it is not valid or did not move.
func (n number) movedBy(p comp.Policy, by int64) (comp.Policy, bool) {
	list, document := numbers(p)
	at := slices.IndexFunc(list, func(o number) bool { return o.path == n.path })
	if at < 0 {
		return comp.Policy{}, false
	}
	list[at].set(list[at].moved(by))
	text, err := json.Marshal(document)
	if err != nil {
		return comp.Policy{}, false
	}
	other, err := comp.ParsePolicy(text)
	return other, err == nil && len(comp.Diff(p, other)) > 0
}
