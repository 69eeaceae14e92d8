package comms

import (
	"strings"
	"unicode/utf8"

	"github.com/coselling/coselling/value"
)

const maxAddress = 320 // bytes: 64 of a local part, @, 255 of a domain

// foldAddress returns an address as addresses are compared: in lower case, without outer spaces and the tag after a
// plus.
func foldAddress(address string) (string, error) {
	address = strings.TrimSpace(address)
	at := strings.LastIndexByte(address, '@')
	if at < 1 || at == len(address)-1 || len(address) > maxAddress || !plain(address) {
		return "", addressFormat(address)
	}
	local, domain := address[:at], address[at+1:]
	if plus := strings.IndexByte(local, '+'); plus > 0 {
		return strings.ToLower(local[:plus] + "@" + domain), nil
	}
	return strings.ToLower(address), nil
}

// foldDomain returns a whole domain, such as @acme.example, in lower case.
func foldDomain(domain string) (string, error) {
	domain = strings.TrimSpace(domain)
	if len(domain) < 2 || len(domain) > maxAddress || strings.LastIndexByte(domain, '@') != 0 || !plain(domain) {
		return "", addressFormat(domain)
	}
	return strings.ToLower(domain), nil
}

// unplain holds the printable bytes that an address does not have.
var unplain = [256]bool{'<': true, '>': true, '(': true, ')': true, ',': true, ';': true, ':': true, '"': true,
	'\\': true, '[': true, ']': true}

// plain reports whether the text is UTF-8 without blanks, controls and unplain bytes.
func plain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c == 0x7f || unplain[c] {
			return false
		}
	}
	return utf8.ValidString(s)
}

func addressFormat(s string) error {
	return value.NewError(codeAddressFormat, value.Quote(s),
		"is no mail address; write it like ana@acme.example, at most 320 bytes")
}

// domainOf returns the part of a folded address from the @ on.
func domainOf(address string) string { return address[strings.LastIndexByte(address, '@'):] }
