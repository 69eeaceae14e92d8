// Package escape writes text from outside into a cell of a document, so that it stays there as text.
package escape

import (
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Line returns s as one line of plain text. It writes controls, line breaks, invisible characters, characters
// that change the direction of writing, and bytes that are not UTF-8 as escapes such as \n, \u200e or \xff.
// Blanks stay. Where there is an escape, backslashes are doubled, so that no two texts look the same.
func Line(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	for i, width := 0, 0; i < len(s); i += width {
		var r rune
		r, width = utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '\\':
			b.WriteString(`\\`)
		case r == utf8.RuneError && width == 1:
			b.WriteString(`\x` + strconv.FormatUint(uint64(s[i])|0x100, 16)[1:])
		case unicode.IsPrint(r):
			b.WriteRune(r)
		default:
			quoted := strconv.QuoteRune(r)
			b.WriteString(quoted[1 : len(quoted)-1])
		}
	}
	return b.String()
}

func plain(s string) bool {
	return utf8.ValidString(s) && strings.IndexFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) < 0
}

// Markdown returns s for a place inside a line, such as a cell of a table: [Line] with every character escaped
// that could be markup or HTML, begin a link or end the cell. Blanks at the ends stay.
func Markdown(s string) string {
	s = Line(s)
	var b strings.Builder
	for i := range len(s) {
		switch c := s[i]; {
		case c == '<':
			b.WriteString("&lt;")
		case c == '>':
			b.WriteString("&gt;")
		case c == '&':
			b.WriteString("&amp;")
		case c == ' ' && (i == 0 || i == len(s)-1):
			b.WriteString("&#32;")
		case strings.IndexByte("\\`*_[]|~$", c) >= 0, isMark(s, i):
			b.WriteByte('\\')
			b.WriteByte(c)
		default: // other marks have no meaning without one of these
			b.WriteByte(c)
		}
	}
	return b.String()
}

// isMark reports whether the character at i is markup there: of a list, a heading or an address.
func isMark(s string, i int) bool {
	before := s[:i]
	switch s[i] {
	case '+', '-':
		return i == 0
	case '#':
		return i == 0 || i == len(s)-1
	case ')', '.':
		ends := i+1 == len(s) || s[i+1] == ' '
		return ends && isNumber(before) || s[i] == '.' && i >= 3 && strings.EqualFold(before[i-3:], "www")
	case ':':
		return strings.HasPrefix(s[i:], "://")
	case '@':
		return true
	default:
		return false
	}
}

func isNumber(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// HTML returns s for a text or the value of an attribute in quotes: the line of [Line] without characters that
// have a meaning there.
func HTML(s string) string { return html.EscapeString(Line(s)) }

// Slack returns s for a message of Slack: the line of [Line], in which the three characters are escaped that
// begin links, mentions and entities. Slack has no escape for the marks of bold text and the like.
func Slack(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(Line(s))
}

// CSV returns s for a cell of RFC 4180: quoted where needed, with an apostrophe before what a spreadsheet takes
// for a formula. Do not use it for the program's numbers, which may begin with a minus.
func CSV(s string) string {
	if !formula(s) && !quoted(s) {
		return s
	}
	return string(AppendCSV(nil, s))
}

// AppendCSV appends the cell of [CSV].
func AppendCSV(b []byte, s string) []byte {
	if formula(s) {
		s = "'" + s
	}
	if !quoted(s) {
		return append(b, s...)
	}
	b = append(b, '"')
	b = append(b, strings.ReplaceAll(s, `"`, `""`)...)
	return append(b, '"')
}

// quoted reports whether a cell needs quotes.
func quoted(s string) bool {
	return s != "" && (strings.ContainsAny(s, ",;\"\r\n\t") || s[0] == ' ' || s[len(s)-1] == ' ')
}

// formula reports whether a spreadsheet may run the cell; some skip blanks and quotes, or take signs of full
// width.
func formula(s string) bool {
	for _, r := range s {
		switch {
		case strings.ContainsRune("=+-@|%＝＋－＠", r), r == '\t', r == '\r', r == '\n':
			return true
		case !unicode.IsSpace(r) && !unicode.IsControl(r) && unicode.IsPrint(r):
			return false
		}
	}
	return false
}

// Calendar returns [Line] for a text of an iCalendar file (RFC 5545), its separators escaped, not folded.
func Calendar(s string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`).Replace(Line(s))
}

// CalendarID returns s for a part of an event's UID: bytes other than ASCII letters, digits, _ and - become % and
// two hexadecimal digits, so that no two texts give one id, and no id has a dot.
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

// mermaidWords have a meaning at the start of a line of a Gantt chart; internal/rendercheck compares them.
var mermaidWords = [...]string{
	"acctitle", "accdescr", "accdescription", "axisformat", "call", "click", "dateformat", "excludes",
	"gantt", "includes", "inclusiveenddates", "section", "tickinterval", "title", "todaymarker", "topaxis",
	"weekday", "weekend",
}

// Mermaid returns s for a name in a chart: [Line] without blanks at its ends, in which unsafe characters are
// entity codes. So is the first one, where the name begins with a mark, a digit or a word of Mermaid.
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
