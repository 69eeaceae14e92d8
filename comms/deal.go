package comms

import (
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const maxHolds = 1000

// Deal is what the rules need to know of a deal beside its log: plain facts.
// Instants are half-open ranges; what lies after the instant of a question is not
// known to it yet. The zero value is refused.
type Deal struct {
	Opened   time.Time          // when the opportunity opened; needed; earlier contact is not judged
	ModelSet time.Time          // when an engagement model was first set; zero while none is; the weekly sync starts with it
	Ended    time.Time          // when it was won or lost; zero while it runs
	Holds    []Hold             // while the deal stood still, reopened losses included; in any order; nil is none
	Size     model.PlaybookSize // needed; under the simplified playbook sync, prep and debrief are nobody's duty
	Agreed   time.Time          // when both sides agreed the key messages in the shared deal plan; zero while they have not
	People   []Person           // who is who; nil finds nobody, so no activity is one with the prospect
	Zone     *time.Location     // the account's zone, for mails of one day; nil is the zone given to [Compile]
}

// Hold is a time in which a deal stands still: from From on and before Until, which
// is zero while it is not resumed. An empty one holds nothing.
type Hold struct{ From, Until time.Time }

// Find returns who has an address at an instant, without case and plus tags, as the
// rules see it: a person before the whole domain. It is for importers, which have to
// name the side of an activity; false is a stranger or what is no address. People of
// a deal that [Rules.Track] refuses are found as they stand. It reads the whole list.
func (d Deal) Find(address string, at time.Time) (Person, bool) {
	wanted, err := fold(address)
	if err != nil {
		return Person{}, false
	}
	for _, key := range [...]string{wanted, domainOf(wanted)} {
		for _, p := range d.People {
			if p, _ := p.normal(); p.on(at) && slices.Contains(p.Addresses, key) {
				return p, true
			}
		}
	}
	return Person{}, false
}

// normal returns the deal as a tracker keeps it, or every problem of it.
func (d Deal) normal() (Deal, error) {
	var problems value.Errors
	if d.Opened.IsZero() {
		problems.Refuse("opened", DealOpened, "nothing", "says when the opportunity opened")
	}
	for _, at := range [...]struct {
		path string
		t    *time.Time
	}{{"opened", &d.Opened}, {"model_set", &d.ModelSet}, {"ended", &d.Ended}, {"agreed", &d.Agreed}} {
		*at.t = instant(*at.t)
		if !at.t.IsZero() {
			problems.Add(at.path, checkInstant(*at.t))
		}
	}
	if !d.Ended.IsZero() && d.Ended.Before(d.Opened) {
		problems.Refuse("ended", DealEnded, d.Ended.Format(time.RFC3339Nano), "is before the opening, "+d.Opened.Format(time.RFC3339Nano))
	}
	problems.Add("size", d.Size.Check())
	holds, err := normalHolds(d.Holds)
	problems.Add("holds", err)
	d.Holds = holds
	return d, problems.Err()
}

func normalHolds(holds []Hold) ([]Hold, error) {
	if len(holds) > maxHolds {
		return nil, value.NewError(DealHold, countOf(len(holds), "holds"), "are more than a deal takes, which is 1000")
	}
	var problems value.Errors
	sorted := make([]Hold, len(holds))
	for i, h := range holds {
		sorted[i] = Hold{instant(h.From), instant(h.Until)}
		if h.From.IsZero() {
			problems.Refuse(value.Index("", i), DealHold, "nothing", "says when the hold began")
		} else if !h.Until.IsZero() && h.Until.Before(h.From) {
			problems.Refuse(value.Index("", i), DealHold, h.Until.UTC().Format(time.RFC3339Nano), "is before the hold began")
		}
	}
	slices.SortFunc(sorted, func(a, b Hold) int { return a.From.Compare(b.From) })
	for i := 1; i < len(sorted); i++ {
		if before := sorted[i-1]; before.Until.IsZero() || sorted[i].From.Before(before.Until) {
			problems.Refuse("", DealHold, "the hold from "+sorted[i].From.Format(time.RFC3339Nano), "began before the one before it ended")
		}
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(sorted, func(h Hold) bool { return h.From.Equal(h.Until) }), nil
}

// stretches returns when the weekly cadence holds: from the model being set, not
// before the opening, to the end, without the holds. A simplified playbook has none.
func (d *Deal) stretches() []*stretch {
	if d.ModelSet.IsZero() || d.Size == model.Simplified {
		return nil
	}
	at, stops := d.ModelSet, d.Holds
	if at.Before(d.Opened) {
		at = d.Opened
	}
	if !d.Ended.IsZero() { // the end stops it for good
		n, _ := slices.BinarySearchFunc(stops, d.Ended, func(h Hold, t time.Time) int { return h.From.Compare(t) })
		stops = append(stops[:n:n], Hold{From: d.Ended})
	}
	var list []*stretch
	for _, h := range stops {
		if at.Before(h.From) {
			list = append(list, &stretch{start: at, stop: h.From})
		}
		if h.Until.IsZero() {
			return list
		}
		if at.Before(h.Until) {
			at = h.Until
		}
	}
	return append(list, &stretch{start: at})
}

// over reports whether t, at which something is planned or happened, lies after
// the end, which is known at now.
func (d *Deal) over(t, now time.Time) bool {
	return !d.Ended.IsZero() && !now.Before(d.Ended) && !t.Before(d.Ended)
}
