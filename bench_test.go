package coselling_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// busy is a partner-led deal on the standard playbook with so many activities.
func busy(activities int) (coselling.Deal, coselling.Record, time.Time) {
	d := coselling.Deal{
		ID: "D-1", Account: "Calder Rail", Partner: "acme", Vendor: "us", Amount: value.MustMoney("120000.00 USD"),
		Opening: stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed},
		Signals: model.Signals{Source: model.FromPartner, PartnerTrusted: model.Yes},
		Team:    model.Team{Reps: []model.Rep{{ID: "ana", Party: acme}, {ID: "bo", Party: us}}},
		Payees: []comp.Payee{
			{Rep: "ana", Party: acme, Role: comp.Primary, Rate: value.MustPercent("8%")},
			{Rep: "bo", Party: us, Role: comp.Supporting, Contribution: comp.TechnicalValidation, Rate: value.MustPercent("5%")},
		},
		People: []comms.Person{
			{Name: "ana", Side: model.Partner, Addresses: []string{"ana@acme.example"}},
			{Name: "bo", Side: model.Vendor, Addresses: []string{"bo@us.example"}},
			{Prospect: true, Addresses: []string{"@calder-rail.com"}},
		},
	}
	var r coselling.Record
	ana := model.Person{Name: "ana", Party: acme}
	at := day1.Add(9 * time.Hour)
	r.Facts = append(r.Facts, stage.Fact{Kind: stage.Registered, Side: model.Partner, At: at}, stage.Fact{Kind: stage.SupportConfirmed, Side: model.Vendor, At: at})
	for i, task := range tasks {
		at = at.Add(12 * time.Hour)
		r.Events = append(r.Events, stage.Event{Verb: stage.VerbDone, Task: task, Move: stage.Move{By: ana, At: at}})
		if i == 3 {
			r.Events = append(r.Events, stage.Event{Verb: stage.VerbAdvance, Move: stage.Move{To: stage.Discovery, By: ana, At: at}})
		}
	}
	for i := range activities {
		a := comms.Activity{ID: fmt.Sprintf("a%05d", i), Kind: comms.Mail, At: day1.Add(time.Duration(i) * 30 * 24 * time.Hour / time.Duration(activities)), Side: model.Partner,
			From: "ana@acme.example", To: []string{"cat@calder-rail.com", "bo@us.example"}, Subject: fmt.Sprintf("Offer %d", i/4)}
		switch i % 4 {
		case 1:
			a.From, a.To = "cat@calder-rail.com", []string{"ana@acme.example"}
		case 2:
			a.Kind, a.Subject = comms.Meeting, "Call"
		case 3:
			a = comms.Activity{ID: a.ID, Kind: comms.Question, At: a.At, Side: model.Vendor, From: "bo@us.example", Subject: "Which?"}
		}
		r.Activities = append(r.Activities, a)
	}
	return d, r, day1.Add(31 * 24 * time.Hour)
}

// An assessment with the view of one side: a deal of 33 tasks and 60 activities, and one
// of 10,000.
func BenchmarkAssess(b *testing.B) {
	e := engine(b)
	for _, n := range []int{0, 60, 10_000} {
		d, r, asOf := busy(n)
		b.Run(fmt.Sprintf("activities=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				a, err := e.Assess(d, r, asOf)
				if err != nil {
					b.Fatal(err)
				}
				if v := a.For(us); len(v.Next) == 0 {
					b.Fatal("nothing to do")
				}
			}
		})
	}
}

func BenchmarkNew(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := coselling.New(coselling.DefaultBook(), coselling.Host{}); err != nil {
			b.Fatal(err)
		}
	}
}
