package world

import (
	"fmt"
	"strings"
)

// Reached returns an error that names the faults and rules that never happened.
func (r *Report) Reached() error {
	missing := append(never(r.Faults, everyFault[:]), never(r.Rules, everyRule[:])...)
	if missing != nil {
		return fmt.Errorf("these never happened; play more deals: %s", strings.Join(missing, ", "))
	}
	return nil
}

// never returns what was not counted.
func never(count map[string]int, names []string) (missing []string) {
	for _, name := range names {
		if count[name] == 0 {
			missing = append(missing, name)
		}
	}
	return missing
}

// everyFault has the faults that every world of a dozen deals meets.
var everyFault = [...]string{
	crashBefore, crashBetween, crashAfter, triedAgain,
	"a clock that goes back", "a change of policy at the start of a quarter", "a hole in a roster",
	"a change of the account's zone", "a restart of the host", "a change that comes twice",
	"an activity that comes twice", "a fact that comes late", "facts that come in another order",
	"a party that is away", "a filing that is sent twice", "an action out of its order", "a restart of a run",
}

// everyRule has the rules that a world of some dozens of deals meets.
var everyRule = [...]string{
	"deals won", "lists over all accounts", "quarters closed", "view.side with other hidden facts",
	"claim submitted", "claim queued", "claim refused", "approve taken: true", "approve taken: false",
	"extend taken: true", "extend taken: false", "hand taken: true", "confirm taken: true", "withdraw taken: true",
	"gate.tasks", "gate.order", "gate.registered", "gate.crm_updated", "gate.pricing_approved",
	"gate.support_confirmed", "gate.single_proposal", "gate.contracts_executed", "gate.qualified", "gate.model_set",
	"verb advance", "verb done", "verb win", "verb consent", "verb set_model",
	"comm.debrief", "comm.notify", "comm.prep", "comm.response", "comm.separate_stream", "comm.shared_notes",
	"comm.single_thread", "comm.weekly_sync", "comm.one_message",
	"comp comp.role_based", "comp comp.origination", "comp comp.split", "comp comp.true_up", "comp comp.floor",
	"comp held deal_cap", "comp held deal_floor", "comp held period_cap",
	"esc.respond", "action esc.manager", "action esc.deal_desk_legal", "action esc.timeout",
	"reg.late_approval", "reg.lapsed", "stage.overdue", "stage.slipping", "stage.commit", "stage.replanned",
	"model.before_interaction", "model.contradiction", "party.roster", "role.no_orphan",
	"action stage.consent", "action reg.life", "action reg.deal",
	"drill of a record", "drill of a roster", "drill of blockers that a deal shows", "drill of two accounts",
	"drill of two at one time",
	"drill of a process", "drill of a case", "drill of lines of pay", "drill of a log", "drill of a tracker",
	"drill of rates over quarters", "drill of signals", "drill of terms", "drill of amounts", "drill of movements",
	"drill of versions", "a late deal",
}
