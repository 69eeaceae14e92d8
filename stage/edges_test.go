package stage_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/internal/naive/stagetest"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// gate.registered: a deal can be reopened before the end of its registration, not at it.
func TestADealIsReopenedBeforeItsRegistrationEnds(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Standard)
	d.must(d.rules.Lose(d.p, d.move()))
	end := d.now.Add(time.Hour)
	d.record(stage.Fact{Kind: stage.Registered, Side: model.Partner, Until: end})
	for after, want := range map[time.Duration]int{-1: 0, 0: 1} {
		m := d.move()
		m.At = end.Add(after)
		if shut, err := d.rules.Judge(d.p, stage.VerbReopen, m); err != nil || len(shut) != want {
			t.Errorf("gate.registered %v after its end: %v, %v", after, shut, err)
		}
	}
}

// stage.consent: a consent of the mover's side is no consent of the other side.
func TestAConsentOfTheMoversSideDoesNotCount(t *testing.T) {
	d := newDeal(t, model.TrueCoSell, model.Standard)
	m := d.move()
	m.Consents[0].By = m.By
	decision, err := d.rules.Hold(d.p, m)
	if err != nil || !slices.Equal(decision.Pending, []model.Side{m.By.Party.Side.Other()}) {
		t.Errorf("waits for %v, %v", decision.Pending, err)
	}
}

// gate.partner_engaged: a partner who first takes part after discovery is a finding that
// stays. A vendor's task that the partner's rep does does not count as taking part.
func TestAPartnerWhoTakesPartLateIsAFinding(t *testing.T) {
	d := newDeal(t, model.VendorLed, model.Standard)
	d.open(stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.VendorLed, Size: model.Standard, Stage: stage.Discovery, At: d.now, From: "crm"})
	m := d.move()
	m.By, m.Consents = ana, nil
	d.must(d.rules.Done(d.p, stage.MapStakeholders, m)) // the vendor's
	m = d.move()
	m.To, m.Evidence = stage.Presentation, []stage.Fact{{Kind: stage.Qualified, At: d.now}}
	m.Overrides = []stage.Override{{Gate: stage.GateTasks, By: ana, At: d.now, Reason: "done"}, {Gate: stage.GateTasks, By: bo, At: d.now, Reason: "done"}}
	d.must(d.rules.Advance(d.p, m))
	for range 2 {
		schedule, err := d.rules.Schedule(d.p, stage.Query{AsOf: d.now})
		if err != nil || !slices.Contains(stagetest.Written(schedule), "finding gate.partner_engaged") {
			t.Errorf("%v, %v", schedule.Findings, err)
		}
		d.record(stage.Fact{Kind: stage.PartnerEngaged})
	}
}

// Malformed moves are errors and change nothing.
func TestMalformedMovesAreErrors(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Standard)
	d.record(stage.Fact{Kind: stage.Registered, Side: model.Partner})
	for name, row := range map[string]struct {
		verb stage.Verb
		edit func(*stage.Move)
		code value.Code
	}{
		"lose without reason":   {stage.VerbLose, func(m *stage.Move) { m.Reason = " " }, value.Code("event.reason")},
		"reopen without reason": {stage.VerbReopen, func(m *stage.Move) { m.Reason = "" }, value.Code("event.reason")},
		"before the last":       {stage.VerbRecord, func(m *stage.Move) { m.At, m.Consents = m.At.Add(-time.Hour), nil }, value.Code("event.time")},
		"plain before the last": {stage.VerbHold, func(m *stage.Move) { m.At, m.Consents = m.At.Add(-time.Hour), nil }, value.Code("event.time")},
		"fact after the event": {stage.VerbRecord, func(m *stage.Move) {
			m.Evidence = []stage.Fact{{Kind: stage.PartnerEngaged, At: m.At.Add(1)}}
		}, value.Code("fact.time")},
	} {
		m := d.move()
		row.edit(&m)
		_, err := d.rules.Judge(d.p, row.verb, m)
		if err == nil || !strings.Contains(fmt.Sprintf("%+v", codesOf(err)), string(row.code)) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A move by nobody is refused where all else would permit it, too.
func TestAnAdvanceByNobodyIsRefused(t *testing.T) {
	rules, p, m := ready(t)
	for _, name := range []string{"", " "} {
		m.By.Name = name
		if _, err := rules.Judge(p, stage.VerbAdvance, m); !slices.Contains(codesOf(err), value.Code("agreement.by")) {
			t.Errorf("by %q: %v", name, err)
		}
	}
}

// codesOf returns the codes of an error, or of all of them.
func codesOf(err error) (codes []value.Code) {
	var one *value.Error
	var many value.Errors
	switch {
	case errors.As(err, &many):
		for _, e := range many {
			codes = append(codes, e.Code)
		}
	case errors.As(err, &one):
		codes = append(codes, one.Code)
	}
	return codes
}
