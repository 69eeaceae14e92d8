package assess

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// blocker is a case of the deal with the events whose notes only one side may read.
type blocker struct {
	Escalation
	routes   *escalation.Rules // of the companies concerned
	record   escalation.Case
	internal []escalation.Event // their notes are for one side only
}

// deed is an act on a blocker of the record.
type deed struct {
	blocker  *deal.Blocker
	concerns []model.Party // nil: the vendor and the partner that leads
	act      escalation.Act
	escalation.Event
}

// cases plays the blockers of the record, kind by kind and by the companies that they concern.
func (c *calls) cases() (blockers []blocker) {
	deeds := c.deeds()
	slices.SortFunc(deeds, deed.compare)
	for from, n := 0, 0; from < len(deeds); from = n {
		for n < len(deeds) && deeds[n].group(&deeds[from]) == 0 {
			n++
		}
		if b := c.playCase(deeds[from:n]); !b.record.IsZero() {
			blockers = append(blockers, b)
		}
	}
	return blockers
}

// deeds returns the acts on the blockers up to the instant of the question.
func (c *calls) deeds() []deed {
	blocked := c.record.Blockers
	deeds := make([]deed, 0, 3*len(blocked))
	for i := range blocked {
		b := &blocked[i]
		concerns, err := c.concerned(b)
		if err != nil {
			c.miss(SectionEscalation, blockerName(b.ID), err)
			continue
		}
		add := func(act escalation.Act, e escalation.Event) {
			if !e.At.IsZero() && !e.At.After(c.asOf) {
				deeds = append(deeds, deed{b, concerns, act, e})
			}
		}
		add(escalation.Opened, escalation.Event{By: b.By, At: b.Raised, Note: b.Note})
		for _, e := range b.Acknowledged {
			add(escalation.Acknowledged, e)
		}
		add(escalation.Resolved, b.Resolved)
	}
	return deeds
}

// group orders deeds by the case that they are about.
func (a *deed) group(b *deed) int {
	return cmp.Or(cmp.Compare(a.blocker.Kind, b.blocker.Kind),
		slices.CompareFunc(a.concerns, b.concerns, model.Party.Compare))
}

// compare orders deeds by case, then by instant; of one instant, raising comes first.
func (a deed) compare(b deed) int {
	return cmp.Or(a.group(&b), a.At.Compare(b.At), cmp.Compare(a.act, b.act),
		cmp.Compare(a.blocker.ID, b.blocker.ID), cmp.Compare(a.By.Name, b.By.Name), a.By.Party.Compare(b.By.Party),
		cmp.Compare(a.Note, b.Note)) // which may be hidden, so it decides between notes of one person only
}

// playCase plays the acts on the blockers of one kind that concern the same companies. They share a case, which ends
// with the last of them.
func (c *calls) playCase(deeds []deed) blocker {
	kind, concerns := deeds[0].blocker.Kind, deeds[0].concerns
	b := blocker{Escalation: Escalation{Kind: kind, Concerns: concerns}, routes: c.among(concerns)}
	open, over := map[string]bool{}, map[string]bool{}
	for _, e := range deeds {
		next, err := b.record, error(nil)
		switch id := e.blocker.ID; {
		case e.act != escalation.Opened && e.At.Before(e.blocker.Raised):
			err = value.NewError(escalation.CaseOrder, e.At.UTC().Format(time.RFC3339Nano),
				"is before the blocker was raised, "+e.blocker.Raised.UTC().Format(time.RFC3339Nano))
		case over[id]:
			err = value.NewError(escalation.CaseClosed, e.At.UTC().Format(time.RFC3339Nano),
				"is after the blocker was resolved, "+e.blocker.Resolved.At.UTC().Format(time.RFC3339Nano))
		case e.act == escalation.Opened:
			if len(open) == 0 {
				c.detectBefore(&b, e.At)
			}
			next, err = b.routes.Raise(b.record, escalation.Blocker{Deal: c.asked, Kind: kind, Raised: e.At, By: e.By,
				Note: e.Note})
			if err == nil {
				if len(open) == 0 {
					b.Blockers = nil
				}
				open[id] = true
				b.Blockers = append(b.Blockers, id)
			}
		case !open[id]:
			continue // raising it was refused, which is noted
		case e.act == escalation.Acknowledged:
			next, err = b.act(b.routes.Acknowledge(b.record, c.asked, e.Event))
		default:
			over[id] = true
			if delete(open, id); len(open) == 0 {
				next, err = b.act(b.routes.Resolve(b.record, c.asked, e.Event))
			}
		}
		if err != nil {
			c.miss(SectionEscalation, blockerName(e.blocker.ID), err)
			continue
		}
		b.record = next
		if e.blocker.Internal {
			b.internal = append(b.internal, e.Event)
		}
	}
	return b
}

// act returns the case after an act; the case as it is where a fact of the deal ended it before.
func (b *blocker) act(next escalation.Case, err error) (escalation.Case, error) {
	if errors.Is(err, escalation.CaseClosed) {
		return b.record, nil
	}
	return next, err
}

// detectBefore opens a case that the facts showed before a person raised the same kind. Its clocks run on. What facts
// show concerns the vendor and the partner that leads.
func (c *calls) detectBefore(b *blocker, at time.Time) {
	if b.Concerns != nil {
		return
	}
	switch b.Kind {
	case escalation.DealStalled, escalation.LargeDeal, escalation.ProspectDark, escalation.SideSilent:
	default:
		return // facts show no other kinds
	}
	var past []escalation.Case
	if !b.record.IsZero() {
		past = append(past, b.record)
	}
	found, err := c.routes.Detect(c.asked, past, at)
	if err != nil || b.Kind == escalation.DealStalled && c.asked.Progress.After(at) {
		return // the progress before it is not known now
	}
	for _, f := range found {
		if f.Kind != b.Kind || !f.Raised.Before(at) {
			continue
		}
		if next, err := b.routes.Raise(b.record, f); err == nil {
			b.record, b.Evidence = next, f.Evidence
		}
	}
}
