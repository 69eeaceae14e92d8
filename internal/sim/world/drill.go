package world

import "github.com/coselling/coselling/internal/naive/drilltest"

// drill asks a small random question of one domain, and answers it beside a naive model. A long story of a deal meets
// few of the many corners of a rule; thousands of small ones meet them.
type drill struct {
	name string
	play func()
}

// openDrills lists the drills: those of package drilltest, and the world's own.
func (w *world) openDrills() error {
	list, err := drilltest.All(rosterOf(partners[0]))
	for _, d := range list {
		w.drills = append(w.drills, drill{d.Name, func() { w.rehearse(d) }})
	}
	w.drills = append(w.drills,
		drill{"rates over quarters", w.payroll},
		drill{"signals", w.signals},
		drill{"terms", w.terms},
		drill{"amounts", w.amounts},
		drill{"movements", w.movements},
		drill{"versions", w.versions},
	)
	return err
}

// drill plays one of them. One is played with each step of a deal.
func (w *world) drill() {
	d := pick(w.rand, w.drills...)
	w.Rules["drill of "+d.name]++
	d.play()
}

// rehearse plays one domain from a seed.
func (w *world) rehearse(d drilltest.Drill) {
	seed := w.rand.Uint64()
	problem := d.Run(seed)
	w.trace(d.Name, seed, problem)
	if problem != "" {
		w.wrong("%s, drill %d: %s", d.Name, seed, problem)
	}
}
