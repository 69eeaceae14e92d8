package comms

import "testing"

// comm.single_thread: a subject is compared without the marks of answers, and with everything that only looks like one.
func TestSubjectsAreComparedWithoutMarksOfAnswers(t *testing.T) {
	for subject, want := range map[string]string{
		"Offer":                         "offer",
		" Offer \t for  Calder ":        "offer for calder",
		"Re: Offer":                     "offer",
		"RE[2]: Offer":                  "offer",
		"re(3): fw: Offer":              "offer",
		"Re^4: Offer":                   "offer",
		"AW: WG: Offer":                 "offer",
		"Antw: Doorst: Offer":           "offer",
		"Rép : Offer":                   "offer",
		"回复：Offer":                      "offer",
		"Re: 转发：Offer: two":             "offer: two",
		"[EXT] Offer":                   "offer",
		"[External] Re: [EXTERN] Offer": "offer",
		"[sender is external] Offer":    "offer",
		"[Acme] Offer":                  "[acme] offer",
		"[ext Offer":                    "[ext offer",
		"External: Offer":               "offer",
		"Renewal: Offer":                "renewal: offer",
		"[2]: Offer":                    "[2]: offer",
		"Re":                            "re",
		"Re:":                           "",
		"Offer re: price":               "offer re: price",
		"Budget: Re: Offer":             "budget: re: offer",
		"":                              "",
	} {
		if got := topic(subject); got != want {
			t.Errorf("comm.single_thread: %q is compared as %q, want %q", subject, got, want)
		}
	}
}
