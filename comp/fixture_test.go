package comp_test

import (
	"encoding"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

var (
	acme = model.PartnerOrg("acme")
	us   = model.VendorOrg("us")
	won  = value.MustDate("2026-11-20")
)

func usd(amount string) value.Money { return value.MustMoney(amount + " USD") }

// rep is a payee of a party at 10 %.
func rep(id string, party model.Party) comp.Payee {
	return comp.Payee{Rep: id, Party: party, Rate: value.MustPercent("10%")}
}

func primary(id string, party model.Party) comp.Payee {
	p := rep(id, party)
	p.Role = comp.Primary
	return p
}

func supporting(id string, party model.Party, c comp.Contribution, further ...comp.Contribution) comp.Payee {
	p := rep(id, party)
	p.Role, p.Contribution, p.AlsoContributed = comp.Supporting, c, further
	return p
}

func sharing(p comp.Payee, share string) comp.Payee {
	p.Share = value.MustPercent(share)
	return p
}

// deal is a won deal of 1,000 dollars that the partner brought.
func deal(payees ...comp.Payee) comp.Booking {
	return comp.Booking{ID: "D-17", Value: usd("1000.00"), Closed: won, Source: model.FromPartner, Payees: payees}
}

// under is the default policy with another model.
func under(m comp.Model) comp.Policy { return comp.DefaultPolicy().Under(m) }

func statement(t rapid.TB, p comp.Policy, b comp.Booking) comp.Statement {
	t.Helper()
	s, err := compile(t, p).Statement(b)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return s
}

// rows is what each payee gets: quota credit, influenced credit, commission.
func rows(s comp.Statement) []string {
	var text []string
	for _, l := range s.Lines {
		amounts := fmt.Sprintf("%s %s %s %s", l.Payee, l.QuotaCredit, l.Influenced, l.Commission)
		text = append(text, strings.ReplaceAll(amounts, " USD", ""))
	}
	return text
}

func wantRows(t *testing.T, s comp.Statement, want ...string) {
	t.Helper()
	if !slices.Equal(rows(s), want) {
		t.Errorf("%s\ngot  %s\nwant %s", lines(s), strings.Join(rows(s), "; "), strings.Join(want, "; "))
	}
}

// problems is every line of an error, sorted.
func problems(err error) []string {
	if err == nil {
		return nil
	}
	list := strings.Split(err.Error(), "\n")
	slices.Sort(list)
	return list
}

// wantError compares every line of an error, in any order. A wanted line that ends
// in * stops there: what follows is worded by another package.
func wantError(t *testing.T, err error, want ...string) {
	t.Helper()
	slices.Sort(want)
	same := func(got, want string) bool {
		begin, open := strings.CutSuffix(want, "*")
		return got == want || open && strings.HasPrefix(got, begin)
	}
	if !slices.EqualFunc(problems(err), want, same) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(problems(err), "\n"), strings.Join(want, "\n"))
	}
}

// named reads the name of an enumeration.
func named[T any, P interface {
	*T
	encoding.TextUnmarshaler
}](name string) (T, error) {
	var v T
	err := P(&v).UnmarshalText([]byte(name))
	return v, err
}
