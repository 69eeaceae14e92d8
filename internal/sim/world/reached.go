package world

import (
	"fmt"
	"strings"
)

// Reached returns an error that names the faults and rules that never happened.
func (r *Report) Reached() error {
	var missing []string
	for _, name := range everyFault {
		if r.Faults[name] == 0 {
			missing = append(missing, name)
		}
	}
	for _, name := range everyRule {
		if r.Rules[name] == 0 {
			missing = append(missing, name)
		}
	}
	if missing != nil {
		return fmt.Errorf("these never happened; play more deals: %s", strings.Join(missing, ", "))
	}
	return nil
}

var everyFault = [...]string{
	crashBefore, crashBetween, crashAfter, triedAgain,
	"a clock that goes back", "a change of policy at the start of a quarter", "a hole in a roster",
	"a change of the account's zone", "a restart of the host", "a change that is told twice",
	"an activity that is told twice", "a fact that is told late", "facts that are told in another order",
	"a filing that is sent twice", "an action out of its order",
}

var everyRule = [...]string{"deals won", "deals lost"}
