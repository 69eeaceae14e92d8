package main

import "testing"

// Mails of programs: an absence notice by RFC 3834, a report on a mail that was not delivered by RFC 6522.
func TestMailsOfProgramsAreAutomatic(t *testing.T) {
	const head = "Message-Id: <1@calder.example>\r\nDate: Mon, 02 Nov 2026 09:00:00 +0100\r\n" +
		"From: Dana Weiss <dana.weiss@calder.example>\r\nTo: ana.diaz@acme.example\r\nSubject: Away\r\n"
	for header, want := range map[string]bool{
		"":                                 false,
		"Auto-Submitted: no\r\n":           false,
		"Auto-Submitted: auto-replied\r\n": true,
		"Auto-Submitted: Auto-Generated; owner-email=x@calder.example\r\n":            true,
		"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n": true,
	} {
		m, err := parseMessage("m.eml", []byte(head+header+"\r\nI am back on Thursday.\r\n"))
		if m.automatic != want {
			t.Errorf("%q makes the mail automatic: %t, want %t; %v", header, m.automatic, want, err)
		}
	}
}
