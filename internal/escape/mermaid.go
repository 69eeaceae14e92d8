package escape

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// mermaidWords are what a line of a Mermaid chart may begin with to mean something
// else than a name.
var mermaidWords = [...]string{
	"acctitle", "accdescr", "accdescription", "axisformat", "call", "classdef", "click", "dateformat", "excludes", "gantt", "href",
	"includes", "inclusiveenddates", "section", "style", "tickinterval", "title", "todaymarker", "topaxis", "vert", "weekday", "weekend",
}

// Mermaid returns s for a name in a Mermaid chart: one line as by [Line], without
// blanks at its ends, in which whatever is no letter, digit, blank or harmless mark is
// an entity code. So is what a name begins with where it begins with a digit or with a
// word of Mermaid's own, and a letter of the word that turns a diagram wherever it
// stands.
func Mermaid(s string) string {
	s = strings.Trim(Line(s), " ")
	first := strings.TrimSuffix(s, strings.TrimLeftFunc(s, unicode.IsLetter))
	reserved := slices.Contains(mermaidWords[:], strings.ToLower(first))
	var b strings.Builder
	for i, r := range s {
		harmless := unicode.IsLetter(r) || strings.ContainsRune(" -_.'/", r) || unicode.IsDigit(r)
		switch {
		case i == 0:
			harmless = unicode.IsLetter(r) && !reserved && !turns(s)
		case turns(s[i:]):
			harmless = false
		}
		if harmless {
			b.WriteRune(r)
		} else {
			b.WriteString("#" + strconv.Itoa(int(r)) + ";")
		}
	}
	return b.String()
}

// turns reports whether s begins with the word after which Mermaid looks for a
// direction.
func turns(s string) bool {
	const word = "direction"
	return len(s) >= len(word) && strings.EqualFold(s[:len(word)], word)
}
