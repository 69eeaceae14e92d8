package life

import (
	"errors"
	"testing"
	"time"

	"github.com/coselling/coselling/model"
)

// life.events: a record takes 200,000 events, and no other.
func TestARecordTakesEventsUpToItsLimit(t *testing.T) {
	r := New(nil)
	r.events = make([]Event, maxEvents-1)
	named := Event{Do: Named, At: time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC),
		Staff: &Staff{Party: model.VendorOrg("us"), Approvers: []string{"lee", "mia"}, Policy: DefaultPolicy()}}
	if d, err := r.Add(named); err != nil || !d.Accepted {
		t.Fatalf("the last event: %+v, %v", d, err)
	}
	if _, err := r.Add(named); !errors.Is(err, recordLimit) {
		t.Errorf("one more: %v", err)
	}
}
