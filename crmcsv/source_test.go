package crmcsv

import (
	"reflect"
	"strings"
	"testing"

	"github.com/coselling/coselling/model"
)

// The name found by a whole cell agrees with the name found by its text.
func TestNamesFoundByTheWholeCellAgreeWithTheText(t *testing.T) {
	absent, found := "no", 0
	for _, s := range []spec{
		{}, {Absent: &absent}, {Values: map[string]string{"Y": "yes", "N": "no", "?": "unknown", " y ": "no", "n\x00": "no", "*": "yes", "-": "", strings.Repeat("y", maxCellBytes+1): "yes"}},
		{Values: map[string]string{"Y": "yes"}, Absent: &absent}, {Present: &absent},
	} {
		column := "column"
		s.Column = &column
		for _, cell := range []string{"", " ", "Y", " Y ", "y", "N", "?", " y ", "n\x00", "*", "-", "yes", strings.Repeat("y", maxCellBytes+1)} {
			fields := bound{fieldSource: nil, signalBothEngaged: newSource(signalBothEngaged, s, []int{0}, reading{})}
			quick := row{record: []string{cell}, fields: &fields, isText: isText(cell), isASCII: isASCII([]byte(cell)), reader: &Reader{records: &records{}}}
			slow := quick
			got, want := named(&quick, signalBothEngaged, model.ParseYesNo), optional(&slow, signalBothEngaged, model.ParseYesNo)
			if got != want || !reflect.DeepEqual(quick.bad, slow.bad) {
				t.Errorf("%.9q: %v %v, want %v %v", cell, got, quick.bad, want, slow.bad)
			}
			if quick.name(signalBothEngaged) != 0 {
				found++
			}
		}
	}
	if found == 0 {
		t.Error("nothing is found by the cell as a whole")
	}
}
