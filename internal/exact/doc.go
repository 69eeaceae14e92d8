// Package exact is the arithmetic under package value and package comp: rounded
// products of whole minor units with fractions, and the division of an amount
// into parts that total it. It has no floats, no allocation on the usual sizes,
// and nothing wraps inside the bounds that each function states.
package exact
