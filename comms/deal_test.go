package comms_test

import (
	"testing"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

func TestDealsAreRefused(t *testing.T) {
	person := func(side model.Side, name string, addresses ...string) comms.Correspondent {
		return comms.Correspondent{Name: name, Party: model.Party{Side: side, Org: "x"}, Addresses: addresses}
	}
	for _, c := range []struct {
		name   string
		code   value.Code
		change func(*comms.Facts)
		want   []string
	}{
		{"not opened", value.Code("comms.deal.opened"), func(d *comms.Facts) { d.Opened = time.Time{} },
			[]string{"deal.opened: nothing says when the opportunity opened"}},
		{"ended before", value.Code("comms.deal.ended"), func(d *comms.Facts) { d.Ended = d.Opened.Add(-1) },
			[]string{"deal.ended: 2026-11-01T23:59:59.999999999Z is before the opening, 2026-11-02T00:00:00Z"}},
		{"no size", value.Code("playbook.size.unknown"), func(d *comms.Facts) { d.Size = 0 },
			[]string{"deal.size: nothing is given; allowed are standard, simplified"}},
		{"many sizes", value.Code("comms.deal.resized"), func(d *comms.Facts) { d.Resized = make([]time.Time, 1001) },
			[]string{"deal.resized: 1001 changes are more than a deal takes, which is 1000"}},
		{"size in no year", value.Code("fact.instant"), func(d *comms.Facts) { d.Resized = []time.Time{d.Opened, {}} },
			[]string{"deal.resized[1]: nothing says when it happened"}},
		{"years", value.Code("fact.instant"), func(d *comms.Facts) { d.ModelSet = time.Date(9001, 1, 1, 0, 0, 0, 0, time.UTC) },
			[]string{"deal.model_set: the year 9001 is outside 1 to 9000"}},
		{"hold without start", value.Code("pause.order"), func(d *comms.Facts) { d.Holds = []value.Pause{{Until: at("Tue 00:00")}} },
			[]string{"deal.holds[0]: nothing says when the pause began"}},
		{"hold backwards", value.Code("pause.order"),
			func(d *comms.Facts) { d.Holds = []value.Pause{{From: at("Tue 00:00"), Until: at("Mon 00:00")}} },
			[]string{"deal.holds[0]: 2026-11-02T00:00:00Z is before the pause began"}},
		{"holds overlap", value.Code("pause.order"), func(d *comms.Facts) {
			d.Holds = []value.Pause{{From: at("Wed 00:00")}, {From: at("Tue 00:00"), Until: at("Wed 00:01")}}
		}, []string{"deal.holds: the pause from 2026-11-04T00:00:00Z began before the one before it ended"}},
		{"holds after an open one", value.Code("pause.order"), func(d *comms.Facts) {
			d.Holds = []value.Pause{{From: at("Tue 00:00")}, {From: at("Wed 00:00")}}
		}, []string{"deal.holds: the pause from 2026-11-04T00:00:00Z began before the one before it ended"}},
		{"many holds", value.Code("pause.order"), func(d *comms.Facts) { d.Holds = make([]value.Pause, 1001) },
			[]string{"deal.holds: 1001 pauses are more than a deal takes, which is 1000"}},
		{"no side", value.Code("comms.person.side"), func(d *comms.Facts) { d.People[0].Party.Side = 0 },
			[]string{"deal.people[0].party.side: nothing is given; allowed are partner, vendor"}},
		{"prospect of a side", value.Code("comms.person.side"), func(d *comms.Facts) { d.People[2].Party = model.VendorOrg("us") },
			[]string{`deal.people[2].party: "vendor us" is given for somebody of the prospect, who is of no side`}},
		{"on both sides", value.Code("comms.person.twice"),
			func(d *comms.Facts) { d.People = append(d.People, person(model.Vendor, "x", "ANA+x@acme.example")) },
			[]string{`deal.people[3].addresses: "ana@acme.example" is of two people at one time, "ana" and "x"`,
				"deal.people: the vendor side has 0 lead reps from the beginning on; among several reps exactly one leads"}},
		{"rep and prospect", value.Code("comms.person.twice"), func(d *comms.Facts) {
			d.People = append(d.People, comms.Correspondent{Prospect: true, Addresses: []string{ana}})
		}, []string{`deal.people[3].addresses: "ana@acme.example" is of two people at one time, "ana" and somebody of the prospect`}},
		{"domain of two", value.Code("comms.person.twice"),
			func(d *comms.Facts) { d.People = append(d.People, person(model.Vendor, "", "@CALDER.example")) },
			[]string{`deal.people[3].addresses: "@calder.example" is of two people at one time, somebody of the prospect and somebody of the vendor`}},
		{"two leads", value.Code("comms.person.lead"), func(d *comms.Facts) {
			cy := comms.Correspondent{Name: "cy", Party: model.VendorOrg("us"), Lead: true,
				Addresses: []string{"cy@us.example"}, From: at("Wed 00:00")}
			d.People[1].Lead = true
			d.People = append(d.People, cy)
		}, []string{"deal.people: the vendor side has 2 lead reps from 2026-11-04T00:00:00Z on; among several reps exactly one leads"}},
		{"lead of the prospect", value.Code("comms.person.lead"), func(d *comms.Facts) { d.People[2].Lead = true },
			[]string{"deal.people[2].lead: the lead is given to somebody who is no rep of a side"}},
		{"no name", value.Code("comms.person.name"), func(d *comms.Facts) { d.People[0].Name = " " },
			[]string{`deal.people[0].name: " " is no name of a rep; give 1 to 998 bytes`}},
		{"range", value.Code("comms.person.range"), func(d *comms.Facts) {
			d.People[0].From, d.People[0].Until = at("Tue 00:00"),
				at("Tue 00:00")
		},
			[]string{"deal.people[0].until: 2026-11-03T00:00:00Z is not after from; the range is half-open"}},
		{"no address", value.Code("comms.person.address"), func(d *comms.Facts) { d.People[0].Addresses = nil },
			[]string{"deal.people[0].addresses: 0 addresses are given; a person has 1 to 100"}},
		{"domain beside an address", value.Code("comms.person.address"),
			func(d *comms.Facts) { d.People[0].Addresses = []string{ana, "@acme.example"} },
			[]string{`deal.people[0].addresses[1]: "@acme.example" stands beside other addresses; a whole domain is an entry of its own`}},
		{"no domain", value.Code("comms.address.format"), func(d *comms.Facts) { d.People[2].Addresses = []string{"@a@b"} },
			[]string{`deal.people[2].addresses[0]: "@a@b" is no mail address; write it like ana@acme.example, at most 320 bytes`}},
		{"no mail address", value.Code("comms.address.format"), func(d *comms.Facts) { d.People[0].Addresses = []string{"ana"} },
			[]string{`deal.people[0].addresses[0]: "ana" is no mail address; write it like ana@acme.example, at most 320 bytes`}},
		{"many people", value.Code("comms.activity.size"), func(d *comms.Facts) { d.People = make([]comms.Correspondent, 10_001) },
			[]string{"deal.people: 10001 people are more than a deal takes, which is 10000"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := plainDeal()
			c.change(&d)
			_, err := compiled(t).Judge(d, nil, at("Fri 00:00"))
			wantError(t, err, c.code, c.want...)
		})
	}
}

// A mail needs the lead rep of its own instant, and an address may go to the other side
// once its owner has left.
func TestEachMailIsJudgedByTheRepsOfItsTime(t *testing.T) {
	d := plainDeal()
	d.People[1].Until = at("Wed 00:00")
	d.People = append(d.People,
		comms.Correspondent{Name: "cy", Party: model.VendorOrg("us"), Addresses: []string{"cy@us.example", "cy@home.example"},
			From: at("Wed 00:00"), Until: at("Fri 00:00")},
		comms.Correspondent{Name: "bo too", Party: model.PartnerOrg("acme"), Addresses: []string{bo}, From: at("Fri 00:00")},
		comms.Correspondent{Name: "al", Party: model.PartnerOrg("acme"), Addresses: []string{"al@acme.example"}})
	d.People[0].Lead = true
	log := []comms.Activity{
		mail("bo", "Tue 23:59:59", ana, bo, dana),
		mail("bo too late", "Wed 00:00", ana, bo, dana),
		mail("cy", "Wed 00:00", ana, "CY@home.example", dana),
		mail("nobody", "Fri 00:00", ana, bo, dana),
		mail("al is no lead", "Tue 10:00", "al@acme.example", bo, dana),
	}
	wantLines(t, lines(report(t, d, at("Sat 00:00"), log...), comms.SingleThread),
		`the partner's mail "Offer al is no lead" to the prospect went without the partner's lead rep "ana" on it`,
		`the partner's mail "Offer bo too late" to the prospect went without the vendor's lead rep "cy" on it`,
		`the partner's mail "Offer nobody" to the prospect went without a rep of the vendor, which has none, on it`)
}

func TestFindMatchesAddressesAndDomains(t *testing.T) {
	d := plainDeal()
	d.People[1].Until = at("Wed 00:00")
	d.People = append(d.People, comms.Correspondent{Party: model.VendorOrg("us"), Addresses: []string{"@us.example"}})
	for _, c := range []struct {
		address, when, want string
		side                model.Side
		ok                  bool
	}{
		{"ANA+x@acme.example", "Tue 00:00", "ana", model.Partner, true},
		{"bo@us.example", "Tue 00:00", "bo", model.Vendor, true},
		{"bo@us.example", "Wed 00:00", "", model.Vendor, true},
		{"eve@Calder.example", "Wed 00:00", "", 0, true},
		{"who@else.example", "Wed 00:00", "", 0, false},
		{"@calder.example", "Wed 00:00", "", 0, false},
	} {
		p, ok := d.PersonAt(c.address, at(c.when))
		if ok != c.ok || p.Name != c.want || p.Party.Side != c.side || ok && c.side == 0 != p.Prospect {
			t.Errorf("%s at %s is %+v, %t", c.address, c.when, p, ok)
		}
	}
}
