package timeline

import (
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

const none = -1 // the position of a version or a correction that is not there

// draft is a history that is not checked yet. Versions and corrections that have a plan have been checked.
type draft struct {
	History
	added    int // the position of the version that is added; none for a whole document
	recorded int // the position of the correction that is recorded; none for a whole document
	problems value.Errors
	paths    map[string]bool // the paths of the problems
	misdated bool            // the date of a version is missing or does not fit the one before
}

// newDraft returns the draft of a whole document. It shares nothing with the versions.
func newDraft(terms Terms, versions []Version) *draft {
	d := &draft{History: History{terms: terms}, added: none, recorded: none}
	for _, v := range versions {
		d.versions = append(d.versions, version{Version: v.clone()})
	}
	return d
}

// finish checks a whole document and returns its history.
func (d *draft) finish() (History, error) {
	d.check()
	for _, f := range d.locked() {
		d.problems.Add(f.path, f.err)
	}
	d.addStray()
	return d.history()
}

// history returns the checked history, or every problem of it with paths inside it.
func (d *draft) history() (History, error) {
	if err := d.problems.Err(); err != nil {
		return History{}, err
	}
	d.spans = d.span()
	d.starts = make([]value.Date, len(d.spans))
	for i, s := range d.spans {
		d.starts[i] = s.From
	}
	return d.History, nil
}

// check finds every problem but those of the quarter lock and of corrections outside their versions.
func (d *draft) check() {
	d.add("", d.terms.check())
	switch {
	case len(d.versions) == 0:
		d.add("versions", value.NewError(VersionsMissing, "0 versions", "are given; a history has 1 to "+atMost))
		return
	case len(d.versions) > most:
		const got, want = "more than " + atMost + " versions", "are given; a history has 1 to " + atMost
		d.add("versions", value.NewError(VersionsMissing, got, want))
		return
	case len(d.corrections) > most:
		const got, want = "more than " + atMost + " corrections", "are given; a history has at most " + atMost
		d.add("corrections", value.NewError("history.corrections.count", got, want))
		return
	}
	ids := make(map[string]string)
	for i := range d.versions {
		d.checkVersion(i)
		d.checkUnique(ids, d.versionPath(i), d.versions[i].ID)
	}
	for i := range d.corrections {
		d.checkCorrection(i)
		d.checkUnique(ids, d.correctionPath(i), d.corrections[i].ID)
	}
}

// add adds problems, at most one for each path, so that a malformed field is not reported twice.
func (d *draft) add(path string, err error) {
	var found value.Errors
	found.Add(path, err)
	if d.paths == nil {
		d.paths = make(map[string]bool)
	}
	for _, e := range found {
		if !d.paths[e.Path] {
			d.paths[e.Path] = true
			d.problems = append(d.problems, e)
		}
	}
}

func (d *draft) versionPath(i int) string { return pathAt("version", i, d.added) }

func (d *draft) correctionPath(i int) string { return pathAt("correction", i, d.recorded) }

// pathAt returns the path of the i-th element of a document, or the name of the one that is added alone.
func pathAt(name string, i, alone int) string {
	if i == alone {
		return name
	}
	return value.Index(name+"s", i)
}

// checkUnique refuses an id that stands elsewhere; ids holds the path of each id.
func (d *draft) checkUnique(ids map[string]string, path, id string) {
	if other, ok := ids[id]; ok {
		d.add(path+".id", value.NewError(ID, value.Quote(id), "is the id of "+other+" already"))
		return
	}
	ids[id] = path
}

func (d *draft) checkVersion(i int) {
	v := &d.versions[i]
	if v.plan == nil {
		d.add(d.versionPath(i), v.checkFields())
		v.plan = d.compile(d.versionPath(i), v.Policy)
	}
	if err := d.misplaced(i); err != nil || v.From.IsZero() {
		d.misdated = true
		d.add(d.versionPath(i)+".from", err)
	}
}

// misplaced refuses a version that does not begin on the day after the one before it.
func (d *draft) misplaced(i int) error {
	v := d.versions[i]
	if i == 0 || v.From.IsZero() || d.versions[i-1].From.IsZero() {
		return nil
	}
	before, earlier := d.versions[i-1], d.versionPath(i-1)
	var code value.Code
	var want string
	switch next, _ := before.To.AddDays(1); {
	case v.From == before.From:
		code, want = SameDate, "is also the day on which "+earlier+" begins; one version begins on a day"
	case v.From.Before(before.From):
		code = Order
		want = "is before " + earlier + ", which begins on " + before.From.String() + "; order versions by their dates"
	case before.To.IsZero(), v.From == next:
		return nil
	case v.From.After(before.To):
		last, _ := v.From.AddDays(-1)
		code = "history.gap"
		want = "leaves " + next.String() + " to " + last.String() + " without a version; " +
			earlier + " lasts to " + before.To.String()
	default:
		code = overlap
		want = "lies inside " + earlier + ", which lasts to " + before.To.String() +
			"; one version is in force on a day"
	}
	return value.NewError(code, v.From.String(), want)
}

func (d *draft) checkCorrection(i int) {
	c, path := d.corrections[i], d.correctionPath(i)
	if c.plan == nil {
		d.add(path, c.checkFields())
		c.plan = d.compile(path, c.Policy)
	}
	if i > 0 && c.Approved.At.Before(d.corrections[i-1].Approved.At) {
		want := "is before the approval of the correction above it, " + instant(d.corrections[i-1].Approved.At)
		d.add(path+".approved.at", value.NewError(Order, instant(c.Approved.At), want))
	}
	if !slices.ContainsFunc(d.versions, func(v version) bool { return v.ID == c.Corrects }) {
		d.add(path+".corrects", value.NewError("correction.of", value.Quote(c.Corrects),
			"is the id of no version; write that of a version"))
	}
}

// compile checks a policy and returns its plan, nil where the policy is refused.
func (d *draft) compile(path string, p comp.Policy) *comp.Plan {
	d.add(path+".policy", p.Check())
	year, own := p.Rates.Year, d.terms.FiscalYear
	if len(p.Rates.Tables)+len(p.Rates.Quotas) > 0 && year != own {
		want := "is not the month in which the history's fiscal year begins, " + value.Quote(own.String())
		d.add(path+".policy.rates.year_start", value.NewError("history.fiscal_year", value.Quote(year.String()), want))
	}
	plan, _ := comp.Compile(p)
	return plan
}
