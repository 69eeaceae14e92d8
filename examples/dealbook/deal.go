package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/coselling/coselling/model"
)

// printDeal writes one deal in full: who does what, and why each rep gets what.
func (b *book) printDeal(out io.Writer, id string) error {
	for _, e := range b.entries {
		if e.deal.Booking.ID == id {
			return b.printEntry(out, e)
		}
	}
	for _, l := range b.left {
		if l.id == id {
			return fmt.Errorf("not priced: line %d: %s", l.line, clean(l.text(), 4*width))
		}
	}
	return fmt.Errorf("no deal %q was priced; it is not in the file, or one of its bad rows", id)
}

func (b *book) printEntry(out io.Writer, e entry) error {
	p := &printer{out: out}
	s := e.statements[b.policy.Model]
	head := &table{columns: "ww*nw"}
	head.row(s.Booking, e.kind(), e.deal.Account, money(s.Value), dashed(e.engagement.String()))
	head.print(p)
	p.wrapped("why: ", e.why())
	for _, r := range e.unregistered {
		p.wrapped("     not registered: ", r.String())
	}
	for _, r := range append(e.advice.For, e.advice.Against...) {
		p.wrapped("     ", r.String())
	}
	for _, r := range e.advice.Contradictions {
		p.wrapped("     contradiction: ", r.String())
	}
	if e.deal.Reverses == "" {
		p.wrapped("playbook: ", b.playbook(e)+", "+b.sizes.why(e.deal.Booking.Value))
		if err := e.printRoles(p); err != nil {
			return err
		}
	}
	p.heading("WHO GETS WHAT  %s credit", dashed(b.policy.Model.String()))
	t := &table{columns: "w*aa"}
	t.row("credited rep", "", "credit", "commission")
	for _, l := range s.Lines {
		t.row(l.Payee, l.Party.String(), amount(creditOf(l)), amount(l.Commission))
	}
	lines := t.lines(width)
	p.line("%s", lines[0])
	for i, l := range s.Lines {
		p.line("%s", lines[i+1])
		p.wrapped("    ", l.Why())
	}
	p.line("quota inflation %s", percentage(s.Inflation()))
	return p.err
}

// printRoles writes the responsibilities with the deal's own people.
func (e entry) printRoles(p *printer) error {
	roles, err := model.Assign(e.engagement, e.team(), e.deal.Booking.Origin())
	if err != nil {
		return err
	}
	p.heading("WHO DOES WHAT  A is accountable, R responsible, I informed; the first rep of a side acts for it")
	p.line("%-57s %-20s %-20s", "", "partner", "vendor")
	for _, r := range roles.RACI() {
		p.line("%-57s %-20s %-20s", clean(r.Says, 57), clean(r.Partner+" "+r.PartnerRep, 20), clean(r.Vendor+" "+r.VendorRep, 20))
	}
	for _, f := range roles.Findings {
		p.wrapped("finding: ", f.String()+": "+strings.Join(f.Paths(), ", "))
	}
	return nil
}
