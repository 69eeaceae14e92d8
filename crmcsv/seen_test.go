package crmcsv

import (
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
		)
		for line := 1; line <= 600; line++ {
			id := ids.Draw(t, "id")
			m := s.markOf(id, line)
			if got := s.line(m); got != lines[id] {
				t.Fatalf("%s: line %d, want %d", id, got, lines[id])
			}
			if lines[id] == 0 {
				s.add(m)
				lines[id] = line
			}
		}
	})
}

// A row costs 16 bytes, and between growths at most a half more.
func TestSeenIsSmall(t *testing.T) {
	if size := unsafe.Sizeof(mark{}); size != 16 {
		t.Fatalf("a mark has %d bytes", size)
	}
	s := newSeen()
	const rows = 200_000
	for i := 1; i <= rows; i++ {
		s.remember(strconv.Itoa(i), i)
		if i < rows/10 || i%997 != 0 {
			continue
		}
		slots := 0
		for _, table := range s.tables {
			slots += len(table.slots)
		}
		if slots > i+i/2 {
			t.Fatalf("%d slots for %d rows", slots, i)
		}
	}
	for i := 1; i <= rows; i++ {
		if got := s.line(s.markOf(strconv.Itoa(i), 0)); got != i {
			t.Fatalf("row %d is on line %d", i, got)
		}
	}
}

// A short id stands for itself, and no digest for a short id.
func TestSeenTellsShortIDsFromDigests(t *testing.T) {
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

// Ids are told apart by all of their bits.
func TestSeenComparesWholeDigests(t *testing.T) {
	s := newSeen()
	first := mark{mixed: 7, rest: 1<<lineBits | 3}
	if s.line(first) == 0 {
		s.add(first)
	}
	for _, other := range []mark{{7, 2<<lineBits | 4}, {8, 1<<lineBits | 4}} {
		if got := s.line(other); got != 0 {
			t.Errorf("%v is on line %d", other, got)
		}
	}
	if got := s.line(mark{7, 1<<lineBits | 9}); got != 3 {
		t.Errorf("line %d, want 3", got)
	}
}

// Lines that do not fit into a mark are shown as the last one that does.
func TestSeenHoldsLargeLines(t *testing.T) {
	for line, want := range map[int]int{1: 1, 1<<40 - 1: 1<<40 - 1, 1 << 40: 1<<40 - 1, 1 << 50: 1<<40 - 1} {
		s := newSeen()
		s.remember("a", line)
		if got := s.line(s.markOf("a", 1)); got != want {
			t.Errorf("line %d is %d, want %d", line, got, want)
		}
	}
}

func (s *seen) remember(id string, line int) {
	m := s.markOf(id, line)
	if s.line(m) == 0 {
		s.add(m)
	}
}
