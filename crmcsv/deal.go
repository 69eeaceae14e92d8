package crmcsv

import (
	"slices"
	"strconv"
	"strings"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Outcome is the state of a deal: open, won or lost. The zero value is unset; no row gives it.
type Outcome uint8

// The statuses.
const (
	Open Outcome = 1 + iota
	Won
	Lost
)

var statusNames = enum.Of[Outcome]("status.unknown", "open", "won", "lost")

// ParseOutcome reads open, won or lost; anything else is a status.unknown error.
func ParseOutcome(s string) (Outcome, error) { return statusNames.Parse(s) }

// String returns the status's name, or "" where it is unset.
func (s Outcome) String() string { return statusNames.Name(s) }

// Row is one row of an export.
type Row struct {
	Line       int              // the line of the file at which the row begins, from 1
	Account    string           // the company that buys; may be empty
	Status     Outcome          // open, won or lost
	Engagement model.Engagement // as the CRM states it; 0 where it does not
	Signals    model.Signals    // for and against each engagement model
	Reverses   string           // the id of the deal that this row takes back; empty for a deal
	Booking    comp.Booking     // a reversal has only ID, Closed and, where stated, Value
}

// begin makes the row ready for a record.
func (w *row) begin(r *Reader, record []string, line int) {
	w.reader, w.record, w.fields, w.nth, w.bad = r, record, &r.fields, 0, BadRow{Line: line}
	clear(w.refused[:])
}

// deal fills d from a record, or returns a [*BadRow] with all problems.
func (r *Reader) deal(d *Row, record []string, line int) error {
	if bad := r.noDeal(record, line); bad != nil {
		return bad
	}
	if r.order.days != nil {
		r.order.look(record, line)
	}
	err := r.parse(d, record, line)
	r.count(&d.Booking, err != nil)
	if err == nil {
		r.enter(&d.Booking)
	}
	return err
}

// noDeal refuses a record that can be no deal: the header once more, or one with another number of cells.
func (r *Reader) noDeal(record []string, line int) *BadRow {
	if bad := r.checkCount(record, line); bad != nil {
		return bad
	}
	same := func(cell, name string) bool { return strings.TrimSpace(cell) == name }
	if slices.EqualFunc(record, r.header, same) {
		return badRow(line, "row.header", "is the header once more")
	}
	return nil
}

// parse fills d from a record of the right number of cells, or returns a [*BadRow] with all problems.
func (r *Reader) parse(d *Row, record []string, line int) error {
	w := &r.row
	w.begin(r, record, line)
	w.deal(d)
	if len(w.bad.Cells) > 0 {
		bad := w.bad
		return &bad
	}
	return nil
}

// enter remembers the id and the reps of the present row, which is read.
func (r *Reader) enter(b *comp.Booking) {
	r.ids.add(b.ID, r.row.mark)
	for i := range b.Payees {
		r.meet(r.row.known[i], &b.Payees[i])
	}
}

// checkCount refuses a record with another number of cells than the header.
func (r *Reader) checkCount(record []string, line int) *BadRow {
	if len(record) == len(r.header) {
		return nil
	}
	why := "has " + strconv.Itoa(len(record)) + " cells, the header has " + strconv.Itoa(len(r.header))
	return badRow(line, rowCSV, why)
}

// meet remembers the party of a payee's rep, in storage apart from the row.
func (r *Reader) meet(known *model.Party, p *comp.Payee) {
	if known != nil || r.met[p.Rep] != nil { // an earlier payee of the row may have added it
		return
	}
	rep := strings.Clone(p.Rep)
	r.doubts.meet(rep, r.row.bad.Line)
	r.met[rep] = &model.Party{Side: p.Party.Side, Org: strings.Clone(p.Party.Org)}
}

func (w *row) deal(d *Row) {
	d.Line, d.Account, d.Reverses = w.bad.Line, w.text(fieldAccount), w.text(fieldReverses)
	b := &d.Booking
	b.ID = w.id()
	if d.Status = Outcome(w.name(fieldStage)); d.Status == 0 {
		d.Status = need(w, fieldStage, ParseOutcome)
	}
	if d.Status == Won {
		b.Closed = need(w, fieldClosed, w.fields[fieldClosed].day)
	}
	if d.Reverses != "" {
		b.Value, b.Payees = w.amount(fieldValue), nil
		return
	}
	b.Value = w.positiveValue()
	b.PartnerQuota = w.amount(fieldPartnerQuota)
	b.VendorQuota = w.amount(fieldVendorQuota)
	b.Source = named(w, fieldSource, model.ParseSource)
	b.Registrant = named(w, fieldRegistrant, model.ParseRegistrant)
	d.Engagement = named(w, fieldEngagement, model.ParseEngagement)
	d.Signals = w.signals(b.Source)
	w.shares = nil
	b.LeadPartner, b.BroughtBy = w.text(fieldLeadPartner), w.text(fieldBroughtBy)
	b.Payees = w.allPayees(b.Payees, b.Value.Currency())
	b.PartnerShares = w.shares
}

// id returns the deal's id, which no earlier row may have.
func (w *row) id() string {
	id := w.text(fieldID)
	if id == "" {
		w.refuse(fieldID, missing("a deal needs an id"))
		return ""
	}
	w.mark = w.reader.ids.markOf(id, w.bad.Line)
	if first := w.reader.ids.line(id, w.mark); first > 0 {
		want := "is the id of line " + strconv.Itoa(first) + " too"
		w.refuse(fieldID, value.NewError(RowRepeated, value.Quote(id), want))
	}
	return id
}

// positiveValue returns the deal's amount.
func (w *row) positiveValue() value.Money {
	text := w.text(fieldValue)
	if text == "" {
		const want = "is stated; a deal without an amount is not priced"
		w.refuse(fieldValue, value.NewError(RowValueMissing, "nothing", want))
		optional(w, fieldCurrency, value.ParseCurrency)
		return value.Money{}
	}
	m := w.amountOf(fieldValue, text)
	if !m.IsZero() && m.Sign() <= 0 {
		const want = "is not positive; only a positive amount is priced"
		w.refuse(fieldValue, value.NewError(RowValueNotPositive, m.String(), want))
	}
	return m
}

// signals returns the signals of the row for and against each engagement model.
func (w *row) signals(source model.Source) model.Signals {
	var answers [fieldCount]model.YesNo
	for f := signalPartnerRelationship; f <= signalBothEngaged; f++ {
		answers[f] = named(w, f, model.ParseYesNo)
	}
	return model.Signals{
		Source:              source,
		PartnerRelationship: answers[signalPartnerRelationship],
		PartnerTrusted:      answers[signalPartnerTrusted],
		ProductAddon:        answers[signalProductAddon],
		VendorCustomer:      answers[signalVendorCustomer],
		ProductPrimary:      answers[signalProductPrimary],
		EqualProducts:       answers[signalEqualProducts],
		NoRelationship:      answers[signalNoRelationship],
		BothEngaged:         answers[signalBothEngaged],
	}
}

// allPayees appends the payees of a deal in a currency.
func (w *row) allPayees(payees []comp.Payee, c value.Currency) []comp.Payee {
	if cap(payees) == 0 {
		payees = make([]comp.Payee, 0, min(len(w.reader.payees), 4)) // few deals have more
	}
	w.known = w.known[:0]
	problems := len(w.bad.Cells)
	for i := range w.reader.payees {
		w.fields, w.nth = &w.reader.payees[i], i+1
		clear(w.refused[payeeRep:theRow])
		if rep := w.text(payeeRep); rep != "" {
			w.known = append(w.known, w.reader.met[rep])
			payees = append(payees, comp.Payee{Rep: rep})
			w.payee(&payees[len(payees)-1], c)
		}
	}
	w.fields, w.nth = &w.reader.fields, 0
	if len(payees) == 0 && len(w.bad.Cells) == problems && !w.reader.several.on {
		w.refuse(theRow, nobody())
	}
	return payees
}

// payee fills in everything of a payee but the rep.
func (w *row) payee(p *comp.Payee, c value.Currency) {
	listed := w.reader.roster[p.Rep]
	if w.identify(p, listed) {
		w.pay(p, listed, c)
	}
	p.Role = named(w, payeeRole, comp.ParseRole)
	p.Contribution = comp.Contribution(w.text(payeeContribution))
	if w.text(payeeShare) != "" {
		p.Share = need(w, payeeShare, w.fields[payeeShare].part)
	}
	w.partyShare(p.Party)
	isSure := !w.refused[payeeSide] && !w.refused[payeeOrg] && !w.refused[payeeRep]
	if known := w.known[len(w.known)-1]; isSure && known != nil && *known != p.Party {
		want := "is a rep of " + partyText(p.Party) + " here and of " + partyText(*known) + " on an earlier line"
		w.refuse(payeeRep, value.NewError(comp.RepTwoParties, value.Quote(p.Rep), want))
	}
}

// partyShare notes the share of the payee's company in the credit of several partners, which all of its payees state
// alike.
func (w *row) partyShare(party model.Party) {
	if w.text(payeePartyShare) == "" {
		return
	}
	share := need(w, payeePartyShare, w.fields[payeePartyShare].part)
	i := slices.IndexFunc(w.shares, func(s comp.PartnerShare) bool { return s.Party == party })
	switch {
	case i < 0:
		w.shares = append(w.shares, comp.PartnerShare{Party: party, Share: share})
	case w.shares[i].Share != share:
		want := "is the share of " + partyText(party) + ", which has " + w.shares[i].Share.String() + " above"
		w.refuse(payeePartyShare, value.NewError(rowContradicts, value.Quote(w.text(payeePartyShare)), want))
	}
}

// identify fills in the party: that of the row, and where it states none, that of the roster. It returns false for a
// payee of whom neither says enough.
func (w *row) identify(p *comp.Payee, listed *rosterEntry) bool {
	if listed != nil {
		p.Party = listed.Party
	}
	if listed == nil && !(w.has(payeeSide) && w.has(payeeOrg) && slices.ContainsFunc(pays[:], w.has)) {
		const want = "is not in the roster, and the mapping does not say its side, org and rate or table"
		w.refuse(payeeRep, value.NewError(RowMissing, value.Quote(p.Rep), want))
		return false
	}
	if listed == nil || w.text(payeeSide) != "" {
		p.Party.Side = need(w, payeeSide, model.ParseSide)
	}
	if listed == nil || w.text(payeeOrg) != "" {
		p.Party.Org = need(w, payeeOrg, func(text string) (string, error) { return text, nil })
	}
	return true
}

// pays are the fields that say what a payee is paid; a row states one of them.
var pays = [...]field{payeeRate, payeeTable, payeeFixed, payeeCreditOnly}

// pay fills in what a payee is paid: what the row says, and where it says nothing, what the roster has.
func (w *row) pay(p *comp.Payee, listed *rosterEntry, c value.Currency) {
	p.Company = named(w, payeeCompany, model.ParseYesNo) == model.Yes
	for table := range strings.SplitSeq(w.text(payeeAddedTables), ",") {
		if table = strings.TrimSpace(table); table != "" {
			p.AddedTables = append(p.AddedTables, comp.TableID(table))
		}
	}
	stated := theRow
	for _, f := range pays {
		switch text := w.text(f); {
		case text == "" || f == payeeCreditOnly && named(w, f, model.ParseYesNo) != model.Yes:
		case stated != theRow:
			want := "stands beside the " + stated.String() + " " + value.Quote(w.text(stated)) + "; give one of them"
			w.refuse(f, value.NewError(comp.RateTwo, value.Quote(text), want))
			return
		default:
			stated = f
		}
	}
	switch {
	case stated == payeeTable:
		p.Table = comp.TableID(w.text(payeeTable))
	case stated == payeeFixed && !c.IsZero():
		p.Fixed = w.amountIn(payeeFixed, w.text(payeeFixed), c)
	case stated == payeeCreditOnly:
		p.CreditOnly = true
	case stated == payeeRate || listed == nil && stated == theRow:
		p.Rate = need(w, payeeRate, w.fields[payeeRate].part)
		w.reader.doubts.rate(w.fields[payeeRate], p.Rate, w.bad.Line)
	case listed != nil:
		p.Rate, p.Table = listed.rate(), listed.Table
	}
}

// partyText returns a party in words, on one line.
func partyText(p model.Party) string { return p.Side.String() + " " + wire.Member(p.Org) }

// nobody refuses a deal without a payee.
func nobody() *value.Error {
	return value.NewError(RowMissing, "nobody", "is credited; a deal needs at least one rep")
}

func missing(want string) *value.Error {
	return value.NewError(RowMissing, "nothing", "stands here; "+want)
}
