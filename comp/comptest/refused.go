package comptest

import (
	"strings"

	"github.com/coselling/coselling/value"
)

// leftOut names the bookings that neither policy can price, so that nothing of them is
// compared.
func (r *changeReport) leftOut() string {
	var ids []string
	for _, refused := range r.refused {
		if refused.before != nil && refused.after != nil {
			ids = append(ids, shown(refused.id))
		}
	}
	if len(ids) == 0 {
		return ""
	}
	return "  left out, as neither policy can price it: " + strings.Join(ids[:min(len(ids), mostPayees)], ", ") + "\n" + more(len(ids)-mostPayees, "booking", "  ")
}

// refusals says which bookings one policy alone can price.
func (r *changeReport) refusals() []string {
	var out strings.Builder
	for _, refused := range r.refused {
		switch {
		case refused.before == nil:
			out.WriteString("    " + shown(refused.id) + " " + refused.day.String() + ", the new policy refuses it:\n      " + oneLine(refused.after) + "\n")
		case refused.after == nil:
			out.WriteString("    " + shown(refused.id) + " " + refused.day.String() + ", the old policy refuses it:\n      " + oneLine(refused.before) + "\n")
		}
	}
	if out.Len() == 0 {
		return nil
	}
	return []string{"  NOT LISTED: a booking that one of the policies cannot price\n" + out.String()}
}

func oneLine(err error) string { return strings.ReplaceAll(err.Error(), "\n", "; ") }

// notPriced stands for what a policy refuses to price.
const notPriced = "not priced"

// refusalOf returns why one of the policies cannot price a deal.
func (r *changeReport) refusalOf(deal string) refusal {
	for _, one := range r.refused {
		if one.id == deal {
			return one
		}
	}
	return refusal{}
}

// unpriced says how much of the change is of bookings that one policy cannot price.
func (r *changeReport) unpriced() (deals int, moved value.Money) {
	refused, seen := map[string]bool{}, map[string]bool{}
	for _, one := range r.refused {
		refused[one.id] = true
	}
	for i := range r.differences {
		if d := &r.differences[i]; refused[d.deal] {
			seen[d.deal] = true
			moved = sum(moved, less(d.before.commission, d.after.commission))
		}
	}
	return len(seen), moved
}
