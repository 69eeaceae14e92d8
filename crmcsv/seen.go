package crmcsv

import (
	"crypto/sha256"
	"encoding/binary"
	"hash/maphash"
	"math/bits"
)

// seen remembers the line of each deal id in 16 bytes a row. While ids rise or fall, as in most exports, it does
// not search; otherwise an index takes five to seven bytes more.
type seen struct {
	one, more uint64 // random; one is odd
	ends      [orderedBytes + 1]ends
	tables    [256]seenTable // each grows alone, so that memory never doubles at once
}

// mark is an id and a line in 128 bits: an id of up to 11 bytes whole, a longer one as 87 bits of a digest, which
// no two of 10¹² rows are expected to share. The bits are mixed with random numbers, so that nobody can write a
// file whose ids all stand in one part of a table.
type mark struct{ mixed, rest uint64 }

const lineBits = 40

func newSeen() *seen {
	seed := maphash.MakeSeed()
	return &seen{one: maphash.String(seed, "one") | 1, more: maphash.String(seed, "more")}
}

func (m mark) line() int { return int(m.rest & (1<<lineBits - 1)) }

func (m mark) isSame(other mark) bool {
	return m.mixed == other.mixed && m.rest>>lineBits == other.rest>>lineBits
}

// markOf returns the mark of an id without NUL and of a line, which is at most the largest that fits.
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
	mixed := first*s.one + last*s.more // no two firsts have one result beside the same last
	mixed = (mixed ^ mixed>>32) * s.one
	return mark{mixed: mixed, rest: last | min(uint64(line), 1<<lineBits-1)}
}

// line returns the line of an id with the mark m; 0 where it was not seen.
func (s *seen) line(id string, m mark) int {
	if len(id) < len(s.ends) && s.ends[len(id)].exclude(id) {
		return 0
	}
	return s.of(m).line(m)
}

// add remembers an id with the mark m, which was not seen before.
func (s *seen) add(id string, m mark) {
	if len(id) < len(s.ends) {
		s.ends[len(id)].include(id)
	}
	s.of(m).add(m)
}

func (s *seen) of(m mark) *seenTable { return &s.tables[m.mixed>>(64-8)] }

// orderedBytes is the length up to which the order of ids is compared.
const orderedBytes = 32

// ends holds the least and the greatest of the ids of one length that were seen.
type ends struct {
	least, greatest [orderedBytes]byte
	any             bool
}

// exclude reports whether an id of that length is below the least or above the greatest, and so was not seen.
func (e *ends) exclude(id string) bool {
	return !e.any || id > string(e.greatest[:len(id)]) || id < string(e.least[:len(id)])
}

func (e *ends) include(id string) {
	if !e.any || id > string(e.greatest[:len(id)]) {
		copy(e.greatest[:], id)
	}
	if !e.any || id < string(e.least[:len(id)]) {
		copy(e.least[:], id)
	}
	e.any = true
}

// seenTable holds marks in the order in which they were added, with an index that the first search builds.
type seenTable struct {
	chunks []*[chunkMarks]mark
	used   int // the number of marks
	// The index has open addressing. An entry holds the number of a mark, from 1, in its low
	// bits, and above them as many bits of the mark as there is room for.
	index   []uint32
	indexed int // the number of marks in the index
}

const chunkMarks = 64

func (t *seenTable) mark(n int) mark { return t.chunks[n/chunkMarks][n%chunkMarks] }

func (t *seenTable) add(m mark) {
	if t.used == len(t.chunks)*chunkMarks {
		t.chunks = append(t.chunks, new([chunkMarks]mark))
	}
	t.chunks[t.used/chunkMarks][t.used%chunkMarks] = m
	t.used++
}

// line returns the line of the mark with m's id; 0 where there is none.
func (t *seenTable) line(m mark) int {
	t.catchUp()
	if t.used == 0 {
		return 0
	}
	numbers := t.numbers()
	for i := t.home(m); ; i = t.next(i) {
		entry := t.index[i]
		if entry == 0 {
			return 0
		}
		if (entry^uint32(m.mixed))&^numbers == 0 {
			if known := t.mark(int(entry&numbers) - 1); known.isSame(m) {
				return known.line()
			}
		}
	}
}

// catchUp adds the marks since the last search. At least one of eight entries stays free; in a new index, three.
func (t *seenTable) catchUp() {
	if size := len(t.index); t.used > size-size/8 {
		t.index, t.indexed = make([]uint32, 16+t.used*8/5), 0
	}
	numbers := t.numbers()
	for ; t.indexed < t.used; t.indexed++ {
		m := t.mark(t.indexed)
		i := t.home(m)
		for t.index[i] != 0 {
			i = t.next(i)
		}
		t.index[i] = uint32(m.mixed)&^numbers | uint32(t.indexed+1)
	}
}

// numbers returns the bits of an entry that hold the number of a mark.
func (t *seenTable) numbers() uint32 { return 1<<bits.Len(uint(len(t.index))) - 1 }

// home returns the entry where the search for a mark begins.
func (t *seenTable) home(m mark) int {
	high, _ := bits.Mul64(m.mixed<<8, uint64(len(t.index))) // 8 bits chose the table
	return int(high)
}

func (t *seenTable) next(i int) int {
	if i++; i < len(t.index) {
		return i
	}
	return 0
}
