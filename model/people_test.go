package model_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// The people of the tests: a partner, another partner, and the vendor.
var (
	acme     = model.PartnerOrg("acme")
	borealis = model.PartnerOrg("borealis")
	us       = model.VendorOrg("us")

	ana = model.Person{Name: "ana", Party: acme}
	cy  = model.Person{Name: "cy", Party: borealis}
	bo  = model.Person{Name: "bo", Party: us}

	bothSides = []model.Side{model.Partner, model.Vendor}
	models    = []model.Engagement{model.PartnerLed, model.VendorLed, model.TrueCoSell}
)

// pair returns a team with one rep of each side.
func pair() model.Team {
	return model.Team{Reps: []model.Rep{{ID: "ana", Party: acme}, {ID: "bo", Party: us}}}
}

// hour returns an instant by its hours since the beginning of one day.
func hour(h int) time.Time { return time.Date(2026, 11, 2, h, 0, 0, 0, time.UTC) }

// everyOrigin calls f with every source and registrant.
func everyOrigin(f func(model.Origin)) {
	for source := model.UnknownSource; source <= model.FromBoth; source++ {
		for registrant := model.NoRegistrant; registrant <= model.ByVendorJoint; registrant++ {
			f(model.Origin{Source: source, Registrant: registrant})
		}
	}
}

// problems lists the errors of err, each as its path and its code.
func problems(t testing.TB, err error) []string {
	t.Helper()
	if err == nil {
		return nil
	}
	var list value.Errors
	list.Add("", err)
	var lines []string
	for _, e := range list {
		if e.Code == value.Unexpected {
			t.Errorf("an error that is no value.Error: %v", err)
		}
		lines = append(lines, e.Path+" "+string(e.Code))
	}
	return lines
}

// wantProblems compares the errors of err with paths and codes, in any order, and
// asks errors.Is for each code.
func wantProblems(t testing.TB, err error, want ...string) {
	t.Helper()
	got := problems(t, err)
	if err != nil && got == nil {
		t.Error("a list without problems is an error")
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("problems\n%q, want\n%q\n%v", got, want, err)
	}
	var list value.Errors
	list.Add("", err)
	for _, e := range list {
		if !errors.Is(err, e.Code) {
			t.Errorf("errors.Is does not find %s in %v", e.Code, err)
		}
	}
}

// codesOf lists the codes of reasons, in order.
func codesOf(reasons []value.Reason) []value.Code {
	var codes []value.Code
	for _, r := range reasons {
		codes = append(codes, r.Code())
	}
	return codes
}

// texts lists the sentences of reasons, in order.
func texts(reasons []value.Reason) []string {
	var list []string
	for _, r := range reasons {
		list = append(list, r.String())
	}
	return list
}
