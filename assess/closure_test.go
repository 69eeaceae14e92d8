package assess_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/internal/robot"
)

// closureDeals is how many deals the robot wins: go test ./assess -run EveryDeal -deals 5000.
var closureDeals = flag.Int("deals", 200, "the deals that TestEveryDealThatCanBeWonIsWon plays")

// mostSteps is far above what any deal takes.
const mostSteps = 300

// next.closure: on every deal that can be won, one in three with participants, each party that does only its first
// action, over and over, wins it, and then nobody has anything to do, though every other deal is put on hold, sent back,
// or lost and reopened; no action comes a third time without a new fact.
func TestEveryDealThatCanBeWonIsWon(t *testing.T) {
	rules := engine(t)
	failed, steps, blows := 0, 0, 0
	for n := range *closureDeals {
		b := robot.Winnable(rules, uint64(n), robot.Calder())
		if n%2 == 1 {
			b.Fate = rand.New(rand.NewPCG(uint64(n), 18))
		}
		opening := document(deal.Change{Edit: deal.Edit{Deal: b.Deal}})
		problem := b.Play(mostSteps)
		steps, blows = steps+len(b.Done), blows+b.Blows
		if problem == "" {
			if later := b.Asked.At(b.Now.AddDate(1, 0, 0)).Everything().Next; len(later) > 0 {
				problem = fmt.Sprint("a year later: ", later[0].Text())
			}
		}
		if problem == "" {
			continue
		}
		if failed++; failed <= 3 {
			t.Errorf("next.closure: deal %d: %s\n%s\n%s", n, problem, opening,
				strings.Join(b.Done[max(0, len(b.Done)-25):], "\n"))
		}
	}
	if failed > 0 {
		t.Errorf("next.closure: %d of %d deals are not won", failed, *closureDeals)
	}
	if blows == 0 {
		t.Error("next.closure: no deal was held, sent back or lost")
	}
	t.Logf("%d deals, %d steps, %d holds, send-backs and losses", *closureDeals, steps, blows)
}
