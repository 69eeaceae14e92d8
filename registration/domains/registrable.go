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

const maxHost = 2048 // bytes of the host or the address that contains it

// Codes of bad input that this package refuses.
const (
	// DomainFormat refuses text that is not a host name.
	DomainFormat value.Code = "domain.format"
)

// Registrable returns the registrable domain of a host, in ASCII and lower case: the public suffix and one more
// label (reg.same_account). It takes a host, a web address or a mail address, with an internationalised name in
// either form, blanks around it, a port and one dot at its end. Tenants of the hosting services in the private part of
// the list have domains of their own: acme.github.io.
//
// Errors, one at a time and without a path: [DomainFormat], also for "", a mail address with a name such as
// Ana <ana@acme.com>, and more than 2,048 bytes; domain.address for an IP address; domain.local for a name whose
// top-level domain is not public, such as localhost; domain.suffix for co.uk; domain.mixed for a label with Latin
// letters beside Cyrillic or Greek ones. A look-alike name that is written in one script is another domain, and
// another company.
func Registrable(host string) (string, error) {
	if len(host) > maxHost {
		return "", value.NewError(DomainFormat, value.Quote(host), "is too long for a host")
	}
	if !utf8.ValidString(host) {
		return "", value.NewError(DomainFormat, value.Quote(host), "is not UTF-8")
	}
	bare := hostOf(host)
	if address(strings.Trim(bare, "[]")) {
		return "", value.NewError("domain.address", value.Quote(host), "is an IP address; give the company's domain")
	}
	ascii, err := idna.Lookup.ToASCII(bare)
	if err != nil || ascii == "" || !labels(ascii) {
		return "", value.NewError(DomainFormat, value.Quote(host), "is not a host name, such as www.acme.com")
	}
	if name, _ := idna.ToUnicode(ascii); mixed(name) {
		return "", value.NewError("domain.mixed", value.Quote(host),
			"mixes Latin letters with look-alikes of another script")
	}
	return registrable(host, ascii)
}

// address reports whether the host is an IP address, each of which has a colon or ends with a digit.
func address(host string) bool {
	if !strings.Contains(host, ":") && strings.TrimRight(host, "0123456789") == host {
		return false
	}
	_, err := netip.ParseAddr(host)
	return err == nil
}

// registrable returns the registrable domain of the ASCII form of host.
func registrable(host, ascii string) (string, error) {
	suffix, managed := publicsuffix.PublicSuffix(ascii)
	if !managed && !strings.Contains(suffix, ".") { // neither part of the list has it
		return "", value.NewError("domain.local", value.Quote(host),
			"has no public top-level domain; give the company's public domain")
	}
	domain, err := publicsuffix.EffectiveTLDPlusOne(ascii)
	if err != nil {
		return "", value.NewError("domain.suffix", value.Quote(host),
			"is a public suffix, under which others have their domains")
	}
	return domain, nil
}

// hostOf returns the host of a web or mail address.
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

// labels reports whether ascii has at most 253 bytes, each label 1 to 63 letters, digits, inner hyphens, the last no
// number.
func labels(ascii string) bool {
	const allowed = "abcdefghijklmnopqrstuvwxyz0123456789-"
	last := ""
	for label := range strings.SplitSeq(ascii, ".") {
		if label == "" || len(label) > 63 || strings.Trim(label, "-") != label || strings.Trim(label, allowed) != "" {
			return false
		}
		last = label
	}
	return len(ascii) <= 253 && strings.Trim(last, "0123456789") != ""
}

// mixed reports whether a label has Latin letters beside Cyrillic or Greek ones.
func mixed(name string) bool {
	for label := range strings.SplitSeq(name, ".") {
		has := func(scripts ...*unicode.RangeTable) bool {
			return strings.ContainsFunc(label, func(r rune) bool { return unicode.In(r, scripts...) })
		}
		if has(unicode.Latin) && has(unicode.Cyrillic, unicode.Greek) {
			return true
		}
	}
	return false
}
