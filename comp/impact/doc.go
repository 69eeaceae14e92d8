// Package impact says what a new compensation policy would have changed: both policies
// over the same bookings, and for each rep, side and in total the quota credit and the
// commission before, after and the difference, with every field of the policy that
// caused it (SPEC 5.5).
//
//	before, err := comp.Compile(policy)
//	if err != nil {
//		return err
//	}
//	policy.RoleBased.Contributions[comp.TechnicalValidation] = value.MustPercent("35%")
//	after, err := comp.Compile(policy)
//	if err != nil {
//		return err
//	}
//	report, err := impact.Compare(before, after, bookings)
//	if err != nil {
//		return err
//	}
//	fmt.Print(report.Text())
//	for _, payee := range report.Losses() {
//		fmt.Println(payee.Rep, payee.Change.Commission, payee.Causes)
//	}
//
// [Compare] takes a slice in any order, a [Comparison] one booking at a time, of which
// it keeps none: its memory is the payees. A [Row] for each booking goes to a callback
// ([Rows]); reversals and instalments are given up front ([Reversals], [Instalments]). A
// [Report] is written as text, Markdown, CSV or JSON.
//
// To compare in several processes, each compares some payees ([Only]) over all bookings,
// and [Merge] adds up their [Partial] results, which have an encoded form.
//
// [Lint] finds what is legal in a policy and doubtful. No result depends on it.
//
// A field is a cause where a line of the payee used it and it differs: its model,
// rounding, contribution, the tiers that priced it, a floor or cap that held it, the
// quota that it was measured by, where the credit of its side was divided and rounded
// the other contributions of the side, and where a rate counts over a period the causes of
// earlier differences of that period.
package impact
