package impact_test

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/value"
)

func bothKinds(t *testing.T, check func(t *rapid.T, w *world)) {
	t.Helper()
	for _, history := range []bool{false, true} {
		t.Run(fmt.Sprint("history ", history), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) { check(t, anyWorld(t, history)) })
		})
	}
}

// written returns a report in all of its forms.
func written(t rapid.TB, r impact.Report) string {
	t.Helper()
	text, err := r.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return r.Text() + r.Markdown() + r.HTML() + r.CSV() + string(text)
}

func compare(t rapid.TB, w *world, options ...impact.Option) impact.Report {
	t.Helper()
	before, after := w.plans(t)
	r, err := impact.Compare(before, after, w.bookings, w.options(options...)...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAnyOrderOfTheSliceGivesTheSameBytes(t *testing.T) {
	bothKinds(t, func(t *rapid.T, w *world) {
		want := written(t, compare(t, w))
		w.bookings = rapid.Permutation(w.bookings).Draw(t, "order")
		w.movements = rapid.Permutation(w.movements).Draw(t, "order of movements")
		given := fmt.Sprint(w.bookings)
		if got := written(t, compare(t, w)); got != want {
			t.Fatalf("%s\nwant\n%s", got, want)
		}
		if fmt.Sprint(w.bookings) != given {
			t.Fatal("the caller's slice was changed")
		}
	})
}

func stream(bookings []comp.Booking) func(func(comp.Booking, error) bool) {
	return func(yield func(comp.Booking, error) bool) {
		for _, b := range bookings {
			if !yield(b, nil) {
				return
			}
		}
	}
}

// partialOf compares bookings as they come.
func partialOf(before, after *comp.Plan, bookings iter.Seq2[comp.Booking, error],
	options ...impact.Option) (impact.Partial, error) {
	c, err := impact.New(before, after, options...)
	if err != nil {
		return impact.Partial{}, err
	}
	for b, err := range bookings {
		if err != nil {
			return impact.Partial{}, err
		}
		if err := c.Add(b); err != nil {
			return impact.Partial{}, err
		}
	}
	return c.Finish()
}

func reportOf(before, after *comp.Plan, bookings iter.Seq2[comp.Booking, error],
	options ...impact.Option) (impact.Report, error) {
	p, err := partialOf(before, after, bookings, options...)
	if err != nil {
		return impact.Report{}, err
	}
	return p.Report()
}

// A stream in order gives the report of the slice; with flat rates a stream in any order.
func TestAStreamGivesTheReportOfTheSlice(t *testing.T) {
	bothKinds(t, func(t *rapid.T, w *world) {
		before, after := w.plans(t)
		want := written(t, compare(t, w))
		if !before.NeedsRun() && !after.NeedsRun() {
			w.bookings = rapid.Permutation(w.bookings).Draw(t, "order")
		}
		r, err := reportOf(before, after, stream(w.bookings), w.options()...)
		if err != nil || written(t, r) != want {
			t.Fatalf("%v\n%s\nwant\n%s", err, written(t, r), want)
		}
	})
}

func plus(t rapid.TB, a, b comp.Amounts) comp.Amounts {
	t.Helper()
	sum := func(one, two value.Money) value.Money {
		if one.IsZero() || two.IsZero() { // of a payee with credit only
			return cmp.Or(one, two)
		}
		m, err := one.Add(two)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	return comp.Amounts{QuotaCredit: sum(a.QuotaCredit, b.QuotaCredit), Influenced: sum(a.Influenced, b.Influenced),
		Commission: sum(a.Commission, b.Commission)}
}

// The rows add up to the report: amounts, differences and their causes.
func TestRowsAddUpToTheReport(t *testing.T) {
	bothKinds(t, func(t *rapid.T, w *world) {
		change := map[string]int64{}
		gets := map[string][2]int64{}
		causes := map[string]int{}
		var largest int64
		var rows int
		r := compare(t, w, impact.Rows(func(row impact.Row) error {
			rows++
			if at := slices.IndexFunc(w.bookings, func(b comp.Booking) bool { return b.ID == row.Booking }); at >= 0 &&
				row.Value != w.bookings[at].Value {
				t.Fatalf("the row of %s has the value %s", row.Booking, row.Value)
			}
			for _, d := range row.Differences {
				if got := plus(t, d.Before, d.Change); got != d.After {
					t.Fatalf("%+v: before and change are %v", d, got)
				}
				change[d.Rep] += d.Change.Commission.Minor()
				g := gets[d.Rep]
				gets[d.Rep] = [2]int64{g[0] + d.Before.QuotaCredit.Minor(), g[1] + d.After.QuotaCredit.Minor()}
				if d.Before != d.After && len(d.Causes) == 0 {
					t.Fatalf("nothing caused %+v", d)
				}
				if d.Before == d.After && d.Causes != nil {
					t.Fatalf("causes of nothing: %+v", d)
				}
				for _, c := range d.Causes {
					causes[c.Path]++
				}
				if n := d.Change.Commission.Minor(); max(n, -n) > largest {
					largest = max(n, -n)
				}
			}
			return nil
		}))
		for _, p := range r.Payees {
			if p.Change.Commission.Minor() != change[p.Rep] || p.Before.QuotaCredit.Minor() != gets[p.Rep][0] ||
				p.After.QuotaCredit.Minor() != gets[p.Rep][1] {
				t.Fatalf("%+v; rows say %d and %v", p, change[p.Rep], gets[p.Rep])
			}
		}
		for _, c := range r.Changes {
			if c.Differences != causes[c.Path] {
				t.Fatalf("%+v; rows say %d", c, causes[c.Path])
			}
		}
		if n := r.Largest.Change.Commission.Minor(); max(n, -n) != largest {
			t.Fatalf("largest is %+v, rows say %d", r.Largest, largest)
		}
		if rows < r.Deals+r.Reversals+r.Movements {
			t.Fatalf("%d rows of %d deals", rows, r.Deals)
		}
	})
}

// Gains and losses list the payees whose commission changes.
func TestGainsAndLossesListThePayeesThatChange(t *testing.T) {
	bothKinds(t, func(t *rapid.T, w *world) {
		r := compare(t, w)
		var sum int64
		for i, p := range r.Gains() {
			sum += p.Change.Commission.Minor()
			if p.Change.Commission.Sign() <= 0 || i > 0 &&
				r.Gains()[i-1].Change.Commission.Minor() < p.Change.Commission.Minor() {
				t.Fatalf("%+v", r.Gains())
			}
		}
		for i, p := range r.Losses() {
			sum += p.Change.Commission.Minor()
			if p.Change.Commission.Sign() >= 0 || i > 0 &&
				r.Losses()[i-1].Change.Commission.Minor() > p.Change.Commission.Minor() {
				t.Fatalf("%+v", r.Losses())
			}
		}
		if len(r.Payees) > 0 && sum != r.Total.Change.Commission.Minor()+r.Company.Change.Commission.Minor() {
			t.Fatalf("gains and losses total %d, the change is %s", sum, r.Total.Change.Commission)
		}
	})
}

// A field that is not a cause has no part in a difference: if only the causes change back,
// the deal pays as before.
func TestEveryCauseIsNamed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := anyWorld(t, false)
		w.movements = nil
		for i := range w.bookings {
			w.bookings[i].Deferred = false
		}
		compare(t, w, impact.Rows(func(row impact.Row) error {
			for _, d := range row.Differences {
				if d.Before != d.After {
					w.checkCauses(t, row.Booking, d)
				}
			}
			return nil
		}))
	})
}

func (w *world) checkCauses(t rapid.TB, id string, d impact.Difference) {
	t.Helper()
	var used []mutation
	for _, m := range w.mutations {
		if slices.ContainsFunc(d.Causes, func(c comp.PolicyChange) bool { return m.owns(c.Path) }) {
			used = append(used, m)
		}
	}
	b := w.bookings[slices.IndexFunc(w.bookings, func(b comp.Booking) bool { return b.ID == id })]
	if len(w.groups(b)) > 0 {
		return // a leftover minor unit may move with the percentage of somebody else's
	}
	s, err := compile(t, with(w.before, used)).Statement(b)
	if err != nil {
		return // the shares of the booking need the model that is not among the causes
	}
	var got comp.Amounts
	for _, l := range s.Lines {
		if l.Payee == d.Rep {
			got = plus(t, got, comp.Amounts{QuotaCredit: l.QuotaCredit, Influenced: l.Influenced, Commission: l.Commission})
		}
	}
	if got != d.After {
		t.Fatalf("%s of %s: with %v alone %v, with all changes %v\nall: %v", d.Rep, id, d.Causes, got, d.After,
			comp.Diff(w.before, w.after))
	}
}

// groups returns the payees of a booking who support by another contribution than a rep of
// the same side.
func (w *world) groups(b comp.Booking) []string {
	var list []string
	for _, p := range b.Payees {
		for _, q := range b.Payees {
			if p.Party == q.Party && p.Role != comp.Primary && (p.Contribution != q.Contribution || p.Role != q.Role) {
				list = append(list, p.Rep)
			}
		}
	}
	return list
}

// A single field that differs is the cause of every difference.
func TestASingleChangeIsTheCause(t *testing.T) {
	bothKinds(t, func(t *rapid.T, w *world) {
		if len(w.mutations) == 0 {
			return
		}
		m := rapid.SampledFrom(w.mutations).Draw(t, "change")
		w.after = with(w.before, []mutation{m})
		before, after := w.plans(t)
		_, err := impact.Compare(before, after, w.bookings,
			w.options(impact.LeaveOutUnpriced(), impact.Rows(func(row impact.Row) error {
				for _, d := range row.Differences {
					if (d.Before != d.After) == (len(d.Causes) == 0) {
						t.Fatalf("%+v", d)
					}
					for _, c := range d.Causes {
						if !m.owns(c.Path) {
							t.Fatalf("%s is behind %+v", c, d)
						}
					}
				}
				return nil
			}))...)
		if err != nil {
			t.Fatal(err)
		}
	})
}

// Equal policies give no differences, and lints change no result.
func TestEqualPoliciesChangeNothing(t *testing.T) {
	bothKinds(t, func(t *rapid.T, w *world) {
		want := written(t, compare(t, w))
		first := fmt.Sprint(impact.Lint(w.after))
		for _, b := range w.bookings {
			if _, err := impact.LintBooking(compile(t, w.after), b); err != nil {
				t.Fatal(err)
			}
		}
		if written(t, compare(t, w)) != want || fmt.Sprint(impact.Lint(w.after)) != first {
			t.Fatal("a lint changed a result")
		}
		w.after = w.before
		r := compare(t, w)
		if r.Total.Before != r.Total.After || r.Largest.Booking != "" || len(r.Changes) > 0 ||
			len(r.Gains())+len(r.Losses()) > 0 {
			t.Fatalf("%+v", r)
		}
	})
}
