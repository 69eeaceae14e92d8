package comp_test

import (
	"encoding"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
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

// rep returns a payee of a party at 10 %.
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

// deal returns a won deal of 1,000 dollars that the partner brought.
func deal(payees ...comp.Payee) comp.Booking {
	return comp.Booking{ID: "D-17", Value: usd("1000.00"), Closed: won, Source: model.FromPartner, Payees: payees}
}

// under returns the default policy with another model.
func under(m comp.Model) comp.Policy { return comp.DefaultPolicy().Under(m) }

func statement(t rapid.TB, p comp.Policy, b comp.Booking) comp.Statement {
	t.Helper()
	s, err := compile(t, p).Statement(b)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return s
}

// rows returns the quota credit, the influenced credit and the commission of each payee.
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

// problems returns the lines of an error, sorted.
func problems(err error) []string {
	if err == nil {
		return nil
	}
	list := strings.Split(err.Error(), "\n")
	slices.Sort(list)
	return list
}

// wantError compares every line of an error, in any order. A wanted line that ends
// in * is compared up to there; another package words the rest.
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

// diff shows how a value differs from what is wanted; empty where it does not.
func diff[T any](want, got T) string {
	return cmp.Diff(want, got, cmpopts.EquateComparable(
		value.Money{}, value.Percent{}, value.Date{}, value.Currency{}, model.Party{}))
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
