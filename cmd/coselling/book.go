package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/internal/shards"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// book reads deals, prices them and gives them to a view one by one. It holds the totals, a
// few rows to look at and the reversals, and with -sort also the deals.
type book struct {
	mapping crmcsv.Mapping
	asOf    value.Date // if unset, all of the file counts
	sizes   sizer
	claims  *registrations // nil without a file of them
	view    view
	prices  pricer
	queue   queue
	desks   []desk // of each worker, and the last one for what is priced in the order of the file

	rows, priced, left int                // of the file
	entries            int                // deals and reversals that were priced, and floors
	unparsed           int                // rows left out that could not be parsed
	reasons            map[value.Code]int // rows left out, by their first reason
	skipped            int                // titles, footers and blank rows
	doubts             []value.Reason     // about what was read
	look               lookAt
	ledgers            map[value.Currency]*ledger
	last               *ledger // that was used last
	reversals          []crmcsv.Row
	current            entry // of the present row; reused for the next one
}

// facts holds everything on which an advice depends; most rows of a file share them.
type facts struct {
	signals    model.Signals
	registrant model.Registrant
}

func newBook(o options, mapping crmcsv.Mapping, policy comp.Policy, sizes sizer, v view) (*book, error) {
	prices, err := newPricer(policy)
	if err != nil {
		return nil, fmt.Errorf("the policy has problems:\n%w", err)
	}
	b := &book{
		mapping: mapping, asOf: o.asOf, sizes: sizes, view: v, prices: prices,
		queue:   queue{all: o.sort, ordered: o.sort || prices.history},
		reasons: map[value.Code]int{}, ledgers: map[value.Currency]*ledger{},
	}
	for range shards.Workers() + 1 {
		b.desks = append(b.desks, desk{book: b, advised: map[facts]*advice{}})
	}
	return b, nil
}

// write reads and prices a whole export. It leaves out bad rows with their reason; only a
// file that cannot be read is an error.
func (b *book) write(from source) error {
	if err := b.check(from); err != nil {
		return err
	}
	if err := b.view.begin(b); err != nil {
		return err
	}
	if err := b.each(from, b.prepare, b.take); err != nil {
		return err
	}
	if err := b.flush(); err != nil {
		return err
	}
	if err := b.undo(from); err != nil {
		return err
	}
	if err := b.closePeriods(value.Date{}); err != nil {
		return err
	}
	return b.view.end(b)
}

// each reads every row of the export on all processors.
func (b *book) each(from source, prepare func(int, *taken), take func(*taken) error) error {
	return b.open(from, func(reader *crmcsv.Reader) error {
		err := shards.Read(reader, prepare, take)
		b.skipped, b.doubts = reader.Skipped(), reader.Doubts()
		return err
	})
}

// check refuses a file whose days are written in another order than the mapping states, before anything is priced.
func (b *book) check(from source) error { return b.open(from, (*crmcsv.Reader).Check) }

// open gives a reader of the export to read.
func (b *book) open(from source, read func(*crmcsv.Reader) error) error {
	deals, err := from()
	if err != nil {
		return err
	}
	defer deals.Close()
	reader, err := crmcsv.NewReader(deals, b.mapping)
	if err == nil {
		err = read(reader)
	}
	if problem, ours := errors.AsType[*value.Error](err); ours && strings.HasPrefix(string(problem.Code), "file.") {
		return fmt.Errorf("the file does not fit the mapping:\n%w", err)
	}
	return err
}

// taken is a row with its price.
type taken = shards.Row[priced]

// priced is a deal that was priced ahead, or the reason why it is left out.
type priced struct {
	entry entry
	left  *leftOut
}

// prepare prices a deal on whose price no other deal bears, so that a worker does it.
func (b *book) prepare(worker int, t *taken) {
	if t.Bad != nil {
		return
	}
	b.standAsOf(t.Deal)
	if t.Deal.Status != crmcsv.Lost && t.Deal.Reverses == "" && !(b.queue.ordered && t.Deal.Status == crmcsv.Won) {
		t.Own.left = b.desks[worker].price(&t.Own.entry, t.Deal, nil)
	}
}

// take counts a row and totals it, or prices it later.
func (b *book) take(t *taken) error {
	b.rows++
	if t.Bad != nil {
		return b.leave(leftOut{line: t.Bad.Line, err: t.Bad})
	}
	deal := t.Deal
	switch {
	case deal.Status == crmcsv.Lost:
		return b.leave(leftOut{line: deal.Line, id: deal.Booking.ID, err: lost(deal.Booking.ID)})
	case deal.Reverses != "" && b.isLater(deal.Booking.Closed):
		return b.leave(leftOut{line: deal.Line, id: deal.Booking.ID, err: later(deal.Booking.ID, b.asOf)})
	case deal.Reverses != "" && !b.queue.all:
		if b.prices.history {
			return fmt.Errorf("line %d takes a deal back, and rates of the policy count over a period; give -sort, "+
				"which holds all deals in memory", deal.Line)
		}
		b.reversals = append(b.reversals, *deal) // priced after all deals; it has no payees
		return nil
	case b.queue.ordered && deal.Status == crmcsv.Won:
		return b.line(*deal)
	case t.Own.left != nil:
		return b.leave(*t.Own.left)
	default:
		return b.enter(&t.Own.entry)
	}
}

// standAsOf makes a deal open that was won after the day of -as-of.
func (b *book) standAsOf(deal *crmcsv.Row) {
	if deal.Reverses == "" && deal.Status == crmcsv.Won && b.isLater(deal.Booking.Closed) {
		deal.Status, deal.Booking.Closed = crmcsv.Open, value.Date{}
	}
}

func (b *book) isLater(day value.Date) bool { return !b.asOf.IsZero() && day.After(b.asOf) }

// desk prices deals, one after the other. It keeps the advice that many of them share.
type desk struct {
	book    *book
	advised map[facts]*advice
}

// price fills an entry, or returns why the deal is left out. The ledger has the runs of its currency, which price won
// deals where rates count over a period.
func (d *desk) price(e *entry, deal *crmcsv.Row, l *ledger) *leftOut {
	b := d.book
	e.reset(deal)
	if e.registered = b.claims.of(deal); e.registered.named {
		e.deal.Booking.Registrant = e.registered.registrant
	}
	key := facts{deal.Signals, e.deal.Booking.Registrant}
	if e.advice = d.advised[key]; e.advice == nil {
		e.advice = newAdvice(key)
		d.advised[key] = e.advice
	}
	if err := e.settle(&b.prices.policy); err != nil {
		return &leftOut{line: deal.Line, id: deal.Booking.ID, note: shortCodes(e.advice.For), err: err}
	}
	if err := b.prices.price(e, l); err != nil {
		return &leftOut{line: deal.Line, id: deal.Booking.ID, err: err}
	}
	return nil
}

// priceInOrder fills the present entry with a deal on whose price those before bear.
func (b *book) priceInOrder(deal *crmcsv.Row) *leftOut {
	return b.desks[len(b.desks)-1].price(&b.current, deal, b.ledger(deal.Booking.Value.Currency()))
}

// enter totals a priced entry and shows it.
func (b *book) enter(e *entry) error {
	if err := b.ledger(e.deal.Booking.Value.Currency()).add(e, b.prices.policy.Model); err != nil {
		return b.leave(leftOut{line: e.deal.Line, id: e.deal.Booking.ID, err: err})
	}
	b.entries++
	if !e.isFloor() {
		b.priced++
	}
	return b.view.deal(b, e)
}

func (b *book) ledger(c value.Currency) *ledger {
	if b.last == nil || b.last.currency != c {
		if b.last = b.ledgers[c]; b.last == nil {
			b.last = newLedger(c, &b.prices)
			b.ledgers[c] = b.last
		}
	}
	return b.last
}
