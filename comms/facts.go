package comms

import (
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const maxResized = 1000

// Facts holds the facts about a deal that the rules need beside its log. A fact after the
// instant of a question is not known to it yet. The zero value is refused.
type Facts struct {
	Opened time.Time // when the opportunity opened; needed; earlier contact is not judged
	// when an engagement model was first set, from when on weekly syncs are due; zero: not yet
	ModelSet time.Time
	Ended    time.Time          // when the deal was won or lost; zero while it runs
	Holds    []value.Pause      // reopened losses included; in any order, as [value.SortPauses] takes them
	Size     model.PlaybookSize // at the opening; needed; the simplified playbook asks for no sync, prep or debrief
	Resized  []time.Time        // when the deal went to the playbook of the other size; in any order; at most 1000
	Agreed   time.Time          // when both sides agreed on the key messages in the shared deal plan; zero: not yet
	// people by mail address; without anybody of the prospect no activity is contact with it
	People []Correspondent
	// further partners of the deal. Their people are of neither side: of their activities the rules read only what they
	// write to the prospect and quote (party.front, party.outside). Nil: none
	Others []model.Participant
	// the account's zone, in which its days begin; nil: the zone given to [Rules.In], else UTC
	Zone *time.Location
}

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
	resized, err := normalResized(d.Resized)
	problems.Add("resized", err)
	d.Resized = resized
	holds, err := value.SortPauses(d.Holds)
	problems.Add("holds", err)
	d.Holds = holds
	return d, problems.Err()
}

// normalResized returns the changes of size in order, without two at one instant, which change nothing.
func normalResized(list []time.Time) (sorted []time.Time, err error) {
	if len(list) > maxResized {
		return nil, value.NewError("comms.deal.resized", countOf(len(list), "changes"),
			"are more than a deal takes, which is 1000")
	}
	var problems value.Errors
	list = slices.Clone(list)
	for i := range list {
		list[i] = instant(list[i])
		problems.Add(value.Index("", i), checkInstant(list[i]))
	}
	slices.SortFunc(list, time.Time.Compare)
	for _, at := range list {
		if n := len(sorted); n > 0 && sorted[n-1].Equal(at) {
			sorted = sorted[:n-1]
		} else {
			sorted = append(sorted, at)
		}
	}
	return sorted, problems.Err()
}

// simplified returns the times on the simplified playbook.
func (d *Facts) simplified() (list []value.Pause) {
	var since time.Time
	small := d.Size == model.Simplified
	for _, at := range d.Resized {
		if small {
			list = append(list, value.Pause{From: since, Until: at})
		}
		small, since = !small, at
	}
	if small {
		list = append(list, value.Pause{From: since})
	}
	return list
}

// stretches returns the times in which weekly syncs are due; none under the simplified playbook.
func (d *Facts) stretches() []*stretch {
	if d.ModelSet.IsZero() {
		return nil
	}
	at, stops := d.ModelSet, d.Holds
	if small := d.simplified(); len(small) > 0 {
		stops = slices.Concat(stops, small)
		slices.SortFunc(stops, func(a, b value.Pause) int { return a.From.Compare(b.From) })
	}
	if at.Before(d.Opened) {
		at = d.Opened
	}
	if !d.Ended.IsZero() { // the end stops it for good
		n, _ := slices.BinarySearchFunc(stops, d.Ended,
			func(h value.Pause, t time.Time) int { return h.From.Compare(t) })
		stops = append(stops[:n:n], value.Pause{From: d.Ended})
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
