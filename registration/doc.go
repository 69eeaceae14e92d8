// Package registration decides who registered an account first, and what became of it:
// whether a claim waits, owns, has ended or was refused, by when it is decided, until
// when it protects, and what each party may know of it.
//
// A [Policy] is data; [Compile] gives its [Rules], pure functions over claims. A
// [Registry] applies them to a [Store], which makes each decision atomic: of any number
// of parties that race from any number of machines, one is first.
//
//	policy := registration.DefaultPolicy("us", "noor", "vic") // the vendor, and who approves
//	registry, err := memstore.New(policy, domains.Registrable)
//	if err != nil {
//		return err
//	}
//	acme := model.PartnerOrg("acme")
//	answer, err := registry.Submit(ctx, acme, registration.Filing{
//		Key: "acme-17", By: "ana",
//		Account: matching.Account{Name: "Hooli Inc.", Domains: []string{"www.hooli.com"}},
//	})
//	if err != nil {
//		return err
//	}
//	noor := model.Person{Name: "noor", Party: model.VendorOrg("us")}
//	decided, err := registry.Act(ctx, answer.Claim, registration.Event{Do: registration.Approve, By: noor})
//	if err != nil {
//		return err
//	}
//	fmt.Println(decided.Status, decided.Until)
//
// Business days are Monday to Friday, and the policy's zone is UTC; the option [In] gives
// another [value.Workplace].
//
// A claim is stored as what was filed and what people did to it. How it stands is
// computed as of an instant: expiry, the queue and the rejection of those who came later
// need no job to run. An [Answer] is redacted for the party that asks; a [Decision], a
// [Standing] and a [Rival] name everyone and are for the vendor alone.
//
// Which accounts are one, package matching says. Everything here is SPEC section 6.
package registration
