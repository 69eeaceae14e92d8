module github.com/coselling/coselling/examples/inbox

go 1.26.0

require (
	github.com/arran4/golang-ical v0.3.4
	github.com/coselling/coselling v0.0.0
	github.com/go-json-experiment/json v1.27.2
	github.com/teambition/rrule-go v1.8.2
	golang.org/x/net v0.60.0
	golang.org/x/text v0.43.0
	pgregory.net/rapid v1.3.0
)

require (
	github.com/google/go-cmp v0.7.0 // indirect
	github.com/shopspring/decimal v1.6.0 // indirect
)

replace github.com/coselling/coselling => ../..
