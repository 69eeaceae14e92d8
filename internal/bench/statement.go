package main

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// The job: credit and commission of each payee of one deal, to the cent. Of two
// payees one is primary and one supports for 30 %; of three and eight the supporters
// share the 30 %, divided so that it totals. The commission is taken of the exact
// credit. Every candidate has its amounts in its own type beforehand.

const amounts = 1024

// supporterShares are the shares of the supporters in percent, by number of payees.
var supporterShares = map[int][]int64{2: {100}, 3: {60, 40}, 8: {25, 20, 15, 14, 10, 9, 7}}

// The numbers of the policy and the payees, in percent.
const (
	supportPercent = 30
	primaryRate    = 8
	supportRate    = 5
	hundred        = 100
	centsOfADollar = 100
)

func statementJob(payees int) job {
	return job{
		name: fmt.Sprintf("statement/payees=%d", payees), title: fmt.Sprintf("Statement of %d payees", payees),
		note: "Quota credit and commission of each payee of a deal, to the cent, the supporters' credit divided so that it totals. " +
			"Coselling also checks the booking and keeps what made each amount, for its sentence; a prepared team was " +
			"checked before and only computes, as the others do. " +
			"Allocate of go-money rounds down and gives what is left to the first parts; float64 is not exact.",
		cases: amounts, prepare: func() []candidate { return statementCandidates(payees) },
	}
}

func statementCandidates(payees int) []candidate {
	shares := supporterShares[payees]
	return []candidate{
		bareStatement(shares),
		ourStatement(shares),
		ourFreshStatement(shares),
		ourStatementInDecimals(shares),
		ourKernel(shares),
		ourTeam(shares),
		ourColumn(shares),
		govaluesStatement(shares),
		moneyStatement(shares),
		floatStatement(shares),
		apdStatement(shares),
		preparedDecimalStatement(shares),
		naiveDecimalStatement(shares),
	}
}

// cents returns amounts from 1,000 to 500,000 dollars in cents.
func cents() []int64 {
	list := make([]int64, amounts)
	x := uint64(88172645463325252)
	for i := range list {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
		list[i] = 100_000 + int64(x%49_900_000)
	}
	return list
}

// each converts the amounts into a candidate's own type.
func each[T any](convert func(cents int64) T) []T {
	list := make([]T, 0, amounts)
	for _, n := range cents() {
		list = append(list, convert(n))
	}
	return list
}

// pay is an answer: what one payee gets, in cents.
type pay struct{ credit, commission int64 }

// pays prints the answer of a candidate's lines.
func pays[T any](lines []T, convert func(T) pay) string {
	list := make([]pay, 0, len(lines))
	for _, l := range lines {
		list = append(list, convert(l))
	}
	return fmt.Sprint(list)
}

func bookings(shares []int64) []comp.Booking {
	payees := []comp.Payee{{Rep: "ana", Party: model.PartnerOrg("acme"), Role: comp.Primary, Rate: value.MustPercent("8%")}}
	for i, share := range shares {
		supporter := comp.Payee{
			Rep: fmt.Sprintf("bo%d", i), Party: model.VendorOrg("us"), Role: comp.Supporting,
			Contribution: comp.TechnicalValidation, Rate: value.MustPercent("5%"),
		}
		if len(shares) > 1 {
			supporter.Share = value.MustPercent(fmt.Sprintf("%d%%", share))
		}
		payees = append(payees, supporter)
	}
	usd := value.MustCurrency("USD")
	return each(func(n int64) comp.Booking {
		return comp.Booking{
			ID: "D-17", Value: must(value.NewMoney(n, usd)), Closed: value.MustDate("2026-11-20"),
			Source: model.FromPartner, Payees: payees,
		}
	})
}

func ourPay(l comp.Line) pay { return pay{l.QuotaCredit.Minor(), l.Commission.Minor()} }

// ourStatement prices into a slice that it uses again.
func ourStatement(shares []int64) candidate {
	plan, list := must(comp.Compile(comp.DefaultPolicy())), bookings(shares)
	buf := make([]comp.Line, 0, 1+len(shares))
	var lines []comp.Line
	return candidate{
		name: "coselling, into a reused slice",
		run: func(i int) {
			s, err := plan.AppendStatement(buf, &list[i])
			mustDo(err)
			lines = s.Lines
		},
		answer: func() string { return pays(lines, ourPay) },
	}
}

func ourFreshStatement(shares []int64) candidate {
	plan, list := must(comp.Compile(comp.DefaultPolicy())), bookings(shares)
	var lines []comp.Line
	return candidate{
		name: "coselling",
		run: func(i int) {
			s, err := plan.Statement(list[i])
			mustDo(err)
			lines = s.Lines
		},
		answer: func() string { return pays(lines, ourPay) },
	}
}

// ourStatementInDecimals reads every amount as a decimal.
func ourStatementInDecimals(shares []int64) candidate {
	plan, list := must(comp.Compile(comp.DefaultPolicy())), bookings(shares)
	buf, lines := make([]comp.Line, 0, 1+len(shares)), make([]decimalLine, 1+len(shares))
	return candidate{
		name: "coselling, every amount read as a decimal",
		run: func(i int) {
			s, err := plan.AppendStatement(buf, &list[i])
			mustDo(err)
			for j := range s.Lines {
				lines[j] = decimalLine{s.Lines[j].QuotaCredit.Decimal(), s.Lines[j].Commission.Decimal()}
			}
		},
		answer: func() string { return pays(lines, decimalLine.pay) },
	}
}

// decimalLine is the credit and commission of a payee in the usual decimals.
type decimalLine struct{ credit, commission decimal.Decimal }

func (l decimalLine) pay() pay {
	return pay{l.credit.Shift(2).IntPart(), l.commission.Shift(2).IntPart()}
}
