package coselling

import (
	"strconv"
	"time"

	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

func claimName(id string) string    { return "record.claims[" + value.Quote(id) + "]" }
func activityName(id string) string { return "record.activities[" + value.Quote(id) + "]" }
func blockerName(id string) string  { return "record.blockers[" + value.Quote(id) + "]" }

func eventName(e *stage.Event) string {
	name := e.Verb.String()
	if to := string(e.To) + string(e.Task) + e.Engagement.String() + e.Size.String(); to != "" {
		name += " " + to
	}
	return "record.events[" + e.At.UTC().Format(time.RFC3339Nano) + " " + name + "]"
}

func factName(f *stage.Fact) string {
	name := string(f.Kind)
	if f.Side != 0 {
		name += " " + f.Side.String()
	}
	if f.Proposal != "" {
		name += " " + value.Quote(f.Proposal)
	}
	if f.Revision != 0 {
		name += " " + strconv.Itoa(f.Revision)
	}
	return "record.facts[" + f.At.UTC().Format(time.RFC3339Nano) + " " + name + "]"
}

func missingFact(what string) error { return value.NewError(FactMissing, "nothing", what) }
