package whatif_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/compgen"
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/examples/portal/internal/whatif"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// world is a year of deals of several companies, and two policies that can price them.
type world struct {
	before, after comp.Policy
	terms         map[string]string // that make after of before
	bookings      []comp.Booking
}

func anyWorld(t *rapid.T) world {
	limits := compgen.DefaultLimits()
	limits.Deals = 8
	team := compgen.AnyTeam(limits).Draw(t, "team")
	w := world{before: compgen.AnyPolicy().Draw(t, "policy"), terms: map[string]string{}}
	w.before.Rates = compgen.AnyRates(limits, team).Draw(t, "rates")
	fields, err := whatif.Fields(w.before)
	if err != nil {
		t.Fatal(err)
	}
	percentages := slices.DeleteFunc(fields, func(f whatif.Field) bool { return !strings.HasSuffix(f.Value, "%") })
	f := rapid.SampledFrom(percentages).Draw(t, "field")
	w.terms[f.Path] = rapid.SampledFrom([]string{"0%", "7.5%", "12.25%"}).Draw(t, "term")
	w.after = w.before.Under(w.before.Model)
	switch rest := ""; {
	case strings.HasPrefix(f.Path, "rates.tables."):
		rest, _, _ = strings.Cut(strings.TrimPrefix(f.Path, "rates.tables."), ".")
		var tier int
		fmt.Sscanf(f.Path[strings.Index(f.Path, "["):], "[%d]", &tier)
		w.after.Rates.Tables[comp.TableID(rest)].Tiers[tier].Rate = value.MustPercent(w.terms[f.Path])
	case f.Path == "origination.influenced":
		w.after.Origination.Influenced = value.MustPercent(w.terms[f.Path])
	default:
		c := comp.Contribution(strings.TrimPrefix(f.Path, "role_based.contributions."))
		w.after.RoleBased.Contributions[c] = value.MustPercent(w.terms[f.Path])
	}
	w.bookings = compgen.AnyLedgerOf(limits, team, w.before, w.after).Draw(t, "ledger").Bookings
	return w
}

// The vendor's payees get what they get in a comparison of the whole deals, though the page has nobody else's payees.
func TestOwnFiguresAreThoseOfTheWholeDeals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := anyWorld(t)
		plans := [2]*comp.Plan{}
		for i, p := range []comp.Policy{w.before, w.after} {
			plan, err := comp.Compile(p)
			if err != nil {
				t.Fatal(err)
			}
			plans[i] = plan
		}
		whole, err := impact.Compare(plans[0], plans[1], w.bookings)
		if err != nil {
			t.Fatal(err)
		}
		var own []whatif.Deal
		for _, b := range w.bookings {
			b.PartnerQuota, b.PartnerShares = value.Money{}, nil // as a view of the vendor has the booking
			b.Payees = slices.DeleteFunc(slices.Clone(b.Payees),
				func(p comp.Payee) bool { return p.Party.Side != model.Vendor })
			if len(b.Payees) > 0 {
				own = append(own, whatif.Deal{Booking: b})
			}
		}
		terms := w.terms
		if !known(t, whatif.New(w.before, own).Policy, terms) {
			terms = nil // a table of somebody else changed: the page does not even know it
		}
		text, err := whatif.CSV(document(t, whatif.New(w.before, own)), terms)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(ofVendor(t, whole.CSV()), ofVendor(t, text)); diff != "" {
			t.Fatal(diff)
		}
		if strings.Contains(text, "partner") {
			t.Fatalf("a line of the other side:\n%s", text)
		}
	})
}

// known reports whether a policy has the field of the terms.
func known(t *rapid.T, p comp.Policy, terms map[string]string) bool {
	fields, err := whatif.Fields(p)
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(fields, func(f whatif.Field) bool { return terms[f.Path] != "" })
}

// ofVendor returns the rows of the vendor's payees, up to their ratios, which count other deals.
func ofVendor(t *rapid.T, text string) (rows [][]string) {
	all, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range all {
		if (row[0] == "rep" || row[0] == "company") && row[1] == "vendor" {
			rows = append(rows, append(row[:15:15], row[len(row)-1]))
		}
	}
	return rows
}

func document(t interface{ Fatal(...any) }, q whatif.Question) []byte {
	text, err := json.Marshal(q)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// Each field of a policy can be changed alone, and changes nothing else.
func TestAFieldChangesItself(t *testing.T) {
	p := comp.DefaultPolicy()
	p.Rates.Tables = map[comp.TableID]comp.RateTable{"fast": {Measure: comp.DealAmount, Method: comp.Marginal,
		Currency: value.MustMoney("1 USD").Currency(), DealFloor: value.MustMoney("10 USD"),
		Tiers: []comp.Tier{{Rate: value.MustPercent("5%")}}}}
	fields, err := whatif.Fields(p)
	if err != nil || len(fields) != 10 {
		t.Fatal(fields, err)
	}
	for _, f := range fields {
		term := "11%"
		switch {
		case f.Choices != nil:
			i := slices.Index(f.Choices, f.Value)
			term = f.Choices[(i+1)%len(f.Choices)]
		case !strings.HasSuffix(f.Value, "%"):
			term = "11.00"
		}
		after, err := whatif.Changed(p, map[string]string{f.Path: " " + term + " "})
		if err != nil {
			t.Errorf("%s: %v", f.Path, err)
			continue
		}
		if changes := comp.Diff(p, after); len(changes) != 1 || changes[0].Path != f.Path || !strings.HasPrefix(changes[0].After, term) {
			t.Errorf("%s: %v", f.Path, changes)
		}
	}
}

// Terms that are refused are all told at once, in words, and nothing is priced.
func TestRefusedTermsAreToldAtOnce(t *testing.T) {
	q := document(t, whatif.New(comp.DefaultPolicy(), []whatif.Deal{{Booking: comp.Booking{ID: "D"}}}))
	got := whatif.Answer(q, map[string]string{
		"model": "<i>", "origination.influenced": "", "role_based.contributions.technical_validation": "130%",
		"origination.influenced_pays_commission": "perhaps",
	})
	for _, want := range []string{"<li>model: &#34;&lt;i&gt;&#34; ", "<li>origination, influenced: ",
		"<li>role based, contributions, technical validation: 130% is above 100%</li>",
		"<li>origination, influenced pays commission: "} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
	if got := whatif.Answer(q, map[string]string{"rates.tables.theirs.tiers[0].rate": "1%"}); !strings.Contains(got,
		"<li>rates, tables, theirs, tiers 0, rate: this is no term of the policy</li>") {
		t.Error(got)
	}
	if got := whatif.Answer(document(t, whatif.New(comp.DefaultPolicy(), nil)), nil); got != whatif.Nothing {
		t.Error(got)
	}
}
