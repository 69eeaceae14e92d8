module github.com/coselling/coselling/internal/before

go 1.26.0

require (
	github.com/coselling/coselling v0.0.0
	github.com/go-json-experiment/json v1.27.2
	pgregory.net/rapid v1.3.0
)

require (
	github.com/shopspring/decimal v1.6.0 // indirect
	golang.org/x/net v0.60.0 // indirect
	golang.org/x/text v0.43.0 // indirect
)

replace github.com/coselling/coselling => ../..
