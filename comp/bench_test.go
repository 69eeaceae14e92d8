package comp_test

import (
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

func benchBooking(n int) comp.Booking {
	acme, us := model.PartnerOrg("acme"), model.VendorOrg("us")
	b := comp.Booking{
		ID: "D-17", Value: value.MustMoney("120000.35 USD"), Closed: value.MustDate("2026-11-20"), Source: model.FromPartner,
		Payees: []comp.Payee{
			{Rep: "ana", Party: acme, Role: comp.Primary, Rate: value.MustPercent("8%")},
			{Rep: "bo", Party: us, Role: comp.Supporting, Contribution: comp.TechnicalValidation, Rate: value.MustPercent("5%")},
		},
	}
	return b
}

func BenchmarkStatement2(b *testing.B) {
	plan, _ := comp.Compile(comp.DefaultPolicy())
	booking := benchBooking(2)
	var buf [8]comp.Line
	b.ReportAllocs()
	for b.Loop() {
		_, err := plan.AppendStatement(buf[:0], booking)
		if err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBare(b *testing.B) {
	v := int64(12000035)
	var out [4]int64
	for b.Loop() {
		c := v * 30
		q, r := c/100, c%100
		if r > 50 || r == 50 && q&1 == 1 {
			q++
		}
		out[0] = v
		out[1] = q
		c = v * 8
		q, r = c/100, c%100
		if r > 50 || r == 50 && q&1 == 1 {
			q++
		}
		out[2] = q
		c = v * 15
		q, r = c/1000, c%1000
		if r > 500 || r == 500 && q&1 == 1 {
			q++
		}
		out[3] = q
	}
	_ = out
}
