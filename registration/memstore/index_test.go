package memstore

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// The index gives back what was added, the last one first, and a drop takes back the
// last add of all (reg.atomic: a write that fails leaves nothing).
func TestIndexIsAListAHash(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type added struct {
			hash  uint64
			claim uint32
		}
		x := newIndex()
		var log []added
		check := func() {
			for h := range uint64(4) {
				var want, got []uint32
				for _, a := range slices.Backward(log) {
					if a.hash == h {
						want = append(want, a.claim)
					}
				}
				for p := x.first(h); p.ok; p = x.after(p) {
					got = append(got, p.claim)
				}
				if !slices.Equal(got, want) {
					t.Fatalf("hash %d: %v, want %v, after %v", h, got, want, log)
				}
			}
		}
		for i, add := range rapid.SliceOfN(rapid.IntRange(-3, 3), 0, 40).Draw(t, "steps") {
			switch {
			case add >= 0:
				a := added{uint64(add), uint32(i)}
				x.add(a.hash, a.claim)
				log = append(log, a)
			case len(log) > 0:
				x.drop(log[len(log)-1].hash)
				log = log[:len(log)-1]
			}
			check()
		}
		for _, a := range slices.Backward(log) {
			x.drop(a.hash)
		}
		if len(x.heads) != 0 || len(x.postings) != 1 {
			t.Fatalf("%d hashes and %d postings are left", len(x.heads), len(x.postings)-1)
		}
	})
}
