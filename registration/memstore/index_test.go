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
				var want []uint32
				for _, a := range slices.Backward(log) {
					if a.hash == h {
						want = append(want, a.claim)
					}
				}
				if got := slices.Collect(x.all(h)); !slices.Equal(got, want) {
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
		if x.heads.len() != 0 || len(x.postings) != 1 {
			t.Fatalf("%d hashes and %d postings are left", x.heads.len(), len(x.postings)-1)
		}
	})
}

// The table is a map, with hashes that crowd one shard and wrap around its end.
func TestTableIsAMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var got table
		want := map[uint64]uint32{}
		hashes := rapid.SampledFrom([]uint64{0, 1, 2, 6, 7, 8, 14, 15, 16, 23, 31, 32, 39, 1 << 54, 1<<54 | 7, 1<<64 - 1, 1<<64 - 2, 1<<64 - 9})
		t.Repeat(map[string]func(*rapid.T){
			"set": func(t *rapid.T) {
				h, head := hashes.Draw(t, "hash"), rapid.Uint32Range(1, 9).Draw(t, "head")
				got.set(h, head)
				want[h] = head
			},
			"remove": func(t *rapid.T) {
				h := hashes.Draw(t, "hash")
				if want[h] == 0 {
					t.Skip("not there")
				}
				got.remove(h)
				delete(want, h)
			},
			"": func(t *rapid.T) {
				for _, h := range []uint64{0, 1, 2, 6, 7, 8, 14, 15, 16, 23, 31, 32, 39, 1 << 54, 1<<54 | 7, 1<<64 - 1, 1<<64 - 2, 1<<64 - 9} {
					if got.get(h) != want[h] {
						t.Fatalf("%d is %d, want %d", h, got.get(h), want[h])
					}
				}
				if got.len() != len(want) {
					t.Fatalf("%d hashes, want %d", got.len(), len(want))
				}
			},
		})
	})
}

func (t *table) len() int {
	n := 0
	for _, count := range t.counts {
		n += count
	}
	return n
}
