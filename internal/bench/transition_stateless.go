package main

import (
	"context"
	"fmt"

	"github.com/qmuntal/stateless"

	"github.com/coselling/coselling/stage"
)

// trigger is the name of the move for the state machines.
const trigger = "advance"

// statelessMachine returns the guards written with stateless, over a stage that the
// caller keeps: in the usual way, a web request loads it and stores it again.
func statelessMachine(f *facts, at *stage.Stage) *stateless.StateMachine {
	m := stateless.NewStateMachineWithExternalStorage(
		func(context.Context) (stateless.State, error) { return *at, nil },
		func(_ context.Context, next stateless.State) error {
			*at = next.(stage.Stage)
			return nil
		}, stateless.FiringImmediate)
	m.Configure(stage.Evaluation).Permit(trigger, stage.Proposal,
		func(_ context.Context, args ...any) bool { return f.authority(args[0].(advance)) },
		func(context.Context, ...any) bool { return f.tookPart() },
		func(context.Context, ...any) bool { return f.tasksDone() },
	)
	m.Configure(stage.Proposal)
	return m
}

// statelessMachines returns a machine for each attempt, over one stage.
func statelessMachines(known []*facts, at *stage.Stage) []*stateless.StateMachine {
	var machines []*stateless.StateMachine
	for _, f := range known {
		machines = append(machines, statelessMachine(f, at))
	}
	return machines
}

func statelessCanFire(attempts []attempt) candidate {
	known, asked := factsOf(attempts)
	at := stage.Evaluation
	machines := statelessMachines(known, &at)
	var allowed bool
	return candidate{
		name: "qmuntal/stateless, CanFire",
		run: func(i int) {
			allowed = must(machines[i].CanFire(trigger, asked[i]))
		},
		answer: func() string { return fmt.Sprint(allowed) },
	}
}

func statelessFire(attempts []attempt) candidate {
	known, asked := factsOf(attempts)
	at := stage.Evaluation
	machines := statelessMachines(known, &at)
	var allowed bool
	return candidate{
		name: "qmuntal/stateless, Fire",
		run: func(i int) {
			at = stage.Evaluation
			allowed = machines[i].Fire(trigger, asked[i]) == nil
		},
		answer: func() string { return fmt.Sprint(allowed && at == stage.Proposal) },
	}
}

// statelessFresh makes the machine of the deal first, as a web request would.
func statelessFresh(attempts []attempt) candidate {
	known, asked := factsOf(attempts)
	var at stage.Stage
	var allowed bool
	return candidate{
		name: "qmuntal/stateless, a machine made for the deal, Fire",
		run: func(i int) {
			at = stage.Evaluation
			allowed = statelessMachine(known[i], &at).Fire(trigger, asked[i]) == nil
		},
		answer: func() string { return fmt.Sprint(allowed && at == stage.Proposal) },
	}
}
