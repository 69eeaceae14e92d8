package escalation_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

func raise(t *testing.T, last escalation.Case, kind escalation.BlockerKind, at time.Time) escalation.Case {
	t.Helper()
	c, err := defaultRoutes(t).Raise(last, escalation.Blocker{Deal: deal(), Kind: kind, Raised: at, By: ana})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func standing(t *testing.T, c escalation.Case, d escalation.Facts, asOf time.Time) escalation.State {
	t.Helper()
	s, err := defaultRoutes(t).State(c, d, asOf)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The bounds of esc.timeout: at the instant itself a term is over. Level 1 from
// Monday 9:00 ends with Wednesday; level 2 from Thursday 0:00 with the 5th business
// day after Thursday.
func TestTimeMovesACaseUp(t *testing.T) {
	simplified := deal()
	simplified.Size = model.Simplified
	resized := func(d escalation.Facts, at ...time.Time) escalation.Facts {
		d.Resized = at
		return d
	}
	for _, c := range []struct {
		name  string
		kind  escalation.BlockerKind
		deal  escalation.Facts
		asOf  time.Time
		level escalation.Level
		notes int // how often its people were notified at this level, after the first time
	}{
		{"raised", escalation.Scheduling, deal(), instant(23, 9), escalation.RepLevel, 0},
		{"last moment of level 1", escalation.Scheduling, deal(), instant(26, 0).Add(-1), escalation.RepLevel, 0},
		{"end of level 1", escalation.Scheduling, deal(), instant(26, 0), escalation.ManagerLevel, 0},
		{"last moment of level 2", escalation.Scheduling, deal(), instant(34, 0).Add(-1), escalation.ManagerLevel, 0},
		{"end of level 2", escalation.Scheduling, deal(), instant(34, 0), escalation.ExecutiveLevel, 0},
		{"nothing leaves level 3", escalation.Scheduling, deal(), instant(400, 0), escalation.ExecutiveLevel, 1},
		{"simplified moves to level 2", escalation.Scheduling, simplified, instant(26, 0), escalation.ManagerLevel, 0},
		{"simplified stays there", escalation.Scheduling, simplified, instant(34, 0), escalation.ManagerLevel, 1},
		{"standard at the end of level 2, simplified since", escalation.Scheduling, resized(deal(), instant(34, 1)),
			instant(35, 0), escalation.ExecutiveLevel, 0},
		{"simplified until after the end", escalation.Scheduling, resized(simplified, instant(34, 5)),
			instant(34, 5).Add(-1), escalation.ManagerLevel, 1},
		{"simplified until then", escalation.Scheduling, resized(simplified, instant(34, 5)), instant(34, 5),
			escalation.ExecutiveLevel, 0},
		{"simplified and back in between", escalation.Scheduling, resized(deal(), instant(33, 0), instant(30, 0)),
			instant(34, 0), escalation.ExecutiveLevel, 0},
		{"level 2 by kind", escalation.ProspectDark, deal(), instant(31, 0).Add(-1), escalation.ManagerLevel, 0},
		{"end of level 2 by kind", escalation.ProspectDark, deal(), instant(31, 0), escalation.ExecutiveLevel, 0},
		{"level 4 is never left", escalation.ContractIssue, deal(), instant(400, 0), escalation.DealDeskLegalLevel, 1},
	} {
		t.Run("esc.timeout "+c.name, func(t *testing.T) {
			s := standing(t, raise(t, escalation.Case{}, c.kind, instant(23, 9)), c.deal, c.asOf)
			if s.Route.Level != c.level || (s.Notified.Sub(s.Entered) > 0) != (c.notes > 0) {
				t.Errorf("%+v", s)
			}
			for _, step := range s.Steps {
				if step.Act == escalation.Escalated && step.Level == escalation.DealDeskLegalLevel {
					t.Errorf("time reached level 4: %v", step)
				}
			}
		})
	}
}

// The reason of a route says how the case came to its level.
func TestTheRouteOfACaseSaysWhy(t *testing.T) {
	c := raise(t, escalation.Case{}, escalation.Scheduling, instant(23, 9))
	for _, want := range []struct {
		asOf       time.Time
		code       value.Code
		text, late string
	}{
		{instant(23, 9), value.Code("esc.rep"),
			"scheduling: for the lead reps of both sides, who respond within 24 hours", ""},
		{instant(24, 9), value.Code("esc.rep"),
			"scheduling: for the lead reps of both sides, who respond within 24 hours",
			"nobody at level rep responded by 2026-11-24T09:00:00Z: scheduling"},
		{instant(26, 0), escalation.TimeoutRule,
			"scheduling: not resolved at level rep within 2 business days, now for the sales managers of both companies", ""},
	} {
		s := standing(t, c, deal(), want.asOf)
		if s.Route.Reason.Code() != want.code || s.Route.Reason.String() != want.text || s.Late.String() != want.late {
			t.Errorf("esc.respond as of %v: %v %v, late: %v", want.asOf, s.Route.Reason.Code(), s.Route.Reason, s.Late)
		}
	}
	routes := defaultRoutes(t)
	c, err := routes.Acknowledge(c, deal(), escalation.Event{By: bo, At: instant(24, 9), Note: "on it"})
	if err != nil {
		t.Fatal(err)
	}
	s := standing(t, c, deal(), instant(24, 10))
	if want := "level rep responded only on 2026-11-24T09:00:00Z, not by 2026-11-24T09:00:00Z: scheduling"; s.Late.String() != want || s.Late.Code() != escalation.RespondRule {
		t.Errorf("esc.respond: %v", s.Late)
	}
	if got, want := s.Steps[1], (escalation.Entry{Act: escalation.Acknowledged, At: instant(24, 9),
		Level: escalation.RepLevel, By: bo, Note: "on it"}); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

// esc.timeout: the same kind within 14 days of its resolution reopens.
func TestTheSameKindSoonAfterReopensACaseAtItsLastLevel(t *testing.T) {
	routes := defaultRoutes(t)
	c := raise(t, escalation.Case{}, escalation.Scheduling, instant(2, 9))
	c, err := routes.Resolve(c, deal(), escalation.Event{By: bo, At: instant(5, 9)}) // at level 2 since the 5th
	if err != nil {
		t.Fatal(err)
	}
	if s := standing(t, c, deal(), instant(6, 0)); s.IsOpen() || s.Route.Level != 0 || s.Route.People() != nil ||
		s.Resolved != instant(5, 9) {
		t.Errorf("%+v", s)
	}
	again := raise(t, c, escalation.Scheduling, instant(19, 9).Add(-1))
	s := standing(t, again, deal(), instant(19, 9))
	if s.Route.Level != escalation.ManagerLevel || s.Opened != instant(19, 9).Add(-1) || len(s.Steps) != 4 ||
		s.Route.Reason.String() != "scheduling: reopened at level manager, for the sales managers of both companies" {
		t.Errorf("esc.timeout: reopened as %+v", s)
	}
	dark := raise(t, escalation.Case{}, escalation.ProspectDark, instant(2, 9))
	dark, err = routes.Resolve(dark, deal(), escalation.Event{By: bo, At: instant(3, 9)})
	if err != nil {
		t.Fatal(err)
	}
	if s := standing(t, raise(t, dark, escalation.ProspectDark, instant(4, 9)), deal(),
		instant(4, 9)); s.Route.Reason.String() != "prospect_dark: reopened at level manager, for the sales managers of both companies" {
		t.Errorf("%v", s.Route.Reason)
	}
	if late := raise(t, c, escalation.Scheduling, instant(19, 9)); len(late.History()) != 1 ||
		late.History()[0].Level != escalation.RepLevel {
		t.Errorf("14 days later it is not a new case: %v", late.History())
	}
	if old := standing(t, again, deal(), instant(4, 0)); old.Route.Level != escalation.RepLevel || len(old.Steps) != 1 {
		t.Errorf("the past changed: %+v", old)
	}
	if before := standing(t, again, deal(), instant(2, 8)); before.IsOpen() || before.Steps != nil {
		t.Errorf("a case before it was raised: %+v", before)
	}
}

func TestALargeDealEndsWhenBothExecutivesAreNamed(t *testing.T) {
	c := raise(t, escalation.Case{}, escalation.LargeDeal, instant(23, 9))
	d := deal()
	d.PartnerExecutive, d.ExecutivesAt = "eli", instant(24, 9)
	if s := standing(t, c, d, instant(25, 0)); !s.IsOpen() {
		t.Errorf("esc.detect: one executive closed it: %+v", s)
	}
	d.VendorExecutive = "fay"
	closed := escalation.Entry{Act: escalation.Resolved, At: instant(24, 9), Level: escalation.ExecutiveLevel,
		Note: "both executives are named: eli (partner) and fay (vendor)"}
	for asOf, open := range map[time.Time]bool{instant(24, 9).Add(-1): true, instant(24, 9): false,
		instant(30, 9): false} {
		s := standing(t, c, d, asOf)
		if s.IsOpen() != open || !open && s.Steps[1] != closed {
			t.Errorf("esc.detect as of %v: %+v", asOf, s)
		}
	}
	d.ExecutivesAt = instant(22, 9)
	if s := standing(t, c, d, instant(25, 0)); !s.IsOpen() {
		t.Errorf("esc.detect: executives named before it was raised closed it: %+v", s)
	}
	if s := standing(t, raise(t, escalation.Case{}, escalation.ExecutiveRequest, instant(21, 9)), d,
		instant(25, 0)); !s.IsOpen() {
		t.Errorf("esc.detect: a case of another kind is closed: %+v", s)
	}
	late, err := defaultRoutes(t).Acknowledge(c, deal(), escalation.Event{By: bo, At: instant(26, 9)})
	if err != nil {
		t.Fatal(err)
	}
	d.ExecutivesAt = instant(24, 9) // learned after the acknowledgement
	if s := standing(t, late, d, instant(27, 0)); s.Resolved != instant(26, 9) || len(s.Steps) != 3 {
		t.Errorf("esc.detect: history was rewritten: %+v", s)
	}
	if s := standing(t, late, d, instant(25, 0)); !s.IsOpen() || len(s.Steps) != 1 {
		t.Errorf("esc.detect: history was rewritten: %+v", s)
	}
}

// A case that is resolved at the instant of its timeout does not move up.
func TestAResolvedCaseDoesNotMoveUp(t *testing.T) {
	p := escalation.DefaultPolicy()
	p.Kinds[escalation.LargeDeal] = escalation.RepLevel // leaves it with Wednesday, the 25th
	routes := compile(t, p, exampleRoster())
	c, err := routes.Raise(escalation.Case{},
		escalation.Blocker{Deal: deal(), Kind: escalation.LargeDeal, Raised: instant(23, 9)})
	if err != nil {
		t.Fatal(err)
	}
	for named, want := range map[time.Time]escalation.Level{instant(26, 0).Add(-1): escalation.RepLevel,
		instant(26, 0): escalation.RepLevel, instant(26, 0).Add(1): escalation.ManagerLevel} {
		d := deal()
		d.PartnerExecutive, d.VendorExecutive, d.ExecutivesAt = "eli", "fay", named
		s, err := routes.State(c, d, instant(50, 0))
		if err != nil || s.Resolved != named || s.Steps[len(s.Steps)-1].Level != want {
			t.Errorf("esc.detect: named at %v: %+v, %v", named, s.Steps, err)
		}
	}
}

// Another policy changes no recorded step.
func TestAnotherPolicyChangesNoRecordedStep(t *testing.T) {
	c := raise(t, escalation.Case{}, escalation.Scheduling, instant(23, 9))
	c, err := defaultRoutes(t).Acknowledge(c, deal(), escalation.Event{By: bo, At: instant(27, 9)})
	if err != nil {
		t.Fatal(err)
	}
	p := escalation.DefaultPolicy()
	p.Timeout.Rep, p.Timeout.Manager = value.Hours(1), value.Hours(60)
	p.Kinds[escalation.Scheduling] = escalation.DealDeskLegalLevel
	hasty := compile(t, p, exampleRoster())
	for asOf, want := range map[time.Time]escalation.Level{
		instant(25, 9): escalation.RepLevel, instant(27, 9): escalation.ManagerLevel,
		instant(28, 11): escalation.ManagerLevel, instant(28, 12): escalation.ExecutiveLevel,
	} {
		if s, err := hasty.State(c, deal(), asOf); err != nil || s.Route.Level != want {
			t.Errorf("esc.timeout as of %v: %+v, %v", asOf, s, err)
		}
	}
	delete(p.Kinds, escalation.Scheduling)
	if s, err := compile(t, p, exampleRoster()).State(c, deal(), instant(28, 9)); err != nil ||
		s.Route.Level != escalation.ManagerLevel || s.Route.Reason.IsZero() {
		t.Errorf("a case of a kind that is routed no longer: %+v, %v", s, err)
	}
}

// Cases and routes are safe for concurrent use; the race detector checks it.
func TestCasesAreSafeForConcurrentUse(t *testing.T) {
	routes := defaultRoutes(t)
	c := raise(t, escalation.Case{}, escalation.Scheduling, instant(23, 9))
	for range 2 { // leaves room behind the steps
		c = raise(t, c, escalation.Scheduling, instant(23, 10))
	}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if s, err := routes.State(c, deal(), instant(60, 9)); err != nil || len(s.Steps) != 5 ||
				len(s.Route.People()) != 2 {
				t.Errorf("%+v, %v", s, err)
			}
			if next, err := routes.Resolve(c, deal(), escalation.Event{By: bo, At: instant(60, 9)}); err != nil ||
				len(next.History()) != 6 {
				t.Errorf("%+v, %v", next, err)
			}
		})
	}
	group.Wait()
}

func TestEventsThatDoNotFitTheCaseAreRefused(t *testing.T) {
	routes := defaultRoutes(t)
	open := raise(t, escalation.Case{}, escalation.Scheduling, instant(23, 9))
	closed, err := routes.Resolve(open, deal(), escalation.Event{By: bo, At: instant(23, 10)})
	if err != nil {
		t.Fatal(err)
	}
	other := deal()
	other.ID = "D-18"
	blocker := func(change func(*escalation.Blocker)) error {
		b := escalation.Blocker{Deal: deal(), Kind: escalation.Scheduling, Raised: instant(24, 9), By: ana}
		change(&b)
		_, err := routes.Raise(open, b)
		return err
	}
	event := func(c escalation.Case, d escalation.Facts, e escalation.Event) error {
		_, err := routes.Acknowledge(c, d, e)
		return err
	}
	const outside = ": the year 10000 is outside 1 to 9000"
	by := func(name string, party model.Party) model.Person { return model.Person{Name: name, Party: party} }
	for _, c := range []struct {
		name string
		code value.Code
		err  error
		want string
	}{
		{"raised before", escalation.CaseOrder, blocker(func(b *escalation.Blocker) { b.Raised = instant(23, 8) }),
			"raised: 2026-11-23T08:00:00Z is before the last step of the case, 2026-11-23T09:00:00Z"},
		{"raised never", value.Code("fact.instant"), blocker(func(b *escalation.Blocker) { b.Raised = time.Time{} }),
			"raised: nothing says when"},
		{"another kind", value.Code("esc.case.other"),
			blocker(func(b *escalation.Blocker) { b.Kind = escalation.ProspectDark }),
			`a case "scheduling" of deal "D-17" is not one "prospect_dark" of deal "D-17"`},
		{"another deal", value.Code("esc.case.other"), blocker(func(b *escalation.Blocker) { b.Deal = other }),
			`a case "scheduling" of deal "D-17" is not one "scheduling" of deal "D-18"`},
		{"no deal", value.Code("esc.deal.id"), blocker(func(b *escalation.Blocker) { b.Deal.ID = "" }),
			"deal.id: nothing is no id of a deal; an id has 1 to 256 bytes of UTF-8 and is not blank"},
		{"no size", value.Code("playbook.size.unknown"), blocker(func(b *escalation.Blocker) { b.Deal.Size = 0 }),
			"deal.size: nothing is given; allowed are standard, simplified"},
		{"resized too often", value.Code("esc.deal.resized"),
			blocker(func(b *escalation.Blocker) { b.Deal.Resized = make([]time.Time, 1001) }),
			"deal.resized: 1001 changes are more than a deal takes, which is 1000"},
		{"resized never", value.Code("fact.instant"),
			blocker(func(b *escalation.Blocker) { b.Deal.Resized = make([]time.Time, 1) }), "deal.resized[0]: nothing says when"},
		{"no lead", escalation.DealLead, blocker(func(b *escalation.Blocker) { b.Deal.VendorLead = "" }),
			"deal.vendor_lead: nothing is no name of a person; level 1 needs the lead rep of the vendor"},
		{"by a stranger", value.Code("esc.event.by"),
			blocker(func(b *escalation.Blocker) { b.By = by("zoe", model.PartnerOrg("beta")) }),
			`by.party: "partner beta" is not "partner acme", whose roster this is`},
		{"by no party", value.Code("side.unknown"), blocker(func(b *escalation.Blocker) { b.By = by("zoe", model.Party{}) }),
			"by.party.side: nothing is given; allowed are partner, vendor"},
		{"a long note", value.Code("esc.event.note"),
			blocker(func(b *escalation.Blocker) { b.Note = strings.Repeat("x", 1001) }),
			"note: 1001 bytes are no note; a note has at most 1000 bytes of UTF-8"},
		{"one executive twice", value.Code("esc.deal.executive"),
			blocker(func(b *escalation.Blocker) { b.Deal.PartnerExecutive, b.Deal.VendorExecutive = "eli", "eli" }),
			"deal.vendor_executive: \"eli\" stands on both sides; a person belongs to one company\ndeal.executives_at: nothing says when both executives were named"},
		{"no amount's instant", value.Code("esc.deal.amount"),
			blocker(func(b *escalation.Blocker) { b.Deal.Amount = value.MustMoney("1 EUR") }),
			"deal.exchange: 1.00 EUR cannot be compared with 250000.00 USD without a rate\ndeal.amount_at: nothing says since when the deal has this amount"},
		{"facts of no calendar", value.Code("fact.instant"), blocker(func(b *escalation.Blocker) {
			d, never := &b.Deal, time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC)
			d.ActiveSince, d.Progress, d.Unanswered, d.AmountAt = never, never, never, never
		}), strings.Join([]string{"deal.active_since" + outside, "deal.progress" + outside, "deal.unanswered" + outside,
			"deal.amount_at" + outside}, "\n")},
		{"executives of no calendar", value.Code("fact.instant"),
			blocker(func(b *escalation.Blocker) {
				b.Deal.ExecutivesAt = time.Date(10_000, 1, 1, 0, 0, 0, 0,
					time.UTC)
			}), "deal.executives_at" + outside},
		{"no case", value.Code("esc.case.other"),
			event(escalation.Case{}, deal(), escalation.Event{By: bo, At: instant(24, 9)}),
			"case: nothing is open; raise the blocker first"},
		{"nobody, never", value.Code("esc.event.by"), event(open, deal(), escalation.Event{}),
			"event.by.name: nothing is no name of a person\nevent.at: nothing says when"},
		{"event before", escalation.CaseOrder, event(open, deal(), escalation.Event{By: bo, At: instant(23, 8)}),
			"event.at: 2026-11-23T08:00:00Z is before the last step of the case, 2026-11-23T09:00:00Z"},
		{"closed", escalation.CaseClosed, event(closed, deal(), escalation.Event{By: bo, At: instant(24, 9)}),
			"event.at: the case was resolved at 2026-11-23T10:00:00Z; raise the blocker again to reopen it"},
		{"of another deal", value.Code("esc.case.other"), event(open, other, escalation.Event{By: bo, At: instant(24, 9)}),
			`case: a case "scheduling" of deal "D-17" is not one "scheduling" of deal "D-18"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			wantCode(t, c.err, c.code)
			wantError(t, c.err, strings.Split(c.want, "\n")...)
			checkCoded(t, c.err)
		})
	}
}
