// Package value holds the exact values that every other package uses: [Money], [Currency], [Percent],
// [Ratio], [Date], [Calendar] and [Workplace]. It also holds the two ways in which an answer explains itself:
// a [Reason] for a decision, an [Error] for refused input. It has no rules of co-selling.
//
//	package main
//
//	import (
//		"fmt"
//		"log"
//
//		"github.com/coselling/coselling/value"
//	)
//
//	func main() {
//		price, err := value.ParseMoney("100.00 USD")
//		if err != nil {
//			log.Fatal(err) // such as: "100.005" has more decimals than USD has (2)
//		}
//		shares, err := price.Allocate(2, 1)
//		if err != nil {
//			log.Fatal(err)
//		}
//		fmt.Println(shares)
//		fmt.Println(value.MustPercent("130%").CheckPart())
//	}
//
// It prints
//
//	[66.67 USD 33.33 USD]
//	130% is above 100%
//
// All values are immutable and, except [Calendar], comparable with ==. None depends on a process-wide
// setting, and decimals appear in two functions only: [MoneyFromDecimal] and [Money.Decimal].
package value
