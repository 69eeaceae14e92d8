package main

import (
	"net/mail"
	"slices"
	"strings"
	"testing"
	"time"
)

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

// M11: an address is read beside any name; what is none is refused.
func TestAddressesAreReadBesideMalformedNames(t *testing.T) {
	for header, want := range map[string]string{
		"Lind, Bo <bo@x>": "bo@x",
		"a@x, Lind, Bo <bo@x>, c@x (Cy, the third)": "a@x bo@x c@x",
		"bo@x <bo@x>":                 "bo@x",
		"'bo@x' <bo@x>; Ana Diaz a@x": "bo@x a@x",
		"Bo [US] <bo@x>, ":            "bo@x",
		"=?x-none?Q?B=F6?= <bo@x>":    "bo@x",
		"\"Lind, <Bo>\" <bo@x":        "bo@x",
		"team: a@x, Lind, Bo <bo@x>;": "a@x bo@x",
		"undisclosed-recipients:;":    "",
		"Bo at x":                     "refused",
		"a@x, Bo at x":                "refused",
		"Lind, Bo":                    "refused",
	} {
		list, err := addresses([]string{header})
		got := strings.Join(list, " ")
		if err != nil {
			got = "refused"
		}
		if got != want {
			t.Errorf("%s: %q, want %q; %v", header, got, want, err)
		}
	}
}

// M6: a date is one instant, whatever the host's zone.
func TestDatesOfMailsAreReadWithoutTheHost(t *testing.T) {
	for text, want := range map[string]string{
		"Tue, 3 Nov 2026 09:00:00 EST":         "14:00",
		"Tue, 3 Nov 2026 09:00:00 edt":         "13:00",
		"3 Nov 26 09:00 GMT":                   "09:00",
		"Tue, 3 Nov 2026 09:00:00 +0100 (CET)": "08:00",
		"Tue, 3 Nov 2026 09:00:00 -0500 (EST)": "14:00",
		"Tue, 3 Nov 2026 09:00:00 CET":         "08:00",
		"Tue, 3 Nov 2026 09:00:00 IST":         "refused",
		"Tue, 3 Nov 2026 09:00:00":             "refused",
		"Tue, 3 Nov 2026 09:00:00 A":           "refused",
		"":                                     "refused",
	} {
		at, err := mailDate(text)
		got := at.Format("15:04")
		if err != nil {
			got = "refused"
		}
		if got != want || at.Location() != time.UTC {
			t.Errorf("%s: %s, want %s; %v", text, got, want, err)
		}
	}
}

// M9: of each mail the words "mine" are the author's, "theirs" are not.
func TestOnlyTheWordsOfTheAuthorCount(t *testing.T) {
	for _, text := range []string{
		"mine\n> theirs\n>> theirs\nmine\n",
		"mine\n\n-----Ursprüngliche Nachricht-----\nVon: Bo\n\ntheirs\n",
		"mine\n---------- Forwarded message ---------\nFrom: Bo\n\ntheirs\n",
		"mine\n----- Offer -----\nmine\n",
		"mine\nFrom: Monday on we meet.\nmine\n",
		"mine\n*From:* Bo Lind\n*Sent:* Monday\n*To:* Ana\n*Subject:* x\n\ntheirs\n",
		"mine\nDe : Bo Lind <bo@x>\nEnvoyé\u00a0: lundi\nÀ\u00a0: Ana\nObjet\u00a0: x\n\ntheirs\n",
		"mine\n发件人: Bo\n发送时间: 2026年11月2日\n收件人: Ana\n主题: x\n\ntheirs\n",
		"mine\nAm 02.11.2026 um 11:20 schrieb Bo Lind:\n\ntheirs\n",
		"mine\nAm 02.11.2026 um 11:20 schrieb Bo Lind <bo@x>:\n> theirs\n\nmine\n",
		"mine\nDen mån 2 nov. 2026 kl 11:20 skrev Bo Lind <bo@x>:\ntheirs\n",
		"mine\nпн, 2 нояб. 2026 г. в 11:20, Bo <bo@x>:\n> theirs\nmine\n",
		"mine\nLe lun. 2 nov. 2026 à 11:20, Bo Lind\n<bo@x> a écrit\u00a0:\ntheirs\n",
		"mine\nBegin forwarded message:\n\ntheirs\n",
		"mine\nAs Bo wrote:\nmine\n",
	} {
		own := ownWords(text)
		if strings.Contains(own, "theirs") || strings.Count(own, "mine") != strings.Count(text, "mine") {
			t.Errorf("of %q the author's are %q", text, own)
		}
	}
}

// M8: the author of a list's mail is in Reply-To, or nobody.
func TestTheAuthorOfAListsMail(t *testing.T) {
	list := map[string][]string{"List-Id": {"Depots <d.lists.example>"}, "List-Post": {"<mailto:d@lists.example>"}}
	for _, c := range []struct {
		from    string
		list    bool
		replyTo []string
		want    string
	}{
		{"ana@x", false, []string{"bo@x"}, "ana@x"},
		{"ana@x", true, []string{"d@lists.example"}, "ana@x"}, // a list that left the author
		{"d@lists.example", true, []string{"ana@x"}, "ana@x"},
		{"d@lists.example", true, []string{"D@lists.example", "ana@x"}, "ana@x"},
		{"d@lists.example", true, []string{"ana@x", "bo@x"}, ""},
		{"d@lists.example", true, nil, ""},
		{"Ana via Depots <d@group.example>", false, []string{"ana@x"}, "ana@x"},
	} {
		h := mail.Header{"From": {c.from}}
		if c.list {
			h["List-Id"], h["List-Post"] = list["List-Id"], list["List-Post"]
		}
		from, err := addresses(h["From"])
		if err != nil {
			t.Fatal(err)
		}
		if got := author(h, from[0], slices.Clone(c.replyTo)); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}

// M3: durations of a calendar; a day is one of the zone, an hour passes.
func TestDurationsOfACalendar(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	start := time.Date(2026, time.October, 24, 10, 0, 0, 0, berlin)
	for text, want := range map[string]string{
		"PT1H30M": "24 11:30", "P1D": "25 10:00", "PT24H": "25 09:00", "P1W": "31 10:00", "+P1DT0H5M10S": "25 10:05",
		"": "", "P": "", "PT": "", "PT1": "", "1H": "", "PT1M1H": "", "-PT1H": "", "PT9999999S": "", "P1H": "",
	} {
		end, err := afterDuration(start, text)
		if got := end.Format("02 15:04"); err == nil && got != want || err != nil && want != "" {
			t.Errorf("%s: %s, want %q; %v", text, got, want, err)
		}
	}
}
