// Package escape writes text from outside, such as a rep's id, into a cell of a
// document, so that it stays in its cell and is read as text.
package escape

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Line returns s as one line of plain text: a control, an invisible character or
// a byte that is no UTF-8 is written as an escape such as \n, \u200e or \xff, and so
// are line breaks and characters that turn the direction of writing. Blanks stay, a
// backslash is doubled where there is an escape, so that no two texts look alike.
func Line(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	for i, width := 0, 0; i < len(s); i += width {
		var r rune
		r, width = utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '\\':
			b.WriteString(`\\`)
		case r == utf8.RuneError && width == 1:
			b.WriteString(`\x` + strconv.FormatUint(uint64(s[i])|0x100, 16)[1:])
		case unicode.IsPrint(r):
			b.WriteRune(r)
		default:
			quoted := strconv.QuoteRune(r)
			b.WriteString(quoted[1 : len(quoted)-1])
		}
	}
	return b.String()
}

func plain(s string) bool {
	return utf8.ValidString(s) && strings.IndexFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) < 0
}

// Markdown returns s for a cell of a Markdown table, or any other place inside a line:
// one line as by [Line], in which every character that could be markup, HTML, the
// begin of a link or the end of the cell is escaped. Blanks at the ends stay.
func Markdown(s string) string {
	s = Line(s)
	var b strings.Builder
	for i := range len(s) {
		switch c := s[i]; {
		case c == '<':
			b.WriteString("&lt;")
		case c == '>':
			b.WriteString("&gt;")
		case c == '&':
			b.WriteString("&amp;")
		case c == ' ' && (i == 0 || i == len(s)-1):
			b.WriteString("&#32;")
		case strings.IndexByte("\\`*_[]|~$", c) >= 0, isMark(s, i):
			b.WriteByte('\\')
			b.WriteByte(c)
		default: // other marks are none without one of those
			b.WriteByte(c)
		}
	}
	return b.String()
}

// isMark reports whether a character is markup where it stands: a sign of a list or a
// heading, or what makes an address a link.
func isMark(s string, i int) bool {
	before := s[:i]
	switch s[i] {
	case '+', '-':
		return i == 0
	case '#':
		return i == 0 || i == len(s)-1
	case ')', '.':
		ends := i+1 == len(s) || s[i+1] == ' '
		return ends && isNumber(before) || s[i] == '.' && i >= 3 && strings.EqualFold(before[i-3:], "www")
	case ':':
		return strings.HasPrefix(s[i:], "://")
	case '@':
		return true
	default:
		return false
	}
}

func isNumber(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// CSV returns s for a cell of a CSV file (RFC 4180): quoted where it has to be, and
// with an apostrophe in front where a spreadsheet would take it for a formula. Numbers
// of the program's own, which may begin with a minus, are written as they are.
func CSV(s string) string {
	if !formula(s) && !quoted(s) {
		return s
	}
	return string(AppendCSV(nil, s))
}

// AppendCSV appends what [CSV] returns.
func AppendCSV(b []byte, s string) []byte {
	if formula(s) {
		s = "'" + s
	}
	if !quoted(s) {
		return append(b, s...)
	}
	b = append(b, '"')
	b = append(b, strings.ReplaceAll(s, `"`, `""`)...)
	return append(b, '"')
}

// quoted reports whether a cell has to be.
func quoted(s string) bool {
	return s != "" && (strings.ContainsAny(s, ",;\"\r\n\t") || s[0] == ' ' || s[len(s)-1] == ' ')
}

// formula reports whether a spreadsheet may run the cell: some skip blanks, controls
// and quotes in front of the sign, and take signs of full width for it.
func formula(s string) bool {
	for _, r := range s {
		switch {
		case strings.ContainsRune("=+-@|%＝＋－＠", r), r == '\t', r == '\r', r == '\n':
			return true
		case !unicode.IsSpace(r) && !unicode.IsControl(r) && unicode.IsPrint(r):
			return false
		}
	}
	return false
}
