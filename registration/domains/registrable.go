package domains

import (
	"net/netip"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"

	"github.com/coselling/coselling/value"
)

const maxHost = 2048 // bytes, of the host or the address around it

// Registrable returns the registrable domain of a host, in ASCII and lower case: the
// public suffix and one label more (reg.same_account). It takes a host, a web address
// or a mail address, internationalised ones in either form. Tenants of hosting
// services that are in the private part of the list have domains of their own.
//
// Errors: [DomainFormat]; [DomainAddress] for an IP address; [DomainLocal] for localhost
// and every name whose top-level domain is not public; [DomainSuffix] for co.uk;
// [DomainMixed] for a label with Latin letters beside Cyrillic or Greek ones. Look-alikes
// in one script are other domains, and other companies.
func Registrable(host string) (string, error) {
	if len(host) > maxHost {
		return "", value.NewError(DomainFormat, value.Quote(host), "is too long for a host")
	}
	if !utf8.ValidString(host) {
		return "", value.NewError(DomainFormat, value.Quote(host), "is not UTF-8")
	}
	bare := hostOf(host)
	if _, err := netip.ParseAddr(strings.Trim(bare, "[]")); err == nil {
		return "", value.NewError(DomainAddress, value.Quote(host), "is an IP address; give the company's domain")
	}
	ascii, err := idna.Lookup.ToASCII(bare)
	if err != nil || ascii == "" || !labels(ascii) {
		return "", value.NewError(DomainFormat, value.Quote(host), "is no host name, such as www.acme.com")
	}
	if name, _ := idna.ToUnicode(ascii); mixed(name) {
		return "", value.NewError(DomainMixed, value.Quote(host), "mixes Latin letters with look-alikes of another script")
	}
	return registrable(host, ascii)
}

func registrable(host, ascii string) (string, error) {
	suffix, managed := publicsuffix.PublicSuffix(ascii)
	if !managed && !strings.Contains(suffix, ".") { // neither a rule of ICANN nor a private one
		return "", value.NewError(DomainLocal, value.Quote(host), "has no public top-level domain; give the company's public domain")
	}
	domain, err := publicsuffix.EffectiveTLDPlusOne(ascii)
	if err != nil {
		return "", value.NewError(DomainSuffix, value.Quote(host), "is a public suffix, under which others have their domains")
	}
	return domain, nil
}

// hostOf takes the host out of a web or mail address.
func hostOf(s string) string {
	s = strings.TrimSpace(s)
	if _, rest, ok := strings.Cut(s, "://"); ok {
		s = rest
	}
	if end := strings.IndexAny(s, "/?#"); end >= 0 {
		s = s[:end]
	}
	s = s[strings.LastIndexByte(s, '@')+1:]
	if at := strings.LastIndexByte(s, ':'); at >= 0 && strings.Count(s, ":") == 1 || strings.Contains(s, "]:") {
		s = s[:at]
	}
	return strings.TrimSuffix(s, ".")
}

// labels reports whether every label is 1 to 63 letters, digits and inner hyphens,
// and the whole at most 253 bytes; the last label is no number.
func labels(ascii string) bool {
	last := ""
	for label := range strings.SplitSeq(ascii, ".") {
		if label == "" || len(label) > 63 || strings.Trim(label, "-") != label || strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			return false
		}
		last = label
	}
	return len(ascii) <= 253 && strings.Trim(last, "0123456789") != ""
}

func mixed(name string) bool {
	for label := range strings.SplitSeq(name, ".") {
		latin := strings.ContainsFunc(label, func(r rune) bool { return unicode.Is(unicode.Latin, r) })
		other := strings.ContainsFunc(label, func(r rune) bool { return unicode.In(r, unicode.Cyrillic, unicode.Greek) })
		if latin && other {
			return true
		}
	}
	return false
}
