package crmcsv

import (
	"encoding/binary"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"unsafe"

	"pgregory.net/rapid"
)

func TestSeenAgreesWithAMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := newSeen()
		lines := map[string]int{}
		ids := rapid.OneOf(
			rapid.Map(rapid.IntRange(1, 300), strconv.Itoa),
			rapid.StringMatching(`(0061U000)?[abü]{0,4}`).Filter(func(id string) bool { return id != "" }), // around 11 bytes
			rapid.StringMatching(`[ab]{30,34}`),                                                            // around 32 bytes
		)
		for line := 1; line <= 600; line++ {
			id := ids.Draw(t, "id")
			m := s.markOf(id, line)
			if got := s.line(id, m); got != lines[id] {
				t.Fatalf("%s: line %d, want %d", id, got, lines[id])
			}
			if lines[id] == 0 {
				s.add(id, m)
				lines[id] = line
			}
		}
	})
}

// inOrder are ids that rise, fall and come in no order.
func inOrder(rows int) map[string][]string {
	orders := map[string][]string{"up": nil, "down": nil, "none": nil}
	for i := range rows {
		orders["up"] = append(orders["up"], "D-"+strconv.Itoa(i))
		orders["down"] = append(orders["down"], "D-"+strconv.Itoa(rows-i))
		orders["none"] = append(orders["none"], "D-"+strconv.Itoa(i))
	}
	rand.New(rand.NewPCG(1, 2)).Shuffle(rows, func(i, j int) {
		orders["none"][i], orders["none"][j] = orders["none"][j], orders["none"][i]
	})
	return orders
}

// A row costs 16 bytes where ids rise or fall, and in any order at most a half more.
func TestSeenTakes16To24BytesARow(t *testing.T) {
	if size := unsafe.Sizeof(mark{}); size != 16 {
		t.Fatalf("a mark has %d bytes", size)
	}
	const rows = 200_000
	for order, ids := range inOrder(rows) {
		s := newSeen()
		for i, id := range ids {
			s.remember(id, i+1)
			if i < rows/2 || i%997 != 0 {
				continue
			}
			bytes, indexed := 0, 0
			for j := range s.tables {
				bytes += len(s.tables[j].chunks)*chunkMarks*16 + len(s.tables[j].index)*4
				indexed += s.tables[j].indexed
			}
			if bytes > 24*i+256*chunkMarks*16 {
				t.Fatalf("%s: %d bytes for %d rows", order, bytes, i)
			}
			if (indexed > 0) != (order == "none") {
				t.Fatalf("%s: %d rows are indexed", order, indexed)
			}
		}
		for i, id := range ids {
			if got := s.line(id, s.markOf(id, 1)); got != i+1 {
				t.Fatalf("%s: row %d is on line %d", order, i+1, got)
			}
		}
	}
}

// A short id is kept whole, and no digest has the mark of a short id.
func TestShortIDsDifferFromDigests(t *testing.T) {
	s := newSeen()
	for id, itself := range map[string]bool{
		"a": true, "12345678ü": true, "12345678901": true, "123456789ü": false, "123456789012": false, strings.Repeat("x", maxCellBytes): false,
	} {
		bits := s.markOf(id, 1).rest >> lineBits // of the bytes 8 to 10
		padded := id + strings.Repeat("\x00", 11)
		if own := uint64(padded[8]) | uint64(padded[9])<<8 | uint64(padded[10])<<16; (bits == own) != itself || (bits>>23 == 0) != itself {
			t.Errorf("%.20q: %#x of %#x", id, bits, own)
		}
	}
}

// A short id can be read back from its mark, so that no two have one.
func TestShortIDCanBeReadBackFromItsMark(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := newSeen()
		id := rapid.StringMatching(`[ -~]{1,11}`).Draw(t, "id")
		inverse := s.one
		for range 6 {
			inverse *= 2 - s.one*inverse // Newton's, of twice as many bits
		}
		m := s.markOf(id, 1)
		mixed := m.mixed * inverse
		last := m.rest &^ (1<<lineBits - 1)
		text := binary.LittleEndian.AppendUint64(nil, ((mixed^mixed>>32)-last*s.more)*inverse)
		text = binary.LittleEndian.AppendUint64(text, last>>lineBits)
		if got := strings.TrimRight(string(text), "\x00"); got != id {
			t.Fatalf("%q is read back as %q", id, got)
		}
	})
}

// Two ids that differ in any bit are different.
func TestSeenComparesWholeMarks(t *testing.T) {
	var table seenTable
	table.add(mark{mixed: 7, rest: 1<<lineBits | 3})
	for _, other := range []mark{{7, 2<<lineBits | 4}, {8, 1<<lineBits | 4}, {7 | 1<<63, 1<<lineBits | 4}} {
		if got := table.line(other); got != 0 {
			t.Errorf("%v is on line %d", other, got)
		}
	}
	if got := table.line(mark{7, 1<<lineBits | 9}); got != 3 {
		t.Errorf("line %d, want 3", got)
	}
}

// A line above the largest that fits into a mark counts as that one.
func TestSeenHoldsLargeLines(t *testing.T) {
	for line, want := range map[int]int{1: 1, 1<<40 - 1: 1<<40 - 1, 1 << 40: 1<<40 - 1, 1 << 50: 1<<40 - 1} {
		s := newSeen()
		s.remember("a", line)
		if got := s.line("a", s.markOf("a", 1)); got != want {
			t.Errorf("line %d is %d, want %d", line, got, want)
		}
	}
}

func (s *seen) remember(id string, line int) {
	m := s.markOf(id, line)
	if s.line(id, m) == 0 {
		s.add(id, m)
	}
}

// BenchmarkSeen compares ids that rise or fall with ids in no order.
func BenchmarkSeen(b *testing.B) {
	const rows = 1_000_000
	for order, ids := range inOrder(rows) {
		b.Run(order, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				s := newSeen()
				for i, id := range ids {
					s.remember(id, i+1)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/rows, "ns/id")
		})
	}
}
