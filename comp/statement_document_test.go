package comp_test

import (
	"encoding/csv"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/goldentest"
	"github.com/coselling/coselling/value"
)

// documented returns a statement of each kind.
func documented(t *testing.T) map[string]comp.Statement {
	t.Helper()
	plan := compile(t, comp.DefaultPolicy())
	shared := deal(sharing(primary("al", acme), "33.333333%"), sharing(primary("ana", acme), "66.666667%"), supporting("bo", us, comp.TechnicalValidation))
	shared.Value = usd("100.01")
	won := statement(t, comp.DefaultPolicy(), shared)
	open := shared
	open.Closed = value.Date{}
	reversal, err := won.Reverse("R-1", value.MustDate("2026-12-01"))
	if err != nil {
		t.Fatal(err)
	}
	shared.Deferred = true
	later := statement(t, comp.DefaultPolicy(), shared)
	deferred, err := plan.Payout(later)
	if err != nil {
		t.Fatal(err)
	}
	moves := moved(t, deferred.Payout, moving(later, comp.Received, "I-1", "2026-12-01", "50"),
		moving(later, comp.WrittenOff, "W-1", "2026-12-02", "20"), moving(later, comp.Refunded, "F-1", "2026-12-03", "10")).Statements
	run := compile(t, floored("15")).Run()
	inRun(t, run, booked("D1", "100", "2026-11-20"))
	return map[string]comp.Statement{
		"won": won, "reversal": reversal, "priced": later, "deferred": deferred.Statements[0],
		"instalment": moves[0], "write_off": moves[1], "refund": moves[2],
		"open": statement(t, comp.DefaultPolicy(), open), "influenced": statement(t, under(comp.Origination), deal(rep("ana", acme), rep("bo", us))),
		"closing": mustClose(t, run, "Q4", value.MustDate("2026-10-01"), tabled("ana")),
	}
}

func TestStatementDocumentsAreAsRecorded(t *testing.T) {
	for name, s := range documented(t) {
		for kind, got := range map[string]string{"txt": s.Text(), "md": s.Markdown(), "csv": s.CSV()} {
			goldentest.Compare(t, filepath.Join("testdata", "statements", name+"."+kind), got)
		}
	}
}

// hostileText draws an id that tries to leave its cell or to run as a formula.
func hostileText() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.StringN(1, 40, 200),
		rapid.StringMatching("[=+@\\-|,;\"'\r\n\t `*_<>&#a0-9\\\\]{1,12}"),
		rapid.SampledFrom([]string{"=HYPERLINK(\"x\")", "a\r\nb", "a\nReversal R-1", "| a | b |", "<script>", "\u202eana", "-1", "'=1"}),
	)
}

// anyDocumented draws a priced statement whose ids are hostile.
func anyDocumented(t *rapid.T) comp.Statement {
	_, _, s := anyPriced(t)
	s.Booking = hostileText().Draw(t, "booking")
	for i := range s.Lines {
		l := &s.Lines[i]
		l.Payee, l.Party.Org = hostileText().Draw(t, "rep"), hostileText().Draw(t, "org")
		if l.Credited == comp.AsSupporting {
			l.Contribution = comp.Contribution(hostileText().Draw(t, "contribution"))
		}
		l.Table = comp.TableID(rapid.OneOf(rapid.Just(""), hostileText()).Draw(t, "table"))
	}
	if rapid.Bool().Draw(t, "reversed") && !s.Projected {
		reversed, err := s.Reverse("R"+s.Booking, s.Date)
		if err == nil {
			s = reversed
		}
	}
	return s
}

// A CSV file gives back each fact of a line, and no cell is a formula.
func TestStatementCSVIsReadBack(t *testing.T) {
	head := strings.Split(strings.TrimSpace(comp.StatementHead), ",")
	at := func(row []string, column string) string { return row[slices.Index(head, column)] }
	rapid.Check(t, func(t *rapid.T) {
		s := anyDocumented(t)
		records, err := csv.NewReader(strings.NewReader(s.CSV())).ReadAll()
		if err != nil || len(records) != len(s.Lines)+1 || !slices.Equal(records[0], head) {
			t.Fatalf("%d lines are read as %q, %v", len(s.Lines), records, err)
		}
		for i, row := range records[1:] {
			l := s.Lines[i]
			as := at(row, "as")
			if l.Credited == comp.AsSupporting {
				as = "for " + string(l.Contribution)
			}
			for column, want := range map[string]string{
				"as": as, "contribution": string(l.Contribution), "statement": s.Booking, "of": s.Of, "org": l.Party.Org, "rep": l.Payee, "table": string(l.Table), "why": l.Why(),
			} {
				if got := at(row, column); got != want && got != "'"+want && got != crlf(want) && got != "'"+crlf(want) {
					t.Fatalf("%s: %q, want %q", column, got, want)
				}
				if got := at(row, column); got != "" && strings.ContainsAny(got[:1], "=+-@|%\t\r\n") {
					t.Fatalf("%s: a spreadsheet runs %q", column, got)
				}
			}
			for column, want := range map[string]value.Money{"base": l.Base, "quota_credit": l.QuotaCredit, "influenced": l.Influenced, "commission": l.Commission, "value": s.Value, "quota_value": s.Quota} {
				if got, err := value.ParseAmount(at(row, column), value.MustCurrency(at(row, "currency"))); err != nil || got != want {
					t.Fatalf("%s: %v, want %v, %v", column, got, want, err)
				}
			}
			for column, want := range map[string]value.Percent{"percent": l.Percent, "share": l.Share, "rate": l.Rate} {
				if got, err := value.ParsePercent(at(row, column)); err != nil || got != want {
					t.Fatalf("%s: %v, want %v, %v", column, got, want, err)
				}
			}
			if at(row, "side") != l.Party.Side.String() || at(row, "rule") != string(l.Rule()) || at(row, "date") != s.Date.String() || (at(row, "projected") == "true") != s.Projected {
				t.Fatalf("%q is not %+v", row, l)
			}
		}
	})
}

// crlf replaces line ends as encoding/csv does inside a cell.
func crlf(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

// Text and Markdown have one row for each line, whatever the ids are, with all of their
// text visible.
func TestTextFromOutsideStaysOnItsLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyDocumented(t)
		rows := len(s.Lines)
		if rows > 1 {
			rows++ // in total
		}
		if s.Kind != comp.Reversed && !s.Inflation().IsZero() {
			rows += 2
		}
		text, markdown := s.Text(), s.Markdown()
		if got := strings.Count(text, "\n"); got != rows+3 {
			t.Fatalf("%d lines, want %d\n%s", got, rows+3, text)
		}
		if got := strings.Count(markdown, "\n"); got != rows+4 {
			t.Fatalf("%d lines, want %d\n%s", got, rows+4, markdown)
		}
		for _, document := range []string{text, markdown} {
			if !utf8.ValidString(document) || strings.ContainsFunc(document, func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }) {
				t.Fatalf("not all of it can be seen: %q", document)
			}
		}
		for _, l := range s.Lines {
			if !strings.Contains(text, l.QuotaCredit.String()) || !strings.Contains(text, l.Commission.String()) {
				t.Fatalf("%s has not all amounts of %s", text, l.Payee)
			}
		}
	})
}

// A statement that no plan made is written too.
func TestStatementsThatNoPlanMakesAreWritten(t *testing.T) {
	none := comp.Statement{}
	if got, want := none.Text(), "Statement\n\n  nothing\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := none.Markdown(), "# Statement\n\nnothing\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if none.CSV() != comp.StatementHead || len(none.AppendCSV(nil)) != 0 {
		t.Errorf("%q", none.CSV())
	}
	most := value.MustMoney("99999999999999.9999 CLF")
	mixed := comp.Statement{Booking: "D-17", Quota: most, Lines: []comp.Line{{QuotaCredit: most, Commission: usd("1")}, {QuotaCredit: most}}}
	if got := mixed.Text(); strings.Count(got, "\n") != 8 || !strings.Contains(got, "  in total\n") || !strings.Contains(got, "Quota inflation 200%") {
		t.Errorf("%s", got)
	}
}

func TestAppendCSVAppends(t *testing.T) {
	all := documented(t)
	file := []byte(comp.StatementHead)
	var want strings.Builder
	want.WriteString(comp.StatementHead)
	for _, name := range []string{"won", "reversal", "closing"} {
		file = all[name].AppendCSV(file)
		want.WriteString(strings.TrimPrefix(all[name].CSV(), comp.StatementHead))
	}
	if string(file) != want.String() || strings.Count(want.String(), "\n") != 1+3+3+1 {
		t.Errorf("%s", file)
	}
}
