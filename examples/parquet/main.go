// Parquet pays a file of bookings and writes a file of lines, both in the Parquet format of a data lake.
//
//	go run .                                           # pays sample.parquet and prints the totals
//	go run . POLICY.json BOOKINGS.parquet LINES.parquet
//
// Bookings stand by closing date, then by id, in one currency, so that tiers and quotas can be paid in one pass: memory
// does not grow with the file. A file that cannot be paid to its end leaves no file of lines.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "parquet:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	switch len(args) {
	case 0:
		dir, err := os.MkdirTemp("", "parquet")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		return pay("../policychange/policy-2026q4.json", "sample.parquet", filepath.Join(dir, "lines.parquet"), out)
	case 3:
		return pay(args[0], args[1], args[2], out)
	default:
		return errors.New("name three files: POLICY.json BOOKINGS.parquet LINES.parquet")
	}
}

// written makes a file by its writer, and leaves none where that fails.
func written(name string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".parquet-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if err := errors.Join(write(f), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
