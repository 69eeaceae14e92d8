// Package render writes documents that people paste into a wiki, a mail or a calendar: the responsibility matrix and
// a playbook as Markdown, a dated playbook as a Mermaid Gantt chart or an SVG image, the stages as a Mermaid state
// diagram, and tasks as an iCalendar file. The brief of a deal, for a chat, and the report, for a check, are plain
// text, Markdown, Slack's markup or HTML.
//
//	package main
//
//	import (
//		"fmt"
//
//		"github.com/coselling/coselling/model"
//		"github.com/coselling/coselling/render"
//	)
//
//	func main() {
//		fmt.Print(render.Matrix(model.DefaultMatrix()[3:4]))
//	}
//
// It prints
//
//	| responsibility | partner-led | vendor-led | true co-sell |
//	| --- | --- | --- | --- |
//	| present the business case | partner leads | vendor leads | partner leads |
//
// Texts of a deal or of a policy are escaped, so that nothing in them acts as Markdown, HTML, Mermaid or
// iCalendar. The same input gives the same bytes.
package render
