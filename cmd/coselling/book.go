package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/crmcsv"
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
	advised map[facts]*advice

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
	return &book{
		mapping: mapping, asOf: o.asOf, sizes: sizes, view: v, prices: prices,
		queue:   queue{all: o.sort, ordered: o.sort || prices.history},
		advised: map[facts]*advice{}, reasons: map[value.Code]int{}, ledgers: map[value.Currency]*ledger{},
	}, nil
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
	if err := b.each(from, b.take); err != nil {
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

// each reads every row of the export: a deal or an error. A deal is valid until take
// returns.
func (b *book) each(from source, take func(*crmcsv.Row, *crmcsv.BadRow) error) error {
	return b.open(from, func(reader *crmcsv.Reader) error {
		err := readAhead(reader, take)
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

// take counts a row and prices it now or later.
func (b *book) take(deal *crmcsv.Row, bad *crmcsv.BadRow) error {
	b.rows++
	if bad != nil {
		return b.leave(leftOut{line: bad.Line, err: bad})
	}
	b.standAsOf(deal)
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
	default:
		return b.add(deal)
	}
}

// standAsOf makes a deal open that was won after the day of -as-of.
func (b *book) standAsOf(deal *crmcsv.Row) {
	if deal.Reverses == "" && deal.Status == crmcsv.Won && b.isLater(deal.Booking.Closed) {
		deal.Status, deal.Booking.Closed = crmcsv.Open, value.Date{}
	}
}

func (b *book) isLater(day value.Date) bool { return !b.asOf.IsZero() && day.After(b.asOf) }

// add prices one deal under every model and totals it.
func (b *book) add(deal *crmcsv.Row) error {
	e := &b.current
	if out := b.price(e, deal); out != nil {
		return b.leave(*out)
	}
	return b.enter(e)
}

// price fills an entry, or returns why the deal is left out.
func (b *book) price(e *entry, deal *crmcsv.Row) *leftOut {
	e.reset(deal)
	if e.registered = b.claims.of(deal); e.registered.named {
		e.deal.Booking.Registrant = e.registered.registrant
	}
	e.advice = b.advise(&e.deal)
	if err := e.settle(&b.prices.policy); err != nil {
		return &leftOut{line: deal.Line, id: deal.Booking.ID, note: shortCodes(e.advice.For), err: err}
	}
	if err := b.prices.price(e, b.ledger(deal.Booking.Value.Currency())); err != nil {
		return &leftOut{line: deal.Line, id: deal.Booking.ID, err: err}
	}
	return nil
}

// advise recommends an engagement model.
func (b *book) advise(deal *crmcsv.Row) *advice {
	key := facts{deal.Signals, deal.Booking.Registrant}
	known := b.advised[key]
	if known == nil {
		known = newAdvice(key)
		b.advised[key] = known
	}
	return known
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
