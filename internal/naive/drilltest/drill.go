// Package drilltest plays one domain at a time beside its naive model, from a seed, outside of a test.
package drilltest

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/naive/accounts"
	"github.com/coselling/coselling/internal/naive/calls"
	"github.com/coselling/coselling/internal/naive/casetest"
	"github.com/coselling/coselling/internal/naive/commstest"
	"github.com/coselling/coselling/internal/naive/lifetest"
	"github.com/coselling/coselling/internal/naive/replay"
	"github.com/coselling/coselling/internal/naive/stagetest"
	"github.com/coselling/coselling/internal/reachtest"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/stage"
)

// Drill is the play of one domain.
type Drill struct {
	Name  string
	play  func(*rapid.T)
	plain func(*rand.Rand) string // in place of play: what differs, or nothing
}

// All returns the drills of processes, cases, communication, lines of pay, and those in [plain]. The roster is one of
// acme and us. A program parses its flags before it runs one.
func All(roster escalation.Roster) ([]Drill, error) {
	if !testing.Testing() {
		testing.Init() // rapid asks for -short
	}
	rules, err := stage.DefaultRules()
	if err != nil {
		return nil, err
	}
	routes, err := escalation.Compile(escalation.DefaultPolicy(), roster)
	if err != nil {
		return nil, err
	}
	deal := escalation.Facts{ID: "D-17", Size: model.Standard, PartnerLead: "ana", VendorLead: "bo"}
	focus := func(t *rapid.T) commstest.Focus { return rapid.SampledFrom(commstest.Focuses).Draw(t, "focus") }
	drills := []Drill{
		{Name: "a process", play: func(t *rapid.T) { stagetest.Play(t, rules) }},
		{Name: "a case", play: func(t *rapid.T) { casetest.Play(t, reachtest.Seen{}, routes, deal) }},
		{Name: "lines of pay", play: func(t *rapid.T) { lifetest.Play(t, reachtest.Seen{}) }},
		{Name: "a log", play: func(t *rapid.T) { commstest.Judge(t, focus(t)) }},
		{Name: "a tracker", play: func(t *rapid.T) { commstest.Track(t, focus(t)) }},
	}
	more, err := plain()
	return append(drills, more...), err
}

// plain returns the drills that need nothing but random numbers.
func plain() ([]Drill, error) {
	claims, err := registration.Compile(registration.DefaultPolicy("us", "olga", "omar"), domains.Registrable)
	if err != nil {
		return nil, err
	}
	records, err := replay.Compile()
	return []Drill{
		{Name: "a record", plain: records.Play},
		{Name: "a roster", plain: calls.Roster},
		{Name: "blockers that a deal shows", plain: calls.Detect},
		{Name: "two accounts", plain: func(r *rand.Rand) string { return accounts.Same(r, claims.Accounts()) }},
		{Name: "two at one time", plain: func(r *rand.Rand) string { return accounts.Race(r, claims) }},
	}, err
}

// Run plays a drill from a seed. It returns what differs from the naive model; empty: nothing does.
func (d Drill) Run(seed uint64) (problem string) {
	if d.plain != nil {
		return d.plain(rand.New(rand.NewPCG(seed, 1)))
	}
	played := false
	rapid.Custom(func(t *rapid.T) bool {
		rapid.Bool().Draw(t, "a generator has to draw")
		if played {
			return true // it found a problem, after which rapid tries again
		}
		played = true
		defer func() {
			if p := recover(); p != nil && fmt.Sprintf("%T", p) != "rapid.invalidData" {
				problem = fmt.Sprint(p)
			}
		}()
		if d.play(t); t.Failed() {
			problem = "an answer differs"
		}
		return true
	}).Example(int(seed >> 1))
	return problem
}
