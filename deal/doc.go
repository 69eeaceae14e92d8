// Package deal has what a CRM knows of a deal: the [Deal], what holds for it as a whole,
// and the [Record], the dated facts of what happened on it, in any order. Both are plain
// facts with exported fields and one JSON form; [NameOf] gives the name by which findings
// speak of a fact.
//
//	known, err := deal.Parse(text)
//	if err != nil {
//		return err // every problem, each with its path
//	}
//	fmt.Println(known.ID, known.Amount)
//
// Package assess says what follows from them.
package deal
