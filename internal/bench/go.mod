module github.com/coselling/coselling/internal/bench

go 1.26

require github.com/coselling/coselling v0.0.0

require (
	github.com/go-json-experiment/json v1.27.2 // indirect
	github.com/qmuntal/stateless v1.7.2
	github.com/shopspring/decimal v1.6.0 // indirect
)

replace github.com/coselling/coselling => ../..
