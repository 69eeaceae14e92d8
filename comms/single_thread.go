package comms

import (
	"strings"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// singleThread checks comm.single_thread: an outbound mail has both lead reps on it.
func (k *known) singleThread(v *verdict, e *entry) {
	if !e.outbound() {
		return
	}
	var missing, who []string
	for _, side := range [...]model.Side{model.Partner, model.Vendor} {
		if e.leads[side] {
			continue
		}
		if lead := k.who.lead(side, e.At); lead != nil {
			missing = append(missing, lead.Name)
			who = append(who, "the "+side.String()+"'s lead rep "+value.Quote(lead.Name))
		} else {
			missing = append(missing, side.String())
			who = append(who, "a rep of the "+side.String()+", which has none,")
		}
	}
	if missing == nil {
		return
	}
	v.find(e.Side, e.At, time.Time{}, []string{e.ID}, SingleThread,
		"the {side}'s mail {subject} to the prospect went without {missing} on it",
		value.Op("side", e.Side.String()), value.Op("subject", e.title()),
		value.Op("missing", strings.Join(who, " and "))).missing = missing
}
