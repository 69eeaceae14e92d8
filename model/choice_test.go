package model_test

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

var (
	ana = model.Person{Name: "ana", Party: acme}
	bo  = model.Person{Name: "bo", Party: us}
)

func hour(h int) time.Time { return time.Date(2026, 11, 2, h, 0, 0, 0, time.UTC) }

func chosen(t *testing.T, e model.Engagement, by model.Person, at time.Time) model.Chosen {
	t.Helper()
	d, err := model.Choose(model.Chosen{}, model.Choice{Engagement: e, Agreement: model.Agreement{By: by, At: at}})
	if err != nil || d.Missing != nil {
		t.Fatalf("the first setting needs nobody's consent: %v %v", d.Missing, err)
	}
	return d.Chosen
}

func TestFirstSettingNeedsNobodysConsent(t *testing.T) {
	c := chosen(t, model.PartnerLed, ana, hour(9))
	if c.Engagement() != model.PartnerLed || !c.FirstSet().Equal(hour(9)) || len(c.History()) != 1 {
		t.Errorf("%v %v %v", c.Engagement(), c.FirstSet(), c.History())
	}
	if (model.Chosen{}).Engagement() != 0 || !(model.Chosen{}).FirstSet().IsZero() {
		t.Error("a model that was never set")
	}
}

func TestChangeNeedsBothConsents(t *testing.T) {
	before := chosen(t, model.PartnerLed, ana, hour(9))
	third := model.Person{Name: "cron", Party: us}
	for name, c := range map[string]struct {
		by       model.Person
		consents []model.Consent
		missing  int
	}{
		"the other side has not":         {ana, nil, 1},
		"the other side has":             {ana, []model.Consent{{By: bo, At: hour(10)}}, 0},
		"only the own side, once more":   {ana, []model.Consent{{By: ana, At: hour(10)}}, 1},
		"consent from before the last":   {ana, []model.Consent{{By: bo, At: hour(8)}}, 1},
		"consent at the last choice":     {ana, []model.Consent{{By: bo, At: hour(9)}}, 0},
		"vendor acts, partner consented": {third, []model.Consent{{By: ana, At: hour(10)}}, 0},
	} {
		t.Run("model.before_interaction change: "+name, func(t *testing.T) {
			event := model.Choice{Engagement: model.TrueCoSell, Reason: "both teams are needed", Agreement: model.Agreement{By: c.by, At: hour(11), Consents: c.consents}}
			d, err := model.Choose(before, event)
			if err != nil || len(d.Missing) != c.missing {
				t.Fatalf("%v %v", d.Missing, err)
			}
			want := model.TrueCoSell
			if c.missing > 0 {
				want = model.PartnerLed
				if d.Missing[0].Code() != model.ConsentMissing {
					t.Errorf("%v", d.Missing)
				}
			}
			if d.Chosen.Engagement() != want || before.Engagement() != model.PartnerLed {
				t.Errorf("now %v, before %v", d.Chosen.Engagement(), before.Engagement())
			}
		})
	}
}

func TestMalformedChoiceChangesNothing(t *testing.T) {
	before := chosen(t, model.PartnerLed, ana, hour(9))
	good := model.Choice{Engagement: model.VendorLed, Reason: "their customer", Agreement: model.Agreement{By: ana, At: hour(11), Consents: []model.Consent{{By: bo, At: hour(10)}}}}
	for code, spoil := range map[value.Code]func(*model.Choice){
		model.EngagementUnknown: func(c *model.Choice) { c.Engagement = 9 },
		model.AgreementBy:       func(c *model.Choice) { c.By.Name = " " },
		model.SideUnknown:       func(c *model.Choice) { c.By.Party = model.Party{} },
		model.PartyOrg:          func(c *model.Choice) { c.By.Party.Org = "" },
		model.AgreementAt:       func(c *model.Choice) { c.Consents[0].At = hour(12) },
		model.ChoiceOrder:       func(c *model.Choice) { c.At, c.Consents = hour(8), nil },
		model.ChoiceReason:      func(c *model.Choice) { c.Reason = "\t" },
		model.ChoiceSame:        func(c *model.Choice) { c.Engagement = model.PartnerLed },
	} {
		bad := good
		bad.Consents = []model.Consent{good.Consents[0]}
		spoil(&bad)
		d, err := model.Choose(before, bad)
		if !errors.Is(err, code) || d.Chosen.Engagement() != model.PartnerLed || len(d.Chosen.History()) != 1 {
			t.Errorf("%s: %v, now %v", code, err, d.Chosen.Engagement())
		}
	}
	if d, err := model.Choose(before, good); err != nil || d.Missing != nil || d.Chosen.Engagement() != model.VendorLed {
		t.Errorf("the unspoilt choice: %v %v", d.Missing, err)
	}
	if _, err := model.Choose(model.Chosen{}, model.Choice{}); !errors.Is(err, model.AgreementAt) || !errors.Is(err, model.AgreementBy) || !errors.Is(err, model.EngagementUnknown) {
		t.Errorf("every problem at once: %v", err)
	}
}

func TestHistoryIsTheCallersCopy(t *testing.T) {
	consents := []model.Consent{{By: bo, At: hour(10)}}
	d, err := model.Choose(chosen(t, model.PartnerLed, ana, hour(9)), model.Choice{Engagement: model.VendorLed, Reason: "r", Agreement: model.Agreement{By: ana, At: hour(11), Consents: consents}})
	if err != nil {
		t.Fatal(err)
	}
	consents[0].By.Name = "changed"
	d.Chosen.History()[1].Consents[0].By.Name = "changed"
	d.Chosen.History()[0].Engagement = model.TrueCoSell
	if h := d.Chosen.History(); h[1].Consents[0].By.Name != "bo" || h[0].Engagement != model.PartnerLed {
		t.Errorf("%+v", h)
	}
}

// TestChooseMachine compares any sequence of choices with a naive log.
func TestChooseMachine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var state model.Chosen
		var log []model.Choice
		t.Repeat(map[string]func(*rapid.T){
			"choose": func(t *rapid.T) {
				at := hour(rapid.IntRange(0, 23).Draw(t, "hour"))
				c := model.Choice{
					Engagement: model.Engagement(rapid.IntRange(1, 3).Draw(t, "engagement")),
					Reason:     rapid.SampledFrom([]string{"", "why"}).Draw(t, "reason"),
					Agreement:  model.Agreement{By: rapid.SampledFrom([]model.Person{ana, bo}).Draw(t, "by"), At: at},
				}
				if rapid.Bool().Draw(t, "consents") {
					c.Consents = []model.Consent{{By: ana, At: at}, {By: bo, At: at}}
				}
				d, err := model.Choose(state, c)
				taken := err == nil && d.Missing == nil
				want := len(log) == 0
				if len(log) > 0 {
					last := log[len(log)-1]
					want = !at.Before(last.At) && c.Reason != "" && c.Engagement != last.Engagement && len(c.Consents) == 2
				}
				if taken != want {
					t.Fatalf("%+v after %+v: taken %v (%v, %v)", c, log, taken, d.Missing, err)
				}
				state = d.Chosen
				if taken {
					log = append(log, c)
				}
			},
			"": func(t *rapid.T) {
				if len(state.History()) != len(log) {
					t.Fatalf("history %v, log %v", state.History(), log)
				}
				if len(log) > 0 && (state.Engagement() != log[len(log)-1].Engagement || !state.FirstSet().Equal(log[0].At)) {
					t.Fatalf("state %v since %v, log %v", state.Engagement(), state.FirstSet(), log)
				}
			},
		})
	})
}
