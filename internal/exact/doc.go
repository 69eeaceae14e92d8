// Package exact has the arithmetic of packages value and comp: rounded products of whole minor units with
// fractions, and the division of an amount into parts that total it. It uses no floats, allocates nothing for
// usual sizes, and no result wraps inside the bounds that each function states.
package exact
