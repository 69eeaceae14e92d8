package sample

import (
	"context"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/examples/portal/internal/store"
)

// work does the first thing that the view asks of a person and that a program can fill in.
func work(ctx context.Context, s *store.Store, who store.User, id string) error {
	seen, err := s.Deal(ctx, who, id)
	if err != nil {
		return err
	}
	for _, action := range seen.View.Next {
		change, ok := answered(action)
		if !ok {
			continue
		}
		outcome, err := s.Change(ctx, who, id, seen.Version, change)
		if err == nil && outcome.Accepted {
			return nil
		}
	}
	return nil // others have to act first
}

// answered fills in what only a person knows.
func answered(a coselling.Action) (deal.Change, bool) {
	if a.Do == nil {
		return deal.Change{}, false
	}
	var answers []string
	for _, ask := range a.Ask {
		switch {
		case len(ask.Choices) > 0:
			answers = append(answers, ask.Choices[0])
		case ask.Kind == assess.AskYesNo:
			answers = append(answers, "false") // nothing speaks against the opportunity
		case ask.Kind == assess.AskText:
			answers = append(answers, "P-1")
		default:
			return deal.Change{}, false
		}
	}
	change, err := a.Fill(answers...)
	return change, err == nil
}
