package crmcsv

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/coselling/coselling/value"
)

// english is the language of a mapping that states none.
const english = "en"

// monthNames holds the names of the months in each language, and abbreviations that are not their beginnings.
func monthNames() map[string]string {
	return map[string]string{
		"da":    "januar februar marts april maj juni juli august september oktober november december",
		"de":    "januar|jänner februar märz|mrz april mai juni juli august september oktober november dezember",
		english: "january february march april may june july august september october november december",
		"es":    "enero febrero marzo abril mayo junio julio agosto septiembre|setiembre octubre noviembre diciembre",
		"fr": "janvier février|fevrier mars avril mai juin juillet août|aout septembre octobre novembre " +
			"décembre|decembre",
		"it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
		"nb": "januar februar mars april mai juni juli august september oktober november desember",
		"nl": "januari februari maart|mrt april mei juni juli augustus september oktober november december",
		"pl": "stycznia|styczeń lutego|luty marca|marzec kwietnia|kwiecień maja|maj czerwca|czerwiec lipca|lipiec " +
			"sierpnia|sierpień września|wrzesień października|październik listopada|listopad grudnia|grudzień",
		"pt": "janeiro fevereiro março|marco abril maio junho julho agosto setembro outubro novembro dezembro",
		"sv": "januari februari mars april maj juni juli augusti september oktober november december",
	}
}

// months holds the names of each month in one language, in lower case.
type months [12][]string

// monthsOf returns the names of a language, or an error that lists the languages.
func monthsOf(language string) (m months, err error) {
	all := monthNames()
	names, ok := all[language]
	if !ok {
		return m, value.Known("mapping.language", language, slices.Sorted(maps.Keys(all)))
	}
	for i, name := range strings.Fields(names) {
		m[i] = strings.Split(name, "|")
	}
	return m, nil
}

// read returns the month whose name text begins with, and the rest of text; 0 where it begins with none. A name
// may be cut to three letters or more while it is that of one month only, and may end in a point.
func (m *months) read(text string) (month int, rest string) {
	end := 0
	for end < len(text) && text[end]|0x20 >= 'a' && text[end]|0x20 <= 'z' {
		end++
	}
	if end < len(text) && text[end] >= utf8.RuneSelf {
		isEnd := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) }
		if end = strings.IndexFunc(text, isEnd); end < 0 {
			end = len(text)
		}
	}
	const long = 64 // bytes; no month has so long a name
	if end > long {
		return 0, text
	}
	name := folded(text[:end])
	rest = strings.TrimPrefix(text[end:], ".")
	isShort := utf8.RuneCountInString(name) < 3
	for i, names := range m {
		for _, full := range names {
			switch {
			case full == name:
				return i + 1, rest
			case isShort || !strings.HasPrefix(full, name) || month == i+1:
			case month != 0:
				month = -1
			default:
				month = i + 1
			}
		}
	}
	return max(month, 0), rest
}
