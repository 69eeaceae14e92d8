package registration

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// printable reports whether s is 1 to limit bytes of UTF-8 that are not blank and have
// no control or invisible characters.
func printable(s string, limit int) bool {
	return len(s) <= limit && strings.TrimSpace(s) != "" && utf8.ValidString(s) &&
		!strings.ContainsFunc(s, func(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) })
}
