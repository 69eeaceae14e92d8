package comptest

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/internal/shards"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Export is a CRM's CSV export: open and lost deals are left out, and rows that cannot be read. It holds none of the
// deals that are won. Make it with [ReadExport]; the zero value is an export without rows. It is immutable.
type Export struct {
	Notes  []string // what is doubtful, and how much was read
	Unread error    // how many rows cannot be read, with the first hundred; nil for none

	mapping   crmcsv.Mapping
	open      func() (io.ReadCloser, error)
	movements []comp.Movement
	deals     int  // those that are won
	falls     bool // a deal closed before one above it
}

// ReadExport reads an export on all processors, by a mapping in its zone; see package crmcsv. The function opens the
// file at its beginning, now and whenever the deals are read again. An error means that the file is none of the
// mapping, or cannot be read on.
func ReadExport(open func() (io.ReadCloser, error), mapping crmcsv.Mapping) (Export, error) {
	e := Export{mapping: mapping, open: open}
	if err := e.read(nil, func(*wonDeal) {}); err != nil {
		return Export{}, err
	}
	return e, nil
}

// wonDeal is the row of a deal that is won, with its engagement model where that was asked for.
type wonDeal = shards.Row[model.Engagement]

// read gives every deal that is won to take, and notes what else there is.
func (e *Export) read(prepare func(int, *wonDeal), take func(*wonDeal)) error {
	var bad badRows
	var last value.Date
	left := 0
	reader, err := readRows(e, prepare, func(row *wonDeal) error {
		switch deal := row.Deal; {
		case row.Bad != nil:
			bad.add(row.Bad)
		case deal.Status != crmcsv.Won:
			left++
		case deal.Reverses != "":
			r := comp.Movement{ID: deal.Booking.ID, Of: deal.Reverses, Kind: comp.Reversed, On: deal.Booking.Closed}
			if deal.Booking.Value.Sign() != 0 {
				r.Amount = deal.Booking.Value.Neg()
			}
			e.movements = append(e.movements, r)
		default:
			e.deals++
			e.falls = e.falls || deal.Booking.Closed.Before(last)
			last = deal.Booking.Closed
			take(row)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, doubt := range reader.Doubts() {
		e.Notes = append(e.Notes, "doubt: "+doubt.String())
	}
	e.Notes = append(e.Notes, counted(e.deals, "deal")+", "+counted(len(e.movements), "reversal")+"; "+
		strconv.Itoa(left)+" left out, open or lost")
	if bad.count > 0 {
		e.Unread = fmt.Errorf("%s cannot be read:\n%s", counted(bad.count, "row"), bad.text())
	}
	return nil
}

// readRows reads every row of the file, and returns the reader at its end.
func readRows[T any](e *Export, prepare func(int, *shards.Row[T]), take func(*shards.Row[T]) error) (*crmcsv.Reader,
	error) {
	file, err := e.open()
	if err != nil {
		return nil, err
	}
	defer file.Close()
	reader, err := crmcsv.NewReader(file, e.mapping)
	if err != nil {
		return nil, fmt.Errorf("the file does not fit the mapping:\n%w", err)
	}
	return reader, shards.Read(reader, prepare, take)
}

// isWon reports whether a row is a deal that is won.
func isWon[T any](row *shards.Row[T]) bool {
	return row.Bad == nil && row.Deal.Status == crmcsv.Won && row.Deal.Reverses == ""
}

// engage finds the engagement model of a deal that is won.
func engage(_ int, row *wonDeal) {
	if isWon(row) {
		row.Own = engagementOf(row.Deal)
	}
}

// engagementOf returns the engagement model from which the roles of a deal that is won are derived: that of the CRM or
// the recommended one. It is unset if every role is stated, or if the recommendation is undecided.
func engagementOf(deal *crmcsv.Row) model.Engagement {
	unstated := func(p comp.Payee) bool { return p.Role == 0 }
	if deal.Engagement != 0 || !slices.ContainsFunc(deal.Booking.Payees, unstated) {
		return deal.Engagement
	}
	engagement, err := model.Recommend(deal.Signals, deal.Booking.Registrant).Decided()
	if err != nil {
		return 0
	}
	return engagement
}

// badRows counts rows that cannot be read, and has the first of them in words.
type badRows struct {
	count int
	first []string
}

const mostBadRows = 100

func (b *badRows) add(row *crmcsv.BadRow) {
	if b.count++; b.count <= mostBadRows {
		b.first = append(b.first, "  "+row.Error())
	}
}

func (b *badRows) text() string {
	rest := more(b.count-mostBadRows, "row", "  ")
	return strings.TrimSuffix(strings.Join(b.first, "\n")+"\n"+rest, "\n")
}
