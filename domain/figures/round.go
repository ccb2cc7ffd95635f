package figures

import "math/big"

var half = big.NewRat(1, 2)

// Floor cuts v down to a multiple of step, which must be positive.
func Floor(v, step *big.Rat) *big.Rat {
	q := new(big.Rat).Quo(v, step)
	n := new(big.Int).Div(q.Num(), q.Denom())
	return new(big.Rat).Mul(new(big.Rat).SetInt(n), step)
}

// HalfUp rounds v to the nearest multiple of step, which must be positive; a value half way goes up.
func HalfUp(v, step *big.Rat) *big.Rat {
	shifted := new(big.Rat).Mul(step, half)
	return Floor(shifted.Add(shifted, v), step)
}

// power is base to the n for n >= 0.
func power(base *big.Rat, n int) *big.Rat {
	e := big.NewInt(int64(n))
	num := new(big.Int).Exp(base.Num(), e, nil)
	return new(big.Rat).SetFrac(num, new(big.Int).Exp(base.Denom(), e, nil))
}

// growthSteps is the largest k for which a yearly growth of (k+shift)*step percent does not lead above quotient in n
// years. Shift 0 therefore cuts the growth rate off and shift -1/2 rounds it half up, both without taking a root. The
// quotient must not be negative and step must be positive.
func growthSteps(quotient, step *big.Rat, n int, shift *big.Rat) *big.Int {
	fits := func(k *big.Int) bool {
		rate := new(big.Rat).SetInt(k)
		rate.Mul(rate.Add(rate, shift), step)
		base := rate.Add(rate.Quo(rate, whole(100)), whole(1))
		return base.Sign() <= 0 || power(base, n).Cmp(quotient) <= 0
	}
	low := Floor(new(big.Rat).Quo(whole(-100), step), whole(1)).Num()
	width := big.NewInt(1)
	for fits(new(big.Int).Add(low, width)) {
		width.Lsh(width, 1)
	}
	return lastFit(low, new(big.Int).Add(low, width), fits)
}

// lastFit finds by halving the last k that fits, knowing that low does and high does not.
func lastFit(low, high *big.Int, fits func(*big.Int) bool) *big.Int {
	low, high = new(big.Int).Set(low), new(big.Int).Set(high)
	one := big.NewInt(1)
	for new(big.Int).Sub(high, low).Cmp(one) > 0 {
		mid := new(big.Int).Add(low, high)
		mid.Rsh(mid, 1)
		if fits(mid) {
			low = mid
			continue
		}
		high = mid
	}
	return low
}
