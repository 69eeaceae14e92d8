package commstest

import (
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Begin is a Friday evening, shortly before clocks change in most zones below.
var Begin = time.Date(2026, 10, 23, 18, 0, 0, 0, time.UTC)

// Zones are the zones of the tests.
var Zones = []string{"UTC", "Europe/Berlin", "America/New_York", "Pacific/Apia", "America/Sao_Paulo",
	"Australia/Lord_Howe"}

// ZoneOf returns a zone of the host.
func ZoneOf(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return zone
}

// people is a team in which both lead reps change after two weeks.
func people() []comms.Correspondent {
	change := Begin.Add(14 * 24 * time.Hour)
	return []comms.Correspondent{
		{Name: "ana", Party: model.PartnerOrg("acme"), Lead: true,
			Addresses: []string{"ana@acme.example", "a@home.example"}, Until: change},
		{Name: "abe", Party: model.PartnerOrg("acme"), Addresses: []string{"abe@acme.example"}, Until: change},
		{Name: "abe", Party: model.PartnerOrg("acme"), Lead: true, Addresses: []string{"abe@acme.example"},
			From: change},
		{Party: model.PartnerOrg("acme"), Addresses: []string{"@acme.example"}},
		{Name: "bo", Party: model.VendorOrg("us"), Addresses: []string{"bo@us.example"}, Until: change},
		{Name: "cy", Party: model.VendorOrg("us"), Addresses: []string{"cy@us.example"},
			From: change.Add(3 * 24 * time.Hour)},
		{Party: model.VendorOrg("us"), Addresses: []string{"@us.example"}},
		{Prospect: true, Addresses: []string{"dana@calder.example"}},
		{Prospect: true, Addresses: []string{"@rail.example"}},
	}
}

// addresses holds those of everybody above, also in other spellings, and of strangers.
var addresses = [model.Vendor + 1][]string{
	0: {"dana@calder.example", "Dana+x@Calder.example", "eve@rail.example", "dee@de.rail.example", "who@else.example"},
	model.Partner: {"ana@acme.example", "A@home.example", "abe@acme.example", "amy@mail.acme.example",
		"ANA+crm@acme.example"},
	model.Vendor: {"bo@us.example", "cy@us.example", "Bo+1@US.example", "gil@us.example"},
}

func everyAddress() []string {
	return slices.Concat(addresses[0], addresses[model.Partner], addresses[model.Vendor])
}

// AnyInstant draws an instant of the first month.
func AnyInstant() *rapid.Generator[time.Time] { return instantIn(2 * 24 * 30) }

// instantIn is mostly on a grid coarse enough for two to meet at a bound.
func instantIn(halfHours int) *rapid.Generator[time.Time] {
	return rapid.Custom(func(t *rapid.T) time.Time {
		at := Begin.Add(time.Duration(rapid.IntRange(-10, halfHours).Draw(t, "half hour")) * 30 * time.Minute)
		if rapid.IntRange(0, 9).Draw(t, "off the grid") == 0 {
			at = at.Add(time.Duration(rapid.IntRange(-1, 1).Draw(t, "by")))
		}
		return at
	})
}

func orZero(g *rapid.Generator[time.Time]) *rapid.Generator[time.Time] {
	return rapid.OneOf(rapid.Just(time.Time{}), g)
}

func anySide() *rapid.Generator[model.Side] {
	return rapid.SampledFrom([]model.Side{model.Partner, model.Vendor})
}

// AnyDeal draws the facts of a deal.
func AnyDeal() *rapid.Generator[comms.Facts] {
	return rapid.Custom(func(t *rapid.T) comms.Facts {
		d := comms.Facts{
			Opened:   Begin.Add(time.Duration(rapid.IntRange(-5, 100).Draw(t, "opened")) * time.Hour),
			ModelSet: orZero(AnyInstant()).Draw(t, "model set"),
			Agreed:   orZero(AnyInstant()).Draw(t, "agreed"),
			Size: rapid.SampledFrom([]model.PlaybookSize{model.Standard, model.Standard, model.Simplified}).Draw(t,
				"size"),
			Resized: rapid.SliceOfN(AnyInstant(), 0, 2).Draw(t, "resized"),
			People:  people(),
			Zone:    ZoneOf(rapid.SampledFrom(Zones).Draw(t, "account zone")),
		}
		if rapid.Bool().Draw(t, "ends") {
			d.Ended = d.Opened.Add(time.Duration(rapid.IntRange(0, 60*24).Draw(t, "ended")) * 30 * time.Minute)
		}
		at := d.Opened
		for range rapid.IntRange(0, 3).Draw(t, "holds") {
			h := value.Pause{From: at.Add(time.Duration(rapid.IntRange(0, 12*24).Draw(t, "hold")) * time.Hour)}
			h.Until = h.From.Add(time.Duration(rapid.IntRange(0, 9*24).Draw(t, "held")) * time.Hour)
			at = h.Until
			d.Holds = append(d.Holds, h)
		}
		if n := len(d.Holds); n > 0 && rapid.IntRange(0, 3).Draw(t, "held still") == 0 {
			d.Holds[n-1].Until = time.Time{}
		}
		return d
	})
}

// anyActivity draws a valid activity. Its id names its kind, so that others can be about it.
func anyActivity(n int, f Focus) *rapid.Generator[comms.Activity] {
	return rapid.Custom(func(t *rapid.T) comms.Activity {
		a := comms.Activity{
			ID:   fmt.Sprintf("x%02d", n),
			Kind: rapid.SampledFrom(f.kinds).Draw(t, "kind"),
			At:   instantIn(f.halfHours).Draw(t, "at"),
			Side: anySide().Draw(t, "side"),
		}
		ids := rapid.Custom(func(t *rapid.T) string {
			return fmt.Sprintf("x%02d",
				rapid.IntRange(0, f.ids).Draw(t, "id"))
		})
		someIDs := func(least int) []string { return rapid.SliceOfN(ids, least, 3).Draw(t, "ids") }
		switch a.Kind {
		case comms.Mail:
			drawPeople(t, &a)
			a.Subject = rapid.SampledFrom([]string{"", "Offer", "RE: offer", "Fwd: Re:  OFFER", "Plan"}).Draw(t,
				"subject")
			a.Refs = rapid.SliceOfN(ids, 0, 2).Draw(t, "refs")
			a.Automatic = rapid.IntRange(0, 9).Draw(t, "automatic") == 0
		case comms.Meeting, comms.Call:
			drawCall(t, &a, f, someIDs)
		case comms.Note:
			a.Shared = rapid.Bool().Draw(t, "shared")
			a.About = someIDs(0)
		case comms.Answer, comms.Cancellation:
			a.About = someIDs(1)
		case comms.Notification:
			a.About = someIDs(0)
		case comms.Quote:
			items := []string{"suite", "Suite", "Suite Pro", "suite-pro", "Café"}
			a.Offer = comms.Offer{Item: rapid.SampledFrom(items).Draw(t, "item"), Quantity: rapid.IntRange(1,
				2).Draw(t, "quantity"), Months: 12,
				Price: value.MustMoney(rapid.SampledFrom([]string{"10.00 USD", "12.00 USD", "14.00 USD", "10.00 EUR",
					"12.00 EUR"}).Draw(t, "price"))}
		}
		return a
	})
}

// drawPeople draws the people on a mail, a meeting or a call: its author is of its
// side, of the prospect, a stranger or not known.
func drawPeople(t *rapid.T, a *comms.Activity) {
	a.From = rapid.SampledFrom(slices.Concat(addresses[a.Side], addresses[a.Side], addresses[0])).Draw(t, "from")
	a.To = rapid.SliceOfN(rapid.SampledFrom(everyAddress()), 1, 4).Draw(t, "to")
}

func drawCall(t *rapid.T, a *comms.Activity, f Focus, someIDs func(int) []string) {
	drawPeople(t, a)
	a.Purpose = rapid.SampledFrom(f.purposes).Draw(t, "purpose")
	if rapid.IntRange(0, 4).Draw(t, "usual people") > 0 {
		a.From = addresses[a.Side][rapid.IntRange(0, 1).Draw(t, "from")]
		a.To = []string{addresses[a.Side.Other()][0], addresses[model.Vendor][1]}
		if a.Purpose == 0 {
			a.To = append(a.To, addresses[0][0])
		}
	}
	switch {
	case a.Purpose == comms.Sync: // around the most that a sync may take
		a.End = a.At.Add(time.Duration(rapid.SampledFrom([]int{15, 16, 45}).Draw(t, "minutes")) * time.Minute)
	case rapid.Bool().Draw(t, "ends"):
		a.End = a.At.Add(time.Duration(rapid.IntRange(0, 3).Draw(t, "quarters")) * 15 * time.Minute)
	}
	first := map[comms.Purpose]comms.Part{comms.PrepCall: comms.Agenda, comms.DebriefCall: comms.Learned}[a.Purpose]
	if first == 0 {
		return
	}
	a.About = someIDs(0)
	if rapid.Bool().Draw(t, "names nothing") {
		a.About = nil
	}
	for i := range comms.Part(4) {
		if rapid.IntRange(0, 9).Draw(t, "covers") > 0 {
			a.Covers = append(a.Covers, first+i)
		}
	}
}

// Focus narrows a random log to some kinds, a time and a number of ids, so that the cases
// of one rule come up often enough.
type Focus struct {
	Name           string
	kinds          []comms.ActivityKind
	purposes       []comms.Purpose
	halfHours, ids int
}

// Focuses are those of the tests.
var Focuses = []Focus{
	{"everything", []comms.ActivityKind{comms.Mail, comms.Meeting, comms.Call, comms.Note, comms.Question, comms.Answer,
		comms.Quote, comms.Notification, comms.Cancellation},
		[]comms.Purpose{0, comms.Sync, comms.PrepCall, comms.DebriefCall}, 1440, 14},
	{"mails", []comms.ActivityKind{comms.Mail}, nil, 96, 24},
	{"threads", []comms.ActivityKind{comms.Mail}, nil, 300, 8},
	{"interactions", []comms.ActivityKind{comms.Mail, comms.Call, comms.Notification, comms.Notification,
		comms.Cancellation},
		[]comms.Purpose{0}, 20, 12},
	{"meetings", []comms.ActivityKind{comms.Meeting, comms.Meeting, comms.Meeting, comms.Call, comms.Cancellation},
		[]comms.Purpose{0, 0, comms.PrepCall, comms.DebriefCall}, 200, 12},
	{"busy meetings", []comms.ActivityKind{comms.Meeting, comms.Meeting, comms.Meeting, comms.Call, comms.Cancellation},
		[]comms.Purpose{0, comms.PrepCall, comms.DebriefCall}, 12, 20},
	{"syncs", []comms.ActivityKind{comms.Meeting, comms.Meeting, comms.Call, comms.Cancellation},
		[]comms.Purpose{comms.Sync},
		1440, 12},
	{"quotes", []comms.ActivityKind{comms.Quote}, nil, 200, 1},
	{"notes", []comms.ActivityKind{comms.Note}, nil, 150, 6},
	{"questions", []comms.ActivityKind{comms.Question, comms.Answer}, nil, 150, 6},
}

// AnyLog draws a log of any focus.
func AnyLog() *rapid.Generator[[]comms.Activity] {
	return rapid.Custom(func(t *rapid.T) []comms.Activity {
		return LogOf(rapid.SampledFrom(Focuses).Draw(t, "focus")).Draw(t, "log")
	})
}

// LogOf draws a log of a focus.
func LogOf(f Focus) *rapid.Generator[[]comms.Activity] {
	return rapid.Custom(func(t *rapid.T) []comms.Activity {
		log := make([]comms.Activity, rapid.IntRange(rapid.IntRange(0, 12).Draw(t, "least"), 25).Draw(t, "activities"))
		for i := range log {
			log[i] = anyActivity(i, f).Draw(t, "activity")
		}
		return log
	})
}

// AnyRules draws the zone of the default policy.
func AnyRules(t *rapid.T) (*comms.Rules, *time.Location) {
	zone := ZoneOf(rapid.SampledFrom(Zones).Draw(t, "policy zone"))
	rules, err := comms.Compile(comms.DefaultPolicy())
	if err != nil {
		t.Fatal(err)
	}
	return rules.In(value.Workplace{Zone: zone}), zone
}
