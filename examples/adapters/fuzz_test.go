package main

import (
	"errors"
	"io"
	"testing"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// wholly imports a document and prints what became of it: nothing panics, every problem
// has a code, and a deal that is made is one that an engine takes.
func wholly(f *testing.F, name string) {
	s := systemNamed(f, name)
	tm := sampleTerms(f, s)
	for file, system := range forms {
		if system == name {
			f.Add(readFile(f, file), false)
		}
	}
	for _, word := range []string{`{}`, `[]`, `null`, `[{"Id":1,"StageName":"Closed Won","LifeCycle":[],"status":"Closed","substatus":"Lost","id":{},"properties":{"dealstage":"closedwon","amount":1e9}}]`} {
		f.Add([]byte(word), true)
	}
	engine, err := coselling.New(coselling.DefaultBook(), coselling.Host{})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte, led bool) {
		tm := tm
		if led {
			tm.Model, tm.Currency = model.PartnerLed, value.MustCurrency("EUR")
		}
		all, err := importAll(s.forms, tm, data)
		if err != nil {
			coded(t, err)
			return
		}
		for i := range all.deals {
			got := &all.deals[i]
			if got.err != nil {
				coded(t, got.err)
			} else if err := got.print(io.Discard, engine, tm.Seen); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func coded(t *testing.T, err error) {
	t.Helper()
	if _, ok := errors.AsType[*value.Error](err); !ok || errors.Is(err, value.Unexpected) {
		t.Fatalf("without a code: %v", err)
	}
}

func FuzzAWS(f *testing.F)        { wholly(f, "aws") }
func FuzzMicrosoft(f *testing.F)  { wholly(f, "microsoft") }
func FuzzHubSpot(f *testing.F)    { wholly(f, "hubspot") }
func FuzzSalesforce(f *testing.F) { wholly(f, "salesforce") }
