// Package comms checks how two companies that sell one deal together talk to the
// prospect and to each other: from a log of mails, meetings, calls, notes,
// questions and quotes to what was forgotten, with the evidence, and what is due
// next.
//
// A [Policy] is data, the times of the rules. [Compile] checks it and gives
// [Rules]; [Rules.Check] judges the whole log of a [Deal] as of an instant.
//
//	rules, err := comms.Compile(comms.DefaultPolicy())
//	if err != nil {
//		return err
//	}
//	report, err := rules.Check(comms.Deal{
//		Opened: monday, Size: model.Standard,
//		People: []comms.Person{
//			{Name: "ana", Party: model.PartnerOrg("acme"), Addresses: []string{"ana@acme.example"}},
//			{Name: "bo", Party: model.VendorOrg("us"), Addresses: []string{"bo@us.example"}},
//			{Prospect: true, Addresses: []string{"@calder.example"}},
//		},
//	}, []comms.Activity{
//		{ID: "m1", Kind: comms.Mail, At: monday, Side: model.Partner, Subject: "Offer",
//			From: "ana@acme.example", To: []string{"dana@calder.example"}},
//	}, monday.Add(2*time.Hour))
//	if err != nil {
//		return err
//	}
//	for _, finding := range report.Findings {
//		fmt.Println(finding.Reason.Code(), finding.Reason.Paths(), finding.Reason)
//	}
//	for _, due := range report.Due {
//		fmt.Println(due.At, due.Side, due.Reason)
//	}
//
// A host that gets one mail at a time keeps a [Tracker]: [Tracker.Add] takes one
// activity in any order, [Tracker.Report] answers as Check does on the whole log,
// without reading it again. The first item of [Report.Due] says when to ask next.
//
// Where business days are not Monday to Friday in UTC, [Rules.In] gives the same rules
// for another [value.Workplace].
//
// Every rule of SPEC section 4 is here, named by the codes of this package.
// [SingleThread], [SeparateStream] and [DuplicateOutreach] look at mails to the
// prospect; [Notify] at every interaction with it; [PrepRule], [DebriefRule] and
// [OneMessage] at meetings with it; [WeeklySync], [SharedNotes] and [Response] at
// what the two sides owe each other; [OnePrice] at their quotes. Rules on single
// events hold from the opening to the end, the weekly sync while the deal is active.
//
// A finding is no error: it has a code, operands and a sentence. Only input that
// means nothing is refused, all of its problems at once.
package comms
