package crmcsv

import (
	"crypto/sha256"
	"encoding/binary"
	"math/bits"
)

// seen remembers the line of each deal id in 16 bytes a row: 88 bits of a digest of the
// id, and the line in 40. Two ids of one digest are not to be expected among fewer than
// 10¹² rows. A table is one of many, each of which grows by itself, so that memory
// never doubles at once.
type seen [256]seenTable

type seenTable struct {
	slots []mark // of open addressing
	used  int
	last  int // the slot that was looked at
}

// mark is a digest and a line; the line of an empty slot is 0.
type mark struct{ digest, rest uint64 }

const lineBits = 40

func (m mark) line() int { return int(m.rest & (1<<lineBits - 1)) }

// markOf returns the mark of an id with a line; a line that needs more bits is shown as
// the largest one.
func markOf(id string, line int) mark {
	sum := sha256.Sum256([]byte(id))
	return mark{
		digest: binary.LittleEndian.Uint64(sum[:]),
		rest:   binary.LittleEndian.Uint64(sum[8:])<<lineBits | min(uint64(line), 1<<lineBits-1),
	}
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

func (s *seen) of(m mark) *seenTable { return &s[m.rest>>(64-8)] }

// find returns the slot of a mark's id, or the empty one where it belongs.
func (t *seenTable) find(m mark) int {
	high, _ := bits.Mul64(m.digest, uint64(len(t.slots)))
	for i := int(high); ; i++ {
		if i == len(t.slots) {
			i = 0
		}
		if s := t.slots[i]; s.line() == 0 || s.digest == m.digest && s.rest>>lineBits == m.rest>>lineBits {
			return i
		}
	}
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
