package crmcsv_test

import (
	"strings"
	"testing"
)

// CASES F6: the mapping lists placeholders, for all columns or for one, and everything else passes through.
func TestPlaceholdersCountAsBlank(t *testing.T) {
	text := strings.Replace(plainMapping, "{", `{"no_value": ["N/A", "\\N", "-", "sin  FACTURA", "émis", "Øé"],`, 1)
	text = strings.Replace(text, `{"column": "vq"}`, `{"column": "vq", "no_value": ["0.00"]}`, 1)
	for cell, blank := range map[string]bool{
		"N/A": true, "n/a": true, " N/A ": true, `\N`: true, `\n`: true, "-": true, "Sin factura": true, "ÉMIS": true, "E\u0301mis": true, "emis": false, "øÉ": true, "sin\u00a0factura": true, "": true,
		"0.00": false, "5": false, "NA": false, "sinfactura": false, "--": false, "n/a 5": false,
	} {
		deals, bad := read(t, text, file(line(change{"pq", cell})))
		isBlank := len(bad) == 0 && deals[0].Booking.PartnerQuota.IsZero()
		if isBlank != blank {
			t.Errorf("%q: %v, bad rows %v", cell, deals, bad)
		}
	}
	if d := readOne(t, text, file(line(change{"vq", "0.00"}, change{"account", "n/a"}, change{"both", "N/A"}))); !d.Booking.VendorQuota.IsZero() || d.Account != "" {
		t.Errorf("%+v", d)
	}
	absent := strings.Replace(text, `{"column": "source"}`, `{"column": "source", "absent": "vendor", "present": "partner"}`, 1)
	for cell, want := range map[string]string{"-": "vendor", "N/A": "vendor", "x": "partner"} {
		if d := readOne(t, absent, file(line(change{"source", cell}))); d.Booking.Source.String() != want {
			t.Errorf("%q: %v", cell, d.Booking.Source)
		}
	}
}
