package web

import (
	"strings"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/stage"
)

// happened is an event of a deal in words.
type happened struct {
	store.Happened
	Says, Why string
}

// history returns what happened to a deal after a version, the newest first.
func (s *Server) history(q *request, v *coselling.View, since int) ([]happened, error) {
	list, err := s.Store.History(q.Context(), q.who, v.Deal, since)
	told := make([]happened, len(list))
	for i, h := range list {
		told[i] = happened{h, did(v, &h.Change), h.Change.Event.Reason}
	}
	return told, err
}

// did says what a change did.
func did(v *coselling.View, c *deal.Change) string {
	e := &c.Event
	switch {
	case e.Verb == 0 && len(c.Facts) > 0:
		return say("did.fact", strings.ReplaceAll(string(c.Facts[0].Kind), "_", " "))
	case e.Verb == 0 && c.Blocker.ID != "":
		return say("did.blocker", strings.ReplaceAll(string(c.Blocker.Kind), "_", " "))
	case e.Verb == 0 && c.BlockerEvent.Blocker != "":
		return say("did.answer")
	case e.Verb == 0:
		return say("did.edit")
	}
	key := "did." + e.Verb.String()
	switch e.Verb {
	case stage.VerbAdvance, stage.VerbSendBack:
		return say(key, stageSays(v, e.To))
	case stage.VerbDone, stage.VerbWaive, stage.VerbRaise:
		return say(key, taskSays(v, e.Task))
	case stage.VerbSetModel:
		return say(key, say("model."+e.Engagement.String()))
	case stage.VerbSetLead:
		return say(key, e.Lead.Org)
	default:
		return say(key)
	}
}

// stageSays returns a stage in the words of the playbook.
func stageSays(v *coselling.View, s stage.Stage) string {
	for _, w := range v.Schedule.Windows {
		if w.Stage == s {
			return w.Says
		}
	}
	return strings.ReplaceAll(string(s), "_", " ")
}

// taskSays returns a task in the words of the playbook.
func taskSays(v *coselling.View, id stage.TaskID) string {
	for i := range v.Schedule.Items {
		if t := &v.Schedule.Items[i].Task; t.ID == id {
			return t.Says
		}
	}
	return strings.ReplaceAll(string(id), "_", " ")
}
