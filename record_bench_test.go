package coselling_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/model"
)

// heavy is a record of so many mails.
func heavy(n int) coselling.Record {
	r := coselling.Record{Activities: make([]comms.Activity, n)}
	for i := range r.Activities {
		r.Activities[i] = comms.Activity{
			ID: fmt.Sprintf("<%06d.ana@acme.example>", i), Kind: comms.Mail, At: noon.Add(time.Duration(i) * time.Minute), Side: model.Partner,
			From: "ana.diaz@acme.example", To: []string{"dana.weiss@calder.example", "bo.lind@us.example"}, Subject: "Re: Planning across depots",
			Refs: []string{fmt.Sprintf("<%06d.ana@acme.example>", i/2)},
		}
	}
	return r
}

func BenchmarkRecordJSON(b *testing.B) {
	typical, err := coselling.ParseRecord(fileOf(b, "examples/assess/record.json"))
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		record coselling.Record
	}{{"typical", typical}, {"10000 activities", heavy(10_000)}} {
		text := document(b, c.record)
		b.Run("parse "+c.name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := coselling.ParseRecord(text); err != nil {
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
