package crmcsv

import (
	"slices"
	"strings"

	"github.com/coselling/coselling/value"
)

// layoutWords are the words of a layout of days, a longer one before those that it begins with.
var layoutWords = [...]string{
	"YYYY", "YY", "MMMM", "MMM", "MM", "M", "DD", "D", "HH", "H", "hh", "h", "mm", "ss", "A", "Z",
}

// The layouts that are numbers of days, seconds and milliseconds.
const (
	layoutExcel  = "excel"
	layoutUnix   = "unix_s"
	layoutUnixMS = "unix_ms"
)

// layout is a way in which days are written.
type layout struct {
	text  string // as the mapping states it
	parts []layoutPart
}

// layoutPart is one word of a layout, or the text between words.
type layoutPart struct {
	word    byte // its first letter, and n for the name of a month; 0 for text between words
	text    string
	least   int // digits of a number
	most    int
	touches bool // another number begins behind it at once
}

// newLayout reads a layout, or says what is wrong with it.
func newLayout(text string) (layout, *value.Error) {
	l := layout{text: text}
	if text == layoutExcel || text == layoutUnix || text == layoutUnixMS {
		return l, nil
	}
	for rest := text; rest != ""; {
		size := 1
		at := slices.IndexFunc(layoutWords[:], func(word string) bool { return strings.HasPrefix(rest, word) })
		switch {
		case at >= 0:
			l.parts = append(l.parts, wordPart(layoutWords[at]))
			size = len(layoutWords[at])
		case rest[0] == '[' && strings.IndexByte(rest, ']') > 0:
			size = strings.IndexByte(rest, ']') + 1
			l.parts = append(l.parts, layoutPart{text: rest[1 : size-1]})
		case rest[0]|0x20 >= 'a' && rest[0]|0x20 <= 'z' || rest[0] == '[':
			return l, unknownLayout(text)
		default:
			l.parts = append(l.parts, layoutPart{text: rest[:1]})
		}
		rest = rest[size:]
	}
	for i := range l.parts[:max(len(l.parts)-1, 0)] {
		if l.parts[i].most > 0 && l.parts[i+1].most > 0 {
			l.parts[i].touches, l.parts[i].least, l.parts[i+1].least = true, l.parts[i].most, l.parts[i+1].most
		}
	}
	if !l.isWhole() {
		const want = "is no whole layout; it needs a year, a month and a day once each, hours beside minutes and Z, " +
			"minutes beside seconds, and A beside hh or h"
		return l, value.NewError(formatUnknown, value.Quote(text), want)
	}
	return l, nil
}

func unknownLayout(text string) *value.Error {
	want := "is no layout of days; its words are " + strings.Join(layoutWords[:], ", ") + ", other letters stand " +
		"in [brackets], and the layouts " + layoutExcel + ", " + layoutUnix + " and " + layoutUnixMS + " are numbers"
	return value.NewError(formatUnknown, value.Quote(text), want)
}

func wordPart(word string) layoutPart {
	switch word {
	case "YYYY":
		return layoutPart{word: 'Y', text: word, least: 4, most: 4}
	case "YY":
		return layoutPart{word: 'Y', text: word, least: 2, most: 2}
	case "MMMM", "MMM":
		return layoutPart{word: 'n', text: word}
	case "A", "Z":
		return layoutPart{word: word[0], text: word}
	default:
		return layoutPart{word: word[0], text: word, least: 1, most: 2}
	}
}

// isWhole reports whether the words of a layout say one day, and its time of day whole.
func (l *layout) isWhole() bool {
	var n ['z' + 1]int
	for _, p := range l.parts {
		n[p.word]++
	}
	once := n['Y'] == 1 && n['M']+n['n'] == 1 && n['D'] == 1
	hours := n['H'] + n['h']
	atMostOnce := hours <= 1 && n['m'] <= hours && n['s'] <= n['m'] && n['Z'] <= hours
	return once && atMostOnce && n['A'] == n['h']
}

// swapped returns the layout with the day in place of the month; false where nobody would take one for the other:
// where the month is a name, or the year stands first.
func (l *layout) swapped() (layout, bool) {
	isNumber := func(p layoutPart) bool { return p.word == 'D' || p.word == 'M' }
	year := slices.IndexFunc(l.parts, func(p layoutPart) bool { return p.word == 'Y' })
	first := slices.IndexFunc(l.parts, isNumber)
	if year < first || first < 0 {
		return layout{}, false
	}
	other := layout{parts: slices.Clone(l.parts)}
	second := first + 1 + slices.IndexFunc(other.parts[first+1:], isNumber)
	if second == first {
		return layout{}, false
	}
	x, y := &other.parts[first], &other.parts[second]
	x.word, x.text, y.word, y.text = y.word, y.text, x.word, x.text
	for _, p := range other.parts {
		other.text += p.written()
	}
	return other, true
}

// written returns a part as a mapping states it.
func (p layoutPart) written() string {
	if p.word == 0 && strings.ToLower(p.text) != strings.ToUpper(p.text) { // letters
		return "[" + p.text + "]"
	}
	return p.text
}
