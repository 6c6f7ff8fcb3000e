//! Labels along one line, moved apart until none overlaps another. Each label stays as near to its mark as the others
//! allow.

/// The position that one label asks for, in points along the line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LabelRequest {
    /// Wanted middle of the label.
    pub(crate) at: f64,
    /// Length of the label, gap included.
    pub(crate) size: f64,
}

/// Middles of labels in the order of their requests, between `from` and `to`. Labels that touch form a pool, and a
/// pool stands around the mean of its requests. That minimizes the sum of squared shifts (pooled neighbours; Barlow
/// et al., Statistical Inference under Order Restrictions, 1972). Labels that are longer in sum than the line stand
/// out at both ends alike.
pub(crate) fn dodge_labels(requests: &[LabelRequest], from: f64, to: f64) -> Vec<f64> {
    /// Labels that touch.
    struct Pool {
        /// Mean of the requested begins of the pool.
        begin: f64,
        size: f64,
        members: usize,
    }
    let total: f64 = requests.iter().map(|request| request.size).sum();
    let (from, to) = if total > to - from {
        let over = (total - (to - from)) / 2.0;
        (from - over, to + over)
    } else {
        (from, to)
    };
    let inside = |begin: f64, size: f64| begin.min(to - size).max(from);
    let mut pools: Vec<Pool> = Vec::new();
    for request in requests {
        let mut pool = Pool {
            begin: request.at - request.size / 2.0,
            size: request.size,
            members: 1,
        };
        while let Some(last) = pools.last() {
            if inside(last.begin, last.size) + last.size <= inside(pool.begin, pool.size) + 1e-9 {
                break;
            }
            // The joined pool begins at the mean over the requests of both.
            let (a, b) = (last.members as f64, pool.members as f64);
            pool.begin = (a * last.begin + b * (pool.begin - last.size)) / (a + b);
            pool.size += last.size;
            pool.members += last.members;
            pools.pop();
        }
        pools.push(pool);
    }
    let mut middles = Vec::with_capacity(requests.len());
    let mut rest = requests.iter();
    for pool in pools {
        let mut begin = inside(pool.begin, pool.size);
        for request in rest.by_ref().take(pool.members) {
            middles.push(begin + request.size / 2.0);
            begin += request.size;
        }
    }
    middles
}

/// [`dodge_labels`] for requests in any order. The middles come in the order of the requests.
pub(crate) fn dodge_unsorted_labels(requests: &[LabelRequest], from: f64, to: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..requests.len()).collect();
    order.sort_by(|a, b| requests[*a].at.total_cmp(&requests[*b].at));
    let sorted: Vec<LabelRequest> = order.iter().map(|index| requests[*index]).collect();
    let mut middles = vec![0.0; requests.len()];
    for (index, middle) in order.into_iter().zip(dodge_labels(&sorted, from, to)) {
        middles[index] = middle;
    }
    middles
}

/// Stretches of a line that labels occupy. Labels that may be left out claim their stretch: one "no data" is enough
/// for neighbours without space for two.
#[derive(Default)]
pub(crate) struct OccupiedStretches {
    stretches: Vec<(f64, f64)>,
}

impl OccupiedStretches {
    /// Occupies `size` points around `middle`. False where a part of them is occupied, and then nothing changes.
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

    fn request(at: f64, size: f64) -> LabelRequest {
        LabelRequest { at, size }
    }

    #[test]
    fn who_has_room_stays() {
        let requests = [request(10.0, 10.0), request(50.0, 10.0)];
        assert_eq!(dodge_labels(&requests, 0.0, 100.0), [10.0, 50.0]);
    }

    #[test]
    fn neighbours_share_the_shift() {
        let requests = [
            request(50.0, 10.0),
            request(50.0, 10.0),
            request(90.0, 10.0),
        ];
        assert_eq!(dodge_labels(&requests, 0.0, 100.0), [45.0, 55.0, 90.0]);
    }

    #[test]
    fn nothing_overlaps_and_nothing_leaves() {
        for seed in 0..200_u32 {
            let mut state = seed;
            let mut next = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                f64::from(state >> 16) / 65_536.0
            };
            let mut requests: Vec<LabelRequest> = (0..8)
                .map(|_| request(next() * 100.0, 2.0 + next() * 10.0))
                .collect();
            requests.sort_by(|a, b| a.at.total_cmp(&b.at));
            let middles = dodge_labels(&requests, 0.0, 100.0);
            let mut end = 0.0;
            for (middle, request) in middles.iter().zip(&requests) {
                assert!(middle - request.size / 2.0 >= end - 1e-6, "seed {seed}");
                end = middle + request.size / 2.0;
            }
            assert!(end <= 100.0 + 1e-6, "seed {seed}");
        }
    }
}
