package assess

import (
	"strings"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/words"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// talkRows lists the row of each rule of communication. A rule that is broken by an act that nothing undoes has
// a row only for what is due. The forward of a mail ends the separate stream, too.
var talkRows = [...]talkRow{
	{comms.SingleThread, forwardMail, true}, {comms.Notify, tellOther, true}, {comms.Response, answerQuestion, true},
	{comms.WeeklySync, holdSync, true}, {comms.SharedNotes, copyNote, true}, {comms.Debrief, holdDebrief, true},
	{comms.OneMessage, agreeMessage, true}, {comms.OnePrice, onePrice, true}, {comms.Prep, holdPrep, false},
}

type talkRow struct {
	code   value.Code
	what   situation
	broken bool // it can still be put right after it was broken
}

// talkRowOf returns the row of a rule of communication; false where it has none.
func talkRowOf(code value.Code) (talkRow, bool) {
	for _, row := range talkRows {
		if row.code == code {
			return row, true
		}
	}
	return talkRow{}, false
}

// talk adds the duties of communication of an open deal: those that are overdue, then those that are due. A mail that
// missed somebody comes before the notice of it, because forwarding it is the notice.
func (n *actions) talk() {
	if !n.open() {
		return // what the two sides say after the end mends nothing
	}
	for _, mails := range [...]bool{true, false} {
		for i := range n.view.Comms.Findings {
			f := &n.view.Comms.Findings[i]
			row, ok := talkRowOf(f.Reason.Code())
			if ok && row.broken && f.Until.IsZero() && mails == (row.what == forwardMail) {
				n.broken(f, row.what)
			}
		}
	}
	for _, d := range n.view.Comms.Due {
		if row, ok := talkRowOf(d.Reason.Code()); ok {
			m := n.said(d.Reason, row.what, d.Side, d.At)
			m.rank = DueLater
			n.ask(m)
		}
	}
}

// broken adds the action on a rule that was broken and can still be put right.
func (n *actions) broken(f *comms.Finding, what situation) {
	if what == onePrice && operand(f.Reason, "first").Value() != nil {
		what = partnersPrice
	}
	m := n.said(f.Reason, what, f.Side, f.Since)
	if what == forwardMail || what == onePrice || what == partnersPrice { // broken by an act, not by time
		m.due, _ = value.DateOf(f.Since, n.zone)
	}
	if what == forwardMail {
		missing := f.Missing()
		m.missing = f.Missing()
		for i, name := range missing {
			if side, err := model.ParseSide(name); err == nil { // it has no lead rep
				missing[i] = "a rep of the " + side.String()
			}
		}
		m.ops = append([]value.Operand{value.Op("missing", words.List(missing...))}, m.ops...)
	}
	n.ask(m)
}

// said returns the matter of a rule of communication, with the operands of its reason as people write them.
func (n *actions) said(r value.Reason, what situation, side model.Side, at time.Time) matter {
	m := matter{what: what, code: r.Code(), side: side, at: at, reason: r}
	if paths := r.Paths(); len(paths) > 0 {
		m.object = paths[0]
	}
	m.cause = string(m.code) + " " + m.object
	if thread := n.threads[m.object]; thread != "" && (what == forwardMail || what == tellOther) {
		m.cause = "thread " + thread // what the mails of a thread broke has one cause
	}
	for _, op := range r.Operands() {
		switch op.Name() {
		case "subject":
			if op.Value() == value.Quote(m.object) { // it has no subject, and its id is no text for people
				op = value.Op("subject", "of "+words.DayOf(at, n.local, n.today))
			}
		case "missing":
			op = parts(strings.Split(op.String(), ", "))
		}
		m.ops = append(m.ops, op)
	}
	return m
}

// allParts is how many parts a prep or a debrief has.
const allParts = 4

// parts is the operand for the parts of a prep or a debrief that are still missing; empty where all are.
func parts(list []string) value.Operand {
	if len(list) == allParts {
		return value.Op("missing", "")
	}
	return value.Op("missing", "; still to cover: "+words.Plain(words.List(list...)))
}

// facts adds the actions on facts of the deal that are missing, contradict each other or call for a change.
func (n *actions) facts() {
	open := n.open()
	for _, f := range n.view.Findings {
		r := f.Reason
		switch code := r.Code(); {
		case code == comp.ContributionUpfront:
			rep := operand(r, "rep").String()
			n.ask(matter{what: contribution, object: rep, side: f.Side, ops: []value.Operand{value.Op("rep", rep)}})
		case !open:
		case code == model.NoOrphan:
			side := operand(r, "side")
			n.ask(matter{what: nameRep, object: side.String(), side: f.Side, due: n.opened, ops: []value.Operand{side}})
		case code == partyRoster:
			n.unlisted(r)
		case code == model.RegistrationMismatch && n.awaits(stage.VerbSetModel) == nil:
			n.ask(matter{what: changeModel, object: string(stage.GateModelSet),
				ops: []value.Operand{value.Op("model", words.Plain(operand(r, "decided").String()))}})
		case code == committedClose:
			n.ask(matter{what: newClose, object: "committed_close",
				ops: []value.Operand{value.Op("day", words.Day(n.view.Close.Committed, n.today))}})
		case code == stage.StageReplanned && operand(r, "size").Value() != nil && n.awaits(stage.VerbResize) == nil:
			n.ask(matter{what: resize, object: stage.VerbResize.String(), due: n.sized,
				ops: []value.Operand{operand(r, "size")}})
		case code == stage.GateSingleProposal:
			n.ask(matter{what: oneProposal, object: string(code), ops: []value.Operand{operand(r, "count")}})
		case code == model.SingleOwner:
			n.ask(matter{what: dealSource, object: string(code)})
		case code == model.Contradiction:
			facts := words.List(operand(r, "one").String(), operand(r, "two").String())
			n.ask(matter{what: contradiction, object: first(r.Paths()), reason: r,
				ops: []value.Operand{value.Op("facts", facts)}})
		}
	}
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}
