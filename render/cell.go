package render

import (
	"strings"

	"github.com/coselling/coselling/internal/escape"
)

// MarkdownText returns a text from outside for a cell of a Markdown table or any other
// place inside a line: one line, in which nothing is markup, HTML or the end of the
// cell. An empty text stays empty.
func MarkdownText(s string) string { return escape.Markdown(s) }

// CSVCell returns a text from outside for a cell of a CSV file (RFC 4180): quoted where
// it has to be, and with an apostrophe in front where a spreadsheet would run it as a
// formula. A plain number, such as -12.50, is no formula and stays a number.
func CSVCell(s string) string {
	if isPlain(s) || isNumber(s) {
		return s
	}
	return escape.CSV(s)
}

// AppendCSVCell appends what [CSVCell] returns to b, for files of many rows.
func AppendCSVCell(b []byte, s string) []byte {
	if isPlain(s) || isNumber(s) {
		return append(b, s...)
	}
	return escape.AppendCSV(b, s)
}

// isPlain reports whether s begins with a letter or a digit of ASCII and holds nothing
// that would need a quote.
func isPlain(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
		case i > 0 && (c == '-' || c == '.' || c == '_' || c == ' ' && i < len(s)-1):
		default:
			return false
		}
	}
	return true
}

// isNumber reports whether s is digits, with a sign and a point at most.
func isNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	whole, fraction, hasPoint := strings.Cut(s, ".")
	return isDigits(whole) && (!hasPoint || isDigits(fraction))
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
