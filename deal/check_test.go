package deal_test

import (
	"strconv"
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
		{"participant with an empty organisation", further(model.Party{Side: model.Partner}), model.PartyOrg, "participants[1].party.org"},
		{"participant who is a vendor without a name", further(model.Party{Side: model.Vendor}), model.PartyOrg, "participants[1].party.org"},
		{"participant of no side", further(model.Party{Side: 3, Org: "integra"}), "side.unknown", "participants[1].party.side"},
		{"participant who leads", further(model.PartnerOrg("acme")), "party.participant", "participants[1].party"},
		{"participant who is the vendor", further(model.VendorOrg("initech")), "party.participant", "participants[1].party"},
		{"second vendor", further(model.VendorOrg("other")), "party.participant", "participants[1].party"},
		{"participant twice", further(model.PartnerOrg("resell")), "party.participant", "participants[1].party"},
		{"participant without a function", func(d *deal.Deal) { d.Participants = []deal.Participant{{Party: model.PartnerOrg("integra")}} }, wire.ID, "participants[0].function"},
		{"participant with a function of 65 bytes", func(d *deal.Deal) {
			d.Participants = []deal.Participant{{Party: model.PartnerOrg("integra"), Function: model.Function(strings.Repeat("f", 65))}}
		}, wire.ID, "participants[0].function"},
		{"partner with a function of 65 bytes", func(d *deal.Deal) { d.PartnerFunction = model.Function(strings.Repeat("f", 65)) },
			wire.Text, "partner_function"},
		{"participant whose last day is before its first", func(d *deal.Deal) {
			d.Participants = []deal.Participant{{Party: model.PartnerOrg("integra"), Function: model.Integration,
				From: value.MustDate("2026-11-02"), Until: value.MustDate("2026-11-01")}}
		}, "party.days", "participants[0].until"},
		{"21 participants", func(d *deal.Deal) {
			for i := range 21 {
				d.Participants = append(d.Participants, deal.Participant{Party: model.PartnerOrg(strconv.Itoa(i)), Function: model.Resale})
			}
		}, wire.Excess, "participants"},
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

// further adds two participants, the second of which is the given party.
func further(p model.Party) func(*deal.Deal) {
	return func(d *deal.Deal) {
		d.Partner, d.Vendor = "acme", "initech"
		d.Participants = []deal.Participant{{Party: model.PartnerOrg("resell"), Function: model.Resale}, {Party: p, Function: model.Integration}}
	}
}

// A problem of a participant names the company (party.participant, party.days).
func TestParticipantsAreRefusedByName(t *testing.T) {
	d := smallest()
	further(model.PartnerOrg("resell"))(&d)
	err := value.Below("deal", d.Check())
	want := `deal.participants[1].party: "resell" stands twice among the participants; name it once`
	if err == nil || err.Error() != want {
		t.Errorf("%v\nwant %s", err, want)
	}
}
