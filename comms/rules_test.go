package comms_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Each row is a log and the sentences of one rule about it, written from the text of the
// communication protocol.
func TestRulesFindWhatIsBroken(t *testing.T) {
	both := []string{bo, dana}
	question := comms.Activity{ID: "q", Kind: comms.Question, At: at("Fri 18:00"), Side: model.Partner, Subject: "SSO?"}
	answer := func(when string) comms.Activity {
		return comms.Activity{ID: "a", Kind: comms.Answer, At: at(when), Side: model.Vendor, About: []string{"q"}}
	}
	note := comms.Activity{ID: "n", Kind: comms.Note, At: at("Mon 10:00"), Side: model.Partner, Shared: true,
		Subject: "Budget"}
	copied := func(when string, side model.Side) comms.Activity {
		return comms.Activity{ID: "c", Kind: comms.Note, At: at(when), Side: side, About: []string{"n"}}
	}
	alone := mail("m", "Mon 10:00", ana, dana)
	notice := func(when string, about ...string) comms.Activity {
		return comms.Activity{ID: "w", Kind: comms.Notification, At: at(when), Side: model.Partner, About: about}
	}
	talk := func(from, to string, with string) comms.Activity {
		return comms.Activity{ID: "t", Kind: comms.Call, At: at(from), End: at(to), Side: model.Partner, From: ana,
			To: []string{with}}
	}
	written := func(when string, shared bool) comms.Activity {
		return comms.Activity{ID: "n", Kind: comms.Note, At: at(when), Side: model.Partner, Shared: shared}
	}
	untold := []string{"the partner did not tell the vendor of its mail with the prospect by 2026-11-02T11:00:00Z"}
	quote := func(id, when string, side model.Side, price string) comms.Activity {
		return comms.Activity{ID: id, Kind: comms.Quote, At: at(when), Side: side,
			Offer: comms.Offer{Item: "suite", Quantity: 5, Months: 12, Price: value.MustMoney(price)}}
	}
	named := func(a comms.Activity, item string) comms.Activity { a.Offer.Item = item; return a }
	again := func(a comms.Activity) comms.Activity { a.ID += " again"; return a }
	strangers := []comms.Activity{mail("m", "Mon 10:00", "consultant@else.example", dana, ana)}
	strangers[0].Side = model.Partner
	answered := mail("m2", "Mon 12:00", bo, ana, dana)
	answered.Refs = []string{"m"}
	deal := plainDeal()
	deal.People = append(deal.People,
		comms.Correspondent{Party: model.VendorOrg("us"), Addresses: []string{"@us.example"}})
	for _, c := range []struct {
		name string
		code value.Code
		asOf string
		log  []comms.Activity
		want []string
	}{
		{"comm.single_thread both", comms.SingleThread, "Fri 00:00",
			[]comms.Activity{mail("m", "Mon 10:00", ana, both...)}, nil},
		{"comm.single_thread folded", comms.SingleThread, "Fri 00:00",
			[]comms.Activity{mail("m", "Mon 10:00", "Ana+x@ACME.example", "BO+deal@us.example", "Dana@CALDER.example")},
			nil},
		{"comm.single_thread without the vendor", comms.SingleThread, "Fri 00:00", []comms.Activity{alone},
			[]string{`the partner's mail "Offer m" to the prospect went without the vendor's lead rep "bo" on it`}},
		{"comm.single_thread without both", comms.SingleThread, "Fri 00:00",
			[]comms.Activity{mail("m", "Mon 10:00", "gil@us.example", dana)},
			[]string{`the vendor's mail "Offer m" to the prospect went without the partner's lead rep "ana" and the vendor's lead rep "bo" on it`}},
		{"comm.single_thread inbound", comms.SingleThread, "Fri 00:00",
			[]comms.Activity{mail("m", "Mon 10:00", dana, ana)}, nil},
		{"comm.single_thread of a stranger, as M8 of CASES", comms.SingleThread, "Fri 00:00", strangers, nil},
		{"comm.separate_stream of a stranger", comms.SeparateStream, "Fri 00:00", strangers, nil},
		{"comm.notify of a stranger", comms.Notify, "Fri 00:00", strangers, nil},
		{"comm.single_thread without a subject", comms.SingleThread, "Fri 00:00",
			[]comms.Activity{{ID: "m", Kind: comms.Mail, At: at("Mon 10:00"), Side: model.Partner, From: ana,
				To: []string{dana}}},
			[]string{`the partner's mail without a subject to the prospect went without the vendor's lead rep "bo" on it`}},
		{"comm.single_thread before the opening", comms.SingleThread, "Fri 00:00",
			[]comms.Activity{{ID: "m", Kind: comms.Mail, At: at("Mon 00:00").Add(-1), Side: model.Partner, From: ana,
				To: []string{dana}}}, nil},

		{"comm.separate_stream", comms.SeparateStream, "Fri 00:00", []comms.Activity{alone},
			[]string{`the partner writes to the prospect in a thread of its own, "Offer m": 1 of 1 mails leave the vendor out`}},
		{"comm.separate_stream joined later", comms.SeparateStream, "Fri 00:00", []comms.Activity{alone, answered},
			nil},
		{"comm.separate_stream before it was joined", comms.SeparateStream, "Mon 11:00",
			[]comms.Activity{alone, answered},
			[]string{`the partner writes to the prospect in a thread of its own, "Offer m": 1 of 1 mails leave the vendor out`}},

		{"comm.no_duplicate_outreach", comms.DuplicateOutreach, "Fri 00:00",
			[]comms.Activity{mail("m1", "Mon 10:00", ana, dana), mail("m2", "Mon 20:00", bo, dana)},
			[]string{`on 2026-11-02 the partner wrote to the prospect, "Offer m1", and the vendor wrote separately, "Offer m2"`}},
		{"comm.no_duplicate_outreach next day", comms.DuplicateOutreach, "Fri 00:00",
			[]comms.Activity{mail("m1", "Mon 23:59:59", ana, dana), mail("m2", "Tue 00:00", bo, dana)}, nil},
		{"comm.no_duplicate_outreach one thread", comms.DuplicateOutreach, "Fri 00:00",
			[]comms.Activity{alone, answered}, nil},
		{"comm.no_duplicate_outreach one side", comms.DuplicateOutreach, "Fri 00:00",
			[]comms.Activity{mail("m1", "Mon 10:00", ana, dana), mail("m2", "Mon 20:00", ana, dana)}, nil},

		{"comm.notify in time", comms.Notify, "Fri 00:00", []comms.Activity{alone, notice("Mon 11:00", "m")}, nil},
		{"comm.notify not by then", comms.Notify, "Mon 11:00", []comms.Activity{alone}, nil},
		{"comm.notify never", comms.Notify, "Mon 11:00:01", []comms.Activity{alone},
			[]string{"the partner did not tell the vendor of its mail with the prospect by 2026-11-02T11:00:00Z"}},
		{"comm.notify late", comms.Notify, "Fri 00:00", []comms.Activity{alone, notice("Mon 11:00:01", "m")},
			[]string{"the partner did not tell the vendor of its mail with the prospect by 2026-11-02T11:00:00Z, only on 2026-11-02T11:00:01Z"}},
		{"comm.notify twice", comms.Notify, "Fri 00:00",
			[]comms.Activity{alone, notice("Mon 10:30", "m"), again(notice("Mon 12:00", "m"))}, nil},
		{"comm.notify of nothing named", comms.Notify, "Fri 00:00", []comms.Activity{alone, notice("Mon 10:30")}, nil},
		{"comm.notify of nothing named, too early", comms.Notify, "Mon 12:00",
			[]comms.Activity{alone, notice("Mon 09:59")},
			[]string{"the partner did not tell the vendor of its mail with the prospect by 2026-11-02T11:00:00Z"}},
		{"comm.notify of something else", comms.Notify, "Mon 12:00", []comms.Activity{alone, notice("Mon 10:30", "x")},
			[]string{"the partner did not tell the vendor of its mail with the prospect by 2026-11-02T11:00:00Z"}},
		{"comm.notify by a shared note", comms.Notify, "Mon 12:00",
			[]comms.Activity{alone, written("Mon 11:00", true)}, nil},
		{"comm.notify by a note of its own", comms.Notify, "Mon 12:00",
			[]comms.Activity{alone, written("Mon 10:30", false)}, untold},
		{"comm.notify by a shared note, too late", comms.Notify, "Mon 12:00",
			[]comms.Activity{alone, written("Mon 11:00:01", true)}, untold},
		{"comm.notify by a call with them", comms.Notify, "Mon 12:00",
			[]comms.Activity{alone, talk("Mon 10:40", "Mon 11:00", bo)}, nil},
		{"comm.notify by a call that ends too late", comms.Notify, "Mon 12:00",
			[]comms.Activity{alone, talk("Mon 10:40", "Mon 11:01", bo)}, untold},
		{"comm.notify by a call before it", comms.Notify, "Mon 12:00",
			[]comms.Activity{alone, talk("Mon 09:40", "Mon 10:10", bo)}, untold},
		{"comm.notify by a call that was cancelled", comms.Notify, "Mon 12:00",
			[]comms.Activity{alone, talk("Mon 10:40", "Mon 11:00", bo), {ID: "x", Kind: comms.Cancellation,
				At: at("Mon 10:20"), Side: model.Partner, About: []string{"t"}}}, untold},
		{"comm.notify by a call with a colleague", comms.Notify, "Mon 12:00",
			[]comms.Activity{alone, talk("Mon 10:40", "Mon 11:00", "amy@acme.example")}, untold},
		{"comm.notify the other side took part", comms.Notify, "Fri 00:00",
			[]comms.Activity{mail("m", "Mon 10:00", dana, ana, bo)}, nil},

		{"comm.response in time over a weekend", comms.Response, "Mon+7 00:00",
			[]comms.Activity{question, answer("Sat 18:00")}, nil},
		{"comm.response answered twice", comms.Response, "Mon+7 00:00",
			[]comms.Activity{question, answer("Sat 10:00"), again(answer("Sun 10:00"))}, nil},
		{"comm.response late", comms.Response, "Mon+7 00:00", []comms.Activity{question, answer("Sat 18:00:01")},
			[]string{`the vendor did not answer the partner's question "SSO?" by 2026-11-07T18:00:00Z, only on 2026-11-07T18:00:01Z`}},
		{"comm.response open", comms.Response, "Sat 18:00:01", []comms.Activity{question},
			[]string{`the vendor did not answer the partner's question "SSO?" by 2026-11-07T18:00:00Z`}},
		{"comm.response open in time", comms.Response, "Sat 18:00", []comms.Activity{question}, nil},

		{"comm.shared_notes in time", comms.SharedNotes, "Fri 00:00",
			[]comms.Activity{note, copied("Tue 10:00", model.Vendor)}, nil},
		{"comm.shared_notes copied twice", comms.SharedNotes, "Fri 00:00",
			[]comms.Activity{note, copied("Mon 11:00", model.Vendor), again(copied("Wed 10:00", model.Vendor))}, nil},
		{"comm.shared_notes late", comms.SharedNotes, "Fri 00:00",
			[]comms.Activity{note, copied("Tue 10:00:01", model.Vendor)},
			[]string{`the vendor did not copy the partner's note "Budget" into its CRM by 2026-11-03T10:00:00Z, only on 2026-11-03T10:00:01Z`}},
		{"comm.shared_notes in the same CRM", comms.SharedNotes, "Fri 00:00",
			[]comms.Activity{note, copied("Mon 11:00", model.Partner)},
			[]string{`the vendor did not copy the partner's note "Budget" into its CRM by 2026-11-03T10:00:00Z`}},

		{"comm.one_price", comms.OnePrice, "Fri 00:00",
			[]comms.Activity{quote("p", "Mon 10:00", model.Partner, "100.00 USD"),
				quote("v", "Tue 10:00", model.Vendor, "90.00 USD")},
			[]string{`for 5 × "suite" the partner quotes 100.00 USD and the vendor 90.00 USD`}},
		{"comm.one_price mended by the latest", comms.OnePrice, "Fri 00:00",
			[]comms.Activity{quote("p", "Mon 10:00", model.Partner, "100.00 USD"),
				quote("v", "Tue 10:00", model.Vendor, "90.00 USD"),
				quote("p2", "Wed 10:00", model.Partner, "90.00 USD")},
			nil},
		{"comm.one_price other currency", value.Code("comm.one_price.not_comparable"), "Fri 00:00",
			[]comms.Activity{quote("p", "Mon 10:00", model.Partner, "100.00 EUR"),
				quote("v", "Tue 10:00", model.Vendor, "100.00 USD")},
			[]string{`for 5 × "suite" the partner quotes 100.00 EUR, and the vendor nothing in that currency; the prices are not comparable`,
				`for 5 × "suite" the vendor quotes 100.00 USD, and the partner nothing in that currency; the prices are not comparable`}},
		{"comm.one_price folded", comms.OnePrice, "Fri 00:00",
			[]comms.Activity{quote("p", "Mon 10:00", model.Partner, "100.00 USD"),
				named(quote("v", "Tue 10:00", model.Vendor, "90.00 USD"), " ＳＵÏTE. ")},
			[]string{`for 5 × "suite" the partner quotes 100.00 USD and the vendor 90.00 USD`}},
		{"comm.one_price another item", value.Code("comm.one_price.not_comparable"), "Fri 00:00",
			[]comms.Activity{quote("p", "Mon 10:00", model.Partner, "100.00 USD"),
				named(quote("v", "Tue 10:00", model.Vendor, "90.00 USD"), "Suite Pro")},
			[]string{`for 5 × "suite" the partner quotes 100.00 USD, and the vendor only other items; the prices are not comparable`,
				`for 5 × "Suite Pro" the vendor quotes 90.00 USD, and the partner only other items; the prices are not comparable`}},
		{"comm.one_price an item beside", value.Code("comm.one_price.not_comparable"), "Fri 00:00",
			[]comms.Activity{quote("p", "Mon 10:00", model.Partner, "100.00 USD"),
				quote("v", "Tue 10:00", model.Vendor, "100.00 USD"),
				named(quote("v2", "Tue 11:00", model.Vendor, "9.00 USD"), "Training")},
			[]string{`for 5 × "Training" the vendor quotes 9.00 USD, and the partner only other items; the prices are not comparable`}},
		{"comm.one_price one side alone", value.Code("comm.one_price.not_comparable"), "Fri 00:00",
			[]comms.Activity{quote("p", "Mon 10:00", model.Partner, "100.00 EUR")}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			slices.Reverse(c.log)
			wantLines(t, lines(report(t, deal, at(c.asOf), c.log...), c.code), c.want...)
		})
	}
}

func TestMeetingsNeedPrepAndDebrief(t *testing.T) {
	met := meeting("e", "Wed 10:00", "Wed 11:00", 0)
	for _, c := range []struct {
		name, asOf string
		log        []comms.Activity
		want       []string
	}{
		{"comm.prep and comm.debrief held", "Fri 12:00",
			[]comms.Activity{met, meeting("p", "Wed 09:30", "Wed 10:00", comms.PrepCall, allPrep()...),
				meeting("d", "Thu 23:00", "Thu 23:59:59", comms.DebriefCall, allDebrief()...)}, nil},
		{"comm.prep none", "Wed 10:00", []comms.Activity{met},
			[]string{`the meeting without a subject of 2026-11-04T10:00:00Z had no prep`}},
		{"comm.prep not yet", "Wed 09:59", []comms.Activity{met}, nil},
		{"comm.prep ends too late", "Wed 10:30",
			[]comms.Activity{met, meeting("p", "Wed 09:30", "Wed 10:00:01", comms.PrepCall, allPrep()...)},
			[]string{`the meeting without a subject of 2026-11-04T10:00:00Z had no prep`}},
		{"comm.prep does not cover all parts", "Wed 10:30",
			[]comms.Activity{met, meeting("p", "Wed 09:30", "Wed 10:00", comms.PrepCall, comms.Agenda, comms.FollowUps)},
			[]string{`the prep of the meeting without a subject of 2026-11-04T10:00:00Z did not cover section_leads, key_messages`}},
		{"comm.prep served an earlier meeting", "Wed 12:30",
			[]comms.Activity{met, meeting("e2", "Wed 12:00", "Wed 12:30", 0),
				meeting("p", "Wed 09:30", "Wed 10:00", comms.PrepCall, allPrep()...)},
			[]string{`the meeting without a subject of 2026-11-04T12:00:00Z had no prep`}},
		{"comm.prep cancelled meeting", "Fri 12:00",
			[]comms.Activity{met, {ID: "x", Kind: comms.Cancellation, At: at("Tue 10:00"), Side: model.Vendor,
				About: []string{"e"}}}, nil},
		{"comm.debrief at the end of the next business day", "Fri 00:00",
			[]comms.Activity{met, meeting("p", "Wed 09:30", "Wed 10:00", comms.PrepCall, allPrep()...)},
			[]string{`the meeting without a subject of 2026-11-04T10:00:00Z had no debrief by 2026-11-06T00:00:00Z`}},
		{"comm.debrief ends at the end of it", "Fri 00:00",
			[]comms.Activity{met, meeting("p", "Wed 09:30", "Wed 10:00", comms.PrepCall, allPrep()...),
				meeting("d", "Thu 23:45", "Fri 00:00", comms.DebriefCall, allDebrief()...)},
			[]string{`the meeting without a subject of 2026-11-04T10:00:00Z had no debrief by 2026-11-06T00:00:00Z`}},
		{"comm.debrief a moment before it", "Thu 23:59:59",
			[]comms.Activity{met, meeting("p", "Wed 09:30", "Wed 10:00", comms.PrepCall, allPrep()...)}, nil},
		{"comm.debrief does not cover a part", "Fri 00:00",
			[]comms.Activity{met, meeting("p", "Wed 09:30", "Wed 10:00", comms.PrepCall, allPrep()...),
				meeting("d", "Wed 12:00", "Wed 12:15", comms.DebriefCall, allDebrief()[1:]...)},
			[]string{`the debrief of the meeting without a subject of 2026-11-04T10:00:00Z did not cover learned by 2026-11-06T00:00:00Z`}},
		{"comm.debrief before the meeting ended", "Fri 00:00",
			[]comms.Activity{met, meeting("p", "Wed 09:30", "Wed 10:00", comms.PrepCall, allPrep()...),
				meeting("d", "Wed 10:30", "Wed 10:45", comms.DebriefCall, allDebrief()...)},
			[]string{`the meeting without a subject of 2026-11-04T10:00:00Z had no debrief by 2026-11-06T00:00:00Z`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			wantLines(t, lines(report(t, plainDeal(), at(c.asOf), c.log...), comms.Prep, comms.Debrief),
				c.want...)
			simplified := plainDeal()
			simplified.Size = model.Simplified
			r := report(t, simplified, at(c.asOf), c.log...)
			wantLines(t, lines(r, comms.Prep, comms.Debrief, comms.WeeklySync)) // stage.simplified
			if len(r.Due) > 0 {
				t.Errorf("stage.simplified: %v is due", r.Due)
			}
		})
	}
}

// stage.replanned: what is due follows the playbook at the instant of each event: a meeting before the change needs
// no prep and no debrief, one after it does, and syncs are due from the change on.
func TestDutiesFollowThePlaybookOfTheirTime(t *testing.T) {
	d := plainDeal()
	d.ModelSet, d.Size, d.Resized = at("Mon 00:00"), model.Simplified, []time.Time{at("Wed 12:00")}
	log := []comms.Activity{meeting("e", "Wed 10:00", "Wed 13:00", 0), meeting("f", "Thu 10:00", "Thu 11:00", 0)}
	late := at("Thu 12:00").AddDate(0, 0, 7)
	wantLines(t, lines(report(t, d, late, log...), comms.Prep, comms.Debrief, comms.WeeklySync),
		`the meeting without a subject of 2026-11-05T10:00:00Z had no prep`,
		`the meeting without a subject of 2026-11-05T10:00:00Z had no debrief by 2026-11-07T00:00:00Z`,
		"the reps had no sync since 2026-11-04T12:00:00Z; one was due by 2026-11-12T00:00:00Z")
	for asOf, want := range map[string]int{"Wed 11:59": 0, "Wed 12:00": 2} { // the change is not known before
		if r := report(t, d, at(asOf), log...); len(r.Findings) > 0 || len(r.Due) != want {
			t.Errorf("stage.replanned: at %s due is %v, found %v", asOf, r.Due, r.Findings)
		}
	}
	d.Resized = append(d.Resized, at("Wed 09:00"), at("Wed 09:00"), at("Thu 09:00"))
	wantLines(t, lines(report(t, d, late, log...), comms.Prep, comms.Debrief, comms.WeeklySync)) // small again
}

func TestKeyMessagesAreAgreedBeforeTheFirstMeeting(t *testing.T) {
	met := meeting("e", "Wed 10:00", "Wed 11:00", 0)
	for _, c := range []struct {
		name, agreed, asOf string
		want               []string
	}{
		{"comm.one_message before", "Wed 10:00", "Fri 00:00", nil},
		{"comm.one_message late", "Wed 10:01", "Fri 00:00",
			[]string{`no key messages were agreed before the first meeting without a subject of 2026-11-04T10:00:00Z, only on 2026-11-04T10:01:00Z`}},
		{"comm.one_message not yet", "Thu 10:00", "Wed 10:00",
			[]string{`no key messages were agreed before the first meeting without a subject of 2026-11-04T10:00:00Z`}},
		{"comm.one_message in time still", "Thu 10:00", "Wed 09:59", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := plainDeal()
			d.Agreed = at(c.agreed)
			wantLines(t, lines(report(t, d, at(c.asOf), met, meeting("e2", "Thu 10:00", "Thu 11:00", 0)),
				comms.OneMessage), c.want...)
		})
	}
}

func TestSyncsAreHeldEachWeek(t *testing.T) {
	sync := meeting("s", "Thu 10:00", "Thu 10:15", comms.Sync)
	for _, c := range []struct {
		name, asOf string
		change     func(*comms.Facts)
		log        []comms.Activity
		want       []string
	}{
		{"comm.weekly_sync no model", "Mon+21 00:00", func(d *comms.Facts) { d.ModelSet = time.Time{} }, nil, nil},
		{"comm.weekly_sync a week", "Tue+7 23:59:59", nil, nil, nil},
		{"comm.weekly_sync more than a week", "Wed+7 00:00", nil, nil,
			[]string{"the reps had no sync since 2026-11-03T09:00:00Z; one was due by 2026-11-11T00:00:00Z"}},
		{"comm.weekly_sync from sync to sync", "Thu+7 10:00", nil, []comms.Activity{sync}, nil},
		{"comm.weekly_sync two weeks between", "Fri+14 00:00", nil,
			[]comms.Activity{sync, meeting("s2", "Thu+14 10:00", "Thu+14 10:15", comms.Sync)},
			[]string{"the reps had no sync from 2026-11-05T10:00:00Z to 2026-11-19T10:00:00Z; one was due by 2026-11-13T00:00:00Z"}},
		{"comm.sync_length too long", "Thu 12:00", nil,
			[]comms.Activity{meeting("s", "Thu 10:00", "Thu 10:15:01", comms.Sync)},
			[]string{"a sync took 15m1s; it takes 15m at most"}},
		{"comm.weekly_sync held on hold", "Mon+21 00:00",
			func(d *comms.Facts) { d.Holds = []value.Pause{{From: at("Wed 00:00"), Until: at("Mon+14 00:00")}} },
			[]comms.Activity{sync}, nil},
		{"comm.weekly_sync after the resumption", "Tue+21 00:00",
			func(d *comms.Facts) { d.Holds = []value.Pause{{From: at("Wed 00:00"), Until: at("Mon+14 00:00")}} }, nil,
			[]string{"the reps had no sync since 2026-11-16T00:00:00Z; one was due by 2026-11-24T00:00:00Z"}},
		{"comm.weekly_sync ended", "Mon+21 00:00", func(d *comms.Facts) { d.Ended = at("Tue+7 09:00") }, nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := plainDeal()
			d.ModelSet = at("Tue 09:00")
			if c.change != nil {
				c.change(&d)
			}
			code, _, _ := strings.Cut(c.name, " ")
			wantLines(t, lines(report(t, d, at(c.asOf), c.log...), value.Code(code)), c.want...)
		})
	}
}
