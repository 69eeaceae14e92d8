package stage_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

func (d *deal) rebaseline(to string) {
	d.tb.Helper()
	d.must(d.rules.Rebaseline(d.p, day(to), d.move()))
}

// windows returns the windows from one to another as of a day, each as "month-day to month-day".
func (d *deal) windows(asOf string, stages ...stage.Stage) (list []string) {
	d.tb.Helper()
	for _, w := range d.schedule(at(asOf)).Windows {
		if slices.Contains(stages, w.Stage) {
			list = append(list, w.First.String()[5:]+" to "+w.Last.String()[5:])
		}
	}
	return list
}

// stage.rebaseline: the present window begins on the day stated, and the later ones keep their lengths; the one before
// ends the day before. The first one still begins on day 1.
func TestARebaselineMovesThePresentAndLaterWindows(t *testing.T) {
	const opened = "2026-11-02"
	for _, c := range []struct {
		name  string
		in    stage.Stage
		moves []string // on each day, to each day
		want  string
	}{
		{"never", stage.Discovery, nil, "11-02 to 11-08, 11-09 to 11-22, 11-23 to 12-06"},
		{"later", stage.Discovery, []string{"2026-11-25"}, "11-02 to 11-24, 11-25 to 12-08, 12-09 to 12-22"},
		{"twice", stage.Discovery, []string{"2026-12-25", "2026-11-25"}, "11-02 to 11-24, 11-25 to 12-08, 12-09 to 12-22"},
		{"in the first stage", stage.Identification, []string{"2026-11-10"}, "11-02 to 11-16, 11-17 to 11-30, 12-01 to 12-14"},
		{"earlier", stage.Presentation, []string{"2026-11-06"}, "11-02 to 11-04, 11-05 to 11-05, 11-06 to 11-19"},
		{"as early as can be", stage.Presentation, []string{opened}, "11-02 to 11-02, 11-02 to 11-02, 11-02 to 11-15"},
	} {
		d := newDeal(t, model.PartnerLed, model.Standard)
		d.walkTo(c.in)
		for _, to := range c.moves {
			d.rebaseline(to)
		}
		got := d.windows("2027-01-01", stage.Identification, stage.Discovery, stage.Presentation)
		if strings.Join(got, ", ") != c.want {
			t.Errorf("stage.rebaseline %s: %q, want %q", c.name, got, c.want)
		}
		if moved := d.schedule(at("2027-01-01")).Moved; moved != len(c.moves) {
			t.Errorf("stage.rebaseline %s: moved %d times", c.name, moved)
		}
	}
}

// stage.rebaseline: of a hold under way only days from the stated day on are added; one that was over adds none, a
// later one adds all of its days.
func TestARebaselineCountsOnlyTheHoldAfterIt(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Standard)
	d.walkTo(stage.Discovery)
	hold := func(from, until string) {
		d.now = at(from)
		d.must(d.rules.Hold(d.p, d.move()))
		if d.now = at(until); until != "" {
			d.must(d.rules.Resume(d.p, d.move()))
		}
	}
	want := func(name, asOf, want string) {
		t.Helper()
		if got := d.windows(asOf, stage.Discovery); !slices.Equal(got, []string{want}) {
			t.Errorf("stage.rebaseline %s: %q, want %q", name, got, want)
		}
	}
	hold("2026-11-10", "2026-11-14")
	d.now = at("2026-11-15")
	d.must(d.rules.Hold(d.p, d.move()))
	d.now = at("2026-11-20")
	d.rebaseline("2026-11-25")
	want("before the day", "2026-11-24", "11-25 to 12-08")
	want("after the day", "2026-11-27", "11-25 to 12-10")
	d.now = at("2026-11-28")
	d.must(d.rules.Resume(d.p, d.move()))
	want("resumed", "2027-01-01", "11-25 to 12-11")
	hold("2026-12-01", "2026-12-05")
	want("held again", "2027-01-01", "11-25 to 12-15")
	hold("2026-12-20", "2026-12-25") // the window has passed
	want("held late", "2027-01-01", "11-25 to 12-15")
}

// stage.rebaseline: the shift survives changes of model and size.
func TestAShiftSurvivesChangesOfModelAndSize(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Simplified)
	d.walkTo(stage.Proposal)
	d.now = at("2026-11-20")
	d.rebaseline("2026-11-24") // ten days later than day 13
	got := d.windows("2026-12-01", stage.Discovery, stage.Proposal, stage.Close)
	if want := []string{"11-07 to 11-23", "11-24 to 12-06", "12-07 to 12-11"}; !slices.Equal(got, want) {
		t.Errorf("stage.rebaseline: %q, want %q", got, want)
	}
	d.change(model.VendorLed)
	d.resize(model.Standard)
	got = d.windows("2026-12-01", stage.Presentation, stage.Evaluation, stage.Proposal, stage.Close)
	if want := []string{"11-23 to 12-06", "12-07 to 01-10", "01-11 to 01-25", "01-26 to 02-09"}; !slices.Equal(got, want) {
		t.Errorf("stage.rebaseline: %q, want %q", got, want)
	}
}

// stage.rebaseline: it needs a reason, a day from today on, the side that owns the relationship and the consent of the
// other one, without which it waits.
func TestARebaselineNeedsBothSides(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Standard)
	d.now = at("2026-11-05")
	for to, want := range map[string]string{
		"2026-11-04": "day: 2026-11-04 is before the day of the event, 2026-11-05; give that day or a later one",
		"9001-01-01": "day: 9001-01-01 is after the year 9000",
		"":           "day: nothing says on which day the present stage begins",
	} {
		var first value.Date
		if to != "" {
			first = day(to)
		}
		if _, err := d.rules.Rebaseline(d.p, first, d.move()); !errors.Is(err, value.Code("stage.rebaseline")) || fmt.Sprint(err) != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
	m := d.move()
	m.Reason = " "
	if _, err := d.rules.Rebaseline(d.p, day("2026-11-05"), m); !errors.Is(err, value.Code("event.reason")) {
		t.Errorf("without a reason: %v", err)
	}
	m = d.move()
	m.By = bo
	if got := d.shut(d.rules.Rebaseline(d.p, day("2026-11-05"), m)); !slices.Equal(got, []string{"stage.authority partner"}) {
		t.Errorf("by the other side: %q", got)
	}
	m = d.move()
	m.Consents = nil
	decision, err := d.rules.Rebaseline(d.p, day("2026-11-20"), m)
	if err != nil || !slices.Equal(decision.Pending, []model.Side{model.Vendor}) {
		t.Fatalf("without consent: %+v, %v", decision, err)
	}
	d.p = decision.Progress
	if got := d.schedule(d.now); got.Moved != 0 || got.Windows[0].Last != day("2026-11-08") {
		t.Errorf("what waits has moved the windows: %+v", got.Windows)
	}
	asked := m.At
	m = d.move()
	m.By, m.Consents, m.At = bo, nil, at("2026-11-25") // later than the day that was stated
	d.must(d.rules.Consent(d.p, stage.VerbRebaseline, asked, m))
	if got := d.schedule(m.At); got.Moved != 1 || got.Windows[0].Last != day("2026-11-26") {
		t.Errorf("after the consent: moved %d times, %+v", got.Moved, got.Windows)
	}
}
