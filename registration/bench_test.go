package registration_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
)

// queued returns a desk with as many claims of parties of their own that wait for one account.
func queued(t fataler, n int) *desk {
	t.Helper()
	d := newDesk(t, compile(t, policy()))
	for i := range n {
		d.submit(t, model.PartnerOrg(fmt.Sprint("partner", i)), filing("1", "hooli.com"))
	}
	return d
}

// BenchmarkQueue files one more claim behind a queue, and approves the first one, which rejects all others.
func BenchmarkQueue(b *testing.B) {
	for _, n := range []int{0, 80, 800} {
		d := queued(b, n)
		rules := compile(b, policy())
		claims := d.stored()
		c := registration.Claim{
			ID: "new", Claimant: acme, Filing: filing("1", "hooli.com"), Submitted: start.Add(time.Hour),
		}
		b.Run(fmt.Sprint("submit behind ", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := d.Preview(ctx, acme, filing("1", "hooli.com")); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprint("decide behind ", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := rules.Submit(claims, c); err != nil {
					b.Fatal(err)
				}
			}
		})
		if n == 0 {
			continue
		}
		b.Run(fmt.Sprint("approve the first of ", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				e := registration.Event{Do: registration.Approve, By: noor, At: c.Submitted}
				if x, err := rules.Decide(claims, "c1", e); err != nil || len(x.Rivals) != n-1 {
					b.Fatal(err)
				}
			}
		})
	}
}
