// Package lifetest plays the lines of statements and their disputes beside a history that is read anew for each answer.
package lifetest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/life"
	"github.com/coselling/coselling/model"
)

// naive keeps the events that took effect and nothing else: every answer is read off the whole history.
type naive []life.Event

func (n naive) until(at time.Time) naive {
	return slices.DeleteFunc(slices.Clone(n), func(e life.Event) bool { return e.At.After(at) })
}

func (n naive) staff(p model.Party) life.Staff {
	var staff life.Staff
	for _, e := range n {
		if e.Do == life.Named && e.Staff.Party == p {
			staff = *e.Staff
		}
	}
	return staff
}

// workdays is the midnight after the n-th Monday to Friday after a day.
func workdays(start time.Time, n int) time.Time {
	day := start.Truncate(24 * time.Hour)
	for n > 0 {
		day = day.AddDate(0, 0, 1)
		if day.Weekday() != time.Saturday && day.Weekday() != time.Sunday {
			n--
		}
	}
	return day.AddDate(0, 0, 1)
}

// lived is a line as the history tells it.
type lived struct {
	life.Line
	status  life.Verb
	drafted time.Time
	itself  bool
}

func (n naive) line(id comp.LineID) (l lived, known bool) {
	for i, e := range n {
		for _, d := range e.Drafts {
			if d.ID == id && (!known || d != l.Line) {
				l, known = lived{Line: d, status: life.Drafted, drafted: e.At}, true
				if n[:i].staff(d.Payer).Alone {
					l.status, l.itself = life.Approved, true
				}
			}
		}
		if slices.Contains(e.Lines, id) {
			l.status = e.Do
		}
	}
	return l, known
}

// told is a dispute as the history tells it: its events, each with its place in the history.
type told struct {
	line   life.Line
	events []life.Event
	at     []int
}

func (n naive) dispute(id comp.LineID, doubt life.Doubt) (d told) {
	for i, e := range n {
		switch {
		case e.Do < life.Disputed || e.Doubt != doubt:
			continue
		case e.Missing != nil && e.Missing.ID == id:
			d.line = *e.Missing
		case e.Line != id:
			continue
		case e.Do == life.Disputed:
			l, _ := n[:i].line(id)
			d.line = l.Line
		}
		d.events, d.at = append(d.events, e), append(d.at, i)
	}
	return d
}

// where is how a dispute stands: whose turn is "answer", "correct", "appeal" or "" with its end.
func (n naive) where(id comp.LineID, doubt life.Doubt, now time.Time) (status life.Verb, turn string, end time.Time) {
	d := n.dispute(id, doubt)
	terms := n[:d.at[0]].staff(d.line.Payer).Policy
	last, place := d.events[len(d.events)-1], d.at[len(d.at)-1]
	status = last.Do
	from := last.At
	if last.Do == life.Disputed || last.Do == life.Appealed {
		if end = workdays(last.At, terms.AnswerDays); now.Before(end) {
			return status, "answer", end
		}
		status, from = life.Declined, end
	}
	if status == life.Accepted {
		found := false
		for _, e := range n[place+1:] {
			for _, l := range e.Drafts {
				if !found && (l.ID == id || l.Corrects == id) && (doubt == life.MissingLine ||
					e.Correction == last.Correction) {
					found, from = true, e.At
				}
			}
		}
		if !found {
			return status, "correct", time.Time{}
		}
	}
	for _, e := range d.events {
		if e.Do == life.Appealed {
			return status, "", time.Time{}
		}
	}
	if end = workdays(from, terms.AppealDays); now.Before(end) && len(n.left(d, program)) > 0 {
		return status, "appeal", end
	}
	return status, "", time.Time{}
}

// left returns the names of the approvers who have not acted in a dispute and whose line it is not.
func (n naive) left(d told, also model.Person) (names []string) {
	for _, name := range n.staff(d.line.Payer).Approvers {
		p := model.Person{Name: name, Party: d.line.Payer}
		acted := p == also || p.Name == d.line.ID.Payee && p.Party == d.line.Party
		for _, e := range d.events {
			acted = acted || e.By == p
		}
		if !acted {
			names = append(names, name)
		}
	}
	return names
}

func (n naive) held(id comp.LineID, now time.Time) bool {
	for doubt := life.Credit; doubt <= life.OtherParty; doubt++ {
		if len(n.dispute(id, doubt).events) > 0 {
			if _, turn, _ := n.where(id, doubt, now); turn == "answer" || turn == "correct" {
				return true
			}
		}
	}
	return false
}

func (n naive) speaks(by model.Person, l life.Line) bool {
	return by.Party == l.Party && (by.Name == l.ID.Payee || by.Name != "" &&
		n.staff(l.Party).Managers[l.ID.Payee] == by.Name)
}

func (n naive) approver(by model.Person, payer model.Party) bool {
	return by.Party == payer && slices.Contains(n.staff(payer).Approvers, by.Name)
}

// judge returns the codes of the rules that refuse an event, sorted, each once; "error" where it names what is not
// there.
func (n naive) judge(e life.Event) string {
	codes := map[string]bool{}
	refuse := func(when bool, code string) {
		if when {
			codes[code] = true
		}
	}
	switch {
	case e.Do == life.Named:
	case e.Do == life.Drafted:
		for _, l := range e.Drafts {
			old, known := n.line(l.ID)
			refuse(known && old.Line != l && old.status == life.Paid, "comp.life")
			refuse(known && old.Line != l && old.status == life.Approved && e.Correction == "", "comp.life")
			if l.Corrects != (comp.LineID{}) {
				base, ok := n.line(l.Corrects)
				refuse(!ok, "error")
				refuse(ok && base.status != life.Paid, "comp.life")
			}
		}
	case e.Do == life.Approved || e.Do == life.Paid:
		for _, id := range e.Lines {
			l, known := n.line(id)
			if !known {
				return "error"
			}
			if e.Do == life.Approved {
				refuse(!n.approver(e.By, l.Payer) || l.status != life.Drafted, "comp.life")
				refuse(e.By.Name == l.ID.Payee && e.By.Party == l.Party, "comp.separate")
			} else {
				refuse(l.status != life.Approved || e.By != program && e.By.Party != l.Payer, "comp.life")
			}
			refuse(l.status != life.Paid && n.held(id, e.At), "comp.dispute")
		}
	case e.Do == life.Disputed:
		n.judgeDispute(e, refuse)
	default:
		n.judgeAnswer(e, refuse)
	}
	var all []string
	for code := range codes {
		all = append(all, code)
	}
	slices.Sort(all)
	if slices.Contains(all, "error") {
		return "error"
	}
	return strings.Join(all, " ")
}

func (n naive) judgeDispute(e life.Event, refuse func(bool, string)) {
	id, from := e.Line, time.Time{}
	l, known := n.line(id)
	if e.Missing != nil {
		_, there := n.line(e.Missing.ID)
		refuse(there, "comp.dispute")
		id, l = e.Missing.ID, lived{Line: *e.Missing}
		from = e.Missing.Won.Start(nil)
	} else if !known {
		refuse(true, "error")
		return
	} else {
		from = l.drafted
	}
	days := int(e.At.Truncate(24*time.Hour).Sub(from.Truncate(24*time.Hour)) / (24 * time.Hour))
	refuse(days < 0 || days > n.staff(l.Payer).Policy.DisputeDays, "comp.dispute")
	refuse(!n.speaks(e.By, l.Line), "comp.dispute")
	refuse(len(n.dispute(id, e.Doubt).events) > 0, "comp.dispute")
}

func (n naive) judgeAnswer(e life.Event, refuse func(bool, string)) {
	d := n.dispute(e.Line, e.Doubt)
	if len(d.events) == 0 {
		refuse(true, "error")
		return
	}
	_, turn, _ := n.where(e.Line, e.Doubt, e.At)
	if e.Do == life.Appealed {
		refuse(!n.speaks(e.By, d.line), "comp.dispute")
		refuse(turn != "appeal" && !(turn == "" && len(n.left(d, program)) == 0 && n.inTerm(e, d)), "comp.dispute")
		refuse(len(n.left(d, e.By)) == 0, "comp.separate")
		return
	}
	refuse(!n.approver(e.By, d.line.Payer) || turn != "answer", "comp.dispute")
	own := e.By.Name == d.line.ID.Payee && e.By.Party == d.line.Party
	for _, old := range d.events {
		own = own || old.By == e.By
	}
	refuse(own, "comp.separate")
}

// inTerm reports whether an appeal would be in time, were somebody left to appeal to.
func (n naive) inTerm(e life.Event, d told) bool {
	more := slices.Clone(n)
	staff := n.staff(d.line.Payer)
	staff.Approvers = append(slices.Clone(staff.Approvers), "somebody")
	more = append(more, life.Event{Do: life.Named, At: e.At, Staff: &staff})
	_, turn, _ := more.where(e.Line, e.Doubt, e.At)
	return turn == "appeal"
}

// all describes every line and dispute of a world as of an instant.
func (n naive) all(names []string, now time.Time) (lines []string) {
	n = n.until(now)
	for _, name := range names {
		id := worldID(name)
		if l, known := n.line(id); known {
			lines = append(lines, fmt.Sprint(name, " ", l.Amounts.Commission, " ", l.status, " ", l.itself, " ",
				l.status != life.Paid && n.held(id, now)))
		}
	}
	for _, name := range names {
		id := worldID(name)
		for doubt := life.Credit; doubt <= life.OtherParty; doubt++ {
			d := n.dispute(id, doubt)
			if len(d.events) == 0 {
				continue
			}
			status, turn, end := n.where(id, doubt, now)
			var people []string
			switch turn {
			case "answer":
				people = n.left(d, program)
			case "correct":
				people = n.left(told{line: d.line}, program)
			case "appeal":
				people = append(people, d.line.ID.Payee)
				if m := n.staff(d.line.Party).Managers[d.line.ID.Payee]; m != "" {
					people = append(people, m)
				}
			}
			lines = append(lines, fmt.Sprint(name, " ", doubt, " ", status, " ", turn == "", " ", people, " ",
				end.Unix()))
		}
	}
	return lines
}
