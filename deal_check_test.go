package coselling_test

import (
	"strings"
	"testing"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/value"
)

func TestMalformedDeals(t *testing.T) {
	for _, c := range []struct {
		name string
		bend func(*coselling.Deal)
		code value.Code
		path string
	}{
		{"no id", func(d *coselling.Deal) { d.ID = "" }, coselling.DealID, "id"},
		{"no partner", func(d *coselling.Deal) { d.Partner = "" }, coselling.DealID, "partner"},
		{"no vendor", func(d *coselling.Deal) { d.Vendor = "" }, coselling.DealID, "vendor"},
		{"long id", func(d *coselling.Deal) { d.ID = strings.Repeat("x", 257) }, coselling.DealID, "id"},
		{"account", func(d *coselling.Deal) { d.Account = notUTF8 }, wire.Text, "account"},
		{"amount", func(d *coselling.Deal) { d.AmountAt = late }, wire.Instant, "amount_at"},
		{"no day", func(d *coselling.Deal) { d.Opening.Day = value.Date{} }, coselling.DealDay, "opening.day"},
		{"model", func(d *coselling.Deal) { d.Opening.Engagement = 4 }, model.EngagementUnknown, "opening.engagement"},
		{"size", func(d *coselling.Deal) { d.Opening.Size = 3 }, model.SizeUnknown, "opening.size"},
		{"stage", func(d *coselling.Deal) { d.Opening.Stage = notUTF8 }, wire.Text, "opening.stage"},
		{"import", func(d *coselling.Deal) { d.Opening.At = late }, wire.Instant, "opening.at"},
		{"system", func(d *coselling.Deal) { d.Opening.From = notUTF8 }, wire.Text, "opening.from"},
		{"source", func(d *coselling.Deal) { d.Signals.Source = 4 }, model.SourceUnknown, "signals.source"},
		{"relationship", func(d *coselling.Deal) { d.Signals.PartnerRelationship = 3 }, model.AnswerUnknown, "signals.partner_relationship"},
		{"trusted", func(d *coselling.Deal) { d.Signals.PartnerTrusted = 3 }, model.AnswerUnknown, "signals.partner_trusted"},
		{"addon", func(d *coselling.Deal) { d.Signals.ProductAddon = 3 }, model.AnswerUnknown, "signals.product_addon"},
		{"customer", func(d *coselling.Deal) { d.Signals.VendorCustomer = 3 }, model.AnswerUnknown, "signals.vendor_customer"},
		{"primary", func(d *coselling.Deal) { d.Signals.ProductPrimary = 3 }, model.AnswerUnknown, "signals.product_primary"},
		{"equal", func(d *coselling.Deal) { d.Signals.EqualProducts = 3 }, model.AnswerUnknown, "signals.equal_products"},
		{"none", func(d *coselling.Deal) { d.Signals.NoRelationship = 3 }, model.AnswerUnknown, "signals.no_relationship"},
		{"engaged", func(d *coselling.Deal) { d.Signals.BothEngaged = 3 }, model.AnswerUnknown, "signals.both_engaged"},
		{"rep", func(d *coselling.Deal) { d.Team.Reps = []model.Rep{{ID: notUTF8}} }, wire.Text, "team.reps[0].id"},
		{"rep's side", func(d *coselling.Deal) { d.Team.Reps = []model.Rep{{Party: model.Party{Side: 3}}} }, model.SideUnknown, "team.reps[0].party.side"},
		{"reps", func(d *coselling.Deal) { d.Team.Reps = make([]model.Rep, 1001) }, wire.Excess, "team.reps"},
		{"assigned", func(d *coselling.Deal) { d.Team.Assigned = map[model.Responsibility][]string{model.Demo: {notUTF8}} }, wire.Text, "team.assigned.role.demo[0]"},
		{"duty", func(d *coselling.Deal) { d.Team.Consulted = map[model.Responsibility][]string{notUTF8: nil} }, wire.Text, `team.consulted."a\xff"`},
		{"payee", func(d *coselling.Deal) { d.Payees = []comp.Payee{{Rep: notUTF8}} }, wire.Text, "payees[0].rep"},
		{"payee's side", func(d *coselling.Deal) { d.Payees = []comp.Payee{{Party: model.Party{Side: 3}}} }, model.SideUnknown, "payees[0].party.side"},
		{"role", func(d *coselling.Deal) { d.Payees = []comp.Payee{{Role: 3}} }, comp.RoleUnknown, "payees[0].role"},
		{"contribution", func(d *coselling.Deal) { d.Payees = []comp.Payee{{Contribution: notUTF8}} }, wire.Text, "payees[0].contribution"},
		{"contributions", func(d *coselling.Deal) { d.Payees = []comp.Payee{{AlsoContributed: []comp.Contribution{notUTF8}}} }, wire.Text, "payees[0].also_contributed[0]"},
		{"table", func(d *coselling.Deal) { d.Payees = []comp.Payee{{Table: notUTF8}} }, wire.Text, "payees[0].table"},
		{"payees", func(d *coselling.Deal) { d.Payees = make([]comp.Payee, 1001) }, wire.Excess, "payees"},
		{"person", func(d *coselling.Deal) { d.People = []comms.Person{{Name: notUTF8}} }, wire.Text, "people[0].name"},
		{"person's side", func(d *coselling.Deal) { d.People = []comms.Person{{Party: model.Party{Side: 3}}} }, model.SideUnknown, "people[0].party.side"},
		{"address", func(d *coselling.Deal) { d.People = []comms.Person{{Addresses: []string{notUTF8}}} }, wire.Text, "people[0].addresses[0]"},
		{"from", func(d *coselling.Deal) { d.People = []comms.Person{{From: late}} }, wire.Instant, "people[0].from"},
		{"until", func(d *coselling.Deal) { d.People = []comms.Person{{Until: late}} }, wire.Instant, "people[0].until"},
		{"people", func(d *coselling.Deal) { d.People = make([]comms.Person, 10_001) }, wire.Excess, "people"},
		{"zone", func(d *coselling.Deal) { d.Zone = notUTF8 }, wire.Text, "zone"},
		{"agreed", func(d *coselling.Deal) { d.Agreed = late }, wire.Instant, "agreed"},
		{"product", func(d *coselling.Deal) { d.Scope.Products = []registration.Product{notUTF8} }, wire.Text, "scope.products[0]"},
		{"region", func(d *coselling.Deal) { d.Scope.Regions = []registration.Region{notUTF8} }, wire.Text, "scope.regions[0]"},
		{"registration", func(d *coselling.Deal) { d.Registrations = []string{notUTF8} }, wire.Text, "registrations[0]"},
		{"partner's executive", func(d *coselling.Deal) { d.PartnerExecutive = notUTF8 }, wire.Text, "partner_executive"},
		{"vendor's executive", func(d *coselling.Deal) { d.VendorExecutive = notUTF8 }, wire.Text, "vendor_executive"},
		{"executives", func(d *coselling.Deal) { d.ExecutivesAt = late }, wire.Instant, "executives_at"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := smallest()
			c.bend(&d)
			wantProblem(t, d.Check(), c.code, c.path)
		})
	}
}
