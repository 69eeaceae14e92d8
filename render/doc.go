// Package render writes what people paste into a wiki, a mail or a calendar: the
// responsibility matrix and a playbook as Markdown, a dated playbook as a Mermaid
// Gantt chart, the stages as a Mermaid state diagram, and tasks as an iCalendar file
// (SPEC section 11).
//
//	schedule, err := rules.Schedule(progress, stage.Query{AsOf: now, Team: team})
//	if err != nil {
//		return err
//	}
//	fmt.Print(render.Gantt("D-17", schedule))
//
// Texts of a deal or of a policy come out inert: what Markdown, HTML, Mermaid or a
// calendar would take for their own is escaped. The same input gives the same bytes.
package render
