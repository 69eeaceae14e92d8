package registration

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// printable reports whether s is 1 to limit bytes of UTF-8 that are not blank and have
// no control or invisible characters.
func printable(s string, limit int) bool {
	return len(s) <= limit && utf8.ValidString(s) && visible(s)
}

// visible reports whether s is not blank and has no control or invisible characters.
func visible(s string) bool {
	return strings.TrimSpace(s) != "" &&
		!strings.ContainsFunc(s, func(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) })
}
