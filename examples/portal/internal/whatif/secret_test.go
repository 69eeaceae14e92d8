package whatif_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/examples/portal/internal/whatif"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// theirs draws what the partner alone may know: who is paid what, by which tables, against which quotas.
func theirs(t *rapid.T, b *coselling.Book, d *coselling.Deal) {
	percentage := func(label string) value.Percent {
		return value.MustPercent(fmt.Sprintf("%d%%", rapid.IntRange(0, 100).Draw(t, label)))
	}
	b.Comp = b.Comp.Under(b.Comp.Model)
	table := b.Comp.Rates.Tables["ours"]
	table.Tiers = []comp.Tier{{Rate: percentage("their table")}}
	b.Comp.Rates.Tables["theirs"] = table
	quota := value.MustMoney(fmt.Sprintf("%d.00 USD", rapid.IntRange(1, 9_999_999).Draw(t, "their quota")))
	b.Comp.Rates.Quotas["zz-1"] = map[value.Date]value.Money{value.MustDate("2026-10-01"): quota}
	if rapid.Bool().Draw(t, "a quota value of the deal") {
		d.PartnerQuota = quota
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "their payees") {
		p := comp.Payee{Rep: fmt.Sprintf("zz-%d", i), Party: model.PartnerOrg("acme"),
			Role:         rapid.SampledFrom([]comp.Role{0, comp.Primary, comp.Supporting}).Draw(t, "role"),
			Contribution: rapid.SampledFrom([]comp.Contribution{"", "zz", comp.CoSelling}).Draw(t, "contribution")}
		switch rapid.IntRange(0, 3).Draw(t, "paid by") {
		case 0:
			p.Rate = percentage("rate")
		case 1:
			p.Table = "theirs"
		case 2:
			p.Company, p.Fixed, p.Role, p.Contribution = true, quota, 0, ""
		}
		if rapid.Bool().Draw(t, "a share") {
			p.Share = percentage("share")
		}
		d.Payees = append(d.Payees, p)
	}
}

// No byte of what the page downloads depends on the other side's payees, rates, tables and quotas.
func TestTheDownloadHasNothingOfTheOtherSide(t *testing.T) {
	us := model.VendorOrg("us")
	at := time.Date(2026, time.November, 20, 9, 0, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		amount := value.MustMoney(fmt.Sprintf("%d.01 USD", rapid.IntRange(1, 1_000_000).Draw(t, "amount")))
		engagement := rapid.SampledFrom([]model.Engagement{0, model.PartnerLed, model.VendorLed, model.TrueCoSell}).
			Draw(t, "engagement")
		source := rapid.SampledFrom([]model.Source{0, model.FromPartner, model.FromVendor, model.FromBoth}).Draw(t, "source")
		var texts [2]string
		for i := range texts {
			b := coselling.DefaultBook()
			b.Comp.Rates.Tables = map[comp.TableID]comp.RateTable{"ours": {Measure: comp.DealAmount,
				Method: comp.Marginal, Currency: amount.Currency(), Tiers: []comp.Tier{{Rate: value.MustPercent("5%")}}}}
			b.Comp.Rates.Quotas = map[string]map[value.Date]value.Money{}
			d := coselling.Deal{ID: "D-1", Partner: "acme", Vendor: "us", Amount: amount,
				Opening: stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: engagement},
				Signals: model.Signals{Source: source},
				Payees: []comp.Payee{{Rep: "bo", Party: us, Table: "ours", Contribution: comp.TechnicalValidation},
					{Rep: "bea", Party: us, Rate: value.MustPercent("3%"), Contribution: comp.CoSelling}}}
			theirs(t, &b, &d)
			engine, err := coselling.New(b, coselling.Host{})
			if err != nil {
				t.Fatal(err)
			}
			a, err := engine.Assess(d, coselling.Record{}, at)
			if err != nil {
				t.Fatal(err)
			}
			q := whatif.New(b.Comp, []whatif.Deal{{Engagement: engagement, Booking: a.For(us).Booking}})
			if len(q.Deals[0].Booking.Payees) != 2 || len(q.Policy.Rates.Tables) != 1 {
				t.Fatal(q)
			}
			texts[i] = string(document(t, q))
		}
		if diff := cmp.Diff(texts[0], texts[1]); diff != "" {
			t.Fatal(diff)
		}
	})
}
