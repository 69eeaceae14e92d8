package main

import (
	"net/mail"
	"slices"
	"strings"
)

// author returns who wrote a mail: its From, but where a list put itself there the one address of Reply-To that is not
// the list's; "" where nobody can tell. from and replyTo are the addresses of these headers.
func author(h mail.Header, from string, replyTo []string) string {
	if !ofList(h, from) && !strings.Contains(strings.ToLower(h.Get("From")), " via ") {
		return from
	}
	others := slices.DeleteFunc(slices.Clone(replyTo), func(a string) bool {
		return ofList(h, a) || strings.EqualFold(a, from)
	})
	if len(others) == 1 {
		return others[0]
	}
	return ""
}

// ofList reports whether an address is that of the list which sent the mail (RFC 2369, RFC 2919).
func ofList(h mail.Header, address string) bool {
	address = strings.ToLower(address)
	post, id := strings.ToLower(h.Get("List-Post")), strings.ToLower(h.Get("List-Id"))
	return address != "" && (strings.Contains(post, "<mailto:"+address+">") ||
		strings.Contains(post, "<mailto:"+address+"?") ||
		strings.Contains(id, "<"+strings.Replace(address, "@", ".", 1)+">"))
}
