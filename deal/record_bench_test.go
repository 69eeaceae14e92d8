package deal_test

import (
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/model"
)

// heavy is a record of so many mails.
func heavy(n int) deal.Record {
	r := deal.Record{Activities: make([]comms.Activity, n)}
	for i := range r.Activities {
		r.Activities[i] = comms.Activity{
			ID: fmt.Sprintf("<%06d.ana@acme.example>", i), Kind: comms.Mail, At: noon.Add(time.Duration(i) * time.Minute), Side: model.Partner,
			From: "ana.diaz@acme.example", To: []string{"dana.weiss@calder.example", "bo.lind@us.example"}, Subject: "Re: Planning across depots",
			Refs: []string{fmt.Sprintf("<%06d.ana@acme.example>", i/2)},
		}
	}
	return r
}

func TestReadingAndCheckingARecordAllocatesLittle(t *testing.T) {
	text, err := os.ReadFile("../examples/assess/record.json")
	if err != nil {
		t.Fatal(err)
	}
	r, err := deal.ParseRecord(text)
	if err != nil {
		t.Fatal(err)
	}
	if n := testing.AllocsPerRun(10, func() { _, err = deal.ParseRecord(text) }); n > 700 || err != nil {
		t.Errorf("reading takes %v allocations, %v", n, err)
	}
	if n := testing.AllocsPerRun(10, func() { err = r.Check() }); n > 5 || err != nil {
		t.Errorf("checking takes %v allocations, %v", n, err)
	}
}

// BenchmarkRecordJSON reads, checks and writes a record, and reads the same text by the JSON
// library into an any.
func BenchmarkRecordJSON(b *testing.B) {
	typical, err := deal.ParseRecord(fileOf(b, "../examples/assess/record.json"))
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		record deal.Record
	}{{"typical", typical}, {"10000 activities", heavy(10_000)}} {
		text := document(b, c.record)
		b.Run("parse "+c.name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := deal.ParseRecord(text); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("library "+c.name, func(b *testing.B) { // which checks nothing but the syntax
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				var anything any
				if err := json.Unmarshal(text, &anything); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("write "+c.name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				document(b, c.record)
			}
		})
		b.Run("check "+c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := c.record.Check(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
