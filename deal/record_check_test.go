package deal_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

var (
	noon = time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)
	late = time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC)
)

const notUTF8 = "a\xff"

// wellFormed is a record with a fact of each kind. None is malformed, few are complete.
func wellFormed() deal.Record {
	return deal.Record{
		Events: []stage.Event{{Verb: stage.VerbDone, Move: stage.Move{
			At: noon, Consents: []model.Consent{{}}, Evidence: []stage.Fact{{Kind: stage.Qualified, At: noon}}, Overrides: []stage.Override{{}},
		}}},
		Facts:      []stage.Fact{{Kind: "no_kind_of_the_book", At: noon}},
		Activities: []comms.Activity{{ID: "m-1", Kind: comms.Mail, At: noon}},
		Claims:     []registration.Claim{{ID: "CL-1", Submitted: noon, Events: []registration.Event{{At: noon}}}},
		Blockers:   []deal.Blocker{{ID: "B-1", Kind: "no_kind_of_the_book", Raised: noon, Acknowledged: []escalation.Event{{At: noon}}}},
	}
}

func smallest() deal.Deal {
	return deal.Deal{ID: "D-1", Partner: "acme", Vendor: "us", Opening: stage.Opening{Day: value.MustDate("2026-11-02")}}
}

// Facts that are incomplete or contradict each other make no deal and no record malformed.
func TestIncompleteFactsAreNotMalformed(t *testing.T) {
	if err := wellFormed().Check(); err != nil {
		t.Error(err)
	}
	if err := (deal.Record{}).Check(); err != nil {
		t.Error(err)
	}
	d := smallest()
	d.Payees, d.People, d.Team.Reps = []comp.Payee{{}, {}}, []comms.Correspondent{{}}, []model.Rep{{}, {}}
	d.Zone, d.Opening.Stage, d.Registrations = "Nowhere/Land", "no_stage", []string{"", ""}
	if err := d.Check(); err != nil {
		t.Error(err)
	}
	twice := wellFormed()
	twice.Activities = append(twice.Activities, comms.Activity{ID: "m-1", Kind: comms.Call, At: noon})
	twice.Blockers = append(twice.Blockers, twice.Blockers[0])
	if err := twice.Check(); err != nil {
		t.Error("two activities that contradict each other, and a blocker twice:", err)
	}
}

func TestFactsAtTheLimitAreTaken(t *testing.T) {
	r := wellFormed()
	event, fact, activity, claim, blocker := r.Events[0], r.Facts[0], r.Activities[0], r.Claims[0], r.Blockers[0]
	fact.Kind, fact.By = stage.FactKind(strings.Repeat("x", 998)), strings.Repeat("x", 4096)
	activity.ID, activity.To = strings.Repeat("x", 998), make([]string, 1000)
	activity.At, activity.End = time.Date(1, 1, 1, 0, 0, 0, 1, time.UTC), time.Date(9000, 12, 31, 23, 59, 59, 999_999_999, time.UTC)
	r = deal.Record{
		Events: slices.Repeat([]stage.Event{event}, 10_000), Facts: slices.Repeat([]stage.Fact{fact}, 1000), Activities: slices.Repeat([]comms.Activity{activity}, 100_000),
		Claims: slices.Repeat([]registration.Claim{claim}, 1000), Blockers: slices.Repeat([]deal.Blocker{blocker}, 1000),
	}
	if err := r.Check(); err != nil {
		t.Error(err)
	}
	d := smallest()
	d.ID, d.Payees, d.People, d.Team.Reps = strings.Repeat("x", 256), make([]comp.Payee, 1000), make([]comms.Correspondent, 10_000), make([]model.Rep, 1000)
	if err := d.Check(); err != nil {
		t.Error(err)
	}
}

func TestRecordCheckRefuses(t *testing.T) {
	many := func(n int) []string { return make([]string, n) }
	for _, c := range []struct {
		name string
		bend func(*deal.Record)
		code value.Code
		path string
	}{
		{"no verb", func(r *deal.Record) { r.Events[0].Verb = 0 }, wire.Missing, "events[0].verb"},
		{"a number that is no verb", func(r *deal.Record) { r.Events[0].Verb = 200 }, value.Code("event.unknown"), "events[0].verb"},
		{"no instant", func(r *deal.Record) { r.Events[0].At = time.Time{} }, wire.Missing, "events[0].at"},
		{"year 10000", func(r *deal.Record) { r.Events[0].At = late }, wire.Instant, "events[0].at"},
		{"year 10000 in UTC alone", func(r *deal.Record) {
			r.Events[0].At = time.Date(9000, 12, 31, 23, 59, 59, 0, time.FixedZone("", -3600))
		}, wire.Instant, "events[0].at"},
		{"year 0", func(r *deal.Record) { r.Events[0].At = time.Date(0, 12, 31, 23, 59, 59, 0, time.UTC) }, wire.Instant, "events[0].at"},
		{"mover", func(r *deal.Record) { r.Events[0].By.Name = notUTF8 }, wire.Text, "events[0].by.name"},
		{"mover's side", func(r *deal.Record) { r.Events[0].By.Party.Side = 3 }, value.Code("side.unknown"), "events[0].by.party.side"},
		{"mover's organisation", func(r *deal.Record) { r.Events[0].By.Party.Org = notUTF8 }, wire.Text, "events[0].by.party.org"},
		{"stage", func(r *deal.Record) { r.Events[0].To = notUTF8 }, wire.Text, "events[0].to"},
		{"task", func(r *deal.Record) { r.Events[0].Task = notUTF8 }, wire.Text, "events[0].task"},
		{"model", func(r *deal.Record) { r.Events[0].Engagement = 4 }, value.Code("engagement.unknown"), "events[0].engagement"},
		{"size", func(r *deal.Record) { r.Events[0].Size = 3 }, value.Code("playbook.size.unknown"), "events[0].size"},
		{"reason", func(r *deal.Record) { r.Events[0].Reason = strings.Repeat("x", 4097) }, wire.Text, "events[0].reason"},
		{"consent", func(r *deal.Record) { r.Events[0].Consents[0].At = late }, wire.Instant, "events[0].consents[0].at"},
		{"who consents", func(r *deal.Record) { r.Events[0].Consents[0].By.Name = notUTF8 }, wire.Text, "events[0].consents[0].by.name"},
		{"evidence", func(r *deal.Record) { r.Events[0].Evidence[0].Kind = "" }, wire.ID, "events[0].evidence[0].kind"},
		{"override's gate", func(r *deal.Record) { r.Events[0].Overrides[0].Gate = notUTF8 }, wire.Text, "events[0].overrides[0].gate"},
		{"who overrides", func(r *deal.Record) { r.Events[0].Overrides[0].By.Party.Side = 9 }, value.Code("side.unknown"), "events[0].overrides[0].by.party.side"},
		{"override", func(r *deal.Record) { r.Events[0].Overrides[0].At = late }, wire.Instant, "events[0].overrides[0].at"},
		{"why it is overridden", func(r *deal.Record) { r.Events[0].Overrides[0].Reason = notUTF8 }, wire.Text, "events[0].overrides[0].reason"},

		{"no kind", func(r *deal.Record) { r.Facts[0].Kind = "" }, wire.ID, "facts[0].kind"},
		{"a kind above its length", func(r *deal.Record) { r.Facts[0].Kind = stage.FactKind(strings.Repeat("x", 999)) }, wire.ID, "facts[0].kind"},
		{"no instant of a fact", func(r *deal.Record) { r.Facts[0].At = time.Time{} }, wire.Missing, "facts[0].at"},
		{"who reports", func(r *deal.Record) { r.Facts[0].By = notUTF8 }, wire.Text, "facts[0].by"},
		{"a fact's side", func(r *deal.Record) { r.Facts[0].Side = 3 }, value.Code("side.unknown"), "facts[0].side"},
		{"end", func(r *deal.Record) { r.Facts[0].Until = late }, wire.Instant, "facts[0].until"},
		{"proposal", func(r *deal.Record) { r.Facts[0].Proposal = notUTF8 }, wire.Text, "facts[0].proposal"},
		{"without", func(r *deal.Record) { r.Facts[0].Without = 3 }, value.Code("side.unknown"), "facts[0].without"},

		{"no id", func(r *deal.Record) { r.Activities[0].ID = "" }, wire.ID, "activities[0].id"},
		{"id", func(r *deal.Record) { r.Activities[0].ID = notUTF8 }, wire.ID, "activities[0].id"},
		{"no kind of activity", func(r *deal.Record) { r.Activities[0].Kind = 0 }, wire.Missing, "activities[0].kind"},
		{"kind of activity", func(r *deal.Record) { r.Activities[0].Kind = 10 }, value.Code("comms.kind.unknown"), "activities[0].kind"},
		{"no instant of an activity", func(r *deal.Record) { r.Activities[0].At = time.Time{} }, wire.Missing, "activities[0].at"},
		{"end of an activity", func(r *deal.Record) { r.Activities[0].End = late }, wire.Instant, "activities[0].end"},
		{"side", func(r *deal.Record) { r.Activities[0].Side = 3 }, value.Code("side.unknown"), "activities[0].side"},
		{"from", func(r *deal.Record) { r.Activities[0].From = notUTF8 }, wire.Text, "activities[0].from"},
		{"to", func(r *deal.Record) { r.Activities[0].To = []string{"a@b.example", notUTF8} }, wire.Text, "activities[0].to[1]"},
		{"too many", func(r *deal.Record) { r.Activities[0].To = many(1001) }, wire.Excess, "activities[0].to"},
		{"subject", func(r *deal.Record) { r.Activities[0].Subject = notUTF8 }, wire.Text, "activities[0].subject"},
		{"refs", func(r *deal.Record) { r.Activities[0].Refs = []string{notUTF8} }, wire.Text, "activities[0].refs[0]"},
		{"about", func(r *deal.Record) { r.Activities[0].About = []string{notUTF8} }, wire.Text, "activities[0].about[0]"},
		{"purpose", func(r *deal.Record) { r.Activities[0].Purpose = 4 }, value.Code("comms.purpose.unknown"), "activities[0].purpose"},
		{"part", func(r *deal.Record) { r.Activities[0].Covers = []comms.Part{9} }, value.Code("comms.part.unknown"), "activities[0].covers[0]"},
		{"item", func(r *deal.Record) { r.Activities[0].Offer.Item = notUTF8 }, wire.Text, "activities[0].offer.item"},

		{"no id of a claim", func(r *deal.Record) { r.Claims[0].ID = "" }, wire.ID, "claims[0].id"},
		{"claimant", func(r *deal.Record) { r.Claims[0].Claimant.Org = notUTF8 }, wire.Text, "claims[0].claimant.org"},
		{"no stamp", func(r *deal.Record) { r.Claims[0].Submitted = time.Time{} }, wire.Missing, "claims[0].submitted"},
		{"client's key", func(r *deal.Record) { r.Claims[0].Filing.Key = notUTF8 }, wire.Text, "claims[0].filing.key"},
		{"account", func(r *deal.Record) { r.Claims[0].Filing.Account.Name = notUTF8 }, wire.Text, "claims[0].filing.account.name"},
		{"country", func(r *deal.Record) { r.Claims[0].Filing.Account.Country = notUTF8 }, wire.Text, "claims[0].filing.account.country"},
		{"domain", func(r *deal.Record) { r.Claims[0].Filing.Account.Domains = []string{notUTF8} }, wire.Text, "claims[0].filing.account.domains[0]"},
		{"other party", func(r *deal.Record) { r.Claims[0].Filing.With.Side = 3 }, value.Code("side.unknown"), "claims[0].filing.with.side"},
		{"product", func(r *deal.Record) { r.Claims[0].Filing.Scope.Products = []string{notUTF8} }, wire.Text, "claims[0].filing.products[0]"},
		{"region", func(r *deal.Record) { r.Claims[0].Filing.Scope.Regions = []string{notUTF8} }, wire.Text, "claims[0].filing.regions[0]"},
		{"who files", func(r *deal.Record) { r.Claims[0].Filing.By = notUTF8 }, wire.Text, "claims[0].filing.by"},
		{"name of the key", func(r *deal.Record) { r.Claims[0].Key.Name = notUTF8 }, wire.Text, "claims[0].key.name"},
		{"domain of the key", func(r *deal.Record) { r.Claims[0].Key.Domains = []string{notUTF8} }, wire.Text, "claims[0].key.domains[0]"},
		{"action", func(r *deal.Record) { r.Claims[0].Events[0].Do = 99 }, registration.ActionUnknown, "claims[0].events[0].do"},
		{"instant of an action", func(r *deal.Record) { r.Claims[0].Events[0].At = time.Time{} }, wire.Missing, "claims[0].events[0].at"},
		{"who acts", func(r *deal.Record) { r.Claims[0].Events[0].By.Name = notUTF8 }, wire.Text, "claims[0].events[0].by.name"},
		{"why", func(r *deal.Record) { r.Claims[0].Events[0].Reason = notUTF8 }, wire.Text, "claims[0].events[0].reason"},
		{"who gets a claim", func(r *deal.Record) { r.Claims[0].Events[0].To.Org = notUTF8 }, wire.Text, "claims[0].events[0].to.org"},
		{"terms", func(r *deal.Record) {
			r.Claims[0].Events[0].Terms = &registration.Terms{Protection: 1, Extension: 1, ConfirmWithin: 261}
		}, value.Code("registration.days"), "claims[0].events[0].terms.confirm_within"},
		{"progress", func(r *deal.Record) { r.Claims[0].Events[0].Progress = late }, wire.Instant, "claims[0].events[0].progress"},

		{"no id of a blocker", func(r *deal.Record) { r.Blockers[0].ID = "" }, wire.ID, "blockers[0].id"},
		{"id of a blocker", func(r *deal.Record) { r.Blockers[0].ID = strings.Repeat("x", 257) }, wire.ID, "blockers[0].id"},
		{"no kind of blocker", func(r *deal.Record) { r.Blockers[0].Kind = "" }, wire.ID, "blockers[0].kind"},
		{"no instant of a blocker", func(r *deal.Record) { r.Blockers[0].Raised = time.Time{} }, wire.Missing, "blockers[0].raised"},
		{"who raises", func(r *deal.Record) { r.Blockers[0].By.Party.Org = notUTF8 }, wire.Text, "blockers[0].by.party.org"},
		{"note", func(r *deal.Record) { r.Blockers[0].Note = notUTF8 }, wire.Text, "blockers[0].note"},
		{"response", func(r *deal.Record) { r.Blockers[0].Acknowledged[0].At = time.Time{} }, wire.Missing, "blockers[0].acknowledged[0].at"},
		{"who responds", func(r *deal.Record) { r.Blockers[0].Acknowledged[0].By.Name = notUTF8 }, wire.Text, "blockers[0].acknowledged[0].by.name"},
		{"long note", func(r *deal.Record) { r.Blockers[0].Note = strings.Repeat("a", 1001) }, wire.Text, "blockers[0].note"},
		{"long note of a resolution", func(r *deal.Record) {
			r.Blockers[0].Resolved = escalation.Event{At: noon, Note: strings.Repeat("a", 1001)}
		}, wire.Text, "blockers[0].resolved.note"},
		{"resolution", func(r *deal.Record) { r.Blockers[0].Resolved.Note = "done" }, wire.Missing, "blockers[0].resolved.at"},
		{"resolution's note", func(r *deal.Record) { r.Blockers[0].Resolved = escalation.Event{At: noon, Note: notUTF8} }, wire.Text, "blockers[0].resolved.note"},
		{"another blocker of the id", func(r *deal.Record) {
			b := r.Blockers[0]
			b.Note = "other"
			r.Blockers = append(r.Blockers, b)
		}, deal.FactTwice, "blockers[1].id"},

		{"events", func(r *deal.Record) { r.Events = make([]stage.Event, 10_001) }, wire.Excess, "events"},
		{"facts", func(r *deal.Record) { r.Facts = make([]stage.Fact, 1001) }, wire.Excess, "facts"},
		{"activities", func(r *deal.Record) { r.Activities = make([]comms.Activity, 100_001) }, wire.Excess, "activities"},
		{"claims", func(r *deal.Record) { r.Claims = make([]registration.Claim, 1001) }, wire.Excess, "claims"},
		{"blockers", func(r *deal.Record) { r.Blockers = make([]deal.Blocker, 1001) }, wire.Excess, "blockers"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := wellFormed()
			c.bend(&r)
			wantProblem(t, r.Check(), c.code, c.path)
			if text, err := r.MarshalJSON(); err == nil {
				t.Errorf("is written as %s", text)
			}
		})
	}
}

// wantProblem proves that there is one problem, with its code and its path.
func wantProblem(t *testing.T, err error, code value.Code, path string) {
	t.Helper()
	var problems value.Errors
	problems.Add("", err)
	if len(problems) != 1 || problems[0].Code != code || problems[0].Path != path {
		t.Errorf("got %v, want %s at %s", err, code, path)
	}
}
