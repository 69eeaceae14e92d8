module github.com/coselling/coselling/internal/rendercheck

go 1.26.0

require (
	github.com/arran4/golang-ical v0.3.4
	github.com/coselling/coselling v0.0.0
	github.com/yuin/goldmark v1.8.7
	golang.org/x/net v0.60.0
	pgregory.net/rapid v1.3.0
)

require (
	github.com/go-json-experiment/json v1.27.2 // indirect
	github.com/shopspring/decimal v1.6.0 // indirect
	golang.org/x/text v0.43.0 // indirect
)

replace github.com/coselling/coselling => ../..
