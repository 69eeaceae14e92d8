package stage_test

import (
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/internal/naive/stagetest"
	"github.com/coselling/coselling/stage"
)

// The package decides as the naive model does, for any events in any order (gate.order,
// gate.tasks, stage.authority, stage.replanned and the other rules of the process).
func TestPackageAgreesWithTheNaiveModel(t *testing.T) {
	rules, err := stage.DefaultRules()
	if err != nil {
		t.Fatal(err)
	}
	for part := range 5 { // of a hundred sequences each
		t.Run(strconv.Itoa(part), rapid.MakeCheck(func(t *rapid.T) { stagetest.Play(t, rules) }))
	}
}
