package crmcsv

import (
	"strconv"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Status is how far a deal is. The zero value is unset and never read.
type Status uint8

// The statuses.
const (
	Open Status = 1 + iota
	Won
	Lost
)

var statusNames = [...]string{"", "open", "won", "lost"}

// ParseStatus reads open, won or lost; anything else is a [StatusUnknown] error.
func ParseStatus(s string) (Status, error) {
	return enum.Parse[Status](StatusUnknown, s, statusNames[:])
}

// String returns the status's name, or "" where it is unset.
func (s Status) String() string { return enum.Name(s, statusNames[:]) }

// Deal is one row of an export.
type Deal struct {
	Line       int              // of the file, from 1
	Account    string           // the company being sold to; may be empty
	Status     Status           // open, won or lost
	Engagement model.Engagement // as the CRM has it; 0 where it does not say
	Signals    model.Signals    // what the row says about the engagement model
	Reverses   string           // the id of the deal that this row takes back; empty for a deal
	Booking    comp.Booking     // of a reversal only ID, Closed and a Value that the row states
}

// deal turns a record into a deal, or into a [*BadRow] with all of its problems.
func (r *Reader) deal(record []string) (Deal, error) {
	line, _ := r.csv.FieldPos(0)
	if len(record) != len(r.header) {
		return Deal{}, r.notCSV(line, strconv.Itoa(len(record))+" cells, the header has "+strconv.Itoa(len(r.header)))
	}
	row := row{reader: r, record: record, fields: r.fields, bad: BadRow{Line: line}}
	d := row.deal()
	if len(row.bad.Cells) > 0 {
		return Deal{}, &row.bad
	}
	r.ids[fingerprintOf(d.Booking.ID)] = line
	for _, p := range d.Booking.Payees {
		r.parties[p.Rep] = p.Party
	}
	return d, nil
}

func (w *row) deal() Deal {
	d := Deal{Line: w.bad.Line, Account: w.text(fieldAccount), Reverses: w.text(fieldReverses)}
	b := &d.Booking
	b.ID = w.id()
	d.Status = need(w, fieldStage, ParseStatus)
	if d.Status == Won {
		b.Closed = w.day(fieldClosed)
	}
	if d.Reverses != "" {
		b.Value = w.takenBack()
		return d
	}
	b.Value = w.positiveValue()
	b.PartnerQuota = w.amount(fieldPartnerQuota)
	b.VendorQuota = w.amount(fieldVendorQuota)
	b.Source = optional(w, fieldSource, model.ParseSource)
	b.Registrant = optional(w, fieldRegistrant, model.ParseRegistrant)
	d.Engagement = optional(w, fieldEngagement, model.ParseEngagement)
	d.Signals.Source = b.Source
	for _, s := range signalFields {
		*s.of(&d.Signals) = optional(w, s.name, model.ParseAnswer)
	}
	b.Payees = w.allPayees()
	return d
}

// id returns the deal's id, which no earlier row may have.
func (w *row) id() string {
	id := w.text(fieldID)
	if id == "" {
		w.refuse(fieldID, id, missing("a deal needs an id"))
		return ""
	}
	if first, ok := w.reader.ids[fingerprintOf(id)]; ok {
		w.refuse(fieldID, id, value.NewError(RowRepeated, value.Quote(id), "is the id of line "+strconv.Itoa(first)+" too"))
	}
	return id
}

// positiveValue returns the deal's amount.
func (w *row) positiveValue() value.Money {
	if w.text(fieldValue) == "" {
		w.refuse(fieldValue, "", value.NewError(RowValueMissing, "nothing", "is stated; a deal without an amount is not priced"))
		return value.Money{}
	}
	m := w.amount(fieldValue)
	if !m.IsZero() && m.Sign() <= 0 {
		w.refuse(fieldValue, w.text(fieldValue), value.NewError(RowValueNotPositive, m.String(), "is not positive; only a positive amount is priced"))
	}
	return m
}

// takenBack returns the amount of a reversal's row where it states one.
func (w *row) takenBack() value.Money {
	if w.text(fieldValue) == "" {
		return value.Money{}
	}
	return w.amount(fieldValue)
}

func (w *row) allPayees() []comp.Payee {
	payees := make([]comp.Payee, 0, len(w.reader.payees))
	for i, fields := range w.reader.payees {
		w.fields, w.prefix = fields, value.Index("payees", i)+"."
		if rep := w.text(payeeRep); rep != "" {
			payees = append(payees, w.payee(rep))
		}
	}
	w.fields, w.prefix = w.reader.fields, ""
	if len(payees) == 0 {
		w.refuse("", "", missing("nobody is credited; a deal needs at least one rep"))
	}
	return payees
}

func (w *row) payee(rep string) comp.Payee {
	known, listed := w.reader.roster[rep]
	p := comp.Payee{Rep: rep, Party: known.party, Rate: known.rate}
	if w.has(payeeSide) {
		p.Party.Side = need(w, payeeSide, model.ParseSide)
	}
	if w.has(payeeOrg) {
		p.Party.Org = w.text(payeeOrg)
	}
	if w.has(payeeRate) {
		p.Rate = w.percent(payeeRate)
	}
	if !listed && !(w.has(payeeSide) && w.has(payeeOrg) && w.has(payeeRate)) {
		w.refuse(payeeRep, rep, value.NewError(RowMissing, value.Quote(rep), "is not in the roster, and the mapping does not say its side, org and rate"))
		return p
	}
	p.Role = optional(w, payeeRole, comp.ParseRole)
	p.Contribution = comp.Contribution(w.text(payeeContribution))
	if w.text(payeeShare) != "" {
		p.Share = w.percent(payeeShare)
	}
	if before, ok := w.reader.parties[rep]; ok && before != p.Party {
		w.refuse(payeeRep, rep, value.NewError(comp.RepTwoParties, value.Quote(rep), "is a rep of "+p.Party.String()+" here and of "+before.String()+" on an earlier line"))
	}
	return p
}

func missing(want string) *value.Error {
	return value.NewError(RowMissing, "nothing", "is there: "+want)
}
