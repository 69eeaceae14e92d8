package main

import (
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
)

// The readings that several sources share. Each takes the fields that its row names.

// toID takes the first id that is there; the others stay where they are.
func toID(d *draft, f []*node) {
	for _, n := range f {
		if id := d.id(n); id != "" {
			d.Deal.ID = id
			return
		}
	}
}

func toAccount(d *draft, f []*node) { d.Deal.Account = d.text(f[0]) }

// toAmount takes an amount and its currency. Without a currency an amount is no money:
// it stays where it is.
func toAmount(d *draft, f []*node) {
	if f[0] == nil {
		return
	}
	c := d.terms.Currency
	if code := d.text(f[1]); code != "" {
		if err := c.UnmarshalText([]byte(code)); err != nil {
			f[1].refuse(&d.problems, err)
			return
		}
	} else if c.IsZero() {
		return
	} else {
		d.assume(f[0].path, "no currency is said; it is "+c.String())
	}
	d.Deal.Amount = d.amount(f[0], c)
}

func toCreated(d *draft, f []*node) { d.created = d.first(f) }

// first reads the first instant that is there; the others stay where they are.
func (d *draft) first(f []*node) time.Time {
	for _, n := range f {
		if n.says() {
			return d.instant(n)
		}
	}
	return time.Time{}
}

// toSince, toChanged and toEntered keep fields that are read only if a deal needs them,
// see [draft.stands].
func toSince(d *draft, f []*node)   { d.since = f }
func toChanged(d *draft, f []*node) { d.changed = f }
func toEntered(d *draft, f []*node) { d.entered = append(d.entered, f) }

// toClosed keeps the day of the end where the deal has ended: its stage is read before.
func toClosed(d *draft, f []*node) {
	if d.reached == stage.Won || d.reached == stage.Lost {
		d.since = f
	}
}

func toStage(d *draft, f []*node) { d.atStage(f) }

// toWhyLost takes the reason where the deal was lost: its stage is read before.
func toWhyLost(d *draft, f []*node) {
	if d.reached == stage.Lost {
		d.why = d.text(f[0])
	}
}

func toSource(d *draft, s model.Source) { d.Deal.Signals.Source = s }

// toRelationship reports whether the company that owns the record knows the prospect.
func toRelationship(d *draft, a model.YesNo) {
	if d.side() == model.Vendor {
		d.Deal.Signals.VendorCustomer = a
		return
	}
	d.Deal.Signals.PartnerRelationship = a
}

func toProduct(d *draft, f []*node) {
	if id := d.id(f[0]); id != "" {
		d.Deal.Scope.Products = append(d.Deal.Scope.Products, id)
	}
}

// toNote takes a dated text, as a note in the record of its side. The source gives it no
// id, so its content is one: read twice it is one note.
func toNote(d *draft, f []*node) {
	if f[0] == nil || f[1] == nil {
		return
	}
	at, text := d.instant(f[0]), d.text(f[1])
	if at.IsZero() || text == "" {
		return
	}
	d.Record.Activities = append(d.Record.Activities, comms.Activity{
		ID: fmt.Sprintf("note %s %x", at.Format(time.RFC3339Nano), sha256.Sum256([]byte(text))), Kind: comms.Note, At: at, Side: d.side(), Subject: text,
	})
}

// refuseDeleted refuses what the source has deleted.
func refuseDeleted(d *draft, f []*node) {
	f[0].read = true
	if f[0].kind == 't' {
		f[0].refuse(&d.problems, deleted())
	}
}
