package main

import (
	"slices"
	"strings"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/value"
)

// partLines maps the headings in a description to the parts that a prep or a debrief covered.
var partLines = map[comms.Purpose]map[string]comms.Part{
	comms.PrepCall: {"agenda": comms.Agenda, "leads": comms.SectionLeads, "key messages": comms.KeyMessages,
		"follow-ups": comms.FollowUps},
	comms.DebriefCall: {"learned": comms.Learned, "next steps": comms.NextSteps, "deal plan": comms.PlanUpdated,
		"issues": comms.IssuesFlagged},
}

// eventLog makes activities of calendar entries. A category SYNC, PREP or DEBRIEF is the
// purpose of a call between the two sides, RELATED-TO names the meeting that it serves, and
// lines like "Agenda: …" name the parts that it covered. A journal entry is a note: SHARED
// is for both CRMs, RELATED-TO makes it the copy of another.
func eventLog(p *inbox, list []event) {
	for _, e := range list {
		side := sideAmong(p.deal, append([]string{e.host}, e.guests...), e.at)
		if !side.IsValid() {
			if !e.cancelled { // a cancellation alone names nobody
				p.leave(e.file, value.NewError("inbox.calendar.people", "nobody of the two sides",
					"hosts or attends "+value.Quote(e.title)))
			}
			continue
		}
		id := comms.EventID(e.uid, e.recurrence)
		a := comms.Activity{ID: id, Kind: comms.Meeting, At: e.at, End: e.end, Side: side, From: e.host,
			Subject: e.title}
		if e.journal {
			a.Kind, a.About, a.Shared = comms.Note, e.related, slices.Contains(e.categories, "shared")
			p.log = append(p.log, logged{e.file, a})
			continue
		}
		a.To = e.guests
		if a.Purpose = purposeOf(e.categories); a.Purpose == comms.PrepCall || a.Purpose == comms.DebriefCall {
			a.About, a.Covers = e.related, coveredBy(a.Purpose, e.text)
		}
		p.log = append(p.log, logged{e.file, a})
		if e.cancelled {
			p.log = append(p.log, logged{e.file, comms.Activity{ID: id + "#cancelled", Kind: comms.Cancellation,
				At: e.stamp, Side: side, About: []string{id}, Subject: e.title}})
		}
	}
}

func purposeOf(categories []string) comms.Purpose {
	for _, c := range categories {
		if p, err := comms.ParsePurpose(strings.TrimSpace(c)); err == nil {
			return p
		}
	}
	return 0
}

// coveredBy returns the parts that a description mentions.
func coveredBy(purpose comms.Purpose, text string) []comms.Part {
	var list []comms.Part
	for line := range strings.Lines(text) {
		name, about, _ := strings.Cut(line, ":")
		part, ok := partLines[purpose][strings.ToLower(strings.TrimSpace(name))]
		if ok && strings.TrimSpace(about) != "" && !slices.Contains(list, part) {
			list = append(list, part)
		}
	}
	return list
}
