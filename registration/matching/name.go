package matching

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/coselling/coselling/internal/fold"
	"github.com/coselling/coselling/value"
)

// name returns the name of an account without legal form, joined, and with spaces where it has more than one word.
func (r *Rules) name(name, country string) (joined, spaced string, err error) {
	switch {
	case name == "":
		return "", "", nil
	case len(name) > maxName:
		return "", "", value.NewError(accountName, strconv.Itoa(len(name))+" bytes",
			"are above the limit of "+strconv.Itoa(maxName))
	case !utf8.ValidString(name):
		return "", "", value.NewError(accountName, value.Quote(name), "is not UTF-8")
	}
	words := r.forms.strip(fold.Words(name), country)
	words = writtenOut(slices.DeleteFunc(words, func(w string) bool { return w == "" }))
	joined = strings.Join(words, "")
	if joined == "" {
		return "", "", value.NewError(accountName, value.Quote(name), "has no letter or digit")
	}
	if len(words) > 1 {
		spaced = shorten(strings.Join(words, " "))
	}
	return shorten(joined), spaced, nil
}

// abbreviations are words of names that people also write short.
var abbreviations = [...]struct{ short, long string }{
	{"st", "saint"}, {"ste", "saint"}, {"sainte", "saint"}, {"sankt", "saint"}, {"mt", "mount"}, {"ft", "fort"},
	{"bros", "brothers"}, {"gebr", "gebruder"}, {"intl", "international"}, {"int", "international"},
	{"natl", "national"}, {"mfg", "manufacturing"}, {"grp", "group"}, {"hldg", "holding"}, {"hldgs", "holdings"},
	{"svc", "service"}, {"svcs", "services"}, {"univ", "university"}, {"inds", "industries"}, {"ind", "industries"},
	{"mgmt", "management"}, {"tech", "technology"}, {"techs", "technologies"}, {"assoc", "associates"},
	{"dept", "department"}, {"govt", "government"}, {"engg", "engineering"}, {"eng", "engineering"},
	{"sys", "systems"}, {"labs", "laboratories"}, {"lab", "laboratory"}, {"pharma", "pharmaceuticals"},
}

// writtenOut returns the words of a name without an English article in front, and with abbreviations written out.
func writtenOut(words []string) []string {
	if len(words) > 1 && words[0] == "the" {
		words = words[1:]
	}
	for i, word := range words {
		for _, a := range abbreviations {
			if a.short == word {
				words[i] = a.long
			}
		}
	}
	return words
}

// shorten writes ae, oe and ue as a, o and u: some languages have one letter for them.
func shorten(s string) string {
	for _, vowel := range [...]string{"a", "o", "u"} {
		s = strings.ReplaceAll(s, vowel+"e", vowel)
	}
	return s
}
