package crmcsv

import (
	"crypto/sha256"
	"encoding/binary"
	"hash/maphash"
)

// seen remembers the line of each deal id in 16 bytes for each row. As long as the ids of a
// file rise or fall, as in most exports, it does not search; otherwise an index takes five to
// seven more bytes for each row.
type seen struct {
	one, more uint64 // random; one is odd
	ends      [orderedBytes + 1]ends
	tables    [256]seenTable // each grows alone, so that memory never doubles at once
}

// mark is an id and a line in 128 bits. An id of up to 11 bytes is kept whole in 88 bits, a longer one as 87
// bits of a digest. Among fewer than 10¹² rows two ids are not expected to have one digest.
//
// The bits are mixed with random numbers, so that nobody can write a file whose ids all stand
// in one part of a table. Two ids are equal or not whatever these numbers are.
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

// markOf returns the mark of an id without NUL and of a line. Lines above the largest that
// fits count as that one.
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
