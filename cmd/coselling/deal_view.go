package main

import (
	"slices"
	"strings"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
)

// dealView writes one deal in full: its responsibilities, and each line with its reason.
type dealView struct {
	p      *printer
	filter filter
}

func (v *dealView) begin(*book) error { return nil }

func (v *dealView) deal(b *book, e *entry) error {
	if !v.filter.takes(e) {
		return nil
	}
	return b.printEntry(v.p, e)
}

func (v *dealView) leave(l *leftOut) error {
	v.filter.takesLeft(l)
	return nil
}

func (v *dealView) end(*book) error { return v.filter.missing() }

func (b *book) printEntry(p *printer, e *entry) error {
	inForce := b.prices.policy.Model
	s := &e.statements[inForce]
	head := &table{columns: "ww*nw"}
	if !p.isText() {
		p.title("Deal " + clean(e.deal.Booking.ID, width))
		head.head = []string{"deal", "stage", "account", "value", "engagement"}
	}
	head.row(s.Booking, e.kind(), e.deal.Account, money(s.Value), dashed(e.engagement.String()))
	head.print(p)
	p.wrapped("why: ", e.why())
	for _, r := range append(slices.Clip(e.advice.For), e.advice.Against...) {
		p.wrapped("     ", r.String())
	}
	for _, r := range e.advice.Contradictions {
		p.wrapped("     contradiction: ", r.String())
	}
	if !e.isTakenBack() {
		p.wrapped("playbook: ", b.playbook(e)+", "+b.sizes.why(e.deal.Booking.Value))
		if e.registered.named {
			p.wrapped("registration: ", e.registered.gate())
		}
		if err := e.printRoles(p); err != nil {
			return err
		}
	}
	p.heading("WHO GETS WHAT  %s credit", dashed(inForce.String()))
	printLines(p, s.Lines)
	p.line("quota inflation %s", percentage(s.Inflation()))
	return p.err
}

// printLines writes the line of each payee, with the reason below it.
func printLines(p *printer, lines []comp.Line) {
	if !p.isText() {
		t := &table{columns: "ww*aa"}
		t.row("credited rep", "of", "why", "credit", "commission")
		for _, l := range lines {
			t.row(l.Payee, l.Party.String(), l.Why(), amount(creditOf(l)), amount(l.Commission))
		}
		t.print(p)
		return
	}
	t := &table{columns: "w*aa"}
	t.row("credited rep", "", "credit", "commission")
	for _, l := range lines {
		t.row(l.Payee, l.Party.String(), amount(creditOf(l)), amount(l.Commission))
	}
	printed := t.lines(width)
	p.line("%s", printed[0])
	for i, l := range lines {
		p.line("%s", printed[i+1])
		p.wrapped("    ", l.Why())
	}
}

// printRoles writes the responsibilities with the people of the deal.
func (e *entry) printRoles(p *printer) error {
	roles, err := model.Assign(e.engagement, e.team(), e.deal.Booking.Origin())
	if err != nil {
		return err
	}
	p.heading("WHO DOES WHAT  A is accountable, R responsible, I informed; the first rep of a side acts for it")
	if !p.isText() {
		t := &table{columns: "*ww"}
		t.row("responsibility", "partner", "vendor")
		for _, r := range roles.RACI() {
			t.row(r.Says, r.Partner+" "+r.PartnerRep, r.Vendor+" "+r.VendorRep)
		}
		t.print(p)
	} else {
		p.line("%-57s %-20s %-20s", "", "partner", "vendor")
		for _, r := range roles.RACI() {
			p.line("%-57s %-20s %-20s", clean(r.Says, 57), clean(r.Partner+" "+r.PartnerRep, 20),
				clean(r.Vendor+" "+r.VendorRep, 20))
		}
	}
	for _, f := range roles.Findings {
		p.wrapped("finding: ", f.String()+": "+strings.Join(f.Paths(), ", "))
	}
	return nil
}
