// Package escalation says whom to call when something stops a deal: which level a
// blocker belongs to, who is on duty there on both sides, by when they respond, what
// happens if they do not, and which blockers the facts of a deal show by themselves.
//
// A [Policy] and a [Roster] are data. [Compile] checks them together, so that a hole
// is found before a deal runs into it, and gives [Routes]:
//
//	acme, us := model.PartnerOrg("acme"), model.VendorOrg("us")
//	all := []escalation.Function{escalation.Manager, escalation.Executive, escalation.DealDesk, escalation.Legal}
//	roster := escalation.Roster{People: []escalation.Member{
//		{Name: "mia", Party: acme, Functions: all},
//		{Name: "noor", Party: us, Functions: all},
//	}}
//	routes, err := escalation.Compile(escalation.DefaultPolicy(), roster)
//	if err != nil {
//		return err
//	}
//	route, err := routes.Route(escalation.Blocker{Kind: escalation.ProspectDark, Raised: at}, at)
//	if err != nil {
//		return err
//	}
//	fmt.Println(route.Level, route.RespondBy, route.Reason)
//	for _, contact := range route.People() {
//		fmt.Println(contact.Person.Name, contact.Function)
//	}
//
// A [Case] is the life of one blocker. [Routes.Raise] opens, joins or reopens it,
// [Routes.Acknowledge] and [Routes.Resolve] record what people did. What time does is
// not recorded by a job but computed: [Routes.Standing] says how a case stands at any
// instant, its history included. [Routes.Detect] finds stalled, dark and large deals:
//
//	found, err := routes.Detect(deal, cases, now) // raise each of them
//	standing, err := routes.Standing(c, deal, now) // whom to call, who is late
//
// Business days are Monday to Friday in UTC; [Routes.In] gives the same routes for
// another [value.Workplace].
//
// A roster is for one partnership: one partner and one vendor. Level 1 is the lead
// reps of the deal, who come with its facts. Everything here is SPEC section 7.
package escalation
