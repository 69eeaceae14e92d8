package comp

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"math/big"
	"slices"

	"github.com/coselling/coselling/internal/exact"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const (
	maxRunBytes = 2 << 30
	maxWideBits = 113 // of an exact credit: 10¹⁸ minor units
)

// runWire is the JSON form of [Run]. Amounts of accounts are in minor units of the run's currency.
type runWire struct {
	Policy   string         `json:"policy" wire:"needed,64..64"` // the hash of the policy, see [Plan.Hash]
	Currency value.Currency `json:"currency,omitzero"`
	First    value.Date     `json:"first,omitzero"` // of the open period
	Last     value.Date     `json:"last,omitzero"`
	Closed   value.Date     `json:"closed,omitzero"` // the last day of the last period that was closed
	Date     value.Date     `json:"date,omitzero"`   // of the last event
	ID       string         `json:"id,omitzero" wire:"..256"`
	Bookings []paidBooking  `json:"bookings,omitzero" wire:"..20000000"`
	Stream   bool           `json:"stream,omitzero"` // it keeps no bookings
	Payees   []accountWire  `json:"payees,omitzero" wire:"..1000000"`
}

type paidBooking struct {
	ID     string     `json:"id" wire:"needed,1..256"`
	Closed value.Date `json:"closed" wire:"needed,set"`
}

type accountWire struct {
	Rep     string       `json:"rep" wire:"needed,1..256"`
	Party   model.Party  `json:"party" wire:"needed"`
	Company bool         `json:"company,omitzero"`
	Payer   model.Party  `json:"payer,omitzero"` // where another party pays
	Credit  int64        `json:"credit,omitzero"`
	Quota   value.Money  `json:"quota,omitzero"`
	Tables  []pricedWire `json:"tables,omitzero"`
}

type pricedWire struct {
	Table  TableID `json:"table" wire:"needed"`
	Tier   int     `json:"tier,omitzero" wire:"0..99"`
	Credit string  `json:"credit" wire:"needed,1..48"` // in units of exact.One squared
	Unheld int64   `json:"unheld,omitzero"`
	Paid   int64   `json:"paid,omitzero"`
}

// Hash returns the SHA-256 of the canonical form of the policy in hexadecimal; empty where nobody made the plan.
func (p *Plan) Hash() string {
	if p.made() != nil {
		return ""
	}
	text, _ := p.policy.MarshalJSON() // a compiled policy is well-formed
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// MarshalJSON returns the canonical form, which [Plan.ParseRun] reads back: a run that was written and read goes on as
// one that never was. It is a comp.plan.missing error where no plan made the run.
func (r *Run) MarshalJSON() ([]byte, error) {
	if err := r.made(); err != nil {
		return nil, err
	}
	w := runWire{Policy: r.plan.Hash(), Currency: r.currency, First: r.open.first, Last: r.open.last,
		Closed: r.closed, Date: r.date, ID: r.id, Stream: r.days == nil}
	for _, id := range slices.Sorted(maps.Keys(r.days)) {
		w.Bookings = append(w.Bookings, paidBooking{id, r.days[id]})
	}
	for _, rep := range slices.Sorted(maps.Keys(r.accounts)) {
		a := r.accounts[rep]
		account := accountWire{Rep: rep, Party: a.party, Company: a.company}
		if a.period == r.open.number && !r.open.first.IsZero() { // else it is empty
			account.Credit, account.Quota = a.credit, a.quota
			if a.payer != a.party && !a.company { // who pays a company makes no difference to its sums
				account.Payer = a.payer
			}
			for _, sum := range a.tables {
				account.Tables = append(account.Tables,
					pricedWire{sum.table.id, sum.tier, sum.credit.Big().String(), sum.unheld, sum.paid})
			}
		}
		w.Payees = append(w.Payees, account)
	}
	return wire.Marshal(&w)
}

// ParseRun reads a run of this plan, as strict as [ParsePolicy]. Beside errors of form: run.policy for a run of another
// policy, run.document for sums that no bookings make.
func (p *Plan) ParseRun(data []byte) (*Run, error) {
	if err := p.made(); err != nil {
		return nil, err
	}
	r := p.Run()
	var w runWire
	err := wire.Document(data, maxRunBytes, &w, func(w runWire) error { return r.read(&w) })
	if err != nil {
		return nil, value.Below("run", err)
	}
	return r, nil
}

func (r *Run) read(w *runWire) error {
	const unsorted = "is not above the id before it"
	var problems value.Errors
	if hash := r.plan.Hash(); w.Policy != hash {
		problems.Refuse("policy", "run.policy", value.Quote(w.Policy), "is not the policy of this plan, "+hash)
		return problems
	}
	period := span{Quarter{w.First, w.Last}, 1}
	if !period.IsZero() && period.Quarter != r.plan.periodOf(w.First) {
		want := "is not the first day of a period that ends on " + value.Quote(w.Last.String())
		problems.Refuse("first", runDocument, value.Quote(w.First.String()), want)
	}
	open := w.First.IsZero() && w.Date == w.Closed || period.holds(w.Date) && w.Closed.Before(w.First)
	if !open || w.Currency.IsZero() && !w.Date.IsZero() {
		const want = "is no day of the open period, or on which the last one was closed; it has a currency and an event"
		problems.Refuse("date", runDocument, value.Quote(w.Date.String()), want)
	}
	r.currency, r.open, r.closed, r.date, r.id = w.Currency, period, w.Closed, w.Date, w.ID
	if w.Stream && len(w.Bookings) > 0 {
		problems.Refuse("bookings", runDocument, value.Quote(w.Bookings[0].ID), "stands in a run that keeps none")
	}
	for i, b := range w.Bookings {
		if i > 0 && b.ID <= w.Bookings[i-1].ID {
			problems.Refuse(value.Index("bookings", i)+".id", runDocument, value.Quote(b.ID), unsorted)
		}
		if b.Closed.After(w.Date) {
			const want = "is after the last event"
			problems.Refuse(value.Index("bookings", i)+".closed", runDocument, b.Closed.String(), want)
		}
		r.days[b.ID] = b.Closed
	}
	if w.Stream {
		r.days = nil
	} else if w.ID != "" && r.days[w.ID] != w.Date {
		problems.Refuse("id", runDocument, value.Quote(w.ID), "is no booking of the day of the last event")
	}
	for i := range w.Payees {
		at := value.Index("payees", i)
		a := &w.Payees[i]
		if i > 0 && a.Rep <= w.Payees[i-1].Rep {
			problems.Refuse(at+".rep", runDocument, value.Quote(a.Rep), unsorted)
		}
		problems.Add(at+".party", a.Party.Check())
		if !a.Payer.IsZero() {
			problems.Add(at+".payer", a.Payer.Check())
		}
		who := identity{a.Party, a.Company}
		own := &account{identity: who, payer: a.Payer, period: 1, credit: a.Credit, quota: a.Quota}
		if w.First.IsZero() {
			own.period = 0
			if a.Credit != 0 || len(a.Tables) > 0 {
				problems.Refuse(at, runDocument, value.Quote(a.Rep), "has sums, and no period is open")
			}
		}
		if want := r.plan.policy.Rates.Quotas[a.Rep][w.First]; !a.Quota.IsZero() && a.Quota != want {
			want := "is not the quota of the policy, " + amountText(want)
			problems.Refuse(at+".quota", runDocument, a.Quota.String(), want)
		}
		for j := range a.Tables {
			sum, err := r.readPriced(own, &a.Tables[j], w.Currency)
			problems.Add(at+"."+value.Index("tables", j), err)
			own.tables = append(own.tables, sum)
		}
		if _, err := value.NewMoney(a.Credit, w.Currency); err != nil && a.Credit != 0 {
			problems.Add(at+".credit", err)
		}
		r.accounts[a.Rep] = own
	}
	return problems.Err()
}

func (r *Run) readPriced(a *account, w *pricedWire, c value.Currency) (priced, error) {
	sum := priced{table: r.plan.tables[w.Table], tier: w.Tier, unheld: w.Unheld, paid: w.Paid}
	var problems value.Errors
	if sum.table == nil {
		problems.Add("table", value.Known(tableUnknown, string(w.Table), sortedNames(r.plan.tables)))
	} else if w.Tier >= len(sum.table.Tiers) || a.by(sum.table) != nil {
		problems.Refuse("table", runDocument, value.Quote(string(w.Table)), "has no such tier, or stands twice")
	}
	_, err := value.NewMoney(w.Unheld, c)
	problems.Add("unheld", err)
	_, err = value.NewMoney(w.Paid, c)
	problems.Add("paid", err)
	credit, ok := new(big.Int).SetString(w.Credit, 10)
	if !ok || credit.BitLen() > maxWideBits || credit.String() != w.Credit {
		problems.Refuse("credit", runDocument, value.Quote(w.Credit), "is no exact credit")
		return sum, problems
	}
	sum.credit = exact.WideOf(credit)
	return sum, problems.Err()
}

const runDocument value.Code = "run.document" // a run that no bookings make
