package life_test

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/life"
	"github.com/coselling/coselling/value"
)

// story is a record with an event of every verb.
func story(t testing.TB) *life.Record {
	r, line := drafted("8600.00 USD")
	right := line
	right.Amounts.Commission = usd("9600.00")
	against := doubt(in(1), ana, life.OtherParty, "9600.00")
	against.Against, against.Note = us, "bo did not take part"
	add(t, r, approval(monday(9), mia), against, doubt(in(1), ana, life.Rate, "9600.00"), decline(in(1), mia, life.Rate),
		decline(in(2), lee, life.OtherParty), appeal(in(2), ana, life.Rate), accept(in(3), lee, life.Rate, "D-17b"),
		missing(3, "2026-11-20"), draft(in(3), "D-17b", right), approval(in(3), mia), payment(in(4)))
	return r
}

// A record that is stored and read between any two events gives the bytes of one that never stopped, as of any day.
func TestLifeReplayGivesTheSameBytes(t *testing.T) {
	whole := document(t, story(t))
	for cut := range strings.Count(whole, `"do"`) + 1 {
		r, err := life.Parse([]byte(prefix(t, whole, cut)), nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range events(t, whole)[cut:] {
			add(t, r, e)
		}
		if got := document(t, r); got != whole {
			t.Errorf("cut after %d events:\n%s\nwant\n%s", cut, got, whole)
		}
		for day := range 40 {
			if a, b := document(t, r.At(in(day))), document(t, story(t).At(in(day))); a != b {
				t.Errorf("as of day %d\n%s\nwant\n%s", day, a, b)
			}
		}
	}
}

// events are those of a record's document.
func events(t testing.TB, text string) []life.Event {
	t.Helper()
	var all []life.Event
	for one := range strings.SplitSeq(strings.TrimSuffix(strings.TrimPrefix(text, `{"events":[{"do"`), `]}`), `,{"do"`) {
		var e life.Event
		if err := e.UnmarshalJSON([]byte(`{"do"` + one)); err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	return all
}

func prefix(t testing.TB, text string, n int) string {
	t.Helper()
	var parts []string
	for _, e := range events(t, text)[:n] {
		parts = append(parts, document(t, e))
	}
	return `{"events":[` + strings.Join(parts, ",") + `]}`
}

func TestPastIsWhatWasThereThen(t *testing.T) {
	r, line := drafted("8600.00 USD")
	then := document(t, r.At(in(30)))
	if s := standingOf(t, r, line.ID, 30); s.By != program || s.Since != monday(8) || s.Drafted != monday(8) {
		t.Errorf("a program drafted it: %+v", s)
	}
	add(t, r, approval(in(31), mia), payment(in(32)), with(draft(in(32), "", with(line, func(l *life.Line) { l.ID.Cause = "by" })),
		func(e *life.Event) { e.By = pat }))
	if s := standingOf(t, r, id("D-17", "ana", "by"), 32); s.By != pat {
		t.Errorf("somebody drafted it: %+v", s)
	}
	if now := document(t, r.At(in(30))); now != then {
		t.Errorf("later events changed the past:\n%s\nwant\n%s", now, then)
	}
	if s := r.At(monday(8).Add(-1)); s.Lines != nil {
		t.Errorf("there was nothing: %v", s)
	}
	if s := standingOf(t, r, line.ID, 32); s.Status != life.Paid {
		t.Errorf("%+v", s)
	}
}

func TestTheCallerKeepsItsEvents(t *testing.T) {
	r, line := drafted("8600.00 USD")
	lines := []life.Line{line}
	lines[0].ID.Cause = "x"
	add(t, r, life.Event{Do: life.Drafted, At: in(0), Drafts: lines})
	lines[0].ID.Cause = "y"
	staff := acmeStaff()
	add(t, r, life.Event{Do: life.Named, At: in(0), Staff: staff})
	staff.Approvers[0], staff.Managers["ana"] = "eve", "eve"
	add(t, r, approval(in(0), mia))
	shot := r.At(in(0))
	shot.Lines[1].Turn[0].Name, shot.Lines[0].Line.ID.Cause = "eve", "z"
	if s := standingOf(t, r, id("D-17", "ana", "x"), 0); s.Turn[0] != mia {
		t.Errorf("%+v", s)
	}
}

func TestParseRefusesWhatAddWouldRefuse(t *testing.T) {
	whole := document(t, story(t))
	stored, err := os.ReadFile("testdata/record.json")
	if err != nil || !bytes.Equal(bytes.TrimSpace(stored), []byte(whole)) {
		if os.Getenv("COSELLING_UPDATE") != "1" {
			t.Errorf("testdata/record.json is another record: %v", err)
		} else if err := os.WriteFile("testdata/record.json", []byte(whole+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, row := range []struct {
		name, old, new string
		code           value.Code
		path           string
	}{
		{"cut", `]}`, ``, "json.syntax", ""},
		{"unknown member", `"events"`, `"policy":1,"events"`, "json.unknown", "life.policy"},
		{"no events", `{"events":`, `{"event":`, "json.missing", "life.events"},
		{"an approver of elsewhere", `"do":"approved","at":"2026-11-23T09:00:00Z","by":{"name":"mia"`,
			`"do":"approved","at":"2026-11-23T09:00:00Z","by":{"name":"eve"`, "life.refused", "life.events[3]"},
		{"a line that is not there", `"lines":[{"booking":"D-17"`, `"lines":[{"booking":"D-99"`, "life.line.unknown", "life.events[3].lines[0]"},
		{"an earlier instant", `"do":"approved","at":"2026-11-23T09`, `"do":"approved","at":"2026-11-23T07`, "life.order", "life.events[3].at"},
		{"another verb", `"do":"paid"`, `"do":"sold"`, "life.verb.unknown", "life.events[13].do"},
	} {
		t.Run(row.name, func(t *testing.T) {
			text := strings.Replace(whole, row.old, row.new, 1)
			if row.name == "cut" {
				text = strings.TrimSuffix(whole, row.old)
			}
			r, err := life.Parse([]byte(text), nil)
			var list value.Errors
			list.Add("", err)
			found := slices.ContainsFunc(list, func(e *value.Error) bool {
				return e.Code == row.code && (row.path == "" || e.Path == row.path)
			})
			if r != nil || !found {
				t.Errorf("%v, want %s at %s", err, row.code, row.path)
			}
		})
	}
	many := `{"events":[` + strings.Repeat(`0,`, 200_000) + `0]}`
	if _, err := life.Parse([]byte(many), nil); !hasCode(err, "life.events") && !hasCode(err, "json.type") {
		t.Errorf("200,001 events: %v", err)
	}
}

func TestLinesOfAStatementHaveNamesOfTheirOwn(t *testing.T) {
	plan, err := comp.Compile(comp.DefaultPolicy())
	if err != nil {
		t.Fatal(err)
	}
	booking := comp.Booking{ID: "D/17", Value: usd("120000.00"), Closed: value.MustDate("2026-11-20"),
		Payees: []comp.Payee{
			{Rep: "ana", Party: acme, Role: comp.Primary, Rate: value.MustPercent("8%")},
			{Rep: "bo", Party: us, Role: comp.Supporting, Contribution: comp.TechnicalValidation, Rate: value.MustPercent("5%")},
		}}
	statement, err := plan.Statement(booking)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := life.Lines(statement)
	if err != nil || len(lines) != 2 || lines[0].ID == lines[1].ID {
		t.Fatal(lines, err)
	}
	if l := lines[0]; l.Amounts.Commission != usd("9600.00") || l.Amounts.QuotaCredit != usd("120000.00") || l.Payer != acme || l.Won != booking.Closed {
		t.Errorf("%+v", l)
	}
	r := life.New(nil)
	add(t, r, life.Event{Do: life.Named, At: in(0), Staff: acmeStaff()}, life.Event{Do: life.Named, At: in(0), Staff: usStaff()},
		draft(in(0), "", lines...))
	reversal, err := statement.Reverse("R-17", value.MustDate("2026-11-23"))
	if err != nil {
		t.Fatal(err)
	}
	back, err := life.Lines(reversal)
	if err != nil || back[0].ID == lines[0].ID || back[0].Amounts.Commission != usd("-9600.00") {
		t.Fatal(back, err)
	}
	add(t, r, draft(in(0), "", back...))
	statement.Lines[0].Payer = us
	if paid, err := life.Lines(statement); err != nil || paid[0].Payer != us || paid[1].Payer != us {
		t.Errorf("a line keeps the payer that its booking states: %v %v", paid, err)
	}
	booking.Closed = value.Date{}
	open, err := plan.Statement(booking)
	if err != nil {
		t.Fatal(err)
	}
	if lines, err := life.Lines(open); lines != nil || !hasCode(err, "life.projected") {
		t.Errorf("comp.dispute: a projection has no life: %v %v", lines, err)
	}
}

func FuzzParse(f *testing.F) {
	whole := document(f, story(f))
	for _, s := range []string{whole, "", "null", "{}", `{"events":[]}`, strings.Replace(whole, "2026", "9000", 9),
		strings.Replace(whole, "mia", "ana", 1), prefix(f, whole, 4)} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := life.Parse(data, nil)
		if err != nil {
			if _, ok := err.(value.Errors); !ok {
				if _, ok := err.(*value.Error); !ok {
					t.Fatalf("%T %v", err, err)
				}
			}
			return
		}
		text := document(t, r)
		back, err := life.Parse([]byte(text), nil)
		if err != nil || document(t, back) != text {
			t.Fatalf("%s: %v", text, err)
		}
		for _, day := range []int{-1, 0, 3, 300} {
			shot := r.At(in(day))
			if document(t, shot) != document(t, back.At(in(day))) {
				t.Errorf("%s differs as of day %d", text, day)
			}
			for _, l := range shot.For(us).Lines {
				if l.Line.Party != us && l.Line.Payer != us {
					t.Errorf("the vendor sees %+v", l)
				}
			}
		}
	})
}

// What is paid in a life stands in the ledger: its lines are those that the ledger makes.
func TestPaidLinesStandInTheLedger(t *testing.T) {
	plan, err := comp.Compile(comp.DefaultPolicy())
	if err != nil {
		t.Fatal(err)
	}
	ledger := plan.Ledger()
	booking := comp.Booking{ID: "D-17", Value: usd("120000.00"), Closed: value.MustDate("2026-11-20"),
		Payees: []comp.Payee{{Rep: "ana", Party: acme, Role: comp.Primary, Rate: value.MustPercent("8%")}}}
	if err := ledger.Add([]comp.Booking{booking}, nil); err != nil {
		t.Fatal(err)
	}
	r := life.New(nil)
	add(t, r, life.Event{Do: life.Named, At: in(0), Staff: acmeStaff()})
	for _, statement := range ledger.Statements() {
		lines, err := life.Lines(statement)
		if err != nil {
			t.Fatal(err)
		}
		add(t, r, draft(in(0), "", lines...))
	}
	add(t, r, approval(in(0), mia), payment(in(1)))
	var closed []comp.ClosedLine
	for _, s := range r.At(in(1)).Lines {
		if s.Status == life.Paid {
			closed = append(closed, comp.ClosedLine{LineID: s.Line.ID, Amounts: s.Line.Amounts})
		}
	}
	if err := ledger.Close(value.MustDate("2026-12-31"), closed...); err != nil || len(closed) != 1 {
		t.Errorf("comp.life: %v stands in the ledger: %v", closed, err)
	}
}
