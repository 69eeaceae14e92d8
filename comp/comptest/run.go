package comptest

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/coselling/coselling/comp"
)

// RunTest runs the test of a file, see [Test], and returns in words what it found and whether the test failed. What it
// finds is what [Properties], [Golden] and [Change] find. With update it rewrites the golden file instead of comparing
// it. An error, with every problem, means that a file cannot be read, and that nothing was written.
func RunTest(file string, update bool) (text string, failed bool, err error) {
	data, err := read(file, maxTestBytes)
	if err != nil {
		return "", false, err
	}
	test, err := ParseTest(data)
	if err != nil {
		return "", false, fmt.Errorf("the test has problems:\n%s", indented(err))
	}
	r := runner{test: test, dir: filepath.Dir(file)}
	if err := r.load(); err != nil {
		return "", false, err
	}
	if err := r.run(update); err != nil {
		return "", false, err
	}
	return strings.Join(r.says, "\n"), r.failed, nil
}

// runner runs a test, and collects what it finds.
type runner struct {
	test          Test
	dir           string
	before, after comp.Policy
	bookings      Bookings
	says          []string
	failed        bool
}

// found adds a finding.
func (r *runner) found(text string, failed bool) {
	r.says = append(r.says, text)
	r.failed = r.failed || failed
}

// at returns the path of a file that the test names.
func (r *runner) at(name string) string {
	if name = filepath.FromSlash(name); filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(r.dir, name)
}

// load reads the files of the test.
func (r *runner) load() (err error) {
	if r.after, err = readPolicy(r.at(r.test.After)); err != nil {
		return err
	}
	if r.test.Before != "" {
		if r.before, err = readPolicy(r.at(r.test.Before)); err != nil {
			return err
		}
	}
	bookings, notes, err := readBookings(r.at(r.test.Deals), r.at(r.test.Mapping))
	if !r.test.Currency.IsZero() {
		bookings = bookings.InCurrency(r.test.Currency.String())
	}
	r.bookings, r.says = bookings, notes
	return err
}

// run asks the questions of the test, the golden file last, which is written only where the others could be asked.
func (r *runner) run(update bool) error {
	if r.test.Properties {
		broken, err := brokenProperties(r.after, price)
		if err != nil {
			return err
		}
		for _, text := range broken {
			r.found(text, true)
		}
	}
	if r.test.Before != "" {
		limits, _ := r.test.Expect.expectations()
		names := [2]string{filepath.Base(r.test.Before), filepath.Base(r.test.After)}
		text, failed, err := change(names, r.before, r.after, r.bookings, limits)
		if err != nil {
			return err
		}
		r.found(text, failed)
	}
	if r.test.Golden == "" {
		return nil
	}
	const hint = "if the change is intended, run the test again with -update, and commit the file"
	text, failed, err := golden{r.at(r.test.Golden), update, hint}.compare(r.after, r.bookings)
	if err != nil {
		return err
	}
	r.found(text, failed)
	return nil
}
