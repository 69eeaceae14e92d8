package rendercheck

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

func usd(t *rapid.T, label string) value.Money {
	m, err := value.NewMoney(rapid.Int64Range(-99999, 99999).Draw(t, label), value.MustCurrency("USD"))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func anyParty(t *rapid.T) model.Party {
	return model.Party{Side: rapid.SampledFrom([]model.Side{model.Partner, model.Vendor}).Draw(t, "side"), Org: anyText().Draw(t, "org")}
}

// anyStatement draws a statement with hostile ids; the rest of a line does not matter here.
func anyStatement(t *rapid.T) comp.Statement {
	s := comp.Statement{Booking: anyText().Draw(t, "booking"), Model: comp.RoleBased, Value: usd(t, "value"), Quota: usd(t, "quota")}
	if rapid.Bool().Draw(t, "reversal") {
		s.Of, s.Kind = anyText().Draw(t, "of"), comp.Reversed
	}
	for range rapid.IntRange(0, 4).Draw(t, "lines") {
		s.Lines = append(s.Lines, comp.Line{
			Payee: anyText().Draw(t, "payee"), Party: anyParty(t), Credited: comp.AsSupporting,
			Contribution: comp.Contribution(anyText().Draw(t, "contribution")), Table: comp.TableID(anyText().Draw(t, "table")), Rate: value.MustPercent("0%"),
			Base: usd(t, "base"), QuotaCredit: usd(t, "credit"), Influenced: usd(t, "influenced"), Commission: usd(t, "commission"),
		})
	}
	return s
}

// A statement as Markdown gives every line back.
func TestStatementIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyStatement(t)
		d := markdown(t, s.Markdown())
		headline, _, _ := strings.Cut(s.Text(), "\n")
		if len(d.Headings) != 1 || d.Headings[0] != headline || len(d.Items) > 0 {
			t.Fatalf("%+v, want %q", d, headline)
		}
		if len(s.Lines) == 0 {
			next(t, d.Paragraphs, "nothing")
			return
		}
		var rows [][]string
		influenced := slices.ContainsFunc(s.Lines, func(l comp.Line) bool { return l.Influenced.Sign() != 0 })
		row := func(of, rep, why string, amounts ...string) {
			if !influenced {
				amounts = slices.Delete(amounts, 1, 2)
			}
			rows = append(rows, slices.Concat([]string{of, rep}, amounts, []string{why}))
		}
		var credit, all, paid int64
		for _, l := range s.Lines {
			row(l.Party.String(), l.Payee, l.Why(), l.QuotaCredit.String(), l.Influenced.String(), l.Commission.String())
			credit, all, paid = credit+l.QuotaCredit.Minor(), all+l.Influenced.Minor(), paid+l.Commission.Minor()
		}
		if len(s.Lines) > 1 {
			row("in total", "", "", dollars(t, credit), dollars(t, all), dollars(t, paid))
		}
		head := []string{"of", "rep", "quota credit", "influenced credit", "commission", "why"}
		if !influenced {
			head = slices.Delete(head, 3, 4)
		}
		if len(d.Tables) != 1 {
			t.Fatalf("%+v", d)
		}
		wantTable(t, d.Tables[0], head, rows)
	})
}

func dollars(t rapid.TB, minor int64) string {
	t.Helper()
	m, err := value.NewMoney(minor, value.MustCurrency("USD"))
	if err != nil {
		t.Fatal(err)
	}
	return m.String()
}

// anyReport draws an impact report with hostile ids.
func anyReport(t *rapid.T) impact.Report {
	change := comp.PolicyChange{Path: anyText().Draw(t, "path"), Before: anyText().Draw(t, "before"), After: anyText().Draw(t, "after")}
	zero := value.MustMoney("0 USD")
	same := impact.Figures{Amounts: comp.Amounts{QuotaCredit: zero, Influenced: zero, Commission: zero}}
	r := impact.Report{
		Currency: zero.Currency(), Deals: 1, Value: value.MustMoney("1 USD"),
		Total: impact.Effect{Before: same, After: same, Change: same}, Partner: impact.Effect{Before: same, After: same, Change: same}, Vendor: impact.Effect{Before: same, After: same, Change: same},
		Changes: []impact.Cause{{PolicyChange: change, Amounts: comp.Amounts{QuotaCredit: zero, Influenced: zero, Commission: zero}}},
		LeftOut: []impact.LeftOut{{Reason: value.Code(anyText().Draw(t, "reason")), Bookings: 1}},
		Doubts:  []value.Reason{value.NewReason("comp.lint.percent", "{text} is doubtful", value.Op("text", anyText().Draw(t, "doubt")))},
		Largest: impact.Difference{Booking: anyText().Draw(t, "booking"), Rep: anyText().Draw(t, "rep"), Party: anyParty(t), Before: same.Amounts, After: same.Amounts, Change: same.Amounts, Causes: []comp.PolicyChange{change}},
	}
	for range rapid.IntRange(1, 4).Draw(t, "payees") {
		p := impact.PayeeChange{Rep: anyText().Draw(t, "rep"), Party: anyParty(t), Effect: impact.Effect{Before: same, After: same, Change: same}, Causes: r.Changes}
		p.Change.Commission = usd(t, "change")
		r.Payees = append(r.Payees, p)
	}
	return r
}

// An impact report as Markdown gives every rep, field and sentence back.
func TestImpactReportIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyReport(t)
		d := markdown(t, r.Markdown())
		tables := 3 // the total, the reps, what changed
		if len(sidesOf(r)) == 2 {
			tables = 4 // and the sides
		}
		if len(d.Tables) != tables || len(d.Paragraphs) > 0 {
			t.Fatalf("%+v", d)
		}
		var reps [][]string
		for _, p := range r.Payees {
			reps = append(reps, []string{p.Party.String(), p.Rep, r.Changes[0].Path})
		}
		got := d.Tables[tables-2]
		for i, row := range got {
			got[i] = []string{row[0], row[1], row[len(row)-1]}
		}
		wantTable(t, got, []string{"of", "rep", "because of"}, reps)
		c := r.Changes[0]
		wantTable(t, d.Tables[tables-1], []string{"field", "before", "after", "differences", "credit", "commission"}, [][]string{{c.Path, c.Before, c.After, "0", "0.00", "0.00"}})
		// The lists hold the sentences of the text.
		var sentences []string
		for line := range strings.Lines(r.Text()[strings.Index(r.Text(), "\nChanged in the policy\n"):]) {
			sentences = append(sentences, strings.TrimSuffix(strings.TrimPrefix(line, "  "), "\n"))
		}
		for _, item := range d.Items {
			if !slices.Contains(sentences, item) {
				t.Fatalf("%q is no line of\n%s", item, r.Text())
			}
		}
		moved := len(r.Gains()) + len(r.Losses())
		if want := moved + 2; len(d.Items) != want && len(d.Items) != want+2 {
			t.Fatalf("%d items, want %d\n%q", len(d.Items), want, d.Items)
		}
	})
}

// An impact report as CSV gives every rep back, and no cell is a formula.
func TestImpactCSVIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyReport(t)
		rows, err := csv.NewReader(strings.NewReader(r.CSV())).ReadAll()
		sides := len(sidesOf(r))
		if err != nil || len(rows) != 3+sides+len(r.Payees) { // a header and the total first, the companies last
			t.Fatalf("%d rows of %d reps, %v", len(rows), len(r.Payees), err)
		}
		for i, p := range r.Payees {
			row := rows[2+sides+i]
			wantCell(t, row[2], p.Party.Org)
			wantCell(t, row[3], p.Rep)
			wantCell(t, row[len(row)-1], r.Changes[0].Path)
			if got, err := value.ParseAmount(row[14], r.Currency); err != nil || got != p.Change.Commission {
				t.Fatalf("commission changes by %q, want %s, %v", row[14], p.Change.Commission, err)
			}
		}
	})
}

// sidesOf returns the sides that have a rep in a report.
func sidesOf(r impact.Report) map[model.Side]bool {
	sides := map[model.Side]bool{}
	for _, p := range r.Payees {
		sides[p.Party.Side] = true
	}
	return sides
}

// wantCell compares a cell of CSV with its text.
func wantCell(t rapid.TB, got, text string) {
	t.Helper()
	text = strings.ReplaceAll(text, "\r\n", "\n") // as encoding/csv reads a cell
	if got != text && got != "'"+text {
		t.Fatalf("%q, want %q", got, text)
	}
	if got != "" && strings.ContainsAny(got[:1], "=+-@|%\t\r\n") {
		t.Fatalf("a spreadsheet runs %q", got)
	}
}
