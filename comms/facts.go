package comms

import (
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const maxHolds = 1000

// Facts holds the facts about a deal that the rules need beside its log. A fact after the
// instant of a question is not known to it yet. The zero value is refused.
type Facts struct {
	Opened time.Time // when the opportunity opened; needed; earlier contact is not judged
	// when an engagement model was first set, from when on weekly syncs are due; zero: not yet
	ModelSet time.Time
	Ended    time.Time          // when the deal was won or lost; zero while it runs
	Holds    []Hold             // reopened losses included; in any order
	Size     model.PlaybookSize // needed; the simplified playbook asks for no sync, prep or debrief
	Agreed   time.Time          // when both sides agreed on the key messages in the shared deal plan; zero: not yet
	// people by mail address; without anybody of the prospect no activity is contact with it
	People []Correspondent
	// the account's zone, in which its days begin; nil: the zone given to [Rules.In], else UTC
	Zone *time.Location
}

// Hold is a time in which a deal is on hold, half-open. A zero Until means that the deal has not been resumed. Holds
// may touch but not overlap, From is needed, and a hold that ends when it began is none; else comms.deal.hold. At
// most 1000.
type Hold struct{ From, Until time.Time }

// PersonAt returns the first person who has an address at an instant, else the entry of its whole domain; false for an
// unknown or malformed address. Addresses are compared without case and plus tags, and the person has theirs in that
// form. People are not checked as [Rules.Track] does. Importers use it to name the side of an activity.
func (d Facts) PersonAt(address string, at time.Time) (Correspondent, bool) {
	wanted, err := foldAddress(address)
	if err != nil {
		return Correspondent{}, false
	}
	for _, key := range [...]string{wanted, domainOf(wanted)} {
		for _, p := range d.People {
			if p, _ := p.normal(); p.on(at) && slices.Contains(p.Addresses, key) {
				return p, true
			}
		}
	}
	return Correspondent{}, false
}

// normal returns the deal as a tracker keeps it, or all of its problems.
func (d Facts) normal() (Facts, error) {
	var problems value.Errors
	if d.Opened.IsZero() {
		problems.Refuse("opened", dealOpened, "nothing", "says when the opportunity opened")
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
		problems.Refuse("ended", dealEnded, d.Ended.Format(time.RFC3339Nano),
			"is before the opening, "+d.Opened.Format(time.RFC3339Nano))
	}
	problems.Add("size", d.Size.Check())
	holds, err := normalHolds(d.Holds)
	problems.Add("holds", err)
	d.Holds = holds
	return d, problems.Err()
}

func normalHolds(holds []Hold) ([]Hold, error) {
	if len(holds) > maxHolds {
		return nil, value.NewError(dealHold, countOf(len(holds), "holds"), "are more than a deal takes, which is 1000")
	}
	var problems value.Errors
	sorted := make([]Hold, len(holds))
	for i, h := range holds {
		sorted[i] = Hold{instant(h.From), instant(h.Until)}
		if h.From.IsZero() {
			problems.Refuse(value.Index("", i), dealHold, "nothing", "says when the hold began")
		} else if !h.Until.IsZero() && h.Until.Before(h.From) {
			problems.Refuse(value.Index("", i), dealHold, h.Until.UTC().Format(time.RFC3339Nano),
				"is before the hold began")
		}
	}
	slices.SortFunc(sorted, func(a, b Hold) int { return a.From.Compare(b.From) })
	for i := 1; i < len(sorted); i++ {
		if before := sorted[i-1]; before.Until.IsZero() || sorted[i].From.Before(before.Until) {
			problems.Refuse("", dealHold, "the hold from "+sorted[i].From.Format(time.RFC3339Nano),
				"began before the one before it ended")
		}
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(sorted, func(h Hold) bool { return h.From.Equal(h.Until) }), nil
}

// stretches returns the times in which weekly syncs are due; none under the simplified playbook.
func (d *Facts) stretches() []*stretch {
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

// over reports whether the deal has ended by t, as far as that is known at now.
func (d *Facts) over(t, now time.Time) bool {
	return !d.Ended.IsZero() && !now.Before(d.Ended) && !t.Before(d.Ended)
}
