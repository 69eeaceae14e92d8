package assess_test

import (
	"regexp"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// unreadable matches what no sentence for people has: names with underscores, codes, instants, days in figures,
// and operands that are missing or withheld.
var unreadable = regexp.MustCompile(`[a-z]_[a-z]|\b(comm|gate|reg|esc|stage|model|role)\.[a-z]|\d{4}-\d\d|\d:\d\d|[{}]|withheld`)

// coded matches what no sentence of a finding, a case or a gate has.
var coded = regexp.MustCompile(`[a-z]_[a-z]|\d{4}-\d\d|\d:\d\d`)

func sentences(v *assess.View) []string {
	var list []string
	for _, f := range v.Findings {
		list = append(list, f.Reason.String())
	}
	for _, b := range v.Blockers {
		list = append(list, b.Evidence.String(), b.State.Route.Reason.String(), b.State.Late.String())
	}
	for _, o := range v.Progress.Options {
		for _, shut := range o.Shut {
			list = append(list, shut.Missing.String())
		}
	}
	for _, r := range slices.Concat(v.Model.Advice.For, v.Model.Advice.Against, v.Registration.Reasons) {
		list = append(list, r.String())
	}
	return list
}

// next.remedy: no sentence has an id, a code or an instant.
func TestSentencesAreForPeople(t *testing.T) {
	e := engine(t)
	rapid.Check(t, func(t *rapid.T) {
		w := draw(t, e)
		for _, party := range []model.Party{{}, acme, us} {
			v := view(w.ask(t), party)
			for _, sentence := range sentences(&v) {
				if coded.MatchString(sentence) {
					t.Fatalf("next.remedy: a sentence with an id or an instant: %s", sentence)
				}
			}
			for _, a := range v.Next {
				if text := a.Text(); text == "" || unreadable.MatchString(text) {
					t.Fatalf("next.remedy: a sentence with an id, a code or an instant: %s", text)
				}
			}
		}
	})
}

// What is due at 24:00 of a day is due on that day, in the book's zone: the answer
// of managers, and the end of the protection from the first reminder on.
func TestADutyUntil24HoursIsDueOnThatDay(t *testing.T) {
	d, r := small()
	// a Thursday; 1 business day
	r.Blockers = []deal.Blocker{{ID: "B-1", Kind: escalation.InternalCoordination, Raised: november(5, 13), By: ana}}
	for name, e := range map[string]*assess.Rules{"UTC": engine(t), "Tokyo": inTokyo(t)} {
		a, err := e.Assess(d, r, november(5, 14))
		if err != nil {
			t.Fatal(err)
		}
		due := map[value.Code]string{}
		for _, action := range a.Everything().Next {
			due[action.Code] = action.Due.String()
		}
		r.Events = r.Events[:2] // it is not won
		if a, err = e.Assess(d, r, november(5+100, 14)); err != nil {
			t.Fatal(err)
		}
		for _, action := range a.Everything().Next {
			if action.Urgency == assess.AtRisk {
				due[registration.Extension] = action.Due.String()
			}
		}
		if due["esc.manager"] != "2026-11-06" || due[registration.Extension] != "2027-03-03" {
			t.Errorf("esc.respond, reg.life: in %s they are due on %v", name, due)
		}
	}
}

// There is one action to set the model, though a playbook has a task for
// it that is late.
func TestOneActionSetsTheModel(t *testing.T) {
	d, r := small()
	d.Opening.Engagement, r.Events = 0, nil
	v := everything(t, d, r, november(9, 9))
	var asked []string
	for _, a := range v.Next {
		if a.Code == stage.GateModelSet || a.Object == string(stage.SetTheModel) {
			asked = append(asked, a.Urgency.String()+" "+string(a.Code)+" "+a.Due.String())
		}
	}
	if want := []string{"next_step gate.model_set 2026-11-06"}; !slices.Equal(asked, want) ||
		v.Next[0].Code != stage.GateModelSet {
		t.Errorf("gate.model_set: asked for as %q, want %q", asked, want)
	}
}

// next.remedy: actions of one name and different kinds are two: here a task with the name of a kind of blocker.
func TestATaskNamedLikeABlockerIsAnActionOfItsOwn(t *testing.T) {
	b := ourBook()
	for _, playbook := range b.Stage.Playbooks {
		for _, step := range playbook.Steps {
			for i := range step.Tasks {
				task := &step.Tasks[i]
				name := func(id *stage.TaskID) {
					if *id == stage.TechnicalResources {
						*id = stage.TaskID(escalation.TechnicalQuestion)
					}
				}
				name(&task.ID)
				for j := range task.Covers {
					name(&task.Covers[j])
				}
			}
		}
	}
	e, err := assess.Compile(b, assess.Host{Rosters: []escalation.Roster{roster()}, Registrable: domains.Registrable})
	if err != nil {
		t.Fatal(err)
	}
	d, r := evaluated()
	r.Blockers = []deal.Blocker{{ID: "B-1", Kind: escalation.TechnicalQuestion, Raised: november(40, 9), By: anaActs}}
	a, err := e.Assess(d, r, november(41, 8))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, action := range a.Everything().Next {
		if action.Object == string(escalation.TechnicalQuestion) {
			got = append(got, string(action.Code))
		}
	}
	if !slices.Equal(got, []string{"esc.rep", "gate.tasks"}) {
		t.Errorf("actions of %v, want those of a case and of a task", got)
	}
}

// next.remedy, reg.order: of an active claim and an earlier one that nobody has decided on, the second comes first.
func TestTheEarlierClaimIsNamed(t *testing.T) {
	d, r := evaluated()
	c := r.Claims[0]
	c.Events = nil
	active, elder, own := c, c, c
	active.ID, active.Claimant, active.Filing.Key = "C-7", other, "k-7"
	active.Events = []registration.Event{{Do: registration.Approve, At: november(3, 9),
		By: model.Person{Name: "olga", Party: us}}}
	elder.ID, elder.Claimant, elder.Filing.Key, elder.Submitted = "C-8", model.PartnerOrg("third"), "k-8", november(1, 8)
	active.Submitted, active.Filing.Scope.Products = november(3, 8), []string{"add-on"} // approved elsewhere
	own.ID, own.Submitted, own.Filing.Key = "C-9", november(3, 11), "k-9"
	own.Filing.Scope.Products, d.Scope.Products = []string{"suite"}, []string{"suite"}
	r.Claims, d.Registrations = []registration.Claim{active, elder, own}, []string{"C-9"}
	a, err := engine(t).Assess(d, r, november(41, 9))
	if err != nil {
		t.Fatal(err)
	}
	for _, party := range []model.Party{us, acme} {
		name := map[model.Party]string{us: "partner third", acme: "another partner"}[party]
		v := a.For(party)
		wantFirst(t, party.String(), v, "bo: decide first on the earlier claim on the account, that of "+name)
		if do := v.Next[0].Do; (do != nil) != (party == us) || do != nil && do.ClaimEvent.Claim != "C-8" {
			t.Errorf("reg.order: %v does %+v", party, do)
		}
	}
	if choices := a.For(us).Next[0].Ask[1].Choices; !slices.Equal(choices, []string{"reject"}) {
		t.Errorf("reg.first_wins: the choices are %q", choices)
	}
}
