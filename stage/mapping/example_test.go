package mapping_test

import (
	"fmt"

	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/stage/mapping"
)

func ExampleMapping_Export() {
	m, err := mapping.Shipped(mapping.AWSPartnerCentral)
	if err != nil {
		panic(err)
	}
	s, err := m.Import("Technical Validation")
	if err != nil {
		panic(err)
	}
	theirs, err := m.Export(stage.Evaluation)
	if err != nil {
		panic(err)
	}
	fmt.Println(s)
	fmt.Println(theirs.Name)
	fmt.Println(theirs.Loss)
	// Output:
	// presentation
	// Technical Validation
	// Technical Validation comes back as presentation, not as evaluation
}
