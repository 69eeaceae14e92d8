// Command iso4217gen writes value/currency_table.go from list-one.csv, which holds the facts of ISO 4217 list one.
// It uses no network; go generate ./value runs it. The head of list-one.csv explains how to refresh the facts.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	listPath := flag.String("list", "../internal/iso4217gen/list-one.csv", "the facts")
	changesPath := flag.String("changes", "../internal/iso4217gen/changes.csv", "what began and ended since")
	tablePath := flag.String("table", "currency_table.go", "the Go file to write")
	xmlPath := flag.String("xml", "", "ISO's list-one XML, from which the facts are rewritten first")
	source := flag.String("source", "", "with -xml: the origin of the XML, with version and licence")
	flag.Parse()
	if err := run(*listPath, *changesPath, *tablePath, *xmlPath, *source); err != nil {
		fmt.Fprintln(os.Stderr, "iso4217gen:", err)
		os.Exit(1)
	}
}

func run(listPath, changesPath, tablePath, xmlPath, source string) error {
	if xmlPath != "" {
		if err := refresh(listPath, xmlPath, source); err != nil {
			return err
		}
	}
	data, err := os.ReadFile(listPath)
	if err != nil {
		return err
	}
	l, err := readCSV(data)
	if err != nil {
		return fmt.Errorf("%s: %w", listPath, err)
	}
	changes, err := os.ReadFile(changesPath)
	if err != nil {
		return err
	}
	if err := l.readChanges(changes); err != nil {
		return fmt.Errorf("%s: %w", changesPath, err)
	}
	table, err := l.table()
	if err != nil {
		return err
	}
	return os.WriteFile(tablePath, table, 0o644)
}

func refresh(listPath, xmlPath, source string) error {
	data, err := os.ReadFile(xmlPath)
	if err != nil {
		return err
	}
	l, err := readXML(data, source)
	if err != nil {
		return fmt.Errorf("%s: %w", xmlPath, err)
	}
	return os.WriteFile(listPath, l.csv(), 0o644)
}
