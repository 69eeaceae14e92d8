package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const width = 100

// printer writes lines and keeps the first error.
type printer struct {
	out io.Writer
	err error
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintln(p.out, strings.TrimRight(fmt.Sprintf(format, args...), " "))
	}
}

func (p *printer) heading(text string) {
	p.line("")
	p.line("%s", text)
	p.line("%s", strings.Repeat("─", width))
}

// print writes the whole book.
func (b *book) print(out io.Writer, list int) error {
	p := &printer{out: out}
	p.line("DEALBOOK  %s", clean(b.mapping.Export(), 80))
	for _, words := range b.mapping.MadeUp() {
		p.line("  made up by the mapping: %s", clean(words, 72))
	}
	p.line("policy: %s credit, joint origin %s, rounding %s", b.policy.Model, b.policy.JointOrigin, b.policy.Rounding)
	b.printDeals(p, list)
	for _, c := range slices.SortedFunc(maps.Keys(b.ledgers), value.Currency.Compare) {
		if err := b.ledgers[c].print(p, c, b.policy.Model); err != nil {
			return err
		}
	}
	b.printLeftOut(p)
	return p.err
}

func (b *book) printDeals(p *printer, list int) {
	p.heading("DEALS  with engagement model and why, then each credited rep: quota credit → commission")
	for _, e := range b.entries[:min(list, len(b.entries))] {
		s := e.statements[b.policy.Model]
		p.line("%-10s %-8s %-24s %22s  %s", clean(s.Booking, 10), e.kind(), clean(e.deal.Account, 24), money(s.Value), e.engagement)
		p.line("           why: %s", clean(e.why(), width-16))
		for _, l := range s.Lines {
			p.line("           %-14s %-34s %17s → %16s", clean(l.Payee, 14), credited(l), amount(creditOf(l)), amount(l.Commission))
		}
	}
	if more := len(b.entries) - list; more > 0 {
		p.line("… and %s more; the totals count all of them", count(more))
	}
}

func (e entry) kind() string {
	switch {
	case e.deal.Reverses != "":
		return "reversal"
	case e.deal.Status == crmcsv.Open:
		return "open*"
	default:
		return e.deal.Status.String()
	}
}

// why says in one line what the engagement model rests on.
func (e entry) why() string {
	if e.deal.Reverses != "" {
		return "takes back " + e.deal.Reverses
	}
	if e.deal.Engagement != 0 {
		return "set in the CRM" + e.mismatch()
	}
	codes := shortCodes(e.advice.For)
	if e.advice.Strength == model.Registered {
		return "the active registration decides (" + e.deal.Booking.Registrant.String() + ")"
	}
	text := e.advice.Strength.String() + ": " + codes
	if against := shortCodes(e.advice.Against); against != "" {
		text += "; against: " + against
	}
	return text
}

func (e entry) mismatch() string {
	findings := model.CheckRegistration(e.engagement, e.deal.Booking.Registrant)
	if len(findings) == 0 {
		return ""
	}
	return "; " + findings[0].String()
}

func shortCodes(reasons []value.Reason) string {
	codes := make([]string, len(reasons))
	for i, r := range reasons {
		codes[i] = strings.TrimPrefix(string(r.Code()), "model.")
	}
	return strings.Join(codes, ", ")
}

func credited(l comp.Line) string {
	text := l.Party.Side.String() + " " + l.Percent.String()
	switch l.Credited {
	case comp.AsSupporting:
		text += " " + string(l.Contribution)
	case comp.AsInfluencer:
		text += " influenced"
	}
	return clean(text+shareOf(l), 34)
}

func shareOf(l comp.Line) string {
	if l.Share == value.MustPercent("100%") {
		return ""
	}
	return " × " + l.Share.String()
}

func creditOf(l comp.Line) value.Money {
	if l.Credited == comp.AsInfluencer {
		return l.Influenced
	}
	return l.QuotaCredit
}

// printLeftOut counts the rows that were not priced, and shows those that
// somebody should look at: not the merely lost or unpriced ones.
func (b *book) printLeftOut(p *printer) {
	p.heading(fmt.Sprintf("ROWS  %s read, %s priced, %s left out", count(b.rows), count(len(b.entries)), count(len(b.left))))
	codes := slices.SortedFunc(maps.Keys(b.reasons), func(x, y value.Code) int {
		return cmp.Or(cmp.Compare(b.reasons[y], b.reasons[x]), cmp.Compare(x, y))
	})
	for _, c := range codes {
		p.line("%9s  %s", count(b.reasons[c]), c)
	}
	const most = 20
	shown := 0
	for _, l := range b.left {
		if countedOnly(l.err) {
			continue
		}
		if shown++; shown <= most {
			p.line("%s", clean(l.text(), width))
		}
	}
	if shown > most {
		p.line("… and %s more", count(shown-most))
	}
}

// countedOnly reports whether a row needs nobody's attention.
func countedOnly(err error) bool {
	first, ok := asError(err)
	return ok && (first.Code == dealLost || first.Code == crmcsv.RowValueMissing || first.Code == crmcsv.RowValueNotPositive)
}

func (l leftOut) text() string {
	if _, ok := l.err.(*crmcsv.BadRow); ok {
		return l.err.Error()
	}
	return fmt.Sprintf("line %d: %s", l.line, strings.ReplaceAll(l.err.Error(), "\n", "; "))
}

// clean keeps text of the export on one line of a terminal: control characters
// become blanks, and what does not fit is cut.
func clean(text string, most int) string {
	runes := []rune(strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, text))
	if len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return string(runes)
}
