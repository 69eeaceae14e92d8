module github.com/coselling/coselling/internal/schematest

go 1.26.0

require (
	github.com/coselling/coselling v0.0.0
	github.com/santhosh-tekuri/jsonschema/v6 v6.0.3
	pgregory.net/rapid v1.3.0
)

replace github.com/coselling/coselling => ../..
