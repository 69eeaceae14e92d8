package model_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/model"
)

// choose makes a choice that must take effect.
func choose(t *testing.T, c model.Chosen, event model.Choice) model.Chosen {
	t.Helper()
	d, err := model.Choose(c, event)
	if err != nil || d.Missing != nil {
		t.Fatalf("%+v is refused: %v %v", event, d.Missing, err)
	}
	return d.Chosen
}

// first is a first setting by one person; change adds the other side's consent.
func first(e model.Engagement, by model.Person, at time.Time) model.Choice {
	return model.Choice{Engagement: e, Agreement: model.Agreement{By: by, At: at}}
}

func change(e model.Engagement, by model.Person, at time.Time, consents ...model.Consent) model.Choice {
	return model.Choice{Engagement: e, Reason: "both teams are needed", Agreement: model.Agreement{By: by, At: at, Consents: consents}}
}

// firstSet is when a model was first set.
func firstSet(c model.Chosen) time.Time {
	if history := c.History(); len(history) > 0 {
		return history[0].At
	}
	return time.Time{}
}

func TestFirstSettingNeedsNobodysConsent(t *testing.T) {
	for _, by := range []model.Person{ana, bo} {
		for _, e := range models {
			t.Run("model.before_interaction first set to "+e.String()+" by "+by.Name, func(t *testing.T) {
				c := choose(t, model.Chosen{}, first(e, by, hour(9)))
				if c.Engagement() != e || firstSet(c) != hour(9) || !reflect.DeepEqual(c.History(), []model.Choice{first(e, by, hour(9))}) {
					t.Errorf("%v %v %v", c.Engagement(), firstSet(c), c.History())
				}
			})
		}
	}
	var never model.Chosen
	if never.Engagement() != 0 || !firstSet(never).IsZero() || len(never.History()) != 0 {
		t.Error("a model that was never set")
	}
}

func TestChangeNeedsBothConsents(t *testing.T) {
	before := choose(t, model.Chosen{}, model.Choice{Engagement: model.PartnerLed, Agreement: model.Agreement{
		By: ana, At: hour(9), Consents: []model.Consent{{By: bo, At: hour(8)}},
	}})
	at := func(by model.Person, h int) []model.Consent { return []model.Consent{{By: by, At: hour(h)}} }
	for name, c := range map[string]struct {
		by       model.Person
		consents []model.Consent
		missing  []string
	}{
		"the vendor has not consented":       {ana, nil, []string{"the vendor has not consented"}},
		"the partner has not consented":      {bo, nil, []string{"the partner has not consented"}},
		"only the own side, once more":       {ana, at(ana, 10), []string{"the vendor has not consented"}},
		"consent from before the last":       {ana, at(bo, 8), []string{"the vendor has not consented"}},
		"consent just before the last":       {ana, []model.Consent{{By: bo, At: hour(9).Add(-1)}}, []string{"the vendor has not consented"}},
		"consent at the last choice":         {ana, at(bo, 9), nil},
		"consent at the change":              {ana, at(bo, 11), nil},
		"vendor acts, partner consented":     {bo, at(ana, 10), nil},
		"the stale consent and a fresh one":  {ana, append(at(bo, 8), at(bo, 10)...), nil},
		"another person of the acting party": {model.Person{Name: "dan", Party: us}, at(ana, 10), nil},
	} {
		t.Run("model.consent_missing "+name, func(t *testing.T) {
			d, err := model.Choose(before, change(model.TrueCoSell, c.by, hour(11), c.consents...))
			if err != nil || !slices.Equal(texts(d.Missing), c.missing) {
				t.Fatalf("%v %v, want %v", d.Missing, err, c.missing)
			}
			for _, m := range d.Missing {
				if m.Code() != model.ConsentMissing {
					t.Errorf("code %s", m.Code())
				}
			}
			want := model.TrueCoSell
			if c.missing != nil {
				want = model.PartnerLed
			}
			if d.Chosen.Engagement() != want || firstSet(d.Chosen) != hour(9) {
				t.Errorf("now %v, first set %v", d.Chosen.Engagement(), firstSet(d.Chosen))
			}
			if refused := c.missing != nil; refused != reflect.DeepEqual(d.Chosen, before) {
				t.Errorf("a refusal leaves everything as it was, a change does not: %+v", d.Chosen)
			}
		})
	}
}

// A consent counts for one change, not for the next.
func TestConsentDoesNotCarryOver(t *testing.T) {
	agreed := model.Consent{By: bo, At: hour(10)}
	c := choose(t, model.Chosen{}, first(model.PartnerLed, ana, hour(9)))
	c = choose(t, c, change(model.TrueCoSell, ana, hour(11), agreed))
	d, err := model.Choose(c, change(model.PartnerLed, ana, hour(12), agreed))
	if err != nil || !slices.Equal(texts(d.Missing), []string{"the vendor has not consented"}) || d.Chosen.Engagement() != model.TrueCoSell {
		t.Errorf("model.consent_missing: %v %v, now %v", d.Missing, err, d.Chosen.Engagement())
	}
}

func TestMalformedChoiceChangesNothing(t *testing.T) {
	before := choose(t, model.Chosen{}, first(model.PartnerLed, ana, hour(9)))
	good := change(model.VendorLed, ana, hour(11), model.Consent{By: bo, At: hour(10)})
	for problem, spoil := range map[string]func(*model.Choice){
		"engagement engagement.unknown":             func(c *model.Choice) { c.Engagement = 9 },
		"by.name agreement.by":                      func(c *model.Choice) { c.By.Name = " " },
		"by.party.side side.unknown":                func(c *model.Choice) { c.By.Party = model.Party{} },
		"by.party.org party.org":                    func(c *model.Choice) { c.By.Party.Org = "" },
		"at agreement.at":                           func(c *model.Choice) { c.At = time.Time{} },
		"consents[0].at agreement.at":               func(c *model.Choice) { c.Consents[0].At = hour(12) },
		"consents[0].by.name agreement.by":          func(c *model.Choice) { c.Consents[0].By.Name = "" },
		"at choice.order":                           func(c *model.Choice) { c.At, c.Consents = hour(9).Add(-1), nil },
		"reason choice.reason":                      func(c *model.Choice) { c.Reason = "\t\n" },
		"engagement choice.same":                    func(c *model.Choice) { c.Engagement = model.PartnerLed },
		"by.party.org team.two_orgs":                func(c *model.Choice) { c.By = cy },
		"consents[0].by.party.org team.two_orgs":    func(c *model.Choice) { c.Consents[0].By = cy },
		"consents[1].by.party.org team.two_orgs":    func(c *model.Choice) { c.Consents = append(c.Consents, model.Consent{By: cy, At: hour(10)}) },
		"consents[0].by.party.side side.unknown":    func(c *model.Choice) { c.Consents[0].By.Party = model.Party{} },
		"by.party.org party.org ":                   func(c *model.Choice) { c.By.Party = model.VendorOrg("") },
		"engagement engagement.unknown (unset)":     func(c *model.Choice) { c.Engagement = 0 },
		"consents[0].at agreement.at (no instant)":  func(c *model.Choice) { c.Consents[0].At = time.Time{} },
		"reason choice.reason (nothing at all)":     func(c *model.Choice) { c.Reason = "" },
		"engagement choice.same (with all consent)": func(c *model.Choice) { c.Engagement, c.By, c.Consents[0].By = model.PartnerLed, bo, ana },
	} {
		t.Run(problem, func(t *testing.T) {
			bad := good
			bad.Consents = slices.Clone(good.Consents)
			spoil(&bad)
			d, err := model.Choose(before, bad)
			problem, _, _ = strings.Cut(problem, " (")
			wantProblems(t, err, strings.TrimSpace(problem))
			if !reflect.DeepEqual(d, model.ChoiceDecision{Chosen: before}) {
				t.Errorf("beside an error: %+v", d)
			}
		})
	}
	choose(t, before, good)
	_, err := model.Choose(model.Chosen{}, model.Choice{})
	wantProblems(t, err, "engagement engagement.unknown", "by.name agreement.by", "by.party.side side.unknown", "at agreement.at")
	_, err = model.Choose(before, model.Choice{Engagement: model.PartnerLed, Agreement: model.Agreement{By: cy, At: hour(8)}})
	wantProblems(t, err, "engagement choice.same", "by.party.org team.two_orgs", "at choice.order", "reason choice.reason")
}

func TestChoiceSaysWhatIsWrong(t *testing.T) {
	before := choose(t, model.Chosen{}, first(model.PartnerLed, ana, hour(9)))
	silent := change(model.VendorLed, ana, hour(9))
	silent.Reason = ""
	for want, c := range map[string]model.Choice{
		"at: 2026-11-02T08:59:59.999999999Z is before the last choice, 2026-11-02T09:00:00Z": change(model.VendorLed, ana, hour(9).Add(-1)),
		"reason: nothing says why the model changes":                                         silent,
		"engagement: partner_led is set already":                                             change(model.PartnerLed, ana, hour(9)),
	} {
		if _, err := model.Choose(before, c); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// Two choices that follow the same state, however long its history, do not meet.
func TestHistoriesPart(t *testing.T) {
	c := choose(t, model.Chosen{}, first(model.PartnerLed, ana, hour(0)))
	for i := 1; i < 10; i++ {
		agreed := model.Consent{By: bo, At: hour(i)}
		one := choose(t, c, change(models[i%3], ana, hour(i), agreed))
		two := choose(t, c, change(models[(i+1)%3], ana, hour(i), agreed))
		if one.Engagement() != models[i%3] || two.Engagement() != models[(i+1)%3] {
			t.Fatalf("after %d choices: %v and %v", i, one.Engagement(), two.Engagement())
		}
		c = one
	}
}

// An organisation that only consented belongs to the deal as well.
func TestConsentingOrganisationStays(t *testing.T) {
	c := choose(t, model.Chosen{}, first(model.VendorLed, bo, hour(9)))
	c = choose(t, c, change(model.TrueCoSell, bo, hour(11), model.Consent{By: ana, At: hour(10)}))
	_, err := model.Choose(c, change(model.PartnerLed, bo, hour(13), model.Consent{By: cy, At: hour(12)}))
	wantProblems(t, err, "consents[0].by.party.org team.two_orgs")
}

func TestInstantsBecomeUTC(t *testing.T) {
	zone := time.FixedZone("", 3600)
	now := time.Now() // has a monotonic reading
	c := choose(t, model.Chosen{}, first(model.PartnerLed, ana, now.In(zone)))
	c = choose(t, c, change(model.TrueCoSell, ana, now.In(zone), model.Consent{By: bo, At: now.In(zone)}))
	h := c.History()
	for _, at := range []time.Time{firstSet(c), h[0].At, h[1].At, h[1].Consents[0].At} {
		if at != now.Round(0).UTC() {
			t.Errorf("%v, want %v", at, now.Round(0).UTC())
		}
	}
}

func TestHistoryIsTheCallersCopy(t *testing.T) {
	consents := []model.Consent{{By: bo, At: hour(10)}}
	c := choose(t, model.Chosen{}, first(model.PartnerLed, ana, hour(9)))
	c = choose(t, c, change(model.VendorLed, ana, hour(11), consents...))
	before := fmt.Sprint(c.History())
	consents[0].By.Name = "changed"
	c.History()[1].Consents[0].By.Name = "changed"
	c.History()[0].Engagement = model.TrueCoSell
	if after := fmt.Sprint(c.History()); after != before {
		t.Errorf("history\n%s became\n%s", before, after)
	}
}

// judge is SPEC 2.2 on a log of choices: whether c is malformed, and which sides
// have not consented to it.
func judge(log []model.Choice, c model.Choice) (malformed bool, missing []string) {
	partners := map[string]bool{}
	for _, done := range append(slices.Clone(log), c) {
		for _, p := range append([]model.Person{done.By}, peopleOf(done.Consents)...) {
			if p.Party.Side == model.Partner {
				partners[p.Party.Org] = true
			}
		}
	}
	malformed = len(partners) > 1
	for _, consent := range c.Consents {
		malformed = malformed || consent.At.After(c.At)
	}
	if len(log) == 0 {
		return malformed, nil
	}
	last := log[len(log)-1]
	malformed = malformed || c.At.Before(last.At) || c.Reason == "" || c.Engagement == last.Engagement
	for _, side := range bothSides {
		agreed := c.By.Party.Side == side
		for _, consent := range c.Consents {
			agreed = agreed || consent.By.Party.Side == side && consent.At.Compare(last.At) >= 0
		}
		if !agreed {
			missing = append(missing, "the "+side.String()+" has not consented")
		}
	}
	return malformed, missing
}

func peopleOf(consents []model.Consent) []model.Person {
	var people []model.Person
	for _, c := range consents {
		people = append(people, c.By)
	}
	return people
}

func genChoice(t *rapid.T) model.Choice {
	person := rapid.SampledFrom([]model.Person{ana, ana, bo, bo, cy})
	c := model.Choice{
		Engagement: rapid.SampledFrom(models).Draw(t, "engagement"),
		Reason:     rapid.SampledFrom([]string{"why", "why", ""}).Draw(t, "reason"),
		Agreement:  model.Agreement{By: person.Draw(t, "by"), At: hour(rapid.IntRange(0, 9).Draw(t, "at"))},
	}
	for range rapid.IntRange(0, 3).Draw(t, "consents") {
		c.Consents = append(c.Consents, model.Consent{By: person.Draw(t, "consent by"), At: hour(rapid.IntRange(0, 9).Draw(t, "consent at"))})
	}
	return c
}

// TestChooseMachine compares any sequence of choices with a naive log. A choice may
// follow any earlier state, so that two histories part; no state ever changes.
func TestChooseMachine(t *testing.T) {
	type state struct {
		chosen model.Chosen
		log    []model.Choice
	}
	rapid.Check(t, func(t *rapid.T) {
		states := []state{{}}
		t.Repeat(map[string]func(*rapid.T){
			"choose": func(t *rapid.T) {
				from := states[max(0, len(states)-1-rapid.IntRange(0, 2).Draw(t, "back"))]
				c := genChoice(t)
				malformed, missing := judge(from.log, c)
				d, err := model.Choose(from.chosen, c)
				switch {
				case malformed != (err != nil):
					t.Fatalf("%+v after %+v: %v", c, from.log, err)
				case malformed:
					missing = nil
				}
				if !slices.Equal(texts(d.Missing), missing) {
					t.Fatalf("%+v after %+v: missing %v, want %v", c, from.log, d.Missing, missing)
				}
				if malformed || missing != nil {
					if !reflect.DeepEqual(d.Chosen, from.chosen) {
						t.Fatalf("a refused choice changed %+v to %+v", from.chosen, d.Chosen)
					}
					return
				}
				states = append(states, state{d.Chosen, append(slices.Clone(from.log), c)})
			},
			"": func(t *rapid.T) {
				for _, s := range states {
					if !slices.EqualFunc(s.chosen.History(), s.log, func(a, b model.Choice) bool { return reflect.DeepEqual(a, b) }) {
						t.Fatalf("history %+v, log %+v", s.chosen.History(), s.log)
					}
					if n := len(s.log); n > 0 && (s.chosen.Engagement() != s.log[n-1].Engagement || firstSet(s.chosen) != s.log[0].At) {
						t.Fatalf("state %v since %v, log %+v", s.chosen.Engagement(), firstSet(s.chosen), s.log)
					}
				}
			},
		})
	})
}

// model.before_interaction: a model that was set before the record begins is changed
// as any other, with the consent of both sides since then.
func TestGivenModel(t *testing.T) {
	given, err := model.Given(model.PartnerLed, hour(1))
	if err != nil || given.Engagement() != model.PartnerLed || !firstSet(given).Equal(hour(1)) {
		t.Fatalf("%+v %v", given, err)
	}
	change := model.Choice{Engagement: model.VendorLed, Reason: "the vendor knows the buyer", Agreement: model.Agreement{By: ana, At: hour(2)}}
	d, err := model.Choose(given, change)
	if err != nil || len(d.Missing) != 1 || d.Chosen.Engagement() != model.PartnerLed {
		t.Errorf("without the vendor's consent: %+v %v", d, err)
	}
	change.Consents = []model.Consent{{By: bo, At: hour(2)}}
	if d, err = model.Choose(given, change); err != nil || d.Chosen.Engagement() != model.VendorLed {
		t.Errorf("%+v %v", d, err)
	}
	_, err = model.Given(0, time.Time{})
	wantProblems(t, err, "engagement engagement.unknown", "at agreement.at")
}
