package comp

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/coselling/coselling/value"
)

// PolicyChange is one field that differs between two policies. Its texts are those of the documents.
type PolicyChange struct {
	Path   string // the field below "comp", such as "role_based.contributions.technical_validation"
	Before string // the value in the first policy; "none" where the field is missing
	After  string // the same of the second policy
}

// String returns the change as one sentence: "rounding half_even -> toward_zero".
func (c PolicyChange) String() string { return c.Path + " " + c.Before + " -> " + c.After }

const absent = "none" // a field that a policy does not have

// Diff returns every field that differs, in the order of the documents; contributions, reps, days and tables by
// id, tiers by position. It is nil exactly where both have the same canonical form. A policy that [Compile]
// refuses can be compared. Paths quote the ids of reps, and malformed ids.
func Diff(before, after Policy) []PolicyChange {
	return differences(nil, "", before.nodes(), after.nodes())
}

// node is a member of a document.
type node struct {
	key  string // orders the members that a document sorts; empty for those in a fixed order
	name string // in a path
	text string // its value; empty where it is left out
	in   []node // its members
}

// differences appends the differences between the members of two objects. One of the objects may be missing.
func differences(changes []PolicyChange, path string, before, after []node) []PolicyChange {
	for len(before)+len(after) > 0 {
		var one, two node
		order := len(after) - len(before)
		if len(before) > 0 && len(after) > 0 {
			order = cmp.Compare(before[0].key, after[0].key)
		}
		if order <= 0 {
			one, before = before[0], before[1:]
		}
		if order >= 0 {
			two, after = after[0], after[1:]
		}
		at := value.JoinPath(path, cmp.Or(one.name, two.name))
		if one.text != two.text {
			changes = append(changes, PolicyChange{at, cmp.Or(one.text, absent), cmp.Or(two.text, absent)})
		}
		changes = differences(changes, at, one.in, two.in)
	}
	return changes
}

func leaf(name string, v fmt.Stringer) node { return node{name: name, text: v.String()} }

// members returns the elements of a table, sorted by their keys.
func members[K ~string, V any](table map[K]V, name func(string) string, of func(V) node) []node {
	var list []node
	for _, key := range slices.Sorted(maps.Keys(table)) {
		n := of(table[key])
		n.key, n.name = string(key), name(string(key))
		list = append(list, n)
	}
	return list
}

func (p *Policy) nodes() []node {
	o, r := &p.Origination, &p.Rates
	return []node{
		leaf("model", p.Model), leaf("joint_origin", p.JointOrigin),
		leaf("joint_primary", p.JointPrimary), {name: "split_by_party", text: trueText(p.SplitByParty)},
		leaf("rounding", p.Rounding),
		leaf("rates.year_start", r.Year), leaf("rates.period", r.Period),
		{name: "rates.quotas", in: members(r.Quotas, strconv.Quote, quotasNode)},
		{name: "rates.tables", in: members(r.Tables, memberName, tableNode)},
		leaf("origination.influenced", o.Influenced),
		{name: "origination.influenced_pays_commission", text: strconv.FormatBool(o.InfluencedPaysCommission)},
		{name: "origination.influenced_counts_toward_quota", text: strconv.FormatBool(o.InfluencedCountsTowardQuota)},
		{name: "role_based.contributions", in: members(p.RoleBased.Contributions, memberName, percentNode)},
	}
}

// trueText returns the text of a member that is left out where it is false.
func trueText(b bool) string {
	if b {
		return "true"
	}
	return ""
}

func percentNode(p value.Percent) node { return leaf("", p) }

// quotasNode returns the node of a rep's quotas. A rep without a quota has a node too.
func quotasNode(quotas map[value.Date]value.Money) node {
	if len(quotas) == 0 {
		return node{text: "no day"}
	}
	var n node
	for _, day := range slices.SortedFunc(maps.Keys(quotas), value.Date.Compare) {
		n.in = append(n.in, node{day.String(), cmp.Or(day.String(), `""`), cmp.Or(quotas[day].String(), `""`), nil})
	}
	return n
}

func tableNode(t RateTable) node {
	tiers := make([]node, len(t.Tiers))
	for i, tier := range t.Tiers {
		tiers[i] = node{name: value.Index("tiers", i), in: []node{
			{name: "from", text: tier.From.text()}, {name: "to", text: tier.To.text()}, leaf("rate", tier.Rate),
		}}
	}
	return node{in: []node{
		leaf("measure", t.Measure), leaf("method", t.Method), leaf("currency", t.Currency), {in: tiers},
		leaf("deal_floor", t.DealFloor), leaf("deal_cap", t.DealCap),
		leaf("period_floor", t.PeriodFloor), leaf("period_cap", t.PeriodCap),
	}}
}

func (b Bound) text() string {
	if b.isZero() && b.Amount.IsZero() {
		return ""
	}
	return b.String()
}

// memberName returns a name as a path shows it: quoted where it is no identifier, so that no two look alike.
func memberName(name string) string {
	if isName(name) {
		return name
	}
	return strconv.Quote(name)
}
