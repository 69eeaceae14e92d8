module github.com/coselling/coselling/examples/adapters

go 1.26.0

require (
	github.com/coselling/coselling v0.0.0
	github.com/go-json-experiment/json v1.27.2
	github.com/shopspring/decimal v1.6.0
)

require (
	github.com/google/go-cmp v0.7.0 // indirect
	golang.org/x/text v0.43.0 // indirect
)

replace github.com/coselling/coselling => ../..
