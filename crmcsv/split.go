package crmcsv

import (
	"math/bits"
	"strings"
)

// split cuts a line of CSV without its end into cells, appended to cells. It returns
// false for what it leaves to encoding/csv: a quote inside of a cell, a cell of several
// lines, a mistake. What it does cut, it cuts as encoding/csv does, in a quarter of the
// time.
func split(cells []string, line string, delimiter byte) ([]string, bool) {
	start, at := 0, 0 // of the cell at hand, and of the next eight bytes
	for at+8 <= len(line) {
		marks := marksOf(eightBytes(line[at:]), delimiter)
		for next := at + 8; ; marks &= marks - 1 {
			if marks == 0 {
				at = next
				break
			}
			mark := at + bits.TrailingZeros64(marks)/8
			if line[mark] == delimiter {
				cells = append(cells, line[start:mark])
				start = mark + 1
				continue
			}
			end := closing(line, start, mark, delimiter)
			if end < 0 {
				return cells, false
			}
			cells = append(cells, line[start+1:end])
			if end+1 == len(line) {
				return cells, true
			}
			start, at = end+2, end+2
			break
		}
	}
	return splitShort(cells, line, start, at, delimiter)
}

// splitShort cuts the last bytes of a line, from at on; the cell at hand began at start.
func splitShort(cells []string, line string, start, at int, delimiter byte) ([]string, bool) {
	for ; at < len(line); at++ {
		switch line[at] {
		case delimiter:
			cells = append(cells, line[start:at])
			start = at + 1
		case '"':
			end := closing(line, start, at, delimiter)
			if end < 0 {
				return cells, false
			}
			cells = append(cells, line[start+1:end])
			if end+1 == len(line) {
				return cells, true
			}
			start, at = end+2, end+1
		}
	}
	return append(cells, line[start:]), true
}

// closing returns where the quoted cell that begins at start is closed, by the last
// quote of the cell; −1 for a quote that stands elsewhere.
func closing(line string, start, quote int, delimiter byte) int {
	end := quote + 1 + strings.IndexByte(line[quote+1:], '"')
	if quote != start || end == quote || end+1 < len(line) && line[end+1] != delimiter {
		return -1
	}
	return end
}

// marksOf returns the highest bit of each byte of x that is the delimiter or a quote.
func marksOf(x uint64, delimiter byte) uint64 {
	const every, low = 0x0101010101010101, 0x7f7f7f7f7f7f7f7f
	d, q := x^every*uint64(delimiter), x^every*'"' // nought where x has one
	return ^((d&low + low | d) & (q&low + low | q)) &^ low
}

// eightBytes returns the first bytes of s, the first one lowest.
func eightBytes(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}
