package assess

import (
	"github.com/coselling/coselling/internal/words"
	"github.com/coselling/coselling/value"
)

// wording returns how the sentences of an answer write their operands: instants as days of the account's zone, ends
// of terms as days of the policy's.
func (g *ground) wording() value.Wording {
	return &words.Wording{Zone: g.local, Policy: g.zone, Today: g.today}
}

// say lets every sentence of a view be written by a wording. The view owns its slices.
func (v *View) say(w value.Wording) {
	advice := &v.Model.Advice
	for _, list := range [...][]value.Reason{advice.For, advice.Against, advice.Contradictions, advice.Missing,
		v.Roles.Findings, v.Schedule.Findings, v.Schedule.Owed, v.Registration.Reasons, v.Registration.Claim.Reasons} {
		sayAll(w, list)
	}
	for _, way := range v.Progress.Options {
		for i := range way.Shut {
			say(w, &way.Shut[i].Missing)
		}
	}
	for i := range v.Registration.Rivals {
		rival := &v.Registration.Rivals[i]
		sayAll(w, rival.Standing.Findings)
		sayAll(w, rival.Match.Evidence)
	}
	for i := range v.Comms.Findings {
		say(w, &v.Comms.Findings[i].Reason)
	}
	for i := range v.Comms.Due {
		say(w, &v.Comms.Due[i].Reason)
	}
	for i := range v.Blockers {
		b := &v.Blockers[i]
		say(w, &b.Evidence)
		say(w, &b.State.Route.Reason)
		say(w, &b.State.Late)
	}
	for i := range v.Findings {
		say(w, &v.Findings[i].Reason)
	}
}

func sayAll(w value.Wording, list []value.Reason) {
	for i := range list {
		say(w, &list[i])
	}
}

func say(w value.Wording, r *value.Reason) { *r = r.Worded(w) }
