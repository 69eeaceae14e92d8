package crmcsv

import "math/bits"

// seenTable holds marks in the order in which they came, and finds them once it is asked.
type seenTable struct {
	chunks []*[chunkMarks]mark
	used   int // marks
	// The index of the first marks, of open addressing: the number of a mark from 1 in the
	// low bits, and above them as many bits of the mark as there is room for.
	index   []uint32
	indexed int
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

// line returns the line of a mark's id; 0 for one that is not there.
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

// catchUp brings the marks into the index that came since it was asked last. Of eight
// entries of an index at least one is free, of a new one three.
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
