package model_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

var (
	integra = model.PartnerOrg("integra")
	resell  = model.PartnerOrg("resell")
	monday  = value.MustDate("2026-11-02")
)

// trio is a deal of acme, which leads, with an integrator and a reseller, and the team of all of them.
func trio() (model.Partners, model.Team) {
	team := pair()
	team.Reps = append(team.Reps, model.Rep{ID: "ida", Party: integra}, model.Rep{ID: "rob", Party: resell})
	return model.Partners{Functions: model.DefaultFunctions(), All: []model.Participant{
		{Party: model.PartnerOrg("acme")}, {Party: integra, Function: model.Integration}, {Party: resell, Function: model.Resale},
	}}, team
}

// held lists what participants do: responsibility, party, and + where it supports.
func held(t *testing.T, e model.Engagement, team model.Team, p model.Partners, day value.Date) (list []string) {
	t.Helper()
	roles, err := model.DefaultMatrix().AssignAmong(e, team, model.Origin{Source: model.FromPartner}, p, day)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range roles.Duties {
		work := strings.TrimPrefix(string(d.Responsibility), "role.")
		if !d.Taker.IsZero() {
			list = append(list, work+" "+d.Taker.Org)
		}
		if d.Supporter != (model.Rep{}) {
			list = append(list, work+" +"+d.Supporter.Party.Org)
		}
	}
	return list
}

func TestAFunctionTakesWhatTheBookLists(t *testing.T) {
	services := []string{"services_objections integra", "implementation integra", "integration integra"}
	ours := append(slices.Clone(services), "deployment integra")
	for _, c := range []struct {
		name string
		e    model.Engagement
		bend func(*model.Partners, *model.Team)
		want []string
	}{
		{"partner-led", model.PartnerLed, nil, append([]string{"proposal +resell", "contract resell"}, ours...)},
		{"vendor-led: who leads does not go", model.VendorLed, nil, append([]string{"proposal +resell"}, ours...)},
		{"true co-sell: a shared contract goes", model.TrueCoSell, nil, append([]string{"proposal +resell", "contract resell"}, ours...)},
		{"the lead's own function covers it", model.PartnerLed, func(p *model.Partners, _ *model.Team) { p.All[0].Function = model.Resale }, ours},
		{"the lead's own function covers it", model.PartnerLed, func(p *model.Partners, _ *model.Team) { p.All[0].Function = model.Integration },
			[]string{"proposal +resell", "contract resell"}},
		{"not before the first rep", model.PartnerLed, func(_ *model.Partners, team *model.Team) { team.Reps = team.Reps[:3] }, ours},
		{"not before its first day", model.PartnerLed, func(p *model.Partners, _ *model.Team) { p.All[2].From = value.MustDate("2026-11-03") }, ours},
		{"on its last day", model.PartnerLed, func(p *model.Partners, _ *model.Team) { p.All[2].Until = monday }, append([]string{"proposal +resell", "contract resell"}, ours...)},
		{"not after its last day", model.PartnerLed, func(p *model.Partners, _ *model.Team) { p.All[2].Until = value.MustDate("2026-11-01") }, ours},
		{"of two the earlier", model.PartnerLed, func(p *model.Partners, _ *model.Team) {
			p.All[1].From, p.All[2].Function = monday, model.Integration
		}, []string{"services_objections resell", "implementation resell", "integration resell", "deployment resell"}},
		{"of two at once the lower id", model.PartnerLed, func(p *model.Partners, _ *model.Team) {
			p.All[1], p.All[2] = p.All[2], p.All[1]
			p.All[1].Function = model.Integration
		}, ours},
		{"others take nothing", model.PartnerLed, func(p *model.Partners, _ *model.Team) {
			p.All[1].Function, p.All[2].Function = model.Technology, "courier"
		}, nil},
	} {
		t.Run("party.function "+c.name, func(t *testing.T) {
			p, team := trio()
			if c.bend != nil {
				c.bend(&p, &team)
			}
			if got := held(t, c.e, team, p, monday); !slices.Equal(got, c.want) {
				t.Errorf("got  %v\nwant %v", got, c.want)
			}
		})
	}
}

// The participant is accountable with its rep, the partner that leads is informed, and each company has a column.
func TestRACIHasAColumnForEachParty(t *testing.T) {
	p, team := trio()
	team.Assigned = map[model.Responsibility][]string{model.Contract: {"rob", "bo"}}
	roles, err := model.DefaultMatrix().AssignAmong(model.PartnerLed, team, model.Origin{Source: model.FromPartner}, p, monday)
	if err != nil {
		t.Fatal(err)
	}
	lines := map[model.Responsibility]string{}
	for _, r := range roles.RACI() {
		var line strings.Builder
		line.WriteString(r.Partner + " " + r.PartnerRep + ", " + r.Vendor + " " + r.VendorRep)
		for _, o := range r.Others {
			line.WriteString(", " + o.Letters + " " + o.Party.Org + " " + o.Rep)
		}
		lines[r.Responsibility] = line.String()
	}
	for work, want := range map[model.Responsibility]string{
		model.Contract:       "I ana, I bo, I integra ida, AR resell rob",
		model.Proposal:       "AR ana, R bo, I integra ida, R resell rob",
		model.Implementation: "I ana, I bo, AR integra ida, I resell rob",
		model.Demo:           "R ana, AR bo, I integra ida, I resell rob",
	} {
		if lines[work] != want {
			t.Errorf("party.function %s: %s, want %s", work, lines[work], want)
		}
	}
}

// A duty that a function took stays with it whatever the topic, and alternating work is the taker's on its topic.
func TestTopicsKnowWhoTookTheWork(t *testing.T) {
	p, team := trio()
	p.Functions[1].Takes = append(p.Functions[1].Takes, model.Meetings)
	roles, err := model.DefaultMatrix().AssignAmong(model.TrueCoSell, team, model.Origin{Source: model.FromPartner}, p, monday)
	if err != nil {
		t.Fatal(err)
	}
	for topic, want := range map[model.Topic]model.Party{model.Services: resell, model.Product: us, model.Commercial: resell} {
		d, err := roles.On(model.Meetings, topic)
		if err != nil || d.Accountable != want {
			t.Errorf("party.function %v: %v %v, want %v", topic, d.Accountable, err, want)
		}
	}
}

func TestTeamsOfParticipantsAreRefused(t *testing.T) {
	p, team := trio()
	team.Reps = append(team.Reps, model.Rep{ID: "ike", Party: integra}, model.Rep{ID: "cy", Party: model.PartnerOrg("globex")})
	team.Assigned = map[model.Responsibility][]string{model.Demo: {"ida", "ike", "rob", "ana"}}
	_, err := model.DefaultMatrix().AssignAmong(model.PartnerLed, team, model.Origin{}, p, monday)
	want := []string{"team.reps[5].party.org team.two_orgs", "team.reps team.lead_rep", "team.assigned.role.demo[1] team.rep_id"}
	if got := problems(t, err); !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v\n%v", got, want, err)
	}
	if err == nil || !strings.Contains(err.Error(), "partner integra") || !strings.Contains(err.Error(), `"globex"`) {
		t.Errorf("the companies are not named: %v", err)
	}
}

// For any participants each responsibility has one accountable party, who has its part on that day, and participants
// change nothing that no function of theirs does (party.function, role.single_owner).
func TestExactlyOnePartyIsAccountableAmongParticipants(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := genMatrix(t)
		team := genTeam(t, m)
		p := model.Partners{All: []model.Participant{{Party: acme}}}
		var works []model.Responsibility
		for _, row := range m {
			works = append(works, row.Responsibility)
		}
		functions := []model.Function{"a", "b", "c"}
		for _, f := range functions {
			row := model.FunctionRow{Function: f}
			for _, work := range rapid.SliceOfNDistinct(rapid.SampledFrom(works), 0, 6, rapid.ID[model.Responsibility]).Draw(t, "works") {
				if rapid.Bool().Draw(t, "takes") {
					row.Takes = append(row.Takes, work)
				} else {
					row.Supports = append(row.Supports, work)
				}
			}
			p.Functions = append(p.Functions, row)
		}
		p.All[0].Function = rapid.SampledFrom(append(functions, "")).Draw(t, "own function")
		e := rapid.SampledFrom(models).Draw(t, "engagement")
		o := model.Origin{Source: model.Source(rapid.IntRange(0, 3).Draw(t, "source"))}
		alone, err := m.Assign(e, team, o)
		if err != nil {
			t.Fatal(err)
		}
		days := []value.Date{{}, monday, value.MustDate("2026-11-03"), value.MustDate("2026-11-04")}
		sells := map[model.Party]bool{}
		for i := range rapid.IntRange(0, 4).Draw(t, "participants") {
			q := model.Participant{Party: model.PartnerOrg("p" + strconv.Itoa(i)), Function: rapid.SampledFrom(functions).Draw(t, "function")}
			q.From, q.Until = rapid.SampledFrom(days).Draw(t, "from"), rapid.SampledFrom(days).Draw(t, "until")
			if q.Until.Before(q.From) {
				q.Until = value.Date{}
			}
			p.All = append(p.All, q)
			if sells[q.Party] = rapid.Bool().Draw(t, "has a rep"); sells[q.Party] {
				team.Reps = append(team.Reps, model.Rep{ID: "rep of " + q.Party.Org, Party: q.Party})
			}
		}
		day := rapid.SampledFrom(days[1:]).Draw(t, "day")
		roles, err := m.AssignAmong(e, team, o, p, day)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range roles.RACI() {
			var letters strings.Builder
			letters.WriteString(line.Partner + line.Vendor)
			for _, c := range line.Others {
				letters.WriteString(c.Letters)
			}
			if strings.Count(letters.String(), "A") != 1 {
				t.Fatalf("%s: %+v", line.Responsibility, line)
			}
			taker, supporter := holdersOf(line.Responsibility, m[i].Under(e), p, sells, day)
			d, before := roles.Duties[i], alone.Duties[i]
			if d.Taker != taker || d.Supporter.Party != supporter {
				t.Fatalf("%s: %v and %v, want %v and %v", line.Responsibility, d.Taker, d.Supporter, taker, supporter)
			}
			want := before.Accountable.Side
			if d.Accountable.Side != want || !taker.IsZero() && want == model.Partner && d.Accountable != taker {
				t.Fatalf("%s: %v answers, before %v", line.Responsibility, d.Accountable, before.Accountable)
			}
			if taker.IsZero() && (d.Owner != before.Owner || d.PartnerRep != before.PartnerRep || d.VendorRep != before.VendorRep) {
				t.Fatalf("%s: %+v, before %+v", line.Responsibility, d, before)
			}
		}
	})
}

// holdersOf is party.function, written once more, by removing whoever does not hold a responsibility.
func holdersOf(work model.Responsibility, c model.Cell, p model.Partners, sells map[model.Party]bool, day value.Date) (taker, supporter model.Party) {
	if c.Mode == model.Leads && c.Leader == model.Vendor && c.Support == "" {
		return taker, supporter
	}
	does := func(f model.Function, list func(model.FunctionRow) []model.Responsibility) bool {
		return slices.ContainsFunc(p.Functions, func(r model.FunctionRow) bool { return r.Function == f && slices.Contains(list(r), work) })
	}
	takes := func(r model.FunctionRow) []model.Responsibility { return r.Takes }
	supports := func(r model.FunctionRow) []model.Responsibility { return r.Supports }
	if does(p.All[0].Function, takes) || does(p.All[0].Function, supports) {
		return taker, supporter
	}
	first := func(list func(model.FunctionRow) []model.Responsibility) model.Party {
		left := slices.DeleteFunc(slices.Clone(p.All[1:]), func(q model.Participant) bool {
			return !sells[q.Party] || day.Before(q.From) || !q.Until.IsZero() && day.After(q.Until) || !does(q.Function, list)
		})
		if len(left) == 0 {
			return model.Party{}
		}
		return slices.MinFunc(left, func(a, b model.Participant) int {
			if a.From != b.From {
				return a.From.Compare(b.From)
			}
			return strings.Compare(a.Party.Org, b.Party.Org)
		}).Party
	}
	return first(takes), first(supports)
}
