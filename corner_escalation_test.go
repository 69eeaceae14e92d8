package coselling_test

import (
	"strings"
	"testing"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/escalation"
)

// view.side: that an internal note is refused is for its own side alone.
func TestARefusedInternalNoteIsNotTold(t *testing.T) {
	d, r := small()
	r.Blockers = []coselling.Blocker{{ID: "B-1", Kind: escalation.Scheduling, Raised: november(5, 9), By: bo, Internal: true,
		Acknowledged: []escalation.Event{{By: bo, At: november(5, 10), Note: strings.Repeat("long ", 300)}}}}
	a, err := engine(t).Assess(d, r, november(6, 8))
	if err != nil {
		t.Fatal(err)
	}
	partner, vendor := a.For(acme), a.For(us)
	if tells(&partner, coselling.OfEscalation, "record.blockers", escalation.EventNote) {
		t.Errorf("view.side: %v", partner.Missing)
	}
	if !tells(&vendor, coselling.OfEscalation, "record.blockers", escalation.EventNote) {
		t.Errorf("its own side is not told: %v", vendor.Missing)
	}
}
