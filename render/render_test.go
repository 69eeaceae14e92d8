package render_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/internal/goldentest"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/render"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

var now = time.Date(2026, time.November, 20, 9, 30, 0, 0, time.FixedZone("east", 3600))

// schedule is a partner-led deal, a while after its opening.
func schedule(tb testing.TB) (stage.Schedule, stage.Playbook) {
	tb.Helper()
	rules, err := stage.DefaultRules()
	if err != nil {
		tb.Fatal(err)
	}
	p, err := rules.Open(stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed,
		Size: model.Standard})
	if err != nil {
		tb.Fatal(err)
	}
	ana := model.Person{Name: "ana", Party: model.PartnerOrg("acme")}
	decision, err := rules.Done(p, stage.QualifyInterest, stage.Move{By: ana, At: now.AddDate(0, 0, -10)})
	if err != nil || len(decision.Shut) > 0 {
		tb.Fatal(err, decision.Shut)
	}
	team := model.Team{Reps: []model.Rep{{ID: "ana", Party: ana.Party}, {ID: "bo", Party: model.VendorOrg("us")}}}
	s, err := rules.Schedule(decision.Progress, stage.Query{AsOf: now, Team: team})
	if err != nil {
		tb.Fatal(err)
	}
	book, err := rules.Playbook(model.PartnerLed, model.Standard)
	if err != nil {
		tb.Fatal(err)
	}
	return s, book
}

// threeRoles are the duties of a deal with an integrator.
func threeRoles(tb testing.TB) model.Roles {
	tb.Helper()
	acme, integra := model.PartnerOrg("acme"), model.PartnerOrg("integra")
	team := model.Team{
		Reps:      []model.Rep{{ID: "ana", Party: acme}, {ID: "bo", Party: model.VendorOrg("us")}, {ID: "ida", Party: integra}},
		Consulted: map[model.Responsibility][]string{model.DealDesk: {"zoe"}}}
	partners := model.Partners{Functions: model.DefaultFunctions(), All: []model.Participant{{Party: acme},
		{Party: integra, Function: model.Integration}, {Party: model.PartnerOrg("mart|et"), Function: model.Marketplace}}}
	roles, err := model.DefaultMatrix().AssignAmong(model.PartnerLed, team, model.Origin{}, partners, value.MustDate("2026-11-20"))
	if err != nil {
		tb.Fatal(err)
	}
	return roles
}

func TestDocumentsAreAsRecorded(t *testing.T) {
	s, book := schedule(t)
	for name, got := range map[string]string{
		"matrix.md": render.Matrix(model.DefaultMatrix()), "playbook.md": render.Playbook(book),
		"gantt.mmd":  render.Gantt("D-17", s, value.MustDate("2026-11-20"), value.MustDate("2027-03-02")),
		"raci.md":    render.RACI(threeRoles(t)),
		"states.mmd": render.States(book), "tasks.ics": render.ICalendar(now, assess.View{Deal: "D-17", Schedule: s}),
	} {
		goldentest.Compare(t, filepath.Join("testdata", name), got)
	}
}

const hostile = "| a\r\nb: c; #d, \"e\" <script>alert(1)</script> `f` [g](h) %%{init}%% end\u202e\x00\\"

// Text of a policy or a deal comes out inert: one line, no mark of its format left
// that could end a cell, a line or a name.
func TestHostileTextIsEscaped(t *testing.T) {
	s, book := schedule(t)
	clean := map[string]int{}
	for name, text := range documents(s, book) {
		clean[name] = strings.Count(text, "\n")
	}
	for i := range book.Steps {
		book.Steps[i].Says = hostile
		for j := range book.Steps[i].Tasks {
			book.Steps[i].Tasks[j].Says = hostile
		}
		book.Steps[i].Gates = append(book.Steps[i].Gates, hostile)
	}
	for i := range s.Windows {
		s.Windows[i].Says = hostile
	}
	for i := range s.Items {
		s.Items[i].Task.Says, s.Items[i].PartnerRep, s.Items[i].Task.ID = hostile, hostile, hostile
	}
	for name, text := range documents(s, book) {
		if got := strings.Count(strings.ReplaceAll(text, "\r\n ", ""), "\n"); got != clean[name] {
			t.Errorf("%s has %d lines, %d without hostile text", name, got, clean[name])
		}
		for _, mark := range marks[name] {
			if strings.Contains(text, mark) {
				t.Errorf("%s has %q", name, mark)
			}
		}
		if strings.ContainsAny(text, "\u202e\x00") {
			t.Errorf("%s has characters that nobody sees", name)
		}
	}
}

// marks lists the characters that text must not bring into a document of a kind.
var marks = map[string][]string{
	"playbook": {"<script>", "[g](", "| | a"}, "matrix": {"<script>", "[g](", "| | a"},
	"gantt": {"<script>", "%%{", "c;", "b:"}, "states": {"<script>", "%%{", "\"e\"", "b:"},
	"calendar": {"c; ", "d, \"e"},
}

func documents(s stage.Schedule, book stage.Playbook) map[string]string {
	return map[string]string{
		"playbook": render.Playbook(book), "gantt": render.Gantt("D", s, value.MustDate("2026-11-20"), value.Date{}), "states": render.States(book),
		"calendar": strings.ReplaceAll(render.ICalendar(now, assess.View{Deal: "D", Schedule: s}), "\r\n ", ""),
		"matrix":   render.Matrix(model.Matrix{{Says: book.Steps[0].Says}}),
	}
}

// RFC 5545: no line of a calendar is longer than 75 octets, none is cut inside a
// character, every line ends with CR LF, and unfolding gives the text.
func TestCalendarLinesAreFolded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		says := rapid.StringMatching(`[a-zäöü€日本 ]{0,200}`).Draw(t, "says")
		day := value.MustDate("2026-11-02")
		item := stage.Item{Task: stage.Task{ID: "t", Owner: stage.ByVendor, Says: says}, State: stage.Open, Start: day,
			Due: day}
		v := assess.View{Deal: "D", Account: "Café", Schedule: stage.Schedule{Items: []stage.Item{item}}}
		text := render.ICalendar(now, v)
		for line := range strings.SplitAfterSeq(text, "\n") {
			if line != "" && (!strings.HasSuffix(line, "\r\n") || len(line) > 77 || !utf8.ValidString(line)) {
				t.Fatalf("%q", line)
			}
		}
		summary := "SUMMARY:Café: " + says + "\r\n"
		if unfolded := strings.ReplaceAll(text, "\r\n ", ""); !strings.Contains(unfolded, summary) {
			t.Fatalf("%q is not in\n%s", summary, unfolded)
		}
	})
}

// Several deals make one calendar, in their order.
func TestCalendarHasSeveralDeals(t *testing.T) {
	s, _ := schedule(t)
	text := render.ICalendar(now, assess.View{Deal: "D-1", Schedule: s},
		assess.View{Deal: "D-2", Account: "Initech", Schedule: s})
	if strings.Count(text, "BEGIN:VCALENDAR") != 1 || strings.Count(text, "END:VCALENDAR") != 1 {
		t.Errorf("not one calendar:\n%s", text)
	}
	first, second := strings.Index(text, "UID:map_stakeholders.D-1@"), strings.Index(text, "UID:map_stakeholders.D-2@")
	if first < 0 || second < first || strings.Count(text, "SUMMARY:Initech: ") == 0 ||
		strings.Count(text, "SUMMARY:Initech: ")*2 != strings.Count(text, "SUMMARY:") {
		t.Errorf("the events of two deals:\n%s", text)
	}
}

// All-day events end exclusively, the stamp is the instant of the question in
// UTC, the UID stays the same.
func TestCalendarEventsLastFromTheirFirstToTheirDueDay(t *testing.T) {
	s, _ := schedule(t)
	text := render.ICalendar(now, assess.View{Deal: "D-17", Schedule: s})
	for _, want := range []string{
		"UID:map_stakeholders.D-17@coselling\r\nDTSTAMP:20261120T083000Z\r\nDTSTART;VALUE=DATE:20261109\r\nDTEND;VALUE=DATE:20261123\r\n",
		"DESCRIPTION:partner: ana\r\n", "DESCRIPTION:each side: ana and bo\r\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the calendar", want)
		}
	}
	for _, unwanted := range []string{"weekly_sync", "lead_handoff", "deal_desk", "qualify_interest"} {
		if strings.Contains(text, unwanted) {
			t.Errorf("%s has no due day or is not open, and stands in the calendar", unwanted)
		}
	}
}

func TestEmptyInputGivesValidDocuments(t *testing.T) {
	for name, text := range map[string]string{
		"gantt": render.Gantt("", stage.Schedule{}, value.Date{}, value.Date{}), "states": render.States(stage.Playbook{}),
		"calendar": render.ICalendar(now),
		"playbook": render.Playbook(stage.Playbook{}), "matrix": render.Matrix(nil),
	} {
		if text == "" || !strings.HasSuffix(text, "\n") {
			t.Errorf("%s: %q", name, text)
		}
	}
}
