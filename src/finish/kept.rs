//! One value that is kept until what it was made from changes.

/// A value with the key it was made for, and a number that is new whenever it is.
pub(crate) struct Kept<K, V> {
    entry: Option<(K, V)>,
    number: u64,
}

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self { entry: None, number: 0 }
    }
}

impl<K: PartialEq, V> Kept<K, V> {
    /// The value of this key with its number, made now unless it is kept.
    pub(crate) fn get(&mut self, key: K, make: impl FnOnce() -> V) -> (u64, &V) {
        match self.try_get(key, || Ok::<V, std::convert::Infallible>(make())) {
            Ok(kept) => kept,
            Err(never) => match never {},
        }
    }

    /// The same for what may fail; then nothing is kept.
    pub(crate) fn try_get<E>(&mut self, key: K, make: impl FnOnce() -> Result<V, E>) -> Result<(u64, &V), E> {
        let kept = match self.entry.take() {
            Some((of, value)) if of == key => (of, value),
            _ => {
                self.number += 1;
                (key, make()?)
            }
        };
        Ok((self.number, &self.entry.insert(kept).1))
    }
}
