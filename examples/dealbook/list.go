package main

import (
	"strings"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/value"
)

// indent is how far what belongs to a deal stands to the right of it.
const indent = 4

// printDeals lists the first deals: each with its engagement model and why, then
// who is credited with what.
func (b *book) printDeals(p *printer, most int) {
	listed := b.entries[:max(0, min(most, len(b.entries)))]
	more := len(b.entries) - len(listed)
	if more == 0 {
		p.heading("DEALS AND REVERSALS  %s", count(len(listed)))
	} else {
		p.heading("DEALS AND REVERSALS  the first %s of %s; the totals below count all of them", count(len(listed)), count(len(b.entries)))
	}
	if len(listed) == 0 {
		return
	}
	deals, payees := b.tables(listed)
	margin := blanks(indent)
	p.line("%s", deals[0])
	p.line("%swhy it has this engagement model", margin)
	p.line("%s%s", margin, payees[0])
	p.line("%s", strings.Repeat("·", width))
	payees = payees[1:]
	for i, e := range listed {
		p.line("%s", deals[i+1])
		p.wrapped(margin+"why: ", e.why())
		lines := len(e.statements[b.policy.Model].Lines)
		for _, text := range payees[:lines] {
			p.line("%s%s", margin, text)
		}
		payees = payees[lines:]
	}
	b.printMarks(p, listed)
}

// tables returns the lines of the deals and of all their payees, each below a line of
// headings.
func (b *book) tables(listed []entry) (deals, payees []string) {
	heads := &table{columns: "ww*nww"}
	heads.row("deal", "stage", "account", "value", "engagement", "playbook")
	credits := &table{columns: "w*aa"}
	credits.row("credited rep", "side, and part of the value", "credit", "commission")
	for _, e := range listed {
		s := e.statements[b.policy.Model]
		heads.row(s.Booking, e.kind(), e.deal.Account, money(s.Value), dashed(e.engagement.String()), b.playbook(e))
		for _, l := range s.Lines {
			credits.row(l.Payee, credited(l), amount(creditOf(l)), amount(l.Commission))
		}
	}
	return heads.lines(width), credits.lines(width - indent)
}

// playbook returns the size of a deal's playbook; a reversal runs on none.
func (b *book) playbook(e entry) string {
	if e.deal.Reverses != "" {
		return ""
	}
	return b.sizes.of(e.deal.Booking.Value)
}

// printMarks explains the marks that the list has.
func (b *book) printMarks(p *printer, listed []entry) {
	open, influenced := false, false
	for _, e := range listed {
		open = open || e.deal.Status == crmcsv.Open
		for _, l := range e.statements[b.policy.Model].Lines {
			influenced = influenced || l.Credited == comp.AsInfluencer
		}
	}
	if open {
		p.line("open* is not won yet: its figures are projected, and nothing is earned before it is won")
	}
	if influenced {
		p.line("influenced credit is reported apart from quota credit")
	}
}

// credited says as what a payee is credited, and with which part of the value.
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
	}
	return l.Party.Side.String() + ", " + text
}

func creditOf(l comp.Line) value.Money {
	if l.Credited == comp.AsInfluencer {
		return l.Influenced
	}
	return l.QuotaCredit
}
