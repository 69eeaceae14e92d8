package render_test

import (
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/render"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// A report keeps its tables whatever the facts are called: every row has the cells of its
// head, and nothing is a tag, a link or a heading of its own.
func TestAReportEscapesHostileText(t *testing.T) {
	report := render.Report(hostileView(t)).Markdown()
	for _, section := range []string{"registration: not known", "## Next",
		"## Wrong", "## Credit", "## Not known"} {
		if !strings.Contains(report, section) {
			t.Errorf("%s is not there:\n%s", section, report)
		}
	}
	if strings.Contains(report, "<script") || strings.Contains(report, "](http:") ||
		strings.Contains(report, "\n# Head") || strings.Contains(report, "\u202e") {
		t.Errorf("the text of a fact is taken for Markdown:\n%s", report)
	}
	cells := 0
	for line := range strings.Lines(report) {
		if !strings.HasPrefix(line, "|") {
			cells = 0
			continue
		}
		n := strings.Count(line, "|") - strings.Count(line, `\|`)
		if cells == 0 {
			cells = n
		}
		if n != cells {
			t.Errorf("%d cells of %d in %s", n, cells, line)
		}
	}
}

// hostileView is the partner's view of a deal whose texts try to be markup.
func hostileView(t *testing.T) assess.View {
	t.Helper()
	const hostile = "<script>alert(1)</script> | [x](http://evil.example) `code`\n# Head\r\n| a | b |\u202e =1+1"
	engine, err := assess.Compile(book.Default(), assess.Host{})
	if err != nil {
		t.Fatal(err)
	}
	partner, vendor := model.PartnerOrg("acme"), model.VendorOrg("vendor")
	at := time.Date(2026, time.November, 3, 9, 0, 0, 0, time.UTC)
	known := deal.Deal{
		ID: hostile, Account: hostile, Partner: "acme", Vendor: "vendor", Amount: value.MustMoney("120000.00 USD"),
		Opening: stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed},
		Team:    model.Team{Reps: []model.Rep{{ID: hostile, Party: partner}, {ID: "bo", Party: vendor}}},
		Payees:  []comp.Payee{{Rep: "a | b", Party: partner, Role: comp.Primary, Rate: value.MustPercent("8%")}},
		People: []comms.Correspondent{
			{Name: "ana | <b>", Party: model.PartnerOrg("acme"), Addresses: []string{"ana@acme.example"}},
			{Name: "bo", Party: model.VendorOrg("us"), Addresses: []string{"bo@vendor.example"}},
			{Prospect: true, Addresses: []string{"@calder.example"}},
		},
	}
	record := deal.Record{
		Activities: []comms.Activity{{ID: hostile, Kind: comms.Mail, At: at, Side: model.Partner,
			From: "ana@acme.example", To: []string{"cat@calder.example"}, Subject: hostile}},
		Events: []stage.Event{{Verb: stage.VerbDone, Task: hostile,
			Move: stage.Move{By: model.Person{Name: hostile, Party: partner}, At: at}}},
	}
	assessment, err := engine.Assess(known, record, at.Add(100*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	return assessment.For(partner)
}

// view.side: what a stranger reads has nothing of the deal.
func TestAnEmptyViewHasNothingToSee(t *testing.T) {
	var nobody assess.Assessment
	v := nobody.For(model.PartnerOrg("northwind"))
	if got := render.Report(v).Text(); got != "Nothing to see: the deal is not one of partner northwind\n" {
		t.Error(got)
	}
	if got := render.Brief(v).Text(); got != "Nothing to see: the deal is not one of partner northwind\n" {
		t.Error(got)
	}
}
