package comp_test

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// byTable is a policy with one table that counts over a period, and a deal of a rep who is paid by it.
func byTable() (comp.Policy, func(id, day string) comp.Booking) {
	return withTable(rateTable(comp.PeriodAmount, comp.Marginal, "0:5% 1000000:8%")), func(id, day string) comp.Booking {
		b := deal(primary("ana", acme))
		b.ID, b.Closed, b.Payees[0].Table, b.Payees[0].Rate = id, value.MustDate(day), tableID, value.Percent{}
		return b
	}
}

// A call prices what is new, and a projection one deal, however much the ledger has; what belongs before something
// of its period, or reverses an earlier deal, prices everything again.
func TestALedgerPricesWhatIsNew(t *testing.T) {
	policy, won := byTable()
	plan, asked := compile(t, policy), 0
	l, err := comp.NewLedger(func(value.Date) (*comp.Plan, error) { asked++; return plan, nil })
	if err != nil {
		t.Fatal(err)
	}
	add := func(most int, b []comp.Booking, m ...comp.Movement) {
		t.Helper()
		asked = 0
		if err := l.Add(b, m); err != nil || asked > most {
			t.Errorf("%v; the plan was asked for %d times, want at most %d", err, asked, most)
		}
	}
	for i := range 50 {
		add(2, []comp.Booking{won(fmt.Sprintf("B%02d", i), "2026-05-02")})
	}
	add(0, nil, comp.Movement{ID: "back", Of: "B01", Kind: comp.Refunded, Amount: usd("1.00"), On: value.MustDate("2026-06-01")})
	add(2, []comp.Booking{won("A", "2026-03-31")}) // of another period
	open := won("open", "2026-05-02")
	open.Closed = value.Date{}
	for range 10 {
		asked = 0
		if _, err := l.Project(open, value.MustDate("2026-05-02")); err != nil || asked > 1 {
			t.Errorf("%v; a projection asks for the plan %d times", err, asked)
		}
	}
	add(60, []comp.Booking{won("B", "2026-05-01")})
	if asked < 50 {
		t.Errorf("%d plans for a deal before others of its period", asked)
	}
	add(60, nil, comp.Movement{ID: "undone", Of: "B01", Kind: comp.Reversed, On: value.MustDate("2026-06-01")})
	if err := l.Add([]comp.Booking{won("D", "2026-06-03"), won("D", "2026-06-03")}, nil); err == nil {
		t.Error("a deal stands twice")
	}
	add(2, []comp.Booking{won("D", "2026-06-03")}) // after a call that was refused before it was priced
	if err := l.Add([]comp.Booking{{ID: "E", Closed: value.MustDate("2026-06-03")}}, nil); err == nil {
		t.Error("a deal without a value is priced")
	}
	add(60, []comp.Booking{won("F", "2026-06-03")})
}

// A floor that was paid is that of the last deal of its period: one more such deal prices everything again.
func TestADealOfAPeriodThatIsOver_comp_floor(t *testing.T) {
	policy, won := byTable()
	table := policy.Rates.Tables[tableID]
	table.PeriodFloor = usd("100000.00")
	policy.Rates.Tables[tableID] = table
	plan, asked := compile(t, policy), 0
	l, err := comp.NewLedger(func(value.Date) (*comp.Plan, error) { asked++; return plan, nil })
	if err != nil {
		t.Fatal(err)
	}
	for i, day := range []string{"2026-03-01", "2026-04-01", "2026-03-02"} {
		asked = 0
		if err := l.Add([]comp.Booking{won(fmt.Sprint("D", i), day)}, nil); err != nil || asked <= i {
			t.Errorf("%v; %d plans for the deal of %s", err, asked, day)
		}
	}
}

// Late deals of one rep are priced behind one another: their number does not make each dearer.
func TestManyLateDealsOfARep(t *testing.T) {
	policy, won := byTable()
	plan := compile(t, policy)
	allocations := func(n int) float64 {
		l := plan.Ledger()
		if err := l.Add([]comp.Booking{won("A", "2026-03-30")}, nil); err != nil {
			t.Fatal(err)
		}
		var lines []comp.ClosedLine
		for _, s := range statementsOf(l) {
			lines = append(lines, s.ClosedLines()...)
		}
		if err := l.Close(value.MustDate("2026-03-31"), lines...); err != nil {
			t.Fatal(err)
		}
		var late []comp.Booking
		for i := range n {
			late = append(late, won(fmt.Sprintf("L%04d", i), "2026-02-10"))
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if err := l.Add(late, nil); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		return float64(after.Mallocs - before.Mallocs)
	}
	allocations(10)
	if few, many := allocations(100), allocations(800); many > 12*few {
		t.Errorf("%v allocations for 800 late deals, %v for 100", many, few)
	}
}

// A late deal of another team comes before one that was late earlier: what was kept of that no longer holds.
func TestLateDealsOfTwoTeamsOutOfOrder_comp_conserve(t *testing.T) {
	policy, won := byTable()
	plan := compile(t, policy)
	both := won("L2", "2026-02-05")
	both.Payees = append(both.Payees, supporting("bo", us, comp.TechnicalValidation))
	batches := [][]comp.Booking{{won("A", "2026-03-30")}, {won("L1", "2026-02-10")}, {both, won("L3", "2026-03-01")}}
	whole, parts, stands := plan.Ledger(), plan.Ledger(), map[comp.LineID]bool{}
	for i, day := range []string{"2026-03-31", "2026-06-30", "2026-09-30"} {
		for j := range batches[i] {
			batches[i][j].Value = usd("600000.00") // the third deal of ana crosses a tier
		}
		if err := errors.Join(whole.Add(batches[i], nil), parts.Add(batches[i], nil)); err != nil {
			t.Fatal(err)
		}
		closeAll(t, parts, value.MustDate(day), stands)
	}
	if one, two := paidBy(whole)["ana"], paidBy(parts)["ana"]; one != two {
		t.Errorf("ana gets %d, and %d where deals were late", one, two)
	}
}

// A projection is the same whether the ledger has nothing after its day or something.
func checkProjections(t *rapid.T, l, more *comp.Ledger, open comp.Booking) {
	t.Helper()
	open.ID, open.Closed, open.Deferred = "open", value.Date{}, false
	far := comp.Booking{ID: "far", Value: usd("1.00"), Closed: value.MustDate("2031-01-01"), Source: model.FromPartner,
		Payees: []comp.Payee{{Rep: "far", Party: acme, Role: comp.Primary, Rate: value.MustPercent("1%")}}}
	if err := more.Add([]comp.Booking{far}, nil); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"2026-01-31", "2026-02-01", "2026-03-31", "2026-04-20", "2029-01-01"} {
		day := value.MustDate(text)
		one, err := l.Project(open, day)
		other, otherErr := more.Project(open, day)
		if marshalled(t, one) != marshalled(t, other) || fmt.Sprint(err) != fmt.Sprint(otherErr) {
			t.Fatalf("on %s: %v\n%s\nbefore a later deal: %v\n%s", day, err, marshalled(t, one), otherErr, marshalled(t, other))
		}
	}
}

// A run of a ledger prices a booking of the ledger as that does, and projects an open one as that does.
func checkRuns(t *rapid.T, l *comp.Ledger, bookings []comp.Booking) {
	t.Helper()
	priced := map[string]comp.Statement{}
	for _, s := range statementsOf(l) {
		priced[s.Booking] = s
	}
	for _, b := range bookings {
		run, err := l.Run(b, value.Date{})
		if err != nil {
			t.Fatal(err)
		}
		own := priced[b.ID]
		if s, err := run.Statement(b); err != nil || !b.Deferred && marshalled(t, s) != marshalled(t, own) {
			t.Fatalf("%v\n%s\nin the ledger\n%s", err, marshalled(t, s), marshalled(t, own))
		}
	}
	open := bookings[0]
	open.ID, open.Closed = "open", value.Date{}
	for _, text := range []string{"2026-01-31", "2026-03-31", "2026-04-20"} {
		day := value.MustDate(text)
		run, err := l.Run(open, day)
		if err != nil {
			t.Fatal(err)
		}
		want, refused := l.Project(open, day)
		got, err := run.Project(open, day)
		if (err == nil) != (refused == nil) || err == nil && marshalled(t, got) != marshalled(t, want) {
			t.Fatalf("on %s: %v\n%s\nby the ledger: %v\n%s", day, err, marshalled(t, got), refused, marshalled(t, want))
		}
	}
}

// A ledger of many closed periods is read as fast as one of a single one: they are closed at once.
func TestReadingClosesAllPeriodsAtOnce(t *testing.T) {
	policy, won := byTable()
	plan, asked := compile(t, policy), 0
	plans := func(value.Date) (*comp.Plan, error) { asked++; return plan, nil }
	l, stands := plan.Ledger(), map[comp.LineID]bool{}
	for i := range 20 {
		day, err := value.MustDate("2026-01-15").AddDays(91 * i)
		if err != nil {
			t.Fatal(err)
		}
		if err := l.Add([]comp.Booking{won(fmt.Sprintf("D%02d", i), day.String())}, nil); err != nil {
			t.Fatal(err)
		}
		closeAll(t, l, day, stands)
	}
	read, err := comp.ReadLedger(plans, strings.NewReader(marshalled(t, l)))
	if err != nil || marshalled(t, read) != marshalled(t, l) {
		t.Fatalf("%v", err)
	}
	if asked > 5*20 {
		t.Errorf("%d plans for 20 deals and as many closed periods", asked)
	}
}
