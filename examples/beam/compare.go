package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/impact"
)

func init() {
	register.DoFn2x1[string, func([]byte), error](&compare{})
	register.Emitter1[[]byte]()
	register.Function2x2(merge)
	register.Function1x2(write)
}

// compare compares the bookings of a bundle, and emits one partial comparison of them.
type compare struct {
	Before, After string // the policies as JSON, which travel to the workers

	before, after *comp.Plan
	part          *impact.Comparison // nil: the bundle has no booking so far
}

// Setup compiles the policies once a worker.
func (c *compare) Setup() (err error) {
	if c.before, err = compiled("-before", c.Before); err != nil {
		return err
	}
	c.after, err = compiled("-after", c.After)
	return err
}

func compiled(name, document string) (*comp.Plan, error) {
	policy, err := comp.ParsePolicy([]byte(document))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	plan, err := comp.Compile(policy)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if plan.NeedsRun() {
		return nil, fmt.Errorf("%s: a rate counts over a period, so bookings cannot be compared one by one", name)
	}
	return plan, nil
}

// StartBundle begins a part.
func (c *compare) StartBundle(func([]byte)) { c.part = nil }

// ProcessElement adds the booking of a line.
func (c *compare) ProcessElement(line string, _ func([]byte)) (err error) {
	if strings.TrimSpace(line) == "" {
		return nil
	}
	var b comp.Booking
	if err := json.Unmarshal([]byte(line), &b); err != nil {
		return fmt.Errorf("%.80s: %w", line, err)
	}
	if c.part == nil {
		if c.part, err = impact.New(c.before, c.after); err != nil {
			return err
		}
	}
	return c.part.Add(b)
}

// FinishBundle emits the part.
func (c *compare) FinishBundle(emit func([]byte)) error {
	if c.part == nil {
		return nil
	}
	partial, err := c.part.Finish()
	if err != nil {
		return err
	}
	data, err := partial.MarshalJSON()
	if err != nil {
		return err
	}
	emit(data)
	return nil
}

// merge adds two parts up, in any order.
func merge(a, b []byte) ([]byte, error) {
	one, errA := impact.ParsePartial(a)
	other, errB := impact.ParsePartial(b)
	if err := errors.Join(errA, errB); err != nil {
		return nil, err
	}
	both, err := impact.Merge(one, other)
	if err != nil {
		return nil, err
	}
	return both.MarshalJSON()
}

// write returns the report of the whole.
func write(data []byte) (string, error) {
	whole, err := impact.ParsePartial(data)
	if err != nil {
		return "", err
	}
	report, err := whole.Report()
	if err != nil {
		return "", err
	}
	return strings.TrimSuffix(report.Text(), "\n"), nil // a file of lines ends with a line break
}
