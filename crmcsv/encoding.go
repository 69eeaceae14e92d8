package crmcsv

import (
	"bytes"
	"io"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/coselling/coselling/value"
)

// The names of the encodings that have a byte-order mark.
const (
	utf8Name    = "utf-8"
	utf16LEName = "utf-16le"
	utf16BEName = "utf-16be"
)

// saveAsUTF8 is the advice for a file in another encoding.
const saveAsUTF8 = `save the file as UTF-8, which spreadsheets call "CSV UTF-8"`

// encodingOf returns the encoding with a name of the WHATWG, such as windows-1252, and its usual name.
func encodingOf(name string) (encoding.Encoding, string, error) {
	found, err := htmlindex.Get(name)
	usual := ""
	if err == nil {
		usual, err = htmlindex.Name(found)
	}
	if err != nil || usual == "replacement" || usual == "x-user-defined" {
		const want = "is no known encoding; write a name such as windows-1252, iso-8859-15, shift_jis or utf-16le"
		return nil, "", value.NewError("mapping.encoding", value.Quote(name), want)
	}
	return found, usual, nil
}

// byteOrderMark returns the encoding whose byte-order mark a file begins with, and the length of the mark.
func byteOrderMark(head []byte) (name string, size int) {
	switch {
	case bytes.HasPrefix(head, []byte("\ufeff")):
		return utf8Name, 3
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}):
		return utf16LEName, 2
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		return utf16BEName, 2
	}
	return "", 0
}

// begin finds out how the file is written: its encoding, which the mapping may state, and the end of its lines.
func (r *records) begin(stated string) error {
	for r.end < 4 && r.failed == nil {
		r.fill()
	}
	head := r.window[:r.end]
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte{0xd0, 0xcf, 0x11, 0xe0}) {
		const want = `is a workbook; save its sheet as CSV, which spreadsheets call "CSV UTF-8"`
		return value.NewError(fileHeader, "the file", want)
	}
	mark, size := byteOrderMark(head)
	if err := r.decode(stated, mark, size); err != nil {
		return err
	}
	r.findLineEnd()
	return nil
}

// decode reads on in UTF-8 behind a mark.
func (r *records) decode(stated, mark string, size int) error {
	head := r.window[r.start:r.end]
	name := stated
	if name == "" || mark != "" && strings.EqualFold(name, "utf-16") { // which leaves the order of bytes open
		name = mark
	}
	if name == "" {
		if len(head) > 1 && (head[0] == 0) != (head[1] == 0) {
			const want = "is in UTF-16 without a byte-order mark; state its encoding, utf-16le or utf-16be, or "
			return value.NewError(fileHeader, "the file", want+saveAsUTF8)
		}
		return nil
	}
	found, usual, err := encodingOf(name)
	if err != nil {
		return err
	}
	if mark != "" && mark != usual {
		want := "is the encoding of the mapping, and the file begins with the mark of " + strings.ToUpper(mark)
		return value.NewError(fileHeader, value.Quote(stated), want)
	}
	r.start += size
	switch usual {
	case utf8Name:
		return nil
	case utf16LEName:
		found = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case utf16BEName:
		found = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	rest := r.source
	if r.failed != nil {
		rest = ended{r.failed}
	}
	rest = io.MultiReader(bytes.NewReader(bytes.Clone(r.window[r.start:r.end])), rest)
	*r = records{source: transform.NewReader(rest, found.NewDecoder()), decoded: true}
	return nil
}

// ended is a source that ended with an error.
type ended struct{ err error }

func (e ended) Read([]byte) (int, error) { return 0, e.err }

// lineEndBytes is the length of the beginning of a file in which its line end is looked for.
const lineEndBytes = 1 << 16

// findLineEnd finds the character that ends lines: a carriage return alone, where the beginning of the file has
// such ones outside of quotes before its first line feed.
func (r *records) findLineEnd() {
	open, lone, wasCR := false, false, false // wasCR: the last character was a carriage return outside of quotes
	r.lineEnd = '\n'
	for at := range lineEndBytes {
		for r.start+at == r.end && r.failed == nil {
			r.fill()
		}
		if r.start+at == r.end {
			break
		}
		b := r.window[r.start+at]
		lone = lone || wasCR && b != '\n'
		wasCR = b == '\r' && !open
		if b == '"' {
			open = !open
		}
		if b == '\n' && !open {
			break
		}
	}
	if lone || wasCR {
		r.lineEnd = '\r'
	}
}
