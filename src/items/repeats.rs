//! Items that are equal.

use crate::memory::{self, OutOfMemory};

/// How often `items` repeat, for the strength of a selection. Of each kind of equal items, the second counts 2, the third
/// 3, and so on; the first counts nothing. These numbers are returned in descending order: the product of the first k of
/// them says in how many ways the likeliest text of k items is drawn.
///
/// # Errors
/// There is not enough memory.
pub(crate) fn repeats<'a>(
    items: impl Iterator<Item = &'a [u8]>,
    count: usize,
) -> Result<Vec<u64>, OutOfMemory> {
    let mut sorted = memory::vec(count)?;
    sorted.extend(items);
    sorted.sort_unstable();
    let mut repeats = Vec::new();
    for kind in sorted.chunk_by(|one, other| one == other) {
        (2..=kind.len() as u64).try_for_each(|nth| memory::push(&mut repeats, nth))?;
    }
    repeats.sort_unstable_by(|one, other| other.cmp(one));
    Ok(repeats)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::strength::{shown_bits, shown_selections};

    #[test]
    fn equal_items_are_as_strong_as_the_likeliest() {
        // Counted in full: all selections, and the most that look alike.
        for items in ["a", "aa", "ab", "aab", "aabb", "aaabbc", "aaaaaaa", "abcab"] {
            let letters: Vec<&[u8]> = items.as_bytes().chunks(1).collect();
            let repeats = repeats(letters.iter().copied(), letters.len()).unwrap();
            let mut selections = vec![(Vec::new(), Vec::new())];
            for drawn in 1..=letters.len() {
                selections = selections
                    .iter()
                    .flat_map(|(text, places)| {
                        let free = (0..letters.len()).filter(|place| !places.contains(place));
                        free.map(|place| {
                            let text = [text.as_slice(), letters[place]].concat();
                            (text, [places.as_slice(), &[place]].concat())
                        })
                    })
                    .collect();
                let mut alike = std::collections::BTreeMap::new();
                for (text, _) in &selections {
                    *alike.entry(text).or_insert(0) += 1;
                }
                let most = alike.into_values().max().unwrap();
                let bits = f64::from(selections.len() as u32) / f64::from(most);
                let shown = shown_selections(&letters.len().into(), drawn as u64, &repeats);
                assert_eq!(shown, shown_bits(bits.log2()), "{drawn} of {items}");
            }
        }
        // log₂ (2000! / 1000!²)
        let halves = [0_u32, 1].map(|half| half.to_le_bytes());
        let items = (0..2000).map(|item| &halves[item % 2][..]);
        let repeats = repeats(items, 2000).unwrap();
        let shown = shown_selections(&2000_u32.into(), 2000, &repeats);
        assert_eq!(shown, "1994.19");
    }
}
