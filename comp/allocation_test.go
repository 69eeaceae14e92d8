package comp_test

import (
	"fmt"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// benchShares are the shares of the supporters in percent, by number of payees.
var benchShares = map[int][]int64{2: {100}, 3: {60, 40}, 8: {25, 20, 15, 14, 10, 9, 7}}

// benchBooking returns a deal of one primary rep and of supporters, who share 30 %.
func benchBooking(payees int) comp.Booking {
	b := comp.Booking{
		ID: "D-17", Value: value.MustMoney("120000.00 USD"), Closed: value.MustDate("2026-11-20"), Source: model.FromPartner,
		Payees: []comp.Payee{{Rep: "ana", Party: model.PartnerOrg("acme"), Role: comp.Primary, Rate: value.MustPercent("8%")}},
	}
	for i, share := range benchShares[payees] {
		supporter := comp.Payee{
			Rep: fmt.Sprintf("bo%d", i), Party: model.VendorOrg("us"), Role: comp.Supporting,
			Contribution: comp.TechnicalValidation, Rate: value.MustPercent("5%"),
		}
		if payees > 2 {
			supporter.Share = value.MustPercent(fmt.Sprintf("%d%%", share))
		}
		b.Payees = append(b.Payees, supporter)
	}
	return b
}

func mustCompile(t testing.TB, p comp.Policy) *comp.Plan {
	t.Helper()
	plan, err := comp.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

func mustMinor(t testing.TB, minor int64) value.Money {
	t.Helper()
	m, err := value.NewMoney(minor, value.MustCurrency("USD"))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// This is a hard gate, for a statement into a slice that the caller reuses.
func TestStatementAllocatesNothing(t *testing.T) {
	plan := mustCompile(t, comp.DefaultPolicy())
	for _, n := range []int{2, 3, 8} {
		booking, buf := benchBooking(n), make([]comp.Line, 0, n)
		allocs := testing.AllocsPerRun(100, func() {
			if _, err := plan.AppendStatement(buf, &booking); err != nil {
				t.Fatal(err)
			}
		})
		if allocs != 0 {
			t.Errorf("%d payees: %v allocations", n, allocs)
		}
	}
}

// This is a hard gate: only the lines, which the caller owns, are allocated.
func TestFreshStatementAllocatesOnce(t *testing.T) {
	plan, ids := mustCompile(t, comp.DefaultPolicy()), make([]string, 300)
	for i := range ids {
		ids[i] = fmt.Sprintf("D-%04d", i)
	}
	for _, n := range []int{2, 3, 8} {
		run, booking, i := plan.Run(), benchBooking(n), 0
		for name, price := range map[string]func(comp.Booking) (comp.Statement, error){"plan": plan.Statement, "run": run.Statement} {
			allocs := testing.AllocsPerRun(100, func() {
				booking.ID, i = ids[i], i+1
				if _, err := price(booking); err != nil {
					t.Fatal(err)
				}
			})
			if allocs != 1 {
				t.Errorf("%s, %d payees: %v allocations", name, n, allocs)
			}
		}
	}
}
