package impact_test

import (
	"cmp"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// naive prices everything under one policy in a loop and keeps every statement.
func (w *world) naive(t rapid.TB, policy comp.Policy) []comp.Statement {
	plan := compile(t, policy)
	run := plan.Run()
	payouts, statements := map[string]comp.Payout{}, map[string]comp.Statement{}
	var all []comp.Statement
	closeIn := func(day value.Date) {
		if _, last := run.Period(); plan.NeedsClosing() && !last.IsZero() && (day.IsZero() || day.After(last)) {
			s, err := run.Close("closing "+last.String(), last)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, s)
		}
	}
	type step struct {
		day     value.Date
		kind    int
		id      string
		booking *comp.Booking
		move    comp.Movement
	}
	var steps []step
	closed := map[string]value.Date{}
	for i := range w.bookings {
		b := &w.bookings[i]
		closed[b.ID] = b.Closed
		steps = append(steps, step{b.Closed, 0, b.ID, b, comp.Movement{}})
	}
	for _, m := range w.movements {
		day := m.On
		if day.Before(closed[m.Of]) {
			day = closed[m.Of]
		}
		steps = append(steps, step{day, 1, m.ID, nil, m})
	}
	slices.SortFunc(steps, func(a, b step) int {
		return cmp.Or(a.day.Compare(b.day), cmp.Compare(a.kind, b.kind), cmp.Compare(a.id, b.id))
	})
	for _, s := range steps {
		closeIn(s.day)
		var statement comp.Statement
		var err error
		var decision comp.PayoutDecision
		switch {
		case s.booking != nil:
			if statement, err = run.Statement(*s.booking); err == nil {
				if decision, err = plan.Payout(statement); err != nil {
					t.Fatal(err)
				}
				statement = decision.Statements[0]
				var moves []comp.Movement
				for _, m := range w.movements {
					if m.Of == s.id {
						moves = append(moves, m)
					}
				}
				if decision, err = decision.Payout.Move(moves...); err == nil {
					payouts[s.id] = decision.Payout
				}
				for _, moved := range decision.Statements {
					statements[moved.Booking] = moved
				}
			}
		case s.move.Kind == comp.Reversed:
			err = run.Reverse(payouts[s.move.Of], s.id)
			statement = statements[s.id]
		default:
			statement = statements[s.id]
		}
		if err != nil {
			t.Fatalf("%s: %v", s.id, err)
		}
		all = append(all, statement)
	}
	closeIn(value.Date{})
	return all
}

// sheet writes the figures that a report should have, from statements.
func sheet(before, after []comp.Statement) string {
	totals := map[string]*[6]big.Int{} // "" and the two sides beside the reps
	statements := map[string]map[string]bool{}
	parties := map[string]model.Party{}
	paid := map[string]bool{} // with a commission; the others have credit only
	var dealValue, quota [2]big.Int
	for i, list := range [][]comp.Statement{before, after} {
		for _, s := range list {
			dealValue[i].Add(&dealValue[i], big.NewInt(s.Value.Minor()))
			quota[i].Add(&quota[i], big.NewInt(s.Quota.Minor()))
			for _, l := range s.Lines {
				parties[l.Payee] = l.Party
				paid[l.Payee] = paid[l.Payee] || !l.Commission.IsZero()
				if statements[l.Payee] == nil {
					statements[l.Payee] = map[string]bool{}
				}
				statements[l.Payee][s.Booking] = true
				keys := []string{"total", "side " + l.Party.Side.String(), "rep " + l.Payee}
				if l.Credited == comp.AsCompany || l.Credited == comp.AsCompanyFee {
					keys = []string{"companies", "company " + l.Payee}
				}
				for _, key := range keys {
					if totals[key] == nil {
						totals[key] = &[6]big.Int{}
					}
					for j, m := range []value.Money{l.QuotaCredit, l.Influenced, l.Commission} {
						totals[key][3*i+j].Add(&totals[key][3*i+j], big.NewInt(m.Minor()))
					}
				}
			}
		}
	}
	var b strings.Builder
	for _, key := range slices.Sorted(maps.Keys(totals)) {
		fmt.Fprint(&b, key)
		for i := range totals[key] {
			fmt.Fprint(&b, " ", totals[key][i].String())
		}
		for i := range 2 {
			inflation := fractionText(&totals[key][3*i], &quota[i])
			if strings.HasPrefix(key, "compan") { // which count toward no inflation
				inflation = ""
			}
			fmt.Fprint(&b, " ", inflation, " ", fractionText(&totals[key][3*i+2], &dealValue[i]))
		}
		if kind, id, ok := strings.Cut(key, " "); ok && kind != "side" {
			fmt.Fprint(&b, " ", parties[id], " ", len(statements[id]), " ", paid[id])
		}
		fmt.Fprintln(&b)
	}
	return b.String()
}

func fractionText(num, den *big.Int) string {
	if den.Sign() == 0 {
		return ""
	}
	r := new(big.Rat).SetFrac(num, den)
	if r.IsInt() {
		return r.Num().String()
	}
	return r.String()
}

// sheetOf writes the same figures from a report.
func sheetOf(r impact.Report) string {
	lines := map[string]string{}
	put := func(key string, e impact.Effect, more string) {
		var text strings.Builder
		text.WriteString(key)
		for _, f := range []impact.Figures{e.Before, e.After} {
			text.WriteString(fmt.Sprint(" ", f.QuotaCredit.Minor(), " ", f.Influenced.Minor(), " ",
				f.Commission.Minor()))
		}
		for _, f := range []impact.Figures{e.Before, e.After} {
			text.WriteString(fmt.Sprint(" ", f.Inflation, " ", f.Cost))
		}
		lines[key] = text.String() + more + "\n"
	}
	sides := map[model.Side]bool{}
	putAll := func(kind string, list []impact.PayeeChange) {
		for _, p := range list {
			put(kind+p.Rep, p.Effect, fmt.Sprint(" ", p.Party, " ", p.Statements, " ", !p.Change.Commission.IsZero()))
			sides[p.Party.Side] = sides[p.Party.Side] || kind == "rep "
		}
	}
	putAll("rep ", r.Payees)
	putAll("company ", r.Companies)
	if len(r.Companies) > 0 {
		put("companies", r.Company, "")
	}
	if len(r.Payees) > 0 {
		put("total", r.Total, "")
	}
	if sides[model.Partner] {
		put("side partner", r.Partner, "")
	}
	if sides[model.Vendor] {
		put("side vendor", r.Vendor, "")
	}
	var b strings.Builder
	for _, key := range slices.Sorted(maps.Keys(lines)) {
		b.WriteString(lines[key])
	}
	return b.String()
}

func TestStatementsAddUpToTheReport(t *testing.T) {
	for _, history := range []bool{false, true} {
		t.Run(fmt.Sprint("history ", history), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				w := anyWorld(t, history)
				before, after := w.plans(t)
				r, err := impact.Compare(before, after, w.bookings, w.options()...)
				if err != nil {
					t.Fatal(err)
				}
				one, two := w.naive(t, w.before), w.naive(t, w.after)
				// closings that both policies make are one event of the report
				want := sheet(one, two)
				if got := sheetOf(r); got != want {
					t.Fatalf("got\n%s\nwant\n%s", got, want)
				}
				if r.Deals != len(w.bookings) || r.Reversals+r.Movements != len(w.movements) {
					t.Fatalf("%d deals, %d reversals, %d movements", r.Deals, r.Reversals, r.Movements)
				}
			})
		})
	}
}
