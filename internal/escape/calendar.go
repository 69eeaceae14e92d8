package escape

import (
	"fmt"
	"strings"
)

// Calendar returns s for a text of an iCalendar file (RFC 5545): one line as by
// [Line], in which what separates values is escaped. Long lines are the caller's to
// fold.
func Calendar(s string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`).Replace(Line(s))
}

// CalendarID returns s for a part of an event's UID: what is no letter or digit of
// ASCII, underscore or hyphen is a percent sign and the byte in hexadecimal, so that
// no two texts give one id and none holds a dot.
func CalendarID(s string) string {
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '_' || c == '-' {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
