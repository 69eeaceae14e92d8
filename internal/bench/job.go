package main

// job is one thing to do, which several candidates do alike.
type job struct {
	name    string // for flags and benchmarks, without spaces
	title   string
	note    string // what exactly is done
	cases   int    // different inputs, from 0
	prepare func() []candidate
	more    func() string // for the note, known after prepare; nil for nothing
}

// The first two candidates of a job have a role: the floor is plain code that does
// the same with nothing around it, and the answers of the others are compared with ours.
const (
	floor = iota
	ours
)

// candidate does a job. Whatever it needs was prepared before.
type candidate struct {
	name   string
	run    func(i int)   // does case i
	answer func() string // what the last run found
	rounds bool          // rounds or divides in its own way, so that answers may differ
}

// jobs returns all jobs, in the order of the tables.
func jobs(claims int) []job {
	list := []job{statementJob(2), statementJob(3), statementJob(8), allowedJob(), refusedJob(), routeJob(12), routeJob(64), routeJob(1000)}
	return append(list, registryJobs(claims)...)
}

// differences returns for each candidate in how many cases it answers otherwise than
// ours.
func differences(all []candidate, cases int) []int {
	differ := make([]int, len(all))
	for i := range cases {
		all[ours].run(i)
		want := all[ours].answer()
		for c := range all {
			if c == ours {
				continue
			}
			all[c].run(i)
			if all[c].answer() != want {
				differ[c]++
			}
		}
	}
	return differ
}

// must is for what cannot fail here; a bench that is wrong had better stop.
func must[T any](v T, err error) T {
	mustDo(err)
	return v
}

func mustDo(err error) {
	if err != nil {
		panic(err)
	}
}
