package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/life"
	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/value"
)

// payPage is the page of what a person is paid, and of what an approver's company pays. A form that was refused is
// about one line of it.
type payPage struct {
	form
	About string // the line of the form
	Deals []payDeal
	Page  store.PayPage
}

const maxNote = 1000 // bytes of what somebody writes about a line

type payDeal struct {
	store.Pay
	Lines    []payLine
	Disputes []payDispute
}

// payLine is a line with what the person can do with it.
type payLine struct {
	store.PayLine
	ID, Key string       // on the page, and in a form
	Why     string       // how it was made; empty: it was corrected
	Doubts  []life.Doubt // for which they may doubt it; nil: it is not theirs, or everything was doubted
	Approve bool         // it is their turn to approve it
}

type payDispute struct {
	life.Dispute
	ID, Key string
	Expects value.Money // what the payee expects
	Answer  bool        // it is the person's turn to answer
	Appeal  bool        // they may appeal
}

func (s *Server) pay(q *request) error {
	return s.showPay(q, http.StatusOK, payPage{form: s.typed(q)})
}

func (s *Server) showPay(q *request, status int, p payPage) error {
	number, err := strconv.Atoi(q.FormValue("page"))
	if err != nil {
		number = 1
	}
	if p.Page, err = s.Store.Pays(q.Context(), q.who, number); err != nil {
		return err
	}
	p.About = p.Value("line")
	for _, pay := range p.Page.Deals {
		d := payDeal{Pay: pay}
		for i, l := range pay.Lines {
			line := lineOf(q.who, l, pay.Disputes)
			line.ID = fmt.Sprintf("%s-l%d", pay.Deal, i)
			d.Lines = append(d.Lines, line)
		}
		for i, dispute := range pay.Disputes {
			shown := disputeOf(q.who, dispute)
			shown.ID = fmt.Sprintf("%s-d%d", pay.Deal, i)
			d.Disputes = append(d.Disputes, shown)
		}
		p.Deals = append(p.Deals, d)
	}
	return s.show(q, status, "pay", p)
}

func lineOf(who store.User, l store.PayLine, disputes []life.Dispute) payLine {
	line := payLine{PayLine: l, Key: lineKey(l.Line.ID)}
	if l.Made.Payee != "" {
		line.Why = whyOf(who.Party, l.Made)
	}
	for _, p := range l.Turn {
		line.Approve = line.Approve || p == who.Person() && !l.Held
	}
	if l.Line.Party != who.Party || l.Line.ID.Payee != who.Rep {
		return line
	}
	for _, doubt := range []life.Doubt{life.Amount, life.Credit, life.Rate} {
		open := true
		for _, d := range disputes {
			open = open && (d.Line.ID != l.Line.ID || d.Doubt != doubt)
		}
		if open {
			line.Doubts = append(line.Doubts, doubt)
		}
	}
	return line
}

func disputeOf(who store.User, d life.Dispute) payDispute {
	shown := payDispute{Dispute: d, Key: lineKey(d.Line.ID), Expects: d.Events[0].Expects}
	for _, p := range d.Turn {
		if p == who.Person() {
			shown.Answer = shown.Answer || d.Status == life.Disputed || d.Status == life.Appealed
			shown.Appeal = shown.Appeal || d.Status == life.Declined ||
				d.Status == life.Accepted && !d.Corrected.IsZero()
		}
	}
	return shown
}

// lineKey writes the id of a line for a form.
func lineKey(id comp.LineID) string {
	text, err := json.Marshal(id)
	if err != nil {
		return "" // no form has it, and the server refuses it
	}
	return string(text)
}

// payStep approves or doubts a line, answers a doubt, or appeals.
func (s *Server) payStep(q *request) error {
	p := payPage{form: form{Values: q.PostForm}}
	step, right := p.step(q)
	if len(p.Problems) > 0 {
		return s.showPay(q, http.StatusUnprocessableEntity, p)
	}
	decision, err := s.Store.ActOnPay(q.Context(), q.who, q.PathValue("deal"), step, right)
	if isBadInput(err) { // such as an amount in another currency
		for _, problem := range wrongRows(err, nil) {
			p.refuse("", problem)
		}
		return s.showPay(q, http.StatusUnprocessableEntity, p)
	}
	if err != nil {
		return err
	}
	if !decision.Accepted {
		for _, reason := range decision.Reasons {
			p.refuse("", reason.String())
		}
		return s.showPay(q, http.StatusConflict, p)
	}
	return s.done(q, "/pay", say("pay.done."+step.Do.String()))
}

// step returns the event that a form asks for, and the right amounts of a doubt that is accepted; or it says what is
// wrong with the form.
func (p *payPage) step(q *request) (e life.Event, right comp.Amounts) {
	var id comp.LineID
	if err := json.Unmarshal([]byte(p.Value("line")), &id); err != nil {
		p.refuse("", say("pay.line"))
	}
	if err := e.Do.UnmarshalText([]byte(q.field("do"))); err != nil {
		p.refuse("", say("pay.do"))
	}
	if e.Do == life.Approved {
		e.Lines = []comp.LineID{id}
		return e, right
	}
	e.Line, e.Note = id, q.field("note")
	if err := e.Doubt.UnmarshalText([]byte(q.field("doubt"))); err != nil {
		p.refuse("doubt", say("form.choose"))
	}
	if len(e.Note) > maxNote {
		p.refuse("note", say("form.long", maxNote))
	}
	switch e.Do {
	case life.Disputed:
		e.Expects = p.money("expects")
	case life.Appealed:
	case life.Declined:
		if e.Note == "" {
			p.refuse("note", say("form.needed"))
		}
	case life.Accepted:
		right.Commission = p.money("commission")
		if p.Value("credit") != "" {
			right.QuotaCredit = p.money("credit")
		}
	default:
		p.refuse("", say("pay.do"))
	}
	return e, right
}

// money reads an amount with its currency.
func (p *payPage) money(name string) value.Money {
	m, err := value.ParseMoney(strings.ToUpper(strings.TrimSpace(p.Value(name))))
	if err != nil {
		p.refuse(name, say("pay.money", err))
	}
	return m
}
