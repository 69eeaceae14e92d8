package main

import (
	"context"
	"fmt"

	"github.com/looplab/fsm"

	"github.com/coselling/coselling/stage"
)

// looplabMachine returns the guards written with looplab/fsm, as a callback that
// cancels. Its Can does not ask the callback, so only Event answers the question.
func looplabMachine(f *facts) *fsm.FSM {
	return fsm.NewFSM(string(stage.Evaluation),
		fsm.Events{{Name: trigger, Src: []string{string(stage.Evaluation)}, Dst: string(stage.Proposal)}},
		fsm.Callbacks{"before_" + trigger: func(_ context.Context, e *fsm.Event) {
			if !f.authority(e.Args[0].(advance)) || !f.tookPart() || !f.tasksDone() {
				e.Cancel()
			}
		}})
}

func looplabEvent(attempts []attempt) candidate {
	known, asked := factsOf(attempts)
	var machines []*fsm.FSM
	for _, f := range known {
		machines = append(machines, looplabMachine(f))
	}
	var m *fsm.FSM
	return candidate{
		name: "looplab/fsm, Event",
		run: func(i int) {
			m = machines[i]
			m.SetState(string(stage.Evaluation))
			_ = m.Event(context.Background(), trigger, asked[i]) // the state says whether it was cancelled
		},
		answer: func() string { return fmt.Sprint(m.Is(string(stage.Proposal))) },
	}
}

// looplabFresh makes the machine of the deal first, as a web request would.
func looplabFresh(attempts []attempt) candidate {
	known, asked := factsOf(attempts)
	var m *fsm.FSM
	return candidate{
		name: "looplab/fsm, a machine made for the deal, Event",
		run: func(i int) {
			m = looplabMachine(known[i])
			_ = m.Event(context.Background(), trigger, asked[i]) // as above
		},
		answer: func() string { return fmt.Sprint(m.Is(string(stage.Proposal))) },
	}
}
