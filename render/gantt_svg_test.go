package render_test

import (
	"encoding/xml"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/internal/goldentest"
	"github.com/coselling/coselling/render"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// drawnRow holds the bar of a row, its name and its tooltip.
type drawnRow struct {
	class, name, tip string
	x, width         int
}

// readSVG returns the rows of a chart, and fails where it is no XML, or holds more than shapes and text.
func readSVG(t rapid.TB, chart string) []drawnRow {
	t.Helper()
	allowed := []string{"svg", "title", "defs", "pattern", "rect", "text", "path", "g"}
	var rows []drawnRow
	var open []string
	for dec := xml.NewDecoder(strings.NewReader(chart)); ; {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return rows
		} else if err != nil {
			t.Fatalf("%v in %s", err, chart)
		}
		switch e := token.(type) {
		case xml.StartElement:
			open = append(open, e.Name.Local)
			if !slices.Contains(allowed, e.Name.Local) {
				t.Fatalf("an element %s", e.Name.Local)
			}
			attr := map[string]string{}
			for _, a := range e.Attr {
				attr[a.Name.Local] = a.Value
				if strings.HasPrefix(a.Name.Local, "on") || slices.Contains([]string{"style", "href", "src"}, a.Name.Local) {
					t.Fatalf("an attribute %s", a.Name.Local)
				}
			}
			switch {
			case e.Name.Local == "g":
				rows = append(rows, drawnRow{class: attr["class"]})
			case e.Name.Local == "rect" && len(open) > 1 && open[len(open)-2] == "g":
				r := &rows[len(rows)-1]
				r.x, _ = strconv.Atoi(attr["x"])
				r.width, _ = strconv.Atoi(attr["width"])
			}
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			switch path := strings.Join(open, " "); path {
			case "svg g title":
				rows[len(rows)-1].tip += string(e)
			case "svg g svg text":
				rows[len(rows)-1].name += string(e)
			}
		}
	}
}

func TestAChartForAPageIsAsRecorded(t *testing.T) {
	s, _ := schedule(t)
	chart := render.GanttSVG("D-17", s, value.MustDate("2026-11-20"), value.MustDate("2027-03-02"))
	goldentest.Compare(t, filepath.Join("testdata", "gantt.svg"), chart)
	if tip := readSVG(t, chart)[7].tip; tip !=
		"confirm that the prospect fits and is interested: 2 November to 8 November, done" {
		t.Errorf("the eighth bar says %q", tip)
	}
}

// A chart has the bars of the Mermaid chart, inside its frame, and marks what is done, waived and late by more than
// colour, whatever the texts are.
func TestAChartForAPageHasTheBarsOfTheMermaidChart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := value.MustDate("2026-01-01")
		text := rapid.OneOf(rapid.Just(hostile), rapid.Just(""), rapid.String(), rapid.StringN(60, 80, -1))
		day := func(label string) value.Date {
			d, err := first.AddDays(rapid.IntRange(0, 3000).Draw(t, label))
			if err != nil || rapid.IntRange(0, 9).Draw(t, "none") == 0 {
				return value.Date{}
			}
			return d
		}
		s := stage.Schedule{Windows: []stage.Window{{Says: text.Draw(t, "stage"), First: first, Last: first}}}
		late := 0
		for range rapid.IntRange(0, 20).Draw(t, "tasks") {
			item := stage.Item{State: stage.ItemState(rapid.IntRange(1, 6).Draw(t, "state")), Start: day("start"), Due: day("due")}
			item.Task.Owner, item.Task.Says = stage.Owner(rapid.IntRange(1, 4).Draw(t, "owner")), text.Draw(t, "says")
			item.Overdue = item.State == stage.Open && rapid.Bool().Draw(t, "overdue")
			if s.Items = append(s.Items, item); item.Overdue && !item.Start.IsZero() && !item.Due.IsZero() {
				late++
			}
		}
		today, protected := day("today"), day("protected")
		chart := render.GanttSVG(text.Draw(t, "title"), s, today, protected)
		rows := readSVG(t, chart)
		wanted := strings.Count(render.Gantt("", s, today, protected), " :")
		if len(rows) != wanted {
			t.Fatalf("%d rows, Mermaid has %d: %s", len(rows), wanted, chart)
		}
		for _, r := range rows {
			if r.width != 0 && (r.x < 340 || r.x+r.width > 960 || r.name == "") {
				t.Fatalf("a bar outside of the frame or without a name: %+v", r)
			}
		}
		if strings.Count(chart, "url(#late)") != late || strings.Count(chart, ">late<") != late {
			t.Fatalf("%d tasks are late: %s", late, chart)
		}
	})
}

func TestAChartWithoutBarsIsEmpty(t *testing.T) {
	if chart := render.GanttSVG("D", stage.Schedule{}, value.MustDate("2026-11-20"), value.Date{}); chart != "" {
		t.Error(chart)
	}
}
