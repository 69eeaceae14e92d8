package render

import (
	"strings"

	"github.com/coselling/coselling/internal/escape"
)

// MarkdownText returns a text escaped for one line of Markdown, such as a cell of a table. Empty stays empty.
func MarkdownText(s string) string { return escape.Markdown(s) }

// CSVCell returns a text escaped for a cell of a CSV file (RFC 4180): in quotes where needed, and after an
// apostrophe where a spreadsheet would run it as a formula. A number such as -12.50 is unchanged.
func CSVCell(s string) string {
	if isPlain(s) || isNumber(s) {
		return s
	}
	return escape.CSV(s)
}

// inner holds a bit for each ASCII character that may be inside a cell without quotes.
var inner = [4]uint64{
	1<<' ' | 1<<'-' | 1<<'.' | (1<<10-1)<<'0',
	1<<('_'-64) | (1<<26-1)<<('A'-64) | (1<<26-1)<<('a'-64),
}

// isPlain reports whether s begins with a letter, a digit or '_' and can be a cell without quotes.
func isPlain(s string) bool {
	for i := range len(s) {
		if inner[s[i]/64]>>(s[i]%64)&1 == 0 {
			return false
		}
	}
	return s == "" || s[0] > '.' && s[len(s)-1] != ' '
}

// isNumber reports whether s consists of digits, with an optional minus sign and point.
func isNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	whole, fraction, hasPoint := strings.Cut(s, ".")
	return isDigits(whole) && (!hasPoint || isDigits(fraction))
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
