package comp_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

func TestSharesTotalExactly(t *testing.T) {
	const behind = "; shares of one group total exactly 100%"
	for _, c := range []struct {
		name   string
		model  comp.Model
		payees []comp.Payee
		want   []string
	}{
		{"comp.split below", comp.Split, []comp.Payee{sharing(rep("ana", acme), "50%"), sharing(rep("al", acme), "49.999999%")},
			[]string{"booking.payees[0].share: a total of 99.999999% is 0.000001% below 100%" + behind}},
		{"comp.split above", comp.Split, []comp.Payee{rep("bo", us), sharing(rep("ana", acme), "50%"), sharing(rep("al", acme), "50.000001%")},
			[]string{"booking.payees[1].share: a total of 100.000001% is 0.000001% above 100%" + behind}},
		{"comp.split missing", comp.Split, []comp.Payee{sharing(rep("ana", acme), "50%"), rep("al", acme)},
			[]string{"booking.payees[0].share: 1 of 2 reps who are credited together state no share; each of them must"}},
		{"comp.split all missing", comp.Split, []comp.Payee{rep("ana", acme), rep("al", acme), rep("abe", acme)},
			[]string{"booking.payees[0].share: 3 of 3 reps who are credited together state no share; each of them must"}},
		{"comp.split missing though the others total 100%", comp.Split, []comp.Payee{sharing(rep("ana", acme), "100%"), rep("al", acme)},
			[]string{"booking.payees[0].share: 1 of 2 reps who are credited together state no share; each of them must"}},
		{"comp.split alone with 60%", comp.Split, []comp.Payee{sharing(rep("ana", acme), "60%")},
			[]string{"booking.payees[0].share: a total of 60% is 40% below 100%" + behind}},
		{"comp.split two alone", comp.Split, []comp.Payee{sharing(rep("ana", acme), "60%"), sharing(rep("bo", us), "40%")},
			[]string{"booking.payees[0].share: a total of 60% is 40% below 100%" + behind, "booking.payees[1].share: a total of 40% is 60% below 100%" + behind}},
		{"comp.origination of both divides each side", comp.Origination, []comp.Payee{sharing(rep("ana", acme), "50%"), sharing(rep("bo", us), "50%")},
			[]string{"booking.payees[0].share: a total of 50% is 50% below 100%" + behind, "booking.payees[1].share: a total of 50% is 50% below 100%" + behind}},
		{"comp.role_based primary and support share nothing", comp.RoleBased, []comp.Payee{sharing(primary("ana", acme), "50%"), sharing(supporting("al", acme, comp.CoSelling), "50%")},
			[]string{"booking.payees[0].share: a total of 50% is 50% below 100%" + behind, "booking.payees[1].share: a total of 50% is 50% below 100%" + behind}},
		{"comp.role_based two contributions share nothing", comp.RoleBased, []comp.Payee{sharing(supporting("ana", acme, comp.TechnicalValidation), "50%"), sharing(supporting("al", acme, comp.CoSelling), "50%")},
			[]string{"booking.payees[0].share: a total of 50% is 50% below 100%" + behind, "booking.payees[1].share: a total of 50% is 50% below 100%" + behind}},
		{"comp.split far above", comp.Split, slices.Repeat([]comp.Payee{sharing(rep("", acme), "100%")}, 102),
			[]string{"booking.payees[0].share: a total of more than 10000% is more than 10000% above 100%" + behind}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for i := range c.payees {
				if c.payees[i].Rep == "" {
					c.payees[i].Rep = fmt.Sprint("r", i)
				}
			}
			b := deal(c.payees...)
			b.Source = model.FromBoth
			_, err := compile(t, under(c.model)).Statement(b)
			wantError(t, err, c.want...)
		})
	}
}

func TestRefusesMalformedBookings(t *testing.T) {
	long := strings.Repeat("x", 257)
	shown := `"` + strings.Repeat("x", 64) + `"…`
	many := slices.Repeat([]comp.Contribution{comp.CoSelling}, 101)
	base := func() comp.Booking {
		return deal(primary("ana", acme), supporting("bo", us, comp.TechnicalValidation))
	}
	for _, c := range []struct {
		name   string
		change func(*comp.Booking)
		want   string
	}{
		{"booking.id empty", func(b *comp.Booking) { b.ID = "" }, "id: nothing is no id; give 1 to 256 bytes"},
		{"booking.id too long", func(b *comp.Booking) { b.ID = long }, "id: " + shown + " is no id; give 1 to 256 bytes"},
		{"booking.value none", func(b *comp.Booking) { b.Value = value.Money{} }, "value: nothing is not positive; to undo a deal reverse its statement"},
		{"booking.value zero", func(b *comp.Booking) { b.Value = usd("0") }, "value: 0.00 USD is not positive; to undo a deal reverse its statement"},
		{"booking.value negative", func(b *comp.Booking) { b.Value = usd("-1") }, "value: -1.00 USD is not positive; to undo a deal reverse its statement"},
		{"currency.ended on the day it was won", func(b *comp.Booking) {
			b.Value, b.Closed = value.MustMoney("5 BGN"), value.MustDate("2026-01-01")
		}, "value: BGN on 2026-01-01 is past its end, 2025-12-31; write the amount in EUR"},
		{"booking.value of a quota, zero", func(b *comp.Booking) { b.PartnerQuota = usd("0") }, "partner_quota: 0.00 USD is not positive"},
		{"booking.value of a quota, negative", func(b *comp.Booking) { b.VendorQuota = usd("-0.01") }, "vendor_quota: -0.01 USD is not positive"},
		{"booking.currency of the partner", func(b *comp.Booking) { b.PartnerQuota = value.MustMoney("1 EUR") }, "partner_quota: 1.00 EUR is not in the deal's currency, USD"},
		{"booking.currency of the vendor", func(b *comp.Booking) { b.VendorQuota = value.MustMoney("1 JPY") }, "vendor_quota: 1 JPY is not in the deal's currency, USD"},
		{"booking.payees none", func(b *comp.Booking) { b.Payees = nil }, "payees: 0 payees are given; a booking has 1 to 1000"},
		{"booking.rep empty", func(b *comp.Booking) { b.Payees[0].Rep = "" }, "payees[0].rep: nothing is no id; give 1 to 256 bytes"},
		{"booking.rep too long", func(b *comp.Booking) { b.Payees[1].Rep = long }, "payees[1].rep: " + shown + " is no id; give 1 to 256 bytes"},
		{"booking.rep twice", func(b *comp.Booking) { b.Payees = append(b.Payees, supporting("bo", us, comp.CoSelling)) }, `payees[1].rep: "bo" stands twice in one booking; list several contributions in one payee`},
		{"booking.rep.two_parties", func(b *comp.Booking) { b.Payees[1].Rep = "ana" }, `payees[1].rep: "ana" is a rep of "partner acme" and of "vendor us"; an id stands for one person`},
		{"booking.two_orgs", func(b *comp.Booking) {
			b.Payees = append(b.Payees, supporting("cy", model.VendorOrg("them"), comp.CoSelling))
		}, `payees[2].party: "vendor them" and "vendor us" cannot both sell one deal`},
		{"booking.two_orgs with a control character", func(b *comp.Booking) {
			b.Payees = append(b.Payees, supporting("cy", model.VendorOrg("th\x1bem"), comp.CoSelling))
		}, `payees[2].party: "vendor th\x1bem" and "vendor us" cannot both sell one deal`},
		{"booking.rep.two_parties with a control character", func(b *comp.Booking) {
			b.Payees[1].Rep, b.Payees[1].Party.Org = "ana", "u\x1bs"
		}, `payees[1].rep: "ana" is a rep of "partner acme" and of "vendor u\x1bs"; an id stands for one person`},
		{"booking.primary.two_sides", func(b *comp.Booking) { b.Payees[1] = primary("bo", us) }, "payees[1].role: primary stands on both sides; one side's reps are primary"},
		{"comp.role.unknown unset", func(b *comp.Booking) { b.Payees[0].Role = 0 }, "payees[0].role: nothing is given; allowed are primary, supporting"},
		{"comp.role.unknown out of range", func(b *comp.Booking) { b.Payees[0].Role = 3 }, `payees[0].role: "number 3" is not known; allowed are primary, supporting`},
		{"comp.contribution_upfront", func(b *comp.Booking) { b.Payees[1].Contribution = "" }, "payees[1].contribution: nothing says what this supporting rep contributes; record it when the model is set"},
		{"comp.contribution_upfront further", func(b *comp.Booking) { b.Payees[1].AlsoContributed = []comp.Contribution{comp.CoSelling, ""} }, "payees[1].also_contributed[1]: nothing says what this supporting rep contributes; record it when the model is set"},
		{"comp.contribution.unknown", func(b *comp.Booking) { b.Payees[1].Contribution = "intro" }, `payees[1].contribution: "intro" is not known; allowed are technical_validation, true_co_sell`},
		{"comp.contribution.unknown further", func(b *comp.Booking) { b.Payees[1].AlsoContributed = []comp.Contribution{"intro"} }, `payees[1].also_contributed[0]: "intro" is not known; allowed are technical_validation, true_co_sell`},
		{"booking.contributions", func(b *comp.Booking) { b.Payees[1].AlsoContributed = many }, "payees[1].also_contributed: 101 contributions are more than 100"},
		{"percent.above of a rate", func(b *comp.Booking) { b.Payees[0].Rate = value.MustPercent("100.000001%") }, "payees[0].rate: 100.000001% is above 100%"},
		{"percent.below of a rate", func(b *comp.Booking) { b.Payees[0].Rate = value.MustPercent("-0.000001%") }, "payees[0].rate: -0.000001% is below 0%"},
		{"side.unknown", func(b *comp.Booking) { b.Payees[0].Party.Side = 9 }, "payees[0].party.side: *"},
		{"party.org", func(b *comp.Booking) { b.Payees[0].Party.Org = "" }, "payees[0].party.org: *"},
		{"party.org too long", func(b *comp.Booking) { b.Payees[0].Party.Org = long }, "payees[0].party.org: " + shown + " is too long; give 1 to 256 bytes"},
		{"source.unknown", func(b *comp.Booking) { b.Source = 9 }, "source: *"},
		{"registrant.unknown", func(b *comp.Booking) { b.Registrant = 9 }, "registrant: *"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := base()
			c.change(&b)
			s, err := compile(t, comp.DefaultPolicy()).Statement(b)
			wantError(t, err, "booking."+c.want)
			code, _, _ := strings.Cut(c.name, " ")
			if !errors.Is(err, value.Code(code)) {
				t.Errorf("not a %s error: %v", code, err)
			}
			if s.Lines != nil || s.Booking != "" || !s.Value.IsZero() {
				t.Errorf("beside an error stands %+v", s)
			}
		})
	}
	_, err := compile(t, under(comp.Origination)).Statement(comp.Booking{ID: "D", Value: usd("1"), Payees: []comp.Payee{rep("ana", acme)}})
	wantError(t, err, "booking.source: nothing says where the deal came from; give its source, or the registrant")
}

func TestTakesTheLargestBookingAndRefusesALarger(t *testing.T) {
	long := strings.Repeat("x", 256)
	b := deal(primary(long, model.PartnerOrg(long)), supporting("bo", us, comp.CoSelling, slices.Repeat([]comp.Contribution{comp.CoSelling}, 100)...))
	b.ID = long
	statement(t, comp.DefaultPolicy(), b)

	b = deal()
	for i := range 1000 {
		b.Payees = append(b.Payees, sharing(rep(fmt.Sprint("r", i), acme), "0.1%"))
	}
	s := statement(t, under(comp.Split), b)
	if len(s.Lines) != 1000 || s.Lines[999].QuotaCredit != usd("1.00") {
		t.Errorf("%d lines, the last %s", len(s.Lines), s.Lines[len(s.Lines)-1].QuotaCredit)
	}
	b.Payees = append(b.Payees, rep("one_more", us))
	_, err := compile(t, under(comp.Split)).Statement(b)
	wantError(t, err, "booking.payees: 1001 payees are given; a booking has 1 to 1000")
}

func TestRefusesSupportAbovePrimary(t *testing.T) {
	policy := comp.DefaultPolicy()
	policy.RoleBased.Contributions = map[comp.Contribution]value.Percent{"half": value.MustPercent("50%"), "other": value.MustPercent("50%"), "more": value.MustPercent("50.000001%")}
	statement(t, policy, deal(supporting("bo", us, "half"), supporting("bea", us, "other")))
	statement(t, policy, deal(supporting("bo", us, "half"), supporting("ana", acme, "more")))
	statement(t, policy, deal(sharing(supporting("bo", us, "more"), "50%"), sharing(supporting("bea", us, "more"), "50%")))
	_, err := compile(t, policy).Statement(deal(supporting("bo", us, "half"), supporting("bea", us, "more")))
	wantError(t, err, "booking.payees[0].contribution: supporting credit of 100.000001% on the vendor side is above the primary side's 100%")
	_, err = compile(t, policy).Statement(deal(primary("bo", us), supporting("al", acme, "half"), supporting("ana", acme, "more")))
	wantError(t, err, "booking.payees[1].contribution: supporting credit of 100.000001% on the partner side is above the primary side's 100%")
	several := deal(primary("bo", us), supporting("al", bay, "half"), supporting("ana", bay, "more"))
	several.LeadPartner = "acme"
	_, err = compile(t, policy).Statement(several)
	wantError(t, err, `booking.payees[1].contribution: supporting credit of 100.000001% of "partner bay" is above the primary side's 100%`)
}

// CASES C5: a problem of one payee hides none of another group, or of the same payee.
func TestReportsProblemsBesideAPayeeWhoCannotBeCredited_booking_share_total(t *testing.T) {
	plan := compile(t, comp.DefaultPolicy())
	b := deal(sharing(primary("ana", acme), "60%"), sharing(primary("al", acme), "30%"), rep("bo", us))
	_, err := plan.Statement(b)
	wantError(t, err,
		"booking.payees[0].share: a total of 90% is 10% below 100%; shares of one group total exactly 100%",
		"booking.payees[2].role: *",
	)
	_, err = plan.Statement(deal(supporting("bo", us, "intro", "", comp.CoSelling, "demo")))
	const allowed = "; allowed are technical_validation, true_co_sell"
	const missing = "nothing says what this supporting rep contributes; record it when the model is set"
	wantError(t, err,
		`booking.payees[0].contribution: "intro" is not known`+allowed,
		"booking.payees[0].also_contributed[0]: "+missing,
		`booking.payees[0].also_contributed[2]: "demo" is not known`+allowed,
	)
	nameless, other := model.PartnerOrg(""), model.PartnerOrg("other")
	_, err = plan.Statement(deal(primary("al", acme), sharing(primary("an", nameless), "50%"), primary("ann", acme),
		primary("bo", other)))
	wantError(t, err,
		"booking.payees[0].share: 2 of 2 reps who are credited together state no share; each of them must",
		"booking.payees[1].party.org: *",
		`booking.payees[3].party: "partner other" and "partner acme" cannot both sell one deal `+
			"unless the booking says which partner leads",
	)
}

func TestReportsEveryProblemOfABookingAtOnce(t *testing.T) {
	b := comp.Booking{
		Value: usd("-5"), PartnerQuota: value.MustMoney("-1 EUR"), Source: 7, Registrant: 8,
		Payees: []comp.Payee{
			{Party: model.Party{Side: 3, Org: "x"}, Rate: value.MustPercent("101%"), Share: value.MustPercent("-1%")},
			supporting("bo", us, "intro"), supporting("ana", acme, ""),
			primary("cy", us), primary("cy", us),
		},
	}
	_, err := compile(t, comp.DefaultPolicy()).Statement(b)
	wantError(t, err,
		"booking.id: nothing is no id; give 1 to 256 bytes",
		"booking.value: -5.00 USD is not positive; to undo a deal reverse its statement",
		"booking.partner_quota: -1.00 EUR is not in the deal's currency, USD",
		"booking.partner_quota: -1.00 EUR is not positive",
		"booking.source: *",
		"booking.registrant: *",
		"booking.payees[0].rep: nothing is no id; give 1 to 256 bytes",
		"booking.payees[0].rate: 101% is above 100%",
		"booking.payees[0].share: -1% is below 0%",
		"booking.payees[0].party.side: *",
		`booking.payees[1].contribution: "intro" is not known; allowed are technical_validation, true_co_sell`,
		"booking.payees[2].contribution: nothing says what this supporting rep contributes; record it when the model is set",
		"booking.payees[3].share: 2 of 2 reps who are credited together state no share; each of them must",
		`booking.payees[3].rep: "cy" stands twice in one booking; list several contributions in one payee`,
	)
	// As many as there are payees, where each has one.
	b = deal()
	for i := range 900 {
		p := primary(fmt.Sprint("r", i), acme)
		p.Rate = value.MustPercent("101%")
		b.Payees = append(b.Payees, sharing(p, "1%"))
	}
	_, err = compile(t, comp.DefaultPolicy()).Statement(b)
	if got := len(problems(err)); got != 901 {
		t.Errorf("%d problems, want 900 rates and the total of the shares", got)
	}
}
