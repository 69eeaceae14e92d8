package registration

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/coselling/coselling/value"
)

// checkText refuses what is not 1 to limit bytes of UTF-8 that are not blank and have no
// control or invisible characters.
func checkText(code value.Code, s string, limit int, want string) error {
	if len(s) <= limit && utf8.ValidString(s) && visible(s) {
		return nil
	}
	return value.NewError(code, value.Quote(s), want)
}

// visible reports whether s is not blank and has no control or invisible characters.
func visible(s string) bool {
	return strings.TrimSpace(s) != "" &&
		!strings.ContainsFunc(s, func(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) })
}
