package model_test

import (
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// wantForm checks the JSON form of a value.
func wantForm(t *testing.T, v interface{ MarshalJSON() ([]byte, error) }, want string) {
	t.Helper()
	if got, err := v.MarshalJSON(); err != nil || string(got) != want {
		t.Errorf("got  %s, %v\nwant %s", got, err, want)
	}
}

// wantBothWays checks the JSON form of a value, and that the value read from it has the same
// form.
func wantBothWays[T interface{ MarshalJSON() ([]byte, error) }, P interface {
	*T
	UnmarshalJSON([]byte) error
}](t *testing.T, v T, want string) {
	t.Helper()
	wantForm(t, v, want)
	var back T
	if err := P(&back).UnmarshalJSON([]byte(want)); err != nil {
		t.Fatal(err)
	}
	wantForm(t, back, want)
}

func TestFactsAreWrittenAndReadBack(t *testing.T) {
	person := model.Person{Name: "ana", Party: model.PartnerOrg("acme")}
	wantBothWays(t, person.Party, `{"side":"partner","org":"acme"}`)
	wantBothWays(t, person, `{"name":"ana","party":{"side":"partner","org":"acme"}}`)
	wantBothWays(t, model.Consent{By: person, At: time.Date(2026, 11, 2, 9, 0, 0, 0, time.FixedZone("", 3600))},
		`{"by":{"name":"ana","party":{"side":"partner","org":"acme"}},"at":"2026-11-02T08:00:00Z"}`)
	wantBothWays(t, model.Signals{Source: model.FromBoth, PartnerRelationship: model.Yes, PartnerTrusted: model.No, ProductAddon: model.Yes, VendorCustomer: model.No,
		ProductPrimary: model.Yes, EqualProducts: model.No, NoRelationship: model.Yes, BothEngaged: model.No},
		`{"source":"joint","partner_relationship":"yes","partner_trusted":"no","product_addon":"yes","vendor_customer":"no","product_primary":"yes","equal_products":"no","no_relationship":"yes","both_engaged":"no"}`)
	wantBothWays(t, model.Team{
		Reps:      []model.Rep{{ID: "ana", Party: person.Party, Lead: true}, {ID: "raj"}},
		Assigned:  map[model.Responsibility][]string{model.Demo: {"ana"}, model.Contract: {"raj"}, model.Meetings: {}},
		Consulted: map[model.Responsibility][]string{model.Demo: {"lena", "al"}},
	}, `{"reps":[{"id":"ana","party":{"side":"partner","org":"acme"},"lead":true},{"id":"raj"}],"assigned":{"role.contract":["raj"],"role.demo":["ana"]},"consulted":{"role.demo":["lena","al"]}}`)
	wantBothWays(t, model.Team{}, `{}`)
	var nobody model.Team
	if err := nobody.UnmarshalJSON([]byte(`{"reps":[],"assigned":{"role.demo":[]},"consulted":{}}`)); err != nil || nobody.Assigned != nil || nobody.Consulted != nil {
		t.Errorf("nobody is %+v, %v", nobody, err)
	}
	wantBothWays(t, model.Signals{}, `{}`)
}

// A fact that cannot be read does not change its target.
func TestMalformedFactDocumentsAreRefused(t *testing.T) {
	ana := model.Person{Name: "ana", Party: model.PartnerOrg("acme")}
	person, party, consent, team, signals := ana, ana.Party, model.Consent{By: ana}, model.Team{Reps: []model.Rep{{ID: "x"}}}, model.Signals{Source: model.FromBoth}
	for _, c := range []struct {
		into interface{ UnmarshalJSON([]byte) error }
		data string
		want string
	}{
		{&party, `{"side":"partner"}`, "org: nothing stands here; the member is needed"},
		{&party, `{"side":"partner","org":null}`, "org: nothing stands here; the member is needed"},
		{&party, `{"side":"Partner","org":"x"}`, `side: "Partner" is not known; allowed are partner, vendor`},
		{&party, `{"side":"","org":"x"}`, `side: nothing is given; allowed are partner, vendor`},
		{&party, `{"side":"vendor","org":"x","Org":"y"}`, "Org: the member is not known; allowed are org, side"},
		{&party, `"vendor us"`, "a JSON string stands where an object with members belongs"},
		{&person, `{"name":"bo","party":{"side":"vendor"}}`, "party.org: nothing stands here; the member is needed"},
		{&person, `{"name":"bo"}`, "party: nothing stands here; the member is needed"},
		{&consent, `{"by":{"name":"bo","party":{"side":"vendor","org":"us"}},"at":"noon"}`, `at: "noon" is no instant; write it like 2026-11-22T09:30:00Z`},
		{&team, `{"reps":[{"id":"a"},{"lead":true}]}`, "reps[1].id: nothing stands here; the member is needed"},
		{&team, `{"assigned":{"role.demo":"ana"}}`, `assigned.role.demo: a JSON string stands where a list belongs`},
		{&signals, `{"source":"us","both_engaged":"true","product_addon":"No"}`, "source: \"us\" is not known; allowed are partner, vendor, joint\n" +
			"both_engaged: \"true\" is not known; allowed are unknown, no, yes\nproduct_addon: \"No\" is not known; allowed are unknown, no, yes"},
		{&signals, `{"both_engaged":true}`, "both_engaged: a JSON boolean stands where a text in quotes belongs"},
	} {
		if err := c.into.UnmarshalJSON([]byte(c.data)); err == nil || err.Error() != c.want {
			t.Errorf("%s: got\n%v\nwant\n%s", c.data, err, c.want)
		}
	}
	if person != ana || party != ana.Party || consent != (model.Consent{By: ana}) || team.Reps[0].ID != "x" || signals.Source != model.FromBoth {
		t.Error("who was refused has changed")
	}
}

func TestAdviceAndRolesAreWrittenWithEveryMember(t *testing.T) {
	advice := model.Recommend(model.Signals{Source: model.FromPartner, PartnerTrusted: model.No, EqualProducts: model.Yes, NoRelationship: model.Yes, PartnerRelationship: model.Yes, BothEngaged: model.Yes}, 0)
	text, err := advice.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`{"strength":"ambiguous","candidates":["partner_led","true_co_sell"],"for":[{"code":"`, `"against":[{"code":"model.partner_trusted"`, `"contradictions":[{"code":"model.contradiction"`} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%s is not in %s", want, text)
		}
	}
	wantForm(t, model.Advice{}, `{}`)
	wantForm(t, model.Advice{Strength: model.Undetermined, Missing: []value.Reason{value.NewReason("model.partner_trusted", "x")}},
		`{"strength":"undetermined","missing":[{"code":"model.partner_trusted","text":"x"}]}`)

	acme, us := model.PartnerOrg("acme"), model.VendorOrg("us")
	roles, err := model.Assign(model.PartnerLed, model.Team{Reps: []model.Rep{{ID: "ana", Party: acme}, {ID: "bo", Party: us}},
		Consulted: map[model.Responsibility][]string{model.Relationship: {"lena"}}}, model.Origin{Source: model.FromPartner})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range roles.Duties {
		if d.Responsibility == model.Relationship {
			d.Cell.Support, d.Cell.How, d.Cell.Derived, d.VendorRep = "s", "h", true, "bo"
			wantForm(t, d, `{"responsibility":"role.relationship","says":"`+d.Says+`","mode":"leads","leader":"partner","support":"s","how":"h","derived":true,"accountable":{"side":"partner","org":"acme"},`+
				`"owner":"ana","partner_rep":"ana","vendor_rep":"bo","consulted":["lena"]}`)
		}
	}
	roles.Duties, roles.Findings = roles.Duties[:0], []value.Reason{value.NewReason(model.NoOrphan, "x")}
	wantForm(t, roles, `{"engagement":"partner_led","findings":[{"code":"role.no_orphan","text":"x"}]}`)
	wantForm(t, model.Roles{}, `{}`)
	wantForm(t, model.Duty{Responsibility: "x"}, `{"responsibility":"x","mode":""}`)
}
