package render_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/render"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

func ExampleGantt() {
	rules, err := stage.DefaultRules()
	if err != nil {
		panic(err)
	}
	progress, err := rules.Open(stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed,
		Size: model.Simplified})
	if err != nil {
		panic(err)
	}
	schedule, err := rules.Schedule(progress,
		stage.Query{AsOf: time.Date(2026, time.November, 7, 9, 0, 0, 0, time.UTC)})
	if err != nil {
		panic(err)
	}
	lines := strings.Split(render.Gantt("D-17", schedule), "\n")
	fmt.Println(strings.Join(lines[:10], "\n"))
	// Output:
	// gantt
	//     title D-17
	//     dateFormat YYYY-MM-DD
	//     inclusiveEndDates
	//     section Opportunity identification
	//     register the deal and qualify it :crit, t0x0, 2026-11-02, 2026-11-06
	//     confirm that the deal gets support :crit, t0x1, 2026-11-02, 2026-11-06
	//     set the engagement model :done, t0x2, 2026-11-02, 2026-11-06
	//     section Discovery
	//     cover needs#44; fit and requirements in one call :t1x3, 2026-11-07, 2026-11-13
}
