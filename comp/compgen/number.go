package compgen

import (
	"pgregory.net/rapid"

	"github.com/coselling/coselling/value"
)

// anyDay draws a day from first to last, often one of the ends or the day after first.
func anyDay(first, last value.Date) *rapid.Generator[value.Date] {
	days := last.Sub(first)
	return rapid.Map(rapid.OneOf(rapid.IntRange(0, days), rapid.SampledFrom([]int{0, min(1, days), days})),
		func(n int) value.Date {
			d, _ := first.AddDays(n)
			return d
		})
}

// anyAmount draws a positive amount up to most: tiny, usual, or nearly the most.
func anyAmount(most value.Money) *rapid.Generator[value.Money] {
	bound := most.Minor()
	return rapid.Map(rapid.OneOf(
		rapid.Int64Range(1, min(300, bound)),
		rapid.Int64Range(1, min(100_000_000, bound)),
		rapid.Int64Range(1, bound),
		rapid.SampledFrom([]int64{1, max(1, bound-1), bound}),
	), func(minor int64) value.Money {
		m, _ := most.Take(minor)
		return m
	})
}

func pick[T any](t *rapid.T, label string, from ...T) T {
	return rapid.SampledFrom(from).Draw(t, label)
}

func between(t *rapid.T, label string, least, most int) int {
	return rapid.IntRange(least, most).Draw(t, label)
}

const full = 100_000_000 // 100 % in millionths of a percent

// anyPart draws a percentage from 0 % to 100 %: whole or odd, often one of the ends.
func anyPart() *rapid.Generator[value.Percent] {
	return rapid.Map(rapid.OneOf(
		rapid.Map(rapid.Int64Range(0, 100), func(n int64) int64 { return n * (full / 100) }),
		rapid.Int64Range(0, full),
		rapid.SampledFrom([]int64{0, 1, full / 3, full / 2, full - 1, full}),
	), percent)
}

func percent(millionths int64) value.Percent {
	p, _ := value.NewPercent(millionths) // within its bounds
	return p
}
