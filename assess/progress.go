package assess

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// played is the playbook of the deal after all events and facts of the record.
type played struct {
	progress stage.Progress
	state    Progress      // as a view shows it
	history  []stage.Event // what took effect
	won      time.Time
	refused  []refusal // in the order in which they were played
}

// refusal is an event, or a fact of the record, that the playbook does not take.
type refusal struct {
	event stage.Event // zero for a fact
	name  string
	shut  []stage.Shut // nil where it is malformed
	err   error        // nil where it is well formed
	waits bool         // for the consents in shut
}

// unticks reports whether a task was ticked too early. It is missing only if no fact ticked it later.
func (f *refusal) unticks(shut *stage.Shut) bool {
	return f.event.Verb == stage.VerbDone && shut.Code == stage.StageTask
}

func (f *refusal) because(shut *stage.Shut) error {
	return value.NewError(shut.Code, f.event.Verb.String(), "is refused: "+shut.Missing.String())
}

// replay plays the history of a deal.
type replay struct {
	*question
	notes
	played
	known   model.Parties // of the deal
	claimed claims
	log     log
	// the first override of the record: from here on moves may need to know the cases; zero: there is none
	override time.Time
	given    []override // since then
}

// play plays the history of the deal. A refused event is noted and left out.
func (q *question) play(k claims, l log) (played, notes) {
	r := &replay{question: q, known: q.all(), claimed: k, log: l}
	if !r.open() {
		return r.played, r.notes
	}
	facts := deal.Sorted(slices.Concat(r.unclaimed(q.record.Facts, nil), k.registered, q.engagedFacts(l)))
	n := r.notes // of the opening and the facts
	r.follow(facts)
	n.add(r.notes)
	p := &r.progress
	r.history = p.Effects()
	r.state = Progress{Stage: p.Stage(), Status: p.Status(), Size: p.Size(),
		Options: q.rules.stages.Options(*p, q.asOf), Pending: q.rules.stages.Awaiting(*p, q.asOf)}
	return r.played, n
}

// open opens the deal on its playbook; false where that is refused.
func (r *replay) open() (ok bool) {
	opening := r.deal.Opening
	opening.Size = r.size()
	if opening.Partners = nil; len(r.Case.partners.All) > 0 {
		opening.Partners = &r.Case.partners
	}
	p, err := r.rules.stages.Open(opening)
	if errors.Is(err, stage.StageUnknown) && r.deal.Opening.Size == 0 && opening.Size == model.Simplified {
		path, entered := "deal.opening.stage", opening.Stage
		if opening.LostFrom != "" {
			path, entered = "deal.opening.lost_from", opening.LostFrom
		}
		r.miss(SectionPlaybook, path, value.NewError(stage.StageUnknown, value.Quote(string(entered)),
			"is not in the simplified playbook, which the amount calls for; the deal is on the standard one"))
		opening.Size = model.Standard
		p, err = r.rules.stages.Open(opening)
	}
	if err != nil {
		r.miss(SectionPlaybook, "deal.opening", err)
		return false
	}
	var won time.Time
	if opening.Stage == stage.Won {
		won = r.opened
	}
	r.past.reopen(opening, p, won)
	return true
}

// playInstant plays the events of one instant. A resumption or a reopening comes last, but first after what is
// recorded where the deal waits for it: a CRM that records days only may have the end of a hold and the next move, or
// a hold and its end, on one day.
func (r *replay) playInstant(events []stage.Event) {
	n := 0
	for n < len(events) && events[n].Verb == stage.VerbRecord {
		r.play(events[n])
		n++
	}
	rest := make([]stage.Event, 0, 4) // few on the stack
	for _, e := range events[n:] {
		status := r.progress.Status()
		if e.Verb == stage.VerbResume && status == stage.OnHold ||
			e.Verb == stage.VerbReopen && status == stage.ClosedLost {
			r.play(e)
			continue
		}
		rest = append(rest, e)
	}
	for _, e := range rest {
		r.play(e)
	}
}

// play plays one event.
func (r *replay) play(e stage.Event) {
	given := e
	name := func() string { return deal.NameOf(given) }
	e.Evidence = r.unclaimed(e.Evidence, name)
	if r.yields(&e) {
		e.Evidence = append(slices.Clip(e.Evidence), r.escalated(later(e.At, r.opened))...)
	}
	r.playAs(refusal{event: given}, name, e)
}

// playAs plays one event; where it is refused, that is kept as f, under the name that notes give it.
func (r *replay) playAs(f refusal, name func() string, e stage.Event) {
	if e.At.Before(r.opened) {
		e.At = r.opened
	}
	var decision stage.Decision
	at := r.progress.Stage()
	err := r.strangers(&e)
	if err == nil {
		decision, err = r.rules.stages.Apply(r.progress, e)
	}
	if err != nil {
		f.name, f.err = name(), err
		r.miss(SectionPlaybook, f.name, err)
		r.refused = append(r.refused, f)
		return
	}
	r.progress = decision.Progress
	for _, side := range decision.Pending {
		f.name, f.waits = name(), true
		f.shut = append(f.shut, stage.Shut{Code: stage.StageConsent, Owner: side, Missing: value.NewReason(
			stage.StageConsent, "the {side} has not consented", value.Op("side", side.String()))})
	}
	for _, party := range decision.Further {
		f.name, f.waits = name(), true
		f.shut = append(f.shut, stage.Shut{Code: stage.StageConsent, Owner: party.Side, Missing: value.NewReason(
			stage.StageConsent, "{party} has not consented", value.Op("party", party.Org))})
	}
	if f.waits {
		r.refused = append(r.refused, f)
	}
	before := len(r.given)
	for _, o := range e.Overrides {
		r.given = append(r.given, override{o, at})
	}
	if len(decision.Shut) == 0 {
		if r.progress.Status() == stage.ClosedWon && r.won.IsZero() {
			r.won = e.At.UTC()
		}
		return
	}
	f.name, f.shut = name(), append(decision.Shut, r.uncounted(decision.Shut)...)
	r.given = r.given[:before] // those of a refused event are not recorded
	for i := range f.shut {
		if !f.unticks(&f.shut[i]) {
			r.miss(SectionPlaybook, f.name, f.because(&f.shut[i]))
		}
	}
	r.refused = append(r.refused, f)
}

// strangers refuses people of other organisations; a playbook knows the parties of its first events only.
func (r *replay) strangers(e *stage.Event) error {
	var problems value.Errors
	meet := func(list string, i int, by *model.Person) {
		if err := r.known.Meet(by.Party); err != nil {
			problems.Add(value.Index(list, i)+".by.party", err)
		}
	}
	problems.Add("by.party", r.known.Meet(e.By.Party))
	for i := range e.Consents {
		meet("consents", i, &e.Consents[i].By)
	}
	for i := range e.Overrides {
		meet("overrides", i, &e.Overrides[i].By)
	}
	return problems.Err()
}

// unclaimed drops facts that a record may not state: registrations where the deal names its claims, which alone open
// gate.registered (reg.deal), and cases at level 2, which the blockers show. within names the event of the facts; nil
// for those of the record.
func (r *replay) unclaimed(facts []stage.Fact, within func() string) []stage.Fact {
	claimed := len(r.deal.Registrations) > 0
	drops := func(f stage.Fact) bool {
		return f.Kind == stage.Escalated || f.Kind == stage.Registered && claimed
	}
	if !slices.ContainsFunc(facts, drops) {
		return facts
	}
	return slices.DeleteFunc(deal.Sorted(facts), func(f stage.Fact) bool {
		if !drops(f) {
			return false
		}
		if within != nil || !f.At.After(r.asOf) { // evidence is known with its event
			name := deal.NameOf(f)
			if within != nil {
				name = within() + ".evidence"
			}
			problem := value.NewError("assess.claimed", string(f.Kind),
				"counts only where the deal names no claim; its registrations say when it is registered")
			if f.Kind == stage.Escalated {
				problem = value.NewError("assess.escalated", string(f.Kind),
					"does not count in a record; its blockers show which case is at level 2")
			}
			r.miss(SectionPlaybook, name, problem)
		}
		return true
	})
}

// noteUntil records the facts up to and including an instant, for the gates of a move, and returns the rest.
func (r *replay) noteUntil(at time.Time, facts []stage.Fact) []stage.Fact {
	n := until(facts, at)
	if n == 0 {
		return facts
	}
	if decision, err := r.rules.stages.Apply(r.progress, r.recording(facts[:n])); err == nil {
		r.progress = decision.Progress
		return facts[n:]
	}
	for i := range facts[:n] { // one of them is refused
		r.playAs(refusal{}, func() string { return deal.NameOf(facts[i]) }, r.recording(facts[i:i+1]))
	}
	return facts[n:]
}

// recording returns the event that records facts, at the instant of the last one.
func (r *replay) recording(facts []stage.Fact) stage.Event {
	e := stage.Event{Verb: stage.VerbRecord}
	e.By = model.Person{Name: "record", Party: r.vendor}
	e.At, e.Evidence = later(facts[len(facts)-1].At, r.opened), facts
	return e
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// size returns the stated size of the opening, else that before the first change, else that of the moves before the
// amount was this much, else that of the amount.
func (r *replay) size() model.PlaybookSize {
	if r.deal.Opening.Size != 0 {
		return r.deal.Opening.Size
	}
	for _, e := range r.record.Events {
		if e.Verb == stage.VerbResize && e.Size != 0 && !e.At.After(r.asOf) {
			return model.Standard + model.Simplified - e.Size // the other one
		}
	}
	if size := r.walked(); size != 0 {
		return size
	}
	size, err := r.rules.stages.Size(r.deal.Amount, r.deal.Exchange)
	if err != nil {
		r.missOne(SectionPlaybook, "deal.exchange", err)
		return model.Standard
	}
	return size
}

// walked returns the only size whose stages follow one another like the moves before the deal had its amount; 0 where
// both sizes have such stages, or neither.
func (r *replay) walked() model.PlaybookSize {
	order := &r.rules.order
	at := cmp.Or(r.deal.Opening.LostFrom, r.deal.Opening.Stage, order[model.Standard][0])
	for i := range r.record.Events {
		e := &r.record.Events[i]
		if !e.At.Before(r.deal.AmountAt) || e.At.After(r.asOf) {
			break
		}
		if e.Verb == stage.VerbAdvance {
			follows := func(size model.PlaybookSize) bool {
				i := slices.Index(order[size], at) + 1
				return i > 0 && i < len(order[size]) && order[size][i] == e.To
			}
			switch small, large := follows(model.Simplified), follows(model.Standard); {
			case small && !large:
				return model.Simplified
			case large && !small:
				return model.Standard
			}
		}
		at = cmp.Or(e.To, at)
	}
	return 0
}

// engagedFacts returns the first meeting or call of the partner with the prospect, and the first after the opening
// and after each advance, because gates ask for one since a stage began.
func (q *question) engagedFacts(l log) []stage.Fact {
	met := make([]time.Time, 0, len(l.contacts))
	for _, i := range l.contacts {
		if i.Kind != comms.Mail && i.Partner {
			met = append(met, i.At)
		}
	}
	facts := make([]stage.Fact, 0, 8) // two, and one for each of the few advances
	add := func(from time.Time) {
		if i, _ := slices.BinarySearchFunc(met, from, time.Time.Compare); i < len(met) {
			facts = append(facts, stage.Fact{Kind: stage.PartnerEngaged, At: met[i]})
		}
	}
	add(time.Time{})
	add(q.opened) // an imported deal is in a later stage from there on
	for i := range q.record.Events {
		if e := &q.record.Events[i]; e.Verb == stage.VerbAdvance || e.Verb == stage.VerbConsent {
			add(e.At)
		}
	}
	slices.SortFunc(facts, func(a, b stage.Fact) int { return a.At.Compare(b.At) })
	return slices.Compact(facts)
}
