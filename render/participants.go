package render

import (
	"slices"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/internal/grid"
	"github.com/coselling/coselling/internal/words"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
)

// participants returns the further partners of a deal with what they do and their days.
func participants(v *assess.View) (list []string) {
	for _, p := range v.Participants {
		text := p.Party.Org
		if p.Function != "" {
			text += " (" + words.Plain(string(p.Function)) + ")"
		}
		if !p.From.IsZero() {
			text += " from " + p.From.String()
		}
		if !p.Until.IsZero() {
			text += " until " + p.Until.String()
		}
		list = append(list, text)
	}
	return list
}

// whose returns a participant by its name, else a side; both for neither.
func whose(side model.Side, party model.Party) string {
	if !party.IsZero() {
		return party.Org
	}
	return who(side, "")
}

// waits has a row for each party whose consent an event of a deal with participants waits for.
func waits(v *assess.View) grid.Table {
	t := grid.Table{Head: []string{"what", "asked by", "waits for", "until"}}
	if v.Participants == nil {
		return t
	}
	for i := range v.Progress.Pending {
		p := &v.Progress.Pending[i]
		add := func(whom string) {
			t.Rows = append(t.Rows, []string{words.Plain(p.Event.Verb.String()), p.Event.By.Name, whom, instant(p.Due)})
		}
		for _, side := range p.From {
			add(side.String())
		}
		for _, party := range p.Further {
			add(party.Org)
		}
	}
	return t
}

// waiting returns whom the next move of a deal with participants waits for, each party once: those whose work is
// missing at a gate, then those whose consent an event waits for.
func waiting(v *assess.View) (list []string) {
	if v.Participants == nil {
		return nil
	}
	add := func(whom string) {
		if !slices.Contains(list, whom) {
			list = append(list, whom)
		}
	}
	var shut []stage.Shut
	for _, o := range v.Progress.Options {
		if o.Verb == stage.VerbAdvance || o.Verb == stage.VerbWin {
			shut = append(shut, o.Shut...)
		}
	}
	for _, side := range [...]model.Side{model.Partner, model.Vendor} {
		if asks(v, side) || slices.ContainsFunc(shut, func(s stage.Shut) bool {
			return s.Code != stage.StageState && s.Party.IsZero() && (s.Owner == side || s.Owner == 0)
		}) {
			add("the " + side.String())
		}
	}
	for _, s := range shut {
		if !s.Party.IsZero() {
			add(s.Party.Org)
		}
	}
	for i := range v.Progress.Pending {
		for _, party := range v.Progress.Pending[i].Further {
			add(party.Org)
		}
	}
	return list
}

// asks reports whether an event waits for the consent of a side.
func asks(v *assess.View, side model.Side) bool {
	return slices.ContainsFunc(v.Progress.Pending, func(p stage.Awaiting) bool { return slices.Contains(p.From, side) })
}
