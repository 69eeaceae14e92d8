package sqlstore

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
)

// Of the writers about one account, claim or filing one enters at a time, and nothing of them is kept.
func TestQueueAdmitsOneWriterOfAnAccount(t *testing.T) {
	abouts := []registration.Subject{
		{Terms: []string{"a", "b"}}, {Terms: []string{"b", "c", "b"}}, {Terms: []string{"c", "a"}},
		{Claims: []string{"a"}, Terms: []string{"a"}},
	}
	var q queue
	var inside [3]atomic.Int64
	var group sync.WaitGroup
	for i := range 64 {
		group.Go(func() {
			about := abouts[i%len(abouts)]
			leave, err := q.enter(t.Context(), &about)
			if err != nil {
				t.Error(err)
				return
			}
			defer leave()
			seen := map[string]bool{}
			for _, term := range about.Terms {
				if place := &inside[term[0]-'a']; !seen[term] {
					seen[term] = true
					if place.Add(1) > 1 {
						t.Errorf("two writers about %s", term)
					}
					defer place.Add(-1)
				}
			}
			time.Sleep(time.Millisecond)
		})
	}
	group.Wait()
	if len(q.lines) > 0 {
		t.Errorf("%d lines are kept", len(q.lines))
	}
}

func TestQueueWaitsAsLongAsTheContext(t *testing.T) {
	var q queue
	filed := registration.Subject{Claimant: model.PartnerOrg("acme"), Key: "1", Terms: []string{"a"}}
	leave, err := q.enter(t.Context(), &filed)
	if err != nil {
		t.Fatal(err)
	}
	other := filed
	other.Key = "2"
	other.Terms = []string{"b"}
	leaveOther, err := q.enter(t.Context(), &other)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if _, err := q.enter(ctx, &filed); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a turn that is taken: %v", err)
	}
	leave()
	leaveOther()
	if len(q.lines) > 0 {
		t.Errorf("%d lines are kept", len(q.lines))
	}
}
