package matching

import (
	_ "embed" // the list
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:generate go run ../../internal/listgen

// legalFormList has a folded form a line, then a tab and the countries in which it is one: none means that the words
// are never part of a company's name elsewhere.
//
//go:embed lists/legal-forms.txt
var legalFormList string

// legalForms finds the legal forms at the ends of a name.
type legalForms struct {
	words     map[string]string // from words joined with a space to countries; "": any country
	longest   int               // number of words of the longest form
	glued     []string          // forms of scripts without spaces, longest first
	countries map[string]bool   // that have a form of their own in the list
}

func newLegalForms() legalForms {
	_, list, _ := strings.Cut(legalFormList, "\n\n") // behind the comment
	f := legalForms{words: make(map[string]string, strings.Count(list, "\n")), countries: make(map[string]bool, 256)}
	for line := range strings.Lines(list) {
		form, countries, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		f.words[form] = countries
		f.longest = max(f.longest, 1+strings.Count(form, " "))
		for country := range strings.FieldsSeq(countries) {
			f.countries[country] = true
		}
		if glued(form) {
			f.glued = append(f.glued, form)
		}
	}
	slices.SortStableFunc(f.glued, func(a, b string) int { return len(b) - len(a) })
	return f
}

// glued reports whether a form is written before or after a name without a space.
func glued(form string) bool {
	r, _ := utf8.DecodeRuneInString(form)
	return unicode.In(r, unicode.Han, unicode.Hangul, unicode.Thai) && utf8.RuneCountInString(form) > 2 &&
		!strings.Contains(form, " ")
}

// strip removes legal forms from the end and then from the beginning of a name, but never its last word. A form with
// countries is removed only if the country is one of them, unknown, or has no form of its own in the list.
func (f legalForms) strip(words []string, country string) []string {
	if !f.countries[country] {
		country = ""
	}
	for n := f.at(words, country, false); n > 0; n = f.at(words, country, false) {
		words = words[:len(words)-n]
	}
	for n := f.at(words, country, true); n > 0; n = f.at(words, country, true) {
		words = words[n:]
	}
	return f.unglue(words)
}

// at returns the number of words of the longest form at one end; at least one word of the name is outside of it.
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
