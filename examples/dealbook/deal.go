package main

import (
	"fmt"
	"io"

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
			return fmt.Errorf("%s is not priced: %w", id, l.err)
		}
	}
	return fmt.Errorf("no deal %q was priced; it is not in the file, or among its left-out rows", id)
}

func (b *book) printEntry(out io.Writer, e entry) error {
	p := &printer{out: out}
	s := e.statements[b.policy.Model]
	p.line("%s  %s  %s  %s  %s", clean(s.Booking, 20), e.kind(), clean(e.deal.Account, 30), money(s.Value), e.engagement)
	p.line("why: %s", clean(e.why(), width-5))
	for _, r := range append(e.advice.For, e.advice.Against...) {
		p.line("  %s", clean(r.String(), width-2))
	}
	if e.deal.Reverses == "" {
		if err := e.printRoles(p); err != nil {
			return err
		}
	}
	p.heading("WHO GETS WHAT")
	for _, l := range s.Lines {
		p.line("%-14s %18s → %16s", clean(l.Payee, 14), amount(creditOf(l)), amount(l.Commission))
		p.line("    %s", clean(l.Why(), width-4))
	}
	p.line("quota inflation %s", inflation(s.Inflation()))
	return p.err
}

// printRoles writes the responsibilities with the deal's own people.
func (e entry) printRoles(p *printer) error {
	roles, err := model.Assign(e.engagement, e.team(), e.deal.Booking.Origin())
	if err != nil {
		return err
	}
	p.heading("WHO DOES WHAT  A accountable, R responsible, I informed")
	p.line("%-58s %-20s %-20s", "", "partner", "vendor")
	for _, r := range roles.RACI() {
		p.line("%-58s %-20s %-20s", clean(r.Says, 58), clean(r.Partner+" "+r.PartnerRep, 20), clean(r.Vendor+" "+r.VendorRep, 20))
	}
	for _, f := range roles.Findings {
		p.line("finding: %s", clean(f.String(), width-9))
	}
	return nil
}

// team takes the credited reps as the deal's team; the first of a side leads it.
func (e entry) team() model.Team {
	var team model.Team
	led := map[model.Side]bool{}
	for _, payee := range e.deal.Booking.Payees {
		side := payee.Party.Side
		team.Reps = append(team.Reps, model.Rep{ID: payee.Rep, Party: payee.Party, Lead: !led[side]})
		led[side] = true
	}
	return team
}
