package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// book is everything that was read and priced.
type book struct {
	mapping crmcsv.Mapping
	policy  comp.Policy
	plans   map[comp.Model]*comp.Plan

	rows    int
	entries []entry        // the deals and reversals that were priced, in order
	byID    map[string]int // entry of each deal id
	left    []leftOut      // rows that were not priced
	reasons map[value.Code]int
	ledgers map[value.Currency]*ledger
}

// entry is a deal with its engagement model and its statement.
type entry struct {
	deal       crmcsv.Deal
	advice     model.Advice
	engagement model.Engagement
	statements map[comp.Model]comp.Statement // under each model that can price it
}

// leftOut is a row that was not priced, and why.
type leftOut struct {
	line int
	id   string // empty where the row could not be read
	err  error
}

// readBook reads and prices a whole export. Bad rows are kept with their reason;
// only a file that cannot be read is an error.
func readBook(deals io.Reader, mapping crmcsv.Mapping, policy comp.Policy) (*book, error) {
	b := &book{
		mapping: mapping, policy: policy, plans: map[comp.Model]*comp.Plan{}, byID: map[string]int{},
		reasons: map[value.Code]int{}, ledgers: map[value.Currency]*ledger{},
	}
	for _, m := range comp.Models() {
		plan, err := comp.Compile(policy.Under(m))
		if err != nil {
			return nil, fmt.Errorf("the policy has problems:\n%w", err)
		}
		b.plans[m] = plan
	}
	reader, err := crmcsv.NewReader(deals, mapping)
	if err != nil {
		return nil, fmt.Errorf("the file does not fit the mapping:\n%w", err)
	}
	var reversals []crmcsv.Deal
	for deal, err := range reader.Deals() {
		b.rows++
		bad, isBad := errors.AsType[*crmcsv.BadRow](err)
		switch {
		case isBad:
			b.leave(bad.Line, "", bad)
		case err != nil:
			return nil, err
		case deal.Reverses != "":
			reversals = append(reversals, deal) // after the deals, wherever they stand in the file
		default:
			b.add(deal)
		}
	}
	for _, r := range reversals {
		b.reverse(r)
	}
	return b, nil
}

// add prices one deal under every model.
func (b *book) add(deal crmcsv.Deal) {
	if deal.Status == crmcsv.Lost {
		b.leave(deal.Line, deal.Booking.ID, lost(deal))
		return
	}
	e := entry{deal: deal, advice: model.Recommend(deal.Signals, deal.Booking.Registrant), statements: map[comp.Model]comp.Statement{}}
	booking, err := e.settle(b.policy)
	if err != nil {
		b.leave(deal.Line, deal.Booking.ID, err)
		return
	}
	var inForce error
	for _, m := range comp.Models() {
		statement, err := b.plans[m].Statement(booking)
		if err == nil {
			e.statements[m] = statement
		} else if m == b.policy.Model {
			inForce = err
		}
	}
	if inForce == nil {
		inForce = b.ledger(booking.Value.Currency()).add(e, b.policy.Model)
	}
	if inForce != nil {
		b.leave(deal.Line, deal.Booking.ID, inForce)
		return
	}
	b.byID[booking.ID] = len(b.entries)
	b.entries = append(b.entries, e)
}

// settle decides the engagement model, the CRM's own or the recommended one, and
// the role of each payee that states none.
func (e *entry) settle(policy comp.Policy) (comp.Booking, error) {
	e.engagement = e.deal.Engagement
	if e.engagement == 0 {
		decided, err := e.advice.Decided()
		if err != nil {
			return comp.Booking{}, err
		}
		e.engagement = decided
	}
	primary, err := policy.PrimarySide(e.engagement, e.deal.Booking.Origin())
	if err != nil {
		return comp.Booking{}, err
	}
	return e.deal.Booking.WithRoles(primary), nil
}

// reverse takes a won deal back.
func (b *book) reverse(deal crmcsv.Deal) {
	at, ok := b.byID[deal.Reverses]
	if !ok {
		b.leave(deal.Line, deal.Booking.ID, value.NewError(comp.ReversalOf, value.Quote(deal.Reverses), "is no priced deal of this file"))
		return
	}
	origin := b.entries[at]
	if v := deal.Booking.Value; !v.IsZero() && v != origin.deal.Booking.Value.Neg() {
		b.leave(deal.Line, deal.Booking.ID, value.NewError(comp.ReversalOf, v.String(), "does not take back the whole of "+origin.deal.Booking.Value.String()))
		return
	}
	e := entry{deal: deal, advice: origin.advice, engagement: origin.engagement, statements: map[comp.Model]comp.Statement{}}
	for m, s := range origin.statements {
		reversed, err := s.Reverse(deal.Booking.ID, deal.Booking.Closed)
		if err != nil {
			b.leave(deal.Line, deal.Booking.ID, err)
			return
		}
		e.statements[m] = reversed
	}
	if err := b.ledger(origin.deal.Booking.Value.Currency()).add(e, b.policy.Model); err != nil {
		b.leave(deal.Line, deal.Booking.ID, err)
		return
	}
	delete(b.byID, deal.Reverses) // a deal is taken back once
	b.entries = append(b.entries, e)
}

func (b *book) ledger(c value.Currency) *ledger {
	if b.ledgers[c] == nil {
		b.ledgers[c] = newLedger()
	}
	return b.ledgers[c]
}

// leave notes a row that is not priced and counts its first reason.
func (b *book) leave(line int, id string, err error) {
	b.left = append(b.left, leftOut{line, id, err})
	if first, ok := errors.AsType[*value.Error](err); ok {
		b.reasons[first.Code]++
	}
}

// dealLost is this program's own reason: nobody is paid for a lost deal.
const dealLost value.Code = "dealbook.lost"

func lost(deal crmcsv.Deal) error {
	return value.NewError(dealLost, value.Quote(deal.Booking.ID), "is lost; nobody is credited")
}
