package escape

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// mermaidWords are what a line of a Gantt chart may begin with to mean something else
// than a name. The tests of internal/rendercheck ask Mermaid's parser for them.
var mermaidWords = [...]string{
	"acctitle", "accdescr", "accdescription", "axisformat", "call", "click", "dateformat", "excludes", "gantt",
	"includes", "inclusiveenddates", "section", "tickinterval", "title", "todaymarker", "topaxis", "weekday", "weekend",
}

// Mermaid returns s for a name in a Mermaid chart: one line as by [Line], without
// blanks at its ends, in which whatever is no letter, digit, blank or harmless mark is
// an entity code. So is what a name begins with where it begins with a mark, a digit or
// a word of Mermaid's own.
func Mermaid(s string) string {
	s = strings.Trim(Line(s), " ")
	first := strings.TrimSuffix(s, strings.TrimLeftFunc(s, unicode.IsLetter))
	reserved := slices.Contains(mermaidWords[:], strings.ToLower(first))
	var b strings.Builder
	for i, r := range s {
		harmless := unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(" -_.'/", r)
		if i == 0 {
			harmless = unicode.IsLetter(r) && !reserved
		}
		if harmless {
			b.WriteRune(r)
		} else {
			b.WriteString("#" + strconv.Itoa(int(r)) + ";")
		}
	}
	return b.String()
}
