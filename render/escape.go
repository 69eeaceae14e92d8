package render

import (
	"fmt"
	"strings"
	"unicode"
)

// markdown returns text that a Markdown table shows as it is, on one line: marks of
// Markdown are escaped, marks of HTML become entities, controls and invisible
// characters become spaces.
func markdown(s string) string {
	var b strings.Builder
	for _, r := range plain(s) {
		switch {
		case strings.ContainsRune("\\`*_[]|~", r):
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '&':
			b.WriteString("&amp;")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// mermaid returns text that a Mermaid chart shows as it is: whatever is no letter,
// digit, space or harmless mark becomes an entity code.
func mermaid(s string) string {
	var b strings.Builder
	for _, r := range plain(s) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(" -_.'/", r) {
			b.WriteRune(r)
			continue
		}
		fmt.Fprintf(&b, "#%d;", r)
	}
	return b.String()
}

// plain returns text on one line: controls, line ends and invisible characters become
// spaces, and the ends are trimmed.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) || r == unicode.ReplacementChar {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
