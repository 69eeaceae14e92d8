package comms_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/internal/naive/commstest"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// benchDeal is a deal of one rep a side.
func benchDeal() comms.Facts {
	return comms.Facts{Opened: commstest.Begin, ModelSet: commstest.Begin, Agreed: commstest.Begin, Size: model.Standard, People: []comms.Correspondent{
		{Name: "ana", Party: model.PartnerOrg("acme"), Addresses: []string{"ana@acme.example"}},
		{Name: "bo", Party: model.VendorOrg("us"), Addresses: []string{"bo@us.example"}},
		{Prospect: true, Addresses: []string{"@calder.example"}},
	}}
}

// benchLog is a log of n activities, twenty a day: mails that answer one another,
// calls, meetings with prep and debrief, questions, notes, quotes. Every fiftieth
// activity breaks a rule.
func benchLog(n int) []comms.Activity {
	log := make([]comms.Activity, 0, n+10)
	for i := 0; len(log) < n; i++ {
		log = append(log, benchDay(i)...)
	}
	slices.SortStableFunc(log, func(a, b comms.Activity) int { return a.At.Compare(b.At) })
	return log[:n]
}

func benchDay(i int) []comms.Activity {
	day := commstest.Begin.Add(time.Duration(i) * 24 * time.Hour)
	id := func(name string) string { return fmt.Sprintf("%s-%d", name, i) }
	both := []string{"bo@us.example", "dana@calder.example"}
	var log []comms.Activity
	add := func(a comms.Activity, minute int) {
		a.At = day.Add(time.Duration(minute) * time.Minute)
		if a.Kind == comms.Meeting {
			a.End = a.At.Add(15 * time.Minute)
		}
		if a.Side == 0 {
			a.Side = model.Partner
		}
		log = append(log, a)
	}
	for m := range 8 {
		mail := comms.Activity{ID: id(fmt.Sprint("m", m)), Kind: comms.Mail, Subject: "Offer", From: "ana@acme.example",
			To: both}
		if m > 0 {
			mail.Refs = []string{id("m0")}
		}
		if m == 7 && i%5 == 0 {
			mail.To = both[1:] // breaks comm.single_thread and comm.notify
		}
		add(mail, 10*m)
	}
	internal := func(name string, p comms.Purpose, covers ...comms.Part) comms.Activity {
		return comms.Activity{ID: id(name), Kind: comms.Meeting, Purpose: p, Covers: covers, From: "ana@acme.example",
			To: both[:1]}
	}
	add(internal("p", comms.PrepCall, comms.Agenda, comms.SectionLeads, comms.KeyMessages, comms.FollowUps), 100)
	add(comms.Activity{ID: id("e"), Kind: comms.Meeting, From: "ana@acme.example", To: both}, 120)
	add(internal("d", comms.DebriefCall, comms.Learned, comms.NextSteps, comms.PlanUpdated, comms.IssuesFlagged), 140)
	add(internal("s", comms.Sync), 160)
	for q := range 2 {
		add(comms.Activity{ID: id(fmt.Sprint("q", q)), Kind: comms.Question}, 200+q)
		add(comms.Activity{ID: id(fmt.Sprint("a", q)), Kind: comms.Answer, Side: model.Vendor,
			About: []string{id(fmt.Sprint("q", q))}}, 230+q)
	}
	add(comms.Activity{ID: id("n"), Kind: comms.Note, Shared: true}, 300)
	add(comms.Activity{ID: id("c"), Kind: comms.Note, Side: model.Vendor, About: []string{id("n")}}, 310)
	add(comms.Activity{ID: id("o"), Kind: comms.Quote,
		Offer: comms.Offer{Item: "suite", Quantity: 1, Price: value.MustMoney("10.00 USD")}}, 320)
	add(comms.Activity{ID: id("w"), Kind: comms.Notification}, 330)
	return log
}

func benchRules(tb testing.TB) *comms.Rules {
	rules, err := comms.Compile(comms.DefaultPolicy())
	if err != nil {
		tb.Fatal(err)
	}
	return rules
}

func BenchmarkCheck(b *testing.B) {
	for _, n := range []int{100, 10_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			rules, log := benchRules(b), benchLog(n)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := rules.Judge(benchDeal(), log, log[n-1].At); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/activity")
		})
	}
}

// BenchmarkCheckRatios compares, in one run, the time an activity of a log of 10⁴ and
// of 10⁶ with that of 10²: as medians of rounds that take turns.
func BenchmarkCheckRatios(b *testing.B) {
	rules, sizes := benchRules(b), []int{100, 10_000, 1_000_000}
	log := benchLog(sizes[2])
	for b.Loop() {
		times := make([][]float64, len(sizes))
		for range 3 {
			for i, n := range sizes {
				calls := max(1, 20_000/n) // so that a small log is measured long enough
				start := time.Now()
				for range calls {
					if _, err := rules.Judge(benchDeal(), log[:n], log[n-1].At); err != nil {
						b.Fatal(err)
					}
				}
				times[i] = append(times[i], float64(time.Since(start).Nanoseconds())/float64(n*calls))
			}
		}
		for i := range sizes {
			slices.Sort(times[i])
		}
		b.ReportMetric(times[1][1]/times[0][1], "1e4/1e2")
		b.ReportMetric(times[2][1]/times[0][1], "1e6/1e2")
		b.ReportMetric(times[0][1], "ns/activity")
	}
	b.ReportMetric(0, "ns/op")
}

// BenchmarkIncremental compares, in one run, one more activity and its report with
// the report on the whole log.
func BenchmarkIncremental(b *testing.B) {
	for _, n := range []int{100, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			rules, log := benchRules(b), benchLog(n+2000)
			tracker, err := rules.Track(benchDeal())
			if err != nil {
				b.Fatal(err)
			}
			for _, a := range log[:n] {
				if err := tracker.Add(a); err != nil {
					b.Fatal(err)
				}
			}
			tracker.Report(log[n-1].At)
			for b.Loop() {
				ratios(b, rules, tracker, log, n)
			}
		})
	}
}

// ratios reports medians of five rounds of 400 activities each.
func ratios(b *testing.B, rules *comms.Rules, tracker *comms.Tracker, log []comms.Activity, n int) {
	const batch = 400
	var steps, adds, factors []float64
	for round := range 5 {
		start := time.Now()
		if _, err := rules.Judge(benchDeal(), log[:n], log[n-1].At); err != nil {
			b.Fatal(err)
		}
		full := time.Since(start)
		start = time.Now()
		var adding time.Duration
		for _, a := range log[n+round*batch : n+(round+1)*batch] {
			before := time.Now()
			if err := tracker.Add(a); err != nil {
				b.Fatal(err)
			}
			adding += time.Since(before)
			tracker.Report(a.At)
		}
		one := float64(time.Since(start).Nanoseconds()) / batch
		steps, adds = append(steps, one), append(adds, float64(adding.Nanoseconds())/batch)
		factors = append(factors, float64(full.Nanoseconds())/one)
	}
	for name, list := range map[string][]float64{"ns/add+report": steps, "ns/add": adds, "full/one": factors} {
		slices.Sort(list)
		b.ReportMetric(list[len(list)/2], name)
	}
	b.ReportMetric(0, "ns/op")
}
