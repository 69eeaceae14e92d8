package main

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/coselling/coselling"
)

// forms are the documents of which the tests begin, with the system that reads them.
var forms = map[string]string{
	"sample/aws.json": "aws", "testdata/ace.json": "aws", "sample/microsoft.json": "microsoft",
	"sample/hubspot.json": "hubspot", "sample/salesforce.json": "salesforce",
}

func systemNamed(t testing.TB, name string) *system {
	for i := range systems {
		if systems[i].name == name {
			return &systems[i]
		}
	}
	t.Fatal(name)
	return nil
}

// sampleTerms are those of the samples.
func sampleTerms(t testing.TB, s *system) terms {
	o := options{partner: "acme", partnerDomain: "acme.example"}
	got, err := o.terms(s, sampleSeen)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func readFile(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// first returns what became of the first payload of a document.
func first(t testing.TB, name string, tm terms, data []byte) imported {
	t.Helper()
	all, err := importAll(systemNamed(t, name).forms, tm, data)
	if err != nil {
		t.Fatal(err)
	}
	return all.deals[0]
}

// edited returns a document in which a text stands in the place of another one.
func edited(t testing.TB, file, from, to string) []byte {
	t.Helper()
	data := string(readFile(t, file))
	if strings.Count(data, from) == 0 {
		t.Fatalf("%s has no %s", file, from)
	}
	return []byte(strings.Replace(data, from, to, 1))
}

// facts are the deal and the record of an import, as they are written.
func facts(t testing.TB, i imported) string {
	t.Helper()
	deal, err := json.Marshal(i.Deal)
	if err != nil {
		t.Fatal(err)
	}
	record, err := json.Marshal(i.Record)
	if err != nil {
		t.Fatal(err)
	}
	return string(deal) + "\n" + string(record) + "\n"
}

func assessed(t testing.TB, i imported) coselling.View {
	t.Helper()
	engine, err := coselling.New(coselling.DefaultBook(), coselling.Host{})
	if err != nil {
		t.Fatal(err)
	}
	a, err := engine.Assess(i.Deal, i.Record, sampleSeen)
	if err != nil {
		t.Fatal(err)
	}
	return a.Everything()
}
