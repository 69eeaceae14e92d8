// Package comms checks how two companies that sell one deal together talk to the prospect and to each other.
// From a log of mails, meetings, calls, notes, questions and quotes it finds the rules that were broken, with
// the activities that show it, and the duties that are due next.
//
//	package main
//
//	import (
//		"fmt"
//		"log"
//		"time"
//
//		"github.com/coselling/coselling/comms"
//		"github.com/coselling/coselling/model"
//	)
//
//	func main() {
//		rules, err := comms.Compile(comms.DefaultPolicy())
//		if err != nil {
//			log.Fatal(err)
//		}
//		monday := time.Date(2026, time.November, 2, 9, 0, 0, 0, time.UTC)
//		report, err := rules.Judge(comms.Facts{
//			Opened: monday, Size: model.Standard,
//			People: []comms.Correspondent{
//				{Name: "ana", Party: model.PartnerOrg("acme"), Addresses: []string{"ana@acme.example"}},
//				{Name: "bo", Party: model.VendorOrg("us"), Addresses: []string{"bo@us.example"}},
//				{Prospect: true, Addresses: []string{"@calder.example"}},
//			},
//		}, []comms.Activity{
//			{ID: "m1", Kind: comms.Mail, At: monday, Side: model.Partner, Subject: "Offer",
//				From: "ana@acme.example", To: []string{"dana@calder.example"}},
//		}, monday.Add(2*time.Hour))
//		if err != nil {
//			log.Fatal(err) // all problems of the deal and the log, each with its path
//		}
//		for _, finding := range report.Findings {
//			fmt.Println(finding.Reason.Code(), finding.Reason.Paths(), finding.Reason)
//		}
//		for _, due := range report.Due {
//			fmt.Println(due.At, due.Side, due.Reason)
//		}
//	}
//
// It prints
//
//	comm.separate_stream [m1] the partner writes to the prospect in a thread of its own, "Offer": 1 of 1 mails leave the vendor out
//	comm.single_thread [m1] the partner's mail "Offer" to the prospect went without the vendor's lead rep "bo" on it
//	comm.notify [m1] the partner did not tell the vendor of its mail with the prospect by 2026-11-02T10:00:00Z
//
// A [Policy] holds the times of the rules. [Compile] checks it and returns [Rules]; [Rules.Judge] judges a whole
// log as of an instant. A host that gets one mail at a time keeps a [Tracker]: [Tracker.Add] takes activities in
// any order, and [Tracker.Report] reports what Judge would, without reading the whole log again.
//
// Business days are Monday to Friday in UTC; [Rules.In] gives the same rules for another [value.Workplace].
//
// Each rule of the communication protocol has a code in this package. [SingleThread], [SeparateStream] and
// [DuplicateOutreach] are about mails to the prospect; [Notify] is about every interaction with it; [Prep],
// [Debrief] and [OneMessage] are about meetings with it; [WeeklySync], [SharedNotes] and [Response] are about
// the duties of the two sides to each other; [OnePrice] is about their quotes. Rules on single events apply
// from the opening of the deal to its end, the weekly sync while the deal is active.
//
// A broken rule is a finding, not an error. Errors report malformed input, all problems at once.
package comms
