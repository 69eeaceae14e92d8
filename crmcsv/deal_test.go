package crmcsv_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

func TestRowBecomesADeal(t *testing.T) {
	got := readOne(t, plainMapping, file(line(
		change{"pq", "1000"}, change{"vq", "800.5"}, change{"registrant", "joint_by_vendor"}, change{"engagement", "true_co_sell"}, change{"both", "yes"},
		change{"a role", "supporting"}, change{"a part", "technical_validation"}, change{"a share", "100%"}, change{"b share", "33.333333%"})))
	want := crmcsv.Row{
		Line: 2, Account: "Aster Foods", Status: crmcsv.Won, Engagement: model.TrueCoSell,
		Signals: model.Signals{Source: model.FromPartner, BothEngaged: model.Yes},
		Booking: comp.Booking{
			ID: "D-1", Value: value.MustMoney("1200.50 USD"), PartnerQuota: value.MustMoney("1000 USD"), VendorQuota: value.MustMoney("800.50 USD"),
			Closed: value.MustDate("2026-01-31"), Source: model.FromPartner, Registrant: model.ByVendorJoint,
			Payees: []comp.Payee{
				{Rep: "ana", Party: model.PartnerOrg("acme"), Role: comp.Supporting, Contribution: "technical_validation", Rate: value.MustPercent("8%"), Share: value.MustPercent("100%")},
				{Rep: "bo", Party: model.VendorOrg("us"), Rate: value.MustPercent("5%"), Share: value.MustPercent("33.333333%")},
			},
		},
	}
	if diff := cmp.Diff(want, got, everyField); diff != "" {
		t.Errorf("(- want, + got)\n%s", diff)
	}
}

// A blank cell of a field that a deal does not need leaves it zero.
func TestBlankCellsStayZero(t *testing.T) {
	got := readOne(t, plainMapping, file(line(change{"stage", "open"}, change{"closed", ""}, change{"account", ""}, change{"source", ""}, change{"b rep", ""})))
	want := crmcsv.Row{
		Line: 2, Status: crmcsv.Open,
		Booking: comp.Booking{
			ID: "D-1", Value: value.MustMoney("1200.50 USD"),
			Payees: []comp.Payee{{Rep: "ana", Party: model.PartnerOrg("acme"), Rate: value.MustPercent("8%")}},
		},
	}
	if diff := cmp.Diff(want, got, everyField); diff != "" {
		t.Errorf("(- want, + got)\n%s", diff)
	}
}

// The closing day of a deal that is not won, often a guess of the CRM's, is not read.
func TestClosingDayIsReadOfWonDealsOnly(t *testing.T) {
	for _, stage := range []string{"open", "lost"} {
		for _, closed := range []string{"2026-12-31", "soon", ""} {
			if d := readOne(t, plainMapping, file(line(change{"stage", stage}, change{"closed", closed}))); !d.Booking.Closed.IsZero() || d.Status.String() != stage {
				t.Errorf("%s, closed %q: %+v", stage, closed, d)
			}
		}
	}
}

func TestMappingTranslates(t *testing.T) {
	for _, c := range []struct {
		name, spec, cell string
		want             model.Source
	}{
		{"a value", `{"column": "source", "values": {"Theirs": "partner", "*": "vendor"}}`, "Theirs", model.FromPartner},
		{"a value with blanks around", `{"column": "source", "values": {"Theirs": "partner", "*": "vendor"}}`, " Theirs ", model.FromPartner},
		{"every other value", `{"column": "source", "values": {"Theirs": "partner", "*": "vendor"}}`, "ours", model.FromVendor},
		{"a value in another form", `{"column": "source", "values": {"Theirs of  2026": "partner", "*": "vendor"}}`, "THEIRS\u00a0of 2026", model.FromPartner},
		{"a star itself", `{"column": "source", "values": {"Theirs": "partner", "*": "vendor"}}`, "*", model.FromVendor},
		{"a blank is no other value", `{"column": "source", "values": {"Theirs": "partner", "*": "vendor"}}`, "", model.UnknownSource},
		{"a value that says nothing", `{"column": "source", "values": {"n/a": "", "*": "vendor"}}`, "n/a", model.UnknownSource},
		{"blank beside values", `{"column": "source", "values": {"*": "vendor"}, "absent": "joint"}`, "", model.FromBoth},
		{"filled beside values", `{"column": "source", "values": {"*": "vendor"}, "absent": "joint"}`, "x", model.FromVendor},
		{"presence", `{"column": "source", "present": "partner", "absent": "vendor"}`, "x", model.FromPartner},
		{"absence", `{"column": "source", "present": "partner", "absent": "vendor"}`, " ", model.FromVendor},
		{"presence alone", `{"column": "source", "present": "partner"}`, "", model.UnknownSource},
		{"absence alone", `{"column": "source", "absent": "vendor"}`, "partner", model.FromPartner},
		{"a constant", `{"constant": "joint"}`, "partner", model.FromBoth},
		{"a blank constant", `{"constant": ""}`, "partner", model.UnknownSource},
		{"another column", `{"column": "account", "present": "joint"}`, "", model.FromBoth},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(plainMapping, `{"column": "source"}`, c.spec, 1)
			d := readOne(t, text, file(line(change{"source", c.cell})))
			if d.Booking.Source != c.want || d.Signals.Source != c.want {
				t.Errorf("%v, signals %v, want %v", d.Booking.Source, d.Signals.Source, c.want)
			}
		})
	}
}

// The row's own facts of a payee come before those of the roster.
func TestRosterFillsWhatTheRowLeavesBlank(t *testing.T) {
	text := strings.Replace(plainMapping, `"roster": {`, `"roster": {"ana": {"side": "partner", "org": "borealis", "rate": "9%"},`, 1)
	for _, c := range []struct {
		name    string
		changes []change
		party   model.Party
		rate    string
	}{
		{"all stated", nil, model.PartnerOrg("acme"), "8%"},
		{"nothing stated", []change{{"a side", ""}, {"a org", ""}, {"a rate", ""}}, model.PartnerOrg("borealis"), "9%"},
		{"rate stated", []change{{"a side", ""}, {"a org", ""}}, model.PartnerOrg("borealis"), "8%"},
		{"a stated rate of zero", []change{{"a rate", "0%"}}, model.PartnerOrg("acme"), "0%"},
		{"org stated", []change{{"a side", ""}, {"a rate", ""}}, model.PartnerOrg("acme"), "9%"},
		{"side stated", []change{{"a side", "vendor"}, {"a org", ""}, {"a rate", ""}}, model.VendorOrg("borealis"), "9%"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := readOne(t, text, file(line(c.changes...))).Booking.Payees[0]
			if p.Party != c.party || p.Rate != value.MustPercent(c.rate) {
				t.Errorf("%v at %v, want %v at %s", p.Party, p.Rate, c.party, c.rate)
			}
		})
	}
}

// A rate table of the policy stands in place of a rate, in the row or in the roster.
func TestRateTables(t *testing.T) {
	text := strings.Replace(plainMapping, `"roster": {`, `"roster": {"ana": {"side": "partner", "org": "borealis", "table": "accelerator"},`, 1)
	text = strings.Replace(text, `"a rate"}`, `"a rate"}, "table": {"column": "a table"}`, 1)
	header := append(slices.Clone(columns), "a table")
	row := func(rate, table string) string {
		cells := slices.Clone(columns)
		for i, c := range columns {
			cells[i] = good[c]
			if c == "a rate" {
				cells[i] = rate
			}
		}
		return strings.Join(header, ",") + "\n" + strings.Join(append(cells, table), ",") + "\n"
	}
	for _, c := range []struct{ name, rate, table, wantRate, wantTable string }{
		{"of the roster", "", "", "", "accelerator"},
		{"of the row", "", "other", "", "other"},
		{"a rate of the row", "7%", "", "7%", ""},
	} {
		p := readOne(t, text, row(c.rate, c.table)).Booking.Payees[0]
		if p.Rate.String() != c.wantRate || string(p.Table) != c.wantTable {
			t.Errorf("%s: %v %q", c.name, p.Rate, p.Table)
		}
	}
	if _, bad := read(t, text, row("7%", "other")); len(bad) != 1 || !errors.Is(bad[0], comp.RateTwo) {
		t.Errorf("a rate and a table: %v", bad)
	}
}

func TestRosterHoldsForListedRepsOnly(t *testing.T) {
	d := readOne(t, plainMapping, file(line(change{"b rep", "cy"})))
	if p := d.Booking.Payees[1]; p.Party != model.VendorOrg("us") || p.Rate != value.MustPercent("0%") {
		t.Errorf("%+v", p)
	}
	_, bad := read(t, plainMapping, file(line(change{"b rep", "Bo"})))
	if len(bad) != 1 || !errors.Is(bad[0], crmcsv.RowMissing) {
		t.Errorf("a rep is matched without regard to case: %v", bad)
	}
}

// A bad row does not count when a rep is found with another party.
func TestBadRowLeavesNoTrace(t *testing.T) {
	deals, bad := read(t, plainMapping, file(
		line(change{"a org", "typo"}, change{"value", "x"}),
		line(),
		line(change{"id", "D-2"}),
		line(change{"id", "D-2"}, change{"a rep", "eve"}, change{"a org", "typo"}),
		line(change{"id", "D-3"}, change{"a rep", "eve"})))
	if len(deals) != 3 || len(bad) != 2 || bad[0].Line != 2 || bad[1].Line != 5 {
		t.Errorf("%d deals, bad rows %v", len(deals), bad)
	}
}

// Package comp refuses a rep of two parties in one booking, so the reader does not.
func TestTwoPartiesOfOneRepInOneRowAreLeftToComp(t *testing.T) {
	d := readOne(t, plainMapping, file(line(change{"a rep", "bo"})))
	plan := compile(t, comp.DefaultPolicy().Under(comp.Split))
	if _, err := plan.Statement(d.Booking); !errors.Is(err, comp.RepTwoParties) && !errors.Is(err, value.Code("booking.rep")) {
		t.Errorf("%v", err)
	}
}

func TestReversalRowNeedsNoAmount(t *testing.T) {
	blank := []change{{"reverses", "D-0"}, {"source", ""}, {"a rep", ""}, {"b rep", ""}}
	for _, c := range []struct {
		name    string
		changes []change
		want    crmcsv.Row
	}{
		{"stating its amount", []change{{"value", "-1200.50"}}, crmcsv.Row{Status: crmcsv.Won, Booking: comp.Booking{Value: value.MustMoney("-1200.50 USD"), Closed: value.MustDate("2026-01-31")}}},
		{"without amount and currency", []change{{"value", ""}, {"currency", ""}}, crmcsv.Row{Status: crmcsv.Won, Booking: comp.Booking{Closed: value.MustDate("2026-01-31")}}},
		{"not won yet", []change{{"value", ""}, {"stage", "open"}}, crmcsv.Row{Status: crmcsv.Open}},
		{"with cells that are not read", []change{{"value", "-5"}, {"source", "?"}, {"a rep", "x"}, {"a rate", "?"}}, crmcsv.Row{Status: crmcsv.Won, Booking: comp.Booking{Value: value.MustMoney("-5 USD"), Closed: value.MustDate("2026-01-31")}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.want.Line, c.want.Account, c.want.Reverses, c.want.Booking.ID = 2, "Aster Foods", "D-0", "D-1"
			got := readOne(t, plainMapping, file(line(append(blank, c.changes...)...)))
			if diff := cmp.Diff(c.want, got, everyField); diff != "" {
				t.Errorf("(- want, + got)\n%s", diff)
			}
		})
	}
	_, bad := read(t, plainMapping, file(line(append(blank, change{"closed", ""}, change{"value", "-1.234"})...)))
	if len(bad) != 1 || !errors.Is(bad[0], crmcsv.RowMissing) || !errors.Is(bad[0], value.MoneyScaleExcess) {
		t.Errorf("%v", bad)
	}
}

func TestSignalsAreRead(t *testing.T) {
	for name, of := range map[string]func(model.Signals) model.YesNo{
		"partner_relationship": func(s model.Signals) model.YesNo { return s.PartnerRelationship },
		"partner_trusted":      func(s model.Signals) model.YesNo { return s.PartnerTrusted },
		"product_addon":        func(s model.Signals) model.YesNo { return s.ProductAddon },
		"vendor_customer":      func(s model.Signals) model.YesNo { return s.VendorCustomer },
		"product_primary":      func(s model.Signals) model.YesNo { return s.ProductPrimary },
		"equal_products":       func(s model.Signals) model.YesNo { return s.EqualProducts },
		"no_relationship":      func(s model.Signals) model.YesNo { return s.NoRelationship },
		"both_engaged":         func(s model.Signals) model.YesNo { return s.BothEngaged },
	} {
		text := strings.Replace(plainMapping, `"both_engaged"`, `"`+name+`"`, 1)
		for cell, want := range map[string]model.YesNo{"yes": model.Yes, "no": model.No, "unknown": model.Unknown, "": model.Unknown} {
			d := readOne(t, text, file(line(change{"both", cell}, change{"source", ""})))
			if of(d.Signals) != want {
				t.Errorf("%s %q: %v", name, cell, of(d.Signals))
			}
			if want == model.Unknown && d.Signals != (model.Signals{}) {
				t.Errorf("%s %q: %+v", name, cell, d.Signals)
			}
		}
	}
}

func TestStatusIsReadByItsName(t *testing.T) {
	for _, s := range []crmcsv.Outcome{crmcsv.Open, crmcsv.Won, crmcsv.Lost} {
		if got, err := crmcsv.ParseOutcome(s.String()); got != s || err != nil {
			t.Errorf("%v: %v, %v", s, got, err)
		}
	}
	for _, text := range []string{"", "Won", "won ", "closed"} {
		if got, err := crmcsv.ParseOutcome(text); got != 0 || !errors.Is(err, value.Code("status.unknown")) {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	if crmcsv.Outcome(0).String() != "" || crmcsv.Outcome(4).String() != "" {
		t.Error("an unset status has a name")
	}
}
