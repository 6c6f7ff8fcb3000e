//! Labels on one line pushed apart until none covers another, each as near to where it belongs as the others let it.

/// One label on the line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wish {
    /// Where its middle should be.
    pub(crate) at: f64,
    /// Room it takes, gap included.
    pub(crate) size: f64,
}

/// Middles for labels in the order of their wishes, inside `from` to `to`. Groups of labels that push each other stand around
/// the mean of their wishes, which makes the sum of squared shifts the smallest (pooled neighbours; Barlow et al., Statistical Inference
/// under Order Restrictions, 1972). Where the labels need more than there is, they share the overflow evenly at both ends.
pub(crate) fn spread(wishes: &[Wish], from: f64, to: f64) -> Vec<f64> {
    struct Pool {
        /// Mean wish for the pool's begin.
        begin: f64,
        size: f64,
        members: usize,
    }
    let total: f64 = wishes.iter().map(|wish| wish.size).sum();
    let (from, to) = if total > to - from {
        let over = (total - (to - from)) / 2.0;
        (from - over, to + over)
    } else {
        (from, to)
    };
    let inside = |begin: f64, size: f64| begin.min(to - size).max(from);
    let mut pools: Vec<Pool> = Vec::new();
    for wish in wishes {
        let mut pool = Pool {
            begin: wish.at - wish.size / 2.0,
            size: wish.size,
            members: 1,
        };
        while let Some(last) = pools.last() {
            if inside(last.begin, last.size) + last.size <= inside(pool.begin, pool.size) + 1e-9 {
                break;
            }
            // Both begin where the mean of all their members' wishes lies.
            let (a, b) = (last.members as f64, pool.members as f64);
            pool.begin = (a * last.begin + b * (pool.begin - last.size)) / (a + b);
            pool.size += last.size;
            pool.members += last.members;
            pools.pop();
        }
        pools.push(pool);
    }
    let mut middles = Vec::with_capacity(wishes.len());
    let mut rest = wishes.iter();
    for pool in pools {
        let mut begin = inside(pool.begin, pool.size);
        for wish in rest.by_ref().take(pool.members) {
            middles.push(begin + wish.size / 2.0);
            begin += wish.size;
        }
    }
    middles
}

/// [`spread`] for labels in any order: each gets its own middle back.
pub(crate) fn spread_any(wishes: &[Wish], from: f64, to: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by(|a, b| wishes[*a].at.total_cmp(&wishes[*b].at));
    let sorted: Vec<Wish> = order.iter().map(|index| wishes[*index]).collect();
    let mut middles = vec![0.0; wishes.len()];
    for (index, middle) in order.into_iter().zip(spread(&sorted, from, to)) {
        middles[index] = middle;
    }
    middles
}

/// Stretches of a line that words stand on already, for words that need not stand at every place: one "no data" is enough for
/// neighbours that have no room for two.
#[derive(Default)]
pub(crate) struct Taken {
    stretches: Vec<(f64, f64)>,
}

impl Taken {
    /// Takes `size` points around `middle`; false, and nothing is taken, if a part of them is taken already.
    pub(crate) fn claim(&mut self, middle: f64, size: f64) -> bool {
        let own = (middle - size / 2.0, middle + size / 2.0);
        let free = self
            .stretches
            .iter()
            .all(|(from, to)| own.1 <= *from || *to <= own.0);
        if free {
            self.stretches.push(own);
        }
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(at: f64, size: f64) -> Wish {
        Wish { at, size }
    }

    #[test]
    fn who_has_room_stays() {
        let wishes = [wish(10.0, 10.0), wish(50.0, 10.0)];
        assert_eq!(spread(&wishes, 0.0, 100.0), [10.0, 50.0]);
    }

    #[test]
    fn neighbours_share_the_shift() {
        let wishes = [wish(50.0, 10.0), wish(50.0, 10.0), wish(90.0, 10.0)];
        assert_eq!(spread(&wishes, 0.0, 100.0), [45.0, 55.0, 90.0]);
    }

    #[test]
    fn nothing_overlaps_and_nothing_leaves() {
        for seed in 0..200_u32 {
            let mut state = seed;
            let mut next = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                f64::from(state >> 16) / 65_536.0
            };
            let mut wishes: Vec<Wish> = (0..8)
                .map(|_| wish(next() * 100.0, 2.0 + next() * 10.0))
                .collect();
            wishes.sort_by(|a, b| a.at.total_cmp(&b.at));
            let middles = spread(&wishes, 0.0, 100.0);
            let mut end = 0.0;
            for (middle, wish) in middles.iter().zip(&wishes) {
                assert!(middle - wish.size / 2.0 >= end - 1e-6, "seed {seed}");
                end = middle + wish.size / 2.0;
            }
            assert!(end <= 100.0 + 1e-6, "seed {seed}");
        }
    }
}
