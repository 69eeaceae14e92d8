package deal_test

import (
	"strings"
	"testing"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

func TestDealCheckRefuses(t *testing.T) {
	for _, c := range []struct {
		name string
		bend func(*deal.Deal)
		code value.Code
		path string
	}{
		{"no id", func(d *deal.Deal) { d.ID = "" }, value.Code("deal.id"), "id"},
		{"no partner", func(d *deal.Deal) { d.Partner = "" }, value.Code("deal.id"), "partner"},
		{"no vendor", func(d *deal.Deal) { d.Vendor = "" }, value.Code("deal.id"), "vendor"},
		{"long id", func(d *deal.Deal) { d.ID = strings.Repeat("x", 257) }, value.Code("deal.id"), "id"},
		{"account", func(d *deal.Deal) { d.Account = notUTF8 }, wire.Text, "account"},
		{"amount", func(d *deal.Deal) { d.AmountAt = late }, wire.Instant, "amount_at"},
		{"no day", func(d *deal.Deal) { d.Opening.Day = value.Date{} }, value.Code("deal.day"), "opening.day"},
		{"model", func(d *deal.Deal) { d.Opening.Engagement = 4 }, value.Code("engagement.unknown"), "opening.engagement"},
		{"size", func(d *deal.Deal) { d.Opening.Size = 3 }, value.Code("playbook.size.unknown"), "opening.size"},
		{"stage", func(d *deal.Deal) { d.Opening.Stage = notUTF8 }, wire.Text, "opening.stage"},
		{"close", func(d *deal.Deal) {
			d.Opening.Day, d.Committed = value.MustDate("2026-11-02"), value.MustDate("2026-11-01")
		},
			"deal.committed_close", "committed_close"},
		{"import", func(d *deal.Deal) { d.Opening.At = late }, wire.Instant, "opening.at"},
		{"system", func(d *deal.Deal) { d.Opening.From = notUTF8 }, wire.Text, "opening.from"},
		{"source", func(d *deal.Deal) { d.Signals.Source = 4 }, value.Code("source.unknown"), "signals.source"},
		{"relationship", func(d *deal.Deal) { d.Signals.PartnerRelationship = 3 }, value.Code("answer.unknown"), "signals.partner_relationship"},
		{"trusted", func(d *deal.Deal) { d.Signals.PartnerTrusted = 3 }, value.Code("answer.unknown"), "signals.partner_trusted"},
		{"addon", func(d *deal.Deal) { d.Signals.ProductAddon = 3 }, value.Code("answer.unknown"), "signals.product_addon"},
		{"customer", func(d *deal.Deal) { d.Signals.VendorCustomer = 3 }, value.Code("answer.unknown"), "signals.vendor_customer"},
		{"primary", func(d *deal.Deal) { d.Signals.ProductPrimary = 3 }, value.Code("answer.unknown"), "signals.product_primary"},
		{"equal", func(d *deal.Deal) { d.Signals.EqualProducts = 3 }, value.Code("answer.unknown"), "signals.equal_products"},
		{"none", func(d *deal.Deal) { d.Signals.NoRelationship = 3 }, value.Code("answer.unknown"), "signals.no_relationship"},
		{"engaged", func(d *deal.Deal) { d.Signals.BothEngaged = 3 }, value.Code("answer.unknown"), "signals.both_engaged"},
		{"rep", func(d *deal.Deal) { d.Team.Reps = []model.Rep{{ID: notUTF8}} }, wire.Text, "team.reps[0].id"},
		{"rep's side", func(d *deal.Deal) { d.Team.Reps = []model.Rep{{Party: model.Party{Side: 3}}} }, value.Code("side.unknown"), "team.reps[0].party.side"},
		{"reps", func(d *deal.Deal) { d.Team.Reps = make([]model.Rep, 1001) }, wire.Excess, "team.reps"},
		{"assigned", func(d *deal.Deal) { d.Team.Assigned = map[model.Responsibility][]string{model.Demo: {notUTF8}} }, wire.Text, "team.assigned.role.demo[0]"},
		{"duty", func(d *deal.Deal) { d.Team.Consulted = map[model.Responsibility][]string{notUTF8: nil} }, wire.Text, `team.consulted."a\xff"`},
		{"payee", func(d *deal.Deal) { d.Payees = []comp.Payee{{Rep: notUTF8}} }, wire.Text, "payees[0].rep"},
		{"payee's side", func(d *deal.Deal) { d.Payees = []comp.Payee{{Party: model.Party{Side: 3}}} }, value.Code("side.unknown"), "payees[0].party.side"},
		{"role", func(d *deal.Deal) { d.Payees = []comp.Payee{{Role: 3}} }, value.Code("comp.role.unknown"), "payees[0].role"},
		{"contribution", func(d *deal.Deal) { d.Payees = []comp.Payee{{Contribution: notUTF8}} }, wire.Text, "payees[0].contribution"},
		{"contributions", func(d *deal.Deal) { d.Payees = []comp.Payee{{AlsoContributed: []comp.Contribution{notUTF8}}} }, wire.Text, "payees[0].also_contributed[0]"},
		{"table", func(d *deal.Deal) { d.Payees = []comp.Payee{{Table: notUTF8}} }, wire.Text, "payees[0].table"},
		{"payees", func(d *deal.Deal) { d.Payees = make([]comp.Payee, 1001) }, wire.Excess, "payees"},
		{"person", func(d *deal.Deal) { d.People = []comms.Correspondent{{Name: notUTF8}} }, wire.Text, "people[0].name"},
		{"person's side", func(d *deal.Deal) { d.People = []comms.Correspondent{{Party: model.Party{Side: 3}}} }, value.Code("side.unknown"), "people[0].party.side"},
		{"address", func(d *deal.Deal) { d.People = []comms.Correspondent{{Addresses: []string{notUTF8}}} }, wire.Text, "people[0].addresses[0]"},
		{"from", func(d *deal.Deal) { d.People = []comms.Correspondent{{From: late}} }, wire.Instant, "people[0].from"},
		{"until", func(d *deal.Deal) { d.People = []comms.Correspondent{{Until: late}} }, wire.Instant, "people[0].until"},
		{"people", func(d *deal.Deal) { d.People = make([]comms.Correspondent, 10_001) }, wire.Excess, "people"},
		{"zone", func(d *deal.Deal) { d.Zone = notUTF8 }, wire.Text, "zone"},
		{"agreed", func(d *deal.Deal) { d.Agreed = late }, wire.Instant, "agreed"},
		{"product", func(d *deal.Deal) { d.Scope.Products = []string{notUTF8} }, wire.Text, "scope.products[0]"},
		{"region", func(d *deal.Deal) { d.Scope.Regions = []string{notUTF8} }, wire.Text, "scope.regions[0]"},
		{"registration", func(d *deal.Deal) { d.Registrations = []string{notUTF8} }, wire.Text, "registrations[0]"},
		{"partner's executive", func(d *deal.Deal) { d.PartnerExecutive = notUTF8 }, wire.Text, "partner_executive"},
		{"vendor's executive", func(d *deal.Deal) { d.VendorExecutive = notUTF8 }, wire.Text, "vendor_executive"},
		{"executives", func(d *deal.Deal) { d.ExecutivesAt = late }, wire.Instant, "executives_at"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := smallest()
			c.bend(&d)
			wantProblem(t, d.Check(), c.code, c.path)
		})
	}
}
