package crmcsv

import (
	"bytes"
	"io"
)

// The bounds of a record, with all the lines of its quoted cells.
const (
	maxRecordBytes = 1 << 20
	maxRecordLines = 1000
)

// records cuts an export into records: one ends with the line that closes its quotes. The window is bounded.
type records struct {
	source     io.Reader
	window     []byte
	start, end int   // of the bytes in the window that are not taken yet
	failed     error // the error with which source ended
	line       int   // the number of lines before start
	length     int   // of the present record, in bytes
	lines      int   // of the present record
	within     bool  // start is inside of a line that is above the bound
	lineEnd    byte  // a line feed, or a carriage return
	isASCII    bool  // the present record is, and so its accents need not be composed
	isText     bool  // the present record is text without NUL
	decoded    bool  // from another encoding than UTF-8; U+FFFD stands for bytes that are none of its text
}

// next returns the next record, or an empty line, valid until the next call; whole unless it is above the bounds.
func (r *records) next() (record []byte, whole bool, err error) {
	r.length, r.lines = 0, 0
	open := false // whether a quote is
	for {
		text, err := r.lineAt(r.length)
		switch {
		case r.within:
			r.takeRest(text, err)
			continue
		case r.length+len(text) > maxRecordBytes:
			return r.window[r.start:r.end], false, nil
		case err != nil && (err != io.EOF || r.length+len(text) == 0):
			return nil, false, err
		}
		r.length += len(text)
		r.lines++
		open = open != (bytes.Count(text, []byte{'"'})%2 == 1)
		if whole := !open || err == io.EOF; whole || r.lines == maxRecordLines {
			return r.window[r.start : r.start+r.length], whole, nil
		}
	}
}

// lineAt returns the line that begins offset bytes behind start, with its line end. Of a line above the bound
// it returns the beginning, and of the last line of the source everything with the source's error.
func (r *records) lineAt(offset int) ([]byte, error) {
	for scanned := offset; ; {
		if at := bytes.IndexByte(r.window[r.start+scanned:r.end], r.lineEnd); at >= 0 {
			return r.window[r.start+offset : r.start+scanned+at+1], nil
		}
		if scanned = r.end - r.start; scanned > maxRecordBytes {
			return r.window[r.start+offset : r.end], nil
		}
		if r.failed != nil {
			return r.window[r.start+offset : r.end], r.failed
		}
		r.fill()
	}
}

// fill reads more bytes of the source into the window.
func (r *records) fill() {
	const least, most = 1 << 16, maxRecordBytes + 1<<16
	if r.end == len(r.window) {
		window := r.window
		if size := len(window); r.end-r.start > size/2 || size == 0 {
			window = make([]byte, max(least, min(2*size, most)))
		}
		r.end = copy(window, r.window[r.start:r.end])
		r.start, r.window = 0, window
	}
	for range 100 {
		n, err := r.source.Read(r.window[r.end:])
		r.end += n
		if r.failed = err; n > 0 || err != nil {
			return
		}
	}
	r.failed = io.ErrNoProgress
}

// take moves start behind the present record.
func (r *records) take() {
	r.start += r.length
	r.line += r.lines
	r.length, r.lines = 0, 0
}

// takeLine moves start behind the first line of the present record, so that the lines after it are read again.
func (r *records) takeLine() {
	r.lines = 1
	if at := bytes.IndexByte(r.window[r.start:r.end], r.lineEnd); at >= 0 {
		r.length = at + 1
	} else {
		r.length, r.within = r.end-r.start, true
	}
	r.take()
}

// takeRest moves start behind a further part of a line that is above the bound.
func (r *records) takeRest(text []byte, err error) {
	r.start += len(text)
	r.within = err == nil && text[len(text)-1] != r.lineEnd
}
