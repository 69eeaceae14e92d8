package comms

import (
	"strconv"
	"testing"
	"time"

	"github.com/coselling/coselling/model"
)

// One more activity, the last one or one that arrives late, leads to a few
// judgements, whatever the log of 100,000 holds, and the log is not read again.
func TestAddingOneDoesNotReadTheLogAgain(t *testing.T) {
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	rules, err := Compile(DefaultPolicy())
	if err != nil {
		t.Fatal(err)
	}
	tracker, err := rules.Track(Facts{Opened: start, ModelSet: start, Size: model.Standard, People: []Correspondent{
		{Name: "ana", Party: model.PartnerOrg("acme"), Addresses: []string{"ana@acme.example"}},
		{Name: "bo", Party: model.VendorOrg("us"), Addresses: []string{"bo@us.example"}},
		{Prospect: true, Addresses: []string{"@calder.example"}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	add := func(id string, i int) {
		a := Activity{ID: id, At: start.Add(time.Duration(i) * 10 * time.Minute), Side: model.Partner}
		switch i % 8 {
		case 0, 1, 2:
			a.Kind, a.Subject, a.From, a.To = Mail, "Offer", "ana@acme.example",
				[]string{"bo@us.example", "dana@calder.example"}
			a.Refs = []string{"thread " + strconv.Itoa(i/800)}
		case 3:
			a.Kind, a.From, a.To = Meeting, "ana@acme.example", []string{"bo@us.example", "dana@calder.example"}
		case 4:
			a.Kind, a.From, a.To, a.Purpose = Call, "ana@acme.example", []string{"bo@us.example"}, Purpose(1+i/8%3)
		case 5:
			a.Kind = Question
		case 6:
			a.Kind, a.Side, a.About = Answer, model.Vendor, []string{strconv.Itoa(i - 1)}
		case 7:
			a.Kind, a.Shared = Note, true
		}
		if err := tracker.Add(a); err != nil {
			t.Fatal(err)
		}
	}
	const n = 100_000
	for i := range n {
		add(strconv.Itoa(i), i)
	}
	end := start.Add(n * 10 * time.Minute)
	tracker.Report(end)
	before := tracker.known
	for i := range 16 {
		at := n + i
		if i >= 8 {
			at = n/2 + i // late
		}
		add("one more "+strconv.Itoa(i), at)
		if arriving := len(tracker.known.arriving.items); arriving != 1 {
			t.Fatalf("activity %d: %d wait to be taken up", i, arriving)
		}
		tracker.known.learn()
		if waiting := len(tracker.known.waiting); waiting > 5 {
			t.Errorf("activity %d has %d subjects judged again", i, waiting)
		}
		tracker.Report(end.Add(time.Duration(i) * time.Hour))
		if tracker.known != before {
			t.Fatalf("activity %d had the whole log read again", i)
		}
	}
}
