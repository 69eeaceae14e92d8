package crmcsv

import "math/bits"

// seenTable holds marks in the order in which they were added, with an index that is built on
// the first search.
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

// catchUp adds the marks since the last search to the index. At least one of eight entries
// stays free; of a new index, three of eight are.
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
