package main

// bareStatement is the floor: int64 arithmetic with the policy compiled in. It has no
// currency, no names and no checks.
func bareStatement(shares []int64) candidate {
	values, lines := cents(), make([]pay, 1+len(shares))
	return candidate{
		name:   "bare int64, the policy as constants",
		run:    func(i int) { bare(values[i], lines) },
		answer: func() string { return pays(lines, func(l pay) pay { return l }) },
	}
}

func halfEven(n, d int64) int64 {
	q, r := n/d, n%d
	if 2*r > d || 2*r == d && q&1 == 1 {
		q++
	}
	return q
}

func bare(v int64, lines []pay) {
	lines[0] = pay{v, halfEven(v*8, 100)}
	switch len(lines) {
	case 2:
		lines[1] = pay{halfEven(v*30, 100), halfEven(v*15, 1000)}
	case 3:
		a, rest := v*18/100, v*18%100
		b, other := v*12/100, v*12%100
		left := halfEven(v*30, 100) - a - b
		if left == 2 || left == 1 && rest >= other {
			a++
			left--
		}
		b += left
		lines[1] = pay{a, halfEven(v*9, 1000)}
		lines[2] = pay{b, halfEven(v*6, 1000)}
	case 8:
		bareEight(v, lines)
	}
}

func bareEight(v int64, lines []pay) {
	shares := [7]int64{25, 20, 15, 14, 10, 9, 7}
	var rest [7]int64
	left := halfEven(v*30, 100)
	for i, s := range shares {
		lines[i+1] = pay{v * s * 3 / 1000, halfEven(v*s*15, 100_000)}
		rest[i] = v * s * 3 % 1000
		left -= lines[i+1].credit
	}
	for ; left > 0; left-- {
		best := 0
		for i := range rest {
			if rest[i] > rest[best] {
				best = i
			}
		}
		rest[best] = -1
		lines[best+1].credit++
	}
}
