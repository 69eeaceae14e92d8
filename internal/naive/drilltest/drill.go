// Package drilltest plays one domain at a time beside its naive model, from a seed, outside of a test.
package drilltest

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/naive/casetest"
	"github.com/coselling/coselling/internal/naive/commstest"
	"github.com/coselling/coselling/internal/naive/lifetest"
	"github.com/coselling/coselling/internal/naive/stagetest"
	"github.com/coselling/coselling/internal/reachtest"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
)

// Drill is the play of one domain.
type Drill struct {
	Name string
	play func(*rapid.T)
}

// All returns the drills of processes, cases, communication and lines of pay. The roster is one of acme and us. A
// program parses its flags before it runs one.
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
		{"a process", func(t *rapid.T) { stagetest.Play(t, rules) }},
		{"a case", func(t *rapid.T) { casetest.Play(t, reachtest.Seen{}, routes, deal) }},
		{"lines of pay", func(t *rapid.T) { lifetest.Play(t, reachtest.Seen{}) }},
		{"a log", func(t *rapid.T) { commstest.Judge(t, focus(t)) }},
		{"a tracker", func(t *rapid.T) { commstest.Track(t, focus(t)) }},
	}
	return drills, nil
}

// Run plays a drill from a seed. It returns what differs from the naive model; empty: nothing does.
func (d Drill) Run(seed uint64) (problem string) {
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
