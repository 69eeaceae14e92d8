package matching

import (
	"slices"
	"strings"
)

// legalForms finds the legal forms at the ends of a name.
type legalForms struct {
	words   map[string]string // from words joined with a space to countries; "": any country
	longest int               // number of words of the longest form
	glued   []string          // forms of scripts without spaces, longest first
}

func newLegalForms() legalForms {
	f := legalForms{words: make(map[string]string, len(legalFormTable)), longest: 1}
	for _, entry := range legalFormTable {
		for form := range strings.SplitSeq(entry.forms, ",") {
			words := tokens(form)
			f.add(strings.Join(words, " "), entry.countries)
			f.longest = max(f.longest, len(words))
		}
	}
	for _, form := range gluedForms {
		f.glued = append(f.glued, strings.Join(tokens(form), ""))
	}
	slices.SortFunc(f.glued, func(a, b string) int { return len(b) - len(a) })
	return f
}

// add adds a form, which the table may have for several groups of countries.
func (f legalForms) add(form, countries string) {
	switch known, twice := f.words[form]; {
	case twice && (known == "" || countries == ""):
		countries = ""
	case twice:
		countries = known + " " + countries
	}
	f.words[form] = countries
}

// strip removes legal forms from both ends of a name, but never its last word, and those of other countries.
func (f legalForms) strip(words []string, country string) []string {
	for n := f.at(words, country, false); n > 0; n = f.at(words, country, false) {
		words = words[:len(words)-n]
	}
	for n := f.at(words, country, true); n > 0; n = f.at(words, country, true) {
		words = words[n:]
	}
	return f.unglue(words)
}

// at returns the number of words of the longest form at one end; one word of the name is left.
func (f legalForms) at(words []string, country string, start bool) int {
	for n := min(f.longest, len(words)-1); n > 0; n-- {
		part := words[len(words)-n:]
		if start {
			part = words[:n]
		}
		countries, ok := f.words[strings.Join(part, " ")]
		if ok && (country == "" || countries == "" || strings.Contains(countries, country)) {
			return n
		}
	}
	return 0
}

// unglue removes the forms that are written without a space.
func (f legalForms) unglue(words []string) []string {
	if len(words) == 0 {
		return nil
	}
	words = slices.Clone(words)
	for _, form := range f.glued {
		if rest, ok := strings.CutSuffix(words[len(words)-1], form); ok && len(rest)+len(words) > 1 {
			words[len(words)-1] = rest
		}
		if rest, ok := strings.CutPrefix(words[0], form); ok && len(rest)+len(words) > 1 {
			words[0] = rest
		}
	}
	return words
}
