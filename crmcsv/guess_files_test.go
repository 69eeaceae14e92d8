package crmcsv_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/crmcsv"
)

// guessColumn is a column of a generated file: names that a system may give it, and ways to write its cells.
type guessColumn struct {
	names []string
	cells []func(row int) string
}

func guessColumns() []guessColumn {
	day := func(row int) time.Time { return time.Date(2026, time.January, 1+5*row, 13, 7, 0, 0, time.UTC) }
	written := func(layout string) func(int) string { return func(row int) string { return day(row).Format(layout) } }
	amount := func(format string) func(int) string {
		return func(row int) string { return fmt.Sprintf(format, row+1) }
	}
	stages := func(texts ...string) func(int) string { return func(row int) string { return texts[row%len(texts)] } }
	return []guessColumn{
		{[]string{"Deal ID", "Opportunity ID", "Record ID", "id"}, []func(int) string{amount("D-%d")}},
		{[]string{"Amount", "deal_amount", "Montant", "Betrag", "Opportunity Amount"}, []func(int) string{
			amount("%d5,000.25"), amount("%d5.000,25"), amount("$%d5,000.25"), amount("%d5000.25"), amount("%d5 000,25 €"), amount("%d5'000.25"),
		}},
		{[]string{"Stage", "Deal Stage", "Status", "Étape", "Verkaufsphase"}, []func(int) string{
			stages("Closed Won"), stages("closedwon"), stages("Gagné"), stages("6 - Won"),
		}},
		{[]string{"Close Date", "Closed", "Abschlussdatum", "closedate"}, []func(int) string{
			written("2006-01-02"), written("1/2/2006"), written("02/01/2006 15:04"), written("02.01.2006"), written("2 Jan 2006"),
			written("2006-01-02T15:04:05Z"), written("20060102"), written("Jan 2, 2006"), written("1/2/2006 3:04 PM"), written("02-01-06"),
			func(row int) string { return fmt.Sprint(day(row).Unix()) }, func(row int) string { return fmt.Sprint(day(row).UnixMilli()) },
			func(row int) string { return fmt.Sprint(day(row).Unix()/86400 + 25569) },
		}},
		{[]string{"Owner", "Deal owner", "Sales Rep"}, []func(int) string{stages("ana", "bo")}},
		{[]string{"Account Name", "Company", "Kunde"}, []func(int) string{stages("Aster", "N/A", "Café", "")}},
		{[]string{"Notes"}, []func(int) string{stages("", "a, b; c")}},
	}
}

// Files of every kind are guessed right: each row is read with its amount and its day, and the columns in another order
// give the same mapping.
func TestGuessesOnGeneratedFiles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		columns := guessColumns()
		names, cells := make([]string, len(columns)), make([]func(int) string, len(columns))
		for i, c := range columns {
			names[i] = rapid.SampledFrom(c.names).Draw(t, "name")
			cells[i] = rapid.SampledFrom(c.cells).Draw(t, "cells")
		}
		delimiter := rapid.SampledFrom([]string{",", ";", "\t", "|"}).Draw(t, "delimiter")
		end := rapid.SampledFrom([]string{"\n", "\r\n", "\r"}).Draw(t, "line end")
		title := rapid.SampledFrom([]string{"", "Deals of the team" + end + end}).Draw(t, "title")
		encoding := rapid.SampledFrom([]string{"utf-8", "utf-16le", "utf-16be"}).Draw(t, "encoding")
		mark := rapid.Bool().Draw(t, "mark")
		rows := rapid.IntRange(6, 30).Draw(t, "rows")
		write := func(order []int) []byte {
			var text strings.Builder
			text.WriteString(title)
			for row := -1; row < rows; row++ {
				for i, at := range order {
					cell := names[at]
					if row >= 0 {
						cell = cells[at](row)
					}
					if strings.Contains(cell, delimiter) {
						cell = quoted(cell)
					}
					text.WriteString(strings.Repeat(delimiter, min(i, 1)) + cell)
				}
				text.WriteString(end)
			}
			return []byte(writtenAs(text.String(), encoding, mark))
		}
		order := []int{0, 1, 2, 3, 4, 5, 6}
		file := write(order)
		g, err := guessed(t, file, crmcsv.GuessOptions{})
		if err != nil {
			t.Fatalf("%q: %v", file, err)
		}
		text, _ := json.Marshal(g.Mapping)
		reader, err := crmcsv.NewReader(bytes.NewReader(file), g.Mapping)
		if err != nil {
			t.Fatal(err)
		}
		read := 0
		for d, err := range reader.Rows() {
			day := time.Date(2026, time.January, 1+5*read, 0, 0, 0, 0, time.UTC).Format("2006-01-02")
			minor := int64(read+1)*1_000_000 + 500_025
			if err != nil || d.Booking.Value.Minor() != minor || d.Booking.Closed.String() != day || d.Status != crmcsv.Won {
				t.Fatalf("%q: row %d: %v %v %v, %v; want %d %s\n%s", file, read, d.Status, d.Booking.Value, d.Booking.Closed, err, minor, day, text)
			}
			read++
		}
		if read != rows {
			t.Fatalf("%q: %d rows of %d\n%s", file, read, rows, text)
		}
		shuffled, err := guessed(t, write(rapid.Permutation(order).Draw(t, "order")), crmcsv.GuessOptions{})
		if other, _ := json.Marshal(shuffled.Mapping); err != nil || !bytes.Equal(text, other) {
			t.Fatalf("%v\n%s\nshuffled\n%s", err, text, other)
		}
	})
}

// No file takes long: one of many columns that are named alike, one of cells that every layout has to look at, and one of
// a million rows, of which only the beginning is read.
func TestHostileFilesAreGuessedQuickly(t *testing.T) {
	var names strings.Builder
	for i := range 16000 {
		fmt.Fprintf(&names, "close date amount currency %d,", i)
	}
	for name, file := range map[string]string{
		"names": names.String() + "\n" + strings.Repeat("1/2/26,", 16000) + "\n",
		"cells": strings.Repeat("Close Date,", 100) + "Amount" + strings.Repeat("\n"+strings.Repeat("1/2/26 1:23 p.,", 100)+"5", 1000),
		"days":  "Close Date,Amount,Stage\n" + strings.Repeat("12/12/2026 12:12:1x,12,345.5x,won\n", 40000),
		"rows":  "Deal ID,Amount,Stage,Close Date,Owner\n" + strings.Repeat("A,5,Won,2026-04-07,ana\n", 1_000_000),
		"one":   strings.Repeat("x", 2<<20),
		"quote": "Amount,Owner\n\"" + strings.Repeat("\n", 2<<20),
	} {
		start := time.Now()
		_, _ = crmcsv.Guess(strings.NewReader(file), crmcsv.GuessOptions{})
		if took := time.Since(start); took > time.Minute {
			t.Errorf("%s: %s", name, took)
		} else {
			t.Log(name, took)
		}
	}
}

// FuzzGuess guesses on any file: nothing panics, errors are sentences, the mapping is parsed and run, and the same bytes
// give the same answer.
func FuzzGuess(f *testing.F) {
	files, err := filepath.Glob("testdata/*/*.csv")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		file, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(file)
	}
	f.Add([]byte("sep=\"\nAmount\"Owner\n5\"ana\n"))
	f.Add([]byte("Amount\xff,*,Stage\n*,N/A,closed won\n"))
	f.Add([]byte("Amount,Currency\n5,usd\n5,*\n5,€\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		g, err := guessed(t, file, crmcsv.GuessOptions{})
		again, errAgain := crmcsv.Guess(bytes.NewReader(file), crmcsv.GuessOptions{})
		if fmt.Sprint(err) != fmt.Sprint(errAgain) || !slices.Equal(g.Notes, again.Notes) {
			t.Errorf("%v and %v\n%v\n%v", err, errAgain, g.Notes, again.Notes)
		}
		if err != nil {
			refusals(t, err)
			return
		}
		rowsBy(t, file, g.Mapping)
		for _, n := range g.Notes {
			if n.Because == "" || strings.ContainsAny(n.Because+n.Doubt, "\n\x00") {
				t.Errorf("%+v", n)
			}
		}
	})
}
