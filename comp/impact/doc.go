// Package impact compares two compensation policies over the same bookings. A report has,
// for each rep, each side and in total, quota credit and commission before and after, the
// difference, and every field of the policy that caused it.
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
// [Compare] takes a slice in any order. A [Comparison] takes one booking at a time and
// keeps only the payees. [Rows] gives a [Row] for each booking to a callback; [Reversals]
// and [Instalments] give the movements of deals. A [Report] prints itself as text,
// Markdown, CSV or JSON.
//
// Several processes can share the work: each compares some payees ([Only]) over all
// bookings, and [Merge] adds up their [Partial] results, which can be written and read.
//
// [Lint] finds doubtful terms of a valid policy. No result depends on it.
//
// A field is a cause if it differs and a line of the payee used it: the model, the
// rounding, the contribution, the tiers that priced the line, a floor or cap that held it,
// the quota that measured it. If the credit of the payee's side was divided and rounded,
// the other contributions of the side are causes too; if a rate counts over a period, so
// are the causes of earlier differences in that period.
package impact
