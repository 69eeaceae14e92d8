package escalation

import (
	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/value"
)

// Level is the level of people who deal with a blocker; zero is refused. Time moves cases from level 1 to 3 only.
type Level uint8

// The levels.
const (
	RepLevel           Level = 1 + iota // the lead reps of both sides, no management
	ManagerLevel                        // sales managers of both companies
	ExecutiveLevel                      // an executive of each company
	DealDeskLegalLevel                  // deal desk and legal of both companies
)

var (
	levelNames = enum.Of[Level]("esc.level.unknown", "rep", "manager", "executive", "deal_desk_legal")
	levelRules = [...]value.Code{"", "esc.rep", "esc.manager", "esc.executive", "esc.deal_desk_legal"}
	levelCalls = [...]string{"", "the lead reps of both sides", "the sales managers of both companies",
		"the executives of both companies", "deal desk and legal of both companies"}
	concernedCalls = [...]string{"", "the lead reps of the companies concerned",
		"the sales managers of the companies concerned", "the executives of the companies concerned",
		"deal desk and legal of the companies concerned"}

	// levelNeeds holds the functions of the people to call at a level; the lead reps of level 1 come with the deal.
	levelNeeds = [...][]Function{RepLevel: {Rep}, ManagerLevel: {Manager}, ExecutiveLevel: {Executive},
		DealDeskLegalLevel: {DealDesk, Legal}}
)

// String returns the level's name; "" for any other number.
func (l Level) String() string { return levelNames.Name(l) }

// MarshalText returns what [Level.String] returns; the error is always nil.
func (l Level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText reads rep, manager, executive or deal_desk_legal; anything else is an esc.level.unknown error.
func (l *Level) UnmarshalText(text []byte) error { return levelNames.Read(l, text) }

// Function is a function of a person on a roster. The zero value is unset and refused.
type Function uint8

// The functions.
const (
	Rep       Function = 1 + iota // level 1; a deal names its lead reps
	Manager                       // sales managers, level 2
	Executive                     // level 3
	DealDesk                      // level 4
	Legal                         // level 4
)

var functionNames = enum.Of[Function]("esc.function.unknown", "rep", "manager", "executive", "deal_desk", "legal")

// String returns the function's name; "" for any other number.
func (f Function) String() string { return functionNames.Name(f) }

// MarshalText returns what [Function.String] returns; the error is always nil.
func (f Function) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// UnmarshalText reads rep, manager, executive, deal_desk or legal; anything else is an esc.function.unknown error.
func (f *Function) UnmarshalText(text []byte) error { return functionNames.Read(f, text) }
