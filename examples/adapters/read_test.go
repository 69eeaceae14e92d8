package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/coselling/coselling/model"
)

// leaves walks a document by encoding/json, apart from the reader under test, and
// returns every value that says something, by path, with a way to replace it.
func leaves(v any, path string, replace func(any), into map[string]func(any)) {
	switch v := v.(type) {
	case map[string]any:
		for name, child := range v {
			shown := name
			if strings.HasPrefix(name, "@") && strings.Contains(name, ".") {
				shown = fmt.Sprintf("%q", name)
			}
			leaves(child, strings.TrimPrefix(path+"."+shown, "."), func(to any) { v[name] = to }, into)
		}
	case []any:
		for i, child := range v {
			leaves(child, fmt.Sprintf("%s[%d]", path, i), func(to any) { v[i] = to }, into)
		}
	case nil:
	case string:
		if strings.TrimSpace(v) != "" {
			into[path] = replace
		}
	default:
		into[path] = replace
	}
}

func decoded(t *testing.T, data []byte) any {
	t.Helper()
	var v any
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if err := decoder.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

// outcome is all that an import says about the first payload of a document, but for
// what it did not read.
func outcome(t *testing.T, name string, tm terms, document any) (said string, unmapped, refused []string) {
	t.Helper()
	data, err := json.Marshal(document)
	if err != nil {
		t.Fatal(err)
	}
	all, err := importAll(systemNamed(t, name).forms, tm, data)
	if err != nil {
		return err.Error(), nil, nil
	}
	var b strings.Builder
	for _, i := range all.deals {
		if i.err != nil {
			fmt.Fprintln(&b, i.err)
			refused = append(refused, i.path)
			continue
		}
		fmt.Fprintln(&b, facts(t, i), i.assumed, i.lost, i.reported)
		for _, n := range i.unmapped {
			unmapped = append(unmapped, n.Path)
		}
	}
	for _, n := range all.unmapped {
		unmapped = append(unmapped, n.Path)
	}
	return b.String(), unmapped, refused
}

// instead are values that stand in for a field whose absence changes nothing, because it
// refuses, or because another field says the same; by the end of the path.
var instead = map[string]any{
	"archived": true, "IsDeleted": true, "ExpectedContractDuration.Term": "Years",
	"OpportunityTeam[0].BusinessTitle": "PartnerAccountManager",
	"].id":                             "other", "properties.createdate": "2026-09-15T08:00:00Z", "properties.hs_lastmodifieddate": "2026-11-15T08:00:00Z",
}

// Nothing is dropped silently: a value is listed as unmapped, or it is read and counts;
// and what is listed does not count.
func TestNothingIsDroppedSilently(t *testing.T) {
	for file, name := range forms {
		tm := sampleTerms(t, systemNamed(t, name))
		dropsNothing(t, file, name, tm)
		tm.Model = model.TrueCoSell // won deals too
		dropsNothing(t, file, name, tm)
	}
}

func dropsNothing(t *testing.T, file, name string, tm terms) {
	t.Helper()
	data := readFile(t, file)
	document := decoded(t, data)
	all := map[string]func(any){}
	leaves(document, "", nil, all)
	before, unmapped, refused := outcome(t, name, tm, document)
	for _, path := range unmapped {
		if all[path] == nil {
			t.Errorf("%s: %s is listed and does not stand there", file, path)
		}
	}
	for _, path := range slices.Sorted(maps.Keys(all)) {
		if slices.ContainsFunc(refused, func(p string) bool { return strings.HasPrefix(path, p) }) {
			continue
		}
		document := decoded(t, data)
		fresh := map[string]func(any){}
		leaves(document, "", nil, fresh)
		var to any
		for end, other := range instead {
			if strings.HasSuffix(path, end) {
				to = other
			}
		}
		fresh[path](to)
		after, _, _ := outcome(t, name, tm, document)
		if listed := slices.Contains(unmapped, path); listed == (before != after) {
			t.Errorf("%s: %s is listed as unmapped: %t; without it the import changes: %t", file, path, listed, before != after)
		}
	}
}
