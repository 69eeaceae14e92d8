package main

import (
	"fmt"
	"strings"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// indent is the indent of the lines below a deal.
const indent = 4

// bookView writes the whole book for people: the first deals, and all totals.
type bookView struct {
	p    *printer
	most int
	kept []*entry // the deals to be listed; the width of the columns depends on all of them
}

func (v *bookView) begin(*book) error { return nil }

func (v *bookView) deal(_ *book, e *entry) error {
	if len(v.kept) < v.most {
		v.kept = append(v.kept, e.clone())
	}
	return nil
}

func (v *bookView) leave(*leftOut) error { return nil }

func (v *bookView) end(b *book) error {
	b.printHead(v.p)
	v.printDeals(b)
	for _, l := range sortedLedgers(b.ledgers) {
		l.print(v.p)
	}
	b.printMissing(v.p)
	b.claims.print(v.p, usualList)
	b.printLeftOut(v.p)
	return v.p.err
}

var jointOrigin = map[comp.JointOrigin]string{
	comp.EqualOrigin: "half for each side", comp.PartnerOrigin: "for the partner", comp.VendorOrigin: "for the vendor",
}

// printHead counts what was read, and names the policy.
func (b *book) printHead(p *printer) {
	policy := &b.prices.policy
	p.title("Dealbook")
	p.wrapped("DEALBOOK  ", b.mapping.Export())
	p.wrapped("policy    ", fmt.Sprintf("%s credit; a joint origin counts %s; rounding %s",
		dashed(policy.Model.String()), jointOrigin[policy.JointOrigin], dashed(policy.Rounding.String())))
	for _, words := range b.mapping.Doubts() {
		p.wrapped("doubt     ", words)
	}
	for _, words := range b.mapping.MadeUp() {
		p.wrapped("made up   ", words)
	}
	if !b.asOf.IsZero() {
		p.wrapped("as of     ", b.asOf.String()+": what closed later counts as open, what was taken back later is "+
			"left out")
	}
	if b.queue.all {
		p.wrapped("sorted    ", "by closing date: all deals were held in memory")
	}
	if b.prices.history {
		p.wrapped("rates     ", "they count over a period: deals are priced by closing date")
	}
}

// printMissing names the models that are not compared, with the reasons.
func (b *book) printMissing(p *printer) {
	for _, m := range comp.Models() {
		if err := b.prices.missing[m]; err != nil {
			p.print("\n")
			p.wrapped(dashed(m.String())+" is not compared: ", strings.ReplaceAll(err.Error(), "\n", "; "))
		}
	}
}

// printDeals lists the first deals, each with its engagement model and the reason, then the
// credited reps.
func (v *bookView) printDeals(b *book) {
	p := v.p
	if all := b.entries; len(v.kept) == all {
		p.heading("DEALS AND REVERSALS  %s", count(all))
	} else {
		p.heading("DEALS AND REVERSALS  the first %s of %s; the totals below count all of them", count(len(v.kept)),
			count(all))
	}
	if len(v.kept) == 0 {
		return
	}
	if p.isText() {
		v.printText(b)
	} else {
		v.printMarked(b)
	}
	v.printMarks(b)
}

func (v *bookView) printText(b *book) {
	p := v.p
	deals, payees := v.tables(b)
	margin := blanks(indent)
	p.line("%s", deals[0])
	p.line("%swhy it has this engagement model", margin)
	p.line("%s%s", margin, payees[0])
	p.line("%s", strings.Repeat("·", width))
	payees = payees[1:]
	for i, e := range v.kept {
		p.line("%s", deals[i+1])
		p.wrapped(margin+"why: ", e.why())
		lines := len(e.statements[b.prices.policy.Model].Lines)
		for _, text := range payees[:lines] {
			p.line("%s%s", margin, text)
		}
		payees = payees[lines:]
	}
}

// tables returns the lines of the deals and of all their payees, each with headings.
func (v *bookView) tables(b *book) (deals, payees []string) {
	heads := &table{columns: "ww*nww"}
	heads.row("deal", "stage", "account", "value", "engagement", "playbook")
	credits := &table{columns: "w*aa"}
	credits.row("credited rep", "side, and part of the value", "credit", "commission")
	for _, e := range v.kept {
		s := &e.statements[b.prices.policy.Model]
		heads.row(s.Booking, e.kind(), e.deal.Account, money(s.Value), dashed(e.engagement.String()), b.playbook(e))
		for _, l := range s.Lines {
			credits.row(l.Payee, credited(l), amount(creditOf(l)), amount(l.Commission))
		}
	}
	return heads.lines(width), credits.lines(width - indent)
}

// playbook returns the size of a deal's playbook; "" for a reversal and for floors.
func (b *book) playbook(e *entry) string {
	if e.isTakenBack() || e.isFloor() {
		return ""
	}
	return b.sizes.of(e.deal.Booking.Value)
}

// printMarks explains the marks in the list.
func (v *bookView) printMarks(b *book) {
	open, influenced := false, false
	for _, e := range v.kept {
		open = open || e.isOpen()
		for _, l := range e.statements[b.prices.policy.Model].Lines {
			influenced = influenced || l.Credited == comp.AsInfluencer
		}
	}
	if open {
		v.p.line("open* is not won yet: its figures are projected, and nothing is earned before it is won")
	}
	if influenced {
		v.p.line("influenced credit is reported apart from quota credit")
	}
}

// credited returns the capacity in which a payee is credited, and the part of the value.
func credited(l comp.Line) string {
	text := l.Percent.String()
	if l.Share != value.MustPercent("100%") {
		text = l.Share.String() + " of " + text
	}
	switch l.Credited {
	case comp.AsSupporting:
		text += " for " + string(l.Contribution)
	case comp.AsInfluencer:
		text += " influenced"
	case comp.AsTrueUp:
		return l.Party.Side.String() + ", true-up by table " + string(l.Table)
	case comp.AsFloor:
		return l.Party.Side.String() + ", floor of table " + string(l.Table)
	}
	return l.Party.Side.String() + ", " + text
}

func creditOf(l comp.Line) value.Money {
	if l.Credited == comp.AsInfluencer {
		return l.Influenced
	}
	return l.QuotaCredit
}
