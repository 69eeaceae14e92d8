package deal_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/internal/wiregen"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

func TestNameOfEachKindOfFact(t *testing.T) {
	ana := model.Person{Name: "ana", Party: model.PartnerOrg("acme")}
	berlin := time.FixedZone("", 3600)
	for _, c := range []struct{ got, want string }{
		{deal.NameOf(comms.Activity{ID: "m-12"}), `record.activities["m-12"]`},
		{deal.NameOf(comms.Activity{ID: `a"]b` + "\n\u202e"}), `record.activities["a\"]b\n\u202e"]`},
		{deal.NameOf(comms.Activity{ID: strings.Repeat("x", 200)}), `record.activities["` + strings.Repeat("x", 200) + `"]`},
		{deal.NameOf(registration.Claim{ID: "CL-4"}), `record.claims["CL-4"]`},
		{deal.NameOf(deal.Blocker{ID: "B-1"}), `record.blockers["B-1"]`},
		{deal.NameOf(stage.Event{Verb: stage.VerbAdvance, Move: stage.Move{To: stage.Discovery, By: ana, At: noon}}), `record.events[2026-11-02T12:00:00Z advance discovery partner]`},
		{deal.NameOf(stage.Event{Verb: stage.VerbDone, Task: stage.MapStakeholders, Move: stage.Move{At: noon.Add(1).In(berlin)}}), `record.events[2026-11-02T12:00:00.000000001Z done map_stakeholders]`},
		{deal.NameOf(stage.Event{Verb: stage.VerbSetModel, Engagement: model.TrueCoSell, Move: stage.Move{At: noon}}), `record.events[2026-11-02T12:00:00Z set_model true_co_sell]`},
		{deal.NameOf(stage.Event{Verb: stage.VerbResize, Size: model.Simplified, Move: stage.Move{At: noon}}), `record.events[2026-11-02T12:00:00Z resize simplified]`},
		{deal.NameOf(stage.Event{Verb: stage.VerbRebaseline, Day: value.MustDate("2026-12-01"), Move: stage.Move{At: noon}}), `record.events[2026-11-02T12:00:00Z rebaseline 2026-12-01]`},
		{deal.NameOf(stage.Event{Verb: stage.VerbDone, Task: "0zZ.9aA", Move: stage.Move{At: noon}}), `record.events[2026-11-02T12:00:00Z done 0zZ.9aA]`},
		{deal.NameOf(stage.Event{Verb: stage.VerbDone, Task: "two words]", Move: stage.Move{At: noon}}), `record.events[2026-11-02T12:00:00Z done "two words]"]`},
		{deal.NameOf(stage.Fact{Kind: stage.ProposalSent, At: noon, Proposal: "P-1", Revision: 2}), `record.facts[2026-11-02T12:00:00Z proposal_sent P-1 2]`},
		{deal.NameOf(stage.Fact{Kind: stage.SupportConfirmed, At: noon, Side: model.Vendor}), `record.facts[2026-11-02T12:00:00Z support_confirmed vendor]`},
	} {
		if c.got != c.want {
			t.Errorf("got %s, want %s", c.got, c.want)
		}
	}
}

// Two activities have the same name only where they have the same id.
func TestFactsWithDifferentIDsHaveDifferentNames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := wiregen.ID().Draw(t, "a"), wiregen.ID().Draw(t, "b")
		if one, two := deal.NameOf(comms.Activity{ID: a}), deal.NameOf(comms.Activity{ID: b}); (one == two) != (a == b) {
			t.Fatalf("%q is %s, %q is %s", a, one, b, two)
		}
		f, g := wiregen.Of[stage.Fact](nil).Draw(t, "f"), wiregen.Of[stage.Fact](nil).Draw(t, "g")
		same := f.At.Equal(g.At) && f.Kind == g.Kind && f.Side == g.Side && f.Proposal == g.Proposal && f.Revision == g.Revision
		if one, two := deal.NameOf(f), deal.NameOf(g); same && one != two {
			t.Fatalf("%+v is %s, %+v is %s", f, one, g, two)
		}
		for _, name := range []string{deal.NameOf(f), deal.NameOf(wiregen.Of[stage.Event](nil).Draw(t, "e")), deal.NameOf(comms.Activity{ID: a})} {
			if !strings.HasPrefix(name, "record.") || !strings.HasSuffix(name, "]") || strings.ContainsAny(name, "\n\r\t\x00\u202e\u2028") {
				t.Fatalf("the name %q", name)
			}
		}
	})
}

// Events of one instant are ordered by what they do: record a fact, set the model, finish a
// task, change the stage in the order of stages, end the deal.
func TestEventsOfOneInstantAreInAFixedOrder(t *testing.T) {
	at := func(v stage.Verb, to stage.Stage) stage.Event {
		return stage.Event{Verb: v, Move: stage.Move{To: to, At: noon}}
	}
	r := deal.Record{Events: []stage.Event{
		{Verb: stage.VerbAdvance, Move: stage.Move{At: noon.Add(-1), To: stage.Close}},
		at(stage.VerbWin, ""), at(stage.VerbAdvance, "zeta"), at(stage.VerbAdvance, "alpha"), at(stage.VerbAdvance, stage.Close), at(stage.VerbAdvance, stage.Proposal),
		at(stage.VerbAdvance, stage.Discovery), at(stage.VerbAdvance, stage.Presentation), at(stage.VerbAdvance, stage.Evaluation),
		{Verb: stage.VerbDone, Task: "b", Move: stage.Move{At: noon}}, {Verb: stage.VerbDone, Task: "a", Move: stage.Move{At: noon}},
		at(stage.VerbRaise, ""), at(stage.VerbSetModel, ""), at(stage.VerbRecord, ""),
	}}
	again, err := deal.ParseRecord(document(t, r))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range again.Events {
		name := strings.TrimPrefix(deal.NameOf(e), "record.events[2026-11-02T")
		got = append(got, strings.TrimSuffix(name[strings.Index(name, " ")+1:], "]"))
	}
	want := "advance close|record|set_model|raise|done a|done b|advance discovery|advance presentation|advance evaluation|advance proposal|advance close|advance alpha|advance zeta|win"
	if strings.Join(got, "|") != want {
		t.Errorf("got %s\nwant %s", strings.Join(got, "|"), want)
	}
}
