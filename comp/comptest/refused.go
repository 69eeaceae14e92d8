package comptest

import (
	"strings"
)

// leftOut names the bookings that neither policy can price, so that nothing of them is
// compared.
func (r *changeReport) leftOut() string {
	var ids []string
	for _, refused := range r.refused {
		if refused.Refused[0] != nil && refused.Refused[1] != nil {
			ids = append(ids, shown(refused.Booking))
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
		head := "    " + shown(refused.Booking) + " " + refused.Date.String()
		switch old, now := refused.Refused[0], refused.Refused[1]; {
		case old == nil:
			out.WriteString(head + ", the new policy refuses it:\n      " + oneLine(now) + "\n")
		case now == nil:
			out.WriteString(head + ", the old policy refuses it:\n      " + oneLine(old) + "\n")
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
