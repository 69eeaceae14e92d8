package main

import (
	"mime"
	"net/mail"
	"slices"
	"strings"
)

// automatic reports whether a program wrote a mail: an absence notice (RFC 3834), also as older programs mark it, or a
// report on a mail that was not delivered (RFC 6522), also without its form.
func automatic(h mail.Header) bool {
	if submitted := word(h.Get("Auto-Submitted")); submitted != "" && submitted != "no" {
		return true
	}
	kind, _, _ := mime.ParseMediaType(h.Get("Content-Type")) // "" where it is malformed
	from := strings.ToLower(h.Get("From"))
	return kind == "multipart/report" || word(h.Get("Precedence")) == "auto_reply" || h.Get("X-Autoreply") != "" ||
		h.Get("X-Autorespond") != "" || h.Get("X-Failed-Recipients") != "" || word(h.Get("Return-Path")) == "<>" ||
		strings.Contains(from, "mailer-daemon@") || strings.Contains(from, "<postmaster@")
}

// word returns the first word of a header in lower case, without parameters.
func word(text string) string {
	text, _, _ = strings.Cut(text, ";")
	return strings.ToLower(strings.TrimSpace(text))
}

// notice reports whether a part makes its mail the notice of a calendar program, such as an invitation or the answer to
// one: a calendar with a method other than PUBLISH.
func notice(kind string, params map[string]string) bool {
	methods := []string{"request", "reply", "cancel", "counter", "declinecounter", "refresh", "add"}
	return kind == "text/calendar" && slices.Contains(methods, strings.ToLower(params["method"]))
}
