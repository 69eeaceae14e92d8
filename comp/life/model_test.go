package life_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/internal/naive/lifetest"
	"github.com/coselling/coselling/internal/reachtest"
)

// comp.life, comp.dispute, comp.separate: a record decides and answers as a history that is read anew does.
func TestLifeAgreesWithAHistoryThatIsReadAnew(t *testing.T) {
	seen := reachtest.Seen{}
	reachtest.Check(t, seen, func(t *rapid.T) { lifetest.Play(t, seen) },
		"drafted ", "drafted comp.life", "approved ", "approved comp.separate", "approved comp.dispute comp.life",
		"paid ", "paid comp.dispute", "disputed ", "disputed comp.dispute", "accepted ", "declined ",
		"accepted comp.separate", "appealed ", "appealed comp.dispute", "appealed comp.separate", "appealed error")
}
