package render_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/goldentest"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/render"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// lapsed is the assessment of a large deal on day 100 whose registration was approved four weeks before the opening, for 120 days.
func lapsed(t testing.TB) assess.Assessment {
	t.Helper()
	rules := book.Default()
	rules.Registration.Protection = 120
	acme, vendor := model.PartnerOrg("acme"), model.VendorOrg("vendor")
	staff := escalation.Roster{People: []escalation.Member{
		{Name: "mia", Party: acme, Functions: []escalation.Function{escalation.Manager}},
		{Name: "paul", Party: acme, Functions: []escalation.Function{escalation.Executive}},
		{Name: "dora", Party: acme, Functions: []escalation.Function{escalation.DealDesk, escalation.Legal}},
		{Name: "noor", Party: vendor, Functions: []escalation.Function{escalation.Manager}},
		{Name: "grace", Party: vendor, Functions: []escalation.Function{escalation.Executive}},
		{Name: "lena", Party: vendor, Functions: []escalation.Function{escalation.DealDesk, escalation.Legal}},
	}}
	engine, err := assess.Compile(rules, assess.Host{Rosters: []escalation.Roster{staff},
		Registrable: domains.Registrable})
	if err != nil {
		t.Fatal(err)
	}
	opened := time.Date(2026, time.August, 10, 0, 0, 0, 0, time.UTC)
	after := func(days, hour int) time.Time { return opened.Add(time.Duration(24*days+hour) * time.Hour) }
	approved := after(-28, 9)
	known := deal.Deal{
		ID: "D-1", Account: "Calder Rail AG", Partner: "acme", Vendor: "vendor", Amount: value.MustMoney("250000.00 USD"),
		Opening: stage.Opening{Day: value.MustDate("2026-08-10"), At: after(90, 9), Stage: stage.Proposal, From: "crm",
			Engagement: model.PartnerLed},
		Committed: value.MustDate("2026-12-18"),
		Team:      model.Team{Reps: []model.Rep{{ID: "ana", Party: acme}, {ID: "bo", Party: vendor}}},
		People: []comms.Correspondent{
			{Name: "ana", Party: acme, Addresses: []string{"ana@acme.example"}},
			{Name: "bo", Party: vendor, Addresses: []string{"bo@vendor.example"}},
			{Prospect: true, Addresses: []string{"@calder.example"}},
		},
		Registrations: []string{"C-1"},
	}
	record := deal.Record{Claims: []registration.Claim{{ID: "C-1", Claimant: acme, Submitted: approved.Add(-time.Hour),
		Filing: registration.Filing{Key: "k", By: "ana",
			Account: matching.Account{IDs: []matching.Identifier{{Scheme: matching.DUNS, Value: "150483782"}}}},
		Events: []registration.Event{{Do: registration.Approve, By: model.Person{Name: book.Default().Registration.ChannelOwners[0],
			Party: vendor}, At: approved}}}}}
	assessment, err := engine.Assess(known, record, after(99, 10))
	if err != nil {
		t.Fatal(err)
	}
	return assessment
}

// next.order: case D1. The registration is filed again, then the executives are named, then the proposal is
// written; the brief fits the screen of a phone, and each of its forms says the same.
func TestTheBriefOfALapsedLargeDealFitsAPhone(t *testing.T) {
	v := lapsed(t).For(model.PartnerOrg("acme"))
	var first []string
	for _, a := range v.Next[:3] {
		first = append(first, a.Text())
	}
	for i, want := range []string{"register the deal again: protection ended on", "name an executive of each side",
		"write the commercial proposal"} {
		if !strings.HasPrefix(first[i], want) {
			t.Errorf("action %d is %q, want %q", i+1, first[i], want)
		}
	}
	brief := render.Brief(v)
	if n := len(brief.Text()); n > 900 {
		t.Errorf("the brief has %d bytes, a phone shows 900", n)
	}
	goldentest.Compare(t, "testdata/brief.txt", brief.Text())
	goldentest.Compare(t, "testdata/brief.md", brief.Markdown())
	goldentest.Compare(t, "testdata/brief.slack", brief.Slack())
	goldentest.Compare(t, "testdata/brief.html", brief.HTML())
}

// Whatever the facts are called, a document has the elements of its form and no others: no attribute, no link, no
// script; and every form says what the plain one says.
func TestADocumentEscapesHostileText(t *testing.T) {
	v := hostileView(t)
	if plain := render.Brief(v).Text(); strings.Count(plain, "\n") != 2+7 {
		t.Errorf("want the head and seven actions:\n%s", plain)
	}
	for name, d := range map[string]render.Document{"brief": render.Brief(v), "report": render.Report(v)} {
		text := inert(t, d.HTML())
		for i := range v.Next[:7] {
			if says := v.Next[i].Text(); !strings.Contains(text, says) {
				t.Errorf("the fragment of the %s does not say %q", name, says)
			}
		}
		if got := d.Slack(); strings.ContainsAny(got, "<>") {
			t.Errorf("%s: a text can be a link or a mention in Slack:\n%s", name, got)
		}
		if got := d.Markdown(); strings.Contains(got, "<script") || strings.Contains(got, "](http:") ||
			strings.Contains(got, "\n# Head") || strings.Contains(got, "\u202e") {
			t.Errorf("%s: the text of a fact is taken for Markdown:\n%s", name, got)
		}
		if got := d.Text(); strings.ContainsAny(got, "\u202e\r") || strings.Contains(got, "\n# Head") {
			t.Errorf("%s: the text of a fact begins a line:\n%s", name, got)
		}
	}
}

// inert returns the text of a fragment, all of whose elements are known and without attributes.
func inert(t *testing.T, fragment string) string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(fragment))
	if err != nil {
		t.Fatal(err)
	}
	known := strings.Fields("html head body h2 h3 p ol li b table tbody tr th td")
	var text strings.Builder
	for node := range doc.Descendants() {
		switch {
		case node.Type == html.TextNode:
			text.WriteString(node.Data)
		case node.Type != html.ElementNode || !slices.Contains(known, node.Data) || len(node.Attr) > 0:
			t.Errorf("the fragment has <%s %v>", node.Data, node.Attr)
		}
	}
	return text.String()
}

// stage.rebaseline: every document with dates says how often they were moved.
func TestDocumentsSayThatTheDatesWereMoved(t *testing.T) {
	v := lapsed(t).For(model.PartnerOrg("acme"))
	v.Schedule.Moved = 2
	for _, text := range []string{render.Brief(v).Text(), render.Report(v).Text(), render.Gantt("D-1", v.Schedule, v.Today, value.Date{})} {
		if head, _, _ := strings.Cut(text, "Next"); !strings.Contains(head, "moved twice") {
			t.Errorf("nothing says that the dates were moved twice:\n%s", head)
		}
	}
}

// The view of one party, and the brief that is made of it.
func BenchmarkBrief(b *testing.B) {
	a, acme := lapsed(b), model.PartnerOrg("acme")
	v := a.For(acme)
	for name, make := range map[string]func(){
		"view":  func() { v = a.For(acme) },
		"brief": func() { _ = render.Brief(v).Text() },
		"html":  func() { _ = render.Brief(v).HTML() },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				make()
			}
		})
	}
}
