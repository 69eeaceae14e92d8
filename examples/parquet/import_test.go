package main

import (
	"cmp"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"github.com/coselling/coselling/crmcsv"
)

const from = "../policychange/"

// The sample has the won deals of the example policychange, by closing date, then by id, without what was taken back.
// COSELLING_UPDATE=1 makes it anew.
func TestSampleHasTheDealsOfTheExport(t *testing.T) {
	deals, err := wonDeals(from+"deals-2026.csv", from+"deals-map.json")
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(deals, func(a, b crmcsv.Row) int {
		return cmp.Or(a.Booking.Closed.Compare(b.Booking.Closed), strings.Compare(a.Booking.ID, b.Booking.ID))
	})
	var want []booking
	for _, deal := range deals {
		want = append(want, rowOf(deal))
	}
	if os.Getenv("COSELLING_UPDATE") == "1" {
		if err := parquet.WriteFile("sample.parquet", want); err != nil {
			t.Fatal(err)
		}
	}
	got, err := parquet.ReadFile[booking]("sample.parquet")
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%d bookings, want %d, or others: %v", len(got), len(want), err)
	}
}

func wonDeals(export, mapping string) (won []crmcsv.Row, err error) {
	data, err := os.ReadFile(mapping)
	if err != nil {
		return nil, err
	}
	m, err := crmcsv.ParseMapping(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", mapping, err)
	}
	f, err := os.Open(export)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	reader, err := crmcsv.NewReader(f, m)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", export, err)
	}
	for deal, err := range reader.Rows() {
		switch {
		case err != nil:
			return nil, fmt.Errorf("%s: %w", export, err)
		case deal.Status != crmcsv.Won || deal.Reverses != "":
			continue
		}
		won = append(won, deal)
	}
	return won, nil
}

func rowOf(deal crmcsv.Row) booking {
	b := deal.Booking
	row := booking{ID: b.ID, Currency: b.Value.Currency().String(), Value: b.Value.Minor(), Closed: dayOf(b.Closed),
		Source: text(b.Source), Registrant: text(b.Registrant), Engagement: text(deal.Engagement)}
	for _, p := range b.Payees {
		row.Payees = append(row.Payees, payee{Rep: p.Rep, Side: text(p.Party.Side), Org: p.Party.Org, Role: text(p.Role),
			Contribution: string(p.Contribution), Rate: text(p.Rate), Table: string(p.Table), Share: text(p.Share)})
	}
	return row
}
