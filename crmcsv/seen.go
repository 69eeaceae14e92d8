package crmcsv

import (
	"crypto/sha256"
	"encoding/binary"
	"hash/maphash"
	"math/bits"
)

// seen remembers the line of each deal id in 16 bytes a row: 88 bits for the id, and the
// line in 40. An id of up to 11 bytes stands for itself, a longer one for 87 bits of a
// digest; two of one digest are not to be expected among fewer than 10¹² rows. A table
// is one of many, each of which grows by itself, so that memory never doubles at once.
//
// The bits of an id are mixed with a random number, so that nobody can write a file
// whose ids crowd one place. Which ids are the same does not depend on it.
type seen struct {
	tables    [256]seenTable
	one, more uint64 // random; one is odd, so that each number has a product of its own
}

type seenTable struct {
	slots []mark // of open addressing
	used  int
	last  int // the slot that was looked at
}

// mark is the bits of an id and a line; the line of an empty slot is 0.
type mark struct{ mixed, rest uint64 }

const lineBits = 40

func newSeen() *seen {
	seed := maphash.MakeSeed()
	return &seen{one: maphash.String(seed, "one") | 1, more: maphash.String(seed, "more")}
}

func (m mark) line() int { return int(m.rest & (1<<lineBits - 1)) }

// markOf returns the mark of an id without NUL, with a line; a line that needs more bits
// is shown as the largest one.
func (s *seen) markOf(id string, line int) mark {
	const whole, isDigest = 11, 0x80
	var text [sha256.Size]byte
	if len(id) < whole || len(id) == whole && id[whole-1] < isDigest {
		copy(text[:whole], id)
	} else {
		text = sha256.Sum256([]byte(id))
		text[whole-1] |= isDigest
	}
	first, last := binary.LittleEndian.Uint64(text[:]), binary.LittleEndian.Uint64(text[8:])<<lineBits
	return mark{mixed: first*s.one + last*s.more, rest: last | min(uint64(line), 1<<lineBits-1)}
}

// line returns the line of a mark's id; 0 for one that was not seen.
func (s *seen) line(m mark) int {
	table := s.of(m)
	if size := len(table.slots); table.used >= size-size/8 {
		table.grow() // so that add finds room in the place that is remembered
	}
	table.last = table.find(m)
	return table.slots[table.last].line()
}

// add remembers the mark that line was asked for last, whose id was not seen.
func (s *seen) add(m mark) {
	table := s.of(m)
	table.slots[table.last] = m
	table.used++
}

func (s *seen) of(m mark) *seenTable { return &s.tables[m.mixed>>(64-8)] }

// find returns the slot of a mark's id, or the empty one where it belongs.
func (t *seenTable) find(m mark) int {
	for i := t.home(m); ; i++ {
		if i == len(t.slots) {
			i = 0
		}
		if s := &t.slots[i]; s.line() == 0 || s.mixed == m.mixed && s.rest>>lineBits == m.rest>>lineBits {
			return i
		}
	}
}

// home returns the slot where the search for a mark begins.
func (t *seenTable) home(m mark) int {
	high, _ := bits.Mul64(m.mixed<<8, uint64(len(t.slots))) // 8 bits chose the table
	return int(high)
}

// grow makes room for a quarter more.
func (t *seenTable) grow() {
	old := t.slots
	t.slots = make([]mark, max(16, len(old)+len(old)/4))
	for _, m := range old {
		if m.line() != 0 {
			t.slots[t.find(m)] = m
		}
	}
}
