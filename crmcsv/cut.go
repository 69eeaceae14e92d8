package crmcsv

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"strings"
)

// The mistakes of a record, in the words of encoding/csv.
const (
	bareQuote  = `bare " in non-quoted-field`
	wrongQuote = `extraneous or missing " in quoted-field`
)

// textOf returns the text of a record without its end, and with \n as the line end inside its cells.
func textOf(record []byte, lines int, lineEnd byte) string {
	record = bytes.TrimSuffix(record, []byte{'\n'})
	text := string(bytes.TrimSuffix(record, []byte{'\r'}))
	if lines > 1 {
		text = strings.ReplaceAll(text, "\r\n", "\n")
		if lineEnd == '\r' {
			text = strings.ReplaceAll(text, "\r", "\n")
		}
	}
	return text
}

// cut appends the cells of a record to cells, or returns the mistake of the record. It cuts
// as encoding/csv does, in a quarter of the time, because it looks at eight bytes at a time.
func cut(cells []string, record, delimiter string) (_ []string, mistake string) {
	start := 0 // of the present cell
	for at := 0; at < len(record); {
		next := at + 8
		marks := marksOf(eightBytes(record[at:]), delimiter[0])
		if len(delimiter) > 1 {
			marks = wholeOf(marks, record[at:], delimiter)
		}
		for ; marks != 0; marks &= marks - 1 {
			mark := at + bits.TrailingZeros64(marks)/8
			if record[mark] != '"' {
				cells = append(cells, record[start:mark])
				start = mark + len(delimiter)
				continue
			}
			if mark != start {
				return cells, bareQuote
			}
			cell, end := quotedCell(record, mark+1)
			if end < 0 {
				return cells, wrongQuote
			}
			cells = append(cells, cell)
			if end == len(record) {
				return cells, ""
			}
			if !strings.HasPrefix(record[end:], delimiter) {
				return cells, wrongQuote
			}
			start = end + len(delimiter)
			next = start
			break
		}
		at = next
	}
	return append(cells, record[start:]), ""
}

// quotedCell returns the cell that begins at begin, behind its quote, and the position behind its last quote; or
// −1.
func quotedCell(record string, begin int) (string, int) {
	doubled := false
	for end := begin; ; end += 2 {
		length := strings.IndexByte(record[end:], '"')
		if length < 0 {
			return "", -1
		}
		if end += length; end+1 < len(record) && record[end+1] == '"' {
			doubled = true
			continue
		}
		cell := record[begin:end]
		if doubled {
			cell = strings.ReplaceAll(cell, `""`, `"`)
		}
		return cell, end + 1
	}
}

// marksOf returns a number with the highest bit set in each byte in which x has the delimiter or a quote.
func marksOf(x uint64, delimiter byte) uint64 {
	const every, low = 0x0101010101010101, 0x7f7f7f7f7f7f7f7f
	d, q := x^every*uint64(delimiter), x^every*'"' // bytes of zero where x has one
	return ^((d&low + low | d) & (q&low + low | q)) &^ low
}

// wholeOf returns those of marks that stand for quotes and for whole delimiters of several bytes.
func wholeOf(marks uint64, text, delimiter string) uint64 {
	whole := uint64(0)
	for ; marks != 0; marks &= marks - 1 {
		at := bits.TrailingZeros64(marks) / 8
		if text[at] == '"' || strings.HasPrefix(text[at:], delimiter) {
			whole |= marks & -marks
		}
	}
	return whole
}

// eightBytes returns the first eight bytes of s, the first one lowest; behind the end of s they are NUL.
func eightBytes(s string) uint64 {
	var b [8]byte
	if len(s) >= len(b) {
		copy(b[:], s[:8]) // in one move
	} else {
		copy(b[:], s)
	}
	return binary.LittleEndian.Uint64(b[:])
}
