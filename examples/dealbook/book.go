package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// book is everything that was read and priced.
type book struct {
	mapping crmcsv.Mapping
	policy  comp.Policy
	sizes   sizer
	claims  *registrations
	plans   map[comp.Model]*comp.Plan
	models  []comp.Model         // that the policy has terms for, in order
	lacking map[comp.Model]error // what the policy lacks for the others

	rows    int
	entries []entry // the deals and reversals that were priced, deals first
	left    []leftOut
	reasons map[value.Code]int // rows left out, by their first reason
	ledgers map[value.Currency]*ledger

	byID   map[string]int // the entry of each deal that can be reversed
	undone map[string]int // the line of the reversal of each deal that was
}

// readBook reads and prices a whole export. Bad rows are kept with their reason;
// only a file that cannot be read is an error.
func readBook(deals io.Reader, mapping crmcsv.Mapping, policy comp.Policy, sizes sizer, claims *registrations) (*book, error) {
	b := &book{
		mapping: mapping, policy: policy, sizes: sizes, claims: claims, plans: map[comp.Model]*comp.Plan{}, lacking: map[comp.Model]error{},
		reasons: map[value.Code]int{}, ledgers: map[value.Currency]*ledger{}, byID: map[string]int{}, undone: map[string]int{},
	}
	if err := b.compile(); err != nil {
		return nil, fmt.Errorf("the policy has problems:\n%w", err)
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
			b.leave(leftOut{line: bad.Line, err: bad})
		case err != nil:
			return nil, err
		case deal.Reverses != "":
			reversals = append(reversals, deal) // after the deals, wherever they stand in the file
		default:
			b.add(deal)
		}
	}
	for _, r := range reversals {
		if err := b.reverse(r); err != nil {
			b.leave(leftOut{line: r.Line, id: r.Booking.ID, err: err})
		}
	}
	return b, nil
}

// compile makes a plan of the policy under its own model, which must be sound, and
// under each other model that it has terms for.
func (b *book) compile() error {
	for _, m := range comp.Models() {
		plan, err := comp.Compile(b.policy.Under(m))
		switch {
		case err == nil:
			b.plans[m] = plan
			b.models = append(b.models, m)
		case m == b.policy.Model:
			return err
		default:
			b.lacking[m] = err
		}
	}
	return nil
}

// add prices one deal under every model.
func (b *book) add(deal crmcsv.Deal) {
	if deal.Status == crmcsv.Lost {
		b.leave(leftOut{line: deal.Line, id: deal.Booking.ID, err: lost(deal)})
		return
	}
	unregistered, err := b.claims.settle(&deal)
	if err != nil {
		b.leave(leftOut{line: deal.Line, id: deal.Booking.ID, err: err})
		return
	}
	e := entry{
		deal: deal, unregistered: unregistered, advice: model.Recommend(deal.Signals, deal.Booking.Registrant),
		statements: map[comp.Model]comp.Statement{}, refused: map[comp.Model]value.Code{},
	}
	booking, err := e.settle(b.policy)
	if err != nil {
		b.leave(leftOut{line: deal.Line, id: deal.Booking.ID, note: shortCodes(e.advice.For), err: err})
		return
	}
	if err := b.price(&e, booking); err != nil {
		b.leave(leftOut{line: deal.Line, id: deal.Booking.ID, err: err})
		return
	}
	b.byID[booking.ID] = len(b.entries)
	b.entries = append(b.entries, e)
}

// price fills the statements of an entry and totals them. A deal that the policy's
// own model cannot price is an error; that another one cannot is noted.
func (b *book) price(e *entry, booking comp.Booking) error {
	for _, m := range b.models {
		statement, err := b.plans[m].Statement(booking)
		switch {
		case err == nil:
			e.statements[m] = statement
		case m == b.policy.Model:
			return err
		default:
			first, _ := errors.AsType[*value.Error](err)
			e.refused[m] = first.Code
		}
	}
	return b.ledger(booking.Value.Currency()).add(*e, b.policy.Model)
}

// reverse takes a won deal back.
func (b *book) reverse(deal crmcsv.Deal) error {
	at, ok := b.byID[deal.Reverses]
	if !ok {
		return b.notReversible(deal.Reverses)
	}
	origin := b.entries[at]
	whole := origin.deal.Booking.Value.Neg()
	if v := deal.Booking.Value; !v.IsZero() && v != whole {
		return value.NewError(comp.ReversalOf, v.String(), "is not "+whole.String()+", which takes back the whole of "+value.Quote(deal.Reverses))
	}
	e := entry{deal: deal, advice: origin.advice, engagement: origin.engagement, statements: map[comp.Model]comp.Statement{}, refused: origin.refused}
	for m, s := range origin.statements {
		reversed, err := s.Reverse(deal.Booking.ID, deal.Booking.Closed)
		if err != nil {
			return err
		}
		e.statements[m] = reversed
	}
	if err := b.ledger(whole.Currency()).add(e, b.policy.Model); err != nil {
		return err
	}
	delete(b.byID, deal.Reverses)
	b.undone[deal.Reverses] = deal.Line
	b.entries = append(b.entries, e)
	return nil
}

// notReversible says why a deal cannot be taken back.
func (b *book) notReversible(id string) error {
	if line, ok := b.undone[id]; ok {
		return value.NewError(comp.ReversalOf, value.Quote(id), "is taken back by line "+count(line)+" already")
	}
	for _, l := range b.left {
		if l.id == id {
			return value.NewError(comp.ReversalOf, value.Quote(id), "was not priced, see line "+count(l.line))
		}
	}
	return value.NewError(comp.ReversalOf, value.Quote(id), "is no deal of this file, or one of its bad rows")
}

func (b *book) ledger(c value.Currency) *ledger {
	if b.ledgers[c] == nil {
		b.ledgers[c] = newLedger(b.models)
	}
	return b.ledgers[c]
}

var jointOrigin = map[comp.JointOrigin]string{
	comp.EqualOrigin: "half for each side", comp.PartnerOrigin: "for the partner", comp.VendorOrigin: "for the vendor",
}

// print writes the whole book.
func (b *book) print(out io.Writer, list int) error {
	p := &printer{out: out}
	p.wrapped("DEALBOOK  ", b.mapping.Export())
	p.wrapped("policy    ", fmt.Sprintf("%s credit; a joint origin counts %s; rounding %s",
		dashed(b.policy.Model.String()), jointOrigin[b.policy.JointOrigin], dashed(b.policy.Rounding.String())))
	for _, words := range b.mapping.MadeUp() {
		p.wrapped("made up   ", words)
	}
	b.printDeals(p, list)
	for _, c := range slices.SortedFunc(maps.Keys(b.ledgers), value.Currency.Compare) {
		b.ledgers[c].print(p, c, b.policy.Model)
	}
	for _, m := range comp.Models() {
		if err := b.lacking[m]; err != nil {
			p.line("")
			p.wrapped(dashed(m.String())+" is not compared: ", strings.ReplaceAll(err.Error(), "\n", "; "))
		}
	}
	b.printLeftOut(p)
	return p.err
}
