package main

import (
	"net/mail"
	"regexp"
	"slices"
	"strings"

	"github.com/coselling/coselling/value"
)

// addresses returns the mail addresses of a header, its groups opened. Names do not matter: where their form is not
// that of RFC 5322, as in Lind, Bo <bo@us.example>, or they are in an unknown character set, the plain addresses are
// read.
func addresses(headers []string) ([]string, error) {
	var list []string
	for _, text := range headers {
		if strings.TrimSpace(text) == "" {
			continue
		}
		if parsed, err := mail.ParseAddressList(text); err == nil {
			for _, a := range parsed {
				list = append(list, a.Address)
			}
			continue
		}
		plain, err := plainAddresses(text)
		if err != nil {
			return nil, err
		}
		list = append(list, plain...)
	}
	return list, nil
}

var comment = regexp.MustCompile(`\([^()@]*\)`)

// plainAddresses returns the addresses of a list whose names are malformed: between separators those in angle brackets,
// or else the first word with an @. What has neither belongs to the name of the next address.
func plainAddresses(text string) ([]string, error) {
	var list []string
	rest := false
	for _, one := range splitAddresses(comment.ReplaceAllString(text, " ")) {
		if _, inside, ok := cutLast(one, "<"); ok {
			one, _, _ = strings.Cut(inside, ">")
		} else if _, member, ok := cutLast(one, ":"); ok { // the name of a group
			one = member
		}
		words := strings.Fields(one)
		at := slices.IndexFunc(words, func(word string) bool { return strings.Contains(word, "@") })
		switch {
		case at >= 0:
			list, rest = append(list, strings.Trim(words[at], `"'()`)), false
		case len(words) > 0:
			rest = true
		}
	}
	if rest || len(list) == 0 && !strings.HasSuffix(strings.TrimSpace(text), ";") {
		return nil, value.NewError("comms.address.format", value.Quote(text), "is no list of addresses")
	}
	return list, nil
}

// splitAddresses cuts a list at its commas and semicolons, but for those in quotes.
func splitAddresses(text string) []string {
	var list []string
	quoted, start := false, 0
	for i := range len(text) {
		switch c := text[i]; {
		case c == '"':
			quoted = !quoted
		case (c == ',' || c == ';') && !quoted:
			list, start = append(list, text[start:i]), i+1
		}
	}
	return append(list, text[start:])
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}
