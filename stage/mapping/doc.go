// Package mapping translates the stage names of other systems to the stages of a playbook and back, and reports
// what a translation loses (stage.map_loss).
//
//	package main
//
//	import (
//		"fmt"
//		"log"
//
//		"github.com/coselling/coselling/stage"
//		"github.com/coselling/coselling/stage/mapping"
//	)
//
//	func main() {
//		m, err := mapping.Shipped(mapping.AWSPartnerCentral)
//		if err != nil {
//			log.Fatal(err)
//		}
//		s, err := m.Import("Technical Validation") // the earliest stage that it covers
//		if err != nil {
//			log.Fatal(err)
//		}
//		fmt.Println(s) // presentation
//		exported, err := m.Export(stage.Evaluation)
//		if err != nil {
//			log.Fatal(err)
//		}
//		fmt.Println(exported.Name) // Technical Validation
//		fmt.Println(exported.Loss) // Technical Validation comes back as presentation, not as evaluation
//	}
//
// A mapping is a JSON file. Those of [AWSPartnerCentral], [MicrosoftPartnerCenter], [Salesforce], [HubSpot] and
// [Dynamics365] are part of the package, each with the source of its names. [Parse] reads a file of the same form
// for any other system.
package mapping
