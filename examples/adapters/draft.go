package main

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// draft is a deal while its payload is being read. Facts that the payload
// does not have stay unset; the assessment lists them.
type draft struct {
	Deal   coselling.Deal
	Record coselling.Record

	assumed  []note // what nobody said, and the adapter took for granted
	lost     []note // what was read and did not come along whole
	reported []note // what the other system says and a deal has no place for

	source   *source
	terms    terms
	problems value.Errors
	created  time.Time   // when the opportunity opened
	since    []*node     // since when it stands at its stage, not read yet
	changed  []*node     // when it was last changed, the first that is there, not read yet
	entered  [][]*node   // a stage and the instant at which it was entered, not read yet
	theirs   string      // the stage in the words of the source
	reached  stage.Stage // and in ours
	why      string      // why it was lost
	leads    [3]bool     // the sides whose lead rep is known
}

// note says something about a field.
type note struct {
	Path string `json:"path"`
	Text string `json:"text,omitempty"`
}

var anyIndex = regexp.MustCompile(`\[\d+\]`)

func (d *draft) assume(path, text string) { d.assumed = append(d.assumed, note{path, text}) }

// lose notes a loss once, however many elements of a list it concerns.
func (d *draft) lose(path, text string) {
	if n := (note{path, text}); !slices.Contains(d.lost, n) {
		d.lost = append(d.lost, n)
	}
}

// report keeps what the other system says of a field beside the deal, which has no place for it.
func (d *draft) report(n *node, text string) {
	n.read = true
	d.reported = append(d.reported, note{n.path, text})
}

// side is the side whose record the payload is.
func (d *draft) side() model.Side { return cmp.Or(d.source.side, d.terms.CRM) }

// atStage reads a stage name, of which parts stand in several fields.
func (d *draft) atStage(f []*node) {
	f = slices.DeleteFunc(f, func(n *node) bool { return n == nil })
	d.theirs = d.joined(f, "/")
	covers, err := d.terms.Stages.Covers(d.theirs)
	if err != nil {
		f[0].refuse(&d.problems, err)
		return
	}
	d.reached = covers[0]
	if len(covers) > 1 {
		d.lose(f[0].path, d.theirs+" stands for "+words(covers)+"; the deal enters at "+string(covers[0])+", the earliest")
	}
	if back, err := d.terms.Stages.Export(d.reached); err == nil && back.Name != d.theirs {
		d.lose(f[0].path, string(d.reached)+" goes back as "+back.Name+", not as "+d.theirs)
	}
}

func words(stages []stage.Stage) string {
	var list []string
	for _, s := range stages {
		list = append(list, string(s))
	}
	return strings.Join(list, ", ")
}

// finish makes the opening of the deal, when everything was read.
func (d *draft) finish(payload *node) {
	d.Deal.Partner, d.Deal.Vendor = cmp.Or(d.Deal.Partner, d.terms.Partner), d.terms.Vendor
	d.Deal.Opening.From, d.Deal.Opening.Engagement = d.source.from, d.terms.Model
	d.need(payload, "deal.id", d.Deal.ID != "")
	d.need(payload, "deal.opening.stage", d.theirs != "")
	d.finishLeads()
	d.finishDay()
	if len(d.problems) > 0 {
		return
	}
	switch d.reached {
	case stage.Identification: // where a deal begins: nothing is to be skipped
	case stage.Lost:
		d.finishLost()
	default:
		d.finishStage(payload)
	}
}

// need refuses a payload in which no field became a fact that every deal has, unless one
// that should have was refused.
func (d *draft) need(payload *node, to string, has bool) {
	i := slices.IndexFunc(d.source.rows, func(r row) bool { return r.to == to })
	if has || i < 0 {
		return
	}
	var paths []string
	for f := range d.source.rows[i].of {
		path := d.source.rows[i].path(f)
		if slices.ContainsFunc(d.problems, func(p *value.Error) bool { return p.Path == value.JoinPath(payload.path, path) }) {
			return
		}
		paths = append(paths, path)
	}
	d.problems.Add(payload.path, value.NewError(fieldMissing, "nothing", "is said in "+strings.Join(paths, ", ")+"; every deal needs it, see "+to))
}

// finishDay says on which day the opportunity opened.
func (d *draft) finishDay() {
	opened := d.created
	if opened.IsZero() {
		if opened = d.first(d.changed); opened.IsZero() {
			opened = d.terms.Seen
		}
		d.assume("deal.opening.day", "nobody says when the opportunity opened; at the latest at "+opened.Format(time.RFC3339)+", so it is that day")
	}
	day, err := value.DateOf(opened, d.terms.zone())
	d.problems.Add("deal.opening.day", err)
	d.Deal.Opening.Day = day
}

// stands returns since when the deal stands at its stage. A deal may not have entered a
// stage before it opened.
func (d *draft) stands() time.Time {
	var since time.Time
	for _, f := range d.entered {
		if f[0] != nil && f[1] != nil && f[0].text == d.theirs {
			f[0].read = true
			if at := d.instant(f[1]); at.After(since) {
				since = at
			}
		}
	}
	if since.IsZero() {
		since = d.first(d.since)
	}
	if since.IsZero() {
		if since = d.first(d.changed); since.IsZero() {
			since = d.terms.Seen
		}
		d.lose("deal.opening.at", "since when it stands at "+d.theirs+" is not said; at the latest since "+since.Format(time.RFC3339))
	}
	if start := d.Deal.Opening.Day.Start(d.terms.zone()); since.Before(start) {
		d.lose("deal.opening.at", "it stood at "+d.theirs+" on "+since.Format(time.RFC3339)+", before it was opened; it counts from the opening day on")
		since = start
	}
	return since
}

// finishStage lets the deal enter at the stage that it has reached. That takes a model:
// no deal leaves identification without one.
func (d *draft) finishStage(payload *node) {
	if d.Deal.Opening.Engagement == 0 {
		advice := model.Recommend(d.Deal.Signals, model.NoRegistrant)
		engagement, err := advice.Decided()
		switch {
		case err == nil:
			d.Deal.Opening.Engagement = engagement
			d.assume("deal.opening.engagement", "nobody says which model was agreed; it is "+engagement.String()+", for "+advice.For[0].String())
		case d.reached == stage.Won:
			d.problems.Add(payload.path, value.NewError(modelMissing, "the won deal "+value.Quote(d.Deal.ID), "has no engagement model, and nothing that decides one; say it with -model"))
			return
		default:
			d.lose("deal.opening.stage", "no engagement model is known, so the deal stands at identification and not at "+string(d.reached)+", until one is set")
			return
		}
	}
	d.Deal.Opening.Stage, d.Deal.Opening.At = d.reached, d.stands()
	if d.reached == stage.Presentation || d.reached == stage.Evaluation {
		d.Deal.Opening.Size = model.Standard
		d.assume("deal.opening.size", "only the standard playbook has a stage "+string(d.reached)+", so the deal is on it, whatever its amount")
	}
}

// finishLost records the loss as an event: it has the reason and no model.
func (d *draft) finishLost() {
	event := stage.Event{Verb: stage.VerbLose}
	event.At, event.Reason = d.stands(), cmp.Or(d.why, "closed as "+d.theirs+" in "+d.source.from)
	event.By = model.Person{Name: d.source.from, Party: d.terms.party(d.side())}
	for _, rep := range d.Deal.Team.Reps {
		if rep.Lead && rep.Party == event.By.Party {
			event.By.Name = rep.ID
		}
	}
	d.assume("record.events", "nobody says who closed it; it is "+event.By.Name)
	d.lose("deal.opening.stage", "at which stage it was lost")
	d.Record.Events = append(d.Record.Events, event)
}
