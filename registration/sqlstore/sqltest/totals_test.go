package sqltest

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/comptest"
	"github.com/coselling/coselling/value"
)

// sums adds up the lines of a year's statements by quarter and rep, and the quota values of their deals, in SQL.
const sums = `
with quarter as (
	select *, date(day, 'start of month', '-' || ((strftime('%m', day) - 1) % 3) || ' months') as first from line
)
select first, side || ' ' || org || ' ' || payee, sum(credit), sum(influenced), sum(commission)
from quarter group by 1, 2
union all
select first, 'everyone', sum(credit), sum(influenced), sum(commission) from quarter group by 1
order by 1, 2`

// comp.Totals: SQL adds up the lines of the deals of a year, with their reversals, to the totals of the ledger.
func TestTotalsAreThoseOfSQL(t *testing.T) {
	const from = "../../../examples/policychange/"
	policy := comptest.Load(t, from+"policy-2026q4.json")
	plan, err := comp.Compile(policy)
	if err != nil {
		t.Fatal(err)
	}
	bookings := comptest.LoadBookings(t, from+"deals-2026.csv", from+"deals-map.json")
	for i, deal := range bookings.Deals {
		primary, err := policy.PrimarySide(bookings.Engagements[deal.ID], deal.Origin())
		if err != nil {
			t.Fatal(err)
		}
		bookings.Deals[i] = deal.WithRoles(primary)
	}
	ledger := plan.Ledger()
	if err := ledger.Add(bookings.Deals, bookings.Movements); err != nil {
		t.Fatal(err)
	}
	got, want := inSQL(t, ledger), inTotals(t, ledger)
	if len(got) != len(want) || len(got) < 20 {
		t.Fatalf("%d sums, want %d", len(got), len(want))
	}
	for key, sum := range want {
		if got[key] != sum {
			t.Errorf("%s: %v in SQL, %v in totals", key, got[key], sum)
		}
	}
}

// amounts are minor units: credit, influenced credit, commission.
type amounts [3]int64

func inTotals(t *testing.T, ledger *comp.Ledger) map[string]amounts {
	t.Helper()
	periods, err := ledger.Totals()
	if err != nil {
		t.Fatal(err)
	}
	sums := map[string]amounts{}
	add := func(first value.Date, who string, total comp.Total) {
		sum := amounts{total.QuotaCredit.Minor(), total.Influenced.Minor(), total.Commission.Minor()}
		sums[first.String()+" "+who] = sum
	}
	for _, period := range periods {
		reps, err := period.Payees()
		if err != nil {
			t.Fatal(err)
		}
		for _, rep := range reps {
			add(period.First, fmt.Sprint(rep.Party.Side, " ", rep.Party.Org, " ", rep.Payee), rep)
		}
		everyone, err := period.Side(0)
		if err != nil {
			t.Fatal(err)
		}
		add(period.First, "everyone", everyone)
	}
	return sums
}

func inSQL(t *testing.T, ledger *comp.Ledger) map[string]amounts {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(t.TempDir(), "totals.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	run := func(query string, args ...any) {
		if _, err := db.ExecContext(t.Context(), query, args...); err != nil {
			t.Fatal(err)
		}
	}
	run(`create table line (day text, side text, org text, payee text,
		credit integer, influenced integer, commission integer)`)
	for _, s := range ledger.Statements() {
		for _, l := range s.Lines {
			run(`insert into line values (?, ?, ?, ?, ?, ?, ?)`,
				s.Date.String(), l.Party.Side.String(), l.Party.Org, l.Payee,
				l.QuotaCredit.Minor(), l.Influenced.Minor(), l.Commission.Minor())
		}
	}
	rows, err := db.QueryContext(t.Context(), sums)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	list := map[string]amounts{}
	for rows.Next() {
		var first, who string
		var sum amounts
		if err := rows.Scan(&first, &who, &sum[0], &sum[1], &sum[2]); err != nil {
			t.Fatal(err)
		}
		list[first+" "+who] = sum
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}
