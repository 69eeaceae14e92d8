package crmcsv

import (
	"crypto/sha256"
	"encoding/binary"
	"hash/maphash"
)

// seen remembers the line of each deal id in 16 bytes a row. While the ids of a file rise
// or fall, as those of most exports do, nothing is searched; else an index takes five to
// seven bytes a row more.
type seen struct {
	one, more uint64 // random; one is odd
	ends      [orderedBytes + 1]ends
	tables    [256]seenTable // each of which grows by itself, so that memory never doubles at once
}

// mark is the bits of an id and a line, which is not 0. An id of up to 11 bytes stands for
// itself in 88 bits, a longer one for 87 bits of a digest; two of one digest are not to be
// expected among fewer than 10¹² rows.
//
// The bits are mixed with random numbers, so that nobody can write a file whose ids crowd
// one place. Which ids are the same does not depend on them.
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
	mixed := first*s.one + last*s.more // for each last, another one for each first
	mixed = (mixed ^ mixed>>32) * s.one
	return mark{mixed: mixed, rest: last | min(uint64(line), 1<<lineBits-1)}
}

// line returns the line of an id, whose mark is m; 0 for one that was not seen.
func (s *seen) line(id string, m mark) int {
	if len(id) < len(s.ends) && s.ends[len(id)].exclude(id) {
		return 0
	}
	return s.of(m).line(m)
}

// add remembers an id that was not seen, whose mark is m.
func (s *seen) add(id string, m mark) {
	if len(id) < len(s.ends) {
		s.ends[len(id)].include(id)
	}
	s.of(m).add(m)
}

func (s *seen) of(m mark) *seenTable { return &s.tables[m.mixed>>(64-8)] }

// orderedBytes is how long the ids are whose order is looked at.
const orderedBytes = 32

// ends are the least and the greatest of the ids of one length that were seen.
type ends struct {
	least, greatest [orderedBytes]byte
	any             bool
}

// exclude reports whether an id of that length is not among them for its place alone.
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
