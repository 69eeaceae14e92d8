// Package assess says of a deal everything that a book says about it: which engagement
// model fits and who does what, the dated playbook and its gates, who registered it, how
// the two sides talk, what is blocked and whom to call, what each rep would be credited,
// what is wrong, and what to do next.
//
//	rules, err := assess.Compile(book.Default(), assess.Host{})
//	if err != nil {
//		return err // every problem of the book, each with its path
//	}
//	assessment, err := rules.Assess(known, record, time.Now())
//	if err != nil {
//		return err
//	}
//	for _, action := range assessment.For(model.VendorOrg("vendor")).Next {
//		fmt.Println(action.Due, action.Owner, action.Text(), action.Code)
//	}
//
// An [Assessment] is for the host; each party reads its own [View], which no fact that it
// may not know can change.
package assess
