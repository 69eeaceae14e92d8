package escalation_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/internal/naive/casetest"
	"github.com/coselling/coselling/internal/reachtest"
)

// esc.timeout, esc.respond: a case stands where one stands that is lived through hour by hour.
func TestACaseAgreesWithASimulationByHours(t *testing.T) {
	seen, routes := reachtest.Seen{}, defaultRoutes(t)
	reachtest.Check(t, seen, func(t *rapid.T) { casetest.Play(t, seen, routes, deal()) },
		"opened", "acknowledged", "raised_again", "escalated", "resolved", "reopened", "resumed", "resized")
}
