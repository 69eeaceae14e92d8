package main

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"

	"github.com/parquet-go/parquet-go"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// pay prices every booking of a file and writes a line for each payee, then prints the totals.
func pay(policyFile, bookings, lines string, out io.Writer) error {
	data, err := os.ReadFile(policyFile)
	if err != nil {
		return err
	}
	policy, err := comp.ParsePolicy(data)
	if err != nil {
		return fmt.Errorf("%s: %w", policyFile, err)
	}
	plan, err := comp.Compile(policy)
	if err != nil {
		return fmt.Errorf("%s: %w", policyFile, err)
	}
	f, err := os.Open(bookings)
	if err != nil {
		return err
	}
	defer f.Close()
	in, err := open(f)
	if err != nil {
		return fmt.Errorf("%s: %w", bookings, err)
	}
	var totals comp.Totals
	paid := 0
	err = written(lines, func(to io.Writer) error {
		w := parquet.NewGenericWriter[line](to, parquet.Compression(&parquet.Zstd))
		for s, err := range statements(plan, in) {
			if err != nil {
				return fmt.Errorf("%s: %w", bookings, err)
			}
			if err := errors.Join(totals.Add(s), write(w, &s)); err != nil {
				return err
			}
			paid++
		}
		return w.Close()
	})
	if err != nil {
		return err
	}
	all, err := totals.Side(0)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%d statements: quota credit %v, commission %v\n", paid, all.QuotaCredit, all.Commission)
	return err
}

// open reads the footer of a file, and refuses one with other columns than those of a booking.
func open(f *os.File) (*parquet.File, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	in, err := parquet.OpenFile(f, info.Size())
	if err != nil {
		return nil, err
	}
	want := parquet.SchemaOf(booking{})
	for _, column := range want.Columns() {
		if _, ok := in.Schema().Lookup(column...); !ok {
			return nil, fmt.Errorf("no column %s; a file of bookings has %v", strings.Join(column, "."), want)
		}
	}
	return in, nil
}

func write(w *parquet.GenericWriter[line], s *comp.Statement) error {
	rows := make([]line, len(s.Lines))
	for i := range s.Lines {
		rows[i] = lineOf(s, &s.Lines[i])
	}
	_, err := w.Write(rows)
	return err
}

// statements prices the bookings of a file in their order, and closes each period before the next. Its last pair may
// be an error.
func statements(plan *comp.Plan, in *parquet.File) iter.Seq2[comp.Statement, error] {
	return func(yield func(comp.Statement, error) bool) {
		run, policy := plan.StreamRun(), plan.Policy()
		reader := parquet.NewGenericReader[booking](in)
		defer reader.Close()
		rows := make([]booking, 1024)
		for {
			n, end := reader.Read(rows)
			for i := range rows[:n] {
				b, err := rows[i].booking(policy)
				if err != nil {
					yield(comp.Statement{}, err)
					return
				}
				if s, ok, err := closed(plan, run, b.Closed); ok && !yield(s, err) || err != nil {
					return
				}
				s, err := run.Statement(b)
				if !yield(s, err) || err != nil {
					return
				}
			}
			if errors.Is(end, io.EOF) {
				break
			}
			if end != nil {
				yield(comp.Statement{}, end)
				return
			}
		}
		if s, ok, err := closed(plan, run, value.Date{}); ok {
			yield(s, err)
		}
	}
}

// closed closes the open period where a day is after it; the zero day is after every period.
func closed(plan *comp.Plan, run *comp.Run, day value.Date) (s comp.Statement, ok bool, err error) {
	first, last := run.Period()
	if !plan.NeedsClosing() || last.IsZero() || !day.IsZero() && !day.After(last) {
		return s, false, nil
	}
	s, err = run.Close("floors from "+first.String(), last)
	return s, len(s.Lines) > 0 || err != nil, err
}
