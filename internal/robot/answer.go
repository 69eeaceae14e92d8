package robot

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/stage"
)

// answer answers as people who want to win do; once in a while they say no, at most once.
func (b *Robot) answer(ask assess.Ask) string {
	no := b.No == 0 && b.Rand.IntN(8) == 0
	switch {
	case ask.Kind == assess.AskYesNo:
		return "false"
	case slices.Contains(ask.Choices, "reject") && (no || len(ask.Choices) == 1):
		b.No++
		return "reject"
	case slices.Contains(ask.Choices, "reject"):
		return "approve"
	case slices.Contains(ask.Choices, "refuse") && no:
		b.No++
		return "refuse"
	case slices.Contains(ask.Choices, "refuse"):
		return "consent"
	case slices.Contains(ask.Choices, "yes"):
		return "no"
	case slices.Contains(ask.Choices, "resume"):
		return "resume"
	case ask.Path == "event.day":
		return b.Now.AddDate(0, 1, 0).Format(time.DateOnly)
	case ask.Choices != nil:
		return ask.Choices[b.Rand.IntN(len(ask.Choices))]
	case ask.Path == "edit.committed_close":
		return b.Now.AddDate(0, 2, 0).Format(time.DateOnly)
	case ask.Kind == assess.AskTime:
		return b.Now.AddDate(0, 4, 0).Format(time.RFC3339)
	case ask.Path == "claim.filing.account.domains[0]":
		return b.Domain
	case strings.HasPrefix(ask.Path, "activity."), strings.HasSuffix(ask.Path, ".addresses[0]"):
		return fmt.Sprintf("zoe%d@zoe.example", len(b.Done))
	default:
		return fmt.Sprint("zoe", len(b.Done))
	}
}

// nextDue returns the next instant at which something of the answer is due, begins or ends; zero for none.
func nextDue(v *assess.View) (next time.Time) {
	add := func(at time.Time) {
		if at.After(v.AsOf) && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	for _, a := range v.Next {
		add(a.At)
		if !a.Due.IsZero() {
			add(a.Due.End(time.UTC))
		}
	}
	if v.Progress.Status == stage.ClosedWon {
		return next
	}
	for _, b := range v.Blockers {
		add(b.State.Route.RespondBy)
	}
	for _, d := range v.Comms.Due {
		add(d.At)
	}
	for _, w := range v.Schedule.Windows {
		add(w.Last.End(time.UTC))
	}
	add(v.Registration.Claim.Until)
	return next
}
