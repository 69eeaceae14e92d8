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

// inner are the letters and digits of ASCII and what else needs no quote inside of a cell,
// a bit for each.
var inner = [4]uint64{
	1<<' ' | 1<<'-' | 1<<'.' | (1<<10-1)<<'0',
	1<<('_'-64) | (1<<26-1)<<('A'-64) | (1<<26-1)<<('a'-64),
}

// isPlain reports whether s begins with a letter, a digit or a low line and holds nothing
// that would need a quote.
func isPlain(s string) bool {
	for i := range len(s) {
		if inner[s[i]/64]>>(s[i]%64)&1 == 0 {
			return false
		}
	}
	return s == "" || s[0] > '.' && s[len(s)-1] != ' '
}

// isNumber reports whether s is digits, with a sign and a point at most.
func isNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	whole, fraction, hasPoint := strings.Cut(s, ".")
	return isDigits(whole) && (!hasPoint || isDigits(fraction))
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
