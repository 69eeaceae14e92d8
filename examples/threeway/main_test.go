package main

import (
	"strings"
	"testing"

	"github.com/coselling/coselling/internal/goldentest"
)

// party.function, view.side: the reseller and the integrator each hold the account and a second reseller does not; the
// three companies win the deal by first actions alone, and each reads its own pay.
func TestOutputIsAsRecorded(t *testing.T) {
	var out strings.Builder
	tell(&out)
	goldentest.Compare(t, "testdata/threeway.golden", out.String())
}
