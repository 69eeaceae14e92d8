package crmcsv

import (
	"bufio"
	"bytes"
	"io"
	"slices"
)

// maxRowBytes bounds one row of an export, with all the lines of its quoted cells.
const maxRowBytes = 4 << 20

// lines hands an export to the CSV reader line by line and keeps the lines of the
// row at hand, so that a quote that is never closed spoils one line and not the
// rest of the file.
type lines struct {
	source  *bufio.Reader
	failed  error  // what source ended with
	again   []byte // lines to be handed out once more, before source goes on
	pending []byte // the rest of the line that is being handed out
	row     []byte // handed out since the row began
	done    int    // lines of the file before the row
	cut     bool   // the row is above its bound, and was handed out in part
}

// begin takes the row at hand as read.
func (l *lines) begin() {
	l.done += bytes.Count(l.row, []byte{'\n'})
	l.row, l.cut = l.row[:0], false
}

// Read hands out at most one line, so that the CSV reader never holds more than
// its row; a row above its bound ends as if the file did.
func (l *lines) Read(p []byte) (int, error) {
	if len(l.row) >= maxRowBytes {
		l.cut = true
		return 0, io.EOF
	}
	if len(l.pending) == 0 {
		l.pending = l.next()
	}
	if len(l.pending) == 0 {
		return 0, l.failed
	}
	n := copy(p, l.pending)
	l.pending = l.pending[n:]
	l.row = append(l.row, p[:n]...)
	return n, nil
}

// next returns the next line or a piece of it, nothing where source has ended.
func (l *lines) next() []byte {
	if len(l.again) > 0 {
		line := firstLine(l.again)
		l.again = l.again[len(line):]
		return line
	}
	if l.failed != nil {
		return nil
	}
	line, err := l.source.ReadSlice('\n')
	if err != nil && err != bufio.ErrBufferFull {
		l.failed = err
	}
	return line
}

// first returns the line of the file where the row at hand begins.
func (l *lines) first() int {
	return l.done + 1 + bytes.Count(l.row[:blank(l.row)], []byte{'\n'})
}

// skipBlank takes the empty lines that the row begins with as read and hands out the
// rest once more; it reports whether there are any.
func (l *lines) skipBlank() bool {
	length := blank(l.row)
	l.handBack(length)
	return length > 0
}

// handBack keeps the beginning of the row and hands out the rest once more.
func (l *lines) handBack(kept int) {
	l.again = slices.Concat(l.row[kept:], l.pending, l.again)
	l.row, l.pending = l.row[:kept], nil
}

// retry takes the first line of the row as read and hands out those after it once
// more. A first line that was cut is read to its end.
func (l *lines) retry() {
	skipped := blank(l.row)
	first := skipped + len(firstLine(l.row[skipped:]))
	whole := first > 0 && l.row[first-1] == '\n'
	l.handBack(first)
	for !whole {
		piece := l.next()
		whole = len(piece) == 0 || piece[len(piece)-1] == '\n'
		if whole && len(piece) > 0 {
			l.done++
		}
	}
}

// blank returns the length of the empty lines that text begins with, which the CSV
// reader skips.
func blank(text []byte) int {
	length := 0
	for {
		line := firstLine(text[length:])
		if s := string(line); s != "\n" && s != "\r\n" {
			return length
		}
		length += len(line)
	}
}

// firstLine returns the first line of text with its end, or all of it.
func firstLine(text []byte) []byte {
	if at := bytes.IndexByte(text, '\n'); at >= 0 {
		return text[:at+1]
	}
	return text
}
