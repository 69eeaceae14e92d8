package comms_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/model"
)

// Threads go by message id where a mail names others, and by subject and people
// where it names none: two mails of different sides on one day are a
// comm.no_duplicate_outreach unless they are of one thread.
func TestMailsAreLinkedIntoThreads(t *testing.T) {
	for _, c := range []struct {
		name string
		edit func(a, b *comms.Activity)
		one  bool
	}{
		{"nothing in common", func(a, b *comms.Activity) { a.Subject, b.Subject = "x", "y" }, false},
		{"the same subject and people", func(a, b *comms.Activity) {
			a.Subject, b.Subject = "Offer",
				"RE: AW[2]: fwd:  OFFER "
		}, true},
		{"the same subject, other people", func(a, b *comms.Activity) {
			a.Subject, b.Subject, b.To = "Offer", "Re: Offer", []string{dana, ana, "eve@calder.example"}
		}, false},
		{"no subject", func(a, b *comms.Activity) { a.Subject, b.Subject = "", "Re:" }, false},
		{"an answer by id", func(a, b *comms.Activity) { a.Subject, b.Subject, b.Refs = "x", "y", []string{"a"} },
			true},
		{"a common ancestor that nobody logged", func(a, b *comms.Activity) {
			a.Subject, b.Subject, a.Refs, b.Refs = "x", "y", []string{"root", "z"}, []string{"root"}
		}, true},
		{"other ids go before the same subject", func(a, b *comms.Activity) {
			a.Subject, b.Subject, b.Refs = "Offer",
				"Offer", []string{"z"}
		}, false},
		{"an answer in other languages", func(a, b *comms.Activity) {
			a.Subject, b.Subject = "Odp: Offer", "[EXTERNAL] RES: 回复：YNT: R: VS: offer"
		}, true},
		{"a gateway's word and the number of an answer", func(a, b *comms.Activity) {
			a.Subject, b.Subject = "[Externe Mail] Re(3): Offer", "EXT: Offer"
		}, true},
		{"another tag is a part of the subject",
			func(a, b *comms.Activity) { a.Subject, b.Subject = "[depots] Offer", "Offer" }, false},
		{"a word with a colon is no prefix",
			func(a, b *comms.Activity) { a.Subject, b.Subject = "Offer", "Plan: Offer" }, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, b := mail("a", "Mon 10:00", ana, bo, dana), mail("b", "Mon 11:00", bo, ana, dana)
			c.edit(&a, &b)
			log := []comms.Activity{a, b}
			for range 2 {
				got := lines(report(t, plainDeal(), at("Fri 00:00"), log...), comms.DuplicateOutreach)
				if (len(got) == 0) != c.one {
					t.Errorf("one thread is %t, got %q", c.one, got)
				}
				slices.Reverse(log)
			}
		})
	}
}

// A mail that connects two threads mends what each of them broke alone, from its own
// instant on.
func TestAMailJoinsTwoThreads(t *testing.T) {
	apart := mail("a", "Mon 10:00", ana, dana)
	other := mail("b", "Mon 11:00", bo, dana)
	join := mail("c", "Tue 10:00", dana, ana, bo)
	join.Refs = []string{"a", "b"}
	tracker, err := compiled(t).Track(plainDeal())
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range []comms.Activity{join, other, apart} {
		if err := tracker.Add(a); err != nil {
			t.Fatal(err)
		}
	}
	count := func(when string) [2]int {
		r := tracker.Report(at(when))
		return [2]int{len(lines(r, comms.DuplicateOutreach)), len(lines(r, comms.SeparateStream))}
	}
	if got := count("Tue 09:59"); got != [2]int{1, 2} {
		t.Errorf("before the join: %v", got)
	}
	// The two sides write in one thread, so neither of them is left out of it.
	if got := count("Tue 10:00"); got != [2]int{0, 0} {
		t.Errorf("after the join: %v", got)
	}
	if got := count("Tue 09:59"); got != [2]int{1, 2} {
		t.Errorf("asked about the past again: %v", got)
	}
}

// comm.single_thread, comm.separate_stream, comm.notify: cases D7 and M13. A forward to the rep who missed mails of a
// thread ends what they broke, and is the notice where it comes in time; so is any later mail of the thread with
// the rep on it.
func TestAForwardEndsWhatAMailBroke(t *testing.T) {
	forward := func(when string, to ...string) comms.Activity {
		f := mail("f", when, bo, to...)
		f.Refs = []string{"m2"}
		return f
	}
	second := mail("m2", "Mon 10:10", bo, dana)
	second.Refs = []string{"m1"}
	answer := mail("f", "Mon 10:30", dana, bo, ana)
	answer.Side, answer.Refs = model.Vendor, []string{"m1"}
	for name, c := range map[string]struct {
		last comms.Activity
		want string // the findings that still hold, and those that were
	}{
		"nothing":             {mail("f", "Mon 10:30", bo, ana), "5 0"},
		"a forward":           {forward("Mon 10:30", ana), "0 3"},
		"a forward, too late": {forward("Mon 12:00", ana), "0 5"},
		"a forward to gil":    {forward("Mon 10:30", "gil@us.example"), "5 0"},
		"an answer with ana":  {answer, "0 3"},
	} {
		tracker, err := compiled(t).Track(plainDeal())
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range []comms.Activity{mail("m1", "Mon 10:00", bo, dana), second, c.last} {
			if err := tracker.Add(a); err != nil {
				t.Fatal(err)
			}
		}
		open, over := 0, 0
		for _, f := range tracker.Report(at("Mon 15:00")).Findings {
			if f.Until.IsZero() {
				open++
			} else {
				over++
			}
		}
		if got := fmt.Sprint(open, over); got != c.want {
			t.Errorf("%s: %s findings hold and are over, want %s: %v", name, got, c.want, tracker.Report(at("Mon 15:00")).Findings)
		}
		if tracker.Thread("m2") != "m1" || tracker.Thread("x") != "" {
			t.Errorf("%s: the thread of m2 begins with %q", name, tracker.Thread("m2"))
		}
	}
}
