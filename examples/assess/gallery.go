package main

import (
	"embed"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/render"
)

//go:embed gallery
var gallery embed.FS

// story is one deal of the gallery: a question, and perhaps a change that is tried first.
type story struct {
	Says      string          `json:"says"`
	For       string          `json:"for"`
	AsOf      string          `json:"as_of"`
	Deal      json.RawMessage `json:"deal"`
	Record    json.RawMessage `json:"record"`
	Change    json.RawMessage `json:"change"`
	Customers []struct {
		Scheme matching.Scheme `json:"scheme"`
		Value  string          `json:"value"`
	} `json:"customers"` // the vendor's own, by their numbers
}

// tell prints what happened, what would become of the change, and the brief of one side.
func tell(out io.Writer, name string) error {
	data, err := gallery.ReadFile("gallery/" + name + ".json")
	if err != nil {
		return fmt.Errorf("%q is no deal of the gallery, which has %s", name, strings.Join(stories(), ", "))
	}
	var s story
	if err := json.Unmarshal(data, &s); err != nil {
		return err
	}
	host, err := hostOf("")
	if err != nil {
		return err
	}
	for _, c := range s.Customers {
		id := matching.Identifier{Scheme: c.Scheme, Value: c.Value}
		account := matching.Account{IDs: []matching.Identifier{id}}
		host.Customers = append(host.Customers, registration.Customer{Account: account})
	}
	engine, err := coselling.New(coselling.DefaultBook(), host)
	if err != nil {
		return err
	}
	known, err := coselling.ParseDeal(s.Deal)
	if err != nil {
		return err
	}
	record, err := coselling.ParseRecord(s.Record)
	if err != nil {
		return err
	}
	fmt.Fprintln(out, s.Says)
	if s.Change != nil {
		if err := try(out, engine, known, record, s.Change); err != nil {
			return err
		}
	}
	asOf, err := time.Parse(time.RFC3339, s.AsOf)
	if err != nil {
		return err
	}
	assessment, err := engine.Assess(known, record, asOf)
	if err != nil {
		return err
	}
	view, err := viewOf(assessment, known, s.For)
	if err != nil {
		return err
	}
	fmt.Fprint(out, "\n", render.Brief(view).Text())
	return nil
}

// try prints whether a change is accepted, and every reason against it.
func try(out io.Writer, engine *coselling.Engine, d coselling.Deal, r coselling.Record, document []byte) error {
	change, err := deal.ParseChange(document)
	if err != nil {
		return err
	}
	decision, err := engine.Try(d, r, change)
	if err != nil {
		return err
	}
	if decision.Accepted {
		fmt.Fprintln(out, "It is accepted.")
		return nil
	}
	fmt.Fprintln(out, "It is refused:")
	for _, reason := range decision.Reasons {
		fmt.Fprintln(out, "-", reason)
	}
	return nil
}

// stories returns the names of the gallery.
func stories() []string {
	files, err := gallery.ReadDir("gallery")
	if err != nil {
		panic(err) // it is part of the program
	}
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = strings.TrimSuffix(f.Name(), ".json")
	}
	return names
}
