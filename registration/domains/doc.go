// Package domains finds the registrable domain of a host by the public suffix list: acme.co.uk for www.acme.co.uk.
//
//	package main
//
//	import (
//		"fmt"
//		"log"
//
//		"github.com/coselling/coselling/registration/domains"
//	)
//
//	func main() {
//		d, err := domains.Registrable("https://www.Acme.co.uk/about")
//		if err != nil {
//			log.Fatal(err)
//		}
//		fmt.Println(d) // acme.co.uk
//	}
//
// [Registrable] is the function that packages registration and matching take as an argument. It is in a package of
// its own because the list is large and links the network packages of the standard library; it uses no network.
package domains
