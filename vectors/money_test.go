package vectors_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// kinds are the questions that a vector can ask, each with what answers it.
var kinds = map[string]func(input json.RawMessage) (any, error){
	"read": read, "divide": divide, "pay": pay, "compare": compareModels, "history": inForce, "dispute": dispute,
	"account": account, "overlap": overlap, "register": register,
	"assess": assessed, "try": try, "hide": hide, "document": document, "stage_name": stageName,
}

// read reads one value as a text and writes it again.
func read(input json.RawMessage) (any, error) {
	var in struct {
		As, Text string
		On       value.Date
	}
	if err := strict(input, &in); err != nil {
		return nil, err
	}
	var (
		v   fmt.Stringer
		err error
	)
	switch in.As {
	case "money":
		v, err = value.ParseMoney(in.Text)
	case "percent":
		v, err = value.ParsePercent(in.Text)
	case "rate":
		v, err = value.ParseExchangeRate(in.Text)
	case "date":
		v, err = value.ParseDate(in.Text)
	case "term":
		v, err = value.ParseTerm(in.Text)
	case "currency":
		c, e := value.ParseCurrency(in.Text)
		if v, err = c, e; e == nil && !in.On.IsZero() {
			err = c.CheckOn(in.On)
		}
	default:
		err = errors.New("no value is read as " + in.As)
	}
	if err != nil {
		return nil, err
	}
	return map[string]string{"text": v.String()}, nil
}

// divide divides an amount and its negation by weights, to the minor unit.
func divide(input json.RawMessage) (any, error) {
	var in struct {
		Amount  string
		Weights []int64
	}
	if err := strict(input, &in); err != nil {
		return nil, err
	}
	amount, err := value.ParseMoney(in.Amount)
	if err != nil {
		return nil, err
	}
	out := make(map[string][]string)
	for name, amount := range map[string]value.Money{"parts": amount, "reversal": amount.Neg()} {
		parts, err := amount.Allocate(in.Weights...)
		if err != nil {
			return nil, err
		}
		for _, p := range parts {
			out[name] = append(out[name], p.String())
		}
	}
	return out, nil
}

// over merges a change into the default policy of pay, by RFC 7386.
func over(change json.RawMessage) (comp.Policy, error) {
	data, err := merged(comp.DefaultPolicy(), change)
	if err != nil {
		return comp.Policy{}, err
	}
	return comp.ParsePolicy(data)
}

type bill struct {
	Policy    json.RawMessage
	Bookings  []comp.Booking
	Movements []comp.Movement
	Close     []struct {
		Through value.Date
		Lines   []comp.ClosedLine
	}
	Project *struct {
		Booking comp.Booking
		On      value.Date
	}
	ReverseOn value.Date `json:"reverse_on"` // what is left of every booking is reversed on this day
}

// pay prices bookings and their movements in a ledger.
func pay(input json.RawMessage) (any, error) {
	var in bill
	if err := strict(input, &in); err != nil {
		return nil, err
	}
	policy, err := over(in.Policy)
	if err != nil {
		return nil, err
	}
	plan, err := comp.Compile(policy)
	if err != nil {
		return nil, err
	}
	var out struct {
		Statements []comp.Statement `json:"statements"`
		Projected  *comp.Statement  `json:"projected,omitempty"`
		Reversal   []comp.Statement `json:"reversal,omitempty"`
		Net        []string         `json:"net,omitempty"` // the payees whom the reversal does not leave at zero
		Inflation  string           `json:"inflation,omitempty"`
	}
	if len(in.Bookings) == 1 && in.Bookings[0].Closed.IsZero() {
		s, err := plan.Statement(in.Bookings[0])
		out.Statements = []comp.Statement{s}
		return out, err
	}
	ledger := plan.Ledger()
	if err := ledger.Add(in.Bookings, in.Movements); err != nil {
		return nil, err
	}
	for _, c := range in.Close {
		if err := ledger.Close(c.Through, c.Lines...); err != nil {
			return nil, err
		}
	}
	out.Statements = played(ledger)
	if len(out.Statements) == 1 {
		out.Inflation = out.Statements[0].Inflation().String()
		if err := sameAlone(plan, in.Bookings[0], out.Statements[0]); err != nil {
			return nil, err
		}
	}
	if in.Project != nil {
		s, err := ledger.Project(in.Project.Booking, in.Project.On)
		if err != nil {
			return nil, err
		}
		out.Projected = &s
	}
	if !in.ReverseOn.IsZero() {
		if out.Reversal, err = in.reverse(ledger); err != nil {
			return nil, err
		}
		if out.Net, err = net(ledger); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// sameAlone compares the statement of a ledger with that of the plan alone, where it can price the booking.
func sameAlone(plan *comp.Plan, b comp.Booking, inLedger comp.Statement) error {
	if plan.NeedsRun() || b.Deferred {
		return nil
	}
	alone, err := plan.Statement(b)
	if err == nil && alone.Text() != inLedger.Text() {
		err = fmt.Errorf("alone it is %v, in a ledger %v", alone.Text(), inLedger.Text())
	}
	return err
}

func played(l *comp.Ledger) []comp.Statement {
	var list []comp.Statement
	for _, s := range l.Statements() {
		list = append(list, s)
	}
	return list
}

// reverse returns the statements by which all that is left of the bookings is reversed.
func (b *bill) reverse(l *comp.Ledger) ([]comp.Statement, error) {
	var undo []comp.Movement
	for _, booking := range b.Bookings {
		left, err := booking.Value, error(nil)
		for _, m := range b.Movements {
			switch {
			case m.Of != booking.ID || m.Kind != comp.Reversed:
			case m.Amount.IsZero():
				left = value.Money{} // all of it
			default:
				if left, err = left.Sub(m.Amount); err != nil {
					return nil, err
				}
			}
		}
		if left.Sign() > 0 {
			undo = append(undo, comp.Movement{ID: "undo " + booking.ID, Of: booking.ID, Kind: comp.Reversed,
				Amount: left, On: b.ReverseOn})
		}
	}
	if err := l.Add(nil, undo); err != nil {
		return nil, err
	}
	var list []comp.Statement
	for _, s := range played(l) {
		if strings.HasPrefix(s.Booking, "undo ") {
			list = append(list, s)
		}
	}
	return list, nil
}

// net returns the payees whose credit or commission of all statements is not zero, in their order.
func net(l *comp.Ledger) ([]string, error) {
	var totals comp.Totals
	for _, s := range played(l) {
		if err := totals.Add(s); err != nil {
			return nil, err
		}
	}
	reps, err := totals.Payees()
	if err != nil {
		return nil, err
	}
	companies, err := totals.Companies()
	var list []string
	for _, t := range append(reps, companies...) {
		if t.QuotaCredit.Minor() != 0 || t.Influenced.Minor() != 0 || t.Commission.Minor() != 0 {
			list = append(list, t.Payee)
		}
	}
	return list, err
}
